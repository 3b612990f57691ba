"""Rules of taking a ticket in hand and letting it go, so that two people never answer one customer."""

from __future__ import annotations

from desk.domain import claims
from desk.domain.case import Case
from desk.domain.changes import Change, TicketClaimed, TicketReleased
from desk.domain.commands import ClaimTicket, ExpireClaim, ReleaseTicket
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.escalation import first_told_at
from desk.domain.people import Actor
from desk.domain.permissions import leads
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import on_ticket, ticket_case
from desk.domain.tickets import Ticket


def may_work(actor: Actor, ticket: Ticket) -> bool:
    """Whether the ticket is of a team or store of this person, or the person leads."""
    at_store = actor.store_id is not None and actor.store_id == ticket.store_id
    return ticket.team in actor.teams or at_store or leads(actor.level)


@rule(ClaimTicket, ticket_case)
@on_ticket
def claim(case: Case, ticket: Ticket, command: ClaimTicket, setting: Setting) -> Decision:
    """Take it, or hold it for longer. A claim that has run out may be taken by anybody of the team."""
    if not ticket.is_open:
        return Refused("ticket_closed", {"ticket_id": ticket.id})
    if not may_work(setting.actor, ticket):
        return Refused("not_your_team", {"team": ticket.team})
    holder = claims.holder(ticket, setting.now)
    if holder not in (None, setting.actor.id):
        expires = ticket.claim_expires_at
        return Refused("claimed_by_other", {"holder": holder or "", "until": expires.isoformat() if expires else ""})
    taken = TicketClaimed(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, until=claims.claim_until(setting))
    return Accepted((*_lapse(ticket, setting), taken))


def _lapse(ticket: Ticket, setting: Setting) -> tuple[Change, ...]:
    """The path should say that another's claim ran out before somebody else took the ticket."""
    if ticket.holder in (None, setting.actor.id):
        return ()
    return (TicketReleased(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, reason="expired"),)


@rule(ReleaseTicket, ticket_case)
@on_ticket
def release(case: Case, ticket: Ticket, command: ReleaseTicket, setting: Setting) -> Decision:
    """Give it back. Whoever leads may free a ticket that somebody else holds."""
    if ticket.holder is None:
        return Refused("not_claimed", {"ticket_id": ticket.id})
    own = ticket.holder == setting.actor.id
    if not own and not leads(setting.actor.level):
        return Refused("claim_not_held", {"ticket_id": ticket.id, "holder": ticket.holder})
    return Accepted((_released(ticket, setting, "by_holder" if own else "by_supervisor"),))


def _released(ticket: Ticket, setting: Setting, reason: str) -> TicketReleased:
    """From now on nobody works on it, and somebody is told if that goes on."""
    return TicketReleased(
        at=setting.now,
        by=setting.actor.id,
        ticket_id=ticket.id,
        reason=reason,
        escalate_at=first_told_at(setting.policy, ticket, setting.now),
    )


@rule(ExpireClaim, ticket_case)
@on_ticket
def expire(case: Case, ticket: Ticket, command: ExpireClaim, setting: Setting) -> Decision:
    """By the centre, not before its time: the holder may have gone on working since the job looked."""
    if ticket.holder is None or ticket.claim_expires_at is None:
        return Refused("not_claimed", {"ticket_id": ticket.id})
    if ticket.claim_expires_at > setting.now:
        return Refused("not_yet", {"until": ticket.claim_expires_at.isoformat()})
    return Accepted((_released(ticket, setting, "expired"),))
