"""What holds of money under any sequence of acts: never more than was paid, no cap passed, nothing lost in a split."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from desk.domain.commands import (
    CancelOrder,
    Command,
    ConfirmEffect,
    DecideApproval,
    ExpireApproval,
    GrantCompensation,
    RetryEffect,
    SettleEffect,
    TellOrder,
)
from desk.domain.decisions import Accepted, AskCentre, Decision, NeedsApproval, Refused
from desk.domain.ledger import GOODWILL_KINDS, Approval, BenefitKind, EffectState, EntryState, LedgerEntry
from desk.domain.money import MoneyError, allocate
from desk.domain.orders import OrderState, Promotion, PromotionKind, Tender
from desk.domain.people import Actor, Level
from desk.domain.policy import LevelCaps
from desk.domain.restitution import restitution
from desk.domain.tenders import by_desk, elsewhere, unclear
from tests.helpers.cases import (
    CHENJIE,
    HOUR,
    LIQIANG,
    LIUYANG,
    START,
    SUNLI,
    SYSTEM,
    WANGFANG,
    World,
    make_line,
    make_order,
    make_ticket,
    seed_policy,
    with_caps,
)

# --- splitting ---------------------------------------------------------------------------------------------------


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_a_split_loses_nothing_and_is_fair_to_the_minor_unit(total, weights):
    assume(sum(weights) > 0)
    parts = allocate(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - total * weight) < sum(weights), "less than one minor unit off the exact share"
        assert part == 0 or weight > 0


def test_what_cannot_be_split():
    assert allocate(0, [0, 0]) == (0, 0)
    with pytest.raises(MoneyError):
        allocate(1, [0, 0])
    with pytest.raises(MoneyError):
        allocate(1, [2, -1])


# --- restitution -------------------------------------------------------------------------------------------------

AMOUNTS = st.integers(0, 50_000)


@st.composite
def paid_orders(draw):
    tenders = tuple(
        Tender(id=f"t{i}", method=draw(st.sampled_from(["alipay", "cod", "unheard_of"])), paid=draw(AMOUNTS))
        for i in range(draw(st.integers(1, 4)))
    )
    tenders = tuple(replace(tender, refunded=draw(st.integers(0, tender.paid))) for tender in tenders)
    promotions = tuple(
        Promotion(id=f"p{i}", kind=kind, label="x", discount=draw(AMOUNTS), points=draw(AMOUNTS), expires_at=until)
        for i, (kind, until) in enumerate(
            draw(st.lists(st.tuples(st.sampled_from(PromotionKind), st.sampled_from([None, START])), max_size=4))
        )
    )
    return make_order(tenders=tenders, promotions=promotions, points_earned=draw(AMOUNTS))


@st.composite
def ledgers(draw, order):
    entries = []
    for number, tender in enumerate(order.tenders):
        room = tender.paid - tender.refunded
        state = draw(st.sampled_from(EntryState))
        cost = draw(st.integers(0, room))
        entries.append(
            LedgerEntry(
                key=f"o1/-/waiting/{number}",
                order_id="o1",
                ticket_id="k1",
                customer_id="c1",
                kind=draw(st.sampled_from([BenefitKind.GOODWILL, BenefitKind.FREIGHT, BenefitKind.REFUND])),
                cost=cost,
                units=cost,
                currency="CNY",
                state=state,
                by="x",
                at=START,
                command_id=str(number),
                tender_id=tender.id,
            )
        )
    return tuple(entries)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_what_was_given_and_what_goes_back_make_what_was_paid(data):
    order = data.draw(paid_orders())
    entries = data.draw(ledgers(order))
    figures = restitution(order, entries, seed_policy(), START).figures
    for tender in order.tenders:
        [back] = [f for f in figures if f.kind is BenefitKind.REFUND and f.tender_id == tender.id]
        before = elsewhere(tender, entries) + by_desk(tender.id, entries)
        assert before <= tender.paid
        assert back.cost == max(0, tender.paid - before - unclear(tender, entries))
        assert (back.rule == "refund_none") == (back.cost == 0)
    keys = [figure.key for figure in figures]
    assert len(keys) == len(set(keys))


# --- any sequence of acts ----------------------------------------------------------------------------------------

PEOPLE: tuple[Actor, ...] = (WANGFANG, LIQIANG, CHENJIE, LIUYANG, SUNLI)
CAPS = {
    Level.AGENT: LevelCaps(per_grant=900, per_day=1500),
    Level.COUNTER: LevelCaps(per_grant=900, per_day=1500),
    Level.SENIOR: LevelCaps(per_grant=900, per_day=1500, approve=1000),
    Level.SUPERVISOR: LevelCaps(per_grant=1200, per_day=2500, approve=4000),
}
OFFERS = [
    (BenefitKind.COUPON, "coupon_5"),
    (BenefitKind.GIFT, "gift_small"),
    (BenefitKind.POINTS, "points"),
    (BenefitKind.GOODWILL, ""),
    (BenefitKind.FREIGHT, ""),
]


class ShopFloor(RuleBasedStateMachine):
    """Several people work on two orders of one customer; the other systems answer as they like; sources tell more."""

    def __init__(self) -> None:
        super().__init__()
        tenders = (Tender(id="t1", method="alipay", paid=2000), Tender(id="t2", method="wechat", paid=1000))
        orders = (make_order("o1", tenders=tenders), make_order("o2", lines=(make_line(paid=1500),)))
        caps = with_caps(seed_policy(), order=2000, customer=3000, store_day=1800, levels=CAPS)
        levels = {level: names | {"CancelOrder", "GrantCompensation"} for level, names in caps.permissions.items()}
        self.world = World(*orders, policy=replace(caps, permissions=levels))
        self.outside = {("o1", "t1"): 0, ("o1", "t2"): 0, ("o2", "t1"): 0}
        self.ambiguous: set[tuple[str, str]] = set()  # payments on which others refunded while a refund was under way
        self.cancelled: set[str] = set()

    def _ledger(self, order_id: str) -> list[LedgerEntry]:
        return [entry for entry in self.world.entries() if entry.order_id == order_id]

    def _held(self, order: str, actor: Actor) -> str:
        ticket = make_ticket(f"{order}-{actor.id}", order_id=order, holder=actor.id, now=self.world.now)
        self.world.keep(ticket)
        return ticket.id

    @rule(
        actor=st.sampled_from(PEOPLE),
        order=st.sampled_from(["o1", "o2"]),
        offer=st.sampled_from(OFFERS),
        units=st.integers(1, 1300),
        sequence=st.integers(1, 4),
        tender=st.sampled_from([None, None, "t1", "t2"]),
    )
    def give(self, actor, order, offer, units, sequence, tender) -> None:
        kind, item = offer
        pieces = 1 if kind is BenefitKind.GIFT else units
        ticket = self._held(order, actor)
        wish = {"kind": kind, "item": item, "units": pieces, "cause": "waiting", "sequence": sequence}
        self.world.do(GrantCompensation, actor, order_id=order, ticket_id=ticket, tender_id=tender, **wish)

    @rule(actor=st.sampled_from(PEOPLE), order=st.sampled_from(["o1", "o2"]))
    def cancel(self, actor, order) -> None:
        answer = self.world.do(CancelOrder, actor, order_id=order, ticket_id=self._held(order, actor), reviewed=True)
        if isinstance(answer, Accepted):
            self.cancelled.add(order)

    @precondition(lambda self: self.world.approvals())
    @rule(
        data=st.data(),
        actor=st.sampled_from([LIUYANG, SUNLI]),
        approve=st.sampled_from([True, True, False]),
        units=st.none() | st.integers(1, 4500),
    )
    def decide(self, data, actor, approve, units) -> None:
        request = data.draw(st.sampled_from(self.world.approvals())).id
        reason = self.world.policy.approvals.denial_reasons[0].key
        self.world.do(DecideApproval, actor, approval_id=request, approve=approve, units=units, reason=reason)

    @precondition(lambda self: self.world.approvals())
    @rule(data=st.data())
    def expire(self, data) -> None:
        self.world.do(ExpireApproval, SYSTEM, approval_id=data.draw(st.sampled_from(self.world.approvals())).id)

    @precondition(lambda self: self.world.effects())
    @rule(data=st.data(), state=st.sampled_from(EffectState))
    def answer(self, data, state) -> None:
        effect = data.draw(st.sampled_from(self.world.effects()))
        tender = self.world.order(effect.order_id).tender(effect.tender_id or "")
        if state is EffectState.FAILED and tender and unclear(tender, self._ledger(effect.order_id)):
            return  # its source has told that it arrived: then it does not fail
        self.world.do(SettleEffect, SYSTEM, effect_id=effect.id, state=state, attempt=effect.attempts + 1)

    @precondition(lambda self: self.world.effects())
    @rule(data=st.data(), again=st.booleans())
    def settle_by_hand(self, data, again) -> None:
        effect = data.draw(st.sampled_from(self.world.effects()))
        if again:
            self.world.do(RetryEffect, LIUYANG, effect_id=effect.id)
        else:
            self.world.do(ConfirmEffect, LIUYANG, effect_id=effect.id, reference="by hand")

    @rule(data=st.data(), order_id=st.sampled_from(["o1", "o2"]), state=st.sampled_from([None, OrderState.PAID]))
    def tell(self, data, order_id, state) -> None:
        """Its source tells the order: what others refunded, the desk's confirmed refunds, perhaps those under way."""
        order = self.world.order(order_id)
        ledger = self._ledger(order_id)
        told = []
        for tender in order.tenders:
            place = order_id, tender.id
            ours = by_desk(tender.id, ledger, confirmed_only=True)
            under_way = by_desk(tender.id, ledger) - ours
            more = data.draw(st.integers(0, max(0, tender.paid - self.outside[place] - ours - under_way)))
            self.outside[place] += more
            if more and under_way:
                self.ambiguous.add(place)
            early = data.draw(st.sampled_from([0, under_way]))
            told.append(replace(tender, refunded=self.outside[place] + ours + early, refunded_elsewhere=0))
        news = replace(order, tenders=tuple(told), state=state or order.state, source_version=order.source_version + 1)
        self.world.accept(TellOrder, SYSTEM, order=news)

    @rule(hours=st.integers(1, 30))
    def wait(self, hours) -> None:
        self.world.now += hours * HOUR

    # --- what always holds ---------------------------------------------------------------------------------------

    @invariant()
    def nothing_above_what_was_paid(self) -> None:
        for order_id in ("o1", "o2"):
            ledger = self._ledger(order_id)
            for tender in self.world.order(order_id).tenders:
                ours, others = by_desk(tender.id, ledger), self.outside[order_id, tender.id]
                assert ours + elsewhere(tender, ledger) <= tender.paid
                assert by_desk(tender.id, ledger, confirmed_only=True) <= tender.refunded <= tender.paid
                if (order_id, tender.id) not in self.ambiguous:
                    assert ours + others <= tender.paid
                    assert elsewhere(tender, ledger) == others

    @invariant()
    def every_budget_is_the_sum_of_its_entries(self) -> None:
        live = [e for e in self.world.entries() if e.state is not EntryState.FAILED and e.kind in GOODWILL_KINDS]
        for budget in self.world.budgets():
            assert budget.cap == budget.free + budget.leased + budget.spent
            assert min(budget.free, budget.leased, budget.spent, budget.raised) >= 0
            assert budget.spent == sum(entry.cost for entry in live if budget.key in entry.budgets)

    @invariant()
    def no_cap_is_passed_but_by_an_approver(self) -> None:
        rules = self.world.policy.compensation
        caps = {
            "order": {rules.order_cap["CNY"]},
            "customer": {rules.customer_cap["CNY"]},
            "store_day": {rules.store_day_cap["CNY"]},
            "agent_day": {levels["CNY"].per_day for levels in rules.levels.values()},
        }
        for budget in self.world.budgets():
            raised = sum(approval.raised.get(budget.key, 0) for approval in self.world.approvals())
            assert budget.raised == raised
            assert budget.cap - budget.raised in caps[budget.key.split("|")[0]]

    @invariant()
    def no_grant_above_its_level_without_an_approval(self) -> None:
        for entry in self.world.entries():
            if entry.kind not in GOODWILL_KINDS:
                continue
            if entry.approval_id is None:
                level = next(actor.level for actor in PEOPLE if actor.id == entry.by)
                assert entry.cost <= CAPS[level].per_grant
            else:
                approval = self.world.book.entities["approval", entry.approval_id]
                assert isinstance(approval, Approval)
                assert approval.decided_by not in (None, entry.by)
                assert entry.cost == approval.approved_cost
                assert entry.cost <= CAPS[Level.SUPERVISOR].approve

    @invariant()
    def cancelled_stays_cancelled(self) -> None:
        assert all(self.world.order(order).state is OrderState.CANCELLED for order in self.cancelled)


