"""Rows of the order in full: stages, lines, tenders, promotions, parcels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.domain.money import Money
from desk.domain.orders import GoodsFlag, OrderState
from desk.services.rows.base import Names, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow(Row):
    """One line of the order."""

    id: str
    title: str
    sku: str
    quantity: int
    cancelled: int
    unit_price: Money
    paid: Money
    flags: frozenset[GoodsFlag] = frozenset()
    reserved: int = 0
    available: int | None = None  # as the system has it
    counted: int | None = None  # as somebody counted it last


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderRow(Row):
    """One payment, and what of it went back."""

    id: str
    names: Names
    paid: Money
    refunded: Money
    asked: Money | None = None  # refund asked and not confirmed
    reference: str = ""
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow(Row):
    """One payment as the payment side has it; `surplus`: no tender of the order knows of it."""

    id: str
    names: Names
    amount: Money
    at: datetime
    reference: str = ""
    refunded: Money | None = None
    surplus: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemRow(Row):
    """What one of the systems says of the order, in its own word; `differs` from what the order itself says."""

    system: str
    state: str
    at: datetime
    differs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PromotionRow(Row):
    """A coupon, threshold, points or gift used on the order; `back` is the code of what a cancel does with it."""

    kind: str
    label: str
    discount: Money
    points: int = 0
    expires_at: datetime | None = None
    back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRow(Row):
    """One line of a trace."""

    at: datetime
    place: str
    text: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRow(Row):
    """One parcel, trace newest first. `stale_hours`: since the last scan, where the policy calls that late."""

    id: str
    carrier: str
    tracking: str
    trace: tuple[ScanRow, ...] = ()
    shipped_at: datetime | None = None
    signed_at: datetime | None = None
    stale_hours: int | None = None
    due_at: datetime | None = None  # when the carrier said that it would arrive


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow(Row):
    """One part of the order's stage bar: created, paid, stock, shipped, signed, cancelled; `state` done, now, ahead."""

    key: str
    state: str
    at: datetime | None = None
    note: str = ""  # code: packed, not_packed


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow(Row):
    """The order in full."""

    id: str
    number: str
    shop: str
    state: OrderState
    created_at: datetime
    total: Money
    stages: tuple[StageRow, ...]
    lines: tuple[LineRow, ...]
    tenders: tuple[TenderRow, ...] = ()
    promotions: tuple[PromotionRow, ...] = ()
    parcels: tuple[ParcelRow, ...] = ()
    freight: Money | None = None
    remark: str = ""
    store: str = ""
    pickup: bool = False
    receipts: tuple[ReceiptRow, ...] = ()
    systems: tuple[SystemRow, ...] = ()
