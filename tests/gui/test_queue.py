"""The queue is live and quiet: rows are repainted where they stand and never move under the cursor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from desk.services.queue import Whose
from desk.services.rows import Notice, NoticeKind
from desk.views import language
from tests.gui.hands import Hands
from tools import samples

Key = Qt.Key


def spoken(hands: Hands, at: int) -> str:
    model = hands.window.bench.queue.model
    return str(model.data(model.index(at)))


async def test_two_lines_say_clock_kind_reason_tail_customer_and_holder(hands: Hands) -> None:
    assert spoken(hands, 0) == "00:42, Cancel · Wrong address, fresh ×2, …4471 · 李*, chased, ¥268.00"
    assert "李强 has it" in spoken(hands, 5)
    assert "not sent yet" in spoken(hands, 6)


async def test_a_change_of_one_row_repaints_one_row(hands: Hands) -> None:
    model = hands.window.bench.queue.model
    painted: list[tuple[int, int]] = []
    resets: list[bool] = []
    model.dataChanged.connect(lambda first, last: painted.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(True))
    hands.fake.shop.queue["t3"] = replace(hands.fake.shop.queue["t3"], holder="李强", holder_id="u2")

    hands.fake.shop.changes.announce([("ticket", "t3")])
    await hands.settle()

    assert painted == [(2, 2)]
    assert not resets
    assert "李强 has it" in spoken(hands, 2)


async def test_a_change_that_comes_while_the_tabs_are_counted_is_shown_too(hands: Hands) -> None:
    shop = hands.fake.shop

    def answered() -> None:
        shop.queue["t3"] = replace(shop.queue["t3"], holder="李强", holder_id="u2")
        shop.changes.announce([("ticket", "t3")])

    hands.fake.queue.while_counting = answered
    shop.changes.announce([("ticket", "t2")])
    await hands.settle()
    assert "李强 has it" in spoken(hands, 2)


async def test_the_list_makes_no_widget_per_row(hands: Hands) -> None:
    view = hands.window.bench.queue.list
    before = len(view.findChildren(QWidget))
    for at in range(500):
        hands.fake.shop.queue[f"x{at}"] = samples.queue_row(100 + at, id=f"x{at}")
    hands.fake.shop.changes.announce([], whole=True)
    await hands.settle()
    assert hands.window.bench.queue.model.rowCount() == 200
    assert len(view.findChildren(QWidget)) == before


async def test_pages_come_as_one_scrolls_to_them(hands: Hands) -> None:
    queue = hands.window.bench.queue
    hands.fake.queue.size = 4
    hands.fake.shop.changes.announce([], whole=True)
    await hands.settle()
    assert queue.model.rowCount() >= 4
    while queue.model.canFetchMore(QModelIndex()):
        queue.model.fetchMore(QModelIndex())
        await hands.settle()
    assert queue.model.rowCount() == 9
    assert "4" in hands.fake.shop.pages_asked


async def test_a_new_ticket_is_announced_and_the_cursor_stays_on_its_row(hands: Hands) -> None:
    queue = hands.window.bench.queue
    await hands.press(Key.Key_J)
    here = queue.list.current_row().id
    hands.fake.shop.queue["t99"] = samples.queue_row(99, id="t99", due_at=samples.ahead(0.1))

    hands.fake.shop.changes.announce([("ticket", "t99")])
    notice = Notice(kind=NoticeKind.NEW, ticket_id="t99", label=samples.WRONG_ADDRESS, order_tail="1234")
    hands.fake.notices.raised.emit(notice)
    await hands.settle()

    assert queue.model.row_of("t99") == 0
    assert queue.list.current_row().id == here
    assert queue.notices.said == "New: Wrong address …1234"
    await hands.press("u")
    assert queue.list.current_row().id == "t99"
    assert queue.notices.said == ""


async def test_with_the_mouse_on_a_short_list_nothing_moves_until_it_leaves(hands: Hands) -> None:
    queue = hands.window.bench.queue
    await hands.press(Key.Key_J, Key.Key_J)
    queue.list.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, True)
    hands.fake.shop.queue["t99"] = samples.queue_row(99, id="t99", due_at=samples.ahead(0.1))
    hands.fake.shop.changes.announce([("ticket", "t99")])
    await hands.settle()
    assert queue.model.row_of("t99") == -1
    queue.list.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    queue.show_held()
    assert queue.model.row_of("t99") == 0


async def test_a_ticket_whose_clock_moved_stays_where_it_is(hands: Hands) -> None:
    queue = hands.window.bench.queue
    hands.fake.shop.queue["t1"] = replace(hands.fake.shop.queue["t1"], due_at=samples.ahead(900))
    hands.fake.shop.changes.announce([("ticket", "t1")])
    await hands.settle()
    assert queue.model.row_of("t1") == 0
    assert spoken(hands, 0).startswith("15h 00m")


@pytest.mark.parametrize(
    ("language_code", "said", "in_full"),
    [("en", ["Team 9999", "All 12.3K"], "All 12,345"), ("zh", ["本组 9999", "全部 1.2万"], "全部 12,345")],
)
async def test_a_count_of_tens_of_thousands_has_room_in_its_tab(
    hands: Hands, language_code: str, said: list[str], in_full: str
) -> None:
    language.use(language_code)
    queue = hands.window.bench.queue
    queue.show_counts({Whose.TEAM: 9999, Whose.ALL: 12345})
    tabs = {tab.text(): tab for tab in queue.tabs.findChildren(QPushButton)}
    assert set(said) <= set(tabs)
    assert (tabs[said[1]].toolTip(), tabs[said[1]].accessibleName()) == (in_full, in_full)
    assert tabs[said[0]].toolTip() == ""


async def test_tabs_and_filters_ask_for_their_pages(hands: Hands) -> None:
    queue = hands.window.bench.queue
    queue.tabs.choose("mine")
    await hands.settle()
    assert queue.model.rowCount() == 1
    hands.fake.shop.queue.clear()
    queue.tabs.choose("team")
    await hands.settle()
    assert queue.state.showing == "empty"


async def test_a_changed_row_alone_is_painted(hands: Hands) -> None:
    view = hands.window.bench.queue.list
    hands.fake.shop.changes.announce([], whole=True)
    await hands.settle()
    watch = Paints(view.viewport())
    hands.fake.shop.queue["t3"] = replace(hands.fake.shop.queue["t3"], holder="李强", holder_id="u2")
    hands.fake.shop.changes.announce([("ticket", "t3")])
    await hands.settle()
    row = view.visualRect(view.model().index(2, 0))
    assert watch.seen
    assert all(row.contains(area) for area in watch.seen), watch.seen


class Paints(QObject):
    """Which areas of a widget are painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.seen: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.seen.append(event.rect())
        return False
