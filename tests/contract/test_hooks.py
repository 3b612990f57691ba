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
