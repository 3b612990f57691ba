"""The desk's clock follows the centre and is moved back by nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desk.sync.clock import CentreClock

MINUTE = timedelta(minutes=1)


def now() -> datetime:
    return datetime.now(UTC)


def test_the_centres_time_is_taken_on():
    clock = CentreClock()
    clock.heard(now() + timedelta(hours=3))
    assert abs(clock.now() - (now() + timedelta(hours=3))) < MINUTE


def test_a_small_difference_keeps_the_finer_clock():
    clock = CentreClock()
    clock.heard(now().replace(microsecond=0))
    assert abs(clock.now() - now()) < timedelta(seconds=1)


def test_a_clock_set_back_between_runs_gains_nothing():
    clock = CentreClock()
    clock.not_before(now() + timedelta(days=2))
    assert clock.now() >= now() + timedelta(days=2) - MINUTE


def test_time_never_runs_backwards():
    clock = CentreClock()
    clock.heard(now() + timedelta(hours=1))
    first = clock.now()
    clock.heard(None)
    assert clock.now() >= first
