"""Lets go of feed rows that no desk needs any more: below the floor a desk takes a snapshot instead.

Positions and chain hashes stay for ever, and so do receipts of money; what is taken away is kept in backups.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, func, select, update

from desk.central import tables as t
from desk.central.store import Store

_PORTION = 2000  # positions of one transaction: the head is not held for long


def compact(store: Store, keep: timedelta) -> int:
    """Raise the floor to the last commit older than `keep`, delete what lies below; the floor."""
    with store.reading() as connection:
        old = (t.commits.c.shard == t.SHARD) & (t.commits.c.at < store.clock() - keep)
        goal = int(connection.scalar(select(func.max(t.commits.c.n)).where(old)) or 0)
        floor = int(connection.scalar(select(t.head.c.floor).where(t.head.c.shard == t.SHARD)) or 0)
    while floor < goal:
        floor = min(floor + _PORTION, goal)
        with store.writing() as tx:
            below = (t.feed.c.shard == t.SHARD) & (t.feed.c.n <= floor)
            tx.connection.execute(update(t.head).where(t.head.c.shard == t.SHARD).values(floor=floor))
            tx.connection.execute(delete(t.feed).where(below))
    return floor
