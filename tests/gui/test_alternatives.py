"""First the real need: the customer takes something else than a cancel, and the case ends under what was agreed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from desk.domain import commands
from desk.services.rows import Answer, RowState
from desk.views.buttons import KeyButton
from tests.gui.hands import Hands
from tools import samples

Key = Qt.Key


async def press_prompt(hands: Hands, said: str) -> None:
    """The prompt above the button, by mouse as by Tab and Space."""
    found = [one for one in hands.window.bench.next.findChildren(KeyButton) if one.text() == said]
    assert found, said
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    await hands.settle()


def preset(hands: Hands) -> str:
    outcome = hands.window.bench.wrap_up.parts["outcome"]
    assert isinstance(outcome, QComboBox)
    return outcome.currentText()


async def test_the_customer_will_wait_and_the_wrap_up_says_so(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)
    await press_prompt(hands, "Will wait")
    note = hands.fake.actions.performed[-1]
    assert isinstance(note, commands.AddNote)
    assert note.words == "Will wait"
    assert bench.side is bench.wrap_up
    assert preset(hands) == "Withdrawn, customer waits"


@pytest.mark.parametrize("said", ["Change address", "Swap"])
async def test_another_way_is_an_alternative_accepted(hands: Hands, said: str) -> None:
    await hands.press(Key.Key_J, Key.Key_Return)
    await press_prompt(hands, said)
    assert preset(hands) == "Alternative accepted"


async def test_who_orders_again_needs_the_cancel_first(hands: Hands) -> None:
    bench = hands.window.bench
    await hands.press(Key.Key_J, Key.Key_Return)
    await press_prompt(hands, "Order again")
    assert bench.side is None
    assert hands.window.toast.said == "Noted. Cancel this order first, then the customer orders again."
    assert hands.on(bench.next.button)
    assert "CancelOrder" not in hands.fake.actions.names()


async def test_an_alternative_whose_end_nobody_knows_presets_nothing(hands: Hands) -> None:
    case = replace(samples.CASE, alternatives=(samples.choice("call_back", "回电", "Call back"),))
    hands.fake.shop.cases["t2"] = case
    await hands.press(Key.Key_J, Key.Key_Return)
    await press_prompt(hands, "Call back")
    assert hands.window.bench.side is hands.window.bench.wrap_up
    assert preset(hands) == ""


async def test_without_the_claim_nothing_is_noted_and_nothing_opens(hands: Hands) -> None:
    hands.fake.actions.answers["AddNote"] = Answer(status=RowState.REFUSED, code="claim_not_held")
    await hands.press(Key.Key_J, Key.Key_Return)
    await press_prompt(hands, "Will wait")
    assert hands.window.bench.side is None
    assert "CloseTicket" not in hands.fake.actions.names()
    assert hands.window.toast.said != ""
