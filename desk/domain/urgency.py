"""How pressing a ticket is: its priority, the order's point of no return, whether a person has to look.

Computed from the order's facts when a ticket opens, when its reason changes, and when the order changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.domain.changes import TicketRescheduled
from desk.domain.choices import reason_of
from desk.domain.orders import Order
from desk.domain.policy import Policy
from desk.domain.prescreen import Colour, is_time_critical, prescreen
from desk.domain.tickets import Kind, Ticket

_EXCEPTION = 50  # between the reasons of policy: a broken order is no lesser matter than a cancel
_CRITICAL = 20  # fresh goods, a birthday cake, a wrong address: minutes count (MISSION 37)


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency:
    """What the order's facts say about a ticket; `amount` is what is at stake, minor units."""

    priority: int
    no_return_at: datetime | None = None
    needs_review: bool = False
    amount: int = 0


def priority(policy: Policy, kind: Kind, reason: str, order: Order | None) -> int:
    """Higher comes first among equal due times: by reason, by time-critical goods, by the customer's tier."""
    picked = reason_of(policy, reason) if kind is Kind.CANCEL else None
    points = _EXCEPTION if kind is Kind.EXCEPTION else (picked.priority if picked else 0)
    if picked is not None and picked.time_critical:
        points += _CRITICAL
    if order is None:
        return points
    if is_time_critical(order):
        points += _CRITICAL
    tiers = [tier.key for tier in policy.tiers]
    return points + (tiers.index(order.tier) if order.tier in tiers else 0)


def urgency(policy: Policy, kind: Kind, reason: str, order: Order | None, now: datetime) -> Urgency:
    """How pressing a ticket of that kind and reason on that order is at `now`."""
    points = priority(policy, kind, reason, order)
    if order is None:
        return Urgency(priority=points)
    if kind is not Kind.CANCEL:
        return Urgency(priority=points, amount=order.value)
    verdict = prescreen(order, policy, now)
    return Urgency(
        priority=points,
        no_return_at=verdict.no_return_at,
        needs_review=verdict.colour is Colour.PERSON,
        amount=order.value,
    )


def rescheduled(
    policy: Policy, ticket: Ticket, order: Order | None, now: datetime, by: str
) -> TicketRescheduled | None:
    """The change that brings the ticket's clocks in line with the order's facts, or None where they are."""
    return rescheduled_for(policy, ticket, ticket.reason, order, now, by)


def rescheduled_for(
    policy: Policy, ticket: Ticket, reason: str, order: Order | None, now: datetime, by: str
) -> TicketRescheduled | None:
    """The same for a ticket whose reason is about to be `reason`."""
    found = urgency(policy, ticket.kind, reason, order, now)
    have = (ticket.priority, ticket.no_return_at, ticket.needs_review, ticket.amount)
    if have == (found.priority, found.no_return_at, found.needs_review, found.amount):
        return None
    return TicketRescheduled(
        at=now,
        by=by,
        ticket_id=ticket.id,
        no_return_at=found.no_return_at,
        priority=found.priority,
        needs_review=found.needs_review,
        amount=found.amount,
    )
