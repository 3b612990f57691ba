"""The cycle in bad weather, with a made-up centre at its port: nothing leaves the outbox but by a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desk.domain.commands import AddNote, ClaimTicket
from desk.storage import outbox, replica
from desk.storage.desk_store import DeskStore
from desk.storage.outbox import Act
from desk.storage.staging import Staging, make
from desk.sync.cycle import Cycle
from desk.sync.ports import Snapshot
from desk.sync.problems import AuthExpired, BelowFloor, Busy, Forbidden, Offline, Restored, SyncProblem, TooBig, TooOld
from desk.wire.protocol import Cursor, FeedRow, Page, PushReply, Verdict, VerdictStatus
from tests.helpers.desk_data import ACTOR, NOW, SCOPES, at, head, order, organisation, page, row, ticket
from tests.unit.storage.conftest import KEY, know_people
from tests.unit.storage.test_staging import as_bytes


class StillClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


@dataclass
class MadeUpCentre:
    """sync.ports.Net: pushes are answered by `verdict`, pulls by `pages`; `problems` come first, call by call."""

    n: int = 2
    problems: list[SyncProblem | None] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    pushed: list[list[str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    rows: list[FeedRow] = field(default_factory=list)
    verdict: Callable[[str, int], Verdict] = lambda act_id, n: Verdict(id=act_id, status=VerdictStatus.APPLIED, n=n)

    def _called(self, name: str) -> None:
        self.calls.append(name)
        problem = self.problems.pop(0) if self.problems else None
        if problem is not None:
            raise problem

    def push(self, acts: Sequence[Act]) -> PushReply:
        self._called("push")
        self.pushed.append([act.id for act in acts])
        self.n += 1
        return PushReply(verdicts=tuple(self.verdict(act.id, self.n) for act in acts))

    def pull(self, position: Cursor, wait: int, limit: int) -> Page:
        self._called("pull")
        return self.pages.pop(0) if self.pages else page(self.n)

    def snapshot(self, first: bool = False, at: int = 0) -> Snapshot:
        self._called("snapshot")
        rows = [*organisation(), *self.rows]
        return Snapshot(head(self.n), iter(rows), as_bytes(self.n, rows))

    def refresh(self) -> None:
        self._called("refresh")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[DeskStore]:
    opened = DeskStore(tmp_path / "desk.db", KEY, SCOPES)
    know_people(opened)
    yield opened
    opened.close()


@pytest.fixture
def centre() -> MadeUpCentre:
    one = order()
    return MadeUpCentre(rows=[row(one), row(ticket("1", one))])


@pytest.fixture
def cycle(store: DeskStore, centre: MadeUpCentre) -> Cycle:
    """A desk in step at position 2, with a ticket."""
    made = Cycle(store, centre, StillClock(), ACTOR.id)
    made.step()
    made.step()
    centre.calls.clear()
    return made


def act(cycle: Cycle, count: int = 1) -> None:
    """A claim and notes."""
    store: Any = cycle.store
    store.perform(ClaimTicket(id="act-1", ticket_id="1"), ACTOR, NOW, True)
    for number in range(2, count + 1):
        store.perform(AddNote(id=f"act-{number}", ticket_id="1", words="…"), ACTOR, NOW, True)


def waiting(cycle: Cycle) -> list[str]:
    store: Any = cycle.store
    return [one.id for one in store.read(lambda view: outbox.pending(view.connection))]


def states(cycle: Cycle) -> set[str]:
    store: Any = cycle.store
    return {str(one.state) for one in store.read(lambda view: outbox.pending(view.connection))}


def test_push_comes_before_pull(cycle, centre):
    act(cycle)
    step = cycle.step()
    assert centre.calls == ["push", "pull"]
    assert [one.id for one in step.ended] == ["act-1"]
    assert waiting(cycle) == []


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (Offline("cut on the way back"), "sent"),
        (Offline("nobody there", sent=False), "pending"),
        (Busy("full", 3.0), "pending"),
        (AuthExpired("and no refresh"), "pending"),
    ],
)
def test_no_weather_takes_an_act_out_of_the_outbox(cycle, centre, problem, state):
    act(cycle)
    centre.problems = [problem, AuthExpired("refresh says no too") if isinstance(problem, AuthExpired) else None]
    with pytest.raises(SyncProblem):
        cycle.step()
    assert waiting(cycle) == ["act-1"]
    assert states(cycle) == {state}
    cycle.step()
    assert waiting(cycle) == []


def test_a_lost_answer_tells_which_rows_look_different_now(cycle, centre):
    act(cycle)
    centre.problems = [Offline("cut on the way back")]
    with pytest.raises(Offline) as lost:
        cycle.step()
    assert ("act", "act-1") in lost.value.keys


def test_a_token_that_ran_out_is_renewed_once_and_the_act_sent(cycle, centre):
    act(cycle)
    centre.problems = [AuthExpired()]
    cycle.step()
    assert centre.calls == ["push", "refresh", "push", "pull"]
    assert waiting(cycle) == []


def test_a_batch_that_is_too_big_is_halved_until_it_fits(cycle, centre):
    act(cycle, count=8)
    centre.problems = [TooBig(), None, TooBig(), None]
    cycle.step()
    cycle.step()
    assert cycle.memory.batch == 2
    for _ in range(4):
        cycle.step()
    assert [len(batch) for batch in centre.pushed] == [2, 6]
    assert waiting(cycle) == []


def test_retry_leaves_the_act_and_asks_for_a_pause(cycle, centre):
    act(cycle)
    centre.verdict = lambda act_id, n: Verdict(id=act_id, status=VerdictStatus.RETRY, code="gap")
    step = cycle.step()
    assert step.retry
    assert not step.more
    assert waiting(cycle) == ["act-1"]


def test_a_restored_centre_is_told_everything_again(cycle, centre):
    act(cycle)
    cycle.step()
    centre.problems = [Restored(0)]  # nothing to push, so this is the pull's answer
    centre.n = 1
    step = cycle.step()
    assert step.whole
    assert waiting(cycle) == ["act-1"], "it answered after that point: whether it still knows is to be asked"
    cycle.step()
    assert centre.pushed == [["act-1"], ["act-1"]]
    assert waiting(cycle) == []


def test_below_the_floor_there_is_a_snapshot_and_the_outbox_stays(cycle, centre):
    centre.problems = [BelowFloor()]
    assert cycle.step().whole
    assert centre.calls == ["pull", "snapshot"]


def test_counts_that_differ_bring_one_snapshot_and_no_storm(cycle, centre):
    centre.pages = [page(3, counts={"ticket": 7})]
    centre.n = 3
    assert cycle.step().more
    assert cycle.step().whole
    centre.pages = [page(4, counts={"ticket": 7})]
    centre.n = 4
    assert not cycle.step().more, "a centre that counts wrong is not asked for snapshots all day"


def test_a_document_of_a_newer_centre_stops_pulling_and_not_pushing(cycle, centre):
    act(cycle)
    unknown = FeedRow(kind="hologram", id="h", doc={})
    centre.pages = [page(3, unknown)]
    with pytest.raises(TooOld):
        cycle.step()
    assert states(cycle) == {"answered"}
    act_again: Any = cycle.store
    act_again.perform(AddNote(id="late", ticket_id="1", words="…"), ACTOR, NOW, True)
    cycle.push_only()
    assert centre.pushed[-1] == ["late"]


def test_news_that_were_heard_twice_are_applied_once(cycle, centre):
    store: Any = cycle.store
    heard = page(3, row(ticket("2")))
    centre.pages = [heard]
    cycle.step()
    assert store.position() == at(3)
    centre.pages = [heard]
    assert store.apply_page(at(2), heard, NOW) is None
    assert store.position() == at(3)


def test_more_than_one_page_is_fetched_one_after_the_other(cycle, centre):
    centre.pages = [page(3, row(ticket("2")), more=True), page(4, row(ticket("3")))]
    assert cycle.step().more
    assert not cycle.step().more
    store: Any = cycle.store
    assert store.position() == at(4)


# --- a big snapshot -------------------------------------------------------------------------------------------------


@dataclass
class Elsewhere:
    """sync.ports.Filler: makes the file when `ready` is said, or comes to the end that `end` names."""

    end: str = ""
    ready: bool = False
    stopped: bool = False
    fault: str = ""
    asked: tuple[Staging, bytes] | None = None

    def __call__(self, staging: Staging, content: bytes, progress: Callable[[int], None]) -> Elsewhere:
        if self.end == "cannot start":
            raise OSError("too many processes")
        self.asked = staging, content
        return self

    def wait(self, seconds: float) -> bool:
        if self.ready and not self.end and self.asked:
            make(*self.asked, lambda done: None)
        self.fault = "no such kind" if self.end == "fault" else ""
        return self.ready

    @property
    def is_made(self) -> bool:
        return self.end in ("", "file gone")

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def elsewhere(cycle: Cycle, centre: MadeUpCentre) -> Elsewhere:
    """Below the centre's floor, so that a snapshot is to be taken; it is being made."""
    made = Elsewhere()
    cycle.filler = made
    centre.problems = [BelowFloor()]
    step = cycle.step()
    assert step.filling
    assert step.more
    centre.calls.clear()
    return made


