"""Sign-in, lock and enrolment: one calm card; the demo lists its people, a click signs in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.services.rows import Answer, PersonRow, RowState
from desk.views import icons, language, tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.parts import View, frame, label, row

_WIDTH = 420
_PERSON = 46
_MOST = 8


def person_entry(person: PersonRow) -> Entry:
    """One person."""
    level = words.word("level", person.level.value)
    team = pick(person.team)
    return Entry(title=person.name, title_note=person.login, right=f"{level} · {team}" if team else level)


class SignInView(View):
    """`asked(login, password)`; `unlocked(password)`; `enrolled(code, name)`; `person_picked(login)` from the list;
    `switch_asked` from the lock; `language_asked`."""

    asked = Signal(str, str)
    unlocked = Signal(str)
    enrolled = Signal(str, str)
    switch_asked = Signal()
    language_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = "sign_in"  # or lock, enrol
        self._demo_prefix = ""
        self._locked: PersonRow | None = None
        self._problem_code = ""
        self._problem_data: dict[str, str | int | None] = {}
        self._busy = False
        self._logo = QLabel()
        self._title = label(role="verdict")
        self._hint = label(role="small", tone="muted", wrap=True)
        self._kept_words = label(role="small", tone="warn", wrap=True)
        self._kept_by, self._kept = "", 0
        self._labels = (label(role="small", tone="muted"), label(role="small", tone="muted"))
        self.first = QLineEdit()
        self.second = QLineEdit()
        self._problem = label(role="small", tone="danger", wrap=True)
        self._problem.hide()
        self._done = KeyButton(key="Enter", role="primary")
        self._other = KeyButton(role="quiet")
        self._language = KeyButton(role="quiet")
        self._people_title = label(role="small", tone="muted")
        self.model: RowsModel[PersonRow] = RowsModel(lambda person: person.login, person_entry, self)
        self.people = EntryList(self.model, chip_width=0, height=36)
        self._build()
        self._connect_signals()
        self.retranslate()

    def _build(self) -> None:
        fields = QGridLayout()
        fields.setVerticalSpacing(tokens.XS)
        for at, (name, field) in enumerate(zip(self._labels, (self.first, self.second), strict=True)):
            fields.addWidget(name, at * 2, 0)
            fields.addWidget(field, at * 2 + 1, 0)
            field.setMinimumHeight(tokens.BUTTON_LARGE - 2)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.XL, tokens.XL, tokens.XL, tokens.L)
        inside.setSpacing(tokens.S)
        inside.addLayout(row(self._logo, self._title, 1, self._language))
        inside.addWidget(self._hint)
        inside.addWidget(self._kept_words)
        inside.addLayout(fields)
        inside.addWidget(self._problem)
        inside.addLayout(row(self._done, 1, self._other))
        inside.addWidget(self._people_title)
        inside.addWidget(self.people)
        card = frame("card", inside)
        card.setFixedWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.setTabOrder(self.first, self.second)

    def _connect_signals(self) -> None:
        self.first.returnPressed.connect(lambda: self.second.setFocus(Qt.FocusReason.TabFocusReason))
        self.second.returnPressed.connect(self.finish)
        self._done.clicked.connect(self.finish)
        self._other.clicked.connect(self.switch_asked)
        self._language.clicked.connect(self._on_language)
        self.people.clicked.connect(lambda _: self.take_person())
        self.people.activated.connect(lambda _: self.take_person())

    # --- what it shows

    def show_sign_in(self, people: tuple[PersonRow, ...], demo_prefix: str = "") -> None:
        """Ask who it is; in a demo a click on a person signs in with the demo's password."""
        self._mode, self._demo_prefix, self._locked = "sign_in", demo_prefix, None
        self.model.show(people)
        self.people.setFixedHeight(36 * min(_MOST, len(people)) + 2)
        self._reset()
        if demo_prefix and people:
            self.people.select_row(0)

    def show_kept(self, name: str, count: int) -> None:
        """Whose acts are kept here unsent; 0: nobody's."""
        self._kept_by, self._kept = name, count
        self.retranslate()

    def show_lock(self, person: PersonRow) -> None:
        """Cover the screen for this person."""
        self._mode, self._locked = "lock", person
        self._reset()

    def show_enrol(self, name: str) -> None:
        """Ask for the one-time code; `name` is what this desk will be called."""
        self._mode, self._locked = "enrol", None
        self._reset()
        self.second.setText(name)

    def show_answer(self, answer: Answer | None) -> None:
        """Say why it did not go; None: it is on its way."""
        self._busy = answer is None
        refused = answer is not None and answer.status is RowState.REFUSED
        self._problem_code, self._problem_data = (answer.code, dict(answer.data)) if refused and answer else ("", {})
        if refused:
            self.second.selectAll()
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)
        self.retranslate()

    def _reset(self) -> None:
        self._busy, self._problem_code = False, ""
        self.first.clear()
        self.second.clear()
        self.retranslate()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def kept(self) -> str:
        """Whose acts are kept here unsent, in words."""
        return self._kept_words.text() if not self._kept_words.isHidden() else ""

    @property
    def problem(self) -> str:
        """Why it did not go, in words."""
        return self._problem.text()

    # --- what it does

    def take_person(self) -> None:
        """The person under the cursor: in a demo signs in, else asks for the password."""
        person = self.people.current_row()
        if person is None:
            return
        self.first.setText(person.login)
        if self._demo_prefix:
            self.second.setText(self._demo_prefix + person.login)
            self.finish()
        else:
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """Enter."""
        first, second = self.first.text().strip(), self.second.text()
        if self._busy or not second or (self._mode != "lock" and not first):
            return
        if self._mode == "lock":
            self.unlocked.emit(second)
        elif self._mode == "enrol":
            self.enrolled.emit(first, second.strip())
        else:
            self.asked.emit(first, second)

    def _on_language(self) -> None:
        at = language.LANGUAGES.index(language.current())
        self.language_asked.emit(language.LANGUAGES[(at + 1) % len(language.LANGUAGES)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the next key goes."""
        demo = self._mode == "sign_in" and self._demo_prefix and self.model.rowCount()
        first = self.people if demo else self.second if self._mode == "lock" else self.first
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Words by mode."""
        now = tokens.colours()
        enrol, lock = self._mode == "enrol", self._mode == "lock"
        self._logo.setPixmap(icons.pixmap("lock" if lock else "desk", now.accent, 24, self.devicePixelRatioF()))
        titles = {"sign_in": self.tr("Order Desk"), "enrol": self.tr("Enrol this desk")}
        self._title.setText(self._locked.name if self._locked else titles.get(self._mode, ""))
        hints = {
            "sign_in": self.tr("Sign in to take calls. Offline it works where you signed in before."),
            "enrol": self.tr("Your administrator gave you a one-time code for this desk."),
            "lock": self.tr("Locked. Your work and its sending go on behind this."),
        }
        self._hint.setText(hints[self._mode])
        kept = self.tr(
            "%n act(s) of {name} are kept on this desk and sent when they next sign in here.", "", self._kept
        )
        self._kept_words.setText(kept.format(name=self._kept_by))
        self._kept_words.setVisible(self._mode == "sign_in" and bool(self._kept))
        names = (self.tr("Code"), self.tr("Name of this desk")) if enrol else (self.tr("Login"), self.tr("Password"))
        for name, field, said in zip(self._labels, (self.first, self.second), names, strict=True):
            name.setText(said)
            field.setAccessibleName(said)
        self.second.setEchoMode(QLineEdit.EchoMode.Normal if enrol else QLineEdit.EchoMode.Password)
        self._labels[0].setVisible(not lock)
        self.first.setVisible(not lock)
        acts = {"sign_in": self.tr("Sign in"), "enrol": self.tr("Enrol"), "lock": self.tr("Unlock")}
        self._done.setText(self.tr("One moment…") if self._busy else acts[self._mode])
        self._done.setEnabled(not self._busy)
        self._other.setText(self.tr("Switch person"))
        self._other.setVisible(lock)
        self._language.setText("中 / EN")
        self._language.setAccessibleName(self.tr("Switch to Chinese or English"))
        self._problem.setText(
            words.word("refusal", self._problem_code, self._problem_data) if self._problem_code else ""
        )
        self._problem.setVisible(bool(self._problem_code))
        shown = self._mode == "sign_in" and self.model.rowCount() > 0
        self.people.setVisible(shown)
        self.people.setAccessibleName(self.tr("People"))
        self._people_title.setVisible(shown)
        demo = self.tr("Demo: pick a person, Enter signs in")
        self._people_title.setText(demo if self._demo_prefix else self.tr("Signed in here before"))
        self.model.repaint()
