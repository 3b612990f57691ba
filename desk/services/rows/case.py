"""Rows of the case in hand: who, verdict, acts, order, promises, what was given, path."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.domain.ledger import BenefitKind, EffectKind, EffectState
from desk.domain.money import Money
from desk.domain.tickets import Act, Channel, Kind, Stage
from desk.services.rows.base import Allowed, Choice, Data, Names, Row, RowState, TimelineRow
from desk.services.rows.order import OrderRow
from desk.services.rows.playbook import PlaybookRow, TaskRow


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockRow(Row):
    """A block in force on a customer."""

    reason: Names
    by: str
    at: datetime
    until: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoRow(Row):
    """Who is on the line. Counts are of the past `days`; None where this desk cannot know."""

    customer_id: str
    name: str
    title: str = ""
    phone: str = ""
    city: str = ""
    address: str = ""
    masked: bool = True
    tier: Names = field(default_factory=dict)
    days: int = 90
    orders: int | None = None
    cancels: int | None = None
    compensation: Money | None = None
    mood: str = ""
    mood_names: Names = field(default_factory=dict)
    contact_at: datetime | None = None  # when this contact began
    contact_flags: frozenset[str] = frozenset()  # what is wrong with the contact (domain.contacts)
    block: BlockRow | None = None


class Tone(StrEnum):
    """What colour means: green may go by itself, amber needs a person, red no; calm is none of them."""

    OK = "ok"
    WARN = "warn"
    DANGER = "danger"
    CALM = "calm"


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeNode(Row):
    """One box of the pre-screen's tree, parents before children: a question with the `answer` taken, or an `end` (a
    verdict). `parent` and `branch`: which answer leads here. Lit when `taken`."""

    key: str
    answer: str
    taken: bool
    parent: str = ""
    branch: str = ""
    end: bool = False
    tone: Tone = Tone.OK
    data: Data = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BackRow(Row):
    """One thing that a cancel gives back: `kind` refund, coupon_back, points_back, points_taken, stock; `code` the rule
    behind it."""

    kind: str
    label: Names
    amount: Money | None = None
    units: int = 0
    days: tuple[int, int] | None = None  # working days until it arrives
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow(Row):
    """The band: one sentence (`code` with `data`), why, until when, what it costs both sides. `option`: what may be
    done about an exception, by name."""

    code: str
    tone: Tone
    data: Data = field(default_factory=dict)
    amount: Money | None = None
    option: Names = field(default_factory=dict)
    nodes: tuple[TreeNode, ...] = ()
    until: datetime | None = None  # the point where it turns
    then_code: str = ""  # what it turns into
    then_at: datetime | None = None  # the ship wave behind it
    merchant_cost: Money | None = None
    customer_cost: Money | None = None
    back: tuple[BackRow, ...] = ()
    policy_version: int = 0
    forecast: bool = True  # the centre has not confirmed it


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow(Row):
    """One act on this case: `key` names it (cancel_order, claim, start, close, reopen, archive, after_sales...)."""

    key: str
    allowed: Allowed
    amount: Money | None = None
    reason: str = ""  # code: why it is off or needs approval
    data: Data = field(default_factory=dict)
    second_key: bool = False  # money leaves for good: ask for a second key


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRow(Row):
    """Something promised with a time."""

    id: str
    names: Names
    due_at: datetime
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRow(Row):
    """One row of the order's ledger with the effect behind it: asked is not arrived."""

    key: str
    kind: BenefitKind
    label: Names
    cost: Money
    units: int
    state: str  # EntryState
    at: datetime
    by: str
    reference: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectRow(Row):
    """Something asked of another system, or a task of a person where the connector cannot do it."""

    id: str
    kind: EffectKind
    state: EffectState
    at: datetime
    order_tail: str
    ticket_id: str | None = None
    label: Names = field(default_factory=dict)  # tender, coupon, gift
    entry_key: str = ""  # of the ledger entry that it fulfils
    amount: Money | None = None
    units: int = 0
    team: Names = field(default_factory=dict)
    attempts: int = 0
    reference: str = ""
    problem: str = ""
    may_confirm: bool = False
    may_retry: bool = False
    may_decline: bool = False
    details: tuple[tuple[str, str], ...] = ()  # what was given with a handling option: input, value


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRow(Row):
    """The record of the case."""

    process: str
    cause: str
    result: str
    feedback: str
    satisfaction: int | None = None
    acts_waived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRow(Row):
    """One step of the path, as the archive replays it; `text` is the words of a note or message where kept here.

    `label` names the benefit that the step is about: an offer's name, or the payment method of a refund."""

    at: datetime
    by: str
    code: str
    data: Data = field(default_factory=dict)
    text: str = ""
    label: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices(Row):
    """What policy offers to pick from on a case."""

    reasons: tuple[Choice, ...] = ()  # parts: deeper causes; more: alternatives to a cancel
    types: tuple[Choice, ...] = ()  # parts: sub-types; more: causes
    moods: tuple[Choice, ...] = ()
    outcomes: tuple[Choice, ...] = ()
    results: tuple[Choice, ...] = ()
    teams: tuple[Choice, ...] = ()
    default_team: str = ""  # gets what nobody owns
    causes: tuple[Choice, ...] = ()  # why compensation is given
    denials: tuple[Choice, ...] = ()
    channels: tuple[Choice, ...] = ()
    levels: tuple[Choice, ...] = ()
    pauses: tuple[Choice, ...] = ()  # why the clocks stand still
    handoffs: tuple[Choice, ...] = ()  # what a team may be asked; owner: which team
    blocks: tuple[Choice, ...] = ()  # why a customer is blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow(Row):
    """The case in hand. `acts` are what may be done now, the next one first; `alternatives` come before a cancel."""

    id: str
    number: str
    kind: Kind
    channel: Channel
    stage: Stage
    label: Names
    opened_at: datetime
    team: Names = field(default_factory=dict)
    team_id: str = ""
    reason: str = ""
    type: str = ""
    subtype: str = ""
    causes: tuple[str, ...] = ()
    words: str = ""  # what the customer said
    holder_id: str | None = None
    holder: str = ""
    mine: bool = False
    due_at: datetime | None = None
    due_kind: str = ""
    needs_review: bool = False
    paused: bool = False
    provisional: bool = False
    chased: int = 0
    reopened: int = 0
    outcome: str = ""
    state: RowState = RowState.DONE
    who: WhoRow | None = None
    verdict: VerdictRow | None = None
    order: OrderRow | None = None
    acts: tuple[ActRow, ...] = ()
    alternatives: tuple[Choice, ...] = ()
    done: frozenset[Act] = frozenset()  # the five acts
    promises: tuple[PromiseRow, ...] = ()
    given: tuple[GivenRow, ...] = ()
    effects: tuple[EffectRow, ...] = ()
    timeline: tuple[TimelineRow, ...] = ()  # newest first
    path: tuple[PathRow, ...] = ()  # oldest first
    record: RecordRow | None = None
    playbook: PlaybookRow | None = None  # of an exception whose kind of trouble is known
    tasks: tuple[TaskRow, ...] = ()  # asked of other teams, newest first
    may_ask: bool = False  # may ask a team
    by_keywords: bool = False  # reason or type came from the customer's words
    choices: Choices = field(default_factory=Choices)
