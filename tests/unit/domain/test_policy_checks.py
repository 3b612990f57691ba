"""A policy that contradicts itself is never published: each fault is found, and named where it stands."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from desk.domain.commands import PublishPolicy
from desk.domain.decisions import Refused
from desk.domain.people import Level, Team
from desk.domain.policy import Policy
from desk.domain.policy_checks import check, teams_named
from desk.wire.codec import policy_from_plain, to_plain
from tests.helpers.cases import World, make_actor, seed_policy

ADMIN = make_actor("admin", Level.ADMIN)
Edit = Callable[[dict[str, Any]], None]


def edited(edit: Edit) -> Policy:
    document = copy.deepcopy(to_plain(seed_policy()))
    edit(document)
    return policy_from_plain(document)


def put(path: str, value: Any) -> Edit:
    """Sets one value; list items are named by position."""

    def edit(document: dict[str, Any]) -> None:
        at: Any = document
        *steps, last = path.split("/")
        for step in steps:
            at = at[int(step)] if isinstance(at, list) else at[step]
        at[int(last) if isinstance(at, list) else last] = value

    return edit


def twice(path: str) -> Edit:
    def edit(document: dict[str, Any]) -> None:
        at: Any = document
        for step in path.split("/"):
            at = at[step]
        at.append(at[0])

    return edit


FAULTS: list[tuple[Edit, str, str]] = [
    (put("tickets/moods/0/names/en", " "), "tickets.moods.calm.names", "language_missing: en"),
    (put("messages/templates/0/texts", {"zh": "x"}), "messages.templates.unreachable.texts", "language_missing: en"),
    (twice("tiers"), "tiers", "key_twice: new"),
    (put("tickets/outcomes/0/key", ""), "tickets.outcomes", "key_empty"),
    (put("tickets/calendar/timezone", "Asia/Peking2"), "tickets.calendar.timezone", "timezone_unknown: Asia/Peking2"),
    (put("tickets/calendar/opens", "8:00"), "tickets.calendar.opens", "not_a_time"),
    (put("tickets/calendar/closes", "25:00"), "tickets.calendar.closes", "not_a_time"),
    (put("tickets/calendar/closes", "07:00"), "tickets.calendar.closes", "closes_before_it_opens"),
    (put("tickets/calendar/days", []), "tickets.calendar.days", "no_weekdays"),
    (put("tickets/calendar/days", [0]), "tickets.calendar.days", "no_weekdays"),
    (put("tickets/calendar/holidays", ["2026-01-01"] * 201), "tickets.calendar.holidays", "too_many_holidays"),
    (lambda d: d["tickets"]["channels"].pop("chat"), "tickets.channels.chat", "channel_missing"),
    (
        put("tickets/channels/app/first_response_minutes", 0),
        "tickets.channels.app.first_response_minutes",
        "not_positive",
    ),
    (put("tickets/channels/app/warn_minutes", 15), "tickets.channels.app.warn_minutes", "warns_too_late"),
    (put("tickets/claim_minutes", 0), "tickets.claim_minutes", "not_positive"),
    (put("tickets/archive_after_hours", -1), "tickets.archive_after_hours", "negative"),
    (put("cancellation/waves", ["07:00", "7pm"]), "cancellation.waves", "not_a_time: 7pm"),
    (put("cancellation/waves", ["13:00", "07:00"]), "cancellation.waves", "waves_not_in_order"),
    (
        put("cancellation/closed_before_wave_minutes", -1),
        "cancellation.closed_before_wave_minutes",
        "negative",
    ),
    (put("cancellation/reasons", []), "cancellation.reasons", "no_reasons"),
    (
        put("cancellation/reasons/3/alternatives/0/outcome", "waiting"),
        "cancellation.reasons.too_slow.alternatives.wait",
        "outcome_unknown: waiting",
    ),
    (
        put("restitution/tenders/alipay/arrival_days", [3, 1]),
        "restitution.tenders.alipay.arrival_days",
        "days_not_in_order",
    ),
    (put("restitution/expired_coupon", "keep"), "restitution.expired_coupon", "unknown: keep"),
    (put("compensation/offers/0/units", 0), "compensation.offers.coupon_5.units", "not_positive"),
    (
        put("compensation/offers/6/cost_per_unit", None),
        "compensation.offers.gift_small.cost_per_unit",
        "gift_without_cost",
    ),
    (
        put("compensation/points_per_minor_unit", {"USD": 1, "JPY": 1}),
        "compensation.offers.points_500",
        "points_without_rate: CNY",
    ),
    (
        put("compensation/points_per_minor_unit/CNY", 0),
        "compensation.points_per_minor_unit.CNY",
        "not_positive",
    ),
    (put("compensation/order_cap/CNY", -1), "compensation.order_cap.CNY", "negative"),
    (put("parcels/silent_hours", 0), "parcels.silent_hours", "not_positive"),
    (put("cancellation/auto_path_seconds", 0), "cancellation.auto_path_seconds", "not_positive"),
    (put("passwords/min_length", 7), "passwords.min_length", "not_between: 8 64"),
    (put("passwords/code_hours", 0), "passwords.code_hours", "not_between: 1 336"),
    (put("audit/look_up_days", 0), "audit.look_up_days", "not_positive"),
    (put("audit/access_days", 0), "audit.access_days", "not_positive"),
    (put("compensation/customer_period_days", 0), "compensation.customer_period_days", "not_positive"),
    (put("compensation/levels/agent/CNY/approve", -1), "compensation.levels.agent.CNY", "negative"),
    (put("compensation/levels/agent/CNY/per_grant", 20001), "compensation.levels.agent.CNY", "grant_above_day"),
    (
        put("compensation/levels/senior/CNY/per_grant", 30000),
        "compensation.levels.senior.CNY.per_grant",
        "above_supervisor",
    ),
    (put("approvals/escalate_seconds", 0), "approvals", "not_positive"),
    (put("approvals/ladder", []), "approvals.ladder", "ladder_empty"),
    (put("approvals/ladder", ["manager", "senior"]), "approvals.ladder", "ladder_not_in_order"),
    (put("approvals/ladder", ["agent"]), "approvals.ladder", "may_not_decide: agent"),
    (put("approvals/ladder", ["agent"]), "approvals.ladder", "approves_nothing: agent"),
    (put("exceptions/0/subtypes", []), "exceptions.payment", "no_subtypes"),
    (put("exceptions/0/causes", []), "exceptions.payment", "no_causes"),
    (put("messages/templates/0/acts", []), "messages.templates.unreachable.acts", "no_acts"),
    (put("messages/templates/0/verdicts", ["maybe"]), "messages.templates.unreachable", "verdict_unknown: maybe"),
    (put("messages/templates/0/moments", ["never"]), "messages.templates.unreachable", "moment_unknown: never"),
    (put("messages/templates/0/reasons", ["why"]), "messages.templates.unreachable", "reason_unknown: why"),
    (put("messages/templates/0/types", ["what"]), "messages.templates.unreachable", "type_unknown: what"),
    (
        put("messages/templates/0/texts/en", "Dear {name}"),
        "messages.templates.unreachable.texts.en",
        "placeholder_unknown: name",
    ),
    (
        put("messages/templates/0/texts/en", "Dear {customer"),
        "messages.templates.unreachable.texts.en",
        "brace_alone",
    ),
    (
        put("messages/templates/0/texts/en", "Calm down, {customer}"),
        "messages.templates.unreachable.texts.en",
        "forbidden_word: calm down",
    ),
    (
        put("messages/verdict_reasons/maybe", {"zh": "x", "en": "y"}),
        "messages.verdict_reasons",
        "verdict_unknown: maybe",
    ),
    (put("permissions/agent", ["FlyAway"]), "permissions.agent", "command_unknown: FlyAway"),
    (put("permissions/admin", []), "permissions.admin", "nobody_could_publish_again"),
    (put("automatic/received", "hello"), "automatic.received", "template_unknown: hello"),
    (put("automatic/received", "exception_progress"), "automatic.received", "needs_a_person: exception_progress"),
    (put("automatic/language", "fr"), "automatic.language", "unknown: fr"),
    (put("automatic/result", "fine"), "automatic.result", "unknown: fine"),
    (put("effect_teams/explode", "hotline"), "effect_teams", "effect_unknown: explode"),
]


@pytest.mark.parametrize(("edit", "where", "what"), FAULTS, ids=[f"{where}:{what}" for _, where, what in FAULTS])
def test_each_fault_is_found_where_it_stands(edit: Edit, where: str, what: str) -> None:
    def with_a_known_first_template(document: dict[str, Any]) -> None:
        templates = document["messages"]["templates"]
        templates.sort(key=lambda template: template["key"], reverse=True)
        edit(document)

    assert (where, what) in {(problem.where, problem.what) for problem in check(edited(with_a_known_first_template))}


def test_promises_of_one_code_are_kept_one_way() -> None:
    def edit(document: dict[str, Any]) -> None:
        holds = [t for t in document["messages"]["templates"] if any(p["code"] == "hold" for p in t["promises"])]
        holds[-1]["promises"][0]["kept_by"] = []

    assert "kept_otherwise_elsewhere: hold" in {problem.what for problem in check(edited(edit))}


def test_a_policy_is_published_under_the_next_version_if_its_teams_exist() -> None:
    world = World()
    decision = world.do(PublishPolicy, ADMIN, document=world.policy)
    assert isinstance(decision, Refused)
    assert decision.code == "policy_invalid"
    unknown = {problem.what for problem in check(world.policy, [team.id for team in world.all(Team)])}
    assert unknown == {"team_unknown: logistics", "team_unknown: tech", "team_unknown: purchasing"}
    world.keep(*(Team(id=team, names={}) for team in teams_named(world.policy)))
    (published,) = world.accept(PublishPolicy, ADMIN, document=world.policy).changes
    assert published.policy.version == published.version == world.policy.version + 1  # type: ignore[attr-defined]


def test_two_administrators_do_not_undo_each_other() -> None:
    world = World()
    stale = edited(put("version", 0))
    assert world.refuse(PublishPolicy, ADMIN, document=stale) == "policy_moved"


def test_an_unsound_policy_is_refused_with_what_is_wrong() -> None:
    world = World()
    world.keep(*(Team(id=team, names={}) for team in teams_named(world.policy)))
    decision = world.do(PublishPolicy, ADMIN, document=edited(put("cancellation/waves", ["13:00", "07:00"])))
    assert isinstance(decision, Refused)
    assert decision.data == {"count": 1, "problems": "cancellation.waves: waves_not_in_order"}
