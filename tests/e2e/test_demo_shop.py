"""The demo as a desk starts it: a centre and a shop in processes of their own, sides that pay back once."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desk.domain.commands import CancelOrder, ClaimTicket, OpenTicket, PublishPolicy
from desk.domain.ids import uuid7
from desk.domain.tickets import Channel, Kind
from desk.wire.policy_seed import load_seed
from tests.helpers.books import eventually
from tests.helpers.demo_shop import DemoShop, demo_shop

pytestmark = pytest.mark.slow


def new_id() -> str:
    return uuid7(datetime.now(UTC), random.Random())


def test_a_cancelled_order_of_the_shop_is_paid_back_once_though_the_reply_was_lost(tmp_path: Path):
    with demo_shop(tmp_path) as demo:
        demo.until("ready")
        assert not [line for line in demo.said if line.get("event") == "refused"]  # colleagues kept every rule
        order = a_paid_order(demo)
        looks_soon(demo)
        number, amount = order["number"], sum(tender["paid"] for tender in order["tenders"])
        ticket_id = a_cancel_in_hand(demo, order)
        demo.next_on("refunds", "loses_reply")
        cancel = CancelOrder(id=new_id(), order_id=order["id"], ticket_id=ticket_id, reviewed=True, expected=amount)
        assert demo.agent.do(cancel)["status"] == "applied"
        eventually(lambda: {effect["state"] for effect in demo.entities(number, "effect")}, {"confirmed"})
        (refund,) = [effect for effect in demo.entities(number, "effect") if effect["kind"] == "refund"]
        assert refund["attempts"] > 0
        assert demo.times("refunds", refund["id"]) == 1
        assert [act["facts"]["amount"] for act in demo.refunds(number)] == [amount]
        (after,) = demo.entities(number, "order")
        assert (after["state"], after["tenders"][0]["refunded"]) == ("cancelled", amount)


def looks_soon(demo: DemoShop) -> None:
    """The administrator publishes a policy by which what got no answer is looked up after a second already."""
    seed = load_seed()
    shop = replace(seed.connectors["shop"], wait_seconds=1)
    policy = replace(seed, connectors={**seed.connectors, "shop": shop})
    assert demo.colleague("admin").do(PublishPolicy(id=new_id(), document=policy))["status"] == "applied"


def a_paid_order(demo: DemoShop) -> dict[str, Any]:
    """An order that somebody called about: paid by one payment, not packed, nothing special in it, in nobody's hand."""
    for number in demo.state().taken:
        (order,) = demo.entities(number, "order")
        is_plain = len(order["tenders"]) == 1 and not any(line["flags"] for line in order["lines"])
        if is_plain and order["state"] == "paid" and not order["packed_at"] and not order["store_id"]:
            tickets = demo.entities(number, "ticket")
            if all(ticket["holder"] is None and ticket["channel"] in {"hotline", "chat"} for ticket in tickets):
                return order
    raise LookupError("no such order")


def a_cancel_in_hand(demo: DemoShop, order: dict[str, Any]) -> str:
    """The cancel ticket of that order (opened, or joined where there is one) in the agent's hand; its id."""
    opening = OpenTicket(
        id=new_id(),
        ticket_id=new_id(),
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team="hotline",
        order_id=order["id"],
        reason="no_longer_wanted",
    )
    assert demo.agent.do(opening)["status"] == "applied"
    (ticket,) = [one for one in demo.entities(order["number"], "ticket") if one["kind"] == "cancel"]
    assert demo.agent.do(ClaimTicket(id=new_id(), ticket_id=ticket["id"]))["status"] == "applied"
    return str(ticket["id"])
