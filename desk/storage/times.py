"""Times as integers for columns: microseconds since the epoch, which sort as ISO texts with fractions do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TICK = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Exact; `at` is aware."""
    return (at - _EPOCH) // _TICK


def from_micros(value: int) -> datetime:
    """Aware UTC."""
    return _EPOCH + value * _TICK
