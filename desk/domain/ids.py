"""Identifiers: time-sortable ids made by the caller, and derived ids for what the system does by itself."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from datetime import datetime

_VERSION_7 = 0x7
_VERSION_8 = 0x8
_VARIANT = 0b10


def _format(value: int) -> str:
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _stamp(value: int, version: int) -> int:
    value &= ~(0xF << 76)
    value |= version << 76
    value &= ~(0b11 << 62)
    return value | _VARIANT << 62


def uuid7(now: datetime, rng: random.Random) -> str:
    """A UUIDv7 for `now` (aware): 48 bits of milliseconds, then random bits from `rng`.

    The time part serves locality only; order is the outbox sequence locally and the feed position at the centre.
    """
    milliseconds = int(now.timestamp() * 1000)
    return _format(_stamp(milliseconds << 80 | rng.getrandbits(80), _VERSION_7))


def derived_id(rule: str, subject: str, window: str) -> str:
    """The id of a command that the system makes itself: the same (rule, subject, window) is the same act.

    Two workers that find the same thing therefore act once (DESIGN 1.1).
    """
    digest = hashlib.sha256("\x1f".join((rule, subject, window)).encode()).digest()
    return _format(_stamp(int.from_bytes(digest[:16], "big"), _VERSION_8))


class IdMaker:
    """Makes ids from an injected clock and random source, so that a seeded run repeats itself."""

    def __init__(self, now: Callable[[], datetime], rng: random.Random) -> None:
        self._now = now
        self._rng = rng

    def __call__(self) -> str:
        return uuid7(self._now(), self._rng)
