"""The 17 playbooks, each walked on an order in that trouble: what it reads, what it offers, what is said act by act."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from desk.domain import checking, handling, messages
from desk.domain.case import Case
from desk.domain.checking import Reading, readings
from desk.domain.commands import AnswerCheck, SendMessage, TakeOption
from desk.domain.facts import Facts, facts_of
from desk.domain.ledger import Effect, LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.message_facts import FROM_PERSON
from desk.domain.messages import placeholders
from desk.domain.orders import (
    Order,
    OrderEvent,
    OrderState,
    Parcel,
    Promotion,
    PromotionKind,
    Receipt,
    Scan,
    SystemState,
    Tender,
)
from desk.domain.playbooks import Subtype
from desk.domain.tasks import Task
from desk.domain.tickets import Act, Answer, Finding, Kind, Ticket
from tests.helpers.cases import HOUR, LIUYANG, START, World, make_line, make_order, make_ticket, seed_policy

TENDER = Tender(id="t1", method="alipay", paid=10000, paid_at=START - 3 * HOUR, reference="A1")
FINDING = Finding(rule="same_address", window="group", saw={"orders": 6, "numbers": "N1,N2"})


def receipt(name: str, amount: int = 10000) -> Receipt:
    return Receipt(id=f"r-{name}", method="alipay", amount=amount, at=START - 2 * HOUR, reference=name)


def parcel(*scans: tuple[str, float], **changed: Any) -> Parcel:
    """A parcel with its scans: code, and how many hours ago."""
    trace = tuple(Scan(at=START - hours * HOUR, place="杭州分拨中心", text="…", code=code) for code, hours in scans)
    return Parcel(id="p1", carrier="顺丰速运", tracking="SF1", shipped_at=START - 200 * HOUR, trace=trace, **changed)


def sent(*parcels: Parcel, **changed: Any) -> Order:
    usual: dict[str, Any] = {"lines": (make_line(stock_available=5, stock_counted=5),), "tenders": (TENDER,)}
    return make_order(state=OrderState.SHIPPED, parcels=parcels, **{**usual, **changed})


def paid(**changed: Any) -> Order:
    return make_order(**{"tenders": (TENDER,), "lines": (make_line(stock_available=5, stock_counted=5),), **changed})


def unpaid(**changed: Any) -> Order:
    return make_order(**{"state": OrderState.UNPAID, "lines": (make_line(stock_available=5),), **changed})


@dataclass(frozen=True)
class Trouble:
    """An order in this trouble, the option that its agent takes (with what has to be given), and what follows:
    effects and tasks by kind, money back in minor units."""

    order: Order | None
    option: str
    inputs: dict[str, str] = field(default_factory=dict)
    does: tuple[str, ...] = ()
    back: int = 0
    ticket: dict[str, Any] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


ETA = {"eta": "2026-03-05T10:00:00+08:00"}
SHORT = make_line(stock_reserved=0, stock_available=0, stock_counted=0)
SILENT = parcel(("picked_up", 190), ("depot", 150), due_at=START - 30 * HOUR)
TROUBLES: dict[str, Trouble] = {
    "payment_incomplete": Trouble(unpaid(), "link", does=("payment_link",)),
    "paid_twice": Trouble(
        paid(receipts=(receipt("A1"), receipt("A2"))), "refund", does=("refund",), back=10000
    ),
    "amount_mismatch": Trouble(paid(receipts=(receipt("A1", 12000),)), "refund_over", does=("refund",), back=2000),
    "paid_not_updated": Trouble(
        unpaid(receipts=(receipt("A1"),)), "confirm", does=("mark_paid", "system_ticket")
    ),
    "oversold": Trouble(
        paid(lines=(SHORT,), tier="vip"), "allocate", {"source": "天猫旗舰店"},
        does=("allocate_stock", "allocate_channel"),
    ),
    "reservation_failed": Trouble(
        paid(lines=(make_line(stock_reserved=0, stock_available=5),)), "reserve_again",
        does=("resync_order", "system_ticket"),
    ),
    "stock_update_late": Trouble(
        paid(lines=(make_line(stock_available=9, stock_counted=5),)), "correct_and_ship",
        does=("resync_order", "resync_systems"),
    ),
    "lost_damaged": Trouble(
        sent(parcel(("picked_up", 90), ("lost", 3))), "refund", does=("refund", "carrier_claim"), back=10000
    ),
    "delivery_delayed": Trouble(
        sent(parcel(("depot", 9), due_at=START - 20 * HOUR)), "urge", does=("urge_parcel", "urge_depot")
    ),
    "trace_stalled": Trouble(
        sent(SILENT, events=(OrderEvent(at=START - HOUR, area="parcel", code="depot"),)), "reassure",
        does=("trace_carrier",),
    ),
    "customer_refused": Trouble(
        sent(parcel(("out_for_delivery", 9), ("refused", 3)), freight=1200, tenders=(replace(TENDER, paid=11200),)),
        "less_freight",
        does=("refund", "return_inspection"), back=10000,
    ),
    "address_wrong": Trouble(
        paid(contact_flags=frozenset({"address_no_door"})), "change",
        {"city": "上海市", "address": "浦东新区世纪大道88号1502室"}, does=("change_contact",),
    ),
    "phone_wrong": Trouble(
        paid(contact_flags=frozenset({"phone_malformed"})), "change", {"phone": "13916728841"},
        does=("change_contact",),
    ),
    "remark_missed": Trouble(paid(remark_id="o1.remark"), "handle", {"words": "不要放辣"}, does=("remark_handling",)),
    "creation_failed": Trouble(None, "report", {"words": "14:03 提示系统繁忙"}, does=("system_ticket",)),
    "sync_failed": Trouble(
        paid(
            systems=(
                SystemState(system="erp", state="待付款", at=START - 2 * HOUR),
                SystemState(system="wms", state="picking", at=START),
            )
        ),
        "resync", does=("resync_order", "system_ticket"),
    ),
    "fake_order": Trouble(
        unpaid(tier="new", contact_flags=frozenset({"phone_made_up", "address_made_up"})),
        "cancel_block", {"words": "回访称从未下单"}, does=("release_stock", "cancel_order", "block"),
        ticket={"finding": FINDING},
    ),
}  # fmt: skip


def in_trouble(subtype: str) -> World:
    """The ticket of that trouble in Wang Fang's hands, its causes known."""
    trouble, policy = TROUBLES[subtype], seed_policy()
    [kind] = [kind for kind in policy.exceptions if subtype in {one.key for one in kind.subtypes}]
    [playbook] = [one for one in kind.subtypes if one.key == subtype]
    told: dict[str, Any] = {"type": kind.key, "subtype": subtype, "causes": playbook.causes[:1]}
    if trouble.order is None:
        told |= {"order_id": None, "customer_id": None, "order_number": "771"}
    ticket = make_ticket(kind=Kind.EXCEPTION, reason="", holder="liuyang", **told, **trouble.ticket)
    world = World(*([trouble.order] if trouble.order else []), ticket, policy=policy)
    world.book.values |= {
        "liuyang": {"name": "刘洋"},
        "c1": {"name": "陈静怡", "title": "女士", "phone": "13800000005"},
    }
    return world


