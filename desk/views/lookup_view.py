"""Look-up: find an order by anything, see it in full, open a ticket for whoever is on the line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.services.lookup import MOST_HITS
from desk.services.rows import Choices, HitRow, OrderRow
from desk.views import tokens, words
from desk.views.call_line import hit_entry
from desk.views.lists import EntryList, RowsModel
from desk.views.open_ticket import OpenTicketForm
from desk.views.order_card import OrderCard
from desk.views.parts import View, frame, label, scrolled
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
        self.field.installEventFilter(self)
        self._shown = ""  # what the hits in the list were found by
        self._asked = ""  # what everybody was asked for last
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._problem = label(role="small", tone="warn", wrap=True)
        self._problem.hide()
        self._more = label(role="small", tone="muted", wrap=True)
        self._more.hide()
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
        top.addWidget(self._more)
        side.addLayout(top)
        side.addWidget(frame("rule"))
        side.addWidget(self.state, 1)
        left = frame("column", side)
        left.setFixedWidth(_LEFT)
        page = QWidget()
        right = QVBoxLayout(page)
        right.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        right.setSpacing(tokens.M)
        right.addWidget(self.order)
        right.addWidget(self.form)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        layout.addWidget(scrolled(page), 1)

    def _connect_signals(self) -> None:
        self._pause.timeout.connect(lambda: self.typed.emit(self.field.text().strip()))
        self.field.textEdited.connect(lambda _: self._pause.start())
        self.field.returnPressed.connect(self._on_enter)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.activated.connect(lambda _: self.open_current())

    @property
    def more(self) -> str:
        """That more fit than are shown, in words; empty where they do not."""
        return "" if self._more.isHidden() else self._more.text()

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
        """Show what was found, the best under the cursor, else what the person has gone to meanwhile; `problem` says
        that the centre could not be asked. Where there are more than MOST_HITS, that is said instead of shown."""
        typed, before = self.field.text().strip(), self.list.current_row()
        gone_to = before.order_id if before is not None and typed == self._shown else ""
        self._shown = typed
        self.model.show(hits[:MOST_HITS])
        self._more.setVisible(len(hits) > MOST_HITS)
        self.retranslate()
        self.state.show_content(len(hits))
        self._problem.setText(words.word("refusal", problem) if problem else "")
        self._problem.setVisible(bool(problem))
        if hits:
            self.list.select_row(max(0, self.model.row_of(gone_to)))
        else:
            self.show_order(None)

    def show_order(self, order: OrderRow | None, choices: Choices | None = None) -> None:
        """Preview an order beside the hits."""
        self.order.show_order(order)
        self.form.about(order, choices)

    def show_alone(self, order: OrderRow | None, choices: Choices | None = None) -> None:
        """An order that is in hand elsewhere, or none, with the form for it; what was found before is let go."""
        self._pause.stop()
        self.field.clear()
        self.show_hits(())
        self.show_order(order, choices)

    def open_current(self) -> None:
        """Enter on a hit."""
        hit = self.list.current_row()
        if hit is not None:
            self.opened.emit(hit)

    def show_found(self, typed: str, hits: tuple[HitRow, ...], problem: str = "") -> None:
        """What the call line found by `typed`, here and at the centre; the keyboard goes to the best of it."""
        self._pause.stop()
        self.field.setText(typed)
        self._asked = typed
        self.show_hits(hits, problem)
        (self.list if hits else self.field).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_enter(self) -> None:
        """Ask everybody; Enter once more opens the best hit, or the one that was gone to."""
        self._pause.stop()
        typed = self.field.text().strip()
        if typed and typed == self._asked == self._shown and self.list.current_row() is not None:
            self.open_current()
        elif typed:
            self.search()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def search(self) -> None:
        """Ask everybody for what is typed."""
        typed = self.field.text().strip()
        if typed:
            self._asked = typed
            self.state.show_loading()
            self.searched.emit(typed)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down in the field move among the hits."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.list.step(step)
                return True
        return super().eventFilter(watched, event)

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
        self._more.setText(
            self.tr("More fit than are shown here. Ask for another piece: “{typed} 4471”.").format(typed=self._shown)
        )
        words_ = self.tr("Type what the customer says")
        hint = self.tr(
            "The last digits will do. Enter asks the centre as well. Without an order, open a ticket beside."
        )
        if self._shown:
            words_ = self.tr("Nothing found for “{typed}”").format(typed=self._shown)
            hint = self.tr("Ask for another piece: phone, name, tracking. Or open a ticket without an order beside.")
        self.state.set_empty(words_, hint)
        self.model.repaint()
