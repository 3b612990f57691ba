"""A whole scope as a file: gzip NDJSON, made once per (scope, position) for everyone who asks."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.feed import count_members
from desk.central.masking import Masks, shown, stored_values
from desk.central.rows import chunks
from desk.central.scoping import POLICY_KEY
from desk.central.store import Store
from desk.domain.scope import Scopes
from desk.wire.canonical import canonical, digest
from desk.wire.protocol import Cursor

_LEVEL = 5  # gzip: 9 takes thrice as long for 3 %


class Snapshots:
    """Builds and keeps snapshot files in one folder. Safe to share between threads."""

    def __init__(self, store: Store, masks: Masks, folder: Path) -> None:
        self._store = store
        self._masks = masks
        self._folder = folder
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def opened(self, scopes: Scopes) -> BinaryIO:
        """The snapshot of these scopes as of now, open: it can be read to its end whatever becomes of the file."""
        while True:
            with contextlib.suppress(FileNotFoundError):  # another thread or worker has put a newer one in its place
                return self.file(scopes).open("rb")

    def file(self, scopes: Scopes) -> Path:
        """The file of these scopes as of now. It may be deleted at any time after."""
        with self._store.reading() as connection:
            head = self._store.head(connection)
            sees_all = self._masks.sees_all(connection, scopes)
        name = digest([sorted(scopes), sees_all])[:24]
        with self._lock(name):
            ready = self._ready(name, head)
            return ready if ready.exists() else self._build(name, scopes)

    def forget(self) -> None:
        """Delete every file: when serving begins, for it holds an earlier run's personal values, and after erasure."""
        for old in self._folder.glob("*.ndjson.gz*"):
            old.unlink(missing_ok=True)

    def _build(self, name: str, scopes: Scopes) -> Path:
        with self._store.reading() as connection:
            head = self._store.head(connection)
            sees_all = self._masks.sees_all(connection, scopes)
            ready = self._ready(name, head)
            partial = ready.with_name(f"{ready.name}.{os.getpid()}.part")  # workers may share the folder
            first = {"n": head.n, "h": head.h, "counts": count_members(connection, scopes)}
            descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_LEVEL) as out:
                _line(out, first)
                for row in rows_of(connection, scopes, sees_all):
                    _line(out, row)
        for old in self._folder.glob(f"{name}-*.ndjson.gz"):
            old.unlink(missing_ok=True)
        partial.rename(ready)
        return ready

    def _ready(self, name: str, head: Cursor) -> Path:
        """Named by the link of the chain too: the folder may serve centres on other databases as well."""
        return self._folder / f"{name}-{head.n}-{head.h[:16]}.ndjson.gz"

    def _lock(self, name: str) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(name, threading.Lock())


def rows_of(connection: Connection, scopes: Scopes, sees_all: bool) -> Iterator[dict[str, Any]]:
    """Every row that the scopes hold, by kind and id: {kind, id, doc} and for private ones `values`."""
    held: dict[str, list[str]] = {}
    table = t.members
    found = select(table.c.kind, table.c.id).where(table.c.scope.in_(sorted(scopes))).distinct()
    for kind, one in connection.execute(found.order_by(table.c.kind, table.c.id)):
        held.setdefault(kind, []).append(one)
    for kind, ids in held.items():
        if kind == "private":
            yield from _private_rows(connection, ids, sees_all)
        elif (kind, ids[0]) == POLICY_KEY:
            newest = select(t.policies.c.doc).order_by(t.policies.c.version.desc()).limit(1)
            yield {"kind": kind, "id": ids[0], "doc": connection.scalar(newest)}
        else:
            entities = t.ENTITY_TABLES[kind]
            for some in chunks(ids):
                wanted = select(entities.c.id, entities.c.doc).where(entities.c.id.in_(some)).order_by(entities.c.id)
                yield from ({"kind": kind, "id": one, "doc": doc} for one, doc in connection.execute(wanted))


def _private_rows(connection: Connection, ids: list[str], sees_all: bool) -> Iterator[dict[str, Any]]:
    for some in chunks(ids):
        values = stored_values(connection, some)
        wanted = select(t.private.c.id, t.private.c.commitment).where(t.private.c.id.in_(some)).order_by(t.private.c.id)
        for one, commitment in connection.execute(wanted):
            kind, found = values[one]
            doc = {"commitment": commitment}
            yield {"kind": "private", "id": one, "doc": doc, "values": shown(kind, found, sees_all)}


def _line(out: gzip.GzipFile, row: Any) -> None:
    out.write(canonical(row) + b"\n")


def read_lines(path: Path) -> Iterator[Any]:
    """The lines of a snapshot file, parsed."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
