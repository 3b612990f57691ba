"""What the centre does by itself as time passes or customers ask: breaches, claims, escalations, archive, ageing.

Each act has an id derived from what it is about, so several workers do it once. What a rule refuses (somebody was
quicker) is not asked again by the same worker.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import ColumnElement, Select, bindparam, func, select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.audit import let_go
from desk.central.automation import Automation
from desk.central.columns import UtcTime
from desk.central.looping import run_steps
from desk.central.metrics import PathTimes
from desk.central.rows import entity_of, upsert
from desk.central.service import Service
from desk.central.store import Store
from desk.domain import sla
from desk.domain.case import Entity, Key
from desk.domain.commands import (
    ArchiveTicket,
    Command,
    EscalateApproval,
    EscalateTask,
    EscalateTicket,
    ExpireApproval,
    ExpireClaim,
    MarkBreach,
)
from desk.domain.ids import derived_id
from desk.domain.ledger import Approval, ApprovalState
from desk.domain.policy import Policy
from desk.domain.tasks import OPEN_TASKS, Task
from desk.domain.tickets import OPEN_STAGES, Stage, Ticket
from desk.wire import tokens
from desk.wire.protocol import VerdictStatus

log = structlog.get_logger()

AT_ONCE = 200
SHORTEST_SECONDS = 0.2
AGEING_HOUR = 4  # local time of the service desk: when the fewest desks are open
AGEING_BATCH = 60  # orders and tickets in one commit, for each brings along what hangs on it
_REMEMBERED = 10_000
_E = TypeVar("_E", bound=Entity)


@dataclass(frozen=True, slots=True)
class _Due:
    """A kind of act: which rows are due at `now`, by which time column that is told, and the command for one of them
    (None: not after all). Built once: making a statement anew costs more than asking it."""

    find: Select[Any]
    time: ColumnElement[Any]  # of the first that is still to come
    kind: str
    command: Callable[[Any, datetime], Command | None]


class Jobs:
    """A step function without threads of its own."""

    def __init__(
        self, store: Store, applier: Applier, auto_paths: PathTimes | None = None, at_once: int = AT_ONCE
    ) -> None:
        """`at_once`: acts of one kind in one step."""
        self._store = store
        self._at_once = at_once
        self._applier = applier
        self._automation = Automation(store, applier, auto_paths or PathTimes())
        self._asked: set[str] = set()
        self._aged_on: date | None = None

    def step(self, now: datetime) -> datetime | None:
        """Do what is due; when the next thing is, as far as can be told (None: nothing waits)."""
        with self._store.asking() as connection:
            policy = self._store.head_policy(connection)
            if policy is None:
                return None
            look = connection.execute(_LOOK, _times(policy, now)).one()
        # What waited for nobody takes one question, whatever there is that might fall due.
        acted = [
            self._apply(self._commands(due, policy, now)) for due, there in zip(_DUES, look, strict=False) if there
        ]
        more = self._automation.step()
        self._age(policy, now)
        return now if more or any(acted) else _first(look, policy)

    # --- acts that fall due -------------------------------------------------------------------------------------

    def _commands(self, due: _Due, policy: Policy, now: datetime) -> list[Command]:
        """The next acts of a kind, some at once; those that a rule refused do not stand in the way of others."""
        skipped = 0
        while True:
            with self._store.reading() as connection:
                portion = due.find.limit(self._at_once).offset(skipped)
                docs = list(connection.scalars(portion, _times(policy, now)))
            made = [due.command(entity_of(due.kind, doc), now) for doc in docs]
            fresh = [command for command in made if command is not None and command.id not in self._asked]
            if fresh or len(docs) < self._at_once:
                return fresh
            skipped += len(docs)

    def _apply(self, commands: Sequence[Command]) -> bool:
        """Whether there was anything to do."""
        if not commands:
            return False
        if len(self._asked) > _REMEMBERED:
            self._asked.clear()
        for command, verdict in zip(commands, self._applier.system(commands), strict=True):
            self._asked.add(command.id)
            if verdict.status is not VerdictStatus.APPLIED:
                log.info("not done", command=command.name, code=verdict.code)
        return True

    # --- ageing out ---------------------------------------------------------------------------------------------

    def _age(self, policy: Policy, now: datetime) -> None:
        """Once a day: what policy.scope counts as old leaves the replicas, and with it the customers; what policy.audit
        counts as old is forgotten."""
        zone = ZoneInfo(policy.tickets.calendar.timezone)
        local = now.astimezone(zone)
        day = local.date() if local.time() >= time(AGEING_HOUR) else local.date() - timedelta(days=1)
        if self._aged_on == day or not self._is_first_today(day):
            self._aged_on = day
            return
        keys = self._aged(policy, now)
        for start in range(0, len(keys), AGEING_BATCH):
            with self._store.writing() as tx:
                tx.place_anew(keys[start : start + AGEING_BATCH])
        let_go(self._store, policy.audit)
        self._keep_day(day)
        if keys:
            log.info("aged out", looked_at=len(keys))

    def _is_first_today(self, day: date) -> bool:
        with self._store.reading() as connection:
            done = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == "aged_on"))
        return done is None or str(done) < day.isoformat()

    def _keep_day(self, day: date) -> None:
        with self._store.aside() as connection:
            upsert(connection, t.meta, [{"key": "aged_on", "value": day.isoformat()}])

    def _aged(self, policy: Policy, now: datetime) -> list[Key]:
        """Old archived tickets, tasks answered long ago and old orders of stores, that some scope still holds."""
        tickets = now - timedelta(days=policy.scope.archived_days)
        orders = now - timedelta(days=policy.scope.store_order_days)
        with self._store.reading() as connection:
            held = select(t.members.c.id).where(t.members.c.kind == "ticket").distinct()
            old = select(t.tickets.c.id).where(t.tickets.c.archived_at <= tickets, t.tickets.c.id.in_(held))
            keys: list[Key] = [("ticket", one) for one in connection.scalars(old.order_by(t.tickets.c.id))]
            held = select(t.members.c.id).where(t.members.c.kind == "task").distinct()
            old = select(t.tasks.c.id).where(t.tasks.c.replied_at <= tickets, t.tasks.c.id.in_(held))
            keys += [("task", one) for one in connection.scalars(old.order_by(t.tasks.c.id))]
            held = select(t.members.c.id).where(t.members.c.kind == "order", t.members.c.scope.startswith("store:"))
            stale = (t.orders.c.store_id.is_not(None)) & (t.orders.c.created_at <= orders)
            old = select(t.orders.c.id).where(stale, t.orders.c.id.in_(held)).order_by(t.orders.c.id)
            return keys + [("order", one) for one in connection.scalars(old)]


# --- what falls due ----------------------------------------------------------------------------------------------

_NOW, _CLOSED_BEFORE = bindparam("now", type_=UtcTime), bindparam("closed_before", type_=UtcTime)
_tickets, _tasks, _approvals = t.tickets.c, t.tasks.c, t.approvals.c
_IS_OPEN = _tickets.stage.in_([str(stage) for stage in OPEN_STAGES])
_ASKED = _approvals.state == str(ApprovalState.ASKED)
_CLOSED = _tickets.stage == str(Stage.CLOSED)


def _docs(column: Any, *conditions: Any) -> Select[Any]:
    return select(column.table.c.doc).where(*conditions).order_by(column, column.table.c.id)


def _times(policy: Policy, now: datetime) -> dict[str, datetime]:
    return {"now": now, "closed_before": now - timedelta(hours=policy.tickets.archive_after_hours)}


def _breach(ticket: Ticket, now: datetime) -> Command | None:
    if not sla.breached(ticket, now):
        return None
    return MarkBreach(id=derived_id("breach", ticket.id, _stamp(ticket.first_response_due)), ticket_id=ticket.id)


def _unclaim(ticket: Ticket, now: datetime) -> Command | None:
    return ExpireClaim(id=derived_id("claim", ticket.id, _stamp(ticket.claim_expires_at)), ticket_id=ticket.id)


def _escalate(approval: Approval, now: datetime) -> Command | None:
    window = _stamp(approval.escalate_at)
    return EscalateApproval(id=derived_id("escalate", approval.id, window), approval_id=approval.id)


def _tell_of_ticket(ticket: Ticket, now: datetime) -> Command | None:
    return EscalateTicket(id=derived_id("told", ticket.id, _stamp(ticket.escalate_at)), ticket_id=ticket.id)


def _tell_of_task(task: Task, now: datetime) -> Command | None:
    return EscalateTask(id=derived_id("told", task.id, _stamp(task.escalate_at)), task_id=task.id)


def _expire(approval: Approval, now: datetime) -> Command | None:
    return ExpireApproval(id=derived_id("expire", approval.id, _stamp(approval.expires_at)), approval_id=approval.id)


def _archive(ticket: Ticket, now: datetime) -> Command | None:
    return ArchiveTicket(id=derived_id("archive", ticket.id, _stamp(ticket.closed_at)), ticket_id=ticket.id)


def _stamp(moment: datetime | None) -> str:
    return moment.isoformat() if moment else "-"


def _due(
    kind: str,
    column: Any,
    command: Callable[[Any, datetime], Command | None],
    *conditions: Any,
    state: Any = None,
    before: Any = _NOW,
) -> _Due:
    """What is due once `column` lies at or before `before`, in a state and while the conditions hold."""
    state = () if state is None else (state,)
    first = select(func.min(column)).where(column > before, *state).scalar_subquery()
    return _Due(_docs(column, column <= before, *state, *conditions), first, kind, command)


_DUES = (
    _due("ticket", _tickets.overdue_at, _breach),
    _due("ticket", _tickets.claim_expires_at, _unclaim, _IS_OPEN, _tickets.holder.is_not(None)),
    _due("ticket", _tickets.escalate_at, _tell_of_ticket, _IS_OPEN),
    _due("task", _tasks.escalate_at, _tell_of_task, _tasks.state.in_([str(state) for state in OPEN_TASKS])),
    _due("approval", _approvals.escalate_at, _escalate, _approvals.expires_at > _NOW, state=_ASKED),
    _due("approval", _approvals.expires_at, _expire, state=_ASKED),
    _due("ticket", _tickets.closed_at, _archive, state=_CLOSED, before=_CLOSED_BEFORE),
)
# For each: whether anything is due, then the first time that is still to come (of the last: when it was closed).
_LOOK = select(*(due.find.order_by(None).exists() for due in _DUES), *(due.time for due in _DUES))


def _first(look: Any, policy: Policy) -> datetime | None:
    """The first time that is still to come: what was due and is left over was refused, and waits for a change."""
    *times, closed = look[len(_DUES) :]
    times.append(closed + timedelta(hours=policy.tickets.archive_after_hours) if closed else None)
    return min((one for one in times if one is not None), default=None)


# --- the thread --------------------------------------------------------------------------------------------------


def run(service: Service, stop: threading.Event) -> None:
    """Work until `stop`. Blocks; run it on a thread of its own. Many commits are looked at together."""
    tokens.warm()  # else the first order told would wait for the dictionaries
    jobs = Jobs(service.store, service.applier, service.auto_paths)
    run_steps(jobs.step, service.store, stop, shortest=SHORTEST_SECONDS, stands_back=True)
