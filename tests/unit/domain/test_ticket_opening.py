"""A request comes in: by which channel, on which order, joined to what is open, numbered, led to its team."""

from __future__ import annotations

import pytest

from desk.domain.commands import ArchiveTicket, ClaimTicket, OpenTicket, ReopenTicket
from desk.domain.decisions import Accepted, AskCentre
from desk.domain.orders import GoodsFlag, OrderState
from desk.domain.people import Team
from desk.domain.tickets import Channel, Kind, Stage, Ticket
from tests.helpers.cases import CHENJIE, LIQIANG, START, SYSTEM, WANGFANG, World, make_line, make_order, make_ticket

CANCEL = {"kind": Kind.CANCEL, "team": "", "order_id": "o1", "reason": "too_slow"}


def test_a_cancel_from_the_hotline_is_numbered_timed_and_on_the_order() -> None:
    world = World(make_order())
    world.accept(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, words="太慢了，不想等了", id="cmd", **CANCEL)
    ticket = world.ticket()
    assert (ticket.number, ticket.team, ticket.order_number) == ("T000001", "hotline", "No1")
    assert (ticket.amount, ticket.currency, ticket.customer_id) == (10000, "CNY", "c1")
    assert ticket.policy_version == world.policy.version
    assert ticket.no_return_at is not None  # the window of the next wave closes
    assert ticket.path[0].code == "ticket_opened"
    assert world.book.values[ticket.notes[0].text_id] == {"text": "太慢了，不想等了"}


def test_a_call_about_an_open_app_request_joins_it_and_marks_it_chased() -> None:
    world = World(make_order())
    world.accept(OpenTicket, SYSTEM, ticket_id="k1", channel=Channel.APP, **CANCEL)
    world.later(minutes=11)
    world.accept(OpenTicket, WANGFANG, ticket_id="k2", channel=Channel.HOTLINE, words="怎么还没处理", **CANCEL)
    assert [ticket.id for ticket in world.all(Ticket)] == ["k1"]
    assert world.ticket().chased == 1
    assert len(world.ticket().notes) == 1


def test_what_the_system_finds_again_is_no_customer_chasing() -> None:
    world = World(make_order(), make_ticket())
    assert world.refuse(OpenTicket, SYSTEM, ticket_id="k2", channel=Channel.SYSTEM, **CANCEL) == "already_open"
    assert world.ticket().chased == 0


def test_another_kind_of_trouble_on_the_same_order_is_another_ticket() -> None:
    world = World(make_order(), make_ticket())
    trouble = {"kind": Kind.EXCEPTION, "channel": Channel.HOTLINE, "team": "hotline", "order_id": "o1"}
    world.accept(OpenTicket, ticket_id="k2", type="logistics", subtype="trace_stalled", **trouble)
    world.accept(OpenTicket, ticket_id="k3", type="payment", **trouble)
    assert len(world.all(Ticket)) == 3
    world.accept(OpenTicket, ticket_id="k4", type="logistics", **trouble)
    assert world.ticket("k2").chased == 1


def test_a_counter_with_the_line_down_opens_by_the_number_it_was_told() -> None:
    world = World()
    world.book.number = None
    opening = {**CANCEL, "order_id": None, "order_number": "202609174471"}
    world.accept(OpenTicket, CHENJIE, ticket_id="0190-abcdef", channel=Channel.STORE, **{**opening, "team": "store"})
    ticket = world.ticket("0190-abcdef")
    assert (ticket.number, ticket.order_id, ticket.order_number) == ("?ABCDEF", None, "202609174471")
    assert (ticket.team, ticket.store_id) == ("store", "S01")


def test_the_centre_finds_the_order_of_that_number_and_tells_who_has_it() -> None:
    world = World(make_order(), make_ticket())
    opening = {**CANCEL, "order_id": None, "order_number": "No1"}
    world.accept(OpenTicket, CHENJIE, ticket_id="k2", channel=Channel.STORE, words="要取消", **opening)
    assert world.ticket("k2").order_id == "o1"
    assert len(world.ticket("k2").notes) == 1
    assert world.ticket("k1").chased == 1
    assert world.ticket("k1").notes == ()


def test_an_order_that_is_not_here_is_asked_of_the_centre() -> None:
    world = World()
    world.book.missing = frozenset({("order", "o1"), ("orders", "o1")})
    assert isinstance(world.ask(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, **CANCEL), AskCentre)
    world.book.missing = frozenset()
    assert world.refuse(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, **CANCEL) == "no_such_order"


