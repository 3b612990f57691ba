"""Money, dates and durations as text in the language of the screen (Babel); times are shown in this machine's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from babel import dates, numbers
from PySide6.QtCore import QCoreApplication

from desk.domain.money import Money
from desk.views import language

MINUTE, HOUR, DAY = 60, 3600, 86400
_SAID_WHOLE = 10_000  # below it a count stands with every figure
_LOCALES = {"zh": "zh_Hans_CN", "en": "en_US"}
_SIGNS = {"en": {"CN¥": "¥", "¥": "JP¥"}}  # the shops' home sign is short in both languages


class _State:
    zone: tzinfo | None = None  # None: the machine's
    clock: Callable[[], datetime] | None = None


def use_zone(zone: tzinfo | None) -> None:
    """Show times in this zone (tests and pictures); None: the machine's own."""
    _State.zone = zone


def use_clock(clock: Callable[[], datetime] | None) -> None:
    """Paint as if it were this time (tests and pictures); None: the machine's clock."""
    _State.clock = clock


def locale() -> str:
    """Babel's name of the locale in force."""
    return _LOCALES[language.current()]


def money(amount: Money | None) -> str:
    """ "¥1,299.00"; what is not known is a dash."""
    return "–" if amount is None else _money(amount, language.current())


@lru_cache(maxsize=4096)
def _money(amount: Money, shown_in: str) -> str:
    """Lists say the same amounts with every repaint."""
    text = numbers.format_currency(amount.decimal(), amount.currency, locale=_LOCALES[shown_in])
    sign = numbers.get_currency_symbol(amount.currency, locale=_LOCALES[shown_in])
    return text.replace(sign, _SIGNS.get(shown_in, {}).get(sign, sign), 1)


def minor(amount: object, currency: object) -> str:
    """Minor units and a currency, as data of a code has them, as text."""
    return money(Money(int(str(amount)), str(currency))) if currency else str(amount)


def labelled(name: str, said: str) -> str:
    """ "Payment arrived: 支付成功"; Chinese has a colon of its own."""
    return f"{name}：{said}" if language.current() == "zh" else f"{name}: {said}"


def number(value: int) -> str:
    """1299 as "1,299"."""
    return numbers.format_decimal(value, locale=locale())


def count(value: int) -> str:
    """How many, where there is little room: from ten thousand on "12.3K", 1.2万."""
    if value < _SAID_WHOLE:
        return str(value)
    return str(numbers.format_compact_decimal(value, locale=locale(), fraction_digits=1))


def local(at: datetime) -> datetime:
    """The time in the zone that is shown."""
    return at.astimezone(_State.zone)


def now() -> datetime:
    """Now, aware UTC: only for what is painted; the rules have their own clock."""
    return _State.clock() if _State.clock else datetime.now(UTC)


def clock(at: datetime) -> str:
    """ "20:03"."""
    return local(at).strftime("%H:%M")


def clock_seconds(at: datetime) -> str:
    """ "20:03:31"."""
    return local(at).strftime("%H:%M:%S")


def moment(at: datetime, today: datetime | None = None) -> str:
    """ "20:03" today, "Nov 20, 20:03" in this year, with its year before that."""
    there, here = local(at), local(today or now())
    if there.date() == here.date():
        return clock(at)
    pattern = "MMMd" if there.year == here.year else "yMMMd"
    return f"{dates.format_skeleton(pattern, there, locale=locale())} {clock(at)}"


def brief(at: datetime) -> str:
    """ "20:03" today, else only the day."""
    return clock(at) if local(at).date() == local(now()).date() else day(at)


def day(at: datetime) -> str:
    """ "Nov 20" or "11月20日"."""
    return str(dates.format_skeleton("MMMd", local(at), locale=locale()))


def countdown(seconds: float) -> str:
    """ "01:12:40", "3 d 04:10" beyond a day; negative when it is over."""
    whole = int(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    days, rest = divmod(whole, DAY)
    text = f"{rest // HOUR:02}:{rest % HOUR // MINUTE:02}:{rest % MINUTE:02}"
    if days:
        text = QCoreApplication.translate("format", "{days} d {time}").format(days=days, time=text[:5])
    return sign + text


def short(seconds: float) -> str:
    """For the clock chip: "41:05" under an hour, "1 h 12 m" under a day, "3 d" beyond; "-05:12" when it is over."""
    whole = int(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    if whole < HOUR:
        return f"{sign}{whole // MINUTE:02}:{whole % MINUTE:02}"
    if whole < DAY:
        text = QCoreApplication.translate("format", "{hours}h {minutes}m")
        return sign + text.format(hours=whole // HOUR, minutes=f"{whole % HOUR // MINUTE:02}")
    return sign + QCoreApplication.translate("format", "{days}d {hours}h").format(
        days=whole // DAY, hours=whole % DAY // HOUR
    )
