"""Deeds of handling options about a payment that is missing or was not booked (MISSION 42, 45, 96, 98)."""

from __future__ import annotations

from desk.domain.cancellation import unclear
from desk.domain.deals import Deal, Done, asking, not_standing
from desk.domain.decisions import Refused
from desk.domain.ledger import EffectKind
from desk.domain.orders import Order, OrderState
from desk.domain.surplus import received


def mark_paid(deal: Deal) -> Done | Refused:
    """Tell the order system that it is paid: only where what came in covers what is due."""
    order, entries = deal.order, deal.entries
    refused = not_standing(order, paid=False) or _is_paid(order) or unclear(order, entries)
    if refused is not None:
        return refused
    came_in = received(order, entries)
    if came_in < order.due:
        return Refused("not_received", {"received": came_in, "due": order.due})
    if deal.asked(EffectKind.MARK_PAID):
        return Refused("asked_already", {"kind": EffectKind.MARK_PAID})
    effect = deal.planner.handling(EffectKind.MARK_PAID, "mark_paid", amount=order.due, data=deal.told)
    return asking(deal, [effect])


def payment_link(deal: Deal) -> Done | Refused:
    """Send a link to pay what is missing. Nobody is asked for money that is there already."""
    order, entries = deal.order, deal.entries
    refused = not_standing(order, paid=False) or _is_paid(order) or unclear(order, entries)
    if refused is not None:
        return refused
    missing = order.due - received(order, entries)
    if missing <= 0:
        return Refused("received_already", {"due": order.due})
    if deal.under_way(EffectKind.PAYMENT_LINK):
        return Refused("asked_already", {"kind": EffectKind.PAYMENT_LINK})
    effect = deal.planner.handling(
        EffectKind.PAYMENT_LINK, "payment_link", amount=missing, data=deal.told, text_id=deal.inputs_id
    )
    return asking(deal, [effect])


def _is_paid(order: Order) -> Refused | None:
    if order.state is OrderState.UNPAID and order.paid == 0:
        return None
    return Refused("paid_already", {"order_id": order.id})
