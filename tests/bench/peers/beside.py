"""Lines of a peer beside ours: medians of both, and how many times ours is faster in each round."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtWidgets import QApplication

from desk.views import theme
from tests.bench import prepared
from tests.bench.bars import number
from tests.bench.served import Centre, serving
from tests.bench.sizes import Size

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


class Grounds:
    """Where a run measures: the database server for all, and the centre for those who need it."""

    def __init__(self, size: Size, server: prepared.Server, until: ExitStack) -> None:
        self.size, self.server, self._until = size, server, until

    @cached_property
    def centre(self) -> Centre:
        """Served from when it is first asked for to the end of the run."""
        return self._until.enter_context(serving(self.size, self.server))


def application() -> QApplication:
    """The one of this process, dressed as a desk is."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    return app
