"""Two agents and one customer: who holds the ticket, what the holder may do, how it goes on to others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desk.domain.commands import (
    AddNote,
    ClaimTicket,
    ExpireClaim,
    HandOver,
    KeepPromise,
    MoveStage,
    OpenTicket,
    PauseTicket,
    ReleaseTicket,
    RevealContact,
    SendMessage,
    SetMood,
    SetReason,
    WriteRecord,
)
from desk.domain.decisions import Refused
from desk.domain.people import Level
from desk.domain.tickets import Channel, Kind, Promise, Stage
from tests.helpers.cases import (
    CHENJIE,
    LIQIANG,
    LIUYANG,
    START,
    SYSTEM,
    WANGFANG,
    ZHOUJUN,
    World,
    make_actor,
    make_order,
    make_ticket,
)


def waiting(**changed: Any) -> World:
    """A ticket that nobody holds."""
    return World(make_order(), make_ticket(holder=None, claim_expires_at=None, **changed))


def test_the_second_agent_learns_who_has_it() -> None:
    world = waiting()
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    decision = world.do(ClaimTicket, LIQIANG, ticket_id="k1")
    assert isinstance(decision, Refused)
    assert (decision.code, decision.data["holder"]) == ("claimed_by_other", "wangfang")


def test_a_claim_that_ran_out_may_be_taken_and_the_path_says_so() -> None:
    world = waiting()
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    world.later(minutes=world.policy.tickets.claim_minutes)
    assert world.refuse(SetMood, WANGFANG, ticket_id="k1", mood="angry") == "claim_not_held"
    world.accept(ClaimTicket, LIQIANG, ticket_id="k1")
    assert world.ticket().holder == "liqiang"
    assert [step.code for step in world.ticket().path] == ["ticket_claimed", "ticket_released", "ticket_claimed"]


def test_who_goes_on_working_keeps_the_ticket_without_filling_its_path() -> None:
    world = waiting()
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    for mood in ("worried", "upset", "angry", "calm"):
        world.later(minutes=8)
        world.accept(SetMood, WANGFANG, ticket_id="k1", mood=mood)
    ticket = world.ticket()
    assert ticket.holder == "wangfang"
    assert [step.code for step in ticket.path] == ["ticket_claimed", *["mood_set"] * 4]


def test_the_centre_frees_a_ticket_not_before_its_time() -> None:
    world = waiting()
    assert world.refuse(ExpireClaim, SYSTEM, ticket_id="k1") == "not_claimed"
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    world.later(minutes=14)
    assert world.refuse(ExpireClaim, SYSTEM, ticket_id="k1") == "not_yet"
    world.later(minutes=1)
    world.accept(ExpireClaim, SYSTEM, ticket_id="k1")
    assert world.ticket().holder is None


def test_the_holder_gives_it_back_and_a_supervisor_may_free_it() -> None:
    world = waiting()
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    assert world.refuse(ReleaseTicket, LIQIANG, ticket_id="k1") == "claim_not_held"
    world.accept(ReleaseTicket, WANGFANG, ticket_id="k1")
    assert world.refuse(ReleaseTicket, WANGFANG, ticket_id="k1") == "not_claimed"
    world.accept(ClaimTicket, WANGFANG, ticket_id="k1")
    world.accept(ReleaseTicket, LIUYANG, ticket_id="k1")
    assert world.ticket().path[-1].data["reason"] == "by_supervisor"


def test_nobody_takes_the_ticket_of_another_team() -> None:
    world = waiting()
    assert world.refuse(ClaimTicket, ZHOUJUN, ticket_id="k1") == "not_your_team"
    assert world.refuse(ClaimTicket, CHENJIE, ticket_id="k1") == "not_your_team"
    here = waiting(store_id="S01")
    here.accept(ClaimTicket, CHENJIE, ticket_id="k1")


@pytest.mark.parametrize(
    ("command", "args"),
    [
        (MoveStage, {"stage": Stage.ANALYSE}),
        (SetReason, {"reason": "too_slow"}),
        (SetMood, {"mood": "angry"}),
        (PauseTicket, {"reason": "customer"}),
        (HandOver, {"team": "warehouse"}),
        (SendMessage, {"template": "calm_hold", "language": "zh", "via": "spoken"}),
        (KeepPromise, {"promise_id": "p"}),
        (WriteRecord, {"process": "p", "cause": "too_slow", "result": "solved", "feedback": "f"}),
        (RevealContact, {"customer_id": "c1"}),
    ],
)
def test_an_act_without_the_claim_is_refused_and_so_is_one_after_the_end(command: type, args: dict) -> None:
    world = World(make_order(), make_ticket())
    assert world.refuse(command, LIQIANG, ticket_id="k1", **args) == "claim_not_held"
    closed = World(make_order(), make_ticket(stage=Stage.CLOSED, closed_at=START))
    assert closed.refuse(command, WANGFANG, ticket_id="k1", **args) == "ticket_closed"
    assert world.refuse(command, WANGFANG, ticket_id="other", **args) == "no_such_ticket"


def test_notes_need_no_claim() -> None:
    world = World(make_order(), make_ticket())
    world.accept(AddNote, ZHOUJUN, ticket_id="k1", words="还在分拣", id="n")
    assert world.book.values[world.ticket().notes[0].text_id] == {"text": "还在分拣"}
    assert world.ticket().holder == "wangfang"
    assert world.refuse(AddNote, ZHOUJUN, ticket_id="k1", words="  ") == "note_empty"


def test_nothing_is_resolved_before_it_is_known_why() -> None:
    world = World(make_order(), make_ticket(reason=""))
    assert world.refuse(MoveStage, ticket_id="k1", stage=Stage.RESOLVE) == "illegal_move"
    world.accept(MoveStage, ticket_id="k1", stage=Stage.ANALYSE)
    assert world.refuse(MoveStage, ticket_id="k1", stage=Stage.RESOLVE) == "reason_missing"
    world.accept(SetReason, ticket_id="k1", reason="wrong_address", causes=("old_address",))
    world.accept(MoveStage, ticket_id="k1", stage=Stage.RESOLVE)
    assert world.refuse(MoveStage, ticket_id="k1", stage=Stage.CLOSED) == "illegal_move"
    assert world.ticket().stage is Stage.RESOLVE


def test_an_exception_needs_its_sub_type_and_causes_of_its_type() -> None:
    world = World(make_order())
    opening = {"kind": Kind.EXCEPTION, "channel": Channel.CHAT, "team": "hotline", "order_id": "o1"}
    world.accept(OpenTicket, ticket_id="k2", **opening)
    world.accept(ClaimTicket, ticket_id="k2")
    world.accept(MoveStage, ticket_id="k2", stage=Stage.ANALYSE)
    assert world.refuse(MoveStage, ticket_id="k2", stage=Stage.RESOLVE) == "type_missing"
    wrong = {"type": "stock", "subtype": "oversold", "causes": ("bank",)}
    assert world.refuse(SetReason, ticket_id="k2", **wrong) == "unknown_choice"
    world.accept(SetReason, ticket_id="k2", type="stock", subtype="oversold", causes=("count_error",))
    world.accept(MoveStage, ticket_id="k2", stage=Stage.RESOLVE)


def test_a_corrected_reason_moves_the_ticket_in_the_queue() -> None:
    world = waiting(reason="no_longer_wanted")
    world.accept(ClaimTicket, ticket_id="k1")
    assert world.refuse(SetReason, ticket_id="k1") == "reason_missing"
    before = world.ticket().priority
    world.accept(SetReason, ticket_id="k1", reason="wrong_address")
    assert world.ticket().priority > before


def test_a_hand_over_changes_the_team_and_lets_go() -> None:
    world = World(make_order(), make_ticket())
    assert world.refuse(HandOver, ticket_id="k1", team="hotline") == "same_team"
    assert world.refuse(HandOver, ticket_id="k1", team="moon") == "no_such_team"
    world.later(minutes=40)
    world.accept(HandOver, ticket_id="k1", team="warehouse", words="请拦下")
    ticket = world.ticket()
    assert (ticket.team, ticket.holder, len(ticket.notes)) == ("warehouse", None, 1)
    world.accept(ClaimTicket, ZHOUJUN, ticket_id="k1")


def test_a_promise_is_kept_once() -> None:
    promise = Promise(id="p", at=START, by="wangfang", code="call_back", due_at=START + timedelta(hours=1))
    world = World(make_order(), make_ticket(promises=(promise,), first_response_at=START))
    assert world.ticket().due_at  # as told by the helper; evolve computes it from now on
    assert world.refuse(KeepPromise, ticket_id="k1", promise_id="q") == "no_such_promise"
    world.accept(KeepPromise, ticket_id="k1", promise_id="p")
    assert world.refuse(KeepPromise, ticket_id="k1", promise_id="p") == "promise_kept"


def test_who_holds_the_ticket_may_see_the_contact_and_that_stays_on_its_path() -> None:
    world = World(make_order(), make_ticket())
    assert world.refuse(RevealContact, ticket_id="k1", customer_id="c2") == "wrong_customer"
    world.accept(RevealContact, WANGFANG, ticket_id="k1", customer_id="c1")
    world.accept(RevealContact, LIUYANG, ticket_id="k1", customer_id="c1")
    assert [(step.code, step.by) for step in world.ticket().path] == [
        ("contact_revealed", "wangfang"),
        ("contact_revealed", "liuyang"),
    ]


def test_a_level_that_policy_does_not_allow_is_refused() -> None:
    world = World(make_order(), make_ticket())
    admin = make_actor("admin", Level.ADMIN)
    assert world.refuse(SetMood, admin, ticket_id="k1", mood="calm") == "not_permitted"
    assert world.refuse(ExpireClaim, WANGFANG, ticket_id="k1") == "not_permitted"


def test_an_unknown_mood_is_refused_and_a_flag_can_be_taken_away() -> None:
    world = World(make_order(), make_ticket(mood="angry"))
    assert world.refuse(SetMood, ticket_id="k1", mood="furious") == "unknown_choice"
    world.accept(SetMood, ticket_id="k1", mood="")
    assert world.ticket().mood == ""
