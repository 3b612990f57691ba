"""A commit of the feed: its rows, whom they concern, and how it is read from the tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.domain.scope import Scopes


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a commit: who saw it before, who sees it after, and the document (None where nobody does)."""

    kind: str
    id: str
    before: Scopes
    after: Scopes
    doc: Any

    def chained(self) -> list[Any]:
        """The part that the chain hash covers."""
        return [self.kind, self.id, sorted(self.before), sorted(self.after), self.doc]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as stored, its rows in order."""

    n: int
    h: str
    at: datetime
    rows: tuple[Row, ...]
    touches: Scopes  # every scope that anything in it concerns


@dataclass(frozen=True, slots=True)
class Made:
    """A commit that this process has just made durable: as the tables tell it, without asking them.

    `previous` is the hash it was chained to; `kinds` are those of all entities it wrote, told in the feed or not.
    """

    commit: Commit
    previous: str
    kinds: frozenset[str]


def commit_of(n: int, h: str, at: datetime, rows: Sequence[Row]) -> Commit:
    """A commit of these rows."""
    return Commit(n, h, at, tuple(rows), frozenset().union(*(row.before | row.after for row in rows)))


def load_commits(connection: Connection, after: int, limit: int) -> list[Commit]:
    """Up to `limit` commits after a position, oldest first."""
    wanted = (
        select(t.commits.c.n, t.commits.c.h, t.commits.c.at)
        .where(t.commits.c.shard == t.SHARD, t.commits.c.n > after)
        .order_by(t.commits.c.n)
        .limit(limit)
    )
    heads = connection.execute(wanted).all()
    if not heads:
        return []
    found = (
        select(t.feed)
        .where(t.feed.c.shard == t.SHARD, t.feed.c.n > after, t.feed.c.n <= heads[-1].n)
        .order_by(t.feed.c.n, t.feed.c.position)
    )
    rows = {
        n: [Row(one.kind, one.id, one.before, one.after, one.doc) for one in group]
        for n, group in groupby(connection.execute(found), key=lambda row: row.n)
    }
    return [commit_of(head.n, head.h, head.at, rows.get(head.n, ())) for head in heads]
