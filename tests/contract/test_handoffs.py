"""Teams ask one another across desks: who sees a task with its order and words, what time does; blocked customers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desk.central import verify
from desk.central.erasure import erase_customer
from desk.central.jobs import Jobs
from desk.domain.people import Level
from tests.helpers.centre import Desk, World

CLAIM = {"what": "carrier_claim", "words": "外箱破损,两件都丢了"}
KINDS = {"task", "order", "ticket", "block"}


def sound(centre: World) -> bool:
    return verify.verify(centre.service.store.engine) == []


def in_hand(centre: World, desk: Desk, number: str = "20260001", **more: Any) -> str:
    """A ticket about an order, held by whoever sits at the desk; its id."""
    if number:
        centre.order(number)
    ticket_id = f"k-{number or 'alone'}"
    order = {"order_id": f"o-{number}"} if number else {}
    applied(
        desk.do("OpenTicket", ticket_id=ticket_id, kind="exception", channel="hotline", team="hotline", **order, **more)
    )
    applied(desk.do("ClaimTicket", ticket_id=ticket_id))
    return ticket_id


def applied(verdict: Any) -> Any:
    assert verdict["status"] == "applied", verdict
    return verdict


def held(desk: Desk, *kinds: str) -> set[str]:
    """Kinds of rows that a desk's replica holds now, of those that tasks are about."""
    desk.pull()
    return {kind for kind, _ in desk.rows} & set(kinds or KINDS)


def texts(desk: Desk) -> set[str]:
    return {row["values"]["text"] for row in desk.rows.values() if "text" in (row.get("values") or {})}


@pytest.fixture
def hotline(centre: World) -> Desk:
    centre.person("wangfang")
    return centre.desk("wangfang")


@pytest.fixture
def logistics(centre: World) -> Desk:
    centre.person("heping", Level.SPECIALIST, ("logistics",))
    return centre.desk("heping", "team:logistics")


def test_a_task_brings_its_order_and_words_to_its_team_and_the_answer_back(
    centre: World, hotline: Desk, logistics: Desk
):
    ticket_id = in_hand(centre, hotline)
    assert held(logistics) == set()
    applied(hotline.do("AskTeam", ticket_id=ticket_id, task_id="x1", **CLAIM))
    assert held(logistics) == {"task", "order", "ticket"}
    assert logistics.doc("task", "x1")["order_number"] == "20260001"
    assert CLAIM["words"] in texts(logistics)

    applied(logistics.do("TakeTask", task_id="x1"))
    applied(logistics.do("ReplyTask", task_id="x1", done=True, reference="SF-88", words="三天内赔付"))
    assert held(hotline) == {"task", "order", "ticket"}
    answered = hotline.doc("task", "x1")
    assert (answered["state"], answered["reference"]) == ("done", "SF-88")
    assert "三天内赔付" in texts(hotline)
    steps = [step["code"] for step in hotline.doc("ticket", ticket_id)["path"]]
    assert steps[-3:] == ["task_asked", "task_taken", "task_replied"]
    assert held(logistics) == {"task"}, "the order is the hotline's; what was done stays a while"
    assert texts(logistics) == {CLAIM["words"], "三天内赔付"}
    assert sound(centre)


def test_a_task_about_no_order_brings_its_ticket_alone(centre: World, hotline: Desk, logistics: Desk):
    centre.person("tangli", Level.SPECIALIST, ("tech",))
    tech = centre.desk("tangli", "team:tech")
    ticket_id = in_hand(centre, hotline, "", order_number="20269999", type="system", subtype="creation_failed")
    applied(hotline.do("AskTeam", ticket_id=ticket_id, task_id="x1", what="system_ticket", words="下单报错 500"))
    assert held(tech) == {"task", "ticket"}
    assert tech.doc("task", "x1")["order_number"] == "20269999"
    assert tech.doc("ticket", ticket_id)["open_tasks"] == {"x1": "tech"}
    assert held(logistics) == set()
    applied(tech.do("ReplyTask", task_id="x1", done=True, words="已修复"))
    hotline.pull()
    assert {"下单报错 500", "已修复"} <= texts(hotline)
    assert hotline.doc("ticket", ticket_id)["path"][-1]["code"] == "task_replied"
    assert hotline.doc("ticket", ticket_id)["open_tasks"] == {}
    assert held(tech) == {"task"}
    assert sound(centre)


def test_what_is_sent_again_is_answered_again_and_done_once(centre: World, hotline: Desk, logistics: Desk):
    ticket_id = in_hand(centre, hotline)
    ask = hotline.item_of("AskTeam", ticket_id=ticket_id, task_id="x1", **CLAIM)
    first, again = (hotline.push(ask)["verdicts"][0] for _ in range(2))
    assert (first["duplicate"], again["duplicate"]) == (False, True)
    assert first["n"] == again["n"]
    reply = logistics.item_of("ReplyTask", task_id="x1", done=False, words="超过期限")
    first, again = (logistics.push(reply)["verdicts"][0] for _ in range(2))
    assert (first["status"], again["status"], again["duplicate"]) == ("applied", "applied", True)
    hotline.pull()
    assert [step["code"] for step in hotline.doc("ticket", ticket_id)["path"]].count("task_replied") == 1
    late = logistics.do("ReplyTask", task_id="x1", done=True)
    assert (late["status"], late["code"]) == ("refused", "task_ended")


