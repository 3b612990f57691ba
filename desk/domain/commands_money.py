"""The commands that move money or goods: cancel, give, take an option, decide, and what becomes of what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.domain.command_base import Command, command, private
from desk.domain.ledger import BenefitKind, EffectState


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder(Command):
    """Cancel the whole order and put back what was paid, per tender, with coupon and points (MISSION 23-29, M7, M11).

    `ticket_id` is the cancel ticket it answers. `reviewed` says that a person looked where the rules ask for one;
    `expected` is the total the desk showed, minor units: another total at the centre refuses with `amount_changed`.
    """

    money = True
    order_id: str
    ticket_id: str
    reviewed: bool = False
    expected: int | None = None


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class GrantCompensation(Command):
    """Give goodwill; above the caps it becomes a request for approval (DESIGN 1.6).

    `units`: minor units for coupon, goodwill and freight; points for points; pieces for gifts. The cost follows by
    policy. `cause` with `line_id` and `sequence` makes the ledger key.
    """

    money = True
    order_id: str
    ticket_id: str
    kind: BenefitKind
    units: int
    cause: str
    sequence: int
    item: str = ""
    line_id: str = ""
    tender_id: str | None = None
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOption(Command):
    """Take a handling option of the ticket's playbook: all that it does, or nothing of it (MISSION 96-109).

    `expected` is the money that would go back as the desk showed it, minor units: another sum at the centre refuses by
    `amount_changed`. `line_ids` are the goods it is about, where the person chose; `inputs` what the option asks for
    (domain.option_inputs), by name. `order_id` is the ticket's, said so that it is loaded with the others.
    """

    money = True
    ticket_id: str
    option: str
    order_id: str | None = None
    expected: int | None = None
    line_ids: tuple[str, ...] = ()
    inputs: Mapping[str, str] = private(default_factory=dict)


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class DecideApproval(Command):
    """Approve (also with a lower or higher `units`) or deny; never by the requester (MISSION section 6, 3)."""

    money = True
    approval_id: str
    approve: bool
    units: int | None = None
    reason: str = ""
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateApproval(Command):
    """By the centre: nobody answered in time, the next level is asked too."""

    approval_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireApproval(Command):
    """By the centre: the request has run out; it may be asked again."""

    approval_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SettleEffect(Command):
    """By the effects worker: it is about to ask the other system (`in_flight`), or what that answered.

    `attempt` counts the times it was asked, this one included. `next_at` is when the worker looks again: after
    `in_flight` to read back what a lost answer left, after `pending` to ask again, after `accepted` to read back.
    """

    money = True
    effect_id: str
    state: EffectState
    reference: str = ""
    problem: str = ""
    attempt: int = 0
    next_at: datetime | None = None


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEffect(Command):
    """By a finance or warehouse person: done by hand, under this reference (DESIGN 1.9)."""

    money = True
    effect_id: str
    reference: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class RetryEffect(Command):
    """By a finance or warehouse person: let the worker try a failed effect again under the same key (MISSION M9)."""

    money = True
    effect_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineEffect(Command):
    """By who should do it by hand: it cannot be done, and why. What it was for counts as not given, so that another way
    may be taken."""

    money = True
    effect_id: str
    words: str = private()
