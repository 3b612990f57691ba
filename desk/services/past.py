"""What a customer had before: orders, cancels and goodwill of the policy's period, as far as this desk can know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from desk.domain import budgets
from desk.domain.case import NotHere
from desk.domain.ledger import Budget, BudgetKind, budget_key
from desk.domain.money import Money
from desk.domain.orders import Order, OrderState
from desk.services.reader import Reader
from desk.storage import replica
from desk.storage.tables import replica_order


@dataclass(frozen=True, slots=True)
class Past:
    """Of the past `days`; `complete` says whether this desk knows it all (a store's own orders) or only its share."""

    days: int
    orders: int
    cancels: int


def past_of(reader: Reader, customer_id: str) -> Past:
    """Orders of this customer in the replica."""
    days = reader.policy.compensation.customer_period_days
    since = reader.now - timedelta(days=days)
    stored = replica.where(reader.view.connection, "order", replica_order.c.customer_id == customer_id)
    orders = {one.id: one for one in stored if isinstance(one, Order)}
    for one in reader.view.overlay.entities.values():
        if isinstance(one, Order) and one.customer_id == customer_id:
            orders[one.id] = one
    recent = [one for one in orders.values() if one.created_at >= since]
    return Past(days, len(recent), sum(1 for one in recent if one.state is OrderState.CANCELLED))


def customer_given(reader: Reader, customer_id: str | None, currency: str) -> Money | None:
    """Goodwill that the customer got in this period; None where this desk cannot know."""
    if customer_id is None:
        return None
    period = budgets.period_of(reader.policy, reader.now)
    try:
        found = reader.book.get("budget", budget_key(BudgetKind.CUSTOMER, customer_id, period, currency))
    except NotHere:
        return None
    return Money(found.spent + found.leased, currency) if isinstance(found, Budget) else Money(0, currency)
