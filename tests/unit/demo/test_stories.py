"""The open tickets of the demo: sixty of them, each about an order that fits its story, at any hour of the day."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from desk.demo.data import demo_people
from desk.demo.shop import make_shop
from desk.demo.stories import PICKS, Seen, Story, open_stories
from desk.domain.choices import misfit
from desk.domain.tickets import Channel, Kind
from desk.wire.policy_seed import load_seed

pytestmark = pytest.mark.turns(2)

ANCHOR = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


@cache
def stories_at(now: datetime) -> tuple[Story, ...]:
    return open_stories(make_shop(now), now)


@pytest.mark.parametrize("now", [ANCHOR, ANCHOR.replace(hour=18)])  # 14:30 and 02:30 at the shop
def test_sixty_tickets_about_sixty_orders(now: datetime):
    stories = [story for story in stories_at(now) if all(deed.act != "close" for deed in story.deeds)]
    assert len(stories) == len({story.sale.number for story in stories}) == 60
    requests = [story.requests[0] for story in stories]
    assert {request.channel for request in requests} == set(Channel)
    assert {request.kind for request in requests} == set(Kind)
    ages = sorted(now - request.asked_at for request in requests)
    assert ages[0] < timedelta(minutes=2)
    assert any(timedelta(minutes=13) < age < timedelta(minutes=15) for age in ages)  # nearly due
    assert any(len(story.requests) > 1 for story in stories)  # chased


def test_the_orders_fit_the_stories():
    stories = stories_at(ANCHOR)
    by_reason = Counter(story.requests[0].type for story in stories)
    assert by_reason["logistics"] > by_reason["system"]
    stalled = [story for story in stories if story.requests[0].subtype == "trace_stalled"]
    assert all(PICKS["stalled"](Seen(story.sale, story.sale.at(ANCHOR).order, ANCHOR)) for story in stalled)


def test_every_request_is_one_that_the_policy_knows():
    policy = load_seed()
    for story in stories_at(ANCHOR):
        for request in story.requests:
            about = {"reason": request.reason, "type_key": request.type, "subtype": request.subtype}
            assert misfit(policy, Kind(request.kind), **about) is None


def test_colleagues_do_what_their_desk_offers():
    policy = load_seed()
    logins = {person.login for person in demo_people()}
    templates = {template.key for template in policy.messages.templates}
    moods = {mood.key for mood in policy.tickets.moods}
    causes = {cause.key for cause in policy.compensation.causes}
    for story in stories_at(ANCHOR):
        for deed in story.deeds:
            assert deed.login in logins
            match deed.act:
                case "say":
                    assert deed.facts[0] in templates
                case "mood":
                    assert deed.facts[0] in moods
                case "give":
                    assert deed.facts[2] in causes
