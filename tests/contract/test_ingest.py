"""Other systems push in: every item once, in its newest version, whatever is sent again, too late or broken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desk.central.api_keys import make_key, revoke_key
from desk.central.book import CentreBook
from desk.domain.case import Entity
from desk.domain.ids import derived_id
from desk.domain.orders import Line, Order, OrderState, Tender
from desk.domain.tickets import Ticket
from desk.wire.codec import to_plain
from tests.helpers.centre import World, made_order

pytestmark = pytest.mark.turns(2)

ALL = ("orders", "requests", "parcels", "payments", "stock")


class Shop:
    """A shop with its API key."""

    def __init__(self, centre: World, *scopes: str) -> None:
        self.centre = centre
        self.key_id, self.key = make_key(centre.service.store, "shop", scopes or ALL, "shop")

    def post(self, what: str, *items: Any) -> Any:
        headers = {"Authorization": f"Bearer {self.key}"}
        return self.centre.client.post(f"/v1/ingest/{what}", json={"items": list(items)}, headers=headers)

    def push(self, what: str, *items: Any) -> list[tuple[str, str]]:
        reply = self.post(what, *items)
        assert reply.status_code == 200, reply.text
        return [(verdict["status"], verdict["code"]) for verdict in reply.json()["verdicts"]]

    def order(self, number: str = "A1") -> Order:
        found = self.hanging(number)[0]
        assert isinstance(found, Order)
        return found

    def hanging(self, number: str = "A1") -> list[Entity]:
        order_id = derived_id("order", "shop", number)
        with self.centre.service.store.reading() as connection:
            book = CentreBook(connection)
            order = book.get("order", order_id)
            return [*([order] if order else []), *book.of_order(order_id)]

    def digest(self) -> int:
        with self.centre.service.store.reading() as connection:
            return self.centre.service.store.head(connection).n


@pytest.fixture
def shop(centre: World) -> Shop:
    return Shop(centre)


def item(centre: World, number: str = "A1", version: int = 1, **changed: Any) -> dict[str, Any]:
    order = to_plain(made_order(number, centre.clock(), source_version=version, **changed))
    del order["id"], order["connector"], order["remark_id"]
    return {
        "order": {**order, "customer_id": f"member-{number}"},
        "contact": {"name": "陈洁", "phone": "13800000005"},
        "remark": "请放门卫",
    }


def parcel(version: int, number: str = "A1", **changed: Any) -> dict[str, Any]:
    facts = {"id": "PK1", "carrier": "sf", "tracking": "SF1", "line_ids": ["l1"], "shipped_at": "2026-11-21T03:00:00Z"}
    return {"source": "PK1", "version": version, "order_number": number, "parcel": {**facts, **changed}}


def test_an_order_is_taken_once_and_its_versions_in_their_order(centre: World, shop: Shop):
    first = item(centre)
    assert shop.push("orders", first) == [("taken", "")]
    at = shop.digest()
    assert shop.push("orders", first, first) == [("unchanged", ""), ("unchanged", "")]
    assert shop.push("orders", {**first, "remark": "又改了"}) == [("refused", "version_reused")]
    assert shop.digest() == at
    assert shop.push("orders", item(centre, version=3, tier="gold")) == [("taken", "")]
    assert shop.push("orders", item(centre, version=2)) == [("older", "")]
    assert shop.order().tier == "gold"
    assert shop.order().id == derived_id("order", "shop", "A1")
    assert shop.order().connector == "shop"


def test_two_versions_in_one_batch_are_both_told(centre: World, shop: Shop):
    assert shop.push("orders", item(centre), item(centre, version=2, tier="gold")) == [("taken", ""), ("taken", "")]
    assert shop.order().tier == "gold"


def test_a_customer_is_one_person_over_orders_and_no_number_of_the_shop(centre: World, shop: Shop):
    same = {"customer_id": "member-7"}
    for number in ("A1", "A2"):
        told = item(centre, number)
        shop.push("orders", {**told, "order": {**told["order"], **same}})
    assert shop.order("A1").customer_id == shop.order("A2").customer_id
    assert "member" not in shop.order("A1").customer_id


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"currency": "yuan"}, "bad_currency"),
        ({"lines": []}, "no_lines"),
        ({"freight": -1}, "negative"),
        ({"freight": 1}, "amounts_do_not_add_up"),
        ({"state": "lost"}, "malformed"),
        ({"colour": "red"}, "malformed"),
        ({"created_at": "2026-11-21T03:00:00"}, "time_without_zone"),
        ({"receipts": [{"id": "r", "method": "m", "amount": 1, "at": "2026-11-21T03:00:00"}]}, "time_without_zone"),
        ({"systems": [{"system": "erp", "state": "x", "at": "2026-11-21T03:00:00Z"}] * 2}, "same_system_twice"),
        ({"number": ""}, "bad_number"),
        ({"tenders": [{"id": "t", "method": "alipay", "paid": 9900, "refunded": 10000}]}, "refunded_above_paid"),
    ],
)
def test_a_broken_order_is_refused_alone(centre: World, shop: Shop, change: dict[str, Any], code: str):
    broken = item(centre, "A9")
    broken["order"] |= change
    assert shop.push("orders", broken, item(centre)) == [("refused", code), ("taken", "")]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"not json", 400),
        (b'{"items": []}', 400),
        (b'{"items": [1]}', 400),
        (b'{"item": []}', 400),
        (b'{"items": [{"order": {"number": "\\u0000"}}]}', 400),
        (b'{"items": [' + b'{"a": 1},' * 200 + b"{}]}", 400),
        (b'{"items": ["' + b"x" * 3_000_000 + b'"]}', 413),
    ],
)
def test_a_batch_that_is_none_changes_nothing(centre: World, shop: Shop, body: bytes, status: int):
    before = shop.digest()
    headers = {"Authorization": f"Bearer {shop.key}"}
    reply = centre.client.post("/v1/ingest/orders", content=body, headers=headers)
    assert reply.status_code == status
    assert shop.digest() == before


def test_a_key_is_for_what_it_is_for_and_until_it_is_revoked(centre: World):
    shop = Shop(centre, "orders")
    assert shop.post("requests", {"source": "r"}).json()["code"] == "key_not_for_this"
    assert shop.post("weather", {}).status_code in (400, 404)
    assert revoke_key(centre.service.store, shop.key_id)
    assert shop.post("orders", item(centre)).status_code == 401
    assert centre.client.post("/v1/ingest/orders", json={"items": [{}]}).status_code == 401


def test_a_request_from_the_app_opens_a_ticket_once(centre: World, shop: Shop):
    shop.push("orders", item(centre))
    request = {
        "source": "req-1",
        "kind": "cancel",
        "channel": "app",
        "order_number": "A1",
        "reason": "wrong_address",
        "words": "地址填错",
        "asked_at": (centre.clock() - timedelta(seconds=9)).isoformat(),
    }
    assert shop.push("requests", request, request) == [("taken", ""), ("unchanged", "")]
    assert shop.push("requests", {**request, "words": "改主意了"}) == [("refused", "key_reused")]
    (ticket,) = [one for one in shop.hanging() if isinstance(one, Ticket)]
    assert (ticket.channel, ticket.reason, ticket.order_number) == ("app", "wrong_address", "A1")
    assert ticket.opened_at == centre.clock() - timedelta(seconds=9)


def test_a_second_request_on_the_order_joins_the_open_ticket(centre: World, shop: Shop):
    shop.push("orders", item(centre))
    for n in (1, 2):
        shop.push("requests", {"source": f"r{n}", "kind": "cancel", "order_number": "A1", "reason": "wrong_address"})
    (ticket,) = [one for one in shop.hanging() if isinstance(one, Ticket)]
    assert ticket.chased == 1


@pytest.mark.parametrize("change", [{"kind": "party"}, {"channel": "fax"}, {"reason": "because"}, {"extra": 1}])
def test_a_request_that_makes_no_sense_is_refused(centre: World, shop: Shop, change: dict[str, Any]):
    request = {"source": "r", "kind": "cancel", "order_number": "A1", "reason": "wrong_address"}
    ((status, _),) = shop.push("requests", {**request, **change})
    assert status == "refused"


def test_parcels_move_the_order_and_late_news_does_not(centre: World, shop: Shop):
    shop.push("orders", item(centre))
    assert shop.push("parcels", parcel(1)) == [("taken", "")]
    assert (shop.order().state, shop.order().parcels[0].tracking) == (OrderState.SHIPPED, "SF1")
    signed = parcel(3, signed_at="2026-11-21T03:30:00Z")
    assert shop.push("parcels", signed, signed, parcel(2)) == [("taken", ""), ("unchanged", ""), ("older", "")]
    assert (shop.order().state, shop.order().signed_at is not None) == (OrderState.SIGNED, True)


def test_what_the_carrier_told_stays_when_the_shop_tells_of_other_things(centre: World, shop: Shop):
    shop.push("orders", item(centre))
    shop.push("parcels", parcel(1))
    told = item(centre, version=2, tier="gold", state=OrderState.SHIPPED)
    del told["order"]["parcels"], told["order"]["events"]
    assert shop.push("orders", told) == [("taken", "")]
    assert (shop.order().tier, len(shop.order().parcels)) == ("gold", 1)


def test_a_payment_makes_an_unpaid_order_paid(centre: World, shop: Shop):
    shop.push("orders", item(centre, state=OrderState.UNPAID, tenders=(), paid_at=None))
    paid = {"id": "t1", "method": "wechat", "paid": 9900, "paid_at": "2026-11-21T03:30:00Z", "reference": "WX1"}
    fact = {"source": "WX1", "version": 1, "order_number": "A1", "tender": paid}
    wrong = {**fact, "source": "WX0", "tender": {**paid, "paid": 9800}}
    assert shop.push("payments", wrong) == [("taken", "")]
    assert (shop.order().state, shop.order().paid) == (OrderState.UNPAID, 0), "too little does not pay it"
    assert [(one.id, one.amount) for one in shop.order().receipts] == [("t1", 9800)]
    assert shop.push("payments", fact, fact) == [("taken", ""), ("unchanged", "")]
    assert (shop.order().state, shop.order().paid) == (OrderState.PAID, 9900)
    assert [(one.id, one.amount) for one in shop.order().receipts] == [("t1", 9900)]


def test_a_payment_side_that_only_knows_of_the_money_makes_no_order_paid(centre: World, shop: Shop):
    shop.push("orders", item(centre, state=OrderState.UNPAID, tenders=(), paid_at=None))
    paid = {"id": "t1", "method": "wechat", "paid": 9900, "paid_at": "2026-11-21T03:30:00Z", "reference": "WX1"}
    fact = {"source": "WX1", "version": 1, "order_number": "A1", "tender": paid, "booked": False}
    assert shop.push("payments", fact) == [("taken", "")]
    assert (shop.order().state, shop.order().paid) == (OrderState.UNPAID, 0)
    assert [(one.id, one.amount) for one in shop.order().receipts] == [("t1", 9900)]


def test_a_payment_that_the_order_does_not_know_is_a_receipt(centre: World, shop: Shop):
    tender = Tender(id="t1", method="wechat", paid=9900, reference="WX1")
    shop.push("orders", item(centre, tenders=(tender,)))
    again = {"id": "t2", "method": "wechat", "paid": 9900, "paid_at": "2026-11-21T03:31:00Z", "reference": "WX2"}
    fact = {"source": "WX2", "version": 1, "order_number": "A1", "tender": again}
    assert shop.push("payments", fact, fact) == [("taken", ""), ("unchanged", "")]
    order = shop.order()
    assert (order.state, order.paid, [one.reference for one in order.receipts]) == (OrderState.PAID, 9900, ["WX2"])
    back = {**fact, "version": 2, "tender": {**again, "refunded": 9901}}
    assert shop.push("payments", back) == [("refused", "refunded_above_paid")]
    back = {**fact, "version": 2, "tender": {**again, "refunded": 9900}}
    assert shop.push("payments", back, fact) == [("taken", ""), ("older", "")]
    assert [one.refunded for one in shop.order().receipts] == [9900]


def test_receipts_stay_when_the_shop_tells_of_other_things(centre: World, shop: Shop):
    unpaid: dict[str, Any] = {"state": OrderState.UNPAID, "tenders": (), "paid_at": None}
    shop.push("orders", item(centre, **unpaid))
    paid = {"id": "t1", "method": "wechat", "paid": 9900, "paid_at": "2026-11-21T03:30:00Z", "reference": "WX1"}
    shop.push("payments", {"source": "WX1", "version": 1, "order_number": "A1", "tender": paid})
    assert shop.order().state is OrderState.PAID
    assert shop.push("orders", item(centre, version=2, **unpaid)) == [("taken", "")]
    assert (shop.order().state, [one.amount for one in shop.order().receipts]) == (OrderState.UNPAID, [9900])


def test_stock_is_known_per_line(centre: World, shop: Shop):
    lines = tuple(Line(id=n, sku=f"S{n}", title="杯", quantity=2, unit_price=100, paid=200) for n in ("1", "2"))
    shop.push("orders", item(centre, lines=lines, tenders=(Tender(id="t", method="alipay", paid=400),)))
    fact = {"source": "S1@A1", "version": 1, "order_number": "A1", "sku": "S1", "available": 0, "reserved": 1}
    assert shop.push("stock", fact) == [("taken", "")]
    assert [(line.stock_available, line.stock_reserved) for line in shop.order().lines] == [(0, 1), (None, 0)]


def test_a_fact_about_an_unknown_order_may_come_again_later(centre: World, shop: Shop):
    assert shop.push("parcels", parcel(1)) == [("refused", "no_such_order")]
    shop.push("orders", item(centre))
    assert shop.push("parcels", parcel(1)) == [("taken", "")]


def test_what_systems_say_and_what_was_counted_lands_on_the_order(centre: World, shop: Shop):
    shop.push("orders", item(centre))
    said = {"system": "wms", "state": "packed", "at": "2026-11-21T03:00:00Z"}
    fact = {"source": "wms-1", "version": 1, "order_number": "A1"}
    assert shop.push("stock", {**fact, "systems": [said]}) == [("taken", "")]
    counted = {**fact, "source": "wms-2", "sku": shop.order().lines[0].sku, "available": 5, "counted": 3}
    newer = {**said, "state": "shipped", "at": "2026-11-21T04:00:00Z"}
    assert shop.push("stock", {**counted, "systems": [newer]}) == [("taken", "")]
    order = shop.order()
    assert [(one.system, one.state) for one in order.systems] == [("wms", "shipped")]
    assert (order.lines[0].stock_available, order.lines[0].stock_counted) == (5, 3)
    shop.push("orders", item(centre, version=2, tier="gold"))
    order = shop.order()
    assert [one.state for one in order.systems] == ["shipped"], "who does not name them takes none away"
    assert order.lines[0].stock_counted == 3


def test_a_promise_of_a_carrier_stands_until_it_makes_another(centre: World, shop: Shop):
    shop.push("orders", item(centre))
    shop.push("parcels", parcel(1, due_at="2026-11-23T10:00:00Z"), parcel(2))
    due = shop.order().parcels[0].due_at
    assert due is not None
    assert due.isoformat() == "2026-11-23T10:00:00+00:00"


def test_a_contact_is_judged_when_it_is_told_and_not_by_its_source(centre: World, shop: Shop):
    told = item(centre)
    told["order"]["contact_flags"] = ["phone_missing"]
    shop.push("orders", told)
    assert shop.order().contact_flags == frozenset()
    bad = item(centre, version=2)
    bad["contact"] = {"name": "陈洁", "phone": "1380013", "address": "杭州"}
    shop.push("orders", bad)
    assert shop.order().contact_flags == {"phone_malformed", "address_short"}
