"""What a whole-order cancel puts back: money per payment, coupons, points; each figure with the rule that made it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry, ledger_key
from desk.domain.orders import Order, OrderState, Promotion, PromotionKind, Receipt, Tender
from desk.domain.policy import Policy, TenderPolicy
from desk.domain.surplus import SURPLUS, left_of, standings
from desk.domain.tenders import given

# Causes in the ledger keys of what a cancel gives back; goodwill may not be given under them.
CANCEL = "cancel"
COUPON_BACK = "coupon_back"
POINTS_BACK = "points_back"
POINTS_TAKEN = "points_taken"
CAUSES = frozenset({CANCEL, COUPON_BACK, POINTS_BACK, POINTS_TAKEN, SURPLUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One thing that goes back (or, for points earned, is taken off).

    `rule` names why it is so much: refund_full, refund_rest, refund_none, refund_surplus (of a receipt), coupon_back,
    coupon_reissued, coupon_lapsed, points_back, points_taken. `cost` is minor units, `units` what the customer sees;
    both 0 where nothing moves. `days` is how many working days a refund takes (least, most); `by_hand` that no
    connector can send it.
    """

    rule: str
    kind: BenefitKind
    key: str
    cost: int = 0
    units: int = 0
    tender_id: str | None = None
    receipt_id: str | None = None
    line_id: str = ""
    method: str = ""
    item: str = ""
    days: tuple[int, int] | None = None
    by_hand: bool = False

    @property
    def moves(self) -> bool:
        """Whether anything is given or taken at all."""
        return self.cost > 0 or self.units > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Restitution:
    """All figures of one cancel, in the order's currency."""

    currency: str
    figures: tuple[Figure, ...]

    @property
    def refund(self) -> int:
        """Money that goes back over all payments, minor units."""
        return sum(figure.cost for figure in self.figures if figure.kind is BenefitKind.REFUND)


def next_sequence(entries: Iterable[LedgerEntry], order_id: str, line_id: str, cause: str, sequence: int = 1) -> int:
    """The first sequence from `sequence` on whose ledger key no failed entry holds; a live one may hold it."""
    failed = {entry.key for entry in entries if entry.state is EntryState.FAILED}
    while ledger_key(order_id, line_id, cause, sequence) in failed:
        sequence += 1
    return sequence


def next_key(entries: Iterable[LedgerEntry], order_id: str, line_id: str, cause: str) -> str:
    """The first ledger key of that line and cause that no failed entry holds."""
    return ledger_key(order_id, line_id, cause, next_sequence(entries, order_id, line_id, cause))


def free_key(entries: Iterable[LedgerEntry], order_id: str, line_id: str, cause: str) -> str:
    """The first ledger key of that line and cause that no entry holds: for what may be given in several parts."""
    held = {entry.key for entry in entries}
    sequence = 1
    while ledger_key(order_id, line_id, cause, sequence) in held:
        sequence += 1
    return ledger_key(order_id, line_id, cause, sequence)


def restitution(order: Order, entries: Iterable[LedgerEntry], policy: Policy, now: datetime) -> Restitution:
    """What cancelling the whole order at `now` puts back, with all that went back before taken off.

    `entries` are all ledger entries of the order. The refunds of a payment never sum to more than was paid with it.
    """
    kept = tuple(entries)
    figures = [_refund(order, tender, kept, policy) for tender in order.tenders]
    figures += surplus_figures(replace(order, state=OrderState.CANCELLED), kept, policy)
    figures += [
        _promotion(order, promotion, kept, policy, now)
        for promotion in order.promotions
        if promotion.kind in (PromotionKind.COUPON, PromotionKind.POINTS)
    ]
    if order.points_earned > 0 and order.paid > 0 and policy.restitution.take_back_points_earned:
        key = next_key(kept, order.id, "", POINTS_TAKEN)
        figures.append(Figure(rule="points_taken", kind=BenefitKind.POINTS_TAKEN, key=key, units=order.points_earned))
    return Restitution(currency=order.currency, figures=tuple(figures))


def _refund(order: Order, tender: Tender, entries: tuple[LedgerEntry, ...], policy: Policy) -> Figure:
    amount = left_of(order, tender, entries)
    terms: TenderPolicy | None = policy.restitution.tenders.get(tender.method)
    if amount == 0:
        rule = "refund_none"
    else:
        rule = "refund_rest" if given(tender, entries) else "refund_full"
    return Figure(
        rule=rule,
        kind=BenefitKind.REFUND,
        key=next_key(entries, order.id, tender.id, CANCEL),
        cost=amount,
        units=amount,
        tender_id=tender.id,
        method=tender.method,
        days=terms.arrival_days if terms else None,
        by_hand=terms is None or not terms.refundable,
    )


def surplus_figures(order: Order, entries: Iterable[LedgerEntry], policy: Policy) -> list[Figure]:
    """What was received beyond what is due and goes back by the way it came, one figure for each such receipt."""
    kept = tuple(entries)
    return [
        _surplus(order, standing.receipt, standing.surplus, kept, policy)
        for standing in standings(order, kept)
        if standing.surplus > 0
    ]


def _surplus(order: Order, receipt: Receipt, amount: int, entries: tuple[LedgerEntry, ...], policy: Policy) -> Figure:
    terms = policy.restitution.tenders.get(receipt.method)
    return Figure(
        rule="refund_surplus",
        kind=BenefitKind.REFUND,
        key=free_key(entries, order.id, receipt.id, SURPLUS),
        cost=amount,
        units=amount,
        receipt_id=receipt.id,
        method=receipt.method,
        days=terms.arrival_days if terms else None,
        by_hand=terms is None or not terms.refundable,
    )


def _promotion(
    order: Order, promotion: Promotion, entries: tuple[LedgerEntry, ...], policy: Policy, now: datetime
) -> Figure:
    if promotion.kind is PromotionKind.POINTS:
        return Figure(
            rule="points_back",
            kind=BenefitKind.POINTS_BACK,
            key=next_key(entries, order.id, promotion.id, POINTS_BACK),
            cost=promotion.discount,
            units=promotion.points,
            item=promotion.id,
        )
    key = next_key(entries, order.id, promotion.id, COUPON_BACK)
    expired = promotion.expires_at is not None and promotion.expires_at <= now
    if expired and policy.restitution.expired_coupon != "reissue":
        return Figure(rule="coupon_lapsed", kind=BenefitKind.COUPON_BACK, key=key, item=promotion.id)
    return Figure(
        rule="coupon_reissued" if expired else "coupon_back",
        kind=BenefitKind.COUPON_BACK,
        key=key,
        cost=promotion.discount,
        units=1,
        item=promotion.id,
    )
