"""What may still go back to each payment of an order: paid, less what the desk gave and what was given elsewhere.

A source reports refunds as a sum per payment, the desk's own among them, sometimes before the desk has its own
confirmation. Counting both would shortchange the customer, counting one would lose what others refunded. So the part
of the reported sum that no live ledger entry explains is kept apart (`Tender.refunded_elsewhere`), and what is given is
that part plus every live entry. While a reported sum is explained only by a refund that is still under way, it may also
be somebody else's: until that one is settled the sum is unclear, and nothing more than is surely left may go back.
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


def unclear(tender: Tender, entries: Iterable[LedgerEntry]) -> int:
    """How much of what is reported as refunded may be the desk's own refund under way, or somebody else's."""
    kept = tuple(entries)
    sure = elsewhere(tender, kept) + by_desk(tender.id, kept, confirmed_only=True)
    return max(0, tender.refunded - sure)


def left(tender: Tender, entries: Iterable[LedgerEntry]) -> int:
    """What may surely still go back to that payment, minor units, never below zero."""
    kept = tuple(entries)
    return max(0, tender.paid - given(tender, kept) - unclear(tender, kept))


def attributed(order: Order, entries: Iterable[LedgerEntry]) -> Order:
    """The order with what others refunded written down; done before entries or reported sums change."""
    kept = tuple(entries)
    tenders = tuple(replace(tender, refunded_elsewhere=elsewhere(tender, kept)) for tender in order.tenders)
    return order if tenders == order.tenders else replace(order, tenders=tenders)
