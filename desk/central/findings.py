"""What detection finds over all orders at once: the list of what stands now, and the rehearsal of other limits.

Both only read. The list goes by the rows of `watches`, so that quiet orders cost nothing; a rehearsal reads every
order, for it asks what was.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.book import CentreBook
from desk.central.detecting import groups_of
from desk.central.rows import chunks, entity_of
from desk.central.store import Store
from desk.central.watching import alikes_around, hanging_of
from desk.domain.detection import RULES, Found, by_rule, found, limit_names
from desk.domain.detection_checks import faults
from desk.domain.detection_groups import TRAITS, groups
from desk.domain.detection_policy import SPANS, DetectionRule
from desk.domain.ledger import LedgerEntry
from desk.domain.orders import Order
from desk.domain.policy import Policy
from desk.domain.tickets import Ticket

_PORTION = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A finding that stands, of which order, and the number of its ticket where it has one."""

    number: str
    found: Found
    ticket: str = ""


def standing(store: Store, policy: Policy, now: datetime) -> list[Listed]:
    """Every finding that stands at `now`, by rule and time."""
    listed: list[Listed] = []
    with store.reading() as connection:
        grouped = {one: some for one, some in groups_of(CentreBook(connection), None, policy, now).items() if some}
        table = t.watches
        ripe = {row.order_id for row in connection.execute(select(table.c.order_id).where(table.c.ripe_at <= now))}
        for some in chunks(ripe | set(grouped)):
            listed += _listed(CentreBook(connection), some, grouped, policy, now)
    return sorted(listed, key=lambda one: (one.found.rule, one.found.at, one.number))


def _listed(
    book: CentreBook, order_ids: Sequence[str], grouped: Mapping[str, Sequence[Found]], policy: Policy, now: datetime
) -> Iterator[Listed]:
    orders = book.many(Order, order_ids)
    hanging = hanging_of(book, order_ids)
    for order_id, order in orders.items():
        entries = [one for one in hanging[order_id] if isinstance(one, LedgerEntry)]
        tickets = [one for one in hanging[order_id] if isinstance(one, Ticket)]
        for one in (*found(order, policy, now, entries), *grouped.get(order_id, ())):
            yield Listed(number=order.number, found=one, ticket=_ticket_of(one, tickets))


def _ticket_of(one: Found, tickets: Sequence[Ticket]) -> str:
    """Its own ticket, or the open one that has it noted."""
    noted = [
        ticket
        for ticket in tickets
        if any((step.data.get("rule"), step.data.get("window")) == (one.rule, one.window) for step in ticket.path)
    ]
    return noted[-1].number if noted else ""


# --- rehearsal ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raised:
    """A ticket that some rule would have raised: for which order, and on which day (of the service desk's calendar)."""

    rule: str
    number: str
    day: date
    window: str


@dataclass(slots=True)
class Rehearsal:
    """What one policy would have raised in a stretch of time, and another one."""

    rules: tuple[str, ...]
    orders: int = 0
    now: set[Raised] = field(default_factory=set)
    then: set[Raised] = field(default_factory=set)

    def counts(self) -> list[tuple[str, int, int]]:
        """(rule, in force, with the other limits)."""
        now, then = Counter(one.rule for one in self.now), Counter(one.rule for one in self.then)
        return [(rule, now[rule], then[rule]) for rule in self.rules]

    def days(self) -> list[tuple[date, str, int, int]]:
        """(day, rule, in force, with the other limits), days without either left out."""
        now = Counter((one.day, one.rule) for one in self.now)
        then = Counter((one.day, one.rule) for one in self.then)
        return [(day, rule, now[day, rule], then[day, rule]) for day, rule in sorted({*now, *then})]

    def new(self) -> list[Raised]:
        """What only the other limits raise. The same silence found on another day is not new."""
        return _without(self.then, self.now)

    def gone(self) -> list[Raised]:
        """What only the limits in force raise."""
        return _without(self.now, self.then)


def _without(these: Iterable[Raised], those: Iterable[Raised]) -> list[Raised]:
    known = {(one.rule, one.number, one.window) for one in those}
    left = [one for one in these if (one.rule, one.number, one.window) not in known]
    return sorted(left, key=lambda one: (one.rule, one.day, one.number))


