"""Who sees what: an order comes with its tickets and leaves with the last of them; a store keeps its own a while."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.domain import scope
from desk.domain.ledger import (
    Approval,
    ApprovalState,
    BenefitKind,
    Budget,
    BudgetKind,
    Effect,
    EffectKind,
    EffectState,
    budget_key,
)
from desk.domain.people import Installation
from desk.domain.scope import ADMIN, NOWHERE, ORG, Around
from desk.domain.tickets import Stage
from tests.helpers.cases import CHENJIE, HOUR, START, house, make_order, make_ticket, seed_policy, staff_of

POLICY = seed_policy()
HOTLINE = frozenset({"team:hotline"})


def effect(state: EffectState, team: str = "finance") -> Effect:
    return Effect(
        id="e", order_id="o1", ticket_id="k1", connector="manual", kind=EffectKind.REFUND, at=START,
        command_id="c", state=state, team=team,
    )  # fmt: skip


def approval(state: ApprovalState) -> Approval:
    return Approval(
        id="a", order_id="o1", ticket_id="k1", team="hotline", requested_by="chenjie", requested_at=START,
        kind=BenefitKind.COUPON, item="coupon_30", cost=3000, units=3000, currency="CNY", cause="waiting",
        sequence=1, state=state, level="supervisor", expires_at=START + HOUR,
    )  # fmt: skip


def test_an_order_nobody_works_on_is_nowhere() -> None:
    assert scope.order_scopes(make_order(), (), POLICY, START) == NOWHERE


def test_a_ticket_brings_its_order_to_team_and_store() -> None:
    ticket = make_ticket(store_id="S01")
    both = frozenset({"team:hotline", "store:S01"})
    assert scope.ticket_scopes(ticket, POLICY, START) == both
    assert scope.order_scopes(make_order(), (ticket,), POLICY, START) == both


def test_an_archived_ticket_ages_out_and_takes_the_order_with_it() -> None:
    ticket = make_ticket(stage=Stage.ARCHIVED, archived_at=START)
    before, after = START + timedelta(days=30, seconds=-1), START + timedelta(days=30)
    assert scope.order_scopes(make_order(), (ticket,), POLICY, before) == HOTLINE
    assert scope.order_scopes(make_order(), (ticket,), POLICY, after) == NOWHERE


def test_a_store_keeps_its_own_orders_while_they_are_young() -> None:
    order = make_order(store_id="S01")
    assert scope.order_scopes(order, (), POLICY, START) == {"store:S01"}
    assert scope.order_scopes(order, (), POLICY, START + timedelta(days=31)) == NOWHERE


@pytest.mark.parametrize(
    ("state", "seen"),
    [
        (EffectState.MANUAL, True),
        (EffectState.FAILED, True),
        (EffectState.UNKNOWN, True),
        (EffectState.PENDING, False),
        (EffectState.CONFIRMED, False),
    ],
)
def test_who_has_to_do_something_by_hand_sees_the_order(state: EffectState, seen: bool) -> None:
    found = scope.order_scopes(make_order(), (effect(state),), POLICY, START)
    assert found == ({"team:finance"} if seen else NOWHERE)


def test_who_is_asked_for_approval_sees_the_order_until_it_is_decided() -> None:
    assert scope.order_scopes(make_order(), (approval(ApprovalState.ASKED),), POLICY, START) == HOTLINE
    assert scope.order_scopes(make_order(), (approval(ApprovalState.DENIED),), POLICY, START) == NOWHERE


def test_what_hangs_on_an_order_goes_where_it_goes() -> None:
    chenjie = staff_of(CHENJIE)
    around = Around(orders={"o1": HOTLINE}, customers={"c1": ORG}, staff={"chenjie": chenjie})
    for thing in (make_order(), approval(ApprovalState.ASKED), effect(EffectState.PENDING)):
        assert scope.scopes_of(thing, around, POLICY, START) == HOTLINE
    assert scope.scopes_of(make_order("o2"), around, POLICY, START) == NOWHERE

    def budget(kind: BudgetKind, subject: str) -> scope.Scopes:
        key = budget_key(kind, subject, "2026-03-02", "CNY")
        return scope.scopes_of(Budget(key=key, cap=1, free=1), around, POLICY, START)

    assert budget(BudgetKind.ORDER, "o1") == HOTLINE
    assert budget(BudgetKind.CUSTOMER, "c1") == ORG
    assert budget(BudgetKind.AGENT_DAY, "chenjie") == {"team:store", "store:S01"}
    assert budget(BudgetKind.AGENT_DAY, "nobody") == NOWHERE
    assert budget(BudgetKind.STORE_DAY, "S01") == {"store:S01"}


def test_whoever_sees_an_order_sees_all_its_tickets() -> None:
    around = Around(orders={"o1": frozenset({"team:hotline", "team:finance"})})
    assert scope.scopes_of(make_ticket(), around, POLICY, START) == {"team:hotline", "team:finance"}
    alone = make_ticket(order_id=None, store_id="S01")
    assert scope.scopes_of(alone, around, POLICY, START) == {"team:hotline", "store:S01"}
    aged = make_ticket(stage=Stage.ARCHIVED, archived_at=START - timedelta(days=31))
    assert scope.scopes_of(aged, Around(orders={"o1": HOTLINE}), POLICY, START) == HOTLINE


def test_every_desk_knows_the_people_and_only_administrators_the_desks() -> None:
    assert {scope.scopes_of(thing, Around(), POLICY, START) for thing in house()} == {ORG}
    desk = Installation(id="d1", name="前台", scopes=("store:S01",), public_key="")
    assert scope.scopes_of(desk, Around(), POLICY, START) == ADMIN
    assert scope.scopes_of(make_ticket(), Around(), POLICY, START) == HOTLINE
