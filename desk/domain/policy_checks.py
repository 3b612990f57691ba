"""What depends on what inside a policy: cross references, caps, languages, calendars. Shapes are checked before."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desk.domain import detection_checks, playbook_checks, tagging_checks
from desk.domain.calendars import clock_time
from desk.domain.commands import COMMANDS
from desk.domain.ledger import EffectKind
from desk.domain.message_facts import FROM_CASE, FROM_PERSON, PLACEHOLDERS
from desk.domain.messages import MOMENTS, PLACEHOLDER, forbidden_in, placeholders
from desk.domain.people import Level
from desk.domain.policy import Calendar, LevelCaps, Policy, PromiseSpec, Template
from desk.domain.prescreen import COLOURS
from desk.domain.tickets import Channel
from desk.domain.wording import LANGUAGES

_MOST_HOLIDAYS = 200
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 64  # between which a policy may set its least length
_LONGEST_CODE_HOURS = 14 * 24
# Grows with the level: who stands higher may give and release at least as much.
_RANKS = (Level.COUNTER, Level.AGENT, Level.SENIOR, Level.SUPERVISOR, Level.MANAGER)


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong (a code, perhaps with the value at fault) and where in the policy."""

    where: str
    what: str


Check = Callable[[Policy], Iterable[Problem]]


def check(policy: Policy, teams: Collection[str] | None = None) -> tuple[Problem, ...]:
    """Every problem, in order of place; none for a policy that may be published. `teams`: those that exist, or None
    where that is not to be checked."""
    found = [problem for one in _CHECKS for problem in one(policy)]
    found += [] if teams is None else _teams(policy, teams)
    return tuple(sorted(set(found)))


def teams_named(policy: Policy) -> tuple[str, ...]:
    """Every team that the policy names."""
    return tuple(sorted({team for _, team in _named_teams(policy)}))


def _teams(policy: Policy, teams: Collection[str]) -> Iterator[Problem]:
    for where, team in _named_teams(policy):
        if team not in teams:
            yield Problem(where, f"team_unknown: {team}")


