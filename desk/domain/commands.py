"""Every act that a person or the system does, as a frozen dataclass with a name and a version (DESIGN 1.1).

Arguments of a released (name, version) never change meaning: a change is a new version. A field marked private holds
words or personal values; the centre keeps those apart from receipts and chain (DESIGN 3, personal data).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.domain.command_base import COMMANDS as COMMANDS
from desk.domain.command_base import Command as Command
from desk.domain.command_base import command, private
from desk.domain.command_base import private_fields as private_fields
from desk.domain.command_base import text_id as text_id
from desk.domain.commands_money import CancelOrder as CancelOrder
from desk.domain.commands_money import ConfirmEffect as ConfirmEffect
from desk.domain.commands_money import DecideApproval as DecideApproval
from desk.domain.commands_money import DeclineEffect as DeclineEffect
from desk.domain.commands_money import EscalateApproval as EscalateApproval
from desk.domain.commands_money import ExpireApproval as ExpireApproval
from desk.domain.commands_money import GrantCompensation as GrantCompensation
from desk.domain.commands_money import RetryEffect as RetryEffect
from desk.domain.commands_money import SettleEffect as SettleEffect
from desk.domain.commands_money import TakeOption as TakeOption
from desk.domain.orders import Order
from desk.domain.people import Level
from desk.domain.policy import Policy
from desk.domain.tickets import Answer, Channel, Finding, Kind, Stage

# --- tickets -----------------------------------------------------------------------------------------------------


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTicket(Command):
    """Open a ticket, or join the open one of the same kind on that order and mark it chased (MISSION 2-4, 14).

    `order_number` is what the contact named where the order is not known here. `words` is what the customer said.
    `source` is the key of the other system's request, where one opened it; `asked_at` is when that system took it, and
    counts from the centre's own ingest only: a request that was long on its way is already late. `finding` is what the
    centre's detection saw; nobody else says so.
    """

    ticket_id: str
    kind: Kind
    channel: Channel
    team: str
    order_id: str | None = None
    order_number: str = ""
    type: str = ""
    subtype: str = ""
    reason: str = ""
    source: str = ""
    asked_at: datetime | None = None
    finding: Finding | None = None
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimTicket(Command):
    """Take a ticket in hand; the claim runs out by policy unless work goes on."""

    ticket_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseTicket(Command):
    """Give a ticket back to the queue. A supervisor may release another's."""

    ticket_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStage(Command):
    """Move the ticket along its stages (tickets.MOVES)."""

    ticket_id: str
    stage: Stage


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SetReason(Command):
    """State or correct why: reason of a cancel, type and sub-type of an exception, deeper causes (MISSION 6-10, 41)."""

    ticket_id: str
    reason: str = ""
    type: str = ""
    subtype: str = ""
    causes: tuple[str, ...] = ()


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SetMood(Command):
    """Flag the customer's emotion for whoever is next (MISSION 19)."""

    ticket_id: str
    mood: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote(Command):
    """Write a note on the ticket."""

    ticket_id: str
    words: str = private()


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class PauseTicket(Command):
    """Stop the ticket's own clocks while it waits for the customer or another department."""

    ticket_id: str
    reason: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeTicket(Command):
    """Let the clocks run on; due times move by the length of the pause."""

    ticket_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Command):
    """Give the ticket to another team (its scope changes with it)."""

    ticket_id: str
    team: str
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage(Command):
    """Say or send a template, every placeholder filled (MISSION 15, 91-95). `via`: spoken, sms, app.

    `values` fills what the case itself does not know; the centre renders the words again from its own facts.
    """

    ticket_id: str
    template: str
    language: str
    via: str
    values: Mapping[str, str] = private(default_factory=dict)


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCheck(Command):
    """Answer a check of the ticket's playbook; again, where something else turned out (MISSION 65, 85-89)."""

    ticket_id: str
    check: str
    answer: Answer
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPromise(Command):
    """Mark a promise as kept."""

    ticket_id: str
    promise_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class WriteRecord(Command):
    """Write the record of the case (MISSION 111)."""

    ticket_id: str
    cause: str
    result: str
    satisfaction: int | None = None
    acts_waived: str = ""
    process: str = private()
    feedback: str = private()


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTicket(Command):
    """Close with an outcome; refused without a record, or without the five acts or a reason."""

    ticket_id: str
    outcome: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveTicket(Command):
    """Archive a closed ticket (a job of the centre, or at once by the agent)."""

    ticket_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ReopenTicket(Command):
    """Open a closed or archived ticket again; history stays."""

    ticket_id: str
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class MarkBreach(Command):
    """By the centre: the first response is overdue (MISSION 11). The id is derived from (breach, ticket, due time)."""

    ticket_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireClaim(Command):
    """By the centre: a claim has run out."""

    ticket_id: str


