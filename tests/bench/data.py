"""Made-up orders, customers and tickets in quantity, the same for the same seed: enough of them, not many kinds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from desk.demo.customers import make_customer
from desk.domain.ids import derived_id
from desk.domain.orders import Line, Order, OrderState, Parcel, Tender
from desk.domain.sla import due_at
from desk.domain.tickets import Channel, Kind, Ticket

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
SEED = 7
CUSTOMERS = 30_000
_REASONS = ("wrong_address", "no_longer_wanted", "not_as_described", "too_slow", "other")


@cache
def contact(index: int) -> dict[str, str]:
    """The private values of customer number `index`."""
    return make_customer(SEED, index).contact()


def customer_id(index: int) -> str:
    """The id of customer number `index`."""
    return derived_id("bench-customer", str(SEED), str(index))


def customer_of(index: int) -> int:
    """Which customer bought order number `index`."""
    return index * 7919 % CUSTOMERS


def buyers(count: int) -> list[int]:
    """Who bought the first `count` orders."""
    return sorted({customer_of(index) for index in range(count)})


def order(index: int) -> Order:
    """Order number `index`."""
    return replace(
        _pattern(index % 50),
        id=derived_id("bench-order", str(SEED), str(index)),
        number=f"2026{index * 48_271_337 % 10**12:012d}",
        customer_id=customer_id(customer_of(index)),
        created_at=NOW - timedelta(minutes=index % 40_000),
        parcels=(Parcel(id="K1", carrier="顺丰速运", tracking=f"SF{index * 7_368_787 % 10**13:013d}"),),
    )


@cache
def _pattern(kind: int) -> Order:
    rng = random.Random(kind)
    price = rng.randint(900, 90_000)
    return Order(
        id="",
        number="",
        connector="shop",
        shop="made-up",
        currency="CNY",
        customer_id="",
        state=OrderState.PAID,
        created_at=NOW,
        lines=(Line(id="1", sku=f"SKU-{kind}", title="保温杯", quantity=1, unit_price=price, paid=price),),
        tenders=(Tender(id="1", method="alipay", paid=price, paid_at=NOW),),
        paid_at=NOW,
    )


def orders(count: int) -> Iterator[Order]:
    """The first `count` orders."""
    return (order(index) for index in range(count))


def ticket(index: int, on: Order) -> Ticket:
    """An open cancel ticket of the hotline on that order."""
    opened = NOW - timedelta(seconds=index % 86_400)
    made = Ticket(
        id=derived_id("bench-ticket", str(SEED), str(index)),
        number=f"T{100_000 + index}",
        kind=Kind.CANCEL,
        channel=(Channel.APP, Channel.HOTLINE, Channel.CHAT)[index % 3],
        team="hotline",
        opened_at=opened,
        opened_by="system",
        order_id=on.id,
        order_number=on.number,
        customer_id=on.customer_id,
        reason=_REASONS[index % len(_REASONS)],
        amount=on.value,
        currency=on.currency,
        first_response_due=opened + timedelta(minutes=15),
        next_update_at=opened + timedelta(minutes=10),
        due_at=opened,
        policy_version=1,
    )
    return replace(made, due_at=due_at(made))
