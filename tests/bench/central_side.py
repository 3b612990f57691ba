"""The centre's side on either database: commands a second in batches, and look-ups among many orders."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from desk.central import founding, people, search
from desk.central import tables as t
from desk.central.apply import Submitted
from desk.central.auth import Principal
from desk.central.engine import open_engine, sqlite_url
from desk.central.pace import Pace
from desk.central.rows import row_of
from desk.central.search_index import index_orders
from desk.central.service import Service, make_service
from desk.domain.commands import AddNote, ClaimTicket
from desk.domain.ids import uuid7
from desk.domain.people import Installation, Level
from desk.wire import codec
from tests.bench import data
from tests.bench.measure import Bench
from tests.bench.probes import PROBES, Typed
from tests.helpers import postgres

BATCHES = (1, 10, 50)
COMMANDS = 200  # of one round
ROW_BYTES = 1000  # of a raw commit: about what a command writes into one row
_PORTION = 2000
_RANGE_SQL = text(
    "SELECT o.doc FROM search_tokens s JOIN orders o ON o.id = s.order_id "
    "WHERE s.kind = :kind AND s.token >= :low AND s.token < :high LIMIT 20"
)


@contextlib.contextmanager
def engines() -> Iterator[Mapping[str, str]]:
    """The URL of an empty database of each kind, both as durable as in real use."""
    with contextlib.ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="order-desk-bench-"))
        found = {"SQLite": sqlite_url(Path(folder) / "centre.db")}
        with contextlib.suppress(postgres.NoPostgres):
            base = held.enter_context(postgres.durable_server())
            found["PostgreSQL"] = held.enter_context(postgres.database(base))
        yield found


@contextlib.contextmanager
def opened(url: str) -> Iterator[Service]:
    """A founded centre on that database, with one agent at one desk."""
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        engine = open_engine(url)
        founding.init(engine)
        service = make_service(engine, Path(folder))
        service.look_ups = Pace(10**9)
        people.add_people(
            service,
            [people.Person(login="me", name="Me", level=Level.AGENT, password="made-up-one", teams=("hotline",))],
        )
        with service.store.writing() as tx:
            tx.stage([Installation(id="desk", name="desk", scopes=("org", "team:hotline"), public_key="")])
        try:
            yield service
        finally:
            service.close()


# --- commands -------------------------------------------------------------------------------------------------------


def measure_commands(bench: Bench, name: str, service: Service) -> None:
    """Notes on held tickets, pushed as a desk pushes them, against commits of one row by the same driver."""
    desk = Pusher(service)
    desk.take(_tickets(service, COMMANDS))
    raw = RawCommits(service.store.engine)
    for size in BATCHES:
        bench.rates(
            f"{name}: commands in batches of {size}",
            partial(desk.rate, size),
            raw.rate,
            "commits of one 1 KB row, one by one",
            "a note: proved, decided, written with receipt, chain and feed row",
        )


@dataclass
class Pusher:
    """One person who notes things on tickets that they hold."""

    service: Service
    tickets: Sequence[str] = ()
    seq: int = 0

    def take(self, tickets: Sequence[str]) -> None:
        """Claim the tickets."""
        self.tickets = tickets
        self._push([ClaimTicket(id=self._id(), ticket_id=one) for one in tickets], 50)

    def rate(self, size: int) -> float:
        """Commands a second in batches of that size."""
        some = self.tickets if size > 1 else self.tickets[: COMMANDS // 4]
        notes = [AddNote(id=self._id(), ticket_id=one, words="客户已同意等待") for one in some]
        began = time.perf_counter()
        self._push(notes, size)
        return len(notes) / (time.perf_counter() - began)

    def _push(self, commands: Sequence[AddNote | ClaimTicket], size: int) -> None:
        for start in range(0, len(commands), size):
            batch = [self._submitted(one) for one in commands[start : start + size]]
            verdicts, _ = self.service.applier.push("u-me", "desk", batch)
            assert all(verdict.status == "applied" for verdict in verdicts), verdicts

    def _submitted(self, command: AddNote | ClaimTicket) -> Submitted:
        self.seq += 1
        plain = codec.command_to_plain(command)
        return Submitted(actor="u-me", seq=self.seq, claimed_at=self.service.store.clock(), **plain)

    def _id(self) -> str:
        return uuid7(self.service.store.clock(), random.SystemRandom())


class RawCommits:
    """The floor: one row, one commit, through the same engine."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._next = itertools.count()
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE bare_row (id BIGINT PRIMARY KEY, doc TEXT NOT NULL)"))

    def rate(self) -> float:
        """Commits a second."""
        doc = "x" * ROW_BYTES
        statement = text("INSERT INTO bare_row VALUES (:id, :doc)")
        began = time.perf_counter()
        with self._engine.connect() as connection:
            for _ in range(COMMANDS):
                connection.execute(statement, {"id": next(self._next), "doc": doc})
                connection.commit()
        return COMMANDS / (time.perf_counter() - began)


