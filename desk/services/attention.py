"""Refused and quarantined acts, each with its reason and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Attention(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "attention")."""

    async def items(self) -> tuple[rows.AttentionRow, ...]:
        """What this person has to look at, newest first: row.command_id, name, code, data, ticket_id, order_id, at, next
        (a code of what to do: open_ticket, ask_again, look_up_again, tell_admin)."""

    async def dismiss(self, command_id: str) -> None:
        """Seen and dealt with."""
