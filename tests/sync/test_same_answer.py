"""1,000 generated cases: what a desk answers from its replica is what the centre answers, or the desk asks the centre.

The cases are written over HTTP into PostgreSQL by people at five desks, by other systems and the centre's own jobs, and
pulled into real replicas. After every wave of acts one question is put on each order: a random command by somebody of a
desk, to the desk's book and to the centre's, at the same feed position and time. SAME_ANSWER_CASES asks fewer or more.

A run plays one of the four worlds or a third of the fields, by turns, others each day; `make proofs` (PROOFS=1)
plays all.

That the comparison can fail is shown on scenes written by hand: there every field that rules read decides some answer,
and a desk that does not load it is found out.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator

import pytest

from desk.domain.case import KINDS as DOCUMENTS
from tests.helpers import postgres
from tests.helpers.answers.forgetting import paths_of
from tests.helpers.answers.lived import Lived, live_through
from tests.helpers.answers.scene import Scene
from tests.helpers.answers.scenes import played
from tests.helpers.answers.summary import PROPERTY
from tests.helpers.answers.unread import UNREAD
from tests.helpers.todays import of_today

CASES = int(os.environ.get("SAME_ANSWER_CASES", "1000"))
WORLDS, WAVES = 4, 7
ORDERS = math.ceil(CASES / WORLDS / WAVES)
KINDS = tuple(sorted(DOCUMENTS))
FIELDS = [path for kind in KINDS for path in paths_of(kind)]
READ = ["private.name", "private.title", *(path for path in FIELDS if path not in UNREAD)]

PLAYED = [world for world in of_today([0, None, 1, None, 2, None, 3, None], 2 * WORLDS) if world is not None]
ON_STAGE = bool(of_today([False, True], 2)[-1])  # scenes on the days between
FORGOTTEN = of_today(READ, 3) if ON_STAGE else []

# One worker lives through each world, whatever the number of tests on it.
worlds = pytest.mark.parametrize(
    "world",
    [pytest.param(one, marks=pytest.mark.xdist_group(f"same-answer-{one}"), id=f"world{one}") for one in PLAYED],
    indirect=True,
)
on_stage = pytest.mark.xdist_group("same-answer-scenes")


@pytest.fixture(scope="module")
def world(request: pytest.FixtureRequest, pg_server: str, tmp_path_factory: pytest.TempPathFactory) -> Lived:
    with postgres.database(pg_server) as url:
        return live_through(url, tmp_path_factory.mktemp("world"), request.param, ORDERS, WAVES)


@pytest.fixture(scope="module")
def scene(pg_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with postgres.database(pg_server) as url, played(url, tmp_path_factory.mktemp("scene")) as found:
        yield found


@worlds
def test_no_desk_ever_says_otherwise_than_the_centre(world: Lived, record_property: Callable[[str, object], None]):
    record_property(PROPERTY, world.findings.told())
    assert not world.findings.wrong, "\n".join(world.findings.wrong[:5])
    assert world.findings.asked.total() == ORDERS * WAVES


@worlds
def test_a_verdict_is_what_the_desk_had_said(world: Lived):
    assert not world.unlike, "\n".join(world.unlike)


@worlds
def test_desks_do_not_just_ask_the_centre_and_cases_are_not_all_alike(world: Lived):
    found, asked = world.findings, world.findings.asked.total()
    assert found.left_to_centre.total() < 0.35 * asked
    assert found.kinds["Accepted"] > 0.2 * asked
    assert found.kinds["Refused"] > 0.2 * asked
    assert len(found.codes) > 0.15 * asked


@worlds
def test_replicas_pulled_piece_by_piece_are_what_a_fresh_desk_is_given(world: Lived):
    assert world.adrift == []


@on_stage
@pytest.mark.parametrize("path", FORGOTTEN)
def test_a_replica_that_does_not_load_a_field_is_found_out(scene: Scene, path: str):
    assert scene.without(path), (
        f"forgetting {path} changes no answer: let a scene turn on it (tests/helpers/answers/scenes.py), "
        "or say in unread.py what it is for"
    )


@on_stage
@pytest.mark.skipif(not ON_STAGE, reason="its turn is tomorrow")
def test_what_is_said_to_be_unread_changes_no_answer(scene: Scene):
    assert set(UNREAD) <= set(FIELDS)
    assert {path: found for path in of_today(sorted(UNREAD), 4) if (found := scene.without(path))} == {}
