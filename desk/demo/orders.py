"""One made-up sale, and the order as its shop would tell it at any moment: the cut of its plan at that time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desk.demo.basket import Basket
from desk.demo.customers import Customer
from desk.demo.data import CURRENCY, SHOP
from desk.demo.plan import Plan
from desk.demo.troubles import Trouble, troubled
from desk.domain.ids import derived_id
from desk.domain.orders import GoodsFlag, Line, Order, OrderState, Parcel, Tender
from desk.wire.codec import to_plain

CONNECTOR = "shop"  # how the policy and the centre's settings call this shop's systems


@dataclass(frozen=True, slots=True)
class Telling:
    """An order as told to the centre, with its private values beside it."""

    order: Order
    contact: dict[str, str]
    remark: str

    def item(self) -> dict[str, Any]:
        """The item of `POST /v1/ingest/orders`."""
        return {"order": to_plain(self.order), "contact": self.contact, "remark": self.remark}


@dataclass(frozen=True, slots=True)
class Sale:
    """Everything about one order that was ever decided; `at` cuts it at a moment."""

    number: str
    customer: Customer
    basket: Basket
    tenders: tuple[Tender, ...]
    plan: Plan
    tracking: str
    store_id: str | None
    remark: str
    trouble: Trouble | None = None  # after it the plan goes no further by itself

    @property
    def id(self) -> str:
        """The order's id, the same at every telling."""
        return derived_id("order", CONNECTOR, self.number)

    def at(self, now: datetime) -> Telling:
        """What the shop tells at `now`; telling again later only ever adds to it (`source_version` grows)."""
        if self.trouble is None or now < self.trouble.told:
            return self._planned(now)
        planned = self._planned(self.trouble.told)
        order, contact = troubled(planned.order, planned.contact, self.trouble)
        return Telling(replace(order, source_version=self.version(now)), contact, planned.remark)

    def _planned(self, now: datetime) -> Telling:
        plan = self.plan
        state = _state(plan, now)
        order = Order(
            id=self.id,
            number=self.number,
            connector=CONNECTOR,
            shop=SHOP,
            currency=CURRENCY,
            customer_id=self.customer.id,
            state=state,
            created_at=plan.created_at,
            lines=tuple(_line(line, state, plan, now) for line in self.basket.lines),
            tenders=self._tenders(now),
            parcels=self._parcels(now),
            promotions=self.basket.promotions,
            events=tuple(event for event in plan.events if event.at <= now),
            tier=self.customer.tier,
            store_id=self.store_id,
            pickup=self.store_id is not None,
            freight=self.basket.freight,
            points_earned=self.basket.total // 100 if state not in _NOTHING_EARNED else 0,
            paid_at=_by(plan.paid_at, now),
            wave_at=plan.wave_at if _by(plan.paid_at, now) else None,
            packed_at=_by(plan.packed_at, now),
            shipped_at=_by(plan.shipped_at, now),
            signed_at=_by(plan.signed_at, now),
            cancelled_at=_by(plan.cancelled_at, now),
            source_version=self.version(now),
        )
        return Telling(order, self.customer.contact(), self.remark)

    def version(self, now: datetime) -> int:
        """How many things have happened by `now`."""
        if self.trouble is None or now < self.trouble.told:
            return sum(1 for moment in self.moments() if moment <= now)
        return sum(1 for moment in self.moments() if moment <= self.trouble.told) + 1

    def moments(self) -> tuple[datetime, ...]:
        """Every time at which there is something new to tell, in order."""
        plan = self.plan
        ends = (plan.completed_at,) if plan.completed_at else ()
        moments = [*(event.at for event in plan.events), *(scan.at for scan in plan.scans), *ends]
        return tuple(sorted(moments))

    def _tenders(self, now: datetime) -> tuple[Tender, ...]:
        plan = self.plan
        if not _by(plan.paid_at, now):
            return ()
        if not _by(plan.refunded_at, now):
            return self.tenders
        if plan.refund_share == 100:
            return tuple(replace(tender, refunded=tender.paid) for tender in self.tenders)
        first, *others = self.tenders
        part = min(first.paid, self.basket.total * plan.refund_share // 100)
        return replace(first, refunded=part), *others

    def _parcels(self, now: datetime) -> tuple[Parcel, ...]:
        plan = self.plan
        if plan.carrier is None or not _by(plan.shipped_at, now):
            return ()
        parcel = Parcel(
            id="PK1",
            carrier=plan.carrier.name,
            tracking=self.tracking,
            line_ids=tuple(line.id for line in self.basket.lines),
            shipped_at=plan.shipped_at,
            signed_at=_by(plan.signed_at, now),
            trace=tuple(scan for scan in plan.scans if scan.at <= now),
        )
        return (parcel,)


_NOTHING_EARNED = frozenset({OrderState.UNPAID, OrderState.CANCELLED})


def _by(moment: datetime | None, now: datetime) -> datetime | None:
    """`moment` where it has come by `now`, else None."""
    return moment if moment is not None and moment <= now else None


def _state(plan: Plan, now: datetime) -> OrderState:
    reached = (
        (plan.cancelled_at, OrderState.CANCELLED),
        (plan.completed_at, OrderState.COMPLETED),
        (plan.signed_at, OrderState.SIGNED),
        (plan.shipped_at, OrderState.SHIPPED),
        (plan.paid_at, OrderState.PAID),
    )
    return next((state for moment, state in reached if _by(moment, now)), OrderState.UNPAID)


def _line(line: Line, state: OrderState, plan: Plan, now: datetime) -> Line:
    if state is OrderState.CANCELLED:
        return replace(line, cancelled=line.quantity)
    if state not in {OrderState.UNPAID, OrderState.PAID} or GoodsFlag.DIGITAL in line.flags:
        return line
    missing = plan.fate == "short" and line.id == "L1" and plan.wave_at is not None and plan.wave_at <= now
    if missing:
        return replace(line, stock_available=0)
    return replace(line, stock_reserved=line.quantity)
