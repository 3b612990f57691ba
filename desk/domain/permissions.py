"""What follows from a level: who leads, who may approve for whom, who may issue which command."""

from __future__ import annotations

from collections.abc import Sequence

from desk.domain.people import Level
from desk.domain.policy import Policy

LEADERS = frozenset({Level.SUPERVISOR, Level.MANAGER})


def leads(level: Level) -> bool:
    """Whether the level may step into somebody else's ticket."""
    return level in LEADERS


def may_issue(policy: Policy, level: Level, command: str) -> bool:
    """Whether the level may issue commands of that name."""
    return command in policy.permissions.get(level, frozenset())


def approvers(policy: Policy, cost: int, currency: str) -> tuple[Level, ...]:
    """The levels of the ladder that may approve that cost (minor units), lowest first; none where no cap is stated."""
    caps = policy.compensation.levels
    return tuple(
        level
        for level in policy.approvals.ladder
        if currency in caps.get(level, {}) and cost <= caps[level][currency].approve
    )


def reaches(ladder: Sequence[Level], level: Level, asked: str) -> bool:
    """Whether `level` stands on the ladder at or above the level that was asked."""
    names = [str(rung) for rung in ladder]
    return str(level) in names and asked in names and names.index(str(level)) >= names.index(asked)
