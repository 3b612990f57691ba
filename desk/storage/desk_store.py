"""The desk's store: each method is one transaction on the store thread, from an act to a page of the feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy.engine import Connection

from desk.domain.case import Key
from desk.domain.commands import Command
from desk.domain.decisions import AskCentre, Decision, Refused
from desk.domain.people import Actor
from desk.storage import footprints, loading, outbox, projection, replica
from desk.storage.engine import Database, Unusable, read_meta, write_meta
from desk.storage.projection import Layer, Projection
from desk.storage.staging import NotReady, Staging
from desk.wire.protocol import Cursor, FeedRow, Page, SnapshotHead, Verdict

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Performed:
    """What `perform` did: the decision, the act as kept (None where it was refused), keys that look different now."""

    decision: Decision
    act: outbox.Act | None
    keys: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Applied:
    """What came in: keys that may look different, acts that ended, and whether counts differ from the centre's."""

    keys: frozenset[Key] = frozenset()
    ended: tuple[outbox.Act, ...] = ()
    miscounted: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """What a reader is given inside its transaction."""

    connection: Connection
    projection: Projection
    in_flight: frozenset[str]

    @property
    def overlay(self) -> Layer:
        return self.projection.overlay(self.connection)


class DeskStore:
    """Owned by the store thread. Raises what engine.Database raises when the file cannot be opened."""

    def __init__(self, path: Path, key: bytes, scopes: Iterable[str]) -> None:
        self._database = Database(path, key)
        self._projection = Projection(scopes)
        self._in_flight: frozenset[str] = frozenset()
        self.staging().clear()  # of a run that was killed

    def close(self) -> None:
        """Let go of the file; the next opening finds it clean."""
        self._database.close()

    # --- acts -------------------------------------------------------------------------------------------------------

    def perform(self, command: Command, actor: Actor, now: datetime, online: bool) -> Performed:
        """Decide an act on what is known here and, unless it is refused, keep it in the outbox.

        The same command id twice is one act: the second time nothing is decided or kept. Returns after the commit.
        Offline, what this desk cannot know is refused (`needs_centre`) where an answer would be guessed.
        """
        with self._changing() as connection:
            kept = outbox.get(connection, command.id)
            decision = self._projection.decide(connection, command, actor, now)
            if kept is not None:
                return Performed(decision, kept, frozenset())
            if isinstance(decision, AskCentre) and not online:
                decision = Refused("needs_centre", {"what": decision.what})
            if isinstance(decision, Refused):
                return Performed(decision, None, frozenset())
            self._projection.overlay(connection)  # as it was before this act
            act = outbox.append(connection, command, actor, now, projection.forecast_of(decision))
            keys = self._projection.added(connection, act)
        return Performed(decision, act, keys | {("act", command.id)})

    def forecast(self, command: Command, actor: Actor, now: datetime) -> Decision:
        """What the rulebook says here, keeping nothing."""
        with self._database.begin() as connection:
            return self._projection.decide(connection, command, actor, now)

    # --- sync -------------------------------------------------------------------------------------------------------

    def position(self) -> Cursor | None:
        """The feed position of the replica; None before the first snapshot."""
        with self._database.begin() as connection:
            return replica.position(connection)

    def next_batch(self, person_id: str, limit: int, most_bytes: int) -> list[outbox.Act]:
        """What this person's token may push now, marked as sent before it leaves: then the answer may be lost."""
        with self._database.begin() as connection:
            batch = outbox.next_batch(connection, person_id, limit, most_bytes)
            outbox.mark_sent(connection, [act.id for act in batch])
        self._in_flight = frozenset(act.id for act in batch)
        return batch

    def push_over(self) -> frozenset[Key]:
        """The request came back or failed: what has no answer now has an unknown one. Keys whose state that shows."""
        self._in_flight, left = frozenset(), self._in_flight
        with self._database.begin() as connection:
            touched = [self._projection.overlay(connection).by_act.get(act_id, frozenset()) for act_id in left]
        return frozenset[Key]().union(*touched) | {("act", act_id) for act_id in left}

    def not_sent(self) -> None:
        """The request certainly did not reach the centre: the acts are pending as before."""
        left, self._in_flight = self._in_flight, frozenset()
        with self._database.begin() as connection:
            outbox.put_back(connection, sorted(left))

    def take_verdicts(self, verdicts: Sequence[Verdict], now: datetime) -> Applied:
        """Note the reply to a push; an act ends only if the replica holds its commit already."""
        with self._changing() as connection:
            return self._settled(connection, verdicts, frozenset(), frozenset(), now)

    def apply_page(self, asked: Cursor, page: Page, now: datetime) -> Applied | None:
        """Rows, verdicts and position of a page in one commit; None (nothing done) where the position moved since."""
        rows = [row for commit in page.commits for row in commit.rows]
        verdicts = [verdict for commit in page.commits for verdict in commit.verdicts]
        with self._changing() as connection:
            if replica.position(connection) != asked:
                return None
            keys = frozenset(replica.put(connection, rows))
            replica.set_position(connection, page.next)
            changed = None if self._forget_visits(keys) or projection.POLICY in keys else footprints.of_rows(rows)
            applied = self._settled(connection, verdicts, keys, changed, now)
            miscounted = page.counts is not None and not page.more and not self._counts_agree(connection, page)
        return Applied(applied.keys, applied.ended, miscounted)

    def load_snapshot(
        self, head: SnapshotHead, rows: Iterable[FeedRow], now: datetime, progress: Callable[[int], None]
    ) -> Applied:
        """Replace the whole replica in one commit; `progress` is told the number of rows so far (on this thread)."""
        with self._changing() as connection:
            loading.load(connection, rows, progress)
            return self._replaced(connection, head, now)

    def load_first(self, rows: Iterable[FeedRow], now: datetime) -> Applied:
        """Put in what a person starts with on an empty desk, in one commit: it has no position, the whole follows."""
        with self._changing() as connection:
            loading.load(connection, rows, lambda done: None)
            return self._replaced(connection, None, now)

    def staging(self) -> Staging:
        """Where the next whole replica is to be made ready for `take_staged`."""
        return Staging(self._database.path.with_suffix(".coming"), self._database.key)

    def take_staged(self, head: SnapshotHead, now: datetime) -> Applied:
        """Replace the whole replica by what stands ready, in one commit; the file goes. Raises staging.NotReady."""
        staging = self.staging()
        try:
            with self._database.beside(staging.path, loading.STAGED), self._changing() as connection:
                loading.take(connection)
                applied = self._replaced(connection, head, now)
        except Unusable as error:
            raise NotReady(str(error)) from None
        staging.clear()
        return applied

    def wipe(self) -> None:
        """This desk was shut out: what it held of others' data goes; what its people did and is not sent stays."""
        with self._changing() as connection:
            replica.clear(connection)
            self._projection.visits.clear()
            self._projection.revealed.private.clear()
            self._projection.reset()

    def push_again(self, after_n: int) -> int:
        """The centre was restored: have it answer again what it answered after `after_n`; returns how many acts."""
        with self._changing() as connection:
            count = outbox.push_again(connection, after_n)
            self._projection.rebuilt(connection)
        return count

    # --- reading ----------------------------------------------------------------------------------------------------

    def read(self, reader: Callable[[View], _T]) -> _T:
        """Run a reader in one transaction; it must not keep the view."""
        with self._database.begin() as connection:
            return reader(View(connection, self._projection, self._in_flight))

    def write(self, writer: Callable[[Connection], _T]) -> _T:
        """Run a change of the desk's own tables (people, drafts, dismissals) in one transaction."""
        with self._database.begin() as connection:
            return writer(connection)

    def meta(self, key: str) -> bytes | None:
        """A value of the desk's own, or None."""
        with self._database.begin() as connection:
            return read_meta(connection, key)

    def set_meta(self, key: str, value: bytes) -> None:
        """Keep a value of the desk's own."""
        with self._database.begin() as connection:
            write_meta(connection, key, value)

    # --- parts ------------------------------------------------------------------------------------------------------

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """A transaction that the projection follows; when it is rolled back, what the projection built goes with it."""
        try:
            with self._database.begin() as connection:
                yield connection
        except BaseException:
            self._projection.reset()
            raise

    def _replaced(self, connection: Connection, head: SnapshotHead | None, now: datetime) -> Applied:
        """After every row came anew, as of `head` (None: as of no position)."""
        if head is not None:
            replica.set_position(connection, Cursor(n=head.n, h=head.h))
        self._projection.visits.clear()
        applied = self._settled(connection, (), frozenset({projection.POLICY}), None, now)
        outbox.purge(connection, now)
        return Applied(applied.keys, applied.ended, whole=True)

    def _settled(
        self,
        connection: Connection,
        verdicts: Sequence[Verdict],
        keys: frozenset[Key],
        changed: frozenset[Key] | None,
        now: datetime,
    ) -> Applied:
        """After `keys` came in: acts end, and the overlay follows what `changed` (None: everything may have)."""
        answered = outbox.record(connection, verdicts)
        at = replica.position(connection)
        ended = outbox.settle(connection, at.n if at else 0, now)
        named = answered | {act.id for act in ended}
        before = self._projection.acts_shown
        shown = {key for act_id in named for key in before.get(act_id, frozenset())}
        moved = self._projection.rebuilt(connection, changed)
        acts = {("act", act_id) for act_id in named}
        refused = {("attention", act.id) for act in ended if outbox.is_refusal(act)}
        return Applied(keys | moved | shown | acts | refused, tuple(ended))

    def _forget_visits(self, keys: frozenset[Key]) -> bool:
        """Fetched orders that the feed brings now are let go; whether there were any."""
        known = [entity_id for kind, entity_id in keys if kind == "order" and entity_id in self._projection.visits]
        for entity_id in known:
            del self._projection.visits[entity_id]
        return bool(known)

    def _counts_agree(self, connection: Connection, page: Page) -> bool:
        here = replica.counts(connection)
        return page.counts is not None and all(here.get(kind) == count for kind, count in page.counts.items())
