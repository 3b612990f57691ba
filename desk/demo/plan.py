"""What will happen to a made-up order, drawn once: its times from creation to completion, and what goes wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from desk.demo.basket import settings
from desk.demo.data import SHOP_TIME, Carrier, City
from desk.demo.traces import TraceEnd, draw_trace
from desk.domain.orders import OrderEvent, Scan

# What becomes of an order, and how often (weights).
FATES = {
    "smooth": 800,
    "never_paid": 105,
    "withdrawn": 34,  # cancelled by the customer before the wave
    "short": 14,  # out of stock: waits for days
    "stalled": 22,  # the trace stops
    "late": 26,
    "refused": 7,
    "lost": 4,
    "damaged": 5,
    "part_refund": 24,
    "paid_twice": 4,
}
UNPAID_HOURS = 24
SETTLED_AFTER = timedelta(hours=40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Times of what happens; None is never. All is drawn at once: what has happened by now is a cut (orders.py)."""

    fate: str
    created_at: datetime
    events: tuple[OrderEvent, ...] = ()
    paid_at: datetime | None = None
    wave_at: datetime | None = None
    packed_at: datetime | None = None
    shipped_at: datetime | None = None
    scans: tuple[Scan, ...] = ()
    carrier: Carrier | None = None
    signed_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    refunded_at: datetime | None = None
    refund_share: int = 100  # percent of what was paid that goes back at `refunded_at`


def draw_plan(rng: random.Random, created_at: datetime, category: str, city: City, store_id: str | None) -> Plan:
    """The plan of one order; `store_id` is set for pick-up in a store."""
    fate = rng.choices(list(FATES), list(FATES.values()))[0]
    plan = Plan(fate=fate, created_at=created_at, events=(_event(created_at, "order", "created", "顾客提交订单"),))
    if fate == "never_paid":
        return _close(plan, created_at + timedelta(hours=UNPAID_HOURS), "payment_timeout", "超时未支付，系统关闭")
    paid_at = created_at + timedelta(seconds=int(15 + 900 * rng.random() ** 4))
    plan = _then(plan, paid_at, ("payment", "paid", "支付成功"), paid_at=paid_at)
    if fate == "paid_twice":
        plan = _then(plan, paid_at + timedelta(seconds=41), ("payment", "paid_twice", "收到第二笔同额支付"))
    if category == "digital":
        return _deliver_digital(plan, paid_at)
    if store_id is not None:
        return _prepare_in_store(rng, plan, paid_at)
    return _send(rng, plan, paid_at, category, city)


def _event(at: datetime, area: str, code: str, text: str) -> OrderEvent:
    return OrderEvent(at=at, area=area, code=code, text=text)


def _then(plan: Plan, at: datetime, what: tuple[str, str, str], **times: Any) -> Plan:
    """The plan with one more event (area, code, text) and what it sets."""
    return replace(plan, events=(*plan.events, _event(at, *what)), **times)


def _close(plan: Plan, at: datetime, code: str, text: str) -> Plan:
    return _then(plan, at, ("order", code, text), cancelled_at=at)


def _deliver_digital(plan: Plan, paid_at: datetime) -> Plan:
    done = paid_at + timedelta(seconds=20)
    ends = done + timedelta(days=1)
    return _then(plan, done, ("order", "code_sent", "兑换码已发放"), signed_at=done, completed_at=ends)


def _prepare_in_store(rng: random.Random, plan: Plan, paid_at: datetime) -> Plan:
    packed = in_opening_hours(paid_at + timedelta(minutes=rng.randint(20, 180)))
    taken = in_opening_hours(packed + timedelta(minutes=rng.randint(30, 60 * 52)))
    ends = taken + timedelta(days=7)
    plan = _then(plan, packed, ("stock", "ready_for_pickup", "门店备货完成，待顾客自提"), packed_at=packed)
    return _then(plan, taken, ("parcel", "picked_up_in_store", "顾客到店自提"), signed_at=taken, completed_at=ends)


def in_opening_hours(at: datetime) -> datetime:
    """`at`, or the next minute at which the shop is open."""
    local = at.astimezone(SHOP_TIME)
    opens, closes = (time.fromisoformat(settings()[key]) for key in ("opens", "closes"))
    if local.time() >= closes:
        local = datetime.combine(local.date() + timedelta(days=1), opens, SHOP_TIME)
    elif local.time() < opens:
        local = datetime.combine(local.date(), opens, SHOP_TIME)
    return local.astimezone(at.tzinfo)


