"""What single lines of an order cost, to the minor unit, and by which payments that goes back (MISSION 103, 106).

The lines with their shares of freight lie in a row as long as what the order costs, the payments in another one beside
it: where a line and a payment overlap, that much of the line was paid with it. So all lines together give back exactly
what was paid with each payment, in whatever order they go back. Where a payment has not so much left, others step in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry
from desk.domain.money import allocate
from desk.domain.orders import Line, Order
from desk.domain.surplus import left_of

PARCEL = "parcel"  # cause in ledger keys, with the payment behind it
LESS_FREIGHT = "less_freight"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What goes back to one payment, minor units; `line_id` is empty where it is for no line alone."""

    tender_id: str
    amount: int
    line_id: str = ""


def costs(order: Order) -> Mapping[str, int]:
    """What each line cost with its share of freight, by line id: together exactly `order.due`."""
    weights = [line.paid for line in order.lines]
    shares = allocate(order.freight, weights if any(weights) else [1] * len(weights))
    return {line.id: line.paid + share for line, share in zip(order.lines, shares, strict=True)}


def parts_of_lines(order: Order, lines: Iterable[Line], entries: Iterable[LedgerEntry]) -> tuple[Part, ...]:
    """What goes back for these lines, by line and payment: what they cost, less what went back for them already."""
    kept = tuple(entries)
    room = {tender.id: left_of(order, tender, kept) for tender in order.tenders}
    begins = _begins(order)
    cost = costs(order)
    found: dict[tuple[str, str], int] = {}
    chosen = [line for line in order.lines if line.id in {one.id for one in lines}]
    for line in chosen:
        size = cost[line.id] * max(0, line.quantity - line.cancelled) // max(1, line.quantity)
        rest = size - _given(line.id, None, kept)
        for tender_id, wish in _overlaps(order, begins[line.id], size).items():
            part = min(max(0, wish - _given(line.id, tender_id, kept)), room[tender_id], max(0, rest))
            rest -= _take(found, room, (line.id, tender_id), part)
        for tender in order.tenders:
            rest -= _take(found, room, (line.id, tender.id), min(max(0, rest), room[tender.id]))
    return tuple(
        Part(line_id=line_id, tender_id=tender_id, amount=amount)
        for (line_id, tender_id), amount in found.items()
        if amount > 0
    )


def parts_less_freight(order: Order, entries: Iterable[LedgerEntry]) -> tuple[Part, ...]:
    """Everything that is left but what freight cost, which stays with the last payments."""
    kept = tuple(entries)
    lefts = {tender.id: left_of(order, tender, kept) for tender in order.tenders}
    rest = max(0, sum(lefts.values()) - order.freight)
    found: list[Part] = []
    for tender_id, left in lefts.items():
        amount = min(left, rest)
        rest -= amount
        if amount > 0:
            found.append(Part(tender_id=tender_id, amount=amount))
    return tuple(found)


def was_refunded(line_id: str, entries: Iterable[LedgerEntry]) -> bool:
    """Whether money went or is going back for that line, alone or with the whole order. Goodwill does not count."""
    return any(entry.line_id in ("", line_id) and _is_live_refund(entry) for entry in entries)


def _is_live_refund(entry: LedgerEntry) -> bool:
    return entry.kind is BenefitKind.REFUND and entry.receipt_id is None and entry.state is not EntryState.FAILED


def _given(line_id: str, tender_id: str | None, entries: Iterable[LedgerEntry]) -> int:
    return sum(
        entry.cost
        for entry in entries
        if entry.line_id == line_id and tender_id in (None, entry.tender_id) and _is_live_refund(entry)
    )


def _begins(order: Order) -> Mapping[str, int]:
    """Where each line begins in the row of lines."""
    cost = costs(order)
    begins: dict[str, int] = {}
    at = 0
    for line in order.lines:
        begins[line.id] = at
        at += cost[line.id]
    return begins


def _overlaps(order: Order, begin: int, size: int) -> Mapping[str, int]:
    """How much of the stretch from `begin` lies beside each payment."""
    found: dict[str, int] = {}
    at = 0
    for tender in order.tenders:
        found[tender.id] = max(0, min(begin + size, at + tender.paid) - max(begin, at))
        at += tender.paid
    return found


def _take(found: dict[tuple[str, str], int], room: dict[str, int], place: tuple[str, str], amount: int) -> int:
    found[place] = found.get(place, 0) + amount
    room[place[1]] -= amount
    return amount
