"""The cards of passwords, by keyboard: a first one after the code, one of one's own, a code for somebody else."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desk.services.rows import Answer, RowState
from tests.gui.hands import Hands

Key = Qt.Key


async def at_the_door(hands: Hands) -> None:
    hands.fake.session.demo_password = ""
    hands.window.session.switch()
    await hands.settle()


async def test_a_code_asks_for_a_password_twice_and_then_work_begins(hands: Hands) -> None:
    window, card = hands.window, hands.window.password
    await at_the_door(hands)
    await hands.press("liqiang", Key.Key_Return, "CODE", Key.Key_Return)
    assert card.isVisible()
    assert hands.on(card.wanted)
    assert not card.current.isVisible(), "the code is known"
    await hands.press("mine alone", Key.Key_Return, "mine alike", Key.Key_Return)
    assert card.problem == "The two are not the same. Type the new password again."
    assert hands.fake.session.set_to == ""
    await hands.press("mine alone", Key.Key_Return)
    assert hands.fake.session.set_to == "mine alone"
    assert window.bench.isVisible()
    assert (card.wanted.text(), card.again.text()) == ("", "")


async def test_a_short_one_is_typed_again_and_esc_leads_back_to_the_door(hands: Hands) -> None:
    window, card = hands.window, hands.window.password
    await at_the_door(hands)
    await hands.press(
        "liqiang", Key.Key_Return, "CODE", Key.Key_Return, "short", Key.Key_Return, "short", Key.Key_Return
    )
    assert card.problem == "A password has at least 8 characters."
    assert hands.on(card.wanted)
    await hands.press(Key.Key_Escape)
    assert window.sign_in.isVisible()
    assert hands.fake.session.person is None


async def test_a_code_that_ran_out_meanwhile_is_said_at_the_door(hands: Hands) -> None:
    window = hands.window
    await at_the_door(hands)
    await hands.press("liqiang", Key.Key_Return, "CODE", Key.Key_Return)

    async def too_late(login: str, password: str, wanted: str) -> Answer:
        return Answer(status=RowState.REFUSED, code="code_expired")

    hands.fake.session.new_password = too_late  # type: ignore[method-assign]
    await hands.press("mine alone", Key.Key_Return, "mine alone", Key.Key_Return)
    assert window.sign_in.isVisible()
    assert window.sign_in.problem == "This code has run out. Ask your administrator for a new one."


async def test_a_person_changes_their_own_from_the_menu(hands: Hands) -> None:
    window, card = hands.window, hands.window.password
    window.top.open_menu()
    await hands.press(Key.Key_P)
    window.activateWindow()  # a real desktop does so when the menu closes
    await hands.settle()
    assert hands.on(card.current)
    await hands.press("c", Key.Key_Return, "mine alone", Key.Key_Return, "mine alone", Key.Key_Return)
    assert card.problem == "Login or password is not right."
    assert hands.on(card.current)
    hands.fake.session.changed.emit()
    await hands.settle()
    assert card.isVisible(), "news of the person do not take the card away"
    await hands.press("secret", Key.Key_Return, Key.Key_Return, Key.Key_Return)
    assert hands.fake.session.set_to == "mine alone"
    assert window.bench.isVisible()
    assert window.toast.said == "Your password is changed."


async def test_locked_meanwhile_the_card_is_gone_with_what_was_typed(hands: Hands) -> None:
    window, card = hands.window, hands.window.password
    window.session.change_password()
    await hands.settle()
    await hands.press("secret")
    hands.fake.session.lock()
    await hands.settle()
    assert window.sign_in.isVisible()
    assert card.current.text() == ""
    await hands.press("secret", Key.Key_Return)
    assert window.bench.isVisible()


async def test_the_administrator_gives_a_code_which_is_shown_once(hands: Hands) -> None:
    view, window = hands.window.admin, hands.window
    await hands.press("y")
    ids = [person.id for person in view._page.staff]
    view.list.select_row(ids.index("u2"))
    card = view.person.code
    card.button.setFocus()
    await hands.press(Key.Key_Return)
    assert card.code == "", "one key is not enough: the password there is becomes void"
    await hands.press(Key.Key_Return)
    assert card.code == "ABCD-EFGH-JKLM"
    hands.fake.shop.changes.announce([("staff", "u2")])
    await hands.settle()
    assert card.code == "ABCD-EFGH-JKLM", "news of the person leave it standing"
    card._copy.click()
    assert QGuiApplication.clipboard().text() == "ABCD-EFGH-JKLM"
    view.list.select_row(ids.index("u1"))
    assert card.code == ""
    card.button.done.emit()
    await hands.settle()
    assert window.toast.said == "Change your own password in the menu under your name."
    view.list.select_row(ids.index("u2"))
    assert card.code == "", "it is not shown again"


async def test_there_is_no_code_for_who_is_not_there_yet_or_not_any_more(hands: Hands) -> None:
    view = hands.window.admin
    await hands.press("y")
    person = view._page.staff[0]
    for changed, may in (({}, True), ({"active": False}, False), ({"state": RowState.WAITING}, False)):
        view.person.show_person(replace(person, **changed), view._page)
        assert view.person.code.button.isEnabled() is may
    view.begin_new()
    assert not view.person.code.isVisible()
