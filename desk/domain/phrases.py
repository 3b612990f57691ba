"""Phrases of the keyword table and the words they are looked for in: both as tokens, matched piece by piece.

A phrase is pieces parted by spaces, each with its alternatives: "地址 … 填错|不对", "charged|paid twice". Pieces stand
beside each other; "…" lets a few characters or words stand between, "……" more of them and the end of a clause too; "_"
binds words into one alternative ("out_of_stock"); a word ending in * is how a word begins; # is any number. Matching
walks over tokens and remembers where it failed: its time grows with text and table, whatever somebody writes into them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

GAP, NUMBER = "…", "#"
_READ_AT_MOST = 4000  # characters of one text; what comes behind says nothing new

_ENDS = re.compile(r"[,，.。!！?？;；:：、\n\r\t()（）\[\]【】~～—]+|-{2,}")
_WORD = r"\d+|[^\W\da-z_]"  # a number; one character of any script but Latin
_TOKENS = re.compile(rf"[a-z]+|{_WORD}")
_PHRASE_TOKENS = re.compile(rf"[a-z]+\*?|{NUMBER}|{_WORD}")
_CONTRACTED = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should|wo|ca|need)n'?t\b")
_SHORTENED = re.compile(r"(?<=[a-z])'(s|re|ve|m|d|ll)\b")
_WHOLE = {"wo": "will", "ca": "can"}

Tokens = tuple[str, ...]
Span = tuple[int, int]  # from this token up to that one, without it


# --- words to tokens ---------------------------------------------------------------------------------------------


def normal(text: str) -> str:
    """Lower case, one width, one apostrophe, contractions written out ("isn't" is "is not", "it's" is "it")."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'").replace("`", "'")
    plain = _CONTRACTED.sub(lambda found: f"{_WHOLE.get(found[1], found[1])} not", plain.replace("cannot", "can not"))
    return _SHORTENED.sub("", plain)


@dataclass(frozen=True, slots=True)
class Text:
    """The tokens of a text: one for each Chinese character, one for each word or number in other scripts; `clause`
    says of each in which clause it stands."""

    tokens: Tokens
    clause: tuple[int, ...]


def tokens_of(text: str) -> Text:
    """A text as tokens."""
    plain = re.sub(r"(?<=\d)[.,:](?=\d)", "", normal(text[:_READ_AT_MOST]))  # 3.5, 1,200, 20:00 end no clause
    parts = [_TOKENS.findall(part) for part in _ENDS.split(plain)]
    return Text(
        tuple(token for part in parts for token in part),
        tuple(number for number, part in enumerate(parts) for _ in part),
    )


# --- phrases to patterns -----------------------------------------------------------------------------------------


class Piece:
    """Alternatives at one place of a phrase; `gap`: how many tokens may stand before it; `wide`: also the end of a
    clause."""

    __slots__ = ("_by_prefix", "_by_token", "firsts", "gap", "wide")

    def __init__(self, options: Iterable[Tokens], gap: int = 0, wide: bool = False) -> None:
        self.gap, self.wide = gap, wide
        self._by_token: dict[str, list[Tokens]] = {}
        self._by_prefix: dict[str, list[Tokens]] = {}
        for option in sorted(options, key=len, reverse=True):
            where = self._by_prefix if option[0].endswith("*") else self._by_token
            where.setdefault(option[0].rstrip("*"), []).append(option)
        self.firsts = (frozenset(self._by_token), frozenset(self._by_prefix))  # what it may begin with: words, prefixes

    def lengths_at(self, text: Text, at: int) -> list[int]:
        """How long the alternatives are that stand at `at`, the longest first."""
        token = text.tokens[at]
        options = self._by_token.get(token, ())
        if token.isdigit():
            options = [*options, *self._by_token.get(NUMBER, ())]
        if self._by_prefix:
            fitting = (found for prefix, found in self._by_prefix.items() if token.startswith(prefix))
            options = [*options, *(option for found in fitting for option in found)]
        return [len(option) for option in options if _stands(option, text, at)]


Pattern = tuple[Piece, ...]


@functools.lru_cache(maxsize=4096)
def pattern_of(phrase: str, gap: int, wide: int) -> Pattern:
    """A phrase as pieces; ValueError with a code where it is empty, a piece is, or a gap stands at its edge."""
    pieces: list[Piece] = []
    waiting = ""
    for word in re.sub(f"({GAP}+)", r" \1 ", phrase.replace("...", GAP)).split():
        if word.startswith(GAP):
            if waiting or not pieces:
                raise ValueError("gap_at_the_edge")
            waiting = word
            continue
        options = tuple(tuple(_PHRASE_TOKENS.findall(normal(option))) for option in word.split("|"))
        if not all(options):
            raise ValueError("piece_empty")
        room = {"": 0, GAP: gap}.get(waiting, wide)
        pieces.append(Piece(options, room, wide=len(waiting) > 1))
        waiting = ""
    if waiting:
        raise ValueError("gap_at_the_edge")
    if not pieces:
        raise ValueError("phrase_empty")
    return tuple(pieces)


def _stands(option: Tokens, text: Text, at: int) -> bool:
    """Whether these tokens, of which the first does, stand at `at` in one clause."""
    if len(option) == 1:
        return True
    last = at + len(option) - 1
    if last >= len(text.tokens) or text.clause[at] != text.clause[last]:
        return False
    return all(_is(wanted, text.tokens[at + place]) for place, wanted in enumerate(option) if place)


def _is(wanted: str, token: str) -> bool:
    if wanted == NUMBER:
        return token.isdigit()
    return token.startswith(wanted[:-1]) if wanted.endswith("*") else token == wanted


class Walk:
    """Looks for one phrase in one text, each piece as near as can be."""

    def __init__(self, pattern: Pattern, text: Text) -> None:
        self._pattern, self._text = pattern, text
        self._dead: set[tuple[int, int]] = set()  # (piece, place) from which nothing was found: not looked at twice

    def from_(self, place: int, index: int = 0) -> tuple[Span, ...] | None:
        """Where the pieces from `index` on stand if the next stands at `place` or behind its gap; None: they do not."""
        if index == len(self._pattern):
            return ()
        if (index, place) in self._dead:
            return None
        piece, clause = self._pattern[index], self._text.clause
        for begin in range(place, min(place + piece.gap + 1, len(clause))):
            if index and not piece.wide and clause[begin] != clause[place - 1]:
                break
            for length in piece.lengths_at(self._text, begin):
                behind = self.from_(begin + length, index + 1)
                if behind is not None:
                    return ((begin, begin + length), *behind)
        self._dead.add((index, place))
        return None
