"""Entities to table rows and back: the document, and beside it the columns that queries and constraints need."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from desk.central.tables import ENTITY_TABLES, SHARD
from desk.domain.case import KIND_OF, Entity
from desk.domain.ledger import Budget
from desk.wire import codec

_COMMON = frozenset({"id", "shard", "n", "doc"})
_MANY = 400  # ids in one IN clause


def row_of(entity: Entity, n: int) -> dict[str, Any]:
    """The row of an entity as written by commit `n`."""
    table = ENTITY_TABLES[KIND_OF[type(entity)]]
    row: dict[str, Any] = {"id": entity.id, "shard": SHARD, "n": n, "doc": codec.to_plain(entity)}
    facts = _budget_facts(entity) if isinstance(entity, Budget) else None
    for column in table.columns:
        if column.name not in _COMMON:
            row[column.name] = _plain(facts[column.name] if facts else getattr(entity, column.name))
    return row


def entity_of(kind: str, doc: Any) -> Entity:
    """The entity of a stored document."""
    return codec.entity_from_plain(kind, doc)


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows, or replace all columns of those whose primary key is there."""
    if rows:
        connection.execute(_upsert_into(table, connection.dialect.name), list(rows))


@functools.cache
def _upsert_into(table: Table, dialect: str) -> Any:
    """The statement, made once: building it costs more than running it."""
    keys = [column.name for column in table.primary_key.columns]
    rest = [column.name for column in table.columns if column.name not in keys]
    statement: Any = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(table)
    if not rest:
        return statement.on_conflict_do_nothing(index_elements=keys)
    return statement.on_conflict_do_update(index_elements=keys, set_={name: statement.excluded[name] for name in rest})


def chunks(ids: Iterable[str]) -> Iterable[list[str]]:
    """Sorted ids in portions that fit one statement."""
    ordered = sorted(set(ids))
    for start in range(0, len(ordered), _MANY):
        yield ordered[start : start + _MANY]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, StrEnum) else value


def _budget_facts(budget: Budget) -> dict[str, Any]:
    kind, subject, period, currency = budget.key.split("|")
    amounts = {"cap": budget.cap, "free": budget.free, "leased": budget.leased, "spent": budget.spent}
    return {**amounts, "kind": kind, "subject": subject, "period": period, "currency": currency}
