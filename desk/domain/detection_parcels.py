"""What lasted how long on an order's parcels: silence, lateness, loss, refusal, as spells (see detection_spells)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from desk.domain.detection_spells import Saw, Sight, Spell, over_at
from desk.domain.orders import Order, Parcel, Scan

_ENDS = frozenset({"signed", "refused", "lost", "damaged"})  # after these nobody waits for the next scan
_LOSSES = frozenset({"lost", "damaged"})


def trace_stalled(sight: Sight) -> Iterator[Spell]:
    """A parcel that was scanned and then not again (MISSION 53, 73). Every gap between two scans is a spell."""
    for parcel in sight.order.parcels:
        for scan, following in pairwise((*parcel.trace, None)):
            if scan is not None and scan.code not in _ENDS:
                until = following.at if following else _ended(sight.order, parcel)
                yield Spell(window=_window(parcel, scan), since=scan.at, until=until, saw=_saw(parcel, scan))


def never_scanned(sight: Sight) -> Iterator[Spell]:
    """A parcel that was handed over and never scanned."""
    for parcel in sight.order.parcels:
        if parcel.shipped_at is not None:
            first = parcel.trace[0].at if parcel.trace else _ended(sight.order, parcel)
            saw: Saw = {"parcel": parcel.id, "carrier": parcel.carrier}
            yield Spell(window=f"{parcel.id}|unscanned", since=parcel.shipped_at, until=first, saw=saw)


def delivery_delayed(sight: Sight) -> Iterator[Spell]:
    """A parcel past the time that its carrier had said (MISSION 52)."""
    for parcel in sight.order.parcels:
        if parcel.due_at is not None:
            ends = [scan.at for scan in parcel.trace if scan.code in _ENDS and scan.at >= parcel.due_at]
            until = ends[0] if ends else _ended(sight.order, parcel)
            if until is None or until > parcel.due_at:
                saw: Saw = {"parcel": parcel.id, "carrier": parcel.carrier, "due_at": parcel.due_at.isoformat()}
                window = f"{parcel.id}|{parcel.due_at.isoformat()}"
                yield Spell(window=window, since=parcel.due_at, until=until, saw=saw)


def parcel_lost(sight: Sight) -> Iterator[Spell]:
    """The carrier says that a parcel is lost or damaged (MISSION 51). One that moves again was found."""
    for parcel in sight.order.parcels:
        told = [scan for scan in parcel.trace if scan.code in _LOSSES]
        if told:
            last = told[-1]
            later = [scan.at for scan in parcel.trace if scan.at > last.at]
            moved = later[0] if later and last.code == "lost" else None
            until = _first(moved, _cancelled_at(sight.order))
            yield Spell(window=_window(parcel, last), since=last.at, until=until, saw=_saw(parcel, last))


def refused(sight: Sight) -> Iterator[Spell]:
    """The customer refused a parcel (MISSION 54); one that is signed for after all was taken."""
    for parcel in sight.order.parcels:
        told = [scan for scan in parcel.trace if scan.code == "refused"]
        if told:
            taken = [scan.at for scan in parcel.trace if scan.code == "signed" and scan.at > told[-1].at]
            until = _first(taken[0] if taken else parcel.signed_at, _cancelled_at(sight.order))
            yield Spell(window=_window(parcel, told[-1]), since=told[-1].at, until=until, saw=_saw(parcel, told[-1]))


def _ended(order: Order, parcel: Parcel) -> datetime | None:
    return parcel.signed_at or over_at(order)


def _cancelled_at(order: Order) -> datetime | None:
    return order.cancelled_at


def _first(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)


def _window(parcel: Parcel, scan: Scan) -> str:
    return f"{parcel.id}|{scan.code}|{scan.at.isoformat()}"


def _saw(parcel: Parcel, scan: Scan) -> Saw:
    return {
        "parcel": parcel.id,
        "carrier": parcel.carrier,
        "scan": scan.code,
        "scan_at": scan.at.isoformat(),
        "place": scan.place,
    }
