"""Bars 10, 11 and 12 beside PouchDB: changes made offline, a colleague's change heard of, everybody told."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desk.bootstrap import Bench
from desk.services.jobs import run as run_loop
from desk.views.queue_view import QueueView
from tests.bench import centre_bars, connected_bars, prepared
from tests.bench.bars import Run
from tests.bench.connected_bars import Connected
from tests.bench.peers import pouch
from tests.bench.peers.beside import Beside, less_time
from tests.bench.peers.grounds import Grounds, application
from tests.bench.served import Client

PEER = "express-pouchdb"
OFFLINE, HEARD, DELIVERED = 3, 5, 3  # rounds
ACTS = 20  # of a round of what is heard


def measure(grounds: Grounds) -> list[Beside]:
    """In turns over one centre and one server of theirs."""
    with pouch.served(grounds.size) as peer:
        return [*_of_desks(grounds, peer, application()), _delivery(grounds, peer)]


def _of_desks(grounds: Grounds, peer: pouch.Pouch, app: QApplication) -> list[Beside]:
    lines: list[Beside] = []

    async def work(connected: Connected) -> int:
        async with connected.two() as (one, other, view):
            pushed = [(peer.push(), (await connected.back_online(one))[0]) for _ in range(OFFLINE)]
            lines.append(less_time(f"{grounds.size.offline:,} changes made offline", PEER, pushed, 10, 3))
            lines.extend(await _heard(peer, one, other, view))
        return 0

    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        run_loop(lambda: work(Connected(Run(), grounds.size, grounds.centre, Path(folder))), app)
    return lines


async def _heard(peer: pouch.Pouch, one: Bench, other: Bench, view: QueueView) -> list[Beside]:
    """A put to the peer's own store does what our act does (the line may be cut); one to its server does less."""
    rounds: list[tuple[list[float], list[float], list[float]]] = []
    for _ in range(HEARD):
        shown = [row.id for row in view.model.rows[:10]]
        ids = [shown[turn % len(shown)] for turn in range(ACTS)]
        own, straight = peer.heard(ids, own=True), peer.heard(ids, own=False)
        await connected_bars.warmed(one, view)
        ours = []
        for ticket in ids:
            ours.append(await connected_bars.heard(one, other, view, ticket))
            await connected_bars.all_sent(one)
        rounds.append((own, straight, ours))
    lines = []
    for at, place in ((0, "own store"), (1, "server")):
        for part, of in (("median", statistics.median), ("95 of 100", connected_bars.late)):
            what = f"a colleague's act, {part}, to painted; theirs put to the {place}, to the other's store"
            lines.append(less_time(what, PEER, [(of(one[at]), of(one[2])) for one in rounds], 11, 1.2, "ms"))
    return lines


def _delivery(grounds: Grounds, peer: pouch.Pouch) -> Beside:
    """The same number of listeners, twenty changes a second."""
    clients = [Client(grounds.centre, login) for login in prepared.logins(grounds.size)]
    count, pairs = len(clients) - 1, []
    for _ in range(DELIVERED):
        theirs, ours = peer.delivered(count), centre_bars.delivered(grounds.centre, clients)
        pairs.append((connected_bars.late(theirs), connected_bars.late(ours)))
    return less_time(f"delivery, 95 of 100, {count} listen, 20 changes a second", PEER, pairs, 12, 6, "ms")
