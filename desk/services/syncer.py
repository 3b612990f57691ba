"""Keeps replica and outbox in step with the centre: the state machine around the sync cycle."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import replace

import structlog
from PySide6.QtCore import QObject, Signal

from desk.domain.case import Key
from desk.domain.ledger import Approval
from desk.domain.people import Actor
from desk.services import rows
from desk.services.actions import Actions
from desk.services.approvals import decidable, open_requests
from desk.services.attention import told_of
from desk.services.changes import LINE
from desk.services.reader import Reader
from desk.services.rows import Phase
from desk.services.tasks import how_many_wait
from desk.services.workplace import SignedOut, Workplace
from desk.storage import outbox, replica
from desk.storage.engine import StorageError
from desk.storage.projection import NoPolicy
from desk.sync.backoff import RECONNECT_SPREAD, Backoff
from desk.sync.cycle import Cycle, Step
from desk.sync.filling import Filling
from desk.sync.problems import AuthExpired, Forbidden, SyncProblem, TooOld
from desk.sync.store_port import StoreOnThread
from desk.sync.transport import CentreNet

_log = structlog.get_logger("desk.syncer")
Renew = Callable[[], Awaitable[bool]]
PAUSE_AFTER_RETRY = 2.0  # seconds, when the centre wants acts again later
LISTEN_PAUSE = 1.0
DRAIN_EVERY = 60.0  # seconds between tries of a desk that is too old, or whose sign-in is gone


class Syncer(QObject):
    """UI thread; I/O on jobs' threads. `start` at sign-in, `stop` at sign-out."""

    status_changed = Signal(object)  # rows.SyncStatus
    shut_out = Signal(str)  # the centre's code: this installation was revoked, or this person disabled

    def __init__(self, workplace: Workplace, actions: Actions, embedded: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = workplace
        self._actions = actions
        self._status = rows.SyncStatus(phase=Phase.SIGNED_OUT, embedded=embedded, centre=workplace.centre)
        self._tasks: list[asyncio.Task[None]] = []
        self._wake = asyncio.Event()
        self._reached = asyncio.Event()
        self._backoff = Backoff()
        self._renew: Renew | None = None
        actions.kept.connect(self._on_kept)

    @property
    def status(self) -> rows.SyncStatus:
        """What the status bar shows."""
        return self._status

    @property
    def online(self) -> bool:
        """Whether the last word from the centre was heard and its token still holds."""
        return self._place.online

    def set_renew(self, renew: Renew) -> None:
        """How to get a token where a refresh does not do (the session knows)."""
        self._renew = renew

    def start(self) -> None:
        """Begin for the person who signed in."""
        actor = self._place.signed_in()
        self._show(replace(self._status, phase=Phase.CATCHING_UP, problem="", progress=None))
        self._backoff = Backoff()
        self._wake, self._reached = asyncio.Event(), asyncio.Event()
        for name in ("sync", "listen"):
            self._place.lane(name).reopen()
        spawn = self._place.jobs.spawn
        self._tasks = [spawn(self._run(actor), "sync"), spawn(self._listen(actor), "listen")]

    def wake(self) -> None:
        """There is something to push, or the person wants it now: no waiting for the back-off."""
        self._wake.set()

    async def stop(self) -> None:
        """End at once; what is on the line is cut."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        for name in ("sync", "listen"):
            if name in self._place.lanes:  # none yet where the window was closed before there was a centre
                self._place.lanes[name].abort()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._place.online = False
        self._show(replace(self._status, phase=Phase.SIGNED_OUT, problem=""))

    # --- the loop ---------------------------------------------------------------------------------------------------

    async def _run(self, actor: Actor) -> None:
        cycle = self._cycle(actor, "sync")
        await self._count()
        with contextlib.closing(cycle):
            await self._steps(cycle)

    async def _steps(self, cycle: Cycle) -> None:
        while True:
            self._wake.clear()
            try:
                step = await self._place.jobs.net(cycle.step)
            except TooOld as problem:
                await self._drain(cycle, problem)
                continue
            except SyncProblem as problem:
                await self._weather(problem)
                continue
            except StorageError as trouble:  # no room on the disk, say: it may have some later
                _log.error("cannot be kept", code=trouble.code, detail=str(trouble)[:200])
                await self._pause(Phase.OFFLINE, trouble.code, DRAIN_EVERY)
                continue
            self._backoff = Backoff()
            if not step.waiting:
                await self._took(step)
            if step.more and not (step.filling and step.retry):
                continue
            await self._rest(PAUSE_AFTER_RETRY if step.retry else None)

    async def _listen(self, actor: Actor) -> None:
        """Park at the centre for news while online; what goes wrong is left to the main loop to find."""
        cycle = self._cycle(actor, "listen")
        while True:
            await self._reached.wait()
            try:
                step = await self._place.jobs.net(cycle.listen)
            except SyncProblem:
                self._reached.clear()
                self.wake()
                await asyncio.sleep(LISTEN_PAUSE * (1 + self._place.rng.random()))  # a proxy may cut every long call
                continue
            if step.filling:
                self._reached.clear()
                continue
            await self._took(step)
            if step.more:
                self.wake()

    def _cycle(self, actor: Actor, lane: str) -> Cycle:
        place = self._place
        loop = asyncio.get_running_loop()

        def progress(done: int, total: int) -> None:  # told on the store thread
            loop.call_soon_threadsafe(self._show_progress, done, total)

        store = StoreOnThread(place.jobs.store_now, place.store)
        return Cycle(store, CentreNet(place.lane(lane)), place.clock, actor.id, progress, Filling)

    async def _took(self, step: Step, may_listen: bool = True) -> None:
        place = self._place
        if may_listen and not step.filling:
            self._reached.set()
        phase = Phase.CATCHING_UP if step.filling or (step.more and step.pulled) else Phase.ONLINE
        progress = self._status.progress if step.filling else None
        place.changes.announce({*step.keys, *self._heard(True)}, whole=step.whole)
        self._actions.tell_ended(step.ended)
        now = place.clock.now()
        self._status = replace(self._status, phase=phase, last_sync_at=now, problem="", progress=progress)
        if step.keys or step.whole or step.pushed or step.pulled:
            await self._count()
        else:
            self.status_changed.emit(self._status)

    async def _weather(self, problem: SyncProblem) -> None:
        """Say it calmly, wait, and let an act or the person end the waiting."""
        _log.info("weather", code=problem.code, detail=str(problem)[:200])
        self._place.changes.announce(problem.keys)
        if isinstance(problem, AuthExpired):
            if self._renew is not None and await self._renew():
                return
            await self._pause(Phase.SIGNED_OUT, problem.code, DRAIN_EVERY)
            return
        if isinstance(problem, Forbidden):
            if problem.code == "installation_revoked":
                await self._place.with_store(lambda store: store.wipe())
                self._place.changes.announce((), whole=True)
            self.shut_out.emit(problem.code)
            await self._pause(Phase.REVOKED, problem.code, DRAIN_EVERY)
            return
        clock = self._place.clock
        self._backoff = self._backoff.failed(clock.monotonic())
        delay = self._backoff.delay(clock.monotonic(), self._place.rng, problem.retry_after)
        if self._backoff.failures == 1 and self._place.online:
            delay = self._place.rng.random() * min(RECONNECT_SPREAD, 1.0)  # the first try again is soon
        await self._pause(Phase.OFFLINE, problem.code, delay)

    async def _drain(self, cycle: Cycle, problem: TooOld) -> None:
        """Too old to pull: what is in the outbox still goes."""
        with contextlib.suppress(SyncProblem):
            step = await self._place.jobs.net(cycle.push_only)
            await self._took(step, may_listen=False)
        await self._pause(Phase.OFFLINE, problem.code, DRAIN_EVERY)

    async def _pause(self, phase: Phase, code: str, seconds: float) -> None:
        self._reached.clear()
        self._place.changes.announce(self._heard(False))
        self._status = replace(self._status, phase=phase, problem=code, progress=None)
        await self._count()
        await self._rest(seconds)

    def _heard(self, online: bool) -> set[Key]:
        """Whether the centre was heard just now; what there is to announce of it."""
        turned = online != self._place.online
        self._place.online = online
        return {LINE} if turned else set()

    async def _rest(self, seconds: float | None) -> None:
        # Not wait_for: on Python 3.11 it swallows a cancellation that comes with what it waited for, and `stop` hangs.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake.wait()

    # --- status -----------------------------------------------------------------------------------------------------

    def _on_kept(self) -> None:
        self.wake()
        if self._tasks:
            self._place.jobs.spawn(self._count(), "count")

    def _show_progress(self, done: int, total: int) -> None:
        self._show(replace(self._status, phase=Phase.CATCHING_UP, progress=(done, max(done, total))))

    def _show(self, status: rows.SyncStatus) -> None:
        if status != self._status:
            self._status = status
            self.status_changed.emit(status)

    async def _count(self) -> None:
        """Fill the numbers in and tell."""
        with contextlib.suppress(SignedOut):
            numbers = await self._place.read(_numbers)
            enrolment = self._place.profile.enrolment
            kept = {name: getattr(self._status, name) for name in _KEPT}
            desk, scopes = (enrolment.installation_id, enrolment.scopes) if enrolment else ("", ())
            self._status = replace(numbers, installation=desk, scopes=scopes, **kept)
            self.status_changed.emit(self._status)


_KEPT = ("phase", "last_sync_at", "progress", "problem", "embedded", "centre")


def _numbers(reader: Reader) -> rows.SyncStatus:
    connection = reader.view.connection
    counted = outbox.numbers(connection, reader.actor.id)
    at = replica.position(connection)
    try:
        version = reader.policy.version
        requests: list[Approval] = [one for one in open_requests(reader) if decidable(reader, one) == ""]
        tasks, told = how_many_wait(reader), len(told_of(reader))
    except NoPolicy:
        version, requests, tasks, told = 0, [], 0, 0
    in_flight = len(reader.view.in_flight)
    return rows.SyncStatus(
        phase=Phase.OFFLINE,
        pending=counted.pending,
        unknown=max(0, counted.unknown - in_flight),
        attention=counted.attention + told,
        approvals=len(requests),
        tasks=tasks,
        cursor=at.n if at else 0,
        policy_version=version,
    )
