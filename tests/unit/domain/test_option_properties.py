"""What holds of money under any sequence of options, cancels, goodwill and news: never more back than came in."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desk.domain import line_refunds, surplus, tenders
from desk.domain.commands import (
    CancelOrder,
    ConfirmEffect,
    GrantCompensation,
    RetryEffect,
    SettleEffect,
    TakeOption,
    TellOrder,
)
from desk.domain.decisions import Accepted
from desk.domain.ledger import BenefitKind, EffectKind, EffectState, EntryState, LedgerEntry
from desk.domain.orders import Order, OrderState, Receipt, Tender
from desk.domain.people import Actor
from desk.domain.playbooks import Verb
from desk.domain.surplus import standings
from desk.domain.tickets import Kind
from tests.helpers.cases import (
    HOUR,
    LIQIANG,
    LIUYANG,
    START,
    SYSTEM,
    WANGFANG,
    World,
    make_line,
    make_order,
    make_ticket,
)
from tests.helpers.odd import KIND, option, policy_with

# --- lines over payments -----------------------------------------------------------------------------------------


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """Paid orders of some lines, freight and payments that sum up to them."""
    paid = draw(st.lists(st.integers(0, 5000), min_size=1, max_size=5))
    freight = draw(st.integers(0, 900))
    lines = tuple(make_line(str(n), paid=amount) for n, amount in enumerate(paid))
    total = sum(paid) + freight
    cuts = sorted(draw(st.lists(st.integers(0, total), max_size=3)))
    ends = [0, *cuts, total]
    payments = tuple(
        Tender(id=f"t{n}", method="alipay", paid=end - begin) for n, (begin, end) in enumerate(pairwise(ends))
    )
    return make_order(lines=lines, freight=freight, tenders=payments)


@settings(max_examples=200, deadline=None)
@given(orders(), st.randoms(use_true_random=False))
def test_lines_that_go_back_one_by_one_are_what_was_paid_with_each_payment(order, rng):
    assert sum(line_refunds.costs(order).values()) == order.due == order.paid
    entries: list[LedgerEntry] = []
    lines = list(order.lines)
    rng.shuffle(lines)
    for line in lines:
        parts = line_refunds.parts_of_lines(order, (line,), entries)
        assert sum(part.amount for part in parts) == line_refunds.costs(order)[line.id]
        entries += [
            entry(order, part.line_id, part.tender_id, part.amount, len(entries) + n) for n, part in enumerate(parts)
        ]
        assert line_refunds.parts_of_lines(order, (line,), entries) == (), "once is enough"
    for tender in order.tenders:
        assert tenders.by_desk(tender.id, entries) == tender.paid
    together = line_refunds.parts_of_lines(order, order.lines, ())
    assert sum(part.amount for part in together) == order.paid


@settings(max_examples=100, deadline=None)
@given(orders())
def test_all_but_freight_is_paid_less_freight(order):
    parts = line_refunds.parts_less_freight(order, ())
    assert sum(part.amount for part in parts) == order.paid - order.freight
    entries = [entry(order, "", part.tender_id, part.amount, n) for n, part in enumerate(parts)]
    assert line_refunds.parts_less_freight(order, entries) == ()


def entry(order: Order, line_id: str, tender_id: str, cost: int, number: int) -> LedgerEntry:
    return LedgerEntry(
        key=f"{order.id}/{line_id}/x/{number}", order_id=order.id, ticket_id="k1", customer_id="c1",
        kind=BenefitKind.REFUND, cost=cost, units=cost, currency="CNY", state=EntryState.ASKED, by="x", at=START,
        command_id=str(number), tender_id=tender_id, line_id=line_id,
    )  # fmt: skip


# --- receipts ----------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)), max_size=5),
    st.booleans(),
    st.sampled_from([OrderState.UNPAID, OrderState.PAID, OrderState.CANCELLED]),
)
def test_what_covers_and_what_is_beyond_is_what_is_here(told, booked, state):
    receipts = tuple(
        Receipt(id=f"r{n}", method="alipay", amount=amount, at=START, reference=f"R{n}", refunded=min(amount, back))
        for n, (amount, back) in enumerate(told)
    )
    known = (Tender(id="t1", method="alipay", paid=10000, reference="R0"),) if booked else ()
    order = make_order(state=state, tenders=known, receipts=receipts)
    found = standings(order, ())
    assert [one.receipt.id for one in found] == [one.id for one in receipts]
    for one in found:
        assert 0 <= one.surplus <= one.left <= one.receipt.amount - one.receipt.refunded
    due = 0 if state is OrderState.CANCELLED else order.due
    cover = sum(one.cover for one in found)
    if not booked:
        here = sum(one.receipt.amount - one.receipt.refunded for one in found)
        assert cover == min(due, here)
        assert sum(one.surplus for one in found) == here - cover, "not a fen is lost, none is counted twice"


# --- any sequence of acts ----------------------------------------------------------------------------------------

PEOPLE: tuple[Actor, ...] = (WANGFANG, LIQIANG, LIUYANG)
OPTIONS = (
    option(Verb.REFUND_SURPLUS, key="surplus"),
    option(Verb.REFUND_PARCEL, key="parcel"),
    option(Verb.REFUND_LESS_FREIGHT, key="less_freight"),
    option(Verb.CANCEL, key="cancel"),
    option(Verb.RESHIP, key="reship"),
    option(Verb.MARK_PAID, Verb.REFUND_SURPLUS, key="mark_paid"),
)
LINES = (make_line("1", paid=700), make_line("2", paid=1100), make_line("3", paid=900))
A_AMOUNT = st.sampled_from([None, 2000, 2350, 1800])


class Trouble(RuleBasedStateMachine):
    """Several people take options on one order, others give and cancel; systems answer as they like and tell more."""

    @initialize(
        amount=A_AMOUNT,
        second=st.sampled_from([None, 2000, 3000, 50]),
        state=st.sampled_from([OrderState.UNPAID, OrderState.PAID, OrderState.SHIPPED]),
    )
    def begin(self, amount: int | None, second: int | None, state: OrderState) -> None:
        known = (
            Tender(id="t1", method="alipay", paid=2000, reference="A"),
            Tender(id="t2", method="wechat", paid=1000),
        )
        told = [("a", "A", amount), ("b", "B", second)]
        receipts = tuple(
            Receipt(id=name, method="alipay", amount=size, at=START - HOUR, reference=reference)
            for name, reference, size in told
            if size is not None
        )
        order = make_order(
            state=state,
            lines=LINES,
            freight=300,
            tenders=() if state is OrderState.UNPAID else known,
            receipts=receipts,
            shipped_at=START if state is OrderState.SHIPPED else None,
        )
        policy = policy_with(*OPTIONS)
        levels = {level: names | {"CancelOrder", "GrantCompensation"} for level, names in policy.permissions.items()}
        self.world = World(order, policy=replace(policy, permissions=levels))
        self.outside: dict[str, int] = {}  # what others gave back, by payment (the receipt's id where there is one)

    # --- who does what -------------------------------------------------------------------------------------------

    def _ticket(self, actor: Actor, kind: Kind) -> str:
        facts = {"reason": "", **KIND} if kind is Kind.EXCEPTION else {}
        name = f"{kind}-{actor.id}"
        self.world.keep(make_ticket(name, kind=kind, holder=actor.id, now=self.world.now, **facts))
        return name

    @rule(
        actor=st.sampled_from(PEOPLE),
        key=st.sampled_from([one.key for one in OPTIONS]),
        lines=st.lists(st.sampled_from(["1", "2", "3"]), max_size=3, unique=True),
        twice=st.booleans(),
    )
    def take(self, actor: Actor, key: str, lines: list[str], twice: bool) -> None:
        ticket_id = self._ticket(actor, Kind.EXCEPTION)
        command = TakeOption(id=self.world.ids(), ticket_id=ticket_id, option=key, line_ids=tuple(lines))
        before = self._given_back()
        answer = self.world.perform(command, actor)
        if isinstance(answer, Accepted):
            taken = self.world.ticket(ticket_id).options[-1]
            assert self._given_back() - before == taken.amount, "what was shown is what moves"
            if twice:
                again = replace(command, id=self.world.ids())
                assert not isinstance(self.world.perform(again, actor), Accepted), "a second click does nothing"

    @rule(actor=st.sampled_from(PEOPLE))
    def cancel(self, actor: Actor) -> None:
        ticket_id = self._ticket(actor, Kind.CANCEL)
        self.world.do(CancelOrder, actor, order_id="o1", ticket_id=ticket_id, reviewed=True)

    @rule(units=st.integers(1, 900), sequence=st.integers(1, 3))
    def give(self, units: int, sequence: int) -> None:
        ticket_id = self._ticket(WANGFANG, Kind.EXCEPTION)
        wish = {"kind": BenefitKind.GOODWILL, "units": units, "cause": "waiting", "sequence": sequence}
        self.world.do(GrantCompensation, order_id="o1", ticket_id=ticket_id, **wish)

    @precondition(lambda self: self.world.effects())
    @rule(data=st.data(), state=st.sampled_from([EffectState.CONFIRMED, EffectState.FAILED, EffectState.UNKNOWN]))
    def answer(self, data: st.DataObject, state: EffectState) -> None:
        effect = data.draw(st.sampled_from(self.world.effects()))
        if state is EffectState.FAILED and surplus.unclear_payment(self.world.order(), self.world.entries()):
            return  # the other side has told that something arrived: then it does not fail
        self.world.do(SettleEffect, SYSTEM, effect_id=effect.id, state=state, attempt=effect.attempts + 1)

    @precondition(lambda self: self.world.effects())
    @rule(data=st.data(), again=st.booleans())
    def settle_by_hand(self, data: st.DataObject, again: bool) -> None:
        effect = data.draw(st.sampled_from(self.world.effects()))
        if again:
            self.world.do(RetryEffect, LIUYANG, effect_id=effect.id)
        else:
            self.world.do(ConfirmEffect, LIUYANG, effect_id=effect.id, reference="by hand")

    # --- what others tell ----------------------------------------------------------------------------------------

    @rule(amount=st.sampled_from([50, 1000, 3000]))
    def receive_more(self, amount: int) -> None:
        order = self.world.order()
        if order.receipt("c") is None:
            late = Receipt(id="c", method="wechat", amount=amount, at=START, reference="C")
            self._tell(replace(order, receipts=(*order.receipts, late)))

    @rule(data=st.data(), by=st.sampled_from(["tender", "receipt", "both"]))
    def give_back_elsewhere(self, data: st.DataObject, by: str) -> None:
        """Others refund a payment on which nothing of the desk's is under way, and one side or both tell it."""
        order, ledger = self.world.order(), self.world.entries()
        places = [
            *(one.id for one in order.receipts),
            *(one.id for one in order.tenders if one.id not in self._twins()),
        ]
        if not places:
            return
        place = data.draw(st.sampled_from(places))
        sure, all_of_it = self._ours(place, ledger, confirmed=True), self._ours(place, ledger)
        if sure != all_of_it:
            return
        room = self._came_in(place) - self.outside.get(place, 0) - all_of_it
        more = data.draw(st.integers(0, max(0, room)))
        self.outside[place] = self.outside.get(place, 0) + more
        twin = {receipt: tender for tender, receipt in self._twins().items()}.get(place, place)
        level = self.outside[place] + sure
        receipts, known = order.receipts, order.tenders
        if by != "tender" or order.tender(twin) is None:
            receipts = tuple(replace(one, refunded=level) if one.id == place else one for one in receipts)
        if by != "receipt" or order.receipt(place) is None:
            own = self.outside[place] + tenders.by_desk(twin, ledger)
            known = tuple(replace(one, refunded=min(one.paid, own)) if one.id == twin else one for one in known)
        self._tell(replace(order, receipts=receipts, tenders=known))

    @rule()
    def book(self) -> None:
        """The order system finds the payments at last."""
        order = self.world.order()
        if order.state is not OrderState.UNPAID or order.receipt("b") is None:
            return
        if order.receipts[-1].amount == order.due or order.receipt("b").amount == order.due:  # type: ignore[union-attr]
            one = Tender(id="t9", method="alipay", paid=order.due, reference="B")
            if order.receipt("b").amount == order.due:  # type: ignore[union-attr]
                self._tell(replace(order, state=OrderState.PAID, tenders=(one,)))

    def _tell(self, order: Order) -> None:
        self.world.accept(TellOrder, SYSTEM, order=replace(order, source_version=order.source_version + 1))

    # --- what always holds ---------------------------------------------------------------------------------------

    def _twins(self) -> dict[str, str]:
        """The receipt of each tender that has one."""
        return {tender.id: receipt for receipt, tender in surplus.matched(self.world.order()).items()}

    def _ours(self, place: str, ledger: list[LedgerEntry], *, confirmed: bool = False) -> int:
        tender = {receipt: tender for tender, receipt in self._twins().items()}.get(place, place)
        ours = surplus.of_receipt(place, ledger, confirmed_only=confirmed)
        return ours + tenders.by_desk(tender, ledger, confirmed_only=confirmed)

    def _came_in(self, place: str) -> int:
        order = self.world.order()
        receipt, tender = order.receipt(place), order.tender(place)
        return receipt.amount if receipt else tender.paid if tender else 0

    def _given_back(self) -> int:
        live = (one for one in self.world.entries() if one.state is not EntryState.FAILED)
        return sum(one.cost for one in live if one.kind is BenefitKind.REFUND)

    @invariant()
    def nothing_goes_back_that_did_not_come_in(self) -> None:
        if not hasattr(self, "world"):
            return
        order, ledger, twins = self.world.order(), self.world.entries(), self._twins()
        places = [one.id for one in order.receipts] + [one.id for one in order.tenders if one.id not in twins]
        for place in places:
            assert self._ours(place, ledger) + self.outside.get(place, 0) <= self._came_in(place), place
        for tender in order.tenders:
            assert tenders.by_desk(tender.id, ledger) <= tender.paid
        for receipt in order.receipts:
            assert receipt.refunded <= receipt.amount

    @invariant()
    def every_sum_has_a_row_and_an_effect_of_its_own(self) -> None:
        if not hasattr(self, "world"):
            return
        refunds = [one for one in self.world.entries() if one.kind is BenefitKind.REFUND]
        carried = [one.entry_key for one in self.world.effects() if one.kind is EffectKind.REFUND]
        assert len(carried) == len(set(carried))
        assert {one.key for one in refunds} <= set(carried)

    @invariant()
    def nothing_is_sent_again_and_paid_back_by_an_option(self) -> None:
        if not hasattr(self, "world"):
            return
        sent = {
            one.line_id
            for one in self.world.effects()
            if one.kind is EffectKind.RESHIP and one.state is not EffectState.FAILED
        }
        paid = {
            one.line_id
            for one in self.world.entries()
            if one.line_id and one.kind is BenefitKind.REFUND and one.state is not EntryState.FAILED
        }
        assert not sent & paid


Trouble.TestCase.settings = settings(
    max_examples=40, stateful_step_count=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
test_any_sequence_of_options_and_news = Trouble.TestCase


def test_the_machine_reaches_what_it_is_about() -> None:
    """A walk by hand through the same rules: the proof that options are accepted there."""
    floor = Trouble()
    floor.begin(2350, 3000, OrderState.SHIPPED)
    floor.take(WANGFANG, "surplus", [], True)
    floor.take(LIQIANG, "parcel", ["2"], True)
    floor.take(LIUYANG, "reship", ["1"], True)
    assert floor._given_back() == 350 + 3000 + line_refunds.costs(floor.world.order())["2"]
    floor.outside["b"] = 1
    with pytest.raises(AssertionError):
        floor.nothing_goes_back_that_did_not_come_in()
