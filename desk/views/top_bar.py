"""The bar on top: call line, the three numbers that are always in sight, person, language, theme."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QWidget

from desk.services.rows import PersonRow, Phase, SyncStatus
from desk.views import format as text
from desk.views import icons, language, tokens, words
from desk.views.buttons import KeyButton
from desk.views.call_line import CallLine
from desk.views.parts import View, label, set_tone

_TONES = {
    Phase.ONLINE: "ok",
    Phase.CATCHING_UP: "calm",
    Phase.OFFLINE: "warn",
    Phase.SIGNED_OUT: "warn",
    Phase.REVOKED: "danger",
}


class TopBar(View):
    """`page_asked`: a page behind one of the numbers; `lock_asked`, `switch_asked`, `password_asked`:
    the person's menu;
    `language_asked`, `theme_asked`: what to change to."""

    page_asked = Signal(str)
    keys_asked = Signal()
    lock_asked = Signal()
    switch_asked = Signal()
    password_asked = Signal()
    language_asked = Signal(str)
    theme_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status = SyncStatus(phase=Phase.OFFLINE)
        self._person: PersonRow | None = None
        self.setFixedHeight(tokens.TOP_BAR)
        self._logo = QLabel()
        self._logo.setFixedWidth(tokens.RAIL)
        self.call_line = CallLine()
        self._pill = label(role="pill", tone="warn")
        self._demo = label(role="pill", tone="calm")
        self._pending = KeyButton(role="quiet")
        self._attention = KeyButton(role="quiet")
        self._who = KeyButton(role="quiet")
        self._language = KeyButton(role="quiet")
        self._theme = KeyButton(role="quiet")
        self._keys = KeyButton(key="?", role="quiet")
        frame = QFrame()
        frame.setProperty("role", "top")
        inside = QHBoxLayout(frame)
        inside.setContentsMargins(0, 0, tokens.S, 0)
        inside.setSpacing(tokens.XS)
        inside.addWidget(self._logo)
        inside.addWidget(self.call_line, 10)
        inside.addStretch(1)
        for part in (
            self._demo,
            self._pill,
            self._pending,
            self._attention,
            self._who,
            self._language,
            self._theme,
            self._keys,
        ):
            inside.addWidget(part)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._connect_signals()
        self.retranslate()

    def _connect_signals(self) -> None:
        self._pending.clicked.connect(lambda: self.page_asked.emit("status"))
        self._attention.clicked.connect(lambda: self.page_asked.emit("attention"))
        self._who.clicked.connect(self.open_menu)
        self._language.clicked.connect(self.switch_language)
        self._keys.clicked.connect(self.keys_asked)
        self._theme.clicked.connect(self.switch_theme)

    def show_status(self, status: SyncStatus) -> None:
        """Where the desk stands with the centre."""
        self._status = status
        self.retranslate()

    def show_person(self, person: PersonRow | None) -> None:
        """Who is signed in."""
        self._person = person
        self.retranslate()

    @property
    def said(self) -> str:
        """The status in words, for tests."""
        return " | ".join(part.text() for part in (self._pill, self._pending, self._attention, self._who))

    def switch_language(self) -> None:
        """To the other one."""
        at = language.LANGUAGES.index(language.current())
        self.language_asked.emit(language.LANGUAGES[(at + 1) % len(language.LANGUAGES)])

    def switch_theme(self) -> None:
        """To the other one."""
        self.theme_asked.emit("light" if tokens.is_dark() else "dark")

    def open_menu(self) -> None:
        """Lock, switch the person, change the password."""
        menu = QMenu(self._who)
        menu.addAction(self.tr("&Lock"), self.lock_asked.emit)
        menu.addAction(self.tr("&Switch person"), self.switch_asked.emit)
        menu.addAction(self.tr("Change &password"), self.password_asked.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._who.mapToGlobal(QPoint(0, self._who.height())))
        menu.setActiveAction(menu.actions()[0])

    def retranslate(self) -> None:
        """Words of everything on it."""
        now = tokens.colours()
        status = self._status
        self._logo.setPixmap(icons.pixmap("desk", now.accent, tokens.ICON_LARGE, self.devicePixelRatioF()))
        self._logo.setContentsMargins((tokens.RAIL - tokens.ICON_LARGE) // 2, 0, 0, 0)
        said = words.word("sync", status.phase.value)
        if status.phase is Phase.CATCHING_UP and status.progress:
            said += f" {text.number(status.progress[0])} / {text.number(status.progress[1])}"
        elif status.phase is Phase.ONLINE and not status.pending:
            said += " · " + self.tr("all sent")
        if status.last_sync_at is not None:
            said += " " + text.clock_seconds(status.last_sync_at)
        self._pill.setText(f"● {said}")
        set_tone(self._pill, _TONES[status.phase])
        self._demo.setText(self.tr("demo"))
        self._demo.setToolTip(self.tr("The centre runs inside this desk, on made-up orders."))
        self._demo.setVisible(status.embedded)
        self._pending.setText(self.tr("To send {count}").format(count=status.pending))
        self._attention.setText(self.tr("Attention {count}").format(count=status.attention))
        self._attention.setIcon(icons.icon("attention", now.danger.words if status.attention else now.muted))
        person = self._person
        self._who.setText(f"{person.name} · {words.word('level', person.level.value)}" if person else "")
        self._who.setIcon(icons.icon("person"))
        self._who.setVisible(person is not None)
        self._language.setText("中 / EN")
        self._language.setAccessibleName(self.tr("Switch to Chinese or English"))
        self._theme.setIcon(icons.icon("light" if tokens.is_dark() else "dark"))
        self._theme.setAccessibleName(self.tr("Light or dark"))
        self._keys.setAccessibleName(self.tr("Keys of this screen"))
