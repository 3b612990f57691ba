"""Checks of a playbook: the order answers what it can, a person the rest; nothing is done before it is known why."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.domain.checking import Reading, missing, playbook_of, readings
from desk.domain.commands import AnswerCheck
from desk.domain.facts import facts_of
from desk.domain.orders import OrderState
from desk.domain.playbooks import Check, Condition, Op, Subtype
from desk.domain.policy import Policy
from desk.domain.tickets import Answer, Kind, Stage, Ticket
from tests.helpers.cases import LIQIANG, World, make_order, make_ticket, seed_policy

PLAYBOOK = Subtype(
    key="melted",
    names={"zh": "融化", "en": "Melted"},
    row=0,
    owner="hotline",
    checks=(
        Check(
            key="shipped",
            names={"zh": "已发出？", "en": "Is it on its way?"},
            expects=(Condition(fact="shipped"), Condition(fact="parcel_hours_silent", op=Op.BELOW, value=48)),
            shows=("trackings", "parcel_hours_silent"),
            required=True,
        ),
        Check(key="picture", names={"zh": "有照片？", "en": "Is there a picture?"}, required=True),
        Check(key="warm_day", names={"zh": "当天高温？", "en": "Was it a hot day?"}),
    ),
)


def with_playbook() -> Policy:
    policy = seed_policy()
    first, *others = policy.exceptions
    kind = replace(first, subtypes=(*first.subtypes, PLAYBOOK))
    return replace(policy, exceptions=(kind, *others))


def melted(**order: Any) -> World:
    ticket = make_ticket(kind=Kind.EXCEPTION, reason="", type="payment", subtype="melted")
    return World(make_order(**order), ticket, policy=with_playbook())


def seen(world: World) -> dict[str, Reading]:
    facts = facts_of(world.order(), ticket=world.ticket(), policy=world.policy, now=world.now)
    return {reading.check.key: reading for reading in readings(PLAYBOOK, world.ticket(), facts)}


def open_checks(world: World) -> tuple[str, ...]:
    facts = facts_of(world.order(), ticket=world.ticket(), policy=world.policy, now=world.now)
    return missing(PLAYBOOK, world.ticket(), facts)


def test_the_order_answers_by_itself_and_shows_its_facts() -> None:
    world = melted()
    reading = seen(world)["shipped"]
    assert (reading.answer, reading.by_itself) == (Answer.NO, True)
    assert reading.shown == {"trackings": None, "parcel_hours_silent": None}
    assert open_checks(world) == ("picture",)


def test_what_the_order_cannot_tell_is_asked_of_a_person() -> None:
    world = melted(state=OrderState.SHIPPED)
    assert seen(world)["shipped"].is_open
    assert open_checks(world) == ("shipped", "picture")
    world.accept(AnswerCheck, ticket_id="k1", check="shipped", answer=Answer.YES, words="客户看到快递员了")
    reading = seen(world)["shipped"]
    assert (reading.answer, reading.by_itself) == (Answer.YES, False)
    assert reading.said is not None
    assert reading.said.by == "wangfang"
    assert world.book.values[reading.said.text_id] == {"text": "客户看到快递员了"}
    assert open_checks(world) == ("picture",)


def test_that_nobody_can_tell_is_an_answer() -> None:
    world = melted()
    world.accept(AnswerCheck, ticket_id="k1", check="picture", answer=Answer.CANNOT_TELL)
    assert open_checks(world) == ()


def test_the_last_answer_stands_and_every_answer_is_a_step() -> None:
    world = melted()
    world.accept(AnswerCheck, ticket_id="k1", check="picture", answer=Answer.NO)
    world.later(minutes=3)
    world.accept(AnswerCheck, ticket_id="k1", check="warm_day", answer=Answer.YES)
    world.accept(AnswerCheck, ticket_id="k1", check="picture", answer=Answer.YES)
    assert [(one.check, one.answer) for one in world.ticket().checks] == [
        ("picture", Answer.YES), ("warm_day", Answer.YES),
    ]  # fmt: skip
    steps = [step.data for step in world.ticket().path if step.code == "check_answered"]
    assert [(step["check"], step["answer"]) for step in steps] == [
        ("picture", "no"), ("warm_day", "yes"), ("picture", "yes"),
    ]  # fmt: skip


def test_facts_outweigh_what_somebody_said_but_it_stays_beside_them() -> None:
    world = melted()
    world.accept(AnswerCheck, ticket_id="k1", check="shipped", answer=Answer.YES)
    reading = seen(world)["shipped"]
    assert (reading.answer, reading.by_itself) == (Answer.NO, True)
    assert reading.said is not None
    assert reading.said.answer is Answer.YES


@pytest.mark.parametrize(
    ("ticket", "check", "code"),
    [
        ({}, "nothing", "unknown_choice"),
        ({"subtype": ""}, "picture", "type_missing"),
        ({"kind": Kind.CANCEL, "type": "", "subtype": ""}, "picture", "type_missing"),
        ({"subtype": "paid_twice"}, "picture", "unknown_choice"),
        ({"stage": Stage.CLOSED}, "picture", "ticket_closed"),
        ({"holder": None}, "picture", "claim_not_held"),
    ],
)
def test_answers_that_cannot_be(ticket: dict[str, Any], check: str, code: str) -> None:
    world = melted()
    world.keep(replace(world.ticket(), **ticket))
    assert world.refuse(AnswerCheck, ticket_id="k1", check=check, answer=Answer.YES) == code


def test_a_colleague_does_not_answer_behind_the_holders_back() -> None:
    assert melted().refuse(AnswerCheck, LIQIANG, ticket_id="k1", check="picture", answer=Answer.YES) == "claim_not_held"


def test_a_desk_without_the_order_still_takes_an_answer() -> None:
    world = melted()
    world.book.missing = frozenset({("order", "o1"), ("orders", "o1")})
    world.accept(AnswerCheck, ticket_id="k1", check="picture", answer=Answer.YES)
    answers: Ticket = world.ticket()
    assert [one.check for one in answers.checks] == ["picture"]


def test_only_trouble_of_a_known_kind_has_a_playbook() -> None:
    world = melted()
    assert playbook_of(world.policy, world.ticket()) is not None
    assert playbook_of(world.policy, replace(world.ticket(), subtype="")) is None
    assert playbook_of(world.policy, make_ticket()) is None
