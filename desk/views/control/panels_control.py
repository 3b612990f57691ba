"""Leads the side column's panels: words (note, hand-off, check, block...), the wrap-up, the replay of the path."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt

from desk.domain import commands
from desk.domain.tickets import Answer as Found
from desk.domain.tickets import Stage
from desk.services.desk import Desk
from desk.services.rows import Answer, CaseRow, CheckRow, Choice, RowState
from desk.views.control.once import Once
from desk.views.language import pick
from desk.views.workbench import Workbench
from desk.views.wrap_up import WrapUp

_DRAFTS = ("process", "feedback", "waived")  # of the wrap-up
_WAY = (Stage.IDENTIFY, Stage.ANALYSE, Stage.RESOLVE)
Perform = Callable[[commands.Command, str], Coroutine[Any, Any, Answer]]


class PanelsControl(QObject):
    """UI thread. `perform(command, name)` acts on the case in hand and says what became of it.

    A panel is about the case that it was opened with, whatever is in hand when it is done."""

    def __init__(self, desk: Desk, bench: Workbench, perform: Perform, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bench, self._perform = desk, bench, perform
        self._once = Once(desk.jobs)
        self._ticket, self._about = "", ""  # of the words
        self._case: CaseRow | None = None  # of the wrap-up
        bench.hand_off_asked.connect(self.hand_off)
        bench.note_asked.connect(self.note)
        bench.wrap_up_asked.connect(self.wrap_up)
        bench.words.written.connect(self._on_words)
        bench.words.drafted.connect(lambda purpose, said: desk.drafts.save(f"{purpose}:{self._ticket}", said))
        bench.wrap_up.drafted.connect(self._on_draft)
        bench.wrap_up.finished.connect(self._finish)

    @property
    def _row(self) -> CaseRow | None:
        return self._bench.case.row

    # --- words

    def note(self) -> None:
        """Write a note."""
        self._words("note", self.tr("Note"), self.tr("Everybody who works on this case reads it."))

    def hand_off(self) -> None:
        """Hand the case to another team."""
        case = self._row
        if case is not None:
            teams = tuple(team for team in case.choices.teams if team.key != case.team_id)
            hint = self.tr("The case leaves your queue; the other team sees what you write.")
            self._words("hand_off", self.tr("Hand off"), hint, teams, needs=False, chosen=_owner(case))

    def reopen(self) -> None:
        """Say why it begins again."""
        self._words("reopen", self.tr("Reopen"), self.tr("Say why. The history stays."))

    def answer(self, check: CheckRow, answers: tuple[Choice, ...]) -> None:
        """Answer a check of the playbook with words."""
        hint = self.tr("What you saw or were told. It stands beside the check.")
        self._words("check", pick(check.names), hint, answers, needs=False, chosen=check.answer, about=check.key)

    def block(self) -> None:
        """Put the customer on the block list."""
        case = self._row
        if case is not None and case.who is not None:
            hint = self.tr("Cancels and compensation for this customer then need a person. Say what you found.")
            self._words("block", self.tr("Block the customer"), hint, case.choices.blocks, about=case.who.customer_id)

    def lift(self) -> None:
        """Take the customer off it."""
        case = self._row
        if case is not None and case.who is not None:
            self._words("lift", self.tr("Lift the block"), self.tr("Say why."), about=case.who.customer_id)

    def _words(
        self,
        purpose: str,
        title: str,
        hint: str,
        choices: tuple[Choice, ...] = (),
        needs: bool = True,
        chosen: str = "",
        about: str = "",
    ) -> None:
        if self._row is None:
            return
        ticket, panel = self._row.id, self._bench.words

        def open_panel(draft: str) -> None:
            self._about = about
            panel.open(purpose, title, hint, choices, draft, needs, chosen)

        self._desk.jobs.spawn(self._open_words(ticket, purpose, open_panel), "open panel")

    async def _open_words(self, ticket: str, purpose: str, open_panel: Callable[[str], None]) -> None:
        draft = await self._desk.drafts.load(f"{purpose}:{ticket}")
        self._ticket = ticket
        open_panel(draft)
        self._bench.show_side(self._bench.words)

    def _on_words(self, purpose: str, choice: str, said: str) -> None:
        ticket = self._ticket
        command = self._command(purpose, choice, said)
        work = partial(self._write, ticket, purpose, command)
        self._once.spawn(f"{purpose} {ticket}", work, f"act {purpose}", f"{self._about} {choice} {said}")

    def _command(self, purpose: str, choice: str, said: str) -> commands.Command:
        """What the words were written for."""
        new, ticket, about = self._desk.actions.new_id(), self._ticket, self._about
        if purpose == "check":
            return commands.AnswerCheck(id=new, ticket_id=ticket, check=about, answer=Found(choice), words=said)
        if purpose == "block":
            return commands.BlockCustomer(id=new, ticket_id=ticket, customer_id=about, reason=choice, words=said)
        if purpose == "lift":
            return commands.LiftBlock(id=new, customer_id=about, words=said)
        if purpose == "hand_off":
            return commands.HandOver(id=new, ticket_id=ticket, team=choice, words=said)
        kind = commands.ReopenTicket if purpose == "reopen" else commands.AddNote
        return kind(id=new, ticket_id=ticket, words=said)

    async def _write(self, ticket: str, purpose: str, command: commands.Command) -> None:
        if (await self._perform(command, purpose)).status is RowState.REFUSED:
            return  # the draft stays for another try
        self._desk.drafts.save(f"{purpose}:{ticket}", "")
        if purpose == "hand_off" and self._bench.side is None:  # it is gone from here: on to the next one
            self._bench.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- wrap-up

    def wrap_up(self, outcome: str = "") -> None:
        """Z: the record, then close."""
        if self._row is not None and self._row.mine:
            self._desk.jobs.spawn(self._open_wrap_up(self._row, outcome), "open wrap-up")

    async def _open_wrap_up(self, case: CaseRow, outcome: str) -> None:
        found = await asyncio.gather(*(self._desk.drafts.load(f"{name}:{case.id}") for name in _DRAFTS))
        self._case = case
        handled = case.playbook.outcome if case.playbook is not None else ""  # how the option that was taken ends it
        self._bench.wrap_up.open(case, dict(zip(_DRAFTS, found, strict=True)), outcome or handled)
        self._bench.show_side(self._bench.wrap_up)

    def _on_draft(self, name: str, said: str) -> None:
        if self._case is not None:
            self._desk.drafts.save(f"{name}:{self._case.id}", said)

    def _finish(self, made: WrapUp) -> None:
        case = self._case
        if case is not None:
            self._once.spawn(f"close {case.id}", lambda: self._close(case, made), "close case")

    async def _close(self, case: CaseRow, made: WrapUp) -> None:
        stages = tuple(self._ahead(case))
        record = commands.WriteRecord(
            id=self._desk.actions.new_id(),
            ticket_id=case.id,
            cause=made.cause,
            result=made.result,
            satisfaction=made.satisfaction,
            acts_waived=made.acts_waived,
            process=made.process,
            feedback=made.feedback,
        )
        if (await self._perform(record, "")).status is RowState.REFUSED:
            return
        for stage in stages:
            step = commands.MoveStage(id=self._desk.actions.new_id(), ticket_id=case.id, stage=stage)
            if (await self._perform(step, "")).status is RowState.REFUSED:
                return
        ending = commands.CloseTicket(id=self._desk.actions.new_id(), ticket_id=case.id, outcome=made.outcome)
        if (await self._perform(ending, "close")).status is not RowState.REFUSED:
            self._leave(case)

    def _ahead(self, case: CaseRow) -> Iterator[Stage]:
        """Stages before the close. The row on screen may lag behind the case it was opened with, or be further."""
        row = self._row
        known = [one.stage for one in (case, row) if one is not None and one.id == case.id and one.stage in _WAY]
        if known:
            yield from _WAY[max(_WAY.index(stage) for stage in known) + 1 :]

    def _leave(self, case: CaseRow) -> None:
        for name in _DRAFTS:
            self._desk.drafts.save(f"{name}:{case.id}", "")
        if self._bench.side is self._bench.wrap_up and self._case is case:  # else a person went on to something else
            self._bench.show_main()
            self._bench.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- the path

    def replay(self) -> None:
        """The path, step by step."""
        if self._row is not None:
            self._bench.replay.show_path(self._row)
            self._bench.show_side(self._bench.replay)


def _owner(case: CaseRow) -> str:
    """The team that owns this kind of trouble, where it is known what it is."""
    subs = [sub for kind in case.choices.types if kind.key == case.type for sub in kind.parts]
    return next((sub.owner for sub in subs if sub.key == case.subtype), "")
