"""What every view row stands on: its base, choices, states, what an act answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Names = Mapping[str, str]  # by language
Data = Mapping[str, str | int | None]  # what a code is about; amounts in minor units beside "currency"


class RowState(StrEnum):
    """What became of the last act on this row (DESIGN 2): online and offline look the same."""

    DONE = "done"
    WAITING = "waiting"  # written here, the centre has not answered
    UNKNOWN = "unknown"  # sent, answer lost
    NEEDS_APPROVAL = "needs_approval"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Base of all rows: immutable, compared by value, so that equal rows are never repainted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Row):
    """Something to pick: from policy (names by language) or from people and teams (the same name in both).

    `parts` are choices below it: the causes of a reason, the sub-types of a type. `outcome`: how a case ends in which
    this was taken (alternatives). `owner`: the team that gets it (sub-types, hand-offs). `minutes`: until a hand-off
    is due.
    """

    key: str
    names: Names
    parts: tuple[Choice, ...] = ()
    more: tuple[Choice, ...] = ()  # alternatives of a reason, causes of a type
    outcome: str = ""
    owner: str = ""
    minutes: int = 0


class Allowed(StrEnum):
    """Whether a button may be pressed."""

    FREE = "free"
    APPROVAL = "approval"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Row):
    """What became of an act, told to whoever did it: `status` done, waiting, needs_approval, refused."""

    status: RowState
    code: str = ""
    data: Data = field(default_factory=dict)
    level: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow(Row):
    """One fact: `area` payment, stock, parcel, service, order, money. `text` is data (a trace, a note); else words."""

    at: datetime
    area: str
    code: str
    text: str = ""
    data: Data = field(default_factory=dict)
    by: str = ""
    state: RowState = RowState.DONE
    label: Names = field(default_factory=dict)  # of the benefit it is about
