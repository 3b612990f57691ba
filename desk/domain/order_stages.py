"""Where an order stands from creation to signing: at which of six stages trouble found it (MISSION 41)."""

from __future__ import annotations

from enum import StrEnum

from desk.domain.orders import Order, OrderState
from desk.domain.prescreen import has_shipped


class OrderStage(StrEnum):
    """The six stages, in their order."""

    CREATION = "creation"
    PAYMENT = "payment"
    STOCK = "stock"
    SHIPPING = "shipping"
    LOGISTICS = "logistics"
    SIGNING = "signing"


class Manner(StrEnum):
    """What is wrong with the order's way: it went elsewhere, or it goes no further."""

    DEVIATES = "deviates"
    STALLED = "stalled"


def stage_of(order: Order | None) -> OrderStage:
    """The stage that the order has reached; without an order it has not come into being.

    A cancelled order stands where its last fact says: what was shipped and then cancelled is still with a carrier.
    """
    if order is None:
        return OrderStage.CREATION
    if order.signed_at is not None or order.state in (OrderState.SIGNED, OrderState.COMPLETED):
        return OrderStage.SIGNING
    if has_shipped(order):
        return OrderStage.LOGISTICS
    if order.packed_at is not None:
        return OrderStage.SHIPPING
    if order.state is OrderState.UNPAID and not order.paid:
        return OrderStage.PAYMENT
    return OrderStage.STOCK
