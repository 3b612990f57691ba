"""Orders of connected shops come in by themselves: what changed is asked for, fetched, and told like any other news.

Where each source stands is a row of `meta`; taking it is a claim until a time, so that of several workers one asks. The
position moves on once everything before it was told. A webhook tells its order at once (`hooks`); whichever copy was
fetched later stays, by its stamp.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.customers import CustomerIds
from desk.central.ingest_bodies import BadItem, check_order
from desk.central.looping import run_steps
from desk.central.rows import upsert
from desk.central.service import Service
from desk.central.store import Store, Transaction
from desk.central.telling import Known, Taken, Teller, Telling, in_commits, known_of, remember
from desk.connectors.ports import Changes, NeverSeen, NoAnswer, OrderSource, Refused, ShopOrder, Unfit
from desk.domain.ids import derived_id
from desk.wire import codec
from desk.wire.canonical import canonical

log = structlog.get_logger()

BATCH = 40
_PAGES = 20  # of one step
_MOST_SAID = 10_000
_MARGIN = timedelta(seconds=30)
_SHORTEST_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Told:
    """What became of some orders of a source: by status, and the code of the trouble that stopped it, if any."""

    told: int = 0
    unchanged: int = 0
    left_out: int = 0
    problem: str = ""


class SourceTeller:
    """Fetches orders of one source by its own keys and tells them. Blocks; may be used by several threads."""

    def __init__(self, store: Store, applier: Applier, name: str, source: OrderSource) -> None:
        self._store = store
        self._name = name
        self._source = source
        self._customers = CustomerIds(store)
        self._teller = Teller(name, applier, self._customers)
        self._left_out: dict[str, str] = {}  # what was said of which, so that an overlap does not say it every time

    def bring(self, keys: Sequence[str], stop: threading.Event | None = None) -> Told:
        """Fetch and tell these orders. What cannot be an order of ours is left out with a line in the log; where the
        source does not answer, the rest is left for another time (`problem`)."""
        found: list[ShopOrder] = []
        left_out = 0
        for key in keys:
            if stop is not None and stop.is_set():
                return Told(problem="stopping")
            one = self._source.fetch(key)
            match one:
                case ShopOrder():
                    found.append(one)
                case Unfit(problem):
                    left_out += 1
                    self._say(key, problem)
                case NeverSeen():
                    left_out += 1
                case Refused(problem) | NoAnswer(problem):
                    return Told(problem=problem)
        taken = self.tell(found)
        news = sum(one.status == "told" for one in taken)
        refused = sum(one.status == "refused" for one in taken)
        return Told(news, len(taken) - news - refused, left_out + refused)

    def tell(self, orders: Sequence[ShopOrder]) -> list[Taken]:
        """Tell orders as they were fetched; one that was fetched before what is known is `older`."""
        done = in_commits(self._store, orders, self._work, BATCH)
        for order, taken in zip(orders, done, strict=True):
            if taken.status == "refused":
                self._say(order.order.number, taken.code)
        return done

    def _say(self, key: str, problem: str) -> None:
        if self._left_out.get(key) == problem:
            return
        if len(self._left_out) >= _MOST_SAID:
            self._left_out.clear()
        self._left_out[key] = problem
        log.warning("order left out", source=self._name, key=key, problem=problem)

    def _work(self, tx: Transaction, orders: Sequence[ShopOrder]) -> list[Taken]:
        """One at a time, so that each is compared with what the former left."""
        stamps = f"stamp:{self._name}"
        known = known_of(tx, stamps, [one.order.number for one in orders])
        taken: list[Taken] = []
        for one in orders:
            number = one.order.number
            if number in known and one.stamp < known[number].version:
                taken.append(Taken("older"))
                continue
            try:
                telling = self._telling(one)
            except BadItem as error:
                taken.append(Taken("refused", error.args[0]))
                continue
            taken += self._teller.tell(tx, [telling])
            known[number] = Known(one.stamp, telling.order.id)
            remember(tx, stamps, {number: known[number]})
        return taken

    def _telling(self, one: ShopOrder) -> Telling:
        order_id = derived_id("order", self._name, one.order.number)
        order = replace(
            one.order,
            id=order_id,
            customer_id=self._customers(self._name, one.customer),
            connector=self._name,
            remark_id=f"{order_id}.remark" if one.remark else None,
        )
        check_order(order)
        content = canonical([codec.to_plain(order), dict(one.contact), one.remark]).decode()
        return Telling(order=order, contact=one.contact, remark=one.remark, content=content, keeps=("events",))


def bring_by_number(service: Service, number: str) -> bool:
    """Ask every source for the order of exactly this number, and tell what is there; whether any is. Blocks."""
    found = False
    for name, source in service.connectors.sources().items():
        one = source.find(number)
        if isinstance(one, ShopOrder):
            (taken,) = SourceTeller(service.store, service.applier, name, source).tell([one])
            found = found or taken.status != "refused"
    return found


class SourcesWorker:
    """A step function over all sources of a centre; `step` is called again at the time it returns, or earlier."""

    def __init__(self, service: Service, stop: threading.Event | None = None) -> None:
        self._store = service.store
        self._stop = stop or threading.Event()
        self._soon = service.look_soon
        self._sources = service.connectors.sources()
        self._tellers = {
            name: SourceTeller(service.store, service.applier, name, source) for name, source in self._sources.items()
        }
        self._next: dict[str, datetime] = {}
        self._problems: dict[str, str] = {}

    def step(self, now: datetime) -> datetime | None:
        """Ask every source that is due; when the next is (None: there are none)."""
        for name in self._sources:
            asked = name in self._soon
            if (asked or now >= self._next.get(name, now)) and not self._stop.is_set():
                self._soon.discard(name)
                self._next[name] = self._look(name, now, asked)
        return min(self._next.values(), default=None)

    def _look(self, name: str, now: datetime, asked: bool) -> datetime:
        """One source's turn, page by page; when to come again."""
        source = self._sources[name]
        again = now + timedelta(seconds=source.look_seconds)
        cursor = self._claim(name, now, asked)
        if cursor is None:
            return again
        for _ in range(_PAGES):
            changes = source.changes(cursor, now)
            if not isinstance(changes, Changes):
                self._say(name, changes.problem)
                break
            told = self._tellers[name].bring(changes.keys, self._stop)
            self._say(name, told.problem)
            if told.problem:
                break
            cursor = changes.cursor
            self._keep(name, cursor, self._store.clock() + _MARGIN, held=True)
            if not changes.more:
                break
        else:
            again = now
        self._keep(name, cursor, again, held=False)
        return again

    def _say(self, name: str, problem: str) -> None:
        """Only when it turns: a shop that is away is the environment's fault, and said once."""
        before = self._problems.get(name, "")
        self._problems[name] = problem
        if problem == before or problem == "stopping":
            return
        if problem:
            log.warning("source does not answer", source=name, problem=problem)
        else:
            log.info("source answers again", source=name)

    # --- where it stands ----------------------------------------------------------------------------------------

    def _claim(self, name: str, now: datetime, asked: bool) -> str | None:
        """The position, with the turn taken; None where another worker has it, or had it just now and nobody asks."""
        with self._store.aside() as connection:
            wanted = select(t.meta.c.value).where(t.meta.c.key == _key(name)).with_for_update()
            found: dict[str, Any] = connection.scalar(wanted) or {}
            if found and datetime.fromisoformat(found["free_at"]) > now and (found["held"] or not asked):
                return None
            cursor = str(found.get("cursor", ""))
            upsert(connection, t.meta, [_row(name, cursor, now + _MARGIN, held=True)])
            return cursor

    def _keep(self, name: str, cursor: str, free_at: datetime, *, held: bool) -> None:
        with self._store.aside() as connection:
            upsert(connection, t.meta, [_row(name, cursor, free_at, held=held)])


def _key(name: str) -> str:
    return f"source:{name}"


def _row(name: str, cursor: str, free_at: datetime, *, held: bool) -> dict[str, Any]:
    return {"key": _key(name), "value": {"cursor": cursor, "free_at": free_at.isoformat(), "held": held}}


def run(service: Service, stop: threading.Event) -> None:
    """Work until `stop`. Blocks; run it on a thread of its own."""
    if not service.connectors.sources():
        stop.wait()
        return
    run_steps(SourcesWorker(service, stop).step, service.store, stop, shortest=_SHORTEST_SECONDS)
