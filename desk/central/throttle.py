"""Slows guessing down: after some failures a key waits, longer each time; kept in the database, across workers."""

from __future__ import annotations

import math
from datetime import timedelta

from sqlalchemy import delete, select

from desk.central import tables as t
from desk.central.problems import Problem
from desk.central.rows import upsert
from desk.central.store import Store

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=15)
FORGIVEN_AFTER = timedelta(hours=1)


class Throttle:
    """Counts failures by key ("login wangfang", "enrol"). Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def check(self, key: str) -> None:
        """Problem 429 with Retry-After while the key has to wait."""
        now = self._store.clock()
        with self._store.reading() as connection:
            until = connection.scalar(select(t.throttles.c.until).where(t.throttles.c.id == key))
        if until is not None and until > now:
            seconds = math.ceil((until - now).total_seconds())
            raise Problem(429, "too_many_tries", f"wait {seconds} seconds", retry_after=seconds)

    def failed(self, key: str) -> None:
        """Count one failure."""
        now = self._store.clock()
        table = t.throttles
        with self._store.aside() as connection:
            row = connection.execute(select(table).where(table.c.id == key).with_for_update()).one_or_none()
            stale = row is None or row.until + FORGIVEN_AFTER < now
            failures = 1 if stale or row is None else row.failures + 1
            wait = timedelta(0)
            if failures > FREE_TRIES:
                wait = min(FIRST_WAIT * 2 ** min(failures - FREE_TRIES - 1, 20), LONGEST_WAIT)
            upsert(connection, table, [{"id": key, "failures": failures, "until": now + wait}])

    def passed(self, key: str) -> None:
        """Forget the failures of this key."""
        with self._store.aside() as connection:
            connection.execute(delete(t.throttles).where(t.throttles.c.id == key))
