"""The centre's book: entities read from the tables inside one transaction, with what it has staged laid over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Connection, Select, bindparam, literal_column, select, union_all

from desk.central import tables as t
from desk.central.rows import chunks, entity_of
from desk.domain.case import HANGING_KINDS, KIND_OF, KINDS, Entity, Hanging, Key, key_of
from desk.domain.orders import Order
from desk.domain.people import Installation, Level, StaffMember
from desk.domain.tickets import Ticket

TICKET_NUMBERS_FROM = 100_000
_LOOK_AHEAD = 2  # from a ticket to its order, from the order to what hangs on it
_E = TypeVar("_E", bound=Entity)


def _by(kind: str, column: str, name: str) -> Select[Any]:
    """A statement made once: building it anew for each question costs more than asking."""
    table = t.ENTITY_TABLES[kind]
    asked: BindParameter[Any] = bindparam(name, expanding=name == "ids")
    condition = table.c[column].in_(asked) if name == "ids" else table.c[column] == asked
    return select(table.c.doc).where(condition)


_BY_ID = {kind: _by(kind, "id", "id") for kind in t.ENTITY_TABLES}
_BY_IDS = {kind: _by(kind, "id", "ids") for kind in t.ENTITY_TABLES}
_HANGING_ON = union_all(
    *(
        select(literal_column(f"'{kind}'").label("kind"), t.ENTITY_TABLES[kind].c.doc).where(
            t.ENTITY_TABLES[kind].c.order_id.in_(bindparam("ids", expanding=True))
        )
        for kind in HANGING_KINDS
    )
)
_PROOF = union_all(
    select(literal_column("'staff'").label("kind"), t.staff.c.doc).where(
        t.staff.c.id.in_(bindparam("people", expanding=True))
    ),
    select(literal_column("'installation'"), t.installations.c.doc).where(
        t.installations.c.id.in_(bindparam("desks", expanding=True))
    ),
)
_VALUES = select(t.private.c.id, t.private.c["values"]).where(t.private.c.id.in_(bindparam("ids", expanding=True)))


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
        """A person and the desk they sit at, as they are now and here, in one question."""
        keys = ("staff", person), ("installation", installation)
        if any(key not in self.staged and key not in self._loaded for key in keys):
            self.look_up([(person, installation)])
        member, desk = (self.staged.get(key) or self._loaded.get(key) for key in keys)
        return (
            member if isinstance(member, StaffMember) else None,
            desk if isinstance(desk, Installation) else None,
        )

    def look_up(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Load people and the desks they sit at, to be asked for with `who`."""
        pairs = set(pairs)
        asked = {"people": sorted({one for one, _ in pairs}), "desks": sorted({one for _, one in pairs})}
        for kind, doc in self.connection.execute(_PROOF, asked).all():
            self._keep(kind, doc)

    def look_ahead(self, keys: Iterable[Key], values: Iterable[str]) -> None:
        """Load in a few queries what commands will ask for one by one: these entities, and their whole orders."""
        wanted = set(keys)
        for _ in range(_LOOK_AHEAD):
            for kind in sorted({kind for kind, _ in wanted}):
                self.many(KINDS[kind], [one for of, one in wanted if of == kind])
            around = self.of_orders([one for kind, one in wanted if kind == "order"])
            known = [*around, *(found for key in wanted if (found := self._loaded.get(key)) is not None)]
            orders = {one.order_id for one in known if isinstance(one, Hanging) and one.order_id}
            wanted = {("order", one) for one in orders if one not in self._hanging}
            if not wanted:
                break
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
