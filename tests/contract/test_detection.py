"""Exceptions find themselves at the centre: one ticket for each, closed by itself when nobody needed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desk.central import tables as t
from desk.central.detecting import LEASE, Detector, Looked, detector_of
from desk.central.erasure import erase_customer
from desk.central.watching import RULES_KEY
from desk.domain.commands import ClaimTicket, OpenTicket, PublishPolicy
from desk.domain.orders import Order, OrderState, Parcel, Receipt, Scan, SystemState
from desk.domain.people import Level
from desk.domain.policy import Policy
from desk.domain.tickets import Channel, Kind, Stage, Ticket
from tests.helpers.cases import LIUYANG, START, house, make_actor, make_order, seed_policy
from tests.helpers.edge import Centre, centre_at, found_at, sqlite_centre

pytestmark = pytest.mark.turns(2)

DAY = timedelta(days=1)
ADMIN = make_actor("admin", Level.ADMIN)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Centre]:
    if request.param == "sqlite":
        opened = sqlite_centre(tmp_path)
    else:
        url = request.getfixturevalue("pg_url")
        found_at(url)
        opened = centre_at(url, tmp_path)
    with opened as made:
        with made.service.store.writing() as tx:
            tx.stage(house())
        yield made


@pytest.fixture
def detector(centre: Centre) -> Detector:
    return detector_of(centre.service)


def on_its_way(*hours: float, order_id: str = "o1", **changed: Any) -> Order:
    """A shipped order whose parcel was scanned so many hours before START."""
    trace = tuple(Scan(at=START - timedelta(hours=ago), place="嘉兴", text="到达") for ago in hours)
    parcel = Parcel(id="p1", carrier="sf", tracking="SF1", shipped_at=START - 9 * DAY, trace=trace)
    facts = {"state": OrderState.SHIPPED, "shipped_at": START - 9 * DAY, "parcels": (parcel,)}
    return make_order(order_id, **{**facts, **changed})


def look(centre: Centre, detector: Detector, seconds: float = 5) -> Looked:
    """So much later, the detector looks until it has nothing to do."""
    return detector.run_dry(centre.clock.pass_(seconds))


def tickets(centre: Centre, order_id: str = "o1") -> list[Ticket]:
    found = [one for one in centre.hanging(order_id) if isinstance(one, Ticket)]
    return sorted(found, key=lambda one: (one.opened_at, one.id))


def watched(centre: Centre) -> int:
    with centre.service.store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(t.watches)) or 0


def retold(centre: Centre, order: Order, **changed: Any) -> Order:
    """The source tells it again, changed, and nothing new of the contact."""
    return centre.told(replace(order, source_version=order.source_version + 1, **changed), contact={})


def test_a_silent_parcel_raises_one_ticket_when_its_time_has_come(centre: Centre, detector: Detector):
    centre.told(on_its_way(70))
    assert look(centre, detector).raised == 0
    assert detector.step(centre.clock.now) == START + timedelta(hours=2)
    look(centre, detector, 2 * 3600)
    (ticket,) = tickets(centre)
    assert (ticket.type, ticket.subtype, ticket.channel) == ("logistics", "trace_stalled", Channel.SYSTEM)
    assert ticket.team == "logistics"
    assert ticket.finding is not None
    assert ticket.finding.saw["limit_days"] == 3
    assert ticket.path[0].data["rule"] == "trace_stalled", "the archive shows what was seen"
    look(centre, detector, 3600)
    assert len(tickets(centre)) == 1
    assert 'desk_findings_total{rule="trace_stalled"} 1' in detector.times.lines()


def test_two_workers_raise_it_once(centre: Centre, detector: Detector):
    centre.told(on_its_way(80))
    other = detector_of(centre.service)
    other.step(centre.clock.now)
    assert detector.step(centre.clock.now) == centre.clock.now + LEASE, "one leads, the other waits"
    assert detector.looked.orders == 0
    now = centre.clock.pass_(LEASE.total_seconds() + 1)
    detector.run_dry(now)
    assert len(tickets(centre)) == 1, "the first one is gone without a word"
    assert other.step(now) == now + LEASE


def test_a_quiet_order_has_no_row_and_is_never_looked_at(centre: Centre, detector: Detector):
    for number in range(5):
        centre.told(make_order(f"q{number}", customer_id=f"c{number}"), contact={})
    assert watched(centre) == 0
    assert look(centre, detector).orders == 0


def test_a_ticket_that_nobody_touched_closes_by_itself_and_says_why(centre: Centre, detector: Detector):
    order = centre.told(on_its_way(80))
    look(centre, detector)
    moved = (*order.parcels[0].trace, Scan(at=START, place="杭州", text="到达"))
    retold(centre, order, parcels=(replace(order.parcels[0], trace=moved),))
    look(centre, detector, 60)
    (ticket,) = tickets(centre)
    assert (ticket.stage, ticket.outcome) == (Stage.CLOSED, "gone")
    assert ticket.finding is not None
    assert ticket.finding.gone_at == centre.clock.now
    assert [step.code for step in ticket.path][-5:] == [
        *("finding_gone", "stage_moved", "stage_moved", "record_written", "ticket_closed")
    ]
    assert ticket.record is not None
    with centre.service.store.reading() as connection:
        words = connection.scalar(select(t.private.c["values"]).where(t.private.c.id == ticket.record.process_id))
    assert words == {"text": seed_policy().detection.process["zh"]}
    assert watched(centre) == 1, "the next silence has begun"


def test_a_ticket_in_hand_stays_and_has_it_noted(centre: Centre, detector: Detector):
    order = centre.told(on_its_way(80))
    look(centre, detector)
    (ticket,) = tickets(centre)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket.id), LIUYANG)
    retold(centre, order, state=OrderState.SIGNED, signed_at=START)
    look(centre, detector, 60)
    (ticket,) = tickets(centre)
    assert ticket.is_open
    assert ticket.finding is not None
    assert ticket.finding.gone_at is not None
    assert ticket.path[-1].code == "finding_gone"


def test_what_comes_back_opens_the_same_ticket_again(centre: Centre, detector: Detector):
    apart = (SystemState(system="wms", state="shipped", at=START - DAY),)
    order = centre.told(make_order(systems=apart))
    look(centre, detector)
    agreed = (replace(apart[0], state="paid", at=START),)
    order = retold(centre, order, systems=agreed)
    look(centre, detector, 60)
    assert [one.stage for one in tickets(centre)] == [Stage.CLOSED]
    retold(centre, order, systems=(replace(apart[0], at=START + timedelta(seconds=1)),))
    look(centre, detector, 3600)
    (ticket,) = tickets(centre)
    assert ticket.is_open
    assert ticket.reopened == 1
    assert ticket.finding is not None
    assert ticket.finding.gone_at is None


def test_a_customer_was_quicker_and_the_finding_joins_that_ticket(centre: Centre, detector: Detector):
    centre.told(on_its_way(80))
    called = OpenTicket(
        id=centre.ids(),
        ticket_id=centre.ids(),
        kind=Kind.EXCEPTION,
        channel=Channel.HOTLINE,
        team="hotline",
        order_id="o1",
        type="logistics",
        subtype="trace_stalled",
    )
    centre.do(called, LIUYANG)
    look(centre, detector)
    look(centre, detector, 600)
    (ticket,) = tickets(centre)
    assert ticket.id == called.ticket_id
    assert ticket.finding is not None
    assert [step.code for step in ticket.path].count("finding_noted") == 1


def test_two_findings_of_one_kind_are_one_ticket_and_stay_calm(centre: Centre, detector: Detector):
    centre.told(make_order(), contact={"name": "陈洁", "phone": "", "address": "见备注"})
    assert centre.get(Order, "o1").contact_flags == {"phone_missing", "address_made_up"}
    for _ in range(3):
        retold(centre, centre.get(Order, "o1"))
        look(centre, detector, 600)
    (ticket,) = tickets(centre)
    assert [step.code for step in ticket.path].count("finding_noted") == 1


def test_money_that_the_desk_gave_back_is_seen(centre: Centre, detector: Detector):
    receipts = tuple(Receipt(id=f"r{n}", method="alipay", amount=10000, at=START - DAY) for n in (1, 2))
    order = centre.told(make_order(receipts=receipts))
    look(centre, detector)
    assert [one.subtype for one in tickets(centre)] == ["paid_twice"]
    retold(centre, order, receipts=(receipts[0], replace(receipts[1], refunded=10000)))
    look(centre, detector, 60)
    assert [one.outcome for one in tickets(centre)] == ["gone"]


# --- several orders ----------------------------------------------------------------------------------------------


def ordered(centre: Centre, number: int, minutes: int, **changed: Any) -> Order:
    """An order to one address by ever another customer."""
    order = make_order(f"f{number}", customer_id=f"c{number}", state=OrderState.UNPAID)
    made = START - timedelta(hours=3) + timedelta(minutes=minutes)
    contact = {"name": "张", "phone": f"1380000{number:04d}", "city": "杭州", "address": "文三路17号3幢 1单元"}
    return centre.told(replace(order, created_at=made, **changed), contact)


def test_many_orders_to_one_address_are_one_ticket_that_names_them(centre: Centre, detector: Detector):
    for number in range(4):
        ordered(centre, number, number * 5)
    look(centre, detector)
    assert tickets(centre, "f0") == []
    ordered(centre, 4, 20)
    look(centre, detector, 5)
    (ticket,) = tickets(centre, "f0")
    assert (ticket.type, ticket.subtype) == ("malicious", "fake_order")
    assert ticket.finding is not None
    assert ticket.finding.saw["numbers"] == "Nf1,Nf2,Nf3,Nf4"
    assert "文三路" not in str(ticket)
    ordered(centre, 5, 30)
    look(centre, detector, 5)
    (ticket,) = tickets(centre, "f0")
    assert ticket.finding is not None
    assert ticket.finding.saw["orders"] == 6
    assert not any(tickets(centre, f"f{number}") for number in range(1, 6))


def test_an_order_of_the_group_that_is_cancelled_counts_no_more(centre: Centre, detector: Detector):
    orders = [ordered(centre, number, number) for number in range(5)]
    look(centre, detector)
    retold(centre, orders[3], state=OrderState.CANCELLED, cancelled_at=START)
    look(centre, detector, 5)
    assert [one.outcome for one in tickets(centre, "f0")] == ["gone"]


def test_an_order_whose_address_is_mended_leaves_the_group(centre: Centre, detector: Detector):
    orders = [ordered(centre, number, number) for number in range(5)]
    look(centre, detector)
    centre.told(replace(orders[3], source_version=2), {"phone": "13800000003", "address": "人民路88号"})
    look(centre, detector, 5)
    assert [one.outcome for one in tickets(centre, "f0")] == ["gone"]


def test_orders_over_a_day_to_one_address_are_a_household(centre: Centre, detector: Detector):
    for number in range(6):
        ordered(centre, number, -70 * number)
    assert look(centre, detector).raised == 0


def test_nothing_of_an_erased_customer_is_compared_any_more(centre: Centre):
    ordered(centre, 1, 0)
    erase_customer(centre.service, "c1")
    with centre.service.store.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(t.alikes)) == 0


# --- policy ------------------------------------------------------------------------------------------------------


def with_days(policy: Policy, days: int) -> Policy:
    rules = tuple(
        replace(rule, limits={"days": days}) if rule.key == "trace_stalled" else rule for rule in policy.detection.rules
    )
    return replace(policy, detection=replace(policy.detection, rules=rules))


def publish(centre: Centre, policy: Policy) -> None:
    centre.do(PublishPolicy(id=centre.ids(), document=policy))


def test_a_change_of_policy_looks_at_every_order_again(centre: Centre, detector: Detector):
    centre.told(on_its_way(50))
    assert look(centre, detector).raised == 0
    publish(centre, with_days(seed_policy(), 2))
    look(centre, detector, 1)
    (ticket,) = tickets(centre)
    assert ticket.policy_version == 2
    publish(centre, replace(with_days(seed_policy(), 9), version=2))
    look(centre, detector, 1)
    (ticket,) = tickets(centre)
    assert ticket.outcome == "gone"
    gone = next(step for step in ticket.path if step.code == "finding_gone")
    assert gone.data["why"] == "limits"


def test_orders_from_before_detection_are_gone_through_once(centre: Centre, detector: Detector):
    centre.told(on_its_way(80))
    with centre.service.store.aside() as connection:
        connection.execute(t.watches.delete())
        connection.execute(t.meta.delete().where(t.meta.c.key == RULES_KEY))
    look(centre, detector)
    assert len(tickets(centre)) == 1
