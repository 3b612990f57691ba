"""The made-up shop: what it tells is consistent at every moment, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from desk.demo.data import catalogue, demo_people, gifts
from desk.demo.orders import Telling
from desk.demo.shop import Shop, make_shop
from desk.domain.orders import GoodsFlag, Order, OrderState
from desk.domain.people import Level
from desk.wire.codec import from_plain, to_plain
from desk.wire.policy_seed import load_seed

pytestmark = pytest.mark.turns(2)

ANCHOR = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)  # 14:30 at the shop


@pytest.fixture(scope="module")
def shop() -> Shop:
    return make_shop(ANCHOR)


@pytest.fixture(scope="module")
def told(shop: Shop) -> list[Telling]:
    return [sale.at(shop.anchor) for sale in shop.sales]


def test_every_fen_is_accounted_for(told: list[Telling]):
    for telling in told:
        order = telling.order
        goods = sum(line.unit_price * line.quantity for line in order.lines)
        discounts = sum(promotion.discount for promotion in order.promotions)
        owed = sum(line.paid for line in order.lines) + order.freight
        assert goods - discounts == sum(line.paid for line in order.lines)
        assert order.paid == (owed if order.paid_at else 0)
        assert all(0 <= line.paid <= line.unit_price * line.quantity for line in order.lines)
        assert all(0 <= tender.refunded <= tender.paid for tender in order.tenders)


def test_the_state_follows_from_the_times(told: list[Telling]):
    for telling in told:
        assert_consistent(telling.order)


def assert_consistent(order: Order) -> None:
    times = [order.created_at, order.paid_at, order.packed_at, order.shipped_at, order.signed_at]
    happened = [time for time in times if time is not None]
    assert happened == sorted(happened)
    assert all(time <= ANCHOR for time in happened)
    match order.state:
        case OrderState.UNPAID:
            assert order.paid_at is None
        case OrderState.PAID:
            assert order.paid_at
            assert not order.shipped_at
            assert not order.parcels
        case OrderState.SHIPPED:
            assert order.shipped_at
            assert not order.signed_at
            assert order.parcels
        case OrderState.SIGNED | OrderState.COMPLETED:
            assert order.signed_at
        case OrderState.CANCELLED:
            assert order.cancelled_at
            ends = {parcel.trace[-1].code for parcel in order.parcels}
            assert not order.shipped_at or ends <= {"lost", "damaged", "refused"}
            assert all(line.cancelled == line.quantity for line in order.lines)


def test_a_trace_runs_forward_from_the_warehouse(told: list[Telling]):
    parcels = [parcel for telling in told for parcel in telling.order.parcels]
    assert len({parcel.tracking for parcel in parcels}) == len(parcels)
    for parcel in parcels:
        times = [scan.at for scan in parcel.trace]
        assert times == sorted(times)
        assert times[0] == parcel.shipped_at
        assert times[-1] <= ANCHOR
        assert (parcel.signed_at is None) == (parcel.trace[-1].code != "signed")


def test_every_state_and_kind_of_goods_is_there(told: list[Telling]):
    orders = [telling.order for telling in told]
    states = Counter(order.state for order in orders)
    assert set(states) == set(OrderState)
    assert states[OrderState.PAID] > 50
    assert {flag for order in orders for line in order.lines for flag in line.flags} == set(GoodsFlag)
    assert {order.store_id for order in orders} == {None, "S01", "S02"}
    assert any(len(order.tenders) > 1 for order in orders)
    assert any(0 < tender.refunded < tender.paid for order in orders for tender in order.tenders)
    assert any(telling.remark for telling in told)
    sent = [order for order in orders if order.state is OrderState.SHIPPED]
    stalled = [order for order in sent if order.parcels[0].trace[-1].at < ANCHOR - timedelta(days=3)]
    assert stalled


@pytest.mark.parametrize("hour", [2, 5, 9, 14, 20, 23])
def test_at_any_hour_some_paid_orders_can_wait_for_a_wave_far_off(hour: int):
    anchor = ANCHOR.replace(hour=hour)
    orders = [sale.at(anchor).order for sale in make_shop(anchor, orders=1000).sales]
    far = anchor + timedelta(hours=2, minutes=30)
    assert sum(1 for o in orders if o.state is OrderState.PAID and o.wave_at and o.wave_at > far) >= 3


def test_some_customers_come_back_and_every_number_is_one_order(told: list[Telling]):
    assert len({telling.order.number for telling in told}) == len(told) == 3000
    assert max(Counter(telling.order.customer_id for telling in told).values()) >= 5


def test_what_is_told_survives_the_wire(told: list[Telling]):
    for telling in told[::7]:
        assert from_plain(Order, to_plain(telling.order)) == telling.order


def test_no_order_speaks_of_a_person(told: list[Telling]):
    for telling in told[::11]:
        text = repr(telling.order)
        assert telling.contact["phone"] not in text
        assert telling.contact["phone"][3:] not in text
        assert telling.contact["address"] not in text


def test_the_same_seed_is_the_same_shop():
    again = [make_shop(ANCHOR, seed=7, orders=150) for _ in range(2)]
    other = make_shop(ANCHOR, seed=8, orders=150)
    assert again[0] == again[1]
    assert again[0].sales != other.sales


def test_later_tellings_only_add(shop: Shop):
    for sale in shop.sales[-120:]:
        now, later = sale.at(ANCHOR).order, sale.at(ANCHOR + timedelta(hours=9)).order
        assert later.source_version >= now.source_version
        assert (later == now) == (later.source_version == now.source_version)
        assert later.events[: len(now.events)] == now.events


def test_the_shop_speaks_the_words_of_the_policy(told: list[Telling]):
    policy = load_seed()
    assert {tender.method for telling in told for tender in telling.order.tenders} <= set(policy.restitution.tenders)
    assert {telling.order.tier for telling in told} <= {tier.key for tier in policy.tiers}
    assert {telling.order.connector for telling in told} <= set(policy.connectors)


def test_the_catalogue_is_a_shop_of_sixty_things():
    skus = [product.sku for product in (*catalogue(), *gifts())]
    assert len(set(skus)) == len(skus) >= 60
    assert all(product.price > 0 for product in catalogue())


def test_somebody_of_every_team_signs_in():
    people = demo_people()
    assert [person.login for person in people].count("wangfang") == 1
    assert Counter(person.level for person in people) == {
        Level.AGENT: 2,
        Level.SENIOR: 1,
        Level.SUPERVISOR: 2,
        Level.COUNTER: 1,
        Level.ADMIN: 1,
        Level.WAREHOUSE: 1,
        Level.MANAGER: 1,
        Level.FINANCE: 1,
        Level.SPECIALIST: 3,
    }
