"""A true centre on SQLite or PostgreSQL with a clock that only tests move, for stories about its edges."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from desk.central import founding
from desk.central.book import CentreBook
from desk.central.effects import EffectsWorker
from desk.central.engine import open_engine, sqlite_url
from desk.central.service import Service, make_service
from desk.connectors.http_shop import HttpShop, HttpShopSettings
from desk.connectors.registry import Registry
from desk.domain.case import Entity
from desk.domain.commands import CancelOrder, ClaimTicket, Command, OpenTicket, SetReason, TellOrder
from desk.domain.ids import IdMaker
from desk.domain.ledger import Effect, EffectKind, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import Actor
from desk.domain.tickets import Channel, Kind, Ticket
from desk.wire.protocol import Verdict
from tests.helpers.cases import LIUYANG, START, make_order
from tests.helpers.sides import Sides

_E = TypeVar("_E", bound=Entity)
CONTACT = {"name": "陈洁", "title": "女士", "phone": "13800000005", "city": "杭州市", "address": "文三路 1 号"}


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        return self.now


@dataclass
class Centre:
    """The service, its clock, and short ways to say what happens."""

    service: Service
    clock: FakeClock
    ids: IdMaker = field(init=False)

    def __post_init__(self) -> None:
        self.ids = IdMaker(self.clock, random.Random(5))

    def do(self, command: Command, actor: Actor | None = None) -> Verdict:
        """One command, applied; asserts that it was taken."""
        applier = self.service.applier
        (verdict,) = applier.system([command]) if actor is None else applier.system([command], actor)
        assert verdict.status == "applied", (command.name, verdict.code, verdict.data)
        return verdict

    def told(self, order: Order | None = None, contact: dict[str, str] | None = None) -> Order:
        """An order is told by its source."""
        order = order or make_order(now=self.clock.now)
        self.do(TellOrder(id=self.ids(), order=order, contact=CONTACT if contact is None else contact))
        return order

    def ticket(self, order_id: str = "o1", channel: Channel = Channel.HOTLINE, kind: Kind = Kind.CANCEL) -> str:
        """A supervisor opens a ticket, in hand and with its reason."""
        ticket_id = self.ids()
        opened = OpenTicket(
            id=self.ids(), ticket_id=ticket_id, kind=kind, channel=channel, team="hotline", order_id=order_id
        )
        self.do(opened, LIUYANG)
        return ticket_id

    def cancelled(self, order: Order | None = None) -> str:
        """An order is told, and a supervisor cancels it; the ticket's id."""
        told = self.told(order)
        ticket_id = self.ticket(told.id)
        ticket = self.get(Ticket, ticket_id)
        if ticket.holder != LIUYANG.id:
            self.do(ClaimTicket(id=self.ids(), ticket_id=ticket_id), LIUYANG)
        self.do(SetReason(id=self.ids(), ticket_id=ticket_id, reason="no_longer_wanted"), LIUYANG)
        self.do(CancelOrder(id=self.ids(), order_id=told.id, ticket_id=ticket_id, reviewed=True), LIUYANG)
        return ticket_id

    def get(self, kind: type[_E], entity_id: str) -> _E:
        """An entity as it stands."""
        with self.service.store.reading() as connection:
            return CentreBook(connection).many(kind, [entity_id])[entity_id]

    def hanging(self, order_id: str = "o1") -> list[Entity]:
        """Everything that hangs on an order."""
        with self.service.store.reading() as connection:
            return CentreBook(connection).of_orders([order_id])

    def effects(self, kind: EffectKind | None = None, order_id: str = "o1") -> list[Effect]:
        """The effects of an order, oldest first."""
        found = [one for one in self.hanging(order_id) if isinstance(one, Effect) and kind in (None, one.kind)]
        return sorted(found, key=lambda one: (one.at, one.id))

    def entries(self, order_id: str = "o1") -> list[LedgerEntry]:
        """The ledger of an order."""
        return [one for one in self.hanging(order_id) if isinstance(one, LedgerEntry)]

    def worker(self, side: Sides | None = None, **settings: object) -> EffectsWorker:
        """A worker whose shop is `side`; without one everything is done by hand."""
        shops = {"shop": shop_of(side, **settings), "sms": shop_of(side, **settings)} if side else {}
        return EffectsWorker(self.service.store, self.service.applier, Registry(shops), random.Random(1))


def shop_of(side: Sides, **settings: object) -> HttpShop:
    """The connector to a test's own server, quick to lose patience."""
    return HttpShop(HttpShopSettings(url=side.url, timeout_seconds=0.3, **settings))  # type: ignore[arg-type]


@contextmanager
def sqlite_centre(folder: Path, now: datetime = START) -> Iterator[Centre]:
    """A founded centre with the house's people, in `folder`."""
    file = folder / "centre.sqlite"
    shutil.copy(_founded_file(), file)
    yield from _opened(sqlite_url(file), folder, now)


@contextmanager
def centre_at(url: str, folder: Path, now: datetime = START) -> Iterator[Centre]:
    """A centre on a database that `found_at` prepared."""
    yield from _opened(url, folder, now)


def found_at(url: str) -> None:
    """Make the database at `url` a centre."""
    engine = open_engine(url)
    founding.init(engine, clock=lambda: START)
    engine.dispose()


def _opened(url: str, folder: Path, now: datetime) -> Iterator[Centre]:
    clock = FakeClock(now)
    service = make_service(open_engine(url), folder / "snapshots", clock)
    try:
        yield Centre(service, clock)
    finally:
        service.close()


@cache
def _founded_file() -> Path:
    file = Path(mkdtemp(prefix="founded-")) / "centre.sqlite"
    found_at(sqlite_url(file))
    return file
