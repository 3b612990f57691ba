"""A parcel, payment or stock fact laid into the order that is known: the order as its next telling."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from desk.central.ingest_bodies import BadItem, FactItem, ParcelItem, PaymentItem, StockItem, check_order
from desk.domain.orders import Order, OrderState, Parcel, Receipt, Tender

_T = TypeVar("_T", Parcel, Tender, Receipt)
_UNDER_WAY = frozenset({OrderState.PAID, OrderState.SHIPPED})
MAX_EVENTS = 200


def merged(order: Order, item: FactItem) -> Order:
    """The order with the fact; BadItem where they contradict one another."""
    if item.systems:
        said = {one.system: one for one in (*order.systems, *item.systems)}
        order = replace(order, systems=tuple(said.values()))
    if item.event is not None:
        events = sorted({*order.events, item.event}, key=lambda event: (event.at, event.area, event.code))
        order = replace(order, events=tuple(events[-MAX_EVENTS:]))
    match item:
        case ParcelItem():
            order = _with_parcel(order, item.parcel)
        case PaymentItem():
            order = _with_payment(order, item)
        case StockItem():
            order = _with_stock(order, item)
    check_order(order)
    return order


def _with_parcel(order: Order, parcel: Parcel) -> Order:
    """The parcel in place of its former self; the order is shipped with its first and signed with its last parcel."""
    strange = set(parcel.line_ids) - {line.id for line in order.lines}
    if strange:
        raise BadItem("no_such_line", "parcel.line_ids")
    parcels = _with(order.parcels, parcel)
    order = replace(order, parcels=parcels)
    shipped = [one.shipped_at for one in parcels if one.shipped_at]
    if order.state not in _UNDER_WAY or not shipped:
        return order
    order = replace(order, state=OrderState.SHIPPED, shipped_at=order.shipped_at or min(shipped))
    signed = [one.signed_at for one in parcels if one.signed_at]
    if len(signed) < len(parcels) or not _all_packed(order):
        return order
    return replace(order, state=OrderState.SIGNED, signed_at=max(signed))


def _all_packed(order: Order) -> bool:
    """Whether every line is in some parcel; parcels that name no lines hold them all."""
    named = {line_id for parcel in order.parcels for line_id in parcel.line_ids}
    left = {line.id for line in order.lines if line.cancelled < line.quantity} - named
    return not left or any(not parcel.line_ids for parcel in order.parcels)


def _with_payment(order: Order, item: PaymentItem) -> Order:
    """The payment as a receipt, in place of its former self: what the payment side has stays known whatever the order
    system says of it (MISSION 43-45). Where it is what the order costs and the order system has it, it is booked."""
    order = replace(order, receipts=_with(order.receipts, _receipt(order, item)))
    booked = _booked(order, item.tender) if item.booked else None
    return order if booked is None else booked


def _receipt(order: Order, item: PaymentItem) -> Receipt:
    tender, known = item.tender, order.receipt(item.tender.id)
    told_at = item.event.at if item.event else order.created_at
    return Receipt(
        id=tender.id,
        method=tender.method,
        amount=tender.paid,
        at=tender.paid_at or (known.at if known else told_at),
        reference=tender.reference,
        refunded=max(tender.refunded, known.refunded if known else 0),
        refunded_elsewhere=known.refunded_elsewhere if known else 0,
    )


def _booked(order: Order, tender: Tender) -> Order | None:
    """The order with the payment as one of its own, an unpaid one as paid; None where the payments would then be
    another sum than what is due: that is for a person to find out."""
    known = order.tender(tender.id)
    if known is None and order.state is OrderState.CANCELLED:
        return None  # it came too late to pay for anything
    if known is not None:
        tender = replace(tender, refunded=max(tender.refunded, known.refunded))
    tender = replace(tender, refunded_elsewhere=known.refunded_elsewhere if known else 0)
    booked = replace(order, tenders=_with(order.tenders, tender))
    if booked.paid != order.due:
        return None
    if booked.state is OrderState.UNPAID:
        booked = replace(booked, state=OrderState.PAID, paid_at=booked.paid_at or tender.paid_at)
    return booked


def _with_stock(order: Order, item: StockItem) -> Order:
    if not item.sku:
        return order
    if item.sku not in {line.sku for line in order.lines}:
        raise BadItem("no_such_line", "sku")
    lines = [
        replace(
            line,
            stock_available=line.stock_available if item.available is None else item.available,
            stock_counted=line.stock_counted if item.counted is None else item.counted,
            stock_reserved=line.stock_reserved if item.reserved is None else min(item.reserved, line.quantity),
        )
        if line.sku == item.sku
        else line
        for line in order.lines
    ]
    return replace(order, lines=tuple(lines))


def _with(known: tuple[_T, ...], new: _T) -> tuple[_T, ...]:
    """The new one in its former place, or at the end."""
    places = {one.id: one for one in known} | {new.id: new}
    return tuple(places.values())
