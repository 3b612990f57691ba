"""A book that reads everything once: for asking many questions of a replica that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from desk.domain.case import Book, Entity, NotHere
from desk.domain.orders import Order
from desk.domain.people import StaffMember


@dataclass(frozen=True, slots=True)
class Remembering:
    """domain.case.Book over another one; `known` may outlive the transaction that filled it."""

    book: Book
    known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def get(self, kind: str, entity_id: str) -> Entity | None:
        return self._once(("get", kind, entity_id), lambda: self.book.get(kind, entity_id))

    def of_order(self, order_id: str) -> Iterable[Entity]:
        return self._once(("of_order", order_id), lambda: list(self.book.of_order(order_id)))

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        return self._once(("private", entity_id), lambda: self.book.private(entity_id))

    def next_ticket_number(self) -> str | None:
        return self.book.next_ticket_number()

    def staff_by_login(self, login: str) -> StaffMember | None:
        return self._once(("login", login), lambda: self.book.staff_by_login(login))

    def admins(self) -> Iterable[StaffMember]:
        return self._once(("admins",), lambda: list(self.book.admins()))

    def order_by_number(self, number: str) -> Order | None:
        return self._once(("number", number), lambda: self.book.order_by_number(number))

    def policy_version(self) -> int:
        return self.book.policy_version()

    def _once(self, key: tuple[str, ...], read: Callable[[], Any]) -> Any:
        if key not in self.known:
            try:
                self.known[key] = read()
            except NotHere as missing:
                self.known[key] = missing
        if isinstance(self.known[key], NotHere):
            raise self.known[key]
        return self.known[key]
