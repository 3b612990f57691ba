"""Rows of an exception's playbook: what was seen, what was checked, what to do now; and of tasks between teams."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desk.domain.detection_policy import ContactPolicy
from desk.domain.money import Money
from desk.domain.playbooks import FactValue
from desk.domain.tasks import TaskState
from desk.services.rows.base import Allowed, Choice, Data, Names, Row, RowState
from desk.services.rows.order import OrderRow


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow(Row):
    """One named fact of the case with its value, None where it is not known here; `kind` says how to read it (a
    domain.facts.FactKind), `names` the value of a code that policy names (a tier)."""

    key: str
    value: FactValue | None
    kind: str
    currency: str = ""
    names: Names = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenRow(Row):
    """What detection saw when it raised the ticket, with the rule's `names`. `gone_at`: since when the facts no longer
    say so."""

    rule: str
    at: datetime
    names: Names = field(default_factory=dict)
    saw: Data = field(default_factory=dict)
    currency: str = ""
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow(Row):
    """One question of the playbook. `answer` yes, no, cannot_tell; '' while it is open. `by_itself`: the order's facts
    answered; `by` is the person who did. `judge`: a first-judgement step. `fits`: the answer speaks for this
    kind of trouble, or nothing is known against it."""

    key: str
    names: Names
    judge: bool = False
    required: bool = False
    team: Names = field(default_factory=dict)
    team_id: str = ""
    answer: str = ""
    by_itself: bool = False
    by: str = ""
    at: datetime | None = None
    words: str = ""
    facts: tuple[FactRow, ...] = ()
    may_answer: bool = True

    @property
    def open(self) -> bool:
        """Whether somebody still has to answer it."""
        return not self.answer


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedRow(Row):
    """One thing that an option will do: `do` is a Verb; `label` the hand-off, the reason of a block or the payment
    method; `team` who gets the task; `days` of a block."""

    do: str
    label: Names = field(default_factory=dict)
    team: Names = field(default_factory=dict)
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow(Row):
    """Something that the person has to give with an option. `kind`: a domain.option_inputs.InputKind. `choices`: the
    lines to choose from."""

    key: str
    kind: str = "text"
    choices: tuple[Choice, ...] = ()
    currency: str = ""
    preset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow(Row):
    """One way to handle it. `number` is its key (Alt+number). `reason` with `data`: the code of why it is off, or whose
    approval it needs. `template` is said next, `gives` are keys of offers that go with it, `outcome` ends the case."""

    key: str
    number: int
    names: Names
    allowed: Allowed
    reason: str = ""
    data: Data = field(default_factory=dict)
    lacks: FactRow | None = None  # the fact, as it is, for which it is not on offer
    amount: Money | None = None
    deeds: tuple[DeedRow, ...] = ()
    inputs: tuple[InputRow, ...] = ()
    note: Names = field(default_factory=dict)
    taken: bool = False
    template: str = ""
    gives: tuple[str, ...] = ()
    outcome: str = ""

    @property
    def second_key(self) -> bool:
        """Whether money leaves for good."""
        return self.amount is not None and self.amount.amount > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow(Row):
    """A hand-off from one team to another, with the facts of order and case that its team needs.

    `may_take`, `may_reply`, `may_withdraw`: what this person may do with it. `for_me`: it waits for a team of theirs.
    """

    id: str
    what: Names
    team: Names
    team_id: str
    state: TaskState
    asked_by: str
    asked_team: Names = field(default_factory=dict)
    asked_at: datetime
    due_at: datetime
    words: str = ""
    holder: str = ""
    mine: bool = False
    reply: str = ""
    reference: str = ""
    replied_by: str = ""
    replied_at: datetime | None = None
    level: str = ""
    escalations: int = 0
    ticket_id: str = ""
    number: str = ""
    case_label: Names = field(default_factory=dict)
    order_tail: str = ""
    customer: str = ""
    order: OrderRow | None = None
    for_me: bool = False
    may_take: bool = False
    may_reply: bool = False
    may_withdraw: bool = False
    row_state: RowState = RowState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskPage(Row):
    """A keyset page of tasks. `after` is the key of the next page, None at the end; `total` counts the whole list."""

    tasks: tuple[TaskRow, ...]
    after: str | None
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaybookRow(Row):
    """The playbook of an exception in hand. `causes` are offered, `chosen` are set. `proposed`: offers that go with
    what was done and were not given yet. `off`: one code for all options where nothing may be done (claim it first)."""

    names: Names
    manner: str = ""  # deviates, stalled
    order_stage: str = ""
    owner: Names = field(default_factory=dict)
    escalation: int = 0
    level: str = ""  # who was told last
    escalate_at: datetime | None = None
    next_level: str = ""  # who is told then
    seen: SeenRow | None = None
    checks: tuple[CheckRow, ...] = ()
    causes: tuple[Choice, ...] = ()
    chosen: tuple[str, ...] = ()
    options: tuple[OptionRow, ...] = ()
    proposed: tuple[str, ...] = ()
    outcome: str = ""
    off: str = ""
    contacts: ContactPolicy = field(default_factory=ContactPolicy)  # what a phone and an address typed have to be

    @property
    def waiting(self) -> tuple[CheckRow, ...]:
        """Checks without which no option may be taken, and that nobody answered."""
        return tuple(check for check in self.checks if check.required and check.open)