def playbook_of(world: World) -> Subtype:
    found = checking.playbook_of(world.policy, world.ticket())
    assert found is not None
    return found


def case_of(world: World) -> Case:
    gathering = Gathering(world.book)
    gathering.ticket("k1")
    gathering.private("liuyang")
    gathering.private("c1")
    return gathering.case()


def facts_now(world: World) -> Facts:
    case = handling.load_handling(world.book, "k1", world.policy)
    return handling.facts_here(case, world.ticket(), world.setting(LIUYANG))


def answer_what_is_asked(world: World) -> None:
    """What only a person can know of the required checks is answered."""
    for check in checking.missing(playbook_of(world), world.ticket(), facts_now(world)):
        world.accept(AnswerCheck, LIUYANG, ticket_id="k1", check=check, answer=Answer.YES, words="已核实")


ALL = pytest.mark.parametrize("subtype", TROUBLES)


def test_there_is_one_for_each_of_the_17() -> None:
    assert set(TROUBLES) == {one.key for kind in seed_policy().exceptions for one in kind.subtypes}


@ALL
def test_a_playbook_has_all_that_the_mission_asks_for(subtype: str) -> None:
    playbook = playbook_of(in_trouble(subtype))
    assert playbook.owner
    assert playbook.manner
    assert playbook.causes
    assert playbook.escalation
    assert set(playbook.scripts) == set(Act)
    assert any(check.judge for check in playbook.checks), "first-judgement steps (76)"
    assert any(not check.judge for check in playbook.checks), "a check-list (85-89)"
    assert any(check.expects for check in playbook.checks)
    assert any(option.deeds for option in playbook.options)
    assert all(option.row for option in playbook.options)


