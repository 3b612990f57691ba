"""Handling options at a true centre, on both databases: done once whatever is lost, and no lie moves a fen."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from desk.central import tables as t
from desk.central import verify
from desk.central.store import PrivateValue
from desk.domain.commands import AddNote, CancelOrder, ClaimTicket, OpenTicket, PublishPolicy, SetReason, TakeOption
from desk.domain.ids import derived_id
from desk.domain.ledger import EffectKind, EffectState, EntryState
from desk.domain.orders import Order, OrderState, Parcel, Receipt, Scan, Tender
from desk.domain.people import Actor
from desk.domain.playbooks import Deed, Verb
from desk.domain.tasks import Task
from desk.domain.tickets import Channel, Kind, Ticket
from desk.wire import codec
from desk.wire.protocol import Verdict
from tests.helpers.cases import HOUR, LIQIANG, LIUYANG, START, make_line, make_order
from tests.helpers.edge import CONTACT, Centre, centre_at, found_at, sqlite_centre
from tests.helpers.odd import KIND, option, policy_with
from tests.helpers.sides import Sides, sides

PAID = Tender(id="t1", method="alipay", paid=10000, reference="A1")
TWICE = (
    Receipt(id="a", method="alipay", amount=10000, at=START - 2 * HOUR, reference="A1"),
    Receipt(id="b", method="alipay", amount=10000, at=START - HOUR, reference="A2"),
)
LOST = Parcel(
    id="p1",
    carrier="SF",
    tracking="SF1",
    shipped_at=START - 3 * HOUR,
    trace=(Scan(at=START - HOUR, place="杭州", text="丢失", code="lost"),),
)
OPTIONS = (
    option(Verb.REFUND_SURPLUS, key="surplus"),
    option(Verb.REFUND_PARCEL, key="parcel"),
    option(Verb.RESHIP, Deed(do=Verb.TASK, item="claim_carrier"), key="reship"),
    option(Verb.MARK_PAID, key="mark_paid"),
    option(Verb.CHANGE_CONTACT, key="contact", inputs=("address", "fee")),
    option(Verb.CANCEL, key="cancel"),
)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def centre(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Centre]:
    opened = (
        sqlite_centre(tmp_path)
        if request.param == "sqlite"
        else centre_at(request.getfixturevalue("pg_clone")("edge", found_at), tmp_path)
    )
    with opened as made:
        made.do(PublishPolicy(id=made.ids(), document=policy_with(*OPTIONS)))
        yield made
        assert verify.verify(made.service.store.engine) == []


@pytest.fixture
def side() -> Iterator[Sides]:
    with sides() as running:
        yield running


def trouble(centre: Centre, **facts: Any) -> str:
    """An order in trouble and its ticket in Liu Yang's hands."""
    order = centre.told(make_order(now=centre.clock.now, **facts))
    ticket_id = centre.ids()
    opened = OpenTicket(
        id=centre.ids(), ticket_id=ticket_id, kind=Kind.EXCEPTION, channel=Channel.HOTLINE, team="hotline",
        order_id=order.id, **KIND,
    )  # fmt: skip
    centre.do(opened, LIUYANG)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), LIUYANG)
    return ticket_id


def take(centre: Centre, ticket_id: str, key: str, actor: Actor = LIUYANG, **args: Any) -> Verdict:
    command = TakeOption(id=args.pop("id", None) or centre.ids(), ticket_id=ticket_id, option=key, **args)
    (verdict,) = centre.service.applier.system([command], actor)
    return verdict


def test_the_second_payment_goes_back_once_though_the_reply_is_lost(centre: Centre, side: Sides):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    assert take(centre, ticket_id, "surplus", expected=10000, id="x1").status == "applied"
    assert take(centre, ticket_id, "surplus", expected=10000, id="x1").duplicate
    assert take(centre, ticket_id, "surplus", expected=10000).code == "no_surplus"
    worker = centre.worker(side)
    side.next("lose_reply")
    worker.step(centre.clock.now)
    worker.step(centre.clock.pass_(30))
    (effect,) = centre.effects()
    assert (effect.state, list(side.times.values())) == (EffectState.CONFIRMED, [1])
    body = side.done[f"refunds/{effect.id}"]
    assert (body["payment"], body["amount"], body["method"]) == ("A2", 10000, "alipay")
    order = centre.get(Order, "o1")
    assert [receipt.refunded for receipt in order.receipts] == [0, 10000]
    assert order.tenders[0].refunded == 0
    (entry,) = centre.entries()
    assert entry.state is EntryState.CONFIRMED
    taken = centre.get(Ticket, ticket_id).options
    assert [(one.option, one.amount) for one in taken] == [("surplus", 10000)]


