"""Exceptions find themselves: policy's rules over one order, what they find now, and when time alone may find more.

A rule is patience with a spell (detection_spells): a fact that lasts longer than its rule waits is a finding. So the
same code finds what is wrong now (`found`), says when to look again (`next_look`), and tells what other limits would
have found (`history`). What takes several orders to see is in `detection_groups`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desk.domain import detection_parcels, detection_spells
from desk.domain.detection_policy import SPANS, DetectionRule
from desk.domain.detection_spells import Sight, Spell, Spells
from desk.domain.ids import derived_id
from desk.domain.ledger import LedgerEntry
from desk.domain.orders import Order
from desk.domain.policy import Policy
from desk.domain.tickets import Finding


@dataclass(frozen=True, slots=True)
class RuleKind:
    """What the code knows of a rule: its look (None: over several orders), its counted limits with their least
    values, and whether it has to wait."""

    look: Callable[[Sight], Spells] | None
    counts: Mapping[str, int]
    waits: bool = True


RULES: Mapping[str, RuleKind] = {
    "payment_incomplete": RuleKind(detection_spells.payment_incomplete, {}),
    "paid_not_updated": RuleKind(detection_spells.paid_not_updated, {}),
    "paid_twice": RuleKind(detection_spells.paid_twice, {}, waits=False),
    "amount_mismatch": RuleKind(detection_spells.amount_mismatch, {}, waits=False),
    "oversold": RuleKind(detection_spells.oversold, {}, waits=False),
    "reservation_failed": RuleKind(detection_spells.reservation_failed, {}),
    "stock_differs": RuleKind(detection_spells.stock_differs, {"pieces": 1}, waits=False),
    "trace_stalled": RuleKind(detection_parcels.trace_stalled, {}),
    "never_scanned": RuleKind(detection_parcels.never_scanned, {}),
    "delivery_delayed": RuleKind(detection_parcels.delivery_delayed, {}, waits=False),
    "parcel_lost": RuleKind(detection_parcels.parcel_lost, {}, waits=False),
    "refused": RuleKind(detection_parcels.refused, {}, waits=False),
    "address_wrong": RuleKind(detection_spells.address_wrong, {}, waits=False),
    "phone_wrong": RuleKind(detection_spells.phone_wrong, {}, waits=False),
    "sync_failed": RuleKind(detection_spells.sync_failed, {}, waits=False),
    "odd_quantity": RuleKind(detection_spells.odd_quantity, {"pieces": 2}, waits=False),
    "new_account_bulk": RuleKind(detection_spells.new_account_bulk, {"pieces": 2}, waits=False),
    # Over several orders: so many within `minutes`, `hours` or `days` (detection_groups).
    "same_address": RuleKind(None, {"orders": 2}),
    "same_phone": RuleKind(None, {"orders": 2}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Something that a rule found on an order: since when it was so, and from when on that is a finding."""

    rule: str
    subtype: str
    window: str
    order_id: str
    since: datetime
    at: datetime
    until: datetime | None
    saw: Mapping[str, str | int]

    @property
    def ticket_id(self) -> str:
        """The ticket that this raises: one for each order, rule and window."""
        return derived_id(f"finding.{self.rule}", self.order_id, self.window)

    def finding(self) -> Finding:
        """What the ticket keeps of it."""
        return Finding(rule=self.rule, window=self.window, saw={**self.saw, "since": self.since.isoformat()})


def found(order: Order, policy: Policy, now: datetime, entries: Iterable[LedgerEntry] = ()) -> tuple[Found, ...]:
    """What is wrong with the order now, by every rule that is on. `entries` is its ledger."""
    return tuple(one for one in _open(order, policy, now, entries) if one.at <= now)


def next_look(order: Order, policy: Policy, now: datetime, entries: Iterable[LedgerEntry] = ()) -> datetime | None:
    """The earliest moment after `now` at which time alone makes a finding; None where it never does."""
    return min((one.at for one in _open(order, policy, now, entries) if one.at > now), default=None)


def first_ripe(order: Order, policy: Policy, now: datetime, entries: Iterable[LedgerEntry] = ()) -> datetime | None:
    """From when on there is a finding on this order: in the past where there is one now, None where nothing lasts."""
    return min((one.at for one in _open(order, policy, now, entries)), default=None)


def history(order: Order, policy: Policy, since: datetime, now: datetime) -> tuple[Found, ...]:
    """What the rules would have found between `since` and `now`, by what is known of the order today."""
    seen = (one for rule in policy.detection.rules if rule.on for one in by_rule(rule, order, policy))
    return tuple(one for one in seen if since < one.at <= now and (one.until is None or one.until > one.at))


def _open(order: Order, policy: Policy, now: datetime, entries: Iterable[LedgerEntry]) -> Iterator[Found]:
    """What lasts at `now`, ripe or not; what became a finding long ago is nobody's matter any more."""
    oldest = now - timedelta(days=policy.detection.oldest_days)
    kept = tuple(entries)
    for rule in policy.detection.rules:
        if rule.on:
            for one in by_rule(rule, order, policy, kept):
                if (one.until is None or one.until > now) and one.since <= now and one.at > oldest:
                    yield one


def by_rule(
    rule: DetectionRule, order: Order, policy: Policy, entries: tuple[LedgerEntry, ...] = ()
) -> Iterator[Found]:
    """Every spell that the rule looks for, over or not, with the moment at which it is a finding."""
    look = RULES[rule.key].look
    if look is None:
        return
    patience = rule.patience
    for spell in look(Sight(order=order, policy=policy, limits=rule.limits, entries=entries)):
        yield as_found(rule, order.id, spell, _after(spell.since, patience))


def as_found(rule: DetectionRule, order_id: str, spell: Spell, at: datetime) -> Found:
    """A spell as a finding of that rule, with the limits that made it one."""
    return Found(
        rule=rule.key,
        subtype=rule.subtype,
        window=spell.window,
        order_id=order_id,
        since=spell.since,
        at=at,
        until=spell.until,
        saw={**spell.saw, **{f"limit_{name}": value for name, value in rule.limits.items()}},
    )


def _after(moment: datetime, span: timedelta) -> datetime:
    """So much later; a source may tell of a day at the end of all days."""
    try:
        return moment + span
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def limit_names(key: str) -> tuple[str, ...]:
    """The limits that a rule knows: how long it waits, and what it counts."""
    return (*SPANS, *RULES[key].counts)