# Without shrinking: a sequence that fails is short enough to read, and shrinking one takes minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
ShopFloor.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None, phases=PHASES)
test_any_sequence_of_acts = ShopFloor.TestCase


# --- what a desk says is what the centre says, or it asks --------------------------------------------------------


def shape(decision: Decision) -> Any:
    """A decision without the ids of what it makes."""
    if isinstance(decision, NeedsApproval):
        return "needs_approval", decision.level, decision.why
    if isinstance(decision, Refused):
        return "refused", decision.code, dict(decision.data)
    return type(decision).__name__, [type(change).__name__ for change in getattr(decision, "changes", ())]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_desk_that_knows_a_part_never_says_another_thing_than_the_centre(data):
    floor = ShopFloor()
    world = floor.world
    for _ in range(data.draw(st.integers(0, 4))):
        kind, item = data.draw(st.sampled_from(OFFERS))
        ticket = floor._held("o1", WANGFANG)
        world.do(
            GrantCompensation,
            order_id="o1",
            ticket_id=ticket,
            kind=kind,
            item=item,
            units=1 if kind is BenefitKind.GIFT else data.draw(st.sampled_from([300, 800, 1100])),
            cause="waiting",
            sequence=data.draw(st.integers(1, 3)),
        )
    command, actor = data.draw(acts(floor))
    centre = world.forecast(command, actor)

    holes = data.draw(st.sets(st.sampled_from([*world.book.entities, ("orders", "o1"), ("orders", "o2")]), max_size=3))
    holes |= {key for key in BUDGET_KEYS if data.draw(st.booleans())} if data.draw(st.booleans()) else set()
    world.book.missing = frozenset(holes)
    for key in holes:
        world.book.entities.pop(key, None)
        # A book that lacks something of an order cannot say that it holds all of it.
        if key[0] in ("ticket", "entry", "approval", "effect"):
            world.book.missing |= {("orders", "o1"), ("orders", "o2")}
    desk = world.forecast(command, actor)

    assert isinstance(desk, AskCentre) or shape(desk) == shape(centre)


