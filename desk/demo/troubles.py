"""Trouble that happened to made-up orders and that nobody has reported: the facts that the shop's systems tell of it.

Nothing says what is wrong: the centre's detection has to find it. From then on the order stands still until the desk
does something about it (desk/demo/handled.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desk.domain.orders import Line, Order, OrderEvent, OrderState, Parcel, Receipt, Scan, SystemState

FAKE = "one_door"
_DOOR = {"city": "上海", "address": "上海市宝山区友谊支路388弄9号501室"}
Contact = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trouble:
    """What happened, and when. `told` is when the shop is first seen: from then on the order goes no further by
    itself."""

    key: str
    at: datetime
    told: datetime


def troubled(order: Order, contact: Contact, trouble: Trouble) -> tuple[Order, dict[str, str]]:
    """The order and its contact as they are told once that happened."""
    change = _FACTS.get(trouble.key)
    told = order if change is None else change(order, trouble.at)
    return told, {**contact, **_CONTACTS.get(trouble.key, {})}


# --- payment -----------------------------------------------------------------------------------------------------


def _received(order: Order) -> tuple[Receipt, ...]:
    """What the payment side has of every payment that the shop knows."""
    return tuple(
        Receipt(id=one.id, method=one.method, amount=one.paid, at=one.paid_at, reference=one.reference)
        for one in order.tenders
        if one.paid_at is not None
    )


def _paid_twice(order: Order, at: datetime) -> Order:
    first, *others = _received(order)
    again = replace(first, id=f"{first.id}-2", reference=f"{first.reference[:-2]}91", at=at)
    return replace(order, receipts=(first, *others, again))


def _amount_differs(order: Order, at: datetime) -> Order:
    first, *others = _received(order)
    return replace(order, receipts=(replace(first, amount=first.amount + 1000), *others))


def _not_updated(order: Order, at: datetime) -> Order:
    paid = Receipt(id="T1", method="alipay", amount=order.due, at=at, reference=f"{at:%Y%m%d}2200{order.number[-8:]}")
    return replace(order, receipts=(paid,))


# --- stock -------------------------------------------------------------------------------------------------------


def _stock(available: int, *, reserved: bool, counted: int | None = None) -> Callable[[Order, datetime], Order]:
    def change(order: Order, at: datetime) -> Order:
        first, *others = order.lines
        stock: Line = replace(
            first,
            stock_reserved=first.stock_reserved if reserved else 0,
            stock_available=available,
            stock_counted=counted,
        )
        return replace(order, lines=(stock, *others))

    return change


# --- parcels -----------------------------------------------------------------------------------------------------


def _scanned(code: str, text: str) -> Callable[[Order, datetime], Order]:
    def change(order: Order, at: datetime) -> Order:
        parcel = order.parcels[0]
        last = parcel.trace[-1]
        scan = Scan(at=max(at, last.at + timedelta(minutes=1)), place=last.place, text=text, code=code)
        return _with(order, replace(parcel, trace=(*parcel.trace, scan)))

    return change


def _overdue(order: Order, at: datetime) -> Order:
    return _with(order, replace(order.parcels[0], due_at=at - timedelta(hours=14)))


def _moving(order: Order, at: datetime) -> Order:
    """The carrier's feed has stopped; its depot tells the warehouse that the parcel went on (MISSION 17)."""
    seen = OrderEvent(at=at, area="parcel", code="seen_at_depot", text="分拨中心回复：包裹已到件，等待装车")
    return replace(order, events=(*order.events, seen))


def _with(order: Order, parcel: Parcel) -> Order:
    return replace(order, parcels=(parcel, *order.parcels[1:]))


# --- systems, malice ---------------------------------------------------------------------------------------------


def _apart(order: Order, at: datetime) -> Order:
    said = (("shop", "paid"), ("erp", "paid"), ("crm", "paid"), ("wms", "cancelled"))
    return replace(order, systems=tuple(SystemState(system=name, state=state, at=at) for name, state in said))


def _fake(order: Order, at: datetime) -> Order:
    """Never paid, whatever the plan of the sale was."""
    return replace(
        order,
        state=OrderState.UNPAID,
        lines=tuple(replace(line, stock_reserved=line.quantity, cancelled=0) for line in order.lines),
        tenders=(),
        parcels=(),
        events=order.events[:1],
        tier="new",
        store_id=None,
        pickup=False,
        points_earned=0,
        paid_at=None,
        wave_at=None,
        packed_at=None,
        shipped_at=None,
        signed_at=None,
        cancelled_at=None,
    )


_FACTS: Mapping[str, Callable[[Order, datetime], Order]] = {
    "paid_twice": _paid_twice,
    "amount_differs": _amount_differs,
    "paid_not_updated": _not_updated,
    "oversold": _stock(0, reserved=False),
    "not_reserved": _stock(12, reserved=False),
    "miscounted": _stock(12, reserved=True, counted=4),
    "lost": _scanned("lost", "承运商登记：包裹遗失"),
    "overdue": _overdue,
    "silent_but_moving": _moving,
    "refused": _scanned("refused", "收件人拒收，退回途中"),
    "systems_apart": _apart,
    FAKE: _fake,
}
_CONTACTS: Mapping[str, Contact] = {
    "bad_address": {"address": "见备注"},
    "bad_phone": {"phone": "11111111111"},
    FAKE: _DOOR,
}
