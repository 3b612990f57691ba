"""A book that forgets one field of one kind of document: what a replica would be that does not load it."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from desk.domain.case import KIND_OF, KINDS, Book, Entity
from desk.domain.orders import Order
from desk.domain.people import StaffMember

_T = TypeVar("_T")
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_EMPTY: dict[Any, Any] = {
    int: 0,
    str: "",
    bool: False,
    datetime: _LONG_AGO,
    tuple: (),
    frozenset: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Forgetful:
    """domain.case.Book over another one. `path` is kind.field or kind.field.part ("order.tenders.paid")."""

    book: Book
    path: str

    def get(self, kind: str, entity_id: str) -> Entity | None:
        found = self.book.get(kind, entity_id)
        return found if found is None else self._without(found)

    def of_order(self, order_id: str) -> Iterable[Entity]:
        return [self._without(one) for one in self.book.of_order(order_id)]

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        found = self.book.private(entity_id)
        return found if found is None else {key: one for key, one in found.items() if f"private.{key}" != self.path}

    def next_ticket_number(self) -> str | None:
        return self.book.next_ticket_number()

    def staff_by_login(self, login: str) -> StaffMember | None:
        found = self.book.staff_by_login(login)
        return found if found is None else self._without(found)

    def admins(self) -> Iterable[StaffMember]:
        return [self._without(one) for one in self.book.admins()]

    def order_by_number(self, number: str) -> Order | None:
        found = self.book.order_by_number(number)
        return found if found is None else self._without(found)

    def policy_version(self) -> int:
        return self.book.policy_version()

    def _without(self, entity: _T) -> _T:
        kind, *path = self.path.split(".")
        return forgotten(entity, path) if KIND_OF[type(entity)] == kind else entity


def forgotten(thing: _T, path: list[str]) -> _T:
    """The dataclass with the field at the end of the path as if it had never been stored."""
    name, *rest = path
    if not rest:
        return replace(thing, **{name: _blank(type(thing), name)})  # type: ignore[type-var]
    inner = getattr(thing, name)
    if isinstance(inner, tuple):
        return replace(thing, **{name: tuple(forgotten(one, rest) for one in inner)})  # type: ignore[type-var]
    return thing if inner is None else replace(thing, **{name: forgotten(inner, rest)})  # type: ignore[type-var]


def paths_of(kind: str) -> Iterator[str]:
    """Every field of a kind of document and of the parts inside it, but for the id it is found by."""
    yield from (path for path in _paths(kind, KINDS[kind]) if path not in (f"{kind}.id", f"{kind}.key"))


def _paths(prefix: str, kind: type) -> Iterator[str]:
    hints = get_type_hints(kind)
    for field in fields(kind):
        yield f"{prefix}.{field.name}"
        part = _part(hints[field.name])
        if part is not None:
            yield from _paths(f"{prefix}.{field.name}", part)


def _part(hint: Any) -> type | None:
    """The dataclass inside a field: itself, of a tuple, or where it is not None."""
    for one in (hint, *get_args(hint)):
        if isinstance(one, type) and is_dataclass(one):
            return one
    return None


def _blank(kind: type, name: str) -> Any:
    """The default of a field, or nothing in its type."""
    field = next(one for one in fields(kind) if one.name == name)
    if field.default is not MISSING:
        return field.default
    if field.default_factory is not MISSING:
        return field.default_factory()
    hint = get_type_hints(kind)[name]
    if get_origin(hint) in (Union, types.UnionType):
        return None
    base = get_origin(hint) or hint
    if isinstance(base, type) and issubclass(base, Enum):
        return next(iter(base))
    return _EMPTY.get(base, {})
