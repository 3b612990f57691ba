"""One press is one act: a key pressed twice in haste, held down, or pressed again while its act runs acts once."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

from desk.domain.commands import Command
from desk.services.jobs import Jobs

GRACE_SECONDS = 0.4  # as long as Qt takes two clicks for one double click


class Once:
    """UI thread. Acts of one group exclude each other while one runs; `about` names the act within the group.

    A fast desk has done the act before the second press of a double press arrives: for a moment after its end the same
    `about` still counts as the first press. `clock` gives seconds.
    """

    def __init__(self, jobs: Jobs, clock: Callable[[], float] = time.monotonic) -> None:
        self._jobs, self._clock = jobs, clock
        self._running: set[str] = set()
        self._ended: dict[str, tuple[str, float]] = {}  # by group: what was done last, and when

    def spawn(self, group: str, work: Callable[[], Coroutine[Any, Any, Any]], name: str, about: str = "") -> bool:
        """Start the work, unless it is what was just asked for; says whether it was started."""
        last, ended = self._ended.get(group, ("", float("-inf")))
        if group in self._running or (last == about and self._clock() - ended < GRACE_SECONDS):
            return False
        self._running.add(group)
        self._jobs.spawn(self._run(group, about, work), name)
        return True

    async def _run(self, group: str, about: str, work: Callable[[], Coroutine[Any, Any, Any]]) -> None:
        try:
            await work()
        finally:
            now = self._clock()
            self._running.discard(group)
            self._ended = {one: last for one, last in self._ended.items() if now - last[1] < GRACE_SECONDS}
            self._ended[group] = (about, now)


def content(command: Command) -> str:
    """What a command would do: the same for two presses of one button, whose commands differ by their ids alone."""
    return repr(replace(command, id=""))
