"""Who proved to be whom not long ago: enough to wait as or be listened to, never to be told or to change anything."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

MOST, LONG = 4096, timedelta(minutes=5)
_P = TypeVar("_P")


class Callers(Generic[_P]):
    """The newest callers by their token. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[_P, datetime]] = OrderedDict()

    def keep(self, token: str, who: _P | None, now: datetime) -> None:
        """Remember who this is as of now; None: nobody (any more)."""
        with self._lock:
            self._kept.pop(token, None)
            if who is not None:
                self._kept[token] = who, now + LONG
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)

    def known(self, token: str, now: datetime) -> _P | None:
        """Who this was; None where that is too long ago."""
        with self._lock:
            who, until = self._kept.get(token, (None, None))
        return who if until is not None and until > now else None
