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
from sqlalchemy import Connection, Select, func, select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.audit import let_go
from desk.central.automation import Automation
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
    """A kind of act: which rows are due, and the command for one of them (None: not after all)."""

    find: Callable[[Policy, datetime], Select[Any]]
    kind: str
    command: Callable[[Any, Policy, datetime], Command | None]


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

    def step(self, now: datetime) -> datetime | None:
        """Do what is due; when the next thing is, as far as can be told (None: nothing waits)."""
        policy = self._policy()
        if policy is None:
            return None
        acted = [self._apply(self._commands(due, policy, now)) for due in _DUES]
        more = self._automation.step()
        self._age(policy, now)
        return now if more or any(acted) else self._next(policy, now)

    # --- acts that fall due -------------------------------------------------------------------------------------

    def _commands(self, due: _Due, policy: Policy, now: datetime) -> list[Command]:
        """The next acts of a kind, some at once; those that a rule refused do not stand in the way of others."""
        skipped = 0
        while True:
            with self._store.reading() as connection:
                docs = list(connection.scalars(due.find(policy, now).limit(self._at_once).offset(skipped)))
            made = [due.command(entity_of(due.kind, doc), policy, now) for doc in docs]
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
        if not self._is_first_today(day):
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

    # --- when next ----------------------------------------------------------------------------------------------

    def _next(self, policy: Policy, now: datetime) -> datetime | None:
        """The first time that is still to come: what was due and is left over was refused, and waits for a change."""
        archive = timedelta(hours=policy.tickets.archive_after_hours)
        asked = t.approvals.c.state == str(ApprovalState.ASKED)
        closed = t.tickets.c.stage == str(Stage.CLOSED)
        with self._store.reading() as connection:
            times = [
                _first_after(connection, now, t.tickets.c.overdue_at),
                _first_after(connection, now, t.tickets.c.claim_expires_at),
                _first_after(connection, now, t.tickets.c.escalate_at),
                _first_after(connection, now, t.tasks.c.escalate_at),
                _first_after(connection, now, t.approvals.c.escalate_at, asked),
                _first_after(connection, now, t.approvals.c.expires_at, asked),
            ]
            oldest = _first_after(connection, now - archive, t.tickets.c.closed_at, closed)
        times.append(oldest + archive if oldest else None)
        return min((one for one in times if one is not None), default=None)

    def _policy(self) -> Policy | None:
        with self._store.reading() as connection:
            version = connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD))
            return self._store.policy(connection, int(version or 0))


def _first_after(connection: Connection, now: datetime, column: Any, *conditions: Any) -> datetime | None:
    found: datetime | None = connection.scalar(select(func.min(column)).where(column > now, *conditions))
    return found


# --- what falls due ----------------------------------------------------------------------------------------------


def _docs(table: Any, column: Any, *conditions: Any) -> Select[Any]:
    return select(table.c.doc).where(*conditions).order_by(column, table.c.id)


def _is_open() -> Any:
    return t.tickets.c.stage.in_([str(stage) for stage in OPEN_STAGES])


def _unanswered(policy: Policy, now: datetime) -> Select[Any]:
    table = t.tickets
    return _docs(table, table.c.overdue_at, table.c.overdue_at <= now)


def _breach(ticket: Ticket, policy: Policy, now: datetime) -> Command | None:
    if not sla.breached(ticket, now):
        return None
    return MarkBreach(id=derived_id("breach", ticket.id, _stamp(ticket.first_response_due)), ticket_id=ticket.id)


def _run_out(policy: Policy, now: datetime) -> Select[Any]:
    table = t.tickets
    held = table.c.holder.is_not(None)
    return _docs(table, table.c.claim_expires_at, _is_open(), held, table.c.claim_expires_at <= now)


def _unclaim(ticket: Ticket, policy: Policy, now: datetime) -> Command | None:
    return ExpireClaim(id=derived_id("claim", ticket.id, _stamp(ticket.claim_expires_at)), ticket_id=ticket.id)


def _unheard(policy: Policy, now: datetime) -> Select[Any]:
    table = t.approvals
    asked = table.c.state == str(ApprovalState.ASKED)
    return _docs(table, table.c.escalate_at, asked, table.c.escalate_at <= now, table.c.expires_at > now)


def _escalate(approval: Approval, policy: Policy, now: datetime) -> Command | None:
    window = _stamp(approval.escalate_at)
    return EscalateApproval(id=derived_id("escalate", approval.id, window), approval_id=approval.id)


def _unworked(policy: Policy, now: datetime) -> Select[Any]:
    table = t.tickets
    return _docs(table, table.c.escalate_at, _is_open(), table.c.escalate_at <= now)


def _tell_of_ticket(ticket: Ticket, policy: Policy, now: datetime) -> Command | None:
    return EscalateTicket(id=derived_id("told", ticket.id, _stamp(ticket.escalate_at)), ticket_id=ticket.id)


def _unreplied(policy: Policy, now: datetime) -> Select[Any]:
    table = t.tasks
    waiting = table.c.state.in_([str(state) for state in OPEN_TASKS])
    return _docs(table, table.c.escalate_at, waiting, table.c.escalate_at <= now)


def _tell_of_task(task: Task, policy: Policy, now: datetime) -> Command | None:
    return EscalateTask(id=derived_id("told", task.id, _stamp(task.escalate_at)), task_id=task.id)


def _outlived(policy: Policy, now: datetime) -> Select[Any]:
    table = t.approvals
    return _docs(table, table.c.expires_at, table.c.state == str(ApprovalState.ASKED), table.c.expires_at <= now)


def _expire(approval: Approval, policy: Policy, now: datetime) -> Command | None:
    return ExpireApproval(id=derived_id("expire", approval.id, _stamp(approval.expires_at)), approval_id=approval.id)


def _closed_long(policy: Policy, now: datetime) -> Select[Any]:
    table = t.tickets
    before = now - timedelta(hours=policy.tickets.archive_after_hours)
    return _docs(table, table.c.closed_at, table.c.stage == str(Stage.CLOSED), table.c.closed_at <= before)


def _archive(ticket: Ticket, policy: Policy, now: datetime) -> Command | None:
    return ArchiveTicket(id=derived_id("archive", ticket.id, _stamp(ticket.closed_at)), ticket_id=ticket.id)


def _stamp(moment: datetime | None) -> str:
    return moment.isoformat() if moment else "-"


_DUES = (
    _Due(_unanswered, "ticket", _breach),
    _Due(_run_out, "ticket", _unclaim),
    _Due(_unworked, "ticket", _tell_of_ticket),
    _Due(_unreplied, "task", _tell_of_task),
    _Due(_unheard, "approval", _escalate),
    _Due(_outlived, "approval", _expire),
    _Due(_closed_long, "ticket", _archive),
)


# --- the thread --------------------------------------------------------------------------------------------------


def run(service: Service, stop: threading.Event) -> None:
    """Work until `stop`. Blocks; run it on a thread of its own. Many commits are looked at together."""
    tokens.warm()  # else the first order told would wait for the dictionaries
    jobs = Jobs(service.store, service.applier, service.auto_paths)
    run_steps(jobs.step, service.store, stop, shortest=SHORTEST_SECONDS, stands_back=True)
