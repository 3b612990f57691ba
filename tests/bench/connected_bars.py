"""Bars of true workstations at the centre: filled, painted, cut off, and told of each other's acts."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from sqlcipher3 import dbapi2

from desk.bootstrap import Bench, Options, assemble, close
from desk.domain.commands import AddNote
from desk.domain.people import Actor
from desk.services.jobs import run, until
from desk.services.queue import QueueFilter
from desk.services.rows import Phase, RowState
from desk.storage import keys
from desk.storage.desk_store import DeskStore
from desk.storage.tables import replica_metadata
from desk.views import theme
from desk.views.lists import EntryDelegate
from desk.views.queue_view import QueueView
from tests.bench import data, prepared
from tests.bench.bare_list import BareList, paint, paint_what_is_due
from tests.bench.bars import Run
from tests.bench.served import Centre, new_id
from tests.bench.sizes import Size
from tests.helpers import postgres

CHEAP = keys.Cost(passes=1, memory=64, lanes=1)
PATIENCE = 900.0
LIST = QSize(420, 900)
FRESH, ACTS = 3, 40
BEAT = 0.002


def measure(bench: Run, size: Size, centre: Centre, server: prepared.Server, wanted: set[int]) -> None:
    """On the Qt loop, as a desk runs: what was imported or made before is no work for the collector (main.py)."""
    gc.collect()
    gc.freeze()
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        run(lambda: _measured(Connected(bench, size, centre, Path(folder)), wanted), app)


async def _measured(connected: Connected, wanted: set[int]) -> int:
    if wanted & {8, 9, 14}:
        await connected.fresh()
    if wanted & {10, 11, 14}:
        await connected.together(wanted)
    return 0


@dataclass(frozen=True, slots=True)
class Filled:
    """Seconds to the first page and to everything; milliseconds of the longest stall; what its rows cost bare."""

    first: float
    whole: float
    stall: float
    floor: float
    rows: float
    page: float


class Connected:
    """What the bars of connected desks share."""

    def __init__(self, bench: Run, size: Size, centre: Centre, folder: Path) -> None:
        self.bench, self.size, self.centre, self.folder = bench, size, centre, folder
        self._names = iter(prepared.logins(size))

    @contextlib.asynccontextmanager
    async def desk(self, name: str) -> AsyncIterator[Bench]:
        """A workstation that is enrolled; nobody has signed in."""
        made = assemble(Options(profile=name, data=self.folder), self.centre.url, demo=False)
        made.place.profile.keys.cost = CHEAP
        await made.begin()
        code = self.centre.service.auth.make_code(frozenset({"team:hotline"}))
        answer = await made.desk.session.enrol(code, name)
        assert answer.status is RowState.DONE, answer
        try:
            yield made
        finally:
            await close(made)

    # --- 8, 9, 14 ---------------------------------------------------------------------------------------------------

    async def fresh(self) -> None:
        """An empty desk, filled; the centre has made its file for an earlier one."""
        made = [await self.filled("fresh0", bare=True)]
        print(f"   the first, whose snapshot the centre had to make: {made[0].whole:.1f} s", flush=True)
        made += [await self.filled(f"fresh{number + 1}") for number in range(FRESH)]
        first, rest = made[0], made[1:]
        rows, floor, page = first.rows, first.floor, first.page
        rate = [(rows / one.whole, rows / floor) for one in rest]
        told = f"{statistics.median(one.whole for one in rest):.1f} s, bare {floor:.1f} s"
        self.bench.add(8, f"{rows:,.0f} rows", rate, "/s", note=told)
        self.bench.add(9, "", [(one.first, one.whole) for one in rest], "s")
        self.bench.add(14, "filling", [(one.stall, page) for one in rest])

    async def filled(self, name: str, bare: bool = False) -> Filled:
        """Somebody signs in at an empty desk; with `bare`, what its rows cost without us."""
        async with self.desk(name) as made:
            view = _queue_view()
            with heartbeat() as gaps:
                began = time.perf_counter()
                seen = asyncio.ensure_future(_first_page(made, view))
                answer = await made.desk.session.sign_in(next(self._names), prepared.PASSWORD)
                assert answer.status is RowState.DONE, answer
                first = await seen - began
                await in_step(made)
                whole = time.perf_counter() - began
            floor, rows = await made.place.with_store(lambda store: _bare(store, self.folder)) if bare else (0.0, 0.0)
            page = _one_page(view)
            view.close()
        return Filled(first, whole, max(gaps) * 1000, floor, rows, page)

    # --- 10, 11, 14 -------------------------------------------------------------------------------------------------

    async def together(self, wanted: set[int]) -> None:
        """Two desks of one team."""
        async with self.two() as (one, other, view):
            if 11 in wanted:
                await self._heard(one, other, view)
            if wanted & {10, 14}:
                await self._offline(one, _one_page(view))

    @contextlib.asynccontextmanager
    async def two(self) -> AsyncIterator[tuple[Bench, Bench, QueueView]]:
        """Two desks of one team that know everything, and the painted queue of the second."""
        async with self.desk("one") as one, self.desk("other") as other:
            for made in (one, other):
                answer = await made.desk.session.sign_in(next(self._names), prepared.PASSWORD)
                assert answer.status is RowState.DONE, answer
                await in_step(made)
            view = _queue_view()
            view.open_page(await other.desk.queue.page(QueueFilter()))
            paint(view.list)
            yield one, other, view
            view.close()

    async def _heard(self, one: Bench, other: Bench, view: QueueView) -> None:
        """From an act at one desk, before it is durable there, to its row painted at the other."""
        shown = await warmed(one, view)
        floor = Floor(self.centre, self.folder, view)
        spent, bare = [], []
        for turn in range(ACTS):
            spent.append(await heard(one, other, view, shown[turn % len(shown)]))
            bare.append(floor.once())
            await all_sent(one)
        for part, at in (("median", statistics.median), ("95 of 100", late)):
            self.bench.add(11, part, [(at(spent), at(bare))])
        floor.close()

    async def _offline(self, made: Bench, page: float) -> None:
        """So many notes kept while the line is cut, then the line is back."""
        spent, kept, stall = await self.back_online(made)
        count = self.size.offline
        floor = _bare_commits(self.centre, count)
        self.bench.add(10, f"{count:,} notes", [(spent, floor)], "s", note=f"{count / spent:.0f} /s")
        told = f"while they were kept {kept:.0f} ms"
        self.bench.add(14, "sending", [(stall, page)], note=told)

    async def back_online(self, made: Bench) -> tuple[float, float, float]:
        """(seconds until all are answered, longest stall in milliseconds while they were kept, and while sent)."""
        await made.desk.syncer.stop()
        with heartbeat() as kept:
            for start in range(0, self.size.offline, 100):
                tickets = (data.ticket_id(start + one) for one in range(100))
                await _acted(made, [AddNote(id=new_id(), ticket_id=one, words="客户同意") for one in tickets])
        with heartbeat() as gaps:
            began = time.perf_counter()
            made.desk.syncer.start()
            await all_sent(made)
            spent = time.perf_counter() - began
        return spent, max(kept) * 1000, max(gaps) * 1000


# --- acts that a colleague hears of ---------------------------------------------------------------------------------


async def warmed(one: Bench, view: QueueView) -> list[str]:
    """The tickets that are acted on, each of them acted on once."""
    shown = [row.id for row in view.model.rows[:10]]
    await _acted(one, [AddNote(id=new_id(), ticket_id=ticket, words="x") for ticket in shown])
    await all_sent(one)
    await asyncio.sleep(1)
    return shown


async def heard(one: Bench, other: Bench, view: QueueView, ticket: str) -> float:
    """Milliseconds from an act at one desk, before it is durable there, to its row painted at the other."""
    came = asyncio.ensure_future(_repainted(other, view, ticket))
    await asyncio.sleep(0)
    began = time.perf_counter()
    await _acted(one, [AddNote(id=new_id(), ticket_id=ticket, words="客户同意")])
    one.desk.syncer.wake()
    return (await came - began) * 1000


# --- waiting for what a person would see ------------------------------------------------------------------------------


def _queue_view() -> QueueView:
    view = QueueView()
    view.resize(LIST)
    view.show()
    view.grab()
    return view


async def _first_page(made: Bench, view: QueueView) -> float:
    """When the first page with tickets stood on the screen."""
    while True:
        await until(made.desk.changes.announced)
        page = await made.desk.queue.page(QueueFilter())
        if page.rows:
            view.open_page(page)
            paint(view.list)
            return time.perf_counter()


async def _repainted(made: Bench, view: QueueView, ticket: str) -> float:
    """When news of a ticket stood on the screen."""
    while True:
        (changed,) = await until(made.desk.changes.announced)
        if ticket in changed.ids("ticket"):
            view.update_rows(await made.desk.queue.some(QueueFilter(), [ticket]))
            row = view.list.visualRect(view.model.index(view.model.row_of(ticket)))
            view.list.viewport().repaint(row)
            return time.perf_counter()


async def in_step(made: Bench) -> None:
    """Until the desk has heard everything."""
    async with asyncio.timeout(PATIENCE):
        while made.desk.syncer.status.phase is not Phase.ONLINE or not made.desk.syncer.status.cursor:
            await until(made.desk.syncer.status_changed)


async def all_sent(made: Bench) -> None:
    """Until every act has its verdict and the replica holds it."""
    async with asyncio.timeout(PATIENCE):
        while made.desk.syncer.status.pending or made.desk.syncer.status.phase is not Phase.ONLINE:
            await until(made.desk.syncer.status_changed)


async def _acted(made: Bench, commands: list[Any]) -> None:
    """Keep these acts, each in its own commit, as buttons would."""
    actor, now = made.place.actor, made.place.clock.now()
    assert isinstance(actor, Actor)

    def perform(store: DeskStore) -> None:
        for command in commands:
            done = store.perform(command, actor, now, online=True)
            assert done.act is not None, done.decision

    await made.place.with_store(perform)
    made.desk.actions.kept.emit()


@contextlib.contextmanager
def heartbeat() -> Iterator[list[float]]:
    """The gaps between turns of the loop that the screen lives on, beyond the beat asked for."""
    gaps = [0.0]

    async def beat() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BEAT)
            gaps.append(time.perf_counter() - began - BEAT)

    task = asyncio.ensure_future(beat())
    try:
        yield gaps
    finally:
        task.cancel()


# --- floors ---------------------------------------------------------------------------------------------------------


def _one_page(view: QueueView) -> float:
    """Milliseconds of painting all rows of a page, by our own delegate, none of them drawn before."""
    spent = []
    for _ in range(9):
        view.list.setItemDelegate(EntryDelegate(view.list))
        began = time.perf_counter()
        paint(view.list)
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def _bare(store: DeskStore, folder: Path) -> tuple[float, float]:
    """(seconds, rows): every row of this replica put into a file of the same tables and indexes, by bare inserts."""

    def read(view: Any) -> list[tuple[str, list[Any]]]:
        tables = [table.name for table in replica_metadata.sorted_tables]
        return [(name, view.connection.exec_driver_sql(f"SELECT * FROM {name}").all()) for name in tables]

    def schema(view: Any) -> list[str]:
        found = view.connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        )
        return [text for name, text in found if not name.startswith(("outbox", "person", "draft", "meta", "sqlite"))]

    contents, statements = store.read(read), store.read(schema)
    target = dbapi2.connect(str(folder / "bare-replica.db"), isolation_level=None)
    target.execute(f"PRAGMA key = \"x'{'11' * 32}'\"")
    target.execute("PRAGMA journal_mode = WAL")
    target.execute("PRAGMA synchronous = FULL")
    began = time.perf_counter()
    target.execute("BEGIN")
    for text in statements:
        target.execute(text)
    rows = 0
    for name, found in contents:
        if found:
            target.executemany(
                f"INSERT INTO {name} VALUES ({', '.join('?' * len(found[0]))})", [tuple(one) for one in found]
            )
            rows += len(found) if name.startswith("replica_") else 0
    target.execute("COMMIT")
    spent = time.perf_counter() - began
    target.close()
    return spent, rows


def _bare_commits(centre: Centre, count: int) -> float:
    """Seconds of as many bare rows in commits of fifty, as the pushes of one desk are."""
    with psycopg.connect(postgres.libpq_url(centre.database)) as connection:
        connection.execute("CREATE TEMP TABLE bare (doc text)")
        connection.commit()
        began = time.perf_counter()
        for start in range(0, count, 50):
            for _ in range(start, min(start + 50, count)):
                connection.execute("INSERT INTO bare VALUES (repeat('x', 1000))")
            connection.commit()
        return time.perf_counter() - began


class Floor:
    """What news costs at least: two commits at desks, one at the centre with its NOTIFY heard, a row painted."""

    def __init__(self, centre: Centre, folder: Path, view: QueueView) -> None:
        url = postgres.libpq_url(centre.database)
        self._hears, self._says = psycopg.connect(url, autocommit=True), psycopg.connect(url)
        self._hears.execute("LISTEN bare")
        self._says.execute("CREATE TEMP TABLE bare (doc text)")
        self._says.commit()
        self._file = dbapi2.connect(str(folder / "bare.db"), isolation_level=None)
        for pragma in (f"key = \"x'{'11' * 32}'\"", "journal_mode = WAL", "synchronous = FULL"):
            self._file.execute(f"PRAGMA {pragma}")
        self._file.execute("CREATE TABLE bare (doc TEXT)")
        self._list = BareList(view.model.rows, LIST)
        paint(self._list.view)

    def once(self) -> float:
        """Milliseconds."""
        began = time.perf_counter()
        self._commit()
        self._says.execute("INSERT INTO bare VALUES (repeat('x', 1000))")
        self._says.execute("NOTIFY bare")
        self._says.commit()
        list(self._hears.notifies(timeout=5, stop_after=1))
        self._commit()
        self._list.one(3)
        paint_what_is_due()
        return (time.perf_counter() - began) * 1000

    def _commit(self) -> None:
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute("INSERT INTO bare VALUES (?)", ("x" * 1000,))
        self._file.execute("COMMIT")

    def close(self) -> None:
        self._hears.close()
        self._says.close()
        self._file.close()
        self._list.view.close()


def late(values: list[float]) -> float:
    """What 95 of 100 stay below."""
    return statistics.quantiles(values, n=20)[-1]
