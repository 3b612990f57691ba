"""The made-up shop: a month of sales that look real, the same for the same seed and anchor time."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import accumulate

from desk.demo.basket import REMOTE_DAYS, SOLO, fill_basket, pay, settings
from desk.demo.customers import Customer, make_customer
from desk.demo.data import SHOP_TIME, names
from desk.demo.orders import Sale
from desk.demo.plan import draw_plan
from desk.demo.traces import tracking_number

SEED = 20260
ORDERS = 3000
DAYS = 30
CUSTOMERS = 1900
_STORES = {"上海": "S01", "杭州": "S02"}
_PICKUP_SHARE = 0.3
_REMARK_SHARE = 0.09
_SCRAMBLE = 48_271_337  # coprime to 10**8: serials never repeat and do not count up in sight


@dataclass(frozen=True, slots=True)
class Shop:
    """All sales up to `anchor`, oldest first."""

    seed: int
    anchor: datetime
    sales: tuple[Sale, ...]


def make_shop(anchor: datetime, seed: int = SEED, orders: int = ORDERS) -> Shop:
    """The shop as it stands at `anchor` (aware): `orders` sales over the last 30 days."""
    anchor = anchor.replace(microsecond=0)
    sales = (make_sale(seed, index, _created_at(seed, index, anchor)) for index in range(orders))
    return Shop(seed, anchor, tuple(sorted(sales, key=lambda sale: (sale.plan.created_at, sale.number))))


def make_sale(seed: int, index: int, created_at: datetime) -> Sale:
    """Sale number `index` of the shop with this seed, had it been made at `created_at` (whole seconds)."""
    rng = random.Random(f"{seed}/sale/{index}")
    customer = _buyer(rng, seed)
    store_id = _STORES.get(customer.city.name) if rng.random() < _PICKUP_SHARE else None
    basket = fill_basket(rng, created_at, customer.city.days >= REMOTE_DAYS, delivered=store_id is None)
    plan = draw_plan(rng, created_at, basket.category, customer.city, store_id)
    remark = rng.choice(_remarks(basket.category)) if rng.random() < _REMARK_SHARE else ""
    return Sale(
        number=f"{created_at.astimezone(SHOP_TIME):%Y%m%d}{(index + 1) * _SCRAMBLE % 10**8:08d}",
        customer=customer,
        basket=basket,
        tenders=pay(rng, basket.total, plan.paid_at) if plan.paid_at else (),
        plan=plan,
        tracking=tracking_number(rng, plan.carrier) if plan.carrier else "",
        store_id=store_id,
        remark=remark,
    )


def _remarks(category: str) -> list[str]:
    """Words on a cake are for cakes only."""
    cake = "蛋糕"
    return [text for text in names()["remarks"] if (cake in text) == (category == "cake")]


@cache
def _pool(seed: int) -> tuple[tuple[Customer, ...], tuple[int, ...]]:
    customers = tuple(make_customer(seed, index) for index in range(CUSTOMERS))
    return customers, tuple(accumulate(customer.weight for customer in customers))


def _buyer(rng: random.Random, seed: int) -> Customer:
    customers, weights = _pool(seed)
    return rng.choices(customers, cum_weights=weights)[0]


def _created_at(seed: int, index: int, anchor: datetime) -> datetime:
    """A time in the last 30 days, by the rhythm of the day and the week; the last two days a little fuller."""
    rng = random.Random(f"{seed}/when/{index}")
    hours, days = settings()["rhythm"], settings()["week"]
    for _ in range(200):
        at = anchor - timedelta(seconds=int(DAYS * 86_400 * rng.random() ** 1.15) + 20)
        local = at.astimezone(SHOP_TIME)
        if rng.random() * max(hours) * max(days) <= hours[local.hour] * days[local.weekday()]:
            return at
    return at


def is_ordinary(sale: Sale) -> bool:
    """Whether nothing about the goods makes the sale special."""
    return sale.basket.category not in SOLO
