"""What one person passes on: a mood, a whole case, a warning before the customer calls, words in a chat."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desk.domain import commands
from desk.domain.tickets import Channel, Kind, Stage
from desk.services.queue import QueueFilter
from desk.services.rows import Answer, Notice, NoticeKind, RowState
from tests.gui.hands import Hands
from tests.helpers.benches import PATIENCE, all_sent, bench_at, case, eventually, sign_in
from tests.helpers.desk_data import order
from tests.helpers.running_centre import RunningCentre, running_centre
from tools import samples

pytestmark = pytest.mark.turns(2)

Key = Qt.Key


# --- mood


async def test_the_mood_is_flagged_by_one_key_and_stands_on_the_card(hands: Hands) -> None:
    who = hands.window.bench.case.who
    await hands.press(Key.Key_J, Key.Key_Return)
    assert who.said_mood == "Mood: Worried"
    await hands.press("m")
    await hands.pick("Angry")
    flagged = hands.fake.actions.performed[-1]
    assert isinstance(flagged, commands.SetMood)
    assert flagged.mood == "angry"
    assert who.said_mood == "Mood: Angry"


async def test_the_next_agent_sees_the_mood(centre: RunningCentre, tmp_path: Path) -> None:
    async with bench_at(centre, tmp_path / "a") as first, bench_at(centre, tmp_path / "b") as second:
        await sign_in(first.desk, "wangfang")
        await sign_in(second.desk, "liqiang")
        new = first.desk.actions.new_id
        await first.desk.actions.perform(commands.ClaimTicket(id=new(), ticket_id="t1"))
        await first.desk.actions.perform(commands.SetMood(id=new(), ticket_id="t1", mood="angry"))
        await all_sent(first)

        async def seen() -> str:
            return str((await case(second.desk, "t1")).who.mood_names.get("zh", ""))

        assert await eventually(second.desk, seen) == "愤怒"


# --- hand-off


async def test_a_case_goes_to_another_team_with_words(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return, "h")
    offered = [bench.words.choice.itemText(at) for at in range(bench.words.choice.count())]
    assert offered == ["Warehouse", "Finance"]  # not the team that has it
    assert hands.on(bench.words.choice)
    await hands.press(Key.Key_Down, Key.Key_Tab, "the customer paid twice, please look")
    await hands.chord(Key.Key_Return)
    given = hands.fake.actions.performed[-1]
    assert isinstance(given, commands.HandOver)
    assert (given.team, given.words) == ("finance", "the customer paid twice, please look")
    assert hands.window.toast.said == "Handed off."
    assert bench.side is None
    assert hands.on(bench.queue.list)  # the next one
    assert bench.queue.model.row_of("t2") == -1
    assert hands.fake.drafts.kept["hand_off:t2"] == ""


async def test_the_team_that_owns_this_trouble_is_offered_first(hands: Hands) -> None:
    trouble = replace(samples.CASE_TROUBLE, id="t2", mine=True, type="payment", subtype="paid_twice")
    hands.fake.shop.cases["t2"] = trouble
    await hands.press(Key.Key_J, Key.Key_Return, "h")
    assert hands.window.bench.words.choice.currentText() == "Finance"


async def test_words_of_a_hand_off_that_is_refused_are_not_lost(hands: Hands) -> None:
    hands.fake.actions.answers["HandOver"] = Answer(status=RowState.REFUSED, code="not_claimed")
    await hands.press(Key.Key_J, Key.Key_Return, "h", Key.Key_Tab, "please look")
    await hands.chord(Key.Key_Return)
    assert hands.window.toast.said == "Claim the ticket first."
    await hands.press("h")
    assert hands.window.bench.words.editor.toPlainText() == "please look"


async def test_what_is_handed_off_leaves_this_desk_and_arrives_at_the_other(
    centre: RunningCentre, tmp_path: Path
) -> None:
    async with bench_at(centre, tmp_path / "a") as first, bench_at(centre, tmp_path / "b", "team:store") as second:
        await sign_in(first.desk, "wangfang")
        await sign_in(second.desk, "chenjie")
        new = first.desk.actions.new_id
        await first.desk.actions.perform(commands.ClaimTicket(id=new(), ticket_id="t1"))
        given = commands.HandOver(id=new(), ticket_id="t1", team="store", words="顾客想到店自提")
        assert (await first.desk.actions.perform(given)).status is RowState.WAITING
        await all_sent(first)
        assert (await first.desk.queue.page(QueueFilter())).total == 0

        async def arrived() -> list[str]:
            found = await second.desk.workspace.case("t1")
            return [fact.text for fact in found.timeline] if found is not None else []

        assert "顾客想到店自提" in await eventually(second.desk, arrived)


# --- about to call


async def test_who_is_about_to_call_comes_before_what_is_new(hands: Hands) -> None:
    notices = hands.window.bench.queue.notices
    raised = hands.fake.notices.raised
    raised.emit(Notice(kind=NoticeKind.WARNED, ticket_id="t3", label=samples.NOT_WANTED, order_tail="0917"))
    raised.emit(Notice(kind=NoticeKind.NEW, ticket_id="t4", label=samples.WRONG_ADDRESS, order_tail="1234"))
    await hands.settle()
    assert notices.said == "About to call: No longer wanted …0917"
    assert notices.loud
    await hands.press("u")
    assert hands.window.bench.case.row is not None
    assert hands.window.bench.case.row.id == "t3"
    assert notices.said == "New: Wrong address …1234"
    assert not notices.loud


async def test_what_was_announced_of_a_case_is_gone_once_it_is_open_or_somebody_has_it(hands: Hands) -> None:
    notices = hands.window.bench.queue.notices
    for ticket, tail in (("t2", "4471"), ("t3", "0917")):
        hands.fake.notices.raised.emit(Notice(kind=NoticeKind.NEW, ticket_id=ticket, label={}, order_tail=tail))
    hands.window.open_case("t3")
    assert "4471" in notices.said
    shop = hands.fake.shop
    shop.queue["t2"] = replace(shop.queue["t2"], holder="李强", holder_id="u2")
    shop.changes.announce([("ticket", "t2")])
    await hands.settle()
    assert notices.said == ""


async def test_a_warning_goes_when_somebody_takes_it_in_hand(hands: Hands) -> None:
    notices = hands.window.bench.queue.notices
    hands.fake.notices.raised.emit(Notice(kind=NoticeKind.WARNED, ticket_id="t3", label={}, order_tail="0917"))
    await hands.settle()
    hands.fake.shop.queue["t3"] = replace(hands.fake.shop.queue["t3"], holder="李强", holder_id="u2")
    hands.fake.shop.changes.announce([("ticket", "t3")])
    await hands.settle()
    assert notices.said == ""


async def test_after_ten_minutes_with_only_the_automatic_answer_the_team_is_warned(
    centre: RunningCentre, tmp_path: Path
) -> None:
    said = commands.SendMessage(id="auto", ticket_id="t1", template="app_received", language="zh", via="app")
    [verdict] = centre.service.applier.system([said])
    assert verdict.status == "applied"
    async with bench_at(centre, tmp_path) as bench:
        desk = bench.desk
        heard: list[Notice] = []
        desk.notices.raised.connect(heard.append)
        await sign_in(desk, "wangfang")
        bench.place.clock.not_before(bench.place.clock.now() + timedelta(minutes=9))
        desk.notices.look()
        assert heard == []
        bench.place.clock.not_before(bench.place.clock.now() + timedelta(minutes=2))
        async with asyncio.timeout(PATIENCE):
            while not heard:  # what there is may still be on its way into sight
                desk.notices.look()
                await bench.place.read(lambda reader: None)
        assert [(one.kind, one.ticket_id) for one in heard] == [(NoticeKind.WARNED, "t1")]
        desk.notices.look()  # once
        assert len(heard) == 1


# --- a chat


async def test_in_a_chat_the_words_are_copied_to_be_pasted_and_written_down_as_said(hands: Hands) -> None:
    chat = next(row.id for row in samples.QUEUE if row.channel is Channel.CHAT)
    hands.window.open_case(chat)
    await hands.settle()
    await hands.press("s")
    said = hands.fake.actions.performed[-1]
    assert isinstance(said, commands.SendMessage)
    assert said.via == "spoken"  # no SMS to somebody who is there
    assert QGuiApplication.clipboard().text() == samples.SCRIPT_EN.text
    assert hands.window.toast.said == "Copied: paste it into the chat. Written down as said."


async def test_a_counter_works_a_case_of_its_store_from_the_opening_to_the_stage(
    centre: RunningCentre, tmp_path: Path
) -> None:
    bought_online = order("20240917000888")
    centre.tell(bought_online, name="李梅", phone="13900000008", city="上海", address="人民路 8 号")
    async with bench_at(centre, tmp_path, "store:S01") as bench:
        desk = bench.desk
        await sign_in(desk, "chenjie")
        new = desk.actions.new_id
        answer = await desk.lookup.open_order(bought_online.number)
        opening = commands.OpenTicket(
            id=new(),
            ticket_id=new(),
            kind=Kind.CANCEL,
            channel=Channel.STORE,
            team="store",
            order_id=str(answer.data["order_id"]),
            reason="no_longer_wanted",
        )
        assert (await desk.actions.perform(opening)).status is RowState.WAITING
        claim = commands.ClaimTicket(id=new(), ticket_id=opening.ticket_id)
        assert (await desk.actions.perform(claim)).status is RowState.WAITING
        step = commands.MoveStage(id=new(), ticket_id=opening.ticket_id, stage=Stage.ANALYSE)
        assert (await desk.actions.perform(step)).status is RowState.WAITING
        await all_sent(bench)
        found = await case(desk, opening.ticket_id)
        assert (found.channel, found.mine, found.stage) == (Channel.STORE, True, Stage.ANALYSE)
        assert await desk.attention.items() == ()


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        one = order()
        running.tell(one, name="陈志强", title="先生", phone="13800000005", city="上海", address="人民路 1 号")
        running.ring(one, "t1")
        yield running
