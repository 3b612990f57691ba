"""Approvals, attention, tasks, look-up, people, sign-in, lock: by keyboard, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desk.domain import commands
from desk.services import rows
from desk.services.rows import Answer, RowState
from desk.views.buttons import KeyButton
from desk.views.state_view import Showing
from desk.views.tasks_view import effect_entry
from tests.gui.hands import Hands
from tools.samples.pages import TASKS

pytestmark = pytest.mark.turns(2)

Key = Qt.Key


async def test_a_supervisor_answers_with_one_key(hands: Hands) -> None:
    view = hands.window.approvals
    await hands.press("p")
    assert hands.window.page == "approvals"
    assert view.card.said.startswith("¥30.00 | Coupon | 王芳 asks · No longer wanted · …0917")
    assert "Similar cases got: …8817 ¥10 coupon ¥10.00" in view.card.said

    await hands.press("a")
    assert hands.fake.approvals.decided == [("a1", True, None, "")]
    assert view.model.rowCount() == 2


async def test_a_supervisor_lowers_the_amount_and_approves(hands: Hands) -> None:
    view = hands.window.approvals
    await hands.press("p", "c")
    assert hands.on(view.card.field)
    assert view.card.field.text() == "30.00"
    await hands.press("20.5", Key.Key_Return)
    assert hands.fake.approvals.decided == [("a1", True, 2050, "")]


async def test_nonsense_is_no_amount(hands: Hands) -> None:
    view = hands.window.approvals
    await hands.press("p", "c", "2x", Key.Key_Return)
    assert hands.fake.approvals.decided == []
    assert hands.on(view.card.field)


async def test_a_denial_has_a_reason(hands: Hands) -> None:
    await hands.press("p", "d")
    await hands.pick("Not our fault")
    assert hands.fake.approvals.decided == [("a1", False, None, "not_our_fault")]


async def test_nobody_answers_their_own_request(hands: Hands) -> None:
    await hands.press("p", Key.Key_J, Key.Key_J)
    assert "Nobody approves their own request." in hands.window.approvals.card.said
    await hands.press("a")
    assert hands.fake.approvals.decided == []


async def test_a_request_answered_elsewhere_leaves_the_list_by_itself(hands: Hands) -> None:
    await hands.press("p")
    del hands.fake.shop.approvals["a1"]
    hands.fake.shop.changes.announce([("approval", "a1")])
    await hands.settle()
    assert hands.window.approvals.model.rowCount() == 2


async def test_refused_acts_say_why_and_what_to_do(hands: Hands) -> None:
    view = hands.window.attention
    await hands.press("i")
    said = [str(view.model.data(view.model.index(at))) for at in range(2)]
    assert "The refund is now ¥269.00, not what was shown. Look again, then cancel." in said[1]
    assert view.list.current_row().id == "x1"
    await hands.press("g")
    assert view.model.rowCount() == 1
    await hands.press(Key.Key_Delete)
    assert view.state.showing == "empty"


async def test_a_task_is_confirmed_with_its_reference(hands: Hands) -> None:
    await hands.press("t", Key.Key_J, "g")
    assert isinstance(hands.fake.actions.performed[-1], commands.RetryEffect)
    hands.window.tasks.list.select_row(0)
    await hands.press(Key.Key_Return, "WB-7781", Key.Key_Return)
    confirmed = hands.fake.actions.performed[-1]
    assert isinstance(confirmed, commands.ConfirmEffect)
    assert (confirmed.effect_id, confirmed.reference) == ("e1", "WB-7781")


def test_what_was_given_with_an_option_stands_at_the_task(hands: Hands) -> None:
    effect = TASKS[0]
    assert isinstance(effect, rows.EffectRow)
    row = replace(effect, details=(("address", "文三路 18 号"), ("fee", "8.00")))
    assert "文三路 18 号" in effect_entry(row).second


async def test_what_cannot_be_done_by_hand_is_said_with_the_reason(hands: Hands) -> None:
    await hands.press("t")
    view = hands.window.tasks
    view.list.select_row(0)
    await hands.press(Key.Key_Return, "out of stock")
    assert view._cannot.isEnabled()
    view._cannot.click()
    await hands.settle()
    said = hands.fake.actions.performed[-1]
    assert isinstance(said, commands.DeclineEffect)
    assert (said.effect_id, said.words) == ("e1", "out of stock")


async def test_the_call_line_finds_opens_and_acts(hands: Hands) -> None:
    line = hands.window.top.call_line
    await hands.chord(Key.Key_K)
    assert hands.on(line)
    await hands.press("0917 c")
    line.typed.emit("0917")
    await hands.settle()
    assert len(line.found) == 4
    await hands.press(Key.Key_Return)
    await hands.settle()
    assert hands.window.bench.case.row is not None
    assert hands.window.bench.case.row.id == "t2"
    assert hands.window.bench.next.button.armed  # C was pressed; the second key is still asked for


async def test_after_the_call_line_the_keys_are_for_the_case_that_it_opened(hands: Hands) -> None:
    line = hands.window.top.call_line
    await hands.chord(Key.Key_K)
    await hands.press("0917")
    line.typed.emit("0917")
    await hands.settle()
    await hands.press(Key.Key_Return)
    await hands.settle()
    assert hands.window.bench.case.row is not None
    assert not hands.on(line)
    await hands.press("n")
    assert line.text() == ""
    assert hands.window.bench.side is hands.window.bench.words


async def test_the_call_line_knows_the_acts_of_the_screen(hands: Hands) -> None:
    line = hands.window.top.call_line
    await hands.chord(Key.Key_K)
    await hands.press("approvals")
    line.typed.emit("approvals")
    await hands.settle()
    assert line.found[0] == "Approvals, P"
    await hands.press(Key.Key_Return)
    assert hands.window.page == "approvals"


async def test_an_order_without_a_ticket_gets_one_while_the_customer_talks(hands: Hands) -> None:
    view = hands.window.lookup
    await hands.press("l")
    assert hands.on(view.field)
    await hands.press("0917", Key.Key_Return)
    assert view.model.rowCount() == 4
    await hands.press(Key.Key_J, Key.Key_Return)
    assert hands.on(view.form.kind)
    view.form.words.setPlainText("地址填错了")
    await hands.chord(Key.Key_Return)

    opened, claimed = hands.fake.actions.performed[-2:]
    assert isinstance(opened, commands.OpenTicket)
    assert isinstance(claimed, commands.ClaimTicket)
    assert (opened.order_id, opened.kind, opened.words) == ("o2", "cancel", "地址填错了")
    assert claimed.ticket_id == opened.ticket_id
    assert hands.window.page == "queue"


async def test_looking_up_offline_says_what_was_asked(hands: Hands) -> None:
    hands.fake.lookup.offline = True
    await hands.press("l", "0917", Key.Key_Return)
    assert hands.window.lookup.problem == "The centre cannot be reached. Your work is kept and sent later."


async def test_the_administrator_adds_a_person_and_shuts_a_desk_out(hands: Hands) -> None:
    view = hands.window.admin
    await hands.press("y")
    view.begin_new()
    await hands.press("heyun", Key.Key_Tab, "何芸", Key.Key_Return)
    saved = hands.fake.actions.performed[-1]
    assert isinstance(saved, commands.SaveStaff)
    assert (saved.login, saved.full_name, saved.level, saved.active) == ("heyun", "何芸", "agent", True)

    view.list.select_row(0)
    view.person.active.setChecked(False)
    view.person.finish()
    await hands.settle()
    saved = hands.fake.actions.performed[-1]
    assert isinstance(saved, commands.SaveStaff)
    assert (saved.staff_id, saved.active) == ("u1", False)

    view.tabs.choose("desks")
    assert not view.desk.button.isEnabled()  # this very desk
    view.list.select_row(1)
    assert not view.desk.button.isEnabled()  # shut out already


async def test_locked_nothing_of_the_work_is_on_the_screen(hands: Hands) -> None:
    window = hands.window
    await hands.chord(Key.Key_L)
    assert window.sign_in.isVisible()
    assert not window.bench.isVisible()
    await hands.press("wrong", Key.Key_Return)
    assert window.sign_in.problem == "Login or password is not right."
    await hands.press("secret", Key.Key_Return)
    assert window.bench.isVisible()


async def test_another_person_takes_over_from_the_list_of_the_demo(hands: Hands) -> None:
    window = hands.window
    window.session.switch()
    await hands.settle()
    assert hands.on(window.sign_in.people)
    await hands.press(Key.Key_J, Key.Key_J, Key.Key_J, Key.Key_Return)
    assert hands.fake.session.person is not None
    assert hands.fake.session.person.login == "liuyang"
    assert "刘洋 · Supervisor" in window.top.said


async def leave_a_new_desk(hands: Hands) -> None:
    hands.fake.session.enrolled = False
    await hands.fake.session.sign_out()
    await hands.settle()


async def test_a_new_desk_asks_for_its_code(hands: Hands) -> None:
    window = hands.window
    await leave_a_new_desk(hands)
    await hands.press("99", Key.Key_Tab, Key.Key_Return)
    assert window.sign_in.problem == "This code is not valid any more. Ask the administrator for a new one."


async def test_enter_presses_the_button_that_has_the_keyboard(hands: Hands) -> None:
    window = hands.window
    await leave_a_new_desk(hands)
    await hands.press("1234", Key.Key_Tab, Key.Key_Tab)
    assert isinstance(hands.focus, KeyButton)
    await hands.press(Key.Key_Return)
    assert hands.fake.session.enrolled
    assert window.sign_in.problem == ""


async def test_the_sheet_lists_the_keys_of_this_screen_and_lets_none_through(hands: Hands) -> None:
    window = hands.window
    window.open_case("t2")
    await hands.settle()
    await hands.press("?")
    assert ("Z", "Wrap up") in window.sheet.lines
    assert ("1–9", "Give this compensation") in window.sheet.lines
    await hands.press("z")
    assert not window.sheet.isVisible()
    assert window.bench.side is None


async def test_a_page_that_is_not_this_persons_is_not_there(hands: Hands) -> None:
    window = hands.window
    person = hands.fake.session.person
    assert person is not None
    hands.fake.session.person = replace(person, permissions=frozenset({"ClaimTicket", "OpenTicket"}))
    hands.fake.session.changed.emit()
    await hands.settle()
    assert not window.rail.buttons["admin"].isVisible()
    window.go("admin")
    assert window.page == "queue"


async def test_before_the_first_snapshot_nothing_is_promised_and_nothing_denied(hands: Hands) -> None:
    window = hands.window
    person = hands.fake.session.person
    assert person is not None
    hands.fake.session.person = replace(person, permissions=frozenset())
    hands.fake.session.changed.emit()
    await hands.settle()
    assert window.page == "queue"
    assert not any(window.rail.buttons[page].isVisible() for page in ("approvals", "tasks", "admin"))
    window.bench.queue.open_page(rows.QueuePage(rows=(), after=None, total=0, known=False))
    faces = [window.bench.queue.state.showing]
    window.bench.queue.open_page(rows.QueuePage(rows=(), after=None, total=0))
    faces.append(window.bench.queue.state.showing)
    assert faces == [Showing.LOADING, Showing.EMPTY]


async def test_a_page_asked_for_before_the_first_snapshot_comes_up_with_it(hands: Hands) -> None:
    window = hands.window
    person = hands.fake.session.person
    assert person is not None
    hands.fake.session.person = replace(person, permissions=frozenset())
    hands.fake.session.changed.emit()
    window.go("lookup")  # the centre found an order by its number, the replica is still on its way
    assert window.page == "queue"
    hands.fake.session.person = person
    hands.fake.session.changed.emit()
    await hands.settle()
    assert window.page == "lookup"


async def test_what_one_types_stays_in_its_field_when_more_is_known_of_the_person(hands: Hands) -> None:
    await hands.chord(Key.Key_K)
    await hands.press("44")
    hands.fake.session.changed.emit()
    await hands.settle()
    await hands.press("71")
    assert hands.window.top.call_line.text() == "4471"


async def test_a_few_words_at_the_foot_stand_on_one_line(hands: Hands) -> None:
    toast = hands.window.toast
    heights = []
    for words in ("Done.", "Under way. Tell the customer.", "Under way. Tell the customer. " * 8):
        toast.say(words)
        heights.append(toast.height())
    assert heights[0] == heights[1] < heights[2]


async def test_a_ticket_that_a_colleague_holds_is_said_to_be_theirs(hands: Hands) -> None:
    hands.fake.actions.answers["ClaimTicket"] = Answer(
        status=RowState.REFUSED, code="claimed_by_other", data={"holder": "李强"}
    )
    await hands.press(Key.Key_Space)
    assert hands.window.toast.said == "李强 holds this ticket."
