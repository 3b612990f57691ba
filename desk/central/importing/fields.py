"""Converters: a cell's text to the value of a field, or the code of what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from desk.domain.money import MoneyError, from_decimal

_YEARS = range(2000, 2101)
MAX_AMOUNT = 10**12  # minor units; beyond it is a slip of a column
_MONEY_SIGNS = re.compile(r"^(?:CNY|RMB|USD|JPY|¥|￥|\$)\s*|\s*(?:元|圆|CNY|RMB|USD|JPY)$", re.IGNORECASE)
_LIST = re.compile(r"[,，;；、|/\s]+")
_YES = frozenset({"1", "y", "yes", "true", "是", "有", "自提"})


class BadCell(ValueError):
    """The text cannot be this field; `args[0]` is the code. The text itself stays out: it may be personal."""


def plain(text: str) -> str:
    """Full-width digits and signs to plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def money(text: str, currency: str, unit: str = "major") -> int:
    """Minor units; BadCell for what is no amount, negative, or finer than the currency."""
    stripped = _MONEY_SIGNS.sub("", plain(text))
    try:
        if unit == "minor":
            amount = int(stripped)
        else:
            amount = from_decimal(stripped, currency).amount
    except (MoneyError, ValueError):
        raise BadCell("not_an_amount") from None
    if amount < 0:
        raise BadCell("negative_amount")
    if amount > MAX_AMOUNT:
        raise BadCell("amount_too_large")
    return amount


def whole(text: str, least: int = 0) -> int:
    """A whole number of at least `least` ("2", "２", "2.0"); BadCell otherwise."""
    match = re.fullmatch(r"([+-]?\d{1,12})(?:\.0+)?", plain(text).replace(",", ""))
    if not match:
        raise BadCell("not_a_whole_number")
    if int(match[1]) < least:
        raise BadCell("negative_number" if int(match[1]) < 0 else "number_too_small")
    return int(match[1])


def moment(text: str, formats: tuple[str, ...], zone: ZoneInfo) -> datetime:
    """Aware UTC of a local time in one of `formats`; BadCell for what is none, or in no likely year."""
    written = plain(text)
    for form in formats:
        try:
            local = datetime.strptime(written, form)  # noqa: DTZ007 - the zone is added in the next line
        except ValueError:
            continue
        aware = local if local.tzinfo else local.replace(tzinfo=zone)
        if aware.year not in _YEARS:
            raise BadCell("date_out_of_range")
        return aware.astimezone(UTC)
    raise BadCell("not_a_date")


def words(text: str) -> tuple[str, ...]:
    """A list written with commas, strokes or blanks."""
    return tuple(word for word in _LIST.split(text.strip()) if word)


def yes(text: str) -> bool:
    """Whether a cell says yes."""
    return plain(text).casefold() in _YES
