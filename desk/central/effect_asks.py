"""What to ask another system for an effect: its order's facts and, for a message, words and phone."""

from __future__ import annotations

from desk.connectors.ports import Ask, BenefitAsk, MessageAsk, OrderAsk, RefundAsk, StockAsk
from desk.domain.case import Book
from desk.domain.ledger import Effect, EffectKind
from desk.domain.money import Money
from desk.domain.orders import Order


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
    tender = order.tender(effect.tender_id or "")
    if tender is None:
        raise CannotAsk("no_such_payment")
    return RefundAsk(
        kind=effect.kind,
        key=effect.id,
        order=order.number,
        tender=tender.id,
        payment=tender.reference,
        method=tender.method,
        amount=Money(effect.amount, effect.currency),
    )


def _message(effect: Effect, order: Order, book: Book) -> Ask:
    phone = (book.private(order.customer_id) or {}).get("phone", "")
    text = (book.private(effect.text_id or "") or {}).get("text", "")
    if not phone:
        raise CannotAsk("no_phone")
    if not text:
        raise CannotAsk("no_words")
    return MessageAsk(kind=effect.kind, key=effect.id, order=order.number, phone=phone, text=text)
