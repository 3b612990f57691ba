"""Every list says what it is about when it shows nothing: nothing there, on its way, or it cannot be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk.views.state_view import Showing, StateView
from tests.gui.hands import Hands
from tests.helpers.todays import of_today
from tools.scenes import LISTS, clear_out

Key = Qt.Key
READ = sorted(set(LISTS) - {"timeline", "replay"})  # these two come with their case


def state_of(hands: Hands, name: str) -> StateView:
    """The face of a list."""
    window = hands.window
    views = {
        "queue": window.bench.queue,
        "lookup": window.lookup,
        "approvals": window.approvals,
        "attention": window.attention,
        "tasks": window.tasks,
        "timeline": window.bench.case.timeline,
        "replay": window.bench.replay,
    }
    view: QWidget = views.get(name, window.admin)
    found = view.findChildren(StateView)
    return found[0]


async def go(hands: Hands, name: str) -> None:
    """To the screen with the list, which is read anew."""
    await LISTS[name](hands)
    hands.fake.shop.changes.announce([], whole=True)
    await hands.settle()


@pytest.mark.parametrize("name", of_today(sorted(LISTS), 3))
async def test_an_empty_list_says_so_and_what_to_do_next(hands: Hands, name: str) -> None:
    if name in ("timeline", "replay"):  # of a case that is there
        queue = dict(hands.fake.shop.queue)
        clear_out(hands)
        hands.fake.shop.queue.update(queue)
    else:
        clear_out(hands)
    await go(hands, name)
    state = state_of(hands, name)
    assert state.showing is Showing.EMPTY
    assert state.said[0], name
    assert state.said[1], name


@pytest.mark.parametrize("name", of_today(READ, 3))
async def test_a_list_on_its_way_says_so_then_shows_what_came(hands: Hands, name: str) -> None:
    hands.fake.shop.door.broken = True
    await go(hands, name)
    hands.fake.shop.door.broken = False
    hands.fake.shop.door.open.clear()
    await press_retry(hands, name)
    state = state_of(hands, name)
    assert (state.showing, state.said[0]) == (Showing.LOADING, "Loading…")

    hands.fake.shop.door.open.set()
    await hands.settle()
    assert state.showing is Showing.CONTENT


@pytest.mark.parametrize("name", of_today(READ, 3))
async def test_a_list_that_cannot_be_read_says_why_what_is_safe_and_how_to_go_on(hands: Hands, name: str) -> None:
    hands.fake.shop.door.broken = True
    await go(hands, name)
    state = state_of(hands, name)
    assert state.showing is Showing.FAILED
    assert state.said == ("The disk of this desk does not answer.", "Your work is kept.")

    hands.fake.shop.door.broken = False
    await press_retry(hands, name)
    assert state_of(hands, name).showing is Showing.CONTENT


async def press_retry(hands: Hands, name: str) -> None:
    """The button of the face, by keyboard."""
    button = state_of(hands, name).retry_button
    assert button.isVisible()
    button.setFocus()
    await hands.press(Key.Key_Space)


async def test_a_case_that_cannot_be_read_says_so_in_its_place(hands: Hands) -> None:
    hands.fake.shop.door.broken = True
    hands.window.open_case("t2")
    await hands.settle()
    state = hands.window.bench.case.state
    assert state.showing is Showing.FAILED
    hands.fake.shop.door.broken = False
    state.retry.emit()
    await hands.settle()
    assert hands.window.bench.case.row is not None
    assert hands.window.bench.case.state.showing is Showing.CONTENT
