"""The ports of the sync engine: everything it does to the world goes through these (a simulator has its own)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.storage.desk_store import Applied
from desk.storage.outbox import Act
from desk.storage.staging import Staging
from desk.wire.protocol import Cursor, FeedRow, Page, PushReply, SnapshotHead, Verdict

Rng = random.Random


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A scope; `rows` can be read once. `packed`: the same as it came, b"" where it did not come as bytes."""

    head: SnapshotHead
    rows: Iterator[FeedRow]
    packed: bytes = b""


class Net(Protocol):
    """The centre. Every method may raise sync.problems."""

    def push(self, acts: Sequence[Act]) -> PushReply: ...

    def pull(self, at: Cursor, wait: int, limit: int) -> Page: ...

    def snapshot(self, first: bool = False, at: int = 0) -> Snapshot: ...

    def refresh(self) -> None: ...


class Clock(Protocol):
    """`now`: aware UTC, corrected by what the centre says; `monotonic`: seconds for measuring."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class Store(Protocol):
    """The desk's store, each call one transaction (storage.desk_store)."""

    def position(self) -> Cursor | None: ...

    def next_batch(self, person_id: str, limit: int, most_bytes: int) -> list[Act]: ...

    def not_sent(self) -> None: ...

    def push_over(self) -> frozenset[tuple[str, str]]: ...

    def take_verdicts(self, verdicts: Sequence[Verdict], now: datetime) -> Applied: ...

    def apply_page(self, asked: Cursor, page: Page, now: datetime) -> Applied | None: ...

    def load_snapshot(
        self, head: SnapshotHead, rows: Iterator[FeedRow], now: datetime, progress: Callable[[int], None]
    ) -> Applied: ...

    def load_first(self, rows: Iterator[FeedRow], now: datetime) -> Applied: ...

    def staging(self) -> Staging: ...

    def take_staged(self, head: SnapshotHead, now: datetime) -> Applied: ...

    def push_again(self, after_n: int) -> int: ...


class Filling(Protocol):
    """A replica that is being made ready elsewhere; it takes long (sync.filling)."""

    fault: str

    @property
    def is_made(self) -> bool: ...

    def wait(self, seconds: float) -> bool: ...

    def stop(self) -> None: ...


# Starts one: where to, out of which snapshot, and who hears how many rows are done.
Filler = Callable[[Staging, bytes, Callable[[int], None]], Filling]
