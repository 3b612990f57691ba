"""Decides requests for approval: never by who asked, only by who may release so much, once (MISSION section 6, 3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.domain import compensation as comp
from desk.domain.case import Book, Case
from desk.domain.changes import ApprovalDecided, ApprovalEscalated, ApprovalExpired, Change
from desk.domain.choices import unknown
from desk.domain.commands import DecideApproval, EscalateApproval, ExpireApproval
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.ledger import Approval, ApprovalState, LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.people import StaffMember
from desk.domain.policy import Policy
from desk.domain.rule import Setting, rule


def load_decision(book: Book, command: DecideApproval, setting: Setting) -> Case:
    """The request with its order and ledger, who asked, and the budgets that the grant would draw on."""
    gathering = Gathering(book)
    approval = gathering.get(Approval, command.approval_id)
    if approval is not None:
        requester = gathering.get(StaffMember, approval.requested_by)
        if requester is None:
            gathering.order(approval.order_id)
        else:
            comp.gather_order(gathering, approval.order_id, approval.ticket_id, requester, setting)
    return gathering.case()


def load_request(book: Book, command: EscalateApproval | ExpireApproval, setting: Setting) -> Case:
    """The request with its order and ticket."""
    gathering = Gathering(book)
    approval = gathering.get(Approval, command.approval_id)
    gathering.order(approval.order_id if approval else None)
    return gathering.case()


@rule(DecideApproval, load_decision)
def decide_approval(case: Case, command: DecideApproval, setting: Setting) -> Decision:
    """Approve, with another amount where wished, or deny with a reason."""
    approval = _open(case, command.approval_id)
    if isinstance(approval, Refused):
        return approval
    refused = _not_yours(approval, setting)
    if refused is not None:
        return refused
    if setting.now >= approval.expires_at:
        return Refused("approval_expired", {"approval_id": approval.id})
    if command.approve:
        return _approve(case, approval, command, setting)
    if all(reason.key != command.reason for reason in setting.policy.approvals.denial_reasons):
        return unknown("reason", command.reason)
    return Accepted((_decided(approval, setting, approved=False, reason=command.reason),))


def _open(case: Case, approval_id: str) -> Approval | Refused:
    """The request, still to be decided, or why it is not."""
    approval = case.find(Approval, approval_id)
    if approval is None:
        return Refused("no_such_approval", {"approval_id": approval_id})
    if approval.state is not ApprovalState.ASKED:
        return Refused("approval_decided", {"approval_id": approval_id, "state": approval.state})
    return approval


def _not_yours(approval: Approval, setting: Setting) -> Refused | None:
    """Why this actor may not decide it whatever the amount."""
    if approval.requested_by == setting.actor.id:
        return Refused("own_request", {"approval_id": approval.id})
    # An escalation asks the next level as well; it takes the request from nobody.
    first = comp.rank(setting.policy, approval.level) - approval.escalations
    mine = comp.rank(setting.policy, setting.actor.level)
    if mine < 0 or mine < first:
        return Refused("level_too_low", {"level": setting.actor.level, "needed": approval.level})
    return None


def _approve(case: Case, approval: Approval, command: DecideApproval, setting: Setting) -> Decision:
    units = approval.units if command.units is None else command.units
    if units < 1:
        return unknown("units", str(units))
    cost = comp.cost_of(setting.policy, approval.kind, approval.item, units, approval.currency)
    if isinstance(cost, Refused):
        return cost
    if not comp.may_release(setting.policy, setting.actor.level, cost, approval.currency):
        return Refused("above_your_cap", {"amount": cost, "level": setting.actor.level})
    requester = case.find(StaffMember, approval.requested_by)
    order = case.find(Order, approval.order_id)
    if requester is None or order is None:
        return Refused("no_such_order", {"order_id": approval.order_id})
    wish = _wish(case, order, approval, units, cost)
    if isinstance(wish, Refused):
        return wish
    decided = _decided(approval, setting, approved=True, cost=cost, units=units)
    given = comp.giving(
        case,
        order,
        wish,
        setting,
        command_id=command.id,
        ticket_id=approval.ticket_id,
        giver=requester,
        approval=approval,
    )
    return Accepted((decided, *given))


def _wish(case: Case, order: Order, approval: Approval, units: int, cost: int) -> comp.Wish | Refused:
    """What was asked, with the amount as decided, checked against the ledger as it is now."""
    entries = case.of_order(LedgerEntry, order.id)
    wish = comp.Wish(
        kind=approval.kind,
        item=approval.item,
        units=units,
        cost=cost,
        cause=approval.cause,
        line_id=approval.line_id,
        sequence=approval.sequence,
        tender_id=approval.tender_id,
    )
    # The request itself holds the key; only what was given meanwhile can take it.
    held = case.put(replace(approval, state=ApprovalState.APPROVED))
    return comp.taken_key(held, order, wish) or comp.with_tender(order, entries, wish)


def _decided(
    approval: Approval,
    setting: Setting,
    *,
    approved: bool,
    cost: int | None = None,
    units: int | None = None,
    reason: str = "",
) -> Change:
    return ApprovalDecided(
        at=setting.now,
        by=setting.actor.id,
        approval_id=approval.id,
        approved=approved,
        cost=cost,
        units=units,
        reason=reason,
    )


@rule(EscalateApproval, load_request)
def escalate(case: Case, command: EscalateApproval, setting: Setting) -> Decision:
    """Nobody answered in time: the next level up is asked as well, and later the one above."""
    approval = _open(case, command.approval_id)
    if isinstance(approval, Refused):
        return approval
    if approval.escalate_at is None or setting.now < approval.escalate_at:
        return Refused("too_early", {"approval_id": approval.id})
    above = _level_above(setting.policy, approval.level)
    if above is None:
        return Refused("no_level_above", {"level": approval.level})
    again = _level_above(setting.policy, above)
    wait = timedelta(seconds=setting.policy.approvals.escalate_seconds)
    change = ApprovalEscalated(
        at=setting.now,
        by=setting.actor.id,
        approval_id=approval.id,
        level=above,
        escalate_at=setting.now + wait if again else None,
    )
    return Accepted((change,))


def _level_above(policy: Policy, level: str) -> str | None:
    place = comp.rank(policy, level) + 1
    return policy.approvals.ladder[place] if 0 < place < len(policy.approvals.ladder) else None


@rule(ExpireApproval, load_request)
def expire(case: Case, command: ExpireApproval, setting: Setting) -> Decision:
    """The request has run out; what was wished may be asked again."""
    approval = _open(case, command.approval_id)
    if isinstance(approval, Refused):
        return approval
    if setting.now < approval.expires_at:
        return Refused("too_early", {"approval_id": approval.id})
    return Accepted((ApprovalExpired(at=setting.now, by=setting.actor.id, approval_id=approval.id),))
