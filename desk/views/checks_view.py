"""The checks of a playbook: what was asked, what the order says by itself, what people answered with y, n and ?."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QStyleOptionViewItem, QVBoxLayout, QWidget

from desk.domain.tickets import Answer
from desk.services.rows import CheckRow, Tone
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.fact_words import facts_words
from desk.views.language import pick
from desk.views.lists import Entry, EntryDelegate, EntryList, Index, RowsModel
from desk.views.parts import View, bring_into_view, label, row, set_tone

_ONE_LINE, _TWO_LINES, _CHIP, _MOST = 28, 42, 60, 300
_TONES = {"yes": Tone.OK, "no": Tone.CALM, "cannot_tell": Tone.WARN}
_KEYS = {"y": Answer.YES, "n": Answer.NO, "?": Answer.CANNOT_TELL, "？": Answer.CANNOT_TELL}


def check_entry(check: CheckRow) -> Entry:
    """One check: answer, question, who answered, the facts beside it."""
    tone = _TONES.get(check.answer, Tone.WARN if check.required else Tone.CALM)
    shown = [fact for fact in check.facts if check.open or fact.value is not None]  # not known matters to who answers
    second = [facts_words(shown), f"“{check.words}”" if check.words else ""]
    return Entry(
        title=pick(check.names),
        title_note=_by_words(check) or _team_words(check),
        second=" · ".join(part for part in second if part),
        chip=words.word("check_answer", check.answer or ("required" if check.required else "open")),
        tone=tone,
    )


def _by_words(check: CheckRow) -> str:
    if check.by_itself:
        return words.word("check_by", "itself")
    if check.by and check.at is not None:
        return f"{check.by} {text.moment(check.at)}"
    return check.by


def _team_words(check: CheckRow) -> str:
    """Who can tell, while nobody has."""
    return words.word("check_by", "team", {"team": pick(check.team)}) if check.open and check.team else ""


class _Delegate(EntryDelegate):
    """A check without facts needs one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = index.model()
        second = isinstance(model, RowsModel) and bool(model.entry(index).second)
        return QSize(100, _TWO_LINES if second else _ONE_LINE)


