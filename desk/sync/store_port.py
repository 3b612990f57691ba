"""The store as the cycle sees it from a network thread: every call hops to the store thread and waits for it there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.domain.case import Key
from desk.storage.desk_store import Applied, DeskStore
from desk.storage.outbox import Act
from desk.storage.staging import Staging
from desk.wire.protocol import Cursor, FeedRow, Page, SnapshotHead, Verdict

Hop = Callable[[Callable[[], Any]], Any]


@dataclass(frozen=True, slots=True)
class StoreOnThread:
    """sync.ports.Store. `hop` runs a function on the store thread and returns what it returned; `store` is called there
    (and may raise where the file was closed meanwhile)."""

    hop: Hop
    store: Callable[[], DeskStore]

    def position(self) -> Cursor | None:
        found: Cursor | None = self.hop(lambda: self.store().position())
        return found

    def next_batch(self, person_id: str, limit: int, most_bytes: int) -> list[Act]:
        batch: list[Act] = self.hop(lambda: self.store().next_batch(person_id, limit, most_bytes))
        return batch

    def not_sent(self) -> None:
        self.hop(lambda: self.store().not_sent())

    def push_over(self) -> frozenset[Key]:
        keys: frozenset[Key] = self.hop(lambda: self.store().push_over())
        return keys

    def take_verdicts(self, verdicts: Sequence[Verdict], now: datetime) -> Applied:
        applied: Applied = self.hop(lambda: self.store().take_verdicts(verdicts, now))
        return applied

    def apply_page(self, asked: Cursor, page: Page, now: datetime) -> Applied | None:
        applied: Applied | None = self.hop(lambda: self.store().apply_page(asked, page, now))
        return applied

    def load_snapshot(
        self, head: SnapshotHead, rows: Iterator[FeedRow], now: datetime, progress: Callable[[int], None]
    ) -> Applied:
        applied: Applied = self.hop(lambda: self.store().load_snapshot(head, rows, now, progress))
        return applied

    def load_first(self, rows: Iterator[FeedRow], now: datetime) -> Applied:
        applied: Applied = self.hop(lambda: self.store().load_first(rows, now))
        return applied

    def staging(self) -> Staging:
        staging: Staging = self.hop(lambda: self.store().staging())
        return staging

    def take_staged(self, head: SnapshotHead, now: datetime) -> Applied:
        applied: Applied = self.hop(lambda: self.store().take_staged(head, now))
        return applied

    def push_again(self, after_n: int) -> int:
        count: int = self.hop(lambda: self.store().push_again(after_n))
        return count
