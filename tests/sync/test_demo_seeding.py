"""Seeding the demo over HTTP: every rule obeyed, and a kill at any moment leaves nothing twice."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from desk.central import api_keys
from desk.central import tables as t
from desk.central.detecting import detector_of
from desk.central.people import Person, add_people
from desk.demo.arrivals import shop_of
from desk.demo.client import Centre, Ingest
from desk.demo.colleagues import Office
from desk.demo.planting import plant
from desk.demo.seeding import Seeder, enrol, new_state
from desk.demo.state import State, StateFile
from desk.domain.people import Level
from desk.wire.policy_seed import load_seed
from desk.wire.signatures import new_private_key, public_key
from tests.helpers.running_centre import RunningCentre, running_centre

pytestmark = pytest.mark.turns(2)

ORDERS = 150
SEEDED = {"orders": ORDERS, "tickets": 68, "approvals": 3, "entries": 3}  # 60 open, 8 settled
ZHAOMIN = Person(login="zhaomin", name="赵敏", level=Level.SENIOR, password="demo-zhaomin", teams=("hotline",))


class Killed(BaseException):
    """Where the process is ended in the middle."""


class Said:
    """The lines it says; ends it at the chosen one."""

    def __init__(self, dies_at: str = "") -> None:
        self.lines: list[tuple[str, dict[str, Any]]] = []
        self._dies_at = dies_at

    def __call__(self, event: str, **facts: Any) -> None:
        self.lines.append((event, facts))
        if event == self._dies_at:
            raise Killed


@contextmanager
def shop_beside(running: RunningCentre, folder: Path) -> Iterator[tuple[Centre, Ingest, StateFile, State]]:
    """The shop's side of the line, its state read or made."""
    key = api_keys.make_key(running.service.store, "demo", ("orders", "requests"), "shop")[1]
    centre = Centre(running.url, threading.Event())
    file = StateFile(folder)
    state = file.read()
    if state is None:
        state = new_state(7, datetime.now(UTC), ORDERS)
        state.installation_id = enrol(centre, running.code(), public_key(new_private_key()))
        file.write(state)
    yield centre, Ingest(centre, key), file, state
    centre.close()


def seed(running: RunningCentre, folder: Path, said: Said) -> None:
    """One run of seeding, as `python -m desk.demo shop` does it."""
    with shop_beside(running, folder) as (centre, ingest, file, state):
        seeder = Seeder(centre=centre, ingest=ingest, file=file, say=said)
        if not state.is_open:
            seeder.open_the_shop(shop_of(state), state)
        if not state.is_told:
            seeder.tell_the_rest(shop_of(state), state)


def counts(running: RunningCentre) -> dict[str, int]:
    """Rows of the centre by table."""
    tables = (t.orders, t.tickets, t.approvals, t.entries)
    with running.service.store.reading() as connection:
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningCentre, Said, Path]]:
    """A centre that was seeded without trouble."""
    folder = tmp_path_factory.mktemp("whole")
    with running_centre(folder) as running:
        add_people(running.service, [ZHAOMIN])
        said = Said()
        seed(running, folder / "shop", said)
        yield running, said, folder


def test_the_centre_refuses_nothing_of_it(whole: tuple[RunningCentre, Said, Path]):
    running, said, _ = whole
    assert [line for line in said.lines if line[0] == "refused"] == []
    assert counts(running) == SEEDED


def test_what_a_desk_sees_first_is_there_before_the_rest(whole: tuple[RunningCentre, Said, Path]):
    events = [event for event, _ in whole[1].lines]
    assert events.index("ready") < events.index("progress", events.index("ready"))


def test_some_tickets_are_chased_some_held_some_with_words(whole: tuple[RunningCentre, Said, Path]):
    with whole[0].service.store.reading() as connection:
        tickets = [row.doc for row in connection.execute(select(t.tickets.c.doc))]
    assert sum(1 for ticket in tickets if ticket["chased"]) == 3
    assert [ticket["stage"] for ticket in tickets].count("closed") == 8
    assert len({ticket["holder"] for ticket in tickets}) == 4  # three people, and nobody
    assert any(ticket["messages"] for ticket in tickets)
    assert any(len(ticket["notes"]) > 1 for ticket in tickets)
    assert len({ticket["opened_at"][:16] for ticket in tickets}) > 10  # ages differ


@pytest.mark.parametrize("moment", ["progress", "ready"])
def test_killed_and_started_again_it_goes_on(tmp_path: Path, moment: str):
    with running_centre(tmp_path) as running:
        add_people(running.service, [ZHAOMIN])
        with pytest.raises(Killed):
            seed(running, tmp_path / "shop", Said(dies_at=moment))
        again = Said()
        seed(running, tmp_path / "shop", again)
        assert [line for line in again.lines if line[0] == "refused"] == []
        assert counts(running) == SEEDED


def test_killed_after_the_deeds_were_sent_they_are_not_done_twice(tmp_path: Path):
    with running_centre(tmp_path) as running:
        add_people(running.service, [ZHAOMIN])
        seed(running, tmp_path / "shop", Said())
        file = StateFile(tmp_path / "shop")
        state = file.read()
        assert state is not None
        state.is_open, state.taken, state.seqs = False, [], {}  # as if killed before it could note that
        file.write(state)
        again = Said()
        seed(running, tmp_path / "shop", again)
        assert [line for line in again.lines if line[0] == "refused"] == []
        assert counts(running) == SEEDED


def test_a_colleague_asks_for_more_than_a_cap_and_a_supervisor_has_something_to_decide(
    whole: tuple[RunningCentre, Said, Path],
):
    running, _, folder = whole
    with shop_beside(running, folder / "shop") as (centre, _, file, state):
        outcome = Office(centre, state).ask_for_approval(datetime.now(UTC))
        assert outcome == "approval_asked"
        file.write(state)
    assert counts(running)["approvals"] == 4


def test_a_colleague_takes_what_has_waited_too_long(whole: tuple[RunningCentre, Said, Path]):
    running, _, folder = whole
    with shop_beside(running, folder / "shop") as (centre, _, file, state):
        office = Office(centre, state)
        outcomes = [office.help_out(random.Random(n), datetime.now(UTC) + timedelta(hours=1)) for n in range(12)]
        file.write(state)
    assert set(outcomes) <= {"accepted", "nobody_waits"}
    assert outcomes.count("accepted") >= 6


def test_what_nobody_reported_is_found_and_every_kind_of_trouble_is_there(tmp_path: Path):
    with running_centre(tmp_path) as running:
        add_people(running.service, [ZHAOMIN])
        with shop_beside(running, tmp_path / "shop") as (centre, ingest, file, state):
            state.orders = 1500  # enough of every kind of order; only those of the first sight are told
            plant(shop_of(state), state)
            said = Said()
            Seeder(centre=centre, ingest=ingest, file=file, say=said).open_the_shop(shop_of(state), state)
        assert [line for line in said.lines if line[0] == "refused"] == []
        detector = detector_of(running.service)
        detector.run_dry(datetime.now(UTC) + timedelta(minutes=15))  # what happened just now is to last a while
        with running.service.store.reading() as connection:
            tickets = [row.doc for row in connection.execute(select(t.tickets.c.doc))]
    subtypes = {one.key for kind in load_seed().exceptions for one in kind.subtypes}
    assert {ticket["subtype"] for ticket in tickets if ticket["kind"] == "exception"} == subtypes
    raised = {ticket["finding"]["rule"] for ticket in tickets if ticket["path"][0]["data"].get("rule")}
    assert len(raised & {"paid_twice", "oversold", "parcel_lost", "same_address", "sync_failed"}) == 5
