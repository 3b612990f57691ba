"""Made-up orders of every kind the rules tell apart: tenders, states, flags, currencies, waves, promotions, stores."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from desk.domain.money import allocate
from desk.domain.orders import (
    GoodsFlag,
    Line,
    Order,
    OrderState,
    Parcel,
    Promotion,
    PromotionKind,
    Receipt,
    Scan,
    Tender,
)

CURRENCIES = ("CNY", "CNY", "CNY", "USD", "USD", "JPY", "JPY", "EUR")  # no policy states caps for EUR
CONNECTORS = ("shop", "shop", "manual", "mirror")  # mirror: a source that refunds by itself when it cancels
METHODS = ("alipay", "wechat", "bank_card", "balance", "gift_card", "cod", "voucher")  # voucher: unknown to policy
STORES = (None, None, None, "S01", "S01", "S02")
TIERS = ("new", "regular", "silver", "gold", "vip", "stranger")
_STATES = {
    OrderState.UNPAID: 14,
    OrderState.PAID: 48,
    OrderState.SHIPPED: 22,
    OrderState.SIGNED: 8,
    OrderState.COMPLETED: 3,
    OrderState.CANCELLED: 7,
}
_FLAGS = {GoodsFlag.FRESH: 0.2, GoodsFlag.TIME_CRITICAL: 0.1, GoodsFlag.GIFT: 0.05, GoodsFlag.LIMITED: 0.1}
_PAID_STATES = frozenset({OrderState.PAID, OrderState.SHIPPED, OrderState.SIGNED, OrderState.COMPLETED})


def make_order(rng: random.Random, number: str, connector: str, customer_id: str, now: datetime) -> Order:
    """One order as its source tells it first."""
    state = rng.choices(list(_STATES), list(_STATES.values()))[0]
    old = rng.random() < 0.15  # so old that a store's replica has let it go
    created = now - timedelta(days=rng.randint(28, 40) if old else 0, minutes=rng.randint(5, 60 * 30))
    lines = tuple(_line(rng, str(index + 1)) for index in range(rng.choice((1, 1, 2, 3))))
    freight = rng.choice((0, 0, 800, 1200))
    paid_at = None if state is OrderState.UNPAID else created + timedelta(minutes=rng.randint(0, 4))
    if paid_at and not old and rng.random() < 0.2:  # ordered long before it was paid
        created -= timedelta(hours=rng.randint(5, 30))
    total = sum(line.paid for line in lines) + freight
    order = Order(
        id=number,
        number=number,
        connector=connector,
        shop="made-up",
        currency=rng.choice(CURRENCIES),
        customer_id=customer_id,
        state=state,
        created_at=created,
        lines=lines,
        tenders=_tenders(rng, total, paid_at),
        promotions=_promotions(rng, now),
        tier=rng.choice(TIERS),
        store_id=rng.choice(STORES),
        freight=freight,
        points_earned=rng.choice((0, 0, 12, 319)),
        paid_at=None if rng.random() < 0.15 else paid_at,  # some sources do not say when
        wave_at=now + timedelta(minutes=rng.randint(-400, 600)) if rng.random() < 0.5 else None,
        cancelled_at=now - timedelta(minutes=3) if state is OrderState.CANCELLED else None,
    )
    return _received(rng, _sent(rng, order, now), now)


def _received(rng: random.Random, order: Order, now: datetime) -> Order:
    """Now and then what the payment side has: the order's own payments, and one that the order does not know."""
    if rng.random() < 0.7:
        return order
    own = (
        Receipt(id=tender.id, method=tender.method, amount=tender.paid + rng.choice((0, 0, 350)), at=order.created_at)
        for tender in order.tenders
        if rng.random() < 0.6
    )
    amount = rng.choice((order.due, order.due, order.due // 2, 77))
    back = rng.choice((0, 0, 0, amount // 3, amount))
    more = Receipt(id="R1", method="alipay", amount=amount, at=now, reference="R-1", refunded=back)
    return replace(order, receipts=(*own, *((more,) if rng.random() < 0.6 else ())))


def told_again(rng: random.Random, order: Order, now: datetime) -> Order:
    """The same order with news from its source: packed, shipped, signed, cancelled or refunded elsewhere."""
    news = rng.choice(("packed", "shipped", "signed", "refunded", "cancelled", "paid", "replanned"))
    changed = replace(order, source_version=order.source_version + 1)
    if news == "packed":
        return replace(changed, packed_at=now)
    if news == "shipped" and order.state in (OrderState.PAID, OrderState.SHIPPED):
        return _sent(rng, replace(changed, state=OrderState.SHIPPED), now)
    if news == "signed" and order.paid:
        return replace(changed, state=OrderState.SIGNED, signed_at=now)
    if news == "refunded":
        return replace(changed, tenders=tuple(_part_refunded(rng, tender) for tender in order.tenders))
    if news == "cancelled":
        return replace(changed, state=OrderState.CANCELLED, cancelled_at=now)
    if news == "paid" and order.state is OrderState.UNPAID:
        total = sum(line.paid for line in order.lines) + order.freight
        return replace(changed, state=OrderState.PAID, paid_at=now, tenders=_tenders(rng, total, now))
    return replace(changed, wave_at=now + timedelta(minutes=rng.randint(-60, 400)))


def contact_of(rng: random.Random) -> dict[str, str]:
    """A customer's private values; now and then some of them are lacking."""
    surname = rng.choice(("陈", "欧阳", "王", "Miller ", "单"))
    found = {
        "name": surname + rng.choice(("静怡", "伟", "梓涵", "A.")),
        "title": rng.choice(("女士", "先生", "")),
        "phone": f"+86138{rng.randrange(10**8):08d}",
        "city": rng.choice(("上海", "杭州")),
        "address": "延安路1号",
    }
    return found if rng.random() < 0.9 else {"phone": found["phone"]}


def _line(rng: random.Random, line_id: str) -> Line:
    quantity = rng.choice((1, 1, 1, 2, 3))
    price = rng.choice((rng.randint(1, 90), rng.randint(500, 4000), rng.randint(5000, 60000)))
    return Line(
        id=line_id,
        sku=f"SKU-{rng.randint(1, 40)}",
        title=rng.choice(("保温杯", "生日蛋糕", "Travel mug")),
        quantity=quantity,
        unit_price=price,
        paid=price * quantity,
        flags=frozenset(flag for flag, share in _FLAGS.items() if rng.random() < share),
        stock_reserved=rng.choice((0, quantity, quantity)),
        stock_available=rng.choice((None, 0, 7)),
        cancelled=quantity if rng.random() < 0.1 else 0,
    )


def _tenders(rng: random.Random, total: int, paid_at: datetime | None) -> tuple[Tender, ...]:
    if paid_at is None or rng.random() < 0.03:
        return ()
    count = rng.choice((1, 1, 2, 2, 3))
    parts = allocate(total, [rng.randint(1, 5) for _ in range(count)])
    tenders = (
        Tender(id=f"P{index + 1}", method=rng.choice(METHODS), paid=part, paid_at=paid_at)
        for index, part in enumerate(parts)
    )
    return tuple(_part_refunded(rng, tender) if rng.random() < 0.2 else tender for tender in tenders)


def _part_refunded(rng: random.Random, tender: Tender) -> Tender:
    return replace(tender, refunded=rng.choice((0, tender.paid // 3, tender.paid - tender.paid // 7, tender.paid)))


def _promotions(rng: random.Random, now: datetime) -> tuple[Promotion, ...]:
    found = []
    for index in range(rng.choice((0, 1, 1, 2))):
        kind = rng.choice((PromotionKind.COUPON, PromotionKind.COUPON, PromotionKind.POINTS, PromotionKind.GIFT))
        found.append(
            Promotion(
                id=f"M{index + 1}",
                kind=kind,
                label="满减",
                discount=rng.randint(1, 3000),
                points=rng.randint(1, 900) if kind is PromotionKind.POINTS else 0,
                expires_at=rng.choice((None, now - timedelta(days=1), now + timedelta(days=9))),
            )
        )
    return tuple(found)


def _told_in_part(rng: random.Random, order: Order, now: datetime) -> Order:
    """A paid order that is packed, or that left though its source has not moved its state yet."""
    before = now - timedelta(minutes=9)
    parcel = Parcel(id="K1", carrier="顺丰速运", tracking=f"SF{rng.randrange(10**10):010d}", shipped_at=before)
    told = rng.choices(
        (order, replace(order, packed_at=before), replace(order, shipped_at=before), replace(order, parcels=(parcel,))),
        (76, 12, 6, 6),
    )
    return told[0]


def _sent(rng: random.Random, order: Order, now: datetime) -> Order:
    """Packed, shipped and signed as far as the state says; now and then a source forgets one of the facts."""
    if order.state is OrderState.PAID:
        return _told_in_part(rng, order, now)
    if order.state not in _PAID_STATES:
        return order
    shipped = None if rng.random() < 0.1 else now - timedelta(minutes=rng.randint(1, 300))
    scans = (Scan(at=now - timedelta(minutes=2), place="上海分拨中心", text="已到达", code="depot"),)
    parcel = Parcel(
        id="K1",
        carrier="顺丰速运",
        tracking=f"SF{rng.randrange(10**10):010d}",
        shipped_at=shipped if rng.random() < 0.9 else None,
        trace=scans if rng.random() < 0.7 else (),
    )
    signed = now - timedelta(minutes=1) if order.state is not OrderState.SHIPPED else None
    return replace(order, packed_at=shipped, shipped_at=shipped, signed_at=signed, parcels=(parcel,))
