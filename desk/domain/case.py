"""The case a rule decides on: the entities around one order or ticket, and what is not known of them here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from desk.domain.ledger import Approval, Budget, Effect, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import Installation, StaffMember, Store, Team
from desk.domain.tasks import Block, Task
from desk.domain.tickets import Ticket

# What hangs on an order (Book.of_order); a ticket and its tasks may also be about none.
Hanging = Ticket | LedgerEntry | Approval | Effect | Task
Entity = Hanging | Order | Budget | Block | StaffMember | Team | Store | Installation
KINDS: Mapping[str, type[Entity]] = {
    "order": Order,
    "ticket": Ticket,
    "entry": LedgerEntry,
    "budget": Budget,
    "approval": Approval,
    "effect": Effect,
    "task": Task,
    "block": Block,
    "staff": StaffMember,
    "team": Team,
    "store": Store,
    "installation": Installation,
}
KIND_OF: Mapping[type, str] = {kind: name for name, kind in KINDS.items()}
HANGING_KINDS = ("ticket", "entry", "approval", "effect", "task")
Key = tuple[str, str]  # (kind, id)
_E = TypeVar("_E", bound=Entity)


def key_of(entity: Entity) -> Key:
    """The (kind, id) under which an entity is kept, sent and replaced."""
    return KIND_OF[type(entity)], entity.id


class NotHere(LookupError):
    """The entity may exist, but this book or case does not hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Immutable bag of entities. A key in `unknown` means: it may exist, but not here (DESIGN 1.2).

    `("orders", order_id)` in `unknown` says that what hangs on the order is not completely known either. `private`
    holds personal values by id. `ticket_number` is the next free number at the centre, None at a desk.
    """

    entities: Mapping[Key, Entity] = field(default_factory=dict)
    unknown: frozenset[Key] = frozenset()
    private: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ticket_number: str | None = None

    def get(self, kind: type[_E], entity_id: str | None) -> _E | None:
        """The entity, or None where there is none or it is unknown (ask `knows` first where that matters)."""
        found = self.entities.get((KIND_OF[kind], entity_id or ""))
        return found if isinstance(found, kind) else None

    def all(self, kind: type[_E]) -> tuple[_E, ...]:
        """Every loaded entity of a kind, by id."""
        found = [entity for entity in self.entities.values() if isinstance(entity, kind)]
        return tuple(sorted(found, key=lambda entity: entity.id))

    def knows(self, kind: str, entity_id: str) -> bool:
        """Whether absence of this entity here means that it does not exist."""
        return (kind, entity_id) not in self.unknown

    def find(self, kind: type[_E], entity_id: str | None) -> _E | None:
        """The entity, or None where there is none; raises NotHere where it is unknown: `decide` asks the centre."""
        found = self.get(kind, entity_id)
        if found is None and not self.knows(KIND_OF[kind], entity_id or ""):
            raise NotHere(f"{KIND_OF[kind]}:{entity_id}")
        return found

    def of_order(self, kind: type[_E], order_id: str) -> tuple[_E, ...]:
        """All of a kind that hang on an order, by id; raises NotHere where they are not completely known."""
        if not self.knows("orders", order_id):
            raise NotHere(f"orders:{order_id}")
        return tuple(entity for entity in self.all(kind) if getattr(entity, "order_id", None) == order_id)

    def put(self, *entities: Entity) -> Case:
        """The case with these entities in place of their former selves."""
        return replace(self, entities={**self.entities, **{key_of(entity): entity for entity in entities}})

    def touched_since(self, before: Case) -> tuple[Entity, ...]:
        """What changed between two cases, by key: these are written and sent."""
        return tuple(entity for key, entity in sorted(self.entities.items()) if before.entities.get(key) is not entity)


class Book(Protocol):
    """Where cases are loaded from: the replica with its overlay, the centre's tables, or a fake (DESIGN 2, ports).

    `get` returns None where the entity does not exist, and raises `NotHere` where it may exist elsewhere.
    `of_order` returns everything that hangs on an order (`Hanging`). `admins` returns the active administrators (staff
    is in every scope). `order_by_number` returns the one order of that number, None where there is none or more than
    one, and raises `NotHere` where this book cannot tell.
    """

    def get(self, kind: str, entity_id: str) -> Entity | None: ...

    def of_order(self, order_id: str) -> Iterable[Entity]: ...

    def private(self, entity_id: str) -> Mapping[str, str] | None: ...

    def next_ticket_number(self) -> str | None: ...

    def staff_by_login(self, login: str) -> StaffMember | None: ...

    def admins(self) -> Iterable[StaffMember]: ...

    def order_by_number(self, number: str) -> Order | None: ...

    def policy_version(self) -> int: ...
