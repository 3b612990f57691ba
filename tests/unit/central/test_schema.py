"""The schema: migrations make exactly the tables the program knows, a newer or older database is refused with words."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, MetaData, Table, bindparam, select, text

from desk.central import columns, founding, schema
from desk.central.engine import CannotOpen, open_engine
from desk.central.tables import credentials, metadata, tickets
from tests.helpers.centre import START

HOUR = timedelta(hours=1)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database."""
    url = f"sqlite:///{tmp_path / 'c.db'}" if request.param == "sqlite" else request.getfixturevalue("pg_url")
    engine = open_engine(url)
    yield engine
    engine.dispose()


def test_the_migrations_make_the_tables_of_the_program(empty: Engine):
    schema.upgrade(empty)
    schema.check(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_not_served(empty: Engine):
    with pytest.raises(schema.WrongSchema, match="desk-central init"):
        schema.check(empty)


def test_a_newer_database_is_left_alone(empty: Engine):
    schema.upgrade(empty)
    with empty.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for act in (schema.check, schema.upgrade):
        with pytest.raises(schema.WrongSchema, match="update this program"):
            act(empty)


def test_an_older_centre_is_brought_up_and_its_passwords_hold(empty: Engine):
    schema.upgrade(empty, "0001")
    with pytest.raises(schema.WrongSchema, match="desk-central upgrade"):
        schema.check(empty)
    with empty.begin() as connection:
        words = "INSERT INTO credentials (staff_id, password_hash, changed_at) VALUES ('u1', 'h', :now)"
        connection.execute(text(words).bindparams(bindparam("now", START, columns.UtcTime())))
    schema.upgrade(empty)
    with empty.connect() as connection:
        kept = connection.execute(select(credentials)).one()
    assert (kept.password_hash, kept.due, kept.expires_at) == ("h", False, None)


@pytest.mark.parametrize(
    ("stage", "told", "late"),
    [
        ("identify", {}, True),
        ("identify", {"first_response_breached": True}, False),
        ("analyse", {"first_response_at": START.isoformat()}, False),
        ("analyse", {"pauses": [{"since": (START - HOUR).isoformat(), "reason": "customer"}]}, False),
        ("analyse", {"pauses": [{"since": START.isoformat(), "until": START.isoformat(), "reason": "customer"}]}, True),
        ("resolve", {"pauses": [{"since": (START + HOUR).isoformat(), "reason": "customer"}]}, True),
        ("closed", {}, False),
    ],
)
def test_what_was_waiting_for_a_first_response_still_is_after_the_upgrade(
    empty: Engine, stage: str, told: dict[str, object], late: bool
):
    schema.upgrade(empty, "0004")
    row = {
        "id": "t1", "shard": 0, "n": 1, "number": "T1", "kind": "cancel", "order_number": "", "team": "hotline",
        "stage": stage, "due_at": START, "opened_at": START, "first_response_breached": False,
        "doc": {"first_response_due": START.isoformat(), **told},
    }  # fmt: skip
    old = Table("tickets", MetaData(), autoload_with=empty, resolve_fks=False)
    times = {"due_at": columns.UtcTime(), "opened_at": columns.UtcTime(), "doc": columns.Document()}
    with empty.begin() as connection:
        values = {name: bindparam(name, value, times.get(name)) for name, value in row.items()}
        connection.execute(old.insert().values(values))
    schema.upgrade(empty)
    with empty.connect() as connection:
        assert connection.scalar(select(tickets.c.overdue_at)) == (START if late else None)


def test_an_upgrade_that_runs_twice_at_once_happens_once(empty: Engine):
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(founding.init, empty) for _ in range(2)]:
            done.result()
    schema.check(empty)
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM head")) == 1
        assert connection.scalar(text("SELECT count(*) FROM policies")) == 1


def test_founding_twice_changes_nothing(empty: Engine):
    assert founding.init(empty)
    assert not founding.init(empty, demo=True)
    assert not founding.is_demo(empty)


def test_only_two_kinds_of_database_are_known(tmp_path: Path):
    with pytest.raises(CannotOpen, match="sqlite:///FILE or postgresql"):
        open_engine("mysql://x/y")
    with pytest.raises(CannotOpen, match="needs a file"):
        open_engine("sqlite://")


def test_sqlite_is_durable_and_checks_references(tmp_path: Path):
    engine = open_engine(f"sqlite:///{tmp_path / 'c.db'}")
    with engine.connect() as connection:
        told = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
