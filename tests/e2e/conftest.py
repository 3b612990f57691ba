"""Centres founded and filled once per run by their own command line, and copied for every test."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.export import write_export
from tests.helpers.pg_fixtures import Clone
from tests.helpers.stand import PEOPLE, ROOT, Floor, Where, desk_central, stand

ROWS = 150


@pytest.fixture(autouse=True, scope="session")
def _surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Processes find this checkout from wherever they are started; and where Python is told to keep no compiled
    modules, each of them would compile everything anew."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYTHONPATH", os.fspath(ROOT))
        if sys.dont_write_bytecode:
            patched.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
            patched.setenv("PYTHONPYCACHEPREFIX", os.fspath(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """(a shop's CSV of some hundred rows, its mapping)."""
    return write_export(tmp_path_factory.mktemp("export"), ROWS)


@pytest.fixture(scope="session")
def prepare(export: tuple[Path, Path], _surroundings: None) -> Callable[[Where], None]:
    """Found a centre with the demo's people and import the export, as an operator does."""

    def found(where: Where) -> None:
        with contextlib.chdir(export[0].parent):  # where a centre on PostgreSQL keeps its files
            desk_central(where, "init", "--demo", "--people", PEOPLE)
            said = desk_central(where, "import-orders", export[0], "--mapping", export[1])
        assert " told, 0 unchanged" in said

    return found


@pytest.fixture
def postgres_centre(pg_clone: Clone, prepare: Callable[[Where], None]) -> Where:
    """A filled centre of its own on PostgreSQL."""
    return "--database-url", pg_clone("e2e", lambda url: prepare(("--database-url", url)))


@pytest.fixture(scope="session")
def _filled_folder(tmp_path_factory: pytest.TempPathFactory, prepare: Callable[[Where], None]) -> Path:
    folder = tmp_path_factory.mktemp("filled") / "centre"
    prepare(("--data", str(folder)))
    return folder


@pytest.fixture
def sqlite_centre(_filled_folder: Path, tmp_path: Path) -> Where:
    """A filled centre of its own on SQLite."""
    return "--data", str(shutil.copytree(_filled_folder, tmp_path / "centre"))


@pytest.fixture
def floor(postgres_centre: Where, tmp_path: Path) -> Iterator[Floor]:
    """Centre on PostgreSQL, outside systems, and a line for desks."""
    with stand(postgres_centre, tmp_path) as made:
        yield made
