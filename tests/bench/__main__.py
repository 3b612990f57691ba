"""`python -m tests.bench [--size tiny|small|full] [--bars 1,3,7] [--rounds N] [--docs]`: measure the bars and tell."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.bench import centre_bars, desk_bars, prepared, report, start_bar
from tests.bench.bars import BARS, Run
from tests.bench.measure import ROOT, calibrate, machine
from tests.bench.sizes import SIZES
from tests.helpers.silence import structlog_to_logging

RESULTS = ROOT / ".data" / "bench"
DOCUMENT = ROOT / "docs" / "performance.md"


def main(arguments: list[str]) -> int:
    """Run what was asked for; the results stay in .data/bench."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", choices=sorted(SIZES), default="small")
    parser.add_argument("--bars", default="", help="numbers, with commas between; else all")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--docs", action="store_true", help="put the table into docs/performance.md")
    options = parser.parse_args(arguments)
    wanted = {int(one) for one in options.bars.split(",") if one} or set(BARS)
    structlog_to_logging()
    size, began = SIZES[options.size], time.perf_counter()
    about = machine() | {"size": f"{size.orders:,} orders, {size.tickets:,} open tickets, {size.clients} workstations"}
    print(", ".join(f"{key} {value}" for key, value in about.items()), flush=True)
    run, calibration = Run(), [calibrate()]
    if wanted & {1, 2, 3, 4, 5, 6}:
        desk_bars.measure(run, size, prepared.replica(size), options.rounds, wanted)
        calibration.append(calibrate())
    if 13 in wanted:
        start_bar.measure(run, size, prepared.replica(size), options.rounds)
    if wanted & {7, 8, 9, 10, 11, 12, 14}:
        centre_bars.measure(run, size, wanted)
        calibration.append(calibrate())
    about["took"] = f"{time.perf_counter() - began:.0f} s"
    print(f"calibration {statistics.median(calibration):.1f} ms, took {about['took']}")
    print(f"kept in {report.save(run.results, about, calibration, RESULTS)}")
    if options.docs:
        report.put_into(DOCUMENT, f"bars {size.name}", report.markdown(run.results, about, calibration))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
