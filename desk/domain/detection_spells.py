"""What lasted how long on an order: payment, stock, systems and contact, as stretches of time with what was seen.

A spell is a fact with its beginning and, where it is over, its end. Rules wait for a spell to last (`detection`), so
the same spells say what is wrong now and what would have been found before. Nothing personal is seen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from desk.domain import surplus
from desk.domain.ledger import LedgerEntry
from desk.domain.order_facts import systems_differ
from desk.domain.orders import GoodsFlag, Line, Order, OrderState, Receipt
from desk.domain.policy import Policy
from desk.domain.prescreen import has_shipped

Saw = Mapping[str, str | int]
_LISTED = 10  # things named in what was seen; the rest is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A fact that held from `since` to `until` (None: it still does). `window` tells it from others of its rule on the
    same order: the same window is the same ticket."""

    window: str
    since: datetime
    until: datetime | None = None
    saw: Saw = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a rule looks at: the order with its ledger, under which limits."""

    order: Order
    policy: Policy
    limits: Mapping[str, int] = field(default_factory=dict)
    entries: tuple[LedgerEntry, ...] = ()

    def limit(self, name: str) -> int:
        """The limit of that name; 0 where policy states none."""
        return self.limits.get(name, 0)


Spells = Iterable[Spell]


def listed(words: Iterable[str]) -> str:
    """Some of them, with commas."""
    return ",".join(sorted(set(words))[:_LISTED])


def live_lines(order: Order) -> tuple[Line, ...]:
    """Lines of which something is not cancelled."""
    return tuple(line for line in order.lines if line.cancelled < line.quantity)


def over_at(order: Order) -> datetime | None:
    """When an order that is over ended, as far as it says; its making where it does not say."""
    match order.state:
        case OrderState.CANCELLED:
            return order.cancelled_at or order.created_at
        case OrderState.SIGNED | OrderState.COMPLETED:
            return order.signed_at or order.created_at
        case _:
            return None


def left_at(order: Order) -> datetime | None:
    """When the goods left the house or the order was over: from then on stock is no question of it."""
    if has_shipped(order):
        return order.shipped_at or min((p.shipped_at for p in order.parcels if p.shipped_at), default=order.created_at)
    return over_at(order)


# --- payment -----------------------------------------------------------------------------------------------------


def payment_incomplete(sight: Sight) -> Iterator[Spell]:
    """Made and not paid (MISSION 42). What the payment side received is the other rules' matter."""
    order = sight.order
    if order.receipts:
        return
    until = order.paid_at or (None if order.state is OrderState.UNPAID else over_at(order) or order.created_at)
    yield Spell(window="unpaid", since=order.created_at, until=until, saw={"due": order.due})


def paid_not_updated(sight: Sight) -> Iterator[Spell]:
    """The payment side received what is due, the order does not know it (MISSION 45, 72)."""
    order = sight.order
    covered = _covered_at(order)
    if covered is None:
        return
    until = order.paid_at if order.state is not OrderState.UNPAID else None
    if until is None and order.state is not OrderState.UNPAID:
        until = over_at(order) or covered.at
    saw: Saw = {"receipt": covered.id, "received": sum(one.amount for one in order.receipts), "due": order.due}
    yield Spell(window=covered.id, since=covered.at, until=until, saw=saw)


def _covered_at(order: Order) -> Receipt | None:
    """The receipt with which everything that is due had come in."""
    by_time = sorted(order.receipts, key=lambda one: (one.at, one.id))
    sums = accumulate(one.amount - one.refunded for one in by_time)
    return next((one for one, total in zip(by_time, sums, strict=True) if total >= order.due), None)


def paid_twice(sight: Sight) -> Iterator[Spell]:
    """More was received than is due, by a payment as large as another one (MISSION 43)."""
    for standing, is_double in _beyond(sight):
        if is_double:
            saw: Saw = {"receipt": standing.receipt.id, "surplus": standing.surplus, "received": _received(sight.order)}
            yield Spell(window=standing.receipt.id, since=standing.receipt.at, saw={**saw, "due": sight.order.due})


def amount_mismatch(sight: Sight) -> Iterator[Spell]:
    """More or less was received than is due (MISSION 44)."""
    order = sight.order
    for standing, is_double in _beyond(sight):
        if not is_double:
            saw: Saw = {"receipt": standing.receipt.id, "surplus": standing.surplus, "received": _received(order)}
            yield Spell(window=standing.receipt.id, since=standing.receipt.at, saw={**saw, "due": order.due})
    lacking = _lacking(order)
    if lacking > 0:
        last = max(order.receipts, key=lambda one: (one.at, one.id))
        lacks: Saw = {"shortfall": lacking, "received": _received(order), "due": order.due}
        yield Spell(window=f"short-{last.id}", since=last.at, until=over_at(order), saw=lacks)


def _beyond(sight: Sight) -> Iterator[tuple[surplus.Standing, bool]]:
    """Payments of which something is there beyond what is due, and whether each repeats another one."""
    order = sight.order
    if not order.receipts or order.state is OrderState.CANCELLED:
        return  # what a cancel puts back is a matter of the cancel
    standings = surplus.standings(order, sight.entries)
    for standing in standings:
        if standing.surplus > 0:
            others = [one.receipt.amount for one in standings if one is not standing]
            others += [tender.paid for tender in order.tenders if tender is not standing.tender]
            yield standing, standing.surplus == standing.receipt.amount and standing.receipt.amount in others


def _lacking(order: Order) -> int:
    """What an order lacks of which a part was received: due and not there, or believed and not there."""
    if not order.receipts:
        return 0
    if order.state is OrderState.UNPAID:
        return max(0, order.due - _received(order))
    known = surplus.matched(order)
    return sum(max(0, known[one.id].paid - one.amount) for one in order.receipts if one.id in known)


