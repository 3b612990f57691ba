"""Cancels a whole order: who may, when a person has to have looked, and what follows for ledger and other systems."""

from __future__ import annotations

from desk.domain import claims
from desk.domain.blocks import is_blocked
from desk.domain.case import Book, Case
from desk.domain.changes import BenefitGranted, Change, EffectAsked, OrderCancelled
from desk.domain.commands import CancelOrder
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.effect_plan import Planner
from desk.domain.ledger import EntryState, LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.people import Level
from desk.domain.prescreen import Colour, Verdict, prescreen
from desk.domain.restitution import Figure
from desk.domain.rule import Setting, rule
from desk.domain.surplus import unclear_payment
from desk.domain.tickets import Kind, Ticket


def load_cancel(book: Book, command: CancelOrder, setting: Setting) -> Case:
    """The order with all that hangs on it, its ticket among that, and whether its customer is blocked."""
    gathering = Gathering(book)
    gathering.block_of(gathering.order(command.order_id))
    gathering.get(Ticket, command.ticket_id)
    return gathering.case()


@rule(CancelOrder, load_cancel)
def cancel_order(case: Case, command: CancelOrder, setting: Setting) -> Decision:
    """The order is cancelled at once in the desk's eyes; money and stock follow when their effects are confirmed."""
    order = case.find(Order, command.order_id)
    if order is None:
        return Refused("no_such_order", {"order_id": command.order_id})
    ticket = case.find(Ticket, command.ticket_id)
    if ticket is None or ticket.order_id != order.id or ticket.kind is not Kind.CANCEL:
        return Refused("no_such_ticket", {"ticket_id": command.ticket_id})
    if setting.actor.level is Level.SYSTEM and is_blocked(case, order.customer_id, setting.now):
        return Refused("customer_blocked", {"order_id": order.id})  # nothing goes by itself: a person looks first
    entries = case.of_order(LedgerEntry, order.id)
    verdict = prescreen(order, setting.policy, setting.now, entries)
    refused = claims.refusal(ticket, setting) or _forbidden(ticket, command, verdict, setting)
    refused = refused or _unclear(order, entries)
    if refused is not None:
        return refused
    return Accepted(_changes(order, ticket, command, verdict, setting))


def _forbidden(ticket: Ticket, command: CancelOrder, verdict: Verdict, setting: Setting) -> Refused | None:
    """Why this actor may not cancel with this verdict, or None."""
    if verdict.refund is None:
        return Refused(verdict.code, {"order_id": command.order_id})
    if setting.actor.level is Level.SYSTEM:
        automatic = setting.policy.tickets.channels[ticket.channel].automatic_response
        if not automatic or verdict.colour is not Colour.AUTO:
            return Refused("not_automatic", {"verdict": verdict.code})
    elif not ticket.reason:
        return Refused("reason_missing", {"ticket_id": ticket.id})
    if verdict.colour is Colour.PERSON:
        if not command.reviewed:
            return Refused("review_needed", {"verdict": verdict.code})
        if setting.actor.level not in setting.policy.cancellation.review_levels:
            return Refused("review_not_permitted", {"level": setting.actor.level})
    if command.expected is not None and command.expected != verdict.refund.refund:
        return Refused("amount_changed", {"expected": command.expected, "amount": verdict.refund.refund})
    return None


def _unclear(order: Order, entries: tuple[LedgerEntry, ...]) -> Refused | None:
    """A refund is reported that may be the desk's own, still under way: what is left is known when that is settled."""
    payment = unclear_payment(order, entries)
    return Refused("refund_unclear", {"tender_id": payment}) if payment else None


def _changes(
    order: Order,
    ticket: Ticket,
    command: CancelOrder,
    verdict: Verdict,
    setting: Setting,
) -> tuple[Change, ...]:
    at, by = setting.now, setting.actor.id
    figures = verdict.refund.figures if verdict.refund else ()
    entries = [_entry(figure, order, command, setting) for figure in figures if figure.moves]
    planner = Planner(
        order=order, policy=setting.policy, command_id=command.id, ticket_id=command.ticket_id, now=setting.now
    )
    cancelled = OrderCancelled(at=at, by=by, order_id=order.id, ticket_id=ticket.id)
    return (
        *claims.renewal(ticket, setting),
        cancelled,
        *(BenefitGranted(at=at, by=by, entry=entry) for entry in entries),
        *(EffectAsked(at=at, by=by, effect=effect) for effect in planner.cancel(entries)),
    )


def _entry(figure: Figure, order: Order, command: CancelOrder, setting: Setting) -> LedgerEntry:
    return LedgerEntry(
        key=figure.key,
        order_id=order.id,
        ticket_id=command.ticket_id,
        customer_id=order.customer_id,
        kind=figure.kind,
        cost=figure.cost,
        units=figure.units,
        currency=order.currency,
        state=EntryState.ASKED,
        by=setting.actor.id,
        at=setting.now,
        command_id=command.id,
        item=figure.item,
        tender_id=figure.tender_id,
        receipt_id=figure.receipt_id,
    )
