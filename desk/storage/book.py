"""The Book over the replica with the overlay of pending acts on top: what loaders of the rulebook read at a desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.domain import scope
from desk.domain.case import Entity, Hanging, Key, NotHere, key_of
from desk.domain.ledger import BudgetKind
from desk.domain.orders import Order
from desk.domain.people import Installation, Level, StaffMember, Store, Team
from desk.domain.tickets import Ticket
from desk.storage import replica
from desk.storage.tables import REPLICA_TABLES, replica_order, replica_staff

_EVERYWHERE = frozenset({"staff", "team", "store"})  # in the scope of every desk: absent means that there is none


class Source(Protocol):
    """Entities held in memory on top of the replica: an overlay, or an order fetched for a look-up."""

    entities: dict[Key, Entity]
    private: dict[str, Mapping[str, str]]
    on_order: dict[str, set[Key]]


class ReplicaBook:
    """domain.case.Book, inside one transaction. `layers` cover the replica, the first covers all others."""

    def __init__(self, connection: Connection, scopes: Iterable[str], policy_version: int, *layers: Source) -> None:
        self._connection = connection
        self._scopes = frozenset(scopes)
        self._policy_version = policy_version
        self._layers = layers

    def get(self, kind: str, entity_id: str) -> Entity | None:
        """The entity; None where it does not exist; raises NotHere where another desk or the centre may have it."""
        found = self.find(kind, entity_id)
        if found is None and not self._complete(kind, entity_id):
            raise NotHere(f"{kind} {entity_id}")
        return found

    def find(self, kind: str, entity_id: str) -> Entity | None:
        """The entity if it is here."""
        for layer in self._layers:
            if (kind, entity_id) in layer.entities:
                return layer.entities[kind, entity_id]
        return replica.entity(self._connection, kind, entity_id)

    def of_order(self, order_id: str) -> Iterable[Entity]:
        """Everything that hangs on the order; raises NotHere where the order is not here,
        for then neither is all of that."""
        if self.find("order", order_id) is None:
            raise NotHere(f"orders {order_id}")
        found: dict[Key, Entity] = {key_of(one): one for one in replica.hanging_on(self._connection, order_id)}
        for layer in reversed(self._layers):
            covering = (found.keys() & layer.entities.keys()) | layer.on_order.get(order_id, set())
            found |= {key: layer.entities[key] for key in covering}
        return [one for _, one in sorted(found.items()) if isinstance(one, Hanging) and one.order_id == order_id]

    def many(self, kind: str, entity_ids: Iterable[str]) -> dict[str, Entity]:
        """Those entities of a kind that are here, by id."""
        wanted = set(entity_ids)
        found = replica.entities(self._connection, kind, wanted)
        for layer in reversed(self._layers):
            found |= {one: layer.entities[kind, one] for one in wanted if (kind, one) in layer.entities}
        return found

    def tickets_of(self, order_ids: Iterable[str]) -> list[Ticket]:
        """The tickets here that hang on these orders."""
        wanted = set(order_ids)
        found: dict[str, Entity] = {}
        for some in replica.portions(wanted):
            condition = REPLICA_TABLES["ticket"].c.order_id.in_(some)
            found |= {one.id: one for one in replica.where(self._connection, "ticket", condition) if one.id}
        for layer in reversed(self._layers):
            found |= {one: entity for (kind, one), entity in layer.entities.items() if kind == "ticket"}
        return [one for one in found.values() if isinstance(one, Ticket) and one.order_id in wanted]

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        """Personal values as this desk may see them."""
        for layer in self._layers:
            if entity_id in layer.private:
                return layer.private[entity_id]
        return replica.private(self._connection, entity_id)

    def privates(self, entity_ids: Iterable[str]) -> dict[str, Mapping[str, str]]:
        """The same for many at once; those that have none are left out."""
        wanted = set(entity_ids)
        found = replica.privates(self._connection, wanted)
        for layer in reversed(self._layers):
            found |= {entity_id: layer.private[entity_id] for entity_id in wanted & layer.private.keys()}
        return found

    def next_ticket_number(self) -> str | None:
        """Numbers are the centre's: a ticket opened here has a provisional one."""
        return None

    def staff_by_login(self, login: str) -> StaffMember | None:
        """The person with this login."""
        for layer in self._layers:
            for entity in layer.entities.values():
                if isinstance(entity, StaffMember) and entity.login == login:
                    return entity
        wanted = sa.select(replica_staff.c.id).where(replica_staff.c.login == login)
        found = self._connection.execute(wanted).scalar()
        member = self.find("staff", found) if found else None
        return member if isinstance(member, StaffMember) and member.login == login else None

    def admins(self) -> Iterable[StaffMember]:
        """Active administrators, the overlay's included."""
        people = {one.id: one for one in replica.where(self._connection, "staff")}
        for layer in reversed(self._layers):
            people |= {one.id: one for one in layer.entities.values() if isinstance(one, StaffMember)}
        members = (one for one in people.values() if isinstance(one, StaffMember))
        return [one for one in members if one.active and one.level is Level.ADMIN]

    def order_by_number(self, number: str) -> Order | None:
        """The one order of that number here; raises NotHere where there is none: the centre may have it."""
        wanted = sa.select(replica_order.c.id).where(replica_order.c.number == number)
        ids = set(self._connection.execute(wanted).scalars())
        for layer in self._layers:
            ids |= {one.id for one in layer.entities.values() if isinstance(one, Order) and one.number == number}
        if len(ids) == 1:
            found = self.find("order", ids.pop())
            return found if isinstance(found, Order) else None
        raise NotHere(f"order number {number}")

    def policy_version(self) -> int:
        """Of the policy that this replica holds."""
        return self._policy_version

    def _complete(self, kind: str, entity_id: str) -> bool:
        """Whether absence from this replica means that there is no such entity (DESIGN 3, scope)."""
        if kind in _EVERYWHERE:
            return True
        if kind == "installation":
            return "admin" in self._scopes
        if kind == "entry":  # its key begins with its order
            return self.find("order", entity_id.split("/", 1)[0]) is not None
        if kind == "block":  # it goes where its customer's orders go
            return self._has_order_of(entity_id)
        return kind == "budget" and self._budget_complete(entity_id)

    def _budget_complete(self, key: str) -> bool:
        """Budgets follow their order, customer, agent or store into a scope."""
        kind, subject, *_ = key.split("|")
        if kind == BudgetKind.ORDER:
            return self.find("order", subject) is not None
        if kind == BudgetKind.CUSTOMER:
            return self._has_order_of(subject)
        if kind == BudgetKind.AGENT_DAY:
            member = self.find("staff", subject)
            return isinstance(member, StaffMember) and bool(scope.staff_scopes(member) & self._scopes)
        return scope.store_scope(subject) in self._scopes

    def _has_order_of(self, customer_id: str) -> bool:
        wanted = sa.select(replica_order.c.id).where(replica_order.c.customer_id == customer_id).limit(1)
        if self._connection.execute(wanted).first():
            return True
        orders = (one for layer in self._layers for one in layer.entities.values() if isinstance(one, Order))
        return any(one.customer_id == customer_id for one in orders)


def org(connection: Connection) -> tuple[dict[str, Team], dict[str, Store], dict[str, Installation]]:
    """Teams, stores and installations by id."""
    teams = {one.id: one for one in replica.where(connection, "team") if isinstance(one, Team)}
    stores = {one.id: one for one in replica.where(connection, "store") if isinstance(one, Store)}
    desks = {one.id: one for one in replica.where(connection, "installation") if isinstance(one, Installation)}
    return teams, stores, desks
