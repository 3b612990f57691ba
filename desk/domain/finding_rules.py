"""Rules of what was found by itself: noted on an open ticket, cleared when it is no longer so (MISSION 72, 73)."""

from __future__ import annotations

from desk.domain.case import Case
from desk.domain.changes import Change, FindingGone, FindingNoted, RecordWritten, StageMoved, TicketClosed
from desk.domain.commands import ClearFinding, NoteFinding, text_id
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.people import SYSTEM_ACTOR
from desk.domain.policy import DetectionPolicy
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import on_ticket, ticket_case
from desk.domain.tickets import Finding, Record, Stage, Ticket

_WAIVED = "finding_gone"
_WAY = {
    Stage.IDENTIFY: (Stage.ANALYSE, Stage.RESOLVE),
    Stage.ANALYSE: (Stage.RESOLVE,),
    Stage.RESOLVE: (),
}


def raised_by_detection(ticket: Ticket) -> bool:
    """Whether detection opened it: a finding that was noted on somebody's ticket does not make it detection's."""
    return bool(ticket.path) and bool(ticket.path[0].data.get("rule"))


def untouched(ticket: Ticket) -> bool:
    """Whether the system alone has had to do with it: nobody took it, wrote on it, or asked for it."""
    by_people = any(step.by != SYSTEM_ACTOR.id for step in ticket.path)
    return not (by_people or ticket.holder or ticket.chased or ticket.notes or ticket.messages)


def same(one: Finding | None, other: Finding) -> bool:
    """Whether two findings say the same; when one went away, and which limits made it one, does not count."""
    return one is not None and _said(one) == _said(other)


def _said(finding: Finding) -> tuple[str, str, dict[str, str | int]]:
    facts = {name: value for name, value in finding.saw.items() if not name.startswith("limit_")}
    return finding.rule, finding.window, facts


@rule(NoteFinding, ticket_case)
@on_ticket
def note(case: Case, ticket: Ticket, command: NoteFinding, setting: Setting) -> Decision:
    """The ticket keeps what was seen; the path has it from then on."""
    if not ticket.is_open:
        return Refused("ticket_closed", {"ticket_id": ticket.id})
    if ticket.finding is not None and ticket.finding.gone_at is None and same(ticket.finding, command.finding):
        return Refused("finding_known", {"rule": command.finding.rule})
    noted = FindingNoted(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, finding=command.finding)
    return Accepted((noted,))


@rule(ClearFinding, ticket_case)
@on_ticket
def clear(case: Case, ticket: Ticket, command: ClearFinding, setting: Setting) -> Decision:
    """A note on a ticket that somebody works on; the end of one that detection opened and nobody touched."""
    if not ticket.is_open:
        return Refused("ticket_closed", {"ticket_id": ticket.id})
    if ticket.finding is None or ticket.finding.gone_at is not None:
        return Refused("no_finding", {"ticket_id": ticket.id})
    rule_key = ticket.finding.rule
    gone = FindingGone(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, rule=rule_key, why=command.why)
    if not (raised_by_detection(ticket) and untouched(ticket)):
        return Accepted((gone,))
    return _closed(ticket, command, gone, setting)


def _closed(ticket: Ticket, command: ClearFinding, gone: FindingGone, setting: Setting) -> Accepted:
    """The whole way to the end, with a record that says why nobody did anything."""
    rules = setting.policy.detection
    at, by = setting.now, setting.actor.id
    record = Record(
        process_id=text_id(command.id, "process"),
        cause=ticket.subtype,
        result=rules.result,
        feedback_id=text_id(command.id, "feedback"),
        acts_waived=_WAIVED,
    )
    changes: list[Change] = [gone]
    changes += [StageMoved(at=at, by=by, ticket_id=ticket.id, stage=stage) for stage in _WAY[ticket.stage]]
    changes.append(RecordWritten(at=at, by=by, ticket_id=ticket.id, record=record))
    changes.append(TicketClosed(at=at, by=by, ticket_id=ticket.id, outcome=rules.outcome))
    return Accepted(tuple(changes), private=_words(record, rules))


def _words(record: Record, rules: DetectionPolicy) -> dict[str, dict[str, str]]:
    return {
        record.process_id: {"text": rules.process.get(rules.language, "")},
        record.feedback_id: {"text": rules.feedback.get(rules.language, "")},
    }
