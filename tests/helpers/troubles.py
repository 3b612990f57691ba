"""Seventeen kinds of trouble as a shop's own systems tell them: orders, payments, parcels and stock of /v1/ingest.

Nothing here says what is wrong: the facts do, and detection or a caller has to find it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

Told = tuple[str, dict[str, Any]]  # what (orders, payments...), item
PAID = 32900  # minor units


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble. `tell`: what the shop's systems say at that time of the order of that number. `words`: what
    the customer says on the telephone where no system can know; empty where detection has to find it. `option`: the key
    of the playbook's option that is taken, with its `inputs`."""

    subtype: str
    tell: Callable[[datetime, str], list[Told]]
    option: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    orderless: bool = False


def order(now: datetime, number: str, *, contact: dict[str, str] | None = None, **facts: Any) -> Told:
    """An ordinary paid order of two days ago, changed where `facts` say so."""
    made = now - timedelta(days=2)
    tail = number[-4:]
    whole = {
        "number": number,
        "shop": "Main shop",
        "currency": "CNY",
        "state": "paid",
        "created_at": made,
        "paid_at": made,
        "wave_at": now + timedelta(days=3),
        "customer_id": f"buyer-{number}",
        "lines": [line()],
        "tenders": [{"id": "pay-1", "method": "alipay", "paid": PAID, "paid_at": made, "reference": f"A{number}"}],
        "source_version": 1,
        **facts,
    }
    person = {
        "name": "林晓梅",
        "title": "女士",
        "phone": f"1380001{tail}",
        "city": "上海市",
        "address": f"上海市浦东新区世纪大道{tail.lstrip('0') or '1'}号1502室",
        **(contact or {}),
    }
    return "orders", {"order": whole, "contact": person}


def line(**facts: Any) -> dict[str, Any]:
    """One pair of shoes, in stock and reserved."""
    usual = {"id": "1", "sku": "SHOE-42", "title": "轻便跑鞋 42码", "quantity": 1, "unit_price": PAID, "paid": PAID}
    return {**usual, "stock_reserved": 1, "stock_available": 12, **facts}


def shipped(now: datetime, *trace: dict[str, Any], **facts: Any) -> dict[str, Any]:
    """Facts of an order that left the day before yesterday in one parcel."""
    left = now - timedelta(days=1, hours=20)
    parcel = {
        "id": "parcel-1",
        "carrier": "SF",
        "tracking": f"SF{int(now.timestamp())}",
        "line_ids": ["1"],
        "shipped_at": left,
        "trace": [scan(left, "picked_up", "上海市"), *trace],
        **facts,
    }
    return {"state": "shipped", "packed_at": left, "shipped_at": left, "parcels": [parcel]}


def scan(at: datetime, code: str, place: str = "杭州市", text: str = "") -> dict[str, Any]:
    """One line of a parcel's trace."""
    return {"at": at, "place": place, "text": text or code, "code": code}


def payment(number: str, source: str, at: datetime, amount: int = PAID, reference: str = "") -> Told:
    """What the payment side received for that order."""
    tender = {"id": source, "method": "alipay", "paid": amount, "paid_at": at, "reference": reference or source}
    told = {"source": f"{number}-{source}", "version": 1, "order_number": number, "tender": tender}
    return "payments", {**told, "booked": False}


def unpaid(now: datetime, number: str, **facts: Any) -> Told:
    """An order that the shop waits to be paid for, an hour old."""
    return order(now, number, state="unpaid", tenders=[], paid_at=None, created_at=now - timedelta(hours=1), **facts)


def _paid_twice(now: datetime, number: str) -> list[Told]:
    first, second = now - timedelta(hours=3), now - timedelta(hours=2, minutes=58)
    return [
        order(now, number),
        payment(number, "pay-1", first, reference=f"A{number}"),
        payment(number, "pay-2", second, reference=f"B{number}"),
    ]


def _too_much(now: datetime, number: str) -> list[Told]:
    return [order(now, number), payment(number, "pay-1", now - timedelta(hours=3), PAID + 1000, f"A{number}")]


def _not_updated(now: datetime, number: str) -> list[Told]:
    return [unpaid(now, number), payment(number, "pay-1", now - timedelta(minutes=40))]


