"""The outbox: every act of this desk until the centre's verdict is part of the replica, and a while longer.

Functions work inside the caller's transaction. Only a verdict whose commit the replica holds takes a row out of the
pending ones: no HTTP status, time-out or restart does.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from desk.domain.commands import Command
from desk.domain.people import Actor
from desk.storage.tables import outbox, person
from desk.storage.times import micros
from desk.wire import codec
from desk.wire.canonical import canonical
from desk.wire.protocol import Verdict, VerdictStatus

# A settled row stays so long: were the centre restored from a backup, it would be pushed once more.
KEEP_SETTLED = timedelta(hours=48)


class State(StrEnum):
    """pending: kept here; sent: answer unknown; answered: the verdict is known, its commit not here yet; settled: it
    is; refused: it is, and a person has to look (until dismissed)."""

    PENDING = "pending"
    SENT = "sent"
    ANSWERED = "answered"
    SETTLED = "settled"
    REFUSED = "refused"


_OPEN = (State.PENDING, State.SENT, State.ANSWERED)
_UNSETTLED = outbox.c.state.in_(_OPEN)

# Made once: building a statement costs more than running it, and each act is answered twice (reply and feed).
_MINE = outbox.c.id == sa.bindparam("act")
_GET = sa.select(outbox).where(_MINE)
_WAITING = sa.select(outbox).where(_UNSETTLED).order_by(outbox.c.position)
_WAITING_IDS = sa.select(outbox.c.id, outbox.c.verdict).where(_UNSETTLED).order_by(outbox.c.position)
_KEEP = outbox.insert().returning(*outbox.c)
_NEXT_SEQ = (
    person.update().where(person.c.id == sa.bindparam("who")).values(seq=person.c.seq + 1).returning(person.c.seq)
)
_STATES = sa.select(outbox.c.id, outbox.c.state).where(outbox.c.id.in_(sa.bindparam("ids", expanding=True)))
_SEND_AGAIN = outbox.update().where(_MINE).values(state=State.PENDING, attempts=0)
_ANSWER = outbox.update().where(_MINE).values(state=State.ANSWERED, verdict=sa.bindparam("said"), n=sa.bindparam("at"))
_PART_OF_REPLICA = sa.select(outbox).where(
    outbox.c.state == State.ANSWERED, sa.or_(outbox.c.n <= sa.bindparam("n"), outbox.c.n.is_(None))
)
_END = outbox.update().where(_MINE).values(state=sa.bindparam("ended"), settled_at=sa.bindparam("at"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One row of the outbox. `forecast`: accepted, needs_approval or ask_centre, as this desk expected. `attempts`: how
    often it may have left since the centre last said that it does not have it."""

    position: int
    id: str
    person_id: str
    seq: int
    actor: Actor
    command: Command
    claimed_at: datetime
    state: State
    forecast: str
    attempts: int
    verdict: Verdict | None
    n: int | None


def append(connection: Connection, command: Command, actor: Actor, now: datetime, forecast: str) -> Act:
    """Keep an act under the next number of its person; committed by the caller before anything is shown."""
    seq = connection.execute(_NEXT_SEQ, {"who": actor.id}).scalar_one()
    row = {
        "id": command.id,
        "person_id": actor.id,
        "seq": seq,
        "actor": canonical(codec.to_plain(actor)).decode(),
        "command": canonical(codec.command_to_plain(command)).decode(),
        "claimed_at": now.isoformat(),
        "state": State.PENDING,
        "forecast": forecast,
    }
    kept = connection.execute(_KEEP, row).one()
    return _act(kept)


def get(connection: Connection, command_id: str) -> Act | None:
    """The act of this id, in whatever state."""
    row = connection.execute(_GET, {"act": command_id}).first()
    return _act(row) if row else None


def pending_ids(connection: Connection) -> list[str]:
    """What the overlay replays: not refused and not part of the replica yet, in the order of the acts."""
    return [act_id for act_id, verdict in connection.execute(_WAITING_IDS) if not verdict or _is_applied(verdict)]


def pending(connection: Connection) -> list[Act]:
    """The acts of `pending_ids`, in full."""
    return [_act(row) for row in connection.execute(_WAITING) if not row.verdict or _is_applied(row.verdict)]


def next_batch(connection: Connection, person_id: str, limit: int, most_bytes: int) -> list[Act]:
    """This person's acts without an answer, in their order, as many as fit; at least one if there is any."""
    waiting = (
        sa.select(outbox)
        .where(outbox.c.person_id == person_id, outbox.c.state.in_([State.PENDING, State.SENT]))
        .order_by(outbox.c.seq)
        .limit(limit)
    )
    batch: list[Act] = []
    size = 0
    for row in connection.execute(waiting):
        size += len(row.command.encode()) + 300  # the envelope
        if batch and size > most_bytes:
            break
        batch.append(_act(row))
    return batch


def mark_sent(connection: Connection, command_ids: Sequence[str]) -> None:
    """Before the request leaves: from now on the answer may be lost on the way."""
    connection.execute(
        outbox.update().where(outbox.c.id.in_(command_ids)).values(state=State.SENT, attempts=outbox.c.attempts + 1)
    )


def put_back(connection: Connection, command_ids: Sequence[str]) -> None:
    """A request that certainly never left: the acts are as before, pending or with an earlier try's answer unknown."""
    before = sa.case((outbox.c.attempts <= 1, State.PENDING.value), else_=State.SENT.value)
    connection.execute(
        outbox.update()
        .where(outbox.c.id.in_(command_ids), outbox.c.state == State.SENT)
        .values(state=before, attempts=outbox.c.attempts - 1)
    )


