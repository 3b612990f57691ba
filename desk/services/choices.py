"""What policy offers to pick from, as choices with names in every language."""

from __future__ import annotations

from collections.abc import Iterable

from desk.domain.people import Level, Team
from desk.domain.policy import Alternative, ExceptionType, Named, Subtype
from desk.domain.tickets import Channel
from desk.services.reader import Reader
from desk.services.rows import Choice, Choices
from desk.storage import replica


def choices_of(reader: Reader) -> Choices:
    """All of it."""
    policy = reader.policy
    teams = (one for one in replica.where(reader.view.connection, "team") if isinstance(one, Team))
    return Choices(
        reasons=tuple(
            Choice(
                key=reason.key,
                names=reason.names,
                parts=offered(reason.causes),
                more=instead(reason.alternatives),
            )
            for reason in policy.cancellation.reasons
        ),
        types=tuple(
            Choice(key=kind.key, names=kind.names, parts=owned(kind), more=offered(kind.causes))
            for kind in policy.exceptions
        ),
        moods=offered(policy.tickets.moods),
        pauses=offered(policy.tickets.pause_reasons),
        handoffs=tuple(
            Choice(key=kind.key, names=kind.names, owner=kind.team, minutes=kind.due_minutes)
            for kind in policy.handoffs.kinds
        ),
        blocks=offered(policy.blocks),
        outcomes=offered(policy.tickets.outcomes),
        results=offered(policy.tickets.results),
        teams=tuple(Choice(key=team.id, names=team.names) for team in teams),
        default_team=policy.default_team,
        causes=offered(policy.compensation.causes),
        denials=offered(policy.approvals.denial_reasons),
        channels=tuple(
            Choice(key=str(channel), names=level.names)
            for channel, level in policy.tickets.channels.items()
            if channel is not Channel.SYSTEM
        ),
        levels=tuple(
            Choice(key=str(level), names={"zh": str(level), "en": str(level)})
            for level in Level
            if level is not Level.SYSTEM
        ),
    )


def owned(kind: ExceptionType) -> tuple[Choice, ...]:
    """Sub-types, each with the team that gets it and the causes that fit it."""
    return tuple(
        Choice(key=one.key, names=one.names, owner=one.owner, more=offered(_fitting(kind, one)))
        for one in kind.subtypes
    )


def _fitting(kind: ExceptionType, subtype: Subtype) -> tuple[Named, ...]:
    return tuple(cause for cause in kind.causes if not subtype.causes or cause.key in subtype.causes)


def instead(found: Iterable[Alternative]) -> tuple[Choice, ...]:
    """What may be done instead of a cancel, each with how the case ends then."""
    return tuple(Choice(key=one.key, names=one.names, outcome=one.outcome) for one in found)


def offered(named: Iterable[Named]) -> tuple[Choice, ...]:
    """Choices of policy."""
    return tuple(Choice(key=one.key, names=one.names) for one in named)
