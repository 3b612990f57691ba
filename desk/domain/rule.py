"""How a rule is written and found: its setting, its loader, the table of rules by command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from desk.domain.case import Book, Case
from desk.domain.commands import Command
from desk.domain.decisions import Decision
from desk.domain.people import Actor
from desk.domain.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What every rule is given beside the case: who, by which policy, when (aware UTC)."""

    actor: Actor
    policy: Policy
    now: datetime


Rule = Callable[[Case, Any, Setting], Decision]
Loader = Callable[[Book, Any, Setting], Case]
RULES: dict[type[Command], tuple[Loader, Rule]] = {}
_R = TypeVar("_R", bound=Rule)


def rule(kind: type[Command], loader: Loader) -> Callable[[_R], _R]:
    """Decorator: this function decides commands of `kind`, on cases that `loader` loads."""

    def register(function: _R) -> _R:
        RULES[kind] = loader, function
        return function

    return register