def test_a_task_that_nobody_answers_is_told_once_however_many_workers_look(
    centre: World, hotline: Desk, logistics: Desk
):
    ticket_id = in_hand(centre, hotline)
    applied(hotline.do("AskTeam", ticket_id=ticket_id, task_id="x1", what="contact_courier"))
    service = centre.service
    one, other = (Jobs(service.store, service.applier) for _ in range(2))
    assert one.step(centre.clock()) is not None
    for minutes, level in ((60, "senior"), (30, "supervisor"), (30, "manager"), (600, "manager")):
        centre.clock.pass_(minutes=minutes)
        for worker in (one, other, one):
            worker.step(centre.clock())
        hotline.sign_in("wangfang")
        hotline.pull()
        task = hotline.doc("task", "x1")
        assert task["level"] == level
    assert (task["escalations"], task["escalate_at"]) == (3, None)
    codes = [step["code"] for step in hotline.doc("ticket", ticket_id)["path"]]
    assert codes.count("task_escalated") == 3
    assert sound(centre)


def test_a_ticket_that_nobody_takes_is_told_to_whoever_answers_for_all(centre: World, hotline: Desk):
    centre.person("lena", Level.FINANCE, ("finance",))
    finance = centre.desk("lena", "team:finance")
    centre.order("20260001")
    applied(
        finance.do(
            "OpenTicket",
            ticket_id="k1",
            kind="exception",
            channel="system",
            team="finance",
            order_id="o-20260001",
            type="payment",
        )
    )
    assert held(hotline) == set()
    service = centre.service
    one, other = (Jobs(service.store, service.applier) for _ in range(2))
    due = one.step(centre.clock())
    assert due is not None
    finance.pull()
    centre.clock.now += timedelta(minutes=30)
    for worker in (one, other):
        worker.step(centre.clock())
    assert held(hotline) == {"ticket", "order"}
    ticket = hotline.doc("ticket", "k1")
    assert (ticket["escalation"], ticket["escalation_level"]) == (1, "senior")
    applied(finance.do("ClaimTicket", ticket_id="k1"))
    assert held(hotline) == set(), "somebody works on it now"
    centre.clock.pass_(minutes=20)
    one.step(centre.clock())
    finance.pull()
    assert finance.doc("ticket", "k1")["escalation"] == 0
    assert sound(centre)


def test_answered_tasks_leave_the_desks_when_they_have_aged(centre: World, hotline: Desk, logistics: Desk):
    ticket_id = in_hand(centre, hotline)
    applied(hotline.do("AskTeam", ticket_id=ticket_id, task_id="x1", **CLAIM))
    applied(logistics.do("ReplyTask", task_id="x1", done=True))
    assert held(logistics) == {"task"}
    centre.clock.pass_(days=31)
    Jobs(centre.service.store, centre.service.applier).step(centre.clock())
    logistics.sign_in("heping")
    hotline.sign_in("wangfang")
    assert held(logistics) == set()
    assert texts(logistics) == set()
    assert "task" in held(hotline), "the ticket is still open, and whoever sees the order sees all that hangs on it"
    assert sound(centre)


# --- blocks --------------------------------------------------------------------------------------------------------


def test_a_block_goes_where_its_customers_orders_are(centre: World, hotline: Desk, logistics: Desk):
    centre.person("zhaomin", Level.SUPERVISOR)
    lead = centre.desk("zhaomin")
    ticket_id = in_hand(centre, hotline)
    block = {"customer_id": "c-20260001", "ticket_id": ticket_id, "reason": "fake_orders", "words": "同一地址十二单"}
    assert hotline.do("BlockCustomer", **block)["code"] == "not_permitted"
    applied(lead.do("BlockCustomer", **block))
    assert "block" in held(hotline)
    assert block["words"] in texts(hotline)
    assert "block" not in held(logistics)

    applied(hotline.do("AskTeam", ticket_id=ticket_id, task_id="x1", **CLAIM))
    assert "block" in held(logistics), "it came with the order"
    assert block["words"] in texts(logistics)
    applied(hotline.do("WithdrawTask", task_id="x1"))
    assert "block" not in held(logistics)
    assert block["words"] not in texts(logistics)

    asked = hotline.do(
        "GrantCompensation",
        order_id="o-20260001",
        ticket_id=ticket_id,
        kind="coupon",
        item="coupon_5",
        units=500,
        cause="waiting",
        sequence=1,
    )
    assert asked["outcome"]["why"] == "customer_blocked"
    seen = hotline.get("/v1/orders/20260001").json()
    assert {row["kind"] for row in seen["case"]} >= {"block", "task"}
    assert block["words"] in {values.get("text") for values in seen["private"].values()}

    applied(lead.do("LiftBlock", customer_id="c-20260001", words="误判"))
    hotline.pull()
    assert hotline.doc("block", "c-20260001")["lifted_by"] == "u-zhaomin"
    assert "误判" in texts(hotline)
    assert sound(centre)


def test_an_erased_customer_leaves_no_word_in_tasks_and_blocks(centre: World, hotline: Desk, logistics: Desk):
    centre.person("zhaomin", Level.SUPERVISOR)
    lead = centre.desk("zhaomin")
    ticket_id = in_hand(centre, hotline)
    applied(hotline.do("AskTeam", ticket_id=ticket_id, task_id="x1", **CLAIM))
    applied(logistics.do("ReplyTask", task_id="x1", done=True, words="陈小明已签收"))
    applied(
        lead.do("BlockCustomer", customer_id="c-20260001", ticket_id=ticket_id, reason="fraud", words="陈小明多次退款")
    )
    hotline.pull()
    assert {"陈小明已签收", "陈小明多次退款"} <= texts(hotline)
    erase_customer(centre.service, "c-20260001")
    hotline.pull()
    logistics.pull()
    assert texts(hotline) == set()
    assert texts(logistics) == set()
    assert hotline.doc("task", "x1")["state"] == "done"
    assert sound(centre)
