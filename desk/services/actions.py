"""Performing an act: decide here, keep it in the outbox, tell the screen, wake the syncer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk.domain.commands import Command
from desk.services import rows


class Actions(QObject):
    """UI thread. Build the command (desk.domain.commands) with `new_id()` at the click: the same click is one act."""

    settled = Signal(str, object)  # command id, rows.Answer: what became of an act of this desk at the centre

    def new_id(self) -> str:
        """A fresh id for a command or an entity that the person creates."""

    async def perform(self, command: Command, initiator: object | None = None) -> rows.Answer:
        """Returns when the local commit has returned (DESIGN 1.8); never raises for a refusal or a dead network.

        waiting: kept here, on its way; needs_approval: the same, and the forecast says so (answer.level); refused:
        nothing was kept. Offline, what only the centre may do is refused with code `needs_centre`.
        """

    async def forecast(self, command: Command) -> rows.Answer:
        """What `perform` would answer, without doing it."""
