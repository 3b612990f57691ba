"""What happened, in the past tense: the only things `evolve` folds into a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.domain.ledger import Approval, Budget, Effect, EffectState, EntryState, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import StaffMember, Store, Team
from desk.domain.policy import Policy
from desk.domain.tasks import Block, Task
from desk.domain.tickets import (
    Channel,
    CheckAnswer,
    Finding,
    Note,
    OptionTaken,
    Pause,
    Promise,
    Record,
    SentMessage,
    Stage,
    Ticket,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """When and by whom; every change on a ticket becomes a step of its path."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketOpened(Change):
    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChange(Change):
    """A change on one ticket."""

    ticket_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketChased(TicketChange):
    channel: Channel
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClaimed(TicketChange):
    """Taken by `by`. Said again by the holder it renews the claim, which is no step of the path."""

    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReleased(TicketChange):
    reason: str  # by_holder, by_supervisor, expired, closed
    escalate_at: datetime | None = None  # from now on nobody works on it


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMoved(TicketChange):
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonSet(TicketChange):
    reason: str
    type: str
    subtype: str
    causes: tuple[str, ...]
    manner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketTagged(TicketChange):
    """The customer's own words named the reason, or type and sub-type, by policy's keyword table (MISSION 10)."""

    reason: str
    type: str
    subtype: str
    manner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoodSet(TicketChange):
    mood: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAdded(TicketChange):
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPaused(TicketChange):
    pause: Pause


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketResumed(TicketChange):
    """The pause ends; the clocks of the ticket itself, moved by its length (sla.resumed)."""

    first_response_due: datetime | None = None
    warn_at: datetime | None = None
    next_update_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstResponseGiven(TicketChange):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstResponseBreached(TicketChange):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(TicketChange):
    message: SentMessage
    next_update_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswered(TicketChange):
    answer: CheckAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseMade(TicketChange):
    promise: Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseKept(TicketChange):
    promise_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHandedOver(TicketChange):
    team: str
    note: Note | None = None
    escalate_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWritten(TicketChange):
    record: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketClosed(TicketChange):
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketArchived(TicketChange):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketReopened(TicketChange):
    """A new first response is due; the former one stays in the path."""

    note: Note | None = None
    first_response_due: datetime | None = None
    warn_at: datetime | None = None
    escalate_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketRescheduled(TicketChange):
    """The clocks were computed anew from the order's facts."""

    no_return_at: datetime | None
    priority: int
    needs_review: bool
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRevealed(TicketChange):
    customer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketEscalated(TicketChange):
    """Nobody holds it: `level` is told; `escalate_at` is when the next one would be."""

    level: str
    escalate_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionChosen(TicketChange):
    taken: OptionTaken


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNoted(TicketChange):
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGone(TicketChange):
    """What detection saw is no longer so; `why`: fact or limits."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTold(Change):
    order: Order


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCancelled(Change):
    order_id: str
    ticket_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockReleased(Change):
    order_id: str
    line_id: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitGranted(Change):
    entry: LedgerEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySettled(Change):
    key: str
    state: EntryState
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderRefunded(Change):
    order_id: str
    tender_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRefunded(Change):
    order_id: str
    receipt_id: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetOpened(Change):
    """A budget row, made at its first use; also the new cap when policy or level moved it."""

    budget: Budget


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSpent(Change):
    key: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetReturned(Change):
    key: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRaised(Change):
    """An approver's authority added to the cap."""

    key: str
    amount: int
    approval_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectAsked(Change):
    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectMoved(Change):
    effect_id: str
    state: EffectState
    reference: str = ""
    problem: str = ""
    next_at: datetime | None = None
    attempts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Change):
    approval: Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDecided(Change):
    approval_id: str
    approved: bool
    cost: int | None
    units: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalEscalated(Change):
    approval_id: str
    level: str
    escalate_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalExpired(Change):
    approval_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAsked(Change):
    task: Task


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskTaken(Change):
    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReplied(Change):
    task_id: str
    done: bool
    reference: str = ""
    reply_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWithdrawn(Change):
    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskEscalated(Change):
    """No reply in time: `level` is told; `escalate_at` is when the next one would be."""

    task_id: str
    level: str
    escalate_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBlocked(Change):
    block: Block


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockLifted(Change):
    customer_id: str
    words_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSaved(Change):
    member: StaffMember


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSaved(Change):
    team: Team


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSaved(Change):
    store: Store


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationRevoked(Change):
    installation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPublished(Change):
    """`policy` carries its new version already; the centre stores it as a row of kind "policy"."""

    version: int
    policy: Policy
