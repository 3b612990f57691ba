"""A panel in the side column to ask another team for something: what, which team, until when, in which words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from desk.services.rows import Choice, Choices
from desk.views import tokens
from desk.views.buttons import KeyButton
from desk.views.fact_words import minutes_words
from desk.views.language import pick
from desk.views.parts import View, label, row

_MINUTES = (15, 30, 60, 120, 240, 24 * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked: `what` a key of the hand-offs, `minutes` until it is due, None as the rules say."""

    what: str
    team: str
    minutes: int | None
    words: str


class AskPanel(View):
    """`asked(Asked)`; `drafted(words)` while typing; `closed` when it is done or left."""

    asked = Signal(object)
    drafted = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = Choices()
        self._open = False
        self._title = label(role="section")
        self._hint = label(role="small", tone="muted", wrap=True)
        self.what, self.team, self.due = QComboBox(), QComboBox(), QComboBox()
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setMaximumHeight(140)
        self._parts: tuple[QWidget, ...] = (self.what, self.team, self.due, self.editor)
        self._labels = [label(role="small", tone="muted") for _ in self._parts]
        self._done = KeyButton(key="Ctrl Enter", role="primary")
        self._back = KeyButton(key="Esc", role="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        layout.setSpacing(tokens.XS)
        layout.addWidget(self._title)
        layout.addWidget(self._hint)
        for name, part in zip(self._labels, self._parts, strict=True):
            layout.addWidget(name)
            layout.addWidget(part)
        layout.addSpacing(tokens.S)
        layout.addLayout(row(self._done, 1, self._back))
        layout.addStretch(1)
        self.what.currentIndexChanged.connect(lambda _: self._preset())
        self.editor.textChanged.connect(self._on_text)
        self._done.clicked.connect(self.finish)
        self._back.clicked.connect(self.closed)
        self.retranslate()

    def open(self, choices: Choices, draft: str = "", what: str = "") -> None:
        """Begin, or go on where it was left; `what` presets the hand-off."""
        self._open = False
        self._choices = choices
        _fill(self.what, choices.handoffs, what)
        _fill(self.team, choices.teams, "")
        self.editor.setPlainText(draft)
        self._preset()
        self._done.setEnabled(bool(choices.handoffs))
        self._open = True

    def _preset(self) -> None:
        """The team that does it, and when it is due by the rules."""
        chosen = next((one for one in self._choices.handoffs if one.key == self.what.currentData()), None)
        if chosen is None:
            return
        self.team.setCurrentIndex(max(0, self.team.findData(chosen.owner)))
        self.due.clear()
        self.due.addItem(self.tr("in {time}, by the rules").format(time=minutes_words(chosen.minutes)), None)
        for minutes in _MINUTES:
            if minutes != chosen.minutes:
                self.due.addItem(self.tr("in {time}").format(time=minutes_words(minutes)), minutes)

    def finish(self) -> None:
        """Ctrl+Enter."""
        if self._open and self._done.isEnabled():
            self._open = False
            made = Asked(
                what=str(self.what.currentData() or ""),
                team=str(self.team.currentData() or ""),
                minutes=self.due.currentData(),
                words=self.editor.toPlainText().strip(),
            )
            self.closed.emit()
            self.asked.emit(made)

    def _on_text(self) -> None:
        if self._open:
            self.drafted.emit(self.editor.toPlainText())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is asked comes first."""
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter asks, Esc leaves; the draft stays."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.finish()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words."""
        self._title.setText(self.tr("Ask a team"))
        self._hint.setText(self.tr("The case stays with you; their answer comes here."))
        names = (self.tr("What"), self.tr("Team"), self.tr("Due"), self.tr("What they have to know"))
        for name, part, said in zip(self._labels, self._parts, names, strict=True):
            name.setText(said)
            part.setAccessibleName(said)
        self._done.setText(self.tr("Ask"))
        self._back.setText(self.tr("Back"))


def _fill(box: QComboBox, choices: tuple[Choice, ...], chosen: str) -> None:
    box.clear()
    for choice in choices:
        box.addItem(pick(choice.names), choice.key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
