"""Stories of what was asked of other systems: arrived, refused, lost, done by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from desk.domain.commands import (
    CancelOrder,
    ConfirmEffect,
    DeclineEffect,
    GrantCompensation,
    RetryEffect,
    SettleEffect,
    TellOrder,
)
from desk.domain.effects import MOVES
from desk.domain.ledger import BenefitKind, EffectKind, EffectState, EntryState
from desk.domain.orders import Tender
from desk.domain.policy import Abilities
from tests.helpers.cases import (
    FINANCE,
    LIUYANG,
    SYSTEM,
    ZHOUJUN,
    World,
    make_line,
    make_order,
    make_ticket,
    seed_policy,
    with_caps,
)

WISH = {"order_id": "o1", "ticket_id": "k1", "cause": "waiting", "sequence": 1}
GOODWILL = {"kind": BenefitKind.GOODWILL, "units": 1500}


def refunding(connector: str = "shop") -> tuple[World, str]:
    """A world in which goodwill of 15.00 was just asked of the payment side, and the effect's id."""
    world = World(make_order(connector=connector), make_ticket())
    world.accept(GrantCompensation, **WISH, **GOODWILL)
    return world, world.effects()[0].id


def settle(world: World, effect_id: str, state: EffectState, **told):
    return world.accept(SettleEffect, SYSTEM, effect_id=effect_id, state=state, **told)


def test_asked_taken_arrived():
    world, effect = refunding()
    settle(world, effect, EffectState.IN_FLIGHT, attempt=1)
    settle(world, effect, EffectState.ACCEPTED, reference="R-1", attempt=1)
    assert world.entries()[0].state is EntryState.ASKED, "accepted is not arrived"
    assert world.order().tenders[0].refunded == 0

    settle(world, effect, EffectState.CONFIRMED, reference="R-1", attempt=1)
    [entry] = world.entries()
    assert (entry.state, entry.reference) == (EntryState.CONFIRMED, "R-1")
    assert world.order().tenders[0].refunded == 1500
    [done] = world.effects()
    assert (done.settled_at, done.attempts) == (world.now, 1)


def test_what_cannot_be_done_by_hand_is_said_with_the_reason_and_gives_nothing():
    world, effect = refunding("manual")
    assert world.refuse(DeclineEffect, FINANCE, effect_id=effect, words=" ") == "words_missing"
    assert world.refuse(DeclineEffect, ZHOUJUN, effect_id=effect, words="x") == "not_your_team"
    world.accept(DeclineEffect, FINANCE, id="x1", effect_id=effect, words="账户已注销")
    assert (world.effects()[0].state, world.effects()[0].problem) == (EffectState.FAILED, "declined")
    assert world.entries()[0].state is EntryState.FAILED
    assert all(budget.spent == 0 for budget in world.budgets())
    assert world.ticket().notes[-1].text_id == "x1.words"
    assert world.refuse(DeclineEffect, FINANCE, effect_id=effect, words="x") == "effect_settled"
    assert world.refuse(DeclineEffect, FINANCE, effect_id="nowhere", words="x") == "no_such_effect"


def test_what_the_other_system_is_asked_for_is_not_a_persons_to_give_up():
    world, effect = refunding()
    assert world.refuse(DeclineEffect, FINANCE, effect_id=effect, words="x") == "effect_settled"
    settle(world, effect, EffectState.UNKNOWN, problem="timeout", attempt=1, next_at=world.now)
    assert world.refuse(DeclineEffect, FINANCE, effect_id=effect, words="it may have arrived") == "effect_settled"


def test_an_answer_that_was_lost_is_unknown_and_still_counts():
    world, effect = refunding()
    settle(world, effect, EffectState.UNKNOWN, problem="timeout", attempt=1, next_at=world.now)
    assert world.entries()[0].state is EntryState.UNKNOWN
    assert {budget.spent for budget in world.budgets()} == {1500}
    settle(world, effect, EffectState.CONFIRMED, reference="R-1", attempt=2)
    assert world.entries()[0].state is EntryState.CONFIRMED


def test_attempts_are_never_forgotten():
    world, effect = refunding()
    settle(world, effect, EffectState.IN_FLIGHT, attempt=2)
    settle(world, effect, EffectState.UNKNOWN)
    assert world.effects()[0].attempts == 2