def test_two_agents_and_a_cancel_give_back_what_came_in_and_no_more(centre: Centre, side: Sides):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    centre.do(TakeOption(id=centre.ids(), ticket_id=ticket_id, option="surplus"), LIUYANG)
    other = centre.ticket()
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=other), LIUYANG)
    centre.do(SetReason(id=centre.ids(), ticket_id=other, reason="no_longer_wanted"), LIUYANG)
    centre.do(CancelOrder(id=centre.ids(), order_id="o1", ticket_id=other, expected=10000, reviewed=True), LIUYANG)
    assert take(centre, ticket_id, "surplus").code == "no_surplus"
    worker = centre.worker(side)
    for _ in range(3):
        worker.step(centre.clock.pass_(5))
    paid_back = [body["amount"] for path, body in side.done.items() if path.startswith("refunds/")]
    assert sorted(paid_back) == [10000, 10000]


def test_no_lie_moves_money(centre: Centre):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    cancel_ticket = centre.ticket()
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=cancel_ticket), LIUYANG)
    before = verify.state_digest(centre.service.store.engine)
    lies: list[tuple[Actor, dict[str, Any], str]] = [
        (LIUYANG, {"key": "surplus", "expected": 9999}, "amount_changed"),
        (LIUYANG, {"key": "surplus", "expected": 0}, "amount_changed"),
        (LIUYANG, {"key": "surplus", "order_id": "o2"}, "no_such_order"),
        (LIUYANG, {"key": "surplus", "line_ids": ("77",)}, "unknown_choice"),
        (LIUYANG, {"key": "surplus", "inputs": {"amount": "99999"}}, "input_unknown"),
        (LIUYANG, {"key": "all_of_it"}, "unknown_choice"),
        (LIUYANG, {"key": "mark_paid"}, "paid_already"),
        (LIUYANG, {"key": "reship"}, "not_shipped"),
        (LIQIANG, {"key": "surplus"}, "claim_not_held"),
    ]
    for actor, args, code in lies:
        verdict = take(centre, ticket_id, actor=actor, **args)
        assert (verdict.status, verdict.code) == ("refused", code), args
    assert take(centre, cancel_ticket, "surplus").code == "type_missing"
    assert take(centre, "nowhere", "surplus").code == "no_such_ticket"
    assert verify.state_digest(centre.service.store.engine) == before


@pytest.mark.expect_log("command id used again")
def test_another_content_under_a_known_id_is_an_alarm(centre: Centre):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    assert take(centre, ticket_id, "surplus", id="x1").status == "applied"
    assert take(centre, ticket_id, "cancel", id="x1").code == "id_reused"
    assert len(centre.entries()) == 1


def test_a_lost_parcel_is_sent_again_with_its_claim_beside_and_not_paid_back(centre: Centre, side: Sides):
    ticket_id = trouble(centre, state=OrderState.SHIPPED, parcels=(LOST,), lines=(make_line(quantity=2),))
    assert take(centre, ticket_id, "reship", id="x1").status == "applied"
    assert take(centre, ticket_id, "parcel").code == "line_reshipped"
    assert centre.get(Task, derived_id("task", "x1", "claim_carrier")).team == "warehouse"
    centre.worker(side).step(centre.clock.now)
    (effect,) = centre.effects(EffectKind.RESHIP)
    assert effect.state is EffectState.CONFIRMED
    body = side.done[f"reshipments/{effect.id}"]
    assert (body["line"], body["sku"], body["quantity"], body["order"]) == ("1", "SKU-1", 2, "No1")


def test_what_the_shop_refuses_to_send_may_be_paid_back(centre: Centre, side: Sides):
    ticket_id = trouble(centre, state=OrderState.SHIPPED, parcels=(LOST,))
    take(centre, ticket_id, "reship")
    side.next("refuse")
    centre.worker(side).step(centre.clock.now)
    (effect,) = centre.effects(EffectKind.RESHIP)
    assert (effect.state, effect.problem) == (EffectState.FAILED, "already_shipped")
    assert take(centre, ticket_id, "parcel", expected=10000).status == "applied"
    assert take(centre, ticket_id, "reship").code == "line_refunded"


def test_an_order_is_marked_paid_by_the_payment_that_came_in(centre: Centre, side: Sides):
    unpaid: dict[str, Any] = {"state": OrderState.UNPAID, "tenders": (), "paid_at": None}
    ticket_id = trouble(centre, receipts=TWICE[1:], **unpaid)
    assert take(centre, ticket_id, "mark_paid", expected=0).status == "applied"
    centre.worker(side).step(centre.clock.now)
    (effect,) = centre.effects()
    assert side.done[f"paid-marks/{effect.id}"]["paid"] == [{"payment": "A2", "method": "alipay", "amount": 10000}]
    assert centre.get(Order, "o1").state is OrderState.UNPAID, "the shop says when it is paid"


