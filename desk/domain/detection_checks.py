"""What has to fit in the detection part of a policy: rules that there are, limits they know, sub-types and words."""

from __future__ import annotations

from collections.abc import Iterator

from desk.domain.detection import RULES, limit_names
from desk.domain.detection_policy import SPANS, DetectionRule
from desk.domain.policy import Policy
from desk.domain.wording import LANGUAGES

_LONGEST_DAYS = 3660
_LONGEST_SETTLING = 3600


def faults(policy: Policy) -> Iterator[tuple[str, str]]:
    """(where, what) of every fault."""
    rules = policy.detection
    subtypes = {subtype.key for kind in policy.exceptions for subtype in kind.subtypes}
    for rule in rules.rules:
        where = f"detection.rules.{rule.key}"
        if rule.key not in RULES:
            yield where, "rule_unknown"
            continue
        if rule.subtype not in subtypes:
            yield f"{where}.subtype", f"subtype_unknown: {rule.subtype}"
        yield from _limits(rule, f"{where}.limits")
    if not 1 <= rules.oldest_days <= _LONGEST_DAYS:
        yield "detection.oldest_days", "not_between: 1 3660"
    if not 0 <= rules.settle_seconds <= _LONGEST_SETTLING:
        yield "detection.settle_seconds", f"not_between: 0 {_LONGEST_SETTLING}"
    if rules.rules:
        yield from _words(policy)
    if not policy.contacts.regions:
        yield "contacts.regions", "no_regions"


def _limits(rule: DetectionRule, where: str) -> Iterator[tuple[str, str]]:
    known = limit_names(rule.key)
    for name, value in rule.limits.items():
        if name not in known:
            yield where, f"limit_unknown: {name}"
        elif value < RULES[rule.key].counts.get(name, 0):
            yield f"{where}.{name}", "too_small"
        elif name in SPANS and value > _LONGEST_DAYS * 24 * 60:
            yield f"{where}.{name}", "too_large"
    for name in RULES[rule.key].counts:
        if name not in rule.limits:
            yield where, f"limit_missing: {name}"
    if RULES[rule.key].waits and not any(rule.limits.get(name, 0) > 0 for name in SPANS):
        yield where, "does_not_wait"


def _words(policy: Policy) -> Iterator[tuple[str, str]]:
    rules = policy.detection
    if rules.outcome not in {outcome.key for outcome in policy.tickets.outcomes}:
        yield "detection.outcome", f"outcome_unknown: {rules.outcome}"
    if rules.result not in {result.key for result in policy.tickets.results}:
        yield "detection.result", f"unknown: {rules.result}"
    if rules.language not in LANGUAGES:
        yield "detection.language", f"unknown: {rules.language}"
    for name in ("process", "feedback"):
        if not getattr(rules, name).get(rules.language, "").strip():
            yield f"detection.{name}", f"language_missing: {rules.language}"
