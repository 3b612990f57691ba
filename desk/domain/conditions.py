"""Conditions over facts, in three values: it holds, it does not, or a fact that it needs is not known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping

from desk.domain.facts import Facts
from desk.domain.playbooks import Condition, FactValue, Op

_COMPARED: Mapping[Op, Callable[[FactValue, FactValue], bool]] = {Op.IS: operator.eq, Op.IS_NOT: operator.ne}
_ORDERED: Mapping[Op, Callable[[int, int], bool]] = {
    Op.ABOVE: operator.gt,
    Op.AT_LEAST: operator.ge,
    Op.BELOW: operator.lt,
    Op.AT_MOST: operator.le,
}
ORDERING = frozenset(_ORDERED)  # operations that need numbers


def holds(condition: Condition, facts: Facts) -> bool | None:
    """Whether the condition holds; None where a fact is not known (but for `known` and `unknown`).

    TypeError where what is compared by order is not a number: policy_checks keeps such playbooks out.
    """
    value = facts.get(condition.fact)
    if condition.op is Op.KNOWN:
        return value is not None
    if condition.op is Op.UNKNOWN:
        return value is None
    other = facts.get(condition.other) if condition.other else condition.value
    if value is None or other is None:
        return None
    if condition.op in _COMPARED:
        return _COMPARED[condition.op](value, other)
    if isinstance(value, str) or isinstance(other, str):
        raise TypeError(f"{condition.fact} {condition.op}: not a number")
    return _ORDERED[condition.op](value, other)


def all_hold(conditions: Iterable[Condition], facts: Facts) -> bool | None:
    """Whether all hold: no where one does not, whatever the others; None where it hangs on what is not known."""
    found = [holds(condition, facts) for condition in conditions]
    if False in found:
        return False
    return None if None in found else True