def _tickets(service: Service, count: int) -> list[str]:
    made = []
    for start in range(0, count, 100):
        orders = [data.order(index) for index in range(start, min(start + 100, count))]
        tickets = [data.ticket(start + index, one) for index, one in enumerate(orders)]
        with service.store.writing() as tx:
            tx.stage([*orders, *tickets])
        made += [one.id for one in tickets]
    return made


# --- look-ups -------------------------------------------------------------------------------------------------------


def fill_rest(service: Service, orders: int) -> None:
    """Put orders with their customers and tokens into the tables, as importing them would have; the first of them are
    there from measuring commands."""
    with service.store.engine.begin() as connection:
        _customers(connection, data.buyers(orders))
        for start in range(0, orders, _PORTION):
            indexes = range(start, min(start + _PORTION, orders))
            some = [data.order(index) for index in indexes if index >= COMMANDS]
            connection.execute(insert(t.orders), [row_of(order, 0) for order in some])
            told = [(data.order(index), data.contact(data.customer_of(index))) for index in indexes]
            index_orders(connection, told, frozenset())
    if service.store.engine.dialect.name == "postgresql":
        with service.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # autovacuum would have, in the meantime


def _customers(connection: Connection, indexes: Sequence[int]) -> None:
    rows = [
        {
            "id": data.customer_id(index),
            "kind": "customer",
            "owner_kind": "customer",
            "owner_id": data.customer_id(index),
            "values": data.contact(index),
            "salt": "0" * 32,
            "commitment": "0" * 64,
        }
        for index in indexes
    ]
    connection.execute(insert(t.private), rows)


def measure_look_up(bench: Bench, name: str, service: Service, orders: int) -> None:
    """The centre's answer to a typed text, masked, logged and as JSON data, against one raw range of the same table."""
    who = Principal("u-me", "desk", frozenset({"org", "team:hotline"}), Level.AGENT, "")
    for kind, probe in PROBES.items():
        typed = probe(orders)
        bench.times(
            f"{name}: look-up in {orders:,} orders: {kind}",
            partial(_timed, partial(_look_up, service, who, typed)),
            partial(_timed, partial(_raw_look_up, service, typed)),
            "one B-tree range and up to 20 documents by raw SQL, parsed",
        )


def _look_up(service: Service, who: Principal, typed: Typed) -> list[Any]:
    hits: list[Any] = search.found(service, who, typed.text)["hits"]
    return hits


def _raw_look_up(service: Service, typed: Typed) -> list[Any]:
    kind, low, high = typed.range
    with service.store.reading() as connection:
        return [json.loads(doc) for doc in connection.scalars(_RANGE_SQL, {"kind": kind, "low": low, "high": high})]


def _timed(work: Callable[[], Sequence[Any]]) -> float:
    began = time.perf_counter()
    found = work()
    spent = time.perf_counter() - began
    assert found
    return spent
