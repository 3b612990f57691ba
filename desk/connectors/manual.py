"""The system that cannot be asked: orders from a file, whose effects people carry out and confirm."""

from __future__ import annotations

from desk.connectors.ports import Ask, ByHand, ReadBack


class Manual:
    """Does nothing by itself: every effect becomes a task of its team (DESIGN 1.9)."""

    longest_call = 0.0

    def read_back(self, ask: Ask) -> ReadBack:
        """Nobody to ask."""
        return ByHand()
