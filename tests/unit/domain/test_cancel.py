"""Stories of a whole-order cancel: who may, what goes back, what is asked of other systems."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.domain.commands import CancelOrder, SettleEffect
from desk.domain.decisions import AskCentre
from desk.domain.ledger import BenefitKind, EffectKind, EffectState, EntryState
from desk.domain.orders import OrderState, Parcel, Promotion, PromotionKind, Tender
from desk.domain.policy import Abilities
from desk.domain.restitution import restitution
from desk.domain.tickets import Channel, Kind
from tests.helpers.cases import (
    CHENJIE,
    HOUR,
    LIQIANG,
    START,
    SYSTEM,
    WANGFANG,
    World,
    make_line,
    make_order,
    make_ticket,
    seed_policy,
)

CANCEL = {"order_id": "o1", "ticket_id": "k1"}


def effects_by_kind(world: World) -> dict[EffectKind, list]:
    found: dict[EffectKind, list] = {}
    for effect in world.effects():
        found.setdefault(effect.kind, []).append(effect)
    return found


def test_a_paid_unshipped_order_is_cancelled_and_its_money_asked_back():
    world = World(make_order(), make_ticket())

    world.accept(CancelOrder, expected=10000, **CANCEL)

    assert world.order().state is OrderState.CANCELLED
    assert world.order().cancelled_at == world.now
    [refund] = world.entries()
    assert (refund.key, refund.kind, refund.cost) == ("o1/t1/cancel/1", BenefitKind.REFUND, 10000)
    assert refund.state is EntryState.ASKED
    asked = effects_by_kind(world)
    assert set(asked) == {
        EffectKind.CANCEL_ORDER,
        EffectKind.REFUND,
        EffectKind.STOP_SHIPMENT,
        EffectKind.RELEASE_STOCK,
    }
    assert all(effect.state is EffectState.PENDING for effect in world.effects())
    assert world.order().lines[0].stock_reserved == 1, "stock is free only when the warehouse says so"
    assert world.order().tenders[0].refunded == 0, "asked is not arrived"


def test_the_path_of_the_ticket_tells_the_whole_cancel():
    world = World(make_order(), make_ticket())
    world.accept(CancelOrder, **CANCEL)
    [refund] = effects_by_kind(world)[EffectKind.REFUND]
    world.accept(SettleEffect, SYSTEM, effect_id=refund.id, state=EffectState.CONFIRMED, reference="R-1")

    codes = [step.code for step in world.ticket().path]
    assert codes == ["order_cancelled", "benefit_granted", "effect_moved", "entry_settled"]
    assert world.ticket().path[1].data["cost"] == 10000
    settled = world.ticket().path[3].data
    assert (settled["kind"], settled["cost"], settled["currency"]) == ("refund", 10000, "CNY")
    assert settled["state"] == "confirmed"


def test_an_unpaid_order_asks_nothing_back_but_frees_the_limited_piece():
    line = make_line(flags=["limited"], stock_available=3)
    world = World(make_order(state=OrderState.UNPAID, lines=(line,)), make_ticket(channel=Channel.APP))

    world.accept(CancelOrder, SYSTEM, **CANCEL)

    assert world.entries() == []
    assert set(effects_by_kind(world)) == {EffectKind.CANCEL_ORDER, EffectKind.RELEASE_STOCK}
    [release] = effects_by_kind(world)[EffectKind.RELEASE_STOCK]
    world.accept(SettleEffect, SYSTEM, effect_id=release.id, state=EffectState.CONFIRMED)
    assert world.order().lines[0].stock_available == 4
    assert world.order().lines[0].stock_reserved == 0


def test_a_line_that_reserved_nothing_frees_nothing():
    world = World(make_order(lines=(make_line(stock_reserved=0),)), make_ticket())
    world.accept(CancelOrder, **CANCEL)
    assert EffectKind.RELEASE_STOCK not in effects_by_kind(world)


def test_the_system_cancels_by_itself_only_what_came_by_an_automatic_channel():
    world = World(make_order(), make_ticket(channel=Channel.HOTLINE))
    assert world.refuse(CancelOrder, SYSTEM, **CANCEL) == "not_automatic"


def test_the_system_never_cancels_what_a_person_has_to_look_at():
    packed = make_order(packed_at=START)
    world = World(packed, make_ticket(channel=Channel.APP, holder=None))
    assert world.refuse(CancelOrder, SYSTEM, reviewed=True, **CANCEL) == "not_automatic"


def test_a_shipped_order_waits_for_a_reviewing_agent():
    world = World(make_order(state=OrderState.SHIPPED), make_ticket())

    assert world.refuse(CancelOrder, **CANCEL) == "review_needed"
    world.accept(CancelOrder, reviewed=True, **CANCEL)

    asked = effects_by_kind(world)
    assert EffectKind.STOP_SHIPMENT in asked
    assert EffectKind.RELEASE_STOCK not in asked, "what is under way comes back with its parcel"


def test_a_counter_may_not_review():
    world = World(make_order(packed_at=START), make_ticket(holder="chenjie"))
    policy = seed_policy()
    allowed = policy.permissions[CHENJIE.level] | {"CancelOrder"}
    world.policy = replace(policy, permissions={**policy.permissions, CHENJIE.level: allowed})
    assert world.refuse(CancelOrder, CHENJIE, reviewed=True, **CANCEL) == "review_not_permitted"


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (make_order(state=OrderState.SIGNED), "after_sales"),
        (make_order(state=OrderState.COMPLETED), "after_sales"),
        (make_order(state=OrderState.CANCELLED), "already_cancelled"),
        (make_order(state=OrderState.SHIPPED, lines=(make_line(flags=["fresh"]),)), "fresh_shipped"),
        (make_order(wave_at=START - HOUR, lines=(make_line(flags=["fresh"]),)), "fresh_late"),
    ],
)
def test_what_cannot_be_cancelled_is_refused_by_the_code_of_its_verdict(order, code):
    world = World(order, make_ticket())
    assert world.refuse(CancelOrder, reviewed=True, **CANCEL) == code
    assert world.effects() == []


def test_another_agents_ticket_is_not_mine_to_cancel():
    world = World(make_order(), make_ticket())
    assert world.refuse(CancelOrder, LIQIANG, **CANCEL) == "claim_not_held"


def test_a_claim_that_ran_out_holds_nothing():
    world = World(make_order(), make_ticket())
    world.later(hours=1)
    assert world.refuse(CancelOrder, **CANCEL) == "claim_not_held"


def test_without_a_reason_there_is_no_cancel():
    world = World(make_order(), make_ticket(reason=""))
    assert world.refuse(CancelOrder, **CANCEL) == "reason_missing"


def test_another_amount_than_the_screen_showed_is_refused():
    world = World(make_order(), make_ticket())
    assert world.refuse(CancelOrder, expected=9999, **CANCEL) == "amount_changed"


@pytest.mark.parametrize(
    "ticket",
    [make_ticket(order_id="o2"), make_ticket(kind=Kind.EXCEPTION, reason=""), make_ticket("k2")],
)
def test_the_ticket_must_be_a_cancel_ticket_of_that_order(ticket):
    world = World(make_order(), ticket)
    assert world.refuse(CancelOrder, **CANCEL) == "no_such_ticket"


def test_an_order_that_nobody_knows():
    world = World(make_ticket())
    assert world.refuse(CancelOrder, **CANCEL) == "no_such_order"


@pytest.mark.parametrize("hole", [("order", "o1"), ("orders", "o1"), ("ticket", "k1")])
def test_a_desk_that_lacks_a_part_asks_the_centre(hole):
    world = World(make_order(), make_ticket())
    world.book.missing = frozenset({hole})
    if hole[0] != "orders":
        del world.book.entities[hole]
    answer = world.ask(CancelOrder, **CANCEL)
    if hole == ("ticket", "k1"):
        # The ticket hangs on the order, and everything that hangs on the order is known.
        assert answer == AskCentre("ticket:k1")
    assert isinstance(answer, AskCentre)


def test_a_second_cancel_finds_a_cancelled_order():
    world = World(make_order(), make_ticket())
    world.accept(CancelOrder, **CANCEL)
    assert world.refuse(CancelOrder, **CANCEL) == "already_cancelled"


# --- connectors --------------------------------------------------------------------------------------------------


def test_a_manual_connector_makes_tasks_for_people():
    world = World(make_order(connector="manual"), make_ticket())
    world.accept(CancelOrder, **CANCEL)
    assert {effect.state for effect in world.effects()} == {EffectState.MANUAL}
    teams = {effect.kind: effect.team for effect in world.effects()}
    assert teams[EffectKind.REFUND] == "finance"
    assert teams[EffectKind.RELEASE_STOCK] == "warehouse"


def test_cash_goes_back_by_hand_even_where_the_connector_refunds():
    cod = Tender(id="t1", method="cod", paid=10000)
    world = World(make_order(tenders=(cod,)), make_ticket())
    world.accept(CancelOrder, **CANCEL)
    [refund] = effects_by_kind(world)[EffectKind.REFUND]
    assert refund.state is EffectState.MANUAL


def shop_that_covers(*kinds: EffectKind):
    policy = seed_policy()
    abilities = Abilities(performs=frozenset(EffectKind), cancel_covers=frozenset(kinds))
    return replace(policy, connectors={**policy.connectors, "shop": abilities})


def test_a_source_whose_cancel_refunds_is_not_asked_twice():
    world = World(make_order(), make_ticket())
    world.policy = shop_that_covers(EffectKind.REFUND, EffectKind.RELEASE_STOCK, EffectKind.STOP_SHIPMENT)
    assert world.policy.abilities("shop").cancel_refunds

    world.accept(CancelOrder, **CANCEL)
    [cancel] = world.effects()
    assert (cancel.kind, cancel.amount) == (EffectKind.CANCEL_ORDER, 10000)

    world.accept(SettleEffect, SYSTEM, effect_id=cancel.id, state=EffectState.ACCEPTED)
    assert world.entries()[0].state is EntryState.ASKED
    world.accept(SettleEffect, SYSTEM, effect_id=cancel.id, state=EffectState.CONFIRMED, reference="C-1")

    [refund] = world.entries()
    assert (refund.state, refund.reference) == (EntryState.CONFIRMED, "C-1")
    assert world.order().tenders[0].refunded == 10000
    assert world.order().lines[0].stock_reserved == 0


def test_a_parcel_on_its_way_is_stopped_whatever_the_state_says():
    parcel = Parcel(id="p1", carrier="sf", tracking="SF1", shipped_at=START)
    world = World(make_order(parcels=(parcel,)), make_ticket())
    assert world.refuse(CancelOrder, **CANCEL) == "review_needed"


# --- what goes back ----------------------------------------------------------------------------------------------


def test_coupon_and_points_go_back_and_points_earned_are_taken():
    promotions = (
        Promotion(id="p1", kind=PromotionKind.COUPON, label="满100减10", discount=1000, expires_at=START + HOUR),
        Promotion(id="p2", kind=PromotionKind.POINTS, label="积分", discount=300, points=300),
        Promotion(id="p3", kind=PromotionKind.THRESHOLD, label="满减", discount=500),
    )
    world = World(make_order(promotions=promotions, points_earned=87), make_ticket())
    world.accept(CancelOrder, **CANCEL)

    given = {entry.kind: (entry.key, entry.units) for entry in world.entries()}
    assert given[BenefitKind.COUPON_BACK] == ("o1/p1/coupon_back/1", 1)
    assert given[BenefitKind.POINTS_BACK] == ("o1/p2/points_back/1", 300)
    assert given[BenefitKind.POINTS_TAKEN] == ("o1/-/points_taken/1", 87)
    kinds = effects_by_kind(world)
    assert kinds[EffectKind.RETURN_COUPON][0].data == {}
    assert kinds[EffectKind.TAKE_POINTS][0].units == 87


def test_an_unpaid_order_has_earned_no_points_to_take():
    order = make_order(state=OrderState.UNPAID, points_earned=50)
    assert restitution(order, (), seed_policy(), START).figures == ()


def test_each_figure_says_how_the_money_comes_back():
    tenders = tuple(Tender(id=method, method=method, paid=100) for method in ("alipay", "cod", "shells"))
    figures = restitution(make_order(tenders=tenders), (), seed_policy(), START).figures
    assert [(figure.method, figure.by_hand, figure.days) for figure in figures] == [
        ("alipay", False, (0, 1)),
        ("cod", True, (1, 3)),
        ("shells", True, None),
    ]


def test_an_expired_coupon_is_made_anew():
    coupon = Promotion(id="p1", kind=PromotionKind.COUPON, label="券", discount=1000, expires_at=START)
    world = World(make_order(promotions=(coupon,)), make_ticket())
    world.accept(CancelOrder, **CANCEL)
    [effect] = effects_by_kind(world)[EffectKind.RETURN_COUPON]
    assert effect.data == {"reissue": "yes"}


def test_an_expired_coupon_lapses_where_policy_says_so():
    coupon = Promotion(id="p1", kind=PromotionKind.COUPON, label="券", discount=1000, expires_at=START)
    policy = seed_policy()
    world = World(make_order(promotions=(coupon,)), make_ticket())
    world.policy = replace(policy, restitution=replace(policy.restitution, expired_coupon="lapse"))
    world.accept(CancelOrder, **CANCEL)
    assert [entry.kind for entry in world.entries()] == [BenefitKind.REFUND]


def test_the_claim_is_renewed_by_working_on():
    world = World(make_order(), make_ticket(claim_expires_at=START + timedelta(minutes=2)))
    world.accept(CancelOrder, **CANCEL)
    assert world.ticket().claim_expires_at == START + timedelta(minutes=world.policy.tickets.claim_minutes)
    assert world.ticket().holder == WANGFANG.id
