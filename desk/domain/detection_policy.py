"""Detection as policy: which facts of an order raise a ticket, past which thresholds; what makes a contact doubtful.

A rule is a row; what it looks at is code (`domain.detection`) under the same key. Every limit is a whole number:
minutes, hours and days add up to how long a fact has to last, the others are counts (`detection.RULES` knows them).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from desk.domain.named import Named, Names

SPANS = ("minutes", "hours", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionRule(Named):
    """One rule: the sub-type it raises and its limits (MISSION 72, 73, 108)."""

    subtype: str
    limits: Mapping[str, int] = field(default_factory=dict)
    on: bool = True

    @property
    def patience(self) -> timedelta:
        """How long the fact has to last before it is a finding."""
        return timedelta(**{name: self.limits[name] for name in SPANS if name in self.limits})


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionPolicy:
    """The rules, and the words of the record where a ticket closes by itself because what was seen went away.

    A fact that became a finding more than `oldest_days` ago is history: nobody is woken by an import of old orders.
    """

    rules: tuple[DetectionRule, ...] = ()
    oldest_days: int = 60
    settle_seconds: int = 0  # after news of an order, before it is looked at: what belongs together comes in parts
    language: str = "zh"
    outcome: str = ""
    result: str = ""
    process: Names = field(default_factory=dict)
    feedback: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPolicy:
    """What a phone number and an address have to be (MISSION 115). A phone is good where it is a possible one of any of
    the `regions`. `zh`/`en` lists are parts of words of which a complete address has at least one each: a place on a
    street, and what leads to the door."""

    regions: tuple[str, ...] = ("CN", "US", "JP")
    placeholder_phones: tuple[str, ...] = ()
    placeholder_addresses: tuple[str, ...] = ()
    least_zh: int = 4  # characters of a Chinese or Japanese address without its city
    least_en: int = 2  # words of another one
    streets_zh: tuple[str, ...] = ()
    doors_zh: tuple[str, ...] = ()
    streets_en: tuple[str, ...] = ()
