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
CUSTOMERS = 100_000  # so that each of the first hundred thousand orders has a customer of its own
PATTERNS = 50  # kinds of orders
MODELS = 10**9  # number of an order of the first kind that is never told
REASONS = ("wrong_address", "no_longer_wanted", "not_as_described", "too_slow", "other")


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


def order_id(index: int) -> str:
    """The id of order number `index`."""
    return derived_id("bench-order", str(SEED), str(index))


def order(index: int) -> Order:
    """Order number `index`."""
    return replace(
        _pattern(index % PATTERNS),
        id=order_id(index),
        number=f"2026{index * 48_271_337 % 10**12:012d}",
        customer_id=customer_id(customer_of(index)),
        created_at=NOW - timedelta(minutes=index % 40_000),
        parcels=(Parcel(id="K1", carrier="顺丰速运", tracking=f"SF{index * 7_368_787 % 10**13:013d}"),),
    )


def old_order(index: int) -> Order:
    """The same order as somebody made and signed for it half a year ago."""
    made = order(index)
    at = made.created_at - timedelta(days=180)
    paid = replace(made.tenders[0], paid_at=at)
    signed = at + timedelta(days=3)
    parcel = replace(made.parcels[0], shipped_at=at + timedelta(days=1), signed_at=signed)
    return replace(
        made,
        created_at=at,
        paid_at=at,
        shipped_at=parcel.shipped_at,
        signed_at=signed,
        tenders=(paid,),
        parcels=(parcel,),
        state=OrderState.SIGNED,
    )


def own_values(index: int) -> tuple[str, str, str, datetime, str, datetime, datetime]:
    """What distinguishes old order number `index` from others of its pattern: id, number, customer, when it was made
    (and paid), tracking number, when it was shipped and signed for."""
    at = NOW - timedelta(minutes=index % 40_000) - timedelta(days=180)
    parcel = f"SF{index * 7_368_787 % 10**13:013d}"
    number = f"2026{index * 48_271_337 % 10**12:012d}"
    who = customer_id(customer_of(index))
    return order_id(index), number, who, at, parcel, at + timedelta(days=1), at + timedelta(days=3)


def ticket_id(index: int) -> str:
    """The id of ticket number `index`."""
    return derived_id("bench-ticket", str(SEED), str(index))


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
        id=ticket_id(index),
        number=f"T{100_000 + index}",
        kind=Kind.CANCEL,
        channel=(Channel.APP, Channel.HOTLINE, Channel.CHAT)[index % 3],
        team="hotline",
        opened_at=opened,
        opened_by="system",
        order_id=on.id,
        order_number=on.number,
        customer_id=on.customer_id,
        reason=REASONS[index % len(REASONS)],
        amount=on.value,
        currency=on.currency,
        first_response_due=opened + timedelta(minutes=15),
        next_update_at=opened + timedelta(minutes=10),
        due_at=opened,
        policy_version=1,
    )
    return replace(made, due_at=due_at(made))
