"""The cumulative caps of goodwill as budget rows: which ones a grant draws on, how they open, and how they move.

A row is opened at its first use with what policy gives, and again when policy or the giver's level moved that. A cap
that was lowered below what is already spent waits: nothing is free, and nothing is taken back (DESIGN 1.6, 1.7).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from desk.domain.case import Case
from desk.domain.changes import BudgetOpened, BudgetRaised, BudgetReturned, BudgetSpent, Change
from desk.domain.ledger import Approval, Budget, BudgetKind, LedgerEntry, budget_key
from desk.domain.orders import Order
from desk.domain.people import Actor, StaffMember, Store, Team
from desk.domain.policy import LevelCaps, Policy

Giver = Actor | StaffMember


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """One budget that a grant draws on: `cap` as policy gives it (minor units), None where it states none."""

    kind: BudgetKind
    key: str
    cap: int | None


def level_caps(policy: Policy, giver: Giver, currency: str) -> LevelCaps | None:
    """The giver's caps in that currency, or None where policy states none."""
    return policy.compensation.levels.get(giver.level, {}).get(currency)


def day_of(case: Case, giver: Giver, policy: Policy, now: datetime) -> str:
    """The giver's day as ISO date: the store's, else the team's (DESIGN 1.6). Raises NotHere where that is unknown."""
    place = case.find(Store, giver.store_id) if giver.store_id else None
    if place is None and giver.teams:
        team = case.find(Team, min(giver.teams))
        zone = team.timezone if team else policy.tickets.calendar.timezone
    else:
        zone = place.timezone if place else policy.tickets.calendar.timezone
    return now.astimezone(ZoneInfo(zone)).date().isoformat()


def period_of(policy: Policy, now: datetime) -> str:
    """The customer's period: its first day and its length, counted in whole periods since the calendar began."""
    days = max(1, policy.compensation.customer_period_days)
    today = now.astimezone(ZoneInfo(policy.tickets.calendar.timezone)).date().toordinal()
    return f"{date.fromordinal(max(1, today - today % days)).isoformat()}+{days}"


def specs(case: Case, order: Order, giver: Giver, policy: Policy, now: datetime) -> tuple[Spec, ...]:
    """The budgets that a grant of `giver` on `order` draws on, in the order in which they are checked."""
    rules, currency = policy.compensation, order.currency
    day = day_of(case, giver, policy, now)
    caps = level_caps(policy, giver, currency)
    drawn = [
        (BudgetKind.ORDER, order.id, "-", rules.order_cap.get(currency)),
        (BudgetKind.CUSTOMER, order.customer_id, period_of(policy, now), rules.customer_cap.get(currency)),
        (BudgetKind.AGENT_DAY, giver.id, day, caps.per_day if caps else None),
    ]
    if giver.store_id:
        drawn.append((BudgetKind.STORE_DAY, giver.store_id, day, rules.store_day_cap.get(currency)))
    return tuple(
        Spec(kind=kind, key=budget_key(kind, subject, period, currency), cap=cap)
        for kind, subject, period, cap in drawn
    )


def standing(case: Case, spec: Spec) -> Budget:
    """The budget as it is now by policy, whether or not its row exists; raises NotHere where the row is unknown."""
    found = case.find(Budget, spec.key) or Budget(key=spec.key, cap=0, free=0)
    free = max(0, (spec.cap or 0) + found.raised - found.leased - found.spent)
    return replace(found, free=free, cap=free + found.leased + found.spent)


def spending(
    case: Case, drawn: Iterable[Spec], cost: int, *, at: datetime, by: str, approval: Approval | None = None
) -> tuple[Change, ...]:
    """The changes that spend `cost` from each budget; an approval adds what is lacking, in its name.

    Without an approval the caller has made sure that every budget has enough free.
    """
    changes: list[Change] = []
    for spec in drawn:
        budget = standing(case, spec)
        if case.get(Budget, spec.key) != budget:
            changes.append(BudgetOpened(at=at, by=by, budget=budget))
        lacking = cost - budget.free
        if approval is not None and lacking > 0:
            changes.append(BudgetRaised(at=at, by=by, key=spec.key, amount=lacking, approval_id=approval.id))
        changes.append(BudgetSpent(at=at, by=by, key=spec.key, amount=cost))
    return tuple(changes)


def returning(entry: LedgerEntry, approval: Approval | None, *, at: datetime, by: str) -> tuple[Change, ...]:
    """The changes that give an entry's cost back to the budgets it came from, and an approver's authority back too."""
    changes: list[Change] = []
    for key in entry.budgets:
        changes.append(BudgetReturned(at=at, by=by, key=key, amount=entry.cost))
        raised = approval.raised.get(key, 0) if approval else 0
        if approval is not None and raised:
            changes.append(BudgetRaised(at=at, by=by, key=key, amount=-raised, approval_id=approval.id))
    return tuple(changes)
