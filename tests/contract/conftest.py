"""One suite, both databases: whoever asks for `centre` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.centre import World, found, world


@pytest.fixture(scope="session")
def founded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A founded SQLite centre to copy: founding takes longer than most tests."""
    path = tmp_path_factory.mktemp("founded") / "centre.db"
    found(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a founded database."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("founded_file"), tmp_path / "centre.db")
        return f"sqlite:///{path}"
    url: str = request.getfixturevalue("pg_clone")("centre", found)
    return url


@pytest.fixture
def centre(database_url: str, tmp_path: Path) -> Iterator[World]:
    """A centre with a client."""
    with world(database_url, tmp_path) as made:
        yield made
