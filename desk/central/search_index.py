"""The token table of the centre: written with each order in the same transaction, read by B-tree ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, tuple_

from desk.central import tables as t
from desk.central.rows import chunks, entity_of
from desk.domain.orders import Order
from desk.wire.tokens import Probe, Token, TokenKind, tokens_of

_RANK = {kind: rank for rank, kind in enumerate(TokenKind)}  # the order in which they are declared
_PERSONAL = (TokenKind.PHONE, TokenKind.NAME, TokenKind.PINYIN, TokenKind.INITIALS)
# Kinds of which the whole says more than a part; initials are as short as they are.
_WHOLE = (TokenKind.NUMBER, TokenKind.PHONE, TokenKind.TRACKING, TokenKind.NAME)
MOST_CANDIDATES = 400  # looked at to find the best; a query that matches more is too wide to be of use


@dataclass(frozen=True, slots=True)
class Found:
    """An order that answers every word; `matched` is the best kind that did, `exact` whether a whole token was told."""

    order: Order
    matched: TokenKind
    exact: bool


def index_orders(
    connection: Connection, written: Sequence[tuple[Order, Mapping[str, str]]], moved: frozenset[str]
) -> None:
    """Bring the tokens of orders up to date, each with its customer's values, and those of the other orders of
    customers whose values `moved`. An indexer of the store: runs in the transaction that writes the orders."""
    values = {order.customer_id: told for order, told in written}
    others = _others(connection, {order.id for order, _ in written}, moved & set(values))
    _replace(connection, [*written, *((order, values[order.customer_id]) for order in others)])


def forget_customer(connection: Connection, customer_id: str) -> None:
    """Take away every token that says who the customer is (erasure)."""
    mine = select(t.orders.c.id).where(t.orders.c.customer_id == customer_id)
    table = t.search_tokens
    connection.execute(delete(table).where(table.c.order_id.in_(mine), table.c.kind.in_(_PERSONAL)))


def find(connection: Connection, probes: Iterable[Probe], limit: int) -> list[Found]:
    """Orders that answer every word of a query, best first: whole tokens before parts, numbers before names, young
    before old."""
    words: dict[int, list[Probe]] = defaultdict(list)
    for probe in probes:
        words[probe.word].append(probe)
    if not words:
        return []
    table = t.search_tokens
    wanted = [t.orders.c.id.in_(select(table.c.order_id).where(_any(some))) for some in words.values()]
    rows = connection.execute(
        select(t.orders.c.id, t.orders.c.created_at)
        .where(*wanted)
        .order_by(t.orders.c.created_at.desc(), t.orders.c.id)
        .limit(MOST_CANDIDATES)
    ).all()
    best = _best(connection, [row.id for row in rows], [probe for some in words.values() for probe in some])
    ranked = sorted(rows, key=lambda row: _key(best[row.id]))[:limit]  # a stable sort keeps young before old
    orders = _orders(connection, [row.id for row in ranked])
    return [Found(orders[row.id], best[row.id][1], not best[row.id][0]) for row in ranked]


def _best(connection: Connection, ids: list[str], probes: list[Probe]) -> dict[str, tuple[bool, TokenKind]]:
    """(only a part was told, kind) of the best match of each order."""
    best: dict[str, tuple[bool, TokenKind]] = {}
    table = t.search_tokens
    for some in chunks(ids):
        found = select(table.c.order_id, table.c.kind, table.c.token).where(table.c.order_id.in_(some), _any(probes))
        for row in connection.execute(found):
            kind = TokenKind(row.kind)
            exact = kind in _WHOLE and any(probe.kind is kind and probe.token == row.token for probe in probes)
            match = (not exact, kind)
            if row.order_id not in best or _key(match) < _key(best[row.order_id]):
                best[row.order_id] = match
    return best


def _key(match: tuple[bool, TokenKind]) -> tuple[bool, int]:
    return match[0], _RANK[match[1]]


def _any(probes: Iterable[Probe]) -> ColumnElement[bool]:
    table = t.search_tokens
    return or_(*(and_(table.c.kind == str(one.kind), _between(one)) for one in probes))


def _between(probe: Probe) -> ColumnElement[bool]:
    low, high = probe.bounds
    return and_(t.search_tokens.c.token >= low, t.search_tokens.c.token < high)


def _orders(connection: Connection, ids: list[str]) -> dict[str, Order]:
    found: dict[str, Order] = {}
    for some in chunks(ids):
        for doc in connection.scalars(select(t.orders.c.doc).where(t.orders.c.id.in_(some))):
            order = _made(doc)
            found[order.id] = order
    return found


def _others(connection: Connection, written: set[str], customers: frozenset[str]) -> list[Order]:
    """The orders of these customers that are not being written."""
    found: list[Order] = []
    for some in chunks(customers):
        wanted = t.orders.c.customer_id.in_(some)
        for order_id, doc in connection.execute(select(t.orders.c.id, t.orders.c.doc).where(wanted)):
            if order_id not in written:
                found.append(_made(doc))
    return found


def _replace(connection: Connection, orders: Sequence[tuple[Order, Mapping[str, str]]]) -> set[str]:
    """Write the tokens of orders; the ids of those whose tokens changed."""
    table = t.search_tokens
    there: dict[str, set[Token]] = defaultdict(set)
    for some in chunks(order.id for order, _ in orders):
        rows = connection.execute(
            select(table.c.order_id, table.c.kind, table.c.token).where(table.c.order_id.in_(some))
        )
        for row in rows:
            there[row.order_id].add((TokenKind(row.kind), row.token))
    changed: set[str] = set()
    made: list[dict[str, str]] = []
    for order, values in orders:
        tracking = [parcel.tracking for parcel in order.parcels]
        wanted = tokens_of(order.number, tracking, values.get("name", ""), values.get("phone", ""))
        gone, new = there[order.id] - wanted, wanted - there[order.id]
        if gone:
            keys = [(str(kind), token) for kind, token in sorted(gone)]
            mine = (table.c.order_id == order.id) & tuple_(table.c.kind, table.c.token).in_(keys)
            connection.execute(delete(table).where(mine))
        made += [{"kind": str(kind), "token": token, "order_id": order.id} for kind, token in sorted(new)]
        changed |= {order.id} if gone or new else set()
    if made:
        connection.execute(insert(table), made)
    return changed


def _made(doc: Any) -> Order:
    made = entity_of("order", doc)
    if not isinstance(made, Order):
        raise TypeError("a row of orders holds no order")
    return made
