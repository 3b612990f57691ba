"""What has to fit in a playbook: facts and comparisons, what its options do, ask, give and say, and its scripts.

A fault is a place and a code, perhaps with the value at fault; central.playbook_words says what to do about each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from desk.domain.conditions import ORDERING
from desk.domain.facts import FACTS, NUMBERS, FactKind, FactSpec
from desk.domain.messages import forbidden_in
from desk.domain.option_inputs import CONTACT, INPUTS
from desk.domain.order_stages import Manner
from desk.domain.orders import OrderState
from desk.domain.people import Level
from desk.domain.playbooks import Check, Condition, Deed, Op, Option, Subtype, Verb
from desk.domain.policy import ExceptionType, Policy, Template
from desk.domain.tickets import Act

Fault = tuple[str, str]  # where in the policy, what
_NEEDS_ITEM = {Verb.TASK: "handoffs.kinds", Verb.BLOCK: "blocks"}
_NEEDS_CONTACT = frozenset({Verb.CHANGE_CONTACT, Verb.REDIRECT})
_WITHOUT_VALUE = frozenset({Op.KNOWN, Op.UNKNOWN})
_LONGEST_BLOCK_DAYS = 3660


def faults(policy: Policy) -> Iterator[Fault]:
    """Every fault of every playbook, of what their templates are for, and of policy.facts."""
    for kind in policy.exceptions:
        yield from _causes(policy, kind)
        for subtype in kind.subtypes:
            yield from _subtype(policy, kind, subtype, f"exceptions.{kind.key}.subtypes.{subtype.key}")
    yield from _same_question(policy)
    yield from _templates(policy)
    yield from _facts(policy)


def _causes(policy: Policy, kind: ExceptionType) -> Iterator[Fault]:
    """What is said of a cause to a customer is said in every language, and blames nobody."""
    for cause in kind.causes:
        where = f"exceptions.{kind.key}.causes.{cause.key}.says"
        for language in cause.names if cause.says else ():
            words = cause.says.get(language, "")
            if not words.strip():
                yield where, f"language_missing: {language}"
            for word in forbidden_in(words, policy.messages.forbidden.get(language, ())):
                yield f"{where}.{language}", f"forbidden_word: {word}"


def _subtype(policy: Policy, kind: ExceptionType, subtype: Subtype, where: str) -> Iterator[Fault]:
    yield from _twice(f"{where}.checks", [check.key for check in subtype.checks])
    yield from _twice(f"{where}.options", [option.key for option in subtype.options])
    if subtype.manner and subtype.manner not in set(Manner):
        yield f"{where}.manner", f"manner_unknown: {subtype.manner}"
    yield from _strange(f"{where}.causes", "cause_unknown", subtype.causes, (cause.key for cause in kind.causes))
    for check in subtype.checks:
        yield from _check(policy, check, f"{where}.checks.{check.key}")
    for option in subtype.options:
        yield from _option(policy, kind, subtype, option, f"{where}.options.{option.key}")
    yield from _scripts(policy, kind, subtype, f"{where}.scripts")


def _check(policy: Policy, check: Check, where: str) -> Iterator[Fault]:
    yield from _conditions(policy, check.expects, f"{where}.expects")
    yield from _strange(f"{where}.shows", "fact_unknown", check.shows, FACTS)


# --- conditions --------------------------------------------------------------------------------------------------


def _conditions(policy: Policy, conditions: Iterable[Condition], where: str) -> Iterator[Fault]:
    for index, condition in enumerate(conditions):
        yield from _condition(policy, condition, f"{where}.{index}")


def _condition(policy: Policy, condition: Condition, where: str) -> Iterator[Fault]:
    spec = FACTS.get(condition.fact)
    if spec is None:
        yield f"{where}.fact", f"fact_unknown: {condition.fact}"
        return
    if condition.op in _WITHOUT_VALUE:
        return
    if condition.op in ORDERING and spec.kind not in NUMBERS:
        yield f"{where}.op", f"not_a_number: {condition.fact}"
    elif condition.other:
        other = FACTS.get(condition.other)
        if other is None:
            yield f"{where}.other", f"fact_unknown: {condition.other}"
        elif other.kind is not spec.kind:
            yield f"{where}.other", f"not_comparable: {condition.fact} {condition.other}"
    else:
        yield from _value(policy, condition, spec, where)


def _value(policy: Policy, condition: Condition, spec: FactSpec, where: str) -> Iterator[Fault]:
    wanted = bool if spec.kind is FactKind.FLAG else int if spec.kind in NUMBERS else str
    if type(condition.value) is not wanted:
        yield f"{where}.value", f"value_of_wrong_kind: {condition.fact} {spec.kind}"
        return
    codes = tuple(tier.key for tier in policy.tiers) if condition.fact == "tier" else spec.codes
    if codes and condition.value not in codes:
        yield f"{where}.value", f"value_unknown: {condition.value}"


# --- options -----------------------------------------------------------------------------------------------------


def _option(policy: Policy, kind: ExceptionType, subtype: Subtype, option: Option, where: str) -> Iterator[Fault]:
    yield from _conditions(policy, option.when, f"{where}.when")
    for index, deed in enumerate(option.deeds):
        yield from _deed(policy, deed, option, f"{where}.deeds.{index}")
    yield from _strange(f"{where}.inputs", "input_unknown", option.inputs, INPUTS)
    yield from _twice(f"{where}.inputs", option.inputs)
    yield from _strange(f"{where}.gives", "offer_unknown", option.gives, (o.key for o in policy.compensation.offers))
    if option.outcome and option.outcome not in {outcome.key for outcome in policy.tickets.outcomes}:
        yield f"{where}.outcome", f"outcome_unknown: {option.outcome}"
    if option.template:
        yield from _template_fits(policy, kind, subtype, option.template, f"{where}.template")
    if not option.deeds and not option.template:
        yield where, "does_nothing"
    if option.levels & {Level.SYSTEM, Level.ADMIN}:
        yield f"{where}.levels", "level_works_no_tickets"
    money = sum(deed.do in _MONEY for deed in option.deeds)
    if money > 1:
        yield f"{where}.deeds", "money_twice"
    for language, words in option.note.items():
        if not words.strip():
            yield f"{where}.note", f"language_missing: {language}"
    if option.note and len(option.note) < len(option.names):
        yield f"{where}.note", "language_missing"


_MONEY = frozenset({Verb.REFUND_SURPLUS, Verb.REFUND_PARCEL, Verb.REFUND_LESS_FREIGHT, Verb.CANCEL})


def _deed(policy: Policy, deed: Deed, option: Option, where: str) -> Iterator[Fault]:
    if deed.do in _NEEDS_ITEM:
        known = (kind.key for kind in (policy.handoffs.kinds if deed.do is Verb.TASK else policy.blocks))
        if deed.item not in set(known):
            yield f"{where}.item", f"item_unknown: {deed.item or '-'} {_NEEDS_ITEM[deed.do]}"
    elif deed.item:
        yield f"{where}.item", f"item_not_used: {deed.do}"
    if deed.days and deed.do is not Verb.BLOCK:
        yield f"{where}.days", f"item_not_used: {deed.do}"
    if not 0 <= deed.days <= _LONGEST_BLOCK_DAYS:
        yield f"{where}.days", f"not_between: 0 {_LONGEST_BLOCK_DAYS}"
    if deed.do in _NEEDS_CONTACT and not set(CONTACT) & set(option.inputs):
        yield where, f"input_needed: {' '.join(CONTACT)}"


# --- words -------------------------------------------------------------------------------------------------------


def _scripts(policy: Policy, kind: ExceptionType, subtype: Subtype, where: str) -> Iterator[Fault]:
    templates = {template.key: template for template in policy.messages.templates}
    for act, keys in subtype.scripts.items():
        for key in keys:
            yield from _template_fits(policy, kind, subtype, key, f"{where}.{act}")
            if key in templates and Act(act) not in templates[key].acts:
                yield f"{where}.{act}", f"script_without_act: {key}"
    if subtype.scripts:
        for act in Act:
            if not subtype.scripts.get(act):
                yield f"{where}.{act}", "act_without_script"


def _template_fits(policy: Policy, kind: ExceptionType, subtype: Subtype, key: str, where: str) -> Iterator[Fault]:
    template = next((one for one in policy.messages.templates if one.key == key), None)
    if template is None:
        yield where, f"template_unknown: {key}"
    elif not _is_for(template, kind, subtype):
        yield where, f"template_misfit: {key}"


def _is_for(template: Template, kind: ExceptionType, subtype: Subtype) -> bool:
    return (not template.types or kind.key in template.types) and (
        not template.subtypes or subtype.key in template.subtypes
    )


def _same_question(policy: Policy) -> Iterator[Fault]:
    """One key asks one question: an answer stays where a ticket's sub-type is corrected."""
    first: dict[str, Check] = {}
    for kind in policy.exceptions:
        for subtype in kind.subtypes:
            for check in subtype.checks:
                known = first.setdefault(check.key, check)
                if dict(known.names) != dict(check.names):
                    where = f"exceptions.{kind.key}.subtypes.{subtype.key}.checks.{check.key}"
                    yield f"{where}.names", "asked_otherwise_elsewhere"