def record(connection: Connection, verdicts: Iterable[Verdict]) -> set[str]:
    """Note the centre's answers; returns ids of acts that they concern. `retry` puts an act back among the pending."""
    told = {verdict.id: verdict for verdict in verdicts}
    if not told:
        return set()
    states = {row.id: row.state for row in connection.execute(_STATES, {"ids": list(told)})}
    again = [one for one, state in states.items() if state == State.SENT and _is_retry(told[one])]
    answered = [one for one, state in states.items() if state in _OPEN and not _is_retry(told[one])]
    if again:
        connection.execute(_SEND_AGAIN, [{"act": one} for one in again])
    if answered:
        connection.execute(_ANSWER, [_answer(told[one]) for one in answered])
    return {*again, *answered}


def _is_retry(verdict: Verdict) -> bool:
    return verdict.status is VerdictStatus.RETRY


def _answer(verdict: Verdict) -> dict[str, Any]:
    return {"act": verdict.id, "said": canonical(codec.to_plain(verdict)).decode(), "at": verdict.n}


def settle(connection: Connection, n: int, now: datetime) -> list[Act]:
    """End every answered act whose commit is part of a replica at `n`; returns them as they are now."""
    ended = [_act(row) for row in connection.execute(_PART_OF_REPLICA, {"n": n})]
    if ended:
        states = [(act, State.REFUSED if is_refusal(act) else State.SETTLED) for act in ended]
        at = micros(now)
        connection.execute(_END, [{"act": act.id, "ended": str(state), "at": at} for act, state in states])
    return ended


def is_refusal(act: Act) -> bool:
    """Whether the centre's verdict was a no (refused or put aside)."""
    return act.verdict is not None and act.verdict.status is not VerdictStatus.APPLIED


def push_again(connection: Connection, after_n: int) -> int:
    """The centre was restored: acts it answered after `after_n` are pending once more (their ids make it safe)."""
    lost = sa.and_(
        outbox.c.state.in_([State.SETTLED, State.REFUSED, State.ANSWERED]),
        sa.or_(outbox.c.n > after_n, outbox.c.n.is_(None)),
    )
    again = outbox.update().where(lost).values(state=State.PENDING, attempts=0, verdict=None, n=None, settled_at=None)
    return int(connection.execute(again).rowcount)


def purge(connection: Connection, now: datetime) -> int:
    """Forget what settled long ago, and refused acts that somebody dealt with long ago."""
    old = micros(now - KEEP_SETTLED)
    gone = sa.or_(
        sa.and_(outbox.c.state == State.SETTLED, outbox.c.settled_at < old),
        sa.and_(outbox.c.state == State.REFUSED, outbox.c.dismissed_at < old),
    )
    return int(connection.execute(outbox.delete().where(gone)).rowcount)


def attention(connection: Connection, person_id: str) -> list[Act]:
    """This person's refused acts that were not dismissed, newest first."""
    wanted = (
        sa.select(outbox)
        .where(outbox.c.person_id == person_id, outbox.c.state == State.REFUSED, outbox.c.dismissed_at.is_(None))
        .order_by(outbox.c.position.desc())
    )
    return [_act(row) for row in connection.execute(wanted)]


def dismiss(connection: Connection, command_id: str, now: datetime) -> None:
    """A person has dealt with it."""
    connection.execute(outbox.update().where(outbox.c.id == command_id).values(dismissed_at=micros(now)))


@dataclass(frozen=True, slots=True)
class Numbers:
    """Counts for the status bar: of all people of this desk, and of one person's refused acts."""

    pending: int
    unknown: int
    attention: int


def numbers(connection: Connection, person_id: str) -> Numbers:
    """How much is on its way, and how much somebody must look at."""
    rows = connection.execute(sa.select(outbox.c.state, sa.func.count()).group_by(outbox.c.state))
    counted: dict[str, int] = {state: count for state, count in rows}
    waiting = sum(counted.get(state, 0) for state in (State.PENDING, State.SENT, State.ANSWERED))
    return Numbers(waiting, counted.get(State.SENT, 0), len(attention(connection, person_id)))


def others_waiting(connection: Connection, person_id: str) -> list[str]:
    """Ids of other people whose acts wait for their next sign-in."""
    waiting = outbox.c.state.in_([State.PENDING, State.SENT])
    wanted = sa.select(outbox.c.person_id).where(waiting, outbox.c.person_id != person_id).distinct()
    return list(connection.execute(wanted).scalars())


def _is_applied(verdict: str) -> bool:
    return bool(json.loads(verdict)["status"] == VerdictStatus.APPLIED)


@functools.lru_cache(maxsize=64)
def _actor(text: str) -> Actor:
    return codec.from_plain(Actor, json.loads(text))


@functools.lru_cache(maxsize=1024)
def _command(text: str) -> Command:
    """Every page that is read asks for all acts on their way: after a day without a line these are hundreds."""
    return codec.command_from_plain(json.loads(text))


def _act(row: Row[Any]) -> Act:
    return Act(
        position=row.position,
        id=row.id,
        person_id=row.person_id,
        seq=row.seq,
        actor=_actor(row.actor),
        command=_command(row.command),
        claimed_at=datetime.fromisoformat(row.claimed_at),
        state=State(row.state),
        forecast=row.forecast,
        attempts=row.attempts,
        verdict=codec.from_plain(Verdict, json.loads(row.verdict)) if row.verdict else None,
        n=row.n,
    )
