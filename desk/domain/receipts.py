"""Which payment of the payment side is which tender of the order, and which payments the order does not know."""

from __future__ import annotations

from collections.abc import Mapping

from desk.domain.orders import Order, Receipt, Tender


def matched(order: Order) -> Mapping[str, Receipt]:
    """The receipt of each tender that has one, by the tender's id.

    By reference where the tender names one. A tender without a reference is paired with the first receipt of the same
    method and amount that nobody names: taking it for a second payment would pay money back that was paid once.
    """
    free = {receipt.id: receipt for receipt in order.receipts}
    found: dict[str, Receipt] = {}
    for tender in sorted(order.tenders, key=lambda one: not one.reference):
        receipt = next((one for one in free.values() if _same(tender, one)), None)
        if receipt is not None:
            found[tender.id] = free.pop(receipt.id)
    return found


def unmatched(order: Order) -> tuple[Receipt, ...]:
    """Payments that the order does not know, the earliest first."""
    known = {receipt.id for receipt in matched(order).values()}
    return tuple(sorted((r for r in order.receipts if r.id not in known), key=lambda one: (one.at, one.id)))


def _same(tender: Tender, receipt: Receipt) -> bool:
    if tender.reference:
        return tender.reference == receipt.reference
    return (tender.method, tender.paid) == (receipt.method, receipt.amount)
