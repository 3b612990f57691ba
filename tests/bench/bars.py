"""The fourteen bars: what a person feels, what it is measured against, and what the ratio has to be.

A bar has one ratio in a run without peers: ours / floor of the same run, which is at least 1 for times; for rates the
share of the floor. Bars whose aim is against a peer have none here (`aim` None): `tests.bench.peers` says those.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`aim`: the greatest ratio (`least` False) or the least (`least` True) that meets it."""

    number: int
    what: str
    against: str
    aim: float | None = None
    least: bool = False


BARS = {
    bar.number: bar
    for bar in (
        Bar(number=1, what="open the largest queue, to painted", against="the same rows by raw SQL, bare list", aim=2),
        Bar(number=2, what="open a ticket, to painted", against="its documents by raw SQL, as plain text"),
        Bar(number=3, what="look-up, to painted", against="one range and its orders by raw SQL, bare list"),
        Bar(number=4, what="another filter, to painted", against="reset of a bare table of all rows", aim=2),
        Bar(number=5, what="scroll, 95th frame of 100", against="the same step of a bare list in memory", aim=1.6),
        Bar(number=6, what="act, to durable and painted", against="one FULL commit and one row painted", aim=4),
        Bar(number=7, what="centre, 8 clients", against="pgbench: one row a commit", aim=0.03, least=True),
        Bar(number=8, what="fresh replica, rows a second", against="the same inserted bare", aim=0.6, least=True),
        Bar(number=9, what="sign-in on an empty desk to the first page", against="sign-in to everything"),
        Bar(number=10, what="changes made offline, to all answered", against="commits of 50 bare rows at the centre"),
        Bar(number=11, what="a colleague's act, to painted here", against="three commits, a wake-up, one row painted"),
        Bar(number=12, what="delivery to all workstations, 95 of 100", against="commit and NOTIFY, 95 of 100"),
        Bar(number=13, what="start to a painted queue", against="a bare window of PySide6", aim=2.3),
        Bar(number=14, what="longest stall of the screen while much comes in", against="one full page painted", aim=2),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One line: medians of ours and floor, and of the rounds' ratios. `unit`: ms, s or /s; `note`: what was found."""

    bar: int
    part: str
    ours: float
    floor: float
    ratio: float
    spread: tuple[float, float]
    unit: str = "ms"
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the bar's aim is met; None where it has none against the floor."""
        bar = BARS[self.bar]
        if bar.aim is None:
            return None
        return self.ratio >= bar.aim if bar.least else self.ratio <= bar.aim


@dataclass(slots=True)
class Run:
    """Collects results and tells each."""

    results: list[Result] = field(default_factory=list)

    def add(
        self, bar: int, part: str, pairs: Sequence[tuple[float, float]], unit: str = "ms", note: str = ""
    ) -> Result:
        """From rounds of (ours, floor), in `unit`."""
        ratios = [ours / floor for ours, floor in pairs]
        made = Result(
            bar=bar,
            part=part,
            ours=statistics.median(ours for ours, _ in pairs),
            floor=statistics.median(floor for _, floor in pairs),
            ratio=statistics.median(ratios),
            spread=(min(ratios), max(ratios)),
            unit=unit,
            note=note,
        )
        self.results.append(made)
        print(line(made), flush=True)
        return made


def line(one: Result) -> str:
    """For the terminal."""
    bar = BARS[one.bar]
    met = {True: "met", False: "MISSED", None: ""}[one.met]
    what = f"{bar.what}{f': {one.part}' if one.part else ''}"
    return (
        f"{one.bar:>2} {what:60} {number(one.ours):>9} {one.unit:2} floor {number(one.floor):>9}  x{one.ratio:<7.3g}"
        f" ({one.spread[0]:.3g}-{one.spread[1]:.3g}) {met} {one.note}"
    )


def number(value: float) -> str:
    """As many figures as say something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(results: Sequence[Result]) -> list[str]:
    """The lines of the table in docs/performance.md."""
    made = [
        "| bar | what | ours | floor | ratio (least-greatest) | aim | | floor is |",
        "|---:|---|---:|---:|---|---|---|---|",
    ]
    for one in results:
        bar = BARS[one.bar]
        aim = "" if bar.aim is None else f"{'>=' if bar.least else '<='} {bar.aim:g}"
        met = {True: "met", False: "**missed**", None: ""}[one.met]
        what = f"{bar.what}{f': {one.part}' if one.part else ''}{f' ({one.note})' if one.note else ''}"
        made.append(
            f"| {one.bar} | {what} | {number(one.ours)} {one.unit} | {number(one.floor)} {one.unit} "
            f"| {one.ratio:.3g} ({one.spread[0]:.3g}-{one.spread[1]:.3g}) | {aim} | {met} | {bar.against} |"
        )
    return made
