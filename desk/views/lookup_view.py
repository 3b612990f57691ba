"""Look-up: find an order by anything, see it in full, open a ticket for whoever is on the line."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.services.rows import Choices, HitRow, OrderRow
from desk.views import tokens, words
from desk.views.call_line import hit_entry
from desk.views.lists import EntryList, RowsModel
from desk.views.open_ticket import OpenTicketForm
from desk.views.order_card import OrderCard
from desk.views.parts import View, frame, label
from desk.views.state_view import StateView

_PAUSE_MS = 150
_LEFT = 420


class LookupView(View):
    """`searched(text)`: Enter, everywhere; `typed(text)`: here; `selected(order_id)`: its preview is wanted; `opened`:
    the order's open ticket, or "" with the order id."""

    searched = Signal(str)
    typed = Signal(str)
    selected = Signal(object)  # rows.HitRow
    opened = Signal(object)  # rows.HitRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = QLineEdit()
        self.field.setClearButtonEnabled(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._problem = label(role="small", tone="warn", wrap=True)
        self._problem.hide()
        self.model: RowsModel[HitRow] = RowsModel(lambda hit: hit.order_id, hit_entry, self)
        self.list = EntryList(self.model, chip_width=0)
        self.state = StateView(self.list)
        self.order = OrderCard()
        self.form = OpenTicketForm()
        self._build()
        self._connect_signals()
        self.state.show_content(0)
        self.order.hide()
        self.retranslate()

    def _build(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(0, tokens.S, 1, 0)
        side.setSpacing(tokens.S)
        top = QVBoxLayout()
        top.setContentsMargins(tokens.M, 0, tokens.M, 0)
        top.addWidget(self.field)
        top.addWidget(self._problem)
        side.addLayout(top)
        side.addWidget(frame("rule"))
        side.addWidget(self.state, 1)
        left = frame("column", side)
        left.setFixedWidth(_LEFT)
        right = QVBoxLayout()
        right.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        right.setSpacing(tokens.M)
        right.addWidget(self.order)
        right.addWidget(self.form)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        layout.addLayout(right, 1)

    def _connect_signals(self) -> None:
        self._pause.timeout.connect(lambda: self.typed.emit(self.field.text().strip()))
        self.field.textEdited.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self._on_enter)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(lambda _: self.open_current())

    @property
    def problem(self) -> str:
        """Why the centre was not asked, in words."""
        return self._problem.text()

    def begin(self, typed: str = "") -> None:
        """Start a look-up."""
        self.field.setText(typed)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_hits(self, hits: tuple[HitRow, ...], problem: str = "") -> None:
        """Show what was found; `problem` says that the centre could not be asked."""
        self.model.show(hits)
        self.state.show_content(len(hits))
        self._problem.setText(words.word("refusal", problem) if problem else "")
        self._problem.setVisible(bool(problem))
        if hits:
            self.list.select_row(0)
        else:
            self.show_order(None)

    def show_order(self, order: OrderRow | None, choices: Choices | None = None) -> None:
        """Preview an order beside the hits."""
        self.order.show_order(order)
        self.form.about(order, choices)

    def open_current(self) -> None:
        """Enter on a hit."""
        hit = self.list.current_row()
        if hit is not None:
            self.opened.emit(hit)

    def _on_enter(self) -> None:
        self._pause.stop()
        if self.field.text().strip():
            self.state.show_loading()
            self.searched.emit(self.field.text().strip())
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_current(self) -> None:
        hit = self.list.current_row()
        if hit is not None:
            self.selected.emit(hit)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Into the field; what was typed for the last contact is typed over."""
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def retranslate(self) -> None:
        """Words."""
        self.field.setPlaceholderText(self.tr("number, tail, phone, name, pinyin, tracking"))
        self.field.setAccessibleName(self.tr("Look up"))
        self.list.setAccessibleName(self.tr("Orders found"))
        self.state.set_empty(
            self.tr("Type what the customer says"),
            self.tr("The last digits will do. Enter asks the centre as well. Without an order, open a ticket beside."),
        )
        self.model.repaint()
