"""`python -m tests.bench.peers [--size small] [--peers tryton,kinto] [--docs]`: measure beside live peers.

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
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from desk.services.jobs import run as run_loop
from desk.services.rows import RowState
from tests.bench import centre_bars, prepared, report
from tests.bench.bars import Run
from tests.bench.connected_bars import Connected, in_step
from tests.bench.measure import ROOT, calibrate, machine
from tests.bench.peers import django_helpdesk, kinto, pouch_bars, tryton_bars
from tests.bench.peers.beside import Beside, less_time, more_a_second
from tests.bench.peers.grounds import Grounds, application
from tests.bench.peers.installed import VERSIONS, NotInstalled
from tests.bench.served import Client
from tests.bench.sizes import SIZES
from tests.helpers.silence import structlog_to_logging

ROUNDS, EACH = 5, 12
DOCUMENT = ROOT / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Measure, tell, and keep the table where asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    parser.add_argument("--peers", default=",".join(PEERS), help="names, with commas between; else all")
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args(arguments)
    names = options.peers.split(",")
    if unknown := set(names) - set(PEERS):
        parser.error(f"there is no peer {', '.join(sorted(unknown))}: {', '.join(PEERS)}")
    structlog_to_logging()
    size, about = SIZES[options.size], machine()
    about["size"] = f"{size.orders:,} orders, {size.tickets:,} open tickets (peers have the tickets alone)"
    print(", ".join(f"{key} {value}" for key, value in about.items()), flush=True)
    calibration = [calibrate()]
    with prepared.server() as server, ExitStack() as until:
        measured = _measured(names, Grounds(size, server, until))
        calibration.append(calibrate())
    said = ", ".join(f"{key} {value}" for key, value in about.items())
    told = f"Measured: {said}; calibration {statistics.median(calibration):.1f} ms. Peers: {_versions(measured)}."
    text = "\n".join([told, "", *_table(measured)])
    print(text)
    if options.docs:
        report.put_into(DOCUMENT, "peers", text)
    return 0


def _measured(names: Sequence[str], grounds: Grounds) -> dict[str, list[Beside]]:
    """The lines of each peer that could be installed."""
    measured: dict[str, list[Beside]] = {}
    for name in names:
        try:
            measured[name] = PEERS[name](grounds)
        except NotInstalled as lack:
            print(f"{name} is not measured: {lack}", flush=True)
    return measured


def _versions(names: Iterable[str]) -> str:
    return "; ".join(" ".join(VERSIONS[name]) for name in names) or "none"


def _table(measured: dict[str, list[Beside]]) -> list[str]:
    head = [
        "| bar | what | peer | peer | ours | ratio (least-greatest) | aim | |",
        "|---:|---|---|---:|---:|---|---|---|",
    ]
    return [*head, *(line.row() for line in itertools.chain(*measured.values()))]


def _helpdesk(grounds: Grounds) -> list[Beside]:
    """Bar 7: eight people create and take tickets."""
    size = grounds.size
    clients = [Client(grounds.centre, login) for login in prepared.logins(size)[: centre_bars.CLIENTS]]
    ours = centre_bars.Acts(size, clients, EACH)
    with django_helpdesk.served(grounds.server, size, len(clients)) as peer:
        created, taken = [], []
        for _ in range(ROUNDS):
            created.append((peer.create(EACH), ours.rate(ours.create)))
            taken.append((peer.take(EACH), ours.rate(ours.assign)))
    return [
        more_a_second("a ticket created, 8 people", "django-helpdesk", created, 7, 5),
        more_a_second("a ticket taken, 8 people", "django-helpdesk", taken, 7, 5),
    ]


def _kinto(grounds: Grounds) -> list[Beside]:
    """Bars 8 and 10: a fresh copy, a thousand changes made offline."""
    size, centre, app = grounds.size, grounds.centre, application()
    lines: list[Beside] = []

    async def work(connected: Connected, peer: kinto.Kinto) -> int:
        await connected.filled("warm")
        turns = itertools.count()
        filled = [(peer.pull(), (await connected.filled(f"beside{next(turns)}")).whole) for _ in range(3)]
        lines.append(less_time("a fresh copy of all, durable, indexed", "Kinto", filled, 8, 1.8))
        async with connected.desk("offline") as made:
            answer = await made.desk.session.sign_in(prepared.logins(size)[-1], prepared.PASSWORD)
            assert answer.status is RowState.DONE, answer
            await in_step(made)
            pushed = [(peer.push(), (await connected.back_online(made))[0]) for _ in range(3)]
        lines.append(less_time(f"{size.offline:,} changes made offline", "Kinto", pushed, 10, 3))
        return 0

    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder, kinto.served(grounds.server, size) as peer:
        run_loop(lambda: work(Connected(Run(), size, centre, Path(folder)), peer), app)
    return lines


PEERS: dict[str, Callable[[Grounds], list[Beside]]] = {
    "tryton": tryton_bars.measure,
    "django-helpdesk": _helpdesk,
    "kinto": _kinto,
    "pouch": pouch_bars.measure,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
