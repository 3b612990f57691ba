"""The PostgreSQL fixtures keep their word: every test has a database of its own, and a template is filled once."""

from __future__ import annotations

import psycopg
import pytest

from tests.helpers import postgres
from tests.helpers.pg_fixtures import Clone


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_is_fresh_every_time(pg_url: str, turn: int):
    with psycopg.connect(postgres.libpq_url(pg_url)) as connection:
        connection.execute("CREATE TABLE seen (turn int)")  # fails where an earlier test's table is left


@pytest.mark.parametrize("turn", [1, 2])
def test_a_copy_has_what_its_template_had_and_no_more(pg_clone: Clone, turn: int):
    with psycopg.connect(postgres.libpq_url(pg_clone("fixture_test", fill))) as connection:
        connection.execute("INSERT INTO kept VALUES (2)")
        row = connection.execute("SELECT count(*) FROM kept").fetchone()

    assert row == (2,)


def fill(url: str) -> None:
    with psycopg.connect(postgres.libpq_url(url)) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (1)")


def test_an_address_is_read_in_any_spelling():
    assert postgres.sqlalchemy_url("postgres://a:b@h:1/d") == "postgresql+psycopg://a:b@h:1/d"
    assert postgres.libpq_url("postgresql+psycopg://a:b@h/d") == "postgresql://a:b@h/d"
