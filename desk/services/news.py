"""What is new about a ticket or a task since a person last heard of it: pure comparisons behind the notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.domain import sla
from desk.domain.tasks import Task, TaskState
from desk.domain.tickets import Ticket
from desk.services.reader import Reader, named, tail
from desk.services.rows import Names, Notice, NoticeKind

FRESH = timedelta(minutes=30)  # what is older and comes into sight is no news
_ANSWERED = frozenset({TaskState.DONE, TaskState.DECLINED})


@dataclass(frozen=True, slots=True)
class Seen:
    """What was known of a ticket when somebody last heard of it. `given_away`: by a team of theirs, and not back."""

    chased: int
    warn_at: datetime | None
    team: str = ""
    escalation: int = 0
    given_away: bool = False


def seen(reader: Reader, ticket: Ticket) -> Seen:
    """What there is to know of it now."""
    return Seen(
        chased=ticket.chased,
        warn_at=ticket.warn_at if sla.unhandled(ticket) else None,
        team=ticket.team,
        escalation=ticket.escalation,
        given_away=ticket.team not in reader.actor.teams and bool(set(ticket.came_from) & set(reader.actor.teams)),
    )


def of_ticket(reader: Reader, ticket: Ticket, before: Seen | None) -> NoticeKind | None:
    """Why this person should hear of an open ticket, or of one that was closed; None where there is nothing new."""
    if not ticket.is_open:
        elsewhere = before is not None and before.given_away and ticket.team not in reader.actor.teams
        return NoticeKind.CLOSED_ELSEWHERE if elsewhere else None
    if ticket.escalation > (before.escalation if before else 0) and ticket.escalation_level == reader.actor.level:
        return NoticeKind.ESCALATED
    if not is_theirs(reader, ticket):
        return None
    if before is None:
        return _comes_in(reader, ticket)
    if before.given_away and ticket.team != before.team:
        return NoticeKind.HANDED_BACK
    return NoticeKind.CHASED if ticket.chased > before.chased else None


def is_theirs(reader: Reader, ticket: Ticket) -> bool:
    """Whether it is a ticket of this person's teams or store: others are here beside an order alone. Who is in no team
    (an administrator at a desk of the hotline) hears of all."""
    teams, store = reader.actor.teams, reader.actor.store_id
    return not teams or ticket.team in teams or (store is not None and store == ticket.store_id)


def _comes_in(reader: Reader, ticket: Ticket) -> NoticeKind | None:
    """A ticket that was not here before: rung in just now, or handed to this team just now."""
    came_at = ticket.opened_at
    for step in reversed(ticket.path):
        if step.code == "ticket_handed_over":
            came_at = max(came_at, step.at)
            break
    new = reader.now - came_at < FRESH and ticket.opened_by != reader.actor.id
    return NoticeKind.NEW if new else None


@dataclass(frozen=True, slots=True)
class SeenTask:
    """The same of a task."""

    state: TaskState
    escalations: int


def seen_task(task: Task) -> SeenTask:
    """What there is to know of it now."""
    return SeenTask(task.state, task.escalations)


def of_task(reader: Reader, task: Task, before: SeenTask | None) -> NoticeKind | None:
    """Why this person should hear of a task; None where there is nothing new for them."""
    if task.is_open:
        return _of_open_task(reader, task, before)
    answered = before is not None and before.state not in _ANSWERED and task.state in _ANSWERED
    if not answered or task.replied_by == reader.actor.id:
        return None
    return NoticeKind.REPLY if _waits_for(reader, task) else None


def _of_open_task(reader: Reader, task: Task, before: SeenTask | None) -> NoticeKind | None:
    if task.escalations > (before.escalations if before else 0) and task.level == reader.actor.level:
        return NoticeKind.OVERDUE
    if before is not None or task.team not in reader.actor.teams or task.asked_by == reader.actor.id:
        return None
    return NoticeKind.TASK if reader.now - task.asked_at < FRESH else None


def _waits_for(reader: Reader, task: Task) -> bool:
    """Who asked hears the answer, and whoever has the case in hand by now; where nobody has, all of the team."""
    ticket = reader.ticket(task.ticket_id)
    holder = ticket.holder if ticket else None
    me = reader.actor.id
    return me in (task.asked_by, holder) or (holder is None and task.asked_team in reader.actor.teams)


def ticket_notice(reader: Reader, kind: NoticeKind, ticket: Ticket) -> Notice:
    """The announcement of a ticket."""
    data: dict[str, str | int | None] = {
        "tail": tail(ticket.order_number),
        "channel": str(ticket.channel),
        "kind": str(ticket.kind),
        "level": ticket.escalation_level,
    }
    return Notice(
        kind=kind,
        ticket_id=ticket.id,
        label=reader.label(ticket),
        order_tail=tail(ticket.order_number),
        data=data,
    )


def task_notice(reader: Reader, kind: NoticeKind, task: Task) -> Notice:
    """The announcement of a task, by the hand-off's name."""
    label: Names = named(reader.policy.handoffs.kinds, task.what) or {"zh": task.what, "en": task.what}
    data: dict[str, str | int | None] = {
        "tail": tail(task.order_number),
        "task_id": task.id,
        "state": str(task.state),
        "by": reader.person(task.replied_by or task.asked_by),
        "level": task.level,
    }
    return Notice(kind=kind, ticket_id=task.ticket_id, label=label, order_tail=tail(task.order_number), data=data)
