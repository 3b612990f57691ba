"""The line is pulled in the middle of the work: the screen says so, work goes on, everything arrives once after."""

from __future__ import annotations

import pytest

from desk.domain.ledger import LedgerEntry
from desk.domain.orders import OrderState
from desk.domain.tickets import Stage, Ticket
from desk.tour.far import FarDesk
from tests.helpers.desk_acts import all_sent, fetch_now, sign_in, take_call, write_note
from tests.helpers.export import CALLER, NEXT_CALLER, THIRD_CALLER
from tests.helpers.fault_proxy import Fault
from tests.helpers.stand import Floor

pytestmark = pytest.mark.slow
NO_GIVING = "Offline, and no allowance is left here. Give when you are back online."
NO_CANCEL = "Only the centre may do this. It works again once you are online."
PUSH = "POST /v1/push"


def test_work_goes_on_without_a_line_and_everything_arrives_once(floor: Floor):
    desk = floor.new_desk("agent")
    sign_in(desk, "wangfang")
    take_call(desk, CALLER)
    the_app_asks(floor, desk)
    before = floor.books.receipts("AddNote") + floor.books.receipts("CloseTicket")
    floor.line.down()
    desk.see("Offline, work goes on")
    nothing_leaves_for_good(floor, desk)
    write_note(desk, "Rings again at six.")
    desk.see("Waiting for the centre", "Timeline")
    claim_the_other_one(desk)
    open_one_for_who_rings_now(desk)
    wrap_the_first_one_up(desk)
    assert floor.books.receipts("AddNote") + floor.books.receipts("CloseTicket") == before == []
    floor.line.up()
    fetch_now(desk)
    assert_arrived_once(floor)
    desk.see_not("Waiting for the centre")
    desk.see("Attention 0")
    assert floor.centre.run("verify") == "everything holds"


def the_app_asks(floor: Floor, desk: FarDesk) -> None:
    facts = {"type": "customer_data", "subtype": "address_wrong", "words": "门牌号写错了"}
    floor.request(kind="exception", order_number=NEXT_CALLER.number, team="hotline", **facts)
    desk.see(f"…{NEXT_CALLER.number[-4:]}")


def nothing_leaves_for_good(floor: Floor, desk: FarDesk) -> None:
    desk.see(NO_CANCEL)
    desk.see(NO_GIVING)
    desk.press("C")
    desk.press("1")
    assert "To send 0" in desk.read()
    order = floor.books.order(CALLER.number)
    assert (order.state, floor.books.all(LedgerEntry, order_id=order.id)) == (OrderState.PAID, [])


def claim_the_other_one(desk: FarDesk) -> None:
    desk.choose("Queue", NEXT_CALLER.number[-4:])
    desk.see("门牌号写错了")
    desk.press("Space")
    desk.see("[Analyse]")
    desk.see("Waiting for the centre")


def open_one_for_who_rings_now(desk: FarDesk) -> None:
    """The order of this one is not on this desk: its number is written down."""
    desk.press("Ctrl+K")
    desk.write(THIRD_CALLER.phone[-4:])
    desk.press("Return")
    desk.see("The centre cannot be reached.")
    desk.see("Open a ticket without an order")
    desk.choose("Kind", "Exception")
    desk.choose("Why", "Delivery delayed")
    desk.choose("Team", "Hotline")  # logistics owns it; the agent keeps it while the customer is on the line
    desk.write(THIRD_CALLER.number, "Order number")
    desk.write("Where is the parcel?", "What the customer says")
    desk.click("Open and claim")
    desk.see("Customer: “Where is the parcel?”")
    desk.see("· ?")


def wrap_the_first_one_up(desk: FarDesk) -> None:
    desk.choose("Queue", CALLER.number[-4:])
    desk.see("Rings again at six.", "Timeline")
    desk.press("Z")
    desk.see("Still missing")
    desk.choose("Outcome", "Withdrawn")
    desk.write("Spoke about the delivery; keeps the order.", "What was done")
    desk.choose("Cause", "Need changed" if "Need changed" in desk.read() else "Change of need")
    desk.choose("Result", "Solved")
    desk.write("Content.", "What the customer said to it")
    desk.write("The line was down.", "Why an act was left out")
    desk.see_not("Still missing")
    desk.click("Close the case")
    desk.see("Case closed.")
    desk.see("Waiting for the centre")


