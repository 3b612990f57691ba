"""Folds changes into a case: the only place where an entity becomes another.

The centre writes what it returns, the desk draws what it returns (DESIGN 1.2). Every change that concerns a ticket also
becomes a step of its path, which the archive replays (MISSION 39).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from desk.domain.case import Case
from desk.domain.changes import Change
from desk.domain.evolve_money import MONEY
from desk.domain.evolve_tasks import TASKS
from desk.domain.evolve_tickets import TICKETS

_C = TypeVar("_C", bound=Change)
Fold = Callable[[Case, Any], Case]
FOLDS: dict[type[Change], Fold] = {**TICKETS, **MONEY, **TASKS}


def evolve(case: Case, changes: Iterable[Change]) -> Case:
    """The case after `changes`, in their order.

    Raises KeyError where a change names an entity that is not part of the case, ValueError where a budget's equation
    would break: both are bugs of the rule that made the change, never a user's fault.
    """
    for change in changes:
        case = FOLDS[type(change)](case, change)
    return case
