"""Needs attention: acts that the centre refused or put aside, each with why and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desk.services.rows import AttentionRow, Tone
from desk.views import format as text
from desk.views import words
from desk.views.list_page import ListPage
from desk.views.lists import Entry


def attention_entry(item: AttentionRow) -> Entry:
    """One refused act."""
    where = f"…{item.order_tail}" if item.order_tail else item.number
    return Entry(
        title=f"{words.word('command', item.command)} · {where}" if where else words.word("command", item.command),
        second=words.word("refusal", item.code, item.data),
        chip=text.moment(item.at),
        tone=Tone.DANGER if item.status == "refused" else Tone.WARN,
        right=text.money(item.amount) if item.amount is not None else "",
    )


class AttentionView(ListPage):
    """The page."""

    opened = Signal(str)  # ticket id
    again = Signal(str)  # command id
    dismissed = Signal(str)  # command id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda item: item.id, attention_entry, 96, parent)
        self._buttons = {
            "open": self.add_act("Enter", self.open_current),
            "again": self.add_act("G", self.do_again),
            "dismiss": self.add_act("Del", self.dismiss),
        }
        self.list.activated.connect(lambda _: self.open_current())
        self.retranslate()

    def open_current(self) -> None:
        """Open the case of the act."""
        item = self.current()
        if item is not None and item.ticket_id:
            self.opened.emit(item.ticket_id)

    def do_again(self) -> None:
        """Do it once more, decided on what is known now."""
        item = self.current()
        if item is not None and "again" in item.steps:
            self.again.emit(item.id)

    def dismiss(self) -> None:
        """Seen and dealt with."""
        item = self.current()
        if item is not None and "dismiss" in item.steps:
            self.dismissed.emit(item.id)

    def refresh_acts(self) -> None:
        """What may be done about the one under the cursor."""
        item = self.current()
        for step, button in self._buttons.items():
            button.setEnabled(item is not None and step in item.steps)

    def retranslate(self) -> None:
        """Words."""
        self.title.setText(self.tr("Needs attention"))
        self.hint.setText(self.tr("These acts were not done. Each says why and what to do next; nothing was lost."))
        self.list.setAccessibleName(self.title.text())
        self.state.set_empty(self.tr("Nothing needs you"), self.tr("Every act of yours was done."))
        for step, button in self._buttons.items():
            button.setText(words.word("attention_step", step))
        self.refresh_acts()
        self.model.repaint()
