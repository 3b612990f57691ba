"""Keeps the keyboard out of fields that nobody went to: Qt hands it on when the part that has it is disabled or hidden.

The next part in reading order may be a field, and the letters that are keys of the case would be typed into it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

_FIELDS = (QLineEdit, QPlainTextEdit)


class FocusKeeper(QObject):
    """Of one window. `place`: where the keyboard goes instead; None where there is no such place now."""

    def __init__(self, window: QWidget, place: Callable[[], QWidget | None]) -> None:
        super().__init__(window)
        self._window, self._place = window, place
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)

    def _moved(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is None or now is None or not isValid(before) or now.window() is not self._window:
            return
        handed_on = not before.isEnabled() or not before.isVisible()
        if not handed_on or not isinstance(now, _FIELDS) or isinstance(before, _FIELDS):
            return
        place = self._place()
        if place is not None and place.isVisible() and place.isEnabled():
            place.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            now.clearFocus()
