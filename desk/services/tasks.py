"""What waits for a person's teams: hand-offs of other teams, and effects that other systems cannot do."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QObject

from desk.domain.commands import AskTeam
from desk.domain.ledger import Effect
from desk.domain.permissions import may_issue
from desk.services import rows
from desk.services.actions import Actions
from desk.services.effect_rows import effect_row
from desk.services.reader import Reader
from desk.services.task_rows import mine, task_row
from desk.services.workplace import Workplace
from desk.storage import lists, task_lists

MOST_SHOWN = 100  # each with its order in full


class Tasks(QObject):
    """UI thread. Answer with TakeTask, ReplyTask, WithdrawTask; ConfirmEffect, RetryEffect."""

    def __init__(self, workplace: Workplace, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._actions = actions

    async def items(self) -> tuple[rows.TaskRow | rows.EffectRow, ...]:
        """What waits for this person's teams: what is asked of them, the nearest due first, then what is to be done by
        hand, oldest first."""

        def build(reader: Reader) -> tuple[rows.TaskRow | rows.EffectRow, ...]:
            asked = _page(reader, True, None, MOST_SHOWN).tasks
            by_hand = open_tasks(reader)
            return *asked, *(effect_row(reader, effect) for effect in by_hand)

        return await self._workplace.read_or((), build)

    async def page(self, *, done: bool = False, after: str | None = None, limit: int = MOST_SHOWN) -> rows.TaskPage:
        """Keyset page of what other teams ask of this person's: open ones the nearest due first; `done`: the answered
        and withdrawn ones, newest first, as long as policy keeps them here."""
        return await self._workplace.read_or(
            rows.TaskPage(tasks=(), after=None, total=0), lambda reader: _page(reader, not done, after, limit)
        )

    async def ask(
        self,
        ticket_id: str,
        what: str,
        team: str = "",
        minutes: int | None = None,
        words: str = "",
        initiator: object | None = None,
    ) -> rows.Answer:
        """Ask a team for something by now and so many `minutes`; None: as the rules say."""
        due = self._workplace.clock.now() + timedelta(minutes=minutes) if minutes is not None else None
        command = AskTeam(
            id=self._actions.new_id(),
            ticket_id=ticket_id,
            task_id=self._actions.new_id(),
            what=what,
            team=team,
            due_at=due,
            words=words,
        )
        return await self._actions.perform(command, initiator)


def _page(reader: Reader, is_open: bool, after: str | None, limit: int) -> rows.TaskPage:
    found = task_lists.page(reader.view.connection, reader.view.overlay, mine(reader, is_open=is_open), after, limit)
    reader.preload(one for task in found.tasks for one in (task.asked_by, task.holder, task.words_id, task.reply_id))
    made = tuple(task_row(reader, task) for task in found.tasks)
    return rows.TaskPage(tasks=made, after=found.after, total=found.total)


def how_many_wait(reader: Reader) -> int:
    """The number at the page's name: what is asked of this person's teams, and what they do by hand."""
    asked = task_lists.count(reader.view.connection, reader.view.overlay, mine(reader))
    return asked + len(open_tasks(reader))


def open_tasks(reader: Reader) -> list[Effect]:
    """Effects that wait for a person of this one's teams, or for anybody who may confirm."""
    if not may_issue(reader.policy, reader.actor.level, "ConfirmEffect"):
        return []
    found = lists.tasks(reader.view.connection, reader.view.overlay)
    teams = set(reader.actor.teams)
    return [effect for effect in found if not effect.team or not teams or effect.team in teams]
