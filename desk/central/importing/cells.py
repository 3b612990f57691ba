"""The cells of one order's rows as values: text, money, numbers, moments, words; what is wrong is kept as a fault."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from desk.central.importing import fields
from desk.central.importing.fields import BadCell
from desk.central.importing.mapping import OrderMapping
from desk.central.importing.source import Numbered

_T = TypeVar("_T")


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell. `fatal`: the order is left out; else it is taken as far as it goes."""

    row: int
    column: str
    code: str
    fatal: bool = True


class Cells:
    """Reads cells through a mapping; gathers faults instead of stopping at the first."""

    def __init__(self, mapping: OrderMapping) -> None:
        self.mapping = mapping
        self.source = mapping.source
        self._zone = ZoneInfo(mapping.source.timezone)
        self.faults: list[Fault] = []

    def fault(self, section: str, name: str, code: str, row: Numbered, *, fatal: bool = True) -> None:
        """Something is wrong with that field in that row."""
        pick = self.mapping.picks.get((section, name))
        self.faults.append(Fault(row.number, "+".join(pick.names()) if pick else name, code, fatal))

    def text(self, section: str, name: str, row: Numbered) -> str:
        """The field's text; empty where it is not mapped."""
        pick = self.mapping.picks.get((section, name))
        return pick.text(row.cells) if pick else ""

    def cell(
        self, section: str, name: str, row: Numbered, read: Callable[[str], _T], *, fatal: bool = True
    ) -> _T | None:
        """The value, or None for an empty cell, or None and a fault."""
        return self.part(section, name, row, self.text(section, name, row), read, fatal=fatal)

    def part(
        self, section: str, name: str, row: Numbered, text: str, read: Callable[[str], _T], *, fatal: bool = True
    ) -> _T | None:
        """The value of a part of that cell, as `cell`."""
        if not text:
            return None
        try:
            return read(text)
        except BadCell as error:
            self.fault(section, name, error.args[0], row, fatal=fatal)
            return None

    def money(self, section: str, name: str, row: Numbered) -> int | None:
        """Minor units."""
        return self.cell(section, name, row, self.as_money(section, name))

    def number(self, section: str, name: str, row: Numbered, least: int = 0) -> int | None:
        """A whole number of at least `least`."""
        return self.cell(section, name, row, lambda text: fields.whole(text, least))

    def moment_of(self, section: str, name: str, row: Numbered, *, fatal: bool = True) -> datetime | None:
        """Aware UTC."""
        return self.cell(section, name, row, self.as_moment, fatal=fatal)

    def word(self, section: str, name: str, row: Numbered, known: Mapping[str, _T]) -> _T | None:
        """What the word means; an unknown one is a fault, and so is none."""
        text = self.text(section, name, row)
        if text not in known:
            self.fault(section, name, "unknown_word" if text else "missing", row)
        return known.get(text)

    def as_money(self, section: str, name: str) -> Callable[[str], int]:
        """How an amount of that field is read."""
        pick = self.mapping.picks.get((section, name))
        unit = pick.unit if pick else "major"
        return lambda text: fields.money(text, self.source.currency, unit)

    def as_moment(self, text: str) -> datetime:
        """How a time of this file is read."""
        return fields.moment(text, self.source.dates, self._zone)
