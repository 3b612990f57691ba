"""What the shop tells of an order after its systems did what a handling option asked: paid, sent again, corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from desk.domain.orders import Order, OrderState, Parcel, Scan, SystemState, Tender

_CONTACT = ("name", "phone", "city", "address")


@dataclass(frozen=True, slots=True)
class SideAct:
    """Something that a system behind the shop did."""

    path: str
    order: str
    at: datetime
    facts: Mapping[str, Any]
    key: str = ""


def handled(order: Order, acts: Iterable[SideAct]) -> Order:
    """The order after these acts, in their order."""
    for act in acts:
        change = _CHANGES.get(act.path)
        order = order if change is None else change(order, act)
    return order


def corrected(contact: Mapping[str, str], acts: Iterable[SideAct]) -> dict[str, str]:
    """The contact after these acts."""
    found = dict(contact)
    for act in acts:
        if act.path == "contact-changes":
            found |= {name: act.facts["details"][name] for name in _CONTACT if act.facts.get("details", {}).get(name)}
    return found


def _paid(order: Order, act: SideAct) -> Order:
    tenders = tuple(
        Tender(id=one["payment"], method=one["method"], paid=one["amount"], paid_at=act.at, reference=one["payment"])
        for one in act.facts.get("paid", ())
    )
    if order.state is not OrderState.UNPAID or sum(tender.paid for tender in tenders) != order.due:
        return order
    return replace(order, state=OrderState.PAID, paid_at=act.at, tenders=tenders)


def _sent_again(order: Order, act: SideAct) -> Order:
    carrier = order.parcels[0].carrier if order.parcels else "顺丰速运"
    digits = f"{int.from_bytes(act.key.encode()[-6:], 'big') % 10**12:012d}"
    parcel = Parcel(
        id=f"again-{act.key[-12:]}",
        carrier=carrier,
        tracking=f"RS{digits}",
        line_ids=(str(act.facts["line"]),),
        shipped_at=act.at,
        trace=(Scan(at=act.at, place="嘉兴", text="【嘉兴仓】补发件已揽收", code="picked_up"),),
    )
    return replace(order, parcels=(*order.parcels, parcel))


def _allocated(order: Order, act: SideAct) -> Order:
    lines = tuple(
        replace(line, stock_reserved=line.quantity, stock_available=line.quantity)
        if line.id == act.facts["line"]
        else line
        for line in order.lines
    )
    return replace(order, lines=lines)


def _told_again(order: Order, act: SideAct) -> Order:
    systems = tuple(SystemState(system=one.system, state=order.state, at=act.at) for one in order.systems)
    return replace(order, systems=systems)


def _scanned(text: str) -> Callable[[Order, SideAct], Order]:
    def change(order: Order, act: SideAct) -> Order:
        parcels = tuple(
            _with_scan(parcel, act.at, text) if parcel.tracking == act.facts["tracking"] else parcel
            for parcel in order.parcels
        )
        return replace(order, parcels=parcels)

    return change


def _with_scan(parcel: Parcel, at: datetime, text: str) -> Parcel:
    place = parcel.trace[-1].place if parcel.trace else "嘉兴"
    scans = (*parcel.trace, Scan(at=at, place=place, text=text, code="depot"))
    return replace(parcel, trace=tuple(sorted(scans, key=lambda scan: scan.at)))


_CHANGES: Mapping[str, Callable[[Order, SideAct], Order]] = {
    "paid-marks": _paid,
    "reshipments": _sent_again,
    "allocations": _allocated,
    "resyncs": _told_again,
    "redirections": _scanned("已按新地址改派"),
    "urgings": _scanned("网点已加急处理"),
}
