"""Folds what happened to orders, ledger, budgets, approvals, effects and people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from desk.domain import changes as ch
from desk.domain.case import Case, Entity
from desk.domain.ledger import Approval, ApprovalState, Budget, Effect, EffectState, EntryState, LedgerEntry
from desk.domain.orders import Order, OrderState
from desk.domain.path import Fact, facts_of, on_path
from desk.domain.people import Installation
from desk.domain.surplus import attributed

_E = TypeVar("_E", bound=Entity)
# Moves of an effect that say nothing to a reader of the path.
_QUIET = frozenset({EffectState.PENDING, EffectState.IN_FLIGHT})


def _the(case: Case, kind: type[_E], entity_id: str) -> _E:
    """The entity that a change names; KeyError where the rule made the change without loading it."""
    found = case.get(kind, entity_id)
    if found is None:
        raise KeyError(f"{kind.__name__} {entity_id}")
    return found


def entries_of(case: Case, order_id: str) -> tuple[LedgerEntry, ...]:
    """The ledger entries of an order that the case holds."""
    return tuple(entry for entry in case.all(LedgerEntry) if entry.order_id == order_id)


def _told(case: Case, change: ch.OrderTold) -> Case:
    return case.put(attributed(change.order, entries_of(case, change.order.id)))


def _cancelled(case: Case, change: ch.OrderCancelled) -> Case:
    order = _the(case, Order, change.order_id)
    lines = tuple(replace(line, cancelled=line.quantity) for line in order.lines)
    after = replace(order, state=OrderState.CANCELLED, cancelled_at=change.at, lines=lines)
    return on_path(case.put(after), change.ticket_id, change, {"order_id": order.id})


def _stock_released(case: Case, change: ch.StockReleased) -> Case:
    order = _the(case, Order, change.order_id)
    lines = tuple(
        replace(
            line,
            stock_reserved=max(0, line.stock_reserved - change.quantity),
            stock_available=None if line.stock_available is None else line.stock_available + change.quantity,
        )
        if line.id == change.line_id
        else line
        for line in order.lines
    )
    return case.put(replace(order, lines=lines))


def _granted(case: Case, change: ch.BenefitGranted) -> Case:
    entry = change.entry
    order = case.get(Order, entry.order_id)
    if order is not None:
        case = case.put(attributed(order, entries_of(case, order.id)))
    return on_path(case.put(entry), entry.ticket_id, change, _entry_facts(entry))


def _entry_facts(entry: LedgerEntry) -> dict[str, Fact]:
    return {
        "key": entry.key,
        "kind": entry.kind.value,
        "cost": entry.cost,
        "units": entry.units,
        "currency": entry.currency,
        "item": entry.item,
        "tender_id": entry.tender_id,
        "receipt_id": entry.receipt_id,
        "approval_id": entry.approval_id,
    }


def _entry_settled(case: Case, change: ch.EntrySettled) -> Case:
    entry = _the(case, LedgerEntry, change.key)
    after = replace(entry, state=change.state, reference=change.reference or entry.reference)
    case = case.put(after)
    order = case.get(Order, entry.order_id)
    if order is not None and change.state is EntryState.FAILED:
        case = case.put(attributed(order, entries_of(case, order.id)))
    return on_path(case, entry.ticket_id, change, {**_entry_facts(entry), **facts_of(change)})


def _tender_refunded(case: Case, change: ch.TenderRefunded) -> Case:
    order = _the(case, Order, change.order_id)
    tenders = tuple(
        replace(tender, refunded=tender.refunded + change.amount) if tender.id == change.tender_id else tender
        for tender in order.tenders
    )
    return case.put(replace(order, tenders=tenders))


def _receipt_refunded(case: Case, change: ch.ReceiptRefunded) -> Case:
    order = _the(case, Order, change.order_id)
    receipts = tuple(
        replace(receipt, refunded=receipt.refunded + change.amount) if receipt.id == change.receipt_id else receipt
        for receipt in order.receipts
    )
    return case.put(replace(order, receipts=receipts))


def _budget_opened(case: Case, change: ch.BudgetOpened) -> Case:
    return case.put(_sound(change.budget))


def _budget_spent(case: Case, change: ch.BudgetSpent) -> Case:
    budget = _the(case, Budget, change.key)
    return case.put(
        _sound(replace(budget, free=budget.free - change.amount, spent=budget.spent + change.amount)),
    )


def _budget_returned(case: Case, change: ch.BudgetReturned) -> Case:
    budget = _the(case, Budget, change.key)
    return case.put(
        _sound(replace(budget, free=budget.free + change.amount, spent=budget.spent - change.amount)),
    )


def _budget_raised(case: Case, change: ch.BudgetRaised) -> Case:
    """Adds an approver's authority, or takes it back (a negative amount) when what it was for has failed."""
    budget = _the(case, Budget, change.key)
    raised = replace(
        budget,
        cap=budget.cap + change.amount,
        free=budget.free + change.amount,
        raised=budget.raised + change.amount,
    )
    approval = case.get(Approval, change.approval_id)
    if approval is not None:
        total = {**approval.raised, change.key: approval.raised.get(change.key, 0) + change.amount}
        case = case.put(replace(approval, raised=total))
    return case.put(_sound(raised))


