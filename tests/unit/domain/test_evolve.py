"""Every change is folded, every ticket change is a step of the path, and documents survive the wire."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from desk.domain import changes as ch
from desk.domain.case import Case
from desk.domain.evolve import FOLDS, evolve
from desk.domain.ledger import Budget
from desk.domain.path import code_of
from desk.domain.people import Installation, StaffMember, Store, Team
from desk.domain.tickets import (
    Act,
    Answer,
    Channel,
    CheckAnswer,
    Finding,
    Note,
    OptionTaken,
    Pause,
    Promise,
    Record,
    SentMessage,
    Stage,
    Ticket,
)
from desk.wire.codec import from_plain, to_plain
from tests.helpers.cases import START, WANGFANG, make_order, make_ticket, seed_policy, staff_of

AT: dict[str, Any] = {"at": START, "by": "wangfang"}
ON: dict[str, Any] = {**AT, "ticket_id": "k1"}
NOTE = Note(id="n1", at=START, by="wangfang", text_id="n1.words")
MESSAGE = SentMessage(
    id="m1", at=START, by="wangfang", template="calm", acts=frozenset({Act.NOTIFY}), via="sms", text_id="m1.text"
)
PROMISE = Promise(id="p1", at=START, by="wangfang", code="two_minutes", due_at=START + timedelta(minutes=2))
RECORD = Record(process_id="r.process", cause="impulse", result="solved", feedback_id="r.feedback", satisfaction=5)
FINDING = Finding(rule="paid_twice", window="r2", saw={"surplus": 9900})
ANSWER = CheckAnswer(check="proof", answer=Answer.YES, at=START, by="wangfang", text_id="x2.words")
TAKEN = OptionTaken(option="refund_second", at=START, by="wangfang", command_id="x1", amount=900)
LATER = START + timedelta(minutes=30)


def concrete(base: type[ch.Change]) -> set[type[ch.Change]]:
    """Every change of the module that is one of these, without the two bases."""
    found = {kind for kind in vars(ch).values() if isinstance(kind, type) and issubclass(kind, base)}
    return found - {ch.Change, ch.TicketChange}


def test_every_change_has_a_fold():
    assert concrete(ch.Change) == set(FOLDS)


def fold(*changes: ch.Change, ticket: Ticket | None = None) -> Ticket:
    found = evolve(Case().put(ticket or make_ticket()), changes).get(Ticket, "k1")
    assert found is not None
    return found


STEPS = [
    (ch.TicketChased(**ON, channel=Channel.HOTLINE, note=NOTE), {"chased": 1, "notes": (NOTE,)}),
    (ch.TicketChased(**ON, channel=Channel.CHAT), {"chased": 1, "notes": ()}),
    (ch.TicketReleased(**ON, reason="by_holder"), {"holder": None, "claim_expires_at": None}),
    (ch.StageMoved(**ON, stage=Stage.ANALYSE), {"stage": Stage.ANALYSE}),
    (ch.ReasonSet(**ON, reason="too_slow", type="", subtype="", causes=("b", "a")), {"reason": "too_slow"}),
    (
        ch.TicketTagged(**ON, reason="too_slow", type="", subtype=""),
        {"reason": "too_slow", "by_keywords": True},
    ),
    (ch.MoodSet(**ON, mood="angry"), {"mood": "angry"}),
    (ch.NoteAdded(**ON, note=NOTE), {"notes": (NOTE,)}),
    (ch.TicketPaused(**ON, pause=Pause(since=START, reason="customer")), {"paused": True}),
    (ch.TicketResumed(**ON, warn_at=LATER), {"paused": False}),
    (ch.FirstResponseGiven(**ON), {"first_response_at": START}),
    (ch.FirstResponseBreached(**ON), {"first_response_breached": True}),
    (ch.MessageSent(**ON, message=MESSAGE, next_update_at=LATER), {"messages": (MESSAGE,), "next_update_at": LATER}),
    (ch.PromiseMade(**ON, promise=PROMISE), {"promises": (PROMISE,), "due_at": PROMISE.due_at}),
    (ch.PromiseKept(**ON, promise_id="p1"), {"promises": ()}),
    (ch.TicketHandedOver(**ON, team="warehouse", note=NOTE), {"team": "warehouse", "holder": None, "notes": (NOTE,)}),
    (ch.TicketHandedOver(**ON, team="warehouse"), {"team": "warehouse", "notes": ()}),
    (ch.RecordWritten(**ON, record=RECORD), {"record": RECORD}),
    (ch.TicketClosed(**ON, outcome="cancelled"), {"stage": Stage.CLOSED, "outcome": "cancelled", "closed_at": START}),
    (ch.TicketArchived(**ON), {"stage": Stage.ARCHIVED, "archived_at": START}),
    (ch.TicketReopened(**ON, note=NOTE), {"stage": Stage.IDENTIFY, "reopened": 1, "notes": (NOTE,)}),
    (ch.TicketReopened(**ON, first_response_due=LATER), {"first_response_due": LATER, "first_response_at": None}),
    (ch.TicketRescheduled(**ON, no_return_at=START, priority=7, needs_review=True, amount=5), {"due_at": START}),
    (ch.ContactRevealed(**ON, customer_id="c1"), {}),
    (ch.FindingNoted(**ON, finding=FINDING), {"finding": FINDING}),
    (ch.FindingGone(**ON, rule="paid_twice", why="fact"), {"finding": None}),
    (ch.CheckAnswered(**ON, answer=ANSWER), {"checks": (ANSWER,)}),
    (ch.OptionChosen(**ON, taken=TAKEN), {"options": (TAKEN,)}),
    (ch.TicketClaimed(at=START, by="liqiang", ticket_id="k1", until=LATER), {"holder": "liqiang"}),
    (ch.TicketEscalated(**ON, level="senior", escalate_at=LATER), {"escalation": 1, "escalation_level": "senior"}),
]


def test_these_steps_are_all_there_are():
    assert {type(change) for change, _ in STEPS} == concrete(ch.TicketChange)


@pytest.mark.parametrize(("change", "after"), STEPS, ids=lambda value: code_of(value) if hasattr(value, "at") else "")
def test_a_change_moves_the_ticket_and_leaves_a_step(change, after):
    ticket = fold(change)
    assert {name: getattr(ticket, name) for name in after} == after
    [step] = ticket.path
    assert (step.code, step.at, step.by) == (code_of(change), change.at, change.by)
    assert from_plain(Ticket, to_plain(ticket)) == ticket, "what is written can be read again"


def test_a_renewed_claim_is_no_step():
    ticket = fold(ch.TicketClaimed(**ON, until=LATER))
    assert (ticket.claim_expires_at, ticket.path) == (LATER, ())


def test_a_promise_is_kept_and_the_others_stay_open():
    other = replace(PROMISE, id="p2")
    ticket = fold(
        ch.PromiseMade(**ON, promise=PROMISE),
        ch.PromiseMade(**ON, promise=other),
        ch.PromiseKept(**ON, promise_id="p1"),
    )
    assert [promise.kept_at for promise in ticket.promises] == [START, None]


def test_a_pause_ends_where_it_began():
    paused = make_ticket(pauses=(Pause(since=START, reason="customer"),))
    resumed = ch.TicketResumed(at=LATER, by="wangfang", ticket_id="k1", first_response_due=LATER, warn_at=LATER)
    ticket = fold(resumed, ticket=paused)
    assert ticket.pauses == (Pause(since=START, reason="customer", until=LATER),)
    assert (ticket.first_response_due, ticket.warn_at, ticket.next_update_at) == (LATER, LATER, None)


def test_a_reopened_ticket_starts_again_and_keeps_its_path():
    closed = fold(ch.RecordWritten(**ON, record=RECORD), ch.TicketClosed(**ON, outcome="cancelled"))
    again = fold(ch.TicketReopened(**ON), ticket=closed)
    assert (again.outcome, again.record, again.closed_at) == ("", None, None)
    assert [step.code for step in again.path] == ["record_written", "ticket_closed", "ticket_reopened"]


def test_a_step_tells_facts_and_no_words():
    steps = fold(
        ch.MessageSent(**ON, message=MESSAGE), ch.RecordWritten(**ON, record=RECORD), ch.FirstResponseGiven(**ON)
    ).path
    assert steps[0].data["template"] == "calm"
    assert steps[0].data["acts"] == "notify"
    assert steps[1].data["satisfaction"] == 5
    assert steps[2].data == {}


def test_a_ticket_opens_with_its_due_time_and_first_step():
    opened = make_ticket(due_at=START + timedelta(days=9))
    ticket = evolve(Case(), (ch.TicketOpened(**AT, ticket=opened),)).get(Ticket, "k1")
    assert ticket is not None
    assert ticket.due_at == ticket.first_response_due
    assert ticket.path[0].code == "ticket_opened"


def test_house_and_people():
    member, team, store = staff_of(WANGFANG), Team(id="x", names={}), Store(id="S", names={})
    desk = Installation(id="d1", name="desk", scopes=("org",), public_key="")
    case = evolve(
        Case().put(desk),
        (
            ch.StaffSaved(**AT, member=member),
            ch.TeamSaved(**AT, team=team),
            ch.StoreSaved(**AT, store=store),
            ch.InstallationRevoked(**AT, installation_id="d1"),
            ch.PolicyPublished(**AT, version=2, policy=seed_policy()),
        ),
    )
    assert case.get(StaffMember, "wangfang") == member
    assert case.get(Team, "x") == team
    assert case.get(Store, "S") == store
    assert case.get(Installation, "d1") == replace(desk, revoked=True)


def test_only_what_changed_is_touched():
    before = Case().put(make_ticket(), make_order())
    after = evolve(before, (ch.MoodSet(**ON, mood="calm"),))
    assert [entity.id for entity in after.touched_since(before)] == ["k1"]


# --- bugs are stopped before they are written --------------------------------------------------------------------


def test_a_change_on_what_the_case_does_not_hold_is_a_bug():
    with pytest.raises(KeyError):
        evolve(Case(), (ch.MoodSet(**ON, mood="calm"),))
    with pytest.raises(KeyError):
        evolve(Case(), (ch.BudgetSpent(**AT, key="b", amount=1),))


def test_a_key_that_names_another_kind_is_a_bug():
    case = Case(entities={("ticket", "k1"): make_order("k1")})
    with pytest.raises(TypeError):
        evolve(case, (ch.MoodSet(**ON, mood="calm"),))


@pytest.mark.parametrize(
    "change",
    [
        ch.BudgetSpent(**AT, key="b", amount=11),
        ch.BudgetReturned(**AT, key="b", amount=1),
        ch.BudgetRaised(**AT, key="b", amount=-1, approval_id="a"),
        ch.BudgetOpened(**AT, budget=Budget(key="b", cap=10, free=9)),
        ch.BudgetOpened(**AT, budget=Budget(key="b", cap=-1, free=-1)),
    ],
)
def test_no_change_breaks_a_budget(change):
    with pytest.raises(ValueError, match="not sound"):
        evolve(Case().put(Budget(key="b", cap=10, free=10)), (change,))
