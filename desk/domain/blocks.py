"""Rules of the block list: who is on it, why and how long, and who takes a customer off it again (MISSION 109, 118).

A customer on the list is not shut out: what would go by itself asks a person, and what an agent may give asks for
approval (`customer_blocked`).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.domain.case import Book, Case
from desk.domain.changes import BlockLifted, CustomerBlocked
from desk.domain.choices import unknown
from desk.domain.commands import BlockCustomer, LiftBlock, text_id
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.loading import Gathering
from desk.domain.rule import Setting, rule
from desk.domain.tasks import Block
from desk.domain.ticket_access import on_ticket
from desk.domain.tickets import Ticket


def load_blocking(book: Book, command: BlockCustomer, setting: Setting) -> Case:
    """The ticket with its order, and the customer's block where there was one."""
    gathering = Gathering(book)
    gathering.ticket(command.ticket_id)
    gathering.get(Block, command.customer_id)
    return gathering.case()


def load_lifting(book: Book, command: LiftBlock, setting: Setting) -> Case:
    """The block and the ticket it was found on."""
    gathering = Gathering(book)
    block = gathering.get(Block, command.customer_id)
    gathering.get(Ticket, block.ticket_id if block else None)
    return gathering.case()


@rule(BlockCustomer, load_blocking)
@on_ticket
def block_customer(case: Case, ticket: Ticket, command: BlockCustomer, setting: Setting) -> Decision:
    """Put the ticket's customer on the list."""
    if not command.customer_id or ticket.customer_id != command.customer_id:
        return Refused("wrong_customer", {"ticket_id": ticket.id})
    if is_blocked(case, command.customer_id, setting.now):
        return Refused("already_blocked", {"customer_id": command.customer_id})
    words_id = text_id(command.id, "words") if command.words.strip() else ""
    blocked = blocking(ticket, setting, reason=command.reason, until=command.until, words_id=words_id)
    return blocked if isinstance(blocked, Refused) else Accepted((blocked,))


def blocking(
    ticket: Ticket,
    setting: Setting,
    *,
    reason: str,
    until: datetime | None = None,
    days: int = 0,
    words_id: str = "",
) -> CustomerBlocked | Refused:
    """The change that blocks the ticket's customer, also as a part of a handling option (`days`); Refused where policy
    has no such reason, the ticket no customer, or the end is over already."""
    known = next((one for one in setting.policy.blocks if one.key == reason), None)
    if known is None:
        return unknown("reason", reason)
    if ticket.customer_id is None:
        return Refused("wrong_customer", {"ticket_id": ticket.id})
    span = days or known.days
    end = until or (setting.now + timedelta(days=span) if span else None)
    if end is not None and end <= setting.now:
        return Refused("due_in_past", {"due_at": end.isoformat()})
    block = Block(
        id=ticket.customer_id,
        reason=reason,
        ticket_id=ticket.id,
        by=setting.actor.id,
        at=setting.now,
        until=end,
        words_id=words_id,
    )
    return CustomerBlocked(at=setting.now, by=setting.actor.id, block=block)


@rule(LiftBlock, load_lifting)
def lift_block(case: Case, command: LiftBlock, setting: Setting) -> Decision:
    """Take a customer off the list, saying why."""
    if not is_blocked(case, command.customer_id, setting.now):
        return Refused("not_blocked", {"customer_id": command.customer_id})
    if not command.words.strip():
        return Refused("words_missing", {"customer_id": command.customer_id})
    lifted = BlockLifted(
        at=setting.now,
        by=setting.actor.id,
        customer_id=command.customer_id,
        words_id=text_id(command.id, "words"),
    )
    return Accepted((lifted,))


def is_blocked(case: Case, customer_id: str | None, now: datetime) -> bool:
    """Whether the customer is on the list now; raises NotHere where that is not known here."""
    block = case.find(Block, customer_id) if customer_id else None
    return block is not None and block.holds(now)
