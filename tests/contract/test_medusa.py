"""A Medusa 2 shop as it was recorded: its orders are read exactly, and what is asked of it is done once."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from desk.connectors.medusa import ABILITIES, Medusa, MedusaSettings
from desk.connectors.ports import (
    Accepted,
    Answer,
    Changes,
    Confirmed,
    Heard,
    NeverSeen,
    NoAnswer,
    OrderAsk,
    OrderSide,
    OrderSource,
    PaymentSide,
    RefundAsk,
    Refused,
    ShopOrder,
    Unfit,
)
from desk.connectors.registry import BadSettings, registry_from_data
from desk.domain.ledger import EffectKind
from desk.domain.money import Money
from desk.domain.orders import Order, OrderState, PromotionKind
from desk.wire.policy_seed import load_seed
from tests.helpers.medusa_shop import KEY, RECORDINGS, STATES, MedusaShop, after_recording, medusa_shop, recorded

NOW = after_recording(minutes=2)


@pytest.fixture
def shop() -> Iterator[MedusaShop]:
    with medusa_shop() as running:
        yield running


@pytest.fixture
def medusa(shop: MedusaShop) -> Medusa:
    methods = {"pp_system_default": "bank_card"}
    return Medusa(
        MedusaSettings(url=shop.url, key=KEY, hook_secret="whsec", shop="旗舰店", methods=methods, timeout_seconds=0.5)
    )


def found(medusa: Medusa, shop: MedusaShop, state: str) -> ShopOrder:
    order = medusa.find(shop.number(state))
    assert isinstance(order, ShopOrder), order
    return order


def refund_ask(shop: MedusaShop, state: str = "partially_refunded", amount: int = 5050, key: str = "k-1") -> RefundAsk:
    payment = shop.payment(state)["id"]
    return RefundAsk(
        kind=EffectKind.REFUND,
        key=key,
        order=shop.number(state),
        tender=payment,
        payment=payment,
        method="bank_card",
        amount=Money(amount, "CNY"),
    )


def cancel_ask(shop: MedusaShop, state: str) -> OrderAsk:
    return OrderAsk(kind=EffectKind.CANCEL_ORDER, key="k-c", order=shop.number(state))


# --- orders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "is_now", "paid", "refunded"),
    [
        ("unpaid", OrderState.UNPAID, None, 0),
        ("authorized_not_captured", OrderState.PAID, None, 0),  # nothing taken: nothing to give back
        ("paid_unfulfilled", OrderState.PAID, 31100, 0),
        ("partially_captured", OrderState.PAID, 10000, 0),
        ("fulfilled_not_shipped", OrderState.PAID, 31100, 0),
        ("shipped", OrderState.SHIPPED, 33150, 0),
        ("delivered", OrderState.SIGNED, 31100, 0),
        ("cancelled_before_capture", OrderState.CANCELLED, None, 0),
        ("cancelled_after_capture", OrderState.CANCELLED, 31100, 31100),
        ("partially_refunded", OrderState.PAID, 65100, 5050),
        ("fully_refunded", OrderState.PAID, 31100, 31100),
    ],
)
def test_each_state_of_an_order_is_ours(
    medusa: Medusa, shop: MedusaShop, state: str, is_now: OrderState, paid: int | None, refunded: int
):
    order = found(medusa, shop, state).order
    assert (order.state, order.currency, order.shop) == (is_now, "CNY", "旗舰店")
    assert [tender.paid for tender in order.tenders] == ([] if paid is None else [paid])
    assert sum(tender.refunded for tender in order.tenders) == refunded
    if paid is not None:
        assert sum(line.paid for line in order.lines) + order.freight == paid


def test_a_shipped_order_has_its_parcel_customer_and_goods(medusa: Medusa, shop: MedusaShop):
    told = found(medusa, shop, "shipped")
    (line,), (parcel,) = told.order.lines, told.order.parcels
    assert parcel.line_ids == (line.id,)
    assert (line.sku, line.quantity, line.unit_price, line.paid, told.order.freight) == (
        "EAR-WHT",
        1,
        31950,
        31950,
        1200,
    )
    assert line.title == "无线蓝牙耳机 降噪版 白色"
    assert (parcel.carrier, parcel.tracking, parcel.shipped_at is not None) == ("顺丰标快", "SF1000000000005", True)
    assert told.order.packed_at is not None
    assert told.order.shipped_at == parcel.shipped_at
    assert told.contact["name"] == "陈静"
    assert (told.contact["phone"], told.contact["city"]) == ("13800000005", "杭州市")
    assert told.order.tenders[0].method == "bank_card"
    assert told.order.tenders[0].reference == shop.payment("shipped")["id"]


def test_money_is_exact_by_currency(medusa: Medusa, shop: MedusaShop):
    order = shop.orders["paid_unfulfilled"]
    for payment in (shop.payment("paid_unfulfilled"), *shop.payment("paid_unfulfilled")["captures"]):
        payment["raw_amount"] = {"value": "311.005", "precision": 20}
    assert medusa.fetch(order["id"]) == Unfit("amount_not_exact"), "half a fen was never captured"
    for where in (order, order["payment_collections"][0]):
        where["currency_code"] = "kwd"
    told = medusa.fetch(order["id"])
    assert isinstance(told, ShopOrder)
    assert (told.order.currency, told.order.tenders[0].paid) == ("KWD", 311005)


def test_tax_finer_than_a_cent_is_shared_out_and_adds_up(medusa: Medusa, shop: MedusaShop):
    order = shop.orders["paid_unfulfilled"]
    (item,) = order["items"]
    second = {**item, "id": "second", "raw_total": {"value": "100.333333", "precision": 20}}
    item["raw_total"] = {"value": "198.666667", "precision": 20}
    order["items"].append(second)
    told = medusa.fetch(order["id"])
    assert isinstance(told, ShopOrder)
    assert [line.paid for line in told.order.lines] == [19867, 10033]
    assert told.order.freight == 1200


def test_a_campaign_code_is_shown_and_not_given_back(medusa: Medusa, shop: MedusaShop):
    order = shop.orders["paid_unfulfilled"]
    order["items"][0]["adjustments"] = [{"id": "adj", "code": "双11", "amount": Decimal("20.5")}]
    told = medusa.fetch(order["id"])
    assert isinstance(told, ShopOrder)
    assert [(one.label, one.kind, one.discount) for one in told.order.promotions] == [
        ("双11", PromotionKind.THRESHOLD, 2050)
    ]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"payment_status": "on_the_moon"}, "state_unknown"),
        ({"created_at": None}, "unreadable"),
        ({"items": None}, "unreadable"),
        ({"is_draft_order": True}, "no_order"),
        ({"currency_code": None, "payment_collections": []}, "currency_missing"),
    ],
)
def test_what_cannot_be_read_is_said_and_not_guessed(
    medusa: Medusa, shop: MedusaShop, change: dict[str, object], problem: str
):
    order = shop.orders["paid_unfulfilled"]
    order |= change
    assert medusa.fetch(order["id"]) == Unfit(problem)


# --- finding -------------------------------------------------------------------------------------------------------


def test_a_number_is_found_exactly_though_the_search_is_fuzzy(medusa: Medusa, shop: MedusaShop):
    fuzzy = recorded("find_q_1")["orders"]
    assert len(fuzzy) == len(STATES), "a live shop finds every order for q=1"
    for state in STATES:
        assert found(medusa, shop, state).order.number == shop.number(state)
    assert medusa.find("0005") == NeverSeen(), "the tail of a phone is no number"
    assert medusa.fetch("order_nope") == NeverSeen()


def test_two_orders_of_one_number_are_never_mixed_up(medusa: Medusa, shop: MedusaShop):
    shop.orders["delivered"]["custom_display_id"] = shop.number("shipped")
    assert medusa.find(shop.number("shipped")) == Unfit("number_not_unique")


# --- acts ----------------------------------------------------------------------------------------------------------


def test_its_abilities_are_what_policy_says():
    assert load_seed().connectors["medusa"] == ABILITIES
    assert ABILITIES.cancel_refunds


def test_it_has_the_sides_it_says(medusa: Medusa):
    assert isinstance(medusa, OrderSide)
    assert isinstance(medusa, PaymentSide)
    assert isinstance(medusa, OrderSource)


def test_a_partial_refund_is_sent_exactly_and_under_our_key(medusa: Medusa, shop: MedusaShop):
    answer = medusa.refund(refund_ask(shop, amount=10))
    assert isinstance(answer, Confirmed)
    assert shop.bodies == [b'{"amount":0.10,"note":"order-desk k-1"}']
    assert shop.refunds("partially_refunded")[-1] == (Decimal("0.1"), "order-desk k-1")
    assert medusa.read_back(refund_ask(shop)) == answer


def test_a_lost_reply_is_read_back_and_a_second_ask_pays_nothing(medusa: Medusa, shop: MedusaShop):
    ask = refund_ask(shop)
    assert medusa.read_back(ask) == NeverSeen()
    shop.next(("POST refund", "lose_reply"))
    assert medusa.refund(ask) == NoAnswer("line_broken")
    back = medusa.read_back(ask)
    assert isinstance(back, Confirmed)
    assert medusa.refund(ask) == back, "asked again on a guess, it finds what it did"
    assert len([one for one in shop.posts() if one.endswith("refund")]) == 1
    assert [note for _, note in shop.refunds("partially_refunded")].count("order-desk k-1") == 1


@pytest.mark.parametrize(
    ("plan", "answer"),
    [
        (("POST refund", "hang"), NoAnswer("time_out")),
        (("POST refund", "lose_request"), NoAnswer("line_broken")),
        (("POST refund", "error_500"), NoAnswer("status_500")),
        (("POST refund", "garbage"), NoAnswer("answer_unreadable")),
        (("POST refund", "busy"), Refused("busy", again=True)),
        (("POST refund", "not_authorised"), Refused("not_authorised", again=True)),
        (("GET P", "lose_reply"), Refused("line_broken", again=True)),  # only looked: surely nothing was done
        (("GET P", "error_500"), Refused("status_500", again=True)),
    ],
)
def test_every_trouble_has_its_answer(medusa: Medusa, shop: MedusaShop, plan: tuple[str, str], answer: Answer):
    ask = refund_ask(shop)
    shop.next((plan[0].replace("P", ask.payment) if plan[0].startswith("GET") else plan[0], plan[1]))
    assert medusa.refund(ask) == answer


def test_more_than_is_left_is_refused_before_it_is_asked(medusa: Medusa, shop: MedusaShop):
    assert medusa.refund(refund_ask(shop, amount=60051)) == Refused("insufficient")
    assert shop.posts() == []


def test_taken_in_the_moment_between_it_is_refused_by_the_shop(medusa: Medusa, shop: MedusaShop):
    """The look shows enough left; what the shop then says is understood."""
    payment = shop.payment("shipped")
    gone = {**payment["captures"][0], "id": "ref_other", "note": "somebody else's"}
    shop.before["refund"] = lambda: payment["refunds"].append(gone)
    assert medusa.refund(refund_ask(shop, "shipped")) == Refused("insufficient")


def test_a_payment_of_another_currency_is_not_touched(medusa: Medusa, shop: MedusaShop):
    shop.payment("partially_refunded")["currency_code"] = "usd"
    assert medusa.refund(refund_ask(shop)) == Refused("currency_differs")


def test_a_cancel_refunds_by_itself_and_a_second_one_does_nothing(medusa: Medusa, shop: MedusaShop):
    ask = cancel_ask(shop, "paid_unfulfilled")
    assert medusa.read_back(ask) == NeverSeen()
    done = medusa.cancel(ask)
    assert done == Confirmed(shop.orders["paid_unfulfilled"]["id"])
    assert shop.refunds("paid_unfulfilled") == [(Decimal(311), None)]
    assert medusa.cancel(ask) == done
    assert medusa.read_back(ask) == done
    assert len(shop.posts()) == 1
    assert len(shop.refunds("paid_unfulfilled")) == 1


def test_after_a_partial_refund_a_cancel_gives_only_the_rest(medusa: Medusa, shop: MedusaShop):
    assert isinstance(medusa.cancel(cancel_ask(shop, "partially_refunded")), Confirmed)
    assert sum(amount for amount, _ in shop.refunds("partially_refunded")) == Decimal(651)


def test_a_lost_reply_of_a_cancel_is_read_back(medusa: Medusa, shop: MedusaShop):
    ask = cancel_ask(shop, "paid_unfulfilled")
    shop.next(("POST cancel", "lose_reply"))
    assert medusa.cancel(ask) == NoAnswer("line_broken")
    assert isinstance(medusa.read_back(ask), Confirmed)
    assert len(shop.refunds("paid_unfulfilled")) == 1


def test_what_was_shipped_cannot_be_cancelled(medusa: Medusa, shop: MedusaShop):
    for state in ("shipped", "delivered"):
        assert medusa.cancel(cancel_ask(shop, state)) == Refused("already_shipped")
    assert shop.posts() == []


def test_shipped_in_the_moment_between_it_is_refused_by_the_shop(medusa: Medusa, shop: MedusaShop):
    """The look shows nothing packed; what the shop then says is understood."""
    order = shop.orders["paid_unfulfilled"]
    hidden = {"id": "ful_new", "canceled_at": order["updated_at"]}
    order["fulfillments"] = [hidden]
    shop.before["cancel"] = lambda: hidden.update(canceled_at=None)
    assert medusa.cancel(cancel_ask(shop, "paid_unfulfilled")) == Refused("already_shipped")


def test_what_is_packed_is_unpacked_first(medusa: Medusa, shop: MedusaShop):
    assert isinstance(medusa.cancel(cancel_ask(shop, "fulfilled_not_shipped")), Confirmed)
    unpacked, cancelled = shop.posts()
    assert "/fulfillments/" in unpacked
    assert cancelled.endswith("/cancel")
    assert len(shop.refunds("fulfilled_not_shipped")) == 1


def test_a_cancel_whose_money_is_not_back_is_not_done(medusa: Medusa, shop: MedusaShop):
    shop.orders["paid_unfulfilled"]["status"] = "canceled"
    assert isinstance(medusa.read_back(cancel_ask(shop, "paid_unfulfilled")), Accepted)


def test_an_order_that_is_not_there_is_not_found(medusa: Medusa):
    ask = OrderAsk(kind=EffectKind.CANCEL_ORDER, key="k", order="4711")
    assert medusa.cancel(ask) == Refused("not_found")
    assert medusa.read_back(ask) == NoAnswer("not_found")


# --- changes -------------------------------------------------------------------------------------------------------


def test_a_look_says_what_moved_and_overlaps_the_one_before(medusa: Medusa, shop: MedusaShop):
    first = medusa.changes("", NOW)
    assert isinstance(first, Changes)
    assert set(first.keys) == {order["id"] for order in shop.orders.values()}
    for key in first.keys:
        medusa.fetch(key)
    newest = max(order["updated_at"] for order in shop.orders.values())
    assert first.cursor == datetime.fromisoformat(newest).isoformat(timespec="milliseconds")
    again = medusa.changes(first.cursor, NOW + timedelta(seconds=30))
    assert isinstance(again, Changes)
    assert set(again.keys) == set(first.keys), "all of them moved within the five minutes before the newest"
    assert again.cursor == first.cursor


def test_a_capture_moves_no_time_and_is_seen_all_the_same(medusa: Medusa, shop: MedusaShop):
    late = after_recording(hours=1).isoformat(timespec="milliseconds")
    for key in medusa.changes("", NOW).keys:  # type: ignore[union-attr]
        medusa.fetch(key)
    medusa.changes(late, NOW)
    shop.captured("authorized_not_captured")
    assert medusa.changes(late, NOW + timedelta(minutes=1)) == Changes((), late)
    found = medusa.changes(late, NOW + timedelta(minutes=6))
    assert found == Changes((shop.orders["authorized_not_captured"]["id"],), late)


def test_many_pages_lose_nothing_though_rows_move_meanwhile(medusa: Medusa, shop: MedusaShop):
    template = shop.orders["paid_unfulfilled"]
    moments = [NOW - timedelta(minutes=60) + timedelta(seconds=number // 3) for number in range(250)]
    shop.orders = {
        str(number): {**template, "id": f"order_{number}", "updated_at": at.isoformat(), "created_at": at.isoformat()}
        for number, at in enumerate(moments)
    }
    seen: set[str] = set()
    cursor, more = "", True
    while more:
        page = medusa.changes(cursor, NOW)
        assert isinstance(page, Changes)
        seen |= set(page.keys)
        cursor, more = page.cursor, page.more
        shop.orders[str(len(seen) - 1)]["updated_at"] = NOW.isoformat()  # one that was seen goes to the end
    assert seen == {f"order_{number}" for number in range(250)}


def test_a_shop_that_ignores_the_filter_is_not_believed(medusa: Medusa, shop: MedusaShop):
    shop.ignores_filters = True
    assert medusa.changes(after_recording(minutes=10).isoformat(), NOW) == NoAnswer("filter_ignored")


# --- webhooks ------------------------------------------------------------------------------------------------------


def events() -> list[tuple[bytes, str]]:
    """Bodies and signatures as a live shop's subscriber sent them."""
    lines = [json.loads(line) for line in (RECORDINGS / "webhooks.jsonl").read_text("utf-8").splitlines()]
    return [(json.dumps(one["body"], separators=(",", ":")).encode(), one["sig"]) for one in lines]


