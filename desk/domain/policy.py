"""Policy as typed, validated data: versioned rows at the centre, seeded from resources/policy (DESIGN 3, Policy).

Money is minor units by currency, times of day are "HH:MM" in the calendar's zone, names are by language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desk.domain.detection_policy import ContactPolicy as ContactPolicy
from desk.domain.detection_policy import DetectionPolicy as DetectionPolicy
from desk.domain.ledger import BenefitKind, EffectKind
from desk.domain.named import Named as Named
from desk.domain.named import Names as Names
from desk.domain.people import Level
from desk.domain.playbooks import EscalationStep as EscalationStep
from desk.domain.playbooks import Subtype as Subtype
from desk.domain.tickets import Act, Channel, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working hours: `days` are ISO weekdays (1-7)."""

    timezone: str
    opens: str
    closes: str
    days: tuple[int, ...]
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPolicy:
    """Service levels of one channel in minutes (MISSION 5, 11-13). `calendar`: clocks run in working hours only."""

    first_response_minutes: int
    warn_minutes: int | None
    automatic_response: bool
    calendar: bool
    names: Names


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPolicy:
    """Clocks and lifetimes of tickets."""

    calendar: Calendar
    channels: Mapping[Channel, ChannelPolicy]
    claim_minutes: int
    archive_after_hours: int
    progress_update_minutes: int
    moods: tuple[Named, ...]
    pause_reasons: tuple[Named, ...] = ()
    outcomes: tuple[Named, ...]
    results: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative(Named):
    """What might serve the customer better than a cancel. `outcome` is how the case ends where they take it; empty:
    nobody knows beforehand."""

    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelReason(Named):
    """A reason to cancel: its deeper causes and what it does to priority and path (MISSION 6-8)."""

    priority: int
    causes: tuple[Named, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    time_critical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationPolicy:
    """When an order may still be cancelled (MISSION 20-33)."""

    merchant_hours: Calendar
    waves: tuple[str, ...]  # ship waves each merchant day
    closed_before_wave_minutes: int
    fresh_closed_after_wave: bool
    auto_path_seconds: int
    closed_after_wave_minutes: int = 30  # so long after a wave the source may not have told yet what left with it
    intercept_cost: Mapping[str, int]  # merchant's cost of a parcel stop, by currency
    refusal_cost: Mapping[str, int]  # customer's cost of refusing the parcel
    reasons: tuple[CancelReason, ...]
    review_levels: frozenset[Level] = frozenset({Level.AGENT, Level.SENIOR, Level.SUPERVISOR, Level.MANAGER})


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderPolicy:
    """A payment method: how long a refund takes, in working days, and whether it can go back by itself."""

    names: Names
    arrival_days: tuple[int, int]
    refundable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RestitutionPolicy:
    """What a cancel puts back (MISSION M7, M8, M11)."""

    tenders: Mapping[str, TenderPolicy]
    expired_coupon: str  # "reissue" or "lapse"
    take_back_points_earned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One compensation button. `units` as in GrantCompensation; `stock` None means no count is kept."""

    key: str
    kind: BenefitKind
    item: str
    units: int
    currency: str
    names: Names
    cost_per_unit: int | None = None  # gifts: minor units a piece


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelCaps:
    """A level's goodwill caps in one currency, minor units; `approve` is the most it may approve for another."""

    per_grant: int
    per_day: int
    approve: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensationPolicy:
    """Goodwill: what is on offer, what each kind costs, and every cap (DESIGN 1.6). A currency without a cap means
    approval."""

    offers: tuple[Offer, ...]
    points_per_minor_unit: Mapping[str, int]  # points that cost one minor unit, by currency
    levels: Mapping[Level, Mapping[str, LevelCaps]]
    order_cap: Mapping[str, int]
    customer_cap: Mapping[str, int]
    customer_period_days: int
    store_day_cap: Mapping[str, int]
    causes: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPolicy:
    """Approvals while the customer waits (MISSION section 6, 3)."""

    escalate_seconds: int
    expire_minutes: int
    ladder: tuple[Level, ...]
    denial_reasons: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause(Named):
    """A cause of trouble. `says`: the same in words for a customer, plain and blaming nobody, as they stand in a
    sentence after "because"; without, its name is said."""

    says: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionType(Named):
    """A type of exception with its causes and sub-types."""

    causes: tuple[Cause, ...]
    subtypes: tuple[Subtype, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseSpec:
    """A promise that a template makes: due `minutes` after it is said. A later message that does one of the acts of
    `kept_by` keeps it; without any, only a person says that it was kept."""

    code: str
    minutes: int
    names: Names
    kept_by: frozenset[Act] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Words by language, with {placeholders}. Empty `kinds`, `reasons`, `verdicts`, `types`, `subtypes` mean any.

    `moments` says when it comes first (messages.MOMENTS); without any it is as good at one time as at another.
    """

    key: str
    names: Names
    texts: Names
    acts: frozenset[Act]
    kinds: tuple[Kind, ...] = ()
    reasons: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    subtypes: tuple[str, ...] = ()
    moments: tuple[str, ...] = ()
    promises: tuple[PromiseSpec, ...] = ()
    position: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePolicy:
    """Templates, and words that stop a message (blame, MISSION M24), by language. `verdict_reasons`: why an order
    cannot simply be cancelled, by the verdict's code, in words for a customer."""

    templates: tuple[Template, ...]
    forbidden: Mapping[str, tuple[str, ...]]
    verdict_reasons: Mapping[str, Names] = field(default_factory=dict)
    sms_connector: str = "sms"


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticPolicy:
    """What the centre says and writes by itself on channels that answer automatically: keys of templates (empty: says
    nothing), and the words of the record."""

    received: str = ""
    cancelled_unpaid: str = ""
    cancelled_refunded: str = ""
    via: str = "app"
    language: str = "zh"
    result: str = ""
    process: Names = field(default_factory=dict)
    feedback: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TagWords:
    """Phrases that mean these tags: "reason:<key>" of a cancel, "subtype:<key>" of an exception (MISSION 10; the form
    of a phrase: domain.phrases). `unless`: where one of these stands, the phrase means something else. `weak` phrases
    count only where nothing better of their family is said. `hides`: tags that go without saying beside these."""

    tags: tuple[str, ...]
    priority: int = 50  # higher first where several are said
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    unless_zh: tuple[str, ...] = ()
    unless_en: tuple[str, ...] = ()
    weak: bool = False
    hides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation:
    """Words that deny what stands up to `reach` Chinese characters or words behind them; `behind`: before them; `wide`:
    in other clauses too."""

    reach: int
    zh: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    behind: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakePolicy:
    """The keyword table that tags what customers write (MISSION 10). `gap`: how many characters (zh) or words (en) a
    "…" stands for at most, `wide` the same for "……". `cancel`: words that ask for a cancel. `harmless`: what looks like
    a negation and is none. `breaks`: words at which a negation ends."""

    gap_zh: int = 6
    gap_en: int = 4
    wide_zh: int = 24
    wide_en: int = 14
    tags: tuple[TagWords, ...] = ()
    negations: tuple[Negation, ...] = ()
    cancel_zh: tuple[str, ...] = ()
    cancel_en: tuple[str, ...] = ()
    harmless_zh: tuple[str, ...] = ()
    harmless_en: tuple[str, ...] = ()
    breaks_zh: tuple[str, ...] = ()
    breaks_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopePolicy:
    """What a replica holds of a store's own orders, and who sees contacts unmasked."""

    store_order_days: int
    archived_days: int = 30  # so long an archived ticket stays in its scope
    unmasked_levels: frozenset[Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPolicy:
    """When a parcel on its way is marked as silent: so many hours without a scan."""

    silent_hours: int = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class FactPolicy:
    """What this merchant means by facts that no figure says alone (domain.facts).

    `high_value`: from so many minor units on, by currency; `valued_tiers`: customers who are looked after first;
    `system_words`: what other systems call the states of an order, by state (orders.OrderState)."""

    high_value: Mapping[str, int] = field(default_factory=dict)
    valued_tiers: tuple[str, ...] = ()
    system_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff(Named):
    """Something that another team is asked to do (MISSION 90): who, and by when; a reply is due `due_minutes` after."""

    team: str
    due_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffPolicy:
    """Tasks between teams. What is not answered when due moves up the ladder, one level each `escalate_minutes`.

    `tickets`: who is told when nobody takes a ticket whose playbook says nothing of it (MISSION 77).
    """

    kinds: tuple[Handoff, ...] = ()
    escalate_minutes: int = 30
    ladder: tuple[Level, ...] = (Level.SENIOR, Level.SUPERVISOR, Level.MANAGER)
    tickets: tuple[EscalationStep, ...] = ()

    def kind(self, key: str) -> Handoff | None:
        """The hand-off of that key."""
        return next((kind for kind in self.kinds if kind.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockReason(Named):
    """Why a customer is blocked, and for how many days where nobody says otherwise; 0: until it is lifted."""

    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy:
    """How long a password is at least, in characters, and how long a one-time code may be used."""

    min_length: int = 8
    code_hours: int = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPolicy:
    """How long the centre keeps who looked up whom, and who gave or changed a password."""

    look_up_days: int = 365
    access_days: int = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a connector can do by itself (DESIGN 1.9); the default can do nothing: every effect is a task by hand.

    `performs`: effects it carries out; others become tasks. `cancel_covers`: what the other side does on its own when
    told that the order is cancelled (refund, release_stock...), so it is not asked twice. `repeatable`: effects that
    may be sent again under the same key without doing harm. `wait_seconds`: longer than the other side's own time-out.
    """

    performs: frozenset[EffectKind] = frozenset()
    cancel_covers: frozenset[EffectKind] = frozenset()
    repeatable: frozenset[EffectKind] = frozenset()
    wait_seconds: int = 30

    @property
    def cancel_refunds(self) -> bool:
        """Whether cancelling there also refunds."""
        return EffectKind.REFUND in self.cancel_covers


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All of it. `version` is given by the centre when it is published."""

    version: int
    tickets: TicketPolicy
    cancellation: CancellationPolicy
    restitution: RestitutionPolicy
    compensation: CompensationPolicy
    approvals: ApprovalPolicy
    exceptions: tuple[ExceptionType, ...]
    messages: MessagePolicy
    scope: ScopePolicy
    automatic: AutomaticPolicy = field(default_factory=AutomaticPolicy)
    parcels: ParcelPolicy = field(default_factory=ParcelPolicy)
    facts: FactPolicy = field(default_factory=FactPolicy)
    handoffs: HandoffPolicy = field(default_factory=HandoffPolicy)
    blocks: tuple[BlockReason, ...] = ()
    passwords: PasswordPolicy = field(default_factory=PasswordPolicy)
    audit: AuditPolicy = field(default_factory=AuditPolicy)
    intake: IntakePolicy = field(default_factory=IntakePolicy)
    contacts: ContactPolicy = field(default_factory=ContactPolicy)
    detection: DetectionPolicy = field(default_factory=DetectionPolicy)
    permissions: Mapping[Level, frozenset[str]]  # names of the commands a level may issue
    tiers: tuple[Named, ...]
    effect_teams: Mapping[str, str] = field(default_factory=dict)  # effect kind -> team that does it by hand
    default_team: str = "hotline"
    connectors: Mapping[str, Abilities] = field(default_factory=lambda: {"manual": Abilities()})

    def abilities(self, connector: str) -> Abilities:
        """What that connector can do; one that is not listed can do nothing by itself."""
        return self.connectors.get(connector, Abilities())
