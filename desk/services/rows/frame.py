"""Rows of the frame around every page: who is signed in, how the desk stands with the centre."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desk.domain.people import Level
from desk.services.rows.base import Names, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(Row):
    """Who is signed in, or may sign in (the demo lists its people)."""

    id: str
    login: str
    name: str
    level: Level
    team: Names = field(default_factory=dict)
    teams: tuple[str, ...] = ()  # ids
    store_id: str | None = None  # of somebody at a counter
    permissions: frozenset[str] = frozenset()  # names of commands


class Phase(StrEnum):
    """Where this desk stands with the centre."""

    ONLINE = "online"
    CATCHING_UP = "catching_up"
    OFFLINE = "offline"
    SIGNED_OUT = "signed_out"  # the centre wants a new sign-in; work goes on
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncStatus(Row):
    """The three numbers that are always in sight, and the counts of the rail's badges."""

    phase: Phase
    last_sync_at: datetime | None = None
    pending: int = 0
    unknown: int = 0  # sent, answer lost
    attention: int = 0
    approvals: int = 0
    tasks: int = 0
    progress: tuple[int, int] | None = None  # rows done, rows in all, while catching up
    problem: str = ""  # code
    embedded: bool = False  # the centre runs inside this desk (demo)
    centre: str = ""
    installation: str = ""
    scopes: tuple[str, ...] = ()
    cursor: int = 0
    policy_version: int = 0
