"""Opens the centre's database: SQLite through sqlcipher3's library, or PostgreSQL through psycopg.

Both behave alike afterwards: autobegin opens a transaction, `reading(engine)` one that cannot write, savepoints work.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlite
from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import make_url

LOCK_SECONDS = 10
IDLE_SECONDS = 60
ASKED_AFTER = 2.0  # seconds in the pool after which a connection is asked whether it holds
_USED_AT = "used_at"
MIN_SQLITE = (3, 51, 3)  # earlier ones can corrupt a database in WAL mode


class CannotOpen(Exception):
    """The database cannot be opened; the message says what to do."""


def open_engine(url: str, pool: int = 8) -> Engine:
    """An engine for `sqlite:///path` or `postgresql://…`; raises CannotOpen for anything else."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed.database or "", pool)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgres(url, pool)
    raise CannotOpen(f"{parsed.get_backend_name()}: use sqlite:///FILE or postgresql://USER@HOST/NAME")


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection on which everything is read as of one moment, and nothing is written."""
    options: dict[str, Any] = {"desk_reading": True}
    if engine.dialect.name == "postgresql":
        options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect() as plain:
        connection = plain.execution_options(**options)
        with connection.begin():
            yield connection


@contextmanager
def asking(engine: Engine) -> Iterator[Connection]:
    """A connection for questions that need no common moment: each stands alone, and nothing is said around it."""
    with engine.connect() as plain:
        yield plain.execution_options(isolation_level="AUTOCOMMIT", desk_reading=True)


def _open_sqlite(database: str, pool: int) -> Engine:
    if sqlite.sqlite_version_info < MIN_SQLITE:
        raise CannotOpen(f"SQLite {sqlite.sqlite_version} is too old: install the locked sqlcipher3 wheel")
    if database in ("", ":memory:"):
        raise CannotOpen("SQLite needs a file: several connections share it")
    engine = create_engine(
        f"sqlite:///{database}",
        module=sqlite,
        pool_size=pool,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": LOCK_SECONDS},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver must not begin by itself: the begin event below says which kind of transaction it is.
        connection.isolation_level = None
        pragmas = ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"]
        if sys.platform == "darwin":
            pragmas += ["fullfsync=1", "checkpoint_fullfsync=1"]
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        is_reading = connection.get_execution_options().get("desk_reading", False)
        connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")

    return engine


def _open_postgres(url: str, pool: int) -> Engine:
    """Whether a connection still holds is asked only after it was idle for a while: asking each time costs every call a
    round trip. One that broke in between is an error of one call, and all of the pool are made anew."""
    options = f"-c lock_timeout={LOCK_SECONDS}s -c idle_in_transaction_session_timeout={IDLE_SECONDS}s"
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool,
        max_overflow=4,
        # READ COMMITTED with the head lock as the first statement: a stricter level would freeze its view before
        # it has waited for the lock (DESIGN 1.4).
        isolation_level="READ COMMITTED",
        connect_args={"options": options, "application_name": "desk-central"},
    )

    # Plain inserts of several rows are one statement: as a pipeline of many the driver needs three times as long for a
    # few. Upserts stay row by row: PostgreSQL refuses one that names a row twice.
    engine.dialect.use_insertmanyvalues_wo_returning = True

    @event.listens_for(engine, "checkin")
    def put_back(_connection: Any, record: Any) -> None:
        record.info[_USED_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get(_USED_AT, time.monotonic()) > ASKED_AFTER:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as gone:
                raise exc.DisconnectionError(str(gone)) from gone  # the pool opens another one

    return engine
