"""Leads the playbook of the case in hand: answers, causes, options with their inputs, what other teams are asked."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject

from desk.domain import commands
from desk.domain.tickets import Answer as Found
from desk.services.desk import Desk
from desk.services.rows import Answer, CaseRow, Choice, OptionRow, PlaybookRow, RowState
from desk.views import words
from desk.views.ask_panel import Asked
from desk.views.control.once import Once, content
from desk.views.control.panels_control import PanelsControl
from desk.views.control.teller import tell
from desk.views.inputs_panel import Filled
from desk.views.toast import Toast
from desk.views.workbench import Workbench


class CaseHolder(Protocol):
    """What leads the case in hand (case_control.CaseControl)."""

    async def perform(self, command: commands.Command, name: str = "") -> Answer:
        """Act on it, say what became of that, load it anew."""

    async def refresh(self) -> None:
        """Load it anew."""

    def propose(self, template: str) -> None:
        """Offer what to say next."""


class PlaybookControl(QObject):
    """UI thread. `case` is who holds the case in hand."""

    def __init__(
        self,
        desk: Desk,
        bench: Workbench,
        case: CaseHolder,
        panels: PanelsControl,
        toast: Toast,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._bench, self._case = desk, bench, case
        self._panels, self._toast = panels, toast
        self._once = Once(desk.jobs)
        self._ticket = ""  # what the panel for inputs, or that for a team, is about
        playbook = bench.case.playbook
        playbook.checks.answered.connect(self._answer)
        playbook.checks.words_asked.connect(self._answer_with_words)
        playbook.causes.picked.connect(self._set_causes)
        playbook.options.taken.connect(self._on_option)
        bench.inputs.filled.connect(self._on_filled)
        bench.inputs.lines_chosen.connect(self._on_lines)
        playbook.options.ask_asked.connect(self.ask)
        bench.case.handoffs.withdraw_asked.connect(self._withdraw)
        bench.ask.asked.connect(self._ask)
        bench.ask.drafted.connect(lambda said: desk.drafts.save(f"ask:{self._ticket}", said))

    @property
    def _row(self) -> CaseRow | None:
        return self._bench.case.row

    @property
    def _playbook(self) -> PlaybookRow | None:
        return self._row.playbook if self._row is not None else None

    def _new(self) -> str:
        return self._desk.actions.new_id()

    def _act(self, command: commands.Command, name: str = "") -> None:
        self._once.spawn(content(command), lambda: self._case.perform(command, name), f"act {command.name}")

    # --- checks and causes

    def _answer(self, check: str, answer: str) -> None:
        if self._row is not None:
            found = Found(answer)
            self._act(commands.AnswerCheck(id=self._new(), ticket_id=self._row.id, check=check, answer=found))

    def _answer_with_words(self, check: str) -> None:
        playbook = self._playbook
        row = next((one for one in playbook.checks if one.key == check), None) if playbook else None
        if row is not None:
            answers = tuple(Choice(key=one.value, names={"en": words.word("check_answer", one.value)}) for one in Found)
            self._panels.answer(row, answers)

    def _set_causes(self, causes: tuple[str, ...]) -> None:
        case = self._row
        if case is not None:
            self._act(
                commands.SetReason(
                    id=self._new(), ticket_id=case.id, type=case.type, subtype=case.subtype, causes=causes
                )
            )

    # --- options

    def _on_option(self, option: OptionRow) -> None:
        """Pressed for good; one that needs something asks for it first."""
        case, playbook = self._row, self._playbook
        if case is None or playbook is None:
            return
        if option.inputs:
            self._ticket = case.id
            self._bench.inputs.open(option, playbook.contacts)
            self._bench.show_side(self._bench.inputs)
        else:
            self._take(case.id, option, {}, ())

    def _on_lines(self, option: str, line_ids: tuple[str, ...]) -> None:
        self._desk.jobs.spawn(self._amount_for(self._ticket, option, line_ids), "amount for lines")

    async def _amount_for(self, ticket: str, option: str, line_ids: tuple[str, ...]) -> None:
        found = await self._desk.workspace.option(ticket, option, line_ids)
        if found is not None and ticket == self._ticket:
            self._bench.inputs.update_option(found, line_ids)

    def _on_filled(self, filled: Filled) -> None:
        self._take(self._ticket, filled.option, dict(filled.inputs), filled.line_ids)

    def _take(self, ticket: str, option: OptionRow, inputs: dict[str, str], line_ids: tuple[str, ...]) -> None:
        case = self._row
        if case is None or case.id != ticket:
            return
        command = commands.TakeOption(
            id=self._new(),
            ticket_id=ticket,
            option=option.key,
            order_id=case.order.id if case.order is not None else None,
            expected=option.amount.amount if option.amount is not None else None,
            line_ids=line_ids,
            inputs=inputs,
        )
        self._once.spawn(f"option {ticket}", partial(self._taken, command, option), "take option", content(command))

    async def _taken(self, command: commands.Command, option: OptionRow) -> None:
        """What is said next stands ready, and the keyboard is where it is said."""
        answer = await self._case.perform(command, "option")
        if answer.status is not RowState.REFUSED and option.template:
            self._case.propose(option.template)

    # --- other teams

    def ask(self) -> None:
        """A: ask a team."""
        case = self._row
        if case is not None and case.may_ask:
            self._desk.jobs.spawn(self._open_ask(case, self._who_can_tell(case)), "open panel")

    def _who_can_tell(self, case: CaseRow) -> str:
        """What to ask first: of the team that can answer the check under the cursor."""
        checks = self._bench.case.playbook.checks.list
        check = checks.current_row() if case.playbook is not None else None
        if check is None or not check.open:
            return ""
        return next((one.key for one in case.choices.handoffs if one.owner == check.team_id), "")

    async def _open_ask(self, case: CaseRow, what: str) -> None:
        draft = await self._desk.drafts.load(f"ask:{case.id}")
        self._ticket = case.id
        self._bench.ask.open(case.choices, draft, what)
        self._bench.show_side(self._bench.ask)

    def _ask(self, asked: Asked) -> None:
        ticket = self._ticket
        self._once.spawn(f"ask {ticket}", partial(self._asked, ticket, asked), "ask team", repr(asked))

    async def _asked(self, ticket: str, asked: Asked) -> None:
        answer = await self._desk.tasks.ask(
            ticket, asked.what, team=asked.team, minutes=asked.minutes, words=asked.words, initiator=self
        )
        tell(self._toast, answer, "asked")
        if answer.status is not RowState.REFUSED:
            self._desk.drafts.save(f"ask:{ticket}", "")
        await self._case.refresh()

    def _withdraw(self, task_id: str) -> None:
        self._act(commands.WithdrawTask(id=self._new(), task_id=task_id), "withdrawn")
