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
    refused = refused or unclear(order, entries)
    if refused is not None:
        return refused
    cancelled = cancelling(order, ticket, verdict, setting, command.id)
    return Accepted((*claims.renewal(ticket, setting), *cancelled))


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
    if verdict.colour is Colour.PERSON and not command.reviewed:
        return Refused("review_needed", {"verdict": verdict.code})
    refused = not_reviewable(verdict, setting)
    if refused is not None:
        return refused
    if command.expected is not None and command.expected != verdict.refund.refund:
        return Refused("amount_changed", {"expected": command.expected, "amount": verdict.refund.refund})
    return None


def not_reviewable(verdict: Verdict, setting: Setting) -> Refused | None:
    """Why this actor's look is not enough where the verdict asks for a person's, or None."""
    if verdict.colour is not Colour.PERSON or setting.actor.level in setting.policy.cancellation.review_levels:
        return None
    return Refused("review_not_permitted", {"level": setting.actor.level})


def unclear(order: Order, entries: tuple[LedgerEntry, ...]) -> Refused | None:
    """A refund is reported that may be the desk's own, still under way: what is left is known when that is settled."""
    payment = unclear_payment(order, entries)
    return Refused("refund_unclear", {"tender_id": payment}) if payment else None


def cancelling(order: Order, ticket: Ticket, verdict: Verdict, setting: Setting, command_id: str) -> tuple[Change, ...]:
    """What cancels the order, for a command that may: also as a part of a handling option."""
    at, by = setting.now, setting.actor.id
    figures = verdict.refund.figures if verdict.refund else ()
    entries = [entry_of(figure, order, ticket, setting, command_id) for figure in figures if figure.moves]
    planner = Planner(order=order, policy=setting.policy, command_id=command_id, ticket_id=ticket.id, now=setting.now)
    return (
        OrderCancelled(at=at, by=by, order_id=order.id, ticket_id=ticket.id),
        *(BenefitGranted(at=at, by=by, entry=entry) for entry in entries),
        *(EffectAsked(at=at, by=by, effect=effect) for effect in planner.cancel(entries)),
    )


def entry_of(figure: Figure, order: Order, ticket: Ticket, setting: Setting, command_id: str) -> LedgerEntry:
    """The ledger entry of what goes back."""
    return LedgerEntry(
        key=figure.key,
        order_id=order.id,
        ticket_id=ticket.id,
        customer_id=order.customer_id,
        kind=figure.kind,
        cost=figure.cost,
        units=figure.units,
        currency=order.currency,
        state=EntryState.ASKED,
        by=setting.actor.id,
        at=setting.now,
        command_id=command_id,
        item=figure.item,
        tender_id=figure.tender_id,
        receipt_id=figure.receipt_id,
        line_id=figure.line_id,
    )
