"""Trouble planted in the made-up shop: told as facts, found by the centre's rules, standing still until handled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from desk.demo.arrivals import shop_of
from desk.demo.data import read
from desk.demo.orders import Sale
from desk.demo.planting import plant
from desk.demo.seeding import new_state
from desk.demo.state import State, StateFile
from desk.demo.stories import open_stories
from desk.demo.told import SideAct, tell
from desk.domain.contacts import contact_flags
from desk.domain.detection import found
from desk.domain.intake import merged
from desk.domain.orders import Order
from desk.wire.policy_seed import load_seed
from tests.helpers.todays import of_today

pytestmark = pytest.mark.turns(2)

ANCHOR = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
FINDS = {
    "paid_twice": "paid_twice",
    "paid_not_updated": "paid_not_updated",
    "amount_differs": "amount_mismatch",
    "oversold": "oversold",
    "not_reserved": "reservation_failed",
    "miscounted": "stock_differs",
    "lost": "parcel_lost",
    "overdue": "delivery_delayed",
    "silent_but_moving": "trace_stalled",
    "refused": "refused",
    "bad_address": "address_wrong",
    "bad_phone": "phone_wrong",
    "systems_apart": "sync_failed",
}


@cache
def planted() -> State:
    state = new_state(20260, ANCHOR)
    plant(shop_of(state), state)
    return state


@cache
def troubled() -> dict[str, list[Sale]]:
    found: dict[str, list[Sale]] = {}
    for sale in shop_of(planted()).sales:
        if sale.trouble:
            found.setdefault(sale.trouble.key, []).append(sale)
    return found


def seen(sale: Sale, now: datetime, *acts: SideAct) -> Order:
    """The order as the centre has it: with what is wrong with its contact."""
    telling = tell(sale, now, acts)
    return replace(telling.order, contact_flags=contact_flags(telling.contact, load_seed().contacts))


@pytest.mark.parametrize("key", of_today([row["trouble"] for row in read("troubles")["troubles"]], 3))
def test_every_trouble_is_found_by_its_rule_and_by_no_other(key: str):
    (sale,) = troubled()[key]
    later = ANCHOR + timedelta(minutes=20)
    assert [one.rule for one in found(seen(sale, later), load_seed(), later)] == [FINDS[key]]


def test_six_accounts_order_to_one_door():
    fakes = troubled()["one_door"]
    contacts = [sale.at(ANCHOR).contact for sale in fakes]
    assert len(fakes) == 6
    assert len({contact["address"] for contact in contacts}) == 1
    assert len({contact["phone"] for contact in contacts}) == 6
    times = sorted(sale.plan.created_at for sale in fakes)
    assert times[-1] - times[0] < timedelta(hours=1)


def test_it_stands_still_and_is_never_told_with_other_facts_under_one_version():
    for sale in (sale for sales in troubled().values() for sale in sales):
        first, later = sale.at(ANCHOR), sale.at(ANCHOR + timedelta(days=3))
        assert first == later


def test_the_stories_are_about_other_orders():
    stories = open_stories(shop_of(planted()), ANCHOR)
    assert not {story.sale.number for story in stories} & set(planted().troubles)


def test_money_that_the_payment_side_gave_back_is_told_and_the_trouble_is_over():
    (sale,) = troubled()["paid_twice"]
    now = ANCHOR + timedelta(minutes=30)
    before = seen(sale, now)
    twice = before.receipts[-1]
    act = SideAct("refunds", sale.number, now, {"amount": twice.amount, "tender": twice.id})
    after = merged(before, seen(sale, now, act))
    assert after.receipts[-1].refunded == twice.amount
    assert found(after, load_seed(), now) == ()


def test_the_state_file_keeps_what_was_planted(tmp_path: Path):
    file = StateFile(tmp_path)
    file.write(planted())
    again = file.read()
    assert again is not None
    assert again.troubles == planted().troubles
