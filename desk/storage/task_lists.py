"""Lists of tasks between teams: the replica's keyset pages merged with the overlay, as in lists.py."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.domain.tasks import Task
from desk.storage import replica
from desk.storage.projection import Layer
from desk.storage.tables import replica_task
from desk.storage.times import micros

SortKey = tuple[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFilter:
    """Tasks of these teams; None: of all. `told`: also those that so many levels were told of, whosever they are; None:
    not those. Open ones the nearest due first, ended ones the newest first."""

    open: bool = True
    teams: frozenset[str] | None = None
    told: int | None = None

    def passes(self, task: Task) -> bool:
        """The same as `conditions`, for a task in memory."""
        told = self.told is not None and task.escalations >= self.told
        theirs = told or self.teams is None or task.team in self.teams
        return task.is_open == self.open and theirs

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The same as `passes`, for the replica."""
        table = replica_task.c
        if self.teams is None:
            return [table.open == int(self.open)]
        theirs: sa.ColumnElement[bool] = table.team.in_(sorted(self.teams))
        if self.told is not None:
            theirs = theirs | (table.escalations >= self.told)
        return [table.open == int(self.open), theirs]


@dataclass(frozen=True, slots=True)
class TaskPage:
    """`after` is the key of the next page, None at the end; `total` counts the whole list."""

    tasks: tuple[Task, ...]
    after: str | None
    total: int


def page(connection: Connection, overlay: Layer, which: TaskFilter, after: str | None, limit: int) -> TaskPage:
    """One page: the replica's without the touched ids, merged with what the overlay makes of those."""
    touched = {one.id: one for one in overlay.entities.values() if isinstance(one, Task)}
    start = _parse(after)
    stored = _stored(connection, which, frozenset(touched), start, limit + 1)
    laid = sorted(
        (sort_key(one), one) for one in touched.values() if which.passes(one) and (not start or sort_key(one) > start)
    )
    merged = list(heapq.merge(((sort_key(one), one) for one in stored), laid, key=lambda pair: pair[0]))
    shown = [one for _, one in merged[:limit]]
    following = _format(sort_key(shown[-1])) if len(merged) > limit else None
    return TaskPage(tuple(shown), following, count(connection, overlay, which))


def count(connection: Connection, overlay: Layer, which: TaskFilter) -> int:
    """How long the whole list is."""
    touched = [one for one in overlay.entities.values() if isinstance(one, Task)]
    wanted = sa.select(sa.func.count()).select_from(replica_task).where(*which.conditions())
    if touched:
        wanted = wanted.where(replica_task.c.id.not_in([one.id for one in touched]))
    return int(connection.execute(wanted).scalar_one()) + sum(which.passes(one) for one in touched)


def of_ticket(connection: Connection, overlay: Layer, ticket_id: str) -> list[Task]:
    """What was asked for a ticket, the newest first."""
    found = {one.id: one for one in replica.where(connection, "task", replica_task.c.ticket_id == ticket_id)}
    found |= {one.id: one for one in overlay.entities.values() if isinstance(one, Task) and one.ticket_id == ticket_id}
    tasks = [one for one in found.values() if isinstance(one, Task)]
    return sorted(tasks, key=lambda one: (one.asked_at, one.id), reverse=True)


def sort_key(task: Task) -> SortKey:
    """Open ones: the nearest due first; ended ones: the newest first."""
    if task.is_open:
        return micros(task.due_at), task.id
    return -micros(task.replied_at) if task.replied_at else 0, task.id


def _stored(
    connection: Connection, which: TaskFilter, without: frozenset[str], start: SortKey | None, limit: int
) -> list[Task]:
    table = replica_task.c
    order = (table.due if which.open else table.ended, table.id)
    wanted = sa.select(table.id).where(*which.conditions()).order_by(*order).limit(limit)
    if without:
        wanted = wanted.where(table.id.not_in(sorted(without)))
    if start:
        wanted = wanted.where(sa.tuple_(*order) > sa.tuple_(*(sa.literal(key) for key in start)))
    ids = list(connection.execute(wanted).scalars())
    found = replica.entities(connection, "task", ids)
    return [one for row_id in ids if isinstance(one := found[row_id], Task)]


def _format(key: SortKey) -> str:
    return f"{key[0]}|{key[1]}"


def _parse(text: str | None) -> SortKey | None:
    if not text:
        return None
    first, row_id = text.split("|", 1)
    return int(first), row_id
