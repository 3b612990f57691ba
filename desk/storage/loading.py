"""Replaces the whole replica by a snapshot's rows: bare tables first, their indexes and search tokens after.

Works inside the caller's transaction, as replica.py does. A row at a time with all indexes in place takes several times
as long, and longer with each row. A big one is made ready in a file of its own first (staging.py): `take` copies it
page by page of its trees, a tenth of that work and none of Python's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from desk.storage import replica, search, tallies
from desk.storage.tables import REPLICA_TABLES, replica_metadata
from desk.wire import codec
from desk.wire.protocol import FeedRow, Op

STAGED = "staged"  # what the file is called in SQL
_PORTION = 2000  # rows
_CACHE = 64 * 1024  # KiB of pages kept while loading: else pages are encrypted and decrypted again and again


def load(connection: Connection, rows: Iterable[FeedRow], progress: Callable[[int], None]) -> None:
    """Put these rows in place of all there are; `progress` is told how many are put. Raises codec.ShapeError on a
    document that this desk cannot read."""
    before = int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
    try:
        _bare_tables(connection)
        done, coming = 0, iter(rows)
        while portion := list(islice(coming, _PORTION)):
            _put(connection, portion)
            done += len(portion)
            progress(done)
        _indexes(connection)
        tallies.count_all(connection)
        search.index_all(connection, lambda _: progress(done))
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


def take(connection: Connection) -> None:
    """Put the rows of the file `staged` (Database.beside), which `load` made, in place of all there are."""
    _bare_tables(connection)
    _indexes(connection)  # empty tables that are alike, indexes and all: SQLite copies cells instead of rows
    for table in replica_metadata.sorted_tables:
        connection.exec_driver_sql(f'INSERT INTO main."{table.name}" SELECT * FROM {STAGED}."{table.name}"')  # noqa: S608


def _bare_tables(connection: Connection) -> None:
    replica_metadata.drop_all(connection)
    for table in replica_metadata.sorted_tables:
        connection.execute(CreateTable(table))


def _indexes(connection: Connection) -> None:
    for table in replica_metadata.sorted_tables:
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            connection.execute(CreateIndex(index))


def _put(connection: Connection, portion: Iterable[FeedRow]) -> None:
    by_kind: dict[str, list[tuple[Any, ...]]] = {}
    for row in portion:
        if row.kind not in REPLICA_TABLES or row.op is not Op.UPSERT:
            raise codec.ShapeError(f"kind: {row.kind!r} is not known in a snapshot")
        by_kind.setdefault(row.kind, []).append(tuple(replica.columns_of(row).values()))
    for kind, some in by_kind.items():
        names = [column.name for column in REPLICA_TABLES[kind].columns]
        marks = ", ".join("?" * len(names))
        connection.exec_driver_sql(f"INSERT OR REPLACE INTO replica_{kind} VALUES ({marks})", some)  # noqa: S608
