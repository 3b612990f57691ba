"""Reads the feed by scope: whole commits after a cursor, what this scope may see of them, and how much it holds.

Each worker keeps the newest commits in memory (a ring): a parked desk costs no query until something concerns it.
"""

from __future__ import annotations

import contextlib
import threading
from collections import Counter, OrderedDict, deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from desk.central import tables as t
from desk.central.commits import Commit, Made, Row, load_commits
from desk.central.masking import Masks
from desk.central.problems import Problem
from desk.central.store import Store
from desk.wire.canonical import GENESIS, compact
from desk.wire.protocol import Cursor, Op

RING_COMMITS = 4000
LOAD_COMMITS = 200
SCAN_COMMITS = 2000  # looked through for one page, whether anything in them is for this scope or not
KEPT_COUNTS = 256
KEPT_PAGES, KEPT_BYTES = 64, 256 * 1024  # pages, and how long one may be

Scopes = frozenset[str]


_HEAD = select(t.head).where(t.head.c.shard == t.SHARD)


@dataclass(frozen=True, slots=True)
class PageMade:
    """A page as bytes (wire.protocol.Page), how far it reaches, whether it holds or announces anything, and whom
    something in what was looked through concerns by name (`installation:...`): for everybody else of these scopes it is
    the same page."""

    body: bytes
    n: int
    is_empty: bool
    named: Scopes


