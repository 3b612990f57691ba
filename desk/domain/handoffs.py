"""Rules of tasks between teams: asked, taken, answered, withdrawn, and told upwards when no answer comes (MISSION 90).

A task lives on its own: the ticket may be closed while a carrier claim still runs beside it (MISSION 104).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from desk.domain.case import Book, Case
from desk.domain.changes import TaskAsked, TaskEscalated, TaskReplied, TaskTaken, TaskWithdrawn
from desk.domain.choices import unknown
from desk.domain.commands import AskTeam, EscalateTask, ReplyTask, TakeTask, WithdrawTask, text_id
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.loading import Gathering
from desk.domain.people import Actor, Team
from desk.domain.permissions import leads
from desk.domain.rule import Rule, Setting, rule
from desk.domain.tasks import Task
from desk.domain.ticket_access import on_held_ticket
from desk.domain.tickets import Ticket

TaskRule = Callable[[Task, Any, Setting], Decision]


def load_asking(book: Book, command: AskTeam, setting: Setting) -> Case:
    """The ticket with its order and all that hangs on that, the task where there is one already, and the team."""
    gathering = Gathering(book)
    gathering.ticket(command.ticket_id)
    gathering.get(Task, command.task_id)
    gathering.get(Team, command.team)
    return gathering.case()


def load_task(book: Book, command: Any, setting: Setting) -> Case:
    """The task with its ticket and its order."""
    gathering = Gathering(book)
    gathering.task(command.task_id)
    return gathering.case()


# --- asking ------------------------------------------------------------------------------------------------------


@rule(AskTeam, load_asking)
@on_held_ticket
def ask_team(case: Case, ticket: Ticket, command: AskTeam, setting: Setting) -> Decision:
    """Whoever works on the ticket asks; also without a line, the task is there as soon as the centre hears of it."""
    # The id was made by the caller: a desk that does not hold it takes it for new, as with a ticket.
    if case.get(Task, command.task_id) is not None:
        return Refused("task_exists", {"task_id": command.task_id})
    if command.team and case.find(Team, command.team) is None:
        return Refused("no_such_team", {"team": command.team})
    words_id = text_id(command.id, "words") if command.words.strip() else ""
    asked = asking(
        ticket,
        setting,
        task_id=command.task_id,
        what=command.what,
        team=command.team,
        due_at=command.due_at,
        words_id=words_id,
    )
    return asked if isinstance(asked, Refused) else Accepted((asked,))


def asking(
    ticket: Ticket,
    setting: Setting,
    *,
    task_id: str,
    what: str,
    team: str = "",
    due_at: datetime | None = None,
    words_id: str = "",
    command_id: str = "",
) -> TaskAsked | Refused:
    """The change that asks a team, also as a part of a handling option (`command_id`); Refused where policy has no such
    hand-off or the time is over already."""
    kind = setting.policy.handoffs.kind(what)
    if kind is None:
        return unknown("what", what)
    due = due_at or setting.now + timedelta(minutes=kind.due_minutes)
    if due <= setting.now:
        return Refused("due_in_past", {"due_at": due.isoformat()})
    task = Task(
        id=task_id,
        ticket_id=ticket.id,
        order_id=ticket.order_id,
        order_number=ticket.order_number,
        store_id=ticket.store_id,
        team=team or kind.team,
        asked_by=setting.actor.id,
        asked_team=ticket.team,
        asked_at=setting.now,
        what=what,
        due_at=due,
        words_id=words_id,
        escalate_at=due if setting.policy.handoffs.ladder else None,
        command_id=command_id,
    )
    return TaskAsked(at=setting.now, by=setting.actor.id, task=task)


# --- answering ---------------------------------------------------------------------------------------------------


def works_on(actor: Actor, task: Task) -> bool:
    """Whether it is a task of this person's team, or the person leads."""
    return task.team in actor.teams or leads(actor.level)


