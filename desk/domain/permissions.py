"""What follows from a level: who leads, who may issue which command."""

from __future__ import annotations

from desk.domain.people import Level
from desk.domain.policy import Policy

LEADERS = frozenset({Level.SUPERVISOR, Level.MANAGER})


def leads(level: Level) -> bool:
    """Whether the level may step into somebody else's ticket."""
    return level in LEADERS


def may_issue(policy: Policy, level: Level, command: str) -> bool:
    """Whether the level may issue commands of that name."""
    return command in policy.permissions.get(level, frozenset())
