"""Lists of tickets, approvals and tasks: the replica's keyset pages merged with the overlay in sort order.

A page never sorts by a remaining time: due times are absolute and were computed by the rulebook (DESIGN 1.3).
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.domain.case import Entity
from desk.domain.ledger import Approval, ApprovalState, Effect, EffectState
from desk.domain.tickets import Kind, Ticket
from desk.storage import replica, tallies
from desk.storage.projection import Layer
from desk.storage.tables import replica_approval, replica_effect, replica_ticket, ticket_count
from desk.storage.times import micros

SortKey = tuple[int, int, str]
TASK_STATES = frozenset({EffectState.MANUAL, EffectState.FAILED, EffectState.UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """`holder`: a person's id, "" for nobody's, None for any. `teams`: None for any. `orders` and `labels`: what a
    typed text was found to mean; a ticket passes when it matches either."""

    open: bool = True
    holder: str | None = None
    teams: frozenset[str] | None = None
    kind: Kind | None = None
    review: bool = False
    orders: frozenset[str] | None = None
    labels: frozenset[str] = field(default_factory=frozenset)

    def passes(self, ticket: Ticket) -> bool:
        """The same as `conditions`, for a ticket in memory."""
        return (
            ticket.is_open == self.open
            and (self.holder is None or (ticket.holder or "") == self.holder)
            and (self.teams is None or ticket.team in self.teams)
            and (self.kind is None or ticket.kind is self.kind)
            and (not self.review or ticket.needs_review)
            and (self.orders is None or ticket.order_id in self.orders or replica.label_key(ticket) in self.labels)
        )

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """The same as `passes`, for the replica."""
        table = replica_ticket.c
        found = self._of_sort(table)
        if self.holder is not None:
            found.append(table.holder == self.holder if self.holder else table.holder.is_(None))
        if self.orders is not None:
            found.append(table.order_id.in_(sorted(self.orders)) | table.label.in_(sorted(self.labels)))
        return found

    def sorts(self) -> list[sa.ColumnElement[bool]] | None:
        """The same for tallies.total; None where a text is looked for."""
        if self.orders is not None:
            return None
        found = self._of_sort(ticket_count.c)
        return found if self.holder is None else [*found, ticket_count.c.holder == self.holder]

    def _of_sort(self, table: Any) -> list[sa.ColumnElement[bool]]:
        found: list[sa.ColumnElement[bool]] = [table.open == int(self.open)]
        if self.teams is not None:
            found.append(table.team.in_(sorted(self.teams)))
        if self.kind is not None:
            found.append(table.kind == str(self.kind))
        if self.review:
            found.append(table.needs_review == 1)
        return found


@dataclass(frozen=True, slots=True)
class TicketPage:
    """`after` is the key of the next page, None at the end; `total` counts the whole list."""

    tickets: tuple[Ticket, ...]
    after: str | None
    total: int


def sort_key(ticket: Ticket) -> SortKey:
    """Open tickets: nearest due first, then higher priority; closed ones: newest first."""
    if ticket.is_open:
        return micros(ticket.due_at), -ticket.priority, ticket.id
    return -micros(ticket.closed_at) if ticket.closed_at else 0, 0, ticket.id


def tickets(connection: Connection, overlay: Layer, which: TicketFilter, after: str | None, limit: int) -> TicketPage:
    """One page: the replica's without the touched ids, merged with what the overlay makes of those."""
    touched = {one.id: one for one in overlay.entities.values() if isinstance(one, Ticket)}
    start = _parse(after)
    stored = _stored(connection, which, frozenset(touched), start, limit + 1)
    laid = sorted(
        (
            (sort_key(one), one)
            for one in touched.values()
            if which.passes(one) and (not start or sort_key(one) > start)
        ),
        key=lambda pair: pair[0],
    )
    merged = list(heapq.merge(((sort_key(one), one) for one in stored), laid, key=lambda pair: pair[0]))
    page = [one for _, one in merged[:limit]]
    following = _format(sort_key(page[-1])) if len(merged) > limit else None
    return TicketPage(tuple(page), following, count(connection, overlay, which))