# --- what was found by itself ------------------------------------------------------------------------------------


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFinding(Command):
    """By the centre's detection: it saw this on a ticket that is open already. The id is derived from both."""

    ticket_id: str
    finding: Finding


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ClearFinding(Command):
    """By the centre's detection: what it saw is no longer so. An untouched ticket closes, another has it noted.
    `why`: the fact went away, or the policy's limits moved."""

    ticket_id: str
    why: str = "fact"


# --- between teams -----------------------------------------------------------------------------------------------


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class AskTeam(Command):
    """Ask another team to do something for a ticket: `what` is a key of policy.handoffs.kinds (MISSION 90).

    Without a `team` it is that hand-off's, without `due_at` it is due by the hand-off's minutes.
    """

    ticket_id: str
    task_id: str
    what: str
    team: str = ""
    due_at: datetime | None = None
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class TakeTask(Command):
    """Say that one is at it; colleagues then leave it alone until it is overdue."""

    task_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTask(Command):
    """Answer a task: done, under the team's own `reference` where there is one, or not (with why in words)."""

    task_id: str
    done: bool
    reference: str = ""
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawTask(Command):
    """By who asked: it is no longer needed."""

    task_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateTask(Command):
    """By the centre: no reply when it was due, the next level is told (policy.handoffs.ladder)."""

    task_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class EscalateTicket(Command):
    """By the centre: nobody holds the ticket, the next level of its playbook is told (MISSION 77)."""

    ticket_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class BlockCustomer(Command):
    """Put a customer on the block list for a `reason` of policy.blocks, found on this ticket (MISSION 109, 118).

    Without `until` it holds as long as policy says for that reason.
    """

    customer_id: str
    ticket_id: str
    reason: str
    until: datetime | None = None
    words: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class LiftBlock(Command):
    """Take a customer off the block list: an appeal was granted, or it was wrong. The words say why."""

    customer_id: str
    words: str = private(default="")


# --- what other systems tell -------------------------------------------------------------------------------------


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class TellOrder(Command):
    """By ingest: the order as its source has it now. `contact` holds name, title, phone, city, address; `remark` the
    customer's remark. The id is derived from (source, number, version)."""

    order: Order
    contact: Mapping[str, str] = private(default_factory=dict)
    remark: str = private(default="")


# --- administration ----------------------------------------------------------------------------------------------


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SaveStaff(Command):
    """Add or change a person."""

    staff_id: str
    login: str
    level: Level
    teams: tuple[str, ...] = ()
    store_id: str | None = None
    language: str = "zh"
    active: bool = True
    full_name: str = private(default="")


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SaveTeam(Command):
    """Add or change a team."""

    team_id: str
    names: Mapping[str, str]
    timezone: str = "Asia/Shanghai"


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class SaveStore(Command):
    """Add or change a store."""

    store_id: str
    names: Mapping[str, str]
    timezone: str = "Asia/Shanghai"
    active: bool = True


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInstallation(Command):
    """Shut a lost or retired desk out."""

    installation_id: str


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPolicy(Command):
    """Put a new policy in force; `document` is the whole of it. Its `version` names the one it was made from: where
    another was published meanwhile, this one is refused (`policy_moved`).
    `reason` says why, of nobody in particular."""

    document: Policy
    reason: str = ""


@command
@dataclass(frozen=True, slots=True, kw_only=True)
class RevealContact(Command):
    """See a masked phone or address in full; audited (DESIGN 3)."""

    ticket_id: str
    customer_id: str
    at: datetime | None = None
