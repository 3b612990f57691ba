"""What of a big scope a person starts with: who and what there is, and the most urgent work with all that hangs on it.

A desk that holds nothing shows this while the whole scope is made ready (ADR 0014). Every row is one that the scope
holds; an order is here with everything of it, or not at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Table, select

from desk.central import tables as t
from desk.central.rows import chunks
from desk.central.scoping import memberships
from desk.domain.ledger import BudgetKind
from desk.domain.scope import Scopes

_ALWAYS = ("installation", "policy", "staff", "store", "team")
_OF_ORDERS = ("approval", "effect", "entry", "task", "ticket")
_DAILY = (BudgetKind.AGENT_DAY, BudgetKind.STORE_DAY)
Held = Mapping[str, list[str]]


def first_rows(connection: Connection, scopes: Scopes, most: int) -> Held:
    """Ids by kind, sorted; of open tickets and of open tasks at most so many by themselves."""
    found: dict[str, set[str]] = defaultdict(set)
    mine = t.members.c.scope.in_(sorted(scopes))
    for kind, one in connection.execute(select(t.members.c.kind, t.members.c.id).where(mine, _is_of(_ALWAYS))):
        found[kind].add(one)
    orders = _urgent_orders(connection, scopes, most, found)
    found["order"] |= orders
    for kind in _OF_ORDERS:
        found[kind] |= _ids(connection, t.ENTITY_TABLES[kind], t.ENTITY_TABLES[kind].c.order_id, orders)
    customers: set[str] = set()
    for some in chunks(orders):
        customers.update(connection.scalars(select(t.orders.c.customer_id).where(t.orders.c.id.in_(some))))
    found["block"] |= customers
    found["budget"] |= _budgets(connection, {BudgetKind.ORDER: orders, BudgetKind.CUSTOMER: customers})
    owners = {kind: found[kind] for kind in ("order", "ticket", "task", "staff", "block")} | {"customer": customers}
    for kind, ids in owners.items():
        found["private"] |= _ids(connection, t.private, t.private.c.owner_id, ids, t.private.c.owner_kind == kind)
    return _held(connection, scopes, found)


def _urgent_orders(connection: Connection, scopes: Scopes, most: int, found: dict[str, set[str]]) -> set[str]:
    """Orders of the open tickets and tasks that are due next; both go into `found`."""
    orders: set[str] = set()
    open_ones = {"ticket": (t.tickets, t.tickets.c.closed_at), "task": (t.tasks, t.tasks.c.replied_at)}
    for kind, (table, ended) in open_ones.items():
        held = select(t.members.c.id).where(t.members.c.scope.in_(sorted(scopes)), t.members.c.kind == kind)
        wanted = (
            select(table).where(ended.is_(None), table.c.id.in_(held)).order_by(table.c.due_at, table.c.id).limit(most)
        )
        for row in connection.execute(wanted).mappings():
            found[kind].add(row["id"])
            found["ticket"].add(row.get("ticket_id", row["id"]))  # a task's
            orders |= {row["order_id"]} if row["order_id"] else set()
    return orders


def _is_of(kinds: Iterable[str]) -> ColumnElement[bool]:
    return t.members.c.kind.in_(list(kinds))


def _ids(
    connection: Connection,
    table: Table,
    column: ColumnElement[str],
    values: Iterable[str],
    *conditions: ColumnElement[bool],
) -> set[str]:
    found: set[str] = set()
    for some in chunks(values):
        found.update(connection.scalars(select(table.c.id).where(column.in_(some), *conditions)))
    return found


def _budgets(connection: Connection, subjects: Mapping[BudgetKind, Iterable[str]]) -> set[str]:
    table = t.budgets.c
    found = set(connection.scalars(select(table.id).where(table.kind.in_([str(one) for one in _DAILY]))))
    for kind, some in subjects.items():
        found |= _ids(connection, t.budgets, table.subject, some, table.kind == str(kind))
    return found


def _held(connection: Connection, scopes: Scopes, found: Mapping[str, Iterable[str]]) -> Held:
    """Those that the scopes hold: a private text, a block or a budget may be elsewhere."""
    keys = [(kind, one) for kind, ids in found.items() for one in ids]
    held: dict[str, list[str]] = {}
    for (kind, one), seen in sorted(memberships(connection, keys).items()):
        if seen & scopes:
            held.setdefault(kind, []).append(one)
    return held
