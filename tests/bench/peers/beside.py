"""Lines of a peer beside ours: medians of both, and how many times ours is faster in each round."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from tests.bench.bars import number

Pairs = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Beside:
    """One line: medians of peer and ours, and of the rounds' ratios. `aim` None: no bar was set for this."""

    bar: int
    what: str
    peer: str
    theirs: float
    ours: float
    ratios: Sequence[float]
    unit: str
    aim: float | None

    def row(self) -> str:
        """Of the table."""
        ratio = statistics.median(self.ratios)
        aim = "" if self.aim is None else f">= {self.aim:g}"
        met = "" if self.aim is None else "met" if ratio >= self.aim else "**missed**"
        return (
            f"| {self.bar} | {self.what} | {self.peer} | {number(self.theirs)} {self.unit} | {number(self.ours)} "
            f"{self.unit} | {ratio:.3g} ({min(self.ratios):.3g}-{max(self.ratios):.3g}) | {aim} | {met} |"
        )


def less_time(what: str, peer: str, pairs: Pairs, bar: int, aim: float | None, unit: str = "s") -> Beside:
    """From rounds of (theirs, ours) in `unit`; told at once."""
    return _told(what, peer, pairs, bar, aim, unit, [theirs / ours for theirs, ours in pairs])


def more_a_second(what: str, peer: str, pairs: Pairs, bar: int, aim: float | None) -> Beside:
    """From rounds of (theirs, ours), each so many a second; told at once."""
    return _told(what, peer, pairs, bar, aim, "/s", [ours / theirs for theirs, ours in pairs])


def _told(
    what: str, peer: str, pairs: Pairs, bar: int, aim: float | None, unit: str, ratios: Sequence[float]
) -> Beside:
    theirs, ours = (statistics.median(values) for values in zip(*pairs, strict=True))
    line = Beside(bar, what, peer, theirs, ours, ratios, unit, aim)
    print(line.row(), flush=True)
    return line
