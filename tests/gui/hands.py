"""Hands and eyes of a test: presses keys in the real window and waits until all it set off is done."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from desk.views.main_window import MainWindow
from tests.gui.fakes import FakeDesk

_ROUNDS = 200


class Hands:
    """On the UI thread, inside the loop."""

    def __init__(self, window: MainWindow, fake: FakeDesk) -> None:
        self.window, self.fake = window, fake

    async def settle(self) -> None:
        """Until no task of the desk runs and no event waits."""
        for _ in range(_ROUNDS):
            await asyncio.sleep(0)
            if not self.fake.jobs.busy:
                break
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        await asyncio.sleep(0)

    @property
    def focus(self) -> QWidget:
        """Where the keyboard is."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def on(self, widget: QWidget) -> bool:
        """Whether the keyboard is there."""
        return self.focus is widget

    async def press(self, *keys: Qt.Key | str) -> None:
        """Press keys one after the other where the focus is; a string is typed letter by letter, Chinese as an input
        method gives it."""
        for key in keys:
            if isinstance(key, str):
                for letter in key:
                    self._type(QApplication.focusWidget() or self.window, letter)
            else:
                QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or self.window, key)
            await self.settle()

    @staticmethod
    def _type(target: QWidget, letter: str) -> None:
        if letter.isascii():
            QTest.keyClicks(target, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(target, event)

    async def chord(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.ControlModifier) -> None:
        """A key with a modifier."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        await self.settle()

    async def pick(self, words: str) -> None:
        """Pick from the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(action for action in menu.actions() if words in action.text())
        action.trigger()
        menu.close()
        await self.settle()
