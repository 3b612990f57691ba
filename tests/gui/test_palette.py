"""The palette (Ctrl+K): acts and pages by name beside orders; what cannot be done now is there with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desk.views import language
from desk.views.call_line import CallLine
from desk.views.palette import Suggestion, distance, matching
from tests.gui.hands import Hands

pytestmark = pytest.mark.turns(2)

Key = Qt.Key


async def type_(hands: Hands, typed: str) -> CallLine:
    """Ctrl+K, the letters, and the rest that typing takes."""
    line = hands.window.top.call_line
    await hands.chord(Key.Key_K)
    await hands.press(typed)
    line.typed.emit(typed)
    await hands.settle()
    return line


@pytest.mark.parametrize(
    ("letters", "title", "source"),
    [
        ("hand", "Hand off to another team", ""),
        ("hof", "Hand off to another team", ""),
        ("转交", "转交其他小组", "Hand off to another team"),
        ("zhuanj", "转交其他小组", "Hand off to another team"),
        ("zjqt", "转交其他小组", "Hand off to another team"),
        ("wrap", "结单", "Wrap up"),
        ("jd", "结单", "Wrap up"),
        ("jiedan", "Wrap up", "Wrap up"),
    ],
)
def test_a_name_is_met_by_beginnings_of_its_words(letters: str, title: str, source: str) -> None:
    assert distance(letters, title, source) == 0


@pytest.mark.parametrize("letters", ["xq", "dnah", "offhand", "handx"])
def test_other_letters_mean_something_else(letters: str) -> None:
    assert distance(letters, "Hand off to another team") is None


def test_what_begins_so_comes_before_what_has_it_later() -> None:
    acts = [Suggestion(action=name, title=name) for name in ("Path of the case", "Open the case", "Case notes")]
    assert [act.title for act in matching("case", acts)] == ["Case notes", "Open the case", "Path of the case"]


async def test_with_nothing_typed_the_acts_of_this_screen_are_on_offer(hands: Hands) -> None:
    hands.window.open_case("t2")
    await hands.settle()
    await hands.chord(Key.Key_K)
    found = hands.window.top.call_line.found
    assert "Write a note, N" in found
    assert "Pause the clocks" in found  # one of the further acts on this case
    assert "Approvals, P" in found
    assert not any(act.startswith("Deny") for act in found)  # of another page
    assert not any("compensation, 1" in act for act in found)


async def test_a_page_is_opened_by_its_name(hands: Hands) -> None:
    line = await type_(hands, "approv")
    assert line.found[0] == "Approvals, P"
    await hands.press(Key.Key_Return)
    assert hands.window.page == "approvals"


async def test_pinyin_initials_find_an_act_in_chinese(hands: Hands) -> None:
    language.use("zh")
    hands.window.open_case("t2")
    await hands.settle()
    line = await type_(hands, "jd")
    assert line.found[0] == "结单, Z"
    await hands.press(Key.Key_Return)
    assert hands.window.bench.side is hands.window.bench.wrap_up


async def test_arrows_choose_and_enter_does_it(hands: Hands) -> None:
    line = await type_(hands, "sta")
    names = [found.split(",")[0] for found in line.found]
    at = names.index("Status and settings")
    await hands.press(*[Key.Key_Down] * (at - line.at), Key.Key_Return)
    assert hands.window.page == "status"


async def test_escape_gives_the_keyboard_back_to_where_it_was(hands: Hands) -> None:
    hands.window.open_case("t2")
    await hands.settle()
    button = hands.window.bench.next.button
    button.setFocus()
    await type_(hands, "note")
    await hands.press(Key.Key_Escape)
    assert hands.on(button)
    assert hands.window.top.call_line.found == []


async def test_what_cannot_be_done_now_is_there_with_the_reason_and_does_nothing(hands: Hands) -> None:
    hands.fake.shop.cases["t6"] = replace(hands.fake.shop.cases["t6"], mine=False, holder="李强")
    hands.window.open_case("t6")
    await hands.settle()
    line = await type_(hands, "hand off")
    assert line.found[0] == "Hand off to another team, 李强 holds this ticket., H"
    await hands.press(Key.Key_Return)
    assert line.hint == "李强 holds this ticket."
    assert hands.window.bench.side is None


async def test_orders_stand_before_acts(hands: Hands) -> None:
    hands.fake.shop.hits = [replace(hit, phone="note") for hit in hands.fake.shop.hits[:1]]
    line = await type_(hands, "note")
    assert len(line.found) > 1
    assert "202611210917" in line.found[0]


async def test_letters_that_name_an_act_may_still_be_asked_of_the_centre(hands: Hands) -> None:
    wanted: list[str] = []
    line = await type_(hands, "note")
    line.wanted.connect(lambda typed, verbs: wanted.append(typed))
    assert line.found[-1] == "Ask the centre for “note”"
    await hands.press(Key.Key_Up, Key.Key_End)
    await hands.press(*[Key.Key_Down] * len(line.found), Key.Key_Return)
    assert wanted == ["note"]


async def test_enter_in_haste_is_about_what_was_typed_last_and_does_no_act_unseen(hands: Hands) -> None:
    wanted: list[str] = []
    line = await type_(hands, "09")
    line.wanted.connect(lambda typed, verbs: wanted.append(typed))
    assert len(line.found) >= 4
    await hands.press("17", Key.Key_Return)
    assert wanted == ["0917"]
    await hands.chord(Key.Key_K)
    await hands.press("lock", Key.Key_Return)
    assert wanted == ["0917", "lock"]
    assert not hands.window.sign_in.isVisible()


async def test_a_key_that_does_nothing_here_says_why_at_once(hands: Hands) -> None:
    window = hands.window
    hands.fake.shop.cases["t6"] = replace(hands.fake.shop.cases["t6"], mine=False, holder="李强")
    window.open_case("t6")
    await hands.settle()
    for key in "hrmz":
        window.toast.hide()
        await hands.press(key)
        assert window.toast.said == "李强 holds this ticket.", key
    assert window.bench.side is None

    await hands.press("n")  # whoever sees a ticket may note what they know
    assert window.bench.side is window.bench.words
