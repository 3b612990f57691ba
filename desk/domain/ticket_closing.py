"""Rules of the end: the record, closing with all five acts or a reason, the archive."""

from __future__ import annotations

from datetime import timedelta

from desk.domain.case import Case
from desk.domain.changes import Change, RecordWritten, TicketArchived, TicketClosed
from desk.domain.choices import picked, record_causes, unknown
from desk.domain.commands import ArchiveTicket, CloseTicket, WriteRecord, text_id
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.ledger import Approval, ApprovalState, Effect, EffectState
from desk.domain.orders import OrderState
from desk.domain.people import Level
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import on_held_ticket, on_ticket, order_of, ticket_case
from desk.domain.ticket_rules import resumption
from desk.domain.tickets import Act, Record, Stage, Ticket

CANCELLED = "cancelled"  # the one outcome that the order itself has to confirm


@rule(WriteRecord, ticket_case)
@on_held_ticket
def write_record(case: Case, ticket: Ticket, command: WriteRecord, setting: Setting) -> Decision:
    """Process, cause, result and feedback, all of them (MISSION 111); written again it replaces the former one."""
    given = {
        "process": command.process.strip(),
        "cause": command.cause,
        "result": command.result,
        "feedback": command.feedback.strip(),
    }
    missing = [name for name, value in given.items() if not value]
    if missing:
        return Refused("record_incomplete", {"missing": ",".join(missing)})
    refused = picked("cause", command.cause, record_causes(setting.policy, ticket)) or picked(
        "result", command.result, setting.policy.tickets.results
    )
    if refused is not None:
        return refused
    if command.satisfaction is not None and not 1 <= command.satisfaction <= 5:
        return unknown("satisfaction", str(command.satisfaction))
    record = Record(
        process_id=text_id(command.id, "process"),
        cause=command.cause,
        result=command.result,
        feedback_id=text_id(command.id, "feedback"),
        satisfaction=command.satisfaction,
        acts_waived=command.acts_waived.strip(),
    )
    return Accepted((RecordWritten(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, record=record),))


@rule(CloseTicket, ticket_case)
@on_held_ticket
def close(case: Case, ticket: Ticket, command: CloseTicket, setting: Setting) -> Decision:
    """Close with an outcome once everything is done, written down and true."""
    if not command.outcome:
        return unknown("outcome", "")
    refused = picked("outcome", command.outcome, setting.policy.tickets.outcomes)
    if refused is None:
        refused = _not_ready(ticket) or _still_open(case, ticket) or _untrue(case, ticket, command.outcome)
    if refused is not None:
        return refused
    changes: list[Change] = [resumption(ticket, setting)] if ticket.paused else []
    changes.append(TicketClosed(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, outcome=command.outcome))
    return Accepted(tuple(changes))


def missing_acts(ticket: Ticket) -> tuple[Act, ...]:
    """The acts of communication that were not done yet, in their order (MISSION 91-95)."""
    return tuple(act for act in Act if act not in ticket.acts)


def _not_ready(ticket: Ticket) -> Refused | None:
    if ticket.stage is not Stage.RESOLVE:
        return Refused("not_resolved", {"stage": ticket.stage.value})
    if ticket.record is None:
        return Refused("record_missing", {"ticket_id": ticket.id})
    missing = missing_acts(ticket)
    if missing and not ticket.record.acts_waived:
        return Refused("acts_missing", {"missing": ",".join(act.value for act in missing)})
    return None


def _still_open(case: Case, ticket: Ticket) -> Refused | None:
    """What this ticket asked for and nobody will look at once it is closed.

    Money on its way does not hold the ticket: it arrives in days, under its promise. Money that failed does, and so
    does a request for approval that is still before somebody.
    """
    if ticket.order_id is None:
        return None
    for approval in case.of_order(Approval, ticket.order_id):
        if approval.ticket_id == ticket.id and approval.state is ApprovalState.ASKED:
            return Refused("approval_pending", {"approval_id": approval.id})
    for effect in case.of_order(Effect, ticket.order_id):
        if effect.ticket_id == ticket.id and effect.entry_key and effect.state is EffectState.FAILED:
            return Refused("money_pending", {"effect_id": effect.id, "kind": effect.kind.value})
    return None


def _untrue(case: Case, ticket: Ticket, outcome: str) -> Refused | None:
    """Nobody reports a cancel that did not happen."""
    order = order_of(case, ticket)
    if outcome != CANCELLED or order is None or order.state is OrderState.CANCELLED:
        return None
    return Refused("order_not_cancelled", {"order_id": order.id})


@rule(ArchiveTicket, ticket_case)
@on_ticket
def archive(case: Case, ticket: Ticket, command: ArchiveTicket, setting: Setting) -> Decision:
    """By a person at once, by the centre after the time in which a customer may still come back."""
    if ticket.stage is not Stage.CLOSED or ticket.closed_at is None:
        return Refused("not_closed", {"stage": ticket.stage.value})
    ripe = ticket.closed_at + timedelta(hours=setting.policy.tickets.archive_after_hours)
    if setting.actor.level is Level.SYSTEM and ripe > setting.now:
        return Refused("not_yet", {"until": ripe.isoformat()})
    return Accepted((TicketArchived(at=setting.now, by=setting.actor.id, ticket_id=ticket.id),))