def next_wave(after: datetime, category: str) -> datetime:
    """The first ship wave that an order paid at `after` still gets into."""
    times = settings()["fresh_waves" if category in {"fresh", "cake"} else "waves"]
    ready = after.astimezone(SHOP_TIME) + timedelta(minutes=settings()["wave_lead_minutes"])
    days = (ready.date() + timedelta(days=offset) for offset in (0, 1))
    waves = (datetime.combine(day, time.fromisoformat(text), SHOP_TIME) for day in days for text in times)
    return next(wave for wave in waves if wave >= ready).astimezone(after.tzinfo)


def _send(rng: random.Random, plan: Plan, paid_at: datetime, category: str, city: City) -> Plan:
    wave = next_wave(paid_at, category)
    # Custom goods are made first, and some people order for a later day: both leave days after being paid.
    if category == "custom" or rng.random() < 0.1:
        wave = next_wave(paid_at + timedelta(days=rng.randint(1, 3)), category)
    if plan.fate == "withdrawn":
        return _withdraw(rng, replace(plan, wave_at=wave), paid_at, wave)
    packed = wave + timedelta(minutes=rng.randint(15, 150))
    if plan.fate == "short":
        plan = _then(plan, wave + timedelta(minutes=5), ("stock", "short", "库存不足，等待补货"))
        packed += timedelta(days=rng.randint(2, 5))
    shipped = packed + timedelta(minutes=rng.randint(30, 240))
    done = f"{settings()['warehouse']}打包完成"
    plan = _then(plan, packed, ("stock", "packed", done), packed_at=packed, wave_at=wave)
    plan = _then(plan, shipped, ("parcel", "shipped", "已交承运商"), shipped_at=shipped)
    return _travel(rng, plan, shipped, category, city)


def _settled(plan: Plan, end: TraceEnd) -> Plan:
    """What is lost or comes back is dealt with in some days, by whoever did that before there was this desk."""
    if end not in (TraceEnd.LOST, TraceEnd.DAMAGED, TraceEnd.REFUSED):
        return plan
    at = plan.scans[-1].at + SETTLED_AFTER
    closed = _close(plan, at, "closed", "包裹异常已处理，订单关闭")
    return _then(
        closed,
        at + timedelta(minutes=9),
        ("payment", "refunded", "原路退款完成"),
        refunded_at=at + timedelta(minutes=9),
    )


def _withdraw(rng: random.Random, plan: Plan, paid_at: datetime, wave: datetime) -> Plan:
    at = paid_at + (wave - paid_at) * rng.uniform(0.05, 0.6)
    at = at.replace(microsecond=0)
    plan = _close(plan, at, "cancelled", "顾客取消订单")
    refunded = at + timedelta(minutes=rng.randint(1, 40))
    return _then(plan, refunded, ("payment", "refunded", "原路退款完成"), refunded_at=refunded)


_ENDS = {
    "stalled": TraceEnd.STALLED,
    "late": TraceEnd.LATE,
    "refused": TraceEnd.REFUSED,
    "lost": TraceEnd.LOST,
    "damaged": TraceEnd.DAMAGED,
}


def _travel(rng: random.Random, plan: Plan, shipped_at: datetime, category: str, city: City) -> Plan:
    end = _ENDS.get(plan.fate, TraceEnd.SIGNED)
    carrier, scans = draw_trace(rng, shipped_at, city, local=category == "cake", end=end)
    if scans[-1].code != "signed":
        return _settled(replace(plan, carrier=carrier, scans=scans), end)
    signed = scans[-1].at
    ends = signed + timedelta(days=7)
    way = {"carrier": carrier, "scans": scans}
    plan = _then(plan, signed, ("parcel", "signed", "已签收"), signed_at=signed, completed_at=ends, **way)
    if plan.fate == "part_refund":
        refunded = signed + timedelta(hours=rng.randint(2, 60))
        share = rng.choice((10, 20, 30, 50))
        why = ("payment", "part_refunded", "售后部分退款")
        plan = _then(plan, refunded, why, refunded_at=refunded, refund_share=share)
    return plan
