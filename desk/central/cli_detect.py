"""`desk-central detect`: what detection finds over all orders, and what other limits would have found."""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desk.central.cli_common import founded, say
from desk.central.detecting import Detector, detector_of
from desk.central.findings import Listed, Raised, Rehearsal, changed, rehearse, standing
from desk.central.service import Service
from desk.domain.policy import Policy

_MOST_SHOWN = 20  # order numbers on the screen; the file has all


def add_commands(commands: Any) -> None:
    """Add it to the parser."""
    parser = commands.add_parser("detect", help="what the rules of detection find over all orders, with reasons")
    parser.add_argument("--csv", type=Path, help="write all of it into this file")
    parser.add_argument(
        "--raise", dest="raises", action="store_true", help="raise and close tickets now, as serve does"
    )
    parser.add_argument("--dry-run", action="store_true", help="what the rules would have raised, with other limits")
    parser.add_argument("--rule", action=_Rule, metavar="KEY", help="dry run: the rule that the next --set are of")
    parser.add_argument("--set", action=_Set, metavar="LIMIT=N", dest="settings", help="dry run: days=5, on=no, ...")
    parser.add_argument("--days", type=int, default=30, help="dry run: how far back (default: 30)")
    parser.set_defaults(run=_detect, settings=None, rule=None)


class _Rule(argparse.Action):
    """--rule: the ones that follow are its --set."""

    def __call__(self, parser: Any, options: Any, values: Any, option_string: str | None = None) -> None:
        options.rule = values
        options.settings = {**(options.settings or {}), values: {}}


class _Set(argparse.Action):
    """--set limit=number, of the last --rule."""

    def __call__(self, parser: Any, options: Any, values: Any, option_string: str | None = None) -> None:
        name, _, value = str(values).partition("=")
        if options.rule is None or not value:
            parser.error("--set LIMIT=N comes after the --rule that it is of")
        options.settings[options.rule][name] = value


def _detect(options: argparse.Namespace) -> int:
    if options.days < 1:
        raise ValueError("--days: at least one")
    if options.settings and not options.dry_run:
        raise ValueError("--rule and --set are for a --dry-run; limits are changed with: desk-central policy publish")
    with founded(options) as service:
        now = service.store.clock()
        began = time.monotonic()
        policy = _policy(service)
        if options.dry_run:
            other = changed(policy, options.settings or {})
            made = rehearse(service.store, policy, other, now - timedelta(days=options.days), now)
            _tell_rehearsal(made, options, time.monotonic() - began)
        else:
            _list(service, policy, options, now, began)
    return 0


def _policy(service: Service) -> Policy:
    with service.store.reading() as connection:
        head = service.store.head_policy(connection)
    if head is None:
        raise ValueError("no policy is published yet")
    return head


def _list(service: Service, policy: Policy, options: argparse.Namespace, now: datetime, began: float) -> None:
    detector = detector_of(service)
    _go_through(detector, policy, now)
    if options.raises:
        looked = detector.run_dry(now)
        detector.leave()
        say(f"{looked.raised} raised, {looked.noted} noted, {looked.cleared} went away")
    found = standing(service.store, policy, now)
    seconds = time.monotonic() - began
    _table(("rule", "order", "since", "ticket", "what was seen"), [_row(one) for one in found[: _most(options)]])
    if options.csv:
        _write(options.csv, ("rule", "subtype", "order", "since", "found", "ticket", "saw"), map(_whole_row, found))
    say(f"{len(found)} findings, {seconds:.1f} s" + _more(len(found), options))


def _go_through(detector: Detector, policy: Policy, now: datetime) -> None:
    """Where the rules have changed since every order was looked at, look first."""
    while detector.go_through(policy, now):
        pass


def _row(one: Listed) -> tuple[str, ...]:
    saw = ", ".join(f"{name}={value}" for name, value in one.found.saw.items())
    return (one.found.rule, one.number, f"{one.found.since:%Y-%m-%d %H:%M}", one.ticket or "-", saw)


def _whole_row(one: Listed) -> tuple[str, ...]:
    found = one.found
    saw = "; ".join(f"{name}={value}" for name, value in found.saw.items())
    return (
        *(found.rule, found.subtype, one.number),
        *(found.since.isoformat(), found.at.isoformat(), one.ticket, saw),
    )


def _tell_rehearsal(made: Rehearsal, options: argparse.Namespace, seconds: float) -> None:
    say(f"{made.orders} orders, the last {options.days} days, {seconds:.1f} s; nothing was changed")
    new, gone = made.new(), made.gone()
    rows = [(rule, str(now), str(then)) for rule, now, then in made.counts()]
    _table(("rule", "in force", "would be"), rows)
    _table(("day", "rule", "in force", "would be"), [(f"{d}", r, str(n), str(o)) for d, r, n, o in made.days()])
    for words, some in (("newly raised", new), ("no longer raised", gone)):
        if some:
            numbers = ", ".join(one.number for one in some[: _most(options)])
            say(f"{words}: {len(some)}: {numbers}{' ...' if len(some) > _most(options) else ''}")
    if options.csv:
        _write(options.csv, ("change", "rule", "day", "order"), [*_said("new", new), *_said("gone", gone)])


def _said(change: str, some: Iterable[Raised]) -> list[tuple[str, ...]]:
    return [(change, one.rule, one.day.isoformat(), one.number) for one in some]


def _most(options: argparse.Namespace) -> int:
    return _MOST_SHOWN if options.csv else 10 * _MOST_SHOWN


def _more(count: int, options: argparse.Namespace) -> str:
    if options.csv:
        return f"; all of them in {options.csv}"
    return f"; {_most(options)} shown, all of them with --csv FILE" if count > _most(options) else ""


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[place]) for row in (header, *rows)) for place in range(len(header) - 1)]
    for row in (header, *rows):
        say("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]]))


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
