"""Performing an act: decide here, keep it in the outbox, tell the screen, wake the syncer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk.domain.commands import Command
from desk.services import rows


class Actions(QObject):
    """UI thread. Build the command (desk.domain.commands) with `new_id()` at the click: the same click is one act."""

    moved = Signal(object)  # rows.ActRow: an act changed its state (done, waiting, unknown, needs_approval, refused)

    def new_id(self) -> str:
        """A fresh id for a command or an entity that the person creates."""

    async def perform(self, command: Command, initiator: object | None = None) -> rows.ActRow:
        """Returns when the local commit has returned (DESIGN 1.8); never raises for a refusal or a dead network.

        row.state: waiting (kept here, on its way), needs_approval (forecast), refused (row.code, row.data; nothing was
        kept). Offline, acts that only the centre may do are refused with code `needs_centre`.
        """

    async def forecast(self, command: Command) -> rows.ActRow:
        """What `perform` would answer, without doing it: for enabling buttons and saying why not."""

    async def of_ticket(self, ticket_id: str) -> tuple[rows.ActRow, ...]:
        """Acts on this ticket that are not settled yet, oldest first."""
