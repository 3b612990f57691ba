"""Fills personal values into feed rows when they are read, masked where not everybody of the scope may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.rows import chunks, entity_of
from desk.central.store import Store
from desk.domain.people import StaffMember
from desk.domain.privacy import mask
from desk.domain.scope import staff_scopes
from desk.wire.protocol import Op


class Masks:
    """Decides by the policy in force and the people of today. Safe to share between threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def fill(self, connection: Connection, rows: Iterable[dict[str, Any]], scopes: frozenset[str]) -> None:
        """Give every upsert of kind `private` its `values`: None once erased."""
        wanted = [row for row in rows if row["kind"] == "private" and row["op"] == Op.UPSERT]
        if not wanted:
            return
        may_see = self.sees_all(connection, scopes)
        values = stored_values(connection, (row["id"] for row in wanted))
        for row in wanted:
            kind, found = values.get(row["id"], ("", None))
            row["values"] = shown(kind, found, may_see)

    def sees_all(self, connection: Connection, scopes: frozenset[str]) -> bool:
        """Whether every active person who works in these scopes may see contacts in full."""
        version = int(connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD)) or 0)
        policy = self._store.policy(connection, version)
        if policy is None:
            return False
        people = [entity_of("staff", doc) for doc in connection.scalars(select(t.staff.c.doc).where(t.staff.c.active))]
        here = [one for one in people if isinstance(one, StaffMember) and staff_scopes(one) & scopes]
        return bool(here) and all(one.level in policy.scope.unmasked_levels for one in here)


def stored_values(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[str, Mapping[str, str] | None]]:
    """(kind, values) by id, of those that exist."""
    found: dict[str, tuple[str, Mapping[str, str] | None]] = {}
    for some in chunks(ids):
        wanted = select(t.private.c.id, t.private.c.kind, t.private.c["values"]).where(t.private.c.id.in_(some))
        found |= {row[0]: (row[1], row[2]) for row in connection.execute(wanted)}
    return found


def shown(kind: str, values: Mapping[str, str] | None, sees_all: bool) -> Mapping[str, str] | None:
    """Values as a replica may hold them: contacts of customers masked unless all may see them."""
    return mask(values) if values is not None and kind == "customer" and not sees_all else values
