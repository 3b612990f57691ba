"""The path without a hand: requests from channels that answer by themselves, step by step (domain.automatic).

Looks at tickets that were written, or whose order or customer was, since it looked last; at those whose answer turns
with the time alone, when it does; and after a start or a new policy once at all of them, in portions.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, Select, select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.book import CentreBook
from desk.central.metrics import PathTimes
from desk.central.rows import chunks
from desk.central.store import Store
from desk.domain import automatic
from desk.domain.case import Book, Case, Entity
from desk.domain.commands import CloseTicket, Command, SendMessage
from desk.domain.decide import load_case
from desk.domain.people import SYSTEM_ACTOR
from desk.domain.policy import Policy
from desk.domain.rule import Setting
from desk.domain.tickets import OPEN_STAGES, Kind, Ticket
from desk.wire.protocol import VerdictStatus

log = structlog.get_logger()

MOST_STEPS = 12  # of one ticket in one go; the whole path has eight
AT_ONCE = 200  # tickets that news concern, looked at in one step
OLD_AT_ONCE = 10  # of those that are gone through once: customers who ask now come first
AGAIN = timedelta(minutes=1)  # after a step that was refused
_HEAD = select(t.head.c.n, t.head.c.policy_version).where(t.head.c.shard == t.SHARD)


class Automation:
    """Takes the next automatic step of every ticket that has one. One thread."""

    def __init__(self, store: Store, applier: Applier, times: PathTimes) -> None:
        self._store = store
        self._applier = applier
        self._times = times
        self._seen = 0
        self._version = -1
        self._news: list[str] = []
        self._old: list[str] = []
        self._turns: dict[str, datetime] = {}  # when the time alone may make another answer

    def step(self) -> bool:
        """Look once, and go on with each ticket found as far as it goes by itself; whether more waits."""
        now = self._store.clock()
        with self._store.reading() as connection:
            policy = self._follow(connection)
            self._news += self._turned(now)
            news, self._news = self._news[:AT_ONCE], self._news[AT_ONCE:]
            old, self._old = self._old[:OLD_AT_ONCE], self._old[OLD_AT_ONCE:]
            # Most have none: that is found out without the head lock.
            ids = self._having_next(CentreBook(connection), policy, now, dict.fromkeys(news + old)) if policy else []
        for ticket_id in ids:
            self._go_on(ticket_id)
        return bool(self._news or self._old)

    def _follow(self, connection: Connection) -> Policy | None:
        """Note what moved since; everything where the policy is another one."""
        head, version = connection.execute(_HEAD).one()
        policy = self._store.policy(connection, version)
        if policy is None or (head == self._seen and version == self._version):
            return policy
        if version != self._version:
            self._old, self._news = _waiting(connection, policy), []
            self._turns.clear()
        else:
            self._news += _moved(connection, self._seen)
        self._seen, self._version = head, version
        return policy

    def _turned(self, now: datetime) -> list[str]:
        """Those whose time has come, once each."""
        due = [ticket_id for ticket_id, at in self._turns.items() if at <= now]
        for ticket_id in due:
            del self._turns[ticket_id]
        return due

    def _having_next(self, book: CentreBook, policy: Policy, now: datetime, ids: Iterable[str]) -> list[str]:
        """Of these tickets, those that have a next step. Nothing more is read of those that a person answers."""
        for one in ids:
            self._turns.pop(one, None)  # news came first
        found = book.many(Ticket, ids)
        ours = [one for one in ids if one in found and automatic.is_ours(found[one], policy)]
        book.look_ahead([("ticket", one) for one in ours], [])
        return [one for one in ours if self._has_next(book, policy, now, one)]

    def _has_next(self, book: Book, policy: Policy, now: datetime, ticket_id: str) -> bool:
        case, ticket, setting = _case(book, policy, now, ticket_id)
        if ticket is None:
            return False
        if automatic.next_step(case, ticket, setting) is not None:
            return True
        turns_at = automatic.turns_at(case, ticket, setting)
        if turns_at is not None:
            self._turns[ticket_id] = max(turns_at, now + timedelta(seconds=1))
        return False

    def _go_on(self, ticket_id: str) -> None:
        for _ in range(MOST_STEPS):
            with self._store.writing() as tx:
                command = _next(tx.book, tx.policy, tx.now, ticket_id) if tx.policy else None
                if command is None:
                    return
                (verdict,) = self._applier.inside(tx, [command])
            if verdict.status is not VerdictStatus.APPLIED or verdict.duplicate:
                log.info("automatic step not taken", command=command.name, code=verdict.code)
                self._turns[ticket_id] = self._store.clock() + AGAIN
                return
            if isinstance(command, CloseTicket) and tx.policy:
                self._measure(tx.book.get("ticket", ticket_id), tx.policy)

    def _measure(self, ticket: Entity | None, policy: Policy) -> None:
        """From ring to close without a hand: how long it took, and whether policy's target was met."""
        if not isinstance(ticket, Ticket) or ticket.closed_at is None:
            return
        if {step.by for step in ticket.path} == {SYSTEM_ACTOR.id}:  # else a person took part
            seconds = (ticket.closed_at - ticket.opened_at).total_seconds()
            self._times.count(seconds, policy.cancellation.auto_path_seconds)
            log.info("automatic path", ticket=ticket.id, seconds=seconds, target=policy.cancellation.auto_path_seconds)


