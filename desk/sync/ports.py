"""The four ports of the sync engine: everything it does to the world goes through these (a simulator has its own)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from desk.storage.desk_store import Applied
from desk.storage.outbox import Act
from desk.wire.protocol import Cursor, FeedRow, Page, PushReply, SnapshotHead, Verdict

Rng = random.Random


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole scope; `rows` can be read once."""

    head: SnapshotHead
    rows: Iterator[FeedRow]


class Net(Protocol):
    """The centre. Every method may raise sync.problems."""

    def push(self, acts: Sequence[Act]) -> PushReply: ...

    def pull(self, at: Cursor, wait: int, limit: int) -> Page: ...

    def snapshot(self) -> Snapshot: ...

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

    def push_again(self, after_n: int) -> int: ...
