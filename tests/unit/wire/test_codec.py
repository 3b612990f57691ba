"""Plain documents: a set stands there in order wherever it is, so that the same thing always has the same hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from desk.wire import codec

MANY = frozenset(f"{number:02}" for number in range(40))
IN_ORDER = sorted(MANY)


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    flags: frozenset[str] = MANY


@dataclass(frozen=True, slots=True)
class Plain:
    name: str = "no set below"


@dataclass(frozen=True, slots=True)
class Tree:
    plain: Plain
    leaf: Leaf | None
    leaves: tuple[Leaf, ...]
    by_name: Mapping[str, tuple[frozenset[str], ...]]
    anything: Any = MANY


def test_sets_are_sorted_in_fields_lists_maps_and_where_the_type_does_not_tell():
    tree = Tree(Plain(), Leaf("a"), (Leaf("b"), Leaf("c", frozenset())), {"k": (MANY,)})
    assert codec.to_plain(tree) == {
        "plain": {"name": "no set below"},
        "leaf": {"name": "a", "flags": IN_ORDER},
        "leaves": [{"name": "b", "flags": IN_ORDER}, {"name": "c", "flags": []}],
        "by_name": {"k": [IN_ORDER]},
        "anything": IN_ORDER,
    }


def test_what_is_not_there_has_no_sets():
    assert codec.to_plain(Tree(Plain(), None, (), {}, None))["leaf"] is None
