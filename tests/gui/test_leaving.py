"""The window is closed: what still runs ends in order without a word; acts that are not sent yet get a calm one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from desk import bootstrap
from desk.household import Household, HouseholdProblem
from desk.services.jobs import run
from desk.services.rows import Phase
from desk.storage.filelock import FileLock
from desk.views.main_window import MainWindow
from tests.gui.hands import Hands
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


async def test_leaving_with_acts_that_are_not_sent_gets_a_calm_word_once(hands: Hands) -> None:
    window, gone = hands.window, []
    window.closing.connect(lambda: gone.append(True))
    hands.fake.syncer.tell(phase=Phase.OFFLINE, pending=3)
    window.close()
    await hands.settle()
    assert gone == []
    assert window.leaving.said == "3 acts not sent yet"
    assert QApplication.activeModalWidget() is None

    await hands.press(Qt.Key.Key_Escape)  # stay
    assert window.leaving.said == ""
    window.close()
    await hands.settle()
    await hands.press(Qt.Key.Key_Return)
    assert gone == [True]


async def test_one_may_leave_when_the_last_act_is_sent(hands: Hands) -> None:
    window, gone = hands.window, []
    window.closing.connect(lambda: gone.append(True))
    hands.fake.syncer.tell(pending=2)
    window.close()
    await hands.settle()
    await hands.press(Qt.Key.Key_Tab, Qt.Key.Key_Space)  # leave when they are sent
    hands.fake.syncer.tell(pending=1)
    assert (gone, window.leaving.said) == ([], "1 act not sent yet")
    hands.fake.syncer.tell(pending=0)
    assert gone == [True]


async def test_whoever_closes_twice_is_not_held_back(hands: Hands) -> None:
    hands.fake.syncer.tell(phase=Phase.OFFLINE, pending=3)
    assert not hands.window.close()
    assert hands.window.close()


async def test_with_everything_sent_nothing_is_said(hands: Hands) -> None:
    assert hands.window.close()


async def test_the_next_person_is_told_whose_acts_are_kept_here(hands: Hands) -> None:
    hands.fake.syncer.tell(phase=Phase.OFFLINE, pending=3)
    hands.window.session.switch()
    await hands.settle()
    assert hands.window.sign_in.kept == "3 acts of 王芳 are kept on this desk and sent when they next sign in here."
