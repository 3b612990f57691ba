"""The versions of what only this desk knows (outbox, people, drafts): each step upgrades a file of the one before.

The replica has no migrations: it is dropped and fetched anew. A file is copied before it is upgraded (engine.py).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.engine import Connection

from desk.storage import tables


def _first(connection: Connection) -> None:
    tables.own_metadata.create_all(connection)


# Step i leads from version i to i + 1. A released step never changes; the first makes today's tables, so a later step
# must bear files in which its work is done already.
STEPS: tuple[Callable[[Connection], None], ...] = (_first,)
LATEST = len(STEPS)


def version_of(connection: Connection) -> int:
    """0 for an empty file."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def upgrade(connection: Connection, version: int) -> None:
    """Run the steps that are lacking, in the caller's transaction."""
    for step in STEPS[version:]:
        step(connection)
    connection.exec_driver_sql(f"PRAGMA user_version = {LATEST}")
