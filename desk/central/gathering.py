"""Joins the pushes that wait for the head into shared commits: many desks then cost what one desk's batch costs.

A commit's price is mostly its own (lock, statements, the disk), so it carries whatever arrived while the one before it
was made. Nobody waits for company: a push that finds the thread idle is applied at once, alone.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from desk.central.apply import Applier, Push, Submitted
from desk.central.auth import Principal
from desk.central.problems import Problem
from desk.wire.protocol import Cursor, Verdict

WAITING = 128  # pushes: what a few seconds of commits can take
_Reply = tuple[list[Verdict], Cursor]
_Waiting = tuple[Push, "Future[_Reply]"]


class Gathering:
    """One thread that applies what waits. Safe to call from any thread or loop; closed by its owner."""

    def __init__(self, applier: Applier, room: int = WAITING) -> None:
        self._applier = applier
        self._room = room
        self._lock = threading.Lock()
        self._waiting: list[_Waiting] = []
        self._taken: list[_Waiting] = []  # of the thread alone
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="centre-push")

    async def push(self, who: Principal, batch: Sequence[Submitted]) -> _Reply:
        """Verdicts for a desk's batch, in its order, and where the feed stands. The caller's session is proved in the
        commit itself: `who` may be of some minutes ago.

        Raises apply.ShutOut or SessionOver; Problem 503 with Retry-After where too many wait already.
        """
        return await asyncio.wrap_future(self.submit(who.person, who.installation, batch, who.token_hash))

    def submit(
        self, person: str, installation: str, batch: Sequence[Submitted], session: str | None = None
    ) -> Future[_Reply]:
        """The same for callers without a loop. One that was not begun can be cancelled; a commit goes on to its end."""
        made: Future[_Reply] = Future()
        with self._lock:
            if len(self._waiting) + len(self._taken) >= self._room:
                raise Problem(503, "busy", "too much at once: try again", retry_after=2)
            self._waiting.append((Push(person, installation, batch, session=session), made))
        self._pool.submit(self._turn)
        return made

    def close(self) -> None:
        """Apply what waits, then end."""
        self._pool.shutdown(wait=True)

    def _turn(self) -> None:
        """Apply until nothing waits; a turn that finds nothing was done by the one before."""
        while taken := self._take():
            try:
                self._applier.together([push for push, _ in taken])
            except BaseException as error:  # the database is away, say: each caller is told, the thread lives on
                self._taken = []
                for _, made in taken:
                    made.set_exception(error)
                return
            self._taken = [one for one in taken if not one[0].done]
            for push, made in [one for one in taken if one[0].done]:
                self._tell(push, made)

    def _take(self) -> list[_Waiting]:
        """What is begun and not done, and behind it whatever came meanwhile."""
        with self._lock:
            self._taken = [*self._taken, *(one for one in self._waiting if one[1].set_running_or_notify_cancel())]
            self._waiting.clear()
        return self._taken

    def _tell(self, push: Push, made: Future[_Reply]) -> None:
        if push.shut_out is not None:
            made.set_exception(push.shut_out)
            return
        try:
            made.set_result((push.verdicts, self._applier.head_after(push)))
        except Exception as error:
            made.set_exception(error)
