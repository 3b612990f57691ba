"""Folds what happened to tasks between teams and to blocks of customers; each is a step of its ticket's path too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desk.domain import changes as ch
from desk.domain.case import Case
from desk.domain.path import Fact, facts_of, on_path, stepped
from desk.domain.tasks import Block, Task, TaskState
from desk.domain.tickets import Ticket


def _task(case: Case, task_id: str) -> Task:
    """KeyError where the rule made the change without loading its task."""
    found = case.get(Task, task_id)
    if found is None:
        raise KeyError(f"task {task_id}")
    return found


def _put(case: Case, task: Task, change: ch.Change) -> Case:
    """The task as it is now, and the step: what was asked of whom, then what the change says."""
    said: dict[str, Fact] = {"task_id": task.id, "what": task.what, "team": task.team, **facts_of(change)}
    return _on_ticket(case.put(task), task, change, said)


def _on_ticket(case: Case, task: Task, change: ch.Change, facts: dict[str, Fact]) -> Case:
    """The step, and what its ticket still waits for; a desk that was asked may not hold the ticket."""
    ticket = case.get(Ticket, task.ticket_id)
    if ticket is None:
        return case
    waits = {task_id: team for task_id, team in ticket.open_tasks.items() if task_id != task.id}
    if task.is_open:
        waits[task.id] = task.team
    return case.put(stepped(replace(ticket, open_tasks=waits), change, facts))


def _asked(case: Case, change: ch.TaskAsked) -> Case:
    task = change.task
    facts: dict[str, Fact] = {"task_id": task.id, "what": task.what, "team": task.team}
    said: dict[str, Fact] = {"text_id": task.words_id} if task.words_id else {}
    return _on_ticket(case.put(task), task, change, {**facts, **said, "due_at": task.due_at.isoformat()})


def _taken(case: Case, change: ch.TaskTaken) -> Case:
    task = _task(case, change.task_id)
    return _put(case, replace(task, state=TaskState.TAKEN, holder=change.by, taken_at=change.at), change)


def _replied(case: Case, change: ch.TaskReplied) -> Case:
    task = _task(case, change.task_id)
    ended = _ended(task, change, TaskState.DONE if change.done else TaskState.DECLINED)
    return _put(case, replace(ended, reply_id=change.reply_id, reference=change.reference), change)


def _withdrawn(case: Case, change: ch.TaskWithdrawn) -> Case:
    return _put(case, _ended(_task(case, change.task_id), change, TaskState.WITHDRAWN), change)


def _ended(task: Task, change: ch.Change, state: TaskState) -> Task:
    return replace(task, state=state, replied_by=change.by, replied_at=change.at, escalate_at=None)


def _escalated(case: Case, change: ch.TaskEscalated) -> Case:
    task = _task(case, change.task_id)
    told = replace(task, level=change.level, escalations=task.escalations + 1, escalate_at=change.escalate_at)
    return _put(case, told, change)


def _blocked(case: Case, change: ch.CustomerBlocked) -> Case:
    block = change.block
    until = block.until.isoformat() if block.until else None
    return on_path(case.put(block), block.ticket_id, change, {"reason": block.reason, "until": until})


def _lifted(case: Case, change: ch.BlockLifted) -> Case:
    block = case.get(Block, change.customer_id)
    if block is None:
        raise KeyError(f"block {change.customer_id}")
    after = replace(block, lifted_by=change.by, lifted_at=change.at, lift_words_id=change.words_id)
    return on_path(case.put(after), block.ticket_id, change, {"reason": block.reason})


TASKS: dict[type[ch.Change], Callable[[Case, Any], Case]] = {
    ch.TaskAsked: _asked,
    ch.TaskTaken: _taken,
    ch.TaskReplied: _replied,
    ch.TaskWithdrawn: _withdrawn,
    ch.TaskEscalated: _escalated,
    ch.CustomerBlocked: _blocked,
    ch.BlockLifted: _lifted,
}
