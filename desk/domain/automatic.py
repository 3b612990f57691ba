"""What the centre does by itself with a request from a channel that answers automatically (MISSION 12, 23-28, 34).

One step at a time: the centre asks for the next command, applies it as the system, and asks again until there is none
or one was refused. A step's id is derived, so two workers take it once. Nothing is done once a person holds the ticket.
"""

from __future__ import annotations

from datetime import datetime

from desk.domain.blocks import is_blocked
from desk.domain.case import Case
from desk.domain.commands import CancelOrder, CloseTicket, Command, MoveStage, SendMessage, WriteRecord
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry
from desk.domain.message_facts import verdict_of
from desk.domain.orders import Order, OrderState
from desk.domain.policy import AutomaticPolicy, Policy
from desk.domain.prescreen import Colour
from desk.domain.rule import Setting
from desk.domain.tasks import Block
from desk.domain.ticket_access import order_of
from desk.domain.ticket_closing import CANCELLED
from desk.domain.tickets import Kind, Stage, Ticket

_WAIVED = "automatic"


def next_step(case: Case, ticket: Ticket, setting: Setting) -> Command | None:
    """The next command for this ticket, or None where it is a person's turn. The case is that of SendMessage."""
    rules = setting.policy.automatic
    if not is_ours(ticket, setting.policy):
        return None
    order = order_of(case, ticket)
    if order is None:
        return None
    if not ticket.messages:
        return _say(ticket, rules.received, rules)
    if order.state is not OrderState.CANCELLED:
        return _cancel(case, ticket, setting)
    if not any(step.code == "order_cancelled" for step in ticket.path):
        return None  # cancelled elsewhere: a person should see why
    return _finish(case, ticket, order, rules)


def turns_at(case: Case, ticket: Ticket, setting: Setting) -> datetime | None:
    """When the time alone may make another answer of `next_step`: the verdict turns, or a block ends. None: only news
    can. The case is that of SendMessage."""
    if not is_ours(ticket, setting.policy):
        return None
    verdict = verdict_of(case, ticket, setting)
    block = case.find(Block, ticket.customer_id) if ticket.customer_id else None
    ends = block.until if block is not None and block.holds(setting.now) else None
    return min(filter(None, (verdict.turns_at if verdict else None, ends)), default=None)


def is_ours(ticket: Ticket, policy: Policy) -> bool:
    """Whether it came by a channel that answers by itself, and nobody has it in hand."""
    channel = policy.tickets.channels[ticket.channel]
    return channel.automatic_response and ticket.kind is Kind.CANCEL and ticket.is_open and not ticket.holder


def _id(ticket: Ticket, step: str) -> str:
    return derived_id(f"automatic.{step}", ticket.id, str(ticket.reopened))


def _say(ticket: Ticket, template: str, rules: AutomaticPolicy) -> Command | None:
    if not template:
        return None
    return SendMessage(
        id=_id(ticket, template), ticket_id=ticket.id, template=template, language=rules.language, via=rules.via
    )


def _cancel(case: Case, ticket: Ticket, setting: Setting) -> Command | None:
    verdict = verdict_of(case, ticket, setting)
    if verdict is None or verdict.colour is not Colour.AUTO or not ticket.reason:
        return None
    if is_blocked(case, ticket.customer_id, setting.now):
        return None  # a person looks first
    return CancelOrder(id=_id(ticket, "cancel"), order_id=ticket.order_id or "", ticket_id=ticket.id)


def _finish(case: Case, ticket: Ticket, order: Order, rules: AutomaticPolicy) -> Command | None:
    """Tell the customer, write the record, close: the whole path of MISSION 39 without a hand."""
    told = _done_template(case, order, rules)
    if told not in {message.template for message in ticket.messages}:
        return _say(ticket, told, rules)
    if ticket.stage is Stage.IDENTIFY:
        return MoveStage(id=_id(ticket, "analyse"), ticket_id=ticket.id, stage=Stage.ANALYSE)
    if ticket.stage is Stage.ANALYSE:
        return MoveStage(id=_id(ticket, "resolve"), ticket_id=ticket.id, stage=Stage.RESOLVE)
    if ticket.record is None:
        return WriteRecord(
            id=_id(ticket, "record"),
            ticket_id=ticket.id,
            cause=ticket.reason,
            result=rules.result,
            acts_waived=_WAIVED,
            process=rules.process.get(rules.language, ""),
            feedback=rules.feedback.get(rules.language, ""),
        )
    return CloseTicket(id=_id(ticket, "close"), ticket_id=ticket.id, outcome=CANCELLED)


def _done_template(case: Case, order: Order, rules: AutomaticPolicy) -> str:
    refunds = (
        entry.kind is BenefitKind.REFUND and entry.state is not EntryState.FAILED
        for entry in case.of_order(LedgerEntry, order.id)
    )
    return rules.cancelled_refunded if any(refunds) else rules.cancelled_unpaid
