"""Stories of asking: who decides, what an approval adds, what happens when nobody answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.domain.commands import (
    CancelOrder,
    ConfirmEffect,
    DecideApproval,
    EscalateApproval,
    ExpireApproval,
    GrantCompensation,
    RetryEffect,
    SettleEffect,
)
from desk.domain.decisions import AskCentre
from desk.domain.ledger import ApprovalState, BenefitKind, EffectState, EntryState
from desk.domain.people import Level
from tests.helpers.cases import (
    FINANCE,
    LIUYANG,
    MANAGER,
    SUNLI,
    SYSTEM,
    WANGFANG,
    ZHAOMIN,
    World,
    make_actor,
    make_order,
    make_ticket,
    seed_policy,
    with_caps,
)

WISH = {"order_id": "o1", "ticket_id": "k1", "cause": "waiting", "sequence": 1}
COUPON_100 = {"kind": BenefitKind.COUPON, "item": "coupon_30", "units": 10000}  # above a senior, within a supervisor
COUPON_30 = {"kind": BenefitKind.COUPON, "item": "coupon_30", "units": 3000}


@pytest.fixture
def asked() -> World:
    """Wang Fang asked for a coupon of 100.00; a supervisor may release it."""
    world = World(make_order(), make_ticket())
    answer = world.need(GrantCompensation, **WISH, **COUPON_100)
    assert answer.level == Level.SUPERVISOR
    return world


def the_request(world: World) -> str:
    return world.approvals()[-1].id


def spent(world: World) -> dict[str, tuple[int, int, int]]:
    return {b.key.split("|")[0]: (b.cap, b.free, b.spent) for b in world.budgets()}


def test_an_approval_adds_what_is_lacking_and_gives(asked):
    asked.accept(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True)

    [entry] = asked.entries()
    assert (entry.cost, entry.by, entry.approval_id) == (10000, "wangfang", the_request(asked))
    [approval] = asked.approvals()
    assert (approval.state, approval.decided_by, approval.approved_cost) == (ApprovalState.APPROVED, "liuyang", 10000)
    assert len(asked.effects()) == 1
    assert spent(asked)["order"] == (10000, 0, 10000)
    assert spent(asked)["agent_day"] == (20000, 10000, 10000), "it counts for the one who asked"
    assert [step.code for step in asked.ticket().path] == ["approval_asked", "approval_decided", "benefit_granted"]


def test_what_no_cap_leaves_room_for_is_raised_in_the_approvers_name(asked):
    asked.policy = with_caps(asked.policy, order=4000)
    asked.accept(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True)
    [order] = [b for b in asked.budgets() if b.key.startswith("order|")]
    assert (order.cap, order.free, order.spent, order.raised) == (10000, 0, 10000, 6000)
    assert asked.approvals()[0].raised == {order.key: 6000}


def test_a_single_minor_unit_that_is_lacking_is_raised(asked):
    asked.policy = with_caps(asked.policy, order=9999)
    asked.accept(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True)
    assert asked.approvals()[0].raised == {"order|o1|-|CNY": 1}


def test_what_an_approver_added_stays_while_what_it_was_for_stands():
    world = World(make_order(), make_ticket(), policy=with_caps(seed_policy(), order=4000))
    small = {"kind": BenefitKind.COUPON, "item": "coupon_10", "units": 1000}
    world.accept(GrantCompensation, **WISH, **small)
    [first] = world.effects()
    world.need(GrantCompensation, **{**WISH, "sequence": 2}, **COUPON_100)
    world.accept(DecideApproval, LIUYANG, approval_id=the_request(world), approve=True)
    assert world.need(GrantCompensation, **{**WISH, "sequence": 3}, **small).why == "order"

    world.accept(SettleEffect, SYSTEM, effect_id=first.id, state=EffectState.FAILED)
    world.accept(GrantCompensation, **{**WISH, "sequence": 4}, **small)
    assert spent(world)["order"] == (11000, 0, 11000)


def test_the_supervisor_lowers_the_amount(asked):
    asked.accept(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True, units=6000)
    [approval] = asked.approvals()
    assert (approval.cost, approval.approved_cost, approval.approved_units) == (10000, 6000, 6000)
    assert asked.entries()[0].cost == 6000


def test_he_may_raise_it_within_his_own_cap_only(asked):
    request = the_request(asked)
    assert asked.refuse(DecideApproval, LIUYANG, approval_id=request, approve=True, units=20001) == "above_your_cap"
    asked.accept(DecideApproval, LIUYANG, approval_id=request, approve=True, units=20000)


def test_nobody_approves_his_own_request():
    world = World(make_order(), make_ticket(holder="liuyang"))
    world.need(GrantCompensation, LIUYANG, **WISH, **{**COUPON_100, "units": 15000})
    request = the_request(world)
    assert world.refuse(DecideApproval, LIUYANG, approval_id=request, approve=True) == "own_request"
    assert world.refuse(DecideApproval, LIUYANG, approval_id=request, approve=False) == "own_request"
    world.accept(DecideApproval, SUNLI, approval_id=request, approve=True)


@pytest.mark.parametrize("actor", [ZHAOMIN, make_actor("finance2", Level.FINANCE, "finance")])
def test_who_stands_too_low_or_on_no_step_decides_nothing(asked, actor):
    permissions = {level: names | {"DecideApproval"} for level, names in asked.policy.permissions.items()}
    asked.policy = replace(asked.policy, permissions=permissions)
    assert asked.refuse(DecideApproval, actor, approval_id=the_request(asked), approve=True) == "level_too_low"


def test_a_request_is_decided_once(asked):
    request = the_request(asked)
    asked.accept(DecideApproval, LIUYANG, approval_id=request, approve=True)
    assert asked.refuse(DecideApproval, SUNLI, approval_id=request, approve=True) == "approval_decided"
    assert asked.refuse(DecideApproval, SUNLI, approval_id=request, approve=False) == "approval_decided"
    assert len(asked.entries()) == 1


def test_a_no_needs_a_reason_and_can_be_followed_by_another_request(asked):
    first = the_request(asked)
    assert asked.refuse(DecideApproval, LIUYANG, approval_id=first, approve=False) == "unknown_choice"
    reason = asked.policy.approvals.denial_reasons[0].key
    asked.accept(DecideApproval, LIUYANG, approval_id=first, approve=False, reason=reason)
    assert asked.approvals()[0].reason == reason
    assert asked.entries() == []

    asked.later(seconds=30)
    asked.need(GrantCompensation, **WISH, **{**COUPON_100, "units": 6000})
    again = next(a for a in asked.approvals() if a.state is ApprovalState.ASKED)
    assert (again.asked_after, again.cost) == (first, 6000)
    asked.accept(DecideApproval, SUNLI, approval_id=again.id, approve=True)


def test_while_a_request_is_open_its_key_is_taken_and_the_capped_part_goes_under_the_next(asked):
    assert asked.refuse(GrantCompensation, **WISH, **COUPON_30) == "approval_pending"
    asked.accept(GrantCompensation, **{**WISH, "sequence": 2}, kind=BenefitKind.COUPON, item="coupon_20", units=2000)
    asked.accept(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True, units=8000)
    assert sorted(entry.cost for entry in asked.entries()) == [2000, 8000]


@pytest.mark.parametrize("units", [0, -1])
def test_nothing_cannot_be_approved(asked, units):
    code = asked.refuse(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True, units=units)
    assert code == "unknown_choice"


def test_what_was_paid_bounds_an_approved_refund_as_well():
    world = World(make_order(), make_ticket())
    world.do(GrantCompensation, **WISH, kind=BenefitKind.GOODWILL, units=9000)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    assert world.refuse(DecideApproval, LIUYANG, approval_id=the_request(world), approve=True) == "above_paid"


def test_a_price_that_policy_dropped_stops_the_approval():
    world = World(make_order(), make_ticket())
    world.do(GrantCompensation, **WISH, kind=BenefitKind.GIFT, item="gift_small", units=3)
    world.policy = replace(world.policy, compensation=replace(world.policy.compensation, offers=()))
    assert world.refuse(DecideApproval, LIUYANG, approval_id=the_request(world), approve=True) == "unknown_choice"


def test_a_request_that_is_not_there(asked):
    for command in (DecideApproval, EscalateApproval, ExpireApproval):
        args = {"approve": True} if command is DecideApproval else {}
        actor = LIUYANG if command is DecideApproval else SYSTEM
        assert asked.refuse(command, actor, approval_id="nothing", **args) == "no_such_approval"


def test_the_requester_or_the_order_is_gone(asked):
    asked.book.entities.pop(("staff", "wangfang"))
    request = the_request(asked)
    assert asked.refuse(DecideApproval, LIUYANG, approval_id=request, approve=True) == "no_such_order"


def test_a_desk_without_the_order_asks_the_centre(asked):
    asked.book.missing = frozenset({("order", "o1"), ("orders", "o1")})
    answer = asked.ask(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True)
    assert isinstance(answer, AskCentre)


# --- time --------------------------------------------------------------------------------------------------------


def test_nobody_answers_and_the_next_level_is_asked_too(asked):
    request = the_request(asked)
    assert asked.refuse(EscalateApproval, SYSTEM, approval_id=request) == "too_early"
    asked.later(seconds=asked.policy.approvals.escalate_seconds)
    asked.accept(EscalateApproval, SYSTEM, approval_id=request)
    [approval] = asked.approvals()
    assert (approval.level, approval.escalate_at, approval.escalations) == (Level.MANAGER, None, 1)
    assert asked.refuse(EscalateApproval, SYSTEM, approval_id=request) == "too_early", "there is nobody above"
    asked.accept(DecideApproval, LIUYANG, approval_id=request, approve=True)


def test_it_climbs_step_by_step():
    world = World(make_order(), make_ticket())
    world.do(GrantCompensation, **WISH, **COUPON_30)
    seen = []
    for _ in range(2):
        world.later(seconds=world.policy.approvals.escalate_seconds)
        world.accept(EscalateApproval, SYSTEM, approval_id=the_request(world))
        seen.append(world.approvals()[0].level)
    assert seen == [Level.SUPERVISOR, Level.MANAGER]
    world.accept(DecideApproval, ZHAOMIN, approval_id=the_request(world), approve=True)


def test_above_the_top_of_the_ladder_there_is_nobody(asked):
    approval = asked.approvals()[0]
    asked.keep(replace(approval, level=Level.MANAGER, escalate_at=asked.now))
    assert asked.refuse(EscalateApproval, SYSTEM, approval_id=approval.id) == "no_level_above"


def test_a_request_runs_out_and_may_be_asked_again(asked):
    request = the_request(asked)
    assert asked.refuse(ExpireApproval, SYSTEM, approval_id=request) == "too_early"
    asked.later(minutes=asked.policy.approvals.expire_minutes)
    assert asked.refuse(DecideApproval, LIUYANG, approval_id=request, approve=True) == "approval_expired"
    asked.accept(ExpireApproval, SYSTEM, approval_id=request)
    assert asked.refuse(ExpireApproval, SYSTEM, approval_id=request) == "approval_decided"
    assert asked.refuse(EscalateApproval, SYSTEM, approval_id=request) == "approval_decided"
    asked.keep(make_ticket(now=asked.now))
    asked.need(GrantCompensation, **WISH, **COUPON_100)
    assert asked.approvals()[-1].asked_after == request or asked.approvals()[0].asked_after == request


# --- an approved benefit that does not arrive --------------------------------------------------------------------


def test_what_failed_takes_the_approvers_authority_with_it(asked):
    asked.policy = with_caps(asked.policy, order=4000)
    asked.accept(DecideApproval, LIUYANG, approval_id=the_request(asked), approve=True)
    [effect] = asked.effects()
    asked.accept(SettleEffect, SYSTEM, effect_id=effect.id, state=EffectState.FAILED, problem="no_account")
    assert spent(asked)["order"] == (4000, 4000, 0), "the raise was for this benefit and for no other"
    assert asked.approvals()[0].raised == {"order|o1|-|CNY": 0}

    asked.accept(RetryEffect, LIUYANG, effect_id=effect.id)
    assert spent(asked)["order"] == (10000, 0, 10000)
    assert asked.entries()[0].state is EntryState.ASKED
    asked.accept(SettleEffect, SYSTEM, effect_id=effect.id, state=EffectState.CONFIRMED)
    assert asked.refuse(ConfirmEffect, FINANCE, effect_id=effect.id, reference="x") == "effect_settled"


def test_managers_stand_at_the_top():
    world = World(make_order(), make_ticket(holder="manager"))
    answer = world.need(GrantCompensation, MANAGER, **WISH, **{**COUPON_100, "units": 20000})
    assert answer.level == Level.MANAGER
    assert world.refuse(DecideApproval, LIUYANG, approval_id=the_request(world), approve=True) == "level_too_low"
    assert seed_policy().approvals.ladder[-1] == Level.MANAGER
    assert WANGFANG.level not in seed_policy().approvals.ladder
