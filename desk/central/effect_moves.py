"""What an answer of another system means for an effect: its next state, and when to look again. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from desk.connectors.ports import Accepted, Answer, ByHand, Confirmed, NeverSeen, NoAnswer, ReadBack, Refused
from desk.domain.ledger import Effect, EffectState
from desk.domain.policy import Abilities

MAX_ATTEMPTS = 10  # refusals of service before a person decides
FIRST_RETRY = 2  # seconds; doubled each time
LONGEST_RETRY = 600
FIRST_POLL = 5
LONGEST_POLL = 3600
SLOW_READ = 600  # how often a thing that finance has is looked up all the same

# Codes of `Effect.problem` while it is unknown; any other says why the asking got no answer.
NOT_SEEN = "not_seen"  # looked up once: the other side does not know our key
NOT_READ = "not_read"  # looked up once without an answer
FOR_FINANCE = "for_finance"  # looked up twice without an answer: a person finds out


@dataclass(frozen=True, slots=True)
class Move:
    """What SettleEffect is to say."""

    state: EffectState
    reference: str = ""
    problem: str = ""
    next_at: datetime | None = None


def patience(abilities: Abilities) -> timedelta:
    """How long after asking nothing may be concluded yet: longer than the other side's own time-out."""
    return timedelta(seconds=abilities.wait_seconds)


def after_asking(effect: Effect, answer: Answer, abilities: Abilities, now: datetime, jitter: int) -> Move:
    """The move after the effect was asked for (attempts counts that). `jitter` is 0-100: how much of the wait is added
    so that many do not come back at once."""
    match answer:
        case Confirmed(reference):
            return Move(EffectState.CONFIRMED, reference)
        case Accepted(reference):
            return Move(EffectState.ACCEPTED, reference, next_at=now + timedelta(seconds=FIRST_POLL))
        case Refused(problem, again=True) if effect.attempts < MAX_ATTEMPTS:
            wait = answer.wait_seconds or min(FIRST_RETRY * 2 ** (effect.attempts - 1), LONGEST_RETRY)
            late = timedelta(seconds=wait) * (100 + jitter) / 100
            return Move(EffectState.PENDING, problem=problem, next_at=now + late)
        case Refused(problem):
            return Move(EffectState.FAILED, problem=problem)
        case NoAnswer(problem):
            return Move(EffectState.UNKNOWN, problem=problem, next_at=now + patience(abilities))
        case ByHand():
            return Move(EffectState.MANUAL, problem="by_hand")


def after_reading(effect: Effect, answer: ReadBack, abilities: Abilities, now: datetime) -> Move:
    """The move after what was asked before was looked up by its key: nothing is asked again on a guess (DESIGN 1.9)."""
    match answer:
        case Confirmed(reference):
            return Move(EffectState.CONFIRMED, reference)
        case Accepted(reference):
            return Move(EffectState.ACCEPTED, reference, next_at=_next_poll(effect, now))
        case Refused(problem, again=False):
            return Move(EffectState.FAILED, problem=problem)
    if effect.state is EffectState.ACCEPTED and not isinstance(answer, NeverSeen):
        return Move(EffectState.ACCEPTED, effect.reference, effect.problem, _next_poll(effect, now))
    if isinstance(answer, NeverSeen):
        return _not_seen(effect, abilities, now)
    if effect.kind in abilities.repeatable:
        return Move(EffectState.PENDING, problem="asked_again", next_at=now)
    if effect.problem in (NOT_READ, FOR_FINANCE):
        return Move(EffectState.UNKNOWN, problem=FOR_FINANCE, next_at=now + timedelta(seconds=SLOW_READ))
    return Move(EffectState.UNKNOWN, problem=NOT_READ, next_at=now + patience(abilities))


def _not_seen(effect: Effect, abilities: Abilities, now: datetime) -> Move:
    """Not known there: seen so twice, with the other side's own time-out between, it surely did not happen."""
    if effect.problem == NOT_SEEN and effect.state is EffectState.UNKNOWN:
        return Move(EffectState.PENDING, problem="never_arrived", next_at=now)
    return Move(EffectState.UNKNOWN, problem=NOT_SEEN, next_at=now + patience(abilities))


def _next_poll(effect: Effect, now: datetime) -> datetime:
    """Polls thin out with age: a quarter of it."""
    age = max((now - effect.at) / 4, timedelta(seconds=FIRST_POLL))
    return now + min(age, timedelta(seconds=LONGEST_POLL))
