"""What a list shows when it has nothing to show: empty (and what to do next), loading, failed (and what is safe)."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from desk.views import icons, tokens
from desk.views.buttons import KeyButton
from desk.views.parts import View, column, label


class Showing(StrEnum):
    """Which of the faces is up."""

    CONTENT = "content"
    EMPTY = "empty"
    LOADING = "loading"
    FAILED = "failed"


class StateView(View):
    """Wraps a list: its content, or one calm sentence in its place."""

    retry = Signal()

    def __init__(self, content: QWidget, empty: str = "", hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty, self._hint, self._problem = empty, hint, ""
        self._showing = Showing.LOADING
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words = label(role="strong", wrap=True)
        self._more = label(role="small", tone="muted", wrap=True)
        for words in (self._words, self._more):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._retry = KeyButton()
        self._retry.clicked.connect(self.retry)
        face = QWidget()
        inside = column(2, self._icon, self._words, self._more, self._retry, 3, gap=tokens.S, edge=tokens.L)
        inside.setAlignment(self._retry, Qt.AlignmentFlag.AlignHCenter)
        face.setLayout(inside)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(content)
        self._stack.addWidget(face)
        self.retranslate()

    @property
    def showing(self) -> Showing:
        """The face that is up."""
        return self._showing

    @property
    def said(self) -> tuple[str, str]:
        """The sentence in place of the list, and the one below it."""
        return self._words.text(), self._more.text()

    @property
    def retry_button(self) -> KeyButton:
        """Tries again where it failed."""
        return self._retry

    def set_empty(self, words: str, hint: str = "") -> None:
        """What to say when there is nothing, and what to do next."""
        self._empty, self._hint = words, hint
        self.retranslate()

    def show_content(self, count: int = 1) -> None:
        """Show the list, or say that it is empty."""
        if count and self._showing is Showing.CONTENT:
            return  # new words in hidden labels would lay out, and so paint, the whole list
        self._show(Showing.CONTENT if count else Showing.EMPTY)

    def show_loading(self) -> None:
        """Say that it is on its way."""
        self._show(Showing.LOADING)

    def show_problem(self, words: str) -> None:
        """Say what happened and what is safe; offer to try again."""
        self._problem = words
        self._show(Showing.FAILED)

    def _show(self, showing: Showing) -> None:
        self._showing = showing
        self.retranslate()

    def retranslate(self) -> None:
        """Words by face."""
        self._stack.setCurrentIndex(0 if self._showing is Showing.CONTENT else 1)
        self._retry.setText(self.tr("Try again"))
        self._retry.setVisible(self._showing is Showing.FAILED)
        words, more = {
            Showing.CONTENT: ("", ""),
            Showing.EMPTY: (self._empty, self._hint),
            Showing.LOADING: (self.tr("Loading…"), ""),
            Showing.FAILED: (self._problem, self.tr("Your work is kept.")),
        }[self._showing]
        self._words.setText(words)
        self._more.setText(more)
        name = {Showing.LOADING: "loading", Showing.FAILED: "error"}.get(self._showing, "empty")
        self._icon.setPixmap(icons.pixmap(name, tokens.colours().dot, 28, self.devicePixelRatioF()))