class Feed:
    """The feed of one shard for one worker. Safe to share between threads."""

    def __init__(self, store: Store, masks: Masks) -> None:
        self._store = store
        self._masks = masks
        self._lock = threading.Lock()
        self._ring: deque[Commit] = deque(maxlen=RING_COMMITS)
        self._counts: OrderedDict[Scopes, tuple[int, Mapping[str, int]]] = OrderedDict()
        self._made: OrderedDict[Hashable, PageMade] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    @property
    def newest(self) -> int:
        """The newest commit that this worker knows of; 0 where it knows none."""
        with self._lock:
            return self._ring[-1].n if self._ring else 0

    def is_newest(self, at: Cursor) -> bool:
        """Whether this worker knows of no commit after this one, and of this one."""
        with self._lock:
            return bool(self._ring) and (self._ring[-1].n, self._ring[-1].h) == (at.n, at.h)

    def head(self, connection: Connection) -> Any:
        """The row that says how far the feed goes, and from where."""
        return connection.execute(_HEAD).one()

    def refresh(self) -> Scopes:
        """Take new commits into the ring; the scopes they touch (`*` when the database went back: wake everybody)."""
        touched: set[str] = set()
        with self._store.reading() as connection:
            head = self._store.head(connection)
            with self._lock:
                last = self._ring[-1] if self._ring else None
            if last is None:
                new = load_commits(connection, max(head.n - LOAD_COMMITS, 0), LOAD_COMMITS)
            elif last.n > head.n or self._hash_at(connection, last.n) != last.h:
                self._forget()
                return frozenset("*")
            else:
                new = self._all_after(connection, last.n)
        with self._lock:
            newest = self._ring[-1].n if self._ring else 0
            for commit in new:
                if commit.n > newest:
                    self._ring.append(commit)
                    touched |= commit.touches
        return frozenset(touched)

    def take(self, made: Made) -> Scopes | None:
        """Take a commit of this very process into the ring; the scopes it touches.

        None where it does not follow on what is held here (somebody else's commit came between): `refresh` finds out.
        """
        with self._lock:
            last = self._ring[-1] if self._ring else None
            if last is None or (made.commit.n, made.previous) != (last.n + 1, last.h):
                return None
            self._ring.append(made.commit)
        return made.commit.touches

    def page(
        self,
        connection: Connection,
        at: Cursor,
        scopes: Scopes,
        installation: str,
        limit: int,
        known: Sequence[Cursor] = (),
        head: Any = None,
    ) -> PageMade:
        """The page after a cursor, as of what `connection` sees. Problem 409 where the cursor is not of this history,
        410 where it lies below the floor. Whoever stands at the same place in the same scopes is given the same one.
        `head`: what the method of that name said on this connection, for who asks for many."""
        head = head or self.head(connection)
        name = f"installation:{installation}"
        key = (at.n, at.h, head.n, head.h, head.floor, scopes, limit)
        with self._one_at_a_time(key):
            with self._lock:
                made = self._made.get(key)
            if made is None or name in made.named:
                self._check(connection, at, head.n, head.floor, known)
                made = self._make(connection, at, scopes, name, limit, head)
                self._keep(key, made, name)
        return made

    def _make(self, connection: Connection, at: Cursor, scopes: Scopes, name: str, limit: int, head: Any) -> PageMade:
        last, commits, named = self._scan(connection, at, scopes | {name}, limit)
        counts = self._count(connection, scopes, head.n) if last.n == head.n else None
        self._masks.fill(connection, [one for commit in commits for one in commit["rows"]], scopes)
        says = {
            "commits": commits,
            "next": {"n": last.n, "h": last.h},
            "more": last.n < head.n,
            "floor": head.floor,
            "counts": counts,
        }
        return PageMade(compact(says).encode(), last.n, not commits and last.n == head.n, named)

    def _keep(self, key: Hashable, made: PageMade, name: str) -> None:
        if name in made.named or len(made.body) > KEPT_BYTES:
            return  # it says what only this one may hear, or is of a desk that catches up
        with self._lock:
            self._made[key] = made
            while len(self._made) > KEPT_PAGES:
                self._made.popitem(last=False)

    @contextlib.contextmanager
    def _one_at_a_time(self, key: Hashable) -> Iterator[None]:
        """Of many that were woken together one makes the page, the others wait for it."""
        with self._lock:
            gate = self._making.setdefault(key, threading.Lock())
        try:
            with gate:
                yield
        finally:
            with self._lock:
                self._making.pop(key, None)

    # --- position -------------------------------------------------------------------------------------------------

    def _check(self, connection: Connection, at: Cursor, head: int, floor: int, known: Sequence[Cursor]) -> None:
        if at.n <= head and self._hash_at(connection, at.n) == at.h:
            if at.n < floor:
                raise Problem(410, "below_floor", "the feed no longer reaches back that far: take a snapshot")
            return
        common = None
        for cursor in sorted(known, key=lambda one: -one.n):
            if cursor.n <= head and self._hash_at(connection, cursor.n) == cursor.h:
                common = {"n": cursor.n, "h": cursor.h}
                break
        # What followed the common point was lost here: the desk sends those commands again after a snapshot.
        raise Problem(409, "other_history", "the centre was restored: take a snapshot", common=common, snapshot=True)

    def _hash_at(self, connection: Connection, n: int) -> str | None:
        if n == 0:
            return GENESIS
        wanted = (t.commits.c.shard == t.SHARD) & (t.commits.c.n == n)
        return connection.scalar(select(t.commits.c.h).where(wanted))

    # --- commits --------------------------------------------------------------------------------------------------

    def _scan(self, connection: Connection, at: Cursor, mine: Scopes, limit: int) -> tuple[Cursor, list[Any], Scopes]:
        """Commits with something for these scopes until about `limit` rows, how far was looked, and which installations
        are named there."""
        last, made, rows, scanned = at, [], 0, 0
        touched: set[str] = set()
        while rows < limit and scanned < SCAN_COMMITS:
            portion = self._after(connection, last.n)
            if not portion:
                break
            for commit in portion:
                last = Cursor(n=commit.n, h=commit.h)
                scanned += 1
                touched |= commit.touches
                seen = plain_commit(commit, mine)
                if seen["rows"] or seen["verdicts"]:
                    made.append(seen)
                    rows += len(seen["rows"]) + len(seen["verdicts"])
                if rows >= limit:
                    break
        return last, made, frozenset(one for one in touched if one.startswith("installation:"))

    def _after(self, connection: Connection, n: int) -> list[Commit]:
        with self._lock:
            if self._ring and self._ring[0].n <= n + 1:
                skip = n + 1 - self._ring[0].n
                held = [self._ring[i] for i in range(skip, min(skip + LOAD_COMMITS, len(self._ring)))]
                if held:
                    return held
        return load_commits(connection, n, LOAD_COMMITS)

    def _all_after(self, connection: Connection, n: int) -> list[Commit]:
        """Everything after `n` that the ring can hold; if more came than that, only the newest."""
        newest = int(connection.scalar(select(t.head.c.n).where(t.head.c.shard == t.SHARD)) or 0)
        return load_commits(connection, max(n, newest - RING_COMMITS), RING_COMMITS) if newest > n else []

    def _forget(self) -> None:
        with self._lock:
            self._ring.clear()
            self._counts.clear()
            self._made.clear()

    # --- counts ---------------------------------------------------------------------------------------------------

    def _count(self, connection: Connection, scopes: Scopes, head: int) -> Mapping[str, int]:
        with self._lock:
            n, counts = self._counts.get(scopes, (-1, {}))
        if n != head:
            counts = self._counted_on(connection, scopes, n, counts, head)
            with self._lock:
                self._counts[scopes] = head, counts
                self._counts.move_to_end(scopes)
                while len(self._counts) > KEPT_COUNTS:
                    self._counts.popitem(last=False)
        return counts

    def _counted_on(
        self, connection: Connection, scopes: Scopes, n: int, counts: Mapping[str, int], head: int
    ) -> Mapping[str, int]:
        """Counts at `head`: carried on over the ring where it reaches back to `n`, counted in the tables where not."""
        if n >= 0:
            moved = Counter(counts)
            while n < head:
                portion = self._after(connection, n)
                if not portion or portion[0].n != n + 1 or head - n > RING_COMMITS:
                    break
                for commit in portion:
                    if commit.n <= head:
                        moved.update(_difference(commit.rows, scopes))
                        n = commit.n
            if n == head:
                return {kind: number for kind, number in sorted(moved.items()) if number}
        return count_members(connection, scopes)


