"""Turns a step function into a thread's work: at each commit, at each due time, and every two seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog
from sqlalchemy.exc import OperationalError

from desk.central.commits import Made
from desk.central.store import Store

log = structlog.get_logger()

LONGEST_REST = 5.0  # seconds: a step may have slept with its machine, or waited for a database that was away
LOOK_SECONDS = 2.0  # other processes' commits are found no later than this
_SLICE = 0.2  # how soon a stop is noticed


def run_steps(
    step: Callable[[datetime], datetime | None],
    store: Store,
    stop: threading.Event,
    *,
    shortest: float,
    stands_back: bool = False,
    concerns: frozenset[str] | None = None,
    monotonic: Callable[[], float] = time.monotonic,
) -> None:
    """Call `step(now)` until `stop`, never twice within `shortest` seconds. Blocks.

    A commit calls it early; where `concerns` is given, one that wrote something of these kinds.
    One that `stands_back` rests after each step as long as the step took: people who call come first, however much has
    fallen due while nobody looked.
    A database that is away is the environment's fault: it is tried again later. Any other exception ends the loop.
    """
    wake = threading.Event()

    def told(made: Made) -> None:
        if concerns is None or made.kinds & concerns:
            wake.set()

    store.on_commit.append(told)
    try:
        while not stop.is_set():
            wake.clear()
            began = monotonic()
            wait = _calmly(step, store)
            pause = max(shortest, min(monotonic() - began, LONGEST_REST)) if stands_back else shortest
            stop.wait(pause)
            ends = monotonic() + wait - pause
            while not stop.is_set() and not wake.is_set() and monotonic() < ends:
                wake.wait(min(_SLICE, max(ends - monotonic(), 0)))
    finally:
        store.on_commit.remove(told)


def _calmly(step: Callable[[datetime], datetime | None], store: Store) -> float:
    """One step; how many seconds to wait."""
    try:
        upcoming = step(store.clock())
    except OperationalError as error:
        log.info("database away", error=type(error).__name__)
        return LOOK_SECONDS
    if upcoming is None:
        return LOOK_SECONDS
    return min(LOOK_SECONDS, (upcoming - store.clock()).total_seconds())
