"""A scope as a file, whole or what a person starts with: gzip NDJSON, made once for everyone who asks.

A file stays good while the feed is not far ahead of it: whoever reads it goes on from its position. A hundred desks of
a busy centre that start anew in one morning would otherwise have it made a hundred times.
"""

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
from desk.central.beginnings import Held, first_rows
from desk.central.feed import count_members
from desk.central.masking import Masks, shown, stored_values
from desk.central.rows import chunks
from desk.central.scoping import POLICY_KEY
from desk.central.store import Store
from desk.domain.scope import Scopes
from desk.wire.canonical import GENESIS, compact, digest

SMALL, ROWS_PER_COMMIT, URGENT = 3000, 100, 200
ERASED_KEY = "erased"  # of meta: the last commit that erased something
_LEVEL = 5  # gzip: 9 takes thrice as long for 3 %


class Snapshots:
    """Builds and keeps snapshot files in one folder. Safe to share between threads.

    `small`: rows of a scope that is taken whole at once. `rows_per_commit`: for so many a file may be a commit old.
    `urgent`: open tickets that a person starts with.
    """

    def __init__(self, store: Store, masks: Masks, folder: Path) -> None:
        self._store = store
        self._masks = masks
        self._folder = folder
        self.small, self.rows_per_commit, self.urgent = SMALL, ROWS_PER_COMMIT, URGENT
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def opened(self, scopes: Scopes, first: bool = False, at: int = 0) -> BinaryIO:
        """The snapshot of these scopes, open: it can be read to its end whatever becomes of the file."""
        while True:
            with contextlib.suppress(FileNotFoundError):  # another thread or worker has put a newer one in its place
                return self.file(scopes, first, at).open("rb")

    def file(self, scopes: Scopes, first: bool = False, at: int = 0) -> Path:
        """The file of these scopes, as of commit `at` or later; `first`: of a big scope only what a person starts with.
        It may be deleted at any time after."""
        with self._store.reading() as connection:
            name = self._name(connection, scopes, first)
        with self._lock(name):
            return self._ready(name, at) or self._build(scopes, first)

    def _name(self, connection: Connection, scopes: Scopes, first: bool) -> str:
        """Another one where other values may be seen, or some were erased, wherever that was done."""
        erased = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == ERASED_KEY))
        seen = digest([self._masks.sees_all(connection, scopes), erased])[:8]
        return f"{'first' if first else 'whole'}-{digest(sorted(scopes))[:16]}-{seen}"

    def forget(self) -> None:
        """Delete every file: when serving begins, for it holds an earlier run's personal values, and after erasure."""
        for old in self._folder.glob("*.ndjson.gz*"):
            old.unlink(missing_ok=True)

    def _build(self, scopes: Scopes, first: bool) -> Path:
        with self._store.reading() as connection:
            name = self._name(connection, scopes, first)  # by what is read here, not by what was before
            head = self._store.head(connection)
            sees_all = self._masks.sees_all(connection, scopes)
            counts = count_members(connection, scopes)
            rows = sum(counts.values())
            whole = not first or rows <= self.small
            held = _all_rows(connection, scopes) if whole else first_rows(connection, scopes, self.urgent)
            # Named by the link of the chain too: the folder may serve centres on other databases as well.
            ready = self._folder / f"{name}-{head.n}-{rows // self.rows_per_commit}-{head.h[:16]}.ndjson.gz"
            partial = ready.with_name(f"{ready.name}.{os.getpid()}.part")  # workers may share the folder
            descriptor = os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_LEVEL) as out:
                _line(out, {"n": head.n, "h": head.h, "counts": counts, "whole": whole})
                for row in rows_of(connection, held, sees_all):
                    _line(out, row)
        for old in self._folder.glob(f"{name.rpartition('-')[0]}-*.ndjson.gz"):
            old.unlink(missing_ok=True)
        partial.rename(ready)
        return ready

    def _ready(self, name: str, at: int) -> Path | None:
        """The file of this name, where it is not before `at` and the feed is not too far ahead of it."""
        for path in self._folder.glob(f"{name}-*.ndjson.gz"):
            n, most, link = path.name.removesuffix(".ndjson.gz").removeprefix(f"{name}-").split("-")
            if int(n) >= at and self._is_near(int(n), int(most), link):
                return path
        return None

    def _is_near(self, n: int, most: int, link: str) -> bool:
        """Whether commit `n` with this link is at most `most` commits old and the feed still goes on from there."""
        mine = t.commits.c.shard == t.SHARD, t.commits.c.n == n
        with self._store.reading() as connection:
            head = connection.execute(select(t.head.c.n, t.head.c.floor).where(t.head.c.shard == t.SHARD)).one()
            if not max(head.floor, head.n - most) <= n <= head.n:
                return False
            return str(connection.scalar(select(t.commits.c.h).where(*mine)) or GENESIS).startswith(link)

    def _lock(self, name: str) -> threading.Lock:
        with self._guard:
            return self._locks.setdefault(name, threading.Lock())


def _all_rows(connection: Connection, scopes: Scopes) -> Held:
    """Ids by kind of every row that the scopes hold."""
    held: dict[str, list[str]] = {}
    table = t.members
    found = select(table.c.kind, table.c.id).where(table.c.scope.in_(sorted(scopes))).distinct()
    for kind, one in connection.execute(found.order_by(table.c.kind, table.c.id)):
        held.setdefault(kind, []).append(one)
    return held


def rows_of(connection: Connection, held: Held, sees_all: bool) -> Iterator[dict[str, Any]]:
    """The rows of these ids, by kind and id: {kind, id, doc} and for private ones `values`."""
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
    out.write(compact(row).encode() + b"\n")


def read_lines(path: Path) -> Iterator[Any]:
    """The lines of a snapshot file, parsed."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
