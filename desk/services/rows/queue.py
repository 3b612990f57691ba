"""Rows of the queue: tickets in two lines, pages of them, what is announced above them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.domain.money import Money
from desk.domain.orders import GoodsFlag
from desk.domain.tickets import Channel, Kind, Stage
from desk.services.rows.base import Data, Names, Row, RowState


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow(Row):
    """One ticket in the queue, two lines. `due_kind`: first_response, promise, no_return, update."""

    id: str
    number: str
    kind: Kind
    channel: Channel
    stage: Stage
    label: Names  # reason of a cancel; type and sub-type of an exception
    order_tail: str
    customer: str
    amount: Money | None
    due_at: datetime
    due_kind: str
    warn_at: datetime | None = None
    holder_id: str | None = None
    holder: str = ""
    mine: bool = False
    flags: frozenset[GoodsFlag] = frozenset()
    chased: int = 0
    needs_review: bool = False
    paused: bool = False
    provisional: bool = False  # opened here, the centre has not numbered it
    breached: bool = False
    mood: str = ""
    found: bool = False  # detection raised it
    gone: bool = False  # what detection saw is so no longer
    by_keywords: bool = False  # reason or type came from the customer's words, no person has looked yet
    escalation: int = 0  # so many levels were told that nobody works on it
    level: str = ""  # the last of them
    state: RowState = RowState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage(Row):
    """A keyset page. `after` is the key of the next page, None at the end; `total` counts the whole list.

    `known` is False before the desk's first snapshot: nobody can say yet that there is nothing.
    """

    rows: tuple[QueueRow, ...]
    after: str | None
    total: int
    known: bool = True


class NoticeKind(StrEnum):
    """What is announced above the queue instead of moving rows under the cursor."""

    NEW = "new"
    CHASED = "chased"
    WARNED = "warned"
    APPROVAL = "approval"
    TASK = "task"  # something asked of one's team
    REPLY = "reply"  # an answer to what one's team asked
    OVERDUE = "overdue"  # no answer to it in time: one's level is told
    ESCALATED = "escalated"  # a ticket that nobody took: one's level is told
    HANDED_BACK = "handed_back"  # what one's team gave away is with it again
    CLOSED_ELSEWHERE = "closed_elsewhere"  # what one's team gave away was closed by another


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Row):
    """One announcement; `data` fills its words."""

    kind: NoticeKind
    ticket_id: str
    label: Names = field(default_factory=dict)
    order_tail: str = ""
    data: Data = field(default_factory=dict)
