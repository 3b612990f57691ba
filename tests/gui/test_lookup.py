"""Several orders fit what the caller says: the best stands under the cursor, arrows move, Enter opens."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtCore import Qt

from desk.services.lookup import MOST_HITS
from desk.views.lookup_view import LookupView
from tests.gui.hands import Hands
from tools import samples

Key = Qt.Key


def under_the_cursor(hands: Hands) -> str:
    found = hands.window.lookup.list.current_row()
    return found.order_id if found is not None else ""


def preview(hands: Hands) -> str:
    view: LookupView = hands.window.lookup
    return view.order.row.id if view.order.row is not None else ""


async def type_into_the_call_line(hands: Hands, typed: str) -> None:
    """So fast that nothing was suggested yet when Enter comes."""
    await hands.chord(Key.Key_K)
    await hands.press(typed, Key.Key_Return)


async def test_several_hits_of_the_call_line_stand_ready_for_enter(hands: Hands) -> None:
    await type_into_the_call_line(hands, "0917")
    assert hands.window.page == "lookup"
    assert hands.window.lookup.model.rowCount() == 4
    assert hands.on(hands.window.lookup.list)
    assert (under_the_cursor(hands), preview(hands)) == ("o1", "o1")
    assert hands.window.top.call_line.text() == ""
    await hands.press(Key.Key_Return)
    assert hands.window.page == "queue"
    assert hands.window.bench.case.row is not None
    assert hands.window.bench.case.row.id == "t2"  # the best one's open ticket


async def test_what_the_centre_finds_before_the_first_data_are_here_opens_with_them(hands: Hands) -> None:
    hands.fake.lookup.fetching = True
    hit = next(one for one in samples.HITS if not one.tickets)
    opening = asyncio.ensure_future(hands.window.lookup_control.open_hit(hit))
    await hands.settle()
    assert hands.window.toast.said == "This desk is still fetching its first data. Try again soon."
    hands.fake.syncer.tell(progress=(1, 2))
    await hands.settle()
    assert hands.window.page == "queue"
    hands.fake.lookup.fetching = False
    hands.fake.syncer.tell(progress=None)
    await opening
    await hands.settle()
    assert (hands.window.page, preview(hands)) == ("lookup", hit.order_id)


async def test_where_more_fit_than_are_shown_it_is_said_and_what_to_do(hands: Hands) -> None:
    view = hands.window.lookup
    like = samples.HITS[0]
    many = tuple(replace(like, order_id=f"many{n}", number=f"2026{n:06}7788") for n in range(MOST_HITS + 1))
    hands.fake.shop.hits = [*samples.HITS, *many[:-1]]
    await type_into_the_call_line(hands, "7788")
    assert (view.model.rowCount(), view.more) == (MOST_HITS, ""), "as many as there are"
    hands.fake.shop.hits = [*samples.HITS, *many]
    await type_into_the_call_line(hands, "778")
    assert view.model.rowCount() == MOST_HITS
    assert view.more == "More fit than are shown here. Ask for another piece: “778 4471”."
    await type_into_the_call_line(hands, "0917")
    assert view.more == ""


async def test_arrows_go_to_another_hit_and_enter_opens_that(hands: Hands) -> None:
    await type_into_the_call_line(hands, "0917")
    await hands.press(Key.Key_Down)
    assert (under_the_cursor(hands), preview(hands)) == ("o2", "o2")
    await hands.press(Key.Key_Return)
    assert hands.on(hands.window.lookup.form.kind)  # it has no ticket yet


async def test_on_the_page_the_best_is_shown_while_one_types_and_arrows_work_in_the_field(hands: Hands) -> None:
    view = hands.window.lookup
    await hands.press("l", "0917")
    view.typed.emit("0917")  # typing rests
    await hands.settle()
    assert hands.on(view.field)
    assert under_the_cursor(hands) == "o1"
    await hands.press(Key.Key_Down, Key.Key_Down)
    assert hands.on(view.field)
    assert under_the_cursor(hands) == "o3"
    await hands.press(Key.Key_Return)  # the centre is asked as well; the cursor stays where the person went
    assert under_the_cursor(hands) == "o3"
    await hands.press(Key.Key_Up, Key.Key_Return)
    assert hands.window.lookup.form.title == f"Open a ticket for {samples.ORDER.number}"


async def test_enter_twice_in_the_field_opens_the_best_hit(hands: Hands) -> None:
    view = hands.window.lookup
    await hands.press("l", "0917", Key.Key_Return)
    view.field.setFocus()
    await hands.press(Key.Key_Return)
    assert hands.window.page == "queue"


async def test_other_words_begin_at_the_best_again(hands: Hands) -> None:
    await hands.press("l", "0917", Key.Key_Return, Key.Key_Down, Key.Key_Down)
    hands.window.lookup.begin()
    await hands.press("138", Key.Key_Return)
    assert under_the_cursor(hands) == "o1"


async def test_nothing_found_leaves_the_keyboard_where_one_types(hands: Hands) -> None:
    await type_into_the_call_line(hands, "9999")
    view = hands.window.lookup
    assert hands.window.page == "lookup"
    assert hands.on(view.field)
    assert view.problem
    assert view.form.title == "Open a ticket without an order"


async def test_the_order_shows_goods_with_sku_price_and_stock_and_what_the_customer_remarked(hands: Hands) -> None:
    await hands.press("l", "0917", Key.Key_Return)
    said = hands.window.lookup.order.said
    assert "北欧陶瓷餐具 12 件套 · TW-1203 · 1 · ¥359.00 · ¥281.00 · holds 1 · 42 free" in said
    assert "Alipay ¥299.00" in said
    assert "Remark: 请周末前送达" in said
