"""The whole case without a mouse: claim, say, cancel, give, wrap up, replay."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from desk.domain import commands
from desk.services.rows import Allowed, Answer, RowState
from desk.views.wrap_up import WrapUp
from tests.gui.fakes import FakeWorkspace
from tests.gui.hands import Hands
from tools import samples

pytestmark = pytest.mark.turns(2)

Key = Qt.Key


async def test_an_agent_takes_a_ticket_from_claim_to_archive(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    await hands.press(Key.Key_J, Key.Key_J, Key.Key_Space)

    assert bench.case.row is not None
    assert bench.case.row.id == "t3"
    assert fake.actions.names() == ["ClaimTicket", "MoveStage"]
    assert hands.on(bench.next.button)  # the next act

    await hands.press("s")
    said = fake.actions.performed[-1]
    assert isinstance(said, commands.SendMessage)
    assert (said.template, said.via, said.language) == ("cancel_in_window", "sms", "en")
    assert "☑ Notify" in bench.say.ticked()

    await hands.press("c")
    assert "CancelOrder" not in fake.actions.names()  # money leaves for good: a second key
    assert bench.next.button.text() == "Enter: ¥299.00 leaves for good"
    await hands.press(Key.Key_Return)
    cancelled = fake.actions.performed[-1]
    assert isinstance(cancelled, commands.CancelOrder)
    assert cancelled.expected == 29900
    assert bench.next.button.text() == "Wrap up"

    await hands.press("2")
    assert fake.compensation.given == [("coupon_10", "waiting")]

    await hands.press("z")
    assert bench.side is bench.wrap_up
    assert "Still missing" in bench.wrap_up.said_missing


async def test_words_never_stand_beside_another_case(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)
    first, words = bench.case.row, bench.say.text
    assert first is not None

    fake.scripts.ready.clear()
    fake.shop.script = samples.SCRIPT_MISSING
    hands.window.open_case("t3")
    await hands.settle()
    assert (bench.case.row, bench.say.text) == (first, words)

    fake.scripts.ready.set()
    await hands.settle()
    assert bench.case.row is not None
    assert bench.case.row.id == "t3"
    assert bench.say.text == samples.SCRIPT_MISSING.text


async def test_wrap_up_closes_only_when_everything_is_there(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)
    await hands.press("z")
    panel = bench.wrap_up

    await hands.chord(Key.Key_Return)
    assert "WriteRecord" not in fake.actions.names()
    assert hands.on(panel.parts["outcome"])

    await hands.press(Key.Key_Down, Key.Key_Tab)
    assert isinstance(hands.focus, QPlainTextEdit)
    await hands.press("cancelled and refunded", Key.Key_Tab, Key.Key_Down, Key.Key_Tab, Key.Key_Down, Key.Key_Tab)
    await hands.press("fine", Key.Key_Tab, Key.Key_Tab, "caller hung up")
    assert panel.said_missing == ""
    await hands.chord(Key.Key_Return)

    names = fake.actions.names()
    assert names == ["WriteRecord", "MoveStage", "CloseTicket"]
    record = fake.actions.performed[0]
    assert isinstance(record, commands.WriteRecord)
    assert record.process == "cancelled and refunded"
    assert record.acts_waived == "caller hung up"
    assert bench.side is None
    assert hands.on(bench.queue.list)

    await hands.press("v")
    assert bench.side is bench.replay
    assert bench.replay.said()[0] == "Ticket opened"
    assert bench.replay.said()[-1] == "Archived"
    await hands.press(Key.Key_Escape)
    assert bench.side is None


def filled_in() -> WrapUp:
    return WrapUp(
        outcome="cancelled",
        process="done",
        cause="c",
        result="r",
        feedback="fine",
        satisfaction=None,
        acts_waived="hung up",
    )


async def test_the_stages_to_the_close_are_those_of_the_case_not_of_a_row_that_lags(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    lagging = fake.desk.workspace
    assert isinstance(lagging, FakeWorkspace)
    await hands.press(Key.Key_J, Key.Key_Return)
    await hands.press("z")
    lagging.frozen = True  # the screen is not refreshed any more
    bench.wrap_up.finished.emit(filled_in())
    await hands.settle()
    assert fake.actions.names() == ["WriteRecord", "MoveStage", "CloseTicket"]


async def test_what_a_person_opens_while_the_case_closes_stays_open(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)
    await hands.press("z")
    bench.wrap_up.finished.emit(filled_in())
    hands.window.actions_table["replay"].trigger()
    await hands.settle()
    assert hands.fake.actions.names()[-1] == "CloseTicket"
    assert bench.side is bench.replay


async def test_keys_on_an_empty_queue_are_not_typed_into_the_call_line(hands: Hands) -> None:
    hands.fake.shop.queue.clear()
    hands.window.queue_control.reload()
    await hands.settle()
    hands.window.go("attention")
    await hands.settle()
    hands.window.go("queue")
    await hands.settle()
    await hands.press("x")
    assert hands.window.top.call_line.text() == ""


async def test_keys_never_fire_while_text_is_typed(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)

    await hands.press("n", "s c z 1 2 q")
    assert bench.words.editor.toPlainText() == "s c z 1 2 q"
    assert fake.actions.names() == []
    assert fake.drafts.kept["note:t2"] == "s c z 1 2 q"
    await hands.chord(Key.Key_Return)
    note = fake.actions.performed[-1]
    assert isinstance(note, commands.AddNote)
    assert note.words == "s c z 1 2 q"

    await hands.chord(Key.Key_K)
    await hands.press("csz1")
    assert hands.window.top.call_line.text() == "csz1"
    assert fake.actions.names() == ["AddNote"]


async def test_a_draft_outlives_leaving_the_panel_and_other_peoples_changes(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return, "n", "half a")
    hands.fake.shop.changes.announce([("ticket", "t2")])
    await hands.settle()
    assert bench.words.editor.toPlainText() == "half a"
    await hands.press(Key.Key_Escape, "n")
    assert bench.words.editor.toPlainText() == "half a"


async def test_a_script_with_a_gap_does_not_go_out(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    fake.shop.script = samples.SCRIPT_MISSING
    await hands.press(Key.Key_J, Key.Key_Return, "s")

    assert fake.actions.names() == []
    assert hands.on(bench.say.fields["eta"])
    await hands.press("tomorrow", Key.Key_Return)
    assert bench.say.row is not None
    assert not bench.say.row.blocked
    bench.queue.list.setFocus()
    await hands.press("s")
    said = fake.actions.performed[-1]
    assert isinstance(said, commands.SendMessage)
    assert said.values == {"eta": "tomorrow"}


async def test_what_needs_approval_says_whose_and_shows_the_request(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)
    assert bench.give.buttons[3].note == "刘洋 approves"
    assert not bench.give.buttons[5].isEnabled()
    assert bench.give.buttons[5].note == "No freight was paid"

    await hands.press("6")
    assert hands.fake.compensation.given == []
    await hands.press("4")
    assert hands.fake.compensation.given == [("coupon_30", "waiting")]
    assert hands.window.toast.said == "Asked: a Supervisor decides. You see the answer here."
    assert bench.give.requests() == ["Coupon ¥30.00 · Waiting · Supervisor"]


async def test_a_refusal_is_said_in_words_and_nothing_is_lost(hands: Hands) -> None:
    bench = hands.window.bench
    refused = Answer(status=RowState.REFUSED, code="amount_changed", data={"amount": 26900, "currency": "CNY"})
    hands.fake.actions.answers["CancelOrder"] = refused
    await hands.press(Key.Key_J, Key.Key_Return, "c", Key.Key_Return)
    assert hands.window.toast.said == "The refund is now ¥269.00, not what was shown. Look again, then cancel."
    assert bench.case.row is not None


async def test_looking_away_puts_an_armed_button_back(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return, "c")
    assert bench.next.button.armed
    await hands.press(Key.Key_Escape)
    assert not bench.next.button.armed
    assert bench.next.button.text() == "Cancel order, refund ¥299.00"


async def test_news_between_the_two_keys_does_not_put_the_button_back_unless_it_is_about_another_act(
    hands: Hands,
) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return, "c")
    case = bench.case.row
    assert case is not None
    bench.next.show_case(replace(case, chased=case.chased + 1))
    assert bench.next.button.armed
    bench.next.show_case(replace(case, id="another case, the same sum"))
    assert not bench.next.button.armed
    await hands.press("c")
    bench.next.show_case(replace(case, acts=(replace(case.acts[0], allowed=Allowed.OFF), *case.acts[1:])))
    assert not bench.next.button.armed


async def test_offline_every_give_button_is_off_with_its_reason(hands: Hands) -> None:
    bench = hands.window.bench
    off = tuple(replace(offer, allowed=Allowed.OFF, note="offline_no_lease") for offer in samples.GIVE.offers)
    hands.fake.shop.give = replace(samples.GIVE, offers=off, off="offline_no_lease")
    await hands.press(Key.Key_J, Key.Key_Return)
    assert not any(button.isEnabled() for button in bench.give.buttons)
    assert all("Offline" in button.note for button in bench.give.buttons)
