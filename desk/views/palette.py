"""What the palette offers beside orders: acts and pages by name, found by letters of their words or their pinyin."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from desk.resources_path import resource
from desk.services.rows import HitRow

_HAN = re.compile("[㐀-䶿一-鿿]")
_WORD = re.compile(r"[^\W_]+")
_SKIPPED = 2  # cost of a word left out in the middle; one before the first counts half


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A hit, or an act by name. `source`: the words in the code, which pinyin is kept by. `off`: why it cannot be done
    now, in words."""

    hit: HitRow | None = None
    action: str = ""
    title: str = ""
    key: str = ""
    source: str = ""
    off: str = ""

    @property
    def id(self) -> str:
        """What it is."""
        return self.hit.order_id if self.hit else self.action


def matching(typed: str, acts: Iterable[Suggestion]) -> list[Suggestion]:
    """The acts meant by a typed text, the nearest first; all of them, in their order, where nothing is typed."""
    letters = "".join(typed.casefold().split())
    if not letters:
        return list(acts)
    found = [(cost, act) for act in acts if (cost := distance(letters, act.title, act.source)) is not None]
    return [act for _, act in sorted(found, key=lambda one: (one[0], bool(one[1].off)))]


def distance(letters: str, title: str, source: str = "") -> int | None:
    """How far typed letters (small, without blanks) are from a name; 0 is its beginning, None: it is not meant.

    A name is met by beginnings of its words in their order: "hof" is "hand off", "zjqt" and "zhuanj" are 转交其他小组.
    """
    costs = [cost for words in _spellings(title, source) if (cost := _cost(letters, words, begun=False)) is not None]
    return min(costs, default=None)


@lru_cache(maxsize=1024)
def _spellings(title: str, source: str) -> tuple[tuple[str, ...], ...]:
    """A name as words that may be typed: as it is shown, as the code says it, as pinyin."""
    pinyin = _readings().get(source, "")
    return tuple({_split(title), _split(source), tuple(pinyin.split())})


def _split(name: str) -> tuple[str, ...]:
    """Latin words, and Chinese characters each for itself."""
    return tuple(part for word in _WORD.findall(name.casefold()) for part in (_HAN.findall(word) or [word]))


@lru_cache(maxsize=8192)
def _cost(letters: str, words: tuple[str, ...], begun: bool) -> int | None:
    if not letters:
        return 0
    if not words:
        return None
    costs = []
    for taken in range(1, len(_common(letters, words[0])) + 1):
        rest = _cost(letters[taken:], words[1:], begun=True)
        if rest is not None:
            costs.append(rest)
    skipped = _cost(letters, words[1:], begun)
    if skipped is not None:
        costs.append(skipped + (_SKIPPED if begun else 1))
    return min(costs, default=None)


def _common(letters: str, word: str) -> str:
    """The beginning that both have."""
    for at, (typed, there) in enumerate(zip(letters, word, strict=False)):
        if typed != there:
            return word[:at]
    return word[: len(letters)]


@cache
def _readings() -> dict[str, str]:
    """Pinyin of the acts' Chinese names by their words in the code; written by tools.translate, for reading a
    dictionary of pinyin takes a third of a second."""
    found: dict[str, str] = json.loads(resource("i18n", "pinyin.json").read_text(encoding="utf-8"))
    return found


def shortened(hits: Sequence[Suggestion], acts: Sequence[Suggestion], most: int) -> list[Suggestion]:
    """Orders first, for they are what a caller is about; where there are many, acts keep some places."""
    kept = max(most - len(acts), most // 2)
    return [*hits[:kept], *acts]