def test_acts_go_out_while_a_snapshot_is_made_ready(cycle, centre, elsewhere):
    act(cycle)
    step = cycle.step()
    assert (step.filling, step.waiting, centre.calls) == (True, False, ["push"])
    assert cycle.step().waiting
    elsewhere.ready = True
    step = cycle.step()
    assert step.whole
    assert not step.filling
    assert waiting(cycle) == ["act-1"], "answered, but the replica does not hold it yet"
    assert cycle.store.position() == at(2)
    cycle.step()
    assert waiting(cycle) == []


def test_a_snapshot_that_this_desk_cannot_read_says_that_it_is_too_old(cycle, elsewhere):
    elsewhere.ready, elsewhere.end = True, "fault"
    with pytest.raises(TooOld, match="no such kind"):
        cycle.step()
    assert elsewhere.stopped


@pytest.mark.parametrize("end", ["killed", "file gone"])
def test_where_it_does_not_stand_ready_after_all_it_is_loaded_here(cycle, centre, elsewhere, end):
    elsewhere.ready, elsewhere.end = True, end
    assert cycle.step().filling
    assert elsewhere.stopped
    centre.calls.clear()
    centre.problems = [BelowFloor()]
    step = cycle.step()
    assert step.whole
    assert centre.calls == ["pull", "snapshot"]


