"""One of every entity, command and other shape that travels, with every field filled: what `wire.json` records."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from desk.domain.case import KINDS
from desk.domain.commands import COMMANDS
from desk.domain.policy import Policy
from desk.wire import codec
from desk.wire.policy_seed import load_seed
from desk.wire.protocol import Page, PushReply, SnapshotHead

AT = datetime(2026, 11, 20, 3, 4, 5, 678901, UTC)
_PLAIN: Mapping[Any, Any] = {int: 7, bool: True, datetime: AT, date: AT.date(), Any: {"any": [1, "二"]}}
SHAPES = (Page, PushReply, SnapshotHead)


def documents() -> dict[str, Any]:
    """{"entities": {kind: doc}, "commands": {name/v: {id, name, v, args}}, "shapes": {name: doc}, "policy": doc}."""
    return {
        "entities": {kind: codec.to_plain(filled(cls)) for kind, cls in sorted(KINDS.items())},
        "commands": {f"{name}/{v}": codec.command_to_plain(filled(cls)) for (name, v), cls in sorted(COMMANDS.items())},
        "shapes": {shape.__name__: codec.to_plain(filled(shape)) for shape in SHAPES},
        "policy": codec.to_plain(load_seed()),
    }


def filled(kind: Any, name: str = "") -> Any:
    """A value of that type in which nothing is empty and nothing a default; texts say which field they are of."""
    if kind is Policy:
        return load_seed()
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{field.name: filled(hints[field.name], field.name) for field in fields(kind)})
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return list(kind)[-1]
    return f"{name} 文" if kind is str else _container(kind, name)


def _container(kind: Any, name: str) -> Any:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return filled(next(part for part in parts if part is not type(None)), name)
    if origin is tuple:
        whole = parts[:-1] if parts[-1] is Ellipsis else parts
        return tuple(filled(part, name) for part in whole)
    if origin is frozenset:
        return frozenset({filled(parts[0], name)})
    if origin is not None and issubclass(origin, Mapping):
        return {filled(parts[0], name): filled(parts[1], name)}
    raise TypeError(f"{name}: no sample for {kind!r}")
