"""The centre's book: entities read from the tables inside one transaction, with what it has staged laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.rows import chunks, entity_of
from desk.domain.case import KIND_OF, Entity, Key, key_of
from desk.domain.ledger import Approval, Effect, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import Level, StaffMember
from desk.domain.tickets import Ticket

TICKET_NUMBERS_FROM = 100_000
_OF_ORDER = ("ticket", "entry", "approval", "effect")
_HANGING = Ticket | LedgerEntry | Approval | Effect
_E = TypeVar("_E", bound=Entity)


def ticket_number(count: int) -> str:
    """The number of the ticket after `count` others."""
    return f"T{TICKET_NUMBERS_FROM + count + 1}"


class CentreBook:
    """Implements `domain.case.Book`. Everything may be read here, so nothing is ever `NotHere`.

    Belongs to one transaction and one thread. `stage` lays entities and values over the tables; what was loaded once
    is not read again, for under the head lock nobody else writes.
    """

    def __init__(self, connection: Connection, tickets: int = 0, policy_version: int = 0) -> None:
        self.connection = connection
        self.tickets = tickets
        self.version = policy_version
        self.staged: dict[Key, Entity] = {}
        self.staged_private: dict[str, Mapping[str, str]] = {}
        self._loaded: dict[Key, Entity | None] = {}

    # --- domain.case.Book ---

    def get(self, kind: str, entity_id: str) -> Entity | None:
        key = (kind, entity_id)
        if key in self.staged:
            return self.staged[key]
        if key not in self._loaded:
            table = t.ENTITY_TABLES[kind]
            doc = self.connection.scalar(select(table.c.doc).where(table.c.id == entity_id))
            self._loaded[key] = None if doc is None else entity_of(kind, doc)
        return self._loaded[key]

    def of_order(self, order_id: str) -> Iterable[Entity]:
        return self.of_orders([order_id])

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        if entity_id in self.staged_private:
            return self.staged_private[entity_id]
        values: Mapping[str, str] | None = self.connection.scalar(
            select(t.private.c["values"]).where(t.private.c.id == entity_id)
        )
        return values

    def next_ticket_number(self) -> str | None:
        return ticket_number(self.tickets)

    def staff_by_login(self, login: str) -> StaffMember | None:
        found = self._where("staff", t.staff.c.login == login)
        named = [one for one in self._over(StaffMember, found) if one.login == login]
        return named[0] if named else None

    def admins(self) -> Iterable[StaffMember]:
        found = self._where("staff", (t.staff.c.level == Level.ADMIN) & t.staff.c.active)
        return [one for one in self._over(StaffMember, found) if one.level is Level.ADMIN and one.active]

    def order_by_number(self, number: str) -> Order | None:
        found = self._where("order", t.orders.c.number == number)
        numbered = [one for one in self._over(Order, found) if one.number == number]
        return numbered[0] if len(numbered) == 1 else None

    def policy_version(self) -> int:
        return self.version

    # --- for the store ---

    def of_orders(self, order_ids: Iterable[str]) -> list[Entity]:
        """Tickets, entries, approvals and effects of these orders, by key."""
        wanted = set(order_ids)
        found: list[Entity] = []
        for kind in _OF_ORDER:
            table = t.ENTITY_TABLES[kind]
            for some in chunks(wanted):
                found += self._where(kind, table.c.order_id.in_(some))
        laid: dict[Key, Entity] = {key_of(one): self.staged.get(key_of(one), one) for one in found}
        laid |= {key: one for key, one in self.staged.items() if isinstance(one, _HANGING)}
        hanging = [one for _, one in sorted(laid.items()) if isinstance(one, _HANGING) and one.order_id in wanted]
        return list(hanging)

    def many(self, kind: type[_E], ids: Iterable[str]) -> dict[str, _E]:
        """The entities of a kind that exist, by id."""
        name = KIND_OF[kind]
        wanted = set(ids)
        missing = {one for one in wanted if (name, one) not in self.staged and (name, one) not in self._loaded}
        for some in chunks(missing):
            self._where(name, t.ENTITY_TABLES[name].c.id.in_(some))
        found = {
            one: self.get(name, one) for one in wanted if (name, one) in self.staged or (name, one) in self._loaded
        }
        return {one: entity for one, entity in found.items() if isinstance(entity, kind)}

    def stage(self, entities: Iterable[Entity], private: Mapping[str, Mapping[str, str]]) -> None:
        """Lay what a command changed over the tables; a ticket with the next number takes that number."""
        for entity in entities:
            if isinstance(entity, Ticket) and entity.number == self.next_ticket_number():
                self.tickets += 1
            self.staged[key_of(entity)] = entity
        self.staged_private.update(private)

    def _where(self, kind: str, condition: object) -> list[Entity]:
        table = t.ENTITY_TABLES[kind]
        made = []
        for doc in self.connection.scalars(select(table.c.doc).where(condition)):  # type: ignore[arg-type]
            entity = entity_of(kind, doc)
            made.append(entity)
            self._loaded[key_of(entity)] = entity
        return made

    def _over(self, kind: type[_E], found: Iterable[Entity]) -> list[_E]:
        """Found rows and staged ones of a kind, each as it is now, by id."""
        laid = {key_of(one): self.staged.get(key_of(one), one) for one in found}
        laid |= {key: one for key, one in self.staged.items() if isinstance(one, kind)}
        return [one for _, one in sorted(laid.items()) if isinstance(one, kind)]
