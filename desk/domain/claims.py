"""Who holds a ticket: the claim that every act on it needs, and its renewal while work goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.domain.changes import Change, TicketClaimed
from desk.domain.decisions import Refused
from desk.domain.people import Level
from desk.domain.rule import Setting
from desk.domain.tickets import Ticket


def holder(ticket: Ticket, now: datetime) -> str | None:
    """Who holds the ticket at `now`; a claim that has run out holds nothing, even before a job has said so."""
    if ticket.holder is None or ticket.claim_expires_at is None or ticket.claim_expires_at <= now:
        return None
    return ticket.holder


def claim_until(setting: Setting) -> datetime:
    """When a claim made or renewed now runs out."""
    return setting.now + timedelta(minutes=setting.policy.tickets.claim_minutes)


def refusal(ticket: Ticket, setting: Setting) -> Refused | None:
    """Why the actor may not act on this ticket now, or None. The centre's own acts need no claim."""
    if not ticket.is_open:
        return Refused("ticket_closed", {"ticket_id": ticket.id})
    if setting.actor.level is Level.SYSTEM:
        return None
    held = holder(ticket, setting.now)
    if held == setting.actor.id:
        return None
    return Refused("claim_not_held", {"ticket_id": ticket.id, "holder": held or ""})


def renewal(ticket: Ticket, setting: Setting) -> tuple[Change, ...]:
    """The claim's renewal by an act of its holder, or nothing.

    Only in the second half of its life: an agent who types away must not write a claim with every key.
    """
    expires = ticket.claim_expires_at
    if holder(ticket, setting.now) != setting.actor.id or expires is None:
        return ()
    until = claim_until(setting)
    if expires - setting.now > (until - setting.now) / 2:
        return ()
    return (TicketClaimed(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, until=until),)
