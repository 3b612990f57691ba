"""How many rows of each kind and tickets of each sort the replica holds: numbers that are kept with the rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.domain.case import Key
from desk.storage.tables import REPLICA_TABLES, replica_ticket, row_count, ticket_count

SORT = ("open", "team", "holder", "kind", "needs_review")
_PORTION = 400
_sorts = [sa.func.ifnull(replica_ticket.c.holder, "") if name == "holder" else replica_ticket.c[name] for name in SORT]


@contextmanager
def following(connection: Connection, keys: Iterable[Key]) -> Iterator[None]:
    """Keep the numbers right over a change of these rows, which happens in the block."""
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, row_id in sorted(keys):
        ids[kind].append(row_id)
    tickets = ids.get("ticket", [])
    rows, sorts = _rows_of(connection, ids), _sorts_of(connection, tickets)
    yield
    moved = _difference(_rows_of(connection, ids), rows)
    if moved:
        changes = [(kind, by, by) for kind, by in moved.items()]
        connection.exec_driver_sql("INSERT INTO row_count VALUES (?, ?) ON CONFLICT DO UPDATE SET n = n + ?", changes)
    turned = _difference(_sorts_of(connection, tickets), sorts)
    if turned:
        changes = [(*sort, by, by) for sort, by in turned.items()]
        connection.exec_driver_sql(
            "INSERT INTO ticket_count VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET n = n + ?", changes
        )


def count_all(connection: Connection) -> None:
    """Count everything into the empty tables."""
    for kind, table in REPLICA_TABLES.items():
        number = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        connection.execute(row_count.insert(), {"kind": kind, "n": number})
    counted = sa.select(*_sorts, sa.func.count()).group_by(*_sorts)
    connection.execute(ticket_count.insert().from_select([*SORT, "n"], counted))


def rows(connection: Connection) -> dict[str, int]:
    """How many rows there are of every kind."""
    found: dict[str, int] = dict.fromkeys(REPLICA_TABLES, 0)
    return found | {row.kind: row.n for row in connection.execute(sa.select(row_count))}


def total(connection: Connection, *conditions: sa.ColumnElement[bool]) -> int:
    """How many tickets there are of the sorts that meet conditions on `ticket_count`."""
    return int(connection.execute(sa.select(sa.func.sum(ticket_count.c.n)).where(*conditions)).scalar() or 0)


def _rows_of(connection: Connection, ids: Mapping[str, list[str]]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for kind, some in ids.items():
        table = REPLICA_TABLES[kind]
        for start in range(0, len(some), _PORTION):
            wanted = sa.select(sa.func.count()).where(table.c.id.in_(some[start : start + _PORTION]))
            found[kind] += connection.execute(wanted).scalar_one()
    return found


def _difference(after: Counter[Any], before: Counter[Any]) -> dict[Any, int]:
    return {key: by for key in {*after, *before} if (by := after[key] - before[key])}


def _sorts_of(connection: Connection, ids: list[str]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for start in range(0, len(ids), _PORTION):
        wanted = sa.select(*_sorts).where(replica_ticket.c.id.in_(ids[start : start + _PORTION]))
        found.update(tuple(row) for row in connection.execute(wanted))
    return found
