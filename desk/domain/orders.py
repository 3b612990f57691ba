"""The order as other systems tell it: lines, tenders, parcels with trace, promotions, stock, remark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrderState(StrEnum):
    """Where the order stands; `cancelled` and `completed` are final."""

    UNPAID = "unpaid"
    PAID = "paid"  # paid, not yet handed to a carrier (stock prep included)
    SHIPPED = "shipped"  # at least one parcel is with a carrier, not all signed
    SIGNED = "signed"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class GoodsFlag(StrEnum):
    """What makes a line special for the rules (MISSION 21, M10, M13, M16)."""

    FRESH = "fresh"
    CUSTOM = "custom"
    DIGITAL = "digital"
    GIFT = "gift"
    LIMITED = "limited"
    TIME_CRITICAL = "time_critical"  # birthday cake and the like (MISSION 37)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; amounts in minor units of the order's currency, for the whole line."""

    id: str
    sku: str
    title: str
    quantity: int
    unit_price: int
    paid: int  # after every discount; the lines' `paid` and the order's freight sum to the tenders' `paid`
    flags: frozenset[GoodsFlag] = frozenset()
    stock_reserved: int = 0
    stock_available: int | None = None  # as the system has it
    stock_counted: int | None = None  # as somebody counted it last
    cancelled: int = 0  # quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """One payment of the order by one method; refunds never exceed `paid` (DESIGN 1.6)."""

    id: str
    method: str  # key of policy.tenders: alipay, wechat, bank_card, balance, gift_card, cod...
    paid: int
    paid_at: datetime | None = None
    reference: str = ""
    refunded: int = 0  # confirmed by the payment side, outside the desk included
    refunded_elsewhere: int = 0  # the part of `refunded` that no ledger entry of the desk explains (domain.tenders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One payment as the payment side has it, whatever the order system knows of it (MISSION 43-45). `refunded` is what
    that side gave back of it. `reference` is what a tender of the order names where both mean the same payment."""

    id: str
    method: str
    amount: int
    at: datetime
    reference: str = ""
    refunded: int = 0
    refunded_elsewhere: int = 0  # the part of `refunded` that no ledger entry of the desk explains (domain.surplus)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemState:
    """What one of the systems (shop, erp, wms, crm) says of the order, in its own word (MISSION 61)."""

    system: str
    state: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One line of a parcel's trace. `code` is a key of the shared vocabulary: picked_up, depot, in_transit,
    out_for_delivery, signed, refused, lost, damaged, exception."""

    at: datetime
    place: str
    text: str
    code: str = "in_transit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One parcel with a carrier; `trace` is in time order."""

    id: str
    carrier: str
    tracking: str
    line_ids: tuple[str, ...] = ()
    shipped_at: datetime | None = None
    signed_at: datetime | None = None
    trace: tuple[Scan, ...] = ()
    due_at: datetime | None = None  # when the carrier said that it would arrive


class PromotionKind(StrEnum):
    """Kinds of benefit used on the order that a cancel has to put back (MISSION M11)."""

    COUPON = "coupon"
    THRESHOLD = "threshold"
    POINTS = "points"
    GIFT = "gift"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promotion:
    """A promotion used: its discount in minor units; `points` used where kind is points."""

    id: str
    kind: PromotionKind
    label: str
    discount: int
    points: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEvent:
    """A fact told by another system: `area` is payment, stock, parcel, service or order."""

    at: datetime
    area: str
    code: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order. Names, phones and addresses live apart, under `customer_id` (DESIGN 3, personal data).

    `remark_id` names the private text of the customer's remark. `wave_at` is the ship wave the order is planned for.
    `source_version` grows with each telling by the source; an older one is ignored.
    """

    id: str
    number: str
    connector: str
    shop: str
    currency: str
    customer_id: str
    state: OrderState
    created_at: datetime
    lines: tuple[Line, ...]
    tenders: tuple[Tender, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    promotions: tuple[Promotion, ...] = ()
    events: tuple[OrderEvent, ...] = ()
    receipts: tuple[Receipt, ...] = ()
    systems: tuple[SystemState, ...] = ()
    contact_flags: frozenset[str] = frozenset()  # what is wrong with the contact, without the contact (domain.contacts)
    tier: str = "regular"  # key of policy.tiers
    store_id: str | None = None
    pickup: bool = False
    freight: int = 0
    points_earned: int = 0
    remark_id: str | None = None
    paid_at: datetime | None = None
    wave_at: datetime | None = None
    packed_at: datetime | None = None
    shipped_at: datetime | None = None
    signed_at: datetime | None = None
    cancelled_at: datetime | None = None
    source_version: int = 1

    @property
    def paid(self) -> int:
        """What the customer paid over all tenders, minor units."""
        return sum(tender.paid for tender in self.tenders)

    @property
    def value(self) -> int:
        """What is at stake, minor units: what was paid, or for an unpaid order what would be."""
        return self.paid or sum(line.paid for line in self.lines) + self.freight

    def tender(self, tender_id: str) -> Tender | None:
        """The tender of that id, or None."""
        return next((tender for tender in self.tenders if tender.id == tender_id), None)

    def receipt(self, receipt_id: str) -> Receipt | None:
        """The receipt of that id, or None."""
        return next((receipt for receipt in self.receipts if receipt.id == receipt_id), None)

    @property
    def due(self) -> int:
        """What the order costs, minor units: its lines after every discount, and freight."""
        return sum(line.paid for line in self.lines) + self.freight

    def has(self, flag: GoodsFlag) -> bool:
        """Whether any line that is not cancelled carries the flag."""
        return any(flag in line.flags and line.cancelled < line.quantity for line in self.lines)
