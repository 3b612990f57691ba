"""The window is closed while something still runs: everything ends in order, and nothing is said of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desk import bootstrap
from desk.household import Household, HouseholdProblem
from desk.services.jobs import run
from desk.storage.filelock import FileLock
from desk.views.main_window import MainWindow
from tools import samples


def test_what_runs_when_the_window_closes_still_has_its_window(qapp: QApplication, tmp_path: Path) -> None:
    options = bootstrap.Options(data=tmp_path, centre="http://127.0.0.1:9")
    painted, failed = [], []

    async def lead(window: MainWindow, leave: Callable[[], None]) -> None:
        window.desk.jobs.failed.connect(lambda name, error: failed.append(f"{name}: {error}"))
        window.close()
        try:
            await asyncio.Event().wait()
        finally:  # a refresh that comes to its end while the services are closed
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            window.bench.show_case(samples.CASE)
            painted.append(window.bench.case.row)

    assert run(lambda: bootstrap._work(options, qapp, lead), qapp) == 0
    assert painted == [samples.CASE]
    assert failed == []


def test_a_task_that_is_left_over_is_cancelled_and_waited_for(qapp: QApplication) -> None:
    ended = []

    async def waits() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.append("in order")

    left: list[asyncio.Task[None]] = []

    async def main() -> int:
        left.append(asyncio.ensure_future(waits()))
        await asyncio.sleep(0)
        return 3

    assert run(main, qapp) == 3
    assert ended == ["in order"]
    assert left[0].cancelled()


def test_a_household_that_is_ended_while_it_starts_starts_nothing(tmp_path: Path) -> None:
    house = Household(tmp_path, demo=True)
    other = FileLock(tmp_path / "household.lock")  # another desk is starting the same household
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(house.start)
        house.end()
        with pytest.raises(HouseholdProblem):
            begun.result(timeout=5)
    other.release()
    with pytest.raises(HouseholdProblem):
        house.start()
    assert not (tmp_path / "centre").exists()
