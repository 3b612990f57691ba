"""Exceptions find themselves: what lasts longer than its rule waits is a finding, and nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.detection import RULES, found, history, next_look
from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry
from desk.domain.orders import (
    GoodsFlag,
    Order,
    OrderEvent,
    OrderState,
    Parcel,
    Receipt,
    Scan,
    SystemState,
    Tender,
)
from desk.domain.policy import Policy
from tests.helpers.cases import START, make_line, make_order, seed_policy

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def with_limits(key: str, limits: Mapping[str, int] | None = None, *, on: bool = True) -> Policy:
    """The seed policy with other limits of one rule."""
    policy = seed_policy()
    rules = tuple(
        replace(rule, on=on, limits=rule.limits if limits is None else limits) if rule.key == key else rule
        for rule in policy.detection.rules
    )
    return replace(policy, detection=replace(policy.detection, rules=rules))


def rules_of(order: Order, now: datetime = START, policy: Policy | None = None) -> set[str]:
    return {one.rule for one in found(order, policy or seed_policy(), now)}


def scan(ago: timedelta, code: str = "in_transit") -> Scan:
    return Scan(at=START - ago, place="嘉兴", text="", code=code)


def shipped(*trace: Scan, **changed: Any) -> Order:
    parcel = Parcel(id="p1", carrier="sf", tracking="SF1", shipped_at=START - 10 * DAY, trace=trace, **changed)
    return make_order(state=OrderState.SHIPPED, shipped_at=START - 10 * DAY, parcels=(parcel,))


def receipt(amount: int = 10000, ago: timedelta = 20 * MINUTE, name: str = "r1", **changed: Any) -> Receipt:
    return Receipt(id=name, method="alipay", amount=amount, at=START - ago, **changed)


# --- payment -----------------------------------------------------------------------------------------------------


def test_paid_and_not_updated_is_found_after_the_minutes_of_policy_and_not_before():
    order = make_order(state=OrderState.UNPAID, receipts=(receipt(ago=9 * MINUTE),))
    assert rules_of(order) == set()
    assert next_look(order, seed_policy(), START) == START + MINUTE
    (one,) = found(order, seed_policy(), START + MINUTE)
    assert (one.rule, one.subtype) == ("paid_not_updated", "paid_not_updated")
    assert one.saw == {"receipt": "r1", "received": 10000, "due": 10000, "limit_minutes": 10}
    assert one.since == START - 9 * MINUTE


def test_an_order_that_was_updated_in_time_is_none():
    paid = make_order(
        receipts=(receipt(reference="A"),), tenders=(Tender(id="t1", method="alipay", paid=10000, reference="A"),)
    )
    assert rules_of(paid) == set()


def test_part_of_the_money_is_an_amount_that_does_not_match():
    order = make_order(state=OrderState.UNPAID, receipts=(receipt(9000),))
    (one,) = found(order, seed_policy(), START)
    assert (one.rule, one.saw["shortfall"]) == ("amount_mismatch", 1000)


def test_paid_twice_and_too_much_are_told_apart():
    tenders = (Tender(id="t1", method="alipay", paid=10000, reference="A"),)
    first = receipt(reference="A", ago=3 * DAY)
    twice = make_order(tenders=tenders, receipts=(first, receipt(name="r2", reference="B")))
    assert rules_of(twice) == {"paid_twice"}
    more = make_order(tenders=tenders, receipts=(first, receipt(500, name="r2", reference="B")))
    assert rules_of(more) == {"amount_mismatch"}


def test_what_was_given_back_is_no_surplus_any_more():
    tenders = (Tender(id="t1", method="alipay", paid=10000, reference="A"),)
    receipts = (receipt(reference="A"), receipt(name="r2", reference="B"))
    order = make_order(tenders=tenders, receipts=receipts)
    refund = LedgerEntry(
        key="k",
        order_id="o1",
        customer_id="c1",
        ticket_id="k1",
        kind=BenefitKind.REFUND,
        currency="CNY",
        units=10000,
        cost=10000,
        by="wangfang",
        at=START,
        command_id="x",
        receipt_id="r2",
        state=EntryState.ASKED,
    )
    assert {one.rule for one in found(order, seed_policy(), START, [refund])} == set()


def test_an_unpaid_order_is_found_only_where_policy_says_so():
    order = make_order(state=OrderState.UNPAID)
    assert rules_of(order) == set()
    assert rules_of(order, policy=with_limits("payment_incomplete")) == {"payment_incomplete"}


# --- stock -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "rules"),
    [
        ({"stock_reserved": 0, "stock_available": 0}, {"oversold"}),
        ({"stock_reserved": 2, "stock_available": 0}, set()),
        ({"stock_reserved": 2, "stock_available": 9, "stock_counted": 1}, {"oversold", "stock_differs"}),
        ({"stock_reserved": 0, "stock_available": 9}, {"reservation_failed"}),
        ({"stock_reserved": 2, "stock_available": 9, "stock_counted": 5}, {"stock_differs"}),
        ({"stock_reserved": 2, "stock_available": 9, "stock_counted": 8}, set()),
        ({"stock_reserved": 0}, set()),
    ],
)
def test_stock_by_what_the_warehouse_told(facts: dict[str, Any], rules: set[str]):
    order = make_order(lines=(make_line(quantity=2, **facts),))
    assert rules_of(order) == rules
    assert rules_of(replace(order, packed_at=START)) == set(), "what is packed was there"


# --- parcels -----------------------------------------------------------------------------------------------------


def test_no_scan_for_days_is_found_on_the_day_and_names_the_parcel():
    order = shipped(scan(4 * DAY, "picked_up"), scan(3 * DAY - MINUTE))
    assert rules_of(order) == set()
    assert next_look(order, seed_policy(), START) == START + MINUTE
    (one,) = found(order, seed_policy(), START + MINUTE)
    assert one.rule == "trace_stalled"
    assert one.saw["parcel"] == "p1"
    assert one.saw["limit_days"] == 3


def test_each_silence_is_a_ticket_of_its_own():
    first = found(shipped(scan(4 * DAY)), seed_policy(), START)
    second = found(shipped(scan(9 * DAY), scan(4 * DAY + MINUTE)), seed_policy(), START)
    assert first[0].ticket_id != second[0].ticket_id
    assert found(shipped(scan(4 * DAY)), seed_policy(), START + DAY)[0].ticket_id == first[0].ticket_id


@pytest.mark.parametrize("code", ["signed", "lost", "refused"])
def test_nobody_waits_for_a_scan_after_the_last_one(code: str):
    assert "trace_stalled" not in rules_of(shipped(scan(9 * DAY), scan(8 * DAY, code)))


def test_lost_refused_and_late():
    assert rules_of(shipped(scan(DAY), scan(MINUTE, "lost"))) == {"parcel_lost"}
    assert rules_of(shipped(scan(2 * DAY, "lost"), scan(MINUTE))) == set(), "it was found again"
    assert rules_of(shipped(scan(MINUTE, "refused"))) == {"refused"}
    late = shipped(scan(MINUTE), due_at=START - 12 * 60 * MINUTE)
    assert rules_of(late) == {"delivery_delayed"}
    assert rules_of(shipped(scan(MINUTE), due_at=START - 11 * 60 * MINUTE)) == set()


# --- systems and contact -----------------------------------------------------------------------------------------


def test_systems_that_do_not_agree_are_found_after_a_while():
    said = [SystemState(system="erp", state="shipped", at=START - 14 * MINUTE)]
    order = make_order(systems=tuple(said))
    assert rules_of(order) == set()
    assert rules_of(order, START + MINUTE) == {"sync_failed"}


def test_a_contact_that_cannot_be_reached():
    assert rules_of(make_order(contact_flags=frozenset({"address_short"}))) == {"address_wrong"}
    assert rules_of(make_order(contact_flags=frozenset({"phone_malformed"}))) == {"phone_wrong"}
    called = (OrderEvent(at=START, area="parcel", code="phone_unreachable"),)
    assert rules_of(make_order(events=called)) == {"phone_wrong"}
    signed = make_order(state=OrderState.SIGNED, signed_at=START, contact_flags=frozenset({"address_short"}))
    assert rules_of(signed) == set()


# --- malice ------------------------------------------------------------------------------------------------------


def test_quantities_that_nobody_needs():
    assert rules_of(make_order(lines=(make_line(quantity=50, paid=50000),))) == {"odd_quantity"}
    bulk = make_order(tier="new", lines=(make_line(quantity=20, paid=50000),))
    assert rules_of(bulk) == {"new_account_bulk"}
    assert rules_of(replace(bulk, tier="gold")) == set()


# --- what holds of every rule ------------------------------------------------------------------------------------


def test_a_cancelled_order_and_an_old_one_wake_nobody():
    assert rules_of(replace(shipped(scan(4 * DAY)), state=OrderState.CANCELLED, cancelled_at=START)) == set()
    assert rules_of(shipped(scan(100 * DAY)), START) == set()


def test_a_source_may_tell_of_any_day():
    for at in (datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)):
        far = replace(make_order(state=OrderState.UNPAID), created_at=at)
        assert rules_of(far, policy=with_limits("payment_incomplete")) == set()
    assert rules_of(shipped(replace(scan(DAY), at=datetime.max.replace(tzinfo=UTC)))) == set()


def test_every_rule_of_the_seed_is_one_that_there_is():
    assert {rule.key for rule in seed_policy().detection.rules} == set(RULES)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    """An order under way with some of everything that rules look at, in the days before START."""
    ago = st.integers(0, 12 * 24 * 60).map(lambda minutes: minutes * MINUTE)
    codes = st.sampled_from(["picked_up", "in_transit", "out_for_delivery", "refused", "lost", "signed"])
    traces = st.lists(st.builds(scan, ago, codes), max_size=4)
    trace = tuple(sorted(draw(traces), key=lambda one: one.at))
    receipts = tuple(
        receipt(draw(st.sampled_from([5000, 10000])), draw(ago), f"r{n}") for n in range(draw(st.integers(0, 3)))
    )
    line = make_line(
        quantity=2,
        stock_reserved=draw(st.integers(0, 2)),
        stock_available=draw(st.none() | st.integers(0, 3)),
        stock_counted=draw(st.none() | st.integers(0, 3)),
        flags=draw(st.sampled_from([(), (GoodsFlag.FRESH,)])),
    )
    due = draw(st.none() | ago)
    parcel = Parcel(id="p1", carrier="sf", tracking="1", trace=trace, due_at=START - due if due else None)
    state = draw(st.sampled_from([OrderState.UNPAID, OrderState.PAID, OrderState.SHIPPED]))
    systems = tuple(
        SystemState(system="wms", state="packed", at=START - draw(ago)) for _ in range(draw(st.integers(0, 1)))
    )
    return make_order(
        state=state,
        lines=(line,),
        receipts=receipts,
        systems=systems,
        parcels=(parcel,) if state is OrderState.SHIPPED else (),
        contact_flags=draw(st.sampled_from([frozenset(), frozenset({"phone_missing"})])),
    )


def keys(order: Order, policy: Policy, now: datetime) -> set[tuple[str, str]]:
    return {(one.rule, one.window) for one in found(order, policy, now)}


def patient(policy: Policy, minutes: int) -> Policy:
    """Every rule waits so much longer."""
    rules = tuple(
        replace(rule, limits={**rule.limits, "minutes": rule.limits.get("minutes", 0) + minutes})
        for rule in policy.detection.rules
    )
    return replace(policy, detection=replace(policy.detection, rules=rules))


@given(orders(), st.integers(0, 6000))
def test_more_patience_never_finds_more(order: Order, minutes: int):
    policy = seed_policy()
    assert keys(order, patient(policy, minutes), START) <= keys(order, policy, START)


@given(orders(), st.integers(0, 6000))
def test_between_two_looks_nothing_is_missed(order: Order, minutes: int):
    """What is found later was found before, or a look fell due in between."""
    policy, later = seed_policy(), START + minutes * MINUTE
    new = keys(order, policy, later) - keys(order, policy, START)
    look = next_look(order, policy, START)
    assert not new or (look is not None and look <= later)
    assert keys(order, policy, START) <= keys(order, policy, later), "nothing was told: nothing goes away"


@given(orders())
def test_what_is_found_now_was_found_in_the_history(order: Order):
    policy = seed_policy()
    past = {(one.rule, one.window) for one in history(order, policy, START - 60 * DAY, START)}
    assert keys(order, policy, START) <= past


@given(orders(), st.integers(1, 6000))
def test_history_with_more_patience_never_tells_of_more(order: Order, minutes: int):
    policy = seed_policy()
    long_ago = START - 365 * DAY
    past = {(one.rule, one.window) for one in history(order, policy, long_ago, START)}
    calm = {(one.rule, one.window) for one in history(order, patient(policy, minutes), long_ago, START)}
    assert calm <= past
