"""What may still go back to each payment of an order: paid, less what the desk gave and what was given elsewhere.

A source reports refunds as a sum per payment, the desk's own among them, sometimes before the desk has its own
confirmation. Counting both would shortchange the customer, counting one would lose what others refunded. So the part
of the reported sum that no live ledger entry explains is kept apart (`Tender.refunded_elsewhere`), and what is given is
that part plus every live entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry
from desk.domain.orders import Order, Tender

TO_TENDER = frozenset({BenefitKind.REFUND, BenefitKind.GOODWILL, BenefitKind.FREIGHT})


def by_desk(tender_id: str, entries: Iterable[LedgerEntry], *, confirmed_only: bool = False) -> int:
    """What the desk's ledger gave back to that payment, minor units: all but failed entries, or confirmed ones only."""
    return sum(
        entry.cost
        for entry in entries
        if entry.tender_id == tender_id
        and entry.kind in TO_TENDER
        and (entry.state is EntryState.CONFIRMED if confirmed_only else entry.state is not EntryState.FAILED)
    )


def elsewhere(tender: Tender, entries: Iterable[LedgerEntry]) -> int:
    """What others refunded on that payment, minor units."""
    return max(tender.refunded_elsewhere, tender.refunded - by_desk(tender.id, entries))


def given(tender: Tender, entries: Iterable[LedgerEntry]) -> int:
    """All that went or is going back to that payment, minor units; asked and unknown count as given."""
    kept = tuple(entries)
    return elsewhere(tender, kept) + by_desk(tender.id, kept)


def left(tender: Tender, entries: Iterable[LedgerEntry]) -> int:
    """What may still go back to that payment, minor units, never below zero."""
    return max(0, tender.paid - given(tender, entries))


def attributed(order: Order, entries: Iterable[LedgerEntry]) -> Order:
    """The order with what others refunded written down; done before entries or reported sums change."""
    kept = tuple(entries)
    tenders = tuple(replace(tender, refunded_elsewhere=elsewhere(tender, kept)) for tender in order.tenders)
    return order if tenders == order.tenders else replace(order, tenders=tenders)