def test_recorded_webhooks_prove_themselves_and_name_what_to_fetch(medusa: Medusa):
    for body, signature in events():
        event = json.loads(body)
        heard = medusa.heard(body, {"x-signature": signature})
        assert isinstance(heard, Heard)
        told = event["data"].get("order_id") or event["data"]["id"]
        assert heard == (Heard((told,)) if told.startswith("order_") else Heard(look=True))


def test_a_payment_leads_to_its_order(medusa: Medusa, shop: MedusaShop):
    asked = recorded("payment_order")["payment"]
    assert asked["payment_collection"]["order"]["id"] == shop.orders["shipped"]["id"], "a live shop tells it so"
    body = json.dumps({"name": "payment.captured", "data": {"id": shop.payment("shipped")["id"]}}).encode()
    signature = hmac.new(b"whsec", body, hashlib.sha256).hexdigest()
    assert medusa.heard(body, {"x-signature": signature}) == Heard((shop.orders["shipped"]["id"],))


def test_a_webhook_that_does_not_prove_itself_is_refused(medusa: Medusa, shop: MedusaShop):
    body, signature = events()[0]
    assert medusa.heard(body + b" ", {"x-signature": signature}) == Refused("bad_signature")
    assert medusa.heard(body, {"x-signature": "é"}) == Refused("bad_signature")
    assert medusa.heard(body, {}) == Refused("bad_signature")
    deaf = Medusa(MedusaSettings(url=shop.url, key=KEY))
    assert deaf.heard(body, {"x-signature": signature}) == Refused("no_hook")
    garbage = b"[]"
    proof = hmac.new(b"whsec", garbage, hashlib.sha256).hexdigest()
    assert medusa.heard(garbage, {"x-signature": proof}) == Refused("unreadable")


