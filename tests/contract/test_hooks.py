"""A shop's webhook over HTTP: proved by its signature, answered once its order is in, and never taken at its word."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from typing import Any

import pytest

from desk.central.book import CentreBook
from desk.connectors.medusa import Medusa, MedusaSettings
from desk.connectors.registry import Registry
from desk.domain.ids import derived_id
from desk.domain.orders import Order
from tests.helpers.centre import World
from tests.helpers.medusa_shop import KEY, MedusaShop, medusa_shop


@pytest.fixture
def shop() -> Iterator[MedusaShop]:
    with medusa_shop() as running:
        yield running


@pytest.fixture
def listening(centre: World, shop: MedusaShop) -> World:
    settings = MedusaSettings(url=shop.url, key=KEY, hook_secret="whsec", timeout_seconds=0.5)
    deaf = MedusaSettings(url=shop.url, key=KEY)
    centre.service.connectors = Registry({"medusa": Medusa(settings), "deaf": Medusa(deaf)})
    return centre


def send(centre: World, data: object, *, secret: bytes = b"whsec", name: str = "medusa") -> Any:
    body = json.dumps({"name": "order.placed", "data": data}).encode()
    signature = hmac.new(secret, body, hashlib.sha256).hexdigest()
    return centre.client.post(f"/v1/hooks/{name}", content=body, headers={"X-Signature": signature})


def known(centre: World, shop: MedusaShop, state: str) -> Order | None:
    with centre.service.store.reading() as connection:
        found = CentreBook(connection).get("order", derived_id("order", "medusa", shop.number(state)))
    assert found is None or isinstance(found, Order)
    return found


def test_an_order_is_in_when_the_hook_is_answered(listening: World, shop: MedusaShop):
    reply = send(listening, {"id": shop.orders["authorized_not_captured"]["id"]})
    assert (reply.status_code, reply.json()["told"]) == (200, 1)
    order = known(listening, shop, "authorized_not_captured")
    assert order is not None
    assert order.paid == 0


def test_a_capture_arrives_by_its_hook_and_a_repetition_changes_nothing(listening: World, shop: MedusaShop):
    send(listening, {"id": shop.orders["authorized_not_captured"]["id"]})
    shop.captured("authorized_not_captured")
    payment = {"id": shop.payment("authorized_not_captured")["id"]}
    assert send(listening, payment).json()["told"] == 1
    order = known(listening, shop, "authorized_not_captured")
    assert order is not None
    assert order.paid == 31100
    assert send(listening, payment).json() == {"told": 0, "unchanged": 1, "left_out": 0, "look": False}


def test_an_event_that_names_no_order_has_the_shop_looked_at_soon(listening: World):
    assert send(listening, {"id": "ful_1"}).json()["look"] is True
    assert listening.service.look_soon == {"medusa"}


def test_without_its_proof_a_hook_changes_nothing(listening: World, shop: MedusaShop):
    data = {"id": shop.orders["shipped"]["id"]}
    before = listening.service.store.head_now()
    for reply, status, code in (
        (send(listening, data, secret=b"guessed"), 401, "bad_signature"),
        (listening.client.post("/v1/hooks/medusa", content=b"{}"), 401, "bad_signature"),
        (send(listening, data, name="deaf"), 404, "no_hook"),
        (send(listening, data, name="nobody"), 404, "no_hook"),
        (send(listening, [], secret=b"whsec"), 400, "unreadable"),
        (listening.client.post("/v1/hooks/medusa", content=b"x" * 70_000), 413, "too_large"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (status, code)
        assert reply.headers["content-type"] == "application/problem+json"
    assert listening.service.store.head_now() == before
    assert shop.asked == [], "nobody without the secret makes us call the shop"


def test_a_shop_that_does_not_answer_is_told_to_send_again(listening: World, shop: MedusaShop):
    order_id = shop.orders["shipped"]["id"]
    shop.next((f"GET {order_id}", "error_500"))
    reply = send(listening, {"id": order_id})
    assert (reply.status_code, reply.json()["code"], reply.headers["Retry-After"]) == (503, "source_away", "30")
    assert send(listening, {"id": order_id}).json()["told"] == 1


def test_an_order_that_nobody_here_knows_is_found_at_the_shop(listening: World, shop: MedusaShop):
    listening.service.connectors = Registry({"medusa": listening.service.connectors.get("medusa")})
    listening.person("wangfang")
    desk = listening.desk("wangfang")

    def look_up(text: str) -> list[str]:
        reply = listening.client.get("/v1/orders", params={"q": text}, headers=desk.headers)
        assert reply.status_code == 200, reply.text
        return [hit["order"]["number"] for hit in reply.json()["hits"]]

    shop.orders["delivered"]["display_id"] = 20417
    assert look_up("20417") == ["20417"]
    asked = len(shop.asked)
    assert look_up("20417") == ["20417"]
    assert look_up("13800000006") == ["20417"], "by its phone it is found here"
    assert look_up("13800009999") == []
    assert len(shop.asked) == asked, "what is here is not asked for, and a phone is not sent out"
    assert look_up("20418") == []
    shop.next(("GET orders", "error_500"))
    assert look_up("20419") == [], "a shop that is away is no error of the look-up"
