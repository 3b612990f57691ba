"""The replica's rows in and out: what the centre's feed put there, as of one feed position.

Every function works inside the caller's transaction: rows, verdicts and cursor of a page land together or not at all.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.domain.case import HANGING_KINDS, KINDS, Entity, Key
from desk.domain.ledger import Approval, Effect, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import StaffMember
from desk.domain.tasks import Task
from desk.domain.tickets import Ticket
from desk.storage import search, tallies
from desk.storage.tables import REPLICA_TABLES, cursor, replica_metadata
from desk.storage.times import micros
from desk.wire import codec
from desk.wire.canonical import compact, digest
from desk.wire.protocol import Cursor, FeedRow, Op

_PORTION = 400  # ids in one statement

# Made once: building a statement costs more than running it, and an act or a page asks a dozen of these.
_ID: sa.BindParameter[str] = sa.bindparam("id")
_IDS: sa.BindParameter[list[str]] = sa.bindparam("ids", expanding=True)
_DOC = {kind: sa.select(table.c.doc).where(table.c.id == _ID) for kind, table in REPLICA_TABLES.items()}
_DOCS = {kind: sa.select(table.c.id, table.c.doc).where(table.c.id.in_(_IDS)) for kind, table in REPLICA_TABLES.items()}
_HANGING = sa.union_all(
    *(
        sa.select(sa.literal_column(f"'{kind}'"), REPLICA_TABLES[kind].c.doc).where(
            REPLICA_TABLES[kind].c.order_id == sa.bindparam("order_id")
        )
        for kind in HANGING_KINDS
    )
)
_PRIVATE = REPLICA_TABLES["private"].c
_VALUES = sa.select(_PRIVATE["values"]).where(_PRIVATE.id == _ID)
_ALL_VALUES = sa.select(_PRIVATE.id, _PRIVATE["values"]).where(_PRIVATE.id.in_(_IDS))
_POSITION = sa.select(cursor.c.n, cursor.c.h)
_MOVED = cursor.insert().prefix_with("OR REPLACE")
_PUT = {kind: table.insert().prefix_with("OR REPLACE") for kind, table in REPLICA_TABLES.items()}


def position(connection: Connection) -> Cursor | None:
    """The feed position that the replica equals; None before the first snapshot."""
    row = connection.execute(_POSITION).first()
    return Cursor(n=row.n, h=row.h) if row else None


def set_position(connection: Connection, at: Cursor) -> None:
    """Move the position; the caller has put the rows up to there."""
    connection.execute(_MOVED, {"id": 1, "n": at.n, "h": at.h})


def clear(connection: Connection) -> None:
    """Forget every row and the position: a snapshot follows in the same transaction."""
    for table in replica_metadata.sorted_tables:
        connection.execute(table.delete())


def put(connection: Connection, rows: Iterable[FeedRow]) -> set[Key]:
    """Put rows in their order; returns the keys. Raises codec.ShapeError on a document this desk cannot read."""
    upserts: dict[str, dict[str, dict[str, Any]]] = {}
    leaves: dict[str, set[str]] = {}
    for row in rows:
        if row.kind not in REPLICA_TABLES:
            raise codec.ShapeError(f"kind: {row.kind!r} is not known")
        upserts.setdefault(row.kind, {}).pop(row.id, None)
        leaves.setdefault(row.kind, set()).discard(row.id)
        if row.op is Op.LEAVE:
            leaves[row.kind].add(row.id)
        else:
            upserts[row.kind][row.id] = columns_of(row)
    touched = {(kind, row_id) for part in (upserts, leaves) for kind, ids in part.items() for row_id in ids}
    stale = _orders_to_index(connection, upserts, leaves)
    with tallies.following(connection, touched):
        for kind, found in upserts.items():
            if found:
                connection.execute(_PUT[kind], list(found.values()))
        for kind, gone in leaves.items():
            table = REPLICA_TABLES[kind]
            for some in portions(gone):
                connection.execute(table.delete().where(table.c.id.in_(some)))
    search.index(connection, stale)
    return touched


def doc(connection: Connection, kind: str, row_id: str) -> Any | None:
    """The document, or None where the replica does not hold it."""
    text = connection.execute(_DOC[kind], {"id": row_id}).scalar()
    return None if text is None else json.loads(text)


def entity(connection: Connection, kind: str, row_id: str) -> Entity | None:
    """The entity, or None where the replica does not hold it."""
    text = connection.execute(_DOC[kind], {"id": row_id}).scalar()
    return None if text is None else codec.entity_from_text(kind, text)


def entities(connection: Connection, kind: str, ids: Iterable[str]) -> dict[str, Entity]:
    """Those of `ids` that the replica holds."""
    found: dict[str, Entity] = {}
    for some in portions(ids):
        for row_id, text in connection.execute(_DOCS[kind], {"ids": some}):
            found[row_id] = codec.entity_from_text(kind, text)
    return found


def hanging_on(connection: Connection, order_id: str) -> list[Entity]:
    """What hangs on an order, kind by kind."""
    return [codec.entity_from_text(kind, text) for kind, text in connection.execute(_HANGING, {"order_id": order_id})]


def where(connection: Connection, kind: str, *conditions: sa.ColumnElement[bool]) -> Iterator[Entity]:
    """Entities of a kind by their columns, by id."""
    table = REPLICA_TABLES[kind]
    for text in connection.execute(sa.select(table.c.doc).where(*conditions).order_by(table.c.id)).scalars().all():
        yield codec.entity_from_text(kind, text)


def private(connection: Connection, row_id: str) -> Mapping[str, str] | None:
    """Personal values as this scope may see them; None where there are none (or no more)."""
    text = connection.execute(_VALUES, {"id": row_id}).scalar()
    return None if text is None else json.loads(text)


def privates(connection: Connection, ids: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Personal values of many at once; those that have none are left out."""
    found: dict[str, Mapping[str, str]] = {}
    for some in portions(ids):
        values = connection.execute(_ALL_VALUES, {"ids": some})
        found |= {row_id: json.loads(text) for row_id, text in values if text is not None}
    return found


