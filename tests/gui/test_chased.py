"""Who calls about what another channel has begun: the open ticket is found, marked chased, and seen to be so."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.bootstrap import Bench
from desk.domain import commands
from desk.domain.tickets import Channel, Kind
from desk.services.queue import QueueFilter, Whose
from desk.services.rows import Notice, NoticeKind, QueueRow, RowState
from desk.views.queue_model import entry_of
from tests.helpers.benches import all_sent, bench_at, sign_in
from tests.helpers.desk_data import order
from tests.helpers.running_centre import RunningCentre, running_centre

pytestmark = pytest.mark.turns(2)

PATIENCE = 20.0


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        one = order()
        running.tell(one, name="陈志强", title="先生", phone="13800000005", city="上海", address="人民路 1 号")
        running.ring(one, "t1")
        yield running


def opening(bench: Bench, channel: Channel, kind: Kind, order_id: str, words: str) -> commands.OpenTicket:
    new = bench.desk.actions.new_id
    return commands.OpenTicket(
        id=new(), ticket_id=new(), kind=kind, channel=channel, team="hotline", order_id=order_id, words=words
    )


async def rows_of(bench: Bench) -> dict[str, QueueRow]:
    return {row.id: row for row in (await bench.desk.queue.page(QueueFilter(whose=Whose.ALL))).rows}


async def order_of(bench: Bench) -> str:
    """The order that the first ticket of the running centre is about."""
    case = await bench.desk.workspace.case("t1")
    assert case is not None
    assert case.order is not None
    return case.order.id


@pytest.mark.parametrize("channel", [Channel.APP, Channel.HOTLINE, Channel.CHAT, Channel.STORE])
async def test_by_whichever_channel_somebody_asks_again_the_open_ticket_is_chased(
    centre: RunningCentre, tmp_path: Path, channel: Channel
) -> None:
    async with bench_at(centre, tmp_path / "a") as first, bench_at(centre, tmp_path / "b") as second:
        await sign_in(first.desk, "wangfang")
        await sign_in(second.desk, "liqiang")
        order_id = await order_of(first)
        trouble = opening(first, Channel.APP, Kind.EXCEPTION, order_id, words="快递三天没动了，物流信息一直没更新")
        assert (await first.desk.actions.perform(trouble)).status is RowState.WAITING
        await all_sent(first)
        heard: list[Notice] = []
        second.desk.notices.raised.connect(heard.append)
        for kind in (Kind.CANCEL, Kind.EXCEPTION):
            again = opening(first, channel, kind, order_id, words="怎么还没处理")
            assert (await first.desk.actions.perform(again)).status is RowState.WAITING
            joined = await first.desk.workspace.joined(order_id, kind, "")
            assert joined == ("t1" if kind is Kind.CANCEL else trouble.ticket_id)
        await all_sent(first)

        async with asyncio.timeout(PATIENCE):
            while {one.ticket_id for one in heard if one.kind is NoticeKind.CHASED} != {"t1", trouble.ticket_id}:
                second.desk.syncer.wake()
                await second.place.read(lambda reader: None)
        seen = await rows_of(second)
        assert set(seen) == {"t1", trouble.ticket_id}  # nothing was opened beside them
        for row in seen.values():
            assert row.chased == 1
            entry = entry_of(row)
            assert ("×2" in entry.title_note, "chased" in entry.mark) == (True, True)
        found = await second.desk.workspace.case(trouble.ticket_id)
        assert found is not None
        assert [step.code for step in found.path].count("ticket_chased") == 1
        assert (found.subtype, found.by_keywords) == ("trace_stalled", True)
        assert "怎么还没处理" in [fact.text for fact in found.timeline]


async def test_what_the_keywords_set_is_corrected_by_the_agent_and_stays_corrected(
    centre: RunningCentre, tmp_path: Path
) -> None:
    async with bench_at(centre, tmp_path / "a") as first, bench_at(centre, tmp_path / "b") as second:
        await sign_in(first.desk, "wangfang")
        await sign_in(second.desk, "liqiang")
        asked = opening(first, Channel.CHAT, Kind.EXCEPTION, await order_of(first), words="扣了我两次钱")
        await first.desk.actions.perform(asked)
        here = await first.desk.workspace.case(asked.ticket_id)
        assert here is not None
        assert (here.subtype, here.by_keywords) == ("paid_twice", True)  # at once, before the centre said so
        new = first.desk.actions.new_id
        await first.desk.actions.perform(commands.ClaimTicket(id=new(), ticket_id=asked.ticket_id))
        right = commands.SetReason(id=new(), ticket_id=asked.ticket_id, type="payment", subtype="amount_mismatch")
        assert (await first.desk.actions.perform(right)).status is RowState.WAITING
        await all_sent(first)

        async with asyncio.timeout(PATIENCE):
            while (found := await second.desk.workspace.case(asked.ticket_id)) is None or found.by_keywords:
                second.desk.syncer.wake()
                await second.place.read(lambda reader: None)
        assert (found.subtype, found.by_keywords) == ("amount_mismatch", False)
        assert [step.code for step in found.path][:2] == ["ticket_opened", "ticket_tagged"]
