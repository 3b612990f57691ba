"""Which part of many like cases a run plays: another part each day, all of them by `make proofs` (PROOFS=1)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

_T = TypeVar("_T")


def of_today(cases: Sequence[_T], parts: int) -> list[_T]:
    """One of `parts` parts of the cases, by the day (UTC); every case comes up within `parts` days."""
    if os.environ.get("PROOFS"):
        return list(cases)
    return list(cases[datetime.now(UTC).toordinal() % parts :: parts])
