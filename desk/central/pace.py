"""Limits how often one person may do something per minute: looking orders up is not for collecting customers."""

from __future__ import annotations

import math
import threading
from collections import defaultdict, deque
from datetime import datetime, timedelta

from desk.central.problems import Problem

PER_MINUTE = 60


class Pace:
    """Counts look-ups of each person over the last minute. In this process only: with several, each has its own."""

    def __init__(self, most: int = PER_MINUTE) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._looks: dict[str, deque[datetime]] = defaultdict(deque)

    def count(self, person: str, now: datetime) -> None:
        """Count one; Problem 429 with Retry-After where it is one too many."""
        with self._lock:
            looks = self._looks[person]
            while looks and looks[0] <= now - timedelta(minutes=1):
                looks.popleft()
            if len(looks) >= self._most:
                wait = math.ceil((looks[0] + timedelta(minutes=1) - now).total_seconds())
                raise Problem(429, "too_many_look_ups", "look-ups are limited per minute", retry_after=max(wait, 1))
            looks.append(now)
