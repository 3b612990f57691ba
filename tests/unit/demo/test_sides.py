"""The systems behind the shop: what they did once stays done, and a lost reply can be asked back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from desk.connectors.http_shop import HttpShop, HttpShopSettings
from desk.connectors.ports import Accepted, Confirmed, MessageAsk, NeverSeen, NoAnswer, RefundAsk, Refused
from desk.demo.moods import CALM, Fault, Mood, Moods, demo_moods
from desk.demo.sides import Sides, SidesServer
from desk.domain.ledger import EffectKind
from desk.domain.money import Money

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def running(
    file: Path | None, moods: dict[str, Mood] | None = None, clock: Clock | None = None
) -> Iterator[SidesServer]:
    sides = Sides(file, Moods(moods or CALM), clock or Clock())
    server = SidesServer(sides, key="side-key")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        sides.stop_waiting()
        server.server_close()
        sides.close()
        thread.join()


def connector(server: SidesServer) -> HttpShop:
    return HttpShop(HttpShopSettings(url=server.url, key="side-key", timeout_seconds=2))


def refund(fen: int = 32900) -> RefundAsk:
    return RefundAsk(
        kind=EffectKind.REFUND,
        key="cmd-1/refund",
        order="2026112100000001",
        tender="T1",
        payment="202611",
        method="alipay",
        amount=Money(fen, "CNY"),
    )


def performed(server: SidesServer, path: str, key: str) -> int:
    answer = requests.get(f"{server.url}/counts/{path}/{key}", headers={"Authorization": "Bearer side-key"}, timeout=2)
    count: int = answer.json()["performed"]
    return count


def test_a_lost_reply_is_read_back_as_one_refund(tmp_path: Path):
    with running(tmp_path / "sides.db") as server:
        server.sides.moods.plan("refunds", ["loses_reply"])
        shop = connector(server)
        assert shop.refund(refund()) == NoAnswer("line_broken")
        assert isinstance(shop.read_back(refund()), Confirmed)
        assert performed(server, "refunds", "cmd-1/refund") == 1


def test_a_lost_request_was_never_done(tmp_path: Path):
    with running(tmp_path / "sides.db") as server:
        server.sides.moods.plan("refunds", ["loses_request"])
        shop = connector(server)
        assert shop.refund(refund()) == NoAnswer("line_broken")
        assert shop.read_back(refund()) == NeverSeen()
        assert isinstance(shop.refund(refund()), Confirmed)
        assert performed(server, "refunds", "cmd-1/refund") == 1


def test_what_was_done_is_remembered_after_a_restart(tmp_path: Path):
    with running(tmp_path / "sides.db") as server:
        first = connector(server).refund(refund())
    with running(tmp_path / "sides.db") as server:
        assert connector(server).refund(refund()) == first
        assert performed(server, "refunds", "cmd-1/refund") == 1


def test_a_side_that_is_not_idempotent_does_it_twice(tmp_path: Path):
    text = MessageAsk(kind=EffectKind.SEND_MESSAGE, key="m-1", order="1", phone="+8613800000005", text="您好")
    with running(tmp_path / "sides.db", {"messages": Mood(idempotent=False)}) as server:
        shop = connector(server)
        shop.send(text)
        shop.send(text)
        assert performed(server, "messages", "m-1") == 2


def test_the_same_key_for_another_amount_is_refused(tmp_path: Path):
    with running(tmp_path / "sides.db") as server:
        shop = connector(server)
        shop.refund(refund())
        assert shop.refund(refund(fen=100)) == Refused("key_reused")


def test_accepted_is_not_arrived(tmp_path: Path):
    clock = Clock()
    slow = {"refunds": Mood(accepts=1.0, settles=(60.0, 60.0))}
    with running(tmp_path / "sides.db", slow, clock) as server:
        shop = connector(server)
        assert isinstance(shop.refund(refund()), Accepted)
        clock.now += timedelta(seconds=59)
        assert isinstance(shop.read_back(refund()), Accepted)
        clock.now += timedelta(seconds=2)
        assert isinstance(shop.read_back(refund()), Confirmed)


def test_a_stranger_gets_nothing_done(tmp_path: Path):
    with running(tmp_path / "sides.db") as server:
        answer = requests.put(f"{server.url}/refunds/k", json={"order": "1"}, timeout=2)
        assert answer.status_code == 401
        assert performed(server, "refunds", "k") == 0


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"x" * 70_000])
def test_nonsense_is_turned_away(tmp_path: Path, body: bytes):
    with running(tmp_path / "sides.db") as server:
        headers = {"Authorization": "Bearer side-key"}
        assert requests.put(f"{server.url}/refunds/k", data=body, headers=headers, timeout=2).status_code == 400


def test_the_shop_can_ask_what_its_systems_did_for_an_order(tmp_path: Path):
    with running(tmp_path / "sides.db") as server:
        connector(server).refund(refund())
        url = f"{server.url}/acts?order=2026112100000001"
        acts = requests.get(url, headers={"Authorization": "Bearer side-key"}, timeout=2).json()["acts"]
        assert [(act["path"], act["facts"]["amount"]) for act in acts] == [("refunds", 32900)]


def test_the_moods_of_the_demo_repeat_themselves_and_everything_happens():
    moods = demo_moods()
    keys = [f"k{n}" for n in range(600)]
    turns = [Moods(moods, seed=3).turn("refunds", key, 1) for key in keys]
    assert turns == [Moods(moods, seed=3).turn("refunds", key, 1) for key in keys]
    assert {turn.fault for turn in turns} == {Fault.NONE, Fault.BUSY, Fault.LOSES_REPLY, Fault.LOSES_REQUEST}
    assert any(turn.settles_in for turn in turns)
    assert max(turn.delay for turn in turns) < 10  # shorter than the connector's patience
