"""The effects worker: asks other systems for what was written ahead, and settles what they answer (DESIGN 1.9).

Each turn is claimed in a transaction under the head lock, made outside of any, and settled in another. A worker that
dies between finds (as any other does) an effect in flight whose time has run out, and reads back before anything else.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.apply import Applier
from desk.central.book import CentreBook
from desk.central.effect_asks import CannotAsk, ask_for
from desk.central.effect_moves import FOR_FINANCE, Move, after_asking, after_reading, patience
from desk.central.faults import trail
from desk.central.looping import run_steps
from desk.central.service import Service
from desk.central.store import Store, Transaction
from desk.connectors.ports import Answer, Ask, NoAnswer, ReadBack, Refused, perform
from desk.connectors.registry import Registry
from desk.domain.commands import SettleEffect
from desk.domain.ids import derived_id
from desk.domain.ledger import Effect, EffectKind, EffectState
from desk.domain.policy import Abilities, Policy
from desk.wire.protocol import VerdictStatus

log = structlog.get_logger()

WAITING = (EffectState.PENDING, EffectState.IN_FLIGHT, EffectState.ACCEPTED, EffectState.UNKNOWN)
AT_ONCE = 20  # turns of one step
THREADS = 4
SHORTEST_SECONDS = 0.05
MARGIN_SECONDS = 5
_TRUTHS = frozenset({EffectState.CONFIRMED, EffectState.ACCEPTED})
Spread = Callable[[Callable[["_Turn"], None], Sequence["_Turn"]], None]


@dataclass(frozen=True, slots=True)
class _Turn:
    """One claimed effect: as it stands now, what to ask, and whether it was asked before and is only looked up."""

    effect: Effect
    ask: Ask | CannotAsk
    abilities: Abilities
    reads: bool


def one_by_one(work: Callable[[_Turn], None], turns: Sequence[_Turn]) -> None:
    """The turns in their order, on this thread."""
    for turn in turns:
        work(turn)


class EffectsWorker:
    """A step function without threads of its own: `step` is called again at the time it returns, or earlier."""

    def __init__(
        self, store: Store, applier: Applier, connectors: Registry, rng: random.Random, spread: Spread = one_by_one
    ) -> None:
        self._store = store
        self._applier = applier
        self._connectors = connectors
        self._rng = rng
        self._spread = spread

    def step(self, now: datetime) -> datetime | None:
        """Do what is due; when the next thing is (None: nothing is waiting)."""
        with self._store.reading() as connection:
            due, upcoming = _due(connection, now), _next(connection)
        if not due:
            return upcoming
        self._spread(self._take, self._claim(due, now))
        with self._store.reading() as connection:
            return _next(connection)

    # --- claim --------------------------------------------------------------------------------------------------

    def _claim(self, ids: Sequence[str], now: datetime) -> list[_Turn]:
        """Under the head lock: nobody else can take the same turn, nor a second refund on the same payment."""
        turns: list[_Turn] = []
        with self._store.writing() as tx:
            policy = tx.policy
            if policy is None:
                return []
            for effect in self._free(tx, ids, now):
                turn = self._one_claim(tx, effect, policy, now)
                if turn is not None:
                    turns.append(turn)
        return turns

    def _free(self, tx: Transaction, ids: Sequence[str], now: datetime) -> list[Effect]:
        """Of these, what is still due, one per payment, none on a payment where something is under way."""
        still = [
            effect
            for effect in tx.book.many(Effect, ids).values()
            if effect.state in WAITING and effect.next_at is not None and effect.next_at <= now
        ]
        refunds = [one for one in still if one.kind is EffectKind.REFUND]
        busy = {
            (one.order_id, one.receipt_id or one.tender_id)
            for one in tx.book.of_orders(effect.order_id for effect in refunds)
            if isinstance(one, Effect) and _holds_payment(one)
        }
        taken: list[Effect] = []
        for effect in sorted(still, key=lambda one: (one.next_at or now, one.at, one.id)):
            payment = (effect.order_id, effect.receipt_id or effect.tender_id)
            if effect.kind is EffectKind.REFUND and effect.state is EffectState.PENDING:
                if payment in busy:
                    continue
                busy.add(payment)
            taken.append(effect)
        return taken[:AT_ONCE]

    def _one_claim(self, tx: Transaction, effect: Effect, policy: Policy, now: datetime) -> _Turn | None:
        abilities = policy.abilities(effect.connector)
        reads = effect.state is not EffectState.PENDING
        move = Move(
            state=effect.state if reads else EffectState.IN_FLIGHT,
            reference=effect.reference,
            problem=effect.problem,
            next_at=now + self._hold(effect, abilities),
        )
        attempt = effect.attempts + (0 if reads else 1)
        window = f"{attempt}@{now.isoformat()}" if reads else str(attempt)
        command = _settle(effect, move, attempt, derived_id("effect.claim", effect.id, window))
        (verdict,) = self._applier.inside(tx, [command])
        claimed = tx.book.get("effect", effect.id)
        if verdict.status is not VerdictStatus.APPLIED or verdict.duplicate or not isinstance(claimed, Effect):
            return None
        return _Turn(claimed, _ask(claimed, tx.book), abilities, reads)

    def _hold(self, effect: Effect, abilities: Abilities) -> timedelta:
        """How long the claim keeps others off: until the call has surely come back, whatever policy says."""
        call = timedelta(seconds=self._connectors.get(effect.connector).longest_call + MARGIN_SECONDS)
        return max(patience(abilities), call)

    # --- ask and settle -----------------------------------------------------------------------------------------

    def _take(self, turn: _Turn) -> None:
        """One turn, outside of any transaction. A bug in a connector leaves the effect claimed: it is read back."""
        try:
            move = self._read(turn) if turn.reads else self._asked(turn)
        except Exception as error:
            log.error("connector failed", effect=turn.effect.id, error=type(error).__name__, trail=trail(error))
            return
        self._settle(turn, move)

    def _asked(self, turn: _Turn) -> Move:
        if isinstance(turn.ask, CannotAsk):
            return Move(EffectState.FAILED, problem=str(turn.ask.args[0]))
        answer: Answer = perform(self._connectors.get(turn.effect.connector), turn.ask)
        _log(turn, answer)
        jitter = self._rng.randrange(0, 50)
        return after_asking(turn.effect, answer, turn.abilities, self._store.clock(), jitter)

    def _read(self, turn: _Turn) -> Move:
        answer: ReadBack
        if isinstance(turn.ask, CannotAsk):
            answer = NoAnswer("cannot_ask")
        else:
            answer = self._connectors.get(turn.effect.connector).read_back(turn.ask)
        _log(turn, answer)
        return after_reading(turn.effect, answer, turn.abilities, self._store.clock())

    def _settle(self, turn: _Turn, move: Move) -> None:
        """What was learnt. If meanwhile somebody else moved the effect, only what is true for ever is still said."""
        effect = turn.effect
        with self._store.writing() as tx:
            current = tx.book.get("effect", effect.id)
            if not isinstance(current, Effect) or (current != effect and move.state not in _TRUTHS):
                return
            window = f"{effect.attempts}:{move.state}:{tx.now.isoformat()}"
            command_id = derived_id("effect.settle", effect.id, window)
            self._applier.inside(tx, [_settle(effect, move, effect.attempts, command_id)])


def _holds_payment(effect: Effect) -> bool:
    """Whether nothing else may be asked of this payment now. What finance has is not ours to wait for."""
    if effect.kind is not EffectKind.REFUND:
        return False
    return effect.state is EffectState.IN_FLIGHT or (
        effect.state is EffectState.UNKNOWN and effect.problem != FOR_FINANCE
    )


def _ask(effect: Effect, book: CentreBook) -> Ask | CannotAsk:
    try:
        return ask_for(effect, book)
    except CannotAsk as error:
        return error


def _settle(effect: Effect, move: Move, attempt: int, command_id: str) -> SettleEffect:
    return SettleEffect(
        id=command_id,
        effect_id=effect.id,
        state=move.state,
        reference=move.reference,
        problem=move.problem,
        attempt=attempt,
        next_at=move.next_at,
    )


def _due(connection: Connection, now: datetime) -> list[str]:
    table = t.effects.c
    wanted = select(table.id).where(table.state.in_(WAITING), table.next_at <= now)
    return list(connection.scalars(wanted.order_by(table.next_at, table.id).limit(AT_ONCE * 4)))


def _next(connection: Connection) -> datetime | None:
    table = t.effects.c
    wanted = select(table.next_at).where(table.state.in_(WAITING), table.next_at.is_not(None))
    return connection.scalar(wanted.order_by(table.next_at).limit(1))


def _log(turn: _Turn, answer: Answer | ReadBack) -> None:
    problem = answer.problem if isinstance(answer, Refused | NoAnswer) else ""
    log.info(
        "effect",
        effect=turn.effect.id,
        kind=str(turn.effect.kind),
        attempt=turn.effect.attempts,
        reads=turn.reads,
        answer=type(answer).__name__,
        problem=problem,
    )


def run(service: Service, stop: threading.Event) -> None:
    """Work until `stop`. Blocks; run it on a thread of its own. Several other systems are asked at a time."""
    with ThreadPoolExecutor(THREADS, thread_name_prefix="effects") as pool:

        def spread(work: Callable[[_Turn], None], turns: Sequence[_Turn]) -> None:
            for done in [pool.submit(work, turn) for turn in turns]:
                done.result()

        worker = EffectsWorker(service.store, service.applier, service.connectors, random.SystemRandom(), spread)
        run_steps(worker.step, service.store, stop, shortest=SHORTEST_SECONDS, concerns=frozenset({"effect"}))