def counts(connection: Connection) -> dict[str, int]:
    """Rows by kind, for comparing with what the centre says this scope holds."""
    return tallies.rows(connection)


def dump(connection: Connection) -> dict[str, list[list[Any]]]:
    """The canonical dump: [id, doc] (of private rows [id, doc, values]) by kind, sorted by id."""
    found: dict[str, list[list[Any]]] = {}
    for kind, table in REPLICA_TABLES.items():
        rows = connection.execute(sa.select(table).order_by(table.c.id)).mappings()
        found[kind] = [
            [row["id"], json.loads(row["doc"]), *([_loaded(row["values"])] if kind == "private" else [])]
            for row in rows
        ]
    return found


def dump_digest(connection: Connection) -> dict[str, str]:
    """One hash per kind of the canonical dump."""
    return {kind: digest(rows) for kind, rows in dump(connection).items()}


def portions(ids: Iterable[str]) -> Iterator[list[str]]:
    """Sorted ids in portions that fit one statement."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), _PORTION):
        yield ordered[start : start + _PORTION]


def _loaded(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _orders_to_index(
    connection: Connection, upserts: Mapping[str, Mapping[str, Any]], leaves: Mapping[str, set[str]]
) -> set[str]:
    """Orders whose search tokens these rows change: the orders themselves, and all orders of these customers."""
    found = set(upserts.get("order", ())) | leaves.get("order", set())
    table = REPLICA_TABLES["order"]
    for some in portions({*upserts.get("private", ()), *leaves.get("private", set())}):
        found.update(connection.execute(sa.select(table.c.id).where(table.c.customer_id.in_(some))).scalars())
    return found


# --- columns beside the document ------------------------------------------------------------------------------------


def columns_of(row: FeedRow) -> dict[str, Any]:
    """The row of its table. Raises codec.ShapeError on a document that this desk cannot read."""
    columns: dict[str, Any] = {"id": row.id, "doc": compact(row.doc)}
    if row.kind == "private":
        return {**columns, "values": None if row.values is None else compact(dict(row.values))}
    if row.kind == "policy":
        codec.policy_from_plain(row.doc)
        return columns
    found = codec.entity_from_plain(row.kind, row.doc)
    extract = _EXTRACT.get(row.kind)
    return {**columns, **extract(found)} if extract else columns


def _order_columns(order: Order) -> dict[str, Any]:
    return {"number": order.number, "customer_id": order.customer_id, "remark_id": order.remark_id}


def label_key(ticket: Ticket) -> str:
    """What policy names the ticket by: its reason, or type and sub-type."""
    return ticket.reason or "/".join(part for part in (ticket.type, ticket.subtype) if part)


def _ticket_columns(ticket: Ticket) -> dict[str, Any]:
    return {
        "order_id": ticket.order_id,
        "open": int(ticket.is_open),
        "kind": str(ticket.kind),
        "team": ticket.team,
        "store_id": ticket.store_id,
        "holder": ticket.holder,
        "needs_review": int(ticket.needs_review),
        "label": label_key(ticket),
        "due": micros(ticket.due_at),
        "urgency": -ticket.priority,
        "closed": -micros(ticket.closed_at) if ticket.closed_at else 0,
        "told": ticket.escalation_level if ticket.is_open and ticket.escalation else None,
    }


def _entry_columns(entry: LedgerEntry) -> dict[str, Any]:
    return {"order_id": entry.order_id}


def _approval_columns(approval: Approval) -> dict[str, Any]:
    return {
        "order_id": approval.order_id,
        "state": str(approval.state),
        "requested": micros(approval.requested_at),
    }


def _effect_columns(effect: Effect) -> dict[str, Any]:
    return {"order_id": effect.order_id, "state": str(effect.state), "ordered": micros(effect.at)}


def _task_columns(task: Task) -> dict[str, Any]:
    return {
        "order_id": task.order_id,
        "ticket_id": task.ticket_id,
        "open": int(task.is_open),
        "team": task.team,
        "escalations": task.escalations,
        "due": micros(task.due_at),
        "ended": -micros(task.replied_at) if task.replied_at else 0,
    }


def _staff_columns(member: StaffMember) -> dict[str, Any]:
    return {"login": member.login}


_EXTRACT: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "order": _order_columns,
    "ticket": _ticket_columns,
    "entry": _entry_columns,
    "approval": _approval_columns,
    "effect": _effect_columns,
    "task": _task_columns,
    "staff": _staff_columns,
}

if set(REPLICA_TABLES) != set(KINDS) | {"policy", "private"}:  # pragma: no cover - a kind was added, its table not
    raise AssertionError("every kind of entity needs its replica table")
