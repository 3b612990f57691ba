"""Reads a customer's words by policy's keyword table: which reasons and kinds of trouble they name (MISSION 10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import Any

from desk.domain.phrases import NUMBER, Pattern, Span, Text, Walk, pattern_of, tokens_of
from desk.domain.policy import IntakePolicy, Policy

REASON, SUBTYPE = "reason:", "subtype:"
_CHAIN = 2  # tokens between two denials of which one denies the other: "not that it is not"


@dataclass(frozen=True, slots=True)
class Found:
    """A tag that the words name, and the phrase of the table that says so."""

    tag: str
    phrase: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its tags, the best first, and whether the customer asks for a cancel."""

    tags: tuple[Found, ...] = ()
    cancels: bool = False


# --- the table, ready to read with -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One phrase of the table. `tag` is empty for what is no tag: negations, breaks, cancel words, look-alikes."""

    tag: str
    text: str
    pattern: Pattern
    role: str  # tag, weak, unless, cancel, not, not_after, harmless, break
    priority: int = 0
    reach: int = 0
    wide: bool = False


@dataclass(frozen=True, slots=True)
class _Match:
    phrase: _Phrase
    spans: tuple[Span, ...]

    @property
    def begins(self) -> int:
        return self.spans[0][0]

    @property
    def ends(self) -> int:
        return self.spans[-1][1]

    @property
    def length(self) -> int:
        return sum(last - first for first, last in self.spans)

    def covers(self, at: int) -> bool:
        return any(first <= at < last for first, last in self.spans)

    @property
    def parts(self) -> list[Span]:
        """From where to where it goes, anew behind each wide gap: what is denied there is something else."""
        found = [self.spans[0]]
        for piece, span in zip(self.phrase.pattern[1:], self.spans[1:], strict=True):
            if piece.wide:
                found.append(span)
            else:
                found[-1] = (found[-1][0], span[1])
        return found


class _Table:
    """The phrases by the token they begin with."""

    def __init__(self, policy: IntakePolicy) -> None:
        self._by_token: dict[str, list[_Phrase]] = {}
        self._by_prefix: dict[str, list[_Phrase]] = {}
        self.hides = {tag: words.hides for words in policy.tags if words.hides for tag in words.tags}
        for phrase in _phrases(policy):
            words, prefixes = phrase.pattern[0].firsts
            for word in words:
                self._by_token.setdefault(word, []).append(phrase)
            for prefix in prefixes:
                self._by_prefix.setdefault(prefix, []).append(phrase)

    def matches(self, text: Text) -> list[_Match]:
        """Every phrase at every place it begins at."""
        found = []
        walks: dict[int, Walk] = {}  # one for each phrase: what it found to lead nowhere holds for every beginning
        for at, token in enumerate(text.tokens):
            for phrase in self._beginning(token):
                if id(phrase) not in walks:
                    walks[id(phrase)] = Walk(phrase.pattern, text)
                spans = walks[id(phrase)].from_(at)
                if spans is not None:
                    found.append(_Match(phrase, spans))
        return found

    def _beginning(self, token: str) -> list[_Phrase]:
        found = list(self._by_token.get(token, ()))
        if token.isdigit():
            found += self._by_token.get(NUMBER, ())
        for prefix, phrases in self._by_prefix.items():
            if token.startswith(prefix):
                found += phrases
        return found


def _phrases(policy: IntakePolicy) -> Iterable[_Phrase]:
    def made(role: str, zh: Iterable[str], en: Iterable[str], tag: str = "", **more: Any) -> Iterable[_Phrase]:
        for text in zh:
            yield _Phrase(tag, text, pattern_of(text, policy.gap_zh, policy.wide_zh), role, **more)
        for text in en:
            yield _Phrase(tag, text, pattern_of(text, policy.gap_en, policy.wide_en), role, **more)

    for words in policy.tags:
        for tag in words.tags:
            yield from made("weak" if words.weak else "tag", words.zh, words.en, tag, priority=words.priority)
            yield from made("unless", words.unless_zh, words.unless_en, tag)
    for negation in policy.negations:
        role = "not_after" if negation.behind else "not"
        for phrase in made(role, negation.zh, negation.en, reach=negation.reach):
            yield replace(phrase, wide=negation.wide)
    yield from made("cancel", policy.cancel_zh, policy.cancel_en)
    yield from made("harmless", policy.harmless_zh, policy.harmless_en)
    yield from made("break", policy.breaks_zh, policy.breaks_en)


@lru_cache(maxsize=8)
def _table(policy: IntakePolicy) -> _Table:
    return _Table(policy)


# --- reading -----------------------------------------------------------------------------------------------------


def read(policy: IntakePolicy, text: str) -> Reading:
    """What the words say. Pure: the same at every desk and at the centre."""
    if not policy.tags or not text.strip():
        return Reading()
    table, plain = _table(policy), tokens_of(text)
    meant = _Meant(table.matches(plain), plain)
    return Reading(_chosen(meant.tags(), table), meant.cancels())


