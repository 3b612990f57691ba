"""A connected shop's orders come in by themselves, and what a desk does about them is done there once."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from desk.central.background import Background
from desk.central.book import CentreBook
from desk.central.effects import EffectsWorker
from desk.central.sourcing import SourcesWorker, SourceTeller
from desk.connectors.medusa import Medusa, MedusaSettings
from desk.connectors.ports import ShopOrder
from desk.connectors.registry import Registry
from desk.domain.commands import CancelOrder, ClaimTicket, GrantCompensation, SetReason
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind, Effect, EffectKind, EffectState, EntryState
from desk.domain.orders import Order, OrderState
from desk.domain.tickets import Ticket
from tests.helpers.cases import LIUYANG, seed_policy
from tests.helpers.edge import Centre, sqlite_centre
from tests.helpers.medusa_shop import KEY, STATES, MedusaShop, after_recording, medusa_shop

NOW = after_recording(minutes=2)


@pytest.fixture
def shop() -> Iterator[MedusaShop]:
    with medusa_shop() as running:
        yield running


@pytest.fixture
def medusa(shop: MedusaShop) -> Medusa:
    methods = {"pp_system_default": "bank_card"}
    settings = MedusaSettings(url=shop.url, key=KEY, hook_secret="whsec", methods=methods, timeout_seconds=0.5)
    return Medusa(settings)


@pytest.fixture
def centre(tmp_path: Path, medusa: Medusa) -> Iterator[Centre]:
    with sqlite_centre(tmp_path, NOW) as made:
        made.service.connectors = Registry({"medusa": medusa})
        yield made


def order_id(shop: MedusaShop, state: str) -> str:
    return derived_id("order", "medusa", shop.number(state))


def brought(centre: Centre, shop: MedusaShop, state: str) -> Order:
    """Everything is looked at, and that order stands at the centre."""
    SourcesWorker(centre.service).step(centre.clock.now)
    return centre.get(Order, order_id(shop, state))


def in_hand(centre: Centre, order: Order) -> str:
    """A supervisor's ticket about the order, with its reason; its id."""
    ticket_id = centre.ticket(order.id)
    if centre.get(Ticket, ticket_id).holder != LIUYANG.id:
        centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), LIUYANG)
    centre.do(SetReason(id=centre.ids(), ticket_id=ticket_id, reason="no_longer_wanted"), LIUYANG)
    return ticket_id


def cancelled(centre: Centre, order: Order) -> None:
    ticket_id = in_hand(centre, order)
    centre.do(CancelOrder(id=centre.ids(), order_id=order.id, ticket_id=ticket_id, reviewed=True), LIUYANG)


def given(centre: Centre, order: Order, units: int) -> Effect:
    """A goodwill refund to the payment; its effect."""
    ticket_id = in_hand(centre, order)
    grant = GrantCompensation(
        id=centre.ids(),
        order_id=order.id,
        ticket_id=ticket_id,
        kind=BenefitKind.GOODWILL,
        units=units,
        cause=seed_policy().compensation.causes[0].key,
        sequence=1,
        tender_id=order.tenders[0].id,
    )
    centre.do(grant, LIUYANG)
    (effect,) = centre.effects(EffectKind.REFUND, order.id)
    return effect


def worker(centre: Centre) -> EffectsWorker:
    service = centre.service
    return EffectsWorker(service.store, service.applier, service.connectors, random.Random(1))


def known(centre: Centre, shop: MedusaShop, state: str) -> bool:
    with centre.service.store.reading() as connection:
        return CentreBook(connection).get("order", order_id(shop, state)) is not None


def head(centre: Centre) -> int:
    return centre.service.store.head_now().n


# --- orders come in ------------------------------------------------------------------------------------------------


def test_every_order_comes_in_once_and_a_second_look_changes_nothing(centre: Centre, shop: MedusaShop):
    sources = SourcesWorker(centre.service)
    assert sources.step(centre.clock.now) == centre.clock.pass_(30)
    for state in STATES:
        order = centre.get(Order, order_id(shop, state))
        assert (order.number, order.connector) == (shop.number(state), "medusa")
    before, asked = head(centre), len(shop.asked)
    sources.step(centre.clock.now)
    assert head(centre) == before
    assert len(shop.asked) > asked, "it did look"


def test_what_moves_there_moves_here(centre: Centre, shop: MedusaShop):
    order = brought(centre, shop, "authorized_not_captured")
    assert (order.state, order.paid) == (OrderState.PAID, 0)
    shop.captured("authorized_not_captured")
    centre.clock.pass_(360)
    assert brought(centre, shop, "authorized_not_captured").paid == 31100


def test_a_copy_that_was_fetched_earlier_replaces_nothing(centre: Centre, shop: MedusaShop, medusa: Medusa):
    order = brought(centre, shop, "authorized_not_captured")
    early = medusa.find(order.number)
    assert isinstance(early, ShopOrder)
    shop.captured("authorized_not_captured")
    late = medusa.find(order.number)
    assert isinstance(late, ShopOrder)
    teller = SourceTeller(centre.service.store, centre.service.applier, "medusa", medusa)
    assert [one.status for one in teller.tell([late, early])] == ["told", "older"]
    assert centre.get(Order, order.id).paid == 31100


@pytest.mark.expect_log("order left out")
def test_one_that_cannot_be_read_holds_no_other_up(centre: Centre, shop: MedusaShop):
    shop.orders["shipped"]["payment_status"] = "on_the_moon"
    assert brought(centre, shop, "delivered").state is OrderState.SIGNED


