"""The sync engine as one step function: push a batch, take verdicts, pull a page, fetch a snapshot when told.

No threads, no clock of its own, no Qt: all I/O is behind sync.ports, so the very same code runs under a seeded
simulator. Push comes before pull, so that what a counter did offline reaches the centre first. Weather is raised as
sync.problems; nothing raised here has taken anything out of the outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desk.domain.case import Key
from desk.storage.desk_store import Applied
from desk.storage.outbox import Act
from desk.storage.staging import NotReady
from desk.sync.ports import Clock, Filler, Filling, Net, Snapshot, Store
from desk.sync.problems import AuthExpired, BelowFloor, Forbidden, Restored, SyncProblem, TooBig, TooOld
from desk.wire.codec import ShapeError
from desk.wire.protocol import MAX_BATCH, MAX_BODY, Cursor, Page, SnapshotHead, VerdictStatus

PAGE_ROWS = 500
LISTEN_SECONDS = 25
BODY_ROOM = MAX_BODY - 16 * 1024  # of a batch; the rest is for the request around it
FILL_BEAT = 0.2  # seconds between looks at a replica that is being made ready: acts go out between
# A mismatch of counts right after a snapshot is not mended by another one: not more often than this.
RECOUNT_EVERY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step did. `more`: there is something to do at once. `retry`: the centre wants acts again later."""

    keys: frozenset[Key] = frozenset()
    ended: tuple[Act, ...] = ()
    pushed: int = 0
    pulled: int = 0
    whole: bool = False
    more: bool = False
    retry: bool = False
    filling: bool = False  # a replica is being made ready; until then what is here is a beginning, or old
    waiting: bool = False  # for it, and nothing was heard from the centre


@dataclass(slots=True)
class Memory:
    """What the engine remembers between steps; all of it may be lost."""

    batch: int = MAX_BATCH
    recounted_at: datetime | None = None
    must_snapshot: bool = False
    retry: bool = False
    has_first: bool = False
    filling: Filling | None = None
    total: int = 0
    head: SnapshotHead | None = None
    closed: bool = False