def test_what_surely_failed_returns_to_its_budgets():
    world, effect = refunding()
    settle(world, effect, EffectState.FAILED, problem="account_closed", attempt=1)
    assert world.entries()[0].state is EntryState.FAILED
    assert {budget.spent for budget in world.budgets()} == {0}
    assert all(budget.cap == budget.free for budget in world.budgets())
    assert world.effects()[0].problem == "account_closed"


def test_a_failed_refund_of_a_cancel_touches_no_budget():
    world = World(make_order(), make_ticket())
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    refund = next(effect for effect in world.effects() if effect.kind is EffectKind.REFUND)
    settle(world, refund.id, EffectState.FAILED)
    assert world.budgets() == []
    world.accept(RetryEffect, LIUYANG, effect_id=refund.id)
    settle(world, refund.id, EffectState.CONFIRMED)
    assert world.order().tenders[0].refunded == 10000


@pytest.mark.parametrize(("state", "told"), list(product(EffectState, EffectState)))
def test_the_worker_moves_an_effect_only_along_the_table(state, told):
    world, effect = refunding()
    world.keep(replace(world.effects()[0], state=state))
    if told in MOVES[state]:
        settle(world, effect, told)
        assert world.effects()[0].state is told
    else:
        assert world.refuse(SettleEffect, SYSTEM, effect_id=effect, state=told) == "effect_settled"


def test_nothing_ever_leaves_confirmed():
    assert MOVES[EffectState.CONFIRMED] == frozenset()
    world, effect = refunding()
    settle(world, effect, EffectState.CONFIRMED)
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "effect_settled"
    assert world.refuse(ConfirmEffect, FINANCE, effect_id=effect, reference="x") == "effect_settled"


# --- by hand -----------------------------------------------------------------------------------------------------


def test_finance_pays_by_hand_and_says_under_which_reference():
    world, effect = refunding("manual")
    assert world.effects()[0].state is EffectState.MANUAL
    assert world.refuse(ConfirmEffect, FINANCE, effect_id=effect, reference="  ") == "reference_required"
    world.accept(ConfirmEffect, FINANCE, effect_id=effect, reference=" B-77 ")
    assert world.entries()[0].reference == "B-77"
    assert world.order().tenders[0].refunded == 1500


def test_the_warehouse_does_not_confirm_money():
    world, effect = refunding("manual")
    assert world.refuse(ConfirmEffect, ZHOUJUN, effect_id=effect, reference="x") == "not_your_team"
    assert world.refuse(RetryEffect, ZHOUJUN, effect_id=effect) == "not_performed"


def test_the_warehouse_confirms_its_own_task():
    world = World(make_order(connector="manual"), make_ticket())
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    release = next(effect for effect in world.effects() if effect.kind is EffectKind.RELEASE_STOCK)
    world.accept(ConfirmEffect, ZHOUJUN, effect_id=release.id, reference="shelf 4")
    assert world.order().lines[0].stock_reserved == 0


def test_what_is_not_there_cannot_be_settled():
    world = World()
    for command, actor, args in (
        (SettleEffect, SYSTEM, {"state": EffectState.CONFIRMED}),
        (ConfirmEffect, FINANCE, {"reference": "x"}),
        (RetryEffect, LIUYANG, {}),
    ):
        assert world.refuse(command, actor, effect_id="nothing", **args) == "no_such_effect"


# --- once more ---------------------------------------------------------------------------------------------------


def test_no_blind_retry_where_a_repetition_would_pay_twice():
    world, effect = refunding()
    policy = seed_policy()
    once = Abilities(performs=frozenset(EffectKind))
    world.policy = replace(policy, connectors={**policy.connectors, "shop": once})
    settle(world, effect, EffectState.UNKNOWN, attempt=1)
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "may_have_arrived"
    settle(world, effect, EffectState.MANUAL, attempt=1)
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "may_have_arrived"
    world.accept(ConfirmEffect, LIUYANG, effect_id=effect, reference="seen on the statement")


def test_where_the_other_side_knows_a_repetition_it_may_be_sent_again():
    world, effect = refunding()
    settle(world, effect, EffectState.UNKNOWN, attempt=1)
    world.accept(RetryEffect, LIUYANG, effect_id=effect)
    assert (world.effects()[0].state, world.entries()[0].state) == (EffectState.PENDING, EntryState.ASKED)
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "effect_settled"


def test_a_retry_spends_the_budget_again_or_is_refused_where_it_is_gone():
    world, effect = refunding()
    world.policy = with_caps(world.policy, order=1500)
    settle(world, effect, EffectState.FAILED)
    world.accept(
        GrantCompensation, **{**WISH, "cause": "oversold"}, kind=BenefitKind.COUPON, item="coupon_5", units=500
    )
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "order"
    assert world.refuse(ConfirmEffect, LIUYANG, effect_id=effect, reference="paid in cash") == "order"


