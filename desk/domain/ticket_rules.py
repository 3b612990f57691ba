"""Rules of working on a ticket one holds: stages, reason, mood, notes, pauses, hand-over, promises; and the breach."""

from __future__ import annotations

from desk.domain import sla
from desk.domain.case import Book, Case
from desk.domain.changes import (
    Change,
    FirstResponseBreached,
    MoodSet,
    NoteAdded,
    PromiseKept,
    ReasonSet,
    StageMoved,
    TicketHandedOver,
    TicketPaused,
    TicketResumed,
)
from desk.domain.choices import deeper_causes, manner_of, misfit, picked, unknown
from desk.domain.commands import (
    AddNote,
    HandOver,
    KeepPromise,
    MarkBreach,
    MoveStage,
    PauseTicket,
    ResumeTicket,
    SetMood,
    SetReason,
)
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.escalation import first_told_at
from desk.domain.loading import Gathering
from desk.domain.people import Team
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import note_of, on_held_ticket, on_ticket, order_of, ticket_case
from desk.domain.tickets import MOVES, OPEN_STAGES, Kind, Pause, Stage, Ticket
from desk.domain.urgency import rescheduled_for


@rule(MoveStage, ticket_case)
@on_held_ticket
def move_stage(case: Case, ticket: Ticket, command: MoveStage, setting: Setting) -> Decision:
    """Along the stages and back; closing, archiving and reopening have rules of their own.

    Nothing is resolved before it is known why: no "agree" without a reason (MISSION 9, 65).
    """
    if command.stage not in MOVES[ticket.stage] or command.stage not in OPEN_STAGES:
        return Refused("illegal_move", {"from": ticket.stage.value, "to": command.stage.value})
    if command.stage is Stage.RESOLVE:
        if ticket.kind is Kind.CANCEL and not ticket.reason:
            return Refused("reason_missing", {"ticket_id": ticket.id})
        if ticket.kind is Kind.EXCEPTION and not ticket.subtype:
            return Refused("type_missing", {"ticket_id": ticket.id})
    return Accepted((StageMoved(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, stage=command.stage),))


@rule(SetReason, ticket_case)
@on_held_ticket
def set_reason(case: Case, ticket: Ticket, command: SetReason, setting: Setting) -> Decision:
    """State or correct why; the priority follows (MISSION 8)."""
    policy = setting.policy
    refused = misfit(policy, ticket.kind, reason=command.reason, type_key=command.type, subtype=command.subtype)
    if refused is not None:
        return refused
    if not (command.reason or command.type):
        return Refused("reason_missing", {"ticket_id": ticket.id})
    below = {"reason": command.reason, "type_key": command.type, "subtype": command.subtype}
    known = {cause.key for cause in deeper_causes(policy, ticket.kind, **below)}
    strange = [cause for cause in command.causes if cause not in known]
    if strange:
        return unknown("causes", strange[0])
    changes: list[Change] = [
        ReasonSet(
            at=setting.now,
            by=setting.actor.id,
            ticket_id=ticket.id,
            reason=command.reason,
            type=command.type,
            subtype=command.subtype,
            causes=command.causes,
            manner=manner_of(policy, command.type, command.subtype),
        )
    ]
    moved = rescheduled_for(policy, ticket, command.reason, order_of(case, ticket), setting.now, setting.actor.id)
    return Accepted(tuple(changes) if moved is None else (*changes, moved))


@rule(SetMood, ticket_case)
@on_held_ticket
def set_mood(case: Case, ticket: Ticket, command: SetMood, setting: Setting) -> Decision:
    """Flag the customer's emotion; empty takes the flag away."""
    refused = picked("mood", command.mood, setting.policy.tickets.moods)
    if refused is not None:
        return refused
    return Accepted((MoodSet(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, mood=command.mood),))