def _oversold(now: datetime, number: str) -> list[Told]:
    short = line(stock_reserved=0, stock_available=0)
    return [order(now, number, lines=[short], tier="vip")]


def _unreserved(now: datetime, number: str) -> list[Told]:
    return [order(now, number, lines=[line(stock_reserved=0, stock_available=12)])]


def _miscounted(now: datetime, number: str) -> list[Told]:
    return [order(now, number, lines=[line(stock_available=12, stock_counted=3)])]


def _lost(now: datetime, number: str) -> list[Told]:
    return [order(now, number, **shipped(now, scan(now - timedelta(hours=5), "lost", text="包裹丢失")))]


def _late(now: datetime, number: str) -> list[Told]:
    facts = shipped(now, scan(now - timedelta(hours=9), "depot"), due_at=now - timedelta(hours=20))
    return [order(now, number, **facts)]


def _stalled(now: datetime, number: str) -> list[Told]:
    left = now - timedelta(days=6)
    facts = shipped(now, trace=[scan(left, "picked_up"), scan(left + timedelta(hours=8), "depot")], shipped_at=left)
    return [order(now, number, created_at=now - timedelta(days=7), **facts)]


def _refused(now: datetime, number: str) -> list[Told]:
    return [order(now, number, **shipped(now, scan(now - timedelta(hours=2), "refused", text="客户拒收")))]


def _bad_phone(now: datetime, number: str) -> list[Told]:
    return [order(now, number, contact={"phone": "11111111111"})]


def _systems_apart(now: datetime, number: str) -> list[Told]:
    seen = now - timedelta(hours=1)
    states = (("shop", "paid"), ("erp", "paid"), ("wms", "cancelled"))
    return [order(now, number, systems=[{"system": name, "state": state, "at": seen} for name, state in states])]


def _brushing(now: datetime, number: str) -> list[Told]:
    """Six unpaid orders within half an hour to one door; the first has the number asked for."""
    door = {"address": f"广东省深圳市南山区科技园路{number[-4:].lstrip('0') or '1'}号A座801室", "city": "深圳市"}
    numbers = (number, *(f"{number}{place}" for place in range(1, 6)))
    return [
        order(
            now, one, contact=door, state="unpaid", tenders=[], paid_at=None, customer_id=f"buyer-{one}",
            created_at=now - timedelta(minutes=30 - 4 * place),
        )
        for place, one in enumerate(numbers)
    ]  # fmt: skip


WORDS = {"words": "客户在线等，请尽快处理"}
TROUBLES = (
    Trouble(
        "payment_incomplete", lambda now, number: [unpaid(now, number)], "link", words="付款的时候总是提示支付失败"
    ),
    Trouble("paid_twice", _paid_twice, "refund"),
    Trouble("amount_mismatch", _too_much, "refund_over"),
    Trouble("paid_not_updated", _not_updated, "confirm"),
    Trouble("oversold", _oversold, "allocate", {"source": "杭州西湖店"}),
    Trouble("reservation_failed", _unreserved, "reserve_again"),
    Trouble("stock_update_late", _miscounted, "count", WORDS),
    Trouble("lost_damaged", _lost, "reship"),
    Trouble("delivery_delayed", _late, "urge"),
    Trouble("trace_stalled", _stalled, "urge"),
    Trouble("customer_refused", _refused, "less_freight"),
    Trouble(
        "address_wrong",
        lambda now, number: [order(now, number, **shipped(now))],
        "redirect",
        {"city": "上海市", "address": "浦东新区世纪大道18号1502室"},
        words="收货地址写错了，是十八号不是八号",
    ),
    Trouble("phone_wrong", _bad_phone, "change", {"phone": "13800018888"}),
    Trouble(
        "remark_missed",
        lambda now, number: [order(now, number)],
        "handle",
        WORDS,
        words="备注写了要礼盒包装，你们没看备注",
    ),
    Trouble("creation_failed", lambda now, number: [], "report", WORDS, words="钱扣了但是没有生成订单", orderless=True),
    Trouble("sync_failed", _systems_apart, "resync"),
    Trouble("fake_order", _brushing, "cancel_block", WORDS),
)
