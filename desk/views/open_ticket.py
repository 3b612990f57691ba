"""Opens a ticket while the contact talks: kind, channel, reason or type, what the customer said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.domain.tickets import Channel, Kind
from desk.services.rows import Choice, Choices, OrderRow
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.parts import View, frame, label, row

_SEPARATOR = "/"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What was filled in."""

    kind: Kind
    channel: Channel
    order_id: str | None
    order_number: str
    reason: str
    type: str
    subtype: str
    words: str


class OpenTicketForm(View):
    """`opened(NewTicket)`. For the order in hand, or for none: then the number is typed."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: OrderRow | None = None
        self._choices = Choices()
        self._title = label(role="section")
        self._labels = [label(role="small", tone="muted") for _ in range(5)]
        self.kind, self.channel, self.why = QComboBox(), QComboBox(), QComboBox()
        self.number = QLineEdit()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(64)
        self._done = KeyButton(key="Ctrl Enter", role="primary")
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        for at, part in enumerate((self.kind, self.channel, self.why, self.number)):
            grid.addWidget(self._labels[at], 0, at)
            grid.addWidget(part, 1, at)
            grid.setColumnStretch(at, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        inside.setSpacing(tokens.S)
        inside.addWidget(self._title)
        inside.addLayout(grid)
        inside.addWidget(self._labels[4])
        inside.addWidget(self.words)
        inside.addLayout(row(self._done, 1))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))
        self.kind.currentIndexChanged.connect(lambda _: self._fill_why())
        self._done.clicked.connect(self.finish)
        self.retranslate()

    def about(self, order: OrderRow | None, choices: Choices | None = None) -> None:
        """For which order, and what policy offers to pick from."""
        self._order = order
        self._choices = choices or self._choices
        self.retranslate()

    def know(self, choices: Choices) -> None:
        """What policy offers to pick from; the order stays."""
        self._choices = choices
        self.retranslate()

    def finish(self) -> None:
        """Ctrl+Enter."""
        kind = Kind(self.kind.currentData())
        why = str(self.why.currentData() or "")
        type_, _, subtype = why.partition(_SEPARATOR)
        made = NewTicket(
            kind=kind,
            channel=Channel(self.channel.currentData()),
            order_id=self._order.id if self._order else None,
            order_number=self._order.number if self._order else self.number.text().strip(),
            reason=why if kind is Kind.CANCEL else "",
            type=type_ if kind is Kind.EXCEPTION else "",
            subtype=subtype if kind is Kind.EXCEPTION else "",
            words=self.words.toPlainText().strip(),
        )
        self.words.clear()
        self.opened.emit(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter opens it."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.finish()
        else:
            super().keyPressEvent(event)

    def _fill_why(self) -> None:
        before = self.why.currentData()
        self.why.clear()
        self.why.addItem(self.tr("not known yet"), "")
        for choice in self._whys():
            self.why.addItem(pick(choice.names), choice.key)
        self.why.setCurrentIndex(max(0, self.why.findData(before)))

    def _whys(self) -> list[Choice]:
        if self.kind.currentData() == Kind.CANCEL.value:
            return list(self._choices.reasons)
        return [
            Choice(
                key=f"{kind.key}{_SEPARATOR}{sub.key}",
                names={name: f"{kind.names.get(name, '')} · {sub.names.get(name, '')}" for name in sub.names},
            )
            for kind in self._choices.types
            for sub in kind.parts
        ]

    def retranslate(self) -> None:
        """Words; what was picked stays."""
        order = self._order
        said = self.tr("Open a ticket for {number}").format(number=order.number) if order else ""
        self._title.setText(said or self.tr("Open a ticket without an order"))
        named = (
            self.tr("Kind"),
            self.tr("Channel"),
            self.tr("Why"),
            self.tr("Order number"),
            self.tr("What the customer says"),
        )
        fields = (self.kind, self.channel, self.why, self.number, self.words)
        for field, part, name in zip(fields, self._labels, named, strict=True):
            part.setText(name)
            field.setAccessibleName(name)
        self.number.setVisible(order is None)
        self._labels[3].setVisible(order is None)
        self._done.setText(self.tr("Open and claim"))
        for box, group, values in (
            (self.kind, "kind", [kind.value for kind in Kind]),
            (self.channel, "channel", [Channel.HOTLINE.value, Channel.CHAT.value, Channel.STORE.value]),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            for value in values:
                box.addItem(words.word(group, value), value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)
        self._fill_why()
