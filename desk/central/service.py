"""The centre put together: store, rules of entry, applier, feed, snapshots, and the lanes their work runs on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from sqlalchemy import Engine

from desk.central.apply import Applier
from desk.central.auth import Auth, Principal
from desk.central.feed import Feed
from desk.central.founding import Secrets, is_demo, open_store
from desk.central.gathering import Gathering
from desk.central.masking import Masks
from desk.central.metrics import DetectTimes, PathTimes
from desk.central.news import Look, News, Told
from desk.central.pace import Pace
from desk.central.problems import Problem
from desk.central.snapshot import Snapshots
from desk.central.store import Clock, Store, utc_now
from desk.central.together import Together
from desk.central.waiters import Waiters
from desk.connectors.registry import Registry

_T = TypeVar("_T")
# The passwords of a demo are known to everybody: hashing them slowly would only delay the first window.
DEMO_HASHER = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
APPLY_WORKERS, APPLY_QUEUE = 3, 64
READ_WORKERS, READ_QUEUE = 4, 256
HOOK_WORKERS, HOOK_QUEUE = 2, 32  # they wait for other systems, and keep nobody else waiting


class Lane:
    """A few threads with a bounded queue: blocking work leaves the event loop, and too much of it is turned away."""

    def __init__(self, name: str, workers: int, queue: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=f"centre-{name}")
        self._room = threading.BoundedSemaphore(workers + queue)

    async def run(self, work: Callable[[], _T]) -> _T:
        """Run `work` on a thread of this lane; Problem 503 with Retry-After where the queue is full."""
        if not self._room.acquire(blocking=False):
            raise Problem(503, "busy", "too much at once: try again", retry_after=2)
        future = self._pool.submit(work)
        future.add_done_callback(lambda _: self._room.release())
        # The work goes on when its caller hangs up: a commit must not be half waited for.
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let what is running end; no more is taken."""
        self._pool.shutdown(wait=True, cancel_futures=True)


@dataclass(slots=True)
class Service:
    """Everything a call needs. Made by `make_service`, closed by whoever made it."""

    store: Store
    secrets: Secrets
    auth: Auth
    applier: Applier
    feed: Feed
    masks: Masks
    snapshots: Snapshots
    waiters: Waiters
    pushes: Gathering
    news: News
    proofs: Together[str, Principal]
    looks: Together[Look, Told]
    apply_lane: Lane = field(default_factory=lambda: Lane("apply", APPLY_WORKERS, APPLY_QUEUE))
    read_lane: Lane = field(default_factory=lambda: Lane("read", READ_WORKERS, READ_QUEUE))
    hook_lane: Lane = field(default_factory=lambda: Lane("hooks", HOOK_WORKERS, HOOK_QUEUE))
    metrics_token: str = ""
    look_ups: Pace = field(default_factory=Pace)
    auto_paths: PathTimes = field(default_factory=PathTimes)
    detections: DetectTimes = field(default_factory=DetectTimes)
    connectors: Registry = field(default_factory=Registry)  # by name, from the operator's settings; else by hand
    look_soon: set[str] = field(default_factory=set)  # sources that a webhook told of changes which it does not name
    ended_parts: list[str] = field(default_factory=list)  # of what runs beside the calls: ended without being asked to

    def close(self) -> None:
        """End the lanes and let go of the database."""
        for waits in (self.pushes, self.proofs, self.looks):
            waits.close()
        self.apply_lane.close()
        self.read_lane.close()
        self.hook_lane.close()
        self.store.engine.dispose()


def make_service(
    engine: Engine,
    folder: Path,
    clock: Clock = utc_now,
    metrics_token: str = "",
    connectors: Registry | None = None,
) -> Service:
    """A service on a founded database; `folder` is for snapshot files. Raises schema.WrongSchema."""
    store, secrets = open_store(engine, clock)
    masks = Masks(store)
    feed = Feed(store, masks)
    auth = Auth(store, secrets, DEMO_HASHER if is_demo(engine) else None)
    news = News(store, auth, feed)
    applier = Applier(store, secrets.hash_key)
    return Service(
        store=store,
        secrets=secrets,
        auth=auth,
        applier=applier,
        pushes=Gathering(applier),
        news=news,
        proofs=Together("proofs", auth.principals),
        looks=Together("looks", news.all_told),
        feed=feed,
        masks=masks,
        snapshots=Snapshots(store, masks, folder),
        waiters=Waiters(feed, store),
        metrics_token=metrics_token,
        connectors=connectors or Registry(),
    )
