"""The audit: who looked up which order and customer, who gave or changed whose password. Rows are added, never changed.

They carry ids, never a name, a phone or what was typed. They go when policy's time for their area is over.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from desk.central import tables as t
from desk.central.store import Store
from desk.domain.ids import uuid7
from desk.domain.policy import AuditPolicy

_PORTION = 1000


class Area(StrEnum):
    """What an entry is about; policy says how long each is kept."""

    LOOK_UP = "look_up"
    PASSWORD = "password"  # noqa: S105 - an area's name


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing seen or done. `what`: search, order, contact (look-ups); code, first, changed, set (passwords)."""

    area: Area
    what: str
    person: str
    installation: str = ""
    detail: str = ""
    order_id: str | None = None
    order_number: str | None = None
    customer_id: str | None = None
    staff_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries to read: all of an area in [since, until), of a person, about an order or a customer."""

    area: Area
    since: datetime
    until: datetime | None = None
    person: str = ""
    order: str = ""  # id or number
    customer: str = ""


def keep(connection: Connection, now: datetime, entries: Sequence[Entry]) -> None:
    """Add what one call saw or did, in the caller's transaction."""
    one = uuid7(now, random.SystemRandom())
    rows = [{"id": one, "position": at, "at": now, **asdict(entry)} for at, entry in enumerate(entries)]
    if rows:
        connection.execute(insert(t.audit), rows)


def read(connection: Connection, wanted: Wanted) -> Iterator[dict[str, Any]]:
    """The entries, oldest first: {at, what, detail, login, desk, order_number...}; login and desk as they are today."""
    table = t.audit
    found = (
        select(table, t.staff.c.login, t.installations.c.doc)
        .join(t.staff, t.staff.c.id == table.c.person, isouter=True)
        .join(t.installations, t.installations.c.id == table.c.installation, isouter=True)
        .where(table.c.area == str(wanted.area), table.c.at >= wanted.since)
        .order_by(table.c.at, table.c.id, table.c.position)
    )
    if wanted.until is not None:
        found = found.where(table.c.at < wanted.until)
    if wanted.person:
        found = found.where(or_(table.c.person == wanted.person, t.staff.c.login == wanted.person))
    if wanted.order:
        found = found.where(or_(table.c.order_id == wanted.order, table.c.order_number == wanted.order))
    if wanted.customer:
        found = found.where(table.c.customer_id == wanted.customer)
    for row in connection.execute(found.execution_options(yield_per=_PORTION)).mappings():
        told = {
            name: row[name] for name in ("at", "what", "detail", "person", "order_number", "customer_id", "staff_id")
        }
        yield {**told, "login": row["login"] or row["person"], "desk": (row["doc"] or {}).get("name", "")}


def let_go(store: Store, policy: AuditPolicy) -> int:
    """Delete what policy says is old, in portions; how many entries went."""
    now, gone = store.clock(), 0
    for area, days in ((Area.LOOK_UP, policy.look_up_days), (Area.PASSWORD, policy.access_days)):
        old = (t.audit.c.area == str(area)) & (t.audit.c.at < now - timedelta(days=days))
        while True:
            with store.aside() as connection:
                ids = list(connection.scalars(select(t.audit.c.id).where(old).distinct().limit(_PORTION)))
                if not ids:
                    break
                gone += connection.execute(delete(t.audit).where(t.audit.c.id.in_(ids))).rowcount
    return gone
