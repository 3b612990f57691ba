"""Entities, commands and policy to plain JSON data and back, validated on the way in."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from desk.domain.case import KIND_OF, KINDS, Entity
from desk.domain.commands import COMMANDS, Command
from desk.domain.policy import Policy

_T = TypeVar("_T")


class ShapeError(ValueError):
    """Data that does not have the shape it should; the text says where and why, without the values."""


_ADAPTERS: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: Any) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def warm() -> None:
    """Make what the first page would wait for: reading a kind for the first time takes longer than a page of it."""
    for kind in (*KINDS.values(), Policy):
        _adapter(kind)


def to_plain(value: Any) -> Any:
    """A dataclass to JSON data: sets become sorted lists, times ISO 8601 in UTC."""
    plain = _adapter(type(value)).dump_python(value, mode="json")
    return _sorted_sets(value, plain)


def _sorted_sets(value: Any, plain: Any) -> Any:
    """`plain`, which is changed, with every set of `value` in order."""
    if isinstance(value, frozenset):
        return sorted(plain)
    if isinstance(value, tuple) and isinstance(plain, list):
        return [_sorted_sets(v, p) for v, p in zip(value, plain, strict=True)]
    if isinstance(plain, dict):
        if isinstance(value, dict):
            pairs = zip(value.values(), plain.items(), strict=True)
            return {key: _sorted_sets(v, p) for v, (key, p) in pairs}
        for key in _fields_with_sets(cast(type, type(value))):
            plain[key] = _sorted_sets(getattr(value, key), plain[key])
    return plain


@functools.cache
def _fields_with_sets(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass below which there may be a set: looking into all of all is most of the work."""
    return tuple(name for name, hint in get_type_hints(kind).items() if name in _names(kind) and _may_hold_sets(hint))


def _may_hold_sets(hint: Any) -> bool:
    if hint is frozenset or hint is Any or hint is object or get_origin(hint) is frozenset:
        return True
    if is_dataclass(hint):
        return bool(_fields_with_sets(cast(type, hint)))
    return any(_may_hold_sets(argument) for argument in get_args(hint))


def _names(kind: type) -> set[str]:
    return {field.name for field in fields(kind)}


def from_plain(kind: type[_T], data: Any) -> _T:
    """JSON data to a dataclass; raises ShapeError naming the fields at fault."""
    return _checked(lambda adapter: adapter.validate_python(data), kind)


def from_text(kind: type[_T], text: str | bytes) -> _T:
    """The same from JSON text, at half the cost of parsing it first; raises ShapeError."""
    return _checked(lambda adapter: adapter.validate_json(text), kind)


def _checked(read: Callable[[TypeAdapter[Any]], Any], kind: type[_T]) -> _T:
    try:
        made: _T = read(_adapter(kind))
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc']) or 'body'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False, include_context=False)[:5]
        )
        raise ShapeError(faults) from None
    return made


def entity_to_plain(entity: Entity) -> tuple[str, Any]:
    """(kind, document) of an entity."""
    return KIND_OF[type(entity)], to_plain(entity)


def entity_from_plain(kind: str, data: Any) -> Entity:
    """The entity of a document; ShapeError where the kind or shape is not known."""
    if kind not in KINDS:
        raise ShapeError(f"kind: {kind!r} is not known")
    made: Entity = from_plain(KINDS[kind], data)
    return made


def entity_from_text(kind: str, text: str | bytes) -> Entity:
    """The entity of a document that is kept as text; ShapeError where the kind or shape is not known."""
    if kind not in KINDS:
        raise ShapeError(f"kind: {kind!r} is not known")
    made: Entity = from_text(KINDS[kind], text)
    return made


def command_to_plain(command: Command) -> dict[str, Any]:
    """{id, name, v, args} of a command."""
    args = to_plain(command)
    command_id = args.pop("id")
    return {"id": command_id, "name": command.name, "v": command.v, "args": args}


def command_from_plain(data: dict[str, Any]) -> Command:
    """The command of {id, name, v, args}; ShapeError where it is not known or not well formed."""
    kind = COMMANDS.get((data.get("name", ""), data.get("v", 0)))
    if kind is None:
        raise ShapeError(f"command {data.get('name')!r} version {data.get('v')!r} is not known")
    args = data.get("args")
    if not isinstance(args, dict):
        raise ShapeError("args: must be an object")
    extra = set(args) - {field.name for field in fields(kind)} | {"id"} & set(args)
    if extra:
        raise ShapeError(f"args: {sorted(extra)[0]} is not known")
    return from_plain(kind, {**args, "id": data.get("id")})


def policy_from_plain(data: Any) -> Policy:
    """A policy document, shapes checked (domain.policy checks what depends on one another)."""
    return from_plain(Policy, data)
