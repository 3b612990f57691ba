"""Orders told by a source, as commands: versions, ids and what was taken in before, inside one transaction.

Used by the import of files and by ingest. The same content of the same order is the same command, so a repeated file
or request changes nothing. `Order.source_version` is counted by the centre, one up with each telling of any kind: what
the source calls its version is kept beside, in `ingested`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.customers import CustomerIds
from desk.central.rows import chunks, upsert
from desk.central.store import Transaction
from desk.domain.commands import TellOrder
from desk.domain.ids import derived_id
from desk.domain.orders import Order
from desk.wire import codec
from desk.wire.canonical import canonical
from desk.wire.protocol import Verdict, VerdictStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An order as a source tells it; its `source_version` is not looked at. `version` is the source's own, None where
    it has none: then whatever is new is newer than what was there."""

    order: Order
    contact: Mapping[str, str]
    remark: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one telling: status told, unchanged, older, or refused with a code."""

    status: str
    code: str = ""


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
        """Apply as many as fit this commit, at least one; the rest goes into the next."""
        known = self.known(tx, [one.order.number for one in tellings])
        tx.book.many(Order, [one.order.id for one in tellings])  # one query instead of many
        made = [self._command(tx, one, known.get(one.order.number)) for one in tellings]
        commands = [one for one in made if isinstance(one, TellOrder)]
        verdicts = {verdict.id: verdict for verdict in (self._applier.inside(tx, commands) if commands else ())}
        taken: list[Taken] = []
        for one in made:
            if isinstance(one, TellOrder) and one.id not in verdicts:
                break
            taken.append(_taken(verdicts[one.id]) if isinstance(one, TellOrder) else one)
        applied = [one for one in commands if one.id in verdicts and verdicts[one.id].status is VerdictStatus.APPLIED]
        versions = {one.order.number: one.version or 0 for one in tellings}
        self.remember(tx, {one.order.number: Known(versions[one.order.number], one.id) for one in applied})
        return taken

    def known(self, tx: Transaction, keys: Iterable[str]) -> dict[str, Known]:
        """What was taken in before, by key."""
        found: dict[str, Known] = {}
        table = t.ingested
        for some in chunks(keys):
            wanted = (table.c.source == self._source) & table.c.key.in_(some)
            for row in tx.connection.execute(select(table.c.key, table.c.version, table.c.command_id).where(wanted)):
                found[row.key] = Known(row.version, row.command_id)
        return found

    def remember(self, tx: Transaction, taken: Mapping[str, Known]) -> None:
        """Keep what was taken in, in the same commit."""
        rows = [
            {"source": self._source, "key": key, "version": one.version, "command_id": one.command_id, "at": tx.now}
            for key, one in taken.items()
        ]
        upsert(tx.connection, t.ingested, rows)

    def _command(self, tx: Transaction, telling: Telling, known: Known | None) -> TellOrder | Taken:
        version = next_version(tx, telling.order.id)
        bare = codec.to_plain(replace(telling.order, source_version=0))
        content = canonical([bare, dict(telling.contact), telling.remark, telling.version]).decode()
        if known is not None and known.command_id == self._id(telling, content, version - 1):
            return Taken("unchanged")
        if telling.version is not None and known is not None and telling.version <= known.version:
            return Taken("older") if telling.version < known.version else Taken("refused", "version_reused")
        order = replace(telling.order, source_version=version)
        command_id = self._id(telling, content, version)
        return TellOrder(id=command_id, order=order, contact=telling.contact, remark=telling.remark)

    def _id(self, telling: Telling, content: str, version: int) -> str:
        """Named by its content; where the source counts no versions also by ours, for it may go back to what it said
        before the last time."""
        told = self._customers.blind(content if telling.version is not None else f"{content}@{version}")
        return derived_id("tell", f"{self._source}/{telling.order.number}", told)


def next_version(tx: Transaction, order_id: str) -> int:
    """The version of the next telling of this order."""
    there = tx.book.get("order", order_id)
    return there.source_version + 1 if isinstance(there, Order) else 1


def _taken(verdict: Verdict) -> Taken:
    if verdict.status is VerdictStatus.APPLIED:
        return Taken("unchanged" if verdict.duplicate else "told")
    return Taken("refused", verdict.code or verdict.status.value)
