"""What was received for an order beyond what it costs, receipt by receipt, and what of it may go back (MISSION 43-45).

The payment side tells receipts, the order system tells tenders; a receipt and a tender that mean the same payment are
matched. A matched receipt covers its tender, the others in order of time cover what no tender does (an unpaid order);
what covers nothing is surplus. Refunds of surplus are ledger entries on the receipt, all others on the tender. One
payment can have both, so neither may take what the other has given: see `Standing.left`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desk.domain import receipts, tenders
from desk.domain.ledger import EntryState, LedgerEntry
from desk.domain.orders import Order, OrderState, Receipt, Tender

SURPLUS = "surplus"  # the cause in the ledger keys of what goes back of a receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One receipt against the order, minor units. `tender` is the payment that the order system knows it as.

    `cover`: what it pays of the order. `surplus`: what was received beyond and is still here. `left`: what may surely
    still go back of the whole payment, the tender's refunds taken off. `unclear`: reported as refunded, and nobody
    knows yet whether that is the desk's refund under way or another one.
    """

    receipt: Receipt
    tender: Tender | None
    cover: int
    surplus: int
    left: int
    unclear: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Payment:
    """A receipt with what was given back of it. `net`: what is left of it when its tender's refunds do not count."""

    receipt: Receipt
    tender: Tender | None
    elsewhere: int
    left: int
    unclear: int
    net: int


def matched(order: Order) -> Mapping[str, Tender]:
    """The tender that each receipt is, by receipt id; receipts that the order system does not know are not in it."""
    known = receipts.matched(order)
    return {known[tender.id].id: tender for tender in order.tenders if tender.id in known}


def _by_time(order: Order) -> list[Receipt]:
    return sorted(order.receipts, key=lambda receipt: (receipt.at, receipt.id))


def of_receipt(receipt_id: str, entries: Iterable[LedgerEntry], *, confirmed_only: bool = False) -> int:
    """What the desk's ledger gave back of that receipt's surplus: all but failed entries, or confirmed ones only."""
    return sum(
        entry.cost
        for entry in entries
        if entry.receipt_id == receipt_id
        and (entry.state is EntryState.CONFIRMED if confirmed_only else entry.state is not EntryState.FAILED)
    )


def elsewhere(receipt: Receipt, tender: Tender | None, entries: Iterable[LedgerEntry]) -> int:
    """What others gave back of that payment, minor units, as far as either side told."""
    kept = tuple(entries)
    ours = of_receipt(receipt.id, kept) + (tenders.by_desk(tender.id, kept) if tender else 0)
    told = max(receipt.refunded_elsewhere, receipt.refunded - ours)
    return max(told, tenders.elsewhere(tender, kept) if tender else 0)


def standings(order: Order, entries: Iterable[LedgerEntry]) -> tuple[Standing, ...]:
    """Every receipt of the order, oldest first. Of a cancelled order nothing is due any more."""
    kept = tuple(entries)
    known = matched(order)
    payments = [_payment(receipt, known.get(receipt.id), kept) for receipt in _by_time(order)]
    covers = {one.receipt.id: min(one.net, one.tender.paid) for one in payments if one.tender}
    unknown_tenders = [tender for tender in order.tenders if tender not in known.values()]
    due = 0 if order.state is OrderState.CANCELLED else order.due
    rest = max(0, due - sum(covers.values()) - sum(tender.paid for tender in unknown_tenders))
    for one in payments:
        if one.tender is None:
            covers[one.receipt.id] = min(one.net, rest)
            rest -= covers[one.receipt.id]
    return tuple(_standing(one, covers[one.receipt.id]) for one in payments)


def _payment(receipt: Receipt, tender: Tender | None, entries: tuple[LedgerEntry, ...]) -> _Payment:
    mine = of_receipt(receipt.id, entries)
    ours = mine + (tenders.by_desk(tender.id, entries) if tender else 0)
    sure = of_receipt(receipt.id, entries, confirmed_only=True)
    sure += tenders.by_desk(tender.id, entries, confirmed_only=True) if tender else 0
    others = elsewhere(receipt, tender, entries)
    beside = others - (tenders.elsewhere(tender, entries) if tender else 0)  # others gave it back of the surplus
    unclear = max(0, receipt.refunded - others - sure)
    unclear = max(unclear, tenders.unclear(tender, entries) if tender else 0)
    return _Payment(
        receipt=receipt,
        tender=tender,
        elsewhere=others,
        left=max(0, receipt.amount - others - ours - unclear),
        unclear=unclear,
        net=max(0, receipt.amount - mine - beside),
    )


def _standing(payment: _Payment, cover: int) -> Standing:
    return Standing(
        receipt=payment.receipt,
        tender=payment.tender,
        cover=cover,
        surplus=max(0, min(payment.net - cover, payment.left)),
        left=payment.left,
        unclear=payment.unclear,
    )


def received(order: Order, entries: Iterable[LedgerEntry]) -> int:
    """What was received and is still here, minor units: receipts, and tenders that no receipt stands for."""
    kept = tuple(entries)
    known = matched(order).values()
    rest = sum(tenders.left(tender, kept) for tender in order.tenders if tender not in known)
    return rest + sum(standing.left for standing in standings(order, kept))


def left_of(order: Order, tender: Tender, entries: Iterable[LedgerEntry]) -> int:
    """What may surely still go back to that tender: never more than was received with it (domain.tenders.left)."""
    kept = tuple(entries)
    left = tenders.left(tender, kept)
    for standing in standings(order, kept):
        if standing.tender is not None and standing.tender.id == tender.id:
            return min(left, standing.left)
    return left


def unclear_payment(order: Order, entries: Iterable[LedgerEntry]) -> str:
    """The id of a tender or receipt of which nobody knows yet whether money went back; empty where all is clear."""
    kept = tuple(entries)
    unclear = [tender.id for tender in order.tenders if tenders.unclear(tender, kept) > 0]
    unclear += [standing.receipt.id for standing in standings(order, kept) if standing.unclear > 0]
    return unclear[0] if unclear else ""


def attributed(order: Order, entries: Iterable[LedgerEntry]) -> Order:
    """The order with what others refunded written down; done before entries or reported sums change."""
    kept = tuple(entries)
    order = tenders.attributed(order, kept)
    known = matched(order)
    kept_receipts = tuple(
        replace(receipt, refunded_elsewhere=elsewhere(receipt, known.get(receipt.id), kept))
        for receipt in order.receipts
    )
    return order if kept_receipts == order.receipts else replace(order, receipts=kept_receipts)
