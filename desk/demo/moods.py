"""How a system behind the shop behaves at one request: seeded delays, failures and lost replies, or a script."""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from desk.demo.data import read


class Fault(StrEnum):
    """What goes wrong at one request."""

    NONE = "none"
    BUSY = "busy"  # 503: nothing was done
    LOSES_REQUEST = "loses_request"  # the line breaks, nothing was done
    LOSES_REPLY = "loses_reply"  # done, and then the line breaks
    REFUSES = "refuses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """One system's habits; shares of 1, seconds from and to (resources/demo/sides.toml explains each)."""

    idempotent: bool = True
    delay: tuple[float, float] = (0.0, 0.0)
    busy: float = 0.0
    loses_request: float = 0.0
    loses_reply: float = 0.0
    refuses: float = 0.0
    accepts: float = 0.0
    settles: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Turn:
    """How one request goes: `settles_in` seconds where it is only accepted at first, else None."""

    fault: Fault
    delay: float
    settles_in: float | None


CALM: Mapping[str, Mood] = {}


def demo_moods() -> dict[str, Mood]:
    """The habits of the demo, by path; "default" for the paths that are not named."""
    data = read("sides")
    default = data["default"]
    return {path: _mood({**default, **habits}) for path, habits in data.items()}


def _mood(habits: Mapping[str, Any]) -> Mood:
    known = {field.name for field in fields(Mood)}
    pairs = {name: tuple(habits[name]) for name in ("delay", "settles")}
    return Mood(**{**{name: value for name, value in habits.items() if name in known}, **pairs})


class Moods:
    """Decides each request; the same seed, path, key and attempt always go the same way. Any thread.

    A script (`plan`) comes before the habits: a test or the tour says what the next requests on a path meet.
    """

    def __init__(self, moods: Mapping[str, Mood], seed: int = 0) -> None:
        self._moods = moods
        self._seed = seed
        self._scripts: dict[str, deque[Fault]] = {}
        self._lock = threading.Lock()

    def of(self, path: str) -> Mood:
        """The habits on that path."""
        return self._moods.get(path, self._moods.get("default", Mood()))

    def plan(self, path: str, faults: Iterable[str]) -> None:
        """The next PUTs on `path` meet these, in turn; ValueError for a fault that is none."""
        script = [Fault(fault) for fault in faults]
        with self._lock:
            self._scripts.setdefault(path, deque()).extend(script)

    def turn(self, path: str, key: str, attempt: int) -> Turn:
        """How attempt number `attempt` under `key` goes."""
        mood = self.of(path)
        rng = random.Random(f"{self._seed}/{path}/{key}/{attempt}")
        delay = rng.uniform(*mood.delay)
        settles = rng.uniform(*mood.settles) if rng.random() < mood.accepts else None
        return Turn(self._scripted(path) or _draw(rng, mood), delay, settles)

    def _scripted(self, path: str) -> Fault | None:
        with self._lock:
            script = self._scripts.get(path)
            return script.popleft() if script else None


def _draw(rng: random.Random, mood: Mood) -> Fault:
    draw = rng.random()
    for fault, share in (
        (Fault.BUSY, mood.busy),
        (Fault.LOSES_REQUEST, mood.loses_request),
        (Fault.LOSES_REPLY, mood.loses_reply),
        (Fault.REFUSES, mood.refuses),
    ):
        if draw < share:
            return fault
        draw -= share
    return Fault.NONE