@pytest.mark.expect_log("source does not answer")
def test_a_shop_that_is_away_loses_nothing(centre: Centre, shop: MedusaShop):
    last = shop.orders["fully_refunded"]["id"]
    shop.next((f"GET {last}", "error_500"))
    sources = SourcesWorker(centre.service)
    sources.step(centre.clock.now)
    assert not any(known(centre, shop, state) for state in STATES), "what came before it is told with it"
    sources.step(centre.clock.pass_(30))
    assert centre.get(Order, order_id(shop, "fully_refunded")).state is OrderState.PAID


def test_of_two_workers_one_looks(centre: Centre, shop: MedusaShop):
    SourcesWorker(centre.service).step(centre.clock.now)
    asked = len(shop.asked)
    assert SourcesWorker(centre.service).step(centre.clock.now) == centre.clock.pass_(30)
    assert len(shop.asked) == asked


def test_a_stop_is_heard_between_two_orders(centre: Centre, shop: MedusaShop):
    stop = threading.Event()
    shop.before["order"] = stop.set
    SourcesWorker(centre.service, stop).step(centre.clock.now)
    assert len([one for one in shop.asked if "/orders/" in one]) == 1


def test_a_served_centre_looks_by_itself_and_a_cancel_goes_out(centre: Centre, shop: MedusaShop):
    there = threading.Event()
    service, last = centre.service, STATES[-1]
    service.store.on_commit.append(lambda _: there.set() if known(centre, shop, last) else None)
    beside = Background(service)
    beside.start()
    try:
        assert there.wait(30), "the orders came in"
        done = threading.Event()
        service.store.on_commit.append(lambda _: done.set() if shop.refunds("paid_unfulfilled") else None)
        cancelled(centre, centre.get(Order, order_id(shop, "paid_unfulfilled")))
        assert done.wait(30), "and what was asked here was done there"
    finally:
        beside.stop()
    assert service.ended_parts == []
    assert len(shop.refunds("paid_unfulfilled")) == 1


# --- what a desk does is done there --------------------------------------------------------------------------------


def test_a_cancel_refunds_by_itself_and_no_second_refund_is_asked(centre: Centre, shop: MedusaShop):
    order = brought(centre, shop, "paid_unfulfilled")
    cancelled(centre, order)
    effects = [one for one in centre.effects(order_id=order.id) if one.connector == "medusa"]
    assert [one.kind for one in effects] == [EffectKind.CANCEL_ORDER], "nothing is asked that the cancel does"
    worker(centre).step(centre.clock.now)
    assert [one.state for one in centre.effects(EffectKind.CANCEL_ORDER, order.id)] == [EffectState.CONFIRMED]
    assert {entry.state for entry in centre.entries(order.id)} == {EntryState.CONFIRMED}
    assert shop.refunds("paid_unfulfilled") == [(Decimal(311), None)]
    assert brought(centre, shop, "paid_unfulfilled").tenders[0].refunded == 31100


def test_a_refund_whose_reply_is_lost_is_paid_once(centre: Centre, shop: MedusaShop):
    order = brought(centre, shop, "shipped")
    effect = given(centre, order, 1050)
    shop.next(("POST refund", "lose_reply"))
    work = worker(centre)
    work.step(centre.clock.now)
    assert centre.get(Effect, effect.id).state is EffectState.UNKNOWN
    work.step(centre.clock.pass_(60))
    settled = centre.get(Effect, effect.id)
    assert (settled.state, settled.reference) == (EffectState.CONFIRMED, shop.payment("shipped")["refunds"][0]["id"])
    assert shop.refunds("shipped") == [(Decimal("10.5"), f"order-desk {effect.id}")]
    centre.clock.pass_(30)
    assert brought(centre, shop, "shipped").tenders[0].refunded == 1050, "told by the shop too, and counted once"


def test_a_refund_that_never_got_there_is_asked_again_after_two_looks(centre: Centre, shop: MedusaShop):
    order = brought(centre, shop, "shipped")
    effect = given(centre, order, 1050)
    shop.next(("POST refund", "lose_request"))
    work = worker(centre)
    for _ in range(4):
        work.step(centre.clock.pass_(60))
    assert centre.get(Effect, effect.id).state is EffectState.CONFIRMED
    assert len(shop.refunds("shipped")) == 1


def test_a_refund_that_cannot_be_looked_up_goes_to_finance_and_is_never_asked_twice(centre: Centre, shop: MedusaShop):
    order = brought(centre, shop, "shipped")
    effect = given(centre, order, 1050)
    payment = order.tenders[0].reference
    shop.next(("POST refund", "lose_reply"), *[(f"GET {payment}", "error_500")] * 2)
    work = worker(centre)
    for _ in range(4):
        work.step(centre.clock.pass_(60))
    held = centre.get(Effect, effect.id)
    assert (held.state, held.problem) == (EffectState.UNKNOWN, "for_finance")
    work.step(centre.clock.pass_(600))
    assert centre.get(Effect, effect.id).state is EffectState.CONFIRMED, "looked up later all the same"
    assert len(shop.refunds("shipped")) == 1


def test_shipped_meanwhile_a_cancel_fails_with_its_reason(centre: Centre, shop: MedusaShop):
    order = brought(centre, shop, "paid_unfulfilled")
    shop.orders["paid_unfulfilled"]["fulfillments"] = shop.orders["shipped"]["fulfillments"]
    cancelled(centre, order)
    worker(centre).step(centre.clock.now)
    (effect,) = centre.effects(EffectKind.CANCEL_ORDER, order.id)
    assert (effect.state, effect.problem) == (EffectState.FAILED, "already_shipped")
    assert {entry.state for entry in centre.entries(order.id)} == {EntryState.FAILED}
    assert shop.refunds("paid_unfulfilled") == []
