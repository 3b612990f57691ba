"""The clocks of a ticket: first response, warning, promises, progress, point of no return, and what a pause does.

All results are absolute times in UTC: lists sort by them, and nothing is recomputed as time goes by (DESIGN 1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desk.domain.calendars import add_working, working_between
from desk.domain.people import SYSTEM_ACTOR
from desk.domain.policy import Policy
from desk.domain.tickets import Channel, Promise, Ticket

# Sorts after everything that has a clock. A view shows no clock for it.
NOTHING_DUE = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The clocks that belong to the ticket itself and stand still in a pause. None: does not run."""

    first_response_due: datetime | None
    warn_at: datetime | None
    next_update_at: datetime | None = None


def after(policy: Policy, channel: Channel, start: datetime, span: timedelta) -> datetime:
    """`span` later by the clock of that channel: real time, or the service desk's working time."""
    if policy.tickets.channels[channel].calendar:
        return add_working(policy.tickets.calendar, start, span)
    return start + span


def opening_clocks(policy: Policy, channel: Channel, opened_at: datetime) -> Clocks:
    """The clocks of a ticket that opens (or opens again) now (MISSION 11-13).

    Where the channel answers by itself the first response is given at once; the customer then waits for a person, so
    the next word is due when the warning is.
    """
    level = policy.tickets.channels[channel]

    def later(minutes: int) -> datetime:
        return after(policy, channel, opened_at, timedelta(minutes=minutes))

    due = later(level.first_response_minutes)
    warn = None if level.warn_minutes is None else later(level.warn_minutes)
    return Clocks(
        first_response_due=due,
        warn_at=warn,
        next_update_at=(warn or due) if level.automatic_response else None,
    )


def next_update(policy: Policy, ticket: Ticket, now: datetime) -> datetime:
    """When the customer should hear of progress again after a message at `now` (act 3, MISSION 93)."""
    return after(policy, ticket.channel, now, timedelta(minutes=policy.tickets.progress_update_minutes))


def open_promises(ticket: Ticket) -> tuple[Promise, ...]:
    """Promises not kept yet, the nearest first."""
    return tuple(sorted((p for p in ticket.promises if p.kept_at is None), key=lambda p: (p.due_at, p.id)))


def due_at(ticket: Ticket) -> datetime:
    """The nearest of first response, progress, open promises and point of no return; NOTHING_DUE where none runs.

    In a pause the ticket's own clocks stand still; a promise was given to a person and the parcel leaves all the same,
    so those two go on.
    """
    if not ticket.is_open:
        return NOTHING_DUE
    times = [promise.due_at for promise in open_promises(ticket)]
    times.append(ticket.no_return_at or NOTHING_DUE)
    if not ticket.paused:
        times.append(ticket.next_update_at or NOTHING_DUE)
        if ticket.first_response_at is None:
            times.append(ticket.first_response_due or NOTHING_DUE)
    return min(times)


def resumed(ticket: Ticket, policy: Policy, now: datetime) -> Clocks:
    """The ticket's own clocks after its open pause ends at `now`: moved by the pause's length in the channel's clock.

    What was due before the pause began stays where it was: a pause heals no breach.
    """
    since = ticket.pauses[-1].since
    calendar = policy.tickets.calendar if policy.tickets.channels[ticket.channel].calendar else None

    def moved(due: datetime | None, stood: datetime = since) -> datetime | None:
        if due is None or due <= stood:
            return due
        if calendar is None:
            return due + (now - stood)
        return add_working(calendar, due, working_between(calendar, stood, now))

    spoke = max((message.at for message in ticket.messages), default=since)  # a message in the pause set a new update
    responded = ticket.first_response_at is not None
    return Clocks(
        first_response_due=ticket.first_response_due if responded else moved(ticket.first_response_due),
        warn_at=ticket.warn_at if responded else moved(ticket.warn_at),
        next_update_at=moved(ticket.next_update_at, max(since, spoke)),
    )


def breached(ticket: Ticket, now: datetime) -> bool:
    """Whether the first response is overdue and not marked so yet; in a pause only what was due before it."""
    return ticket.overdue_at is not None and ticket.overdue_at <= now


def warned(ticket: Ticket, now: datetime) -> bool:
    """Whether nobody has taken it in hand though the warning time is over: the customer is about to call (MISSION 13).

    The automatic response of a channel is no handling.
    """
    return unhandled(ticket) and ticket.warn_at is not None and ticket.warn_at <= now


def unhandled(ticket: Ticket) -> bool:
    """Whether it is open, its clocks run, and no person holds it or has said anything."""
    if not ticket.is_open or ticket.paused:
        return False
    return ticket.holder is None and all(message.by == SYSTEM_ACTOR.id for message in ticket.messages)
