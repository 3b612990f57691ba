"""Facts of a case, what detection saw and what an option will do, as words with their units."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from desk.services.rows import DeedRow, FactRow, OptionRow, SeenRow
from desk.views import format as text
from desk.views import words
from desk.views.language import pick

_DAYS_FROM = 72  # hours: beyond, days are said
# Facts whose codes have words elsewhere.
_CODES = {"state": "order_state", "parcel_last_code": "parcel_scan", "channel": "channel", "manner": "manner"}
_CODES |= {"order_stage": "came_to"}


def value_words(fact: FactRow) -> str:
    """The value with its unit: "¥329.00", "74 h", "yes", "not known"."""
    value = fact.value
    if value is None:
        return words.word("yes_no", "unknown")
    if fact.kind == "flag":
        return words.word("yes_no", "yes" if value else "no")
    if fact.names:
        return pick(fact.names)
    if fact.kind == "code":
        group = _CODES.get(fact.key, "")
        return words.word(group, str(value)) if group and words.has(group, str(value)) else str(value)
    read = _READ.get(fact.kind)
    return read(fact) if read is not None else str(value)


def fact_words(fact: FactRow) -> str:
    """ "Received ¥658.00"."""
    return f"{words.word('fact', fact.key)} {value_words(fact)}"


def facts_words(facts: Iterable[FactRow]) -> str:
    """All of them in a line."""
    return " · ".join(fact_words(fact) for fact in facts)


def hours_words(hours: int) -> str:
    """Hours up to three days, then days and hours."""
    if hours <= _DAYS_FROM:
        return words.word("duration", "hours", value=hours)
    days, rest = divmod(hours, 24)
    said = words.word("duration", "days", value=days)
    return f"{said} {words.word('duration', 'hours', value=rest)}" if rest else said


def minutes_words(minutes: int) -> str:
    """Minutes up to two hours, then hours."""
    if minutes < _HOURS_FROM:
        return words.word("duration", "minutes", value=minutes)
    return hours_words(minutes // 60)


_HOURS_FROM = 120  # minutes
_READ: Mapping[str, Callable[[FactRow], str]] = {
    "money": lambda fact: text.minor(fact.value, fact.currency),
    "minutes": lambda fact: minutes_words(int(fact.value or 0)),
    "hours": lambda fact: hours_words(int(fact.value or 0)),
    "percent": lambda fact: f"{fact.value}%",
    "count": lambda fact: text.number(int(fact.value or 0)),
    "moment": lambda fact: text.moment(datetime.fromisoformat(str(fact.value))),
}


# --- what detection saw ---------------------------------------------------------------------------------------------


def seen_words(seen: SeenRow) -> str:
    """What detection saw: the rule by its name, then the facts with their thresholds."""
    rule = pick(seen.names) or seen.rule.replace("_", " ")
    facts = " · ".join(saw_words(seen))
    return text.labelled(rule, facts) if facts else rule


def saw_words(seen: SeenRow) -> list[str]:
    """The facts of a finding; ids and the like are not said."""
    said = {key: value for key, value in seen.saw.items() if words.has("saw", key) and value not in (None, "")}
    if "flags" in said:
        flags = str(said["flags"]).split(",")
        said["flags"] = ", ".join(words.word("contact_flag", flag.strip()) for flag in flags)
    return [words.word("saw", key, {"value": value, "currency": seen.currency}) for key, value in said.items()]


# --- what an option does --------------------------------------------------------------------------------------------


def act_words(option: OptionRow) -> str:
    """What its button says: the act, with the amount where money moves."""
    said = pick(option.names)
    if option.amount is not None and option.amount.amount:
        said += f" {text.money(option.amount)}"
    return said


def armed_words(option: OptionRow) -> str:
    """What the button says after the first of two keys."""
    amount = option.amount
    return words.word("option", "armed", {"amount": amount.amount, "currency": amount.currency}) if amount else ""


def deeds_words(option: OptionRow) -> str:
    """What it will do, deed by deed."""
    return " · ".join(_deed(deed, option) for deed in option.deeds)


def _deed(deed: DeedRow, option: OptionRow) -> str:
    code = deed.do
    amount = option.amount
    if (amount is None or not amount.amount) and words.has("deed", f"{code}_some"):  # how much is not known yet
        code = f"{code}_some"
    if code == "block" and not deed.days:
        code = "block_open"
    data: dict[str, str | int | None] = {"label": pick(deed.label), "team": pick(deed.team), "days": deed.days}
    if amount is not None:
        data |= {"amount": amount.amount, "currency": amount.currency}
    return words.word("deed", code, data)
