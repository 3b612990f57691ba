"""Which payment of the payment side is which tender of the order, and which payments the order does not know."""

from __future__ import annotations

from collections.abc import Mapping

from desk.domain.orders import Order, Receipt, Tender


def matched(order: Order) -> Mapping[str, Receipt]:
    """The receipt of each tender that has one, by the tender's id.

    By id or by reference, where both sides name the same. A tender without a reference is paired with the first receipt
    of the same method and amount that nobody names: taking it for a second payment would pay back what was paid once.
    """
    free = {receipt.id: receipt for receipt in sorted(order.receipts, key=lambda one: (one.at, one.id))}
    found: dict[str, Receipt] = {}
    for fits in (_same_id, _same_reference, _same_amount):
        for tender in order.tenders:
            receipt = next((one for one in free.values() if fits(tender, one)), None)
            if receipt is not None and tender.id not in found:
                found[tender.id] = free.pop(receipt.id)
    return found


def unmatched(order: Order) -> tuple[Receipt, ...]:
    """Payments that the order does not know, the earliest first."""
    known = {receipt.id for receipt in matched(order).values()}
    return tuple(sorted((r for r in order.receipts if r.id not in known), key=lambda one: (one.at, one.id)))


def _same_id(tender: Tender, receipt: Receipt) -> bool:
    return tender.id == receipt.id


def _same_reference(tender: Tender, receipt: Receipt) -> bool:
    return bool(tender.reference) and tender.reference == receipt.reference


def _same_amount(tender: Tender, receipt: Receipt) -> bool:
    return not tender.reference and (tender.method, tender.paid) == (receipt.method, receipt.amount)
