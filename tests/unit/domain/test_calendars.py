"""Working time: what holds for every calendar, and the days on which it is easy to get wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from desk.domain.calendars import add_working, is_open, window, working_between
from desk.domain.policy import Calendar

SHANGHAI = Calendar(timezone="Asia/Shanghai", opens="09:00", closes="21:00", days=(1, 2, 3, 4, 5, 6, 7))
NEW_YORK = Calendar(timezone="America/New_York", opens="01:00", closes="09:00", days=(1, 2, 3, 4, 5, 6, 7))
LOCAL = ZoneInfo("Asia/Shanghai")


def at(*parts: int, zone: str = "Asia/Shanghai") -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type,misc]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    opens = draw(st.integers(0, 22))
    closes = draw(st.integers(opens + 1, 24))
    return Calendar(
        timezone=draw(
            st.sampled_from(["Asia/Shanghai", "America/New_York", "Europe/Berlin", "UTC", "Australia/Sydney"])
        ),
        opens=f"{opens:02}:00",
        closes=f"{closes:02}:00",
        days=tuple(sorted(draw(st.sets(st.integers(1, 7), min_size=1)))),
        holidays=tuple(draw(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=20))),
    )


NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 365 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
spans = st.integers(1, 60 * 24 * 3).map(lambda minutes: timedelta(minutes=minutes))


@given(calendars(), moments, spans)
def test_the_time_added_is_the_time_that_lies_between(calendar: Calendar, start: datetime, span: timedelta) -> None:
    assert working_between(calendar, start, add_working(calendar, start, span)) == span


@given(calendars(), moments, spans, spans)
def test_adding_twice_is_adding_the_sum(calendar: Calendar, start: datetime, a: timedelta, b: timedelta) -> None:
    assert add_working(calendar, add_working(calendar, start, a), b) == add_working(calendar, start, a + b)


@given(calendars(), moments, moments, moments)
def test_time_between_adds_up_over_any_moment(calendar: Calendar, a: datetime, b: datetime, c: datetime) -> None:
    first, middle, last = sorted([a, b, c])
    parts = working_between(calendar, first, middle) + working_between(calendar, middle, last)
    assert parts == working_between(calendar, first, last)
    assert parts <= last - first


@given(calendars(), moments, spans)
def test_what_is_due_is_due_while_open_or_at_closing(calendar: Calendar, start: datetime, span: timedelta) -> None:
    due = add_working(calendar, start, span)
    assert due > start
    assert is_open(calendar, due - timedelta(microseconds=1))


def test_a_request_at_night_is_due_the_next_morning() -> None:
    asked = at(2026, 3, 2, 20, 55)
    assert add_working(SHANGHAI, asked, timedelta(minutes=15)).astimezone(LOCAL) == at(2026, 3, 3, 9, 10)


def test_exactly_at_closing_is_still_the_same_day() -> None:
    assert add_working(SHANGHAI, at(2026, 3, 2, 20, 45), timedelta(minutes=15)) == at(2026, 3, 2, 21, 0)
    assert not is_open(SHANGHAI, at(2026, 3, 2, 21, 0))


def test_holidays_and_weekends_do_not_count() -> None:
    office = Calendar(
        timezone="Asia/Shanghai", opens="09:00", closes="18:00", days=(1, 2, 3, 4, 5), holidays=(date(2026, 3, 9),)
    )
    friday_evening = at(2026, 3, 6, 17, 50)
    assert add_working(office, friday_evening, timedelta(minutes=15)) == at(2026, 3, 10, 9, 5)
    assert window(office, date(2026, 3, 9)) is None


def test_the_night_the_clocks_go_forward_is_an_hour_shorter() -> None:
    spring, autumn = date(2026, 3, 8), date(2026, 11, 1)
    lengths = [window(NEW_YORK, day) for day in (spring, date(2026, 3, 10), autumn)]
    assert [found[1] - found[0] for found in lengths if found] == [timedelta(hours=h) for h in (7, 8, 9)]
    start = at(2026, 3, 8, 1, 30, zone="America/New_York")
    assert add_working(NEW_YORK, start, timedelta(hours=1)).astimezone(ZoneInfo("America/New_York")).hour == 3


def test_a_day_may_end_at_midnight() -> None:
    late = Calendar(timezone="Asia/Shanghai", opens="08:00", closes="24:00", days=(1, 2, 3, 4, 5, 6, 7))
    assert add_working(late, at(2026, 3, 2, 23, 50), timedelta(minutes=15)) == at(2026, 3, 3, 8, 5)
