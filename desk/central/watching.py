"""Which orders detection has to look at, and when: written with each order in the same transaction.

An order is looked at when it changed, when time alone makes a finding on it, and when orders like it came close
together. A quiet order has no row and costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from desk.central import tables as t
from desk.central.book import CentreBook
from desk.central.customers import CustomerIds
from desk.central.rows import chunks
from desk.central.store import Transaction
from desk.domain.contacts import normalised
from desk.domain.detection import first_ripe
from desk.domain.detection_groups import TRAITS, Alike, group_rules
from desk.domain.ledger import LedgerEntry
from desk.domain.orders import Order, OrderState
from desk.domain.policy import Policy
from desk.domain.tickets import Ticket
from desk.wire import codec
from desk.wire.canonical import digest
from desk.wire.tokens import phone_digits

RULES_KEY = "detecting_rules"
Tokens = set[tuple[str, str]]  # (trait, fingerprint)
_CANCELLED = str(OrderState.CANCELLED)
_LEAST_DIGITS = 7  # a shorter phone is nobody's in particular


@dataclass(frozen=True, slots=True)
class Watch:
    """The row of one order; `ripe_at` and `look_at` as in tables.watches."""

    order_id: str
    n: int
    ripe_at: datetime | None
    look_at: datetime | None


class Watching:
    """The store's observer of orders. Safe to share between threads."""

    def __init__(self, customers: CustomerIds) -> None:
        self._customers = customers

    def observe(self, tx: Transaction) -> None:
        """Bring the rows of every order up to date that this transaction wrote, or whose ledger it did."""
        if tx.policy is None or not tx.policy.detection.rules:
            return
        staged = tx.book.staged.values()
        ids = {one.id for one in staged if isinstance(one, Order)}
        ids |= {one.order_id for one in staged if isinstance(one, LedgerEntry)}
        if ids:
            orders = tx.book.many(Order, ids)
            settled = tx.now + timedelta(seconds=tx.policy.detection.settle_seconds)
            self.write(tx.book, list(orders.values()), tx.policy, tx.now, settled, tx.n)

    def write(
        self, book: CentreBook, orders: Sequence[Order], policy: Policy, now: datetime, soon: datetime, n: int
    ) -> None:
        """Bring the rows of these orders up to date, as commit `n` knows them: a row of a later one stays. What has
        to be looked at is due at `soon`."""
        if not orders:
            return
        connection = book.connection
        tokens = self._write_alikes(book, orders, policy, now)
        crowded = _crowded(connection, orders, tokens, policy)
        hanging = hanging_of(book, [order.id for order in orders])
        watches = []
        for order in orders:
            ripe_at, at_once = _looks(order, hanging[order.id], policy, now)
            look_at = soon if at_once or order.id in crowded else ripe_at
            watches.append(Watch(order.id, n, ripe_at, look_at))
        keep(connection, watches)

    # --- what orders share --------------------------------------------------------------------------------------

    def _write_alikes(
        self, book: CentreBook, orders: Sequence[Order], policy: Policy, now: datetime
    ) -> dict[str, Tokens]:
        """What each order shares with whom is written down; returned by order."""
        connection, oldest = book.connection, now - timedelta(days=policy.detection.oldest_days)
        table = t.alikes
        there: dict[str, Tokens] = defaultdict(set)
        told: dict[str, Tokens] = {}
        book.look_ahead([], [order.customer_id for order in orders])
        for some in chunks(order.id for order in orders):
            for row in connection.execute(select(table).where(table.c.order_id.in_(some))):
                there[row.order_id].add((row.kind, row.token))
        stale: list[str] = []
        made: list[dict[str, Any]] = []
        for order in orders:
            young = order.created_at > oldest
            wanted = self._tokens(order, book.private(order.customer_id) or {}) if young else set()
            told[order.id] = wanted
            if wanted != there[order.id]:
                stale += [order.id] if there[order.id] else []
                second = int(order.created_at.timestamp())
                made += [{"kind": k, "token": v, "order_id": order.id, "second": second} for k, v in sorted(wanted)]
        _wake_others(connection, {pair for one in stale for pair in there[one]}, now)
        for some in chunks(stale):
            connection.execute(delete(table).where(table.c.order_id.in_(some)))
        if made:
            connection.execute(insert(table), made)
        return told

    def _tokens(self, order: Order, contact: Mapping[str, str]) -> Tokens:
        """(trait, fingerprint). What is picked up at a store shares the store's address with everybody."""
        address = "" if order.pickup else normalised(contact.get("address", ""), contact.get("city", ""))
        phone = "".join(phone_digits(contact.get("phone", ""))[:1])
        found = {("address", address)} if address else set()
        found |= {("phone", phone)} if len(phone) >= _LEAST_DIGITS else set()
        return {(kind, self._customers.blind(f"{kind}/{told}")) for kind, told in found}


def _wake_others(connection: Connection, left: Iterable[tuple[str, str]], now: datetime) -> None:
    """Have the groups looked at that an order has left: the first order of each has a row."""
    for kind, token in sorted(left):
        there = select(t.alikes.c.order_id).where(t.alikes.c.kind == kind, t.alikes.c.token == token)
        found = t.watches.c.order_id.in_(there) & (t.watches.c.ripe_at <= now)
        connection.execute(update(t.watches).where(found).values(look_at=now))