def _templates(policy: Policy) -> Iterator[Fault]:
    subtypes = {subtype.key for kind in policy.exceptions for subtype in kind.subtypes}
    for template in policy.messages.templates:
        where = f"messages.templates.{template.key}.subtypes"
        yield from _strange(where, "subtype_unknown", template.subtypes, subtypes)


def _facts(policy: Policy) -> Iterator[Fault]:
    rules = policy.facts
    tiers = (tier.key for tier in policy.tiers)
    yield from _strange("facts.valued_tiers", "tier_unknown", rules.valued_tiers, tiers)
    yield from _strange("facts.system_words", "state_unknown", rules.system_words, set(OrderState))
    for currency, amount in rules.high_value.items():
        if amount < 1:
            yield f"facts.high_value.{currency}", "not_positive"
    words = [word.casefold() for word in chain.from_iterable(rules.system_words.values())]
    yield from _twice("facts.system_words", words, "word_twice")


# --- lists -------------------------------------------------------------------------------------------------------


def _twice(where: str, keys: Iterable[str], code: str = "key_twice") -> Iterator[Fault]:
    seen = list(keys)
    for key in sorted({key for key in seen if seen.count(key) > 1}):
        yield where, f"{code}: {key}"
    if "" in seen:
        yield where, "key_empty"


def _strange(where: str, code: str, given: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    allowed = set(known)
    for key in given:
        if key not in allowed:
            yield where, f"{code}: {key}"
