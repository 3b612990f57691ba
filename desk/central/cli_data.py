"""`desk-central import-orders`, `verify`, `backup`, `restore`, `compact`, `erase`: what is in the books."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from desk.central import founding
from desk.central.backup import backup, restore
from desk.central.cli_common import founded, opened, say
from desk.central.compaction import compact
from desk.central.erasure import erase_customer
from desk.central.importing.mapping import read_mapping
from desk.central.importing.run import Import
from desk.central.verify import verify


def add_commands(commands: Any) -> None:
    """Add them to the parser."""
    orders = commands.add_parser("import-orders", help="orders from a shop's CSV or JSONL export")
    orders.add_argument("file", type=Path)
    orders.add_argument("--mapping", type=Path, required=True, help="TOML: which column means what")
    orders.add_argument("--dry-run", action="store_true", help="read and report, write nothing")
    orders.set_defaults(run=_import_orders)

    check = commands.add_parser("verify", help="check every invariant on the live database")
    check.set_defaults(run=_verify)

    save = commands.add_parser("backup", help="everything into one file, while the centre is served")
    save.add_argument("file", type=Path)
    save.set_defaults(run=_backup)

    back = commands.add_parser("restore", help="fill an empty database from a backup")
    back.add_argument("file", type=Path)
    back.set_defaults(run=_restore)

    less = commands.add_parser("compact", help="let go of feed rows that no desk needs any more")
    less.add_argument("--days", type=int, default=90, help="how long a desk may stay away without a snapshot")
    less.set_defaults(run=_compact)

    erase = commands.add_parser("erase", help="erase what is known of a customer as a person")
    erase.add_argument("customer", help="the customer id, as orders carry it")
    erase.set_defaults(run=_erase)


def _import_orders(options: argparse.Namespace) -> int:
    mapping = read_mapping(options.mapping)
    if options.dry_run:
        summary = Import(options.file, mapping, progress=_progress).run()
    else:
        with founded(options) as service:
            summary = Import(options.file, mapping, service.store, service.applier, _progress).run()
    sys.stderr.write("\n")
    say(
        f"{summary.orders} orders in {summary.rows} rows: {summary.told} told, {summary.unchanged} unchanged, "
        f"{summary.older} older, {summary.left_out} left out"
    )
    if summary.faults:
        say(f"{summary.faults} faults: {summary.report}")
    return 0


def _progress(done: int, total: int) -> None:
    sys.stderr.write(f"\r{done} of {total} rows")
    sys.stderr.flush()


def _verify(options: argparse.Namespace) -> int:
    with opened(options) as engine:
        founding.check(engine)
        findings = verify(engine)
    for finding in findings:
        say(f"{finding.code}: {finding.where}")
    say(f"{len(findings)} broken" if findings else "everything holds")
    return 1 if findings else 0


def _backup(options: argparse.Namespace) -> int:
    with opened(options) as engine:
        founding.check(engine)
        n = backup(engine, options.file)
    say(f"everything up to commit {n} is in {options.file}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    with opened(options) as engine:
        n = restore(engine, options.file)
    say(f"restored as commit {n}: everybody signs in again, and installations revoked since have to be revoked again")
    return 0


def _compact(options: argparse.Namespace) -> int:
    if options.days < 1:
        raise ValueError("--days: at least one")
    with founded(options) as service:
        floor = compact(service.store, timedelta(days=options.days))
    say(f"the feed begins after commit {floor}")
    return 0


def _erase(options: argparse.Namespace) -> int:
    with founded(options) as service:
        number = erase_customer(service, options.customer)
    say(f"{number} values erased; older backups still hold them")
    return 0
