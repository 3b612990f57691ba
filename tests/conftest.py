"""Rules for every test: offscreen Qt, silence, and which event loop a coroutine gets."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before anything imports Qt, and for the processes that tests start
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")  # never a person's own keyring

import pytest

pytest_plugins = [
    "tests.helpers.silence",
    "tests.helpers.pg_fixtures",
    "tests.helpers.groups",
    "tests.helpers.todays",
    "tests.helpers.answers.summary",
]

LoopFactory = Callable[[], asyncio.AbstractEventLoop]


def pytest_asyncio_loop_factories(config: pytest.Config, item: pytest.Item) -> Mapping[str, LoopFactory]:
    """Coroutines under tests/gui or marked qt_loop run on qasync, as the workstation does; all others on asyncio."""
    if item.get_closest_marker("qt_loop") or "gui" in item.path.relative_to(config.rootpath).parts:
        return {"qasync": qt_loop}
    return {"asyncio": asyncio.new_event_loop}


def qt_loop() -> asyncio.AbstractEventLoop:
    """A qasync loop on the one QApplication; closing the last window must not end it."""
    import qasync
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    return qasync.QEventLoop(app)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs PostgreSQL carries its mark: `-m "not postgres"`."""
    for item in items:
        if {"pg_url", "pg_clone", "pg_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("postgres")
