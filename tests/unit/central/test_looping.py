"""How often what runs beside the calls looks, and how long it rests: people who call come first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desk.central import founding
from desk.central.engine import open_engine, sqlite_url
from desk.central.looping import run_steps
from desk.central.service import make_service
from desk.central.store import Store


class Stop(threading.Event):
    """Says stop after so many rests, and notes how long each was to be."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.rests: list[float] = []
        self._after = after

    def wait(self, timeout: float | None = None) -> bool:
        self.rests.append(timeout or 0.0)
        if len(self.rests) >= self._after:
            self.set()
        return self.is_set()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = open_engine(sqlite_url(tmp_path / "centre.db"))
    founding.init(engine)
    with closing(make_service(engine, tmp_path / "snapshots")) as service:
        yield service.store


@pytest.mark.parametrize(
    ("took", "stands_back", "rest"),
    [(0.01, True, 0.2), (3.0, True, 3.0), (3.0, False, 0.2), (30_000.0, True, 5.0)],
    ids=str,
)
def test_who_stands_back_rests_as_long_as_it_worked(store: Store, took: float, stands_back: bool, rest: float):
    now, stop = [0.0], Stop(after=3)

    def step(at: datetime) -> datetime:
        now[0] += took
        return at  # there is more at once

    run_steps(step, store, stop, shortest=0.2, stands_back=stands_back, monotonic=lambda: now[0])
    assert stop.rests == pytest.approx([rest] * 3)
