"""Processes end as in a power cut, at the worst moment: nothing that was done is lost, nothing is done twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk.domain.ledger import BenefitKind, Effect, EffectKind, EffectState, LedgerEntry
from desk.domain.orders import OrderState
from desk.tour.far import FarDesk
from tests.helpers.books import eventually
from tests.helpers.desk_acts import all_sent, fetch_now, sign_in, take_call, write_note
from tests.helpers.export import CALLER
from tests.helpers.fault_proxy import Fault
from tests.helpers.stand import Floor, Where, stand

pytestmark = pytest.mark.slow
PUSH = "POST /v1/push"


def test_a_killed_desk_keeps_what_it_did_under_its_authors_name(floor: Floor):
    desk = floor.new_desk("shared")
    sign_in(desk, "liqiang")
    switch(desk, "wangfang")
    take_call(desk, CALLER)
    floor.line.down()
    desk.see("Offline, work goes on")
    write_note(desk, "Rings again at six.")
    write_note(desk, "Wants blue, if anything.")
    desk.see("To send 2")
    desk.kill()

    desk = floor.desk("shared")
    desk.see("Sign in to take calls")
    sign_in(desk, "wangfang")
    desk.see("Offline, work goes on")
    desk.see("To send 2")
    desk.choose("Queue", CALLER.number[-4:])
    desk.see("Rings again at six.", "Timeline")
    on_its_way = desk.read("Timeline").splitlines()[0]  # it may have died while it asked whether anybody is there
    assert "Wants blue" in on_its_way
    assert "Waiting for the centre" in on_its_way or "Sent, answer unknown" in on_its_way

    floor.line.up()
    switch(desk, "liqiang")
    desk.see("Online")
    desk.see("To send 2")
    assert floor.books.receipts("AddNote") == []

    switch(desk, "wangfang")
    all_sent(desk)
    told = [(note.person, note.status) for note in floor.books.receipts("AddNote")]
    assert told == [("wangfang", "applied")] * 2
    assert floor.books.notes(floor.books.ticket(CALLER.number)) == ["Rings again at six.", "Wants blue, if anything."]
    assert floor.centre.run("verify") == "everything holds"


def switch(desk: FarDesk, login: str) -> None:
    """One person goes, another comes."""
    desk.press("Ctrl+L")
    desk.click("Switch person")
    desk.see("Sign in to take calls")
    sign_in(desk, login)


@pytest.fixture(params=["postgres", "sqlite"])
def any_floor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Floor]:
    """A floor on each database."""
    where: Where = request.getfixturevalue(f"{request.param}_centre")
    with stand(where, tmp_path) as made:
        yield made


def test_a_centre_killed_before_its_answer_left_cancels_and_pays_back_once(any_floor: Floor):
    floor = any_floor
    desk = floor.new_desk("agent")
    sign_in(desk, "wangfang")
    take_call(desk, CALLER)
    lost = floor.line.next(PUSH, Fault.SWALLOW, then_down=True)
    desk.press("C")
    desk.see("leaves for good")
    desk.press("Return")
    assert lost.wait(60)
    floor.centre.kill()
    desk.see("Offline, work goes on")
    desk.see("Sent, answer unknown")

    floor.centre.start()
    floor.line.up()
    fetch_now(desk)
    desk.see("Cancelled already")
    desk.see("refunded")
    assert_once(floor)
    assert floor.centre.run("verify") == "everything holds"


def assert_once(floor: Floor) -> None:
    (receipt,) = floor.books.receipts("CancelOrder")
    answers = [verdict for push in floor.line.of(PUSH) for verdict in push.verdicts if verdict["id"] == receipt.id]
    assert [(answer["status"], answer["duplicate"]) for answer in answers] == [("applied", False), ("applied", True)]
    assert len({answer["n"] for answer in answers}) == 1
    order = floor.books.order(CALLER.number)
    eventually(lambda: {effect.state for effect in floor.books.all(Effect, order_id=order.id)}, {EffectState.CONFIRMED})
    order = floor.books.order(CALLER.number)
    assert (order.state, order.tenders[0].refunded) == (OrderState.CANCELLED, CALLER.paid)
    entries = floor.books.all(LedgerEntry, order_id=order.id)
    assert [(entry.kind, entry.cost) for entry in entries] == [(BenefitKind.REFUND, CALLER.paid)]
    effects = floor.books.all(Effect, order_id=order.id)
    (refund,) = [effect for effect in effects if effect.kind is EffectKind.REFUND]
    assert floor.outside.times("refunds", refund.id) == 1
    assert len(floor.outside.done("refunds", CALLER.number)) == 1
