"""Working time: adding it to a moment and measuring it between two, safe over nights, holidays and clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from desk.domain.policy import Calendar

_LONGEST_CLOSED = 3660  # days; policy_checks refuses a calendar that could stay closed for so long


def clock_time(text: str) -> time:
    """ "HH:MM" as a time of day; "24:00" is not one (see `windows`). Raises ValueError."""
    return time.fromisoformat(text)


def window(calendar: Calendar, day: date) -> tuple[datetime, datetime] | None:
    """Opening and closing of one local day in UTC, or None where it is closed.

    The hours are the wall clock's: on the day the clocks change, a window is an hour longer or shorter where it spans
    the change.
    """
    if day.isoweekday() not in calendar.days or day in calendar.holidays:
        return None
    zone = ZoneInfo(calendar.timezone)
    opens = datetime.combine(day, clock_time(calendar.opens), zone).astimezone(UTC)
    if calendar.closes == "24:00":
        closes = datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)
    else:
        closes = datetime.combine(day, clock_time(calendar.closes), zone).astimezone(UTC)
    return (opens, closes) if opens < closes else None


def windows(calendar: Calendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open windows from `start` (aware) on, in UTC; the first one may begin before `start`."""
    first = start.astimezone(ZoneInfo(calendar.timezone)).date()
    for offset in range(_LONGEST_CLOSED):
        found = window(calendar, first + timedelta(days=offset))
        if found is not None and found[1] > start:
            yield found


def is_open(calendar: Calendar, moment: datetime) -> bool:
    """Whether the calendar is open at that moment; it is closed at the very moment it closes."""
    found = window(calendar, moment.astimezone(ZoneInfo(calendar.timezone)).date())
    return found is not None and found[0] <= moment < found[1]


def add_working(calendar: Calendar, start: datetime, span: timedelta) -> datetime:
    """The moment (UTC) at which `span` of working time has passed since `start`; `start` itself for no span."""
    start = start.astimezone(UTC)  # arithmetic inside one zone is the wall clock's and forgets that clocks change
    if span <= timedelta():
        return start
    left = span
    for opens, closes in windows(calendar, start):
        begin = max(opens, start)
        if left <= closes - begin:
            return begin + left
        left -= closes - begin
    raise ValueError("this calendar hardly ever opens")


def working_between(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """How much working time lies between two moments; nothing where `end` is not after `start`."""
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    total = timedelta()
    for opens, closes in windows(calendar, start):
        if opens >= end:
            break
        total += min(closes, end) - max(opens, start)
    return total
