"""Who sees what: the scope keys of every entity, computed by the centre when a commit is made (DESIGN 3, Scope).

Keys: `org` (every desk), `team:<id>`, `store:<id>`, `admin`. An empty set means that no replica holds the entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeGuard

from desk.domain.case import Entity, Hanging
from desk.domain.ledger import Approval, ApprovalState, Budget, BudgetKind, Effect, EffectState, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import Installation, StaffMember, Store, Team
from desk.domain.policy import Policy
from desk.domain.tasks import Block, Task
from desk.domain.tickets import Ticket

Scopes = frozenset[str]
NOWHERE: Scopes = frozenset()
ORG: Scopes = frozenset({"org"})
ADMIN: Scopes = frozenset({"admin"})


def team_scope(team_id: str) -> str:
    """The scope key of a team."""
    return f"team:{team_id}"


def store_scope(store_id: str) -> str:
    """The scope key of a store."""
    return f"store:{store_id}"


def _places(team_id: str, store_id: str | None) -> Scopes:
    keys = {team_scope(team_id)} if team_id else set()
    return frozenset(keys | ({store_scope(store_id)} if store_id else set()))


def aged(ticket: Ticket, policy: Policy, now: datetime) -> bool:
    """Whether an archived ticket has left the replicas: look-up at the centre still finds it."""
    if ticket.archived_at is None:
        return False
    return ticket.archived_at + timedelta(days=policy.scope.archived_days) <= now


def ticket_scopes(ticket: Ticket, policy: Policy, now: datetime) -> Scopes:
    """Where a ticket brings itself and its order, until it has aged: to its team and its store, to those who handed it
    over and wait for word of it or were asked something for it, and once nobody took it in time to the team that
    answers for all."""
    if aged(ticket, policy, now):
        return NOWHERE
    told = (policy.default_team,) if ticket.escalation else ()
    also = (*ticket.came_from, *ticket.open_tasks.values(), *told)
    return _places(ticket.team, ticket.store_id) | {team_scope(team) for team in also}


def task_scopes(task: Task, policy: Policy, now: datetime) -> Scopes:
    """Where a task is by itself, beside its order, until its reply has aged: with who has to do it and who asked, and
    once no reply came in time with the team that answers for all."""
    ended = task.replied_at
    if ended is not None and ended + timedelta(days=policy.scope.archived_days) <= now:
        return NOWHERE
    told = policy.default_team if task.escalations else ""
    return _places(task.asked_team, task.store_id) | _places(task.team, None) | _places(told, None)


def hanging_scopes(thing: Hanging, order: Scopes, policy: Policy, now: datetime) -> Scopes:
    """What hangs on an order is seen where the order is; a task also by both its teams, whose work it is."""
    return order | task_scopes(thing, policy, now) if isinstance(thing, Task) else order


# States in which an effect waits for a person: to do it, to find out, to decide.
_BY_HAND = frozenset({EffectState.MANUAL, EffectState.UNKNOWN, EffectState.FAILED})


def _waits_for_a_team(thing: Entity) -> TypeGuard[Effect | Approval | Task]:
    if isinstance(thing, Task):
        return thing.is_open
    if isinstance(thing, Effect):
        return bool(thing.team) and thing.state in _BY_HAND
    return isinstance(thing, Approval) and bool(thing.team) and thing.state is ApprovalState.ASKED


def order_scopes(order: Order, hanging: Iterable[Entity], policy: Policy, now: datetime) -> Scopes:
    """An order is seen where one of its tickets is, where somebody has to do or decide something for it, and at the
    store it belongs to while it is young. `hanging` is everything that hangs on it (Book.of_order)."""
    keys: set[str] = set()
    for thing in hanging:
        if isinstance(thing, Ticket):
            keys |= ticket_scopes(thing, policy, now)
        elif _waits_for_a_team(thing):
            keys.add(team_scope(thing.team))
    if order.store_id and order.created_at + timedelta(days=policy.scope.store_order_days) > now:
        keys.add(store_scope(order.store_id))
    return frozenset(keys)


def staff_scopes(member: StaffMember) -> Scopes:
    """Where a person works; a person's own record is `org`."""
    keys = {team_scope(team) for team in member.teams}
    return frozenset(keys | ({store_scope(member.store_id)} if member.store_id else set()))


def budget_subject(budget: Budget) -> tuple[BudgetKind, str]:
    """(kind, subject) out of a budget's key: which order, customer, agent or store it belongs to."""
    kind, subject, _ = budget.key.split("|", 2)
    return BudgetKind(kind), subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the scopes of dependent entities follow: the scopes of orders and of customers (the union over a customer's
    orders in any scope) by id, and the people by id."""

    orders: Mapping[str, Scopes] = field(default_factory=dict)
    customers: Mapping[str, Scopes] = field(default_factory=dict)
    staff: Mapping[str, StaffMember] = field(default_factory=dict)


def budget_scopes(budget: Budget, around: Around) -> Scopes:
    """An order's and a customer's budget go with them, an agent's with the teams, a store's with the store."""
    kind, subject = budget_subject(budget)
    if kind is BudgetKind.ORDER:
        return around.orders.get(subject, NOWHERE)
    if kind is BudgetKind.CUSTOMER:
        return around.customers.get(subject, NOWHERE)
    if kind is BudgetKind.AGENT_DAY:
        member = around.staff.get(subject)
        return NOWHERE if member is None else staff_scopes(member)
    return frozenset({store_scope(subject)})


def scopes_of(entity: Entity, around: Around, policy: Policy, now: datetime) -> Scopes:
    """The scope keys of any entity."""
    if isinstance(entity, Ticket):
        # Whoever sees an order sees all its tickets: a desk that held only some would open a second one, or reopen
        # one beside another, where the centre joins them (ADR 0010).
        return ticket_scopes(entity, policy, now) | around.orders.get(entity.order_id or "", NOWHERE)
    if isinstance(entity, Order):
        return around.orders.get(entity.id, NOWHERE)
    if isinstance(entity, LedgerEntry | Approval | Effect | Task):
        return hanging_scopes(entity, around.orders.get(entity.order_id or "", NOWHERE), policy, now)
    if isinstance(entity, Block):  # why somebody is blocked is said where they are a customer, nowhere else
        return around.customers.get(entity.id, NOWHERE)
    if isinstance(entity, Budget):
        return budget_scopes(entity, around)
    if isinstance(entity, Installation):
        return ADMIN
    if isinstance(entity, StaffMember | Team | Store):
        return ORG
    raise TypeError(f"no scope rule for {type(entity).__name__}")