@ALL
def test_the_order_itself_shows_that_it_is_this_trouble(subtype: str) -> None:
    world = in_trouble(subtype)
    found = readings(playbook_of(world), world.ticket(), facts_now(world))
    proven = [one for one in found if one.check.required and one.check.expects]
    assert [one.check.key for one in proven if not one.by_itself] == []
    own = [one for one in found if one.check.judge and one.by_itself and one.answer is Answer.YES]
    assert own, "at least one first-judgement step says yes by itself"
    shown = {name for one in found for name in one.check.shows}
    assert "order_number" in shown, "row 79"


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("payment", {"payment_references", "paid_at", "received", "payment_methods"}),  # row 81
        ("logistics", {"trackings", "carriers", "parcel_last_code", "parcel_last_place"}),  # row 82
        ("stock", {"skus", "stock_available_min", "prices"}),  # row 83
        ("customer_data", {"trackings", "order_number"}),
        ("system", {"order_number"}),
        ("malicious", {"skus", "value", "payment_references"}),
    ],
)
def test_the_key_facts_of_each_type_stand_beside_its_checks(kind: str, facts: set[str]) -> None:
    [one] = [one for one in seed_policy().exceptions if one.key == kind]
    for subtype in one.subtypes:
        shown = {name for check in subtype.checks for name in check.shows}
        assert facts <= shown, (subtype.key, facts - shown)


# --- yes, no, unknown --------------------------------------------------------------------------------------------

BULK = make_line(quantity=30, paid=10000, stock_reserved=0, stock_available=3, stock_counted=2)
SAMPLES: tuple[Order, ...] = (
    *(trouble.order for trouble in TROUBLES.values() if trouble.order),
    paid(),
    paid(lines=(make_line(stock_available=0),), remark_id="r", tier="gold"),
    unpaid(lines=(BULK,), tier="new"),
    sent(parcel(("depot", 9), due_at=START + 20 * HOUR)),
    sent(SILENT),
    sent(parcel(("signed", 2)), signed_at=START - 2 * HOUR),
    paid(systems=(SystemState(system="erp", state="processing", at=START),)),
    paid(receipts=(receipt("A1", 9000),)),
    unpaid(promotions=(Promotion(id="c", kind=PromotionKind.COUPON, label="新人券", discount=30000),)),
)


def test_every_automatic_check_can_say_yes_no_and_that_it_does_not_know() -> None:
    """Across orders as they come: a check that always says the same reads nothing."""
    policy = seed_policy()
    found: dict[tuple[str, str], set[Answer | None]] = {}
    gone = replace(FINDING, gone_at=START)
    pair = replace(FINDING, saw={"orders": 2, "numbers": "N1,N2"})
    tickets = [make_ticket(kind=Kind.EXCEPTION, finding=finding) for finding in (None, FINDING, gone, pair)]
    cases: list[tuple[Order | None, Ticket]] = [(order, ticket) for order in SAMPLES for ticket in tickets]
    cases += [(None, make_ticket(order_id=None)), (None, make_ticket())]  # without one; with one that is not here
    for order, ticket in cases:
        facts = facts_of(order, ticket=ticket, policy=policy, now=START)
        for kind in policy.exceptions:
            for subtype in kind.subtypes:
                for reading in readings(subtype, replace(ticket, subtype=subtype.key), facts):
                    if reading.check.expects:
                        found.setdefault((subtype.key, reading.check.key), set()).add(reading.answer)
    assert len(found) >= 34
    assert {key: answers for key, answers in found.items() if answers != {Answer.YES, Answer.NO, None}} == {}


# --- what is done ------------------------------------------------------------------------------------------------


@ALL
def test_nothing_is_done_before_it_is_known_why_and_then_it_is_done_once(subtype: str) -> None:
    world, trouble = in_trouble(subtype), TROUBLES[subtype]
    take: dict[str, Any] = {"ticket_id": "k1", "option": trouble.option, "inputs": trouble.inputs}
    if checking.missing(playbook_of(world), world.ticket(), facts_now(world)):
        assert world.refuse(TakeOption, LIUYANG, **take) == "check_missing"
    answer_what_is_asked(world)
    world.accept(TakeOption, LIUYANG, expected=trouble.back, **take)
    done = {effect.kind.value for effect in world.all(Effect)} | {task.what for task in world.all(Task)}
    assert set(trouble.does) - {"block"} <= done
    assert sum(entry.cost for entry in world.all(LedgerEntry)) == trouble.back
    [taken] = world.ticket().options
    assert (taken.option, taken.amount) == (trouble.option, trouble.back)


