"""Waiting before another try: spread, growing, capped, and the centre's wish wins."""

from __future__ import annotations

import random

from desk.sync.backoff import CAP, LONG_AFTER, LONG_CAP, Backoff


def delays(failures: int, now: float = 0.0, **more) -> list[float]:
    backoff = Backoff()
    for _ in range(failures):
        backoff = backoff.failed(0.0)
    rng = random.Random(1)
    return [backoff.delay(now, rng, **more) for _ in range(300)]


def test_delays_are_spread_over_the_whole_span():
    waited = delays(3)
    assert max(waited) <= 8
    assert min(waited) < 1, "a thousand desks must not come back in step"
    assert max(waited) > 7


def test_delays_grow_and_are_capped():
    assert max(delays(1)) < max(delays(4)) < max(delays(30)) <= CAP


def test_after_ten_minutes_tries_are_rarer():
    assert CAP < max(delays(30, now=LONG_AFTER + 1)) <= LONG_CAP


def test_what_the_centre_asks_for_is_kept():
    waited = delays(1, retry_after=10.0)
    assert min(waited) >= 10
    assert max(waited) <= 12.5
