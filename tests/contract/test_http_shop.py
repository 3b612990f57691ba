"""What a JSON side's behaviour means for the centre: done, taken, surely not done, or not known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desk.connectors.http_shop import PATHS, HttpShop, HttpShopSettings
from desk.connectors.ports import (
    HANDLING_KINDS,
    Accepted,
    Answer,
    Ask,
    BenefitAsk,
    ByHand,
    Confirmed,
    HandlingAsk,
    MessageAsk,
    NeverSeen,
    NoAnswer,
    OrderAsk,
    Paid,
    RefundAsk,
    Refused,
    StockAsk,
    perform,
)
from desk.connectors.registry import BadSettings, registry_from_data, registry_from_file
from desk.domain.ledger import EffectKind
from desk.domain.money import Money
from tests.helpers.sides import Sides, sides

REFUND = RefundAsk(
    kind=EffectKind.REFUND, key="k-1", order="E1", tender="t1", payment="P1", method="alipay", amount=Money(5050, "CNY")
)


@pytest.fixture
def side() -> Iterator[Sides]:
    with sides() as running:
        yield running


@pytest.fixture
def shop(side: Sides) -> HttpShop:
    return HttpShop(HttpShopSettings(url=side.url, key="secret-key", timeout_seconds=0.3))


def test_a_refund_is_sent_under_our_key_with_exact_money(shop: HttpShop, side: Sides):
    assert shop.refund(REFUND) == Confirmed("R-k-1")
    body = side.done["refunds/k-1"]
    assert (body["amount"], body["currency"], body["payment"], body["order"]) == (5050, "CNY", "P1", "E1")
    assert side.headers[0]["Authorization"] == "Bearer secret-key"


@pytest.mark.parametrize(
    ("plan", "answer"),
    [
        ("ok", Confirmed("R-k-1")),
        ("accept", Accepted("R-k-1")),
        ("refuse", Refused("already_shipped")),
        ("refuse_words", Refused("status_400")),  # words of others may be personal: never kept
        ("refuse_200", Refused("over_paid")),
        ("busy", Refused("busy", again=True, wait_seconds=7)),
        ("not_authorised", Refused("not_authorised", again=True)),
        ("redirect", Refused("redirected", again=True)),
        ("lose_reply", NoAnswer("line_broken")),
        ("hang", NoAnswer("time_out")),
        ("error_500", NoAnswer("status_500")),
        ("garbage", NoAnswer("answer_unreadable")),
        ("huge", NoAnswer("answer_unreadable")),
    ],
)
def test_every_behaviour_of_the_other_side_has_its_answer(shop: HttpShop, side: Sides, plan: str, answer: Answer):
    side.next(plan)
    assert shop.refund(REFUND) == answer


def test_a_side_that_is_not_there_has_surely_done_nothing():
    with sides() as gone:
        url = gone.url
    shop = HttpShop(HttpShopSettings(url=url))
    assert shop.refund(REFUND) == Refused("not_reachable", again=True)
    assert isinstance(shop.read_back(REFUND), NoAnswer | Refused)


def test_what_was_lost_on_the_way_is_read_back_by_our_key(shop: HttpShop, side: Sides):
    assert shop.read_back(REFUND) == NeverSeen()
    side.next("lose_reply")
    assert isinstance(shop.refund(REFUND), NoAnswer)
    assert shop.read_back(REFUND) == Confirmed("R-k-1")
    side.next("error_500")
    assert shop.read_back(REFUND) == NoAnswer("status_500")


def test_every_kind_of_effect_has_its_own_place(shop: HttpShop, side: Sides):
    asks: list[Ask] = [
        OrderAsk(kind=EffectKind.CANCEL_ORDER, key="k", order="E1"),
        OrderAsk(kind=EffectKind.STOP_SHIPMENT, key="k", order="E1", tracking=("SF1",)),
        StockAsk(kind=EffectKind.RELEASE_STOCK, key="k", order="E1", sku="S", quantity=1),
        REFUND,
        MessageAsk(kind=EffectKind.SEND_MESSAGE, key="k", order="E1", phone="13800000005", text="您好"),
        *(
            BenefitAsk(kind=kind, key="k", order="E1", customer="c", item="i", units=1)
            for kind in EffectKind
            if PATHS[kind][0] == "promotions"
        ),
        *(HandlingAsk(kind=kind, key="k", order="E1") for kind in HANDLING_KINDS),
    ]
    assert {ask.kind for ask in asks} == set(EffectKind)
    assert all(isinstance(perform(shop, ask), Confirmed) for ask in asks)
    assert len(side.done) == len(asks)


def test_what_handling_needs_is_in_the_body_and_nothing_else(shop: HttpShop, side: Sides):
    paid = (Paid(payment="WX1", method="wechat", amount=9900),)
    shop.handle(
        HandlingAsk(kind=EffectKind.MARK_PAID, key="k", order="E1", amount=Money(9900, "CNY"), paid=paid),
    )
    body = side.done["paid-marks/k"]
    assert body["paid"] == [{"payment": "WX1", "method": "wechat", "amount": 9900}]
    assert (body["amount"], body["currency"], "sku" in body) == (9900, "CNY", False)
    again = HandlingAsk(kind=EffectKind.RESHIP, key="k", order="E1", line="1", sku="S", quantity=2)
    assert "138" not in repr(replace(again, details={"phone": "13800000005"})), "details are personal"
    shop.handle(again)
    assert (side.done["reshipments/k"]["sku"], side.done["reshipments/k"]["quantity"]) == ("S", 2)


def test_each_side_may_live_elsewhere(side: Sides):
    with sides() as pay:
        shop = HttpShop(HttpShopSettings(url=side.url, urls={"payments": pay.url}))
        shop.refund(REFUND)
        shop.cancel(OrderAsk(kind=EffectKind.CANCEL_ORDER, key="k", order="E1"))
        assert list(pay.done) == ["refunds/k-1"]
        assert list(side.done) == ["cancellations/k"]


def test_the_registry_makes_connectors_from_settings(tmp_path: Path, side: Sides):
    key = tmp_path / "key"
    key.write_text("from-file\n")
    file = tmp_path / "connectors.toml"
    file.write_text(f'[connectors.shop]\nkind = "http_shop"\nurl = "{side.url}"\nkey_file = "{key}"\nreads_back = []\n')
    registry = registry_from_file(file)
    assert perform(registry.get("shop"), REFUND) == Confirmed("R-k-1")
    assert side.headers[0]["Authorization"] == "Bearer from-file"
    assert registry.get("shop").read_back(REFUND) == NoAnswer("no_read_back")
    assert perform(registry.get("nobody-configured-this"), REFUND) == ByHand()


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"kind": "http_shop"}, "url"),
        ({"kind": "http_shop", "url": "http://shop.example/"}, "https"),
        ({"kind": "http_shop", "url": "ftp://shop.example/"}, "https"),
        ({"kind": "http_shop", "url": "https://shop.example/", "uzl": "x"}, "uzl"),
        ({"kind": "http_shop", "url": "https://shop.example/", "reads_back": ["magic"]}, "magic"),
        ({"kind": "pigeon"}, "pigeon"),
    ],
)
def test_settings_that_cannot_work_are_said_at_once(options: dict[str, object], word: str):
    with pytest.raises(BadSettings, match=word) as error:
        registry_from_data({"shop": options})
    assert str(error.value).startswith("shop: ")


def test_a_key_is_not_shown():
    assert "secret" not in repr(HttpShopSettings(url="https://shop.example", key="secret"))
