"""The live queue: pages of tickets with filters and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject

from desk.domain.tickets import Kind
from desk.services import rows

Whose = Literal["mine", "team", "all", "free"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """`whose`: mine (I hold it), team (my teams'), free (nobody holds it), all. `closed`: the closed and archived
    instead of the open ones, newest first. `text` filters by order tail, customer, reason name."""

    whose: Whose = "team"
    kind: Kind | None = None
    review: bool = False
    text: str = ""
    closed: bool = False


class Queue(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "ticket"): ask `rows` for those ids and repaint them."""

    async def page(self, which: QueueFilter, after: tuple[str, ...] | None = None, limit: int = 200) -> rows.QueuePage:
        """rows.QueuePage(rows, next): keyset page in due order; `next` is given back as `after`, None at the end."""

    async def rows(self, which: QueueFilter, ticket_ids: Iterable[str]) -> Mapping[str, rows.QueueRow | None]:
        """These tickets as rows, None where one is not (any more) in this filter."""

    async def counts(self) -> rows.QueueCounts:
        """Open tickets by filter, for the tabs."""
