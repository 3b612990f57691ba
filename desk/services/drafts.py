"""Half-written words: they survive a restart and other people's changes."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Drafts(QObject):
    """UI thread. Keys are the caller's, e.g. "note:<ticket id>"; drafts belong to the signed-in person."""

    async def load(self, key: str) -> str:
        """The draft, or ''."""

    def save(self, key: str, text: str) -> None:
        """Keep it soon (coalesced); '' forgets it."""
