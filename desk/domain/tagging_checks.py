"""What can be wrong with the keyword table: tags that do not exist, phrases that cannot be read or stand twice."""

from __future__ import annotations

from collections.abc import Iterator

from desk.domain.phrases import pattern_of
from desk.domain.policy import IntakePolicy, Policy, TagWords
from desk.domain.tagging import REASON, SUBTYPE

_LONGEST_PHRASE = 2400  # characters, with all alternatives
_MOST_PIECES = 8
_MOST_PHRASES = 2000
_WIDEST_GAP, _LONGEST_REACH = 40, 40

Fault = tuple[str, str]  # where in the policy, what is wrong


def faults(policy: Policy) -> Iterator[Fault]:
    """Every fault, as (where, what)."""
    table = policy.intake
    for name in ("gap_zh", "gap_en", "wide_zh", "wide_en"):
        if not 0 <= getattr(table, name) <= _WIDEST_GAP:
            yield f"intake.{name}", f"not_between: 0 {_WIDEST_GAP}"
    if sum(1 for _ in _phrases(table)) > _MOST_PHRASES:
        yield "intake", f"too_many_phrases: {_MOST_PHRASES}"
    yield from _tags(policy)
    yield from _unreadable(table)
    yield from _twice(table)
    for index, negation in enumerate(table.negations):
        if not 0 <= negation.reach <= _LONGEST_REACH:
            yield f"intake.negations.{index}.reach", f"not_between: 0 {_LONGEST_REACH}"
        if not (negation.zh or negation.en):
            yield f"intake.negations.{index}", "no_phrases"


def _tags(policy: Policy) -> Iterator[Fault]:
    known = {REASON + reason.key for reason in policy.cancellation.reasons}
    known |= {SUBTYPE + subtype.key for kind in policy.exceptions for subtype in kind.subtypes}
    for index, words in enumerate(policy.intake.tags):
        where = _where(index, words)
        if not words.tags:
            yield where, "no_tags"
        if not (words.zh or words.en):
            yield where, "no_phrases"
        for tag in (*words.tags, *words.hides):
            if tag not in known:
                yield where, f"tag_unknown: {tag}"
        for tag in set(words.tags) & set(words.hides):
            yield where, f"hides_itself: {tag}"


def _where(index: int, words: TagWords) -> str:
    return f"intake.tags.{index}.{words.tags[0] if words.tags else ''}"


def _phrases(table: IntakePolicy) -> Iterator[tuple[str, str]]:
    """(where, phrase) of all of them."""
    for index, words in enumerate(table.tags):
        for name in ("zh", "en", "unless_zh", "unless_en"):
            yield from ((f"{_where(index, words)}.{name}", phrase) for phrase in getattr(words, name))
    for index, negation in enumerate(table.negations):
        for name in ("zh", "en"):
            yield from ((f"intake.negations.{index}.{name}", phrase) for phrase in getattr(negation, name))
    for name in ("cancel", "harmless", "breaks"):
        for language in ("zh", "en"):
            yield from ((f"intake.{name}_{language}", phrase) for phrase in getattr(table, f"{name}_{language}"))


def _unreadable(table: IntakePolicy) -> Iterator[Fault]:
    for where, phrase in _phrases(table):
        try:
            pieces = len(pattern_of(phrase, table.gap_zh, table.wide_zh))
        except ValueError as error:
            yield where, f"{error.args[0]}: {phrase[:40]}"
            continue
        if pieces > _MOST_PIECES or len(phrase) > _LONGEST_PHRASE:
            yield where, f"phrase_too_long: {phrase[:40]}"
        if ".tags." in where and pieces == 1 and _single(phrase):
            yield where, f"one_character_alone: {_single(phrase)}"


def _single(phrase: str) -> str:
    """An alternative of one Chinese character that would be a phrase by itself: nearly every text holds it."""
    return next((option for option in phrase.split("|") if len(option.strip()) == 1 and not option.isascii()), "")


def _twice(table: IntakePolicy) -> Iterator[Fault]:
    """The same phrase twice for a tag, or for two tags of one family: the second would never be the reason why."""
    seen: set[tuple[str, str]] = set()
    for index, words in enumerate(table.tags):
        for tag in words.tags:
            for phrase in (*words.zh, *words.en):
                key = (tag.partition(":")[0], phrase)
                if key in seen:
                    yield _where(index, words), f"phrase_twice: {phrase[:40]}"
                seen.add(key)
