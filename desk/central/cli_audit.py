"""`desk-central audit look-ups | passwords`: who looked at which customer, who gave or changed whose password."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from typing import Any

from desk.central import audit
from desk.central.cli_common import founded, say

_AREAS = {"look-ups": audit.Area.LOOK_UP, "passwords": audit.Area.PASSWORD}
_COLUMNS = ("at", "login", "desk", "what", "detail", "order_number", "customer_id", "staff_id")


def add_commands(commands: Any) -> None:
    """Add it to the parser."""
    told = commands.add_parser("audit", help="who looked whom up, who gave or changed whose password")
    told.add_argument("area", choices=sorted(_AREAS))
    told.add_argument(
        "--since", type=_moment, required=True, metavar="TIME", help="2026-11-01 or 2026-11-01T08:00+08:00"
    )
    told.add_argument("--until", type=_moment, metavar="TIME", help="without a zone: UTC")
    told.add_argument("--person", default="", help="login or id of who looked")
    told.add_argument("--order", default="", help="number or id")
    told.add_argument("--customer", default="", help="the customer id, as orders carry it")
    told.add_argument("--json", action="store_true", help="one JSON object per line instead of tabs")
    told.set_defaults(run=_audit)


def _audit(options: argparse.Namespace) -> int:
    wanted = audit.Wanted(
        area=_AREAS[options.area],
        since=options.since,
        until=options.until,
        person=options.person,
        order=options.order,
        customer=options.customer,
    )
    if not options.json:
        say("\t".join(_COLUMNS))
    with founded(options) as service, service.store.reading() as connection:
        for entry in audit.read(connection, wanted):
            told = {name: _plain(entry[name]) for name in _COLUMNS}
            say(json.dumps(told, ensure_ascii=False) if options.json else "\t".join(told.values()))
    return 0


def _plain(value: Any) -> str:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else str(value or "")


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a time: write 2026-11-01 or 2026-11-01T08:00+08:00"
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
