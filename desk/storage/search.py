"""Finding orders in the replica by their search tokens (wire.tokens): kept with the rows, read by B-tree ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.storage.tables import replica_order, replica_private, search_known, search_token
from desk.wire.canonical import parsed
from desk.wire.tokens import Probe, Token, TokenKind, read_query, tokens_of

__all__ = ["find", "index", "index_all", "matching"]

_PORTION = 400
_MANY = 5000  # orders at a time where all are indexed
MOST_CANDIDATES = 5000  # of one word: "13" matches half of all phones; the other words or the centre narrow it


def index(connection: Connection, order_ids: Iterable[str]) -> None:
    """Bring the tokens of these orders up to date; those that are gone lose theirs."""
    ids = sorted(set(order_ids))
    for start in range(0, len(ids), _PORTION):
        _index_some(connection, ids[start : start + _PORTION])


def index_all(connection: Connection, told: Callable[[int], None] = lambda done: None) -> None:
    """Write the tokens of every order into empty tables; `told` hears how many orders are done.

    Tokens come in the order of orders and belong in the order of their letters: a row at a time they would be written
    all over the tree. So they are set down first, kind by kind, and go into the tree sorted.
    """
    tokens: dict[str, list[tuple[str, str]]] = {str(kind): [] for kind in TokenKind}
    for kind in tokens:
        connection.exec_driver_sql(f"CREATE TABLE search_staged_{kind} (token TEXT, order_id TEXT)")
    done, last = 0, ""
    while found := _portion_after(connection, last):
        known: list[tuple[str, str]] = []
        for order_id, mine in _made(found):
            known.append((order_id, _kept(mine)))
            for kind, token in mine:
                tokens[kind].append((token, order_id))
        _set_down(connection, known, tokens)
        last, done = found[-1][0], done + len(found)
        told(done)
    for kind in sorted(tokens):  # as the tree has them
        connection.exec_driver_sql(
            f"INSERT INTO search_token SELECT '{kind}', token, order_id FROM search_staged_{kind} "  # noqa: S608
            "ORDER BY token, order_id"
        )
        connection.exec_driver_sql(f"DROP TABLE search_staged_{kind}")


def find(connection: Connection, text: str, limit: int) -> list[tuple[str, str]]:
    """(order id, token kind that matched) of orders that answer every word of `text`, best first: by number or tracking
    number, then phone, then names; of those alike the young before the old, as at the centre."""
    found: list[tuple[str, str]] = []
    for _, alike in groupby(matching(connection, read_query(text)), key=lambda hit: hit[1]):
        if len(found) < limit:
            found += _young_first(connection, list(alike))
    return found[:limit]


def _young_first(connection: Connection, hits: list[tuple[str, str]]) -> list[tuple[str, str]]:
    created: dict[str, str] = {}
    wanted = sa.select(replica_order.c.id, sa.func.json_extract(replica_order.c.doc, "$.created_at"))
    for start in range(0, len(hits), _PORTION):
        some = [order_id for order_id, _ in hits[start : start + _PORTION]]
        created |= {row[0]: row[1] for row in connection.execute(wanted.where(replica_order.c.id.in_(some)))}
    return sorted(hits, key=lambda hit: created.get(hit[0], ""), reverse=True)


def matching(connection: Connection, probes: Iterable[Probe]) -> list[tuple[str, str]]:
    """All orders that answer every word."""
    words: dict[int, dict[str, str]] = {}
    for probe in probes:
        found = words.setdefault(probe.word, {})
        for order_id in _range(connection, probe):
            found.setdefault(order_id, str(probe.kind))
    if not words:
        return []
    first, *others = words.values()
    return sorted(
        ((order_id, kind) for order_id, kind in first.items() if all(order_id in other for other in others)),
        key=lambda hit: (_RANK.get(hit[1], len(_RANK)), hit[0]),
    )


_RANK = {"number": 0, "tracking": 1, "phone": 2, "name": 3, "pinyin": 4, "initials": 5}


def _range(connection: Connection, probe: Probe) -> Iterable[str]:
    low, high = probe.bounds
    wanted = (
        sa.select(search_token.c.order_id)
        .where(search_token.c.kind == str(probe.kind), search_token.c.token >= low, search_token.c.token < high)
        .limit(MOST_CANDIDATES)
    )
    return connection.execute(wanted).scalars().all()


def _index_some(connection: Connection, ids: list[str]) -> None:
    wanted = sa.select(search_known.c.order_id, search_known.c.tokens).where(search_known.c.order_id.in_(ids))
    before = {order_id: _read(kept) for order_id, kept in connection.execute(wanted)}
    after = dict(_made(connection.execute(_TOLD.where(replica_order.c.id.in_(ids))).all()))
    gone, new = [], []
    for order_id in ids:
        was, now = before.get(order_id, frozenset()), after.get(order_id, frozenset())
        gone += [(kind, token, order_id) for kind, token in was - now]
        new += [(kind, token, order_id) for kind, token in now - was]
    if gone:
        connection.exec_driver_sql("DELETE FROM search_token WHERE kind = ? AND token = ? AND order_id = ?", gone)
    if new:
        connection.exec_driver_sql("INSERT OR IGNORE INTO search_token VALUES (?, ?, ?)", new)
    left = [(order_id,) for order_id in before.keys() - after.keys()]
    if left:
        connection.exec_driver_sql("DELETE FROM search_known WHERE order_id = ?", left)
    kept = [(order_id, _kept(tokens)) for order_id, tokens in after.items() if before.get(order_id) != tokens]
    if kept:
        connection.exec_driver_sql("INSERT OR REPLACE INTO search_known VALUES (?, ?)", kept)


_TOLD = sa.select(replica_order.c.id, replica_order.c.doc, replica_private.c["values"]).outerjoin(
    replica_private, replica_private.c.id == replica_order.c.customer_id
)


def _portion_after(connection: Connection, last: str) -> Sequence[Any]:
    wanted = _TOLD.where(replica_order.c.id > last).order_by(replica_order.c.id).limit(_MANY)
    return connection.execute(wanted).all()


def _made(rows: Iterable[Any]) -> Iterator[tuple[str, frozenset[Token]]]:
    for order_id, doc, values in rows:
        order, person = parsed(doc), parsed(values) if values else {}
        tracking = [parcel["tracking"] for parcel in order["parcels"] if parcel["tracking"]]
        yield order_id, tokens_of(order["number"], tracking, person.get("name", ""), person.get("phone", ""))


def _set_down(connection: Connection, known: list[tuple[str, str]], tokens: dict[str, list[tuple[str, str]]]) -> None:
    connection.exec_driver_sql("INSERT INTO search_known VALUES (?, ?)", known)
    for kind, some in tokens.items():
        if some:
            connection.exec_driver_sql(f"INSERT INTO search_staged_{kind} VALUES (?, ?)", some)  # noqa: S608
            some.clear()


def _kept(tokens: Iterable[Token]) -> str:
    return "\n".join(sorted(f"{kind} {token}" for kind, token in tokens))


def _read(kept: str) -> frozenset[Token]:
    return frozenset(
        (TokenKind(kind), token) for kind, _, token in (line.partition(" ") for line in kept.split("\n")) if token
    )
