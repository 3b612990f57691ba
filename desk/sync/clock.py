"""The desk's clock: the computer's, corrected by what the centre says, and never behind what was seen before."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

TOLERANCE = timedelta(seconds=3)  # the Date header has whole seconds, and the line takes its time


class CentreClock:
    """sync.ports.Clock. `heard` may be called on any thread."""

    def __init__(self) -> None:
        self._offset = timedelta(0)  # of the centre to this computer
        self._floor = (datetime.min.replace(tzinfo=UTC), time.monotonic())

    def now(self) -> datetime:
        """Aware UTC: by the corrected computer's clock, but never less than the last sure time plus what passed since.

        So a clock that is set back moves nothing, and one that slept with the computer is not left behind.
        """
        sure, since = self._floor
        return max(datetime.now(UTC) + self._offset, sure + timedelta(seconds=time.monotonic() - since))

    def not_before(self, seen: datetime) -> None:
        """A former run of this profile knew of this time: a clock set back since does not go behind it."""
        if seen > self.now():
            self._floor = (seen, time.monotonic())

    def monotonic(self) -> float:
        """Seconds for measuring."""
        return time.monotonic()

    def heard(self, at: datetime | None) -> None:
        """The centre said what time it is."""
        if at is None:
            return
        local = datetime.now(UTC)
        if abs(local + self._offset - at) > TOLERANCE:
            self._offset = at - local
        self._floor = (local + self._offset, time.monotonic())
