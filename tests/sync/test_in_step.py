"""Desks stay in step with the true centre over HTTP, whatever the line does: nothing lost, nothing doubled."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from desk.central import tables as central
from desk.domain.commands import AddNote, ClaimTicket, OpenTicket, SetMood
from desk.domain.tickets import Channel, Kind, Ticket
from desk.storage import outbox
from desk.storage.outbox import State
from tests.helpers.desk_data import order


def ticket(desk, ticket_id: str) -> Ticket:
    found = desk.entity("ticket", ticket_id)
    assert isinstance(found, Ticket)
    return found


def receipts(centre) -> int:
    with centre.service.store.reading() as connection:
        wanted = select(func.count()).select_from(central.receipts).where(central.receipts.c.seq.is_not(None))
        return connection.execute(wanted).scalar_one()


@pytest.fixture
def shop(centre):
    """An order whose customer asks for a cancel through the app."""
    one = order()
    centre.tell(one, name="陈志强", phone="13800000005", city="上海", address="人民路 1 号")
    centre.ring(one, "t1")
    return centre


def test_a_ticket_of_the_app_appears_and_a_claim_shows_at_the_other_desk(shop, desk):
    wang, li = desk("wangfang"), desk("liqiang")
    wang.sync()
    li.sync()
    assert ticket(wang, "t1").order_number == "20240917000123"

    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id="t1"))
    assert ticket(wang, "t1").holder == wang.actor.id, "at once, before the centre knows"
    wang.sync()
    li.sync()
    assert ticket(li, "t1").holder == wang.actor.id
    assert set(wang.states().values()) == {State.SETTLED}
    for one in (wang, li):
        one.assert_in_step()


def test_two_agents_claim_one_ticket_and_the_later_one_is_told(shop, desk):
    wang, li = desk("wangfang"), desk("liqiang")
    wang.sync()
    li.sync()
    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id="t1"))
    lost = li.new_id()
    li.perform(ClaimTicket(id=lost, ticket_id="t1"))
    wang.sync()
    li.sync()
    assert ticket(li, "t1").holder == wang.actor.id
    [act] = li.store.read(lambda view: outbox.attention(view.connection, li.actor.id))
    assert (act.id, act.verdict.code) == (lost, "claimed_by_other")


@pytest.mark.parametrize(
    "plan",
    [
        ["before"],
        ["after"],
        ["5xx"],
        ["twice"],
        ["fine", "after"],
        ["after", "after", "after", "5xx", "before", "after"],
        ["after", "fine", "twice", "after", "twice", "twice"],
    ],
)
def test_whatever_the_line_does_each_act_counts_once(shop, desk, plan):
    wang = desk("wangfang")
    wang.sync()
    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id="t1"))
    for words in ("打过电话", "等回话", "已答应两分钟"):
        wang.perform(AddNote(id=wang.new_id(), ticket_id="t1", words=words))
    wang.line.plan = list(plan)
    wang.sync()
    assert len(ticket(wang, "t1").notes) == 3
    assert receipts(shop) == 4
    assert set(wang.states().values()) == {State.SETTLED}
    wang.assert_in_step()


def test_a_day_without_a_line_arrives_once_and_in_order(shop, desk):
    wang, li = desk("wangfang"), desk("liqiang")
    wang.sync()
    opened = OpenTicket(
        id=wang.new_id(),
        ticket_id=wang.new_id(),
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team="hotline",
        order_number="20240917000999",
        reason="wrong_address",
        words="地址填错",
    )
    wang.perform(opened, online=False)
    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id=opened.ticket_id), online=False)
    wang.perform(SetMood(id=wang.new_id(), ticket_id=opened.ticket_id, mood="angry"), online=False)
    assert ticket(wang, opened.ticket_id).number.startswith("?")
    wang.restart()
    assert ticket(wang, opened.ticket_id).mood == "angry", "kept through a restart"
    wang.sync()
    li.sync()
    there = ticket(li, opened.ticket_id)
    assert there.number.startswith("T")
    assert (there.holder, there.mood) == (wang.actor.id, "angry")
    assert [step.code for step in there.path][:1]
    wang.assert_in_step()


def test_more_than_one_batch(shop, desk):
    wang = desk("wangfang")
    wang.sync()
    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id="t1"))
    for number in range(70):
        wang.perform(AddNote(id=wang.new_id(), ticket_id="t1", words=f"第 {number} 条"), online=False)
    wang.sync()
    assert receipts(shop) == 71
    wang.assert_in_step()


def test_a_token_that_ran_out_is_refreshed_and_the_queue_kept(shop, desk):
    wang = desk("wangfang")
    wang.sync()
    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id="t1"))
    shop.service.auth  # noqa: B018
    with shop.service.store.aside() as connection:
        connection.execute(central.sessions.update().values(expires_at=wang.clock.now()))
    wang.sync()
    assert "refresh" in wang.line.calls
    assert set(wang.states().values()) == {State.SETTLED}


def test_a_store_desk_holds_its_store_only(shop, desk):
    hotline, counter = desk("wangfang"), desk("chenjie", "store:S01")
    hotline.sync()
    counter.sync()
    assert counter.entity("ticket", "t1") is None
    mine = order("20240917000777", store_id="S01")
    shop.tell(mine, name="李梅", phone="13900000007", city="上海", address="人民路 2 号")
    counter.sync()
    assert counter.entity("order", mine.id) is not None
    assert hotline.sync()
    assert hotline.entity("order", mine.id) is None
    for one in (hotline, counter):
        one.assert_in_step()


def test_a_desk_of_a_big_scope_works_before_everything_has_come(shop, desk):
    """First what a person starts with; the rest is made ready in a process of its own, and acts go out meanwhile."""
    shop.service.snapshots.small = 5
    wang, li = desk("wangfang"), desk("liqiang")
    for one in (wang, li):
        one.fills_elsewhere()
    first = wang.cycle.step()
    assert (first.whole, first.filling) == (True, True)
    assert wang.store.position() is None
    assert ticket(wang, "t1").order_number == "20240917000123"

    wang.perform(ClaimTicket(id=wang.new_id(), ticket_id="t1"))
    second = wang.cycle.step()
    assert (second.pushed, second.filling) == (1, True), "the act is at the centre, the rest still on its way"
    assert not wang.store.position()
    wang.sync(most=200)
    li.sync(most=200)
    assert ticket(li, "t1").holder == wang.actor.id
    assert set(wang.states().values()) == {State.SETTLED}
    for one in (wang, li):
        one.assert_in_step()
