"""Bars of a workstation by itself (1 to 6): the true services on a replica of everything, painted offscreen."""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from desk.domain.commands import AddNote
from desk.domain.tickets import Kind
from desk.services.changes import Changes
from desk.services.jobs import Jobs, run
from desk.services.lookup import Lookup
from desk.services.queue import FIRST_ROWS, Queue, QueueFilter
from desk.services.reader import Reader
from desk.services.workplace import Profile, Workplace
from desk.services.workspace import Workspace
from desk.storage import people, search
from desk.storage.desk_store import DeskStore
from desk.storage.keys import KeyFile
from desk.sync.clock import CentreClock
from desk.views import theme
from desk.views.case_view import CaseView
from desk.views.lookup_view import LookupView
from desk.views.queue_view import QueueView
from tests.bench import data, replica_data
from tests.bench.bare_list import BareList, paint, paint_what_is_due
from tests.bench.bare_table import BareTable, proxied
from tests.bench.bars import Run
from tests.bench.probes import kinds_of_probes
from tests.bench.sizes import Size

LIST, PAGE = QSize(420, 900), QSize(900, 900)
STEP = 3  # rows of a turn of the wheel
Step = Callable[[], Awaitable[Any]]


def measure(bench: Run, size: Size, replica: Path, rounds: int, wanted: set[int]) -> None:
    """On a copy of the replica."""
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        store = DeskStore(Path(shutil.copy(replica, Path(folder) / "desk.db")), replica_data.KEY, replica_data.SCOPES)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        theme.apply(app, "light")
        run(lambda: _measured(Desk(bench, size, Path(folder), store, rounds), wanted), app)


async def _measured(desk: Desk, wanted: set[int]) -> int:
    parts = ({1, 4}, desk.queue), ({2}, desk.case), ({3}, desk.look_up), ({5}, desk.scroll), ({6}, desk.act)
    try:
        for bars, measured in parts:
            if bars & wanted:
                await measured()
    finally:
        await desk.jobs.store(desk.profile.close)
        await desk.jobs.close()
    return 0