def changed(policy: Policy, settings: Mapping[str, Mapping[str, str]]) -> Policy:
    """The policy with other limits: {rule: {limit: number, or "on": yes/no}}. A limit of time replaces all the rule had
    of it. ValueError where there is no such rule or limit."""
    rules = {rule.key: rule for rule in policy.detection.rules}
    for key, limits in settings.items():
        if key not in rules:
            raise ValueError(f"--rule {key}: there are {', '.join(sorted(rules))}")
        rules[key] = _with_limits(rules[key], limits)
    made = replace(policy, detection=replace(policy.detection, rules=tuple(rules.values())))
    for where, what in faults(made):
        raise ValueError(f"{where}: {what}")
    return made


def _with_limits(rule: DetectionRule, limits: Mapping[str, str]) -> DetectionRule:
    made = dict(rule.limits)
    if any(name in SPANS for name in limits):
        made = {name: value for name, value in made.items() if name not in SPANS}
    for name, text in limits.items():
        if name == "on":
            rule = replace(rule, on=text in ("yes", "true", "1"))
        elif name not in limit_names(rule.key):
            raise ValueError(f"--set {name}: {rule.key} has {', '.join((*limit_names(rule.key), 'on'))}")
        elif not text.isdecimal():
            raise ValueError(f"--set {name}={text}: not a whole number")
        else:
            made[name] = int(text)
    return replace(rule, limits=made)


def rehearse(store: Store, policy: Policy, other: Policy, since: datetime, now: datetime) -> Rehearsal:
    """What `policy` and `other` would have raised after `since`, by what is known of every order today. Where both are
    the same, every rule that is on is told; else the rules in which they differ."""
    before = {rule.key: rule for rule in policy.detection.rules}
    after = {rule.key: rule for rule in other.detection.rules}
    differ = tuple(key for key in after if after[key] != before.get(key))
    rules = differ or tuple(key for key, rule in before.items() if rule.on)
    made = Rehearsal(rules)
    with store.reading() as connection:
        for order in _orders(connection):
            made.orders += 1
            for key in rules:
                made.now |= _raised(before[key], order, policy, since, now)
                made.then |= _raised(after[key], order, other, since, now)
        for key in rules:
            if RULES[key].look is None:
                made.now |= _raised_by_groups(connection, before[key], policy, since, now)
                made.then |= _raised_by_groups(connection, after[key], other, since, now)
    return made


def _orders(connection: Connection) -> Iterator[Order]:
    table, after = t.orders, ""
    while True:
        wanted = select(table.c.doc).where(table.c.id > after).order_by(table.c.id).limit(_PORTION)
        docs = list(connection.scalars(wanted))
        for doc in docs:
            order = entity_of("order", doc)
            if isinstance(order, Order):
                yield order
                after = order.id
        if len(docs) < _PORTION:
            return


def _raised(rule: DetectionRule, order: Order, policy: Policy, since: datetime, now: datetime) -> set[Raised]:
    if not rule.on:
        return set()
    return {
        Raised(rule.key, order.number, _day(one.at, policy), one.window)
        for one in by_rule(rule, order, policy)
        if since < one.at <= now and (one.until is None or one.until > one.at)
    }


def _raised_by_groups(
    connection: Connection, rule: DetectionRule, policy: Policy, since: datetime, now: datetime
) -> set[Raised]:
    if not rule.on:
        return set()
    oldest = now - timedelta(days=policy.detection.oldest_days)
    made = set()
    for orders in alikes_around(connection, TRAITS[rule.key], None, oldest, rule.limits["orders"]).values():
        numbers = {one.order_id: one.number for one in orders}
        for group in groups(rule, orders):
            if group.found is not None and since < group.found.at <= now:
                day = _day(group.found.at, policy)
                made.add(Raised(rule.key, numbers[group.first], day, group.found.window))
    return made


def _day(at: datetime, policy: Policy) -> date:
    return at.astimezone(ZoneInfo(policy.tickets.calendar.timezone)).date()
