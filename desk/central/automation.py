"""The path without a hand: requests from channels that answer by themselves, step by step (domain.automatic).

Looks at tickets and orders that were written since it looked last, and once a minute at all of them, for a verdict may
turn with the time alone.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, or_, select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.book import CentreBook
from desk.central.metrics import PathTimes
from desk.central.store import Store
from desk.domain import automatic
from desk.domain.case import Book, Entity
from desk.domain.commands import CloseTicket, Command, SendMessage
from desk.domain.decide import load_case
from desk.domain.people import SYSTEM_ACTOR
from desk.domain.policy import Policy
from desk.domain.rule import Setting
from desk.domain.tickets import OPEN_STAGES, Kind, Ticket
from desk.wire.protocol import VerdictStatus

log = structlog.get_logger()

MOST_STEPS = 12  # of one ticket in one go; the whole path has eight
SWEEP = timedelta(minutes=1)


class Automation:
    """Takes the next automatic step of every ticket that has one. One thread."""

    def __init__(self, store: Store, applier: Applier, times: PathTimes) -> None:
        self._store = store
        self._applier = applier
        self._times = times
        self._seen = 0
        self._swept: datetime | None = None

    def step(self) -> None:
        """Look once, and go on with each ticket found as far as it goes by itself."""
        now = self._store.clock()
        with self._store.reading() as connection:
            head = self._store.head(connection).n
            is_sweep = self._swept is None or now - self._swept >= SWEEP
            if head == self._seen and not is_sweep:
                return
            policy = self._store.policy(connection, _version(connection))
            ids = _candidates(connection, 0 if is_sweep else self._seen)
            # Most have none: that is found out without the head lock.
            book = CentreBook(connection)
            ids = [one for one in ids if policy and _next(book, policy, now, one)]
        for ticket_id in ids:
            self._go_on(ticket_id)
        self._seen = head
        self._swept = now if is_sweep else self._swept

    def _go_on(self, ticket_id: str) -> None:
        for _ in range(MOST_STEPS):
            with self._store.writing() as tx:
                command = _next(tx.book, tx.policy, tx.now, ticket_id) if tx.policy else None
                if command is None:
                    return
                (verdict,) = self._applier.inside(tx, [command])
            if verdict.status is not VerdictStatus.APPLIED or verdict.duplicate:
                log.info("automatic step not taken", command=command.name, code=verdict.code)
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


def _candidates(connection: Connection, since: int) -> list[str]:
    """Open cancel tickets in nobody's hands that were written, or whose order was, after commit `since`."""
    table = t.tickets
    stages = [str(stage) for stage in OPEN_STAGES]
    waiting = (table.c.kind == str(Kind.CANCEL)) & table.c.stage.in_(stages) & table.c.holder.is_(None)
    moved = or_(table.c.n > since, table.c.order_id.in_(select(t.orders.c.id).where(t.orders.c.n > since)))
    found = select(table.c.id).where(waiting, table.c.order_id.is_not(None), moved)
    return list(connection.scalars(found.order_by(table.c.opened_at, table.c.id)))


def _next(book: Book, policy: Policy, now: datetime, ticket_id: str) -> Command | None:
    """The next step by the rules, on the case as this book has it."""
    setting = Setting(actor=SYSTEM_ACTOR, policy=policy, now=now)
    looks = SendMessage(id="-", ticket_id=ticket_id, template="", language="", via="")
    case = load_case(book, looks, setting)
    ticket = case.get(Ticket, ticket_id)
    return None if ticket is None else automatic.next_step(case, ticket, setting)


def _version(connection: Connection) -> int:
    return int(connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD)) or 0)