class Desk:
    """A desk that is signed in, its replica as if it had just been told everything."""

    def __init__(self, bench: Run, size: Size, folder: Path, store: DeskStore, rounds: int) -> None:
        self.bench, self.size, self.rounds, self.folder = bench, size, rounds, folder
        self.jobs, self.clock = Jobs(), CentreClock()
        self.profile = Profile(folder, KeyFile(folder / "keys.json", "bench", None), self.clock, store=store)
        self.place = Workplace(
            jobs=self.jobs,
            changes=Changes(),
            profile=self.profile,
            clock=self.clock,
            centre="http://127.0.0.1:9",
            actor=replica_data.ME,
        )

    # --- 1 and 4 ----------------------------------------------------------------------------------------------------

    async def queue(self) -> None:
        queue, view = Queue(self.place), _shown(QueueView(), LIST)
        first = await queue.page(QueueFilter())
        assert (len(first.rows), first.total) == (min(FIRST_ROWS, self.size.tickets), self.size.tickets)
        bare = BareList(first.rows, LIST)
        view.open_page(first)

        async def opened(which: QueueFilter) -> None:
            view.model.show(())  # nothing that is shown may be kept
            view.open_page(await queue.page(which))
            paint(view.list)

        async def floor() -> None:
            assert await self._raw(_raw_page) == len(first.rows)
            bare.reset()

        pairs = await self._rounds(lambda: opened(QueueFilter()), floor)
        self.bench.add(1, f"{self.size.tickets:,} tickets", pairs)
        table = BareTable(self.size.tickets, PAGE)

        async def reset() -> None:
            table.reset()

        others = (QueueFilter(kind=Kind.CANCEL), QueueFilter(closed=True), QueueFilter(review=True), QueueFilter())
        turn = iter(range(10**6))
        pairs = await self._rounds(lambda: opened(others[next(turn) % 4]), reset)
        self.bench.add(4, f"{self.size.tickets:,} tickets", pairs, note=proxied(table))
        view.close()
        bare.view.close()
        table.view.close()

    # --- 2 ----------------------------------------------------------------------------------------------------------

    async def case(self) -> None:
        workspace, view, bare = Workspace(self.place), _shown(CaseView(), PAGE), _shown(QLabel(), PAGE)
        tickets = iter(range(0, self.size.tickets, max(1, self.size.tickets // 200)))
        raw = iter(range(0, self.size.tickets, max(1, self.size.tickets // 200)))

        async def opened() -> None:
            found = await workspace.case(data.ticket_id(next(tickets)))
            assert found is not None
            view.show_case(found)
            view.grab()

        async def floor() -> None:
            index = next(raw)
            bare.setText(await self._raw(lambda connection: _raw_case(connection, index)))
            bare.grab()

        self.bench.add(2, "case alone", await self._rounds(opened, floor))
        view.close()
        bare.close()

    # --- 3 ----------------------------------------------------------------------------------------------------------

    async def look_up(self) -> None:
        lookup, view = Lookup(self.place), _shown(LookupView(), PAGE)
        view.begin()
        bare = BareList((), PAGE)
        for kind, probes in kinds_of_probes(self.size.orders).items():
            turns, raws = iter(probes * 2), iter(probes * 2)

            async def ours(turns: Iterator[Any] = turns) -> None:
                wanted = next(turns)
                view.show_hits(await lookup.here(wanted.typed.text))
                view.grab()

            async def floor(raws: Iterator[Any] = raws) -> None:
                wanted = next(raws)
                bare.model.rows = await self._raw(lambda connection: _raw_look_up(connection, wanted.typed.range))
                bare.reset()

            pairs = await self._rounds(ours, floor, len(probes))
            found = asked = 0
            for wanted in probes:  # a name has hundreds of orders among a million: all of them, not those shown
                hits = await self.place.read(partial(_every_hit, text=wanted.typed.text))
                asked, found = asked + 1, found + (wanted.number in hits)
            self.bench.add(3, f"{kind}, {self.size.orders:,} orders", pairs, note=f"{found} of {asked} found")
            assert found == asked, f"{kind}: {found} of {asked} were found"
        view.close()
        bare.view.close()

    # --- 5 ----------------------------------------------------------------------------------------------------------

    async def scroll(self) -> None:
        queue, view = Queue(self.place), _shown(QueueView(), LIST)
        waiting: list[str] = []
        view.model.more_wanted.connect(waiting.append)
        view.open_page(await queue.page(QueueFilter()))
        paint(view.list)
        bare = BareList((await queue.page(QueueFilter(), limit=1000)).rows, LIST)
        paint(bare.view)
        pairs = []
        for _ in range(self.rounds):
            view.model.show(())
            view.open_page(await queue.page(QueueFilter()))
            paint(view.list)
            frames: list[float] = []
            for step in range(1, 200):
                frames.append(_frame(view.list, step * STEP))
                if waiting:
                    view.add_page(await queue.page(QueueFilter(), waiting.pop()))
            bares = [_frame(bare.view, step * STEP) for step in range(1, 200)]
            pairs.append((_late(frames), _late(bares)))
        self.bench.add(5, "", pairs)
        view.close()
        bare.view.close()

    # --- 6 ----------------------------------------------------------------------------------------------------------

    async def act(self) -> None:
        queue, view = Queue(self.place), _shown(QueueView(), LIST)
        page = await queue.page(QueueFilter())
        view.open_page(page)
        paint(view.list)
        bare = BareList(page.rows, LIST)
        paint(bare.view)
        raw = self._file()
        known = people.KnownPerson(
            actor=replica_data.ME, login="me", name="me", language="zh", offline_grant={}, signed_in_at=self.clock.now()
        )
        await self.place.with_store(lambda store: store.write(lambda connection: people.remember(connection, known)))
        count = iter(range(10**6))

        async def ours() -> None:
            ticket = page.rows[next(count) % 10].id
            note = AddNote(id=self.place.new_id(), ticket_id=ticket, words="客户已同意等待")
            done = await self.place.with_store(
                lambda store: store.perform(note, replica_data.ME, self.clock.now(), online=False)
            )
            assert done.act is not None, done.decision
            view.update_rows(await queue.some(QueueFilter(), [ticket]))
            paint_what_is_due()
            paint_row(view.list, view.model.row_of(ticket))

        async def floor() -> None:
            def commit() -> None:
                raw.execute("BEGIN IMMEDIATE")
                raw.execute("INSERT INTO bare (doc) VALUES (?)", ("x" * 1000,))
                raw.execute("COMMIT")

            await self.jobs.store(commit)
            bare.one(next(count) % 10)

        self.bench.add(6, "a note", await self._rounds(ours, floor, 30))
        await self.jobs.store(raw.close)
        view.close()
        bare.view.close()

    def _file(self) -> Any:
        made = dbapi2.connect(str(self.folder / "bare.db"), isolation_level=None, check_same_thread=False)
        for text in (f"PRAGMA key = \"x'{replica_data.KEY.hex()}'\"", "PRAGMA journal_mode = WAL"):
            made.execute(text)
        made.execute("PRAGMA synchronous = FULL")
        made.execute("CREATE TABLE bare (id INTEGER PRIMARY KEY, doc TEXT)")
        return made

    # --- rounds -----------------------------------------------------------------------------------------------------

    async def _rounds(self, ours: Step, floor: Step, rounds: int = 0) -> list[tuple[float, float]]:
        """(ours, floor) in milliseconds, in turn; the first round warms both and counts for neither."""
        pairs = [(await _timed(ours), await _timed(floor)) for _ in range((rounds or self.rounds) + 1)]
        return pairs[1:]

    async def _raw(self, read: Callable[[Connection], Any]) -> Any:
        return await self.jobs.store(lambda: self.place.store().read(lambda view: read(view.connection)))


def paint_row(view: Any, row: int) -> None:
    """One row, now."""
    view.viewport().repaint(view.visualRect(view.model().index(row, 0)))


def _shown(view: Any, size: QSize) -> Any:
    view.resize(size)
    view.show()
    view.grab()
    return view


async def _timed(work: Step) -> float:
    began = time.perf_counter()
    await work()
    return (time.perf_counter() - began) * 1000


def _frame(view: Any, value: int) -> float:
    began = time.perf_counter()
    view.verticalScrollBar().setValue(value * view.sizeHintForRow(0) if view.verticalScrollMode() else value)
    view.viewport().repaint()
    return (time.perf_counter() - began) * 1000


def _late(frames: Sequence[float]) -> float:
    return statistics.quantiles(frames, n=20)[-1]


def _raw_page(connection: Connection) -> int:
    rows = connection.exec_driver_sql(
        'SELECT t.doc, o.doc, p."values" FROM replica_ticket t JOIN replica_order o ON o.id = t.order_id '
        "JOIN replica_private p ON p.id = o.customer_id "
        "WHERE t.open = 1 AND t.team = 'hotline' ORDER BY t.due, t.urgency, t.id LIMIT ?",
        (FIRST_ROWS,),
    )
    return len([[json.loads(doc) for doc in row] for row in rows])


def _raw_case(connection: Connection, index: int) -> str:
    order = data.order(index)
    texts = []
    for table, key in (("ticket", data.ticket_id(index)), ("order", order.id), ("private", order.customer_id)):
        doc = connection.exec_driver_sql(f"SELECT doc FROM replica_{table} WHERE id = ?", (key,)).scalar_one()
        texts.append(json.dumps(json.loads(doc), indent=1, ensure_ascii=False))
    for table in ("ticket", "entry", "approval", "effect"):
        connection.exec_driver_sql(f"SELECT doc FROM replica_{table} WHERE order_id = ?", (order.id,)).all()
    return "\n".join(texts)


def _every_hit(reader: Reader, text: str) -> set[str]:
    """The numbers of all orders that answer a text."""
    found = search.find(reader.view.connection, text, search.MOST_CANDIDATES)
    return {order.number for order in reader.orders(order_id for order_id, _ in found).values()}


def _raw_look_up(connection: Connection, of: tuple[str, str, str]) -> list[str]:
    rows = connection.exec_driver_sql(
        "SELECT o.doc FROM search_token s JOIN replica_order o ON o.id = s.order_id "
        "WHERE s.kind = ? AND s.token >= ? AND s.token < ? LIMIT 20",
        of,
    )
    return [str(json.loads(doc)["number"]) for (doc,) in rows]
