"""The case in one line above its cards: kind and reason, number, stage, review, promises with their clocks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desk.domain.tickets import Kind, Stage
from desk.services.rows import CaseRow, Choice, RowState
from desk.views import format as text
from desk.views import icons, tokens, words
from desk.views.buttons import KeyButton
from desk.views.flow import Flow
from desk.views.language import pick
from desk.views.menus import open_choices
from desk.views.parts import Elided, View, column, label, row, set_tone

_STAGES = (Stage.IDENTIFY, Stage.ANALYSE, Stage.RESOLVE)
_SEPARATOR = "/"


class CaseLine(View):
    """`reason_picked`: a reason, or "type/subtype" of an exception. `promise_kept`: id of a promise."""

    reason_picked = Signal(str)
    promise_kept = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CaseRow | None = None
        self._what = KeyButton(key="R", role="quiet")
        self._what.clicked.connect(self.pick_reason)
        self._facts = Elided(role="small", tone="muted")
        self._stage = label(role="small", tone="muted")
        self._state = label(role="chip", tone="warn")
        self._review = label(role="chip", tone="warn")
        self._shown: list[str] = []
        self._promises = Flow(gap=0, line_gap=0)
        self._chips = QWidget()
        chips = row(self._review, self._state, self._facts, self._promises)
        chips.setStretch(3, 1)
        self._chips.setLayout(chips)
        inside = column(row(self._what, 1, self._stage), self._chips, gap=0)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(inside)

    def show_case(self, case: CaseRow | None) -> None:
        """Show a case."""
        self._row = case
        self.retranslate()

    @property
    def said(self) -> str:
        """What it says, for tests."""
        return " ".join(part.text() for part in (self._what, self._facts, self._stage))

    def pick_reason(self) -> None:
        """Offer the reasons of a cancel, or the types with their sub-types of an exception."""
        case = self._row
        if case is None:
            return
        if case.kind is Kind.CANCEL:
            open_choices(self._what, case.choices.reasons, self.reason_picked.emit, case.reason)
            return
        choices = [
            Choice(
                key=f"{kind.key}{_SEPARATOR}{sub.key}",
                names={name: f"{kind.names.get(name, '')} · {sub.names.get(name, '')}" for name in sub.names},
            )
            for kind in case.choices.types
            for sub in kind.parts
        ]
        open_choices(self._what, choices, self.reason_picked.emit, f"{case.type}{_SEPARATOR}{case.subtype}")

    def retranslate(self) -> None:
        """Words for the case in hand."""
        case = self._row
        if case is None:
            return
        what = pick(case.label) or self.tr("pick the reason")
        self._what.setText(f"{words.word('kind', case.kind.value)} · {what}")
        self._what.setIcon(icons.icon(case.channel.value))
        facts = [words.word("queue", "by_keywords")] if case.by_keywords else []
        if case.chased:
            facts.append(self.tr("asked again ×{count}").format(count=case.chased))
        if case.holder and not case.mine:
            facts.append(self.tr("{name} has it").format(name=case.holder))
        self._facts.setText(" · ".join(facts))
        self._facts.setVisible(bool(facts))
        self._review.setText(self.tr("needs review"))
        self._review.setVisible(case.needs_review)
        self._state.setText(self._state_words(case))
        self._state.setVisible(bool(self._state.text()))
        set_tone(self._state, "danger" if case.state is RowState.REFUSED else "warn")
        self._stage.setText(self._stage_words(case))
        self._fill_promises(case)
        shown = self._shown or facts or case.needs_review or self._state.text()
        self._chips.setVisible(bool(shown))

    def _state_words(self, case: CaseRow) -> str:
        if case.state is not RowState.DONE:
            return words.word("row_state", case.state.value)
        return self.tr("clocks paused") if case.paused else ""

    @staticmethod
    def _stage_words(case: CaseRow) -> str:
        if case.stage not in _STAGES:
            return words.word("stage", case.stage.value)
        names = [words.word("stage", stage.value) for stage in _STAGES]
        at = _STAGES.index(case.stage)
        return " › ".join([*names[:at], f"[{names[at]}]", *names[at + 1 :]])

    def _fill_promises(self, case: CaseRow) -> None:
        promises = case.promises if case.stage in _STAGES else ()  # no clock runs once it is closed
        waiting = [promise for promise in promises if promise.kept_at is None]
        if [promise.id for promise in waiting] == self._shown:
            self.tick()
            return
        self._shown = [promise.id for promise in waiting]
        self._promises.clear()
        for promise in waiting:
            chip = KeyButton(role="quiet")
            chip.setProperty("promise", promise.id)
            chip.clicked.connect(lambda _=False, which=promise.id: self.promise_kept.emit(which))
            chip.setToolTip(self.tr("Press when it is kept"))
            self._promises.addWidget(chip)
        self.tick()

    def tick(self) -> None:
        """Count down the promises."""
        case = self._row
        if case is None:
            return
        names = {promise.id: promise for promise in case.promises}
        for at in range(self._promises.count()):
            item = self._promises.itemAt(at)
            chip = item.widget() if item else None
            if not isinstance(chip, KeyButton):
                continue
            promise = names[chip.property("promise")]
            left = (promise.due_at - text.now()).total_seconds()
            chip.setText(f"{pick(promise.names)} {text.short(left)}")
            chip.setIcon(
                icons.icon("waiting", tokens.colours().danger.words if left < 0 else tokens.colours().warn.words)
            )
