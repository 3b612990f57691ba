"""A centre for tests, on either database: a clock that is set by hand, people, desks that push and pull over HTTP."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from fastapi.testclient import TestClient

from desk.central import founding
from desk.central.app import create_app
from desk.central.auth import Auth
from desk.central.engine import open_engine
from desk.central.service import Service, make_service
from desk.central.store import PrivateValue
from desk.domain.commands import COMMANDS, Command, TellOrder
from desk.domain.ids import uuid7
from desk.domain.orders import Line, Order, OrderState, Tender
from desk.domain.people import Level, StaffMember, Store
from desk.wire import codec, signatures
from desk.wire.canonical import GENESIS

START = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # noon in Shanghai, a Saturday
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Clock:
    """The time as the test says it is."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@dataclass
class World:
    """A founded centre and the way in. `client` speaks HTTP to the real application."""

    service: Service
    client: TestClient
    clock: Clock
    folder: Path
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    def id(self) -> str:
        return uuid7(self.clock(), self.rng)

    def person(self, login: str, level: Level = Level.AGENT, teams: tuple[str, ...] = ("hotline",), **more: Any) -> str:
        """A person who can sign in with "password-<login>"; the id."""
        member = StaffMember(id=f"u-{login}", login=login, level=level, teams=teams, **more)
        with self.service.store.writing() as tx:
            name = PrivateValue(member.id, "staff", ("staff", member.id), {"name": login.title()})
            tx.stage([member], [name])
        self.service.auth.set_password(member.id, f"password-{login}")
        return member.id

    def store(self, store_id: str) -> None:
        with self.service.store.writing() as tx:
            tx.stage([Store(id=store_id, names={"zh": store_id, "en": store_id})])

    def order(self, number: str, **changed: Any) -> Order:
        """An order told to the centre, with its customer."""
        order = made_order(number, self.clock(), **changed)
        contact = {
            "name": "陈小明",
            "title": "先生",
            "phone": f"1380000{number[-4:]}",
            "city": "上海",
            "address": "南京路1号",
        }
        tell = TellOrder(id=self.id(), order=order, contact=contact)
        (verdict,) = self.service.applier.system([tell])
        assert verdict.status == "applied", verdict
        return order

    def desk(self, login: str, *scopes: str) -> Desk:
        """A desk enrolled for these scopes with this person signed in."""
        code = self.service.auth.make_code(frozenset(scopes or ("team:hotline",)))
        key = signatures.public_key(signatures.new_private_key())
        made = self.client.post("/v1/enrol", json={"code": code, "name": "desk", "public_key": key}).json()
        desk = Desk(self, made["installation_id"])
        desk.sign_in(login)
        return desk


@dataclass
class Desk:
    """One workstation as the centre sees it: a token, a cursor, sequence numbers, a replica made of pages."""

    world: World
    installation: str
    token: str = ""
    person: str = ""
    n: int = 0
    h: str = GENESIS
    seqs: dict[str, int] = field(default_factory=dict)
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    verdicts: list[Any] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "X-Schema": "1"}

    def sign_in(self, login: str) -> Any:
        body = {
            "login": login,
            "password": f"password-{login}",
            "installation_id": self.installation,
            "session_key": signatures.public_key(signatures.new_private_key()),
        }
        reply = self.world.client.post("/v1/sign-in", json=body)
        assert reply.status_code == 200, reply.text
        self.token = reply.json()["token"]
        self.person = reply.json()["actor"]["id"]
        return reply.json()

    def item(self, command: Command, **changed: Any) -> dict[str, Any]:
        """The next item of a batch; `changed` lets a lying client lie."""
        seq = self.seqs.get(self.person, 0) + 1
        self.seqs[self.person] = seq
        plain = codec.command_to_plain(command)
        claimed = self.world.clock().isoformat()
        return {**plain, "seq": seq, "actor": self.person, "claimed_at": claimed, **changed}

    def push(self, *items: Any) -> Any:
        """Push items or commands; the whole answer."""
        batch = [self.item(one) if isinstance(one, Command) else one for one in items]
        reply = self.world.client.post("/v1/push", json={"batch": batch}, headers=self.headers)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def do(self, name: str, **args: Any) -> Any:
        """Push one command by name; its verdict."""
        return self.push(self.item_of(name, **args))["verdicts"][0]

    def item_of(self, name: str, **args: Any) -> dict[str, Any]:
        """The next item of a batch, by the command's name."""
        return self.item(codec.command_from_plain({"id": self.world.id(), "name": name, "v": 1, "args": args}))

    def get(self, path: str, **params: Any) -> Any:
        return self.world.client.get(path, params=params or None, headers=self.headers)

    def pull(self, limit: int = 500) -> list[Any]:
        """Pull until nothing is left; the commits seen, and `rows` and `verdicts` brought up to date."""
        seen: list[Any] = []
        while True:
            reply = self.get("/v1/pull", n=self.n, h=self.h, limit=limit)
            assert reply.status_code == 200, reply.text
            page = reply.json()
            self.take(page)
            seen += page["commits"]
            if not page["more"]:
                return seen

    def take(self, page: Any) -> None:
        for commit in page["commits"]:
            for row in commit["rows"]:
                if row["op"] == "upsert":
                    self.rows[row["kind"], row["id"]] = row
                else:
                    self.rows.pop((row["kind"], row["id"]), None)
            self.verdicts += commit["verdicts"]
        self.n, self.h = page["next"]["n"], page["next"]["h"]
        if page["counts"] is not None:
            assert page["counts"] == self.counts()

    def counts(self) -> dict[str, int]:
        kinds = sorted({kind for kind, _ in self.rows})
        return {kind: sum(1 for one, _ in self.rows if one == kind) for kind in kinds}

    def doc(self, kind: str, entity_id: str) -> Any:
        return self.rows[kind, entity_id]["doc"]


def made_order(number: str, now: datetime, **changed: Any) -> Order:
    """A paid order of one line."""
    facts: dict[str, Any] = {
        "id": f"o-{number}",
        "number": number,
        "connector": "manual",
        "shop": "tmall",
        "currency": "CNY",
        "customer_id": f"c-{number}",
        "state": OrderState.PAID,
        "created_at": now - timedelta(hours=1),
        "paid_at": now - timedelta(hours=1),
        "lines": (Line(id="l1", sku="A1", title="茶杯", quantity=1, unit_price=9900, paid=9900),),
        "tenders": (Tender(id="t1", method="alipay", paid=9900),),
    }
    return Order(**{**facts, **changed})


def found(url: str) -> None:
    """Make an empty database a centre, as of START."""
    engine = open_engine(url)
    founding.init(engine, clock=Clock())
    engine.dispose()


@contextmanager
def world(url: str, folder: Path) -> Iterator[World]:
    """The centre of a founded database, closed afterwards."""
    engine = open_engine(url)
    clock = Clock()
    service = make_service(engine, folder / "snapshots", clock)
    service.auth = Auth(service.store, service.secrets, QUICK)
    try:
        with TestClient(create_app(service), raise_server_exceptions=False) as client:
            yield World(service, client, clock, folder)
    finally:
        service.close()


def known_commands() -> list[tuple[str, int]]:
    return sorted(COMMANDS)
