"""Rows of Say, Give and approvals: scripts, meters, offers, requests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desk.domain.ledger import ApprovalState, BenefitKind
from desk.domain.money import Money
from desk.domain.people import Level
from desk.domain.tickets import Act
from desk.services.rows.base import Allowed, Choice, Data, Names, Row, RowState, TimelineRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece(Row):
    """A stretch of a script: `kind` plain, filled, missing (then `name` is the placeholder), forbidden."""

    text: str
    kind: str = "plain"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptRow(Row):
    """The script for this moment. `blocked` is the code of what stops a send: missing_value, forbidden_words."""

    key: str
    names: Names
    language: str
    pieces: tuple[Piece, ...]
    parts: int  # SMS parts
    acts: frozenset[Act]
    blocked: str = ""
    data: Data = field(default_factory=dict)
    promises: tuple[Names, ...] = ()
    others: tuple[Choice, ...] = ()
    may_send: bool = True
    send_reason: str = ""  # code: why not by message now (offline)

    @property
    def text(self) -> str:
        """The words in one piece, as they are copied."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def missing(self) -> tuple[str, ...]:
        """Placeholders that nothing fills yet."""
        return tuple(piece.name for piece in self.pieces if piece.kind == "missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter(Row):
    """How much may still be given: `key` order, today, customer, store_today. `left` None: not known here."""

    key: str
    left: Money | None
    cap: Money | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow(Row):
    """One compensation button; `number` is its key. `note` is the code of its second line (in_limit, cost, stock,
    approval_by, or why it is off)."""

    key: str
    number: int
    kind: BenefitKind
    names: Names
    units: int
    cost: Money
    allowed: Allowed
    note: str
    data: Data = field(default_factory=dict)
    state: RowState = RowState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveRow(Row):
    """The compensation panel. `off` is one code for all where nothing may be given (offline: no_lease)."""

    meters: tuple[Meter, ...] = ()
    offers: tuple[OfferRow, ...] = ()
    causes: tuple[Choice, ...] = ()
    cause: str = ""
    off: str = ""
    asked: tuple[ApprovalRow, ...] = ()  # this ticket's own requests, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow(Row):
    """A request for what is above the requester's cap, with what the approver needs to answer in 20 seconds."""

    id: str
    ticket_id: str
    number: str
    order_tail: str
    kind: BenefitKind
    label: Names
    units: int
    cost: Money
    requested_by: str
    requested_at: datetime
    expires_at: datetime
    state: ApprovalState
    level: Level
    escalate_at: datetime | None = None
    cause: Names = field(default_factory=dict)
    words: str = ""
    customer: str = ""
    tier: Names = field(default_factory=dict)
    order_value: Money | None = None
    order_given: Money | None = None
    order_cap: Money | None = None
    customer_given: Money | None = None
    case_label: Names = field(default_factory=dict)
    similar: tuple[SimilarRow, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()
    own: bool = False
    may_decide: bool = True
    reason_off: str = ""  # code: why this person may not decide it
    decided_by: str = ""
    approved_cost: Money | None = None
    approved_units: int | None = None
    reason: Names = field(default_factory=dict)  # of a denial
    escalations: int = 0
    may_ask_again: bool = False
    row_state: RowState = RowState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarRow(Row):
    """What a similar case got."""

    order_tail: str
    label: Names
    cost: Money
    at: datetime
