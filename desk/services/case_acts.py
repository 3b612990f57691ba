"""What may be done on a case now, the next act first: each is put to the rulebook itself."""

from __future__ import annotations

from desk.domain.claims import holder
from desk.domain.commands import CancelOrder, ClaimTicket, CloseTicket, Command
from desk.domain.decide import decide, load_case
from desk.domain.decisions import AskCentre, NeedsApproval, Refused
from desk.domain.ledger import LedgerEntry
from desk.domain.money import Money
from desk.domain.orders import Order, OrderState
from desk.domain.permissions import may_issue
from desk.domain.prescreen import Colour, prescreen
from desk.domain.tasks import Block
from desk.domain.tickets import Kind, Stage, Ticket
from desk.services.actions import offline_refusal, plain_data
from desk.services.reader import Reader
from desk.services.rows import ActRow, Allowed

_NOTHING = "forecast"


def acts_of(reader: Reader, ticket: Ticket, order: Order | None) -> tuple[ActRow, ...]:
    """Acts of this person on this ticket, in the order in which they come."""
    if ticket.stage is Stage.ARCHIVED:
        return (ActRow(key="reopen", allowed=Allowed.FREE),)
    if ticket.stage is Stage.CLOSED:
        return ActRow(key="archive", allowed=Allowed.FREE), ActRow(key="reopen", allowed=Allowed.FREE)
    if holder(ticket, reader.now) != reader.actor.id:
        return (_asked(reader, "claim", ClaimTicket(id=_NOTHING, ticket_id=ticket.id)), *_block(reader, ticket))
    cancel = _cancel(reader, ticket, order)
    onward = {Stage.IDENTIFY: "start", Stage.ANALYSE: "resolve"}.get(ticket.stage)
    forward = ActRow(key=onward, allowed=Allowed.FREE) if onward else _close(reader, ticket)
    pause = ActRow(key="resume" if ticket.paused else "pause", allowed=Allowed.FREE)
    release = ActRow(key="release", allowed=Allowed.FREE)
    return (*cancel, forward, pause, release, *_block(reader, ticket))


def cancel_command(reader: Reader, ticket: Ticket, order: Order, command_id: str = _NOTHING) -> CancelOrder:
    """The whole-order cancel as the verdict of now asks for it: reviewed where a person has to look, with the amount
    that is on the screen."""
    verdict = prescreen(order, reader.policy, reader.now, reader.hanging(order.id, LedgerEntry))
    return CancelOrder(
        id=command_id,
        order_id=order.id,
        ticket_id=ticket.id,
        reviewed=verdict.colour is Colour.PERSON,
        expected=verdict.refund.refund if verdict.refund else None,
    )


def _block(reader: Reader, ticket: Ticket) -> tuple[ActRow, ...]:
    """The block list, for whoever may put the customer on it or take them off."""
    block = reader.get(Block, "block", ticket.customer_id)
    key, command = ("lift", "LiftBlock") if block and block.holds(reader.now) else ("block", "BlockCustomer")
    may = ticket.customer_id is not None and may_issue(reader.policy, reader.actor.level, command)
    return (ActRow(key=key, allowed=Allowed.FREE),) if may and reader.online else ()


def _cancel(reader: Reader, ticket: Ticket, order: Order | None) -> tuple[ActRow, ...]:
    if ticket.kind is not Kind.CANCEL or order is None or order.state is OrderState.CANCELLED:
        return ()
    verdict = prescreen(order, reader.policy, reader.now, reader.hanging(order.id, LedgerEntry))
    if verdict.refund is None:
        if verdict.code != "after_sales":
            return ()
        return (ActRow(key="after_sales", allowed=Allowed.FREE),)
    amount = Money(verdict.refund.refund, order.currency)
    return (_asked(reader, "cancel_order", cancel_command(reader, ticket, order), amount),)


def _close(reader: Reader, ticket: Ticket) -> ActRow:
    """Wrap-up leads to it: it is there also while record or acts are missing, which the wrap-up page asks for."""
    outcome = ticket.outcome or next((one.key for one in reader.policy.tickets.outcomes), "")
    row = _asked(reader, "close", CloseTicket(id=_NOTHING, ticket_id=ticket.id, outcome=outcome))
    return ActRow(key="close", allowed=Allowed.FREE, data=row.data)


def _asked(reader: Reader, key: str, command: Command, amount: Money | None = None) -> ActRow:
    """The act with what the rulebook answers here, or what being offline does."""
    second_key = amount is not None and amount.amount > 0
    refused = None if reader.online else offline_refusal(command)
    if refused is not None:
        return ActRow(key=key, allowed=Allowed.OFF, amount=amount, reason=refused.code, second_key=second_key)
    answer = decide(load_case(reader.book, command, reader.setting), command, reader.setting)
    if isinstance(answer, Refused):
        data = _with_currency(plain_data(dict(answer.data)), amount)
        if "holder" in data:
            data["holder"] = reader.person(str(data["holder"]))
        return ActRow(key=key, allowed=Allowed.OFF, amount=amount, reason=answer.code, data=data, second_key=second_key)
    if isinstance(answer, AskCentre) and not reader.online:
        return ActRow(key=key, allowed=Allowed.OFF, amount=amount, reason="needs_centre", second_key=second_key)
    allowed = Allowed.APPROVAL if isinstance(answer, NeedsApproval) else Allowed.FREE
    return ActRow(key=key, allowed=allowed, amount=amount, second_key=second_key)


def _with_currency(data: dict[str, str | int | None], amount: Money | None) -> dict[str, str | int | None]:
    return {**data, "currency": amount.currency} if amount else data
