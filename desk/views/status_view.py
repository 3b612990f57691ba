"""Status and settings: where this desk stands with the centre, language, theme."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desk.services.rows import Phase, SyncStatus
from desk.views import format as text
from desk.views import language, tokens, words
from desk.views.buttons import KeyButton
from desk.views.parts import View, clear, column, frame, label, row, scrolled, set_tone

_WIDTH = 640


class StatusView(View):
    """The page."""

    sync_asked = Signal()
    language_asked = Signal(str)
    theme_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = SyncStatus(phase=Phase.OFFLINE)
        self._title, self._look = label(role="section"), label(role="section")
        self._state = label(role="verdict")
        self._hint = label(tone="muted", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(tokens.XL)
        self._facts.setVerticalSpacing(tokens.S)
        self._facts.setColumnStretch(1, 1)
        self._sync = KeyButton(key="F5")
        self._sync.clicked.connect(self.sync_asked)
        self._languages = {code: KeyButton() for code in language.LANGUAGES}
        self._themes = {theme: KeyButton() for theme in tokens.THEMES}
        for code, button in self._languages.items():
            button.clicked.connect(lambda _=False, code=code: self.language_asked.emit(code))
        for theme, button in self._themes.items():
            button.clicked.connect(lambda _=False, theme=theme: self.theme_asked.emit(theme))
        first = column(
            self._title, self._state, self._hint, self._facts, row(self._sync, 1), gap=tokens.M, edge=tokens.L
        )
        looks = row(*self._languages.values(), label(), *self._themes.values(), 1)
        second = column(self._look, looks, gap=tokens.M, edge=tokens.L)
        cards = QWidget()
        inside = QVBoxLayout(cards)
        inside.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        inside.setSpacing(tokens.M)
        inside.addWidget(frame("card", first))
        inside.addWidget(frame("card", second))
        inside.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        page = scrolled(cards)
        page.setMaximumWidth(_WIDTH)
        layout.addWidget(page, 10)
        layout.addStretch(1)
        self.retranslate()

    def show_status(self, status: SyncStatus) -> None:
        """Show where the desk stands."""
        self._status = status
        self.retranslate()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """To the first button."""
        self._sync.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self) -> None:
        clear(self._facts)
        status = self._status
        demo = self.tr("inside this desk, demo")
        facts = (
            (self.tr("Last heard from the centre"), text.moment(status.last_sync_at) if status.last_sync_at else "–"),
            (self.tr("Acts to send"), text.number(status.pending)),
            (self.tr("Sent, answer unknown"), text.number(status.unknown)),
            (self.tr("Acts that need you"), text.number(status.attention)),
            (self.tr("Centre"), f"{status.centre} {demo}".strip() if status.embedded else status.centre),
            (self.tr("This desk"), status.installation),
            (self.tr("Sees"), ", ".join(status.scopes)),
            (self.tr("Place in the feed"), text.number(status.cursor)),
            (self.tr("Rules"), f"v{status.policy_version}"),
        )
        for at, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, tone="muted"), at, 0)
            self._facts.addWidget(label(value or "–", wrap=True), at, 1)

    def retranslate(self) -> None:
        """Words."""
        status = self._status
        self._title.setText(self.tr("This desk and the centre"))
        self._state.setText(words.word("sync", status.phase.value))
        set_tone(self._state, {Phase.ONLINE: "ok", Phase.REVOKED: "danger"}.get(status.phase, "warn"))
        problem = words.word("refusal", status.problem) if status.problem else ""
        calm = self.tr(
            "Acts are kept on this desk first and sent by themselves. Nothing is lost when the line is down."
        )
        self._hint.setText(problem or calm)
        self._fill()
        self._sync.setText(self.tr("Send and fetch now"))
        self._look.setText(self.tr("Language and look"))
        for code, button in self._languages.items():
            mark = "● " if code == language.current() else ""
            button.setText(mark + {"zh": "中文", "en": "English"}[code])
        for theme, button in self._themes.items():
            mark = "● " if (theme == "dark") == tokens.is_dark() else ""
            button.setText(mark + (self.tr("Dark") if theme == "dark" else self.tr("Light")))
