"""One case as view rows: who, verdict, order, stages, tenders, parcels, timeline, ticket path."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Workspace(QObject):
    """UI thread. Repaint when `concerns(ticket_id, change set)`."""

    async def case(self, ticket_id: str) -> rows.CaseRow | None:
        """The case, as replica and pending acts have it."""

    async def order(self, order_id: str) -> rows.OrderRow | None:
        """An order without a ticket (look-up preview)."""

    async def choices(self) -> rows.Choices:
        """What policy offers to pick from, without a case in hand (opening a ticket)."""
