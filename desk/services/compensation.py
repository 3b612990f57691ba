"""What may be given for this order by this person now: offers with their state, and the two meters."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Compensation(QObject):
    """UI thread."""

    async def panel(self, ticket_id: str, cause: str = "") -> rows.GivePanel:
        """panel.offers: each enabled, needs_approval (whose), or off with a reason code (offline: offline_no_lease);
        panel.order and panel.today: meters (left, cap, currency)."""

    async def give(self, ticket_id: str, offer_key: str, cause: str, initiator: object | None = None) -> rows.ActRow:
        """Give an offer as it stands; the sequence in the ledger key follows from what the order already has."""

    async def give_amount(
        self, ticket_id: str, offer_key: str, units: int, cause: str, initiator: object | None = None
    ) -> rows.ActRow:
        """The same with another amount (units as in GrantCompensation)."""
