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
from desk.services.workplace import Workplace
from desk.storage import lists


class Tasks(QObject):
    """UI thread. Answer with TakeTask, ReplyTask, WithdrawTask; ConfirmEffect, RetryEffect."""

    def __init__(self, workplace: Workplace, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._actions = actions

    async def items(self) -> tuple[rows.TaskRow | rows.EffectRow, ...]:
        """What waits for this person's teams: what is asked of them, the nearest due first, then what is to be done by
        hand, oldest first."""
        return await self._workplace.read_or(
            (), lambda reader: tuple(effect_row(reader, effect) for effect in open_tasks(reader))
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


def open_tasks(reader: Reader) -> list[Effect]:
    """Effects that wait for a person of this one's teams, or for anybody who may confirm."""
    if not may_issue(reader.policy, reader.actor.level, "ConfirmEffect"):
        return []
    found = lists.tasks(reader.view.connection, reader.view.overlay)
    teams = set(reader.actor.teams)
    return [effect for effect in found if not effect.team or not teams or effect.team in teams]
