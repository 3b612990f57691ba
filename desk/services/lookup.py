"""Finding an order by number, tail, phone, name, pinyin or tracking number: here first, then at the centre."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Lookup(QObject):
    """UI thread."""

    async def here(self, text: str, limit: int = 20) -> tuple[rows.LookupHit, ...]:
        """Hits of the replica, at once (no network): best first."""

    async def everywhere(self, text: str, limit: int = 20) -> rows.LookupResult:
        """Local hits merged with the centre's. result.problem: '' or offline, throttled, server_fault."""

    async def open_order(self, number_or_id: str) -> rows.OpenResult:
        """Make an order workable here; one out of scope is fetched from the centre and held in memory while in hand.
        result.order_id, result.ticket_id (its open ticket, if any), result.problem: '' | not_found | offline."""