def assert_arrived_once(floor: Floor) -> None:
    books = floor.books
    first, second, third = (books.ticket(one.number) for one in (CALLER, NEXT_CALLER, THIRD_CALLER))
    wangfang = next(key for key, login in books.logins().items() if login == "wangfang")
    opened_here = [one for one in books.all(Ticket) if one.finding is None]  # detection reads the export meanwhile
    assert len(opened_here) == 3
    assert books.notes(first) == ["Rings again at six."]
    assert (first.stage, first.outcome) == (Stage.CLOSED, "withdrawn")
    assert first.record is not None
    assert books.text(first.record.process_id) == "Spoke about the delivery; keeps the order."
    assert (second.holder, second.stage) == (wangfang, Stage.ANALYSE)
    assert (third.holder, third.order_id) == (wangfang, books.order(THIRD_CALLER.number).id)
    assert not third.number.startswith("?")
    acts = {name: len(books.receipts(name)) for name in ("OpenTicket", "AddNote", "ClaimTicket", "CloseTicket")}
    assert acts == {"OpenTicket": 2, "AddNote": 1, "ClaimTicket": 3, "CloseTicket": 1}
    assert {receipt.status for name in acts for receipt in books.receipts(name)} == {"applied"}


def test_an_answer_that_is_lost_on_the_way_is_settled_once(floor: Floor):
    desk = floor.new_desk("agent")
    cut = floor.line.next("GET /v1/snapshot", Fault.BREAK_OFF)
    sign_in(desk, "wangfang")
    assert cut.wait(60), "half a snapshot came first"
    all_sent(desk)
    take_call(desk, CALLER)
    done_and_not_heard(floor, desk)
    not_done_and_not_heard(floor, desk)
    half_heard(floor, desk)
    assert floor.books.notes(floor.books.ticket(CALLER.number)) == ["First.", "Second.", "Third."]
    assert [receipt.status for receipt in floor.books.receipts("AddNote")] == ["applied"] * 3
    assert floor.centre.run("verify") == "everything holds"


def done_and_not_heard(floor: Floor, desk: FarDesk) -> None:
    lost = floor.line.next(PUSH, Fault.SWALLOW, then_down=True)
    write_note(desk, "First.")
    assert lost.wait(60)
    desk.see("Sent, answer unknown", "Timeline")
    assert floor.books.notes(floor.books.ticket(CALLER.number)) == ["First."]
    floor.line.up()
    fetch_now(desk)
    assert answers_heard_before(floor) == 1


def not_done_and_not_heard(floor: Floor, desk: FarDesk) -> None:
    """Half open: nothing passes, and nobody is told until the system gives the connection up."""
    under_way = floor.line.silent(PUSH)
    write_note(desk, "Second.")
    desk.see("Waiting for the centre", "Timeline")
    assert under_way.wait(60), "else the desk knows that it did not arrive"
    floor.line.down()
    desk.see("Sent, answer unknown", "Timeline")
    assert floor.books.notes(floor.books.ticket(CALLER.number)) == ["First."]
    floor.line.up()
    fetch_now(desk)
    assert answers_heard_before(floor) == 1


def half_heard(floor: Floor, desk: FarDesk) -> None:
    """The verdict comes again, with a second try or with the feed, whichever is first."""
    cut = floor.line.next(PUSH, Fault.BREAK_OFF)
    write_note(desk, "Third.")
    assert cut.wait(60)
    desk.see_not("Sent, answer unknown")
    desk.see_not("Waiting for the centre")
    all_sent(desk)


def answers_heard_before(floor: Floor) -> int:
    """How often the centre said: this I have done already."""
    arrived = [exchange for exchange in floor.line.of(PUSH) if exchange.arrived]
    return sum(verdict["duplicate"] for exchange in arrived for verdict in exchange.verdicts)
