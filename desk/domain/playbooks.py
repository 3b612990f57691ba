"""Playbooks as data: for each kind of trouble its owner, checks, handling options, escalation and scripts.

A playbook is one file of resources/playbooks and rows of policy afterwards (MISSION 41-63, 76, 85-109): a new kind of
trouble needs no code. What a check may read is the vocabulary of `domain.facts`, what an option may do that of `Verb`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from desk.domain.named import Named, Names
from desk.domain.people import Level
from desk.domain.tickets import Act

FactValue = bool | int | str


class Op(StrEnum):
    """How a fact is compared. A fact that is not known makes every comparison unknown, but for `unknown` itself."""

    IS = "is"
    IS_NOT = "is_not"
    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"
    KNOWN = "known"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """`fact` compared with `value`, or with another fact where `other` names one."""

    fact: str
    op: Op = Op.IS
    value: FactValue = True
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Named):
    """One question on the way to the cause. With `expects` it reads the order by itself: yes where all hold, no where
    one does not, else unknown; without, a person answers. `shows` are facts whose values stand beside it. `judge`: a
    first-judgement step (MISSION 76), else a line of the check-list (85-89). `team` is who can tell."""

    expects: tuple[Condition, ...] = ()
    shows: tuple[str, ...] = ()
    judge: bool = False
    required: bool = False  # answered before any option may be taken (MISSION 65)
    team: str = ""


class Verb(StrEnum):
    """What an option does. Money verbs go through the order's one gate, the others become effects or tasks."""

    REFUND_SURPLUS = "refund_surplus"  # what was received beyond what is due: paid twice, amount differs
    REFUND_PARCEL = "refund_parcel"  # the lines of the parcels in trouble
    REFUND_LESS_FREIGHT = "refund_less_freight"  # everything but what freight cost (refused, no fault of ours)
    CANCEL = "cancel"  # the whole order, as a cancel ticket would
    MARK_PAID = "mark_paid"
    PAYMENT_LINK = "payment_link"
    RESHIP = "reship"
    CHANGE_CONTACT = "change_contact"  # not shipped yet
    REDIRECT = "redirect"  # a parcel on its way
    STOP = "stop"  # ask the carrier to bring it back
    ALLOCATE = "allocate"  # goods from another channel's stock
    RESYNC = "resync"  # the systems tell the order to one another again
    URGE = "urge"  # the carrier's depot
    TASK = "task"  # a hand-off: `item` names it (policy.handoffs)
    BLOCK = "block"  # the customer, for `days`


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing that an option does. `item`: the hand-off of a task, the reason of a block. `days`: of a block."""

    do: Verb
    item: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Named):
    """One way to handle it (MISSION 96-109). It is on offer where every condition of `when` holds.

    `inputs` are what the person has to give (option_inputs.INPUTS), `gives` keys of offers that go with it as
    compensation, each through its own caps and for orders of its currency, `template` what is said next, `outcome` how
    the ticket ends.
    """

    row: str = ""  # of MISSION.md
    when: tuple[Condition, ...] = ()
    deeds: tuple[Deed, ...]
    inputs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    template: str = ""
    outcome: str = ""
    levels: frozenset[Level] = frozenset()  # who may take it; empty: whoever may take options
    note: Names = field(default_factory=dict)  # what to know before, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationStep:
    """Nobody works on it `after_minutes` minutes after it was opened: this level is told (MISSION 77)."""

    after_minutes: int
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Subtype(Named):
    """A kind of trouble (MISSION 42-63) with its playbook. `manner`: the order "deviates" or is "stalled" (41);
    `causes`: keys of the type's causes that fit it, empty for all; `scripts`: templates by act, the best first."""

    row: int
    owner: str  # team
    position: int = 100
    manner: str = ""
    causes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    options: tuple[Option, ...] = ()
    escalation: tuple[EscalationStep, ...] = ()
    scripts: Mapping[Act, tuple[str, ...]] = field(default_factory=dict)
