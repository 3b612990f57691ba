"""The centre's books as somebody reads them who stands beside: its database, opened while the centre serves it.

with Books(url) as books:
    order = books.order("2611…")
    (note,) = books.receipts("AddNote")
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select

from desk.central import tables as t
from desk.central.engine import open_engine, reading
from desk.central.rows import entity_of
from desk.domain.case import KIND_OF, Entity
from desk.domain.orders import Order
from desk.domain.people import StaffMember
from desk.domain.tickets import Ticket
from tests.helpers.demo_shop import PATIENCE

_E = TypeVar("_E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the centre remembers of one act; `person` is the login."""

    id: str
    status: str
    person: str
    at: datetime  # at the centre
    claimed_at: datetime  # at the desk
    args: Mapping[str, Any]


class Books:
    """Reads, never writes; every call sees what is committed at its moment."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url, pool=1)

    def __enter__(self) -> Books:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    def all(self, kind: type[_E], **wanted: Any) -> list[_E]:
        """Entities of that kind whose attributes are as wanted, by id."""
        name = KIND_OF[kind]
        table = t.ENTITY_TABLES[name]
        with reading(self._engine) as connection:
            docs = list(connection.scalars(select(table.c.doc).order_by(table.c.id)))
        found = [entity for doc in docs if isinstance(entity := entity_of(name, doc), kind)]
        return [one for one in found if all(getattr(one, key) == value for key, value in wanted.items())]

    def order(self, number: str) -> Order:
        """The order of that number."""
        (order,) = self.all(Order, number=number)
        return order

    def ticket(self, number: str) -> Ticket:
        """The one ticket of that order."""
        (ticket,) = self.all(Ticket, order_number=number)
        return ticket

    def logins(self) -> dict[str, str]:
        """Logins by staff id."""
        return {member.id: member.login for member in self.all(StaffMember)}

    def receipts(self, name: str) -> list[Receipt]:
        """What people did by commands of that name, in the order of the centre."""
        logins = self.logins()
        wanted = select(t.receipts).where(t.receipts.c.name == name, t.receipts.c.seq.is_not(None))
        with reading(self._engine) as connection:
            rows = list(connection.execute(wanted.order_by(t.receipts.c.n)))
        return [Receipt(row.id, row.status, logins[row.person], row.at, row.claimed_at, row.args) for row in rows]

    def text(self, text_id: str) -> str:
        """Words that somebody wrote."""
        with reading(self._engine) as connection:
            values = connection.scalar(select(t.private.c["values"]).where(t.private.c.id == text_id))
        return str((values or {}).get("text", ""))

    def notes(self, ticket: Ticket) -> list[str]:
        """The words of a ticket's notes, oldest first."""
        return [self.text(note.text_id) for note in ticket.notes]


def eventually(look: Callable[[], Any], wanted: Any) -> None:
    """Ask until it is as wanted: what is asked is in another process, and there is no signal to wait on."""
    ends = time.monotonic() + PATIENCE
    seen = look()
    while seen != wanted and time.monotonic() < ends:
        time.sleep(0.05)
        seen = look()
    assert seen == wanted
