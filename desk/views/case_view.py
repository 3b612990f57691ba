"""The case in hand: its line, who, verdict, order, what was given, timeline."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desk.domain.ledger import EffectKind, EffectState
from desk.services.rows import CaseRow, EffectRow, GivenRow
from desk.views import format as text
from desk.views import tokens, words
from desk.views.case_line import CaseLine
from desk.views.flow import Words
from desk.views.handoff_view import HandoffsCard
from desk.views.language import pick
from desk.views.order_card import OrderCard
from desk.views.parts import View, column, frame, label, row, scrolled
from desk.views.playbook_view import PlaybookView
from desk.views.state_view import StateView
from desk.views.timeline_view import TimelineView
from desk.views.verdict_band import VerdictBand
from desk.views.who_card import WhoCard

_OF_BENEFITS = frozenset(
    {
        EffectKind.ISSUE_COUPON,
        EffectKind.ADD_POINTS,
        EffectKind.SEND_GIFT,
        EffectKind.RETURN_COUPON,
        EffectKind.RETURN_POINTS,
    }
)
_TROUBLE = frozenset({EffectState.UNKNOWN, EffectState.MANUAL, EffectState.FAILED})
_TONES = {"confirmed": "ok", "failed": "danger", "unknown": "warn", "manual": "warn"}


def _tells_more(effect: EffectRow) -> bool:
    """A benefit's effect says more than its own row only when there is trouble; a message that went says nothing."""
    quiet = effect.kind in _OF_BENEFITS or effect.kind is EffectKind.SEND_MESSAGE
    return not quiet or effect.state in _TROUBLE


class GivenCard(View):
    """What was given and what was asked of other systems: asked is not arrived."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CaseRow | None = None
        self._title = label(role="section")
        self._words = Words(gap=tokens.L)
        inside = row(self._title, self._words, gap=tokens.M)
        inside.setStretch(1, 1)
        inside.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))

    def show_case(self, case: CaseRow | None) -> None:
        """Hidden where nothing was given and nothing asked."""
        self._row = case
        self.retranslate()
        self.setVisible(case is not None and bool(self._words.said))

    def said(self) -> list[str]:
        """Its words, for tests."""
        return self._words.said

    def retranslate(self) -> None:
        """Words for the case in hand."""
        self._title.setText(self.tr("Given and asked"))
        if self._row is None:
            return
        said = []
        for given in self._row.given:
            said.append((_given_words(given), _TONES.get(given.state, "muted")))
        told = {given.key for given in self._row.given}  # with the state of the effect behind them
        for effect in self._row.effects:
            if effect.entry_key not in told and _tells_more(effect):
                said.append((_effect_words(effect), _TONES.get(effect.state.value, "muted")))
        self._words.say(said)
        self.setVisible(bool(said))


def _given_words(given: GivenRow) -> str:
    data = {"kind": given.kind.value, "cost": given.cost.amount, "units": given.units, "currency": given.cost.currency}
    return f"{words.benefit(data, given.label)} · {_state_words(given.state, given.problem)}"


def _effect_words(effect: EffectRow) -> str:
    said = f"{words.word('effect', effect.kind.value)} {pick(effect.label)}".strip()
    if effect.amount is not None and effect.amount.amount:
        said += f" {text.money(effect.amount)}"
    return f"{said} · {_state_words(effect.state.value, effect.problem)}"


def _state_words(state: str, problem: str) -> str:
    said = words.word("effect_state", state)
    return f"{said} ({words.word('problem', problem)})" if problem else said


class CaseView(View):
    """All of it. Signals come from its parts: the cards are `line`, `who`, `band`, `playbook`, `handoffs`, `order`,
    `given`, `timeline`."""

    open_lookup = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CaseRow | None = None
        self.line = CaseLine()
        self.who = WhoCard()
        self.band = VerdictBand()
        self.playbook = PlaybookView()
        self.handoffs = HandoffsCard()
        self.order = OrderCard()
        self.given = GivenCard()
        self.timeline = TimelineView()
        self._words = label(role="small", tone="muted", wrap=True)
        page = QWidget()
        parts = (
            self.line,
            self.who,
            self._words,
            self.band,
            self.playbook,
            self.handoffs,
            self.order,
            self.given,
            self.timeline,
        )
        page.setLayout(column(*parts, gap=tokens.S + 2))
        inside = page.layout()
        if isinstance(inside, QVBoxLayout):
            inside.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.M)
            inside.setStretch(len(parts) - 1, 1)
        self.state = StateView(scrolled(page))
        stack = QStackedLayout(self)
        stack.addWidget(self.state)
        self.state.show_content(0)
        self.retranslate()

    @property
    def row(self) -> CaseRow | None:
        """The case that is shown."""
        return self._row

    def show_case(self, case: CaseRow | None) -> None:
        """Show a case, or that none is open."""
        same = case is not None and case == self._row
        self._row = case
        self.state.show_content(0 if case is None else 1)
        if case is None or same:
            return
        self.line.show_case(case)
        came = [words.word("channel", case.channel.value), case.number or self.tr("number follows")]
        self.who.show_who(case.who, case.choices.moods, " · ".join(came))
        self.band.show_verdict(case.verdict, pick(case.playbook.names if case.playbook is not None else case.label))
        self.playbook.show_case(case)
        self.handoffs.show_tasks(case.tasks)
        self.order.show_order(case.order)
        self.given.show_case(case)
        self.timeline.show_facts(case.timeline)
        self.retranslate()

    def tick(self) -> None:
        """Every second: the clocks."""
        if self._row is not None and self.isVisible():
            self.line.tick()
            self.who.tick()
            self.band.tick()
            self.playbook.tick()
            self.handoffs.tick()

    def retranslate(self) -> None:
        """Its own words."""
        self.state.set_empty(
            self.tr("No case in hand"), self.tr("Enter opens the one under the cursor, Ctrl+K finds an order.")
        )
        said = self._row.words if self._row else ""
        self._words.setText(self.tr("Customer: “{words}”").format(words=said))
        self._words.setVisible(bool(said))
