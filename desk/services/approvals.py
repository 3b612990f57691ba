"""Requests for approval: those this person may decide, and those they asked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Approvals(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "approval")."""

    async def waiting(self) -> tuple[rows.ApprovalRow, ...]:
        """Open requests of this person's teams, oldest first; `may_decide` says which they may answer."""

    async def recent(self) -> tuple[rows.ApprovalRow, ...]:
        """Requests of this person's teams that were answered or ran out, newest first."""

    async def one(self, approval_id: str) -> rows.ApprovalRow | None: ...

    async def decide(
        self,
        approval_id: str,
        approve: bool,
        units: int | None = None,
        reason: str = "",
        words: str = "",
        initiator: object | None = None,
    ) -> rows.Answer:
        """A, C (with units) or D (with reason). Offline: refused with `needs_centre`."""
