"""A ticket that nobody takes is told upwards: when, to whom, and what ends it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.domain import scope
from desk.domain.commands import (
    ClaimTicket,
    EscalateTicket,
    ExpireClaim,
    HandOver,
    OpenTicket,
    ReleaseTicket,
    ReopenTicket,
)
from desk.domain.escalation import first_told_at
from desk.domain.people import Level
from desk.domain.playbooks import EscalationStep
from desk.domain.policy import Policy
from desk.domain.tickets import Channel, Kind, Pause, Stage
from tests.helpers.cases import (
    HOUR,
    LIUYANG,
    START,
    SYSTEM,
    WANGFANG,
    ZHOUJUN,
    World,
    make_order,
    make_policy,
    make_ticket,
    seed_policy,
)

FREE = make_ticket(holder=None, claim_expires_at=None)
MINUTE = timedelta(minutes=1)
STEPS = seed_policy().handoffs.tickets


def opened(world: World) -> str:
    world.accept(OpenTicket, ticket_id="k9", kind=Kind.CANCEL, channel=Channel.HOTLINE, team="hotline", order_id="o1")
    return "k9"


def test_nobody_takes_it_and_level_after_level_is_told():
    world = World(make_order())
    ticket_id = opened(world)
    told = []
    while (at := world.ticket(ticket_id).escalate_at) is not None:
        world.now = at - timedelta(seconds=1)
        assert world.refuse(EscalateTicket, SYSTEM, ticket_id=ticket_id) == "too_early"
        world.now = at
        world.accept(EscalateTicket, SYSTEM, ticket_id=ticket_id)
        told.append((world.ticket(ticket_id).escalation_level, world.now - START))
    assert told == [(step.level, step.after_minutes * MINUTE) for step in STEPS]
    assert world.ticket(ticket_id).escalation == len(STEPS)
    assert world.refuse(EscalateTicket, SYSTEM, ticket_id=ticket_id) == "too_early"


def test_whoever_takes_it_ends_that_and_whoever_lets_it_go_starts_it_anew():
    world = World(make_order())
    ticket_id = opened(world)
    world.later(minutes=31)
    world.accept(EscalateTicket, SYSTEM, ticket_id=ticket_id)
    world.accept(ClaimTicket, ticket_id=ticket_id)
    taken = world.ticket(ticket_id)
    assert (taken.escalation, taken.escalation_level, taken.escalate_at) == (0, "", None)
    world.accept(ReleaseTicket, ticket_id=ticket_id)
    assert world.ticket(ticket_id).escalate_at == world.now + STEPS[0].after_minutes * MINUTE


def test_a_claim_that_ran_out_and_a_hand_over_start_it_too():
    world = World(make_order(), make_ticket())
    world.later(hours=1)
    world.accept(ExpireClaim, SYSTEM, ticket_id="k1")
    assert world.ticket().escalate_at == START + HOUR + 30 * MINUTE
    world.accept(ClaimTicket, ticket_id="k1")
    world.accept(HandOver, ticket_id="k1", team="warehouse")
    assert world.ticket().escalate_at == START + HOUR + 30 * MINUTE


def test_a_reopened_ticket_is_nobodys_again():
    world = World(make_order(), replace(FREE, stage=Stage.CLOSED, closed_at=START))
    world.accept(ReopenTicket, ticket_id="k1")
    assert world.ticket().escalate_at == START + 30 * MINUTE


def test_in_a_pause_it_waits_for_others_and_nobody_is_told():
    paused = replace(make_ticket(), pauses=(Pause(since=START, reason="customer"),))
    world = World(make_order(), paused)
    world.accept(ReleaseTicket, ticket_id="k1")
    assert world.ticket().escalate_at is None


def test_at_night_nobody_is_told_of_what_the_calendar_leaves_for_the_morning():
    policy = seed_policy()
    level = policy.tickets.channels[Channel.HOTLINE]
    by_day = replace(
        policy.tickets, channels={**policy.tickets.channels, Channel.HOTLINE: replace(level, calendar=True)}
    )
    evening = START + 12 * HOUR  # 2:00 in China
    at = first_told_at(replace(policy, tickets=by_day), FREE, evening)
    assert at is not None
    assert at - evening > 2 * HOUR


def with_playbook(*steps: EscalationStep) -> Policy:
    types = tuple(
        replace(
            kind,
            subtypes=tuple(replace(one, escalation=steps if one.key == "paid_twice" else ()) for one in kind.subtypes),
        )
        for kind in seed_policy().exceptions
    )
    return make_policy(exceptions=types)


def test_a_playbook_says_who_is_told_of_its_own_kind_of_trouble():
    policy = with_playbook(EscalationStep(after_minutes=10, level=Level.MANAGER))
    paid_twice = replace(FREE, kind=Kind.EXCEPTION, reason="", type="payment", subtype="paid_twice")
    assert first_told_at(policy, paid_twice, START) == START + 10 * MINUTE
    assert first_told_at(policy, FREE, START) == START + 30 * MINUTE
    world = World(make_order(), replace(paid_twice, escalate_at=START), policy=policy)
    world.accept(EscalateTicket, SYSTEM, ticket_id="k1")
    assert (world.ticket().escalation_level, world.ticket().escalate_at) == ("manager", None)


def test_where_policy_names_nobody_nobody_is_told():
    policy = make_policy(handoffs=replace(seed_policy().handoffs, tickets=()))
    assert first_told_at(policy, FREE, START) is None
    world = World(make_order(), replace(FREE, escalate_at=START), policy=policy)
    assert world.refuse(EscalateTicket, SYSTEM, ticket_id="k1") == "no_level_above"


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.ARCHIVED])
def test_what_is_closed_is_told_to_nobody(stage: Stage):
    world = World(make_order(), replace(FREE, stage=stage, closed_at=START, escalate_at=START))
    assert world.refuse(EscalateTicket, SYSTEM, ticket_id="k1") == "ticket_closed"


def test_what_nobody_took_is_seen_by_the_team_that_answers_for_all():
    at_store = replace(FREE, team="store", store_id="S01", escalate_at=START)
    world = World(make_order(), at_store)
    world.accept(EscalateTicket, SYSTEM, ticket_id="k1")
    seen = scope.ticket_scopes(world.ticket(), seed_policy(), START)
    assert seen == {"team:store", "store:S01", "team:hotline"}
    world.accept(ClaimTicket, LIUYANG, ticket_id="k1")


def test_only_the_centre_escalates():
    world = World(make_order(), replace(FREE, escalate_at=START))
    for actor in (WANGFANG, LIUYANG, ZHOUJUN):
        assert world.refuse(EscalateTicket, actor, ticket_id="k1") == "not_permitted"
