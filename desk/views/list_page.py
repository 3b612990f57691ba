"""A page of one list with a title: what attention, tasks and look-up are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desk.views import tokens
from desk.views.buttons import KeyButton
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.parts import View, frame, label, rule
from desk.views.state_view import StateView


class ListPage(View):
    """Title, hint, the list on a card, below it the acts on the row under the cursor; `beside` is at its right."""

    def __init__(
        self,
        key: Callable[[Any], str],
        entry: Callable[[Any], Entry],
        chip_width: int = 64,
        parent: QWidget | None = None,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: RowsModel[Any] = RowsModel(key, entry, self)
        self.list = EntryList(self.model, chip_width)
        self.state = StateView(self.list)
        self.title = label(role="section")
        self.hint = label(role="small", tone="muted", wrap=True)
        self.head = QHBoxLayout()
        self.head.setSpacing(tokens.S)
        self.head.addWidget(self.title)
        self.head.addWidget(self.hint, 1)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(6)
        inside = QVBoxLayout()
        inside.setContentsMargins(1, 1, 1, tokens.S)
        inside.setSpacing(0)
        inside.addWidget(self.state, 1)
        inside.addWidget(rule())
        foot = QHBoxLayout()
        foot.setContentsMargins(tokens.M, tokens.S, tokens.M, 0)
        foot.addLayout(self.acts)
        foot.addStretch(1)
        inside.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        layout.setSpacing(tokens.M)
        layout.addLayout(self.head)
        body = QHBoxLayout()
        body.setSpacing(tokens.M)
        body.addWidget(frame("card", inside), 1)
        if beside is not None:
            body.addWidget(beside, 1)
        layout.addLayout(body, 1)
        self.list.selectionModel().currentChanged.connect(self.refresh_acts)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these; the cursor stays on its row, else goes to the first."""
        before = max(0, self.list.currentIndex().row())
        self.model.show(rows)
        self.state.show_content(len(rows))
        if rows and not self.list.currentIndex().isValid():
            self.list.select_row(min(before, len(rows) - 1))
        self.refresh_acts()

    def add_act(self, key: str, pressed: Callable[[], None]) -> KeyButton:
        """A button below the list."""
        button = KeyButton(key=key)
        button.clicked.connect(lambda: pressed())
        self.acts.addWidget(button)
        return button

    def current(self) -> Any:
        """The row under the cursor."""
        return self.list.current_row()

    def refresh_acts(self) -> None:
        """Enable what may be done on the row under the cursor; pages override it."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Into the list."""
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
