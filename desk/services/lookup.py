"""Finding an order by number, tail, phone, name, pinyin or tracking number: here first, then at the centre."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Lookup(QObject):
    """UI thread."""

    async def here(self, text: str, limit: int = 20) -> tuple[rows.HitRow, ...]:
        """Hits of the replica, at once (no network): best first."""

    async def everywhere(self, text: str, limit: int = 20) -> tuple[tuple[rows.HitRow, ...], str]:
        """Local hits merged with the centre's, and a problem code: '', offline, throttled, server_fault."""

    async def open_order(self, number_or_id: str) -> rows.Answer:
        """Make an order workable here; one out of scope is fetched from the centre and held in memory while in hand.
        Done: data.order_id, data.ticket_id (its open ticket, or None). Refused: not_found, offline."""
