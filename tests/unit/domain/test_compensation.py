"""Stories of goodwill: what an agent may give at once, what has to be asked for, what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.domain.commands import CancelOrder, GrantCompensation, SettleEffect
from desk.domain.decisions import AskCentre, NeedsApproval
from desk.domain.ledger import BenefitKind, BudgetKind, EffectKind, EffectState, EntryState
from desk.domain.offers import OfferStatus, left_to_give_back, load_offers, meters, next_free, offers_for
from desk.domain.orders import Tender
from desk.domain.people import Level, Team
from desk.domain.policy import LevelCaps
from tests.helpers.cases import (
    CHENJIE,
    LIQIANG,
    MANAGER,
    SYSTEM,
    WANGFANG,
    World,
    make_line,
    make_order,
    make_ticket,
    seed_policy,
    with_caps,
)

COUPON_5 = {"kind": BenefitKind.COUPON, "item": "coupon_5", "units": 500}
COUPON_10 = {"kind": BenefitKind.COUPON, "item": "coupon_10", "units": 1000}
COUPON_30 = {"kind": BenefitKind.COUPON, "item": "coupon_30", "units": 3000}
GIFT = {"kind": BenefitKind.GIFT, "item": "gift_small", "units": 1}
HERE = {"order_id": "o1", "ticket_id": "k1", "cause": "waiting", "sequence": 1}


def world_with(order=None, /, *, ticket=None, **caps) -> World:
    return World(order or make_order(), ticket or make_ticket(), policy=with_caps(seed_policy(), **caps))


def free(world: World) -> dict[str, int]:
    return {budget.key.split("|")[0]: budget.free for budget in world.budgets()}


def test_a_coupon_within_every_cap_is_given_at_once():
    world = world_with()
    world.accept(GrantCompensation, **HERE, **COUPON_10)

    [entry] = world.entries()
    assert (entry.key, entry.cost, entry.state) == ("o1/-/waiting/1", 1000, EntryState.ASKED)
    [effect] = world.effects()
    assert (effect.kind, effect.item, effect.entry_key) == (EffectKind.ISSUE_COUPON, "coupon_10", entry.key)
    assert {budget.spent for budget in world.budgets()} == {1000}
    assert set(free(world)) == {"order", "customer", "agent_day"}


def test_points_and_gifts_count_at_their_cost_by_policy():
    world = world_with()
    policy = replace(world.policy.compensation, points_per_minor_unit={"CNY": 3})
    world.policy = replace(world.policy, compensation=policy)
    world.accept(GrantCompensation, **HERE, kind=BenefitKind.POINTS, units=500, item="points")
    world.accept(GrantCompensation, **{**HERE, "sequence": 2}, **GIFT)
    assert [entry.cost for entry in world.entries()] == [167, 1500], "a part of a minor unit counts as a whole one"
    assert [effect.kind for effect in world.effects()].count(EffectKind.SEND_GIFT) == 1


def test_two_agents_and_a_double_click_land_on_the_same_row():
    world = World(make_order(), make_ticket(), make_ticket("k2", holder="liqiang"))
    world.accept(GrantCompensation, **HERE, **COUPON_5)
    assert world.refuse(GrantCompensation, **HERE, **COUPON_5) == "already_given"
    assert world.refuse(GrantCompensation, LIQIANG, **{**HERE, "ticket_id": "k2"}, **COUPON_10) == "already_given"


def test_what_failed_may_be_given_again_once():
    world = world_with()
    world.accept(GrantCompensation, **HERE, **COUPON_5)
    [effect] = world.effects()
    world.accept(SettleEffect, SYSTEM, effect_id=effect.id, state=EffectState.FAILED, problem="gone")

    world.accept(GrantCompensation, **HERE, **COUPON_5)
    assert [entry.key for entry in world.entries()] == ["o1/-/waiting/1", "o1/-/waiting/2"]
    assert world.refuse(GrantCompensation, **HERE, **COUPON_5) == "already_given"


# --- caps --------------------------------------------------------------------------------------------------------


def test_above_the_grant_cap_it_goes_to_the_least_level_that_may_release_it():
    world = world_with()
    answer = world.need(GrantCompensation, **HERE, **COUPON_30)
    assert (answer.level, answer.why) == (Level.SENIOR, "per_grant")
    assert world.entries() == []
    [asked] = world.approvals()
    assert (asked.cost, asked.requested_by, asked.team) == (3000, "wangfang", "hotline")
    assert world.ticket().path[-1].code == "approval_asked"


@pytest.mark.parametrize(
    ("caps", "why"),
    [
        ({"order": 1400}, "order"),
        ({"customer": 1400}, "customer"),
        ({"levels": {Level.AGENT: LevelCaps(per_grant=2000, per_day=1400)}}, "agent_day"),
    ],
)
def test_caps_are_cumulative(caps, why):
    world = world_with(**caps)
    world.accept(GrantCompensation, **HERE, **COUPON_10)
    answer = world.need(GrantCompensation, **{**HERE, "sequence": 2}, **COUPON_5)
    assert answer.why == why


def test_a_store_has_its_own_day():
    world = world_with(ticket=make_ticket(holder="chenjie", team="store"), store_day=700)
    world.accept(GrantCompensation, CHENJIE, **HERE, **COUPON_5)
    answer = world.need(GrantCompensation, CHENJIE, **{**HERE, "sequence": 2}, **COUPON_5)
    assert answer.why == "store_day"


def test_a_customers_cap_spans_his_orders_and_a_new_day_renews_only_the_agents():
    second = make_order("o2")
    world = World(make_order(), second, make_ticket(), make_ticket("k2", order_id="o2"))
    world.policy = with_caps(world.policy, customer=1200, levels={Level.AGENT: LevelCaps(per_grant=2000, per_day=1000)})
    world.accept(GrantCompensation, **HERE, **COUPON_10)
    there = {**HERE, "order_id": "o2", "ticket_id": "k2"}
    assert world.need(GrantCompensation, **there, **COUPON_5).why == "customer"
    for approval in world.approvals():
        world.book.entities.pop(("approval", approval.id))

    world.later(days=1)
    world.keep(make_ticket("k2", order_id="o2", now=world.now))
    small = {"kind": BenefitKind.COUPON, "item": "coupon_5", "units": 200}
    world.accept(GrantCompensation, **there, **small)
    assert world.need(GrantCompensation, **{**there, "sequence": 2}, **COUPON_5).why == "customer"


def test_the_agents_day_ends_at_his_teams_midnight():
    world = world_with()
    world.accept(GrantCompensation, **HERE, **COUPON_5)
    world.later(hours=9)  # 23:00 in China
    world.keep(make_ticket(now=world.now))
    world.accept(GrantCompensation, **{**HERE, "sequence": 2}, **COUPON_5)
    world.later(hours=1)  # the next day there, the same in UTC
    world.keep(make_ticket(now=world.now))
    world.accept(GrantCompensation, **{**HERE, "sequence": 3}, **COUPON_5)
    days = [budget for budget in world.budgets() if budget.key.startswith(BudgetKind.AGENT_DAY)]
    assert [(budget.key.split("|")[2], budget.spent) for budget in days] == [("2026-03-02", 1000), ("2026-03-03", 500)]


@pytest.mark.parametrize("currency", ["USD", "JPY"])
def test_each_currency_has_its_own_caps(currency):
    world = world_with(make_order(currency=currency))
    world.accept(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=200)
    assert all(budget.key.endswith(currency) for budget in world.budgets())


def test_no_cap_stated_for_a_currency_means_somebody_has_to_approve():
    world = world_with(make_order(currency="EUR"))
    assert world.refuse(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=1) == "above_every_level"

    levels = seed_policy().compensation.levels
    world.policy = with_caps(
        world.policy, levels={Level.MANAGER: LevelCaps(per_grant=1, per_day=1, approve=500)}, currency="EUR"
    )
    assert levels[Level.MANAGER]
    answer = world.need(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=500)
    assert (answer.why, answer.level) == ("no_cap", Level.MANAGER)


def test_a_level_with_caps_still_asks_where_the_order_has_none():
    world = world_with(make_order(currency="EUR"))
    both = LevelCaps(per_grant=500, per_day=500, approve=500)
    world.policy = with_caps(world.policy, levels={Level.AGENT: both, Level.MANAGER: both}, currency="EUR")
    assert world.need(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=100).why == "no_cap"


def test_above_every_level_there_is_nobody_to_ask():
    world = world_with()
    assert world.refuse(GrantCompensation, **HERE, kind=BenefitKind.COUPON, item="coupon_5", units=10**9) == (
        "above_every_level"
    )


def test_a_lowered_cap_takes_nothing_back_and_gives_nothing_more():
    world = world_with(order=2000)
    world.accept(GrantCompensation, **HERE, **COUPON_10)
    world.policy = with_caps(world.policy, order=600)
    assert world.need(GrantCompensation, **{**HERE, "sequence": 2}, **COUPON_5).why == "order"
    world.policy = with_caps(world.policy, order=1500)
    world.book.entities.pop(("approval", world.approvals()[0].id))
    world.accept(GrantCompensation, **{**HERE, "sequence": 2}, **COUPON_5)
    order_budget = next(b for b in world.budgets() if b.key.startswith("order|"))
    assert (order_budget.cap, order_budget.free, order_budget.spent) == (1500, 0, 1500)


# --- money goes back to a payment --------------------------------------------------------------------------------


def test_goodwill_never_exceeds_what_was_paid():
    world = world_with(make_order(lines=(make_line(paid=800),)))
    assert world.refuse(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=801) == "above_paid"
    world.accept(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=500)
    more = {**HERE, "sequence": 2, "kind": BenefitKind.FREIGHT}
    assert world.refuse(GrantCompensation, **more, units=301) == "above_paid"
    world.accept(GrantCompensation, **more, units=300)
    [left] = {left_to_give_back(load(world), world.order())}
    assert left == 0


def test_it_takes_the_payment_that_has_enough_left_or_the_one_named():
    tenders = (
        Tender(id="t1", method="balance", paid=300),
        Tender(id="t2", method="alipay", paid=9700),
    )
    world = world_with(make_order(tenders=tenders))
    world.accept(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=500)
    assert world.entries()[0].tender_id == "t2"
    named = {**HERE, "sequence": 2, "kind": BenefitKind.GOODWILL, "tender_id": "t1"}
    assert world.refuse(GrantCompensation, **named, units=301) == "above_paid"
    world.accept(GrantCompensation, **named, units=300)
    nowhere = {**HERE, "sequence": 3, "kind": BenefitKind.GOODWILL, "tender_id": "t9"}
    assert world.refuse(GrantCompensation, **nowhere, units=1) == "above_paid"


def test_a_cancel_gives_back_what_goodwill_left_and_after_it_only_a_coupon_is_possible():
    world = world_with()
    world.accept(GrantCompensation, **HERE, kind=BenefitKind.GOODWILL, units=1500)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=8500)
    again = {**HERE, "sequence": 2}
    assert world.refuse(GrantCompensation, **again, kind=BenefitKind.GOODWILL, units=1) == "above_paid"
    world.accept(GrantCompensation, **again, **COUPON_5)


# --- what cannot be ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": BenefitKind.REFUND},
        {"units": 0},
        {"units": -500},
        {"sequence": 0},
        {"cause": "because"},
        {"cause": "cancel"},
        {"line_id": "9"},
        {"item": "coupon_of_another_shop"},
        {"kind": BenefitKind.GIFT, "item": "gold"},
    ],
)
def test_what_is_not_on_offer_is_refused(wrong):
    world = world_with()
    assert world.refuse(GrantCompensation, **{**HERE, **COUPON_5, **wrong}) == "unknown_choice"
    assert world.entries() == []
    assert world.budgets() == []


def test_the_causes_of_a_cancel_are_not_for_goodwill_even_where_policy_lists_one():
    world = world_with()
    rules = world.policy.compensation
    cancel = replace(rules.causes[0], key="cancel")
    world.policy = replace(world.policy, compensation=replace(rules, causes=(*rules.causes, cancel)))
    assert world.refuse(GrantCompensation, **{**HERE, "cause": "cancel"}, **COUPON_5) == "unknown_choice"


def test_without_a_price_there_is_no_gift_and_no_points():
    world = world_with()
    rules = world.policy.compensation
    offers = tuple(replace(offer, cost_per_unit=None) for offer in rules.offers)
    world.policy = replace(world.policy, compensation=replace(rules, offers=offers, points_per_minor_unit={}))
    assert world.refuse(GrantCompensation, **HERE, **GIFT) == "no_rate"
    assert world.refuse(GrantCompensation, **HERE, kind=BenefitKind.POINTS, units=5) == "no_rate"


def test_a_benefit_may_belong_to_one_line():
    world = world_with()
    world.accept(GrantCompensation, **{**HERE, "line_id": "1"}, **COUPON_5)
    assert world.entries()[0].key == "o1/1/waiting/1"


def test_only_the_holder_of_the_ticket_gives():
    world = world_with()
    assert world.refuse(GrantCompensation, LIQIANG, **HERE, **COUPON_5) == "claim_not_held"


def test_order_and_ticket_must_be_there():
    assert World(make_ticket()).refuse(GrantCompensation, **HERE, **COUPON_5) == "no_such_order"
    assert World(make_order()).refuse(GrantCompensation, **HERE, **COUPON_5) == "no_such_ticket"


@pytest.mark.parametrize(
    "hole",
    [
        ("order", "o1"),
        ("orders", "o1"),
        ("ticket", "k1"),
        ("team", "hotline"),
        ("budget", "order|o1|-|CNY"),
        ("budget", "agent_day|wangfang|2026-03-02|CNY"),
    ],
)
def test_a_desk_that_lacks_a_part_asks_the_centre(hole):
    world = world_with()
    world.book.missing = frozenset({hole})
    world.book.entities.pop(hole, None)
    if hole == ("ticket", "k1"):
        world.book.missing |= {("orders", "o1")}
    assert isinstance(world.ask(GrantCompensation, **HERE, **COUPON_5), AskCentre)


def test_a_cap_that_is_surely_passed_needs_no_centre():
    """The grant cap is checked before any budget, at the centre as well."""
    world = world_with()
    world.book.missing = frozenset({("budget", "order|o1|-|CNY")})
    assert isinstance(world.ask(GrantCompensation, **HERE, **COUPON_30), NeedsApproval)


def test_somebody_without_a_team_has_the_calendars_day():
    world = world_with()
    loner = replace(WANGFANG, teams=())
    world.accept(GrantCompensation, loner, **HERE, **COUPON_5)
    world.book.entities.pop(("team", "hotline"))
    world.accept(GrantCompensation, **{**HERE, "sequence": 2}, **COUPON_5)
    assert sum(budget.key.startswith("agent_day|") for budget in world.budgets()) == 1


def test_in_two_teams_the_day_is_that_of_the_first_by_name():
    world = world_with()
    world.keep(Team(id="abroad", names={}, timezone="America/Los_Angeles"))
    traveller = replace(WANGFANG, teams=("hotline", "abroad"))
    world.accept(GrantCompensation, traveller, **HERE, **COUPON_5)
    [day] = [budget for budget in world.budgets() if budget.key.startswith("agent_day|")]
    assert day.key == "agent_day|wangfang|2026-03-01|CNY"


# --- the Give panel ----------------------------------------------------------------------------------------------


def load(world: World, actor=WANGFANG):
    return load_offers(world.book, "o1", "k1", world.setting(actor))


def buttons(world: World, cause: str = "waiting") -> dict[str, tuple[str, str]]:
    found = offers_for(load(world), world.setting(), order_id="o1", ticket_id="k1", cause=cause)
    return {state.offer.key: (state.status.value, state.reason) for state in found}


def test_every_button_says_what_its_press_would_answer():
    world = world_with(make_order(lines=(make_line(paid=1500),)))
    shown = buttons(world)
    assert shown["coupon_10"] == ("enabled", "")
    assert shown["coupon_30"] == ("needs_approval", "per_grant")
    assert shown["goodwill_20"] == ("disabled", "above_paid")
    assert not any(key.startswith("usd") for key in shown)


def test_after_a_grant_the_buttons_offer_the_next_one():
    world = world_with()
    world.accept(GrantCompensation, **HERE, **COUPON_10)
    assert buttons(world)["coupon_10"] == ("enabled", "")
    assert next_free(load(world), "o1", "", "waiting") == 2


def test_what_is_not_known_here_is_for_the_centre_to_say():
    world = world_with()
    world.book.missing = frozenset({("budget", "order|o1|-|CNY")})
    assert buttons(world)["coupon_5"][0] == OfferStatus.ASK_CENTRE
    assert meters(load(world), world.setting(), order_id="o1")[0].left is None


def test_the_meters_show_what_is_left():
    world = world_with(order=5000)
    world.accept(GrantCompensation, **HERE, **COUPON_10)
    shown = {meter.kind: (meter.cap, meter.left) for meter in meters(load(world), world.setting(), order_id="o1")}
    assert shown[BudgetKind.ORDER] == (5000, 4000)
    assert shown[BudgetKind.AGENT_DAY] == (20000, 19000)


def test_without_the_order_there_is_nothing_to_show():
    world = World(make_ticket())
    assert buttons(world) == {}
    assert meters(load(world), world.setting(), order_id="o1") == ()


def test_meters_without_the_place_and_what_is_left_without_the_ledger():
    world = world_with()
    world.book.missing = frozenset({("team", "hotline"), ("orders", "o1")})
    world.book.entities.pop(("team", "hotline"))
    assert meters(load(world), world.setting(), order_id="o1") == ()
    assert left_to_give_back(load(world), world.order()) is None


def test_a_manager_may_give_more():
    world = world_with(ticket=make_ticket(holder="manager"))
    world.accept(GrantCompensation, MANAGER, **HERE, **COUPON_30)