def _named_teams(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every team named, with the place."""
    yield "default_team", policy.default_team
    for kind in policy.effect_teams:
        yield f"effect_teams.{kind}", policy.effect_teams[kind]
    for handoff in policy.handoffs.kinds:
        yield f"handoffs.kinds.{handoff.key}.team", handoff.team
    for exception in policy.exceptions:
        for subtype in exception.subtypes:
            where = f"exceptions.{exception.key}.subtypes.{subtype.key}"
            yield f"{where}.owner", subtype.owner
            yield from ((f"{where}.checks.{one.key}.team", one.team) for one in subtype.checks if one.team)


# --- the whole tree ----------------------------------------------------------------------------------------------


def _walk(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every dataclass in the policy with the place it stands at."""
    if isinstance(value, str | int):
        return  # most of what there is
    names = getattr(type(value), "__dataclass_fields__", None)
    if names is not None:
        yield where, value
        for name in names:
            yield from _walk(getattr(value, name), f"{where}.{name}".strip("."))
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _walk(part, f"{where}.{key}")
    elif isinstance(value, tuple):
        for index, part in enumerate(value):
            yield from _walk(part, f"{where}.{getattr(part, 'key', index)}")


def _names(policy: Policy) -> Iterator[Problem]:
    """Every name is there in every language."""
    for where, thing in _walk(policy):
        for attribute in ("names", "texts"):
            words = getattr(thing, attribute, None)
            if words is None:
                continue
            for language in LANGUAGES:
                if not words.get(language, "").strip():
                    yield Problem(f"{where}.{attribute}", f"language_missing: {language}")


def _keys(policy: Policy) -> Iterator[Problem]:
    """Keys are said once in their list."""
    lists: dict[str, Iterable[Any]] = {
        "tickets.moods": policy.tickets.moods,
        "tickets.pause_reasons": policy.tickets.pause_reasons,
        "tickets.outcomes": policy.tickets.outcomes,
        "tickets.results": policy.tickets.results,
        "cancellation.reasons": policy.cancellation.reasons,
        "compensation.offers": policy.compensation.offers,
        "compensation.causes": policy.compensation.causes,
        "approvals.denial_reasons": policy.approvals.denial_reasons,
        "handoffs.kinds": policy.handoffs.kinds,
        "blocks": policy.blocks,
        "exceptions": policy.exceptions,
        "messages.templates": policy.messages.templates,
        "tiers": policy.tiers,
        "detection.rules": policy.detection.rules,
    }
    lists |= {f"exceptions.{t.key}.subtypes": t.subtypes for t in policy.exceptions}
    lists |= {f"exceptions.{t.key}.causes": t.causes for t in policy.exceptions}
    for where, things in lists.items():
        keys = [thing.key for thing in things]
        for key in sorted({key for key in keys if keys.count(key) > 1}):
            yield Problem(where, f"key_twice: {key}")
        if "" in keys:
            yield Problem(where, "key_empty")


# --- times -------------------------------------------------------------------------------------------------------


def _clock(text: str) -> bool:
    try:
        clock_time(text)
    except ValueError:
        return False
    return len(text) == len("HH:MM")


def _calendars(policy: Policy) -> Iterator[Problem]:
    for where, calendar in _walk(policy):
        if not isinstance(calendar, Calendar):
            continue
        try:
            ZoneInfo(calendar.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            yield Problem(f"{where}.timezone", f"timezone_unknown: {calendar.timezone}")
        if not _clock(calendar.opens):
            yield Problem(f"{where}.opens", "not_a_time")
        if not (_clock(calendar.closes) or calendar.closes == "24:00"):
            yield Problem(f"{where}.closes", "not_a_time")
        elif calendar.closes <= calendar.opens:
            yield Problem(f"{where}.closes", "closes_before_it_opens")
        if not calendar.days or not set(calendar.days) <= set(range(1, 8)):
            yield Problem(f"{where}.days", "no_weekdays")
        if len(calendar.holidays) > _MOST_HOLIDAYS:
            yield Problem(f"{where}.holidays", "too_many_holidays")


def _channels(policy: Policy) -> Iterator[Problem]:
    tickets = policy.tickets
    for channel in Channel:
        level = tickets.channels.get(channel)
        where = f"tickets.channels.{channel}"
        if level is None:
            yield Problem(where, "channel_missing")
        elif level.first_response_minutes < 1:
            yield Problem(f"{where}.first_response_minutes", "not_positive")
        elif level.warn_minutes is not None and not 0 < level.warn_minutes < level.first_response_minutes:
            yield Problem(f"{where}.warn_minutes", "warns_too_late")
    for name in ("claim_minutes", "progress_update_minutes"):
        if getattr(tickets, name) < 1:
            yield Problem(f"tickets.{name}", "not_positive")
    if tickets.archive_after_hours < 0:
        yield Problem("tickets.archive_after_hours", "negative")


def _cancellation(policy: Policy) -> Iterator[Problem]:
    rules = policy.cancellation
    bad = [wave for wave in rules.waves if not _clock(wave)]
    if bad:
        yield Problem("cancellation.waves", f"not_a_time: {bad[0]}")
    elif list(rules.waves) != sorted(set(rules.waves)):
        yield Problem("cancellation.waves", "waves_not_in_order")
    if min(rules.closed_before_wave_minutes, rules.closed_after_wave_minutes) < 0:
        yield Problem("cancellation.closed_before_wave_minutes", "negative")
    if not rules.reasons:
        yield Problem("cancellation.reasons", "no_reasons")
    for method, tender in policy.restitution.tenders.items():
        least, most = tender.arrival_days
        if not 0 <= least <= most:
            yield Problem(f"restitution.tenders.{method}.arrival_days", "days_not_in_order")
    if policy.restitution.expired_coupon not in ("reissue", "lapse"):
        yield Problem("restitution.expired_coupon", f"unknown: {policy.restitution.expired_coupon}")


def _alternatives(policy: Policy) -> Iterator[Problem]:
    """What is taken instead of a cancel ends a case under an outcome that there is."""
    outcomes = {"", *(outcome.key for outcome in policy.tickets.outcomes)}
    for reason in policy.cancellation.reasons:
        for one in reason.alternatives:
            if one.outcome not in outcomes:
                where = f"cancellation.reasons.{reason.key}.alternatives.{one.key}"
                yield Problem(where, f"outcome_unknown: {one.outcome}")


def _limits(policy: Policy) -> Iterator[Problem]:
    """Numbers that stand alone: each has a range in which it does what it is for."""
    passwords, audit = policy.passwords, policy.audit
    if policy.parcels.silent_hours < 1:
        yield Problem("parcels.silent_hours", "not_positive")
    if policy.cancellation.auto_path_seconds < 1:
        yield Problem("cancellation.auto_path_seconds", "not_positive")
    if not SHORTEST_PASSWORD <= passwords.min_length <= LONGEST_PASSWORD:
        yield Problem("passwords.min_length", f"not_between: {SHORTEST_PASSWORD} {LONGEST_PASSWORD}")
    if not 1 <= passwords.code_hours <= _LONGEST_CODE_HOURS:
        yield Problem("passwords.code_hours", f"not_between: 1 {_LONGEST_CODE_HOURS}")
    for name in ("look_up_days", "access_days"):
        if getattr(audit, name) < 1:
            yield Problem(f"audit.{name}", "not_positive")


# --- money -------------------------------------------------------------------------------------------------------


def _offers(policy: Policy) -> Iterator[Problem]:
    for offer in policy.compensation.offers:
        where = f"compensation.offers.{offer.key}"
        if offer.units < 1:
            yield Problem(f"{where}.units", "not_positive")
        if offer.kind == "gift" and not offer.cost_per_unit:
            yield Problem(f"{where}.cost_per_unit", "gift_without_cost")
        if offer.kind == "points" and not policy.compensation.points_per_minor_unit.get(offer.currency):
            yield Problem(where, f"points_without_rate: {offer.currency}")
    for currency, rate in policy.compensation.points_per_minor_unit.items():
        if rate < 1:
            yield Problem(f"compensation.points_per_minor_unit.{currency}", "not_positive")


def _caps(policy: Policy) -> Iterator[Problem]:
    rules = policy.compensation
    for name in ("order_cap", "customer_cap", "store_day_cap"):
        for currency, cap in getattr(rules, name).items():
            if cap < 0:
                yield Problem(f"compensation.{name}.{currency}", "negative")
    if rules.customer_period_days < 1:
        yield Problem("compensation.customer_period_days", "not_positive")
    for level, by_currency in rules.levels.items():
        for currency, caps in by_currency.items():
            where = f"compensation.levels.{level}.{currency}"
            if min(caps.per_grant, caps.per_day, caps.approve) < 0:
                yield Problem(where, "negative")
            if caps.per_grant > caps.per_day:
                yield Problem(where, "grant_above_day")
    yield from _growing(rules.levels)


def _growing(levels: Mapping[Level, Mapping[str, LevelCaps]]) -> Iterator[Problem]:
    ranked = [level for level in _RANKS if level in levels]
    for lower, higher in pairwise(ranked):
        for currency in sorted(set(levels[lower]) & set(levels[higher])):
            low, high = levels[lower][currency], levels[higher][currency]
            for name in ("per_grant", "per_day", "approve"):
                if getattr(low, name) > getattr(high, name):
                    yield Problem(f"compensation.levels.{lower}.{currency}.{name}", f"above_{higher}")


def _ladder(policy: Policy) -> Iterator[Problem]:
    rules = policy.approvals
    if rules.escalate_seconds < 1 or rules.expire_minutes < 1:
        yield Problem("approvals", "not_positive")
    if not rules.ladder:
        yield Problem("approvals.ladder", "ladder_empty")
    if not _rising(rules.ladder):
        yield Problem("approvals.ladder", "ladder_not_in_order")
    for level in rules.ladder:
        if "DecideApproval" not in policy.permissions.get(level, frozenset()):
            yield Problem("approvals.ladder", f"may_not_decide: {level}")
        if not any(caps.approve for caps in policy.compensation.levels.get(level, {}).values()):
            yield Problem("approvals.ladder", f"approves_nothing: {level}")


def _handoffs(policy: Policy) -> Iterator[Problem]:
    """What is asked of a team is due some time, and who is told when nothing comes stands higher each time."""
    rules = policy.handoffs
    for kind in rules.kinds:
        if kind.due_minutes < 1:
            yield Problem(f"handoffs.kinds.{kind.key}.due_minutes", "not_positive")
    if rules.escalate_minutes < 1:
        yield Problem("handoffs.escalate_minutes", "not_positive")
    if not _rising(rules.ladder):
        yield Problem("handoffs.ladder", "ladder_not_in_order")
    for reason in policy.blocks:
        if reason.days < 0:
            yield Problem(f"blocks.{reason.key}.days", "negative")


def _escalations(policy: Policy) -> Iterator[Problem]:
    """Nobody takes a ticket: who is told stands higher each time, and is told later."""
    steps = {"handoffs.tickets": policy.handoffs.tickets}
    for kind_of in policy.exceptions:
        for subtype in kind_of.subtypes:
            steps[f"exceptions.{kind_of.key}.subtypes.{subtype.key}.escalation"] = subtype.escalation
    for where, told in steps.items():
        minutes = [step.after_minutes for step in told]
        if minutes != sorted(set(minutes)) or min(minutes, default=1) < 1:
            yield Problem(where, "minutes_not_in_order")
        if not _rising(tuple(step.level for step in told)):
            yield Problem(where, "ladder_not_in_order")


def _rising(levels: tuple[Level, ...]) -> bool:
    ranks = [_RANKS.index(level) if level in _RANKS else -1 for level in levels]
    return ranks == sorted(set(ranks)) and -1 not in ranks


# --- words and people --------------------------------------------------------------------------------------------


def _exceptions(policy: Policy) -> Iterator[Problem]:
    for kind in policy.exceptions:
        if not kind.subtypes:
            yield Problem(f"exceptions.{kind.key}", "no_subtypes")
        if not kind.causes:
            yield Problem(f"exceptions.{kind.key}", "no_causes")


def _messages(policy: Policy) -> Iterator[Problem]:
    promised: dict[str, PromiseSpec] = {}
    for template in policy.messages.templates:
        where = f"messages.templates.{template.key}"
        yield from _template(policy, template, where)
        for spec in template.promises:
            first = promised.setdefault(spec.code, spec)
            if spec.minutes < 1:
                yield Problem(f"{where}.promises", "not_positive")
            if bool(first.kept_by) != bool(spec.kept_by):
                yield Problem(f"{where}.promises", f"kept_otherwise_elsewhere: {spec.code}")
    for verdict in policy.messages.verdict_reasons:
        if verdict not in COLOURS:
            yield Problem("messages.verdict_reasons", f"verdict_unknown: {verdict}")


def _automatic(policy: Policy) -> Iterator[Problem]:
    rules = policy.automatic
    templates = {template.key: template for template in policy.messages.templates}
    for name in ("received", "cancelled_unpaid", "cancelled_refunded"):
        key = getattr(rules, name)
        if key and key not in templates:
            yield Problem(f"automatic.{name}", f"template_unknown: {key}")
        elif key and (FROM_PERSON - FROM_CASE) & set(placeholders(templates[key].texts.get(rules.language, ""))):
            yield Problem(f"automatic.{name}", f"needs_a_person: {key}")
    if rules.language not in LANGUAGES:
        yield Problem("automatic.language", f"unknown: {rules.language}")
    if rules.result and rules.result not in {result.key for result in policy.tickets.results}:
        yield Problem("automatic.result", f"unknown: {rules.result}")


def _template(policy: Policy, template: Template, where: str) -> Iterator[Problem]:
    if not template.acts:
        yield Problem(f"{where}.acts", "no_acts")
    known: dict[str, tuple[tuple[str, ...], Collection[str]]] = {
        "reason": (template.reasons, {reason.key for reason in policy.cancellation.reasons}),
        "verdict": (template.verdicts, set(COLOURS)),
        "type": (template.types, {kind.key for kind in policy.exceptions}),
        "moment": (template.moments, MOMENTS),
    }
    for name, (given, allowed) in known.items():
        for key in given:
            if key not in allowed:
                yield Problem(where, f"{name}_unknown: {key}")
    for language, text in template.texts.items():
        for placeholder in placeholders(text):
            if placeholder not in PLACEHOLDERS:
                yield Problem(f"{where}.texts.{language}", f"placeholder_unknown: {placeholder}")
        if "{" in (rest := PLACEHOLDER.sub("", text)) or "}" in rest:
            yield Problem(f"{where}.texts.{language}", "brace_alone")
        for word in forbidden_in(text, policy.messages.forbidden.get(language, ())):
            yield Problem(f"{where}.texts.{language}", f"forbidden_word: {word}")


def _permissions(policy: Policy) -> Iterator[Problem]:
    names = {name for name, _ in COMMANDS}
    for level, allowed in policy.permissions.items():
        for command in sorted(allowed - names):
            yield Problem(f"permissions.{level}", f"command_unknown: {command}")
    if "PublishPolicy" not in policy.permissions.get(Level.ADMIN, frozenset()):
        yield Problem("permissions.admin", "nobody_could_publish_again")
    for kind in policy.effect_teams:
        if kind not in set(EffectKind):
            yield Problem("effect_teams", f"effect_unknown: {kind}")


def _playbooks(policy: Policy) -> Iterator[Problem]:
    for where, what in playbook_checks.faults(policy):
        yield Problem(where, what)


def _detection(policy: Policy) -> Iterator[Problem]:
    for where, what in detection_checks.faults(policy):
        yield Problem(where, what)


def _intake(policy: Policy) -> Iterator[Problem]:
    for where, what in tagging_checks.faults(policy):
        yield Problem(where, what)


_CHECKS: tuple[Check, ...] = (
    _names,
    _keys,
    _calendars,
    _channels,
    _cancellation,
    _limits,
    _alternatives,
    _offers,
    _caps,
    _ladder,
    _handoffs,
    _escalations,
    _exceptions,
    _messages,
    _automatic,
    _playbooks,
    _detection,
    _intake,
    _permissions,
)
