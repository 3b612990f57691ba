"""Who sees what after a transaction: memberships before and after, and the feed rows that follow from them.

Runs once at the end of each writing transaction over everything it staged. The rules are domain.scope's; this file
only finds what they need and what hangs on what moved (an order brings its entries, texts and customer along).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, cast, delete, insert, literal_column, null, select, tuple_, union_all

from desk.central import tables as t
from desk.central.among import among, pair_among
from desk.central.book import CentreBook
from desk.central.commits import Row
from desk.domain import scope
from desk.domain.case import Entity, Hanging, Key, key_of
from desk.domain.ledger import Budget, BudgetKind
from desk.domain.orders import Order
from desk.domain.people import Installation, StaffMember, Store, Team
from desk.domain.policy import Policy
from desk.domain.scope import NOWHERE, ORG, Around, Scopes
from desk.domain.tasks import Block, Task
from desk.domain.tickets import Ticket
from desk.wire import codec

POLICY_KEY: Key = ("policy", "current")
_OWNERS = (
    "order",
    "ticket",
    "task",
)  # of private texts, seen where they are; customers' and blocks': where any order is
_GONE = 200  # memberships deleted by one statement
_MEMBERS = select(t.members.c.kind, t.members.c.id, t.members.c.scope).where(
    pair_among(t.members.c.kind, t.members.c.id, "pairs")
)
_NEW_MEMBERS = insert(t.members)
# What is seen where its owner is, in one question: personal values, budgets of orders and customers, blocks.
_NOTHING = null()
_ALONG = union_all(
    select(
        literal_column("'private'").label("kind"), t.private.c.id, t.private.c.owner_kind, t.private.c.owner_id,
        t.private.c.commitment, cast(_NOTHING, t.budgets.c.doc.type).label("doc"),
    ).where(pair_among(t.private.c.owner_kind, t.private.c.owner_id, "owners")),
    select(literal_column("'budget'"), t.budgets.c.id, _NOTHING, _NOTHING, _NOTHING, t.budgets.c.doc).where(
        pair_among(t.budgets.c.kind, t.budgets.c.subject, "subjects")
    ),
    select(literal_column("'block'"), t.blocks.c.id, _NOTHING, _NOTHING, _NOTHING, t.blocks.c.doc).where(
        among(t.blocks.c.id, "customers")
    ),
)  # fmt: skip
# Where the orders of customers are seen, those aside that this transaction places.
_ELSEWHERE = (
    select(t.orders.c.customer_id, t.members.c.scope)
    .where(t.members.c.kind == "order", t.members.c.id == t.orders.c.id)
    .where(among(t.orders.c.customer_id, "customers"), ~among(t.orders.c.id, "placed"))
    .distinct()
)


@dataclass(frozen=True, slots=True)
class Texts:
    """Personal values written by this transaction: owner (kind, id) and commitment, by their id."""

    owners: Mapping[str, Key] = field(default_factory=dict)
    commitments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Customers:
    """Customers whose union may be another one, by what happened: one of their orders moved, their values were written,
    they were blocked or freed, a budget of theirs was charged."""

    moved: set[str]
    written: set[str]
    blocked: set[str]
    budgeted: set[str]

    @property
    def all(self) -> set[str]:
        return self.moved | self.written | self.blocked | self.budgeted


class Settlement:
    """Computes the feed rows of one transaction; use once."""

    def __init__(self, book: CentreBook, texts: Texts, policy: Policy | None, now: datetime) -> None:
        self._book = book
        self._connection = book.connection
        self._texts = texts
        self._policy = policy
        self._now = now
        self._after: dict[Key, Scopes] = {}
        self._docs: dict[Key, Any] = {}
        self._before: dict[Key, Scopes] = {}

    def rows(self, also: Iterable[Key] = ()) -> list[Row]:
        """The rows, and memberships brought up to date. `also`: entities to look at anew though nothing wrote them."""
        staged = list(self._book.staged.values())
        again = [found for kind, one in also if (found := self._book.get(kind, one)) is not None]
        for entity in {key_of(one): one for one in [*again, *staged]}.values():
            self._place_alone(entity)
        self._place_orders({*_order_ids(staged), *_order_ids(again)})
        self._place_owned_texts()
        self._learn_before(self._after)
        owners, orders = self._bring_what_hangs()
        self._bring_along(owners, orders, self._customers())
        self._learn_before([key for key in self._after if key not in self._before])
        self._write_members()
        return self._made()

    # --- one entity by itself -----------------------------------------------------------------------------------

    def _place_alone(self, entity: Entity) -> None:
        if isinstance(entity, Ticket | Task | StaffMember | Team | Store | Installation):
            self._put(entity, scope.scopes_of(entity, Around(), self._needed_policy(), self._now))
        elif isinstance(entity, Budget):
            kind, subject = scope.budget_subject(entity)
            if kind in (BudgetKind.AGENT_DAY, BudgetKind.STORE_DAY):
                people = self._book.many(StaffMember, [subject] if kind is BudgetKind.AGENT_DAY else [])
                self._put(entity, scope.budget_scopes(entity, Around(staff=people)))

    # --- orders and what hangs on them --------------------------------------------------------------------------

    def _place_orders(self, order_ids: set[str]) -> None:
        """The order and everything of it that this transaction wrote or looks at get the order's scopes."""
        hanging = self._by_order(order_ids)
        for order_id, order in self._book.many(Order, order_ids).items():
            around = hanging[order_id]
            scopes = scope.order_scopes(order, around, self._needed_policy(), self._now)
            self._put(order, scopes)
            for one in around:
                if key_of(one) in self._book.staged or key_of(one) in self._after:
                    self._put_hanging(one, scopes)
        for budget in [one for one in self._book.staged.values() if isinstance(one, Budget)]:
            kind, subject = scope.budget_subject(budget)
            if kind is BudgetKind.ORDER:
                self._put(budget, self._after.get(("order", subject), NOWHERE))

    def _by_order(self, order_ids: Iterable[str]) -> dict[str, list[Hanging]]:
        hanging: dict[str, list[Hanging]] = defaultdict(list)
        for one in self._book.of_orders(order_ids):
            if isinstance(one, Hanging) and one.order_id:
                hanging[one.order_id].append(one)
        return hanging

    def _put_hanging(self, one: Hanging, order: Scopes) -> None:
        self._put(one, scope.hanging_scopes(one, order, self._needed_policy(), self._now))

    def _place_owned_texts(self) -> None:
        for text_id, owner in self._texts.owners.items():
            if owner[0] == "staff":
                self._put_private(text_id, self._texts.commitments[text_id], ORG)
            elif owner[0] in _OWNERS:
                self._put_private(text_id, self._texts.commitments[text_id], self._scopes_of(owner))

    def _bring_what_hangs(self) -> tuple[set[Key], set[str]]:
        """Where an order entered or left a scope, what hangs on it goes along. Orders, tickets and tasks that so moved,
        and of the orders their ids."""
        moved = [key for key in self._after if self._before[key] != self._after[key]]
        orders = {one for kind, one in moved if kind == "order"}
        for order_id, around in self._by_order(orders).items():
            for one in around:
                self._put_hanging(one, self._after["order", order_id])
                moved.append(key_of(one))
        return {key for key in moved if key[0] in _OWNERS}, orders

    # --- customers: the union over their orders; and what is seen where its owner is ------------------------------

    def _customers(self) -> _Customers:
        moved = {
            one.customer_id
            for one in self._placed_orders()
            if self._before["order", one.id] != self._after["order", one.id]
        }
        staged = self._book.staged.values()
        budgets = [scope.budget_subject(one) for one in staged if isinstance(one, Budget)]
        return _Customers(
            moved=moved,
            written={owner[1] for owner in self._texts.owners.values() if owner[0] in ("customer", "block")},
            blocked={one.id for one in staged if isinstance(one, Block)},
            budgeted={subject for kind, subject in budgets if kind is BudgetKind.CUSTOMER},
        )

    def _bring_along(self, owners: set[Key], orders: set[str], customers: _Customers) -> None:
        """Personal values and budgets go where these orders, tickets, tasks and customers are; blocks too."""
        everybody = sorted(customers.all)
        if not (owners or everybody):
            return
        asked = {
            "owners": [*sorted(owners), *((kind, one) for kind in ("customer", "block") for one in everybody)],
            "subjects": [
                *((BudgetKind.ORDER, one) for one in sorted(orders)),
                *((BudgetKind.CUSTOMER, one) for one in everybody),
            ],
            "customers": sorted(customers.moved | customers.written | customers.blocked),
        }
        unions = self._customer_scopes(customers.all)
        staged = {key for key in self._book.staged if key[0] in ("budget", "block")}
        for row in self._connection.execute(_ALONG, asked).all():
            if row.kind != "private":
                self._book.take(row.kind, row.doc)
                staged.add((row.kind, row.id))
            elif row.owner_kind in _OWNERS:
                self._put_private(row.id, row.commitment, self._after[row.owner_kind, row.owner_id])
            elif row.owner_id in customers.moved or row.id in self._texts.owners:
                self._put_private(row.id, row.commitment, unions[row.owner_id])
        for key in sorted(staged):
            self._put_along(self._book.get(*key), orders, customers, unions)

    def _put_along(
        self, one: Entity | None, orders: set[str], customers: _Customers, unions: Mapping[str, Scopes]
    ) -> None:
        if isinstance(one, Block):
            self._put(one, unions[one.id])
        elif isinstance(one, Budget):
            kind, subject = scope.budget_subject(one)
            if kind is BudgetKind.ORDER and subject in orders:
                self._put(one, self._after["order", subject])
            if kind is BudgetKind.CUSTOMER and (subject in customers.moved or key_of(one) in self._book.staged):
                self._put(one, unions[subject])

    def _customer_scopes(self, customers: Iterable[str]) -> Mapping[str, Scopes]:
        wanted = set(customers)
        unions: dict[str, Scopes] = defaultdict(frozenset)
        placed = self._placed_orders()
        asked = {"customers": sorted(wanted), "placed": [one.id for one in placed]}
        for customer_id, one in self._connection.execute(_ELSEWHERE, asked) if wanted else ():
            unions[customer_id] |= {one}
        for order in placed:
            if order.customer_id in wanted:
                unions[order.customer_id] |= self._after["order", order.id]
        return unions

    def _placed_orders(self) -> list[Order]:
        ids = [one for kind, one in self._after if kind == "order"]
        return list(self._book.many(Order, ids).values())

    # --- small things -------------------------------------------------------------------------------------------

    def _put(self, entity: Entity, after: Scopes) -> None:
        key = key_of(entity)
        self._after[key] = after
        self._docs[key] = entity

    def _put_private(self, text_id: str, commitment: str, after: Scopes) -> None:
        self._after["private", text_id] = after
        self._docs["private", text_id] = {"commitment": commitment}

    def _scopes_of(self, owner: Key) -> Scopes:
        if owner not in self._after:
            self._learn_before([owner])
            return self._before.pop(owner)
        return self._after[owner]

    def _learn_before(self, keys: Iterable[Key]) -> None:
        self._before |= memberships(self._connection, keys)

    def _write_members(self) -> None:
        gone, new = [], []
        for (kind, one), after in self._after.items():
            before = self._before[kind, one]
            gone += [(scope_key, kind, one) for scope_key in sorted(before - after)]
            new += [{"scope": scope_key, "kind": kind, "id": one} for scope_key in sorted(after - before)]
        table: Table = t.members
        for start in range(0, len(gone), _GONE):
            some = gone[start : start + _GONE]
            self._connection.execute(delete(table).where(tuple_(table.c.scope, table.c.kind, table.c.id).in_(some)))
        if new:
            self._connection.execute(_NEW_MEMBERS, new)

    def _made(self) -> list[Row]:
        made = []
        for key in sorted(self._after):
            before, after = self._before[key], self._after[key]
            written = key in self._book.staged or key[1] in self._texts.owners
            if (before or after) and (written or before != after):
                made.append(Row(*key, before, after, self._doc(key) if after else None))
        return made

    def _doc(self, key: Key) -> Any:
        made = self._docs[key]
        return made if isinstance(made, dict) else codec.to_plain(made)

    def _needed_policy(self) -> Policy:
        if self._policy is None:
            raise RuntimeError("no policy is published: run desk-central init")
        return self._policy


def memberships(connection: Connection, keys: Iterable[Key]) -> dict[Key, Scopes]:
    """The scopes that hold each of these rows now; every key is in the answer."""
    found: dict[Key, set[str]] = {key: set() for key in keys}
    for row in connection.execute(_MEMBERS, {"pairs": sorted(found)}) if found else ():
        found[row.kind, row.id].add(row.scope)
    return {key: frozenset(scopes) for key, scopes in found.items()}


def _order_ids(entities: Iterable[Entity]) -> set[str]:
    found: set[str] = set()
    for entity in entities:
        if isinstance(entity, Order):
            found.add(entity.id)
        elif isinstance(entity, Hanging) and entity.order_id:
            found.add(entity.order_id)
        elif isinstance(entity, Budget) and scope.budget_subject(entity)[0] is BudgetKind.ORDER:
            found.add(scope.budget_subject(entity)[1])
    return found