@rule(AddNote, ticket_case)
@on_ticket
def add_note(case: Case, ticket: Ticket, command: AddNote, setting: Setting) -> Decision:
    """Anybody who sees the ticket may note what they know; no claim is needed, and none is taken from its holder."""
    if not ticket.is_open:
        return Refused("ticket_closed", {"ticket_id": ticket.id})
    note = note_of(command.id, "words", command.words, setting)
    if note is None:
        return Refused("note_empty", {"ticket_id": ticket.id})
    return Accepted((NoteAdded(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, note=note),))


@rule(PauseTicket, ticket_case)
@on_held_ticket
def pause(case: Case, ticket: Ticket, command: PauseTicket, setting: Setting) -> Decision:
    """Stop the ticket's own clocks, for a reason of policy."""
    if ticket.paused:
        return Refused("already_paused", {"ticket_id": ticket.id})
    if not command.reason:
        return unknown("reason", "")
    refused = picked("reason", command.reason, setting.policy.tickets.pause_reasons)
    if refused is not None:
        return refused
    stretch = Pause(since=setting.now, reason=command.reason)
    return Accepted((TicketPaused(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, pause=stretch),))


@rule(ResumeTicket, ticket_case)
@on_held_ticket
def resume(case: Case, ticket: Ticket, command: ResumeTicket, setting: Setting) -> Decision:
    """Let the clocks run on."""
    if not ticket.paused:
        return Refused("not_paused", {"ticket_id": ticket.id})
    return Accepted((resumption(ticket, setting),))


def resumption(ticket: Ticket, setting: Setting) -> TicketResumed:
    """The end of the ticket's open pause, with its clocks moved."""
    clocks = sla.resumed(ticket, setting.policy, setting.now)
    return TicketResumed(
        at=setting.now,
        by=setting.actor.id,
        ticket_id=ticket.id,
        first_response_due=clocks.first_response_due,
        warn_at=clocks.warn_at,
        next_update_at=clocks.next_update_at,
    )


def load_hand_over(book: Book, command: HandOver, setting: Setting) -> Case:
    """The ticket with its order, and the team it goes to."""
    gathering = Gathering(book)
    gathering.ticket(command.ticket_id)
    gathering.get(Team, command.team)
    return gathering.case()


@rule(HandOver, load_hand_over)
@on_held_ticket
def hand_over(case: Case, ticket: Ticket, command: HandOver, setting: Setting) -> Decision:
    """Give it to another team: its scope changes with it, and nobody holds it (MISSION 90)."""
    if command.team == ticket.team:
        return Refused("same_team", {"team": command.team})
    if case.find(Team, command.team) is None:
        return Refused("no_such_team", {"team": command.team})
    given = TicketHandedOver(
        at=setting.now,
        by=setting.actor.id,
        ticket_id=ticket.id,
        team=command.team,
        note=note_of(command.id, "words", command.words, setting),
        escalate_at=first_told_at(setting.policy, ticket, setting.now),
    )
    return Accepted((given,))


@rule(KeepPromise, ticket_case)
@on_held_ticket
def keep_promise(case: Case, ticket: Ticket, command: KeepPromise, setting: Setting) -> Decision:
    """Mark a promise as kept, once."""
    promise = next((p for p in ticket.promises if p.id == command.promise_id), None)
    if promise is None:
        return Refused("no_such_promise", {"promise_id": command.promise_id})
    if promise.kept_at is not None:
        return Refused("promise_kept", {"promise_id": promise.id})
    return Accepted((PromiseKept(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, promise_id=promise.id),))


@rule(MarkBreach, ticket_case)
@on_ticket
def mark_breach(case: Case, ticket: Ticket, command: MarkBreach, setting: Setting) -> Decision:
    """By the centre: the first response is overdue, and that stays on record whatever is said later (MISSION 11)."""
    if ticket.first_response_breached:
        return Refused("already_marked", {"ticket_id": ticket.id})
    if not sla.breached(ticket, setting.now):
        return Refused("not_due", {"ticket_id": ticket.id})
    return Accepted((FirstResponseBreached(at=setting.now, by=setting.actor.id, ticket_id=ticket.id),))
