"""A choice offered to people: a key, and its name in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A choice offered to people."""

    key: str
    names: Names
