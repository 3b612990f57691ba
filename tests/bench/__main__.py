"""`python -m tests.bench [desk|centre] [--orders N] [--tickets N] [--rounds N] [--docs]`: measure and tell."""

from __future__ import annotations

import argparse
import os
import statistics
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import central_side, desk_side, report
from tests.bench.measure import ROOT, ROUNDS, Bench, machine
from tests.helpers.silence import structlog_to_logging

RESULTS = ROOT / ".data" / "bench"
DOCUMENT = ROOT / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Run what was asked for; the results stay in .data/bench."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="*", choices=["desk", "centre", []], help="one side only")
    parser.add_argument("--orders", type=int, default=100_000)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args(arguments)
    structlog_to_logging()
    about = machine()
    print(", ".join(f"{key} {value}" for key, value in about.items()), flush=True)
    bench = Bench(rounds=options.rounds, told=lambda line: print(report.row(line), flush=True))
    sides = options.what or ["desk", "centre"]
    if "desk" in sides:
        desk_side.measure(bench, options.orders, options.tickets)
    if "centre" in sides:
        centre(bench, options.orders)
    print(f"calibration {statistics.median(bench.calibration):.1f} ms")
    print(f"kept in {report.save(bench, about, RESULTS).relative_to(ROOT)}")
    if options.docs:
        report.put_into(DOCUMENT, report.markdown(bench.lines, about, bench.calibration))
    return 0


def centre(bench: Bench, orders: int) -> None:
    """Both databases, one after the other."""
    with central_side.engines() as urls:
        for name, url in urls.items():
            with central_side.opened(url) as service:
                central_side.measure_commands(bench, name, service)
                central_side.fill_rest(service, orders)
                central_side.measure_look_up(bench, name, service, orders)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
