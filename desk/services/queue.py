"""The live queue: pages of tickets with filters and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject

from desk.domain import sla
from desk.domain.claims import holder
from desk.domain.money import Money
from desk.domain.orders import GoodsFlag, Order
from desk.domain.policy import Policy
from desk.domain.tickets import Kind, Ticket
from desk.services import rows
from desk.services.reader import Reader, tail
from desk.services.workplace import Workplace
from desk.storage import lists, replica, search
from desk.storage.lists import TicketFilter

FIRST_ROWS, MORE_ROWS = 60, 200


class Whose(StrEnum):
    """mine: I hold it; team: my teams'; free: nobody holds it; all."""

    MINE = "mine"
    TEAM = "team"
    FREE = "free"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFilter:
    """`closed`: the closed and archived instead of the open ones, newest first. `text`: order tail, customer, label."""

    whose: Whose = Whose.TEAM
    kind: Kind | None = None
    review: bool = False
    text: str = ""
    closed: bool = False


class Queue(QObject):
    """UI thread. Changes come by `Changes.announced` (kind "ticket"): ask `some` for those ids and repaint them."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace

    async def page(self, which: QueueFilter, after: str | None = None, limit: int = 0) -> rows.QueuePage:
        """Keyset page in due order: a few screens first, more at a time for who scrolls on."""
        most = limit or (FIRST_ROWS if after is None else MORE_ROWS)

        def build(reader: Reader) -> rows.QueuePage:
            page = lists.tickets(reader.view.connection, reader.view.overlay, criteria(reader, which), after, most)
            return rows.QueuePage(rows=_rows(reader, page.tickets), after=page.after, total=page.total)

        return await self._workplace.read_or(rows.QueuePage(rows=(), after=None, total=0, known=False), build)

    async def some(self, which: QueueFilter, ticket_ids: Iterable[str]) -> Mapping[str, rows.QueueRow | None]:
        """These tickets as rows, None where one is not (any more) in this filter."""
        wanted = tuple(ticket_ids)

        def build(reader: Reader) -> Mapping[str, rows.QueueRow | None]:
            passing = criteria(reader, which)
            found = [one for one in (reader.ticket(ticket_id) for ticket_id in wanted) if one and passing.passes(one)]
            return {**dict.fromkeys(wanted), **{row.id: row for row in _rows(reader, found)}}

        return await self._workplace.read_or(dict.fromkeys(wanted), build)

    async def counts(self) -> Mapping[Whose, int]:
        """Open tickets for the tabs."""

        def build(reader: Reader) -> Mapping[Whose, int]:
            return {
                whose: lists.count(
                    reader.view.connection, reader.view.overlay, criteria(reader, QueueFilter(whose=whose))
                )
                for whose in Whose
            }

        return await self._workplace.read_or(dict.fromkeys(Whose, 0), build)


def criteria(reader: Reader, which: QueueFilter) -> TicketFilter:
    """The filter in the words of the store."""
    text = which.text.strip()
    found = search.find(reader.view.connection, text, search.MOST_CANDIDATES) if text else []
    return TicketFilter(
        open=not which.closed,
        holder={Whose.MINE: reader.actor.id, Whose.FREE: ""}.get(which.whose),
        teams=frozenset(reader.actor.teams) if which.whose is Whose.TEAM and reader.actor.teams else None,
        kind=which.kind,
        review=which.review,
        orders=frozenset(order_id for order_id, _ in found) if text else None,
        labels=labels_like(reader.policy, text) if text else frozenset(),
    )


def labels_like(policy: Policy, text: str) -> frozenset[str]:
    """Keys of reasons, types and sub-types whose name in any language holds the text."""
    folded = text.casefold()

    def fits(names: rows.Names) -> bool:
        return any(folded in name.casefold() for name in names.values())

    found = {reason.key for reason in policy.cancellation.reasons if fits(reason.names)}
    for kind in policy.exceptions:
        if fits(kind.names):
            found.add(kind.key)
            found |= {f"{kind.key}/{subtype.key}" for subtype in kind.subtypes}
        found |= {f"{kind.key}/{subtype.key}" for subtype in kind.subtypes if fits(subtype.names)}
    return frozenset(found)


def due_kind(ticket: Ticket) -> str:
    """Which clock `due_at` is: first_response, promise, no_return, update; '' where none runs."""
    clocks = {
        "first_response": ticket.first_response_due if ticket.first_response_at is None else None,
        "promise": min((promise.due_at for promise in sla.open_promises(ticket)), default=None),
        "no_return": ticket.no_return_at,
        "update": ticket.next_update_at,
    }
    return next((name for name, at in clocks.items() if at == ticket.due_at), "")


def queue_row(reader: Reader, ticket: Ticket, order: Order | None) -> rows.QueueRow:
    """One ticket as a row."""
    held = holder(ticket, reader.now)
    flags = frozenset(flag for flag in GoodsFlag if order is not None and order.has(flag))
    return rows.QueueRow(
        id=ticket.id,
        number=ticket.number,
        kind=ticket.kind,
        channel=ticket.channel,
        stage=ticket.stage,
        label=reader.label(ticket),
        order_tail=tail(order.number if order else ticket.order_number),
        customer=reader.private(ticket.customer_id).get("name", ""),
        amount=Money(ticket.amount, ticket.currency) if ticket.currency else None,
        due_at=ticket.due_at,
        due_kind=due_kind(ticket),
        warn_at=_warns(ticket),
        holder_id=held,
        holder=reader.person(held),
        mine=held == reader.actor.id,
        flags=flags,
        chased=ticket.chased,
        needs_review=ticket.needs_review,
        paused=ticket.paused,
        provisional=ticket.number.startswith("?"),
        breached=ticket.first_response_breached,
        mood=ticket.mood,
        found=ticket.finding is not None,
        gone=ticket.finding is not None and ticket.finding.gone_at is not None,
        by_keywords=ticket.by_keywords,
        escalation=ticket.escalation,
        level=ticket.escalation_level,
        state=reader.state("ticket", ticket.id),
    )


def _warns(ticket: Ticket) -> datetime | None:
    """When it becomes loud; None once it was taken in hand."""
    handled = ticket.holder is not None or bool(ticket.messages)
    return None if handled or ticket.paused or not ticket.is_open else ticket.warn_at


def _rows(reader: Reader, tickets: Iterable[Ticket]) -> tuple[rows.QueueRow, ...]:
    some = tuple(tickets)
    ids = {ticket.order_id for ticket in some if ticket.order_id}
    stored = replica.entities(reader.view.connection, "order", ids)
    laid = {key[1]: one for key, one in reader.view.overlay.entities.items() if key[0] == "order"}
    orders = {**stored, **laid}
    reader.preload(who for ticket in some for who in (ticket.customer_id, ticket.holder))
    made = []
    for ticket in some:
        order = orders.get(ticket.order_id or "") or reader.order(ticket.order_id)
        made.append(queue_row(reader, ticket, order if isinstance(order, Order) else None))
    return tuple(made)