def _sound(budget: Budget) -> Budget:
    """The budget, whose equation holds; ValueError where a rule broke it (a bug, stopped before it is written)."""
    parts = (budget.free, budget.leased, budget.spent, budget.raised)
    if min(parts) < 0 or budget.cap != budget.free + budget.leased + budget.spent:
        raise ValueError(f"budget {budget.key} is not sound")
    return budget


def _effect_asked(case: Case, change: ch.EffectAsked) -> Case:
    return case.put(change.effect)


def _effect_moved(case: Case, change: ch.EffectMoved) -> Case:
    effect = _the(case, Effect, change.effect_id)
    settled = change.at if change.state is EffectState.CONFIRMED else None
    after = replace(
        effect,
        state=change.state,
        reference=change.reference or effect.reference,
        problem=change.problem,
        next_at=change.next_at,
        attempts=change.attempts,
        settled_at=settled,
    )
    case = case.put(after)
    if change.state in _QUIET:
        return case
    facts: dict[str, Fact] = {"effect_id": effect.id, "kind": effect.kind.value, "state": change.state.value}
    return on_path(case, effect.ticket_id, change, {**facts, "reference": change.reference, "problem": change.problem})


def _approval_asked(case: Case, change: ch.ApprovalAsked) -> Case:
    approval = change.approval
    facts: dict[str, Fact] = {
        "approval_id": approval.id,
        "kind": approval.kind.value,
        "cost": approval.cost,
        "units": approval.units,
        "currency": approval.currency,
        "level": approval.level,
    }
    return on_path(case.put(approval), approval.ticket_id, change, facts)


def _approval_decided(case: Case, change: ch.ApprovalDecided) -> Case:
    approval = _the(case, Approval, change.approval_id)
    after = replace(
        approval,
        state=ApprovalState.APPROVED if change.approved else ApprovalState.DENIED,
        decided_by=change.by,
        decided_at=change.at,
        approved_cost=change.cost,
        approved_units=change.units,
        reason=change.reason,
        escalate_at=None,
    )
    return on_path(case.put(after), approval.ticket_id, change, facts_of(change))


def _approval_escalated(case: Case, change: ch.ApprovalEscalated) -> Case:
    approval = _the(case, Approval, change.approval_id)
    after = replace(approval, level=change.level, escalate_at=change.escalate_at, escalations=approval.escalations + 1)
    return on_path(case.put(after), approval.ticket_id, change, facts_of(change))


def _approval_expired(case: Case, change: ch.ApprovalExpired) -> Case:
    approval = _the(case, Approval, change.approval_id)
    after = replace(approval, state=ApprovalState.EXPIRED, decided_at=change.at, escalate_at=None)
    return on_path(case.put(after), approval.ticket_id, change, facts_of(change))


def _staff_saved(case: Case, change: ch.StaffSaved) -> Case:
    return case.put(change.member)


def _team_saved(case: Case, change: ch.TeamSaved) -> Case:
    return case.put(change.team)


def _store_saved(case: Case, change: ch.StoreSaved) -> Case:
    return case.put(change.store)


def _installation_revoked(case: Case, change: ch.InstallationRevoked) -> Case:
    return case.put(replace(_the(case, Installation, change.installation_id), revoked=True))


def _policy_published(case: Case, change: ch.PolicyPublished) -> Case:
    return case  # the policy is no entity of a case: the centre keeps its versions


MONEY: dict[type[ch.Change], Callable[[Case, Any], Case]] = {
    ch.OrderTold: _told,
    ch.OrderCancelled: _cancelled,
    ch.StockReleased: _stock_released,
    ch.BenefitGranted: _granted,
    ch.EntrySettled: _entry_settled,
    ch.TenderRefunded: _tender_refunded,
    ch.ReceiptRefunded: _receipt_refunded,
    ch.BudgetOpened: _budget_opened,
    ch.BudgetSpent: _budget_spent,
    ch.BudgetReturned: _budget_returned,
    ch.BudgetRaised: _budget_raised,
    ch.EffectAsked: _effect_asked,
    ch.EffectMoved: _effect_moved,
    ch.ApprovalAsked: _approval_asked,
    ch.ApprovalDecided: _approval_decided,
    ch.ApprovalEscalated: _approval_escalated,
    ch.ApprovalExpired: _approval_expired,
    ch.StaffSaved: _staff_saved,
    ch.TeamSaved: _team_saved,
    ch.StoreSaved: _store_saved,
    ch.InstallationRevoked: _installation_revoked,
    ch.PolicyPublished: _policy_published,
}