def _received(order: Order) -> int:
    return sum(receipt.amount for receipt in order.receipts)


# --- stock -------------------------------------------------------------------------------------------------------


def oversold(sight: Sight) -> Iterator[Spell]:
    """Paid, not shipped, and fewer goods than were sold (MISSION 47): none left to reserve, or fewer on the shelf than
    are reserved."""
    short = {line.sku: missing for line in _waiting(sight.order) if (missing := _missing(line)) > 0}
    yield from _stock_spell(sight.order, short, {"missing": sum(short.values())})


def reservation_failed(sight: Sight) -> Iterator[Spell]:
    """Paid, goods are there, and they were not reserved for it (MISSION 48)."""
    failed = {
        line.sku: line.quantity - line.cancelled - line.stock_reserved
        for line in _waiting(sight.order)
        if line.stock_available is not None and _missing(line) <= 0
    }
    failed = {sku: pieces for sku, pieces in failed.items() if pieces > 0}
    yield from _stock_spell(sight.order, failed, {"unreserved": sum(failed.values())})


def stock_differs(sight: Sight) -> Iterator[Spell]:
    """What the system has and what was counted differ by so many pieces (MISSION 49)."""
    apart = {
        line.sku: abs(line.stock_available - line.stock_counted)
        for line in _waiting(sight.order)
        if line.stock_available is not None and line.stock_counted is not None
    }
    apart = {sku: pieces for sku, pieces in apart.items() if pieces and pieces >= sight.limit("pieces")}
    lines = [line for line in live_lines(sight.order) if line.sku in apart]
    counts = {
        "available": min((line.stock_available or 0 for line in lines), default=0),
        "counted": min((line.stock_counted or 0 for line in lines), default=0),
    }
    yield from _stock_spell(sight.order, apart, counts)


def _waiting(order: Order) -> tuple[Line, ...]:
    """Lines of a paid order whose goods are still to be taken from the shelf."""
    if order.state is not OrderState.PAID or order.packed_at is not None or has_shipped(order):
        return ()
    return tuple(line for line in live_lines(order) if GoodsFlag.DIGITAL not in line.flags)


def _missing(line: Line) -> int:
    """Pieces of a line that are not there; 0 where nobody told."""
    wanted = line.quantity - line.cancelled
    if line.stock_counted is not None and line.stock_counted < wanted:
        return wanted - line.stock_counted
    if line.stock_available is None:
        return 0
    return max(0, wanted - line.stock_reserved - max(0, line.stock_available), -line.stock_available)


def _stock_spell(order: Order, skus: Mapping[str, int], saw: Saw) -> Iterator[Spell]:
    """No source says since when: since a warehouse told of it, or the order was paid."""
    if skus:
        told = [event.at for event in order.events if event.area == "stock"]
        since = max(told, default=order.paid_at or order.created_at)
        yield Spell(window=listed(skus), since=since, saw={"skus": listed(skus), **saw})


# --- systems and contact -----------------------------------------------------------------------------------------


def sync_failed(sight: Sight) -> Iterator[Spell]:
    """The systems do not say the same of the order (MISSION 61), since the newest of their words."""
    order = sight.order
    if not order.systems or not systems_differ(order, sight.policy):
        return
    said = ",".join(f"{one.system}={one.state}" for one in sorted(order.systems, key=lambda one: one.system))
    since = max(one.at for one in order.systems)
    yield Spell(window=f"{order.state}|{said}", since=since, saw={"systems": said, "state": str(order.state)})


def address_wrong(sight: Sight) -> Iterator[Spell]:
    """An address to which nothing can be delivered (MISSION 56)."""
    flags = [flag for flag in sight.order.contact_flags if flag.startswith("address")]
    yield from _contact_spell(sight.order, flags)


def phone_wrong(sight: Sight) -> Iterator[Spell]:
    """A phone that cannot be one, or that nobody answered when a courier called (MISSION 57)."""
    order = sight.order
    flags = [flag for flag in order.contact_flags if flag.startswith("phone")]
    unanswered = [event for event in order.events if event.code == "phone_unreachable"]
    yield from _contact_spell(order, flags)
    if unanswered and not flags:
        last = unanswered[-1]
        window = f"unreachable-{last.at.isoformat()}"
        saw: Saw = {"flags": "phone_unreachable", "calls": len(unanswered)}
        yield Spell(window=window, since=last.at, until=over_at(order), saw=saw)


def _contact_spell(order: Order, flags: list[str]) -> Iterator[Spell]:
    if flags:
        since = order.paid_at or order.created_at
        yield Spell(window=listed(flags), since=since, until=over_at(order), saw={"flags": listed(flags)})


# --- malice ------------------------------------------------------------------------------------------------------


def odd_quantity(sight: Sight) -> Iterator[Spell]:
    """So many pieces of one article as nobody needs (MISSION 108)."""
    order = sight.order
    odd = [line for line in live_lines(order) if line.quantity - line.cancelled >= sight.limit("pieces")]
    if odd:
        pieces = max(line.quantity - line.cancelled for line in odd)
        saw: Saw = {"skus": listed(line.sku for line in odd), "pieces": pieces}
        yield Spell(window="quantity", since=order.created_at, until=left_at(order), saw=saw)


def new_account_bulk(sight: Sight) -> Iterator[Spell]:
    """A new customer who orders in bulk (MISSION 108)."""
    order = sight.order
    pieces = sum(line.quantity - line.cancelled for line in live_lines(order))
    if order.tier == "new" and pieces >= sight.limit("pieces"):
        saw: Saw = {"pieces": pieces, "tier": order.tier}
        yield Spell(window="bulk", since=order.created_at, until=left_at(order), saw=saw)
