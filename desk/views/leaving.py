"""A calm word at the foot of the window when somebody leaves while acts are not sent yet: they are kept, go later."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.rows import Phase, SyncStatus
from desk.views import tokens
from desk.views.buttons import KeyButton
from desk.views.parts import View, frame, label, row

_WIDTH = 620


class LeavingBar(View):
    """Lives in its window, above everything. `left`: go now. It asks nothing: nothing is lost either way."""

    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._status = SyncStatus(phase=Phase.OFFLINE)
        self._waits = False  # for what is still to be sent
        self._words = label(role="strong", wrap=True)
        self._hint = label(role="small", tone="muted", wrap=True)
        self._leave = KeyButton(key="Enter", role="primary")
        self._wait = KeyButton()
        self._stay = KeyButton(key="Esc", role="quiet")
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        inside.setSpacing(tokens.S)
        inside.addWidget(self._words)
        inside.addWidget(self._hint)
        inside.addLayout(row(self._leave, self._wait, 1, self._stay))
        card = frame("band", inside)
        card.setProperty("tone", "calm")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)
        self._leave.clicked.connect(self.left)
        self._wait.clicked.connect(self._on_wait)
        self._stay.clicked.connect(self.stay)
        window.installEventFilter(self)
        self.hide()

    @property
    def said(self) -> str:
        """What it says, '' while it is not up."""
        return self._words.text() if self.isVisible() else ""

    def holds_back(self) -> bool:
        """Whether leaving waits for a word: the first time while acts are not sent; never when the system ends."""
        kept = self._status.pending + self._status.unknown
        app = QGuiApplication.instance()
        ending = isinstance(app, QGuiApplication) and app.isSavingSession()
        if not kept or self.isVisible() or ending:
            return False
        self._waits = False
        self.retranslate()
        self.show()
        self._place()
        self.raise_()
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def show_status(self, status: SyncStatus) -> None:
        """How many acts are still here; where one waits for the last of them, it is gone then."""
        self._status = status
        if not self.isVisible():
            return
        self.retranslate()
        self._place()
        if self._waits and not status.pending + status.unknown:
            self.left.emit()

    def stay(self) -> None:
        """Go on working."""
        self._waits = False
        self.hide()

    def _on_wait(self) -> None:
        self._waits = True
        self.retranslate()
        self._stay.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leaves, Esc stays."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._stay if self._stay.hasFocus() else self._leave).click()
        elif event.key() == Qt.Key.Key_Escape:
            self.stay()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """No key goes through to the acts behind."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the foot."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is not None:
            width = min(_WIDTH, parent.width() - 2 * tokens.XL)
            layout = self.layout()
            height = layout.heightForWidth(width) if layout is not None else self.sizeHint().height()
            self.setGeometry((parent.width() - width) // 2, parent.height() - height - tokens.XL, width, height)

    def retranslate(self) -> None:
        """Words."""
        count = self._status.pending + self._status.unknown
        online = self._status.phase in (Phase.ONLINE, Phase.CATCHING_UP)
        self._words.setText(self.tr("%n act(s) not sent yet", "", count))
        self._hint.setText(
            self.tr("This window closes by itself when they are sent.")
            if self._waits
            else self.tr("Nothing is lost: they are kept on this desk and go out when you next sign in here.")
        )
        self._leave.setText(self.tr("Leave now"))
        self._wait.setText(self.tr("Leave when they are sent"))
        self._wait.setVisible(online and not self._waits)
        self._stay.setText(self.tr("Stay"))
        self.setAccessibleName(f"{self._words.text()}. {self._hint.text()}")
