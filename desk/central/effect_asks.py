"""What to ask another system for an effect: its order's facts and, where it needs them, what people said or typed."""

from __future__ import annotations

from desk.connectors.ports import (
    HANDLING_KINDS,
    Ask,
    BenefitAsk,
    HandlingAsk,
    MessageAsk,
    OrderAsk,
    Paid,
    RefundAsk,
    StockAsk,
)
from desk.domain.case import Book
from desk.domain.ledger import Effect, EffectKind, LedgerEntry
from desk.domain.money import Money
from desk.domain.orders import Order
from desk.domain.surplus import standings

_OF_PARCEL = frozenset({EffectKind.REDIRECT_PARCEL, EffectKind.URGE_PARCEL})
_NEEDS_DETAILS = frozenset({EffectKind.CHANGE_CONTACT, EffectKind.REDIRECT_PARCEL})


class CannotAsk(Exception):
    """Something that is needed is missing; `args[0]` is the code."""


def ask_for(effect: Effect, book: Book) -> Ask:
    """The question, under the effect's id as key on both sides. CannotAsk where a fact is missing."""
    order = book.get("order", effect.order_id)
    if not isinstance(order, Order):
        raise CannotAsk("no_such_order")
    kind, key, number = effect.kind, effect.id, order.number
    if kind is EffectKind.REFUND:
        return _refund(effect, order)
    if kind in (EffectKind.CANCEL_ORDER, EffectKind.STOP_SHIPMENT):
        under_way = tuple(parcel.tracking for parcel in order.parcels if parcel.signed_at is None)
        return OrderAsk(kind=kind, key=key, order=number, tracking=under_way)
    if kind is EffectKind.RELEASE_STOCK:
        return StockAsk(kind=kind, key=key, order=number, sku=effect.item, quantity=effect.units)
    if kind is EffectKind.SEND_MESSAGE:
        return _message(effect, order, book)
    if kind in HANDLING_KINDS:
        return _handling(effect, order, book)
    amount = Money(effect.amount, effect.currency) if effect.amount else None
    return BenefitAsk(
        kind=kind,
        key=key,
        order=number,
        customer=order.customer_id,
        item=effect.item,
        units=effect.units,
        amount=amount,
    )


def _refund(effect: Effect, order: Order) -> Ask:
    payment = order.receipt(effect.receipt_id) if effect.receipt_id else order.tender(effect.tender_id or "")
    if payment is None:
        raise CannotAsk("no_such_payment")
    return RefundAsk(
        kind=effect.kind,
        key=effect.id,
        order=order.number,
        tender=payment.id,
        payment=payment.reference,
        method=payment.method,
        amount=Money(effect.amount, effect.currency),
    )


def _handling(effect: Effect, order: Order, book: Book) -> Ask:
    kept = book.private(effect.text_id) if effect.text_id else None
    if not kept and effect.kind in _NEEDS_DETAILS:
        raise CannotAsk("no_words")  # erased since: nobody knows any more where it should go
    return HandlingAsk(
        kind=effect.kind,
        key=effect.id,
        order=order.number,
        line=effect.line_id or "",
        sku=effect.item if effect.line_id else "",
        quantity=effect.units,
        tracking=effect.item if effect.kind in _OF_PARCEL else "",
        amount=Money(effect.amount, effect.currency) if effect.amount else None,
        paid=_paid(order, book) if effect.kind is EffectKind.MARK_PAID else (),
        details={**(kept or {}), **effect.data},
    )


def _paid(order: Order, book: Book) -> tuple[Paid, ...]:
    """The payments that cover the order."""
    entries = [one for one in book.of_order(order.id) if isinstance(one, LedgerEntry)]
    return tuple(
        Paid(payment=one.receipt.reference or one.receipt.id, method=one.receipt.method, amount=one.cover)
        for one in standings(order, entries)
        if one.cover > 0
    )


def _message(effect: Effect, order: Order, book: Book) -> Ask:
    phone = (book.private(order.customer_id) or {}).get("phone", "")
    text = (book.private(effect.text_id or "") or {}).get("text", "")
    if not phone:
        raise CannotAsk("no_phone")
    if not text:
        raise CannotAsk("no_words")
    return MessageAsk(kind=effect.kind, key=effect.id, order=order.number, phone=phone, text=text)
