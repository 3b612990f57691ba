"""What may be given for this order by this person now: offers with their state, and the meters."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Compensation(QObject):
    """UI thread."""

    async def panel(self, ticket_id: str, cause: str = "") -> rows.GiveRow:
        """Meters, offers (each free, approval or off with its reason), causes, this ticket's own requests."""

    async def give(
        self,
        ticket_id: str,
        offer_key: str,
        cause: str,
        units: int | None = None,
        words: str = "",
        initiator: object | None = None,
    ) -> rows.Answer:
        """Give an offer, or other `units` of it; above the caps it becomes a request. The sequence in the ledger key
        follows from what the order already has."""

    async def ask_again(self, approval_id: str, words: str = "", initiator: object | None = None) -> rows.Answer:
        """Ask anew for what was denied or ran out."""
