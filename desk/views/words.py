"""Words for codes, in the language of the screen: every refusal, verdict, state and step has some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication

from desk.services.rows import Data
from desk.views import format as text
from desk.views import word_facts, word_playbook, word_refusals, word_rules, word_steps
from desk.views.language import pick


def tables() -> dict[str, Mapping[str, str]]:
    """Every group of words by its name: refusal, verdict, channel..."""
    return {
        name.lower(): {code: str(words) for code, words in value.items()}
        for module in (word_rules, word_refusals, word_facts, word_steps, word_playbook)
        for name, value in vars(module).items()
        if name.isupper() and isinstance(value, dict)
    }


_TABLES = tables()


def has(group: str, code: str) -> bool:
    """Whether there are words for this code."""
    return code in _TABLES[group]


def source(group: str, code: str) -> str:
    """The words of a code as they stand in the code, not translated and not filled."""
    return _TABLES[group].get(code, "")


def word(group: str, code: str, data: Data | None = None, **more: str | int | None) -> str:
    """The words of a code, filled from `data`. A code without words reads as itself."""
    said = source(group, code)
    if not said:
        return code.replace("_", " ")
    filled = {**(data or {}), **more}
    return _Filler(filled.get("currency")).vformat(QCoreApplication.translate(f"words {group}", said), (), filled)


def step(code: str, data: Data, label: Mapping[str, str]) -> str:
    """A step of a path or timeline; `label` names the benefit that it is about, where it is about one."""
    return word("step", code, data, what=benefit(data, label))


def benefit(data: Data, label: Mapping[str, str]) -> str:
    """A benefit by its offer's name, else by its kind with money as money and points as points.

    A refund is never named alone: its label is the payment method it goes back to."""
    kind, named = str(data.get("kind", "unknown")), pick(label)
    if kind == "refund":
        return word("given", "refund_to" if named else "refund", data, label=named)
    return named or word("given", kind if has("given", kind) else "unknown", data)


def person(name: str) -> str:
    """A person's name; what the centre did by itself is said to be the system's."""
    return word("level", name) if name == "system" else name


class _Filler(Formatter):
    """Fills {name:spec}: money by data's currency, time, level, or any group of words; what is missing is a dash."""

    def __init__(self, currency: object) -> None:
        self._currency = currency

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
        return kwargs.get(str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        if value is None or value == "":
            return "–"
        if format_spec == "money":
            return text.minor(value, self._currency)
        if format_spec == "time":
            return text.moment(datetime.fromisoformat(str(value)))
        if format_spec in _TABLES:
            return word(format_spec, str(value))
        return text.number(value) if isinstance(value, int) else str(value)
