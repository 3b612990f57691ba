"""The keyboard stays where letters are keys when the part that had it goes off."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desk.views.control.focus_keeper import FocusKeeper


def test_a_button_that_goes_off_does_not_hand_the_keyboard_to_a_field(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pressed, field, onward = QPushButton("Said"), QLineEdit(), QPushButton("Next")
    layout = QVBoxLayout(window)
    for part in (pressed, field, onward):
        layout.addWidget(part)
    keeper = FocusKeeper(window, lambda: onward)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    pressed.setFocus()
    pressed.setEnabled(False)
    assert window.focusWidget() is onward

    pressed.setEnabled(True)
    pressed.setFocus()
    field.setFocus()  # gone to on purpose
    assert window.focusWidget() is field
    assert keeper.parent() is window
