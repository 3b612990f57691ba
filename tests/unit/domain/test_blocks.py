"""Stories of the block list: who puts a customer on it, what that stops from going by itself, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.domain import scope
from desk.domain.automatic import next_step
from desk.domain.commands import BlockCustomer, CancelOrder, GrantCompensation, LiftBlock, OpenTicket, SendMessage
from desk.domain.decide import load_case
from desk.domain.decisions import AskCentre
from desk.domain.ledger import Approval, BenefitKind
from desk.domain.people import Level
from desk.domain.tasks import Block
from desk.domain.tickets import Channel, Kind
from tests.helpers.cases import (
    LIUYANG,
    START,
    SUNLI,
    SYSTEM,
    WANGFANG,
    ZHAOMIN,
    World,
    make_order,
    make_ticket,
    seed_policy,
)

DAY = timedelta(days=1)
COUPON = {"order_id": "o1", "ticket_id": "k1", "kind": BenefitKind.COUPON, "item": "coupon_10", "units": 1000}
GIVE = {**COUPON, "cause": "waiting", "sequence": 1}


@pytest.fixture
def world() -> World:
    return World(make_order(), make_ticket())


def blocked(world: World, **more: object) -> Block:
    given: dict[str, object] = {"customer_id": "c1", "ticket_id": "k1", "reason": "fake_orders", **more}
    world.accept(BlockCustomer, ZHAOMIN, **given)
    [block] = world.all(Block)
    assert isinstance(block, Block)
    return block


def test_a_customer_is_blocked_for_a_reason_and_as_long_as_policy_says(world: World):
    block = blocked(world, words="同一地址十二单", id="b1")
    assert (block.id, block.reason, block.by) == ("c1", "fake_orders", "zhaomin")
    assert block.until == START + 180 * DAY
    assert world.book.values[block.words_id] == {"text": "同一地址十二单"}
    assert [step.code for step in world.ticket().path] == ["customer_blocked"]
    assert block.holds(START)
    assert not block.holds(START + 180 * DAY)


def test_another_end_may_be_named_and_some_reasons_have_none(world: World):
    assert blocked(world, until=START + DAY).until == START + DAY
    world.later(days=2)
    assert blocked(world, reason="fraud").until is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"reason": "ugly"}, "unknown_choice"),
        ({"customer_id": "c2"}, "wrong_customer"),
        ({"ticket_id": "none"}, "no_such_ticket"),
        ({"until": START}, "due_in_past"),
    ],
)
def test_nobody_is_blocked_without_grounds(world: World, wrong: dict[str, object], code: str):
    given: dict[str, object] = {"customer_id": "c1", "ticket_id": "k1", "reason": "fraud", **wrong}
    assert world.refuse(BlockCustomer, LIUYANG, **given) == code


def test_agents_do_not_block_and_nobody_is_blocked_twice(world: World):
    given = {"customer_id": "c1", "ticket_id": "k1", "reason": "fraud"}
    assert world.refuse(BlockCustomer, WANGFANG, **given) == "not_permitted"
    blocked(world)
    assert world.refuse(BlockCustomer, LIUYANG, **given) == "already_blocked"


def test_goodwill_for_a_blocked_customer_asks_for_approval(world: World):
    blocked(world)
    asked = world.need(GrantCompensation, **GIVE)
    assert (asked.why, asked.level) == ("customer_blocked", Level.SENIOR)
    assert len(world.all(Approval)) == 1


def test_whoever_leads_asks_somebody_else_too(world: World):
    world.keep(make_ticket(holder="liuyang"))
    blocked(world)
    asked = world.need(GrantCompensation, LIUYANG, **GIVE)
    assert asked.level == Level.SUPERVISOR
    assert world.refuse(LiftBlock, ZHAOMIN, customer_id="c1", words="申诉成立") == "not_permitted"


def test_a_desk_that_cannot_know_leaves_it_to_the_centre(world: World):
    world.book.missing = frozenset({("block", "c1")})
    assert world.ask(GrantCompensation, **GIVE) == AskCentre("block:c1")


def test_a_request_of_a_blocked_customer_does_not_go_by_itself_but_a_person_may_cancel(world: World):
    world = World(make_order())
    opened = {"kind": Kind.CANCEL, "channel": Channel.APP, "team": "hotline", "order_id": "o1"}
    world.accept(OpenTicket, SYSTEM, ticket_id="k1", reason="no_longer_wanted", **opened)
    assert isinstance(automatic(world), CancelOrder)
    blocked(world)
    assert automatic(world) is None
    assert world.refuse(CancelOrder, SYSTEM, order_id="o1", ticket_id="k1") == "customer_blocked"
    world.keep(replace(world.ticket(), holder="wangfang", claim_expires_at=START + DAY))
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", reviewed=True)


def automatic(world: World) -> object:
    """What the centre would do next by itself, after its first word."""
    setting = world.setting(SYSTEM)
    said = next_step(load_case(world.book, looking(), setting), world.ticket(), setting)
    if isinstance(said, SendMessage):
        world.perform(said, SYSTEM)
    return next_step(load_case(world.book, looking(), setting), world.ticket(), setting)


def looking() -> SendMessage:
    return SendMessage(id="look", ticket_id="k1", template="", language="zh", via="app")


def test_a_block_is_lifted_with_a_word_and_goodwill_goes_again(world: World):
    blocked(world)
    assert world.refuse(LiftBlock, SUNLI, customer_id="c1", words=" ") == "words_missing"
    world.accept(LiftBlock, SUNLI, customer_id="c1", words="误判,客户是公司采购", id="l1")
    [block] = world.all(Block)
    assert (block.lifted_by, block.lifted_at, block.lift_words_id) == ("sunli", START, "l1.words")
    assert world.ticket().path[-1].code == "block_lifted"
    assert world.refuse(LiftBlock, SUNLI, customer_id="c1", words="再来") == "not_blocked"
    assert world.refuse(LiftBlock, SUNLI, customer_id="c9", words="谁") == "not_blocked"
    world.accept(GrantCompensation, **GIVE)


def test_why_somebody_is_blocked_is_said_where_they_are_a_customer_and_nowhere_else(world: World):
    block = blocked(world)
    around = scope.Around(customers={"c1": frozenset({"team:hotline", "store:S01"})})
    assert scope.scopes_of(block, around, seed_policy(), START) == {"team:hotline", "store:S01"}
    assert scope.scopes_of(block, scope.Around(), seed_policy(), START) == frozenset()
