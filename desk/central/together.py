"""Answers together what waits together: one thread, one transaction for as many callers as there are at that moment.

Fifty desks that are woken by one change, or eight that push at once, each ask who they are and what is new. A reading
of one's own costs each of them several round trips; nobody waits for company here either (see gathering.py).
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from desk.central.problems import Problem

_A = TypeVar("_A")
_R = TypeVar("_R")

WAITING = 512  # callers: beyond that they are told to come again


class Together(Generic[_A, _R]):
    """`work` gives for each of the asked an answer, or the problem to tell its caller; where it raises, each is asked
    for alone. Safe to ask from any loop; closed by its owner."""

    def __init__(self, name: str, work: Callable[[Sequence[_A]], Sequence[_R | Problem]], room: int = WAITING) -> None:
        self._work = work
        self._room = room
        self._lock = threading.Lock()
        self._waiting: list[tuple[_A, Future[_R]]] = []
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=f"centre-{name}")

    async def ask(self, one: _A) -> _R:
        """The answer; Problem, 503 with Retry-After where too many wait already."""
        made: Future[_R] = Future()
        with self._lock:
            if len(self._waiting) >= self._room:
                raise Problem(503, "busy", "too much at once: try again", retry_after=2)
            self._waiting.append((one, made))
        self._pool.submit(self._turn)
        return await asyncio.wrap_future(made)

    def close(self) -> None:
        """Answer what waits, then end."""
        self._pool.shutdown(wait=True)

    def _turn(self) -> None:
        """Answer all that waits; a turn that finds nothing was done by the one before."""
        with self._lock:
            taken = [one for one in self._waiting if one[1].set_running_or_notify_cancel()]
            self._waiting.clear()
        if not taken:
            return
        try:
            answers = self._work([asked for asked, _ in taken])
        except Exception as error:  # the database is away, say, or one of them asks what breaks: the thread lives on
            self._alone(taken, error)
            return
        for (_, made), answer in zip(taken, answers, strict=True):
            _tell(made, answer)

    def _alone(self, taken: Sequence[tuple[_A, Future[_R]]], error: Exception) -> None:
        """Each by itself, so that only who asks what breaks is told so."""
        if len(taken) == 1:
            taken[0][1].set_exception(error)
            return
        for asked, made in taken:
            try:
                (answer,) = self._work([asked])
            except Exception as own:
                made.set_exception(own)
            else:
                _tell(made, answer)


def _tell(made: Future[_R], answer: _R | Problem) -> None:
    if isinstance(answer, Problem):
        made.set_exception(answer)
    else:
        made.set_result(answer)
