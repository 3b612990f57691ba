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

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, tuple_

from desk.central import tables as t
from desk.central.book import CentreBook
from desk.central.commits import Row
from desk.central.rows import chunks
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
_OWNERS = ("order", "ticket", "task")  # of private texts, seen where they are; customers and blocks: _place_customers
_PAIRS = 200  # (kind, id) pairs in one IN clause
_MEMBERS = select(t.members.c.kind, t.members.c.id, t.members.c.scope).where(
    tuple_(t.members.c.kind, t.members.c.id).in_(bindparam("pairs", expanding=True))
)
_NEW_MEMBERS = insert(t.members)
_PRIVATE_OF = select(t.private.c.id, t.private.c.owner_id, t.private.c.commitment).where(
    t.private.c.owner_kind == bindparam("kind"), t.private.c.owner_id.in_(bindparam("owners", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Texts:
    """Personal values written by this transaction: owner (kind, id) and commitment, by their id."""

    owners: Mapping[str, Key] = field(default_factory=dict)
    commitments: Mapping[str, str] = field(default_factory=dict)


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
        self._bring_what_hangs()
        self._write_members(list(self._after))
        self._place_customers()
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

    def _bring_what_hangs(self) -> None:
        """Where an order or a ticket entered or left a scope, what hangs on it goes along."""
        moved = [key for key in self._after if self._before[key] != self._after[key]]
        orders = {one for kind, one in moved if kind == "order"}
        for order_id, around in self._by_order(orders).items():
            for one in around:
                self._put_hanging(one, self._after["order", order_id])
                moved.append(key_of(one))
        for budget in self._budgets(BudgetKind.ORDER, orders):
            self._put(budget, self._after["order", scope.budget_subject(budget)[1]])
        for kind in _OWNERS:
            for row in self._private_of(kind, {one for moved_kind, one in moved if moved_kind == kind}):
                self._put_private(row.id, row.commitment, self._after[kind, row.owner_id])
        self._learn_before([key for key in self._after if key not in self._before])

    # --- customers: the union over their orders -----------------------------------------------------------------

    def _place_customers(self) -> None:
        moved = {
            one.customer_id
            for one in self._book.many(Order, [i for kind, i in self._after if kind == "order"]).values()
            if self._before["order", one.id] != self._after["order", one.id]
        }
        written = {owner[1] for owner in self._texts.owners.values() if owner[0] in ("customer", "block")}
        budgets = {
            key: scope.budget_subject(one)[1]
            for key, one in self._book.staged.items()
            if isinstance(one, Budget) and scope.budget_subject(one)[0] is BudgetKind.CUSTOMER
        }
        blocked = {one.id for one in self._book.staged.values() if isinstance(one, Block)}
        customers = {*moved, *written, *blocked, *budgets.values()}
        unions = self._customer_scopes(customers)
        blocks = self._book.many(Block, {*moved, *written, *blocked})
        for block in blocks.values():
            self._put(block, unions[block.id])
        for kind, owners in (("customer", customers), ("block", set(blocks))):
            for row in self._private_of(kind, owners):
                if row.owner_id in moved or row.id in self._texts.owners:
                    self._put_private(row.id, row.commitment, unions[row.owner_id])
        for budget in self._budgets(BudgetKind.CUSTOMER, customers):
            customer = scope.budget_subject(budget)[1]
            if customer in moved or key_of(budget) in budgets:
                self._put(budget, unions[customer])
        fresh = [key for key in self._after if key not in self._before]
        self._learn_before(fresh)
        self._write_members(fresh)

    def _customer_scopes(self, customers: Iterable[str]) -> dict[str, Scopes]:
        unions: dict[str, set[str]] = defaultdict(set)
        for some in chunks(customers):
            found = select(t.orders.c.customer_id, t.members.c.scope).where(
                t.members.c.kind == "order", t.members.c.id == t.orders.c.id, t.orders.c.customer_id.in_(some)
            )
            for customer_id, one in self._connection.execute(found.distinct()):
                unions[customer_id].add(one)
        return defaultdict(frozenset, {customer: frozenset(scopes) for customer, scopes in unions.items()})

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

    def _budgets(self, kind: BudgetKind, subjects: Iterable[str]) -> list[Budget]:
        ids: list[str] = []
        for some in chunks(subjects):
            wanted = (t.budgets.c.kind == str(kind)) & t.budgets.c.subject.in_(some)
            ids += self._connection.scalars(select(t.budgets.c.id).where(wanted))
        return list(self._book.many(Budget, ids).values())

    def _private_of(self, owner_kind: str, owners: Iterable[str]) -> list[Any]:
        found: list[Any] = []
        for some in chunks(owners):
            found += self._connection.execute(_PRIVATE_OF, {"kind": owner_kind, "owners": some}).all()
        return found

    def _learn_before(self, keys: Iterable[Key]) -> None:
        self._before |= memberships(self._connection, keys)

    def _write_members(self, keys: Iterable[Key]) -> None:
        gone, new = [], []
        for kind, one in keys:
            before, after = self._before[kind, one], self._after[kind, one]
            gone += [(scope_key, kind, one) for scope_key in sorted(before - after)]
            new += [{"scope": scope_key, "kind": kind, "id": one} for scope_key in sorted(after - before)]
        table: Table = t.members
        for start in range(0, len(gone), _PAIRS):
            some = gone[start : start + _PAIRS]
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
    ordered = sorted(found)
    for start in range(0, len(ordered), _PAIRS):
        some = ordered[start : start + _PAIRS]
        for row in connection.execute(_MEMBERS, {"pairs": some}):
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
