"""Gives goodwill under every cap, or asks for approval where a cap would be passed (DESIGN 1.6).

Checks run in one fixed order and stop at the first that cannot be answered here: so a desk that knows a part gives the
centre's answer or asks it, never another one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from desk.domain import budgets, claims
from desk.domain.blocks import is_blocked
from desk.domain.case import Book, Case, NotHere
from desk.domain.changes import ApprovalAsked, BenefitGranted, Change, EffectAsked
from desk.domain.choices import unknown
from desk.domain.commands import GrantCompensation, text_id
from desk.domain.decisions import Accepted, Decision, NeedsApproval, Refused
from desk.domain.effect_plan import Planner
from desk.domain.ids import derived_id
from desk.domain.ledger import (
    GOODWILL_KINDS,
    Approval,
    ApprovalState,
    BenefitKind,
    Budget,
    EntryState,
    LedgerEntry,
    ledger_key,
)
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.people import Level
from desk.domain.policy import Policy
from desk.domain.restitution import CAUSES, next_sequence
from desk.domain.rule import Setting, rule
from desk.domain.surplus import left_of
from desk.domain.tenders import TO_TENDER
from desk.domain.tickets import Ticket

_FROM_OFFER = frozenset({BenefitKind.COUPON, BenefitKind.GIFT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A benefit somebody wants to give, checked and priced: `cost` is minor units of the order's currency."""

    kind: BenefitKind
    item: str
    units: int
    cost: int
    cause: str
    line_id: str
    sequence: int
    tender_id: str | None


# --- loading -----------------------------------------------------------------------------------------------------


def gather_order(gathering: Gathering, order_id: str, ticket_id: str | None, giver: budgets.Giver, at: Setting) -> None:
    """Gather what a grant of `giver` on that order looks at: order, ledger, ticket, its customer's block, budgets."""
    order = gathering.order(order_id)
    gathering.get(Ticket, ticket_id)
    gathering.block_of(order)
    gathering.places_of(giver)
    if order is None:
        return
    try:
        drawn = budgets.specs(gathering.case(), order, giver, at.policy, at.now)
    except NotHere:
        return  # the place is unknown, so is the day: the rule comes to the same point and asks the centre
    for spec in drawn:
        gathering.get(Budget, spec.key)


def load_grant(book: Book, command: GrantCompensation, setting: Setting) -> Case:
    """The order with its ledger, the ticket, the giver's places, and every budget that is drawn on."""
    gathering = Gathering(book)
    gather_order(gathering, command.order_id, command.ticket_id, setting.actor, setting)
    return gathering.case()


# --- the rule ----------------------------------------------------------------------------------------------------


@rule(GrantCompensation, load_grant)
def grant(case: Case, command: GrantCompensation, setting: Setting) -> Decision:
    """Accepted inside the caps, NeedsApproval above one of them, Refused where it cannot be."""
    order = case.find(Order, command.order_id)
    if order is None:
        return Refused("no_such_order", {"order_id": command.order_id})
    ticket = case.find(Ticket, command.ticket_id)
    if ticket is None or ticket.order_id != order.id:
        return Refused("no_such_ticket", {"ticket_id": command.ticket_id})
    refused = claims.refusal(ticket, setting) or _not_on_offer(order, command, setting.policy)
    if refused is not None:
        return refused
    wish = _wish(case, order, command, setting.policy)
    if isinstance(wish, Refused):
        return wish
    why = passed_cap(case, order, wish, setting)
    renewal = claims.renewal(ticket, setting)
    if why is not None:
        return _ask(case, order, ticket, command, wish, why, setting)
    given = giving(case, order, wish, setting, command_id=command.id, ticket_id=ticket.id)
    return Accepted((*renewal, *given))


def _not_on_offer(order: Order, command: GrantCompensation, policy: Policy) -> Refused | None:
    """What is wrong with the wish whatever the ledger holds."""
    if command.kind not in GOODWILL_KINDS:
        return unknown("kind", command.kind)
    if command.units < 1:
        return unknown("units", str(command.units))
    if command.sequence < 1:
        return unknown("sequence", str(command.sequence))
    if command.cause in CAUSES or all(cause.key != command.cause for cause in policy.compensation.causes):
        return unknown("cause", command.cause)
    if command.line_id and all(line.id != command.line_id for line in order.lines):
        return unknown("line_id", command.line_id)
    return None


