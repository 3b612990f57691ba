"""Fixtures that hand a test a PostgreSQL database of its own: pg_server, pg_url, pg_clone, pg_module_clone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from tests.helpers import postgres

Prepare = Callable[[str], None]
Clone = Callable[[str, Prepare], str]


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """The base URL of the one server of this run; without one the test is skipped, and under CI it fails."""
    try:
        base = postgres.acquire()
    except postgres.NoPostgres as lack:
        if os.environ.get("CI") == "true":
            pytest.fail(str(lack), pytrace=False)
        pytest.skip(str(lack))
    yield base
    postgres.release()


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """The SQLAlchemy URL of a fresh empty database, dropped after the test."""
    with postgres.database(pg_server) as url:
        yield url


@pytest.fixture(scope="session")
def _pg_templates(pg_server: str) -> Iterator[dict[str, str]]:
    made: dict[str, str] = {}
    yield made
    for url in made.values():
        postgres.drop_database(pg_server, url)


@contextmanager
def _cloning(server: str, templates: dict[str, str]) -> Iterator[Clone]:
    copies: list[str] = []

    def clone(name: str, prepare: Prepare) -> str:
        template = f"tmpl_{os.getpid()}_{name}"
        if name not in templates:
            templates[name] = postgres.create_database(server, template)
            prepare(templates[name])
        copies.append(postgres.create_database(server, template=template))
        return copies[-1]

    yield clone
    for url in copies:
        postgres.drop_database(server, url)


@pytest.fixture
def pg_clone(pg_server: str, _pg_templates: dict[str, str]) -> Iterator[Clone]:
    """`pg_clone("centre", prepare)` -> URL of a copy of a database that `prepare(url)` filled once per worker.

    `prepare` must close its connections: a database in use cannot be copied.
    """
    with _cloning(pg_server, _pg_templates) as clone:
        yield clone


@pytest.fixture(scope="module")
def pg_module_clone(pg_server: str, _pg_templates: dict[str, str]) -> Iterator[Clone]:
    """The same for all tests of a module."""
    with _cloning(pg_server, _pg_templates) as clone:
        yield clone
