"""The verdict of an exception: in one sentence what is wrong and what the rules allow now, and what that costs."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.handling import OptionOffer
from desk.domain.ledger import LedgerEntry
from desk.domain.money import Money
from desk.domain.option_costs import costs_of
from desk.domain.orders import Order
from desk.domain.tickets import Ticket
from desk.services.playbook_rows import Standing
from desk.services.reader import Reader
from desk.services.rows import RowState, Tone, VerdictRow
from desk.storage import task_lists


def exception_row(reader: Reader, ticket: Ticket, standing: Standing | None) -> VerdictRow:
    """Green where something may be done now, amber where a person has to look first or another team is at it, red
    where the rules allow nothing, calm while nobody knows what it is."""
    version = reader.policy.version
    if standing is None:
        return VerdictRow(code="exception_type", tone=Tone.CALM, policy_version=version, forecast=False)
    forecast = not reader.online or reader.state("ticket", ticket.id) is not RowState.DONE
    return replace(_sentence(reader, ticket, standing), policy_version=version, forecast=forecast)


def _sentence(reader: Reader, ticket: Ticket, standing: Standing) -> VerdictRow:
    if ticket.finding is not None and ticket.finding.gone_at is not None and not ticket.options:
        return VerdictRow(code="exception_gone", tone=Tone.OK)
    if ticket.options:
        return _after(reader, ticket, standing)
    if standing.waiting:
        return VerdictRow(code="exception_check", tone=Tone.WARN, data={"count": standing.waiting})
    allowed = [offer for offer in standing.offers if offer.allowed]
    if not allowed:
        return VerdictRow(code="exception_none", tone=Tone.DANGER)
    return _may(reader, standing, allowed[0], len(allowed) - 1)


def _may(reader: Reader, standing: Standing, best: OptionOffer, more: int) -> VerdictRow:
    """What may be done now, the playbook's first choice by name. Amber where people answered what had to be known,
    green where the order says it all."""
    order = standing.order
    entries = reader.hanging(order.id, LedgerEntry) if order else []
    costs = costs_of(best.option, order, best.amount, entries, reader.policy, reader.now)
    merchant, customer = costs if costs is not None else (None, None)
    by_itself = all(one.by_itself for one in standing.readings if one.check.required)
    return VerdictRow(
        code="exception_ways" if more else "exception_act",
        tone=Tone.OK if by_itself else Tone.WARN,
        data={"more": more},
        option=best.option.names,
        amount=_money(best.amount or None, order),
        merchant_cost=_money(merchant, order),
        customer_cost=_money(customer, order),
    )


def _after(reader: Reader, ticket: Ticket, standing: Standing) -> VerdictRow:
    """An option was taken: another team is at it, or the customer is to be told."""
    tasks = task_lists.of_ticket(reader.view.connection, reader.view.overlay, ticket.id)
    due = min((task.due_at for task in tasks if task.is_open), default=None)
    if due is not None:
        return VerdictRow(code="exception_wait", tone=Tone.WARN, data={"due": due.isoformat()})
    last = ticket.options[-1]
    names = next((one.names for one in standing.subtype.options if one.key == last.option), {})
    return VerdictRow(
        code="exception_done", tone=Tone.OK, option=names, amount=_money(last.amount or None, standing.order)
    )


def _money(amount: int | None, order: Order | None) -> Money | None:
    return Money(amount, order.currency) if amount is not None and order is not None else None
