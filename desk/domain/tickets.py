"""The ticket: a case of one of two kinds, its stages, clocks, promises, messages and replayable path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """The two kinds of work: the customer wants to cancel, or the order went wrong."""

    CANCEL = "cancel"
    EXCEPTION = "exception"


class Stage(StrEnum):
    """The closed loop of MISSION 68, ended by close and archive (MISSION 39)."""

    IDENTIFY = "identify"
    ANALYSE = "analyse"
    RESOLVE = "resolve"
    CLOSED = "closed"
    ARCHIVED = "archived"


# The only moves there are. A reopened ticket starts again at identify and keeps its path (MISSION M22).
MOVES: Mapping[Stage, frozenset[Stage]] = {
    Stage.IDENTIFY: frozenset({Stage.ANALYSE}),
    Stage.ANALYSE: frozenset({Stage.IDENTIFY, Stage.RESOLVE}),
    Stage.RESOLVE: frozenset({Stage.ANALYSE, Stage.CLOSED}),
    Stage.CLOSED: frozenset({Stage.ARCHIVED, Stage.IDENTIFY}),
    Stage.ARCHIVED: frozenset({Stage.IDENTIFY}),
}
OPEN_STAGES = frozenset({Stage.IDENTIFY, Stage.ANALYSE, Stage.RESOLVE})


class Channel(StrEnum):
    """How the contact came in (MISSION 1-5)."""

    APP = "app"
    HOTLINE = "hotline"
    CHAT = "chat"
    STORE = "store"
    SYSTEM = "system"


class Act(StrEnum):
    """The five acts of communication (MISSION 91-95)."""

    NOTIFY = "notify"
    EXPLAIN = "explain"
    PROGRESS = "progress"
    SOLUTION = "solution"
    APOLOGY = "apology"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note; its words are the private text `text_id`."""

    id: str
    at: datetime
    by: str
    text_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentMessage:
    """A message said or sent; its words are the private text `text_id`. `via`: spoken, sms, app."""

    id: str
    at: datetime
    by: str
    template: str
    acts: frozenset[Act]
    via: str
    text_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something promised with a time ("2 minutes", "before 18:00"); open until `kept_at` (section 6 of MISSION, 9)."""

    id: str
    at: datetime
    by: str
    code: str
    due_at: datetime
    kept_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """A stretch in which the ticket's own clocks stand still; open while `until` is None."""

    since: datetime
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """The record without which no ticket closes (MISSION 111); the words are private texts."""

    process_id: str
    cause: str
    result: str
    feedback_id: str
    satisfaction: int | None = None  # 1-5
    acts_waived: str = ""  # the reason when the five acts were not all done


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the path: which change, by whom, with its facts (no personal data). The archive replays these."""

    at: datetime
    by: str
    code: str
    data: Mapping[str, str | int | None] = field(default_factory=dict)


class Answer(StrEnum):
    """What a check found."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckAnswer:
    """A person's answer to a check of the playbook; words, where there are any, are the private text `text_id`."""

    check: str
    answer: Answer
    at: datetime
    by: str
    text_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTaken:
    """A handling option that was taken; what it did are the effects, entries and tasks of `command_id`."""

    option: str
    at: datetime
    by: str
    command_id: str
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What detection saw when it raised the ticket: its rule, the window that makes it one, and the facts with the
    thresholds (no personal data). `gone_at` is when the facts no longer said so (MISSION 72, 73)."""

    rule: str
    window: str
    saw: Mapping[str, str | int] = field(default_factory=dict)
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One ticket. All `*_at` and `*_due` are aware UTC.

    `due_at` is the nearest of first response, open promises, point of no return: the queue's sort key, computed by
    the domain (`sla.due_at`) whenever one of them changes, never a remaining time (DESIGN 1.3).
    """

    id: str
    number: str
    kind: Kind
    channel: Channel
    team: str
    opened_at: datetime
    opened_by: str
    stage: Stage = Stage.IDENTIFY
    order_id: str | None = None
    order_number: str = ""
    customer_id: str | None = None
    store_id: str | None = None
    type: str = ""  # exception type key of policy (payment, stock, ...); empty for a cancel
    subtype: str = ""
    reason: str = ""  # cancel reason key of policy (MISSION 6)
    causes: tuple[str, ...] = ()
    mood: str = ""
    priority: int = 0  # higher first among equal due times
    amount: int = 0
    currency: str = ""
    holder: str | None = None
    claim_expires_at: datetime | None = None
    first_response_due: datetime | None = None
    first_response_at: datetime | None = None
    first_response_breached: bool = False
    warn_at: datetime | None = None
    no_return_at: datetime | None = None
    due_at: datetime
    next_update_at: datetime | None = None
    chased: int = 0
    needs_review: bool = False  # 需人工审核 (MISSION 30)
    order_stage: str = ""  # where the order stood when it was opened: creation ... signing (MISSION 41)
    manner: str = ""  # deviates or stalled
    checks: tuple[CheckAnswer, ...] = ()
    options: tuple[OptionTaken, ...] = ()
    finding: Finding | None = None
    by_keywords: bool = False  # reason or type came from the customer's words, no person has looked yet (MISSION 10)
    escalation: int = 0  # how many levels were told that nobody works on it (MISSION 77)
    escalation_level: str = ""  # the last of them
    escalate_at: datetime | None = None
    came_from: tuple[str, ...] = ()  # teams that handed it over and hear what becomes of it, the last one last
    open_tasks: Mapping[str, str] = field(default_factory=dict)  # what other teams have to answer: task id -> team
    notes: tuple[Note, ...] = ()
    messages: tuple[SentMessage, ...] = ()
    promises: tuple[Promise, ...] = ()
    pauses: tuple[Pause, ...] = ()
    acts: frozenset[Act] = frozenset()
    outcome: str = ""  # cancelled, withdrawn, refused, solved, after_sales...
    record: Record | None = None
    closed_at: datetime | None = None
    archived_at: datetime | None = None
    reopened: int = 0
    policy_version: int = 0
    path: tuple[Step, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether work on it goes on."""
        return self.stage in OPEN_STAGES

    @property
    def paused(self) -> bool:
        """Whether its clocks stand still now."""
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def overdue_at(self) -> datetime | None:
        """When the first response is overdue unless somebody acts; None where it was given or is marked as late, and in
        a pause that began in time."""
        due = self.first_response_due
        if due is None or not self.is_open or self.first_response_at is not None or self.first_response_breached:
            return None
        return None if self.paused and self.pauses[-1].since < due else due
