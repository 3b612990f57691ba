"""What takes several orders to see: many orders in a short time that share an address or a phone (MISSION 108)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.domain.detection import RULES, Found, as_found
from desk.domain.detection_policy import DetectionRule
from desk.domain.detection_spells import Saw, Spell
from desk.domain.policy import Policy

# What orders may share, by the rule that looks at it.
TRAITS = {"same_address": "address", "same_phone": "phone"}
_NAMED = 20  # order numbers named in what was seen


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alike:
    """One of several orders that share something; `counts` is false once it was cancelled."""

    at: datetime
    order_id: str
    number: str
    counts: bool = True


def group_rules(policy: Policy) -> tuple[DetectionRule, ...]:
    """The rules over several orders that are on."""
    return tuple(rule for rule in policy.detection.rules if rule.on and RULES[rule.key].look is None)


@dataclass(frozen=True, slots=True)
class Group:
    """Orders that follow one another closely: the first of them, and what is found of them all, if anything is."""

    first: str
    found: Found | None


def groups(rule: DetectionRule, orders: Iterable[Alike]) -> Iterator[Group]:
    """Every group of so many orders as the rule asks for, cancelled ones among them.

    It is found where so many that count came within the rule's time, and goes on while one order follows another within
    that time, so that it is one ticket however long it lasts.
    """
    span, most = rule.patience, rule.limits["orders"]
    for chain in _chains(sorted(orders), span):
        if len(chain) >= most:
            yield Group(chain[0].order_id, _found(rule, chain, most))


def _found(rule: DetectionRule, chain: Sequence[Alike], most: int) -> Found | None:
    live = [one for one in chain if one.counts]
    crowd = _first_crowd(live, rule.patience, most)
    if crowd is None:
        return None
    others = [one.number for one in live if one.order_id != chain[0].order_id]
    saw: Saw = {"orders": len(live), "numbers": ",".join(others[:_NAMED])}
    return as_found(rule, chain[0].order_id, Spell(window="group", since=live[0].at, saw=saw), crowd)


def _chains(orders: Sequence[Alike], span: timedelta) -> Iterator[list[Alike]]:
    chain: list[Alike] = []
    for one in orders:
        if chain and one.at - chain[-1].at > span:
            yield chain
            chain = []
        chain.append(one)
    if chain:
        yield chain


def _first_crowd(live: Sequence[Alike], span: timedelta, most: int) -> datetime | None:
    """When for the first time so many orders lay within the time; None where they never did."""
    for first, last in zip(live, live[most - 1 :], strict=False):
        if last.at - first.at <= span:
            return last.at
    return None
