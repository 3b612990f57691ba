"""The hotline asks logistics, and hears: two desks with a replica each, through the services that the windows call."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.bootstrap import Bench
from desk.central.jobs import Jobs
from desk.central.people import Person, add_people
from desk.domain.commands import (
    BlockCustomer,
    ClaimTicket,
    HandOver,
    ReplyTask,
    TakeTask,
    WithdrawTask,
)
from desk.domain.people import Level
from desk.domain.tasks import TaskState
from desk.domain.tickets import Channel
from desk.services.jobs import until
from desk.services.rows import Notice, NoticeKind, RowState, TaskRow
from tests.helpers.benches import PATIENCE, all_sent, bench_at, case, eventually, row, sign_in, status
from tests.helpers.desk_data import order
from tests.helpers.running_centre import RunningCentre, running_centre

pytestmark = pytest.mark.turns(2)

STAFF = (
    Person(login="heping", name="何平", level=Level.SPECIALIST, password="demo-heping", teams=("logistics",)),
    Person(login="wulei", name="吴磊", level=Level.SPECIALIST, password="demo-wulei", teams=("logistics",)),
)


@pytest.fixture
def quiet(tmp_path: Path) -> Iterator[RunningCentre]:
    """A centre at which nobody has rung."""
    with running_centre(tmp_path / "centre") as running:
        add_people(running.service, STAFF)
        yield running


@pytest.fixture
def centre(quiet: RunningCentre) -> RunningCentre:
    """The same after one customer has."""
    one = order()
    quiet.tell(one, name="陈志强", title="先生", phone="13800000005", city="上海", address="人民路 1 号")
    quiet.ring(one, "t1")
    return quiet


@contextlib.asynccontextmanager
async def both(centre: RunningCentre, folder: Path) -> AsyncIterator[tuple[Bench, Bench]]:
    """Wang Fang at the hotline with t1 in hand, He Ping at logistics."""
    async with bench_at(centre, folder / "h") as agent, bench_at(centre, folder / "l", "team:logistics") as logistics:
        assert (await sign_in(agent.desk, "wangfang")).status is RowState.DONE
        assert (await sign_in(logistics.desk, "heping")).status is RowState.DONE
        await done(agent, ClaimTicket(id=agent.desk.actions.new_id(), ticket_id="t1"))
        yield agent, logistics


async def done(bench: Bench, command: Any) -> None:
    answer = await bench.desk.actions.perform(command)
    assert answer.status is RowState.WAITING, answer
    await all_sent(bench)


def heard(bench: Bench, *kinds: NoticeKind) -> list[Notice]:
    """What is announced at a desk from now on, of these kinds."""
    notices: list[Notice] = []
    bench.desk.notices.raised.connect(lambda one: notices.append(one) if one.kind in kinds else None)
    return notices


async def told(bench: Bench, notices: list[Notice]) -> Notice:
    async with asyncio.timeout(PATIENCE):
        while not notices:
            await until(bench.desk.notices.raised)
    return notices[0]


async def waiting(bench: Bench) -> list[TaskRow]:
    return [one for one in await bench.desk.tasks.items() if isinstance(one, TaskRow)]


async def test_the_hotline_asks_logistics_and_hears_the_answer(centre, tmp_path):
    async with both(centre, tmp_path) as (agent, logistics):
        hotline = agent.desk
        asked, answered = heard(logistics, NoticeKind.TASK), heard(agent, NoticeKind.REPLY)
        assert await waiting(logistics) == []
        answer = await hotline.tasks.ask("t1", "carrier_claim", words="外箱破损,两件都丢了")
        assert answer.status is RowState.WAITING
        [mine] = (await case(hotline, "t1")).tasks
        assert (mine.state, mine.row_state, mine.words) == (TaskState.OPEN, RowState.WAITING, "外箱破损,两件都丢了")
        assert (mine.may_take, mine.may_reply, mine.may_withdraw) == (False, False, True)
        await all_sent(agent)

        notice = await told(logistics, asked)
        assert (notice.label["zh"], notice.data["by"]) == ("向物流公司索赔", "王芳")
        [task] = await waiting(logistics)
        assert (task.what["en"], task.asked_by, task.asked_team["zh"]) == ("Claim from the carrier", "王芳", "客服热线")
        assert task.order is not None
        assert (task.order_tail, task.customer, task.number) == ("000123", "陈*", mine.number)
        assert (task.words, task.for_me, task.may_take, task.may_reply, task.may_withdraw) == (
            "外箱破损,两件都丢了", True, True, True, False,
        )  # fmt: skip
        await status(logistics.desk, lambda now: now.tasks == 1)

        desk = logistics.desk
        await done(logistics, TakeTask(id=desk.actions.new_id(), task_id=task.id))
        [taken] = await waiting(logistics)
        assert (taken.holder, taken.mine, taken.may_take) == ("何平", True, False)
        await done(
            logistics,
            ReplyTask(id=desk.actions.new_id(), task_id=task.id, done=True, reference="SF-88", words="三天内赔付"),
        )
        assert await waiting(logistics) == []
        page = await desk.tasks.page(done=True)
        assert [(one.reference, one.order, one.order_tail) for one in page.tasks] == [("SF-88", None, "000123")]
        await status(desk, lambda now: now.tasks == 0)

        notice = await told(agent, answered)
        assert (notice.label["en"], notice.data["by"], notice.ticket_id) == ("Claim from the carrier", "何平", "t1")
        [heard_of] = (await case(hotline, "t1")).tasks
        assert (heard_of.state, heard_of.reference, heard_of.reply) == (TaskState.DONE, "SF-88", "三天内赔付")
        steps = [(step.code, step.label.get("zh"), step.text) for step in (await case(hotline, "t1")).path][-3:]
        assert [step[0] for step in steps] == ["task_asked", "task_taken", "task_replied"]
        assert steps[0][1:] == ("向物流公司索赔 · 物流", "外箱破损,两件都丢了")
        assert steps[2][2] == "三天内赔付"


async def test_a_line_that_is_down_keeps_an_asked_task_and_the_answer_too(centre, tmp_path):
    async with both(centre, tmp_path) as (agent, logistics):
        agent.place.online = False
        block = BlockCustomer(
            id=agent.desk.actions.new_id(), customer_id="c-1", ticket_id="t1", reason="fraud", words="x"
        )
        assert (await agent.desk.actions.perform(block)).code == "needs_centre"
        answer = await agent.desk.tasks.ask("t1", "contact_courier", minutes=30)
        assert answer.status is RowState.WAITING, "kept here, like a note"
        agent.place.online = True
        await all_sent(agent)
        [task] = await eventually(logistics.desk, lambda: waiting(logistics))
        await done(agent, WithdrawTask(id=agent.desk.actions.new_id(), task_id=task.id))

        async def gone() -> bool:
            return not await waiting(logistics)

        assert await eventually(logistics.desk, gone)


async def test_who_leads_hears_that_nobody_answered_and_sees_the_task(centre, tmp_path):
    async with both(centre, tmp_path) as (agent, logistics), bench_at(centre, tmp_path / "s") as lead:
        await sign_in(lead.desk, "liuyang")
        overdue = heard(lead, NoticeKind.OVERDUE)
        await agent.desk.tasks.ask("t1", "contact_courier", minutes=1)
        await all_sent(agent)
        assert await waiting(lead) == []
        service = centre.service
        clock, service.store.clock = service.store.clock, _ahead(service.store.clock, hours=2)
        jobs = Jobs(service.store, service.applier)
        for _ in range(2):  # senior, then supervisor
            jobs.step(service.store.clock())
            service.store.clock = _ahead(service.store.clock, hours=1)
        service.store.clock = clock
        notice = await told(lead, overdue)
        assert (notice.label["zh"], notice.data["level"]) == ("联系派送员", "supervisor")
        [task] = await waiting(lead)
        assert (task.level, task.escalations, task.for_me, task.may_reply) == ("supervisor", 2, False, True)
        assert [one.escalations for one in await eventually(logistics.desk, lambda: waiting(logistics))] == [2]


async def test_a_ticket_that_nobody_takes_waits_for_who_leads_until_somebody_does(quiet, tmp_path):
    async with bench_at(quiet, tmp_path / "h") as agent, bench_at(quiet, tmp_path / "s") as lead:
        await sign_in(agent.desk, "wangfang")
        await sign_in(lead.desk, "liuyang")
        other = order("20240917000999")
        quiet.tell(other, name="李雷")
        quiet.ring(other, "t2", channel=Channel.HOTLINE)
        told_lead, told_agent = heard(lead, NoticeKind.ESCALATED), heard(agent, NoticeKind.ESCALATED)
        service = quiet.service
        clock = service.store.clock
        jobs = Jobs(service.store, service.applier)
        for hours in (2, 4):  # senior, then supervisor
            service.store.clock = _ahead(clock, hours=hours)
            jobs.step(service.store.clock())
        service.store.clock = clock
        assert (await told(lead, told_lead)).data["level"] == "supervisor"
        assert told_agent == [], "it is above an agent's level"
        [item] = await lead.desk.attention.items()
        assert (item.code, item.ticket_id, item.steps) == ("nobody_takes_it", "t2", ("open",))
        await status(lead.desk, lambda now: now.attention == 1)
        assert (await row(lead.desk, "t2")).escalation == 2
        assert await agent.desk.attention.items() == ()
        await done(agent, ClaimTicket(id=agent.desk.actions.new_id(), ticket_id="t2"))
        await status(lead.desk, lambda now: now.attention == 0)
        assert await lead.desk.attention.items() == ()


async def test_a_team_that_gave_a_case_away_hears_what_became_of_it(centre, tmp_path):
    async with both(centre, tmp_path) as (agent, logistics):
        came, back = heard(logistics, NoticeKind.NEW), heard(agent, NoticeKind.HANDED_BACK)
        await done(agent, HandOver(id=agent.desk.actions.new_id(), ticket_id="t1", team="logistics", words="请核实"))
        assert (await told(logistics, came)).ticket_id == "t1"
        seen = await case(agent.desk, "t1")
        assert seen.team_id == "logistics", "still here to look at"
        desk = logistics.desk
        await done(logistics, ClaimTicket(id=desk.actions.new_id(), ticket_id="t1"))
        await done(logistics, HandOver(id=desk.actions.new_id(), ticket_id="t1", team="hotline", words="已核实"))
        assert (await told(agent, back)).ticket_id == "t1"
        assert await logistics.desk.workspace.case("t1") is None


async def test_a_blocked_customer_is_seen_on_the_card_and_goodwill_needs_approval(centre, tmp_path):
    async with bench_at(centre, tmp_path / "h") as agent, bench_at(centre, tmp_path / "s") as lead:
        await sign_in(agent.desk, "wangfang")
        await sign_in(lead.desk, "liuyang")
        await done(agent, ClaimTicket(id=agent.desk.actions.new_id(), ticket_id="t1"))
        customer = (await case(lead.desk, "t1")).who.customer_id
        await done(
            lead,
            BlockCustomer(
                id=lead.desk.actions.new_id(),
                customer_id=customer,
                ticket_id="t1",
                reason="fake_orders",
                words="十二单",
            ),
        )

        async def blocked() -> Any:
            return (await case(agent.desk, "t1")).who.block

        block = await eventually(agent.desk, blocked)
        assert (block.reason["zh"], block.by, block.words) == ("虚假订单/刷单", "刘洋", "十二单")
        panel = await agent.desk.compensation.panel("t1")
        assert {offer.allowed.value for offer in panel.offers} == {"approval"}


def _ahead(clock: Any, **span: float) -> Any:
    return lambda: clock() + timedelta(**span)