def _looks(order: Order, hanging: Sequence[Any], policy: Policy, now: datetime) -> tuple[datetime | None, bool]:
    """From when on there is a finding on the order, and whether it has to be looked at whatever the time."""
    entries = [one for one in hanging if isinstance(one, LedgerEntry)]
    ripe_at = first_ripe(order, policy, now, entries)
    waits = any(isinstance(one, Ticket) and has_live_finding(one) for one in hanging)
    return ripe_at, waits or (ripe_at is not None and ripe_at <= now)


def rules_digest(policy: Policy) -> str:
    """Names what decides when an order is looked at: where it is another, every order has to be gone through."""
    return digest([codec.to_plain(policy.detection), codec.to_plain(policy.facts)])


def gone_through(policy: Policy) -> dict[str, Any]:
    """The row of `meta` that says that every order was gone through by these rules."""
    return {"key": RULES_KEY, "value": {"rules": rules_digest(policy), "after": None}}


def has_live_finding(ticket: Ticket) -> bool:
    """Whether detection has to see if what it saw still stands."""
    return ticket.is_open and ticket.finding is not None and ticket.finding.gone_at is None


def hanging_of(book: CentreBook, order_ids: Iterable[str]) -> dict[str, list[Any]]:
    """What hangs on each of these orders."""
    found: dict[str, list[Any]] = defaultdict(list)
    for one in book.of_orders(order_ids):
        order_id = getattr(one, "order_id", None)
        if order_id:
            found[order_id].append(one)
    return found


def keep(connection: Connection, watches: Sequence[Watch]) -> None:
    """Write these rows, and none of an order that is quiet. A row that a later commit wrote stays as it is."""
    table = t.watches
    for n in sorted({one.n for one in watches if one.look_at is None and one.ripe_at is None}):
        for some in chunks(one.order_id for one in watches if one.n == n and not (one.look_at or one.ripe_at)):
            connection.execute(delete(table).where(table.c.order_id.in_(some), table.c.n <= n))
    made = [
        {"order_id": one.order_id, "n": one.n, "ripe_at": one.ripe_at, "look_at": one.look_at}
        for one in watches
        if one.look_at or one.ripe_at
    ]
    if made:
        statement: Any = (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)
        new = {name: statement.excluded[name] for name in ("n", "ripe_at", "look_at")}
        older = table.c.n <= statement.excluded.n
        connection.execute(statement.on_conflict_do_update(index_elements=["order_id"], set_=new, where=older), made)


def _crowded(connection: Connection, orders: Sequence[Order], tokens: Mapping[str, Tokens], policy: Policy) -> set[str]:
    """Those of these orders around which so many others came that a group may be among them."""
    crowded: set[str] = set()
    for rule in group_rules(policy):
        span = int(rule.patience.total_seconds())
        kind, seconds = TRAITS[rule.key], {order.id: int(order.created_at.timestamp()) for order in orders}
        mine = [(order.id, token) for order in orders for of, token in tokens[order.id] if of == kind]
        near: dict[str, list[int]] = defaultdict(list)
        table = t.alikes
        between = table.c.second.between(min(seconds.values()) - span, max(seconds.values()) + span)
        for some in chunks(token for _, token in mine):
            wanted = select(table.c.token, table.c.second).where(table.c.kind == kind, table.c.token.in_(some), between)
            for row in connection.execute(wanted):
                near[row.token].append(row.second)
        for order_id, token in mine:
            around = sum(abs(second - seconds[order_id]) <= span for second in near[token])
            crowded |= {order_id} if around >= rule.limits["orders"] else set()
    return crowded


def alikes_around(
    connection: Connection, kind: str, order_ids: Iterable[str] | None, since: datetime, least: int
) -> dict[str, list[Alike]]:
    """Young orders that share this with any of these orders (None: with any at all), by what they share; where it is
    shared by `least` orders or more."""
    mine, others = t.alikes.alias("mine"), t.alikes.alias("others")
    table = t.orders
    columns = (others.c.token, others.c.second, table.c.id, table.c.number, table.c.state)
    young = (others.c.kind == kind) & (others.c.second >= int(since.timestamp()))
    wanted = select(*columns).join(table, table.c.id == others.c.order_id).where(young)
    if order_ids is None:
        crowd = select(mine.c.token).where(mine.c.kind == kind).group_by(mine.c.token).having(func.count() >= least)
        statements = [wanted.where(others.c.token.in_(crowd))]
    else:
        tokens = select(mine.c.token).where(mine.c.kind == kind)
        statements = [
            wanted.where(others.c.token.in_(tokens.where(mine.c.order_id.in_(some)))) for some in chunks(order_ids)
        ]
    found: dict[str, dict[str, Alike]] = defaultdict(dict)
    for statement in statements:
        for row in connection.execute(statement):
            at = datetime.fromtimestamp(row.second, UTC)
            found[row.token][row.id] = Alike(at=at, order_id=row.id, number=row.number, counts=row.state != _CANCELLED)
    return {token: list(orders.values()) for token, orders in found.items() if len(orders) >= least}


def forget_alikes(connection: Connection, customer_id: str) -> None:
    """Take away what a customer's orders share with others (erasure)."""
    mine = select(t.orders.c.id).where(t.orders.c.customer_id == customer_id)
    connection.execute(delete(t.alikes).where(t.alikes.c.order_id.in_(mine)))
