"""How a made-up parcel travels: scans from the warehouse to the door, also those that stall, get lost or come back."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from enum import StrEnum

from desk.demo.data import SHOP_TIME, Carrier, City, places
from desk.domain.orders import Scan

ORIGIN = "嘉兴"


class TraceEnd(StrEnum):
    """How the journey ends."""

    SIGNED = "signed"
    LATE = "late"  # signed, days after it should have been
    STALLED = "stalled"  # the trace stops half-way, and goes on after days
    REFUSED = "refused"
    LOST = "lost"
    DAMAGED = "damaged"


def draw_trace(
    rng: random.Random, shipped_at: datetime, city: City, *, local: bool, end: TraceEnd
) -> tuple[Carrier, tuple[Scan, ...]]:
    """A carrier and the whole trace in time order. `local` is a courier across town, there within two hours."""
    if local:
        return places().local_carrier, _across_town(rng, shipped_at, city)
    carrier = rng.choices(places().carriers, [carrier.weight for carrier in places().carriers])[0]
    return carrier, tuple(_journey(rng, shipped_at, city, end))


def tracking_number(rng: random.Random, carrier: Carrier) -> str:
    """A tracking number as this carrier writes them."""
    return f"{carrier.prefix}{rng.randrange(10**carrier.digits):0{carrier.digits}d}"


def _across_town(rng: random.Random, shipped_at: datetime, city: City) -> tuple[Scan, ...]:
    there = shipped_at + timedelta(minutes=rng.randint(35, 110))
    return (
        Scan(at=shipped_at, place=city.name, text="骑手已取货", code="picked_up"),
        Scan(at=shipped_at + timedelta(minutes=4), place=city.name, text="骑手配送中", code="out_for_delivery"),
        Scan(at=there, place=city.name, text="已送达，本人签收", code="signed"),
    )


def _journey(rng: random.Random, shipped_at: datetime, city: City, end: TraceEnd) -> list[Scan]:
    here, there = (f"{name}{rng.choice(places().depots)}" for name in (ORIGIN, city.name))
    office = f"{city.name}{rng.choice(city.districts)}营业点"
    scans = [Scan(at=shipped_at, place=ORIGIN, text=f"【{ORIGIN}仓】快件已揽收", code="picked_up")]
    at = shipped_at + timedelta(minutes=rng.randint(150, 420))
    scans.append(Scan(at=at, place=here, text=f"快件已到达【{here}】", code="depot"))
    at += timedelta(minutes=rng.randint(60, 240))
    scans.append(Scan(at=at, place=here, text=f"快件离开【{here}】，发往【{there}】"))
    if end is TraceEnd.LOST:
        lost = at + timedelta(days=5)
        return [*scans, Scan(at=lost, place=here, text="快件疑似遗失，承运商核查中", code="lost")]
    at += timedelta(hours=city.days * 16 + rng.randint(0, 8)) + _delay(rng, end)
    scans.append(Scan(at=at, place=there, text=f"快件已到达【{there}】", code="depot"))
    morning = _next_morning(at, rng)
    scans.append(Scan(at=morning, place=office, text=f"【{office}】快递员正在派送", code="out_for_delivery"))
    return [*scans, *_at_the_door(rng, morning, office, end)]


def _delay(rng: random.Random, end: TraceEnd) -> timedelta:
    if end is TraceEnd.STALLED:
        return timedelta(days=rng.randint(6, 11))
    if end is TraceEnd.LATE:
        return timedelta(days=rng.randint(2, 4))
    return timedelta()


def _next_morning(at: datetime, rng: random.Random) -> datetime:
    local = at.astimezone(SHOP_TIME)
    day = local.replace(hour=8, minute=rng.randint(5, 55), second=rng.randrange(60), microsecond=0)
    return (day if day > local else day + timedelta(days=1)).astimezone(at.tzinfo)


def _at_the_door(rng: random.Random, morning: datetime, office: str, end: TraceEnd) -> list[Scan]:
    at = morning + timedelta(minutes=rng.randint(40, 560))
    if end is TraceEnd.REFUSED:
        return [Scan(at=at, place=office, text="收件人拒收，快件将退回", code="refused")]
    if end is TraceEnd.DAMAGED:
        return [Scan(at=at, place=office, text="外包装破损，收件人要求核实", code="damaged")]
    return [
        Scan(
            at=at,
            place=office,
            text=rng.choice(("已签收，签收人：本人", "已签收，签收人：家人", "已放入快递柜")),
            code="signed",
        )
    ]
