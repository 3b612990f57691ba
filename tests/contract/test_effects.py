"""What is asked of other systems happens once, whatever is lost on the way, and ends where somebody knows it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.central.effects import EffectsWorker
from desk.central.store import PrivateValue
from desk.connectors.ports import Answer, Ask, Confirmed, RefundAsk
from desk.connectors.registry import Registry
from desk.domain.commands import ConfirmEffect, SettleEffect
from desk.domain.ledger import Effect, EffectKind, EffectState, EntryState
from desk.domain.orders import Order, OrderState, Tender
from tests.helpers.cases import LIUYANG, make_order
from tests.helpers.edge import Centre, centre_at, found_at, shop_of, sqlite_centre
from tests.helpers.pg_fixtures import Clone
from tests.helpers.sides import Sides, sides


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with sqlite_centre(tmp_path) as made:
        yield made


@pytest.fixture
def side() -> Iterator[Sides]:
    with sides() as running:
        yield running


def refund(centre: Centre) -> Effect:
    (effect,) = centre.effects(EffectKind.REFUND)
    return effect


def refund_alone(centre: Centre, side: Sides) -> EffectsWorker:
    """A cancelled order of which all but the refund is done, so that plans meet the refund."""
    centre.cancelled()
    worker = centre.worker(side)
    for effect in centre.effects():
        if effect.kind is not EffectKind.REFUND:
            centre.service.applier.system([_confirmed(centre, effect)])
    return worker


def _confirmed(centre: Centre, effect: Effect) -> SettleEffect:
    return SettleEffect(id=centre.ids(), effect_id=effect.id, state=EffectState.CONFIRMED, reference="done")


def upstream(side: Sides, effect: Effect) -> int:
    """How often the other side paid this refund."""
    return side.times.get(f"refunds/{effect.id}", 0)


def test_a_cancel_is_carried_out_and_the_money_arrives(centre: Centre, side: Sides):
    centre.cancelled()
    worker = centre.worker(side)
    worker.step(centre.clock.now)
    assert {effect.state for effect in centre.effects()} == {EffectState.CONFIRMED}
    assert {effect.kind for effect in centre.effects()} >= {EffectKind.REFUND, EffectKind.RELEASE_STOCK}
    assert {entry.state for entry in centre.entries()} == {EntryState.CONFIRMED}
    order = centre.get(Order, "o1")
    assert (order.state, order.tenders[0].refunded) == (OrderState.CANCELLED, 10000)
    assert refund(centre).reference.startswith("R-")
    assert worker.step(centre.clock.pass_(3600)) is None
    assert upstream(side, refund(centre)) == 1


def test_a_lost_reply_is_read_back_and_pays_once(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)
    side.next("lose_reply")
    wake = worker.step(centre.clock.now)
    assert refund(centre).state is EffectState.UNKNOWN
    assert wake is not None
    assert (wake - centre.clock.now).total_seconds() == 30  # longer than the other side's own time-out
    worker.step(centre.clock.pass_(29))
    assert [method for method, _ in side.asked] == ["PUT"]
    worker.step(centre.clock.pass_(1))
    assert refund(centre).state is EffectState.CONFIRMED
    assert [method for method, _ in side.asked] == ["PUT", "GET"]
    assert upstream(side, refund(centre)) == 1


def test_a_lost_request_is_asked_again_only_after_two_looks(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)
    side.next("lose_request")
    worker.step(centre.clock.now)
    worker.step(centre.clock.pass_(30))
    assert (refund(centre).state, refund(centre).problem) == (EffectState.UNKNOWN, "not_seen")
    worker.step(centre.clock.pass_(30))
    assert refund(centre).state is EffectState.PENDING
    worker.step(centre.clock.now)
    assert refund(centre).state is EffectState.CONFIRMED
    assert [method for method, _ in side.asked] == ["PUT", "GET", "GET", "PUT"]
    assert upstream(side, refund(centre)) == 1


def test_a_worker_killed_between_asking_and_reply_pays_once(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)

    class Killed(BaseException):
        pass

    class Dies:
        """Asks, and the process is gone before it reads the reply."""

        longest_call = 1.0

        def refund(self, ask: RefundAsk) -> Answer:
            shop.refund(ask)
            raise Killed

        def read_back(self, ask: Ask) -> Answer:
            raise AssertionError("it is dead")

    shop = shop_of(side)
    dying = EffectsWorker(centre.service.store, centre.service.applier, Registry({"shop": Dies()}), worker._rng)
    with pytest.raises(Killed):
        dying.step(centre.clock.now)
    assert refund(centre).state is EffectState.IN_FLIGHT
    worker.step(centre.clock.now)
    assert [method for method, _ in side.asked] == ["PUT"], "what is in flight may still be under way"
    worker.step(centre.clock.pass_(30))
    assert refund(centre).state is EffectState.CONFIRMED
    assert upstream(side, refund(centre)) == 1


def test_an_upstream_that_cannot_be_looked_up_and_pays_twice_is_never_asked_twice(centre: Centre, side: Sides):
    centre.cancelled()
    (message,) = send_a_message(centre)
    worker = centre.worker(side, reads_back=frozenset())
    finish_others(centre, message)
    side.next("lose_reply")
    worker.step(centre.clock.now)
    for _ in range(5):
        worker.step(centre.clock.pass_(700))
    message = centre.get(Effect, message.id)
    assert (message.state, message.problem) == (EffectState.UNKNOWN, "for_finance")
    assert side.times == {f"messages/{message.id}": 1}


def send_a_message(centre: Centre) -> list[Effect]:
    """A message to the customer, written ahead."""
    text = "您好，您的订单已取消。"
    effect = Effect(
        id="e-sms",
        order_id="o1",
        ticket_id=None,
        connector="sms",
        kind=EffectKind.SEND_MESSAGE,
        at=centre.clock.now,
        command_id="x",
        text_id="t-1",
        next_at=centre.clock.now,
    )
    with centre.service.store.writing() as tx:
        tx.stage([effect], [PrivateValue("t-1", "text", ("order", "o1"), {"text": text})])
    return [effect]


def finish_others(centre: Centre, but: Effect) -> None:
    for effect in centre.effects():
        if effect.id != but.id:
            centre.do(_confirmed(centre, effect))


def test_a_message_goes_to_the_customers_phone(centre: Centre, side: Sides):
    centre.told()
    (effect,) = send_a_message(centre)
    centre.worker(side).step(centre.clock.now)
    assert side.done[f"messages/{effect.id}"]["phone"] == "13800000005"
    assert centre.get(Effect, effect.id).state is EffectState.CONFIRMED


def test_without_a_phone_the_message_fails_and_says_so(centre: Centre, side: Sides):
    centre.told(contact={"name": "陈洁"})
    (effect,) = send_a_message(centre)
    centre.worker(side).step(centre.clock.now)
    failed = centre.get(Effect, effect.id)
    assert (failed.state, failed.problem) == (EffectState.FAILED, "no_phone")
    assert not side.asked


def test_a_refund_that_was_only_accepted_is_not_confirmed_before_it_arrived(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)
    side.next("accept")
    worker.step(centre.clock.now)
    effect = refund(centre)
    assert effect.state is EffectState.ACCEPTED
    assert {entry.state for entry in centre.entries()} == {EntryState.ASKED}
    worker.step(centre.clock.pass_(60))
    assert refund(centre).state is EffectState.ACCEPTED
    side.states[f"refunds/{effect.id}"] = "confirmed"
    worker.step(centre.clock.pass_(3600))
    assert refund(centre).state is EffectState.CONFIRMED
    assert {entry.state for entry in centre.entries()} == {EntryState.CONFIRMED}
    assert upstream(side, effect) == 1


def test_a_busy_side_is_asked_again_later_each_time_under_the_same_key(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)
    side.next("busy", "not_authorised", "not_authorised")
    waits = []
    for _ in range(3):
        wake = worker.step(centre.clock.now)
        assert refund(centre).state is EffectState.PENDING
        assert wake is not None
        waits.append((wake - centre.clock.now).total_seconds())
        centre.clock.now = wake
    assert 7 <= waits[0] < 11, "as long as the other side said"
    assert waits[1] < waits[2]
    worker.step(centre.clock.now)
    assert refund(centre).state is EffectState.CONFIRMED
    assert refund(centre).attempts == 4
    assert len({path for _, path in side.asked}) == 1


def test_a_side_that_is_gone_for_good_ends_with_a_person(centre: Centre):
    with sides() as gone:
        worker = refund_alone(centre, gone)
    for _ in range(40):
        wake = worker.step(centre.clock.now)
        if wake is None:
            break
        centre.clock.now = wake
    assert (refund(centre).state, refund(centre).problem) == (EffectState.FAILED, "not_reachable")
    assert {entry.state for entry in centre.entries()} == {EntryState.FAILED}


def test_a_clear_no_fails_at_once_and_frees_what_it_held(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)
    side.next("refuse_200")
    worker.step(centre.clock.now)
    assert (refund(centre).state, refund(centre).problem) == (EffectState.FAILED, "over_paid")
    assert worker.step(centre.clock.pass_(3600)) is None
    assert len(side.asked) == 1


def test_orders_from_a_file_are_done_by_hand_and_confirmed_with_a_reference(centre: Centre, side: Sides):
    centre.cancelled(make_order(now=centre.clock.now, connector="manual"))
    worker = centre.worker(side)
    worker.step(centre.clock.now)
    assert {effect.state for effect in centre.effects()} == {EffectState.MANUAL}
    assert not side.asked
    effect = refund(centre)
    assert effect.team == "finance"
    centre.do(ConfirmEffect(id=centre.ids(), effect_id=effect.id, reference="BANK-77"), LIUYANG)
    assert (refund(centre).state, refund(centre).reference) == (EffectState.CONFIRMED, "BANK-77")


def test_a_connector_that_policy_names_and_nobody_configured_is_done_by_hand(centre: Centre):
    centre.cancelled()
    centre.worker(None).step(centre.clock.now)
    assert {effect.state for effect in centre.effects()} == {EffectState.MANUAL}


def two_refunds(centre: Centre) -> list[Effect]:
    """Two refunds on one payment."""
    order = make_order(now=centre.clock.now)
    paid = Tender(id="t1", method="alipay", paid=10000, paid_at=order.paid_at, reference="P1")
    centre.told(order)
    effects = [
        Effect(
            id=f"e-{n}",
            order_id="o1",
            ticket_id=None,
            connector="shop",
            kind=EffectKind.REFUND,
            at=centre.clock.now,
            command_id="x",
            tender_id=paid.id,
            amount=100,
            currency="CNY",
            next_at=centre.clock.now,
        )
        for n in (1, 2)
    ]
    with centre.service.store.writing() as tx:
        tx.stage(effects)
    return effects


def test_one_money_operation_at_a_time_on_a_payment(centre: Centre, side: Sides):
    two_refunds(centre)
    worker = centre.worker(side)
    side.next("lose_reply")
    worker.step(centre.clock.now)
    worker.step(centre.clock.now)
    assert [one.state for one in centre.effects()] == [EffectState.UNKNOWN, EffectState.PENDING]
    worker.step(centre.clock.pass_(30))
    worker.step(centre.clock.now)
    assert [one.state for one in centre.effects()] == [EffectState.CONFIRMED, EffectState.CONFIRMED]


def test_a_claim_outlives_the_longest_call(centre: Centre, side: Sides):
    refund_alone(centre, side)

    class Sleepy:
        """Takes longer over a call than policy thinks."""

        longest_call = 300.0

        def refund(self, ask: RefundAsk) -> Answer:
            raise KeyboardInterrupt

        def read_back(self, ask: Ask) -> Answer:
            raise AssertionError("too early")

    worker = EffectsWorker(centre.service.store, centre.service.applier, Registry({"shop": Sleepy()}), centre.ids._rng)
    with pytest.raises(KeyboardInterrupt):
        worker.step(centre.clock.now)
    assert worker.step(centre.clock.pass_(299)) == centre.clock.pass_(6)


@pytest.mark.expect_log("connector failed")
def test_a_bug_in_a_connector_loses_nothing(centre: Centre, side: Sides):
    worker = refund_alone(centre, side)

    class Buggy:
        longest_call = 1.0

        def refund(self, ask: RefundAsk) -> Answer:
            raise ZeroDivisionError

        def read_back(self, ask: Ask) -> Answer:
            raise ZeroDivisionError

    EffectsWorker(centre.service.store, centre.service.applier, Registry({"shop": Buggy()}), worker._rng).step(
        centre.clock.now
    )
    assert refund(centre).state is EffectState.IN_FLIGHT
    for _ in range(4):
        worker.step(centre.clock.pass_(30))
    assert refund(centre).state is EffectState.CONFIRMED
    assert upstream(side, refund(centre)) == 1


def test_two_workers_over_one_postgresql_do_everything_once(pg_clone: Clone, tmp_path: Path):
    url = pg_clone("edge", found_at)
    performed: list[str] = []
    gate = threading.Barrier(2)

    class Slow:
        """Counts; both workers are inside a step at the same time."""

        longest_call = 1.0

        def refund(self, ask: RefundAsk) -> Answer:
            performed.append(ask.key)
            return Confirmed("R")

        def read_back(self, ask: Ask) -> Answer:
            raise AssertionError("nothing was lost")

    with centre_at(url, tmp_path / "a") as one, centre_at(url, tmp_path / "b") as other:
        for n in range(12):
            order = make_order(f"o{n}", now=one.clock.now)
            one.told(order)
            with one.service.store.writing() as tx:
                effect = Effect(
                    id=f"e-{n}",
                    order_id=order.id,
                    ticket_id=None,
                    connector="shop",
                    kind=EffectKind.REFUND,
                    at=one.clock.now,
                    command_id="x",
                    tender_id="t1",
                    amount=100,
                    currency="CNY",
                    next_at=one.clock.now,
                )
                tx.stage([effect])

        def work(centre: Centre) -> None:
            worker = EffectsWorker(
                centre.service.store, centre.service.applier, Registry({"shop": Slow()}), centre.ids._rng
            )
            gate.wait(10)
            for _ in range(5):
                worker.step(centre.clock.now)

        threads = [threading.Thread(target=work, args=(centre,)) for centre in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(performed) == sorted(f"e-{n}" for n in range(12))
        assert all(effect.state is EffectState.CONFIRMED for n in range(12) for effect in one.effects(order_id=f"o{n}"))
