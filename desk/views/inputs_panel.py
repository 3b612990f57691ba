"""A panel in the side column for what an option needs: texts, a day, an amount, lines, a phone, an address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.domain.contacts import address_flags, phone_flags
from desk.domain.detection_policy import ContactPolicy
from desk.domain.money import MoneyError, from_decimal
from desk.services.rows import InputRow, OptionRow
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import ActButton, KeyButton
from desk.views.fact_words import act_words, armed_words, deeds_words
from desk.views.language import pick
from desk.views.option_view import off_words
from desk.views.parts import View, clear, label, row

Field = QLineEdit | QPlainTextEdit
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was filled in for an option. `inputs` by key as they were typed; a day as 2026-11-30."""

    option: OptionRow
    inputs: Mapping[str, str]
    line_ids: tuple[str, ...]


def fault_of(asked: InputRow, typed: str, contacts: ContactPolicy) -> str:
    """The code of what is wrong with what was typed; '' where nothing is."""
    said = typed.strip()
    if not said:
        return "missing"
    judge = _JUDGES.get(asked.kind)
    return judge(said, asked, contacts) if judge is not None else ""


def _day_fault(said: str, asked: InputRow, contacts: ContactPolicy) -> str:
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return "date"
    return "past" if day < text.local(text.now()).date() else ""


def _amount_fault(said: str, asked: InputRow, contacts: ContactPolicy) -> str:
    return "" if minor_of(said, asked.currency) is not None else "amount"


def _phone_fault(said: str, asked: InputRow, contacts: ContactPolicy) -> str:
    return "phone" if phone_flags(said, contacts) else ""


def _address_fault(said: str, asked: InputRow, contacts: ContactPolicy) -> str:
    return "address" if address_flags(said, contacts) else ""


_JUDGES: Mapping[str, Callable[[str, InputRow, ContactPolicy], str]] = {
    "date": _day_fault,
    "amount": _amount_fault,
    "phone": _phone_fault,
    "address": _address_fault,
}


def minor_of(said: str, currency: str) -> int | None:
    """An amount as typed in minor units; None where it is none above nothing."""
    try:
        amount = from_decimal(said.strip().lstrip("¥$￥"), currency)
    except MoneyError:
        return None
    return amount.amount if amount.amount > 0 else None


