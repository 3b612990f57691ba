"""The clocks of a ticket: what is due when, what a pause does to it, what counts as late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.domain import sla
from desk.domain.calendars import add_working, working_between
from desk.domain.commands import (
    ClaimTicket,
    MarkBreach,
    OpenTicket,
    PauseTicket,
    ResumeTicket,
    SendMessage,
)
from desk.domain.tickets import Channel, Kind, Pause, Promise
from tests.helpers.cases import START, SYSTEM, World, make_order, make_policy, make_ticket, seed_policy

MINUTE = timedelta(minutes=1)


def opened(channel: Channel, world: World | None = None) -> World:
    world = world or World(make_order())
    world.accept(
        OpenTicket, ticket_id="k1", kind=Kind.CANCEL, channel=channel, team="", order_id="o1", reason="too_slow"
    )
    return world


def test_every_channel_owes_a_first_response_in_fifteen_minutes() -> None:
    for channel in (Channel.APP, Channel.HOTLINE, Channel.CHAT, Channel.STORE):
        assert opened(channel).ticket().first_response_due == START + 15 * MINUTE


def test_an_app_request_is_answered_at_once_and_warns_after_ten_minutes() -> None:
    world = opened(Channel.APP)
    ticket = world.ticket()
    assert ticket.first_response_at == START
    assert ticket.due_at == START + 10 * MINUTE  # the customer is about to call
    assert not sla.warned(ticket, START + 9 * MINUTE)
    assert sla.warned(ticket, START + 10 * MINUTE)
    world.accept(ClaimTicket, ticket_id="k1")
    assert not sla.warned(world.ticket(), START + 10 * MINUTE)


def test_on_the_hotline_only_a_person_stops_the_clock() -> None:
    world = opened(Channel.HOTLINE)
    assert world.ticket().due_at == START + 15 * MINUTE
    world.accept(ClaimTicket, ticket_id="k1")
    world.book.values["wangfang"] = {"name": "王芳"}
    world.later(minutes=3)
    world.accept(SendMessage, ticket_id="k1", template="calm_hold", language="zh", via="spoken")
    ticket = world.ticket()
    assert ticket.first_response_at == START + 3 * MINUTE
    assert ticket.due_at == START + 5 * MINUTE  # the promise of two minutes


def test_a_store_keeps_its_hours() -> None:
    night = START.replace(hour=15)  # 23:00 in China
    world = opened(Channel.STORE, World(make_order(), now=night))
    assert world.ticket().first_response_due == START.replace(hour=0) + timedelta(days=1, minutes=15)  # 08:15


def test_a_breach_is_recorded_once_and_not_before_its_time() -> None:
    world = opened(Channel.HOTLINE)
    world.later(minutes=14)
    assert world.refuse(MarkBreach, SYSTEM, ticket_id="k1") == "not_due"
    world.later(minutes=1)
    world.accept(MarkBreach, SYSTEM, ticket_id="k1")
    assert world.ticket().first_response_breached
    assert world.refuse(MarkBreach, SYSTEM, ticket_id="k1") == "already_marked"


def test_a_pause_that_pauses() -> None:
    world = World(make_order(), make_ticket())
    world.later(minutes=5)
    world.accept(PauseTicket, ticket_id="k1", reason="warehouse")
    assert world.ticket().due_at == sla.NOTHING_DUE
    world.later(minutes=30)
    assert world.refuse(MarkBreach, SYSTEM, ticket_id="k1") == "not_due"
    world.accept(ResumeTicket, ticket_id="k1")
    assert world.ticket().first_response_due == START + 45 * MINUTE
    world.later(minutes=9)
    assert world.refuse(MarkBreach, SYSTEM, ticket_id="k1") == "not_due"
    world.later(minutes=1)
    world.accept(MarkBreach, SYSTEM, ticket_id="k1")


def test_a_promise_and_the_wave_do_not_wait_for_a_pause() -> None:
    promise = Promise(id="p", at=START, by="wangfang", code="hold", due_at=START + 2 * MINUTE)
    paused = make_ticket(promises=(promise,), pauses=(Pause(since=START, reason="customer"),))
    assert sla.due_at(paused) == promise.due_at
    assert sla.due_at(replace(paused, promises=(), no_return_at=START + MINUTE)) == START + MINUTE


def test_a_pause_heals_no_breach() -> None:
    late = make_ticket(first_response_due=START - MINUTE, pauses=(Pause(since=START, reason="customer"),))
    assert sla.resumed(late, seed_policy(), START + 60 * MINUTE).first_response_due == START - MINUTE
    assert sla.breached(late, START)


def test_a_pause_without_reason_or_twice_is_refused() -> None:
    world = World(make_order(), make_ticket())
    assert world.refuse(PauseTicket, ticket_id="k1", reason="coffee") == "unknown_choice"
    assert world.refuse(PauseTicket, ticket_id="k1", reason="") == "unknown_choice"
    assert world.refuse(ResumeTicket, ticket_id="k1") == "not_paused"
    world.accept(PauseTicket, ticket_id="k1", reason="customer")
    assert world.refuse(PauseTicket, ticket_id="k1", reason="customer") == "already_paused"


@given(
    st.sampled_from([Channel.HOTLINE, Channel.STORE]),
    st.integers(0, 60 * 24),
    st.integers(0, 14),
    st.integers(0, 60 * 24 * 3),
)
def test_what_was_left_before_a_pause_is_left_after_it(channel: Channel, start: int, ran: int, stood: int) -> None:
    """In the channel's own clock, whatever the time of day at which the pause begins and ends."""
    policy = make_policy()
    opened_at = START + start * MINUTE
    clocks = sla.opening_clocks(policy, channel, opened_at)
    since, until = opened_at + ran * MINUTE, opened_at + (ran + stood) * MINUTE
    ticket = make_ticket(
        channel=channel,
        first_response_due=clocks.first_response_due,
        pauses=(Pause(since=since, reason="customer"),),
    )
    due, after = clocks.first_response_due, sla.resumed(ticket, policy, until).first_response_due
    assert due is not None
    assert after is not None

    def left(now: datetime, then: datetime) -> timedelta:
        return working_between(policy.tickets.calendar, now, then) if channel is Channel.STORE else then - now

    assert left(until, after) == left(since, due)


def test_working_minutes_run_over_the_night() -> None:
    calendar = seed_policy().tickets.calendar
    closing = START.replace(hour=13, minute=50)  # 21:50 in China, the desk closes at 22:00
    assert add_working(calendar, closing, 15 * MINUTE) == START.replace(hour=0, minute=5) + timedelta(days=1)
