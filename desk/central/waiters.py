"""Parks long polls: asyncio events by scope, woken when this worker has read commits that concern them.

A parked call holds no thread and no connection. The truth is the head row, looked at every second or two; our own
commits, which are handed over as they are, and NOTIFY from other workers on PostgreSQL only make it quicker.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog
from sqlalchemy.exc import SQLAlchemyError

from desk.central.commits import Made
from desk.central.feed import Feed
from desk.central.store import Store
from desk.domain.scope import Scopes

log = structlog.get_logger()

POLL_SECONDS = 1.5
Run = Callable[[Callable[[], Scopes]], Awaitable[Scopes]]


class Waiters:
    """Belongs to one event loop, but for `poke` and `told`, which any thread may call."""

    def __init__(self, feed: Feed, store: Store) -> None:
        self._feed = feed
        self._parked: dict[asyncio.Event, Scopes] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._poked: asyncio.Event | None = None
        self._closing = False
        store.on_commit.append(self.told)

    def poke(self) -> None:
        """There may be something new."""
        loop, poked = self._loop, self._poked
        if loop is not None and poked is not None:
            with contextlib.suppress(RuntimeError):  # the loop closed between the two lines
                loop.call_soon_threadsafe(poked.set)

    def told(self, made: Made) -> None:
        """This process made a commit: whom it concerns is woken without a question to the database."""
        touched = self._feed.take(made)
        if touched is None:
            self.poke()
            return
        loop = self._loop
        # Who parks a moment later finds the commit by itself: it is in the feed already.
        if loop is not None and self._parked:
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(self._wake, touched)

    async def watch(self, run: Run) -> None:
        """Read what is new and wake whom it concerns, until cancelled. `run` takes blocking work off the loop."""
        self._loop, self._poked = asyncio.get_running_loop(), asyncio.Event()
        self._closing = False
        try:
            while True:
                try:
                    self._wake(await run(self._feed.refresh))
                except (SQLAlchemyError, OSError) as error:
                    log.warning("feed unreadable", error=type(error).__name__)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._poked.wait()
                self._poked.clear()
        finally:
            self._loop = None
            self.release()

    @contextlib.asynccontextmanager
    async def parked(self, scopes: Scopes) -> AsyncIterator[asyncio.Event]:
        """An event that is set when something concerns these scopes; enter before reading, wait after."""
        event = asyncio.Event()
        if self._closing:
            event.set()
        self._parked[event] = scopes
        try:
            yield event
        finally:
            del self._parked[event]

    def release(self) -> None:
        """Wake everybody: the centre stops."""
        self._closing = True
        for event in self._parked:
            event.set()

    def _wake(self, touched: Scopes) -> None:
        # Staff and installations may have been shut out: whoever is parked proves himself again.
        everybody = bool(touched & {"*", "admin", "org"})
        for event, scopes in self._parked.items():
            if everybody or scopes & touched:
                event.set()