class CheckList(EntryList):
    """y, n and ? answer the check under the cursor, Enter answers it with words; j and k move."""

    answered = Signal(str, str)  # key, Answer
    words_asked = Signal(str)

    def __init__(self, model: RowsModel[CheckRow], parent: QWidget | None = None) -> None:
        super().__init__(model, parent=parent)
        self.setItemDelegate(_Delegate(self, _CHIP))
        self.setUniformItemSizes(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def event(self, event: QEvent) -> bool:
        """Its letters are its own while the keyboard is here, though they are keys of the window elsewhere."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.text().lower() in _KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the keyboard is can be seen."""
        bring_into_view(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answers; a key held down answers once."""
        answer = _KEYS.get(event.text().lower())
        if answer is not None:
            if not event.isAutoRepeat():
                self.answer(answer)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ask_words()
        else:
            super().keyPressEvent(event)

    def answer(self, answer: Answer) -> None:
        """Answer the check under the cursor."""
        check = self.current_row()
        if check is not None and check.may_answer:
            self.answered.emit(check.key, answer.value)

    def ask_words(self) -> None:
        """Answer it with words."""
        check = self.current_row()
        if check is not None and check.may_answer:
            self.words_asked.emit(check.key)

    def fit(self) -> None:
        """As high as its rows are, up to where what may be done would leave the screen."""
        needed = sum(self.sizeHintForRow(at) for at in range(self.model().rowCount())) + 2
        bar = Qt.ScrollBarPolicy.ScrollBarAsNeeded if needed > _MOST else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(bar)
        self.setFixedHeight(min(needed, _MOST))


class ChecksView(View):
    """The checks with their buttons. `answered(check key, answer)`; `words_asked(check key)`."""

    answered = Signal(str, str)
    words_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._checks: tuple[CheckRow, ...] = ()
        self._about = ""
        self._sent: set[str] = set()  # answered here, not shown as answered yet: a quick second key is for the next one
        self._title = label(role="strong")
        self._key = label("G", role="key")
        self._progress = label(role="small", tone="muted")
        self._buttons = {
            Answer.YES: KeyButton(key="Y", role="quiet"),
            Answer.NO: KeyButton(key="N", role="quiet"),
            Answer.CANNOT_TELL: KeyButton(key="?", role="quiet"),
        }
        self._words = KeyButton(key="Enter", role="quiet")
        self.model: RowsModel[CheckRow] = RowsModel(lambda check: check.key, check_entry, self)
        self.list = CheckList(self.model)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(
            row(self._title, self._key, self._progress, 1, *self._buttons.values(), self._words, gap=tokens.XS)
        )
        layout.addWidget(self.list)
        self.list.answered.connect(self._on_answered)
        self.list.words_asked.connect(self.words_asked)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        for answer, button in self._buttons.items():
            button.clicked.connect(lambda _=False, answer=answer: self._press(answer))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keyboard stays in the list
        self._words.clicked.connect(self.list.ask_words)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.retranslate()

    @property
    def said(self) -> str:
        """How far it is, for tests."""
        return self._progress.text()

    def show_checks(self, checks: tuple[CheckRow, ...], about: str) -> None:
        """Show them; the cursor goes on to the next open one where the one under it was answered. `about`: the case."""
        current, fresh = self.list.current_row(), about != self._about
        was_open = current is not None and current.open
        self._checks, self._about = checks, about
        self._sent = set() if fresh else self._sent & {check.key for check in checks if check.open}
        self.model.show(checks)
        self.list.fit()
        self.setVisible(bool(checks))
        at = -1 if fresh or current is None else self.model.row_of(current.key)
        if at < 0 or (was_open and not checks[at].open):
            at = self._next_open(at)
        if checks:
            self.list.select_row(at)
        self.retranslate()

    def begin(self) -> None:
        """The keyboard goes to the next check that is open."""
        if self._checks:
            at = self.list.currentIndex().row()
            self.list.select_row(at if at >= 0 and self._checks[at].open else self._next_open(-1))
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next_open(self, after: int) -> int:
        """Required ones first; where none is open, the one where the cursor is."""
        opened = [at for at, check in enumerate(self._checks) if check.open and check.key not in self._sent]
        for wanted in (True, False):
            places = [at for at in opened if self._checks[at].required >= wanted]
            behind = [at for at in places if at > after]
            if places:
                return (behind or places)[0]
        return max(0, after)

    def _on_answered(self, check: str, answer: str) -> None:
        """On to the next one at once: the answer takes its way, and the keyboard does not wait for it."""
        at = self.model.row_of(check)
        if self._checks[at].open:
            self._sent.add(check)
            self.list.select_row(self._next_open(at))
        self.answered.emit(check, answer)

    def _press(self, answer: Answer) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.answer(answer)

    def _on_current(self) -> None:
        check = self.list.current_row()
        for button in (*self._buttons.values(), self._words):
            button.setEnabled(check is not None and check.may_answer)

    def retranslate(self) -> None:
        """Words."""
        self._title.setText(self.tr("Check"))
        self.list.setAccessibleName(self.tr("Checks"))
        for answer, button in self._buttons.items():
            button.setText(words.word("check_answer", answer.value))
        self._words.setText(self.tr("Words"))
        done = sum(not check.open for check in self._checks)
        said = self.tr("{done} of {all}").format(done=done, all=len(self._checks))
        required = sum(check.open and check.required for check in self._checks)
        if required:
            said += " · " + self.tr("{count} required").format(count=required)
        self._progress.setText(said)
        set_tone(self._progress, "warn" if required else "ok" if done == len(self._checks) else "muted")
        self._on_current()
        self.model.repaint()
        if self._checks:
            self.list.fit()
