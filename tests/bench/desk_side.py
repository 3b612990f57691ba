"""The workstation's side, by the true services on a full replica, offscreen: queue page, one changed row, look-ups."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication
from sqlalchemy import Connection

from desk.domain.people import Actor, Level, StaffMember, Team
from desk.services.changes import Changes
from desk.services.jobs import Jobs, run
from desk.services.lookup import Lookup
from desk.services.queue import Queue, QueueFilter
from desk.services.workplace import Profile, Workplace
from desk.storage.desk_store import DeskStore
from desk.storage.keys import KeyFile
from desk.sync.clock import CentreClock
from desk.views import theme
from desk.views.queue_view import QueueView
from desk.wire import codec, policy_seed
from desk.wire.protocol import FeedRow, SnapshotHead
from tests.bench import data
from tests.bench.bare_list import BareList, paint, paint_what_is_due
from tests.bench.measure import Bench
from tests.bench.probes import PROBES, Typed

KEY = bytes(range(32))
SCOPES = ("org", "team:hotline")
ME = Actor(id="u-me", level=Level.AGENT, teams=("hotline",), installation_id="desk")
PAGE = 200  # rows that the queue asks for at a time
SIZE = QSize(420, 900)
CHANGED = 3  # the row that changes: one that is in sight
_PAGE_SQL = (
    "SELECT doc FROM replica_ticket WHERE open = 1 AND team = 'hotline' ORDER BY due, urgency, id "
    f"LIMIT {PAGE}"  # a number of ours
)
_RANGE_SQL = (
    "SELECT o.doc FROM search_token s JOIN replica_order o ON o.id = s.order_id "
    "WHERE s.kind = ? AND s.token >= ? AND s.token < ? LIMIT 20"
)
Step = Callable[[], Awaitable[Any]]


def measure(bench: Bench, orders: int, tickets: int) -> None:
    """Fill a replica, then measure on it."""
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        store = filled(Path(folder) / "desk.db", orders, tickets)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        theme.apply(app, "light")
        run(lambda: _measured(bench, store, Path(folder), orders, tickets), app)


def filled(path: Path, orders: int, tickets: int) -> DeskStore:
    """A store whose replica holds so many orders, the first of them with open tickets."""
    store = DeskStore(path, KEY, SCOPES)
    store.load_snapshot(SnapshotHead(n=1, h="h"), _rows(orders, tickets), data.NOW, lambda done: None)
    return store


def _rows(orders: int, tickets: int) -> Iterator[FeedRow]:
    yield FeedRow(kind="policy", id="current", doc=codec.to_plain(policy_seed.load_seed()))
    me = StaffMember(id=ME.id, login="me", level=ME.level, teams=ME.teams)
    for one in (Team(id="hotline", names={"zh": "热线", "en": "Hotline"}), me):
        kind, doc = codec.entity_to_plain(one)
        yield FeedRow(kind=kind, id=one.id, doc=doc)
    for index in data.buyers(orders):
        doc = {"commitment": "0" * 64}
        yield FeedRow(kind="private", id=data.customer_id(index), doc=doc, values=data.contact(index))
    for index, order in enumerate(data.orders(orders)):
        yield FeedRow(kind="order", id=order.id, doc=codec.to_plain(order))
        if index < tickets:
            made = data.ticket(index, order)
            yield FeedRow(kind="ticket", id=made.id, doc=codec.to_plain(made))


async def _measured(bench: Bench, store: DeskStore, folder: Path, orders: int, tickets: int) -> int:
    jobs, clock = Jobs(), CentreClock()
    profile = Profile(folder, KeyFile(folder / "keys.json", "bench", None), clock, store=store)
    place = Workplace(jobs=jobs, changes=Changes(), profile=profile, clock=clock, centre="http://127.0.0.1:9", actor=ME)
    try:
        await _queue(bench, place, tickets)
        await _look_up(bench, place, orders)
    finally:
        await jobs.store(profile.close)
        await jobs.close()
    return 0


async def _raw(place: Workplace, read: Callable[[Connection], int]) -> int:
    """Something in raw SQL on the store thread, as the floor of whatever the services read."""
    return await place.jobs.store(lambda: place.store().read(lambda view: read(view.connection)))


# --- the queue -----------------------------------------------------------------------------------------------------


async def _queue(bench: Bench, place: Workplace, tickets: int) -> None:
    queue, view = Queue(place), QueueView()
    view.resize(SIZE)
    view.show()
    first = await queue.page(QueueFilter())
    assert (len(first.rows), first.total) == (min(PAGE, tickets), tickets)
    view.open_page(first)
    bare = BareList(first.rows, SIZE)

    async def page() -> None:
        view.model.show(())  # as after another filter: nothing that is shown may be kept
        view.open_page(await queue.page(QueueFilter()))
        paint(view.list)

    async def bare_page() -> None:
        bare.reset()

    async def bare_page_read() -> None:
        assert await _raw(place, _raw_page) == len(first.rows)
        bare.reset()

    name = f"queue of {tickets:,} open tickets to painted page"
    await _times(bench, name, page, bare_page, "the same rows in a bare QListView: reset, paint")
    await _times(bench, f"{name}, read", page, bare_page_read, "that and its documents by raw SQL, parsed")

    async def one_row() -> None:
        view.update_rows(await queue.some(QueueFilter(), [first.rows[CHANGED].id]))
        paint_what_is_due()

    async def bare_row() -> None:
        await _raw(place, lambda connection: _raw_row(connection, first.rows[CHANGED].id))
        bare.one(CHANGED)

    def unlike() -> None:
        """The shown row differs from what is read next: an equal row is (rightly) not painted again."""
        view.model.replace(CHANGED, replace(view.model.rows[CHANGED], mood="calm"))
        paint_what_is_due()

    against = "its document by raw SQL, one row of a bare QListView"
    await _times(bench, "one changed row read and repainted", one_row, bare_row, against, unlike)
    view.close()
    bare.view.close()


def _raw_page(connection: Connection) -> int:
    return len([json.loads(doc) for (doc,) in connection.exec_driver_sql(_PAGE_SQL)])


def _raw_row(connection: Connection, ticket_id: str) -> int:
    found = connection.exec_driver_sql("SELECT doc FROM replica_ticket WHERE id = ?", (ticket_id,)).scalar_one()
    return len(json.loads(found))


# --- look-ups -------------------------------------------------------------------------------------------------------


async def _look_up(bench: Bench, place: Workplace, orders: int) -> None:
    lookup = Lookup(place)
    for kind, probe in PROBES.items():
        typed = probe(orders)

        async def ours(typed: Typed = typed) -> None:
            assert await lookup.here(typed.text), typed

        async def floor(typed: Typed = typed) -> None:
            assert await _raw(place, lambda connection: _raw_look_up(connection, typed)), typed

        name = f"look-up at a desk, {orders:,} orders: {kind}"
        await _times(bench, name, ours, floor, "one B-tree range and up to 20 documents by raw SQL, parsed")


def _raw_look_up(connection: Connection, typed: Typed) -> int:
    return len([json.loads(doc) for (doc,) in connection.exec_driver_sql(_RANGE_SQL, typed.range)])


# --- rounds of coroutines -------------------------------------------------------------------------------------------


async def _times(
    bench: Bench, name: str, ours: Step, floor: Step, against: str, before: Callable[[], None] = lambda: None
) -> None:
    """Bench.times over coroutines: the rounds are awaited first, then handed over in their order."""
    pairs: list[tuple[float, float]] = []
    for _ in range(bench.rounds + 1):
        before()
        pairs.append((await _seconds(ours), await _seconds(floor)))
    mine, bare = iter([one for one, _ in pairs]), iter([one for _, one in pairs])
    bench.times(name, lambda: next(mine), lambda: next(bare), against)


async def _seconds(work: Step) -> float:
    began = time.perf_counter()
    await work()
    return time.perf_counter() - began
