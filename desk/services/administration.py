"""The administrator's page: people, teams, stores, installations."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Administration(QObject):
    """UI thread. Saving is `actions.perform(SaveStaff | SaveTeam | SaveStore | RevokeInstallation)`."""

    async def people(self) -> tuple[rows.StaffRow, ...]: ...
    async def teams(self) -> tuple[rows.TeamRow, ...]: ...
    async def stores(self) -> tuple[rows.StoreRow, ...]: ...
    async def installations(self) -> tuple[rows.InstallationRow, ...]: ...
