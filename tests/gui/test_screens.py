"""Every screen on the smallest window, with the longest words, in both languages: nothing is cut off, nothing lies on
something else, and a screen reader has a name for everything that takes the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from desk.views import language, theme
from desk.views.buttons import KeyButton
from desk.views.main_window import MainWindow
from desk.views.parts import Elided
from tests.gui.hands import Hands
from tests.helpers.todays import of_today
from tools.scenes import KEPT, LONG, STATES, Scene

SCREENS = KEPT | LONG | {name: STATES[name] for name in ("empty-queue", "failed-tasks", "loading-approvals")}
LEAVES = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView)
SMALLEST = (1280, 720)


def seen(window: MainWindow) -> list[QWidget]:
    """The parts that say or take something, as far as they are up."""
    parts = (part for part in window.findChildren(QWidget) if isinstance(part, LEAVES))
    return [part for part in parts if part.isVisibleTo(window) and part.window() is window]


def named(part: QWidget) -> str:
    """A part in words, for what a test says."""
    said = part.text() if isinstance(part, (QLabel, QAbstractButton, QLineEdit)) else part.accessibleName()
    return f"{type(part).__name__} {said[:60]!r} in {type(part.parentWidget()).__name__}"


def place(part: QWidget, above: QWidget) -> QRect:
    """Where a part is on a widget above it."""
    return QRect(part.mapTo(above, QPoint(0, 0)), part.size())


def scrolled_in(part: QWidget, window: MainWindow) -> QWidget:
    """What a part must fit into sideways: the page that is scrolled upright, else the window."""
    above = part.parentWidget()
    while above is not None and above is not window:
        holder = above.parentWidget()
        if holder is not None and isinstance(holder.parentWidget(), QScrollArea):
            return above
        above = holder
    return window


def cut_off(window: MainWindow, plain: bool) -> Iterator[str]:
    """`plain`: with everyday words not even an ellipsis is needed on buttons and in names."""
    for part in seen(window):
        page = scrolled_in(part, window)
        box = place(part, page)
        if box.left() < 0 or box.right() > page.width():
            yield f"over the edge: {named(part)}"
        if isinstance(part, QLabel) and part.text() and part.wordWrap() and not part.pixmap().height():
            if part.height() < part.heightForWidth(part.width()) - 1:
                yield f"lower than its words: {named(part)}"
        elif isinstance(part, QLabel) and not isinstance(part, Elided):
            if part.width() < part.sizeHint().width() or part.height() < part.sizeHint().height() - 1:
                yield f"smaller than its words: {named(part)}"
        elif isinstance(part, (Elided, KeyButton)) and part.height() < part.sizeHint().height() - 1:
            yield f"lower than its words: {named(part)}"
        if plain and isinstance(part, (KeyButton, QComboBox)) and part.width() < part.minimumSizeHint().width():
            yield f"narrower than its least: {named(part)}"
        if plain and isinstance(part, KeyButton) and part.width() < part.sizeHint().width():
            yield f"elided: {named(part)}"


def overlapping(window: MainWindow) -> Iterator[str]:
    """Parts of one page that lie on one another; what is inside another (the view of a combo box) does not count."""
    boxes = [(part, place(part, window)) for part in seen(window) if not window.toast.isAncestorOf(part)]
    for (one, first), (other, second) in combinations(boxes, 2):
        both = first.intersected(second)
        inside = one.isAncestorOf(other) or other.isAncestorOf(one)
        if min(both.width(), both.height()) <= 1 or inside:
            continue
        if scrolled_in(one, window) is scrolled_in(other, window):
            yield f"{named(one)} and {named(other)} {both.getRect()}"


def nameless(window: MainWindow) -> Iterator[str]:
    """What takes the keyboard, and has no name that a screen reader could say."""
    for part in window.findChildren(QWidget):
        if part.isVisibleTo(window) and part.focusPolicy() & Qt.FocusPolicy.TabFocus:
            interface = QAccessible.queryAccessibleInterface(part)
            if not interface.text(QAccessible.Text.Name).strip():
                yield named(part)


TODAY = of_today(sorted(SCREENS), 6)


@pytest.mark.parametrize("scene", [SCREENS[name] for name in TODAY], ids=TODAY)
async def test_nothing_is_cut_off_nothing_overlaps_and_everything_has_a_name(
    hands: Hands, scene: Scene, request: pytest.FixtureRequest
) -> None:
    window = hands.window
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, "light", shipped_font=True)
    window.resize(*SMALLEST)
    await scene(hands)
    window.toast.hide()
    plain = "long" not in request.node.name
    faults: list[str] = []
    for code in ("en", "zh"):
        language.use(code)
        await hands.settle()
        faults += [f"{code}: {fault}" for fault in (*cut_off(window, plain), *overlapping(window), *nameless(window))]
    assert not faults, "\n".join(faults)
