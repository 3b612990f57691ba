"""When the merchant ships: the waves on its calendar, and the window before each in which nobody cancels by himself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.domain.calendars import clock_time
from desk.domain.orders import Order
from desk.domain.policy import CancellationPolicy

_HORIZON = 400  # days looked ahead: longer than any run of holidays


@dataclass(frozen=True, slots=True)
class Wave:
    """One ship wave (aware UTC): cancellable by itself before `closes`, again from `over` where it did not ship."""

    at: datetime
    closes: datetime
    over: datetime


def wave_of(policy: CancellationPolicy, at: datetime) -> Wave:
    """The wave at that moment, planned by the source or by the calendar.

    The window closes a fixed time before, yet never while the merchant has not opened that day: what nobody can have
    packed can still be cancelled (MISSION 33).
    """
    zone = ZoneInfo(policy.merchant_hours.timezone)
    opens = datetime.combine(at.astimezone(zone).date(), clock_time(policy.merchant_hours.opens), zone)
    closes = at - timedelta(minutes=policy.closed_before_wave_minutes)
    opening = opens.astimezone(UTC)
    if opening < at:
        closes = max(closes, opening)
    return Wave(at=at, closes=closes, over=at + timedelta(minutes=policy.closed_after_wave_minutes))


def waves_after(policy: CancellationPolicy, moment: datetime) -> Iterator[Wave]:
    """The waves on the merchant's calendar strictly after `moment`, in order; none on closed days."""
    calendar = policy.merchant_hours
    zone = ZoneInfo(calendar.timezone)
    times = sorted(clock_time(text) for text in policy.waves)
    first = moment.astimezone(zone).date()
    for offset in range(_HORIZON):
        day = first + timedelta(days=offset)
        if day.isoweekday() not in calendar.days or day in calendar.holidays:
            continue
        for at in sorted({_moment(datetime.combine(day, clock, zone)) for clock in times}):
            if at > moment:
                yield wave_of(policy, at)


def _moment(local: datetime) -> datetime:
    return local.astimezone(UTC)


def paid_since(order: Order) -> datetime:
    """Since when the order may be picked for a wave."""
    return order.paid_at or order.created_at


def ships_at(policy: CancellationPolicy, order: Order) -> datetime | None:
    """The order's own shipping time: as its source planned it, else the first wave after it was paid; None without."""
    if order.wave_at is not None:
        return order.wave_at
    first = next(waves_after(policy, paid_since(order)), None)
    return first.at if first else None


def next_wave(policy: CancellationPolicy, order: Order, now: datetime) -> Wave | None:
    """The wave that an unshipped order would leave with, seen at `now`; None where the calendar has none.

    Once a wave is over and the source did not tell that the order left with it, the next one counts.
    """
    if order.wave_at is not None and wave_of(policy, order.wave_at).over > now:
        return wave_of(policy, order.wave_at)
    settled = timedelta(minutes=policy.closed_after_wave_minutes)
    return next(waves_after(policy, max(paid_since(order), now - settled)), None)
