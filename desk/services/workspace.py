"""One case as view rows: who, verdict, order, stages, tenders, parcels, timeline, ticket path."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Workspace(QObject):
    """UI thread. Repaint when a change set touches the ticket, its order, or kinds entry/approval/effect/private."""

    async def by_ticket(self, ticket_id: str) -> rows.CaseRow | None: ...
    async def by_order(self, order_id: str) -> rows.CaseRow | None: ...
