"""An agent finds an order by whatever the customer can say of it, and sees no more than policy lets."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from desk.central import api_keys, audit
from desk.central import tables as t
from desk.central.jobs import Jobs
from desk.central.pace import PER_MINUTE
from desk.central.search_index import forget_customer
from desk.domain.commands import TellOrder
from desk.domain.orders import Parcel
from desk.domain.people import Level
from desk.domain.policy import AuditPolicy
from tests.helpers.centre import START, Desk, World, made_order

pytestmark = pytest.mark.turns(2)


def tell(centre: World, number: str, name: str, phone: str, **changed: Any) -> None:
    contact = {"name": name, "phone": phone, "city": "杭州市", "address": "文三路 1 号"}
    tracking = changed.pop("tracking", "")
    if tracking:
        changed["parcels"] = (Parcel(id="p1", carrier="sf", tracking=tracking),)
    order = made_order(number, centre.clock(), **changed)
    (verdict,) = centre.service.applier.system([TellOrder(id=centre.id(), order=order, contact=contact)])
    assert verdict.status == "applied", verdict


@pytest.fixture
def desk(centre: World) -> Desk:
    centre.person("wangfang")
    tell(centre, "E20260101-0017", "单雄信", "138 0000 4471", tracking="SF1234567890")
    tell(centre, "E20260102-0018", "陈洁", "13900005555")
    tell(centre, "E20260103-5555", "陈小明", "13700001111")
    return centre.desk("wangfang")


def numbers(desk: Desk, query: str) -> list[tuple[str, str]]:
    reply = desk.get("/v1/orders", q=query)
    assert reply.status_code == 200, reply.text
    return [(hit["order"]["number"][-4:], hit["matched"]) for hit in reply.json()["hits"]]


def test_each_piece_finds_its_order(desk: Desk):
    assert numbers(desk, "E20260101-0017") == [("0017", "number")]
    assert numbers(desk, "4471") == [("0017", "phone")]
    assert numbers(desk, "138-0000-4471") == [("0017", "phone")]
    assert numbers(desk, "SF1234567890") == [("0017", "tracking")]
    assert numbers(desk, "单") == [("0017", "name")]
    assert numbers(desk, "shanxx") == []
    assert numbers(desk, "shan") == [("0017", "pinyin")]
    assert numbers(desk, "sxx") == [("0017", "initials")]
    assert numbers(desk, "陈小明") == [("5555", "name")]
    assert {number for number, _ in numbers(desk, "chen")} == {"0018", "5555"}
    assert numbers(desk, "cj 5555") == [("0018", "phone")]
    assert numbers(desk, "nobody") == []


def test_a_number_comes_before_a_phone(desk: Desk):
    assert numbers(desk, "5555") == [("5555", "number"), ("0018", "phone")]


def test_a_hit_brings_the_customer_and_the_open_tickets(desk: Desk):
    desk.do("OpenTicket", ticket_id="k1", kind="cancel", channel="hotline", team="hotline", order_id="o-E20260102-0018")
    (hit,) = desk.get("/v1/orders", q="陈洁").json()["hits"]
    assert hit["private"]["c-E20260102-0018"]["name"].startswith("陈")
    assert hit["ticket_ids"] == ["k1"]


def test_the_whole_case_of_an_order(desk: Desk):
    desk.do(
        "OpenTicket",
        ticket_id="k1",
        kind="cancel",
        channel="hotline",
        team="hotline",
        order_id="o-E20260102-0018",
        words="不要了",
    )
    case = desk.get("/v1/orders/E20260102-0018").json()
    assert {row["kind"] for row in case["case"]} == {"order", "ticket"}
    assert "不要了" in [values.get("text") for values in case["private"].values()]
    reply = desk.get("/v1/orders/none-such")
    assert (reply.status_code, reply.json()["code"]) == (404, "no_such_order")


def test_contacts_are_masked_for_levels_that_policy_names_not(centre: World, desk: Desk):
    centre.person("zhoujun", Level.WAREHOUSE, ("warehouse",))
    other = centre.desk("zhoujun", "team:warehouse")
    (hit,) = other.get("/v1/orders", q="13900005555").json()["hits"]
    assert hit["private"]["c-E20260102-0018"] == {"name": "陈*", "phone": "139****5555", "city": "杭州市"}


def test_a_changed_phone_is_found_and_the_old_one_is_not(centre: World, desk: Desk):
    order = made_order("E20260102-0018", centre.clock(), source_version=2)
    contact = {"name": "陈洁", "phone": "13122223333"}
    centre.service.applier.system([TellOrder(id=centre.id(), order=order, contact=contact)])
    assert numbers(desk, "2223333") == [("0018", "phone")]
    assert numbers(desk, "13900005555") == []


def test_all_orders_of_a_customer_follow_a_new_phone(centre: World, desk: Desk):
    tell(centre, "A-001", "张三", "13500000001", customer_id="c-1")
    tell(centre, "A-002", "张三", "13500000002", customer_id="c-1")
    assert {number for number, _ in numbers(desk, "13500000002")} == {"-001", "-002"}
    assert numbers(desk, "13500000001") == []


def test_an_erased_customer_is_found_by_number_alone(centre: World, desk: Desk):
    with centre.service.store.writing() as tx:
        forget_customer(tx.connection, "c-E20260102-0018")
    assert numbers(desk, "陈洁") == []
    assert numbers(desk, "13900005555") == []
    assert numbers(desk, "0018") == [("0018", "number")]


def test_what_is_too_short_and_what_is_too_often(centre: World, desk: Desk):
    reply = desk.get("/v1/orders", q="1")
    assert (reply.status_code, reply.json()["code"]) == (400, "query_too_short")
    for _ in range(PER_MINUTE - 1):
        desk.get("/v1/orders", q="4471")
    reply = desk.get("/v1/orders", q="4471")
    assert (reply.status_code, reply.json()["code"]) == (429, "too_many_look_ups")
    assert int(reply.headers["Retry-After"]) >= 1
    centre.clock.pass_(minutes=1)
    assert numbers(desk, "4471")


def test_nobody_looks_up_without_a_session(centre: World, desk: Desk):
    assert centre.client.get("/v1/orders", params={"q": "4471"}).status_code == 401
    key = api_keys.make_key(centre.service.store, "shop", ["orders"], "shop")[1]
    reply = centre.client.get("/v1/orders", params={"q": "4471"}, headers={"Authorization": f"Bearer {key}"})
    assert reply.status_code == 401


# --- who looked ----------------------------------------------------------------------------------------------------


def looks(centre: World, **wanted: Any) -> list[tuple[str, str, str, str]]:
    """What the audit has: who, what, which order, whose."""
    asked = audit.Wanted(area=audit.Area.LOOK_UP, since=START, **wanted)
    with centre.service.store.reading() as connection:
        found = list(audit.read(connection, asked))
    return sorted((one["login"], one["what"], one["order_number"] or "", one["customer_id"] or "") for one in found)


def test_it_stays_written_who_saw_which_customer(centre: World, desk: Desk):
    desk.get("/v1/orders", q="chen")
    desk.get("/v1/orders", q="13612345678")
    desk.get("/v1/orders/E20260102-0018")
    desk.get("/v1/orders/13612345678")
    mine = "E20260102-0018"
    assert looks(centre, customer=f"c-{mine}") == [
        ("wangfang", "order", mine, f"c-{mine}"),
        ("wangfang", "search", mine, f"c-{mine}"),
    ]
    assert looks(centre, order=mine, person="wangfang") == looks(centre, customer=f"c-{mine}")
    every = looks(centre)
    assert len(every) == 5
    nothing = [("wangfang", "order", "", ""), ("wangfang", "search", "", "")]
    assert [one for one in every if not one[2]] == nothing
    with centre.service.store.reading() as connection:
        assert "13612345678" not in str(connection.execute(select(t.audit)).all()), "what was typed is nobody's record"


def test_a_contact_seen_in_full_is_in_the_audit_too(centre: World, desk: Desk):
    opened = {"ticket_id": "k1", "kind": "cancel", "channel": "hotline", "team": "hotline"}
    desk.do("OpenTicket", **opened, order_id="o-E20260102-0018")
    desk.do("ClaimTicket", ticket_id="k1")
    assert desk.do("RevealContact", ticket_id="k1", customer_id="c-E20260102-0018")["status"] == "applied"
    desk.get("/v1/private/c-E20260102-0018")
    desk.get("/v1/private/c-E20260103-5555")  # not revealed: nothing was seen
    assert looks(centre) == [("wangfang", "contact", "", "c-E20260102-0018")]


def test_the_audit_is_kept_as_long_as_policy_says(centre: World, desk: Desk):
    desk.get("/v1/orders", q="chen")
    centre.clock.pass_(days=364)
    assert audit.let_go(centre.service.store, AuditPolicy()) == 0
    centre.clock.pass_(days=2)
    jobs = Jobs(centre.service.store, centre.service.applier)
    jobs.step(centre.clock())
    assert looks(centre) == []
