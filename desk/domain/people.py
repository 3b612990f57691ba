"""The people who work: staff members with levels and teams, the actor of a command."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What a person may do grows with the level; the grants are policy (`policy.levels`)."""

    COUNTER = "counter"
    AGENT = "agent"
    SENIOR = "senior"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    WAREHOUSE = "warehouse"
    FINANCE = "finance"
    SPECIALIST = "specialist"  # of another team: logistics, tech, purchasing
    ADMIN = "admin"
    SYSTEM = "system"  # the centre itself: jobs, effects, ingest


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """A person who signs in. The name is a private value under `id` (key "name")."""

    id: str
    login: str
    level: Level
    teams: tuple[str, ...]
    store_id: str | None = None
    active: bool = True
    language: str = "zh"
    password_no: int = 0  # grows when the password is set anew: desks stop trusting the one before


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does a command, as proved by the centre's token or, at the desk, by its sign-in."""

    id: str
    level: Level
    teams: tuple[str, ...]
    store_id: str | None = None
    installation_id: str = ""


SYSTEM_ACTOR = Actor(id="system", level=Level.SYSTEM, teams=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """A team that works tickets; `id` is the scope key's last part."""

    id: str
    names: dict[str, str]
    timezone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """A store with a counter; its day is in its own time zone."""

    id: str
    names: dict[str, str]
    timezone: str = "Asia/Shanghai"
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A desk that was enrolled: its scope is fixed then (DESIGN 3)."""

    id: str
    name: str
    scopes: tuple[str, ...]
    public_key: str
    revoked: bool = False
