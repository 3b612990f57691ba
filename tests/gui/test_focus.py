"""The Tab key reaches everything that takes the keyboard, once, in the order of reading, and goes back the same way."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget

from tests.gui.hands import Hands
from tests.helpers.todays import of_today
from tools.scenes import KEPT, Scene

Key = Qt.Key
MOST = 90
A_LINE = 24  # px: what begins within so much is beside each other
NAMES = (
    "case",
    "case-paid-twice",
    "wrap-up",
    "ask-team",
    "lookup",
    "approvals",
    "attention",
    "tasks",
    "admin",
    "status",
)
PAGES = {name: KEPT[name] for name in NAMES}
TODAY = of_today(NAMES, 3)


async def way(hands: Hands, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> list[QWidget]:
    """Where Tab leads, from here until it is back."""
    key = Key.Key_Backtab if modifier else Key.Key_Tab
    found: list[QWidget] = []
    while len(found) < MOST:
        QTest.keyClick(hands.focus, key, modifier)
        if hands.focus in found:
            break
        found.append(hands.focus)
    return found


def named(part: QWidget) -> str:
    text = part.text() if isinstance(part, QAbstractButton) else ""
    return f"{type(part).__name__} {part.accessibleName() or text!r}"


def takes_the_keyboard(hands: Hands) -> set[QWidget]:
    """Everything that is up and should be reached; of a row of tabs the one that is chosen."""
    found = set()
    for part in hands.window.findChildren(QWidget):
        stop = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled() and part.isVisible()
        tab = isinstance(part, QAbstractButton) and part.group() is not None and not part.isChecked()
        if stop and not tab and part.window() is hands.window:
            found.add(part)
    return found


def column_of(part: QWidget) -> QWidget:
    """The nearest part above that is scrolled by itself or framed as a column."""
    above = part.parentWidget()
    while above is not None and above.parentWidget() is not None:
        holder = above.parentWidget()
        if isinstance(holder.parentWidget() if holder else None, QScrollArea) or above.property("role") in (
            "column",
            "side",
            "top",
            "card",
        ):
            return above
        above = holder
    assert above is not None
    return above


@pytest.mark.parametrize("scene", [PAGES[name] for name in TODAY], ids=TODAY)
async def test_tab_reaches_everything_once_and_comes_back(hands: Hands, scene: Scene) -> None:
    hands.window.resize(1280, 720)
    await scene(hands)
    there = await way(hands)
    missing = takes_the_keyboard(hands) - set(there)
    assert {named(part) for part in missing} == set()
    back = await way(hands, Qt.KeyboardModifier.ShiftModifier)
    assert {named(part) for part in back} == {named(part) for part in there}


@pytest.mark.parametrize("scene", [PAGES[name] for name in TODAY], ids=TODAY)
async def test_tab_goes_as_one_reads(hands: Hands, scene: Scene) -> None:
    hands.window.resize(1280, 720)
    await scene(hands)
    there = await way(hands)
    against = []
    for one, other in pairwise(there):
        column = column_of(one)
        if column is column_of(other):
            first, then = (part.mapTo(column, QPoint(0, 0)) for part in (one, other))
            if then.y() < first.y() - A_LINE or (abs(then.y() - first.y()) < A_LINE and then.x() < first.x()):
                against.append(f"{named(one)} at {first.toTuple()} then {named(other)} at {then.toTuple()}")
    assert against == []


async def test_what_has_the_keyboard_is_in_sight(hands: Hands) -> None:
    hands.window.resize(1280, 720)
    await KEPT["case"](hands)
    for part in await way(hands):
        part.setFocus()
        QTest.keyClick(part, Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        assert now.visibleRegion().boundingRect().height() > 0, named(now)
