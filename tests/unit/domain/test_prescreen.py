"""The pre-screen: which verdict, when it turns, and what the tree shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk.domain.orders import OrderState, Parcel, Receipt
from desk.domain.policy import CancellationPolicy, Policy
from desk.domain.prescreen import TREE, Colour, answers_at, prescreen, verdict_code
from desk.domain.waves import next_wave, wave_of, waves_after
from tests.helpers.cases import HOUR, START, make_line, make_order, make_policy, seed_policy

FRESH = make_line(flags=["fresh"])


def china(day: int, clock: str) -> datetime:
    """A time of day in China in March 2026, as UTC."""
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC) - 8 * HOUR


def rules(**changed) -> Policy:
    return make_policy(cancellation=replace(seed_policy().cancellation, **changed))


# --- the window --------------------------------------------------------------------------------------------------


def test_in_the_window_it_goes_by_itself_until_two_hours_before_the_wave():
    verdict = prescreen(make_order(), seed_policy(), START)
    assert (verdict.code, verdict.colour) == ("in_window", Colour.AUTO)
    assert verdict.turns_at == verdict.no_return_at == china(2, "16:00")
    assert verdict.next_wave is not None
    assert verdict.next_wave.at == china(2, "18:00")
    assert verdict.refund is not None
    assert verdict.refund.refund == 10000
    assert (verdict.merchant_cost, verdict.customer_cost) == (0, 0)


def test_in_the_closed_window_a_person_looks_and_it_opens_again_after_the_wave():
    verdict = prescreen(make_order(), seed_policy(), china(2, "16:00"))
    assert (verdict.code, verdict.colour) == ("window_closed", Colour.PERSON)
    assert verdict.turns_at == china(2, "18:30")
    assert verdict.no_return_at is None, "it turns for the better"


def test_ordered_in_the_evening_nobody_packs_before_the_merchant_opens():
    """MISSION 33: at 08:30 the window of a 10:00 wave would be closed, but nobody has opened yet."""
    policy = rules(waves=("10:00",))
    order = make_order(paid_at=china(2, "20:00"))
    assert prescreen(order, policy, china(3, "08:30")).turns_at == china(3, "09:00")
    assert prescreen(order, policy, china(3, "08:30")).code == "in_window"
    assert prescreen(order, policy, china(3, "09:00")).code == "window_closed"


def test_the_wave_that_its_source_planned_counts():
    order = make_order(wave_at=china(3, "13:00"))
    verdict = prescreen(order, seed_policy(), china(2, "17:00"))
    assert (verdict.code, verdict.turns_at) == ("in_window", china(3, "11:00"))


def test_a_planned_wave_that_is_over_gives_way_to_the_calendar():
    order = make_order(wave_at=china(2, "07:00"))
    verdict = prescreen(order, seed_policy(), START)
    assert verdict.turns_at == china(2, "16:00")


def test_just_after_a_planned_wave_its_source_may_not_have_told_yet():
    order = make_order(wave_at=china(2, "14:30"))
    assert prescreen(order, seed_policy(), china(2, "14:45")).code == "window_closed"
    assert prescreen(order, seed_policy(), china(2, "15:00")).code == "in_window"


def test_no_wave_leaves_on_a_closed_day():
    friday_only = replace(seed_policy().cancellation.merchant_hours, days=(5,), holidays=(date(2026, 3, 6),))
    policy = rules(merchant_hours=friday_only)
    verdict = prescreen(make_order(), policy, START)
    assert verdict.turns_at == china(13, "05:00")


def test_without_any_wave_the_window_never_closes():
    verdict = prescreen(make_order(), rules(waves=()), START)
    assert (verdict.code, verdict.turns_at, verdict.next_wave) == ("in_window", None, None)


def test_a_window_that_is_always_closed_never_turns():
    verdict = prescreen(make_order(), rules(closed_before_wave_minutes=2 * 24 * 60, waves=("07:00",)), START)
    assert (verdict.code, verdict.turns_at) == ("window_closed", None)


def test_waves_keep_their_wall_clock_when_the_clocks_change():
    """On 8 March 2026 New York skips an hour: 07:00 there is 12:00 UTC before and 11:00 UTC from then on."""
    hours = replace(seed_policy().cancellation.merchant_hours, timezone="America/New_York", holidays=())
    policy = rules(merchant_hours=hours, waves=("07:00",)).cancellation
    found = waves_after(policy, datetime(2026, 3, 7, 0, tzinfo=UTC))
    assert [next(found).at.hour for _ in range(2)] == [12, 11]


# --- the other branches ------------------------------------------------------------------------------------------


CAME_IN = Receipt(id="r1", method="alipay", amount=10000, at=START, reference="A1")
WENT_BACK = Receipt(id="r1", method="alipay", amount=10000, at=START, reference="A1", refunded=10000)


@pytest.mark.parametrize(
    ("order", "code", "colour"),
    [
        (make_order(state=OrderState.UNPAID), "unpaid", Colour.AUTO),
        (make_order(state=OrderState.UNPAID, receipts=(CAME_IN,)), "unpaid_received", Colour.PERSON),
        (make_order(state=OrderState.UNPAID, receipts=(WENT_BACK,)), "unpaid", Colour.AUTO),
        (make_order(packed_at=START), "packed", Colour.PERSON),
        (make_order(state=OrderState.SHIPPED), "shipped", Colour.PERSON),
        (make_order(shipped_at=START), "shipped", Colour.PERSON),
        (make_order(state=OrderState.SHIPPED, lines=(FRESH,)), "fresh_shipped", Colour.NO),
        (make_order(wave_at=START, lines=(FRESH,)), "fresh_late", Colour.NO),
        (make_order(state=OrderState.SIGNED), "after_sales", Colour.NO),
        (make_order(state=OrderState.COMPLETED), "after_sales", Colour.NO),
        (make_order(state=OrderState.CANCELLED), "already_cancelled", Colour.NO),
    ],
)
def test_each_branch_has_its_verdict(order, code, colour):
    verdict = prescreen(order, seed_policy(), START)
    assert (verdict.code, verdict.colour) == (code, colour)
    assert (verdict.refund is None) == (colour is Colour.NO)


def test_paid_though_its_state_says_unpaid_is_treated_as_paid():
    """MISSION 45: the callback was late. A cancel that believes the state would keep the customer's money."""
    order = make_order(state=OrderState.UNPAID, tenders=make_order().tenders)
    assert prescreen(order, seed_policy(), START).code == "in_window"


