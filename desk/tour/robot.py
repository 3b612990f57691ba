"""A pair of hands and eyes for the real windows: finds what is visible, types, clicks, reads, takes pictures."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

PATIENCE = 60.0  # seconds a person would wait before calling it broken (a busy machine seeds the shop meanwhile)
_LOOK_EVERY = 0.02
_TAG = re.compile(r"<[^>]+>")


class NotSeen(AssertionError):
    """What a person was told to look for never appeared; the text says what the screen showed instead."""


class Robot:
    """Acts on one desk's windows, on the UI thread, inside its event loop.

    A name is what a screen reader would say (accessible name), the words on a button, or an object name.
    """

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience

    # --- eyes ---

    def find(self, name: str, *kinds: type[QWidget]) -> QWidget | None:
        """The visible widget of that name (of one of these kinds), in any window; an enabled one first."""
        found = [
            widget for window in _windows() for widget in (window, *window.findChildren(QWidget)) if widget.isVisible()
        ]
        named = [widget for widget in found if name in _names(widget) and isinstance(widget, kinds or QWidget)]
        return next((widget for widget in named if widget.isEnabled()), named[0] if named else None)

    def read(self, name: str = "") -> str:
        """All text a person can see: in the named widget, or in every visible window."""
        if name:
            widget = self.find(name)
            return "" if widget is None else "\n".join(_texts(widget))
        return "\n".join(text for window in _windows() for text in _texts(window))

    async def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait, as a person would, until something is so; raises NotSeen after the patience."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + self._patience
        while not condition():
            if loop.time() > ends:
                raise NotSeen(f"{what}; the screen says:\n{self.read()[:3000]}")
            await asyncio.sleep(_LOOK_EVERY)

    async def see(self, text: str, name: str = "") -> None:
        """Wait until this text is on the screen (within the named widget)."""
        await self.until(lambda: text in self.read(name), f"{text!r} was not seen in {name or 'any window'}")

    async def see_not(self, text: str, name: str = "") -> None:
        """Wait until this text is gone."""
        await self.until(lambda: text not in self.read(name), f"{text!r} is still there in {name or 'a window'}")

    async def widget(self, name: str, *kinds: type[QWidget]) -> QWidget:
        """The named widget, once it is visible."""
        await self.until(lambda: self.find(name, *kinds) is not None, f"{name} was not seen")
        found = self.find(name, *kinds)
        assert found is not None  # noqa: S101  (just seen)
        return found

    # --- hands ---

    async def click(self, name: str) -> None:
        """Click the named widget, once it is visible and enabled."""
        widget = await self.widget(name)
        await self.until(widget.isEnabled, f"{name} stayed disabled")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        await asyncio.sleep(0)

    async def press(self, keys: str) -> None:
        """Press keys ("Ctrl+K", "Return", "a") where the focus is."""
        await self._come_forward()
        QTest.keySequence(self._target(), QKeySequence(keys))
        await asyncio.sleep(0)

    async def write(self, text: str, name: str = "") -> None:
        """Type text where the focus is, or into the named field after emptying it.

        Chinese comes from an input method in life, so what no key makes is inserted as one commit of it.
        """
        target = self._target()
        if name:
            field = await self.widget(name, QLineEdit, QPlainTextEdit, QTextEdit)
            field.setFocus()
            if isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit):
                field.selectAll()
            target = field
        if text.isascii():
            QTest.keyClicks(target, text)
        elif isinstance(target, QLineEdit):
            target.insert(text)
            target.textEdited.emit(target.text())
        elif isinstance(target, QPlainTextEdit | QTextEdit):
            target.insertPlainText(text)
        await asyncio.sleep(0)

    async def choose(self, name: str, text: str) -> None:
        """Choose the entry with that text in the named combo box or list, once it is there."""
        widget = await self.widget(name, QComboBox, QAbstractItemView)
        if isinstance(widget, QComboBox):
            await self.until(lambda: _entry(widget, text) >= 0, f"{text!r} is not offered in {name}")
            widget.setCurrentIndex(_entry(widget, text))
            widget.activated.emit(widget.currentIndex())
            return
        view = widget
        if not isinstance(view, QAbstractItemView):
            raise NotSeen(f"{name} is no list")
        await self.until(lambda: _row(view, text) is not None, f"no row with {text!r} in {name}")
        row = _row(view, text)
        assert row is not None  # noqa: S101  (just seen)
        view.scrollTo(row)
        place: QPoint = view.visualRect(row).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
        await asyncio.sleep(0)

    def picture(self, path: Path) -> None:
        """Save what the active window shows, with what lies over it, as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        window = QApplication.activeWindow() or _windows()[0]
        window.window().grab().save(str(path))

    async def _come_forward(self) -> None:
        """Keys go to the window in front; on a bare screen with two desks that may be the other one's."""
        if QApplication.activeWindow() is not None or not _windows():
            return
        window = _windows()[0].window()
        window.raise_()
        window.activateWindow()
        await self.until(lambda: QApplication.activeWindow() is not None, "the window does not come forward")

    def _target(self) -> QWidget:
        windows = [window for window in (QApplication.activeWindow(), *_windows()) if window is not None]
        if not windows:
            raise NotSeen("no window is open")
        # Without a window manager no window is active; each still knows where its focus would be.
        return QApplication.focusWidget() or windows[0].focusWidget() or windows[0]


def _windows() -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if window.isVisible()]


def _names(widget: QWidget) -> set[str]:
    words = widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""
    return {widget.objectName(), widget.accessibleName(), words}


def _texts(root: QWidget) -> Iterator[str]:
    for widget in (root, *root.findChildren(QWidget)):
        if not widget.isVisible():
            continue
        yield from _text_of(widget)


def _text_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield _TAG.sub("", widget.text())
    elif isinstance(widget, QAbstractButton):
        yield widget.text().replace("&", "")
    elif isinstance(widget, QLineEdit):
        yield widget.text() or widget.placeholderText()
    elif isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif isinstance(widget, QComboBox):
        yield widget.currentText()
    elif isinstance(widget, QAbstractItemView):
        yield from _rows(widget)
    elif widget.accessibleName():  # painted by hand: it says what it shows
        yield widget.accessibleName()
    if widget.accessibleDescription():
        yield widget.accessibleDescription()


def _rows(view: QAbstractItemView) -> Iterator[str]:
    for index in _indexes(view.model()):
        yield _said(index)


def _indexes(model: QAbstractItemModel | None) -> Iterator[QModelIndex]:
    if model is None:
        return
    for row in range(min(model.rowCount(QModelIndex()), 500)):
        for column in range(_columns(model)):
            yield model.index(row, column)


def _columns(model: QAbstractItemModel) -> int:
    # A list model keeps its columnCount to itself: there is one.
    return model.columnCount() if isinstance(model, QAbstractTableModel) else 1


def _said(index: QModelIndex) -> str:
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    return str(spoken or index.data(Qt.ItemDataRole.DisplayRole) or "")


def _row(view: QAbstractItemView, text: str) -> QModelIndex | None:
    return next((index for index in _indexes(view.model()) if text in _said(index)), None)


def _entry(box: QComboBox, text: str) -> int:
    return next((row for row in range(box.count()) if text in box.itemText(row)), -1)