def test_a_failed_benefit_that_was_given_anew_is_not_given_twice():
    world, effect = refunding()
    settle(world, effect, EffectState.FAILED)
    world.accept(GrantCompensation, **WISH, **GOODWILL)
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "superseded"


def test_the_tenth_attempt_comes_after_the_ninth():
    world = World(make_order(), make_ticket())
    world.accept(GrantCompensation, **{**WISH, "sequence": 9}, **GOODWILL)
    [ninth] = world.effects()
    settle(world, ninth.id, EffectState.FAILED)
    world.accept(GrantCompensation, **{**WISH, "sequence": 9}, **GOODWILL)
    assert [entry.key for entry in world.entries()] == ["o1/-/waiting/10", "o1/-/waiting/9"]
    assert world.refuse(RetryEffect, LIUYANG, effect_id=ninth.id) == "superseded"


def test_no_more_stock_is_freed_than_is_still_reserved():
    line = make_line(quantity=3, stock_available=0)
    world = World(make_order(lines=(line,)), make_ticket())
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    release = next(effect for effect in world.effects() if effect.kind is EffectKind.RELEASE_STOCK)
    world.keep(replace(world.order(), lines=(replace(line, stock_reserved=1, stock_available=2),)))
    settle(world, release.id, EffectState.CONFIRMED)
    [freed] = world.order().lines
    assert (freed.stock_reserved, freed.stock_available) == (0, 3)


def test_a_failed_refund_whose_money_went_another_way_is_not_paid_again():
    world, effect = refunding()
    settle(world, effect, EffectState.FAILED)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=10000)
    assert world.refuse(RetryEffect, LIUYANG, effect_id=effect) == "above_paid"


def test_confirming_by_hand_what_had_failed_counts_it_again():
    world, effect = refunding()
    settle(world, effect, EffectState.FAILED)
    world.accept(ConfirmEffect, LIUYANG, effect_id=effect, reference="B-1")
    assert world.entries()[0].state is EntryState.CONFIRMED
    assert {budget.spent for budget in world.budgets()} == {1500}
    assert world.order().tenders[0].refunded == 1500


# --- what the source says of refunds -----------------------------------------------------------------------------


def tell(world: World, refunded: int) -> None:
    order = world.order()
    tender = replace(order.tenders[0], refunded=refunded, refunded_elsewhere=0)
    world.accept(TellOrder, SYSTEM, order=replace(order, tenders=(tender,), source_version=order.source_version + 1))


def test_a_refund_that_its_source_reports_first_is_not_counted_twice():
    """Until it is confirmed it may as well be somebody else's: then nobody can say what a cancel has to give back."""
    world, effect = refunding()
    tell(world, 1500)
    assert world.refuse(CancelOrder, order_id="o1", ticket_id="k1") == "refund_unclear"
    assert world.refuse(GrantCompensation, **{**WISH, "sequence": 2}, **{**GOODWILL, "units": 7001}) == "above_paid"
    settle(world, effect, EffectState.CONFIRMED)
    assert world.order().tenders[0].refunded == 1500
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=8500)


def test_a_refund_that_its_source_reports_later_is_not_counted_twice():
    world, effect = refunding()
    settle(world, effect, EffectState.CONFIRMED)
    tell(world, 1500)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=8500)


def test_what_others_refunded_is_never_refunded_again():
    world = World(make_order(tenders=(Tender(id="t1", method="alipay", paid=10000, refunded=4000),)), make_ticket())
    world.accept(GrantCompensation, **WISH, **GOODWILL)
    settle(world, world.effects()[0].id, EffectState.CONFIRMED)
    assert world.order().tenders[0].refunded == 5500
    tell(world, 5500)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=4500)


def test_what_others_refunded_is_remembered_while_a_refund_of_ours_is_under_way():
    world = World(make_order(tenders=(Tender(id="t1", method="alipay", paid=10000, refunded=4000),)), make_ticket())
    world.accept(GrantCompensation, **WISH, **GOODWILL)
    tell(world, 4000)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=4500)


def test_a_report_that_outlives_a_failed_refund_was_somebody_elses():
    world, effect = refunding()
    tell(world, 1500)
    settle(world, effect, EffectState.FAILED)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", expected=8500)
