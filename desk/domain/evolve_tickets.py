"""Folds what happened to a ticket: one small function for each change, then its step and its due time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.domain import changes as ch
from desk.domain.case import Case
from desk.domain.path import facts_of, stepped
from desk.domain.sla import due_at
from desk.domain.tickets import Stage, Ticket

Turn = Callable[[Ticket, Any], Ticket]


def _chased(ticket: Ticket, change: ch.TicketChased) -> Ticket:
    notes = ticket.notes if change.note is None else (*ticket.notes, change.note)
    return replace(ticket, chased=ticket.chased + 1, notes=notes)


def _claimed(ticket: Ticket, change: ch.TicketClaimed) -> Ticket:
    """Somebody works on it: whoever was told that nobody does may forget it."""
    taken = replace(ticket, holder=change.by, claim_expires_at=change.until)
    return replace(taken, escalation=0, escalation_level="", escalate_at=None)


def _released(ticket: Ticket, change: ch.TicketReleased) -> Ticket:
    return replace(ticket, holder=None, claim_expires_at=None, escalate_at=change.escalate_at)


def _escalated(ticket: Ticket, change: ch.TicketEscalated) -> Ticket:
    told = ticket.escalation + 1
    return replace(ticket, escalation=told, escalation_level=change.level, escalate_at=change.escalate_at)


def _stage(ticket: Ticket, change: ch.StageMoved) -> Ticket:
    return replace(ticket, stage=change.stage)


def _reason(ticket: Ticket, change: ch.ReasonSet) -> Ticket:
    stated = replace(ticket, reason=change.reason, type=change.type, subtype=change.subtype, causes=change.causes)
    return replace(stated, manner=change.manner, by_keywords=False)


def _tagged(ticket: Ticket, change: ch.TicketTagged) -> Ticket:
    """A person who states why says it for good: from then on it is theirs (ReasonSet)."""
    found = replace(ticket, reason=change.reason, type=change.type, subtype=change.subtype, by_keywords=True)
    return replace(found, manner=change.manner)


def _mood(ticket: Ticket, change: ch.MoodSet) -> Ticket:
    return replace(ticket, mood=change.mood)


def _note(ticket: Ticket, change: ch.NoteAdded) -> Ticket:
    return replace(ticket, notes=(*ticket.notes, change.note))


def _paused(ticket: Ticket, change: ch.TicketPaused) -> Ticket:
    return replace(ticket, pauses=(*ticket.pauses, change.pause))


def _resumed(ticket: Ticket, change: ch.TicketResumed) -> Ticket:
    """The rule computed the moved clocks (sla.resumed): it knows the channel's calendar."""
    if not ticket.paused:
        return ticket
    return replace(
        ticket,
        pauses=(*ticket.pauses[:-1], replace(ticket.pauses[-1], until=change.at)),
        first_response_due=change.first_response_due,
        warn_at=change.warn_at,
        next_update_at=change.next_update_at,
    )


def _responded(ticket: Ticket, change: ch.FirstResponseGiven) -> Ticket:
    return replace(ticket, first_response_at=change.at)


def _breached(ticket: Ticket, change: ch.FirstResponseBreached) -> Ticket:
    return replace(ticket, first_response_breached=True)


def _message(ticket: Ticket, change: ch.MessageSent) -> Ticket:
    return replace(
        ticket,
        messages=(*ticket.messages, change.message),
        acts=ticket.acts | change.message.acts,
        next_update_at=change.next_update_at or ticket.next_update_at,
    )


def _checked(ticket: Ticket, change: ch.CheckAnswered) -> Ticket:
    """The last answer to a check stands, in its former place; the ones before are steps of the path."""
    answers = {answer.check: answer for answer in ticket.checks} | {change.answer.check: change.answer}
    return replace(ticket, checks=tuple(answers.values()))


def _promised(ticket: Ticket, change: ch.PromiseMade) -> Ticket:
    return replace(ticket, promises=(*ticket.promises, change.promise))


def _kept(ticket: Ticket, change: ch.PromiseKept) -> Ticket:
    kept = tuple(replace(p, kept_at=change.at) if p.id == change.promise_id else p for p in ticket.promises)
    return replace(ticket, promises=kept)


def _handed_over(ticket: Ticket, change: ch.TicketHandedOver) -> Ticket:
    """Who gives it away waits for word of it, unless it goes back to a team that does: that is the answer."""
    notes = ticket.notes if change.note is None else (*ticket.notes, change.note)
    waiting = tuple(team for team in ticket.came_from if team not in (change.team, ticket.team))
    if change.team not in ticket.came_from:
        waiting = (*waiting, ticket.team)
    return replace(
        ticket,
        team=change.team,
        notes=notes,
        holder=None,
        claim_expires_at=None,
        came_from=waiting,
        escalate_at=change.escalate_at,
    )