class _Meant:
    """All that matches, and which of it is meant: not denied, and not part of what the table excepts."""

    def __init__(self, matches: list[_Match], text: Text) -> None:
        self._clause = text.clause
        self._by_role: dict[str, list[_Match]] = {}
        for match in matches:
            self._by_role.setdefault(match.phrase.role, []).append(match)
        self._tags = self._of("tag") + self._of("weak")
        taken = self._tags + self._of("cancel") + self._of("harmless")
        self._denials = [
            denial
            for role in ("not", "not_after")
            for denial in _longest([one for one in self._of(role) if not _inside(one, taken)])
        ]
        self._breaks = [one.begins for one in self._of("break") if not _inside(one, self._denials + taken)]

    def _of(self, role: str) -> list[_Match]:
        return self._by_role.get(role, [])

    def tags(self) -> list[_Match]:
        """The phrases of tags that are meant."""
        return [one for one in self._tags if not self._denied(one) and not self._excepted(one)]

    def cancels(self) -> bool:
        """Whether a cancel is asked for."""
        return any(not self._denied(one) for one in self._of("cancel"))

    def _excepted(self, match: _Match) -> bool:
        return any(
            one.phrase.tag == match.phrase.tag and one.begins < match.ends and match.begins < one.ends
            for one in self._of("unless")
        )

    def _denied(self, match: _Match) -> bool:
        """Whether a part of it is denied, and the denial not itself ("not that it is not wrong" says that it is), or
        it is all over by now."""
        return any(self._part_denied(match, part) for part in match.parts)

    def _part_denied(self, match: _Match, part: Span) -> bool:
        bearing = [denial for denial in self._denials if self._bears(denial, match, part)]
        if any(denial.phrase.role == "not_after" and denial.begins >= part[1] for denial in bearing):
            return True
        within = sum(denial.begins >= part[0] for denial in bearing)
        before = sorted((d for d in bearing if d.begins < part[0]), key=lambda denial: -denial.begins)
        chain = sum(1 for _ in takewhile(lambda pair: self._chained(*pair), pairwise(before))) + bool(before)
        return (within + chain) % 2 == 1

    def _chained(self, later: _Match, earlier: _Match) -> bool:
        """Whether one denial denies the other: nearly beside it, and nothing said between them."""
        between = range(earlier.ends, later.begins)
        return len(between) <= _CHAIN and not any(tag.covers(at) for tag in self._tags for at in between)

    def _bears(self, denial: _Match, match: _Match, part: Span) -> bool:
        if all(match.covers(at) for at in range(denial.begins, denial.ends)):
            return False  # "not received": the denial is part of what is said
        if self._clause[denial.begins] != self._clause[part[0]] and not denial.phrase.wide:
            return False
        if part[0] < denial.begins and denial.ends < part[1]:
            return True  # "the address is not wrong"
        before = denial.phrase.role == "not"
        if before and denial.begins < part[0] < denial.ends:
            return True  # "nothing wrong with the address"
        first, last = (denial.ends, part[0]) if before else (part[1], denial.begins)
        if not first <= last <= first + denial.phrase.reach:
            return False
        return denial.phrase.wide or not any(first <= at < last for at in self._breaks)


def _inside(match: _Match, others: Iterable[_Match]) -> bool:
    """Whether others stand on all that it covers, and it is not one of them."""
    return any(
        one is not match and all(one.covers(at) for first, last in match.spans for at in range(first, last))
        for one in others
    )


def _longest(matches: list[_Match]) -> list[_Match]:
    """Of denials that overlap, the longest: "不是因为" is one, not two."""
    kept: list[_Match] = []
    for one in sorted(matches, key=lambda match: (-match.length, match.begins)):
        if not any(one.begins < other.ends and other.begins < one.ends for other in kept):
            kept.append(one)
    return kept


def _chosen(said: list[_Match], table: _Table) -> tuple[Found, ...]:
    """One of each tag, the best first; weak ones only where their family has no other, and none that another hides."""
    strong = {_family(one.phrase.tag) for one in said if one.phrase.role == "tag"}
    left = [one for one in said if one.phrase.role == "tag" or _family(one.phrase.tag) not in strong]
    hidden = {tag for one in left for tag in table.hides.get(one.phrase.tag, ())}
    best: dict[str, _Match] = {}
    for one in sorted(left, key=lambda match: (-match.phrase.priority, -match.length)):
        if one.phrase.tag not in hidden:
            best.setdefault(one.phrase.tag, one)
    return tuple(Found(one.phrase.tag, one.phrase.text) for one in best.values())


def _family(tag: str) -> str:
    return tag.partition(":")[0]


# --- for a ticket ------------------------------------------------------------------------------------------------


def reason_in(policy: Policy, words: str) -> str:
    """The reason to cancel that the words name, '' where they name none."""
    known = {reason.key for reason in policy.cancellation.reasons}
    found = (one.tag.removeprefix(REASON) for one in read(policy.intake, words).tags if one.tag.startswith(REASON))
    return next((key for key in found if key in known), "")


def trouble_in(policy: Policy, words: str, type_key: str = "") -> tuple[str, str]:
    """(type, sub-type) of the trouble that the words name, ('', '') for none; only below `type_key` where it is
    given."""
    types = {sub.key: kind.key for kind in policy.exceptions if type_key in ("", kind.key) for sub in kind.subtypes}
    found = (one.tag.removeprefix(SUBTYPE) for one in read(policy.intake, words).tags if one.tag.startswith(SUBTYPE))
    return next(((types[key], key) for key in found if key in types), ("", ""))
