"""Requests for approval: those this person may decide, and those they asked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.domain.commands import DecideApproval
from desk.domain.compensation import rank
from desk.domain.ledger import GOODWILL_KINDS, Approval, ApprovalState, EntryState, LedgerEntry
from desk.domain.money import Money
from desk.domain.people import Level
from desk.domain.permissions import leads, may_issue
from desk.services import rows
from desk.services.actions import Actions
from desk.services.past import customer_given
from desk.services.reader import Reader, named, tail
from desk.services.timeline import of_case
from desk.services.workplace import Workplace
from desk.storage import lists

SIMILAR = 3


class Approvals(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "approval")."""

    def __init__(self, workplace: Workplace, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._actions = actions

    async def waiting(self) -> tuple[rows.ApprovalRow, ...]:
        """Open requests of this person's teams, oldest first; `may_decide` says which they may answer."""
        return await self._workplace.read_or(
            (), lambda reader: tuple(approval_row(reader, one) for one in open_requests(reader))
        )

    async def recent(self) -> tuple[rows.ApprovalRow, ...]:
        """Requests of this person's teams that were answered or ran out, newest first."""

        def build(reader: Reader) -> tuple[rows.ApprovalRow, ...]:
            answered = lists.approvals(reader.view.connection, reader.view.overlay, open_ones=False)
            return tuple(approval_row(reader, one) for one in answered if concerns(reader, one))

        return await self._workplace.read_or((), build)

    async def one(self, approval_id: str) -> rows.ApprovalRow | None:
        """One request, None where it is not here."""

        def build(reader: Reader) -> rows.ApprovalRow | None:
            found = reader.get(Approval, "approval", approval_id)
            return approval_row(reader, found) if found else None

        return await self._workplace.read_or(None, build)

    async def decide(
        self,
        approval_id: str,
        approve: bool,
        units: int | None = None,
        reason: str = "",
        words: str = "",
        initiator: object | None = None,
    ) -> rows.Answer:
        """A, C (with units) or D (with reason). Offline: refused with `needs_centre`."""
        command = DecideApproval(
            id=self._actions.new_id(), approval_id=approval_id, approve=approve, units=units, reason=reason, words=words
        )
        return await self._actions.perform(command, initiator)


def open_requests(reader: Reader) -> list[Approval]:
    """Open requests that concern this person."""
    found = lists.approvals(reader.view.connection, reader.view.overlay, open_ones=True)
    return [one for one in found if concerns(reader, one)]


def concerns(reader: Reader, approval: Approval) -> bool:
    """Whether this person asked it, or works (or leads) where it was asked."""
    actor = reader.actor
    return approval.requested_by == actor.id or approval.team in actor.teams or leads(actor.level)


def decidable(reader: Reader, approval: Approval) -> str:
    """Why this person may not decide it, as a code; '' where they may."""
    actor, policy = reader.actor, reader.policy
    if approval.state is not ApprovalState.ASKED:
        return "approval_decided"
    if approval.requested_by == actor.id:
        return "own_request"
    if not may_issue(policy, actor.level, DecideApproval.name):
        return "not_permitted"
    mine = rank(policy, actor.level)
    if mine < 0 or mine < rank(policy, approval.level) - approval.escalations:
        return "level_too_low"
    return "" if reader.online else "needs_centre"


def approval_row(reader: Reader, approval: Approval) -> rows.ApprovalRow:
    """A request as a card: what the approver needs to answer in 20 seconds."""
    order = reader.order(approval.order_id)
    ticket = reader.ticket(approval.ticket_id)
    off = decidable(reader, approval)
    policy, currency = reader.policy, approval.currency
    customer_id = order.customer_id if order else None
    cap = policy.compensation.order_cap.get(currency)
    return rows.ApprovalRow(
        id=approval.id,
        ticket_id=approval.ticket_id,
        number=ticket.number if ticket else "",
        order_tail=tail(order.number) if order else "",
        kind=approval.kind,
        label=reader.benefit(approval.kind, approval.item, approval.units, currency),
        units=approval.units,
        cost=Money(approval.cost, currency),
        requested_by=reader.person(approval.requested_by),
        requested_at=approval.requested_at,
        expires_at=approval.expires_at,
        state=approval.state,
        level=level_of(approval.level),
        escalate_at=approval.escalate_at,
        cause=named(policy.compensation.causes, approval.cause),
        words=reader.words(approval.words_id),
        customer=reader.private(customer_id).get("name", ""),
        tier=named(policy.tiers, order.tier) if order else {},
        order_value=Money(order.value, order.currency) if order else None,
        order_given=Money(given_on(reader, approval.order_id), currency),
        order_cap=None if cap is None else Money(cap, currency),
        customer_given=customer_given(reader, customer_id, currency),
        case_label=reader.label(ticket) if ticket else {},
        similar=similar(reader, approval),
        timeline=of_case(reader, order, ticket)[:12],
        own=approval.requested_by == reader.actor.id,
        may_decide=off == "",
        reason_off=off,
        decided_by=reader.person(approval.decided_by),
        approved_cost=None if approval.approved_cost is None else Money(approval.approved_cost, currency),
        approved_units=approval.approved_units,
        reason=named(policy.approvals.denial_reasons, approval.reason),
        escalations=approval.escalations,
        may_ask_again=may_ask_again(reader, approval),
        row_state=reader.state("approval", approval.id),
    )


def may_ask_again(reader: Reader, approval: Approval) -> bool:
    """Whether its requester may ask anew: it was denied or ran out, and nobody has asked again since."""
    ended = approval.state in (ApprovalState.DENIED, ApprovalState.EXPIRED)
    if not ended or approval.requested_by != reader.actor.id or not reader.online:
        return False
    on_order = reader.hanging(approval.order_id, Approval)
    return not any(other.asked_after == approval.id for other in on_order)


def given_on(reader: Reader, order_id: str) -> int:
    """Goodwill that the order got, minor units; what failed does not count."""
    entries = reader.hanging(order_id, LedgerEntry)
    live = (one for one in entries if one.kind in GOODWILL_KINDS and one.state is not EntryState.FAILED)
    return sum(entry.cost for entry in live)


def similar(reader: Reader, approval: Approval) -> tuple[rows.SimilarRow, ...]:
    """What the latest cases of the same cause got, as far as this desk holds them."""
    found = [
        one
        for one in lists.approvals(reader.view.connection, reader.view.overlay, open_ones=False)
        if one.cause == approval.cause and one.currency == approval.currency and one.state is ApprovalState.APPROVED
    ]
    made = []
    for one in found[:SIMILAR]:
        order = reader.order(one.order_id)
        units = one.approved_units or one.units
        made.append(
            rows.SimilarRow(
                order_tail=tail(order.number) if order else "",
                label=reader.benefit(one.kind, one.item, units, one.currency),
                cost=Money(one.approved_cost or one.cost, one.currency),
                at=one.decided_at or one.requested_at,
            )
        )
    return tuple(made)


def level_of(level: str) -> Level:
    """The level that a request names."""
    return Level(level)
