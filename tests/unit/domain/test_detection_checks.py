"""Rules of detection that cannot be are named where they stand, before they are published."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.domain.detection_policy import DetectionRule
from desk.domain.policy import Policy
from desk.domain.policy_checks import check
from tests.helpers.cases import seed_policy


def with_rule(**changed: Any) -> Policy:
    """The seed policy, its first waiting rule changed."""
    policy = seed_policy()
    rule = next(rule for rule in policy.detection.rules if rule.key == "paid_not_updated")
    rules = tuple(replace(rule, **changed) if one is rule else one for one in policy.detection.rules)
    return replace(policy, detection=replace(policy.detection, rules=rules))


def with_detection(**changed: Any) -> Policy:
    policy = seed_policy()
    return replace(policy, detection=replace(policy.detection, **changed))


HERE = "detection.rules.paid_not_updated"


@pytest.mark.parametrize(
    ("policy", "where", "what"),
    [
        (with_rule(key="paid_not_upgraded"), "detection.rules.paid_not_upgraded", "rule_unknown"),
        (with_rule(subtype="nothing"), f"{HERE}.subtype", "subtype_unknown: nothing"),
        (with_rule(limits={"minutes": 10, "weeks": 1}), f"{HERE}.limits", "limit_unknown: weeks"),
        (with_rule(limits={"minutes": -1, "days": 1}), f"{HERE}.limits.minutes", "too_small"),
        (with_rule(limits={"minutes": 10**9}), f"{HERE}.limits.minutes", "too_large"),
        (with_rule(limits={}), f"{HERE}.limits", "does_not_wait"),
        (with_rule(names={"zh": "有"}), f"{HERE}.names", "language_missing: en"),
        (with_detection(oldest_days=0), "detection.oldest_days", "not_between: 1 3660"),
        (with_detection(settle_seconds=-1), "detection.settle_seconds", "not_between: 0 3600"),
        (with_detection(outcome="vanished"), "detection.outcome", "outcome_unknown: vanished"),
        (with_detection(result="vanished"), "detection.result", "unknown: vanished"),
        (with_detection(language="fr"), "detection.language", "unknown: fr"),
        (with_detection(process={}), "detection.process", "language_missing: zh"),
    ],
)
def test_what_is_wrong_is_named(policy: Policy, where: str, what: str):
    assert (where, what) in {(problem.where, problem.what) for problem in check(policy)}


def test_a_rule_over_several_orders_says_of_how_many():
    policy = seed_policy()
    crowd = DetectionRule(key="same_phone", names={"zh": "有", "en": "a"}, subtype="fake_order", limits={"hours": 1})
    rules = tuple(crowd if rule.key == "same_phone" else rule for rule in policy.detection.rules)
    problems = check(replace(policy, detection=replace(policy.detection, rules=rules)))
    assert "limit_missing: orders" in {problem.what for problem in problems}


def test_a_rule_that_stands_twice_is_named():
    policy = seed_policy()
    twice = (*policy.detection.rules, policy.detection.rules[0])
    problems = check(replace(policy, detection=replace(policy.detection, rules=twice)))
    assert f"key_twice: {twice[0].key}" in {problem.what for problem in problems}


def test_without_rules_nothing_is_looked_for():
    assert check(with_detection(rules=())) == ()
