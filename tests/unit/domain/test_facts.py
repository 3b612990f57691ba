"""What is known of an order, said in facts: what nobody told is left out and never counts as no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from desk.domain.conditions import all_hold, holds
from desk.domain.facts import FACTS, NUMBERS, FactKind, facts_of
from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry
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
from desk.domain.playbooks import Condition, FactValue, Op
from desk.domain.tasks import Block, Task, TaskState
from desk.domain.tickets import Finding, Kind
from tests.helpers.cases import HOUR, START, make_line, make_order, make_ticket, seed_policy

MINUTE = timedelta(minutes=1)
FINDING = Finding(rule="same_address", window="group", saw={"orders": 6, "numbers": "N1,N2"})


def known(order: Order | None, **more: Any) -> dict[str, FactValue]:
    return dict(facts_of(order, policy=seed_policy(), now=START, **more))


def receipt(name: str, amount: int = 10000, *, at: datetime = START - HOUR, **changed: Any) -> Receipt:
    return Receipt(id=name, method="alipay", amount=amount, at=at, reference=name, **changed)


def parcel(*scans: tuple[str, float], **changed: Any) -> Parcel:
    """A parcel with its scans: code, and how many hours ago."""
    trace = tuple(Scan(at=START - hours * HOUR, place="杭州分拨中心", text="…", code=code) for code, hours in scans)
    return Parcel(id=changed.pop("id", "p1"), carrier="顺丰速运", tracking="SF1", trace=trace, **changed)


def test_every_fact_is_of_the_vocabulary_and_of_its_kind() -> None:
    order = make_order(
        state=OrderState.SHIPPED,
        receipts=(receipt("a"),),
        parcels=(parcel(("picked_up", 60), due_at=START - HOUR),),
        systems=(SystemState(system="wms", state="shipped", at=START),),
        lines=(make_line(stock_available=1, stock_counted=1),),
        wave_at=START,
        store_id="S01",
    )
    ticket = make_ticket(kind=Kind.EXCEPTION, manner="stalled", finding=FINDING)
    found = known(order, ticket=ticket)
    assert set(found) <= set(FACTS)
    assert (found["orders_together"], found["numbers_together"]) == (6, "N1,N2")
    for name, value in found.items():
        spec = FACTS[name]
        kind = bool if spec.kind is FactKind.FLAG else int if spec.kind in NUMBERS else str
        assert type(value) is kind, name
        assert not spec.codes or value in spec.codes, name


def test_without_an_order_only_the_ticket_is_known() -> None:
    ticket = make_ticket(kind=Kind.EXCEPTION, order_id=None, order_number="771", type="system")
    found = known(None, ticket=ticket)
    assert found["has_order"] is False
    assert (found["order_number"], found["order_stage"]) == ("771", "creation")
    assert not {"paid", "state", "blocked", "received"} & set(found)
    assert "order_stage" not in known(None, ticket=make_ticket())  # there is one, but not here


# --- money -------------------------------------------------------------------------------------------------------


def test_one_payment_that_both_sides_know_is_no_surplus() -> None:
    order = make_order(tenders=(Tender(id="t1", method="alipay", paid=10000, reference="a"),), receipts=(receipt("a"),))
    found = known(order)
    assert (found["received"], found["due_amount"], found["surplus"]) == (10000, 10000, 0)
    assert (found["receipts_unmatched"], found["surplus_same_amount"]) == (0, False)
    assert found["payment_references"] == "a"


def test_a_payment_without_a_number_is_not_counted_twice() -> None:
    found = known(make_order(receipts=(receipt("a"),)))
    assert (found["received"], found["surplus"], found["receipts_unmatched"]) == (10000, 0, 0)


def test_paid_twice_is_a_surplus_of_the_same_amount() -> None:
    order = make_order(
        tenders=(Tender(id="t1", method="alipay", paid=10000, reference="a"),),
        receipts=(receipt("a"), receipt("b", at=START - 3 * MINUTE)),
    )
    found = known(order)
    assert (found["received"], found["surplus"], found["surplus_same_amount"]) == (20000, 10000, True)
    assert (found["minutes_since_received"], found["receipts_unmatched"]) == (3, 1)


def test_two_payments_for_an_order_that_knows_neither_are_paid_twice_too() -> None:
    order = make_order(state=OrderState.UNPAID, receipts=(receipt("a"), receipt("b")))
    found = known(order)
    assert (found["paid"], found["surplus"], found["surplus_same_amount"]) == (False, 10000, True)
    assert found["unpaid_minutes"] == 120


def test_what_went_back_is_no_surplus_any_more() -> None:
    tender = Tender(id="t1", method="alipay", paid=10000, reference="a")
    order = make_order(tenders=(tender,), receipts=(receipt("a"), receipt("b", refunded=10000)))
    assert known(order)["surplus"] == 0
    asked = make_order(tenders=(tender,), receipts=(receipt("a"), receipt("b")))
    assert known(asked, entries=(going_back("b", 10000),))["surplus"] == 0


def test_a_payment_of_another_amount_is_a_surplus_or_a_shortfall() -> None:
    tender = Tender(id="t1", method="alipay", paid=10000, reference="a")
    more = known(make_order(tenders=(tender,), receipts=(receipt("a", 12000),)))
    assert (more["surplus"], more["shortfall"], more["surplus_same_amount"]) == (2000, 0, False)
    less = known(make_order(tenders=(tender,), receipts=(receipt("a", 9000),)))
    assert (less["surplus"], less["shortfall"]) == (0, 1000)
    order = make_order(tenders=(tender,), receipts=(receipt("a", 12000),))
    assert known(order, entries=(going_back("a", 2000),))["surplus"] == 0


def test_what_came_in_for_a_cancelled_order_is_too_much() -> None:
    order = make_order(state=OrderState.CANCELLED, tenders=(), receipts=(receipt("late"),))
    assert (known(order)["due_amount"], known(order)["surplus"]) == (0, 10000)
    assert known(order, entries=(going_back("late", 10000),))["surplus"] == 0


def going_back(receipt_id: str, cost: int) -> LedgerEntry:
    return LedgerEntry(
        key=f"o1/{receipt_id}/surplus/1", order_id="o1", ticket_id="k1", customer_id="c1", kind=BenefitKind.REFUND,
        cost=cost, units=cost, currency="CNY", state=EntryState.ASKED, by="wangfang", at=START, command_id="x",
        receipt_id=receipt_id,
    )  # fmt: skip


# --- stock -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ({"stock_reserved": 2, "stock_available": 0}, 0),
        ({"stock_reserved": 0, "stock_available": 1}, 1),
        ({"stock_reserved": 0, "stock_available": 2}, 0),
        ({"stock_reserved": 2, "stock_available": -3}, 1),
        ({"stock_reserved": 2, "stock_available": 9, "stock_counted": 1}, 1),
        ({"stock_reserved": 0, "stock_available": 0, "stock_counted": 2}, 0),
        ({"stock_reserved": 0}, None),
        ({"stock_reserved": 0, "stock_available": 1, "cancelled": 1}, 0),
    ],
)
def test_goods_are_short_enough_or_nobody_told(line: dict[str, Any], short: int | None) -> None:
    assert known(make_order(lines=(make_line(quantity=2, **line),))).get("lines_short") == short


def test_system_and_count_stand_beside_each_other() -> None:
    found = known(make_order(lines=(make_line(stock_available=5, stock_counted=2), make_line("2"))))
    assert (found["stock_available_min"], found["stock_counted_min"], found["stock_differs"]) == (5, 2, True)
    assert "stock_differs" not in known(make_order(lines=(make_line(stock_available=5),)))


def test_what_left_the_house_is_not_short() -> None:
    order = make_order(state=OrderState.SHIPPED, lines=(make_line(stock_reserved=0, stock_available=0),))
    assert known(order)["lines_short"] == 0


# --- parcels -----------------------------------------------------------------------------------------------------


def test_the_parcel_that_is_silent_longest_speaks() -> None:
    signed = parcel(("picked_up", 200), ("signed", 150), id="p0")
    moving = parcel(("picked_up", 40), ("depot", 2), id="p1")
    silent = parcel(("picked_up", 90), ("in_transit", 75), id="p2", due_at=START - 5 * HOUR)
    found = known(make_order(state=OrderState.SHIPPED, parcels=(signed, moving, silent)))
    assert (found["parcel_hours_silent"], found["parcel_last_code"]) == (75, "in_transit")
    assert (found["parcel_late_hours"], found["parcels"]) == (5, 3)
    assert (found["parcel_lost"], found["refused"], found["parcel_moves_elsewhere"]) == (False, False, False)


def test_a_late_feed_is_told_from_a_late_parcel() -> None:
    order = make_order(state=OrderState.SHIPPED, parcels=(parcel(("depot", 75)),))
    seen = OrderEvent(at=START - HOUR, area="parcel", code="depot", text="已到分拨中心")
    assert known(order)["parcel_moves_elsewhere"] is False
    assert known(replace(order, events=(seen,)))["parcel_moves_elsewhere"] is True
    older = replace(seen, at=START - 80 * HOUR)
    assert known(replace(order, events=(older,)))["parcel_moves_elsewhere"] is False
    told = SystemState(system="carrier", state="sorting centre", at=START - HOUR)
    assert known(replace(order, systems=(told,)))["parcel_moves_elsewhere"] is True


def test_of_a_parcel_without_scans_nothing_is_made_up() -> None:
    found = known(make_order(state=OrderState.SHIPPED, parcels=(parcel(),)))
    assert not {"parcel_hours_silent", "parcel_lost", "refused", "parcel_late_hours", "parcel_last_code"} & set(found)
    assert known(make_order(state=OrderState.SHIPPED, parcels=(parcel(("refused", 3)),)))["refused"] is True


# --- the rest ----------------------------------------------------------------------------------------------------


def test_who_is_looked_after_first() -> None:
    high = known(make_order(lines=(make_line(paid=100000),)))
    assert (high["is_high_value"], high["is_valued"]) == (True, True)
    gold = known(make_order(tier="gold"))
    assert (gold["is_high_value"], gold["is_valued"]) == (False, True)
    assert known(make_order())["is_valued"] is False
    assert "is_valued" not in known(make_order(currency="EUR"))


@pytest.mark.parametrize(
    ("said", "differ"),
    [
        ({}, None),
        ({"erp": "processing", "wms": "拣货中"}, False),
        ({"erp": "待付款"}, True),
        ({"erp": "Shipped", "wms": "paid"}, True),
        ({"erp": "paid", "crm": "lead-7"}, None),
        ({"erp": "unpaid", "crm": "lead-7"}, True),
    ],
)
def test_systems_are_compared_by_what_their_words_mean(said: dict[str, str], differ: bool | None) -> None:
    systems = tuple(SystemState(system=name, state=word, at=START) for name, word in said.items())
    assert known(make_order(systems=systems)).get("systems_differ") is differ


def test_contact_discount_and_quantities() -> None:
    order = make_order(
        lines=(make_line(quantity=30, paid=3000), make_line("2", paid=1000)),
        promotions=(Promotion(id="c", kind=PromotionKind.COUPON, label="新人券", discount=6000),),
        contact_flags=frozenset({"phone_short"}),
    )
    found = known(order)
    assert (found["contact_bad_phone"], found["contact_bad_address"]) == (True, False)
    assert (found["discount_percent"], found["largest_quantity"], found["pieces"]) == (60, 30, 31)
    assert found["prices"] == "1.00, 10.00"


def test_tasks_and_blocks_are_facts_only_where_they_are_known() -> None:
    task = Task(
        id="x", ticket_id="k1", order_id="o1", team="logistics", asked_by="wangfang", asked_team="hotline",
        asked_at=START, what="carrier_claim", due_at=START + HOUR,
    )  # fmt: skip
    found = known(make_order(), tasks=(task, replace(task, id="y", state=TaskState.DONE)))
    assert (found["tasks_open"], found["tasks_done"], found["blocked"]) == (1, 1, False)
    hidden = known(make_order(), tasks=None, blocks_known=False)
    assert not {"tasks_open", "blocked"} & set(hidden)
    block = Block(id="c1", reason="fake", ticket_id="k1", by="liuyang", at=START, until=START + HOUR)
    assert known(make_order(), block=block)["blocked"] is True
    assert known(make_order(), block=replace(block, until=START - HOUR))["blocked"] is False


# --- conditions --------------------------------------------------------------------------------------------------

FACTS_NOW: dict[str, FactValue] = {"paid": True, "received": 100, "due_amount": 90, "state": "paid"}


@pytest.mark.parametrize(
    ("condition", "answer"),
    [
        (Condition(fact="paid"), True),
        (Condition(fact="paid", value=False), False),
        (Condition(fact="paid", op=Op.IS_NOT), False),
        (Condition(fact="state", value="paid"), True),
        (Condition(fact="received", op=Op.ABOVE, value=99), True),
        (Condition(fact="received", op=Op.ABOVE, value=100), False),
        (Condition(fact="received", op=Op.AT_LEAST, value=100), True),
        (Condition(fact="received", op=Op.BELOW, other="due_amount"), False),
        (Condition(fact="due_amount", op=Op.AT_MOST, other="received"), True),
        (Condition(fact="received", op=Op.ABOVE, other="surplus"), None),
        (Condition(fact="refused"), None),
        (Condition(fact="refused", op=Op.IS_NOT), None),
        (Condition(fact="refused", op=Op.KNOWN), False),
        (Condition(fact="refused", op=Op.UNKNOWN), True),
        (Condition(fact="paid", op=Op.KNOWN), True),
    ],
)
def test_a_condition_has_three_answers(condition: Condition, answer: bool | None) -> None:
    assert holds(condition, FACTS_NOW) is answer


def test_one_that_does_not_hold_outweighs_what_is_not_known() -> None:
    yes, no, unknown = Condition(fact="paid"), Condition(fact="paid", value=False), Condition(fact="refused")
    assert all_hold((), FACTS_NOW) is True
    assert all_hold((yes, yes), FACTS_NOW) is True
    assert all_hold((yes, unknown), FACTS_NOW) is None
    assert all_hold((unknown, no), FACTS_NOW) is False


def test_words_have_no_order() -> None:
    with pytest.raises(TypeError, match="state above: not a number"):
        holds(Condition(fact="state", op=Op.ABOVE, value=1), FACTS_NOW)
