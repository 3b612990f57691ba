"""While the demo runs: everything that happens is told once, a stop is caught up, what the desk did is kept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.demo.arrivals import Arrivals, shop_of
from desk.demo.orders import Sale
from desk.demo.seeding import new_state
from desk.demo.shop import make_shop
from desk.demo.state import StateFile
from desk.demo.told import SideAct, tell
from desk.domain.orders import OrderState

pytestmark = pytest.mark.turns(2)

ANCHOR = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
ORDERS = 600


class Centre:
    """Keeps what it is told, as the centre's ingest would."""

    def __init__(self) -> None:
        self.told: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, Any]] = []

    def orders(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        self.told |= {item["order"]["number"]: item["order"] for item in items}
        return [{} for _ in items]

    def requests(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        assert all(item["order_number"] in self.told for item in items)  # an order is known before its request
        self.asked += items
        return [{} for _ in items]


class Sides:
    """Systems that did what a test says."""

    def __init__(self, *acts: SideAct) -> None:
        self._acts = acts

    def acts(self) -> dict[str, tuple[SideAct, ...]]:
        return {act.order: tuple(one for one in self._acts if one.order == act.order) for act in self._acts}


def running(folder: Path, centre: Centre, sides: Sides | None = None) -> Arrivals:
    file = StateFile(folder)
    state = file.read() or new_state(1, ANCHOR, ORDERS)
    sales = list(shop_of(state).sales)
    return Arrivals(sales, state, file, centre, sides or Sides(), random.Random(5))


def run_for(arrivals: Arrivals, start: datetime, minutes: int) -> datetime:
    now, end = start, start + timedelta(minutes=minutes)
    while now < end:
        now += timedelta(seconds=int(arrivals.pause()))
        arrivals.step(now)
    return now


def test_half_an_hour_at_the_shop(tmp_path: Path):
    centre = Centre()
    arrivals = running(tmp_path, centre)
    now = run_for(arrivals, ANCHOR, 30)
    for sale in arrivals.sales:
        is_told = sale.number in centre.told
        assert is_told or sale.at(now).order == sale.at(ANCHOR).order  # whatever changed was told
    numbers = [request["order_number"] for request in centre.asked]
    assert len(numbers) == len(set(numbers)) >= 20  # each about another order
    assert {request["channel"] for request in centre.asked} == {"app", "system"}
    assert {request["kind"] for request in centre.asked} == {"cancel", "exception"}
    assert any(number not in {sale.number for sale in make_shop(ANCHOR, 1, ORDERS).sales} for number in centre.told)


def test_after_a_restart_it_goes_on_where_it_was(tmp_path: Path):
    centre = Centre()
    first = running(tmp_path, centre)
    now = run_for(first, ANCHOR, 10)
    again = running(tmp_path, centre)
    assert {sale.number for sale in again.sales} == {sale.number for sale in first.sales}
    assert again.catch_up(now + timedelta(seconds=30)) == 0
    again.step(now + timedelta(seconds=30))
    numbers = [request["order_number"] for request in centre.asked]
    assert len(numbers) == len(set(numbers))


def test_after_three_days_off_the_shop_has_sold_meanwhile(tmp_path: Path):
    centre = Centre()
    arrivals = running(tmp_path, centre)
    arrivals.step(ANCHOR + timedelta(seconds=30))
    later = running(tmp_path, centre)
    now = ANCHOR + timedelta(days=3)
    assert 290 <= later.catch_up(now) <= 310
    later.step(now)
    fresh = [order for order in centre.told.values() if order["state"] == "paid" and order["packed_at"] is None]
    assert len(fresh) > 10
    assert len(later.sales) > ORDERS + 290


def find(state: OrderState) -> Sale:
    return next(
        sale
        for sale in reversed(make_shop(ANCHOR, 1, orders=300).sales)
        if sale.at(ANCHOR).order.state is state and sale.plan.fate == "smooth" and sale.plan.wave_at
    )


def test_what_was_cancelled_and_refunded_stays_so(tmp_path: Path):
    sale = find(OrderState.PAID)
    at = ANCHOR + timedelta(minutes=2)
    tender = sale.tenders[0]
    acts = (
        SideAct("cancellations", sale.number, at, {}),
        SideAct("refunds", sale.number, at, {"tender": tender.id, "amount": tender.paid}),
    )
    for later in (at, at + timedelta(days=9)):
        order = tell(sale, later, acts).order
        assert order.state is OrderState.CANCELLED
        assert order.shipped_at is None
        assert order.tenders[0].refunded == tender.paid
        assert all(line.stock_reserved == 0 for line in order.lines)
    centre = Centre()
    running(tmp_path, centre, Sides(*acts)).step(at + timedelta(seconds=40))
    assert centre.told[sale.number]["state"] == "cancelled"


def test_a_goodwill_refund_does_not_stop_the_parcel():
    sale = find(OrderState.PAID)
    acts = (SideAct("refunds", sale.number, ANCHOR, {"tender": "T1", "amount": 500}),)
    order = tell(sale, ANCHOR + timedelta(days=9), acts).order
    assert order.state in {OrderState.SIGNED, OrderState.COMPLETED}
    assert order.tenders[0].refunded == 500


def test_an_order_that_is_marked_paid_is_told_as_paid_by_that_payment():
    sale = find(OrderState.PAID)
    made = sale.plan.created_at
    due = sale.at(made).order.due
    paid = [{"payment": "WX9", "method": "wechat", "amount": due}]
    acts = (SideAct("paid-marks", sale.number, made, {"paid": paid}),)
    order = tell(sale, ANCHOR, acts).order
    assert (order.state, order.paid, order.tenders[0].reference) == (OrderState.PAID, due, "WX9")
    short = (SideAct("paid-marks", sale.number, made, {"paid": [{**paid[0], "amount": due - 1}]}),)
    assert tell(sale, made, short).order.state is OrderState.UNPAID


def test_what_handling_did_is_told_by_the_shop():
    sale = find(OrderState.SHIPPED)
    (parcel,) = sale.at(ANCHOR).order.parcels
    acts = (
        SideAct("reshipments", sale.number, ANCHOR, {"line": "L1", "sku": "x", "quantity": 1}, "key-of-the-act"),
        SideAct("urgings", sale.number, ANCHOR, {"tracking": parcel.tracking}),
        SideAct("contact-changes", sale.number, ANCHOR, {"details": {"address": "文三路 2 号", "fee": "800"}}),
    )
    telling = tell(sale, ANCHOR, acts)
    first, again = telling.order.parcels
    assert (again.line_ids, again.trace[0].code) == (("L1",), "picked_up")
    assert any("加急" in scan.text for scan in first.trace)
    assert telling.contact == {**sale.at(ANCHOR).contact, "address": "文三路 2 号"}
    assert tell(sale, ANCHOR, acts) == telling, "told again it is the same"


def test_goods_from_elsewhere_are_reserved():
    sale = find(OrderState.PAID)
    acts = (SideAct("allocations", sale.number, ANCHOR, {"line": "L1", "sku": "x", "quantity": 1}),)
    line = tell(sale, ANCHOR, acts).order.lines[0]
    assert (line.stock_reserved, line.stock_available) == (line.quantity, line.quantity)


def test_a_torn_write_leaves_the_old_state(tmp_path: Path):
    file = StateFile(tmp_path)
    state = new_state(1, ANCHOR)
    file.write(state)
    (tmp_path / "shop.new").write_text('{"seed": 1, "anc')
    assert file.read() == state


def test_an_order_that_was_never_heard_of_is_no_state(tmp_path: Path):
    assert StateFile(tmp_path / "nowhere").read() is None


@pytest.mark.parametrize("minutes", [0, 90])
def test_the_clock_of_a_telling_never_runs_ahead(minutes: int):
    now = ANCHOR + timedelta(minutes=minutes)
    for sale in make_shop(ANCHOR, 1, orders=200).sales:
        assert all(event.at <= now for event in tell(sale, now).order.events)
