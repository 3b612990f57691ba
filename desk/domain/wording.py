"""Money, times, spans and lists in the words of a language: zh and en, with the standard library alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from desk.domain.money import Money, exponent

LANGUAGES = ("zh", "en")
# The shop's own currency is ¥ in both languages; the yen is told apart from it, as customers of both see both.
_SIGNS = {
    "CNY": {"zh": "¥", "en": "¥"},
    "JPY": {"zh": "JP¥", "en": "JP¥"},
    "USD": {"zh": "US$", "en": "$"},
    "EUR": {"zh": "€", "en": "€"},
    "GBP": {"zh": "£", "en": "£"},
    "HKD": {"zh": "HK$", "en": "HK$"},
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Family names of two characters; without them 欧阳女士 would be greeted as 欧女士.
_COMPOUND = frozenset(
    {
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "令狐",
        "慕容",
        "司徒",
        "司空",
        "夏侯",
        "端木",
        "百里",
        "南宫",
        "独孤",
        "宇文",
        "长孙",
        "轩辕",
    }
)
_EN_TITLES = {"女士": "Ms", "先生": "Mr", "小姐": "Ms", "太太": "Mrs", "老师": "Mr/Ms"}
_ZH_TITLES = {"Ms": "女士", "Mr": "先生", "Mrs": "女士", "Miss": "女士"}


def money(amount: Money, language: str) -> str:
    """¥299.00, -US$1,250.50, JP¥300."""
    digits = exponent(amount.currency)
    value: Decimal = abs(amount.decimal())
    sign = "-" if amount.amount < 0 else ""
    symbol = _SIGNS.get(amount.currency, {}).get(language, f"{amount.currency} ")
    return f"{sign}{symbol}{value:,.{digits}f}"


def joined(parts: Iterable[str], language: str) -> str:
    """A list in a sentence."""
    return ("、" if language == "zh" else ", ").join(parts)


def arrival(days: tuple[int, int], language: str) -> str:
    """How long a refund takes, in working days: 1-3 个工作日, within 1 working day, a few minutes."""
    least, most = days
    span = str(most) if least in (0, most) else f"{least}-{most}"
    if language == "zh":
        return f"{span} 个工作日" if most else "几分钟"
    if not most:
        return "a few minutes"
    return f"{span} working day" + ("" if most == 1 else "s")


def moment(at: datetime, now: datetime, timezone: str, language: str) -> str:
    """A time as people say it: 今天 18:30, tomorrow 09:00, 25 Nov 09:00."""
    zone = ZoneInfo(timezone)
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    clock = local.strftime("%H:%M")
    if language == "zh":
        near = {0: "今天", 1: "明天", -1: "昨天"}.get(days)
        return f"{near or f'{local.month}月{local.day}日'} {clock}"
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days)
    return f"{clock} {near}" if near else f"{local.day} {_MONTHS[local.month - 1]}, {clock}"


def surname(name: str) -> str:
    """The family name: of a masked name what is left, of a Chinese name its first one or two characters, else the last
    word."""
    bare = name.replace("*", "").strip()
    if not bare or "*" in name:
        return bare
    if bare.isascii():
        return bare.split()[-1]
    return bare[:2] if bare[:2] in _COMPOUND and len(bare) > 2 else bare[:1]


def greeting(values: dict[str, str], language: str) -> str:
    """How a customer is addressed: 陈女士, Ms Chen; without a name 尊敬的顾客, dear customer.

    The same from masked and full values, so that desk and centre say the same.
    """
    family = surname(values.get("name", ""))
    if not family:
        return "尊敬的顾客" if language == "zh" else "dear customer"
    title = values.get("title", "").strip()
    if language == "zh":
        return family + (_ZH_TITLES.get(title, title) or "先生/女士")
    return f"{_EN_TITLES.get(title, title) or 'Mr/Ms'} {family}"
