"""A commit is told from memory just as the tables tell it: to its own process unasked, to others by the feed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import closing

import pytest

from desk.central.commits import Made, load_commits
from desk.central.engine import open_engine
from desk.central.erasure import erase_customer
from desk.central.feed import Feed
from desk.central.policies import in_force, publish
from desk.central.service import make_service
from desk.domain.people import Level
from tests.contract.test_centre_feed import open_ticket
from tests.helpers.centre import World


@pytest.fixture
def told(centre: World) -> Iterator[list[Made]]:
    """What was told of each commit."""
    made: list[Made] = []
    centre.service.store.on_commit.append(made.append)
    yield made
    centre.service.store.on_commit.remove(made.append)


def test_what_is_told_of_a_commit_is_what_the_tables_say(centre: World, told: list[Made]):
    """Orders, words, money asked for, a team that is left, a new policy, an erasure: row for row the same."""
    before = centre.service.store.head_now().n
    centre.person("wangfang")
    centre.person("admin", Level.ADMIN)
    desk = centre.desk("wangfang")
    ticket = open_ticket(centre, desk, "20260001")
    desk.do("ClaimTicket", ticket_id=ticket)
    asked = {"kind": "goodwill", "units": 4000, "cause": "waiting", "sequence": 1, "tender_id": "t1"}
    assert desk.do("GrantCompensation", order_id="o-20260001", ticket_id=ticket, **asked)["status"] == "applied"
    desk.do("HandOver", ticket_id=ticket, team="warehouse", words="你好 “ok”\u2028")
    publish(centre.service, in_force(centre.service), "admin", "as it was")
    erase_customer(centre.service, "c-20260001")

    with centre.service.store.reading() as connection:
        stored = load_commits(connection, before, 1000)
    assert len(stored) > 7
    assert [one.commit for one in told] == stored
    assert all(one.previous == earlier.commit.h for one, earlier in zip(told[1:], told, strict=False))
    assert {"order", "ticket"} <= frozenset().union(*(one.kinds for one in told))


def test_a_feed_takes_what_follows_and_asks_for_the_rest(centre: World, told: list[Made], database_url: str, tmp_path):
    """Whatever comes between, by another process or in another order, the feed ends with every commit once."""
    feed = Feed(centre.service.store, centre.service.masks)
    centre.order("20260001")
    assert feed.take(told[-1]) is None, "it knows nothing yet"
    feed.refresh()

    centre.order("20260002")
    assert feed.take(told[-1]) == told[-1].commit.touches
    assert feed.take(told[-1]) is None, "not twice"
    assert feed.refresh() == frozenset(), "it has everything"

    with closing(make_service(open_engine(database_url), tmp_path / "elsewhere")) as other:
        between = World(other, centre.client, centre.clock, tmp_path)
        between.rng.seed(99)
        between.order("20260003")
    centre.order("20260004")
    assert feed.take(told[-1]) is None, "one came between"
    feed.refresh()
    assert feed.newest == centre.service.store.head_now().n

    forged = dataclasses.replace(told[-1], previous="0" * 64)
    centre.order("20260005")
    assert feed.take(dataclasses.replace(told[-1], previous=forged.previous)) is None, "another history"
    assert feed.take(told[-1]) is not None
