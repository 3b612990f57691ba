"""Requests for approval: those this person may decide, and those they asked."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services import rows


class Approvals(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "approval")."""

    async def waiting(self) -> tuple[rows.ApprovalRow, ...]:
        """Open requests that this person may decide, oldest first."""

    async def asked(self) -> tuple[rows.ApprovalRow, ...]:
        """This person's own requests, newest first, with their answers."""

    async def card(self, approval_id: str) -> rows.ApprovalCard | None:
        """One request with order, history and caps on one card."""

    async def decide(
        self,
        approval_id: str,
        approve: bool,
        units: int | None = None,
        reason: str = "",
        words: str = "",
        initiator: object | None = None,
    ) -> rows.ActRow:
        """A, C (with units) or D (with reason). Offline: refused with `needs_centre`."""
