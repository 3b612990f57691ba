"""A world from its first order to its last question: what the tests of the same answer look at afterwards."""

from __future__ import annotations

import contextlib
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desk.storage import replica
from desk.wire.canonical import digest
from desk.wire.policy_seed import load_seed
from tests.helpers import silence
from tests.helpers.answers.desks import Desk, move_in
from tests.helpers.answers.findings import Findings
from tests.helpers.answers.inquiry import performed, put, questions
from tests.helpers.answers.world import World
from tests.helpers.live import HandClock, live_centre

# A Friday in Shanghai: late in the evening, before noon, at dawn, in the afternoon.
BEGIN = tuple(datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in (12, 3, 21, 7))
_PERFORMED = 10


@dataclass(slots=True, repr=False)
class Lived:
    """What was found, and what should not have been."""

    world: World
    findings: Findings = field(default_factory=Findings)
    unlike: list[str] = field(default_factory=list)  # verdicts that were another than the desk had said
    adrift: list[str] = field(default_factory=list)  # desks whose replica is not what a fresh one would be

    def ask(self) -> None:
        """One question on each case, at this moment."""
        with self.world.reading() as book:
            asked = questions(self.world, book, self.world.around(book))
        for question, here, _ in put(self.world.house, asked):
            self.findings.note(question, here)

    def do(self) -> None:
        """Some acts for real, each answered by the desk first."""
        with self.world.reading() as book:
            asked = questions(self.world, book, self.world.around(book), later=(0,))
        for question in asked[:_PERFORMED]:
            different = performed(self.world, question)
            if different:
                self.unlike.append(different)


def live_through(url: str, folder: Path, variant: int, size: int, waves: int) -> Lived:
    """World number `variant` of `size` orders, from its founding to its last question."""
    silence.structlog_to_logging()
    clock = HandClock(BEGIN[variant % len(BEGIN)])
    with contextlib.ExitStack() as desks, live_centre(url, folder, clock) as centre:
        house = move_in(centre, folder, lambda store: desks.callback(store.close))
        world = World(house=house, rng=random.Random(variant), size=size, variant=variant, policy=load_seed())
        found = Lived(world)
        for _ in world.live(waves):
            found.ask()
        found.do()
        for desk in house.desks.values():
            desk.pull()
        found.adrift = [desk.name for desk in house.desks.values() if not _in_step(desk)]
    return found


def _in_step(desk: Desk) -> bool:
    """Whether the replica, pulled piece by piece, is what the centre would give to a new desk of that scope."""
    fresh: dict[str, list[list[object]]] = {}
    for row in desk.cycle.net.snapshot().rows:
        values = [row.values] if row.kind == "private" else []
        fresh.setdefault(row.kind, []).append([row.id, row.doc, *values])
    here = desk.store.read(lambda view: {kind: rows for kind, rows in replica.dump(view.connection).items() if rows})
    return {kind: digest(rows) for kind, rows in here.items()} == {
        kind: digest(sorted(rows, key=lambda row: str(row[0]))) for kind, rows in fresh.items()
    }
