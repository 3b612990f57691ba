"""Bars 1 and 3 beside Tryton's server: our screen to painted, its answer alone; the same tickets on both sides."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from desk.services.jobs import run as run_loop
from desk.services.lookup import Lookup
from desk.services.queue import Queue, QueueFilter
from desk.services.rows import HitRow
from desk.storage.desk_store import DeskStore
from desk.views.lookup_view import LookupView
from desk.views.queue_view import QueueView
from tests.bench import prepared, replica_data
from tests.bench.bare_list import paint
from tests.bench.bars import Run
from tests.bench.desk_bars import LIST, PAGE, Desk
from tests.bench.peers import documents, tryton
from tests.bench.peers.beside import Beside, less_time
from tests.bench.peers.grounds import Grounds, application
from tests.bench.probes import Wanted, kinds_of_probes
from tests.bench.sizes import Size

ROUNDS, MOST, HITS = 9, 200, 20
PEER = "Tryton, its server's answer alone, unpainted"


def measure(grounds: Grounds) -> list[Beside]:
    """On a copy of the prepared replica."""
    size, app = grounds.size, application()
    lines: list[Beside] = []

    async def work(screens: Screens) -> int:
        try:
            lines.append(await screens.queue())
            lines.extend([await screens.look_up(kind, of) for kind, of in kinds_of_probes(size.tickets).items()])
        finally:
            await screens.close()
        return 0

    replica = prepared.replica(size)
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder, tryton.served(grounds.server, size) as peer:
        store = DeskStore(Path(shutil.copy(replica, Path(folder) / "desk.db")), replica_data.KEY, replica_data.SCOPES)
        run_loop(lambda: work(Screens(size, Path(folder), store, peer)), app)
    return lines


class Screens:
    """A desk with everything in its replica, beside the peer; a difference of answers stops the run."""

    def __init__(self, size: Size, folder: Path, store: DeskStore, peer: tryton.Tryton) -> None:
        self._desk, self._peer, self._size = Desk(Run(), size, folder, store, ROUNDS), peer, size
        self._tickets = {one["tid"]: one for one in documents.documents(size.tickets)}
        self._orders = {one["order_no"]: one for one in self._tickets.values()}

    async def close(self) -> None:
        """The file and its threads."""
        await self._desk.jobs.store(self._desk.profile.close)
        await self._desk.jobs.close()

    # --- 1 ----------------------------------------------------------------------------------------------------------

    async def queue(self) -> Beside:
        """The largest queue, from nothing shown to its first page painted; the peer reads fewer rows than we paint."""
        queue, view, pairs = Queue(self._desk.place), QueueView(), []
        view.resize(LIST)
        view.show()
        view.grab()
        for _ in range(ROUNDS + 1):
            view.model.show(())  # nothing that is shown may be kept
            began = time.perf_counter()
            page = await queue.page(QueueFilter())
            view.open_page(page)
            paint(view.list)
            ours = _milliseconds(began)
            began = time.perf_counter()
            rows, total = self._peer.open_queue()
            pairs.append((_milliseconds(began), ours))
            assert total == page.total == self._size.tickets, (total, page.total)
            numbers = [self._tickets[row.id]["number"] for row in page.rows]
            assert [row["number"] for row in rows] == numbers[: tryton.SHOWN], "other rows, or in another order"
        view.close()
        return less_time(f"open the largest queue, {self._size.tickets:,} tickets", PEER, pairs[1:], 1, None, "ms")

    # --- 3 ----------------------------------------------------------------------------------------------------------

    async def look_up(self, kind: str, probes: Sequence[Wanted]) -> Beside:
        """Twenty texts, from typed to their orders painted; ours looks through every order, the peer has tickets."""
        lookup, view, pairs = Lookup(self._desk.place), LookupView(), []
        view.resize(PAGE)
        view.show()
        view.begin()
        view.grab()
        for wanted in [probes[0], *probes]:  # the first warms both
            text = wanted.typed.text
            began = time.perf_counter()
            hits = await lookup.here(text, MOST)
            view.show_hits(hits[:HITS])
            view.grab()
            ours = _milliseconds(began)
            began = time.perf_counter()
            rows, count = self._peer.look_up(kind, text, MOST)
            pairs.append((_milliseconds(began), ours))
            self._same(text, hits, [row["reference"] for row in rows], count)
        view.close()
        return less_time(f"look-up, {kind}, {self._size.orders:,} orders", PEER, pairs[1:], 3, 3, "ms")

    def _same(self, text: str, hits: Sequence[HitRow], theirs: Sequence[str], count: int) -> None:
        """Both found the tickets of the orders in which the text stands, all of them where there are not too many."""
        true = {
            number
            for number, one in self._orders.items()
            if text in one["order_no"] or text in one["phone"] or text in one["name"]
        }
        ours = {hit.number for hit in hits} & set(self._orders)
        assert true, text
        assert count == min(MOST, len(true)), f"{text}: the peer found {count} of {len(true)}"
        assert len(theirs) == min(tryton.SHOWN, count), f"{text}: the peer shows {len(theirs)} of {count}"
        assert true.issuperset(theirs), f"{text}: the peer found what is not one"
        assert ours <= true, f"{text}: we found what is not one"
        assert ours == true or len(hits) == MOST, f"{text}: we found {len(ours)} of {len(true)}"


def _milliseconds(began: float) -> float:
    return (time.perf_counter() - began) * 1000