@dataclass(slots=True)
class Cycle:
    """One desk's engine. `person_id` is whose token `net` holds; without one only reading stops, nothing is lost.

    With a `filler` a big snapshot is made ready elsewhere, and acts go out meanwhile; without one it is loaded here.
    """

    store: Store
    net: Net
    clock: Clock
    person_id: str
    progress: Callable[[int, int], None] = lambda done, total: None
    filler: Filler | None = None
    memory: Memory = field(default_factory=Memory)

    def step(self) -> Step:
        """Push one batch if there is one, then pull one page (or the snapshot). Raises SyncProblem."""
        try:
            pushed = self._with_token(self._push)
            pulled = self._with_token(self._pull)
        except Forbidden:  # shut out: what is being made ready is not for this desk any more
            self._drop()
            raise
        return Step(
            keys=pushed.keys | pulled.keys,
            ended=pushed.ended + pulled.ended,
            pushed=pushed.pushed,
            pulled=pulled.pulled,
            whole=pulled.whole,
            more=pulled.more or (pushed.more and not self.memory.retry),
            retry=self.memory.retry,
            filling=pulled.filling,
            waiting=pulled.waiting and not pushed.pushed,
        )

    def close(self) -> None:
        """Let go of what is under way; from any thread."""
        self.memory.closed = True
        self._drop()

    def push_only(self) -> Step:
        """Push one batch: what a desk too old to pull may still do (drain)."""
        return self._with_token(self._push)

    def listen(self) -> Step:
        """Wait at the centre for news (up to 25 s) and apply them; meant for a thread and session of its own."""
        at = self.store.position()
        if at is None:
            return Step(filling=True)
        page = self.net.pull(at, LISTEN_SECONDS, PAGE_ROWS)
        return self._take_page(at, page)

    # --- push -------------------------------------------------------------------------------------------------------

    def _push(self) -> Step:
        self.memory.retry = False
        batch = self.store.next_batch(self.person_id, self.memory.batch, BODY_ROOM)
        if not batch:
            return Step()
        try:
            reply = self.net.push(batch)
        except SyncProblem as problem:
            return self._push_failed(problem, batch)
        except BaseException:
            self.store.push_over()
            raise
        applied = self.store.take_verdicts(reply.verdicts, self.clock.now())
        left = self.store.push_over()
        answered = [verdict for verdict in reply.verdicts if verdict.status is not VerdictStatus.RETRY]
        self.memory.retry = len(answered) < len(batch)
        self.memory.batch = MAX_BATCH
        return Step(applied.keys | left, applied.ended, pushed=len(answered), more=bool(answered))

    def _push_failed(self, problem: SyncProblem, batch: list[Act]) -> Step:
        if problem.sent:
            problem.keys = self.store.push_over()
        else:
            self.store.not_sent()
        if isinstance(problem, TooBig) and len(batch) > 1:
            self.memory.batch = max(1, len(batch) // 2)
            return Step(more=True)
        raise problem

    # --- pull -------------------------------------------------------------------------------------------------------

    def _pull(self) -> Step:
        filling, head = self.memory.filling, self.memory.head
        if filling is not None and head is not None:
            return self._filled(filling, head)
        at = self.store.position()
        if at is None or self.memory.must_snapshot:
            return self._snapshot(None if at is None else at.n)
        try:
            page = self.net.pull(at, 0, PAGE_ROWS)
        except Restored as restored:
            self.store.push_again(restored.common)
            return self._snapshot(restored.common)
        except BelowFloor:
            return self._snapshot(at.n)
        return self._take_page(at, page)

    def _take_page(self, at: Cursor, page: Page) -> Step:
        try:
            applied = self.store.apply_page(at, page, self.clock.now())
        except ShapeError as error:
            raise TooOld(str(error)) from None
        if applied is None:
            return Step(more=True)
        if applied.miscounted and self._may_recount():
            self.memory.must_snapshot = True
        more = page.more or self.memory.must_snapshot
        return Step(applied.keys, applied.ended, pulled=len(page.commits), more=more)

    def _may_recount(self) -> bool:
        now, last = self.clock.now(), self.memory.recounted_at
        if last is not None and abs(now - last) < RECOUNT_EVERY:
            return False
        self.memory.recounted_at = now
        return True

    # --- snapshot ---------------------------------------------------------------------------------------------------

    def _snapshot(self, at: int | None) -> Step:
        """Begin with one, as of `at` or later: whole where it is small, else on an empty desk (None) what a person
        starts with, and then have all of it made ready elsewhere."""
        first = at is None and self.filler is not None and not self.memory.has_first
        snapshot = self.net.snapshot(first, at or 0)
        head = snapshot.head
        self.memory.total = sum(head.counts.values())
        self._told(0)
        if not head.whole:
            self.memory.has_first = True
            applied = self._loaded(lambda: self.store.load_first(snapshot.rows, self.clock.now()))
            return Step(applied.keys, applied.ended, whole=True, more=True, filling=True)
        if not first and self._fill(snapshot):
            return Step(more=True, filling=True)
        return self._replaced(lambda: self.store.load_snapshot(head, snapshot.rows, self.clock.now(), self._told))

    def _fill(self, snapshot: Snapshot) -> bool:
        """Have it made ready elsewhere; whether that could be begun."""
        if self.filler is None:
            return False
        try:
            filling = self.filler(self.store.staging(), snapshot.packed, self._told)
        except OSError:  # no process can be started: then here, if slowly
            self.filler = None
            return False
        self.memory.filling, self.memory.head = filling, snapshot.head
        if self.memory.closed:  # meanwhile
            filling.stop()
        return True

    def _filled(self, filling: Filling, head: SnapshotHead) -> Step:
        """See whether it stands ready, and take it in: after the centre has said once more who this desk is."""
        if not filling.wait(FILL_BEAT):
            return Step(more=True, filling=True, waiting=True)
        if filling.fault:
            self._drop()
            raise TooOld(filling.fault)
        if filling.is_made:
            try:
                self.net.pull(Cursor(n=head.n, h=head.h), 0, 1)  # who is shut out gets nothing of what was made
                step = self._replaced(lambda: self.store.take_staged(head, self.clock.now()))
                self.memory.filling = None
                return step
            except (BelowFloor, Restored) as moved:
                if isinstance(moved, Restored):
                    self.store.push_again(moved.common)
                self._drop()
                return Step(more=True, filling=True)
            except NotReady:
                pass
        self._drop()  # no memory, no disk, somebody ended it: then here, if slowly
        self.filler = None
        return Step(more=True, filling=True)

    def _drop(self) -> None:
        filling, self.memory.filling = self.memory.filling, None
        if filling is not None:
            filling.stop()

    def _replaced(self, replace: Callable[[], Applied]) -> Step:
        applied = self._loaded(replace)
        self.memory.must_snapshot = False
        return Step(applied.keys, applied.ended, pulled=1, whole=True, more=True)

    def _loaded(self, load: Callable[[], Applied]) -> Applied:
        try:
            return load()
        except ShapeError as error:
            raise TooOld(str(error)) from None

    def _told(self, done: int) -> None:
        self.progress(done, self.memory.total)

    # --- token ------------------------------------------------------------------------------------------------------

    def _with_token(self, work: Callable[[], Step]) -> Step:
        """Do it; on a token that ran out, refresh once and do it again."""
        try:
            return work()
        except AuthExpired:
            self.net.refresh()  # raises AuthExpired where a sign-in is needed
            return work()