# --- settings ------------------------------------------------------------------------------------------------------


def test_it_is_configured_like_any_other_and_secrets_come_from_outside(
    shop: MedusaShop, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SHOP_KEY", KEY)
    registry = registry_from_data({"medusa": {"kind": "medusa", "url": shop.url, "key_env": "SHOP_KEY"}})
    assert list(registry.sources()) == ["medusa"]
    assert isinstance(registry.sources()["medusa"].find(shop.number("shipped")), ShopOrder)
    assert KEY not in repr(MedusaSettings(url=shop.url, key=KEY))


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"url": "https://shop.example"}, "key"),
        ({"key": "k"}, "url"),
        ({"url": "http://shop.example", "key": "k"}, "https"),
        ({"url": "https://shop.example", "key": "k", "colour": "red"}, "colour"),
        ({"url": "https://shop.example", "key_env": "NOT_THERE_AT_ALL"}, "NOT_THERE_AT_ALL"),
        ({"url": "https://shop.example", "key": "k", "key_env": "X"}, "twice"),
    ],
)
def test_settings_that_cannot_work_are_said_at_once(options: dict[str, object], word: str):
    with pytest.raises(BadSettings, match=word) as error:
        registry_from_data({"medusa": {"kind": "medusa", **options}})
    assert str(error.value).startswith("medusa: ")


def test_an_order_is_complete_for_the_rules(medusa: Medusa, shop: MedusaShop):
    order = found(medusa, shop, "paid_unfulfilled").order
    assert isinstance(order, Order)
    assert order.created_at.tzinfo is not None
