"""The archive's replay: the whole path of a case, step by step, from the first contact to the archive."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.rows import CaseRow, PathRow
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.parts import View, label, row
from desk.views.state_view import StateView


def _entry(step: tuple[int, PathRow]) -> Entry:
    number, at = step
    said = words.step(at.code, at.data, at.label)
    return Entry(
        title=said,
        second=f"{words.person(at.by)}  {at.text}".strip(),
        chip=text.clock_seconds(at.at),
        right=str(number),
    )


class ReplayView(View):
    """Up and down walk through it; `closed` when it is left."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: CaseRow | None = None
        self._title = label(role="section")
        self._lasted = label(role="small", tone="muted")
        self._model: RowsModel[tuple[int, PathRow]] = RowsModel(lambda step: str(step[0]), _entry, self)
        self.list = EntryList(self._model, chip_width=64, height=44)
        self._state = StateView(self.list)
        self._back = KeyButton(key="Esc", role="quiet")
        self._back.clicked.connect(self.closed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        layout.addLayout(row(self._title, self._lasted, 1, self._back))
        layout.addWidget(self._state, 1)
        self.retranslate()

    def show_path(self, case: CaseRow) -> None:
        """Show the path of a case, oldest first."""
        self._case = case
        self._model.show(list(enumerate(case.path, start=1)))
        self._state.show_content(len(case.path))
        if case.path:
            self.list.select_row(0)
        self.retranslate()

    def said(self) -> list[str]:
        """The steps in words, for tests."""
        return [_entry(step).title for step in self._model.rows]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words."""
        self._title.setText(self.tr("Path"))
        self.list.setAccessibleName(self.tr("Path of the case"))
        self._back.setText(self.tr("Back"))
        self._state.set_empty(self.tr("No steps yet"), self.tr("Every act on this case becomes one."))
        case = self._case
        if case is not None and case.path:
            lasted = (case.path[-1].at - case.path[0].at).total_seconds()
            said = self.tr("%n step(s)", "", len(case.path))
            self._lasted.setText(f"{said} · {text.countdown(lasted)}")
        self._model.repaint()