def test_trouble_without_an_order_goes_to_the_team_that_owns_it() -> None:
    world = World()
    world.keep(*_teams("tech"))
    world.accept(
        OpenTicket, ticket_id="k1", kind=Kind.EXCEPTION, channel=Channel.HOTLINE, team="", type="system",
        subtype="creation_failed",
    )  # fmt: skip
    assert (world.ticket().team, world.ticket().order_stage) == ("tech", "creation")
    cancel = {**CANCEL, "order_id": None}
    assert world.refuse(OpenTicket, ticket_id="k2", channel=Channel.HOTLINE, **cancel) == "order_number_missing"


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"state": OrderState.UNPAID, "tenders": ()}, "payment"),
        ({"state": OrderState.PAID}, "stock"),
        ({"state": OrderState.PAID, "packed_at": START}, "shipping"),
        ({"state": OrderState.SHIPPED, "shipped_at": START}, "logistics"),
        ({"state": OrderState.SIGNED, "shipped_at": START, "signed_at": START}, "signing"),
    ],
)
def test_trouble_is_opened_at_the_stage_that_the_order_has_reached(facts: dict, stage: str) -> None:
    world = World(make_order(**facts))
    world.accept(OpenTicket, ticket_id="k1", kind=Kind.EXCEPTION, channel=Channel.HOTLINE, team="", order_id="o1")
    assert world.ticket().order_stage == stage


def _teams(*names: str) -> list[Team]:
    return [Team(id=name, names={"zh": name, "en": name}) for name in names]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason": "bored"}, "unknown_choice"),
        ({"type": "payment"}, "unknown_choice"),
        ({"kind": Kind.EXCEPTION}, "unknown_choice"),  # a cancel's reason on an exception
        ({"kind": Kind.EXCEPTION, "reason": "", "type": "weather"}, "unknown_choice"),
        ({"kind": Kind.EXCEPTION, "reason": "", "type": "payment", "subtype": "oversold"}, "unknown_choice"),
        ({"team": "nobody"}, "no_such_team"),
    ],
)
def test_what_no_policy_knows_is_refused(wrong: dict, code: str) -> None:
    world = World(make_order())
    assert world.refuse(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, **{**CANCEL, **wrong}) == code


def test_the_same_ticket_id_opens_once() -> None:
    world = World(make_order(), make_ticket())
    assert world.refuse(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, **CANCEL) == "ticket_exists"


def test_wrong_addresses_and_cakes_come_first() -> None:
    """The same order state, other reasons: they sort differently (MISSION 8, 37)."""
    points = {}
    for reason in ("wrong_address", "too_slow", "no_longer_wanted"):
        world = World(make_order())
        world.accept(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, **{**CANCEL, "reason": reason})
        points[reason] = world.ticket().priority
    cake = World(make_order(lines=(make_line(flags=(GoodsFlag.TIME_CRITICAL,)),), tier="vip"))
    cake.accept(OpenTicket, ticket_id="k1", channel=Channel.HOTLINE, **{**CANCEL, "reason": "too_slow"})
    assert points["wrong_address"] > points["too_slow"] > points["no_longer_wanted"]
    assert cake.ticket().priority > points["too_slow"]


def test_a_closed_ticket_opens_again_with_its_history_and_new_clocks() -> None:
    closed = make_ticket(stage=Stage.CLOSED, closed_at=START, outcome="withdrawn", holder=None, claim_expires_at=None)
    world = World(make_order(), closed)
    world.later(hours=5)
    world.accept(ReopenTicket, LIQIANG, ticket_id="k1", words="客户又来电")
    ticket = world.ticket()
    assert (ticket.stage, ticket.reopened, ticket.outcome, ticket.holder) == (Stage.IDENTIFY, 1, "", None)
    assert ticket.first_response_due is not None
    assert ticket.first_response_due > world.now
    assert "ticket_reopened" in [step.code for step in ticket.path]
    assert world.refuse(ReopenTicket, LIQIANG, ticket_id="k1") == "already_open"


def test_two_tickets_of_a_kind_are_not_open_on_one_order() -> None:
    closed = make_ticket("k0", stage=Stage.CLOSED, closed_at=START, holder=None)
    world = World(make_order(), closed, make_ticket())
    assert world.refuse(ReopenTicket, ticket_id="k0") == "already_open"


def test_an_archived_ticket_is_worked_on_only_after_it_was_opened_again() -> None:
    closed = make_ticket(stage=Stage.CLOSED, closed_at=START, holder=None, claim_expires_at=None)
    world = World(make_order(), closed)
    assert isinstance(world.do(ArchiveTicket, ticket_id="k1"), Accepted)
    assert world.refuse(ClaimTicket, ticket_id="k1") == "ticket_closed"
    world.accept(ReopenTicket, ticket_id="k1")
    world.accept(ClaimTicket, ticket_id="k1")
