"""Rows of the other pages: attention, look-up, administration."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from desk.domain.money import Money
from desk.domain.orders import OrderState
from desk.domain.people import Level
from desk.services.rows.base import Data, Names, Row, RowState


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionRow(Row):
    """A command that the centre refused or put aside, or a ticket that nobody takes (`status` told). `steps` are what
    may be done: open, again, dismiss."""

    id: str
    at: datetime
    command: str
    code: str
    data: Data = field(default_factory=dict)
    status: str = "refused"  # or quarantined, told
    ticket_id: str | None = None
    number: str = ""
    order_tail: str = ""
    amount: Money | None = None
    steps: tuple[str, ...] = ("open", "dismiss")


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow(Row):
    """One order found. `matched`: number, tail, phone, name, pinyin, tracking."""

    order_id: str
    number: str
    customer: str
    phone: str
    state: OrderState
    total: Money
    created_at: datetime
    shop: str
    title: str
    matched: str
    tickets: tuple[str, ...] = ()  # ids of its open tickets
    local: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow(Row):
    """A person, as the administrator sees them."""

    id: str
    login: str
    name: str
    level: Level
    teams: tuple[str, ...]
    store_id: str | None
    active: bool
    language: str
    state: RowState = RowState.DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRow(Row):
    """A team or a store."""

    id: str
    names: Names
    timezone: str
    active: bool = True
    people: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationRow(Row):
    """An enrolled desk."""

    id: str
    name: str
    scopes: tuple[str, ...]
    revoked: bool
    here: bool = False  # this very desk


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminRow(Row):
    """The administrator's page."""

    staff: tuple[StaffRow, ...] = ()
    teams: tuple[PlaceRow, ...] = ()
    stores: tuple[PlaceRow, ...] = ()
    installations: tuple[InstallationRow, ...] = ()
