"""Stories of one team asking another: who may ask, take, answer and take back, and who is told when nothing comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.domain import scope
from desk.domain.commands import (
    AskTeam,
    ClaimTicket,
    CloseTicket,
    EscalateTask,
    HandOver,
    ReplyTask,
    TakeTask,
    WithdrawTask,
    text_id,
)
from desk.domain.handoffs import open_tasks
from desk.domain.people import Actor, Level, Team
from desk.domain.policy_checks import Problem, check, teams_named
from desk.domain.tasks import Task, TaskState
from desk.domain.tickets import Act, Kind, Record, Stage
from tests.helpers.cases import (
    CHENJIE,
    HOUR,
    LIQIANG,
    LIUYANG,
    START,
    SYSTEM,
    WANGFANG,
    World,
    make_actor,
    make_order,
    make_policy,
    make_ticket,
    seed_policy,
)

HEPING = make_actor("heping", Level.SPECIALIST, "logistics", installation_id="desk-2")
TANGLI = make_actor("tangli", Level.SPECIALIST, "logistics", installation_id="desk-2")
LATE = make_ticket(kind=Kind.EXCEPTION, reason="", type="logistics", subtype="lost_damaged", order_number="No1")


@pytest.fixture
def world() -> World:
    return World(make_order(), LATE, Team(id="logistics", names={"en": "Logistics"}))


def asked(world: World, task_id: str = "x1", what: str = "carrier_claim", **more: object) -> Task:
    world.accept(AskTeam, ticket_id="k1", task_id=task_id, what=what, **more)
    return task_of(world, task_id)


def task_of(world: World, task_id: str = "x1") -> Task:
    found = world.book.entities["task", task_id]
    assert isinstance(found, Task)
    return found


def test_a_team_is_asked_and_the_policy_says_which_and_by_when(world: World):
    task = asked(world, words="两件都丢了", id="c1")
    assert (task.team, task.asked_team, task.asked_by) == ("logistics", "hotline", "wangfang")
    assert task.due_at == START + timedelta(minutes=2880)
    assert task.escalate_at == task.due_at
    assert (task.order_id, task.ticket_id, task.words_id) == ("o1", "k1", text_id("c1", "words"))
    assert world.book.values["c1.words"] == {"text": "两件都丢了"}
    [step] = world.ticket().path
    assert (step.code, step.data["what"], step.data["team"]) == ("task_asked", "carrier_claim", "logistics")


def test_another_team_and_another_time_may_be_named(world: World):
    task = asked(world, team="finance", due_at=START + HOUR)
    assert (task.team, task.due_at) == ("finance", START + HOUR)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"what": "tea"}, "unknown_choice"),
        ({"team": "nobody"}, "no_such_team"),
        ({"due_at": START}, "due_in_past"),
        ({"ticket_id": "none"}, "no_such_ticket"),
    ],
)
def test_what_nobody_can_be_asked(world: World, wrong: dict[str, object], code: str):
    given: dict[str, object] = {"ticket_id": "k1", "task_id": "x1", "what": "carrier_claim", **wrong}
    assert world.refuse(AskTeam, **given) == code
    assert world.all(Task) == []


def test_who_asks_holds_the_ticket_and_asks_under_a_fresh_id(world: World):
    assert world.refuse(AskTeam, LIQIANG, ticket_id="k1", task_id="x1", what="carrier_claim") == "claim_not_held"
    asked(world)
    assert world.refuse(AskTeam, ticket_id="k1", task_id="x1", what="urge_depot") == "task_exists"


def test_the_team_takes_it_and_answers_with_its_reference(world: World):
    asked(world)
    world.accept(TakeTask, HEPING, task_id="x1")
    assert (task_of(world).state, task_of(world).holder) == (TaskState.TAKEN, "heping")
    world.accept(
        ReplyTask, HEPING, task_id="x1", done=True, reference=" SF-CLAIM-88 ", words="已受理,三天内赔付", id="r1"
    )
    task = task_of(world)
    assert (task.state, task.reference, task.reply_id) == (TaskState.DONE, "SF-CLAIM-88", "r1.words")
    assert (task.replied_by, task.replied_at, task.escalate_at) == ("heping", START, None)
    assert [step.code for step in world.ticket().path] == ["task_asked", "task_taken", "task_replied"]
    assert world.refuse(ReplyTask, TANGLI, task_id="x1", done=True) == "task_ended"


def test_a_no_says_why(world: World):
    asked(world)
    assert world.refuse(ReplyTask, HEPING, task_id="x1", done=False, words=" ") == "reply_empty"
    world.accept(ReplyTask, HEPING, task_id="x1", done=False, words="超过索赔期限")
    assert task_of(world).state is TaskState.DECLINED


def test_a_task_that_somebody_took_is_theirs_until_it_is_overdue(world: World):
    asked(world)
    world.accept(TakeTask, HEPING, task_id="x1")
    assert world.refuse(TakeTask, TANGLI, task_id="x1") == "task_taken"
    assert world.refuse(ReplyTask, TANGLI, task_id="x1", done=True) == "task_taken"
    assert world.refuse(TakeTask, HEPING, task_id="x1") == "task_taken", "taken once is enough"
    world.later(minutes=2880)
    world.accept(TakeTask, TANGLI, task_id="x1")
    assert task_of(world).holder == "tangli"


def test_only_the_team_or_somebody_who_leads_answers_and_only_who_asked_takes_back(world: World):
    asked(world)
    assert world.refuse(TakeTask, WANGFANG, task_id="x1") == "not_your_team"
    assert world.refuse(ReplyTask, CHENJIE, task_id="x1", done=True) == "not_your_team"
    assert world.refuse(WithdrawTask, HEPING, task_id="x1") == "not_your_team"
    world.accept(TakeTask, HEPING, task_id="x1")
    world.accept(WithdrawTask, LIQIANG, task_id="x1")  # a colleague of who asked
    assert task_of(world).state is TaskState.WITHDRAWN
    asked(world, "x2")
    world.accept(ReplyTask, LIUYANG, task_id="x2", done=True)
    assert world.refuse(TakeTask, HEPING, task_id="none") == "no_such_task"


def test_no_answer_in_time_is_told_level_after_level_and_not_before(world: World):
    due = asked(world).due_at
    told = []
    assert world.refuse(EscalateTask, SYSTEM, task_id="x1") == "too_early"
    while (at := task_of(world).escalate_at) is not None:
        world.now = at
        world.accept(EscalateTask, SYSTEM, task_id="x1")
        told.append((task_of(world).level, world.now - due))
        assert world.refuse(EscalateTask, SYSTEM, task_id="x1") == "too_early"
    half = timedelta(minutes=30)
    assert told == [("senior", timedelta(0)), ("supervisor", half), ("manager", 2 * half)]
    assert [step.data["level"] for step in world.ticket().path[1:]] == ["senior", "supervisor", "manager"]


def test_a_claim_at_the_carrier_does_not_hold_the_ticket(world: World):
    record = Record(process_id="p", cause="lost_damaged", result="solved", feedback_id="f")
    world.keep(replace(world.ticket(), stage=Stage.RESOLVE, record=record, acts=frozenset(Act)))
    asked(world)
    world.accept(CloseTicket, ticket_id="k1", outcome="solved")
    world.accept(ReplyTask, HEPING, task_id="x1", done=True, reference="SF-1")
    assert world.ticket().path[-1].code == "task_replied"


def test_what_a_ticket_still_waits_for_the_nearest_first(world: World):
    asked(world)
    asked(world, "x2", "urge_depot")
    asked(world, "x3", "contact_courier")
    world.accept(WithdrawTask, task_id="x3")
    assert [task.id for task in open_tasks(tuple(world.all(Task)), "k1")] == ["x2", "x1"]


# --- who sees it ---------------------------------------------------------------------------------------------------


def test_a_task_brings_its_order_until_it_is_answered_and_stays_with_both_teams(world: World):
    policy = seed_policy()
    both = frozenset({"team:hotline", "team:logistics"})
    task = asked(world)
    hanging = tuple(world.book.of_order("o1"))
    assert task in hanging
    assert scope.order_scopes(world.order(), hanging, policy, world.now) == both
    world.accept(ReplyTask, HEPING, task_id="x1", done=True)
    task = task_of(world)
    hanging = tuple(world.book.of_order("o1"))
    assert scope.order_scopes(world.order(), hanging, policy, world.now) == {"team:hotline"}
    assert scope.hanging_scopes(task, frozenset({"store:S01"}), policy, world.now) == both | {"store:S01"}
    assert scope.task_scopes(task, policy, world.now + timedelta(days=30)) == frozenset()


def test_a_task_about_no_order_brings_its_ticket_until_it_is_answered(world: World):
    world.keep(replace(LATE, order_id=None, store_id="S01"))
    both = {"team:hotline", "team:tech", "store:S01"}
    assert scope.scopes_of(asked(world, what="system_ticket"), scope.Around(), seed_policy(), START) == both
    assert scope.ticket_scopes(world.ticket(), seed_policy(), START) == both
    world.accept(WithdrawTask, task_id="x1")
    assert scope.ticket_scopes(world.ticket(), seed_policy(), START) == {"team:hotline", "store:S01"}


def test_what_nobody_answered_is_seen_by_the_team_that_answers_for_all(world: World):
    task = replace(asked(world), asked_team="store")
    assert scope.task_scopes(task, seed_policy(), START) == {"team:store", "team:logistics"}
    task = replace(task, escalations=1)
    assert scope.task_scopes(task, seed_policy(), START) == {"team:store", "team:logistics", "team:hotline"}


def test_who_handed_a_ticket_over_sees_what_becomes_of_it_until_it_comes_back(world: World):
    policy = seed_policy()

    def given(team: str, by: Actor) -> frozenset[str]:
        world.do(ClaimTicket, by, ticket_id="k1")
        world.accept(HandOver, by, ticket_id="k1", team=team)
        return scope.ticket_scopes(world.ticket(), policy, world.now)

    assert given("logistics", WANGFANG) == {"team:hotline", "team:logistics"}
    assert given("finance", HEPING) == {"team:hotline", "team:logistics", "team:finance"}
    finance = make_actor("finance", Level.FINANCE, "finance")
    assert given("logistics", finance) == {"team:hotline", "team:logistics"}
    assert given("hotline", HEPING) == {"team:hotline"}
    assert world.ticket().came_from == ()


# --- the policy ----------------------------------------------------------------------------------------------------


def test_hand_offs_and_blocks_of_the_seed_name_teams_that_exist():
    policy = seed_policy()
    assert {kind.team for kind in policy.handoffs.kinds} <= set(teams_named(policy))
    assert len(policy.handoffs.kinds) == 17
    assert {"fake_orders", "refund_abuse"} <= {reason.key for reason in policy.blocks}


def test_hand_offs_that_contradict_themselves_are_named():
    rules = seed_policy().handoffs
    step = rules.tickets[0]
    wrong = replace(
        rules,
        kinds=(replace(rules.kinds[0], due_minutes=0), rules.kinds[1], rules.kinds[1]),
        escalate_minutes=0,
        ladder=(Level.MANAGER, Level.SENIOR),
        tickets=(step, replace(step, level=Level.FINANCE)),
    )
    block = replace(seed_policy().blocks[0], days=-1)
    key = rules.kinds[1].key
    assert set(check(make_policy(handoffs=wrong, blocks=(block,)))) >= {
        Problem(f"handoffs.kinds.{rules.kinds[0].key}.due_minutes", "not_positive"),
        Problem("handoffs.kinds", f"key_twice: {key}"),
        Problem("handoffs.escalate_minutes", "not_positive"),
        Problem("handoffs.ladder", "ladder_not_in_order"),
        Problem("handoffs.tickets", "ladder_not_in_order"),
        Problem("handoffs.tickets", "minutes_not_in_order"),
        Problem("blocks.fake_orders.days", "negative"),
    }
