"""What the Give panel shows: each offer with whether it may be given now, and the meters of what is left.

Nothing is decided here: every offer is put to the rule itself, so that a button says what its press would answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from desk.domain import budgets
from desk.domain.case import Book, Case, NotHere
from desk.domain.commands import GrantCompensation
from desk.domain.compensation import approval_key, gather_order
from desk.domain.decide import decide
from desk.domain.decisions import Accepted, AskCentre, NeedsApproval
from desk.domain.ledger import Approval, ApprovalState, BudgetKind, LedgerEntry, ledger_key
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.policy import Offer
from desk.domain.rule import Setting
from desk.domain.surplus import left_of


class OfferStatus(StrEnum):
    """What a press of the button would lead to."""

    ENABLED = "enabled"
    NEEDS_APPROVAL = "needs_approval"
    ASK_CENTRE = "ask_centre"  # cannot be told here; enabled while the centre can be reached
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferState:
    """One button: `reason` is the code of the cap or refusal, `level` who would have to approve."""

    offer: Offer
    status: OfferStatus
    reason: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """What is left of one cap, minor units of `currency`; `left` is None where it is not known here."""

    kind: BudgetKind
    currency: str
    cap: int
    left: int | None


def load_offers(book: Book, order_id: str, ticket_id: str, setting: Setting) -> Case:
    """What `offers_for` and `meters` look at: the same as a grant of the actor."""
    gathering = Gathering(book)
    gather_order(gathering, order_id, ticket_id, setting.actor, setting)
    return gathering.case()


def offers_for(case: Case, setting: Setting, *, order_id: str, ticket_id: str, cause: str) -> tuple[OfferState, ...]:
    """Every offer in the order's currency, with what giving it for that cause would be answered now."""
    order = case.get(Order, order_id)
    if order is None:
        return ()
    sequence = next_free(case, order_id, "", cause)
    return tuple(
        _state(case, setting, order_id, ticket_id, cause, sequence, offer)
        for offer in setting.policy.compensation.offers
        if offer.currency == order.currency
    )


def next_free(case: Case, order_id: str, line_id: str, cause: str) -> int:
    """The sequence of the next benefit for that line and cause, as far as this case knows.

    Two who see the same ledger come to the same number, so their two clicks name the same ledger key.
    """
    taken = {entry.key for entry in case.all(LedgerEntry)}
    taken |= {approval_key(asked) for asked in case.all(Approval) if asked.state is ApprovalState.ASKED}
    sequence = 1
    while ledger_key(order_id, line_id, cause, sequence) in taken:
        sequence += 1
    return sequence


def _state(
    case: Case, setting: Setting, order_id: str, ticket_id: str, cause: str, sequence: int, offer: Offer
) -> OfferState:
    wish = GrantCompensation(
        id="forecast",
        order_id=order_id,
        ticket_id=ticket_id,
        kind=offer.kind,
        units=offer.units,
        cause=cause,
        sequence=sequence,
        item=offer.item,
    )
    answer = decide(case, wish, setting)
    if isinstance(answer, Accepted):
        return OfferState(offer=offer, status=OfferStatus.ENABLED)
    if isinstance(answer, NeedsApproval):
        return OfferState(offer=offer, status=OfferStatus.NEEDS_APPROVAL, reason=answer.why, level=answer.level)
    if isinstance(answer, AskCentre):
        return OfferState(offer=offer, status=OfferStatus.ASK_CENTRE, reason=answer.what)
    return OfferState(offer=offer, status=OfferStatus.DISABLED, reason=answer.code)


def meters(case: Case, setting: Setting, *, order_id: str) -> tuple[Meter, ...]:
    """What is left of every goodwill cap that the actor's next grant on this order draws on."""
    order = case.get(Order, order_id)
    if order is None:
        return ()
    try:
        drawn = budgets.specs(case, order, setting.actor, setting.policy, setting.now)
    except NotHere:
        return ()
    return tuple(_meter(case, spec, order.currency) for spec in drawn)


def _meter(case: Case, spec: budgets.Spec, currency: str) -> Meter:
    try:
        budget = budgets.standing(case, spec)
    except NotHere:
        return Meter(kind=spec.kind, currency=currency, cap=spec.cap or 0, left=None)
    return Meter(kind=spec.kind, currency=currency, cap=budget.cap, left=budget.free)


def left_to_give_back(case: Case, order: Order) -> int | None:
    """What could still be refunded over all payments, minor units; None where the ledger is not completely known."""
    try:
        entries = case.of_order(LedgerEntry, order.id)
    except NotHere:
        return None
    return sum(left_of(order, tender, entries) for tender in order.tenders)
