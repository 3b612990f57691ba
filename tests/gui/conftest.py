"""A real main window on made-up services, in a fixed hour of a fixed zone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from desk.views import format as text
from desk.views import language, theme
from desk.views.main_window import MainWindow
from tests.gui.fakes import FakeDesk, WatchedJobs
from tests.gui.hands import Hands
from tools import samples


@pytest.fixture
def look(qapp: QApplication) -> Iterator[None]:
    """English, light, 20:04 in Shanghai."""
    theme.apply(qapp, "light")
    language.use("en")
    text.use_zone(ZoneInfo("Asia/Shanghai"))
    text.use_clock(lambda: samples.NOW)
    yield
    text.use_zone(None)
    text.use_clock(None)
    language.use("en")


@pytest.fixture
async def fake(look: None) -> AsyncIterator[FakeDesk]:
    """The made-up services."""
    jobs = WatchedJobs()
    yield FakeDesk(jobs)
    await jobs.close()


@pytest.fixture
async def hands(fake: FakeDesk) -> AsyncIterator[Hands]:
    """The window, signed in as Wang Fang, and hands to work it."""
    window = MainWindow(fake.desk)
    window.show()
    window.activateWindow()
    found = Hands(window, fake)
    await found.settle()
    await fake.session.sign_in("wangfang", "secret")
    await found.settle()
    yield found
    window.close()
    window.deleteLater()
