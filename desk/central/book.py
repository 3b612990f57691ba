"""The centre's book: entities read from the tables inside one transaction, with what it has staged laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, bindparam, literal_column, select, union, union_all

from desk.central import tables as t
from desk.central.among import among
from desk.central.rows import chunks, entity_of
from desk.domain.case import HANGING_KINDS, KIND_OF, Entity, Hanging, Key, key_of
from desk.domain.orders import Order
from desk.domain.people import Installation, Level, StaffMember
from desk.domain.tickets import Ticket

TICKET_NUMBERS_FROM = 100_000
_E = TypeVar("_E", bound=Entity)

# Statements are made once: building one anew for each question costs more than asking it.


def _docs(kind: str, condition: ColumnElement[bool]) -> Select[Any]:
    table = t.ENTITY_TABLES[kind]
    return select(literal_column(f"'{kind}'").label("kind"), table.c.doc).where(condition)


def _named(kind: str) -> ColumnElement[bool]:
    return among(t.ENTITY_TABLES[kind].c.id, kind)


_BY_ID = {kind: select(table.c.doc).where(table.c.id == bindparam("id")) for kind, table in t.ENTITY_TABLES.items()}
_BY_IDS = {kind: select(table.c.doc).where(among(table.c.id, "ids")) for kind, table in t.ENTITY_TABLES.items()}
_OF_ORDER = {kind: t.ENTITY_TABLES[kind].c.order_id for kind in HANGING_KINDS}
_HANGING_ON = union_all(*(_docs(kind, among(order_id, "ids")) for kind, order_id in _OF_ORDER.items()))
_VALUES = select(t.private.c.id, t.private.c["values"]).where(among(t.private.c.id, "ids"))

# Everything that commands name, and whole orders around it, in one question.
_ALONE = ("staff", "team", "installation")
_NAMED = ("order", *HANGING_KINDS, *_ALONE)
_AROUND = union(
    select(t.orders.c.id.label("order_id")).where(_named("order")),
    *(select(order_id).where(_named(kind), order_id.is_not(None)) for kind, order_id in _OF_ORDER.items()),
).cte("around")
_AHEAD = union_all(
    _docs("order", t.orders.c.id.in_(select(_AROUND.c.order_id))),
    *(_docs(kind, order_id.in_(select(_AROUND.c.order_id))) for kind, order_id in _OF_ORDER.items()),
    *(_docs(kind, _named(kind) & order_id.is_(None)) for kind, order_id in _OF_ORDER.items() if order_id.nullable),
    *(_docs(kind, _named(kind)) for kind in _ALONE),
)


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
        self._values: dict[str, Mapping[str, str] | None] = {}
        self._hanging: dict[str, set[Key]] = {}  # of orders of which everything that hangs on them is loaded

    # --- domain.case.Book ---

    def get(self, kind: str, entity_id: str) -> Entity | None:
        key = (kind, entity_id)
        if key in self.staged:
            return self.staged[key]
        if key not in self._loaded:
            doc = self.connection.scalar(_BY_ID[kind], {"id": entity_id})
            self._loaded[key] = None if doc is None else entity_of(kind, doc)
        return self._loaded[key]

    def of_order(self, order_id: str) -> Iterable[Entity]:
        return self.of_orders([order_id])

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        if entity_id in self.staged_private:
            return self.staged_private[entity_id]
        if entity_id not in self._values:
            self._load_values([entity_id])
        return self._values[entity_id]

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
        """Everything that hangs on these orders, by key."""
        wanted = set(order_ids)
        self._load_hanging(wanted)
        keys = {key for one in wanted for key in self._hanging[one]}
        keys |= {key for key, one in self.staged.items() if isinstance(one, Hanging) and one.order_id in wanted}
        found = [self.staged.get(key) or self._loaded[key] for key in sorted(keys)]
        return [one for one in found if isinstance(one, Hanging) and one.order_id in wanted]

    def who(self, person: str, installation: str) -> tuple[StaffMember | None, Installation | None]:
        """A person and the desk they sit at, as they are now and here."""
        member, desk = self.get("staff", person), self.get("installation", installation)
        return (
            member if isinstance(member, StaffMember) else None,
            desk if isinstance(desk, Installation) else None,
        )

    def look_ahead(self, keys: Iterable[Key], values: Iterable[str]) -> None:
        """Load in one question what commands will ask for one by one: these entities, and their whole orders; in
        another these personal values."""
        wanted = {key for key in keys if key[0] in _NAMED and key not in self._loaded}
        if wanted:
            asked = {kind: sorted(one for of, one in wanted if of == kind) for kind in _NAMED}
            found = [self._keep(kind, doc) for kind, doc in self.connection.execute(_AHEAD, asked).all()]
            # An order that is named and not there is left to be asked for: what hangs on it was not looked for.
            for one in found:
                if isinstance(one, Order):
                    self._hanging.setdefault(one.id, set())
                elif isinstance(one, Hanging) and one.order_id:
                    self._hanging.setdefault(one.order_id, set()).add(key_of(one))
            for key in wanted:
                self._loaded.setdefault(key, None)
        self._load_values(values)

    def many(self, kind: type[_E], ids: Iterable[str]) -> dict[str, _E]:
        """The entities of a kind that exist, by id."""
        name = KIND_OF[kind]
        wanted = set(ids)
        missing = {one for one in wanted if (name, one) not in self.staged and (name, one) not in self._loaded}
        for some in chunks(missing):
            self._loaded.update(dict.fromkeys(((name, one) for one in some), None))
            for doc in self.connection.scalars(_BY_IDS[name], {"ids": some}):
                self._keep(name, doc)
        found = {
            one: self.get(name, one) for one in wanted if (name, one) in self.staged or (name, one) in self._loaded
        }
        return {one: entity for one, entity in found.items() if isinstance(entity, kind)}

    def take(self, kind: str, doc: Any) -> None:
        """Keep a document that somebody else read in this transaction."""
        self._keep(kind, doc)

    def stage(self, entities: Iterable[Entity], private: Mapping[str, Mapping[str, str]]) -> None:
        """Lay what a command changed over the tables; a ticket with the next number takes that number."""
        for entity in entities:
            if isinstance(entity, Ticket) and entity.number == self.next_ticket_number():
                self.tickets += 1
            self.staged[key_of(entity)] = entity
        self.staged_private.update(private)

    def _load_hanging(self, order_ids: set[str]) -> None:
        missing = {one for one in order_ids if one not in self._hanging}
        for some in chunks(missing):
            self._hanging.update({one: set() for one in some})
            for kind, doc in self.connection.execute(_HANGING_ON, {"ids": some}).all():
                one = self._keep(kind, doc)
                if isinstance(one, Hanging) and one.order_id:
                    self._hanging[one.order_id].add(key_of(one))

    def _load_values(self, ids: Iterable[str]) -> None:
        for some in chunks(one for one in ids if one not in self._values):
            self._values.update(dict.fromkeys(some))
            self._values.update({row[0]: row[1] for row in self.connection.execute(_VALUES, {"ids": some})})

    def _where(self, kind: str, condition: ColumnElement[bool]) -> list[Entity]:
        table = t.ENTITY_TABLES[kind]
        return [self._keep(kind, doc) for doc in self.connection.scalars(select(table.c.doc).where(condition))]

    def _keep(self, kind: str, doc: Any) -> Entity:
        """The entity of a document, the same object each time: a case tells by identity what was touched."""
        entity = self._loaded.get((kind, doc["id"])) if "id" in doc else None
        if entity is None:
            entity = entity_of(kind, doc)
            self._loaded[key_of(entity)] = entity
        return entity

    def _over(self, kind: type[_E], found: Iterable[Entity]) -> list[_E]:
        """Found rows and staged ones of a kind, each as it is now, by id."""
        laid = {key_of(one): self.staged.get(key_of(one), one) for one in found}
        laid |= {key: one for key, one in self.staged.items() if isinstance(one, kind)}
        return [one for _, one in sorted(laid.items()) if isinstance(one, kind)]
