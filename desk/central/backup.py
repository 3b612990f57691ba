"""Backs the whole centre up into one file, and restores it into an empty database of either kind.

A backup is gzip NDJSON as of one moment: a header, rows table by table, a footer with count and hash. The same file
restores on SQLite and on PostgreSQL. Sessions are left out: a restored centre has everybody sign in again.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, select, update

from desk.central import schema
from desk.central import tables as t
from desk.central.commits import Row
from desk.central.engine import reading
from desk.central.store import Clock, Store, utc_now
from desk.wire.canonical import canonical

FORMAT = 1
_PORTION = 500
_LEFT_OUT = frozenset({"sessions", "throttles", "reveals"})


class BadBackup(Exception):
    """The file is not a whole backup, or does not fit here; the message says what to do."""


def backup(engine: Engine, path: Path, clock: Clock = utc_now) -> int:
    """Write everything to `path` (which appears only when it is whole); the feed position it stands at."""
    partial = path.with_name(path.name + ".part")
    descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
    with reading(engine) as connection, os.fdopen(descriptor, "wb") as raw:
        head = Store(engine).head(connection)
        header = {"format": FORMAT, "schema": schema.wanted(), "at": clock().isoformat(), "n": head.n, "h": head.h}
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6) as out:
            seal, rows = hashlib.sha256(), 0
            for line in _lines(connection, header):
                out.write(line)
                seal.update(line)
                rows += 1
            out.write(canonical({"rows": rows, "sha256": seal.hexdigest()}) + b"\n")
        raw.flush()
        os.fsync(raw.fileno())
    partial.replace(path)
    return head.n


def restore(engine: Engine, path: Path, clock: Clock = utc_now) -> int:
    """Fill an empty database from a backup, in one transaction; the feed position it stands at afterwards.

    One commit is added that says so: whatever was written after the backup was made is lost, and the chain of what
    follows differs from it for certain. A desk that had seen the lost part is told (409) instead of skipping.
    """
    schema.upgrade(engine)
    store = Store(engine, clock)
    with store.aside() as connection:
        if connection.scalar(select(t.head.c.n)) is not None:
            raise BadBackup("this database is not empty: restore into a new one")
        header = _fill(connection, path)
        connection.execute(update(t.meta).where(t.meta.c.key == "epoch").values(value=secrets.token_hex(12)))
    with store.writing() as tx:
        note = {"restored_from": header["n"], "backup_of": header["at"], "nonce": secrets.token_hex(8)}
        tx.stage_note(Row("epoch", f"epoch-{tx.n}", frozenset(), frozenset(), note))
        return tx.n


def _lines(connection: Connection, header: dict[str, Any]) -> Iterator[bytes]:
    yield canonical(header) + b"\n"
    for table in t.metadata.sorted_tables:
        if table.name in _LEFT_OUT:
            continue
        keys = list(table.primary_key.columns)
        found = select(table).order_by(*keys).execution_options(yield_per=_PORTION)
        for row in connection.execute(found).mappings():
            values = {column.name: _plain(row[column.name]) for column in table.columns}
            yield canonical({"table": table.name, "row": values}) + b"\n"


def _fill(connection: Connection, path: Path) -> dict[str, Any]:
    """Insert every row of the file; BadBackup where it is cut short, damaged or of another schema."""
    header: dict[str, Any] = {}
    waiting: dict[str, list[dict[str, Any]]] = {}
    for line in _checked(path):
        if not header:
            header = line
            if header.get("format") != FORMAT or header.get("schema") != schema.wanted():
                raise BadBackup("this backup was made by another version: restore it with that one, then upgrade")
            continue
        rows = waiting.setdefault(line["table"], [])
        rows.append(line["row"])
        if len(rows) >= _PORTION:
            _insert(connection, waiting)
    _insert(connection, waiting)
    return header


def _insert(connection: Connection, waiting: dict[str, list[dict[str, Any]]]) -> None:
    """Insert what is waiting, tables in the order in which they were written (references first)."""
    for name, rows in waiting.items():
        table = t.metadata.tables[name]
        connection.execute(insert(table), [_typed(table, row) for row in rows])
    waiting.clear()


def _checked(path: Path) -> Iterator[dict[str, Any]]:
    """The lines between nothing and the footer; raises BadBackup at the end where count or hash differ."""
    seal, rows = hashlib.sha256(), 0
    try:
        with gzip.open(path, "rb") as lines:
            for line in lines:
                data = json.loads(line)
                if "sha256" in data and "table" not in data and rows:
                    if data == {"rows": rows, "sha256": seal.hexdigest()} and not lines.read(1):
                        return
                    raise BadBackup(f"{path.name} is damaged: use another backup")
                seal.update(line)
                rows += 1
                yield data
    except (EOFError, gzip.BadGzipFile, json.JSONDecodeError) as error:
        raise BadBackup(f"{path.name} is damaged: use another backup") from error
    raise BadBackup(f"{path.name} is cut short: use another backup")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return sorted(value) if isinstance(value, frozenset) else value


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """Texts back to what the columns take."""
    return {name: _value(table, name, value) for name, value in row.items()}


def _value(table: Table, name: str, value: Any) -> Any:
    kind = type(table.columns[name].type).__name__
    if kind == "UtcTime" and value is not None:
        return datetime.fromisoformat(value)
    return frozenset(value) if kind == "Scopes" else value
