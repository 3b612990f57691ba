"""A kind of trouble made up for tests, "odd" under "payment": its playbook offers whatever a test wants to try."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk.domain.playbooks import Check, Deed, Option, Subtype, Verb
from desk.domain.policy import BlockReason, Handoff, Policy
from tests.helpers.cases import seed_policy

NAMES = {"zh": "试", "en": "Test"}
KIND: dict[str, Any] = {"type": "payment", "subtype": "odd"}


def option(*deeds: Verb | Deed, key: str = "go", **facts: Any) -> Option:
    """An option that does these."""
    made = tuple(deed if isinstance(deed, Deed) else Deed(do=deed) for deed in deeds)
    return Option(key=key, names=NAMES, deeds=made, **facts)


def with_odd(policy: Policy, *options: Option, checks: tuple[Check, ...] = (), manner: str = "") -> Policy:
    """The policy with that kind of trouble beside the others."""
    odd = Subtype(key="odd", names=NAMES, row=43, owner="hotline", options=options, checks=checks, manner=manner)
    first, *others = policy.exceptions
    return replace(policy, exceptions=(replace(first, subtypes=(odd, *first.subtypes)), *others))


def policy_with(*options: Option, checks: tuple[Check, ...] = ()) -> Policy:
    """The seed with it, a hand-off "claim_carrier" and a block reason "fake"."""
    kinds = (Handoff(key="claim_carrier", names=NAMES, team="warehouse", due_minutes=60),)
    policy = with_odd(seed_policy(), *options, checks=checks)
    return replace(
        policy,
        handoffs=replace(policy.handoffs, kinds=(*kinds, *policy.handoffs.kinds)),
        blocks=(*policy.blocks, BlockReason(key="fake", names=NAMES, days=30)),
    )