def _of_cancels() -> Select[Any]:
    """Open cancel tickets about an order, in nobody's hands."""
    table = t.tickets
    stages = [str(stage) for stage in OPEN_STAGES]
    waiting = (table.c.kind == str(Kind.CANCEL)) & table.c.stage.in_(stages) & table.c.holder.is_(None)
    return select(table.c.id).where(waiting, table.c.order_id.is_not(None)).order_by(table.c.opened_at, table.c.id)


def _waiting(connection: Connection, policy: Policy) -> list[str]:
    """All of them whose channel answers by itself."""
    wanted = _of_cancels().add_columns(t.tickets.c.doc)
    automatic_ones = {str(name) for name, one in policy.tickets.channels.items() if one.automatic_response}
    with connection.execution_options(yield_per=1000).execute(wanted) as rows:
        return [row.id for row in rows if row.doc["channel"] in automatic_ones]


def _moved(connection: Connection, since: int) -> list[str]:
    """Those that were written after commit `since`, or their order, what hangs on it, or their customer's block."""
    kinds = ("ticket", "order", "entry", "block")
    told = select(t.feed.c.kind, t.feed.c.id).where(t.feed.c.shard == t.SHARD, t.feed.c.n > since)
    ids: dict[str, set[str]] = {kind: set() for kind in kinds}
    for kind, entity_id in connection.execute(told.where(t.feed.c.kind.in_(kinds))):
        ids[kind].add(entity_id)
    orders = ids["order"] | {entry.split("/", 1)[0] for entry in ids["entry"]}  # its key begins with its order
    found: list[str] = []
    columns = t.tickets.c.id, t.tickets.c.order_id, t.tickets.c.customer_id
    for column, wanted in zip(columns, (ids["ticket"], orders, ids["block"]), strict=True):
        for some in chunks(wanted):
            found += connection.scalars(_of_cancels().where(column.in_(some)))
    return list(dict.fromkeys(found))


def _next(book: Book, policy: Policy, now: datetime, ticket_id: str) -> Command | None:
    """The next step by the rules, on the case as this book has it."""
    case, ticket, setting = _case(book, policy, now, ticket_id)
    return None if ticket is None else automatic.next_step(case, ticket, setting)


def _case(book: Book, policy: Policy, now: datetime, ticket_id: str) -> tuple[Case, Ticket | None, Setting]:
    setting = Setting(actor=SYSTEM_ACTOR, policy=policy, now=now)
    looks = SendMessage(id="-", ticket_id=ticket_id, template="", language="", via="")
    case = load_case(book, looks, setting)
    return case, case.get(Ticket, ticket_id), setting
