"""How long to wait before trying again: full jitter, so that a thousand desks do not come back in step. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass

BASE = 1.0
CAP = 60.0
LONG_CAP = 300.0
LONG_AFTER = 600.0  # seconds of failing before the long cap holds
RECONNECT_SPREAD = 5.0


@dataclass(frozen=True, slots=True)
class Backoff:
    """Failures in a row, and since when (monotonic seconds)."""

    failures: int = 0
    since: float = 0.0

    def failed(self, now: float) -> Backoff:
        """One more failure at `now`."""
        return Backoff(self.failures + 1, self.since if self.failures else now)

    def delay(self, now: float, rng: random.Random, retry_after: float | None = None) -> float:
        """Seconds to wait; what the centre asked for wins, spread upwards by a quarter."""
        if retry_after is not None:
            return retry_after * (1 + rng.random() / 4)
        cap = LONG_CAP if self.failures and now - self.since > LONG_AFTER else CAP
        return rng.random() * min(cap, BASE * 2.0 ** min(self.failures, 16))
