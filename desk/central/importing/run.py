"""The run of an import: batches into the centre, progress, a report of bad rows, and going on where it stopped."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.customers import CustomerIds
from desk.central.importing.cells import Fault
from desk.central.importing.mapping import OrderMapping
from desk.central.importing.orders import Told, read_order
from desk.central.importing.source import OrderFile, Survey
from desk.central.rows import upsert
from desk.central.store import Store, Transaction
from desk.central.telling import Taken, Teller, Telling, in_commits
from desk.wire import codec
from desk.wire.canonical import canonical, digest

BATCH = 40
Progress = Callable[[int, int], None]


@dataclass
class Summary:
    """What an import did. `told` + `unchanged` + `older` + `left_out` = `orders`."""

    rows: int = 0
    orders: int = 0
    told: int = 0
    unchanged: int = 0
    older: int = 0
    left_out: int = 0
    faults: int = 0
    resumed_at: int = 0
    report: Path | None = None


@dataclass
class _Pending:
    """An order read and not yet written, and the row to name if the centre refuses it."""

    told: Told
    row: int


@dataclass
class Import:
    """One import of one file. `store` None is a dry run: everything is read and reported, nothing written."""

    path: Path
    mapping: OrderMapping
    store: Store | None = None
    applier: Applier | None = None
    progress: Progress = lambda done, total: None
    summary: Summary = field(default_factory=Summary)

    def run(self) -> Summary:
        """Read, tell, report. Raises BadMapping before anything is written, and OSError for the files."""
        file = OrderFile(self.path, self.mapping)
        survey = file.survey()
        self.summary.rows = survey.rows
        report = self.path.with_name(self.path.name + ".report.csv")
        with report.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["row", "column", "problem", "left_out", "order"])
            writes = _Writes(self, survey) if self.store and self.applier else None
            self._walk(file, survey, writes, writer)
        self.summary.report = report
        self.progress(survey.rows, survey.rows)
        return self.summary

    def _walk(self, file: OrderFile, survey: Survey, writes: _Writes | None, writer: Any) -> None:
        batch: list[_Pending] = []
        skip = writes.position if writes else 0
        self.summary.resumed_at = skip
        done = 0
        for rows in file.orders(survey):
            reading = read_order(rows, self.mapping)
            self.summary.orders += 1
            done += len(rows)
            self._report(writer, reading.faults, reading.number)
            if reading.told is None:
                self.summary.left_out += 1
            elif self.summary.orders <= skip:
                self.summary.unchanged += 1
            else:
                batch.append(_Pending(reading.told, rows[0].number))
            if len(batch) >= BATCH:
                self._flush(writes, batch, writer)
                self.progress(done, survey.rows)
        self._flush(writes, batch, writer)
        if writes:
            writes.finish()

    def _flush(self, writes: _Writes | None, batch: list[_Pending], writer: Any) -> None:
        if writes is None:
            self.summary.told += len(batch)
        else:
            for pending, taken in writes.write(batch, self.summary.orders):
                self._count(taken)
                if taken.status == "refused":
                    self._report(writer, [Fault(pending.row, "", taken.code)], pending.told.order.number)
        batch.clear()

    def _count(self, taken: Taken) -> None:
        name = {"refused": "left_out"}.get(taken.status, taken.status)
        setattr(self.summary, name, getattr(self.summary, name) + 1)

    def _report(self, writer: Any, faults: Sequence[Fault], number: str) -> None:
        self.summary.faults += len(faults)
        for fault in faults:
            writer.writerow([fault.row, fault.column, fault.code, "yes" if fault.fatal else "no", number])


class _Writes:
    """The writing half: commits with the position in the same transaction."""

    def __init__(self, run: Import, survey: Survey) -> None:
        if run.store is None or run.applier is None:
            raise ValueError("a dry run writes nothing")
        self._store = run.store
        source = run.mapping.source
        self._source = source.name
        self._customers = CustomerIds(run.store)
        self._teller = Teller(source.name, run.applier, self._customers)
        self._what = {"checksum": survey.checksum, "mapping": digest(run.mapping.text)}
        self._key = f"import:{source.name}"
        self.position = self._stored_position()

    def write(self, batch: Sequence[_Pending], position: int) -> Iterator[tuple[_Pending, Taken]]:
        """Tell the batch; after its last commit, `position` orders of the file are dealt with."""
        tellings = [self._telling(one.told) for one in batch]

        def work(tx: Transaction, some: Sequence[Telling]) -> list[Taken]:
            taken = self._teller.tell(tx, some)
            if some[len(taken) - 1] is tellings[-1]:
                self._keep(tx, position)
            return taken

        yield from zip(batch, in_commits(self._store, tellings, work), strict=True)

    def finish(self) -> None:
        """The whole file is dealt with: the next run starts at its beginning again."""
        with self._store.aside() as connection:
            upsert(connection, t.meta, [{"key": self._key, "value": {**self._what, "orders": 0}}])

    def _keep(self, tx: Transaction, position: int) -> None:
        upsert(tx.connection, t.meta, [{"key": self._key, "value": {**self._what, "orders": position}}])

    def _stored_position(self) -> int:
        with self._store.reading() as connection:
            found = connection.scalar(select(t.meta.c.value).where(t.meta.c.key == self._key)) or {}
        same = {name: found.get(name) for name in self._what} == self._what
        return int(found["orders"]) if same else 0

    def _telling(self, told: Told) -> Telling:
        order = replace(told.order, customer_id=self._customers(self._source, told.customer))
        content = canonical([codec.to_plain(order), dict(told.contact), told.remark, told.version]).decode()
        return Telling(order=order, contact=told.contact, remark=told.remark, version=told.version, content=content)