def _record(ticket: Ticket, change: ch.RecordWritten) -> Ticket:
    return replace(ticket, record=change.record)


def _closed(ticket: Ticket, change: ch.TicketClosed) -> Ticket:
    return replace(
        ticket,
        stage=Stage.CLOSED,
        outcome=change.outcome,
        closed_at=change.at,
        next_update_at=None,
        holder=None,
        claim_expires_at=None,
        escalate_at=None,
    )


def _archived(ticket: Ticket, change: ch.TicketArchived) -> Ticket:
    return replace(ticket, stage=Stage.ARCHIVED, archived_at=change.at)


def _reopened(ticket: Ticket, change: ch.TicketReopened) -> Ticket:
    """Starts again at identify. The old outcome and record are steps of the path; a new close needs a new record."""
    notes = ticket.notes if change.note is None else (*ticket.notes, change.note)
    again = replace(
        ticket,
        stage=Stage.IDENTIFY,
        reopened=ticket.reopened + 1,
        outcome="",
        record=None,
        closed_at=None,
        archived_at=None,
        notes=notes,
        escalation=0,
        escalation_level="",
        escalate_at=change.escalate_at,
    )
    if change.first_response_due is None:
        return again
    return replace(
        again,
        first_response_due=change.first_response_due,
        warn_at=change.warn_at,
        first_response_at=None,
        first_response_breached=False,
    )


def _rescheduled(ticket: Ticket, change: ch.TicketRescheduled) -> Ticket:
    return replace(
        ticket,
        no_return_at=change.no_return_at,
        priority=change.priority,
        needs_review=change.needs_review,
        amount=change.amount,
    )


def _revealed(ticket: Ticket, change: ch.ContactRevealed) -> Ticket:
    return ticket  # the step says it all


def _option(ticket: Ticket, change: ch.OptionChosen) -> Ticket:
    return replace(ticket, options=(*ticket.options, change.taken))


def _found(ticket: Ticket, change: ch.FindingNoted) -> Ticket:
    return replace(ticket, finding=change.finding)


def _gone(ticket: Ticket, change: ch.FindingGone) -> Ticket:
    return replace(ticket, finding=replace(ticket.finding, gone_at=change.at) if ticket.finding else None)


TURNS: dict[type[ch.TicketChange], Turn] = {
    ch.TicketChased: _chased,
    ch.TicketClaimed: _claimed,
    ch.TicketReleased: _released,
    ch.StageMoved: _stage,
    ch.ReasonSet: _reason,
    ch.TicketTagged: _tagged,
    ch.MoodSet: _mood,
    ch.NoteAdded: _note,
    ch.TicketPaused: _paused,
    ch.TicketResumed: _resumed,
    ch.FirstResponseGiven: _responded,
    ch.FirstResponseBreached: _breached,
    ch.MessageSent: _message,
    ch.CheckAnswered: _checked,
    ch.PromiseMade: _promised,
    ch.PromiseKept: _kept,
    ch.TicketHandedOver: _handed_over,
    ch.RecordWritten: _record,
    ch.TicketClosed: _closed,
    ch.TicketArchived: _archived,
    ch.TicketReopened: _reopened,
    ch.TicketRescheduled: _rescheduled,
    ch.ContactRevealed: _revealed,
    ch.FindingNoted: _found,
    ch.FindingGone: _gone,
    ch.OptionChosen: _option,
    ch.TicketEscalated: _escalated,
}


def opened(case: Case, change: ch.TicketOpened) -> Case:
    """A new ticket enters the case."""
    facts: dict[str, str | int | None] = {"kind": change.ticket.kind, "channel": change.ticket.channel}
    if change.ticket.finding is not None:
        facts |= facts_of(change.ticket.finding)
    ticket = stepped(change.ticket, change, facts)
    return case.put(replace(ticket, due_at=due_at(ticket)))


def turned(case: Case, change: ch.TicketChange) -> Case:
    """A ticket of the case after one change on it; KeyError where it is not part of the case."""
    ticket = case.entities["ticket", change.ticket_id]
    if not isinstance(ticket, Ticket):
        raise TypeError(f"{change.ticket_id} is no ticket")
    after = TURNS[type(change)](ticket, change)
    renewed = isinstance(change, ch.TicketClaimed) and ticket.holder == change.by
    if not renewed:
        after = stepped(after, change)
    return case.put(replace(after, due_at=due_at(after)))


def _renewal(ticket: Ticket, change: ch.TicketChange) -> bool:
    """A claim that its holder goes on with is no step: the path would be full of them."""
    return isinstance(change, ch.TicketClaimed) and ticket.holder == change.by


TICKETS: dict[type[ch.Change], Callable[[Case, Any], Case]] = {
    ch.TicketOpened: opened,
    **dict.fromkeys(TURNS, turned),
}
