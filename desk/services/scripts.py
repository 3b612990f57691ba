"""The words for this moment: templates that fit the case, filled, with what is missing marked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from desk.services import rows


class Scripts(QObject):
    """UI thread. Sending is `actions.perform(SendMessage(...))`."""

    async def for_ticket(self, ticket_id: str, language: str) -> tuple[rows.ScriptRow, ...]:
        """Templates that fit now, best first, each filled: row.text, row.missing, row.acts, row.sms_parts, row.blocked."""

    async def fill(self, ticket_id: str, template: str, language: str, values: Mapping[str, str]) -> rows.ScriptRow:
        """One template with what the agent typed for the missing places."""