class InputsPanel(View):
    """`filled(Filled)` when everything is there (and, for money, the second key was pressed); `lines_chosen`: the
    amount for these goods is wanted; `closed` when it is done or left."""

    filled = Signal(object)
    lines_chosen = Signal(str, object)  # option key, line ids
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._option: OptionRow | None = None
        self._contacts = ContactPolicy()
        self._labels: list[tuple[str, QWidget]] = []
        self._fields: dict[str, Field] = {}
        self._lines: dict[str, QCheckBox] = {}
        self._title = label(role="section")
        self._does = label(role="small", tone="muted", wrap=True)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(tokens.XS)
        self._fault = label(role="small", tone="warn", wrap=True)
        self._done = ActButton("Ctrl Enter")
        self._back = KeyButton(key="Esc", role="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        layout.setSpacing(tokens.S)
        layout.addWidget(self._title)
        layout.addWidget(self._does)
        layout.addLayout(self._grid)
        layout.addWidget(self._fault)
        layout.addWidget(self._done)
        layout.addLayout(row(1, self._back))
        layout.addStretch(1)
        self._done.done.connect(self._on_done)
        self._back.clicked.connect(self.closed)
        self.retranslate()

    @property
    def fields(self) -> dict[str, Field]:
        """The fields by their key."""
        return self._fields

    @property
    def lines(self) -> dict[str, QCheckBox]:
        """The lines to choose from, by id."""
        return self._lines

    @property
    def button(self) -> ActButton:
        """What does it."""
        return self._done

    @property
    def said_fault(self) -> str:
        """What is still wrong, in words."""
        return "" if self._fault.isHidden() else self._fault.text()

    def open(self, option: OptionRow, contacts: ContactPolicy) -> None:
        """Ask for what this option needs; contacts typed are judged by `contacts`."""
        self._option, self._contacts = option, contacts
        self._build(option)
        self._fault.hide()
        self._done.set_off(False)
        self.retranslate()

    def _build(self, option: OptionRow) -> None:
        clear(self._grid)
        self._fields, self._lines = {}, {}
        for asked in option.inputs:
            name = words.word("input", asked.key)
            self._grid.addWidget(label(name, role="small", tone="muted"), self._grid.rowCount(), 0)
            if asked.kind == "lines":
                self._build_lines(asked)
                continue
            field = self._field(asked)
            field.setAccessibleName(name)
            field.setPlaceholderText(_example(asked))
            self._fields[asked.key] = field
            self._grid.addWidget(field, self._grid.rowCount(), 0)

    def _field(self, asked: InputRow) -> Field:
        if asked.kind == "words":
            words_ = QPlainTextEdit(asked.preset)
            words_.setTabChangesFocus(True)
            words_.setFixedHeight(76)
            words_.textChanged.connect(self._said_again)
            return words_
        field = QLineEdit(asked.preset)
        field.textChanged.connect(lambda _: self._said_again())
        return field

    def _build_lines(self, asked: InputRow) -> None:
        for choice in asked.choices:
            box = QCheckBox(pick(choice.names))
            box.setChecked(len(asked.choices) == 1)
            box.toggled.connect(lambda _: self._on_lines())
            self._lines[choice.key] = box
            self._grid.addWidget(box, self._grid.rowCount(), 0)

    def finish(self) -> None:
        """Ctrl+Enter: goes to the first field with a fault; where money leaves, the next Enter does it."""
        fault = self._first_fault()
        if fault is None:
            self._fault.hide()
            self._done.press()
            return
        asked, code = fault
        self._fault.setText(words.word("input_fault", code, {"name": words.word("input", asked.key)}))
        self._fault.show()
        self._part(asked).setFocus(Qt.FocusReason.OtherFocusReason)

    def _part(self, asked: InputRow) -> QWidget:
        """Where an input is given."""
        return next(iter(self._lines.values()), self._done) if asked.kind == "lines" else self._fields[asked.key]

    def _first_fault(self) -> tuple[InputRow, str] | None:
        for asked in self._option.inputs if self._option else ():
            if asked.kind == "lines":
                code = "" if any(box.isChecked() for box in self._lines.values()) else "lines"
            else:
                code = fault_of(asked, self._typed(asked), self._contacts)
            if code:
                return asked, code
        return None

    def _on_done(self) -> None:
        option = self._option
        if option is None or self._first_fault() is not None:
            self.finish()
            return
        self._option = None
        chosen = self.chosen_lines
        inputs = {asked.key: self._typed(asked).strip() for asked in option.inputs if asked.kind != "lines"}
        self.closed.emit()
        self.filled.emit(Filled(option=option, inputs=inputs, line_ids=chosen))

    def _typed(self, asked: InputRow) -> str:
        field = self._fields[asked.key]
        said = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        return said.strip().lstrip("¥$￥") if asked.kind == "amount" else said

    def _on_lines(self) -> None:
        """Other goods may be another amount."""
        self._said_again()
        if self._option is not None:
            self.lines_chosen.emit(self._option.key, self.chosen_lines)

    @property
    def chosen_lines(self) -> tuple[str, ...]:
        """The ids of the lines that are chosen."""
        return tuple(key for key, box in self._lines.items() if box.isChecked())

    def update_option(self, option: OptionRow, line_ids: tuple[str, ...]) -> None:
        """The same option as it is for these lines: what was typed stays."""
        if self._option is not None and self._option.key == option.key and line_ids == self.chosen_lines:
            self._option = option
            self._offer(option)
            self._say_off(option)

    def _say_off(self, option: OptionRow) -> None:
        off = off_words(option)
        self._fault.setText(off)
        self._fault.setVisible(bool(off))
        self._done.set_off(bool(off))

    def _said_again(self) -> None:
        self._fault.hide()
        if self._option is not None and self._done.armed:
            self._offer(self._option)

    def _offer(self, option: OptionRow) -> None:
        self._done.offer("", "", False)
        self._done.offer(act_words(option), armed_words(option), option.second_key, about=option.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the first thing is typed."""
        asked = self._option.inputs[0] if self._option is not None and self._option.inputs else None
        first = self._part(asked) if asked is not None else self._done
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does it, Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words."""
        self._back.setText(self.tr("Back"))
        option = self._option
        if option is None:
            return
        self._title.setText(pick(option.names))
        self._does.setText("\n".join(part for part in (deeds_words(option), pick(option.note)) if part))
        if not self._done.armed:
            self._offer(option)


def _example(asked: InputRow) -> str:
    """What it looks like."""
    if asked.kind == "date":
        return "2026-11-30"
    return "12.50" if asked.kind == "amount" else ""
