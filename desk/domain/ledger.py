"""What is given and asked for an order: ledger entries under keys, budgets, approvals, effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class BenefitKind(StrEnum):
    """Every way in which money or money's worth goes to a customer (DESIGN 1.6)."""

    REFUND = "refund"  # restitution of what was paid: bounded per tender, not by goodwill caps
    COUPON_BACK = "coupon_back"
    POINTS_BACK = "points_back"
    POINTS_TAKEN = "points_taken"  # points earned with the order are taken off again: units are what is taken
    COUPON = "coupon"
    POINTS = "points"
    GIFT = "gift"
    GOODWILL = "goodwill"  # goodwill refund to a tender
    FREIGHT = "freight"


GOODWILL_KINDS = frozenset(
    {BenefitKind.COUPON, BenefitKind.POINTS, BenefitKind.GIFT, BenefitKind.GOODWILL, BenefitKind.FREIGHT}
)


class EntryState(StrEnum):
    """`asked` counts as given for every cap until it is known to have failed."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    FAILED = "failed"


def ledger_key(order_id: str, line_id: str, cause: str, sequence: int) -> str:
    """The one key of a benefit: order + line + cause + sequence (DESIGN 1.6). Double click, two agents, two tills,
    retry and replay all name the same one."""
    return f"{order_id}/{line_id or '-'}/{cause}/{sequence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One benefit. `cost` is minor units of the order's currency, by policy for points and gifts; `units` is what the
    customer sees (points, pieces), equal to cost for money."""

    key: str
    order_id: str
    ticket_id: str | None
    customer_id: str
    kind: BenefitKind
    cost: int
    units: int
    currency: str
    state: EntryState
    by: str
    at: datetime
    command_id: str
    item: str = ""  # policy key of the coupon or gift
    tender_id: str | None = None
    approval_id: str | None = None
    reference: str = ""
    budgets: tuple[str, ...] = ()  # keys of the budgets it was spent from, so that it returns to the same rows
    line_id: str = ""  # what it was given for; empty: the order as a whole
    receipt_id: str | None = None  # the receipt that the money goes back to, instead of a tender (domain.surplus)

    @property
    def id(self) -> str:
        """Entities are named by `id`; an entry's is its key."""
        return self.key


class BudgetKind(StrEnum):
    """The cumulative caps of goodwill (DESIGN 1.6)."""

    ORDER = "order"
    CUSTOMER = "customer"
    AGENT_DAY = "agent_day"
    STORE_DAY = "store_day"


def budget_key(kind: BudgetKind, subject: str, period: str, currency: str) -> str:
    """The key of a budget row; `period` is a day, a policy period, or '-' for one without."""
    return f"{kind}|{subject}|{period}|{currency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """cap = free + leased + spent, each >= 0, minor units (DESIGN 1.7).

    `raised` is the part of the cap that approvers added to what policy gives."""

    key: str
    cap: int
    free: int
    leased: int = 0
    spent: int = 0
    raised: int = 0

    @property
    def id(self) -> str:
        """Entities are named by `id`; a budget's is its key."""
        return self.key


class ApprovalState(StrEnum):
    """An approval ends once; asking again is a new one that names the old."""

    ASKED = "asked"
    APPROVED = "approved"
    DENIED = "denied"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A request for what is above the requester's cap. `cost` and `units` are as asked; `approved_*` as decided."""

    id: str
    order_id: str
    ticket_id: str
    team: str
    requested_by: str
    requested_at: datetime
    kind: BenefitKind
    item: str
    cost: int
    units: int
    currency: str
    cause: str
    line_id: str = ""
    sequence: int
    tender_id: str | None = None
    state: ApprovalState = ApprovalState.ASKED
    level: str  # least level that may decide; raised by escalation
    escalate_at: datetime | None = None
    expires_at: datetime
    escalations: int = 0
    asked_after: str | None = None  # the denied or expired approval that this one follows
    decided_by: str | None = None
    decided_at: datetime | None = None
    approved_cost: int | None = None
    approved_units: int | None = None
    reason: str = ""  # code of policy.denial_reasons
    raised: Mapping[str, int] = field(default_factory=dict)  # what it added to budgets, by key
    words_id: str = ""  # what the requester wrote to it, a private text of the ticket


class EffectKind(StrEnum):
    """What the centre asks of other systems (DESIGN 1.9)."""

    CANCEL_ORDER = "cancel_order"
    REFUND = "refund"
    STOP_SHIPMENT = "stop_shipment"
    RELEASE_STOCK = "release_stock"
    ISSUE_COUPON = "issue_coupon"
    ADD_POINTS = "add_points"
    SEND_GIFT = "send_gift"
    RETURN_COUPON = "return_coupon"
    RETURN_POINTS = "return_points"
    TAKE_POINTS = "take_points"
    SEND_MESSAGE = "send_message"
    MARK_PAID = "mark_paid"
    PAYMENT_LINK = "payment_link"
    RESHIP = "reship"
    CHANGE_CONTACT = "change_contact"
    REDIRECT_PARCEL = "redirect_parcel"
    ALLOCATE_STOCK = "allocate_stock"
    RESYNC_ORDER = "resync_order"
    URGE_PARCEL = "urge_parcel"


class EffectState(StrEnum):
    """`accepted` is not `confirmed`: the other side took it, it has not arrived. `unknown` waits for a read-back;
    `manual` for a person with a reference; `failed` for a decision."""

    PENDING = "pending"
    IN_FLIGHT = "in_flight"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    MANUAL = "manual"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing asked of another system under a key derived from the command and the ledger key (DESIGN 1.9)."""

    id: str  # derived_id("effect", command id, ledger key or kind)
    order_id: str
    ticket_id: str | None
    connector: str
    kind: EffectKind
    at: datetime
    command_id: str
    state: EffectState = EffectState.PENDING
    entry_key: str | None = None
    tender_id: str | None = None
    line_id: str | None = None
    amount: int = 0
    units: int = 0
    currency: str = ""
    item: str = ""
    text_id: str | None = None
    team: str = ""  # who does it by hand where the connector cannot
    attempts: int = 0
    next_at: datetime | None = None
    reference: str = ""
    problem: str = ""  # code of the last failure
    settled_at: datetime | None = None
    data: Mapping[str, str] = field(default_factory=dict)
    receipt_id: str | None = None  # of a refund that goes to a receipt instead of a tender