def test_where_no_process_can_be_started_it_is_loaded_here(cycle, centre):
    cycle.filler = Elsewhere(end="cannot start")
    centre.problems = [BelowFloor()]
    assert cycle.step().whole


def test_who_is_shut_out_meanwhile_gets_nothing_of_what_was_made(cycle, centre, elsewhere):
    """With nothing to push nobody hears of it before; so the centre is asked before it is taken in."""
    elsewhere.ready = True
    centre.rows = []
    centre.problems = [Forbidden("installation_revoked")]
    with pytest.raises(Forbidden):
        cycle.step()
    assert elsewhere.stopped
    assert cycle.memory.filling is None
    held = cycle.store.read(lambda view: replica.doc(view.connection, "ticket", "1"))
    assert held is not None, "what was here stays until it is wiped"


def test_a_centre_that_was_restored_meanwhile_is_told_again_what_it_lost(cycle, centre, elsewhere):
    act(cycle)
    cycle.step()
    assert centre.pushed == [["act-1"]]
    elsewhere.ready = True
    centre.problems = [Restored(0)]
    assert cycle.step().filling
    assert elsewhere.stopped
    cycle.step()
    assert centre.pushed == [["act-1"], ["act-1"]]


def test_what_stands_ready_outlives_a_cut_line(cycle, centre, elsewhere):
    elsewhere.ready = True
    centre.problems = [Offline("cut")]
    with pytest.raises(Offline):
        cycle.step()
    assert not elsewhere.stopped
    assert cycle.step().whole


def test_what_is_under_way_ends_with_the_cycle(cycle, elsewhere):
    cycle.close()
    assert elsewhere.stopped


def test_a_process_that_starts_while_the_cycle_ends_is_ended(cycle, centre):
    made = Elsewhere()
    cycle.filler = made
    cycle.close()
    centre.problems = [BelowFloor()]
    cycle.step()
    assert made.stopped


def test_without_a_position_there_is_nothing_to_listen_for(store, centre):
    step = Cycle(store, centre, StillClock(), ACTOR.id).listen()
    assert (step.filling, step.more, centre.calls) == (True, False, [])
