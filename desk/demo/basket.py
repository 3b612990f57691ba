"""What a customer puts into one made-up order: lines, promotions, freight, and the tenders that pay for it."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from desk.demo.data import CURRENCY, Product, catalogue, gifts, read
from desk.domain.money import allocate, from_decimal
from desk.domain.orders import GoodsFlag, Line, Promotion, PromotionKind, Tender

# These are ordered alone: they ship another way, or there is a story in each.
SOLO = frozenset({"fresh", "cake", "custom", "limited", "digital"})
POINTS_PER_YUAN = 100
REMOTE_DAYS = 4


@dataclass(frozen=True, slots=True)
class Basket:
    """Lines' `paid` sum to unit prices minus all discounts; minor units."""

    category: str
    lines: tuple[Line, ...]
    promotions: tuple[Promotion, ...]
    freight: int

    @property
    def total(self) -> int:
        """What is to be paid."""
        return sum(line.paid for line in self.lines) + self.freight


@cache
def settings() -> dict[str, Any]:
    """resources/demo/shop.toml."""
    return read("shop")


@cache
def _fen(text: str) -> int:
    return from_decimal(text, CURRENCY).amount


def fill_basket(rng: random.Random, created_at: datetime, remote: bool, delivered: bool) -> Basket:
    """A basket as customers fill them; `delivered` is False for pick-up (no freight, nothing cold)."""
    products = _choose(rng, delivered)
    basket = Basket(products[0].category, tuple(_line(rng, n, p) for n, p in enumerate(products, 1)), (), 0)
    basket = _thresholds(rng, basket)
    basket = _coupons(rng, basket, created_at)
    basket = _points(rng, basket)
    basket = _gift(rng, basket)
    return replace(basket, freight=_freight(basket, remote) if delivered else 0)


@cache
def _on_sale(delivered: bool) -> tuple[Product, ...]:
    return tuple(p for p in catalogue() if delivered or p.category not in {"fresh", "cake", "digital"})


def _choose(rng: random.Random, delivered: bool) -> list[Product]:
    usual = _on_sale(delivered)
    first = rng.choices(usual, [p.weight for p in usual])[0]
    count = rng.choices((1, 2, 3, 4), (58, 25, 12, 5))[0]
    if first.category in {"cake", "limited", "digital"}:
        count = 1
    chosen = [first]
    if count == 1:
        return chosen
    like = [p for p in usual if (p.category == first.category if first.category in SOLO else p.category not in SOLO)]
    for product in rng.choices(like, [p.weight for p in like], k=count - 1):
        if product not in chosen:
            chosen.append(product)
    return chosen


def _line(rng: random.Random, number: int, product: Product) -> Line:
    cheap = product.price < 15000 and product.category not in {"cake", "limited", "digital", "custom"}
    quantity = rng.choices((1, 2, 3, 5), (78, 15, 5, 2))[0] if cheap else 1
    return Line(
        id=f"L{number}",
        sku=product.sku,
        title=product.title,
        quantity=quantity,
        unit_price=product.price,
        paid=product.price * quantity,
        flags=product.flags,
        stock_available=None if GoodsFlag.DIGITAL in product.flags else max(0, product.stock - rng.randrange(4)),
    )


def _discounted(basket: Basket, promotion: Promotion) -> Basket:
    shares = allocate(promotion.discount, [line.paid for line in basket.lines])
    lines = tuple(replace(line, paid=line.paid - share) for line, share in zip(basket.lines, shares, strict=True))
    return replace(basket, lines=lines, promotions=(*basket.promotions, promotion))


def _thresholds(rng: random.Random, basket: Basket) -> Basket:
    reached = [rule for rule in settings()["thresholds"] if basket.total >= _fen(rule["at"])]
    if not reached or basket.category in {"digital", "limited"} or rng.random() < 0.45:
        return basket
    best = reached[-1]
    kind = PromotionKind.THRESHOLD
    return _discounted(basket, Promotion(id="P1", kind=kind, label=best["label"], discount=_fen(best["discount"])))


def _coupons(rng: random.Random, basket: Basket, created_at: datetime) -> Basket:
    usable = [coupon for coupon in settings()["coupons"] if basket.total >= _fen(coupon["at"])]
    if not usable or rng.random() < 0.72:
        return basket
    coupon = rng.choice(usable)
    used = Promotion(
        id=f"C{rng.randrange(10**9):09d}",
        kind=PromotionKind.COUPON,
        label=coupon["label"],
        discount=_fen(coupon["discount"]),
        # Some run out within hours: a cancel the next day then has an expired coupon to give back.
        expires_at=created_at.replace(second=0) + timedelta(hours=rng.choice((6, 24, 72, 240, 480, 720))),
    )
    return _discounted(basket, used)


def _points(rng: random.Random, basket: Basket) -> Basket:
    if basket.total < 5000 or rng.random() < 0.9:
        return basket
    yuan = rng.randint(1, basket.total // 1000)
    used = Promotion(
        id="PT",
        kind=PromotionKind.POINTS,
        label=f"积分抵扣 {yuan} 元",
        discount=yuan * 100,
        points=yuan * POINTS_PER_YUAN,
    )
    return _discounted(basket, used)


def _gift(rng: random.Random, basket: Basket) -> Basket:
    if basket.total < _fen(settings()["gift_from"]) or basket.category in SOLO or rng.random() < 0.6:
        return basket
    gift = rng.choices(gifts(), [p.weight for p in gifts()])[0]
    line = Line(
        id=f"L{len(basket.lines) + 1}",
        sku=gift.sku,
        title=gift.title,
        quantity=1,
        unit_price=0,
        paid=0,
        flags=gift.flags,
        stock_available=gift.stock,
    )
    why = Promotion(id="G1", kind=PromotionKind.GIFT, label=f"满{settings()['gift_from'][:-3]}赠", discount=0)
    return replace(basket, lines=(*basket.lines, line), promotions=(*basket.promotions, why))


def _freight(basket: Basket, remote: bool) -> int:
    if basket.category == "digital":
        return 0
    if basket.category in {"fresh", "cake"}:
        return _fen(settings()["freight_cold"]) if basket.total < 20000 else 0
    if basket.total >= _fen(settings()["free_freight_from"]):
        return 0
    return _fen(settings()["freight_remote"] if remote else settings()["freight"])


def pay(rng: random.Random, total: int, paid_at: datetime) -> tuple[Tender, ...]:
    """The tenders for `total` minor units: mostly one method, sometimes a gift card or balance first."""
    weights: dict[str, int] = settings()["tenders"]
    main = rng.choices(list(weights), list(weights.values()))[0]
    split = rng.random() < 0.12 and total > 2000
    first = rng.choice([method for method in ("gift_card", "balance") if method != main])
    part = min(rng.choice((1000, 2000, 5000, 10000)), total // 2) if split else 0
    rest = Tender(id="T1", method=main, paid=total - part, paid_at=paid_at, reference=_reference(rng, main, paid_at))
    if not part:
        return (rest,)
    return rest, Tender(id="T2", method=first, paid=part, paid_at=paid_at, reference=_reference(rng, first, paid_at))


def _reference(rng: random.Random, method: str, paid_at: datetime) -> str:
    day = f"{paid_at:%Y%m%d}"
    serial = f"{rng.randrange(10**14):014d}"
    prefixes = {"alipay": f"{day}2200", "wechat": f"420000{day}", "bank_card": f"UP{day}"}
    return prefixes.get(method, f"YJ{day}") + serial
