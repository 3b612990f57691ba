"""A request from the app that the rules allow ends without a hand: answered, cancelled, told, recorded, closed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk.domain.automatic import next_step
from desk.domain.commands import ClaimTicket, Command, OpenTicket, SendMessage
from desk.domain.decide import load_case
from desk.domain.decisions import Accepted
from desk.domain.orders import Order, OrderState
from desk.domain.people import SYSTEM_ACTOR
from desk.domain.policy import AutomaticPolicy
from desk.domain.tickets import Channel, Kind, Stage
from tests.helpers.cases import SYSTEM, WANGFANG, World, make_order


def asked(order: Order, channel: Channel = Channel.APP, **args: Any) -> World:
    world = World(order)
    opening = {"kind": Kind.CANCEL, "team": "", "order_id": order.id, "reason": "no_longer_wanted", **args}
    world.accept(OpenTicket, SYSTEM, ticket_id="k1", channel=channel, **opening)
    return world


def step(world: World) -> Command | None:
    look = SendMessage(id="look", ticket_id="k1", template="", language="zh", via="app")
    case = load_case(world.book, look, world.setting(SYSTEM_ACTOR))
    return next_step(case, world.ticket(), world.setting(SYSTEM_ACTOR))


def run(world: World) -> list[str]:
    """Let the system go on until it is a person's turn; what it did."""
    done: list[str] = []
    while (command := step(world)) is not None:
        decision = world.perform(command, SYSTEM_ACTOR)
        assert isinstance(decision, Accepted), decision
        done.append(getattr(command, "template", type(command).__name__))
    return done


def texts(world: World) -> list[str]:
    return [world.book.values[message.text_id]["text"] for message in world.ticket().messages]


def test_an_unpaid_order_is_cancelled_and_the_ticket_closed_with_its_path() -> None:
    world = asked(make_order(state=OrderState.UNPAID))
    assert run(world) == [
        "app_received", "CancelOrder", "cancel_unpaid_done", "MoveStage", "MoveStage", "WriteRecord", "CloseTicket",
    ]  # fmt: skip
    ticket = world.ticket()
    assert (ticket.stage, ticket.outcome) == (Stage.CLOSED, "cancelled")
    assert world.order().state is OrderState.CANCELLED
    assert "取消成功" in texts(world)[-1]
    assert not ticket.first_response_breached


def test_a_paid_order_in_its_window_is_told_what_goes_back_and_when() -> None:
    world = asked(make_order())
    assert run(world)[-1] == "CloseTicket"
    assert "款项¥100.00将在1 个工作日内退回原支付账户" in texts(world)[-1]


def test_what_needs_a_person_waits_for_one_after_the_answer() -> None:
    world = asked(make_order(state=OrderState.SHIPPED))
    assert run(world) == ["app_received"]
    assert world.ticket().needs_review


def test_a_request_without_a_reason_waits_for_a_person() -> None:
    assert run(asked(make_order(), reason="")) == ["app_received"]


def test_a_call_is_never_handled_by_the_system() -> None:
    assert run(asked(make_order(), Channel.HOTLINE)) == []


def test_it_keeps_off_a_ticket_that_somebody_holds() -> None:
    world = asked(make_order())
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    assert run(world) == []


def test_an_order_cancelled_elsewhere_is_shown_to_a_person() -> None:
    world = asked(make_order())
    world.keep(replace(world.order(), state=OrderState.CANCELLED))
    assert run(world) == ["app_received"]


def test_two_workers_take_a_step_once() -> None:
    first, second = asked(make_order()), asked(make_order())
    one, other = step(first), step(second)
    assert one is not None
    assert one == other


def test_a_house_that_says_nothing_by_itself_leaves_it_to_people() -> None:
    world = asked(make_order())
    world.policy = replace(world.policy, automatic=AutomaticPolicy())
    assert run(world) == []