@ALL
def test_every_option_can_be_reached_or_says_why_not(subtype: str) -> None:
    world = in_trouble(subtype)
    answer_what_is_asked(world)
    case = handling.load_handling(world.book, "k1", world.policy)
    offers = handling.offered(case, world.ticket(), world.setting(LIUYANG))
    assert [offer.option.key for offer in offers if offer.allowed]
    assert {offer.refused for offer in offers} <= {
        "", "option_not_offered", "order_needed", "nothing_under_way", "input_missing", "shipped", "nothing_left",
        "order_not_paid", "not_shipped",
    }  # fmt: skip


# --- what is said ------------------------------------------------------------------------------------------------


def say_first(world: World, language: str = "zh") -> str:
    """Say what is proposed first, with what a person fills in; the key of the words."""
    [first, *_] = messages.suggest(case_of(world), world.ticket(), world.setting(LIUYANG))
    values = {name: "3月5日" for name in FROM_PERSON & set(placeholders(first.texts[language]))}
    args = {"ticket_id": "k1", "template": first.key, "language": language, "via": "spoken"}
    world.accept(SendMessage, LIUYANG, values=values, **args)
    world.later(minutes=1)
    return first.key


@ALL
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_five_acts_are_proposed_one_after_the_other_in_its_own_words(subtype: str, language: str) -> None:
    world, own = in_trouble(subtype), {t.key for t in seed_policy().messages.templates if t.subtypes == (subtype,)}
    said: list[str] = []
    while world.ticket().acts != set(Act):
        assert len(said) < len(Act)
        said.append(say_first(world, language))
    assert set(said) <= own
    assert said[0] == f"{subtype}_notify"


@ALL
def test_after_an_option_its_own_words_come_first(subtype: str) -> None:
    world, trouble = in_trouble(subtype), TROUBLES[subtype]
    answer_what_is_asked(world)
    say_first(world)
    world.accept(TakeOption, LIUYANG, ticket_id="k1", option=trouble.option, inputs=trouble.inputs)
    [option] = [option for option in playbook_of(world).options if option.key == trouble.option]
    [first, *_] = messages.suggest(case_of(world), world.ticket(), world.setting(LIUYANG))
    assert first.key == option.template


def test_money_that_goes_back_is_told_exactly() -> None:
    world = in_trouble("paid_twice")
    explain = {"ticket_id": "k1", "template": "paid_twice_explain", "language": "zh", "via": "spoken"}
    [words] = world.accept(SendMessage, LIUYANG, **explain).private.values()
    assert "订单应付¥100.00，实际收到¥200.00，多了¥100.00，原因是支付通道的通知晚了一步" in words["text"]
    answer_what_is_asked(world)
    world.later(minutes=1)
    world.accept(TakeOption, LIUYANG, ticket_id="k1", option="refund", inputs={})
    refunded = {"ticket_id": "k1", "template": "paid_twice_refunded", "language": "zh", "via": "spoken"}
    [words] = world.accept(SendMessage, LIUYANG, **refunded).private.values()
    assert "多付的¥100.00已经为您提交退回：支付宝 ¥100.00，预计1 个工作日内到账" in words["text"]
    assert [promise.due_at for promise in world.ticket().promises] == [world.now + timedelta(days=3)]


def test_the_explanation_follows_the_facts() -> None:
    more, less = in_trouble("amount_mismatch"), in_trouble("amount_mismatch")
    less.keep(paid(receipts=(receipt("A1", 9000),)))
    for world, words in ((more, "amount_mismatch_explain_over"), (less, "amount_mismatch_explain_short")):
        say_first(world)
        assert say_first(world) == words


def test_a_reading_shows_what_it_read() -> None:
    world = in_trouble("trace_stalled")
    found: dict[str, Reading] = {
        one.check.key: one for one in readings(playbook_of(world), world.ticket(), facts_now(world))
    }
    assert found["silent"].shown["parcel_hours_silent"] == 150
    assert found["feed_only"].answer is Answer.YES
    assert found["past_date"].answer is Answer.YES
