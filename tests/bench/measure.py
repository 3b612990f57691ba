"""Rounds of ours and floor in turn, their medians and ratio; the machine they ran on and how fast it was meanwhile.

Absolute times are worth little on a shared machine; a ratio of two times taken one after the other moves little.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 7
_CALIBRATION = 300_000
Timed = Callable[[], float]  # one round: seconds (or a rate, where `more_is_better`)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line: medians of both sides and of the rounds' ratios. `unit` ms, or /s where more is better."""

    name: str
    ours: float
    floor: float
    ratio: float
    spread: tuple[float, float]  # least and greatest ratio of a round
    unit: str
    against: str
    note: str = ""


@dataclass(slots=True)
class Bench:
    """Collects lines; `calibration` holds the fixed loop's milliseconds, taken beside every line."""

    rounds: int = ROUNDS
    lines: list[Measured] = field(default_factory=list)
    calibration: list[float] = field(default_factory=list)
    told: Callable[[Measured], None] = lambda line: None

    def times(self, name: str, ours: Timed, floor: Timed, against: str, note: str = "") -> None:
        """Seconds of both, in turn; the ratio is ours / floor: 1 is as fast as can be."""
        pairs = self._rounds(ours, floor)
        ratios = [mine / bare for mine, bare in pairs]
        self._keep(name, [(mine * 1000, bare * 1000) for mine, bare in pairs], ratios, "ms", against, note)

    def rates(self, name: str, ours: Timed, floor: Timed, against: str, note: str = "") -> None:
        """Things a second of both, in turn; the ratio is ours / floor: 1 is as many as can be."""
        pairs = self._rounds(ours, floor)
        self._keep(name, pairs, [mine / bare for mine, bare in pairs], "/s", against, note)

    def _rounds(self, ours: Timed, floor: Timed) -> list[tuple[float, float]]:
        self.calibration.append(calibrate())
        ours(), floor()  # the first round warms caches on both sides and counts for neither
        return [(ours(), floor()) for _ in range(self.rounds)]

    def _keep(
        self, name: str, pairs: list[tuple[float, float]], ratios: list[float], unit: str, against: str, note: str
    ) -> None:
        line = Measured(
            name=name,
            ours=statistics.median(mine for mine, _ in pairs),
            floor=statistics.median(bare for _, bare in pairs),
            ratio=statistics.median(ratios),
            spread=(min(ratios), max(ratios)),
            unit=unit,
            against=against,
            note=note,
        )
        self.lines.append(line)
        self.told(line)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def calibrate() -> float:
    """Milliseconds of a fixed loop: how fast this machine is right now."""

    def loop() -> None:
        total = 0
        for number in range(_CALIBRATION):
            total += number & 7

    return min(seconds(loop) for _ in range(3)) * 1000


def machine() -> dict[str, str]:
    """Where it ran, and of which commit."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": _commit(),
        "system": f"{platform.system()} {platform.release()}",
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        "sqlite": dbapi2.sqlite_version,
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def _commit() -> str:
    def git(*arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no")
    return (git("rev-parse", "--short", "HEAD") or "unknown") + ("+" if changed else "")
