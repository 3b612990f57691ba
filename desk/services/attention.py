"""Refused and quarantined acts, each with its reason and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Attention(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "attention")."""

    async def items(self) -> tuple[rows.AttentionRow, ...]:
        """What this person has to look at, newest first."""

    async def again(self, command_id: str, initiator: object | None = None) -> rows.Answer:
        """The same act once more as a new one, decided on what is known now; the item goes when it is kept."""

    async def dismiss(self, command_id: str) -> None:
        """Seen and dealt with."""


class Tasks(QObject):
    """Effects that a person of this desk has to do or to decide (manual, failed, unknown). UI thread."""

    async def items(self) -> tuple[rows.EffectRow, ...]:
        """Open tasks of this person's teams, oldest first; act with ConfirmEffect, RetryEffect."""
