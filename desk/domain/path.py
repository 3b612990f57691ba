"""Writes a ticket's path: one step for each change that concerns it, with its facts and no personal data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum
from typing import Any

from desk.domain.case import Case
from desk.domain.changes import Change
from desk.domain.tickets import Finding, Step, Ticket

Fact = str | int | None
_FACTS = frozenset({"saw"})  # mappings whose members are facts; others hold names
_NOT_FACTS = frozenset({"at", "by", "ticket_id", "ticket"})


def code_of(change: Change) -> str:
    """The step's code: the change's name in snake_case (ticket_claimed)."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(change).__name__).lower()


def facts_of(change: Change | Finding) -> dict[str, Fact]:
    """What the change (or a finding) says, flat: enums by value, times as ISO 8601, sets and tuples joined by commas.

    Changes hold ids of private texts, never the words, so nothing personal can come in here.
    """
    return _flat(change)


def _flat(thing: Any) -> dict[str, Fact]:
    found: dict[str, Fact] = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name in _NOT_FACTS or value is None or value == "":
            continue
        if is_dataclass(value):
            found.update(_flat(value))
        elif isinstance(value, tuple | frozenset):
            found[field.name] = ",".join(sorted(str(_plain(part)) for part in value))
        elif isinstance(value, Mapping):
            found.update(value if field.name in _FACTS else {})
        else:
            found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Fact:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.isoformat()
    return int(value) if isinstance(value, int) else str(value)


def stepped(ticket: Ticket, change: Change, data: Mapping[str, Fact] | None = None) -> Ticket:
    """The ticket with this change as the last step of its path."""
    facts = facts_of(change) if data is None else dict(data)
    step = Step(at=change.at, by=change.by, code=code_of(change), data=facts)
    return replace(ticket, path=(*ticket.path, step))


def on_path(case: Case, ticket_id: str | None, change: Change, data: Mapping[str, Fact]) -> Case:
    """The case with the step on that ticket's path; unchanged where the ticket is not part of the case."""
    ticket = case.get(Ticket, ticket_id)
    return case if ticket is None else case.put(stepped(ticket, change, data))
