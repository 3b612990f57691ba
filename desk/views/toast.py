"""A short word at the foot of the window that goes by itself; never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from desk.services.rows import Tone
from desk.views import tokens
from desk.views.parts import label, row, set_tone

_SECONDS = 5
_WIDEST = 560  # pixels


class Toast(QFrame):
    """Lives in its window, above everything, takes no focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setProperty("role", "band")
        self.setProperty("tone", "calm")
        self._words: QLabel = label(wrap=True)
        self._words.setMaximumWidth(_WIDEST)
        inside = row(self._words)
        inside.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        self.setLayout(inside)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SECONDS * 1000)
        self._timer.timeout.connect(self.hide)
        window.installEventFilter(self)
        self.hide()

    @property
    def said(self) -> str:
        """What it says, '' when it is gone."""
        return self._words.text() if self.isVisible() else ""

    def say(self, words: str, tone: Tone = Tone.CALM) -> None:
        """Say it for some seconds."""
        self._words.setText(words)
        wide = self._words.fontMetrics().horizontalAdvance(words) + tokens.XS
        self._words.setMinimumWidth(min(wide, _WIDEST))  # by itself a label that may wrap is as narrow as it can be
        for part in (self, self._words):
            set_tone(part, tone.value)
        self._words.setAccessibleName(words)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def hideEvent(self, event: QEvent) -> None:
        """No timer runs behind a closed window."""
        self._timer.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - tokens.XL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the foot."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
