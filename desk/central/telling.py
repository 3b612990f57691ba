"""Orders told by a source, as commands: versions, ids and what was taken in before, inside one transaction.

Used by the import of files and by ingest. The same content of the same order is the same command, so a repeated file
or request changes nothing. `Order.source_version` is counted by the centre, one up with each telling of any kind: what
the source calls its version is kept beside, in `ingested`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from desk.central import tables as t
from desk.central.apply import MAX_COMMANDS, Applier
from desk.central.customers import CustomerIds
from desk.central.faults import trail
from desk.central.rows import chunks, upsert
from desk.central.store import Store, TooManyRows, Transaction
from desk.domain.commands import TellOrder
from desk.domain.ids import derived_id
from desk.domain.orders import Order
from desk.wire.protocol import Verdict, VerdictStatus

log = structlog.get_logger()

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An order as a source tells it; its `source_version` is not looked at. `version` is the source's own, None where
    it has none: then whatever is new is newer than what was there. `content` is all of it as canonical text, to tell a
    repetition from news. `keeps` names parts that were not told and stay as they are."""

    order: Order
    contact: Mapping[str, str]
    remark: str = ""
    version: int | None = None
    content: str
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one telling: status told, unchanged, older, or refused with a code."""

    status: str
    code: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What was taken in last of one key."""

    version: int
    command_id: str


class Teller:
    """Makes and applies TellOrder for one source (its name is in every id)."""

    def __init__(self, source: str, applier: Applier, customers: CustomerIds) -> None:
        self._source = source
        self._applier = applier
        self._customers = customers

    def tell(self, tx: Transaction, tellings: Sequence[Telling]) -> list[Taken]:
        """Apply as many as fit this commit, at least one; the rest goes into the next. So does an order that comes a
        second time, for what it is told on top of must be there."""
        tellings = _before_repeat(tellings)
        known = known_of(tx, self._source, [one.order.number for one in tellings])
        tx.book.many(Order, [one.order.id for one in tellings])  # one query instead of many
        made = [self._command(tx, one, known.get(one.order.number)) for one in tellings]
        commands = [one for one in made if isinstance(one, TellOrder)]
        verdicts = iter(self._applier.inside(tx, commands) if commands else ())
        taken: list[Taken] = []
        told: dict[str, Known] = {}
        for telling, one in zip(tellings, made, strict=True):
            if isinstance(one, Taken):
                taken.append(one)
                continue
            verdict = next(verdicts, None)
            if verdict is None:
                break
            taken.append(taken_of(verdict))
            if verdict.status is VerdictStatus.APPLIED:
                told[telling.order.number] = Known(telling.version or 0, one.id)
        remember(tx, self._source, told)
        return taken

    def _command(self, tx: Transaction, telling: Telling, known: Known | None) -> TellOrder | Taken:
        there = tx.book.get("order", telling.order.id)
        version = next_version(tx, telling.order.id)
        if known is not None and known.command_id == self._id(telling, version - 1):
            return Taken("unchanged")
        if telling.version is not None and known is not None and telling.version <= known.version:
            return Taken("older") if telling.version < known.version else Taken("refused", "version_reused")
        kept = {name: getattr(there, name) for name in telling.keeps} if isinstance(there, Order) else {}
        order = replace(telling.order, source_version=version, **kept)
        return TellOrder(id=self._id(telling, version), order=order, contact=telling.contact, remark=telling.remark)

    def _id(self, telling: Telling, version: int) -> str:
        """Named by its content; where the source counts no versions also by ours, for it may go back to what it said
        before the last time."""
        told = telling.content if telling.version is not None else f"{telling.content}@{version}"
        return derived_id("tell", f"{self._source}/{telling.order.number}", self._customers.blind(told))


def _before_repeat(tellings: Sequence[Telling]) -> Sequence[Telling]:
    seen: set[str] = set()
    for place, one in enumerate(tellings):
        if one.order.id in seen:
            return tellings[:place]
        seen.add(one.order.id)
    return tellings


def known_of(tx: Transaction, source: str, keys: Iterable[str]) -> dict[str, Known]:
    """What was taken in of a source before, by key."""
    found: dict[str, Known] = {}
    table = t.ingested
    for some in chunks(keys):
        wanted = (table.c.source == source) & table.c.key.in_(some)
        for row in tx.connection.execute(select(table.c.key, table.c.version, table.c.command_id).where(wanted)):
            found[row.key] = Known(row.version, row.command_id)
    return found


def remember(tx: Transaction, source: str, taken: Mapping[str, Known]) -> None:
    """Keep what was taken in, in the same commit."""
    rows = [
        {"source": source, "key": key, "version": one.version, "command_id": one.command_id, "at": tx.now}
        for key, one in taken.items()
    ]
    upsert(tx.connection, t.ingested, rows)


def in_commits(
    store: Store,
    items: Sequence[_T],
    work: Callable[[Transaction, Sequence[_T]], list[Taken]],
    most: int = MAX_COMMANDS,
) -> list[Taken]:
    """Work through the items in as many commits as it takes. `work` deals with as many as fit, at least one.

    Where a commit fails for what is in it, its items are tried one by one, so that only the one at fault is refused.
    """
    taken: list[Taken] = []
    while len(taken) < len(items):
        some = items[len(taken) : len(taken) + most]
        try:
            with store.writing() as tx:
                done = work(tx, some)
        except (IntegrityError, DataError, TooManyRows) as error:
            if most > 1:
                most = 1
                continue
            log.error("not taken in", error=type(error).__name__, trail=trail(error))
            done = [Taken("refused", "fault")]
        taken += done
    return taken


def next_version(tx: Transaction, order_id: str) -> int:
    """The version of the next telling of this order."""
    there = tx.book.get("order", order_id)
    return there.source_version + 1 if isinstance(there, Order) else 1


def taken_of(verdict: Verdict) -> Taken:
    """What a verdict of the rules means for whoever told."""
    if verdict.status is VerdictStatus.APPLIED:
        return Taken("unchanged" if verdict.duplicate else "told")
    return Taken("refused", verdict.code or verdict.status.value, verdict.data or {})
