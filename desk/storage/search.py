"""Finding orders in the replica by their search tokens (wire.tokens): kept with the rows, read by B-tree ranges."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from desk.storage.tables import replica_order, replica_private, search_token
from desk.wire.tokens import Probe, read_query, tokens_of

_PORTION = 400
MOST_CANDIDATES = 5000  # of one word: "13" matches half of all phones; the other words or the centre narrow it


def index(connection: Connection, order_ids: Iterable[str]) -> None:
    """Write the tokens of these orders anew; those that are gone lose theirs."""
    ids = sorted(set(order_ids))
    for start in range(0, len(ids), _PORTION):
        _index_some(connection, ids[start : start + _PORTION])


def find(connection: Connection, text: str, limit: int) -> list[tuple[str, str]]:
    """(order id, token kind that matched) of orders that answer every word of `text`; newest number last in, best
    first: an exact number or tracking number, then phone, then names."""
    return matching(connection, read_query(text))[:limit]


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
    connection.execute(search_token.delete().where(search_token.c.order_id.in_(ids)))
    wanted = (
        sa.select(replica_order.c.id, replica_order.c.doc, replica_private.c["values"])
        .outerjoin(replica_private, replica_private.c.id == replica_order.c.customer_id)
        .where(replica_order.c.id.in_(ids))
    )
    rows: list[dict[str, Any]] = []
    for order_id, doc, values in connection.execute(wanted):
        order, person = json.loads(doc), json.loads(values) if values else {}
        tracking = [parcel["tracking"] for parcel in order["parcels"] if parcel["tracking"]]
        tokens = tokens_of(order["number"], tracking, person.get("name", ""), person.get("phone", ""))
        rows += ({"kind": str(kind), "token": token, "order_id": order_id} for kind, token in tokens)
    if rows:
        connection.execute(search_token.insert().prefix_with("OR IGNORE"), rows)
