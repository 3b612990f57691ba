"""Tests that break the rules of silence, run by test_silence.py: every `bad` one must fail, every `good` one pass."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest
import structlog

KEPT: list[object] = []  # what would be collected, and so go unnoticed, when the test ends
FOREVER = threading.Event()


def test_bad_log():
    logging.getLogger("case").warning("disk %s", "full")


def test_bad_structlog():
    structlog.get_logger("case").error("lost", order=7)


@pytest.mark.expect_log("disk full")
def test_good_expected_by_mark():
    logging.getLogger("case").warning("disk %s", "full")


def test_good_expected_by_fixture(expected_logs):
    expected_logs.append("lost")
    structlog.get_logger("case").error("lost", order=7)


def test_bad_thread():
    threading.Thread(target=FOREVER.wait, daemon=True).start()


async def test_bad_task():
    KEPT.append(asyncio.get_running_loop().create_task(asyncio.sleep(1000)))


@pytest.mark.qt_loop
async def test_bad_task_on_qt():
    KEPT.append(asyncio.get_running_loop().create_task(asyncio.sleep(1000)))


@pytest.mark.qt_loop
async def test_good_coroutine_on_qt(qtbot):
    from PySide6.QtWidgets import QLabel

    label = QLabel("订单")
    qtbot.addWidget(label)
    label.show()
    await asyncio.sleep(0)
    assert "qasync" in type(asyncio.get_running_loop()).__module__


def test_bad_timer(qapp):
    from PySide6.QtCore import QTimer

    timer = QTimer()
    timer.start(1000)
    KEPT.append(timer)


def test_good_timer_of_a_closed_widget(qtbot):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    timer = QTimer(widget)
    timer.start(1000)
    KEPT.append(timer)


def test_bad_qt_thread(qapp):
    from PySide6.QtCore import QThread

    thread = QThread()
    thread.start()
    KEPT.append(thread)


def test_good_end_of_the_qt_thread():
    thread = KEPT[-1]
    thread.quit()  # type: ignore[attr-defined]
    thread.wait()  # type: ignore[attr-defined]


def test_bad_qt_warning(qtbot):
    from PySide6.QtCore import qWarning

    qWarning("QPainter::begin: something")


def test_bad_python_warning():
    import warnings

    warnings.warn("old", DeprecationWarning, stacklevel=1)
