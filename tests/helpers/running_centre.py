"""The true centre over HTTP in this process: port 0, its own thread, SQLite or PostgreSQL, the demo's people."""

from __future__ import annotations

import atexit
import contextlib
import functools
import gc
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from argon2 import PasswordHasher

from desk.central import founding
from desk.central.app import create_app
from desk.central.auth import Auth
from desk.central.engine import open_engine, sqlite_url
from desk.central.people import Person, add_people, add_store
from desk.central.service import Service, make_service
from desk.central.serving import listening
from desk.domain.commands import OpenTicket, TellOrder
from desk.domain.ids import derived_id
from desk.domain.orders import Order
from desk.domain.people import Level
from desk.domain.tickets import Channel, Kind

HOTLINE = ("hotline",)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PEOPLE = (
    Person(login="wangfang", name="王芳", level=Level.AGENT, password="demo-wangfang", teams=HOTLINE),
    Person(login="liqiang", name="李强", level=Level.AGENT, password="demo-liqiang", teams=HOTLINE),
    Person(login="liuyang", name="刘洋", level=Level.SUPERVISOR, password="demo-liuyang", teams=HOTLINE),
    Person(
        login="chenjie", name="陈洁", level=Level.COUNTER, password="demo-chenjie", teams=("store",), store_id="S01"
    ),
    Person(login="admin", name="管理员", level=Level.ADMIN, password="demo-admin"),
)


@dataclass
class RunningCentre:
    """A founded centre that answers at `url`; its service is at hand for telling it things and asserting its state."""

    url: str
    service: Service

    def code(self, *scopes: str) -> str:
        """A one-time code for a desk of these scopes."""
        return self.service.auth.make_code(frozenset(scopes or ("team:hotline",)))

    def tell(self, order: Order, **contact: str) -> None:
        """What ingest does: an order as its source has it."""
        window = f"{order.number}:{order.source_version}"
        self._issue([TellOrder(id=derived_id("tell", order.connector, window), order=order, contact=contact)])

    def ring(self, order: Order, ticket_id: str, reason: str = "wrong_address", channel: Channel = Channel.APP) -> None:
        """A customer asks for a cancel through the app."""
        opening = OpenTicket(
            id=f"open-{ticket_id}",
            ticket_id=ticket_id,
            kind=Kind.CANCEL,
            channel=channel,
            team="hotline",
            order_id=order.id,
            reason=reason,
        )
        self._issue([opening])

    def _issue(self, commands: Sequence[TellOrder | OpenTicket]) -> None:
        for verdict in self.service.applier.system(commands):
            assert verdict.status == "applied", verdict


@contextlib.contextmanager
def running_centre(folder: Path, url: str = "") -> Iterator[RunningCentre]:
    """Serve a centre with the demo's people until the block ends; `url`: a database that `found` filled, else SQLite
    in that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if not url and not (folder / "centre.db").exists():
        shutil.copy(_founded_file(), folder / "centre.db")
    service = make_service(open_engine(url or sqlite_url(folder / "centre.db")), folder / "snapshots")
    service.auth = Auth(service.store, service.secrets, QUICK)
    with served(service) as address:
        try:
            yield RunningCentre(address, service)
        finally:
            gc.collect()  # a test's workstations end on its own thread, not on one of ours: they have timers
    service.close()


def found(url: str) -> None:
    """A centre with the demo's people in an empty database; takes longer than most tests, so copy what it made."""
    engine = open_engine(url)
    founding.init(engine, demo=True)
    with tempfile.TemporaryDirectory() as snapshots:
        service = make_service(engine, Path(snapshots))
        service.auth = Auth(service.store, service.secrets, QUICK)
        add_store(service, "S01", {"zh": "静安店", "en": "Jing'an"}, "Asia/Shanghai")
        add_people(service, PEOPLE)
        service.close()


@functools.cache
def _founded_file() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="founded-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    found(sqlite_url(folder / "centre.db"))
    return folder / "centre.db"


@contextlib.contextmanager
def served(service: Service, port: int = 0) -> Iterator[str]:
    """Serve on loopback in a thread; the address."""
    bound = listening("127.0.0.1", port)
    config = uvicorn.Config(create_app(service), log_config=None, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, name="centre")
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        service.waiters.release()
        server.should_exit = True
        thread.join(10)
        bound.close()