def test_a_stopped_parcel_costs_the_merchant_and_a_refused_one_the_customer():
    verdict = prescreen(make_order(state=OrderState.SHIPPED), seed_policy(), START)
    costs = seed_policy().cancellation
    assert verdict.merchant_cost == costs.intercept_cost["CNY"]
    assert verdict.customer_cost == costs.refusal_cost["CNY"]


def test_a_cost_that_no_policy_states_is_not_zero():
    verdict = prescreen(make_order(state=OrderState.SHIPPED, currency="EUR"), seed_policy(), START)
    assert (verdict.merchant_cost, verdict.customer_cost) == (None, None)


def test_fresh_goods_that_left_would_be_lost_to_the_merchant():
    order = make_order(state=OrderState.SHIPPED, lines=(FRESH, make_line("2", paid=300)))
    assert prescreen(order, seed_policy(), START).merchant_cost == 10000


def test_fresh_goods_follow_the_common_rule_where_policy_says_so():
    order = make_order(state=OrderState.SHIPPED, lines=(FRESH,))
    assert prescreen(order, rules(fresh_closed_after_wave=False), START).code == "shipped"


def test_fresh_goods_without_a_planned_wave_ship_with_the_first_after_payment():
    order = make_order(lines=(FRESH,), paid_at=china(2, "12:00"))
    assert prescreen(order, seed_policy(), china(2, "12:59")).turns_at == china(2, "13:00")
    assert prescreen(order, seed_policy(), china(2, "13:00")).code == "fresh_late"


def test_fresh_goods_without_any_wave_are_never_late():
    assert prescreen(make_order(lines=(FRESH,)), rules(waves=()), START).code == "in_window"


