"""The card that gives a person a one-time code: asked with two keys, shown once, gone when one looks elsewhere."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.rows import RowState, StaffRow
from desk.views import format as text
from desk.views import tokens
from desk.views.buttons import ActButton, KeyButton
from desk.views.parts import View, column, frame, label, row


class CodeCard(View):
    """`asked(staff id)`: give this person a code."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: StaffRow | None = None
        self._code = ""
        self._until: datetime | None = None
        self._title = label(role="section")
        self._hint = label(role="small", tone="muted", wrap=True)
        self._shown = label(role="verdict")
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._copy = KeyButton(role="quiet")
        self.button = ActButton()
        self.button.setMaximumWidth(tokens.SIDE)
        self.button.done.connect(lambda: self.asked.emit(self._row.id) if self._row else None)
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code))
        shown = row(self._shown, self._copy, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        inside = column(self._title, self._hint, shown, self.button, gap=tokens.M, edge=tokens.L)
        layout.addWidget(frame("card", inside))
        self.retranslate()

    @property
    def code(self) -> str:
        """What is shown now."""
        return self._code

    def show_person(self, person: StaffRow | None) -> None:
        """Whose code it would be; None: nobody who is there yet. The same person again leaves a code standing."""
        if person is None or self._row is None or person.id != self._row.id:
            self._code, self._until = "", None
        self._row = person
        self.retranslate()

    def show_code(self, staff_id: str, code: str, until: datetime) -> None:
        """Show it, unless somebody else was picked meanwhile."""
        if self._row is not None and self._row.id == staff_id:
            self._code, self._until = code, until
            self.retranslate()

    def hideEvent(self, event: QHideEvent) -> None:
        """Shown once."""
        self._code, self._until = "", None
        super().hideEvent(event)

    def retranslate(self) -> None:
        """Words."""
        person = self._row
        self.setVisible(person is not None)
        if person is None:
            return
        self._title.setText(self.tr("Password"))
        self._hint.setText(
            self.tr("Shown this once, good until {time}. {name} signs in with it and sets a password.").format(
                time=text.moment(self._until), name=person.name
            )
            if self._until is not None
            else self.tr("Who is new or forgot the password gets a one-time code. What they had is void at once.")
        )
        self._shown.setText(self._code)
        self._shown.setVisible(bool(self._code))
        self._copy.setText(self.tr("Copy"))
        self._copy.setVisible(bool(self._code))
        said = self.tr("One-time code for {name}").format(name=person.name)
        armed = self.tr("Enter: void the password of {name}, give a code").format(name=person.name)
        self.button.offer(said, armed, second_key=True, about=person.id)
        self.button.setEnabled(person.active and person.state is RowState.DONE)
