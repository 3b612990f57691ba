"""What came out of a comparison: how often each command was asked, how often left to the centre, what was wrong."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from desk.wire.codec import command_to_plain
from tests.helpers.answers.inquiry import Question
from tests.helpers.answers.question import Answer, difference


@dataclass(slots=True)
class Findings:
    """Counts by command, by kind and by code of the answer; `wrong` in words."""

    asked: Counter[str] = field(default_factory=Counter)
    left_to_centre: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, question: Question, desk: Answer) -> None:
        """Compare and count one."""
        name = question.command.name
        self.asked[name] += 1
        self.left_to_centre[name] += desk.asks
        self.kinds[question.centre.kind] += 1
        self.codes[f"{name} {question.centre.kind} {question.centre.code}"] += 1
        different = difference(desk, question.centre)
        if different:
            plain, who = command_to_plain(question.command), question.setting.actor
            self.wrong.append(f"{who.id} at {question.desk}, {question.setting.now}: {plain}\n    {different}")

    def told(self) -> str:
        """The counts as they travel to the end of the run, where all worlds are added up."""
        return json.dumps([self.asked, self.left_to_centre, self.kinds])


def table(told: list[str]) -> list[str]:
    """The share of AskCentre by command over all worlds, as lines."""
    asked: Counter[str] = Counter()
    left: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for one in told:
        for total, part in zip((asked, left, kinds), json.loads(one), strict=True):
            total.update(part)
    rows = [f"{'command':20} {'asked':>6} {'left to the centre':>20}"]
    for name, number in sorted(asked.items()):
        rows.append(f"{name:20} {number:6} {left[name]:13} {left[name] / number:6.0%}")
    rows.append(f"{'all':20} {asked.total():6} {left.total():13} {left.total() / max(asked.total(), 1):6.0%}")
    return [*rows, "the centre: " + ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())]
