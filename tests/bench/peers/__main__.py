"""`python -m tests.bench.peers [--size small] [--peers kinto,django-helpdesk] [--docs]`: measure beside live peers.

Peer and ours take turns in one run; a ratio is peer / ours for times and ours / peer for rates, so that more is better.
Both must give an answer: a copy that lacks a ticket, a form that is refused or an act without a verdict stops the run.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desk.services.jobs import run as run_loop
from desk.services.rows import RowState
from tests.bench import centre_bars, prepared, report
from tests.bench.bars import Run, number
from tests.bench.connected_bars import Connected, in_step
from tests.bench.measure import ROOT, calibrate, machine
from tests.bench.peers import django_helpdesk, kinto
from tests.bench.peers.installed import VERSIONS, NotInstalled
from tests.bench.served import Centre, Client, serving
from tests.bench.sizes import SIZES, Size
from tests.helpers.silence import structlog_to_logging

ROUNDS, EACH = 5, 12
DOCUMENT = ROOT / "docs" / "performance.md"


@dataclass(frozen=True, slots=True)
class Beside:
    """One line: medians of peer and ours, and of the rounds' ratios."""

    bar: int
    what: str
    peer: str
    theirs: float
    ours: float
    ratios: Sequence[float]
    unit: str
    aim: float

    def row(self) -> str:
        """Of the table."""
        ratio = statistics.median(self.ratios)
        met = "met" if ratio >= self.aim else "**missed**"
        return (
            f"| {self.bar} | {self.what} | {self.peer} | {number(self.theirs)} {self.unit} | {number(self.ours)} "
            f"{self.unit} | {ratio:.3g} ({min(self.ratios):.3g}-{max(self.ratios):.3g}) | >= {self.aim:g} | {met} |"
        )


def main(arguments: list[str]) -> int:
    """Measure, tell, and keep the table where asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    parser.add_argument("--peers", default="kinto,django-helpdesk")
    parser.add_argument("--docs", action="store_true")
    options = parser.parse_args(arguments)
    structlog_to_logging()
    size, about = SIZES[options.size], machine()
    about["size"] = f"{size.orders:,} orders, {size.tickets:,} open tickets (peers have the tickets alone)"
    print(", ".join(f"{key} {value}" for key, value in about.items()), flush=True)
    lines: list[Beside] = []
    calibration = [calibrate()]
    with prepared.server() as server, serving(size, server) as centre:
        for name in options.peers.split(","):
            try:
                lines += _measured(name, server, centre, size)
            except NotInstalled as lack:
                print(f"{name} is not measured: {lack}", flush=True)
        calibration.append(calibrate())
    said = ", ".join(f"{key} {value}" for key, value in about.items())
    versions = "; ".join(" ".join(VERSIONS[name]) for name in options.peers.split(","))
    head = [
        "| bar | what | peer | peer | ours | ratio (least-greatest) | aim | |",
        "|---:|---|---|---:|---:|---|---|---|",
    ]
    told = [f"Measured: {said}; calibration {statistics.median(calibration):.1f} ms. Peers: {versions}.", "", *head]
    text = "\n".join([*told, *(line.row() for line in lines)])
    print(text)
    if options.docs:
        report.put_into(DOCUMENT, "peers", text)
    return 0


def _measured(name: str, server: prepared.Server, centre: Centre, size: Size) -> list[Beside]:
    if name == "django-helpdesk":
        return _helpdesk(server, centre, size)
    if name == "kinto":
        return _kinto(server, centre, size)
    raise SystemExit(f"there is no peer {name!r}: kinto, django-helpdesk")


def _told(line: Beside) -> Beside:
    print(line.row(), flush=True)
    return line


def _helpdesk(server: prepared.Server, centre: Centre, size: Size) -> list[Beside]:
    """Bar 7: eight people create and take tickets."""
    clients = [Client(centre, login) for login in prepared.logins(size)[: centre_bars.CLIENTS]]
    ours = centre_bars.Acts(size, clients, EACH)
    with django_helpdesk.served(server, size, len(clients)) as peer:
        created, taken = [], []
        for _ in range(ROUNDS):
            created.append((peer.create(EACH), ours.rate(ours.create)))
            taken.append((peer.take(EACH), ours.rate(ours.assign)))
    return [
        _told(_rate("a ticket created, 8 people", "django-helpdesk", created, 7, 5)),
        _told(_rate("a ticket taken, 8 people", "django-helpdesk", taken, 7, 5)),
    ]


def _kinto(server: prepared.Server, centre: Centre, size: Size) -> list[Beside]:
    """Bars 8 and 10: a fresh copy, a thousand changes made offline."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    lines: list[Beside] = []

    async def work(connected: Connected, peer: kinto.Kinto) -> int:
        await connected.filled("warm")
        turns = itertools.count()
        filled = [(peer.pull(), (await connected.filled(f"beside{next(turns)}")).whole) for _ in range(3)]
        lines.append(_told(_time("a fresh copy of all, durable, indexed", "Kinto", filled, 8, 1.8)))
        async with connected.desk("offline") as made:
            answer = await made.desk.session.sign_in(prepared.logins(size)[-1], prepared.PASSWORD)
            assert answer.status is RowState.DONE, answer
            await in_step(made)
            pushed = [(peer.push(), (await connected.back_online(made))[0]) for _ in range(3)]
        lines.append(_told(_time(f"{size.offline:,} changes made offline", "Kinto", pushed, 10, 3)))
        return 0

    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder, kinto.served(server, size) as peer:
        run_loop(lambda: work(Connected(Run(), size, centre, Path(folder)), peer), app)
    return lines


def _time(what: str, peer: str, pairs: Sequence[tuple[float, float]], bar: int, aim: float) -> Beside:
    theirs, ours = (statistics.median(values) for values in zip(*pairs, strict=True))
    return Beside(bar, what, peer, theirs, ours, [one / other for one, other in pairs], "s", aim)


def _rate(what: str, peer: str, pairs: Sequence[tuple[float, float]], bar: int, aim: float) -> Beside:
    theirs, ours = (statistics.median(values) for values in zip(*pairs, strict=True))
    return Beside(bar, what, peer, theirs, ours, [other / one for one, other in pairs], "/s", aim)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
