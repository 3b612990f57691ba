"""Brings a database to the schema of this program, under a lock, and refuses to serve another one."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from desk.central.engine import reading

_LOCK = 0x6465736B  # "desk": the advisory lock of migrations on PostgreSQL


class WrongSchema(Exception):
    """The database has another schema; the message says what to do."""


def wanted() -> str:
    """The newest revision that this program knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise WrongSchema("this program has no migrations: install it again")
    return revision


def present(connection: Connection) -> str | None:
    """The revision of a database; None where there is none."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are missing. Two at once wait for one another; a newer database raises WrongSchema."""
    with engine.begin() as connection:  # SQLite: BEGIN IMMEDIATE is the lock
        alone(connection)
        _refuse_newer(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def alone(connection: Connection) -> None:
    """Wait until nobody else migrates or founds this database, and keep others out until the transaction ends."""
    if connection.dialect.name == "postgresql":  # SQLite: BEGIN IMMEDIATE has done it
        connection.execute(text("SET LOCAL lock_timeout = '5min'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def check(engine: Engine) -> None:
    """Raises WrongSchema where the database does not have exactly the schema of this program."""
    with reading(engine) as connection:
        _refuse_newer(connection)
        found = present(connection)
    if found is None:
        raise WrongSchema("the database is empty: run desk-central init")
    if found != wanted():
        raise WrongSchema("the database has an older schema: run desk-central upgrade")


def _refuse_newer(connection: Connection) -> None:
    found = present(connection)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise WrongSchema("the database was made by a newer version: update this program")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    config.set_main_option("path_separator", "os")
    return config
