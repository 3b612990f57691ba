"""The outbox: kept before anything is shown, emptied by nothing but a verdict that the replica holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desk.domain.commands import AddNote, ClaimTicket, SetMood
from desk.domain.decisions import Accepted, AskCentre, Refused
from desk.storage import outbox
from desk.storage.desk_store import DeskStore
from desk.storage.outbox import State
from desk.wire.protocol import Verdict, VerdictStatus
from tests.helpers.desk_data import ACTOR, NOW, SCOPES, SUPERVISOR, at, order, page, row, ticket
from tests.unit.storage.conftest import KEY


@pytest.fixture
def desk(store: DeskStore) -> DeskStore:
    """Two tickets in the replica, at position 2."""
    one = order()
    store.apply_page(at(1), page(2, row(one), row(ticket("1", one)), row(ticket("2"))), NOW)
    return store


def claim(n: int, ticket_id: str = "1") -> ClaimTicket:
    return ClaimTicket(id=f"claim-{n}", ticket_id=ticket_id)


def state(desk: DeskStore, command_id: str) -> State:
    act = desk.read(lambda view: outbox.get(view.connection, command_id))
    assert act is not None
    return act.state


def batch(desk: DeskStore, person: str = ACTOR.id) -> list[tuple[str, int]]:
    return [(act.id, act.seq) for act in desk.next_batch(person, 50, 10**6)]


def applied(command_id: str, n: int) -> Verdict:
    return Verdict(id=command_id, status=VerdictStatus.APPLIED, n=n, outcome={"result": "accepted"})


def refused(command_id: str, n: int, code: str = "claimed_by_other") -> Verdict:
    return Verdict(id=command_id, status=VerdictStatus.REFUSED, n=n, code=code)


def test_an_act_is_kept_under_its_number_and_counts_per_person(desk):
    desk.perform(claim(1), ACTOR, NOW, online=False)
    desk.perform(claim(2, "2"), SUPERVISOR, NOW, online=False)
    desk.perform(SetMood(id="mood-3", ticket_id="1", mood="angry"), ACTOR, NOW, online=False)
    assert batch(desk) == [("claim-1", 1), ("mood-3", 2)]
    assert batch(desk, SUPERVISOR.id) == [("claim-2", 1)]


def test_a_second_click_is_the_same_act(desk):
    desk.perform(claim(1), ACTOR, NOW, online=False)
    desk.perform(claim(1), ACTOR, NOW, online=False)
    assert batch(desk) == [("claim-1", 1)]


def test_what_the_rulebook_refuses_here_is_not_kept(desk):
    desk.perform(claim(1), ACTOR, NOW, online=False)
    again = desk.perform(claim(2), SUPERVISOR, NOW, online=False)
    assert isinstance(again.decision, Refused)
    assert again.act is None
    assert batch(desk, SUPERVISOR.id) == []


def test_what_cannot_be_known_here_is_refused_offline_and_asked_online(desk):
    far = ClaimTicket(id="claim-9", ticket_id="another desk's")
    off = desk.perform(far, ACTOR, NOW, online=False)
    assert off.decision == Refused("needs_centre", {"what": "ticket:another desk's"})
    assert isinstance(desk.perform(far, ACTOR, NOW, online=True).decision, AskCentre)
    assert batch(desk) == [("claim-9", 1)]


def test_a_lost_reply_leaves_the_act_to_be_sent_again(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    assert batch(desk) == [("claim-1", 1)]
    desk.push_over()
    assert state(desk, "claim-1") is State.SENT
    assert batch(desk) == [("claim-1", 1)], "the same id and the same number"


def test_an_unknown_answer_stays_unknown_when_the_next_try_never_leaves(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    desk.push_over()
    desk.perform(claim(2, "2"), ACTOR, NOW, online=True)
    for _ in range(2):
        assert batch(desk) == [("claim-1", 1), ("claim-2", 2)]
        desk.not_sent()
        assert (state(desk, "claim-1"), state(desk, "claim-2")) == (State.SENT, State.PENDING)


def test_what_the_centre_wants_again_it_does_not_have(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    desk.push_over()
    batch(desk)
    desk.take_verdicts([Verdict(id="claim-1", status=VerdictStatus.RETRY)], NOW)
    desk.push_over()
    assert state(desk, "claim-1") is State.PENDING
    batch(desk)
    desk.not_sent()
    assert state(desk, "claim-1") is State.PENDING


def test_an_act_leaves_the_pending_ones_when_its_commit_is_here(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    early = desk.take_verdicts([applied("claim-1", 3)], NOW)
    assert state(desk, "claim-1") is State.ANSWERED
    assert not early.ended
    held = ticket("1", order(), holder=ACTOR.id, claim_expires_at=NOW + timedelta(minutes=10))
    late = desk.apply_page(at(2), page(3, row(held)), NOW)
    assert [act.id for act in late.ended] == ["claim-1"]
    assert state(desk, "claim-1") is State.SETTLED
    assert batch(desk) == []


def test_a_verdict_that_comes_with_the_feed_answers_a_lost_reply(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    desk.push_over()
    desk.apply_page(at(2), page(3, verdicts=(applied("claim-1", 3),)), NOW)
    assert state(desk, "claim-1") is State.SETTLED


def test_a_refusal_waits_for_a_person(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    told = desk.apply_page(at(2), page(3, verdicts=(refused("claim-1", 3),)), NOW)
    assert ("attention", "claim-1") in told.keys
    assert ("ticket", "1") in told.keys, "its row must be painted without the claim"
    [act] = desk.read(lambda view: outbox.attention(view.connection, ACTOR.id))
    assert act.verdict is not None
    assert act.verdict.code == "claimed_by_other"
    desk.write(lambda connection: outbox.dismiss(connection, act.id, NOW))
    assert desk.read(lambda view: outbox.attention(view.connection, ACTOR.id)) == []


def test_retry_puts_an_act_back(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    desk.take_verdicts([Verdict(id="claim-1", status=VerdictStatus.RETRY)], NOW)
    assert state(desk, "claim-1") is State.PENDING


def test_everything_waits_through_a_restart(store, path):
    one = order()
    store.apply_page(at(1), page(2, row(one), row(ticket("1", one))), NOW)
    store.perform(claim(1), ACTOR, NOW, online=False)
    store.perform(AddNote(id="note-2", ticket_id="1", words="晚点再打"), ACTOR, NOW, online=False)
    batch(store)
    store.close()
    again = DeskStore(path, KEY, SCOPES)
    assert batch(again) == [("claim-1", 1), ("note-2", 2)]
    assert isinstance(again.perform(claim(1), ACTOR, NOW, online=False).decision, Accepted)
    again.perform(SetMood(id="mood-3", ticket_id="1", mood="calm"), ACTOR, NOW, online=False)
    assert batch(again)[-1] == ("mood-3", 3)
    again.close()


def test_a_restored_centre_is_asked_again_for_what_it_lost(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    desk.perform(SetMood(id="mood-2", ticket_id="1", mood="angry"), ACTOR, NOW, online=True)
    batch(desk)
    desk.apply_page(at(2), page(3, verdicts=(applied("claim-1", 3),)), NOW)
    desk.apply_page(at(3), page(4, verdicts=(applied("mood-2", 4),)), NOW)
    assert batch(desk) == []
    assert desk.push_again(3) == 1
    assert batch(desk) == [("mood-2", 2)]


def test_settled_acts_are_forgotten_after_their_time(desk):
    desk.perform(claim(1), ACTOR, NOW, online=True)
    batch(desk)
    desk.apply_page(at(2), page(3, verdicts=(applied("claim-1", 3),)), NOW)
    assert desk.write(lambda connection: outbox.purge(connection, NOW + timedelta(hours=47))) == 0
    assert desk.write(lambda connection: outbox.purge(connection, NOW + timedelta(hours=49))) == 1


def test_a_batch_keeps_to_its_size(desk):
    desk.perform(claim(1), ACTOR, NOW, online=False)
    for n in range(2, 8):
        desk.perform(AddNote(id=f"note-{n}", ticket_id="1", words="字" * 1000), ACTOR, NOW, online=False)
    assert len(desk.next_batch(ACTOR.id, 3, 10**6)) == 3
    assert len(desk.next_batch(ACTOR.id, 50, 8000)) == 3
    assert len(desk.next_batch(ACTOR.id, 50, 10)) == 1, "one too big still goes: the centre says what it thinks of it"
