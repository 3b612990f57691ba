"""A password of one's own: at the first sign-in by a one-time code, or later instead of the one there was."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.services.rows import Answer, RowState
from desk.views import icons, tokens, words
from desk.views.buttons import KeyButton
from desk.views.parts import View, frame, label, row

_WIDTH = 420


class PasswordView(View):
    """`asked(current, wanted)`, `current` '' at the first sign-in; `left`: back without a change."""

    asked = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._who = ""
        self._first = False
        self._busy = False
        self._differ = False
        self._answer: Answer | None = None
        self._logo = QLabel()
        self._title = label(role="verdict")
        self._hint = label(role="small", tone="muted", wrap=True)
        self.current, self.wanted, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        self._fields = (self.current, self.wanted, self.again)
        self._labels = tuple(label(role="small", tone="muted") for _ in self._fields)
        self._problem = label(role="small", tone="danger", wrap=True)
        self._done = KeyButton(key="Enter", role="primary")
        self._back = KeyButton(key="Esc", role="quiet")
        self._build()
        self._done.clicked.connect(self.finish)
        self._back.clicked.connect(self.leave)
        self.current.returnPressed.connect(lambda: self.wanted.setFocus(Qt.FocusReason.TabFocusReason))
        self.wanted.returnPressed.connect(lambda: self.again.setFocus(Qt.FocusReason.TabFocusReason))
        self.again.returnPressed.connect(self.finish)
        self.retranslate()

    def _build(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(tokens.XS)
        for at, (name, field) in enumerate(zip(self._labels, self._fields, strict=True)):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            field.setMinimumHeight(tokens.BUTTON_LARGE - 2)
            grid.addWidget(name, at * 2, 0)
            grid.addWidget(field, at * 2 + 1, 0)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        inside.setSpacing(tokens.S)
        inside.addLayout(row(self._logo, self._title, 1))
        inside.addWidget(self._hint)
        inside.addLayout(grid)
        inside.addWidget(self._problem)
        inside.addLayout(row(self._done, 1, self._back))
        card = frame("card", inside)
        card.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    # --- what it shows

    def begin(self, who: str, first: bool) -> None:
        """Ask `who` for a new password, and for the one there is unless it is their `first`."""
        self._who, self._first = who, first
        self.forget()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_answer(self, answer: Answer | None) -> None:
        """Say why it did not go; None: it is on its way."""
        self._busy, self._differ = answer is None, False
        self._answer = answer if answer is not None and answer.status is RowState.REFUSED else None
        if self._answer is not None:
            wrong = self.current if self._answer.code == "wrong_password" and not self._first else self.wanted
            wrong.selectAll()
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def forget(self) -> None:
        """Nothing of what was typed stays."""
        for field in self._fields:
            field.clear()
        self._busy, self._differ, self._answer = False, False, None
        self.retranslate()

    @property
    def problem(self) -> str:
        """Why it did not go, in words."""
        return self._problem.text()

    # --- what it does

    def finish(self) -> None:
        """Enter."""
        current, wanted = self.current.text(), self.wanted.text()
        if self._busy or not wanted or not (current or self._first):
            return
        if wanted != self.again.text():
            self._differ, self._answer = True, None
            self.again.selectAll()
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            self.retranslate()
            return
        self.asked.emit("" if self._first else current, wanted)

    def leave(self) -> None:
        """Esc."""
        if not self._busy:
            self.forget()
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the next key goes."""
        (self.wanted if self._first else self.current).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Words."""
        self._logo.setPixmap(icons.pixmap("lock", tokens.colours().accent, 24, self.devicePixelRatioF()))
        self._title.setText(self._who)
        self._hint.setText(
            self.tr("The code has let you in this once. Choose a password that only you know.")
            if self._first
            else self.tr("You stay signed in here; every other desk asks for the new password.")
        )
        names = (self.tr("Password now"), self.tr("New password"), self.tr("New password once more"))
        for name, field, said in zip(self._labels, self._fields, names, strict=True):
            name.setText(said)
            field.setAccessibleName(said)
        self._labels[0].setVisible(not self._first)
        self.current.setVisible(not self._first)
        self._done.setText(self.tr("One moment…") if self._busy else self.tr("Set password"))
        self._done.setEnabled(not self._busy)
        self._back.setText(self.tr("Back"))
        said = self.tr("The two are not the same. Type the new password again.") if self._differ else ""
        if self._answer is not None:
            said = words.word("refusal", self._answer.code, self._answer.data)
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
