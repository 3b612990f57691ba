"""The words for this moment: templates that fit the case, filled, with what is missing marked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from desk.services import rows


class Scripts(QObject):
    """UI thread. Sending is `actions.perform(SendMessage(...))`."""

    async def script(
        self, ticket_id: str, language: str, template: str = "", values: Mapping[str, str] | None = None
    ) -> rows.ScriptRow | None:
        """The best template for now, or the one named, filled with what the case knows and with `values`;
        `others` lists those that fit too."""
