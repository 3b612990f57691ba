"""What just happened that a person should hear of: new and chased tickets, warnings, answers to approvals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desk.domain import sla
from desk.domain.ledger import Approval, ApprovalState
from desk.domain.tickets import Ticket
from desk.services import rows
from desk.services.approvals import decidable, open_requests
from desk.services.changes import ChangeSet
from desk.services.reader import Reader, tail
from desk.services.rows import Notice, NoticeKind
from desk.services.workplace import SignedOut, Workplace
from desk.storage import lists
from desk.storage.lists import TicketFilter
from desk.storage.projection import NoPolicy

FRESH = timedelta(minutes=30)  # an older ticket that comes into sight is no news
LOOK_EVERY = 5000  # milliseconds between looks at the warning times
MOST_WATCHED = 2000
BULK = 8  # so many at once are a catching up (a shop that opens, a desk that comes back): no news


@dataclass(frozen=True, slots=True)
class Seen:
    """What was known of a ticket when somebody last heard of it."""

    chased: int
    warn_at: datetime | None


class Notices(QObject):
    """UI thread. Made from change sets that came by sync; the person's own acts raise none."""

    raised = Signal(object)  # rows.Notice

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = workplace
        self._tickets: dict[str, Seen] | None = None  # None: nothing known yet, so nothing is new
        self._requests: dict[str, ApprovalState] = {}
        self._warned: set[str] = set()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        workplace.changes.announced.connect(self._on_changes)

    def start(self) -> None:
        """Begin to watch for the person who signed in."""
        self._tickets = None
        self._timer.start()
        self._place.jobs.spawn(self._learn(), "learn what is there")

    def stop(self) -> None:
        """Nobody is signed in."""
        self._timer.stop()
        self._tickets = None

    def _on_changes(self, told: ChangeSet) -> None:
        if not self._timer.isActive():
            return
        if told.whole:
            self._place.jobs.spawn(self._learn(), "learn what is there")
        elif told.initiator is None and (told.ids("ticket") or told.ids("approval")):
            self._place.jobs.spawn(self._hear(told.ids("ticket"), told.ids("approval")), "notices")

    def look(self) -> None:
        """Whose warning time has come since the last look."""
        now = self._place.clock.now()
        due = [
            ticket_id
            for ticket_id, seen in (self._tickets or {}).items()
            if seen.warn_at is not None and seen.warn_at <= now and ticket_id not in self._warned
        ]
        if due:
            self._warned.update(due)
            self._place.jobs.spawn(self._warn(due), "warnings")

    async def _learn(self) -> None:
        try:
            tickets, requests = await self._place.read(_everything)
        except (NoPolicy, SignedOut):
            return
        self._tickets, self._requests, now = tickets, requests, self._place.clock.now()
        self._warned = {one for one, seen in tickets.items() if seen.warn_at and seen.warn_at <= now}

    async def _hear(self, ticket_ids: Iterable[str], approval_ids: Iterable[str]) -> None:
        known = self._tickets
        if known is None:
            return
        wanted, asked, requests = tuple(ticket_ids), tuple(approval_ids), dict(self._requests)
        try:
            heard = await self._place.read(lambda reader: _news(reader, wanted, asked, known, requests))
        except (NoPolicy, SignedOut):
            return
        known.update(heard.tickets)
        for ticket_id in heard.gone:
            known.pop(ticket_id, None)
        self._requests.update(heard.requests)
        now = self._place.clock.now()
        self._warned |= {one for one, seen in heard.tickets.items() if seen.warn_at and seen.warn_at <= now}
        if len(heard.notices) < BULK:
            for notice in heard.notices:
                self.raised.emit(notice)

    async def _warn(self, ticket_ids: list[str]) -> None:
        def build(reader: Reader) -> list[Notice]:
            found = (reader.ticket(ticket_id) for ticket_id in ticket_ids)
            late = [one for one in found if one is not None and sla.warned(one, reader.now)]
            return [_notice(reader, NoticeKind.WARNED, one) for one in late]

        try:
            for notice in await self._place.read(build):
                self.raised.emit(notice)
        except (NoPolicy, SignedOut):
            return


@dataclass(slots=True)
class _Heard:
    tickets: dict[str, Seen]
    gone: list[str]
    requests: dict[str, ApprovalState]
    notices: list[Notice]


def _everything(reader: Reader) -> tuple[dict[str, Seen], dict[str, ApprovalState]]:
    page = lists.tickets(reader.view.connection, reader.view.overlay, TicketFilter(), None, MOST_WATCHED)
    answered = lists.approvals(reader.view.connection, reader.view.overlay, open_ones=False)
    requests = {one.id: one.state for one in [*open_requests(reader), *answered]}
    return {one.id: _seen(one) for one in page.tickets}, requests


def _seen(ticket: Ticket) -> Seen:
    return Seen(ticket.chased, ticket.warn_at if sla.unhandled(ticket) else None)


def _news(
    reader: Reader,
    ticket_ids: Iterable[str],
    approval_ids: Iterable[str],
    known: dict[str, Seen],
    requests: dict[str, ApprovalState],
) -> _Heard:
    heard = _Heard({}, [], {}, [])
    for ticket_id in ticket_ids:
        ticket = reader.ticket(ticket_id)
        if ticket is None or not ticket.is_open:
            heard.gone.append(ticket_id)
            continue
        heard.tickets[ticket_id] = _seen(ticket)
        kind = _what_is_new(reader, ticket, known.get(ticket_id))
        if kind is not None:
            heard.notices.append(_notice(reader, kind, ticket))
    for approval_id in approval_ids:
        approval = reader.get(Approval, "approval", approval_id)
        if approval is None or requests.get(approval_id) is approval.state:
            continue
        heard.requests[approval_id] = approval.state
        told = _of_approval(reader, approval)
        if told is not None:
            heard.notices.append(told)
    return heard


def _what_is_new(reader: Reader, ticket: Ticket, before: Seen | None) -> NoticeKind | None:
    if ticket.opened_by == reader.actor.id and before is None:
        return None
    if before is None:
        return NoticeKind.NEW if reader.now - ticket.opened_at < FRESH else None
    return NoticeKind.CHASED if ticket.chased > before.chased else None


def _of_approval(reader: Reader, approval: Approval) -> Notice | None:
    """A request to answer, or the answer to one's own."""
    mine = approval.requested_by == reader.actor.id
    if not mine and (approval.state is not ApprovalState.ASKED or decidable(reader, approval)):
        return None
    if mine and approval.state is ApprovalState.ASKED:
        return None
    ticket = reader.ticket(approval.ticket_id)
    order = reader.order(approval.order_id)
    data: dict[str, str | int | None] = {
        "state": str(approval.state),
        "approval_id": approval.id,
        "amount": approval.approved_cost if approval.approved_cost is not None else approval.cost,
        "currency": approval.currency,
        "by": reader.person(approval.decided_by if mine else approval.requested_by),
    }
    return Notice(
        kind=NoticeKind.APPROVAL,
        ticket_id=approval.ticket_id,
        label=reader.label(ticket) if ticket else {},
        order_tail=tail(order.number) if order else "",
        data=data,
    )


def _notice(reader: Reader, kind: NoticeKind, ticket: Ticket) -> rows.Notice:
    return Notice(
        kind=kind,
        ticket_id=ticket.id,
        label=reader.label(ticket),
        order_tail=tail(ticket.order_number),
        data={"tail": tail(ticket.order_number), "channel": str(ticket.channel), "kind": str(ticket.kind)},
    )
