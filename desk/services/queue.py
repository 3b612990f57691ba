"""The live queue: pages of tickets with filters and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject

from desk.domain.tickets import Kind
from desk.services import rows


class Whose(StrEnum):
    """mine: I hold it; team: my teams'; free: nobody holds it; all."""

    MINE = "mine"
    TEAM = "team"
    FREE = "free"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """`closed`: the closed and archived instead of the open ones, newest first. `text`: order tail, customer, label."""

    whose: Whose = Whose.TEAM
    kind: Kind | None = None
    review: bool = False
    text: str = ""
    closed: bool = False


class Queue(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "ticket"): ask `rows` for those ids and repaint them."""

    async def page(self, which: QueueFilter, after: str | None = None, limit: int = 200) -> rows.QueuePage:
        """Keyset page in due order."""

    async def some(self, which: QueueFilter, ticket_ids: Iterable[str]) -> Mapping[str, rows.QueueRow | None]:
        """These tickets as rows, None where one is not (any more) in this filter."""

    async def counts(self) -> Mapping[Whose, int]:
        """Open tickets for the tabs."""
