"""What an agent, a supervisor and a counter do, through the services that the windows call, against the true centre."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desk.central import people
from desk.domain.commands import (
    AddNote,
    CancelOrder,
    ClaimTicket,
    OpenTicket,
    PublishPolicy,
    RevealContact,
    RevokeInstallation,
    SaveStaff,
    SendMessage,
)
from desk.domain.orders import OrderState, Parcel
from desk.domain.tickets import Channel, Kind
from desk.services.jobs import until
from desk.services.queue import QueueFilter, Whose
from desk.services.rows import Allowed, Phase, RowState
from desk.storage import outbox
from tests.helpers.benches import PATIENCE, all_sent, bench_at, case, eventually, row, script, sign_in, status
from tests.helpers.desk_data import order
from tests.helpers.running_centre import RunningCentre, running_centre

pytestmark = pytest.mark.turns(2)


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        one = order()
        running.tell(one, name="陈志强", title="先生", phone="13800000005", city="上海", address="人民路 1 号")
        running.ring(one, "t1")
        yield running


async def test_an_agent_takes_a_call_and_cancels(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        assert (await sign_in(desk, "wangfang")).status is RowState.DONE
        person = desk.session.person
        assert person is not None
        assert person.name == "王芳"
        assert "CancelOrder" in person.permissions

        page = await desk.queue.page(QueueFilter())
        [first] = page.rows
        assert (first.order_tail, first.label["zh"]) == ("000123", "地址填错")
        assert first.due_kind in ("update", "no_return"), "the next word, or the wave where that is nearer"
        assert (await desk.queue.counts())[Whose.MINE] == 0

        answer = await desk.actions.perform(ClaimTicket(id=desk.actions.new_id(), ticket_id="t1"))
        assert answer.status is RowState.WAITING
        assert (await row(desk, "t1", Whose.MINE)).holder == "王芳", "at once"
        await all_sent(bench)

        found = await case(desk, "t1")
        assert found.mine
        assert found.state is RowState.DONE
        assert found.verdict.code in ("in_window", "window_closed")
        assert found.order.tenders[0].paid.amount == 32900
        assert [(one.key, one.outcome) for one in found.alternatives][:1] == [("change_address", "alternative")]
        cancel = found.acts[0]
        assert (cancel.key, cancel.allowed, cancel.amount.amount) == ("cancel_order", Allowed.FREE, 32900)

        said = await script(desk, "t1")
        assert "王芳" in said.text
        assert not said.blocked

        command = CancelOrder(
            id=desk.actions.new_id(),
            order_id=found.order.id,
            ticket_id="t1",
            reviewed=found.verdict.code != "in_window",
            expected=32900,
        )
        assert (await desk.actions.perform(command)).status is RowState.WAITING
        found = await case(desk, "t1")
        assert found.order.state == "cancelled"
        assert found.given[0].cost.amount == 32900
        [granted] = [step for step in found.path if step.code == "benefit_granted"]
        assert granted.label == found.given[0].label
        assert granted.label["en"] == "Alipay"
        await all_sent(bench)
        assert (await desk.attention.items()) == ()


async def test_a_bigger_coupon_goes_to_the_supervisor_who_lowers_it(centre, tmp_path):
    async with bench_at(centre, tmp_path / "a") as agent, bench_at(centre, tmp_path / "s") as boss:
        await sign_in(agent.desk, "wangfang")
        await sign_in(boss.desk, "liuyang")
        await agent.desk.actions.perform(ClaimTicket(id=agent.desk.actions.new_id(), ticket_id="t1"))
        panel = await agent.desk.compensation.panel("t1")
        big = next(offer for offer in panel.offers if offer.allowed is Allowed.APPROVAL)
        asked = await agent.desk.compensation.give("t1", big.key, panel.cause, words="顾客很着急")
        assert asked.status is RowState.NEEDS_APPROVAL

        [request] = await eventually(boss.desk, boss.desk.approvals.waiting)
        assert (request.requested_by, request.words, request.may_decide) == ("王芳", "顾客很着急", True)
        lower = request.units - 500
        decided = await boss.desk.approvals.decide(request.id, approve=True, units=lower)
        assert decided.status is RowState.WAITING

        async def answered():
            asked = await agent.desk.approvals.one(request.id)
            return asked if asked and asked.state == "approved" else None

        assert (await eventually(agent.desk, answered)).approved_units == lower
        found = await case(agent.desk, "t1")
        assert [given.units for given in found.given] == [lower]


async def test_the_line_is_cut_and_work_goes_on(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        await desk.actions.perform(ClaimTicket(id=desk.actions.new_id(), ticket_id="t1"))
        await all_sent(bench)
        true_address = bench.place.centre
        bench.place.move("http://127.0.0.1:9")  # nobody is there
        bench.place.cut_lines()
        for lane in bench.place.lanes.values():
            lane.reopen()
        desk.syncer.wake()
        await status(desk, lambda now: now.phase is Phase.OFFLINE)

        panel = await desk.compensation.panel("t1")
        assert panel.off == "no_lease"
        assert {offer.allowed for offer in panel.offers} == {Allowed.OFF}
        found = await case(desk, "t1")
        assert (found.acts[0].allowed, found.acts[0].reason) == (Allowed.OFF, "needs_centre")
        cancel = CancelOrder(id=desk.actions.new_id(), order_id=found.order.id, ticket_id="t1")
        assert (await desk.actions.perform(cancel)).code == "needs_centre"
        given = await desk.compensation.give("t1", panel.offers[0].key, panel.cause)
        assert given.code == "offline_no_lease"

        note = AddNote(id=desk.actions.new_id(), ticket_id="t1", words="线路断了，先记下")
        assert (await desk.actions.perform(note)).status is RowState.WAITING
        opening = OpenTicket(
            id=desk.actions.new_id(),
            ticket_id=desk.actions.new_id(),
            kind=Kind.CANCEL,
            channel=Channel.HOTLINE,
            team="hotline",
            order_number="20240917000999",
            words="地址填错",
        )
        assert (await desk.actions.perform(opening)).status is RowState.WAITING
        assert (await row(desk, opening.ticket_id)).provisional
        await status(desk, lambda now: now.pending == 2)

        bench.place.move(true_address)
        desk.syncer.wake()
        await status(desk, lambda now: now.phase is Phase.ONLINE and now.pending == 0)
        assert not (await row(desk, opening.ticket_id)).provisional
        texts = [fact.text for fact in (await case(desk, "t1")).timeline]
        assert "线路断了，先记下" in texts


async def test_another_desk_was_faster_and_the_refusal_waits_for_a_look(centre, tmp_path):
    async with bench_at(centre, tmp_path / "a") as first, bench_at(centre, tmp_path / "b") as second:
        await sign_in(first.desk, "wangfang")
        await sign_in(second.desk, "liqiang")
        second.place.move("http://127.0.0.1:9")
        second.place.cut_lines()
        for lane in second.place.lanes.values():
            lane.reopen()
        second.desk.syncer.wake()
        await status(second.desk, lambda now: now.phase is Phase.OFFLINE)
        await first.desk.actions.perform(ClaimTicket(id=first.desk.actions.new_id(), ticket_id="t1"))
        await all_sent(first)
        await second.desk.actions.perform(ClaimTicket(id=second.desk.actions.new_id(), ticket_id="t1"))
        second.place.move(first.place.centre)
        second.desk.syncer.wake()
        await status(second.desk, lambda now: now.attention == 1)
        [item] = await second.desk.attention.items()
        assert (item.command, item.code, item.data["holder"]) == ("ClaimTicket", "claimed_by_other", "王芳")
        await second.desk.attention.dismiss(item.id)
        assert await second.desk.attention.items() == ()


async def test_an_offline_person_known_here_gets_in_and_nobody_else(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        await sign_in(bench.desk, "wangfang")
        await bench.desk.session.sign_out()
        bench.place.move("http://127.0.0.1:9")
        assert (await bench.desk.session.sign_in("liqiang", "demo-liqiang")).code == "unknown_here"
        assert (await bench.desk.session.sign_in("wangfang", "wrong")).code == "wrong_password"
        answer = await bench.desk.session.sign_in("wangfang", "demo-wangfang")
        assert (answer.status, answer.code) == (RowState.DONE, "offline")
        assert (await bench.desk.queue.page(QueueFilter())).total == 1
        await bench.desk.actions.perform(ClaimTicket(id=bench.desk.actions.new_id(), ticket_id="t1"))
        bench.place.move(centre.url)
        bench.desk.syncer.wake()
        await status(bench.desk, lambda now: now.phase is Phase.ONLINE and now.pending == 0)


async def test_a_wrong_password_a_lock_and_a_switch(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        session = bench.desk.session
        assert (await session.sign_in("wangfang", "wrong-password")).code == "wrong_password"
        assert (await session.sign_in("chenjie", "demo-chenjie")).code == "not_this_desk"
        await sign_in(bench.desk, "wangfang")
        session.lock()
        assert session.locked
        assert (await session.unlock("wrong-password")).code == "wrong_password"
        assert session.locked
        assert (await session.unlock("demo-wangfang")).status is RowState.DONE
        assert not session.locked
        await sign_in(bench.desk, "liqiang")
        assert session.person is not None
        assert session.person.login == "liqiang"
        people = await session.known_people()
        assert {person.login for person in people} == {"wangfang", "liqiang"}


async def test_everything_is_there_after_a_restart(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        await sign_in(bench.desk, "wangfang")
        bench.desk.drafts.save("note:t1", "半句话")
    async with bench_at(centre, tmp_path) as again:
        await sign_in(again.desk, "wangfang")
        assert await again.desk.drafts.load("note:t1") == "半句话"
        assert (await again.desk.queue.page(QueueFilter())).total == 1


async def test_an_order_of_nobodys_scope_is_opened_through_the_centre(centre, tmp_path):
    far = order("20240917000777")
    centre.tell(far, name="李梅", phone="13900000007", city="上海", address="人民路 2 号")
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        assert await desk.lookup.here("0777") == ()
        hits, problem = await desk.lookup.everywhere("0777")
        assert problem == ""
        assert [(hit.number, hit.local) for hit in hits] == [(far.number, False)]
        answer = await desk.lookup.open_order(far.number)
        assert answer.data["order_id"] == far.id
        preview = await desk.workspace.order(far.id)
        assert preview is not None
        assert preview.total.amount == 32900
        opening = OpenTicket(
            id=desk.actions.new_id(),
            ticket_id=desk.actions.new_id(),
            kind=Kind.CANCEL,
            channel=Channel.HOTLINE,
            team="hotline",
            order_id=far.id,
            reason="wrong_address",
        )
        assert (await desk.actions.perform(opening)).status is RowState.WAITING
        await all_sent(bench)
        found = await case(desk, opening.ticket_id)
        assert found.order.number == far.number
        assert found.verdict.code != "unknown"
        assert (await desk.lookup.here("0777"))[0].order_id == far.id, "the feed has brought it"


async def test_words_are_said_and_the_acts_are_ticked(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        await desk.actions.perform(ClaimTicket(id=desk.actions.new_id(), ticket_id="t1"))
        said = await script(desk, "t1")
        message = SendMessage(
            id=desk.actions.new_id(), ticket_id="t1", template=said.key, language="zh", via="spoken", values={}
        )
        assert (await desk.actions.perform(message)).status is RowState.WAITING
        await all_sent(bench)
        found = await case(desk, "t1")
        assert said.acts <= found.done
        assert any(said.text == fact.text for fact in found.timeline)


async def test_a_contact_is_shown_in_full_once_it_is_written_down(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        before = (await case(desk, "t1")).who
        assert (before.masked, "138" in before.phone, "0005" in before.phone) == (True, True, True)
        await desk.actions.perform(ClaimTicket(id=desk.actions.new_id(), ticket_id="t1"))
        look = RevealContact(id=desk.actions.new_id(), ticket_id="t1", customer_id=before.customer_id)
        await desk.actions.perform(look)

        async def seen():
            who = (await case(desk, "t1")).who
            return who if not who.masked else None

        assert (await eventually(desk, seen)).phone == "13800000005"
        assert "contact_revealed" in [step.code for step in (await case(desk, "t1")).path]
        await desk.session.sign_out()
        await sign_in(desk, "liqiang")
        assert (await case(desk, "t1")).who.masked, "the next person has to look for themselves"


async def test_a_revoked_desk_keeps_nothing_of_others_and_all_of_its_own(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        here = bench.place.profile.enrolment
        assert here is not None
        people.issue(centre.service, [RevokeInstallation(id="revoke", installation_id=here.installation_id)])
        await desk.actions.perform(ClaimTicket(id=desk.actions.new_id(), ticket_id="t1"))
        await status(desk, lambda now: now.phase is Phase.REVOKED)
        assert await desk.lookup.here("0123") == ()
        assert (await desk.lookup.open_order("0123")).code == "no_replica"
        assert (await desk.queue.page(QueueFilter())).total == 0
        kept = await bench.place.with_store(lambda store: store.read(lambda view: outbox.pending(view.connection)))
        assert [act.command.name for act in kept] == ["ClaimTicket"]


async def test_a_disabled_person_is_turned_out_and_stays_out_without_a_line(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        wang = bench.place.signed_in()
        off = SaveStaff(id="off", staff_id=wang.id, login="wangfang", level=wang.level, teams=wang.teams, active=False)
        people.issue(centre.service, [off])
        desk.syncer.wake()
        async with asyncio.timeout(PATIENCE):
            while desk.session.person is not None:
                await until(desk.session.changed)
        bench.place.move("http://127.0.0.1:9")
        assert (await desk.session.sign_in("wangfang", "demo-wangfang")).code in ("unknown_here", "disabled")


@pytest.mark.parametrize("ticks", range(5))
async def test_leaving_is_not_held_up_by_news_of_the_same_moment(centre, tmp_path, ticks):
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        await status(desk, lambda now: now.phase is Phase.ONLINE)
        bench.place.move("http://127.0.0.1:9")
        desk.syncer.wake()
        await status(desk, lambda now: now.phase is Phase.OFFLINE)
        desk.syncer.wake()
        for _ in range(ticks):
            await asyncio.sleep(0)
        async with asyncio.timeout(PATIENCE):
            await desk.session.sign_out()
        assert desk.session.person is None


async def test_the_past_of_a_customer_comes_from_the_centre(centre, tmp_path):
    centre.tell(replace(order("20240917000555", state=OrderState.CANCELLED), customer_id=order().customer_id))
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")
        assert (await case(desk, "t1")).who.orders is None

        async def told():
            who = (await case(desk, "t1")).who
            return who if who.orders is not None else None

        who = await eventually(desk, told)
        assert (who.orders, who.cancels) == (2, 1)


async def test_after_how_long_a_parcel_counts_as_silent_is_policy(centre, tmp_path):
    shipped = centre.service.store.clock() - timedelta(hours=30, minutes=5)  # clocks need not agree to the second
    sent = Parcel(id="p1", carrier="sf", tracking="SF1", shipped_at=shipped)
    centre.tell(replace(order(), parcels=(sent,), source_version=order().source_version + 1))
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        await sign_in(desk, "wangfang")

        async def silent_for() -> int | None:
            [parcel] = (await case(desk, "t1")).order.parcels
            return parcel.stale_hours

        assert await silent_for() is None
        with centre.service.store.reading() as connection:
            policy = centre.service.store.policy(connection, 1)
        sooner = replace(policy, parcels=replace(policy.parcels, silent_hours=24))
        people.issue(centre.service, [PublishPolicy(id="sooner", document=sooner)])
        assert await eventually(desk, silent_for) == 30


async def test_a_profile_that_is_open_elsewhere_says_so(centre, tmp_path):
    async with bench_at(centre, tmp_path) as bench:
        await sign_in(bench.desk, "wangfang")
        async with bench_at(centre, tmp_path) as second:
            assert (await second.desk.session.sign_in("wangfang", "demo-wangfang")).code == "profile_in_use"
