"""The detection worker: looks at orders that changed or fell due; raises, notes and clears what policy's rules find.

One worker at a time leads (a row of `meta` with a lease); ids are derived, so a second one would do no harm. What is
found is looked at again inside the transaction that acts on it. When policy's rules change, every order is gone through
once, in portions.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DataError, IntegrityError, OperationalError

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.book import CentreBook
from desk.central.customers import CustomerIds
from desk.central.faults import trail
from desk.central.looping import run_steps
from desk.central.metrics import DetectTimes
from desk.central.rows import entity_of, upsert
from desk.central.service import Service
from desk.central.store import Store, TooManyRows, Transaction
from desk.central.watching import (
    RULES_KEY,
    Watch,
    Watching,
    alikes_around,
    hanging_of,
    has_live_finding,
    keep,
    rules_digest,
)
from desk.domain.commands import Command, OpenTicket
from desk.domain.detection import Found, by_rule, found, next_look
from desk.domain.detection_groups import TRAITS, Alike, group_rules, groups
from desk.domain.detection_plan import plan
from desk.domain.detection_policy import DetectionRule
from desk.domain.ledger import LedgerEntry
from desk.domain.orders import Order
from desk.domain.policy import Policy
from desk.domain.tickets import Ticket
from desk.wire.protocol import VerdictStatus

log = structlog.get_logger()

LOOKED_AT_ONCE = 200  # orders read in one step
ACTED_ON_AT_ONCE = 20  # orders of which something is written in one commit
GONE_THROUGH_AT_ONCE = 500  # orders of one portion after a change of policy
LEASE = timedelta(seconds=30)
SHORTEST_SECONDS = 0.2
_AFTER_FAULT = timedelta(hours=1)
_BAD_CONTENT = (IntegrityError, DataError, TooManyRows)
_LEADER = "detecting"


@dataclass(slots=True)
class _Case:
    """One order as a look found it: what there is to do, and when to look again."""

    watch: Watch
    commands: tuple[Command, ...] = ()
    found: tuple[Found, ...] = ()


@dataclass(slots=True)
class Looked:
    """What a run of steps did: orders looked at, tickets raised, noted and cleared."""

    orders: int = 0
    raised: int = 0
    noted: int = 0
    cleared: int = 0


@dataclass(slots=True)
class Detector:
    """A step function without threads of its own; `step` is called again at the time it returns, or earlier."""

    store: Store
    applier: Applier
    watching: Watching
    times: DetectTimes = field(default_factory=DetectTimes)
    looked: Looked = field(default_factory=Looked)
    _name: str = field(default_factory=lambda: uuid.uuid4().hex)
    _leads_until: datetime | None = None
    _known_rules: str = ""

    def step(self, now: datetime) -> datetime | None:
        """Look at what is due; when the next look is (None: nothing waits)."""
        if not self._leads(now):
            return now + LEASE
        policy = self._policy()
        if policy is None or not policy.detection.rules:
            return None
        if self.go_through(policy, now):
            return now
        due = self._due(now)
        self._look_at(due, policy, now)
        return now if len(due) >= LOOKED_AT_ONCE else self._next()

    def run_dry(self, now: datetime) -> Looked:
        """Step until nothing is due any more."""
        while (upcoming := self.step(now)) is not None and upcoming <= now:
            pass
        return self.looked

    # --- one at a time ------------------------------------------------------------------------------------------

    def _leads(self, now: datetime) -> bool:
        """Whether this worker leads; the lease is renewed in its second half."""
        if self._leads_until is not None and now < self._leads_until - LEASE / 2:
            return True
        with self.store.aside() as connection:
            wanted = select(t.meta.c.value).where(t.meta.c.key == _LEADER).with_for_update()
            there: Mapping[str, str] = connection.scalar(wanted) or {}
            if there and there["who"] != self._name and datetime.fromisoformat(there["until"]) > now:
                self._leads_until = None
                return False
            self._leads_until = now + LEASE
            value = {"who": self._name, "until": self._leads_until.isoformat()}
            upsert(connection, t.meta, [{"key": _LEADER, "value": value}])
        return True

    def leave(self) -> None:
        """Let another worker lead at once."""
        if self._leads_until is not None:
            with self.store.aside() as connection:
                upsert(connection, t.meta, [{"key": _LEADER, "value": {}}])
            self._leads_until = None

    # --- after a change of policy -------------------------------------------------------------------------------

    def go_through(self, policy: Policy, now: datetime) -> bool:
        """Where the rules are not those by which the orders were gone through last: the next portion of them. Whether
        there is more to go through."""
        rules = rules_digest(policy)
        if rules == self._known_rules:
            return False
        with self.store.aside() as connection:
            state: Mapping[str, Any] = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == RULES_KEY)) or {}
            if state.get("rules") != rules:
                state = {"rules": rules, "after": ""}
            if state["after"] is None:
                self._known_rules = rules
                return False
            after = self._portion(connection, str(state["after"]), policy, now)
            upsert(connection, t.meta, [{"key": RULES_KEY, "value": {"rules": rules, "after": after}}])
        return True

    def _portion(self, connection: Connection, after: str, policy: Policy, now: datetime) -> str | None:
        """Write the rows of the next orders by id; the last of these, None at the end. What a commit after this moment
        writes is newer."""
        n = self.store.head(connection).n
        table = t.orders
        wanted = select(table.c.doc).where(table.c.id > after).order_by(table.c.id).limit(GONE_THROUGH_AT_ONCE)
        orders = [one for doc in connection.scalars(wanted) if isinstance(one := entity_of("order", doc), Order)]
        self.watching.write(CentreBook(connection), orders, policy, now, now, n)
        return orders[-1].id if len(orders) == GONE_THROUGH_AT_ONCE else None

    # --- looking ------------------------------------------------------------------------------------------------

    def _due(self, now: datetime) -> list[Watch]:
        table = t.watches
        wanted = select(table).where(table.c.look_at <= now).order_by(table.c.look_at, table.c.order_id)
        with self.store.reading() as connection:
            rows = connection.execute(wanted.limit(LOOKED_AT_ONCE)).all()
        return [Watch(row.order_id, row.n, row.ripe_at, row.look_at) for row in rows]

    def _look_at(self, due: Sequence[Watch], policy: Policy, now: datetime) -> None:
        """Most have nothing to do: that is found out without the head lock. The others are read again under it."""
        if not due:
            return
        with self.store.reading() as connection:
            cases = cases_of(CentreBook(connection), due, policy, now)
        self.looked.orders += len(cases)
        quiet = [one.watch for one in cases if not one.commands]
        if quiet:
            with self.store.aside() as connection:
                keep(connection, quiet)
        busy = [one.watch for one in cases if one.commands]
        for start in range(0, len(busy), ACTED_ON_AT_ONCE):
            some = busy[start : start + ACTED_ON_AT_ONCE]
            try:
                self._act_on(some)
            except _BAD_CONTENT:
                for one in some:
                    self._act_alone(one, now)

    def _act_alone(self, watch: Watch, now: datetime) -> None:
        try:
            self._act_on([watch])
        except _BAD_CONTENT as error:
            log.error("findings not taken", order=watch.order_id, error=type(error).__name__, trail=trail(error))
            with self.store.aside() as connection:
                keep(connection, [replace(watch, look_at=now + _AFTER_FAULT)])

    def _act_on(self, watches: Sequence[Watch]) -> None:
        """Look again with the books held, act, and write down when to look next, in one commit."""
        with self.store.writing() as tx:
            if tx.policy is None:
                return
            tx.book.of_orders([one.order_id for one in watches])
            cases = cases_of(tx.book, watches, tx.policy, tx.now)
            for case in cases:
                self._apply(tx, case)
            keep(tx.connection, [replace(case.watch, n=tx.n) for case in cases])

    def _apply(self, tx: Transaction, case: _Case) -> None:
        ripe = {one.ticket_id: one for one in case.found}
        for command in case.commands:
            (verdict,) = self.applier.inside(tx, [command])
            if verdict.status is not VerdictStatus.APPLIED:
                log.warning("finding not taken", command=command.name, code=verdict.code, data=verdict.data)
            elif not verdict.duplicate:
                self._count(command, ripe, tx.now)

    def _count(self, command: Command, ripe: Mapping[str, Found], now: datetime) -> None:
        if isinstance(command, OpenTicket):
            one = ripe[command.ticket_id]
            self.looked.raised += 1
            self.times.count(one.rule, max(0.0, (now - one.at).total_seconds()))
        elif command.name == "NoteFinding":
            self.looked.noted += 1
        elif command.name == "ClearFinding":
            self.looked.cleared += 1

    def _next(self) -> datetime | None:
        with self.store.reading() as connection:
            upcoming: datetime | None = connection.scalar(select(func.min(t.watches.c.look_at)))
        return upcoming

    def _policy(self) -> Policy | None:
        with self.store.reading() as connection:
            return self.store.head_policy(connection)


def cases_of(book: CentreBook, due: Sequence[Watch], policy: Policy, now: datetime) -> list[_Case]:
    """What there is to do about these orders, and about the first of each group that one of them belongs to."""
    ids = [one.order_id for one in due]
    grouped = groups_of(book, ids, policy, now)
    rows = {one.order_id: one for one in due}
    for one in grouped:
        rows.setdefault(one, Watch(one, 0, None, None))
    orders = book.many(Order, rows)
    hanging = hanging_of(book, orders)
    return [_case(orders[one], rows[one], hanging[one], grouped.get(one, ()), policy, now) for one in orders]


def _case(
    order: Order, watch: Watch, hanging: Sequence[Any], grouped: Sequence[Found], policy: Policy, now: datetime
) -> _Case:
    entries = tuple(one for one in hanging if isinstance(one, LedgerEntry))
    tickets = [one for one in hanging if isinstance(one, Ticket)]
    seen = (*found(order, policy, now, entries), *grouped)
    standing = {
        (one.rule, one.window)
        for rule in policy.detection.rules
        if any(has_live_finding(ticket) for ticket in tickets)
        for one in by_rule(rule, order, policy, entries)
        if one.until is None or one.until > now
    }
    ripe_at = min((one.at for one in seen), default=None)
    look_at = next_look(order, policy, now, entries)
    after = Watch(order.id, watch.n, ripe_at or look_at, look_at)
    return _Case(after, plan(order.id, seen, standing, tickets, policy), seen)


def groups_of(
    book: CentreBook, order_ids: Iterable[str] | None, policy: Policy, now: datetime
) -> dict[str, list[Found]]:
    """Findings over several orders, by the order that comes first in each group: of the groups that one of these
    orders belongs to, or of all (None). Empty for a group that is a finding no more."""
    made: dict[str, list[Found]] = {}
    oldest = now - timedelta(days=policy.detection.oldest_days)
    for rule in group_rules(policy):
        for orders in _shared(book, rule, order_ids, oldest):
            for group in groups(rule, orders):
                made.setdefault(group.first, []).extend([group.found] if group.found else [])
    return made


def _shared(
    book: CentreBook, rule: DetectionRule, order_ids: Iterable[str] | None, oldest: datetime
) -> Iterable[list[Alike]]:
    least = rule.limits["orders"]
    return alikes_around(book.connection, TRAITS[rule.key], order_ids, oldest, least).values()


def detector_of(service: Service) -> Detector:
    """A worker over a service's books."""
    return Detector(service.store, service.applier, Watching(CustomerIds(service.store)), service.detections)


def run(service: Service, stop: threading.Event) -> None:
    """Work until `stop`. Blocks; run it on a thread of its own."""
    detector = detector_of(service)
    run_steps(detector.step, service.store, stop, shortest=SHORTEST_SECONDS, stands_back=True)
    with suppress(OperationalError):  # the database is away: the lease ends by itself
        detector.leave()
