"""Facts of an order's shipping: how far it is, and of the parcel in most trouble where and how long silent."""

from __future__ import annotations

from datetime import datetime

from desk.domain.orders import Order, OrderState, Parcel, Scan
from desk.domain.playbooks import FactValue
from desk.domain.prescreen import has_shipped

# Systems that see a parcel with their own eyes: the carrier's other lines and the warehouse's own tracking.
_WITNESSES = frozenset({"carrier", "tms", "wms"})


def parcel_facts(order: Order, now: datetime) -> dict[str, FactValue]:
    """Packed to signed, and the parcels. Where several are under way, the one that is silent longest speaks."""
    found: dict[str, FactValue] = {
        "packed": order.packed_at is not None or has_shipped(order),
        "shipped": has_shipped(order),
        "signed": order.signed_at is not None or order.state in (OrderState.SIGNED, OrderState.COMPLETED),
        "wave_at": order.wave_at.isoformat() if order.wave_at else "",
        "parcels": len(order.parcels),
        "carriers": ", ".join(dict.fromkeys(parcel.carrier for parcel in order.parcels)),
        "trackings": ", ".join(parcel.tracking for parcel in order.parcels),
    }
    if order.parcels:
        found |= _scanned(order) | _under_way(order, now)
    return found


def _scanned(order: Order) -> dict[str, FactValue]:
    """What the carriers' scans say of any parcel."""
    codes = {scan.code for parcel in order.parcels for scan in parcel.trace}
    if not codes:
        return {}
    return {
        "parcel_lost": "lost" in codes,
        "parcel_damaged": "damaged" in codes,
        "parcel_harmed": bool(codes & {"lost", "damaged"}),
        "refused": "refused" in codes,
    }


def _under_way(order: Order, now: datetime) -> dict[str, FactValue]:
    """Of the parcel that has been silent longest; of the last one where all are signed for."""
    waiting = [parcel for parcel in order.parcels if not _signed(parcel)]
    parcel = min(waiting or order.parcels[-1:], key=lambda one: (_last_at(one) or order.created_at, one.id))
    found: dict[str, FactValue] = {"parcel_scans": len(parcel.trace)}
    if parcel.trace:
        found |= _last_scan(parcel.trace[-1])
    last_at = _last_at(parcel)
    if waiting and last_at is not None:
        found["parcel_hours_silent"] = _hours(last_at, now)
        found["parcel_moves_elsewhere"] = _moves_elsewhere(order)
    due = min((one.due_at for one in waiting if one.due_at is not None), default=None)
    if due is not None:
        found |= {"parcel_due_at": due.isoformat(), "parcel_late_hours": _hours(due, now)}
    return found


def _last_scan(scan: Scan) -> dict[str, FactValue]:
    return {
        "parcel_last_code": scan.code,
        "parcel_last_at": scan.at.isoformat(),
        "parcel_last_place": scan.place,
        "parcel_out_for_delivery": scan.code == "out_for_delivery",
    }


def _signed(parcel: Parcel) -> bool:
    return parcel.signed_at is not None or any(scan.code == "signed" for scan in parcel.trace)


def _last_at(parcel: Parcel) -> datetime | None:
    return parcel.trace[-1].at if parcel.trace else parcel.shipped_at


def _moves_elsewhere(order: Order) -> bool:
    """Whether a source beside the trace tells of a parcel after the last scan of all: late is the feed, not the goods
    (MISSION 17)."""
    last = max((at for parcel in order.parcels if (at := _last_at(parcel)) is not None), default=None)
    if last is None:
        return False
    told = [event.at for event in order.events if event.area == "parcel"]
    told += [said.at for said in order.systems if said.system.casefold() in _WITNESSES]
    return any(at > last for at in told)


def _hours(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // 3600))