def asked_it(actor: Actor, task: Task) -> bool:
    """Whether this person, or the team that is theirs, asked for it; or the person leads."""
    return actor.id == task.asked_by or task.asked_team in actor.teams or leads(actor.level)


def _on_open_task(function: TaskRule) -> Rule:
    """The rule is given the task (`no_such_task`), still to be done (`task_ended`)."""

    @wraps(function)
    def decided(case: Case, command: Any, setting: Setting) -> Decision:
        task = case.find(Task, command.task_id)
        if task is None:
            return Refused("no_such_task", {"task_id": command.task_id})
        if not task.is_open:
            return Refused("task_ended", {"task_id": task.id, "state": task.state.value})
        return function(task, command, setting)

    return decided


def _not_yours(task: Task, setting: Setting) -> Refused | None:
    """A task that somebody took is theirs, until it is overdue or somebody who leads steps in."""
    actor = setting.actor
    if not works_on(actor, task):
        return Refused("not_your_team", {"team": task.team})
    theirs = task.holder not in (None, actor.id) and setting.now < task.due_at and not leads(actor.level)
    return Refused("task_taken", {"task_id": task.id, "holder": task.holder or ""}) if theirs else None


@rule(TakeTask, load_task)
@_on_open_task
def take(task: Task, command: TakeTask, setting: Setting) -> Decision:
    """Take it, or take over what a colleague left lying."""
    refused = _not_yours(task, setting)
    if refused is not None:
        return refused
    if task.holder == setting.actor.id:
        return Refused("task_taken", {"task_id": task.id, "holder": task.holder})
    return Accepted((TaskTaken(at=setting.now, by=setting.actor.id, task_id=task.id),))


@rule(ReplyTask, load_task)
@_on_open_task
def reply(task: Task, command: ReplyTask, setting: Setting) -> Decision:
    """Answer it; a no says why (`reply_empty`)."""
    refused = _not_yours(task, setting)
    if refused is not None:
        return refused
    said = command.words.strip()
    if not command.done and not said:
        return Refused("reply_empty", {"task_id": task.id})
    answer = TaskReplied(
        at=setting.now,
        by=setting.actor.id,
        task_id=task.id,
        done=command.done,
        reference=command.reference.strip(),
        reply_id=text_id(command.id, "words") if said else "",
    )
    return Accepted((answer,))


@rule(WithdrawTask, load_task)
@_on_open_task
def withdraw(task: Task, command: WithdrawTask, setting: Setting) -> Decision:
    """No longer needed: by whoever asked, or their team."""
    if not asked_it(setting.actor, task):
        return Refused("not_your_team", {"team": task.asked_team})
    return Accepted((TaskWithdrawn(at=setting.now, by=setting.actor.id, task_id=task.id),))


@rule(EscalateTask, load_task)
@_on_open_task
def escalate_task(task: Task, command: EscalateTask, setting: Setting) -> Decision:
    """By the centre: no reply when it was due; one level of the ladder after the other is told, once each."""
    if task.escalate_at is None or setting.now < task.escalate_at:
        return Refused("too_early", {"task_id": task.id})
    rules = setting.policy.handoffs
    levels = rules.ladder[task.escalations :]
    if not levels:
        return Refused("no_level_above", {"level": task.level})
    again = setting.now + timedelta(minutes=rules.escalate_minutes) if len(levels) > 1 else None
    told = TaskEscalated(at=setting.now, by=setting.actor.id, task_id=task.id, level=levels[0], escalate_at=again)
    return Accepted((told,))


# --- what others ask of tasks ------------------------------------------------------------------------------------


def open_tasks(tasks: tuple[Task, ...], ticket_id: str) -> tuple[Task, ...]:
    """What a ticket still waits for, the nearest due first."""
    waiting = (task for task in tasks if task.ticket_id == ticket_id and task.is_open)
    return tuple(sorted(waiting, key=lambda task: (task.due_at, task.id)))


def is_late(task: Task, now: datetime) -> bool:
    """Whether it should have been answered by now."""
    return task.is_open and task.due_at <= now
