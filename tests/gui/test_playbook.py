"""An exception worked through by keys: checks, cause, option, other teams; and the specialist who answers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desk.domain import commands
from desk.domain.people import Level
from desk.domain.tasks import TaskState
from desk.domain.tickets import Answer as Found
from desk.services import rows
from desk.services.rows import Answer, CaseRow, Notice, NoticeKind, RowState
from desk.views.inputs_panel import fault_of
from tests.gui.hands import Hands
from tools import samples

pytestmark = pytest.mark.turns(2)

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


async def in_hand(hands: Hands, case: CaseRow) -> None:
    """The case of t2, open, as its agent sees it."""
    hands.fake.shop.cases["t2"] = case
    hands.window.open_case("t2")
    await hands.settle()


# --- checks and causes


async def test_what_is_wrong_is_said_before_anything_is_pressed(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    case = hands.window.bench.case
    assert case.band.sentence == "Paid twice: 1 to check before anything is done"
    assert "order deviates at payment · owned by Finance" in case.playbook.said
    assert "¥299.00 too much · ¥598.00 received · ¥299.00 due" in case.playbook.said
    assert "Supervisor hears of it in 21:30" in case.playbook.said
    assert case.playbook.checks.said == "3 of 5 · 1 required"


async def test_checks_are_answered_one_after_the_other_with_y_n_and_question_mark(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    checks = hands.window.bench.case.playbook.checks
    await hands.press("g")
    assert hands.on(checks.list)
    assert checks.list.current_row().key == "reconciled"  # the next that is required
    await hands.press("y")
    answered = hands.fake.actions.performed[-1]
    assert isinstance(answered, commands.AnswerCheck)
    assert (answered.ticket_id, answered.check, answered.answer) == ("t2", "reconciled", Found.YES)
    assert checks.list.current_row().key == "interface_log"
    assert hands.on(checks.list)
    await hands.press("?")
    answered = hands.fake.actions.performed[-1]
    assert isinstance(answered, commands.AnswerCheck)
    assert (answered.check, answered.answer) == ("interface_log", Found.CANNOT_TELL)
    assert not hands.window.sheet.isVisible()  # elsewhere ? is the sheet of keys, and y another page
    assert hands.window.page == "queue"


async def test_two_quick_keys_answer_two_checks(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    checks = hands.window.bench.case.playbook.checks
    await hands.press("g")
    QTest.keyClicks(checks.list, "yn")  # faster than any answer is painted
    await hands.settle()
    answered = [one for one in hands.fake.actions.performed if isinstance(one, commands.AnswerCheck)]
    assert [(one.check, one.answer) for one in answered] == [("reconciled", Found.YES), ("interface_log", Found.NO)]


async def test_an_answer_may_have_words(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    await hands.press("g", Key.Key_Return)
    panel = hands.window.bench.words
    assert hands.window.bench.side is panel
    await hands.press(Key.Key_Down, Key.Key_Tab, "银行说只有一笔")
    await hands.chord(Key.Key_Return)
    answered = hands.fake.actions.performed[-1]
    assert isinstance(answered, commands.AnswerCheck)
    assert (answered.check, answered.answer, answered.words) == ("reconciled", Found.NO, "银行说只有一笔")


async def test_the_cause_is_picked_from_those_that_fit(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    await hands.press("b")
    await hands.pick("Customer's slip")
    stated = hands.fake.actions.performed[-1]
    assert isinstance(stated, commands.SetReason)
    assert (stated.type, stated.subtype, stated.causes) == ("payment", "paid_twice", ("payment_api", "customer_slip"))
    await hands.press("b")
    await hands.pick("Payment provider's interface")
    stated = hands.fake.actions.performed[-1]
    assert isinstance(stated, commands.SetReason)
    assert stated.causes == ("customer_slip",)
    assert hands.window.bench.case.playbook.causes.said == ["Customer's slip"]


# --- options


async def test_nothing_is_done_before_the_checks(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    await hands.chord(Key.Key_1, ALT)
    await hands.press(Key.Key_Return)
    assert "TakeOption" not in hands.fake.actions.names()
    await hands.press("g", "y")  # the last one that is required
    await hands.chord(Key.Key_1, ALT)
    assert hands.window.bench.case.playbook.options.button("refund_surplus").armed


async def test_money_asks_for_a_second_key_and_then_the_words_and_offers_stand_ready(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_READY)
    bench, performed = hands.window.bench, hands.fake.actions.performed
    assert bench.case.band.sentence == "Paid twice → Refund the second payment ¥299.00 · or 1 more"
    assert bench.case.band.costs.startswith("Merchant's cost ¥0.00 · Customer's cost ¥0.00")
    button = bench.case.playbook.options.button("refund_surplus")
    assert (button.text(), button.note) == ("Refund the second payment ¥299.00", "¥299.00 goes back the way it came")
    await hands.press("d")
    assert hands.on(button)
    await hands.press(Key.Key_Return)
    assert (button.text(), button.armed) == ("Enter: ¥299.00 leaves for good", True)
    assert performed == []
    await hands.press(Key.Key_Return)
    taken = performed[-1]
    assert isinstance(taken, commands.TakeOption)
    assert (taken.ticket_id, taken.option, taken.order_id, taken.expected) == ("t2", "refund_surplus", "o1", 29900)
    assert hands.fake.scripts.asked[-1] == "paid_twice_refunded"
    assert bench.give.said_proposed == "Goes with what you did: ¥5 coupon (1)"
    assert hands.window.toast.said == "Under way. Tell the customer."


async def test_alt_and_a_digit_twice_pays_nothing(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_READY)
    await hands.chord(Key.Key_1, ALT)
    await hands.chord(Key.Key_1, ALT)
    button = hands.window.bench.case.playbook.options.button("refund_surplus")
    assert button.armed
    await hands.press(Key.Key_Escape)
    assert not button.armed
    assert hands.fake.actions.performed == []


async def test_enter_twice_in_haste_pays_once(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_READY)
    await hands.press("d", Key.Key_Return)
    target = QApplication.focusWidget() or hands.window
    QTest.keyClick(target, Key.Key_Return)
    QTest.keyClick(target, Key.Key_Return)
    await hands.settle()
    assert hands.fake.actions.names() == ["TakeOption"]


async def test_an_option_that_is_off_says_why_in_words(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_READY)
    options = hands.window.bench.case.playbook.options
    button = options.button("cancel_all")
    assert button.off
    assert button.note == "Not open as things are: Order Paid, not shipped"
    assert button.note in button.accessibleName()
    await hands.press("d", "j", "j")
    assert hands.on(button)
    await hands.press(Key.Key_Return, Key.Key_Return)
    assert hands.fake.actions.performed == []


async def test_another_amount_at_the_centre_is_refused_in_words(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_READY)
    data: rows.Data = {"amount": 19900, "currency": "CNY"}
    hands.fake.actions.answers["TakeOption"] = Answer(status=RowState.REFUSED, code="amount_changed", data=data)
    await hands.press("d", Key.Key_Return, Key.Key_Return)
    assert "The refund is now ¥199.00" in hands.window.toast.said


async def test_an_option_asks_for_what_it_needs_and_says_what_is_wrong_with_it(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_LOST)
    bench = hands.window.bench
    await hands.chord(Key.Key_1, ALT)
    panel = bench.inputs
    assert bench.side is panel
    assert hands.on(panel.lines["l1"])
    await hands.chord(Key.Key_Return)
    assert panel.said_fault == "Lines: pick at least one"
    await hands.press(Key.Key_Space, Key.Key_Tab, Key.Key_Tab, "12345678901", Key.Key_Tab, "30.11.")
    await hands.chord(Key.Key_Return)
    assert panel.said_fault == "Phone: this is no phone number"
    assert hands.on(panel.fields["phone"])
    await hands.chord(Key.Key_A)
    await hands.press("13800000005")
    await hands.chord(Key.Key_Return)
    assert panel.said_fault == "Expected by: a day like 2026-11-30"
    await hands.chord(Key.Key_A)
    await hands.press("2026-11-30")
    await hands.chord(Key.Key_Return)
    taken = hands.fake.actions.performed[-1]
    assert isinstance(taken, commands.TakeOption)
    assert (taken.option, taken.line_ids) == ("reship", ("l1",))
    assert dict(taken.inputs) == {"phone": "13800000005", "eta": "2026-11-30"}
    assert bench.side is None


async def test_money_with_inputs_asks_for_the_second_key_in_the_panel(hands: Hands) -> None:
    asked = rows.InputRow(key="reference", kind="text")
    options = (replace(samples.READY.options[0], inputs=(asked,)),)
    await in_hand(hands, replace(samples.CASE_READY, playbook=replace(samples.READY, options=options)))
    await hands.chord(Key.Key_1, ALT)
    await hands.press("WX-1")
    await hands.chord(Key.Key_Return)
    await hands.chord(Key.Key_Return)  # the panel's own key never is the second one
    assert hands.window.bench.inputs.button.armed
    assert hands.fake.actions.performed == []
    await hands.press(Key.Key_Return)
    assert hands.fake.actions.names() == ["TakeOption"]


def test_what_is_typed_is_judged_before_it_is_sent(look: None) -> None:
    contacts = samples.READY.contacts
    amount = rows.InputRow(key="fee", kind="amount", currency="CNY")
    assert [fault_of(amount, said, contacts) for said in ("", "x", "12.345", "¥12.50", "0")] == [
        "missing",
        "amount",
        "amount",
        "",
        "amount",
    ]
    day = rows.InputRow(key="eta", kind="date")
    assert [fault_of(day, said, contacts) for said in ("2026-11-20", "2026-11-21", "tomorrow")] == ["past", "", "date"]
    address = rows.InputRow(key="address", kind="address")
    assert fault_of(address, "见", contacts) == "address"


# --- other teams


async def test_a_team_is_asked_and_its_answer_stands_on_the_case(hands: Hands) -> None:
    await in_hand(hands, replace(samples.CASE_PAID_TWICE, tasks=()))
    bench = hands.window.bench
    assert not bench.case.handoffs.isVisible()
    await hands.press("a")
    assert hands.on(bench.ask.what)
    assert bench.ask.team.currentText() == "Finance"  # who does it, by the rules
    await hands.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Down, Key.Key_Tab, "第二笔订单里没有")
    await hands.chord(Key.Key_Return)
    asked = hands.fake.actions.performed[-1]
    assert isinstance(asked, commands.AskTeam)
    assert (asked.ticket_id, asked.what, asked.team, asked.words) == (
        "t2",
        "reconcile_payment",
        "finance",
        "第二笔订单里没有",
    )
    assert asked.due_at == samples.ahead(15)
    assert bench.side is None
    [said] = bench.case.handoffs.said
    assert said.startswith("15:00, Reconcile the payment, Finance · nobody has taken it")

    hands.fake.shop.apply(
        commands.ReplyTask(id="r", task_id=asked.task_id, done=True, reference="LS-77", words="第二笔已确认")
    )
    await hands.settle()
    [said] = bench.case.handoffs.said
    assert said.startswith("Done, Reconcile the payment")
    assert "“第二笔已确认” · no. LS-77 · 何静 20:04" in said


async def test_what_is_no_longer_needed_is_taken_back(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    card = hands.window.bench.case.handoffs
    card.list.setFocus()
    await hands.press(Key.Key_Delete)
    assert isinstance(hands.fake.actions.performed[-1], commands.WithdrawTask)
    assert card.said[0].startswith("Withdrawn, Reconcile the payment")


async def test_a_draft_for_a_team_survives(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    await hands.press("a", Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, "half a sen", Key.Key_Escape)
    assert hands.window.bench.side is None
    await hands.press("a")
    assert hands.window.bench.ask.editor.toPlainText() == "half a sen"


async def test_a_cancel_may_ask_a_team_too(hands: Hands) -> None:
    case = replace(samples.CASE, may_ask=True, choices=samples.CASE_PAID_TWICE.choices)
    await in_hand(hands, case)
    await hands.press("a")
    assert hands.window.bench.side is hands.window.bench.ask


# --- those who are asked


async def test_a_specialist_comes_in_to_what_is_asked_and_works_it_by_keys(hands: Hands) -> None:
    window, fake = hands.window, hands.fake
    fake.shop.tasks = list(samples.HAND_OFFS)
    await fake.session.sign_out()
    await hands.settle()
    await fake.session.sign_in("zhoujun", "secret")
    await hands.settle()
    assert fake.session.person is not None
    assert fake.session.person.level is Level.WAREHOUSE
    assert window.page == "tasks"
    view = window.tasks
    assert hands.on(view.list)
    assert "Hotline · 王芳 asked 19:56 · Finance: nobody has taken it" in view.card.said
    assert "“客户说两笔都扣款了，第二笔订单里没有”" in view.card.said
    assert "Not on the order: Alipay ¥299.00" in view.card.said

    await hands.press("g")
    assert isinstance(fake.actions.performed[-1], commands.TakeTask)
    assert "王芳 has it" in view.card.said
    await hands.press("d", "LS-77", Key.Key_Tab, "booked twice")
    await hands.chord(Key.Key_Return)
    replied = fake.actions.performed[-1]
    assert isinstance(replied, commands.ReplyTask)
    assert (replied.task_id, replied.done, replied.reference, replied.words) == ("k1", True, "LS-77", "booked twice")
    assert window.toast.said == "Answered; the team that asked sees it."


async def test_what_was_answered_lately_is_a_press_away(hands: Hands) -> None:
    asked = samples.HAND_OFFS[0]
    answered = replace(asked, id="x-done", state=TaskState.DONE, reference="SF-88", replied_at=samples.NOW)
    hands.fake.shop.tasks = [asked, answered]
    view = hands.window.tasks
    await hands.press("t")
    view._lately.click()
    await hands.settle()
    assert [one.id for one in view.model.rows] == ["x-done"]
    assert view.title.text() == "Answered lately"
    view._lately.click()
    await hands.settle()
    assert view.model.rowCount() == 2


async def test_a_task_that_cannot_be_done_says_why(hands: Hands) -> None:
    hands.fake.shop.tasks = list(samples.HAND_OFFS)
    await hands.press("t", "x")
    card = hands.window.tasks.card
    assert hands.on(card.editor)
    await hands.chord(Key.Key_Return)
    assert hands.fake.actions.performed == []  # a no needs its reason
    await hands.press("no such payment")
    await hands.chord(Key.Key_Return)
    replied = hands.fake.actions.performed[-1]
    assert isinstance(replied, commands.ReplyTask)
    assert (replied.done, replied.words) == (False, "no such payment")


async def test_an_overdue_task_is_marked_and_an_answer_half_written_stays(hands: Hands) -> None:
    hands.fake.shop.tasks = list(samples.HAND_OFFS)
    await hands.press("t", "j")
    view = hands.window.tasks
    assert "-14:00, Count the goods" in str(view.model.data(view.list.currentIndex()))
    assert "moved up to Senior agent" in view.card.said
    await hands.press("d", "half")
    hands.fake.shop.changes.announce([("task", "k3")])
    await hands.settle()
    assert view.card.reference.text() == "half"
    assert view.card.writing
    await hands.press(Key.Key_Escape)
    assert hands.on(view.list)


async def test_news_of_a_task_lead_to_it(hands: Hands) -> None:
    hands.fake.shop.tasks = list(samples.HAND_OFFS)
    label = samples.TASK.what
    hands.fake.notices.raised.emit(Notice(kind=NoticeKind.TASK, ticket_id="t2", label=label, order_tail="0917"))
    await hands.settle()
    assert hands.window.bench.queue.notices.said == "Your team is asked: Reconcile the payment …0917"
    await hands.press("u")
    assert hands.window.page == "tasks"


# --- the customer


async def test_a_block_and_a_contact_that_cannot_be_right_stand_beside_the_name(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_LOST)
    who = hands.window.bench.case.who
    assert who.said_block == "Blocked until Feb 10: Refunds without cause"
    assert who.said_contact == "address without house number"


async def test_a_supervisor_blocks_with_a_reason_and_words(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    await hands.press(".")
    await hands.pick("Block the customer")
    await hands.press(Key.Key_Down, Key.Key_Tab, "five orders, one address")
    await hands.chord(Key.Key_Return)
    blocked = hands.fake.actions.performed[-1]
    assert isinstance(blocked, commands.BlockCustomer)
    assert (blocked.customer_id, blocked.reason, blocked.words) == ("c1", "fraud", "five orders, one address")


async def test_the_queue_says_how_a_ticket_came_and_that_nobody_takes_it(hands: Hands) -> None:
    marks = {"found": True, "by_keywords": True, "escalation": 1}
    hands.fake.shop.queue["t3"] = replace(hands.fake.shop.queue["t3"], **marks)  # type: ignore[arg-type]
    hands.fake.shop.changes.announce([("ticket", "t3")])
    await hands.settle()
    model = hands.window.bench.queue.model
    said = str(model.data(model.index(model.row_of("t3"))))
    assert "moved up · chased · found by itself · by keywords" in said


async def test_system_states_and_counted_stock_stand_side_by_side(hands: Hands) -> None:
    await in_hand(hands, samples.CASE_PAID_TWICE)
    said = hands.window.bench.case.order.said
    assert "Shop: paid 19:04 | ≠ ERP: unpaid 19:06 | WMS: allocated 19:12" in said
    assert "Alipay ¥299.00 19:04 · no. 2026112122001 | Not on the order: Alipay ¥299.00 19:05" in said
    await in_hand(hands, samples.CASE_LOST)
    assert "holds 1 · 42 free · 0 counted" in hands.window.bench.case.order.said
