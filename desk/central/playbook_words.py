"""What to do about a fault of a policy or playbook: one sentence for whoever writes the file, where there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches

from desk.domain.facts import FACTS, NUMBERS, FactKind
from desk.domain.message_facts import PLACEHOLDERS
from desk.domain.messages import MOMENTS
from desk.domain.option_inputs import INPUTS
from desk.domain.policy import Policy

_MOST_LISTED = 12


def what_to_do(policy: Policy, what: str, teams: Iterable[str] = ()) -> str:
    """The sentence for the fault `code: value`; empty where the code says it all."""
    code, _, value = what.partition(": ")
    known = _KNOWN.get(code)
    if known is not None:
        return _pick(value.split(" ")[0], teams if code == "team_unknown" else known(policy))
    if code == "value_of_wrong_kind":
        return _of_kind(*value.split(" "))
    return _SENTENCES.get(code, "").format(value=value)


def _pick(value: str, known: Iterable[str]) -> str:
    names = sorted(set(known))
    near = get_close_matches(value, names, 1)
    if near:
        return f"did you mean {near[0]}?"
    if not names:
        return "there is none"
    return f"one of {', '.join(names)}" if len(names) <= _MOST_LISTED else f"none of the {len(names)} that there are"


def _of_kind(fact: str, kind: str) -> str:
    if kind == FactKind.FLAG:
        return f"{fact} is true or false"
    if kind in NUMBERS:
        return f"{fact} is a whole number ({kind})" + (", minor units" if kind == FactKind.MONEY else "")
    return f"{fact} is a text in quotes"


_KNOWN: Mapping[str, Callable[[Policy], Iterable[str]]] = {
    "fact_unknown": lambda policy: FACTS,
    "input_unknown": lambda policy: INPUTS,
    "placeholder_unknown": lambda policy: PLACEHOLDERS,
    "moment_unknown": lambda policy: MOMENTS,
    "item_unknown": lambda policy: (one.key for one in (*policy.handoffs.kinds, *policy.blocks)),
    "offer_unknown": lambda policy: (offer.key for offer in policy.compensation.offers),
    "outcome_unknown": lambda policy: (outcome.key for outcome in policy.tickets.outcomes),
    "template_unknown": lambda policy: (template.key for template in policy.messages.templates),
    "cause_unknown": lambda policy: (cause.key for kind in policy.exceptions for cause in kind.causes),
    "subtype_unknown": lambda policy: (sub.key for kind in policy.exceptions for sub in kind.subtypes),
    "tier_unknown": lambda policy: (tier.key for tier in policy.tiers),
    "team_unknown": lambda policy: (),
}
_SENTENCES: Mapping[str, str] = {
    "not_a_number": "above, at_least, below and at_most compare numbers: use is or is_not",
    "not_comparable": "two facts are compared only where both are of one kind (docs/playbooks.md)",
    "value_unknown": "this fact never has the value {value}: see docs/playbooks.md",
    "item_not_used": "only task and block name an item or days: leave it out",
    "input_needed": "put one of {value} into the option's inputs: it has to be known where to",
    "template_misfit": "{value} is for another type or sub-type: write it into this file or take one that fits",
    "script_without_act": "{value} does not do this act: add the act to the template or move it",
    "act_without_script": "give at least one template that does this act",
    "does_nothing": "give it deeds, or a template that is said",
    "money_twice": "one option moves money once: make two options of it",
    "asked_otherwise_elsewhere": "another playbook asks something else under this key: take another key",
    "language_missing": "say it in zh and in en",
    "key_twice": "{value} is there twice: give one of them another key",
    "forbidden_word": "{value} blames or brushes off (messages.forbidden): say it another way",
    "manner_unknown": "deviates or stalled",
    "minutes_not_in_order": "each step comes later than the one before",
    "ladder_not_in_order": "each step tells a higher level than the one before: senior, supervisor, manager",
    "level_works_no_tickets": "admin and system do not work on tickets",
}