def cost_of(policy: Policy, kind: BenefitKind, item: str, units: int, currency: str) -> int | Refused:
    """What `units` of a benefit cost, minor units of `currency`, rounded up; Refused where policy gives no price."""
    if kind is BenefitKind.POINTS:
        rate = policy.compensation.points_per_minor_unit.get(currency, 0)
        return -(-units // rate) if rate > 0 else Refused("no_rate", {"kind": kind, "currency": currency})
    if kind not in _FROM_OFFER:
        return units
    offers = policy.compensation.offers
    offer = next((o for o in offers if (o.kind, o.item, o.currency) == (kind, item, currency)), None)
    if offer is None:
        return unknown("item", item)
    if kind is BenefitKind.COUPON:
        return units
    if offer.cost_per_unit is None:
        return Refused("no_rate", {"kind": kind, "currency": currency})
    return units * offer.cost_per_unit


def _wish(case: Case, order: Order, command: GrantCompensation, policy: Policy) -> Wish | Refused:
    """The wish with its price, its ledger key and its payment, or why there is none."""
    cost = cost_of(policy, command.kind, command.item, command.units, order.currency)
    if isinstance(cost, Refused):
        return cost
    entries = case.of_order(LedgerEntry, order.id)
    wish = Wish(
        kind=command.kind,
        item=command.item,
        units=command.units,
        cost=cost,
        cause=command.cause,
        line_id=command.line_id,
        sequence=next_sequence(entries, order.id, command.line_id, command.cause, command.sequence),
        tender_id=command.tender_id,
    )
    taken = taken_key(case, order, wish)
    return taken if taken is not None else with_tender(order, entries, wish)


def key_of_wish(order: Order, wish: Wish) -> str:
    """The ledger key under which the wish would be given."""
    return ledger_key(order.id, wish.line_id, wish.cause, wish.sequence)


def taken_key(case: Case, order: Order, wish: Wish) -> Refused | None:
    """Why the wish's key cannot be used: something was given under it, or a request for it is open."""
    key = key_of_wish(order, wish)
    entry = case.get(LedgerEntry, key)
    if entry is not None and entry.state is not EntryState.FAILED:
        return Refused("already_given", {"key": key})
    for asked in case.of_order(Approval, order.id):
        if asked.state is ApprovalState.ASKED and approval_key(asked) == key:
            return Refused("approval_pending", {"key": key, "approval_id": asked.id})
    return None


def approval_key(approval: Approval) -> str:
    """The ledger key that an approval is about."""
    return ledger_key(approval.order_id, approval.line_id, approval.cause, approval.sequence)


def with_tender(order: Order, entries: tuple[LedgerEntry, ...], wish: Wish) -> Wish | Refused:
    """The wish with the payment that money goes back to; Refused where no payment has so much left.

    Without a stated payment it is the first one with enough left. Other kinds go to no payment.
    """
    if wish.kind not in TO_TENDER:
        return replace(wish, tender_id=None)
    possible = [tender for tender in order.tenders if wish.tender_id in (None, tender.id)]
    for tender in possible:
        if left_of(order, tender, entries) >= wish.cost:
            return replace(wish, tender_id=tender.id)
    most = max((left_of(order, tender, entries) for tender in possible), default=0)
    return Refused("above_paid", {"left": most, "amount": wish.cost})


def passed_cap(case: Case, order: Order, wish: Wish, setting: Setting) -> str | None:
    """The code of the first cap that the wish would pass (no_cap, per_grant, order, customer, agent_day, store_day); a
    customer on the block list has none of them left (customer_blocked).

    None where it stays inside all. Raises NotHere at the first budget that is unknown here.
    """
    if is_blocked(case, order.customer_id, setting.now):
        return "customer_blocked"
    caps = budgets.level_caps(setting.policy, setting.actor, order.currency)
    if caps is None:
        return "no_cap"
    if wish.cost > caps.per_grant:
        return "per_grant"
    for spec in budgets.specs(case, order, setting.actor, setting.policy, setting.now):
        if spec.cap is None:
            return "no_cap"
        if budgets.standing(case, spec).free < wish.cost:
            return spec.kind.value
    return None


def giving(
    case: Case,
    order: Order,
    wish: Wish,
    setting: Setting,
    *,
    command_id: str,
    ticket_id: str | None,
    giver: budgets.Giver | None = None,
    approval: Approval | None = None,
) -> tuple[Change, ...]:
    """The changes that give: budgets spent, the entry under its key, the effect that carries it out.

    `giver` is whose day it counts for: the actor, or for an approved wish the one who asked.
    """
    person = giver or setting.actor
    drawn = budgets.specs(case, order, person, setting.policy, setting.now)
    entry = LedgerEntry(
        key=key_of_wish(order, wish),
        order_id=order.id,
        ticket_id=ticket_id,
        customer_id=order.customer_id,
        kind=wish.kind,
        cost=wish.cost,
        units=wish.units,
        currency=order.currency,
        state=EntryState.ASKED,
        by=person.id,
        at=setting.now,
        command_id=command_id,
        item=wish.item,
        tender_id=wish.tender_id,
        approval_id=approval.id if approval else None,
        budgets=tuple(spec.key for spec in drawn),
        line_id=wish.line_id,
    )
    planner = Planner(order=order, policy=setting.policy, command_id=command_id, ticket_id=ticket_id, now=setting.now)
    at, by = setting.now, setting.actor.id
    return (
        *budgets.spending(case, drawn, wish.cost, at=at, by=by, approval=approval),
        BenefitGranted(at=at, by=by, entry=entry),
        EffectAsked(at=at, by=by, effect=planner.benefit(entry)),
    )


# --- above the caps ----------------------------------------------------------------------------------------------


def rank(policy: Policy, level: str) -> int:
    """The place of a level on the ladder of approvers, -1 where it is not on it."""
    ladder = [str(step) for step in policy.approvals.ladder]
    return ladder.index(level) if level in ladder else -1


def may_release(policy: Policy, level: Level, cost: int, currency: str) -> bool:
    """Whether a level on the ladder may approve so much for somebody else."""
    caps = policy.compensation.levels.get(level, {}).get(currency)
    return rank(policy, level) >= 0 and caps is not None and caps.approve >= cost


def approver_level(policy: Policy, cost: int, currency: str, above: Level) -> Level | None:
    """The least level of the ladder that may approve so much, not below the requester's own; None where none may."""
    least = max(rank(policy, above), 0)
    return next(
        (level for level in policy.approvals.ladder[least:] if may_release(policy, level, cost, currency)), None
    )


def _ask(
    case: Case,
    order: Order,
    ticket: Ticket,
    command: GrantCompensation,
    wish: Wish,
    why: str,
    setting: Setting,
) -> NeedsApproval | Refused:
    level = approver_level(setting.policy, wish.cost, order.currency, setting.actor.level)
    if level is None:
        return Refused("above_every_level", {"amount": wish.cost, "cap": why})
    rules = setting.policy.approvals
    approval = Approval(
        id=derived_id("approval", command.id, key_of_wish(order, wish)),
        order_id=order.id,
        ticket_id=ticket.id,
        team=ticket.team,
        requested_by=setting.actor.id,
        requested_at=setting.now,
        kind=wish.kind,
        item=wish.item,
        cost=wish.cost,
        units=wish.units,
        currency=order.currency,
        cause=wish.cause,
        line_id=wish.line_id,
        sequence=wish.sequence,
        tender_id=wish.tender_id,
        level=level,
        escalate_at=setting.now + timedelta(seconds=rules.escalate_seconds),
        expires_at=setting.now + timedelta(minutes=rules.expire_minutes),
        asked_after=_asked_before(case, order, wish),
        words_id=text_id(command.id, "words") if command.words else "",
    )
    asked = ApprovalAsked(at=setting.now, by=setting.actor.id, approval=approval)
    return NeedsApproval((*claims.renewal(ticket, setting), asked), level=level, why=why)


def _asked_before(case: Case, order: Order, wish: Wish) -> str | None:
    """The last denied or expired request under the same key, which this one follows."""
    former = [
        approval
        for approval in case.of_order(Approval, order.id)
        if approval_key(approval) == key_of_wish(order, wish)
        and approval.state in (ApprovalState.DENIED, ApprovalState.EXPIRED)
    ]
    last = max(former, key=lambda approval: (approval.requested_at, approval.id), default=None)
    return last.id if last else None