BUDGET_KEYS = [
    ("budget", "order|o1|-|CNY"),
    ("budget", "agent_day|wangfang|2026-03-02|CNY"),
    ("budget", "store_day|S01|2026-03-02|CNY"),
]


@st.composite
def acts(draw, floor: ShopFloor) -> tuple[Command, Actor]:
    actor = draw(st.sampled_from(PEOPLE))
    ticket = floor._held("o1", actor)
    approvals, effects = floor.world.approvals(), floor.world.effects()
    grant = GrantCompensation(
        id="x",
        order_id="o1",
        ticket_id=ticket,
        kind=draw(st.sampled_from([BenefitKind.COUPON, BenefitKind.GOODWILL])),
        item="coupon_5",
        units=draw(st.sampled_from([200, 900, 1000, 3000, 9000])),
        cause="waiting",
        sequence=draw(st.integers(1, 4)),
    )
    possible: list[tuple[Command, Actor]] = [
        (grant, actor),
        (CancelOrder(id="x", order_id="o1", ticket_id=ticket), actor),
        (TellOrder(id="x", order=replace(floor.world.order("o1"), source_version=9)), SYSTEM),
    ]
    if approvals:
        chosen = draw(st.sampled_from(approvals)).id
        possible.append((DecideApproval(id="x", approval_id=chosen, approve=True), LIUYANG))
    if effects:
        effect = draw(st.sampled_from(effects)).id
        possible.append((ConfirmEffect(id="x", effect_id=effect, reference="r"), LIUYANG))
        possible.append((SettleEffect(id="x", effect_id=effect, state=EffectState.FAILED), SYSTEM))
    return draw(st.sampled_from(possible))