def test_a_cake_goes_on_the_fast_track():
    assert prescreen(make_order(lines=(make_line(flags=["time_critical"]),)), seed_policy(), START).time_critical
    assert not prescreen(make_order(), seed_policy(), START).time_critical


# --- the tree ----------------------------------------------------------------------------------------------------


def test_the_whole_tree_is_there_with_the_way_taken_lit():
    path = prescreen(make_order(), seed_policy(), START).path
    ends = {child for answers in TREE.values() for child in answers.values() if child not in TREE}
    assert {node.key for node in path if node.verdict} == ends
    lit = [(node.key, node.answer) for node in path if node.lit]
    assert lit == [
        ("cancelled", "no"),
        ("paid", "yes"),
        ("signed", "no"),
        ("shipped_q", "no"),
        ("fresh_late_q", "no"),
        ("packed_q", "no"),
        ("window", "open"),
        ("in_window", ""),
    ]


def test_every_box_hangs_on_one_that_came_before():
    path = prescreen(make_order(), seed_policy(), START).path
    seen = {""}
    for node in path:
        assert node.parent in seen
        seen.add(node.key)


# --- for all orders and times ------------------------------------------------------------------------------------

MOMENTS = st.integers(0, 10 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
CLOCKS = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30]))


@st.composite
def window_rules(draw) -> CancellationPolicy:
    zone = draw(st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]))
    hours = replace(
        seed_policy().cancellation.merchant_hours,
        timezone=zone,
        opens=draw(st.sampled_from(["00:00", "07:30", "09:00"])),
        days=tuple(sorted(draw(st.sets(st.integers(1, 7), min_size=1)))),
        holidays=tuple(draw(st.sets(st.dates(date(2026, 3, 1), date(2026, 3, 20)), max_size=3))),
    )
    return replace(
        seed_policy().cancellation,
        merchant_hours=hours,
        waves=tuple(draw(st.sets(CLOCKS, max_size=4))),
        closed_before_wave_minutes=draw(st.integers(0, 600)),
        closed_after_wave_minutes=draw(st.integers(0, 90)),
        fresh_closed_after_wave=draw(st.booleans()),
    )


@st.composite
def orders(draw):
    parcel = Parcel(id="p", carrier="sf", tracking="x", shipped_at=draw(st.sampled_from([None, START])))
    return make_order(
        state=draw(st.sampled_from(OrderState)),
        lines=(make_line(flags=draw(st.sets(st.sampled_from(["fresh", "gift"])))),),
        paid_at=draw(st.none() | MOMENTS),
        wave_at=draw(st.none() | MOMENTS),
        packed_at=draw(st.sampled_from([None, None, START])),
        parcels=draw(st.sampled_from([(), (), (parcel,)])),
    )


@settings(max_examples=150, deadline=None)
@given(orders(), window_rules(), MOMENTS, st.floats(0, 1, exclude_max=True))
def test_a_verdict_holds_until_it_turns_and_not_longer(order, cancellation, now, part):
    policy = make_policy(cancellation=cancellation)
    verdict = prescreen(order, policy, now)

    def code_at(moment: datetime) -> str:
        return verdict_code(answers_at(order, policy, moment))

    assert code_at(now) == verdict.code
    end = verdict.turns_at or now + timedelta(days=8)
    last = end - timedelta(microseconds=1)  # a part close to 1 is rounded up to the end itself
    assert code_at(min(now + (end - now) * part, last)) == verdict.code
    assert code_at(end - timedelta(microseconds=1)) == verdict.code
    if verdict.turns_at is not None:
        assert verdict.turns_at > now
        assert code_at(verdict.turns_at) != verdict.code


@settings(max_examples=60, deadline=None)
@given(window_rules(), MOMENTS)
def test_a_window_closes_before_its_wave_and_is_over_after_it(cancellation, now):
    wave = next_wave(cancellation, make_order(), now)
    if wave is not None:
        assert wave.closes <= wave.at <= wave.over
        assert wave.over > now
        assert wave == wave_of(cancellation, wave.at)
