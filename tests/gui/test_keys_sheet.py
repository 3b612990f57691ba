"""The sheet of keys (?) is true and complete: every key shown anywhere is on it, and every key on it does something."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QFontMetricsF
from PySide6.QtWidgets import QPushButton

from desk.views import actions, tokens
from desk.views.buttons import KeyButton
from desk.views.fonts import sized
from tests.gui.hands import Hands
from tests.helpers.todays import of_today
from tools.scenes import KEPT, Scene

PAGES = ("queue", "lookup", "approvals", "attention", "tasks", "admin", "status")
NAMES = (
    "case-paid-twice",
    "option",
    "ask-team",
    "wrap-up",
    "hand-off",
    "replay",
    "lookup",
    "approvals",
    "attention",
    "tasks",
    "admin",
    "status",
)
SCREENS = {name: KEPT[name] for name in NAMES}
TODAY = of_today(NAMES, 3)


def keys_of(shown: str) -> set[str]:
    """ "↓ J" is two keys; "Ctrl Enter" on a button is "Ctrl+Enter"; "1–9" stands for nine."""
    if shown in ("1–9", "Alt 1–9"):
        return {shown.replace("1–9", str(n)).replace(" ", "+") for n in range(1, 10)}
    return set(shown.replace("Ctrl ", "Ctrl+").split())


@pytest.mark.parametrize("scene", [SCREENS[name] for name in TODAY], ids=TODAY)
async def test_every_key_on_the_screen_is_on_its_sheet(hands: Hands, scene: Scene) -> None:
    await scene(hands)
    window = hands.window
    window.show_keys()
    sheet = {key for shown, _ in window.sheet.lines for key in keys_of(shown)}
    buttons = [button for button in window.findChildren(KeyButton) if button.isVisible() and button.key]
    missing = {f"{button.text()}: {button.key}" for button in buttons if not keys_of(button.key) <= sheet}
    assert missing == set()


@pytest.mark.parametrize("page", PAGES)
async def test_every_key_on_the_sheet_is_a_key_of_this_page_and_the_only_one(hands: Hands, page: str) -> None:
    window = hands.window
    window.go(page)
    await hands.settle()
    window.show_keys()
    bound = {
        action.objectName(): action.shortcut().toString()
        for action in (*window.actions(), *window.bench.queue.list.actions())
        if isinstance(action, QAction) and action.isEnabled()
    }
    acts = [act for act in actions.of_page(page) if act not in actions.OWN]
    assert {act.name for act in acts} == set(bound)
    assert [key for key, times in Counter(bound.values()).items() if times > 1] == []
    said = {words: key for key, words in window.sheet.lines}
    for act in acts:
        if not act.name[-1].isdigit():
            assert act.said in said
            assert said[act.said] == act.key


async def test_a_key_that_is_pressed_by_its_name_presses_its_button(hands: Hands) -> None:
    """The table and the buttons agree: the act under a button's key is the button's."""
    await KEPT["case"](hands)
    keys = {act.key: act.said for act in actions.of_page("queue") if act not in actions.OWN}
    for button in hands.window.bench.findChildren(KeyButton):
        if button.isVisible() and button.isEnabled() and button.key and isinstance(button, QPushButton):
            assert button.key in keys, button.text()


@pytest.mark.parametrize("code", ["zh", "en"])
async def test_the_sheet_fits_a_small_screen_with_every_word(hands: Hands, code: str) -> None:
    window = hands.window
    window.use_language(code)
    window.resize(1280, 720)
    await KEPT["case"](hands)
    window.show_keys()
    await hands.settle()
    card, width, _ = window.sheet._layout()
    assert window.sheet.rect().contains(card.toAlignedRect())
    metrics = QFontMetricsF(sized(window.sheet.font(), tokens.BASE))
    cut = [said for _, said in window.sheet.lines if metrics.horizontalAdvance(said) > width - 100]
    assert cut == []
