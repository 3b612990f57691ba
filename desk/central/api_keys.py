"""Keys of other systems: made once, kept as hashes, bound to what they may push in, rotated by making a new one."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import insert, or_, select, update

from desk.central import tables as t
from desk.central.http import bearer, service_of
from desk.central.problems import Problem
from desk.central.store import Store
from desk.domain.ids import uuid7

SCOPES = frozenset({"orders", "requests", "parcels", "payments", "stock"})
_PREFIX = "odk_"


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Another system, proved by its key. `connector` is whose orders it tells."""

    id: str
    name: str
    scopes: frozenset[str]
    connector: str

    def require(self, scope: str) -> None:
        """Problem 403 where the key is not for this."""
        if scope not in self.scopes:
            raise Problem(403, "key_not_for_this", f"this key may not push {scope}")


def make_key(
    store: Store, name: str, scopes: Iterable[str], connector: str, days: int | None = None
) -> tuple[str, str]:
    """(id, key): the key is shown this once. ValueError for a scope that there is not."""
    wanted = frozenset(scopes)
    if not wanted or wanted - SCOPES:
        raise ValueError(f"a key is for some of {', '.join(sorted(SCOPES))}")
    key = _PREFIX + secrets.token_urlsafe(32)
    now = store.clock()
    row = {
        "id": uuid7(now, random.SystemRandom()),
        "key_hash": _hash(key),
        "name": name,
        "scopes": wanted,
        "connector": connector,
        "created_at": now,
        "expires_at": None if days is None else now + timedelta(days=days),
    }
    with store.aside() as connection:
        connection.execute(insert(t.api_keys).values(row))
    return str(row["id"]), key


def revoke_key(store: Store, key_id: str) -> bool:
    """End a key at once; False where there is none of that id in force."""
    with store.aside() as connection:
        mine = (t.api_keys.c.id == key_id) & t.api_keys.c.revoked_at.is_(None)
        return connection.execute(update(t.api_keys).where(mine).values(revoked_at=store.clock())).rowcount == 1


def holder_of(store: Store, key: str) -> KeyHolder:
    """Whose key this is; Problem 401 where it is not in force."""
    table = t.api_keys
    in_force = table.c.revoked_at.is_(None) & or_(table.c.expires_at.is_(None), table.c.expires_at > store.clock())
    with store.reading() as connection:
        row = connection.execute(select(table).where(table.c.key_hash == _hash(key), in_force)).one_or_none()
    if row is None:
        raise Problem(401, "bad_key", "this key is not in force")
    return KeyHolder(row.id, row.name, row.scopes, row.connector)


async def key_holder(request: Request) -> KeyHolder:
    """Which system calls; Problem 401."""
    service, key = service_of(request), bearer(request)
    return await service.read_lane.run(lambda: holder_of(service.store, key))


Pusher = Annotated[KeyHolder, Depends(key_holder)]


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
