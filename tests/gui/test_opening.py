"""Opening a ticket while the contact talks: by which channel it came, which team gets it, and what becomes of it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from desk.domain import commands
from desk.domain.tickets import Channel, Kind
from desk.services.rows import Answer, RowState
from desk.views.open_ticket import OpenTicketForm
from tests.gui.hands import Hands
from tests.helpers.benches import bench_at, sign_in
from tests.helpers.running_centre import running_centre

pytestmark = pytest.mark.turns(2)

Key = Qt.Key


async def at_the_form(hands: Hands, number: str = "20261122") -> OpenTicketForm:
    """An order without a ticket, found by its number; the keyboard is on the form."""
    await hands.press("l", number, Key.Key_Return, Key.Key_Return)
    form = hands.window.lookup.form
    assert hands.on(form.kind)
    return form


def choose(box: QComboBox, said: str) -> None:
    """Pick by words, as by typing them into the box."""
    at = next(at for at in range(box.count()) if said in box.itemText(at))
    box.setCurrentIndex(at)


def opened(hands: Hands) -> commands.OpenTicket:
    [found] = [one for one in hands.fake.actions.performed if isinstance(one, commands.OpenTicket)]
    return found


async def test_trouble_goes_to_the_team_that_owns_it_and_the_form_says_so(hands: Hands) -> None:
    form = await at_the_form(hands)
    choose(form.kind, "Exception")
    assert form.team.currentText() == "Hotline"  # nobody knows yet what it is
    choose(form.why, "Paid twice")
    assert form.team.currentText() == "Finance"
    assert form.said_done == "Open for Finance"
    form.words.setPlainText("账单有两笔")
    form.words.setFocus()
    await hands.chord(Key.Key_Return)

    assert (opened(hands).team, opened(hands).subtype) == ("finance", "paid_twice")
    assert "ClaimTicket" not in hands.fake.actions.names()  # it is theirs
    assert hands.window.toast.said == "Opened. It stands in the queue of that team now."
    assert hands.window.page == "lookup"
    assert form.words.toPlainText() == ""


async def test_the_agent_may_keep_what_another_team_owns(hands: Hands) -> None:
    form = await at_the_form(hands)
    choose(form.kind, "Exception")
    choose(form.why, "Oversold")
    assert form.team.currentText() == "Warehouse"
    choose(form.team, "Hotline")
    assert form.said_done == "Open and claim"
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert opened(hands).team == "hotline"
    assert hands.fake.actions.names()[-1] == "ClaimTicket"


async def test_a_cancel_stays_with_the_team_of_whoever_takes_the_call(hands: Hands) -> None:
    form = await at_the_form(hands)
    choose(form.kind, "Exception")
    choose(form.why, "Paid twice")
    choose(form.kind, "Cancel")
    assert form.team.currentText() == "Hotline"
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert (opened(hands).team, opened(hands).channel) == ("hotline", Channel.HOTLINE)


async def test_a_chat_is_opened_as_a_chat_and_the_next_call_is_a_call_again(hands: Hands) -> None:
    form = await at_the_form(hands)
    choose(form.channel, "Chat")
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert opened(hands).channel is Channel.CHAT
    form = await at_the_form(hands, "20261123")
    assert form.channel.currentText() == "Hotline"


async def test_at_a_counter_the_channel_is_the_store(hands: Hands) -> None:
    await hands.fake.session.sign_out()
    await hands.fake.session.sign_in("chenjie", "secret")
    await hands.settle()
    form = await at_the_form(hands)
    assert form.channel.currentText() == "Store"
    choose(form.kind, "Exception")
    choose(form.why, "Paid twice")
    assert form.said_done == "Open and claim"  # the customer stands at this counter
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert (opened(hands).channel, opened(hands).team) == (Channel.STORE, "finance")
    assert hands.fake.actions.names()[-1] == "ClaimTicket"


async def test_a_desk_of_a_store_presets_the_store_for_whoever_works_there(hands: Hands) -> None:
    hands.fake.syncer.tell(scopes=("store:S01",))
    form = await at_the_form(hands)
    assert form.channel.currentText() == "Store"


async def heard(hands: Hands, form: OpenTicketForm, said: str) -> None:
    """Type what the customer says, and wait until the keywords were looked for in it."""
    looked = asyncio.Event()
    once = form.said.connect(lambda *_: looked.set())
    form.words.setPlainText(said)
    await looked.wait()
    form.said.disconnect(once)
    await hands.settle()


async def test_while_the_agent_types_the_words_name_the_reason_and_the_agent_may_correct_it(hands: Hands) -> None:
    form = await at_the_form(hands)
    await heard(hands, form, "地址填错了，帮我取消")
    assert form.why.currentText() == "Wrong address"
    assert form.why.accessibleName() == "Why (by keywords)"
    await heard(hands, form, "不是地址填错，就是不想要了")
    assert form.why.currentText() == "No longer wanted"
    choose(form.why, "too slow")  # the agent asked
    named = form.why.accessibleName()
    form.words.setPlainText("地址填错了")
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert named == "Why"
    assert (opened(hands).reason, opened(hands).words) == ("too_slow", "地址填错了")


async def test_what_the_keywords_found_is_left_to_the_rule_which_writes_down_that_it_was_they(hands: Hands) -> None:
    form = await at_the_form(hands)
    choose(form.kind, "Exception")
    await heard(hands, form, "同一单扣了我两次钱")
    assert "Paid twice" in form.why.currentText()
    assert form.team.currentText() == "Finance"
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert (opened(hands).subtype, opened(hands).team, opened(hands).words) == ("", "finance", "同一单扣了我两次钱")
    assert not form.suggested


async def test_one_key_raises_an_exception_about_the_case_in_hand(hands: Hands) -> None:
    await hands.press(Key.Key_Return)  # the first of the queue
    case = hands.window.case_control.row
    assert case is not None
    assert case.order is not None
    hands.window.bench.next.button.setFocus()
    await hands.press("e")
    form = hands.window.lookup.form
    assert hands.window.page == "lookup"
    assert case.order.number in form.title
    assert hands.window.lookup.field.text() == ""  # nothing was looked for, so nothing is said not to be found
    assert form.kind.currentText() == "Exception"
    assert form.channel.currentData() == (case.channel if case.channel is not Channel.APP else Channel.HOTLINE)
    assert hands.on(form.words)
    await hands.press("包裹丢了")
    await hands.chord(Key.Key_Return)
    assert (opened(hands).kind, opened(hands).order_id) == (Kind.EXCEPTION, case.order.id)
    assert opened(hands).words == "包裹丢了"


async def test_one_key_from_the_queue_the_approvals_the_tasks_and_the_look_up(hands: Hands) -> None:
    form = hands.window.lookup.form
    for page in ("q", "p", "t"):
        await hands.press(page, "e")
        assert (hands.window.page, form.kind.currentText()) == ("lookup", "Exception"), page
        assert "without an order" not in form.title, page
        assert hands.on(form.words), page
        hands.window.go("queue")
        await hands.settle()
    form = await at_the_form(hands)
    shown = form.title
    form.kind.setFocus()
    hands.window.raise_trouble()
    assert form.title == shown
    assert form.kind.currentText() == "Exception"
    await hands.press(Key.Key_Escape)


async def test_one_key_where_nothing_is_in_hand_opens_the_form_without_an_order(hands: Hands) -> None:
    hands.window.go("status")
    await hands.press("e")
    assert "without an order" in hands.window.lookup.form.title


async def test_what_was_typed_stays_when_it_could_not_be_opened(hands: Hands) -> None:
    hands.fake.actions.answers["OpenTicket"] = Answer(status=RowState.REFUSED, code="no_such_team")
    form = await at_the_form(hands)
    form.words.setPlainText("地址填错了")
    form.words.setFocus()
    await hands.chord(Key.Key_Return)
    assert form.words.toPlainText() == "地址填错了"


@pytest.mark.parametrize(
    ("login", "scope", "store"), [("wangfang", "team:hotline", None), ("chenjie", "store:S01", "S01")]
)
async def test_the_true_policy_names_an_owner_for_every_kind_of_trouble(
    login: str, scope: str, store: str | None, tmp_path: Path
) -> None:
    with running_centre(tmp_path / "centre") as centre:
        async with bench_at(centre, tmp_path / "desk", scope) as bench:
            await sign_in(bench.desk, login)
            choices = await bench.desk.workspace.choices()
            owners = {sub.key: sub.owner for kind in choices.types for sub in kind.parts}
            assert all(owners.values())
            assert owners["paid_twice"] == "finance"
            assert set(owners.values()) <= {team.key for team in choices.teams}
            assert bench.desk.session.person is not None
            assert bench.desk.session.person.store_id == store
