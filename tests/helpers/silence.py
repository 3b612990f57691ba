"""A test that leaves noise or litter fails: unexpected logs, threads, timers, tasks, child processes.

Expected log records are named by `@pytest.mark.expect_log("text")` or, inside a test, `expected_logs.append("text")`;
each names a part of the message (structlog's event included).
"""

from __future__ import annotations

import asyncio
import asyncio.runners
import contextlib
import gc
import itertools
import logging
import multiprocessing
import os
import sys
import threading
import time
import weakref
from collections.abc import Generator, Iterator
from typing import Any

import pytest
import structlog

PATIENCE = float(os.environ.get("TEST_PATIENCE", "3"))  # seconds that a thread which was told to end may still take

# Threads that belong to a library for the life of the process.
KNOWN_THREADS = ("pytest_timeout", "execnet", "asyncio-waitpid", "Dummy-", "tmon")
_lasting: list[str] = []


@contextlib.contextmanager
def lasting_threads(name: str) -> Iterator[None]:
    """For a fixture that outlives its tests and starts threads of that name while they run."""
    _lasting.append(name)
    yield
    _lasting.remove(name)


class Listener(logging.Handler):
    """Collects every record of level WARNING or more."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def unexpected(self, expected: list[str]) -> list[str]:
        said = [f"{record.levelname} {record.name}: {_text(record)}" for record in self.records]
        return [line for line in said if not any(text in line for text in expected)]


class Baseline:
    """What was there before the test, and what it asked us to accept."""

    def __init__(self, expected: list[str]) -> None:
        self.expected = expected
        self.threads = set(threading.enumerate())
        self.listener = Listener()
        logging.getLogger().addHandler(self.listener)

    def close(self) -> None:
        logging.getLogger().removeHandler(self.listener)


_BASELINE = pytest.StashKey[Baseline]()
_leftover_tasks: list[str] = []
_started = itertools.count()
_SETTLE_EVERY = 25  # tests
_reported: weakref.WeakSet[Any] = weakref.WeakSet()


@pytest.fixture
def expected_logs(request: pytest.FixtureRequest) -> list[str]:
    """Texts of warnings that this test expects; append to it."""
    return request.node.stash[_BASELINE].expected


@pytest.fixture(autouse=True)
def _silence(request: pytest.FixtureRequest) -> None:
    """Remember what was there once the wider fixtures are up; the hook below looks again after all teardown."""
    expected = [mark.args[0] for mark in request.node.iter_markers("expect_log")]
    structlog_to_logging()
    request.node.stash[_BASELINE] = Baseline(expected)


def structlog_to_logging() -> None:
    """Send structlog through the standard library, so that one listener hears everything."""
    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """What outlived its test for good (modules, caches) is nobody's litter: the collector and `_live` pass it over.

    Else every test would look through the heap of all that ran before it.
    """
    if next(_started) % _SETTLE_EVERY == 0:
        gc.collect()
        gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    try:
        result = yield
    finally:
        baseline = item.stash.get(_BASELINE, None)
        if baseline:
            baseline.close()
    complaints = _complaints(baseline) if baseline else []
    if complaints:
        pytest.fail("the test left something behind:\n  " + "\n  ".join(complaints), pytrace=False)
    return result


def _complaints(baseline: Baseline) -> list[str]:
    tasks = [f"asyncio task still running: {task}" for task in _leftover_tasks]
    _leftover_tasks.clear()
    qt = _qt_litter()
    threads = [f"thread still running: {name}" for name in _threads_left(baseline.threads)]
    children = [f"child process still running: {child.name}" for child in multiprocessing.active_children()]
    logs = [f"unexpected log: {line}" for line in baseline.listener.unexpected(baseline.expected)]
    return [*tasks, *qt, *threads, *children, *logs]


def _text(record: logging.LogRecord) -> str:
    text = record.getMessage()
    if record.exc_info and record.exc_info[1]:
        text += f" ({record.exc_info[1]!r})"
    return text


# ------------------------------------------------------------------------------------------------------------ threads


def _threads_left(before: set[threading.Thread]) -> list[str]:
    """Threads that outlive the test, after waiting for those that are about to end."""
    deadline = time.monotonic() + PATIENCE
    left = [thread for thread in threading.enumerate() if thread not in before and _is_ours(thread)]
    for thread in left:
        thread.join(max(0.0, deadline - time.monotonic()))
    return [thread.name for thread in left if thread.is_alive()]


def _is_ours(thread: threading.Thread) -> bool:
    return thread is not threading.current_thread() and not thread.name.startswith((*KNOWN_THREADS, *_lasting))


# ------------------------------------------------------------------------------------------------------------- tasks

_cancel_all_tasks = asyncio.runners._cancel_all_tasks  # type: ignore[attr-defined]


def _note_and_cancel(loop: asyncio.AbstractEventLoop) -> None:
    """When a runner closes, what it has to cancel is what the test forgot."""
    _leftover_tasks.extend(_name(task) for task in asyncio.all_tasks(loop))
    _cancel_all_tasks(loop)


def _name(task: asyncio.Task[Any]) -> str:
    return f"{task.get_name()} {task.get_coro()!r}"


@pytest.fixture(autouse=True, scope="session")
def _watch_tasks() -> Iterator[None]:
    asyncio.runners._cancel_all_tasks = _note_and_cancel  # type: ignore[attr-defined]
    yield
    asyncio.runners._cancel_all_tasks = _cancel_all_tasks  # type: ignore[attr-defined]


# ---------------------------------------------------------------------------------------------------------------- Qt


def _qt_litter() -> list[str]:
    """Active QTimers, running QThreads and busy pool threads; nothing is imported for it."""
    core = sys.modules.get("PySide6.QtCore")
    app = core.QCoreApplication.instance() if core else None
    if core is None or app is None:
        return []
    app.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    core.QThreadPool.globalInstance().waitForDone(int(PATIENCE * 1000))
    found = [
        f"{type(thing).__name__} still running: {thing.objectName() or thing!r}"
        for thing in _live((core.QTimer, core.QThread))
        if _is_running(thing, core)
    ]
    busy = core.QThreadPool.globalInstance().activeThreadCount()
    return found + ([f"{busy} jobs still in the global QThreadPool"] if busy else [])


def _live(kinds: tuple[type, ...]) -> list[Any]:
    """Qt objects that Python knows and Qt has not deleted, each reported once in a run."""
    shiboken = sys.modules["shiboken6"]
    found = [thing for thing in gc.get_objects() if issubclass(type(thing), kinds)]
    return [thing for thing in found if shiboken.isValid(thing) and thing not in _reported]


def _is_running(thing: Any, core: Any) -> bool:
    if isinstance(thing, core.QTimer):
        running = bool(thing.isActive())
    else:
        is_this = thing == core.QThread.currentThread()
        running = not is_this and bool(thing.isRunning()) and not thing.wait(int(PATIENCE * 1000))
    if running:
        _reported.add(thing)
    return running
