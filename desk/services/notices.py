"""What just happened that a person should hear of: tickets that come in, back or loud, tasks, answers to requests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer, Signal

from desk.domain import sla
from desk.domain.ledger import Approval, ApprovalState
from desk.domain.tasks import Task
from desk.services import news
from desk.services.approvals import decidable, open_requests
from desk.services.changes import ChangeSet
from desk.services.news import Seen, SeenTask
from desk.services.reader import Reader, tail
from desk.services.rows import Notice, NoticeKind
from desk.services.workplace import SignedOut, Workplace
from desk.storage import lists, task_lists
from desk.storage.lists import TicketFilter
from desk.storage.projection import NoPolicy
from desk.storage.task_lists import TaskFilter

LOOK_EVERY = 5000  # milliseconds between looks at the warning times
MOST_WATCHED = 2000
_HEARD = ("ticket", "task", "approval")
BULK = 8  # so many at once are a catching up (a shop that opens, a desk that comes back): no news


@dataclass(slots=True)
class Known:
    """What a person has heard of so far, by id."""

    tickets: dict[str, Seen] = field(default_factory=dict)
    requests: dict[str, ApprovalState] = field(default_factory=dict)
    tasks: dict[str, SeenTask] = field(default_factory=dict)


class Notices(QObject):
    """UI thread. Made from change sets that came by sync; the person's own acts raise none."""

    raised = Signal(object)  # rows.Notice

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = workplace
        self._known: Known | None = None  # None: nothing known yet, so nothing is new
        self._warned: set[str] = set()
        self._timer = QTimer(self, interval=LOOK_EVERY)
        self._timer.timeout.connect(self.look)
        workplace.changes.announced.connect(self._on_changes)

    def start(self) -> None:
        """Begin to watch for the person who signed in."""
        self._known = None
        self._timer.start()
        self._place.jobs.spawn(self._learn(), "learn what is there")

    def stop(self) -> None:
        """Nobody is signed in."""
        self._timer.stop()
        self._known = None

    def _on_changes(self, told: ChangeSet) -> None:
        if not self._timer.isActive():
            return
        if told.whole:
            self._place.jobs.spawn(self._learn(), "learn what is there")
        elif told.initiator is None and any(told.ids(kind) for kind in _HEARD):
            self._place.jobs.spawn(self._hear({kind: tuple(told.ids(kind)) for kind in _HEARD}), "notices")

    def look(self) -> None:
        """Whose warning time has come since the last look."""
        now = self._place.clock.now()
        due = [
            ticket_id
            for ticket_id, seen in (self._known.tickets if self._known else {}).items()
            if seen.warn_at is not None and seen.warn_at <= now and ticket_id not in self._warned
        ]
        if due:
            self._warned.update(due)
            self._place.jobs.spawn(self._warn(due), "warnings")

    async def _learn(self) -> None:
        try:
            known = await self._place.read(_everything)
        except (NoPolicy, SignedOut):
            return
        self._known, now = known, self._place.clock.now()
        self._warned = {one for one, seen in known.tickets.items() if seen.warn_at and seen.warn_at <= now}

    async def _hear(self, ids: Mapping[str, Iterable[str]]) -> None:
        known = self._known
        if known is None:
            return
        before = Known(dict(known.tickets), dict(known.requests), dict(known.tasks))
        try:
            heard = await self._place.read(lambda reader: _news(reader, ids, before))
        except (NoPolicy, SignedOut):
            return
        known.tickets.update(heard.now.tickets)
        for ticket_id in heard.gone:
            known.tickets.pop(ticket_id, None)
        known.requests.update(heard.now.requests)
        known.tasks.update(heard.now.tasks)
        now = self._place.clock.now()
        self._warned |= {one for one, seen in heard.now.tickets.items() if seen.warn_at and seen.warn_at <= now}
        if len(heard.notices) < BULK:
            for notice in heard.notices:
                self.raised.emit(notice)

    async def _warn(self, ticket_ids: list[str]) -> None:
        def build(reader: Reader) -> list[Notice]:
            found = (reader.ticket(ticket_id) for ticket_id in ticket_ids)
            late = [one for one in found if one is not None and sla.warned(one, reader.now)]
            return [news.ticket_notice(reader, NoticeKind.WARNED, one) for one in late if news.is_theirs(reader, one)]

        try:
            for notice in await self._place.read(build):
                self.raised.emit(notice)
        except (NoPolicy, SignedOut):
            return


@dataclass(slots=True)
class _Heard:
    now: Known = field(default_factory=Known)
    gone: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def _everything(reader: Reader) -> Known:
    connection, overlay = reader.view.connection, reader.view.overlay
    page = lists.tickets(connection, overlay, TicketFilter(), None, MOST_WATCHED)
    answered = lists.approvals(connection, overlay, open_ones=False)
    tasks = task_lists.page(connection, overlay, TaskFilter(), None, MOST_WATCHED).tasks
    return Known(
        tickets={one.id: news.seen(reader, one) for one in page.tickets},
        requests={one.id: one.state for one in [*open_requests(reader), *answered]},
        tasks={one.id: news.seen_task(one) for one in tasks},
    )


def _news(reader: Reader, ids: Mapping[str, Iterable[str]], before: Known) -> _Heard:
    heard = _Heard()
    for ticket_id in ids["ticket"]:
        _hear_of_ticket(reader, ticket_id, before, heard)
    for task_id in ids["task"]:
        task = reader.get(Task, "task", task_id)
        if task is None:
            continue
        heard.now.tasks[task_id] = news.seen_task(task)
        kind = news.of_task(reader, task, before.tasks.get(task_id))
        if kind is not None:
            heard.notices.append(news.task_notice(reader, kind, task))
    for approval_id in ids["approval"]:
        approval = reader.get(Approval, "approval", approval_id)
        if approval is None or before.requests.get(approval_id) is approval.state:
            continue
        heard.now.requests[approval_id] = approval.state
        told = _of_approval(reader, approval)
        if told is not None:
            heard.notices.append(told)
    return heard


def _hear_of_ticket(reader: Reader, ticket_id: str, before: Known, heard: _Heard) -> None:
    ticket = reader.ticket(ticket_id)
    kind = news.of_ticket(reader, ticket, before.tickets.get(ticket_id)) if ticket else None
    if ticket is not None and kind is not None:
        heard.notices.append(news.ticket_notice(reader, kind, ticket))
    if ticket is None or not ticket.is_open:
        heard.gone.append(ticket_id)
    else:
        heard.now.tickets[ticket_id] = news.seen(reader, ticket)


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
