"""The administrator's page: people, teams, stores, installations."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Administration(QObject):
    """UI thread. Saving is `actions.perform(SaveStaff | SaveTeam | SaveStore | RevokeInstallation)`."""

    async def page(self) -> rows.AdminRow: ...
