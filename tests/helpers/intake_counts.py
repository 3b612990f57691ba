"""How well the keyword table reads the 360 sentences: counts by tag, printed by `make intake-counts`.

The sentences were written before the table, by somebody who did not write the table; whoever edits the table does not
read them. What is printed is counts alone.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desk.domain.policy import Policy
from desk.domain.tagging import REASON, SUBTYPE, Reading, read
from desk.wire.policy_seed import load_seed

SENTENCES = Path(__file__).parents[1] / "unit" / "domain" / "data" / "intake_sentences.toml"


@dataclass(frozen=True)
class Sentence:
    """What a customer wrote, in which language, and the tags it means (none: nothing is to be tagged)."""

    text: str
    lang: str
    tags: frozenset[str]


def sentences() -> list[Sentence]:
    """All of them; KeyError names the keys of the first entry where the file's shape is another one."""
    document = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    entries = next(value for value in document.values() if isinstance(value, list))
    try:
        return [Sentence(entry["text"], entry["lang"], frozenset(entry["tags"])) for entry in entries]
    except KeyError as missing:
        raise KeyError(f"{missing} among {sorted(entries[0])}") from None


@dataclass
class Counts:
    """Right, wrong and missed tags; precision and recall as shares of one, 1 where there was nothing to count."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, meant: Iterable[str], found: Iterable[str]) -> None:
        """One sentence."""
        meant, found = set(meant), set(found)
        self.right.update(meant & found)
        self.wrong.update(found - meant)
        self.missed.update(meant - found)

    def precision(self, tag: str | None = None) -> float:
        """How much of what was found is meant."""
        return _share(_sum(self.right, tag), _sum(self.wrong, tag))

    def recall(self, tag: str | None = None) -> float:
        """How much of what is meant was found."""
        return _share(_sum(self.right, tag), _sum(self.missed, tag))


def _sum(counter: Counter[str], tag: str | None) -> int:
    return counter.total() if tag is None else counter[tag]


def _share(right: int, beside: int) -> float:
    return right / (right + beside) if right + beside else 1.0


def all_said(sentence: Sentence, reading: Reading) -> set[str]:
    """Every tag of the kinds that the sentence is about, as a desk asks for them: there the kind of the ticket is
    known. A sentence that means nothing is asked for both kinds."""
    families = {tag.partition(":")[0] for tag in sentence.tags} or {REASON[:-1], SUBTYPE[:-1]}
    return {one.tag for one in reading.tags if one.tag.partition(":")[0] in families}


def kind_guessed(sentence: Sentence, reading: Reading) -> set[str]:
    """Every tag where nobody knows the kind: reasons where a cancel is asked for, else kinds of trouble."""
    first, second = (REASON, SUBTYPE) if reading.cancels else (SUBTYPE, REASON)
    tags = {one.tag for one in reading.tags}
    return {tag for tag in tags if tag.startswith(first)} or {tag for tag in tags if tag.startswith(second)}


Readings = Sequence[tuple[Sentence, Reading]]


def readings(policy: Policy) -> Readings:
    """Every sentence with what the table reads in it."""
    return [(sentence, read(policy.intake, sentence.text)) for sentence in sentences()]


def count(found: Readings, pick: Callable[[Sentence, Reading], set[str]] = all_said, lang: str = "") -> Counts:
    """The counts over all sentences, or those of one language."""
    counts = Counts()
    for sentence, reading in found:
        if lang in ("", sentence.lang):
            counts.add(sentence.tags, pick(sentence, reading))
    return counts


@dataclass(frozen=True)
class Set:
    """What the rule would set on a ticket of the right kind: `right` and `wrong` where something is meant, `left` open
    where something is; `wrongly` where nothing is meant, of so many `silent` sentences."""

    right: int
    wrong: int
    left: int
    wrongly: int
    silent: int


def what_is_set(found: Readings) -> Set:
    """The one tag that a ticket gets, sentence by sentence."""
    counts = Counter[str]()
    for sentence, reading in found:
        family = {tag.partition(":")[0] for tag in sentence.tags}
        first = next((one.tag for one in reading.tags if not family or one.tag.partition(":")[0] in family), "")
        if not sentence.tags:
            counts["silent"] += 1
            counts["wrongly"] += bool(first)
        else:
            counts["right" if first in sentence.tags else "wrong" if first else "left"] += 1
    return Set(*(counts[name] for name in ("right", "wrong", "left", "wrongly", "silent")))


def table(found: Readings) -> list[str]:
    """The counts as lines of text."""
    counts = count(found)
    lines = [f"{'tag':34} right wrong missed precision recall"]
    for tag in sorted({*counts.right, *counts.wrong, *counts.missed}):
        lines.append(_line(tag, counts, tag))
    named: Mapping[str, Counts] = {
        "all, kind known": counts,
        "  zh": count(found, lang="zh"),
        "  en": count(found, lang="en"),
        "all, kind guessed from the words": count(found, kind_guessed),
    }
    lines += [_line(name, one, None) for name, one in named.items()]
    one = what_is_set(found)
    lines.append(
        f"on a ticket: {one.right} set rightly, {one.wrong} wrongly, {one.left} left open; "
        f"of {one.silent} that mean nothing {one.wrongly} set"
    )
    return lines


def _line(name: str, counts: Counts, tag: str | None) -> str:
    right, wrong, missed = (_sum(one, tag) for one in (counts.right, counts.wrong, counts.missed))
    return f"{name:34} {right:5} {wrong:5} {missed:6} {counts.precision(tag):9.3f} {counts.recall(tag):6.3f}"


if __name__ == "__main__":
    print("\n".join(table(readings(load_seed()))))
