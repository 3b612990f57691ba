"""How a rule comes by its ticket: loaded with its order, known, open, and held by whoever acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from desk.domain import claims
from desk.domain.case import Book, Case
from desk.domain.changes import TicketClosed, TicketHandedOver, TicketReleased
from desk.domain.commands import text_id
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.rule import Rule, Setting
from desk.domain.tickets import Note, Ticket

_GIVEN_AWAY = (TicketReleased, TicketHandedOver, TicketClosed)
TicketRule = Callable[[Case, Ticket, Any, Setting], Decision]


def ticket_case(book: Book, command: Any, setting: Setting) -> Case:
    """Loader: the ticket that the command names, its order and all that hangs on that."""
    gathering = Gathering(book)
    gathering.ticket(command.ticket_id)
    return gathering.case()


def on_ticket(function: TicketRule) -> Rule:
    """The rule is given the ticket; refused `no_such_ticket` where there is none, and the centre is asked where it is
    not known here."""

    @wraps(function)
    def decided(case: Case, command: Any, setting: Setting) -> Decision:
        ticket = case.find(Ticket, command.ticket_id)
        if ticket is None:
            return Refused("no_such_ticket", {"ticket_id": command.ticket_id})
        return function(case, ticket, command, setting)

    return decided


def on_held_ticket(function: TicketRule) -> Rule:
    """The rule is given an open ticket that the actor holds (`ticket_closed`, `claim_not_held`).

    Whoever acts keeps the ticket: an accepted act renews the claim, unless it gives the ticket away.
    """

    @wraps(function)
    def decided(case: Case, ticket: Ticket, command: Any, setting: Setting) -> Decision:
        refused = claims.refusal(ticket, setting)
        if refused is not None:
            return refused
        decision = function(case, ticket, command, setting)
        if not isinstance(decision, Accepted) or any(isinstance(c, _GIVEN_AWAY) for c in decision.changes):
            return decision
        return replace(decision, changes=(*claims.renewal(ticket, setting), *decision.changes))

    return on_ticket(decided)


def order_of(case: Case, ticket: Ticket) -> Order | None:
    """The ticket's order; None where it has none. Raises NotHere where it is not known here."""
    return case.find(Order, ticket.order_id) if ticket.order_id else None


def note_of(command_id: str, field: str, words: str, setting: Setting) -> Note | None:
    """The note that a private field of a command makes, or None where nothing was said."""
    if not words.strip():
        return None
    return Note(id=command_id, at=setting.now, by=setting.actor.id, text_id=text_id(command_id, field))
