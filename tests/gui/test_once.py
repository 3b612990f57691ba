"""In haste: a key pressed twice, held down or clicked twice acts once, and nothing is said of the second press."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desk.domain import commands
from desk.domain.tickets import Act, Stage
from desk.services.rows import Answer, RowState
from desk.views.actions import ACTS
from desk.views.control.once import GRACE_SECONDS, Once, content
from tests.gui.fakes import WatchedJobs
from tests.gui.hands import Hands
from tools import samples

pytestmark = pytest.mark.turns(2)

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def twice(hands: Hands, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """The second press comes before anything of the first is done; the keyboard is where it was."""
    target = QApplication.focusWidget() or hands.window
    QTest.keyClick(target, key, modifier)
    QTest.keyClick(target, key, modifier)


async def test_ctrl_enter_twice_closes_a_case_once(hands: Hands) -> None:
    fake, bench = hands.fake, hands.window.bench
    fake.shop.cases["t2"] = replace(samples.CASE, done=frozenset(Act))
    await hands.press(Key.Key_J, Key.Key_Return, "z")
    await hands.press(Key.Key_Down, Key.Key_Tab)
    assert isinstance(hands.focus, QPlainTextEdit)
    await hands.press("told her", Key.Key_Tab, Key.Key_Down, Key.Key_Tab, Key.Key_Down, Key.Key_Tab, "fine")
    twice(hands, Key.Key_Return, CTRL)
    await hands.settle()
    assert fake.actions.names() == ["WriteRecord", "MoveStage", "CloseTicket"]
    assert hands.window.toast.said == "Case closed."
    assert bench.side is None


async def test_a_close_that_is_refused_is_asked_once_and_keeps_what_was_typed(hands: Hands) -> None:
    fake = hands.fake
    fake.shop.cases["t2"] = replace(samples.CASE, done=frozenset(Act))
    fake.actions.answers["CloseTicket"] = Answer(status=RowState.REFUSED, code="approval_pending")
    await hands.press(Key.Key_J, Key.Key_Return, "z")
    await hands.press(Key.Key_Down, Key.Key_Tab, "told her", Key.Key_Tab, Key.Key_Down, Key.Key_Tab, Key.Key_Down)
    await hands.press(Key.Key_Tab, "fine")
    twice(hands, Key.Key_Return, CTRL)
    await hands.settle()
    assert fake.actions.names() == ["WriteRecord", "MoveStage"]
    assert hands.window.bench.side is hands.window.bench.wrap_up  # what was typed is still there


async def test_ctrl_enter_twice_writes_one_note(hands: Hands) -> None:
    await hands.press(Key.Key_J, Key.Key_Return, "n", "rings again at six")
    twice(hands, Key.Key_Return, CTRL)
    await hands.settle()
    assert hands.fake.actions.names() == ["AddNote"]


async def test_ctrl_enter_twice_opens_one_ticket(hands: Hands) -> None:
    await hands.press("l", "20261122", Key.Key_Return, Key.Key_Return)
    hands.window.lookup.form.words.setFocus()
    twice(hands, Key.Key_Return, CTRL)
    await hands.settle()
    assert hands.fake.actions.names() == ["OpenTicket", "ClaimTicket"]


async def test_space_twice_claims_once(hands: Hands) -> None:
    await hands.press(Key.Key_J, Key.Key_J)
    twice(hands, Key.Key_Space)
    await hands.settle()
    assert hands.fake.actions.names() == ["ClaimTicket", "MoveStage"]


async def test_s_twice_says_one_script_and_ticks_no_other(hands: Hands) -> None:
    await hands.press(Key.Key_J, Key.Key_Return)
    twice(hands, Key.Key_S)
    await hands.settle()
    assert hands.fake.actions.names() == ["SendMessage"]


async def test_a_digit_twice_gives_once(hands: Hands) -> None:
    await hands.press(Key.Key_J, Key.Key_Return)
    twice(hands, Key.Key_2)
    await hands.settle()
    assert hands.fake.compensation.given == [("coupon_10", "waiting")]


async def test_c_twice_is_not_the_second_key(hands: Hands) -> None:
    button = hands.window.bench.next.button
    await hands.press(Key.Key_J, Key.Key_Return, "c", "c")
    assert button.armed
    assert "CancelOrder" not in hands.fake.actions.names()
    twice(hands, Key.Key_Return)
    await hands.settle()
    assert hands.fake.actions.names() == ["CancelOrder"]


async def test_a_double_click_arms_and_does_not_pay(hands: Hands) -> None:
    button = hands.window.bench.next.button
    await hands.press(Key.Key_J, Key.Key_Return)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    await hands.settle()
    assert button.armed
    assert "CancelOrder" not in hands.fake.actions.names()


async def test_a_stage_is_not_skipped_by_a_double_press(hands: Hands) -> None:
    steps = (samples.act("start"),)
    hands.fake.shop.cases["t2"] = replace(samples.CASE_TROUBLE, id="t2", stage=Stage.IDENTIFY, acts=steps)
    await hands.press(Key.Key_J, Key.Key_Return)
    twice(hands, Key.Key_C)
    await hands.settle()
    assert hands.fake.actions.names() == ["MoveStage"]


async def test_a_twice_approves_what_was_read_and_not_the_next_one(hands: Hands) -> None:
    await hands.press("p")
    twice(hands, Key.Key_A)
    await hands.settle()
    assert hands.fake.approvals.decided == [("a1", True, None, "")]


async def test_g_twice_tries_one_task_again(hands: Hands) -> None:
    await hands.press("t", Key.Key_J)
    twice(hands, Key.Key_G)
    await hands.settle()
    assert hands.fake.actions.names() == ["RetryEffect"]


async def test_enter_twice_saves_one_new_person(hands: Hands) -> None:
    await hands.press("y")
    hands.window.admin.begin_new()
    await hands.press("heyun", Key.Key_Tab, "何芸")
    twice(hands, Key.Key_Return)
    await hands.settle()
    assert hands.fake.actions.names() == ["SaveStaff"]


async def test_only_the_cursor_goes_on_while_a_key_is_held(hands: Hands) -> None:
    held = {act.name for act in ACTS if hands.window.actions_table[act.name].autoRepeat()}
    assert held == {"queue.next", "queue.previous"}


class Hand:
    """A hand clock."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_on_a_fast_desk_the_second_press_comes_when_the_act_is_done_and_still_is_the_same() -> None:
    jobs, clock = WatchedJobs(), Hand()
    once, done = Once(jobs, clock), list[str]()

    async def act(name: str) -> None:
        done.append(name)

    def press(name: str) -> bool:
        return once.spawn("give t1", lambda: act(name), "give", name)

    async def settle() -> None:
        for _ in range(5):
            await asyncio.sleep(0)
        assert not jobs.busy

    assert press("coupon")
    await settle()
    clock.now += GRACE_SECONDS / 2
    assert not press("coupon")
    assert press("points")  # something else is no double press
    await settle()
    clock.now += GRACE_SECONDS * 2
    assert press("points")  # nor is the same, wanted once more
    await settle()
    assert done == ["coupon", "points", "points"]
    await jobs.close()


def test_the_same_button_makes_the_same_content() -> None:
    first = commands.SetMood(id="1", ticket_id="t1", mood="angry")
    assert content(first) == content(replace(first, id="2"))
    assert content(first) != content(replace(first, mood="calm"))