def test_the_new_address_reaches_the_shop_and_stands_in_no_document(centre: Centre, side: Sides):
    ticket_id = trouble(centre)
    street = "浙江省杭州市西湖区文三路 18 号 3 幢 502 室"
    inputs = {"address": street, "fee": "8"}
    assert take(centre, ticket_id, "contact", inputs=inputs, id="x1").status == "applied"
    centre.worker(side).step(centre.clock.now)
    (effect,) = centre.effects(EffectKind.CHANGE_CONTACT)
    assert effect.text_id == "x1.inputs"
    assert side.done[f"contact-changes/{effect.id}"]["details"] == {"address": street, "fee": "800"}
    with centre.service.store.engine.connect() as connection:
        for table in ("feed", "receipts", "effects", "tickets"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
            assert "文三路" not in str(rows), table


def test_who_does_it_by_hand_sees_where_it_goes(centre: Centre):
    ticket_id = trouble(centre, connector="manual")
    inputs = {"address": "浙江省杭州市西湖区文三路 18 号 3 幢 502 室", "fee": "8"}
    take(centre, ticket_id, "contact", inputs=inputs, id="x1")
    (effect,) = centre.effects(EffectKind.CHANGE_CONTACT)
    assert (effect.state, effect.team) == (EffectState.MANUAL, "warehouse")
    with centre.service.store.engine.connect() as connection:
        wanted = (t.members.c.kind == "private") & (t.members.c.id == "x1.inputs")
        seen = set(connection.scalars(select(t.members.c.scope).where(wanted)))
        owner = connection.execute(select(t.private.c.owner_kind).where(t.private.c.id == "x1.inputs")).scalar()
    assert owner == "order"
    assert {"team:hotline", "team:warehouse"} <= seen


def test_an_address_that_was_erased_meanwhile_is_asked_of_nobody(centre: Centre, side: Sides):
    ticket_id = trouble(centre)
    take(centre, ticket_id, "contact", inputs={"address": CONTACT["address"] + "5 幢 501 室", "fee": "0"}, id="x1")
    with centre.service.store.writing() as tx:
        tx.stage([], [PrivateValue("x1.inputs", "text", ("ticket", ticket_id), {})])
    centre.worker(side).step(centre.clock.now)
    (effect,) = centre.effects(EffectKind.CHANGE_CONTACT)
    assert (side.done, effect.state, effect.problem) == ({}, EffectState.FAILED, "no_words")


def test_two_clicks_at_once_land_on_one_row(centre: Centre):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    gate = threading.Barrier(2)
    found: list[str] = []

    def click(command_id: str) -> None:
        gate.wait()
        verdict = take(centre, ticket_id, "surplus", id=command_id)
        found.append(verdict.code or str(verdict.status))

    threads = [threading.Thread(target=click, args=(one,)) for one in ("x1", "x2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == ["applied", "no_surplus"]
    assert len(centre.entries()) == len(centre.effects()) == 1


def test_a_closed_ticket_takes_no_option(centre: Centre):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    centre.do(AddNote(id=centre.ids(), ticket_id=ticket_id, words="x"), LIUYANG)
    with centre.service.store.writing() as tx:
        ticket = tx.book.get("ticket", ticket_id)
        assert isinstance(ticket, Ticket)
        tx.stage([replace(ticket, stage=ticket.stage.CLOSED)])
    assert take(centre, ticket_id, "surplus").code == "ticket_closed"


def test_verify_finds_more_given_back_than_came_in(centre: Centre):
    ticket_id = trouble(centre, tenders=(PAID,), receipts=TWICE)
    take(centre, ticket_id, "surplus")
    (entry,) = centre.entries()
    engine = centre.service.store.engine
    for broken, code in (
        (replace(entry, cost=10001, units=10001), "refunded_more_than_received"),
        (replace(entry, receipt_id="never"), "refunded_more_than_received"),
        (replace(entry, receipt_id=None, tender_id="t1", cost=10001), "refunded_more_than_paid"),
    ):
        with engine.connect() as connection, connection.begin() as doing:
            doc = json.dumps(codec.to_plain(broken))
            connection.execute(update(t.entries).values(doc=json.loads(doc)))
            found = {finding.code for finding in verify.check_money(connection)}
            doing.rollback()
        assert found == {code}
