"""Cost against size, from ten thousand orders to a million: `python -m tests.bench.growth [--most N]`, drawn as SVG.

Each size is a replica of its own, a tenth of its orders with an open ticket.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desk.services.jobs import run
from desk.services.lookup import Lookup
from desk.services.queue import Queue, QueueFilter
from desk.services.workspace import Workspace
from desk.storage.desk_store import DeskStore
from tests.bench import data, prepared, replica_data
from tests.bench.bars import Run
from tests.bench.desk_bars import Desk
from tests.bench.measure import ROOT, machine
from tests.bench.probes import kinds_of_probes
from tests.bench.sizes import Size
from tests.helpers.silence import structlog_to_logging

SIZES = (10_000, 30_000, 100_000, 300_000, 1_000_000)
ROUNDS = 15
PICTURE = ROOT / "docs" / "performance-growth.svg"
COLOURS = ("#2563eb", "#dc2626", "#059669", "#d97706", "#7c3aed", "#475569")
Costs = dict[str, float]  # milliseconds by what was done


def main(arguments: list[str]) -> int:
    """Measure every size up to the greatest asked for, and draw what is known."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.growth", description=__doc__)
    parser.add_argument("--most", type=int, default=100_000)
    options = parser.parse_args(arguments)
    structlog_to_logging()
    found: dict[int, Costs] = {}
    for orders in (one for one in SIZES if one <= options.most):
        found[orders] = _measured(Size(name=f"grow{orders}", orders=orders, tickets=orders // 10, clients=0))
        print(orders, json.dumps(found[orders]), flush=True)
    about = machine()
    told = f"{about['at'][:10]}, commit {about['commit']}, {about['processor']}, {about['cores']} cores"
    PICTURE.write_text(drawn(found, told), encoding="utf-8")
    print(f"drawn in {PICTURE.relative_to(ROOT)}")
    return 0


def _measured(size: Size) -> Costs:
    costs: Costs = {}
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        path = Path(folder) / "desk.db"
        shutil.copy(prepared.replica(size), path)
        store = DeskStore(path, replica_data.KEY, replica_data.SCOPES)
        app = QApplication.instance() or QApplication([])
        assert isinstance(app, QApplication)
        run(lambda: _asked(Desk(Run(), size, Path(folder), store, ROUNDS), costs), app)
    return costs


async def _asked(desk: Desk, costs: Costs) -> int:
    queue, lookup, workspace = Queue(desk.place), Lookup(desk.place), Workspace(desk.place)
    tickets = [data.ticket_id(index * desk.size.tickets // ROUNDS) for index in range(ROUNDS)]
    try:
        costs["page of the queue"] = await _median([lambda: queue.page(QueueFilter())] * ROUNDS)
        costs["numbers of the tabs"] = await _median([queue.counts] * ROUNDS)
        costs["a case"] = await _median([lambda one=one: workspace.case(one) for one in tickets])
        for kind, probes in kinds_of_probes(desk.size.orders, ROUNDS).items():
            asked = [lambda one=one: lookup.here(one.typed.text) for one in probes]
            costs[f"look-up: {kind}"] = await _median(asked)
    finally:
        await desk.jobs.store(desk.profile.close)
        await desk.jobs.close()
    return 0


async def _median(works: Sequence[object]) -> float:
    spent = []
    for work in works:
        began = time.perf_counter()
        await work()  # type: ignore[operator]
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


# --- the picture ----------------------------------------------------------------------------------------------------


WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 890, 420, 60, 46, 280, 50


def drawn(found: Mapping[int, Costs], told: str) -> str:
    """Both axes logarithmic: a level line is a cost that does not grow."""
    values = [value for costs in found.values() for value in costs.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    least, most = math.log10(min(found)), math.log10(max(found))
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM

    def x(orders: float) -> float:
        return LEFT + (math.log10(orders) - least) / max(most - least, 0.1) * (right - LEFT)

    def y(value: float) -> float:
        return bottom - (math.log10(value) - low) / (high - low) * (bottom - TOP)

    parts = [
        _text(LEFT, 20, "What a person waits for at a desk, against its orders", size=15),
        _text(LEFT, 37, f"median milliseconds, without painting; {told}"),
        _text((LEFT + right) / 2, HEIGHT - 10, "orders", anchor="middle"),
    ]
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<line x1="{LEFT}" y1="{at:.1f}" x2="{right}" y2="{at:.1f}" stroke="#e5e7eb"/>')
        parts.append(_text(LEFT - 8, at + 4, f"{10**power:g} ms", anchor="end"))
    parts += [_text(x(orders), bottom + 18, f"{orders:,}", anchor="middle") for orders in found]
    last = found[max(found)]
    labels = _apart({name: y(value) for name, value in last.items()})
    for colour, name in zip(COLOURS, last, strict=False):
        points = [(x(orders), y(costs[name])) for orders, costs in found.items()]
        line = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="{colour}"/>' for across, down in points]
        parts.append(_text(right + 10, labels[name] + 4, f"{name} ({last[name]:.1f} ms)", colour=colour))
    return "\n".join([_OPENING, *parts, "</svg>", ""])


_OPENING = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">\n'
    f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
)


def _text(x: float, y: float, said: str, anchor: str = "start", colour: str = "#374151", size: int = 12) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f'<text {place} fill="{colour}">{said}</text>'


def _apart(wanted: Mapping[str, float]) -> dict[str, float]:
    """Heights of labels, none on top of another."""
    placed: dict[str, float] = {}
    at = -1000.0
    for name, height in sorted(wanted.items(), key=lambda pair: pair[1]):
        at = max(height, at + 15)
        placed[name] = at
    return placed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
