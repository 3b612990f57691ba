"""One suite, both databases: whoever asks for `centre` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.centre import World, world


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'centre.db'}"
    url: str = request.getfixturevalue("pg_url")
    return url


@pytest.fixture
def centre(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A founded centre with a client."""
    with world(database_url, tmp_path) as made:
        yield made