def count_members(connection: Connection, scopes: Iterable[str]) -> dict[str, int]:
    """How many rows of each kind the scopes hold together, counted in the tables."""
    table = t.members
    held = select(table.c.kind, table.c.id).where(table.c.scope.in_(sorted(scopes))).distinct().subquery()
    found = select(held.c.kind, func.count()).group_by(held.c.kind).order_by(held.c.kind)
    return {kind: int(number) for kind, number in connection.execute(found)}


def plain_commit(commit: Commit, mine: Scopes) -> dict[str, Any]:
    """What a commit tells somebody who sees these scopes: rows to put and to take out, verdicts."""
    rows, verdicts = [], []
    for row in commit.rows:
        if row.kind == "verdict":
            if row.after & mine:
                told = {key: row.doc[key] for key in ("status", "code", "data", "outcome")}
                verdicts.append({"id": row.id, **told, "n": commit.n, "duplicate": False})
        elif row.after & mine:
            rows.append({"kind": row.kind, "id": row.id, "op": str(Op.UPSERT), "doc": row.doc})
        elif row.before & mine:
            rows.append({"kind": row.kind, "id": row.id, "op": str(Op.LEAVE), "doc": None})
    at = commit.at.isoformat().replace("+00:00", "Z")
    return {"n": commit.n, "h": commit.h, "at": at, "rows": rows, "verdicts": verdicts}


def _difference(rows: Iterable[Row], scopes: Scopes) -> Counter[str]:
    moved: Counter[str] = Counter()
    for row in rows:
        moved[row.kind] += bool(row.after & scopes) - bool(row.before & scopes)
    return moved