def count(connection: Connection, overlay: Layer, which: TicketFilter) -> int:
    """How long the whole list is."""
    touched = [one for one in overlay.entities.values() if isinstance(one, Ticket)]
    laid = sum(which.passes(one) for one in touched)
    ids = [one.id for one in touched]
    sorts = which.sorts()
    if sorts is None:
        return _counted(connection, which, replica_ticket.c.id.not_in(ids)) + laid
    below = _counted(connection, which, replica_ticket.c.id.in_(ids)) if ids else 0
    return tallies.total(connection, *sorts) - below + laid


def _counted(connection: Connection, which: TicketFilter, condition: sa.ColumnElement[bool]) -> int:
    wanted = sa.select(sa.func.count()).select_from(replica_ticket).where(*which.conditions(), condition)
    return int(connection.execute(wanted).scalar_one())


def told_of(connection: Connection, overlay: Layer, levels: Iterable[str], limit: int = 200) -> list[Ticket]:
    """Open tickets that nobody takes, of which one of these levels heard last; the nearest due first."""
    wanted = sorted(set(levels))
    ids = sa.select(replica_ticket.c.id).where(replica_ticket.c.told.in_(wanted)).limit(limit)
    stored = replica.entities(connection, "ticket", connection.execute(ids).scalars())
    found = [one for one in stored.values() if isinstance(one, Ticket) and ("ticket", one.id) not in overlay.entities]
    laid = (one for one in overlay.entities.values() if isinstance(one, Ticket) and one.is_open and one.escalation)
    return sorted([*found, *(one for one in laid if one.escalation_level in wanted)], key=sort_key)


def approvals(connection: Connection, overlay: Layer, open_ones: bool, limit: int = 200) -> list[Approval]:
    """Open requests, oldest first; or the answered and expired ones, newest first."""
    asked = replica_approval.c.state == ApprovalState.ASKED
    found = _over(
        connection,
        overlay,
        sa.select(replica_approval.c.id)
        .where(asked if open_ones else ~asked)
        .order_by(replica_approval.c.requested.desc())
        .limit(limit),
        Approval,
        lambda one: (one.state is ApprovalState.ASKED) == open_ones,
    )
    return sorted(found, key=lambda one: (one.requested_at, one.id), reverse=not open_ones)


def tasks(connection: Connection, overlay: Layer, limit: int = 500) -> list[Effect]:
    """Effects that wait for a person, oldest first."""
    wanted = (
        sa.select(replica_effect.c.id)
        .where(replica_effect.c.state.in_(sorted(TASK_STATES)))
        .order_by(replica_effect.c.ordered)
        .limit(limit)
    )
    found = _over(connection, overlay, wanted, Effect, lambda one: one.state in TASK_STATES)
    return sorted(found, key=lambda one: (one.at, one.id))


def _over(
    connection: Connection, overlay: Layer, ids: sa.Select[Any], kind: type[Any], passes: Callable[[Any], bool]
) -> Iterable[Any]:
    name = "approval" if kind is Approval else "effect"
    stored = replica.entities(connection, name, connection.execute(ids).scalars())
    laid: dict[str, Entity] = {one.id: one for one in overlay.entities.values() if isinstance(one, kind)}
    return [one for one in (stored | laid).values() if passes(one)]


def _stored(
    connection: Connection, which: TicketFilter, without: frozenset[str], start: SortKey | None, limit: int
) -> list[Ticket]:
    table = replica_ticket.c
    order = (table.due, table.urgency, table.id) if which.open else (table.closed, table.id)
    wanted = sa.select(table.id).where(*which.conditions()).order_by(*order).limit(limit)
    if without:
        wanted = wanted.where(table.id.not_in(sorted(without)))
    if start:
        keys = start if which.open else (start[0], start[2])
        wanted = wanted.where(sa.tuple_(*order) > sa.tuple_(*(sa.literal(key) for key in keys)))
    ids = list(connection.execute(wanted).scalars())
    found = replica.entities(connection, "ticket", ids)
    return [one for row_id in ids if isinstance(one := found[row_id], Ticket)]


def _format(key: SortKey) -> str:
    return f"{key[0]}|{key[1]}|{key[2]}"


def _parse(text: str | None) -> SortKey | None:
    if not text:
        return None
    first, second, row_id = text.split("|", 2)
    return int(first), int(second), row_id
