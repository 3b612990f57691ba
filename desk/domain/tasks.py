"""The task: what one team asks another to do for a case, with due time, reply and escalation (MISSION 90, M4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TaskState(StrEnum):
    """A task ends once, with a reply; asking again is a new one."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    DECLINED = "declined"  # the team says that it cannot, and why
    WITHDRAWN = "withdrawn"  # by who asked: no longer needed


OPEN_TASKS = frozenset({TaskState.OPEN, TaskState.TAKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One hand-off. `what` is a key of policy.handoffs.kinds; words and reply are private texts of the ticket.

    `level` is who is told since the last escalation, empty before. `reference` is the team's own (a claim number, a
    purchase order, the police's file). `order_number` is said to a team that does not hold the order any more.
    `replied_by` and `replied_at` are who ended it and when, also where it was withdrawn. All times are aware UTC.
    """

    id: str
    ticket_id: str
    order_id: str | None
    order_number: str = ""
    store_id: str | None = None  # whose counter asked
    team: str  # who is to do it
    asked_by: str
    asked_team: str  # hears the reply
    asked_at: datetime
    what: str
    due_at: datetime
    state: TaskState = TaskState.OPEN
    holder: str | None = None
    taken_at: datetime | None = None
    words_id: str = ""
    reply_id: str = ""
    reference: str = ""
    replied_by: str | None = None
    replied_at: datetime | None = None
    level: str = ""
    escalations: int = 0
    escalate_at: datetime | None = None
    command_id: str = ""  # of the option that made it, where one did

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state in OPEN_TASKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A customer who may not be cancelled for or compensated without a look (MISSION 109, 118): with reason, end, and
    who lifted it. Its id is the customer's; `reason` a key of policy.blocks; the words are private texts of its own."""

    id: str
    reason: str
    ticket_id: str
    by: str
    at: datetime
    until: datetime | None = None
    words_id: str = ""
    lifted_by: str | None = None
    lifted_at: datetime | None = None
    lift_words_id: str = ""

    def holds(self, now: datetime) -> bool:
        """Whether it is in force at `now`."""
        return self.lifted_at is None and (self.until is None or now < self.until)
