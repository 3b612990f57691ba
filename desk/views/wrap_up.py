"""Wrap-up: outcome, process, cause, result, feedback, satisfaction, the five acts or a reason; then it may close."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.domain.tickets import Act, Kind
from desk.domain.wording import joined
from desk.services.rows import CaseRow, Choice
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import current, pick
from desk.views.parts import View, label, row, set_tone

_STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrapUp:
    """What was filled in."""

    outcome: str
    process: str
    cause: str
    result: str
    feedback: str
    satisfaction: int | None
    acts_waived: str


class WrapUpView(View):
    """`finished(WrapUp)` when everything is there; `drafted(field, words)` while typing; `closed` when it is left."""

    finished = Signal(object)
    drafted = Signal(str, str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case: CaseRow | None = None
        self._title = label(role="section")
        self._labels = {name: label(role="small", tone="muted") for name in _FIELDS}
        self._outcome, self._cause, self._result = QComboBox(), QComboBox(), QComboBox()
        self._process, self._feedback = QPlainTextEdit(), QPlainTextEdit()
        for text in (self._process, self._feedback):
            text.setTabChangesFocus(True)
            text.setFixedHeight(76)
        self._satisfaction = QComboBox()
        self._acts = label(role="small", wrap=True)
        self._waived = QLineEdit()
        self._missing = label(role="small", tone="warn", wrap=True)
        self._done = KeyButton(key="Ctrl Enter", role="primary")
        self._back = KeyButton(key="Esc", role="quiet")
        self._parts: dict[str, QWidget] = dict(
            zip(
                _FIELDS,
                (
                    self._outcome,
                    self._process,
                    self._cause,
                    self._result,
                    self._feedback,
                    self._satisfaction,
                    self._waived,
                ),
                strict=True,
            )
        )
        self._build()
        self._connect_signals()
        self.retranslate()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        layout.setSpacing(tokens.XS)
        layout.addWidget(self._title)
        for name, part in self._parts.items():
            if name == "waived":
                layout.addSpacing(tokens.XS)
                layout.addWidget(self._acts)
            layout.addWidget(self._labels[name])
            layout.addWidget(part)
        layout.addSpacing(tokens.S)
        layout.addWidget(self._missing)
        layout.addLayout(row(self._done, 1, self._back))
        layout.addStretch(1)

    def _connect_signals(self) -> None:
        self._process.textChanged.connect(lambda: self._on_text("process", self._process.toPlainText()))
        self._feedback.textChanged.connect(lambda: self._on_text("feedback", self._feedback.toPlainText()))
        self._waived.textChanged.connect(lambda said: self._on_text("waived", said))
        for box in (self._outcome, self._cause, self._result):
            box.currentIndexChanged.connect(lambda _: self._check())
        self._done.clicked.connect(self.finish)
        self._back.clicked.connect(self.closed)

    @property
    def parts(self) -> dict[str, QWidget]:
        """Fields by name: outcome, process, cause, result, feedback, satisfaction, waived."""
        return self._parts

    @property
    def said_missing(self) -> str:
        """What is still missing, in words."""
        return self._missing.text()

    def open(self, case: CaseRow, drafts: dict[str, str], outcome: str = "") -> None:
        """Begin, or go on where it was left; `outcome` presets one."""
        self._case = None
        _fill(
            self._outcome, case.choices.outcomes, outcome or case.outcome or ("cancelled" if _cancelled(case) else "")
        )
        _fill(self._cause, _causes(case), case.causes[0] if case.causes else "")
        _fill(self._result, case.choices.results, case.record.result if case.record else "")
        record = case.record
        self._process.setPlainText(drafts.get("process") or (record.process if record else ""))
        self._feedback.setPlainText(drafts.get("feedback") or (record.feedback if record else ""))
        self._waived.setText(drafts.get("waived") or (record.acts_waived if record else ""))
        self._case = case
        self.retranslate()

    def update_acts(self, case: CaseRow) -> None:
        """The case moved on while this is open: what was typed stays."""
        if self._case is not None and self._case.id == case.id:
            self._case = case
            self.retranslate()

    def filled(self) -> WrapUp:
        """What is filled in now."""
        return WrapUp(
            outcome=str(self._outcome.currentData() or ""),
            process=self._process.toPlainText().strip(),
            cause=str(self._cause.currentData() or ""),
            result=str(self._result.currentData() or ""),
            feedback=self._feedback.toPlainText().strip(),
            satisfaction=self._satisfaction.currentData(),
            acts_waived=self._waived.text().strip(),
        )

    def finish(self) -> None:
        """Ctrl+Enter; goes to the first field that is missing."""
        missing = self._lacking()
        if missing:
            self._parts[missing[0]].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._case is not None:
            self.finished.emit(self.filled())

    def _lacking(self) -> list[str]:
        now = self.filled()
        case = self._case
        acts_done = case is not None and len(case.done) == len(Act)
        values = {
            "outcome": now.outcome,
            "process": now.process,
            "cause": now.cause,
            "result": now.result,
            "feedback": now.feedback,
            "waived": acts_done or now.acts_waived,
        }
        return [name for name in _FIELDS if name in values and not values[name]]

    def _on_text(self, name: str, said: str) -> None:
        if self._case is not None:
            self.drafted.emit(name, said)
        self._check()

    def _check(self) -> None:
        names = self._names()
        missing = joined([names[name] for name in self._lacking()], current())
        self._missing.setText(self.tr("Still missing: {what}").format(what=missing) if missing else "")
        self._missing.setVisible(bool(missing))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the next word goes."""
        missing = self._lacking()
        self._parts[missing[0] if missing else "process"].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter closes the case, Esc leaves; what was typed stays."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.finish()
        else:
            super().keyPressEvent(event)

    def _names(self) -> dict[str, str]:
        return {
            "outcome": self.tr("Outcome"),
            "process": self.tr("What was done"),
            "cause": self.tr("Cause"),
            "result": self.tr("Result"),
            "feedback": self.tr("What the customer said to it"),
            "satisfaction": self.tr("Satisfaction"),
            "waived": self.tr("Why an act was left out"),
        }

    def retranslate(self) -> None:
        """Words."""
        names = self._names()
        for name, part in self._parts.items():
            self._labels[name].setText(names[name])
            part.setAccessibleName(names[name])
        self._title.setText(self.tr("Wrap up"))
        self._done.setText(self.tr("Close the case"))
        self._back.setText(self.tr("Back"))
        chosen = self._satisfaction.currentData()
        self._satisfaction.clear()
        self._satisfaction.addItem(self.tr("not asked"), None)
        for stars in _STARS:
            self._satisfaction.addItem("★" * stars, stars)
        self._satisfaction.setCurrentIndex(max(0, self._satisfaction.findData(chosen)))
        case = self._case
        done = case.done if case else frozenset()
        # A no-break space: a box at the end of a line would tick nothing.
        ticks = [("☑\u00a0" if act in done else "☐\u00a0") + words.word("act", act.value) for act in Act]
        self._acts.setText("   ".join(ticks))
        complete = len(done) == len(Act)
        set_tone(self._acts, "ok" if complete else "muted")
        for part in (self._labels["waived"], self._waived):
            part.setVisible(not complete)
        self._check()


_FIELDS = ("outcome", "process", "cause", "result", "feedback", "satisfaction", "waived")


def _fill(box: QComboBox, choices: tuple[Choice, ...], chosen: str) -> None:
    box.clear()
    box.addItem("", "")
    for choice in choices:
        box.addItem(pick(choice.names), choice.key)
    box.setCurrentIndex(max(0, box.findData(chosen)))


def _causes(case: CaseRow) -> tuple[Choice, ...]:
    """The deeper causes of the reason picked, or those of the type that fit the sub-type."""
    if case.kind is Kind.CANCEL:
        found = [reason.parts for reason in case.choices.reasons if reason.key == case.reason]
    else:
        kinds = [kind for kind in case.choices.types if kind.key == case.type]
        found = [part.more for kind in kinds for part in kind.parts if part.key == case.subtype and part.more]
        found += [kind.more for kind in kinds]
    return found[0] if found and found[0] else case.choices.causes


def _cancelled(case: CaseRow) -> bool:
    return case.order is not None and case.order.state == "cancelled"
