"""A panel in the side column to write words: a note, a hand-off to another team, why it is reopened, what is asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from desk.services.rows import Choice
from desk.views import tokens
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.parts import View, label, row


class WordsPanel(View):
    """`written(purpose, choice, words)`; `drafted(purpose, words)` while typing; `closed` when it is done or left."""

    written = Signal(str, str, str)
    drafted = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._purpose = ""
        self._needs_words = False
        self._title = label(role="section")
        self._hint = label(role="small", tone="muted", wrap=True)
        self._choice = QComboBox()
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setMaximumHeight(180)
        self._done = KeyButton(key="Ctrl Enter", role="primary")
        self._back = KeyButton(key="Esc", role="quiet")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        for part in (self._title, self._hint, self._choice, self._text):
            layout.addWidget(part)
        layout.addLayout(row(self._done, 1, self._back))
        layout.addStretch(1)
        self._done.clicked.connect(self.finish)
        self._back.clicked.connect(self.closed)
        self._text.textChanged.connect(self._on_text)
        self.retranslate()

    @property
    def purpose(self) -> str:
        """What the words are for: note, hand_off, reopen, ask_again."""
        return self._purpose

    @property
    def choice(self) -> QComboBox:
        """The pick above the words."""
        return self._choice

    @property
    def editor(self) -> QPlainTextEdit:
        """Where the words are typed."""
        return self._text

    def open(
        self,
        purpose: str,
        title: str,
        hint: str,
        choices: tuple[Choice, ...] = (),
        draft: str = "",
        needs: bool = True,
        chosen: str = "",
    ) -> None:
        """Ask for words; `choices` adds a pick above them (`chosen` is preset); `needs`: without words there is nothing
        to do."""
        self._purpose, self._needs_words = "", needs
        self._title.setText(title)
        self._hint.setText(hint)
        self._done.setText(title)
        self._choice.clear()
        for choice in choices:
            self._choice.addItem(pick(choice.names), choice.key)
        self._choice.setCurrentIndex(max(0, self._choice.findData(chosen)))
        self._choice.setVisible(bool(choices))
        self._text.setPlainText(draft)
        self._text.setAccessibleName(title)
        self._purpose = purpose
        self._on_text()

    def finish(self) -> None:
        """Ctrl+Enter."""
        if self._purpose and self._done.isEnabled():
            said = self._text.toPlainText().strip()
            purpose, self._purpose = self._purpose, ""
            self.written.emit(purpose, str(self._choice.currentData() or ""), said)
            self.closed.emit()

    def _on_text(self) -> None:
        said = self._text.toPlainText()
        self._done.setEnabled(bool(said.strip()) or not self._needs_words)
        if self._purpose:
            self.drafted.emit(self._purpose, said)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The words, or the choice before them."""
        first = self._text if self._choice.isHidden() else self._choice
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter does it, Esc leaves; the draft stays."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.finish()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words."""
        self._back.setText(self.tr("Back"))
