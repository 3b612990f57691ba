"""Gathers the case of a command from a book; what the book does not hold becomes unknown, never absent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from desk.domain.case import KIND_OF, Book, Case, Entity, Key, NotHere, key_of
from desk.domain.ledger import Effect
from desk.domain.orders import Order
from desk.domain.people import Actor, StaffMember, Store, Team
from desk.domain.tasks import Block, Task
from desk.domain.tickets import Ticket

_E = TypeVar("_E", bound=Entity)


class Gathering:
    """What was gathered from one book so far. Lives for one loading; the result is the immutable `case`."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._entities: dict[Key, Entity] = {}
        self._unknown: set[Key] = set()
        self._private: dict[str, dict[str, str]] = {}

    def get(self, kind: type[_E], entity_id: str | None) -> _E | None:
        """Gather one entity and return it; None where there is none, or none here."""
        if not entity_id:
            return None
        key = KIND_OF[kind], entity_id
        if key not in self._entities and key not in self._unknown:
            self._fetch(key)
        found = self._entities.get(key)
        return found if isinstance(found, kind) else None

    def _fetch(self, key: Key) -> None:
        try:
            found = self._book.get(*key)
        except NotHere:
            self._unknown.add(key)
            return
        if found is not None:
            self._entities[key] = found

    def order(self, order_id: str | None) -> Order | None:
        """Gather an order with all that hangs on it: tickets, entries, approvals, effects, tasks."""
        if not order_id:
            return None
        order = self.get(Order, order_id)
        try:
            self._keep(self._book.of_order(order_id))
        except NotHere:
            self._unknown.add(("orders", order_id))
        return order

    def ticket(self, ticket_id: str | None) -> Ticket | None:
        """Gather a ticket with its order and all that hangs on that."""
        ticket = self.get(Ticket, ticket_id)
        if ticket is not None:
            self.order(ticket.order_id)
        return ticket

    def numbered_order(self, number: str) -> Order | None:
        """Gather the one order of that number with all that hangs on it; unknown where this book cannot tell."""
        if not number:
            return None
        try:
            order = self._book.order_by_number(number)
        except NotHere:
            self._unknown.add(("order_number", number))
            return None
        return None if order is None else self.order(order.id)

    def admins(self) -> None:
        """Gather the active administrators."""
        self._keep(self._book.admins())

    def login(self, login: str) -> None:
        """Gather who signs in by that name, if anybody does."""
        found = self._book.staff_by_login(login)
        self._keep(() if found is None else (found,))

    def _keep(self, entities: Iterable[Entity]) -> None:
        self._entities.update((key_of(entity), entity) for entity in entities)

    def effect(self, effect_id: str) -> Effect | None:
        """Gather an effect with its order and all that hangs on that."""
        effect = self.get(Effect, effect_id)
        if effect is not None:
            self.order(effect.order_id)
        return effect

    def task(self, task_id: str) -> Task | None:
        """Gather a task with its ticket, and the order with all that hangs on it where it has one."""
        task = self.get(Task, task_id)
        if task is not None:
            self.get(Ticket, task.ticket_id)
            self.order(task.order_id)
        return task

    def block_of(self, order: Order | None) -> None:
        """Gather whether the customer of an order is blocked."""
        self.get(Block, order.customer_id if order else None)

    def places_of(self, person: StaffMember | Actor | None) -> None:
        """Gather a person's store and teams, whose time zones say what their day is."""
        if person is None:
            return
        self.get(Store, person.store_id)
        for team in person.teams:
            self.get(Team, team)

    def private(self, entity_id: str | None) -> None:
        """Gather the personal values kept under an id, where this book may read them."""
        values = self._book.private(entity_id) if entity_id else None
        if entity_id and values is not None:
            self._private[entity_id] = dict(values)

    def case(self, *, numbered: bool = False) -> Case:
        """The case so far; `numbered` also takes the next free ticket number, where the book can give one."""
        return Case(
            entities=dict(self._entities),
            unknown=frozenset(self._unknown),
            private=dict(self._private),
            ticket_number=self._book.next_ticket_number() if numbered else None,
        )
