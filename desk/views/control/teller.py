"""Tells a person in one sentence what became of an act."""

from __future__ import annotations

from desk.services.rows import Answer, RowState, Tone
from desk.views import words
from desk.views.toast import Toast


def sentence(answer: Answer, act: str = "") -> str:
    """Words for an answer; a done or waiting act needs none: its row says so."""
    if answer.status is RowState.REFUSED:
        return words.word("refusal", answer.code, answer.data)
    if answer.status is RowState.NEEDS_APPROVAL:
        level = answer.level or "supervisor"
        return words.word("told", "approval_asked", level=level)
    if answer.code == "ask_centre":
        return words.word("refusal", answer.code)
    return words.word("told", act) if act and words.has("told", act) else ""


def tell(toast: Toast, answer: Answer, act: str = "") -> None:
    """Say it at the foot of the window."""
    said = sentence(answer, act)
    if said:
        tones = {RowState.REFUSED: Tone.DANGER, RowState.NEEDS_APPROVAL: Tone.WARN}
        toast.say(said, tones.get(answer.status, Tone.OK))
