"""Tasks between teams and blocks of customers as view rows, each with what this person may do about it."""

from __future__ import annotations

from desk.domain.case import Case
from desk.domain.commands import Command, ReplyTask, TakeTask, WithdrawTask
from desk.domain.decide import decide
from desk.domain.decisions import Accepted
from desk.domain.tasks import Block, Task
from desk.services import rows
from desk.services.order_rows import order_row
from desk.services.reader import Reader, named, tail
from desk.storage import task_lists
from desk.storage.task_lists import TaskFilter


def mine(reader: Reader, *, is_open: bool = True) -> TaskFilter:
    """What waits for this person: tasks of their teams, and those that their level was told of."""
    ladder = reader.policy.handoffs.ladder
    told = ladder.index(reader.actor.level) + 1 if is_open and reader.actor.level in ladder else None
    return TaskFilter(open=is_open, teams=frozenset(reader.actor.teams), told=told)


def task_row(reader: Reader, task: Task, *, with_order: bool = True) -> rows.TaskRow:
    """One task, with the facts of its order and case as far as they are here."""
    ticket = reader.ticket(task.ticket_id)
    order = reader.order(task.order_id)
    customer_id = (ticket.customer_id if ticket else None) or (order.customer_id if order else None)
    return rows.TaskRow(
        id=task.id,
        what=named(reader.policy.handoffs.kinds, task.what) or {"zh": task.what, "en": task.what},
        team=reader.team_names(task.team),
        team_id=task.team,
        state=task.state,
        asked_by=reader.person(task.asked_by),
        asked_team=reader.team_names(task.asked_team),
        asked_at=task.asked_at,
        due_at=task.due_at,
        words=reader.words(task.words_id),
        holder=reader.person(task.holder),
        mine=task.holder == reader.actor.id,
        reply=reader.words(task.reply_id),
        reference=task.reference,
        replied_by=reader.person(task.replied_by),
        replied_at=task.replied_at,
        level=task.level,
        escalations=task.escalations,
        ticket_id=task.ticket_id,
        number=ticket.number if ticket else "",
        case_label=reader.label(ticket) if ticket else {},
        order_tail=tail(order.number if order else task.order_number),
        customer=reader.private(customer_id).get("name", ""),
        order=order_row(reader, order) if order and with_order else None,
        for_me=task.is_open and task.team in reader.actor.teams,
        may_take=_may(reader, task, TakeTask(id="forecast", task_id=task.id)),
        may_reply=_may(reader, task, ReplyTask(id="forecast", task_id=task.id, done=True)),
        may_withdraw=_may(reader, task, WithdrawTask(id="forecast", task_id=task.id)),
        row_state=reader.state("task", task.id),
    )


def tasks_of(reader: Reader, ticket_id: str) -> tuple[rows.TaskRow, ...]:
    """What was asked of other teams for a case, the newest first; the order stands beside it anyway."""
    found = task_lists.of_ticket(reader.view.connection, reader.view.overlay, ticket_id)
    return tuple(task_row(reader, task, with_order=False) for task in found)


def block_row(reader: Reader, customer_id: str) -> rows.BlockRow | None:
    """The block in force on a customer, as far as this desk holds it."""
    block = reader.get(Block, "block", customer_id)
    if block is None or not block.holds(reader.now):
        return None
    return rows.BlockRow(
        reason=named(reader.policy.blocks, block.reason) or {"zh": block.reason, "en": block.reason},
        by=reader.person(block.by),
        at=block.at,
        until=block.until,
        words=reader.words(block.words_id),
    )


def _may(reader: Reader, task: Task, command: Command) -> bool:
    """The rulebook's word; the rules of tasks look at nothing but the task."""
    return isinstance(decide(Case().put(task), command, reader.setting), Accepted)
