"""A true centre on each database, and desks beside it whose line can be made bad."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.running_centre import RunningCentre, found, running_centre
from tests.helpers.workstation import Workstation


@pytest.fixture(params=["sqlite", "postgres"])
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[RunningCentre]:
    url = request.getfixturevalue("pg_clone")("running", found) if request.param == "postgres" else ""
    with running_centre(tmp_path / "centre", url) as running:
        yield running


@pytest.fixture
def desk(centre: RunningCentre, tmp_path: Path) -> Iterator[Callable[..., Workstation]]:
    """`desk("wangfang", "team:hotline")`: a desk with a person signed in, closed after the test."""
    opened: list[Workstation] = []

    def make(login: str = "wangfang", *scopes: str) -> Workstation:
        folder = tmp_path / f"desk-{len(opened)}"
        opened.append(Workstation.enrolled(centre, folder, login, *scopes))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
