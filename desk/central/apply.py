"""Applies batches of commands: receipts, proof of actor and sequence, the rulebook, and what it changed, in one commit.

A rule that fails leaves nothing behind, for nothing is written before the end of the commit. A statement that fails at
the end takes the commit back; its pushes are then applied one by one, and the commands of the one at fault, so that
only the command at fault is quarantined.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from desk.central.faults import trail
from desk.central.named import named_in
from desk.central.private_values import values_of
from desk.central.store import Store, TooManyRows, Transaction
from desk.domain import decide as rulebook
from desk.domain.case import key_of
from desk.domain.changes import ApprovalAsked, Change, ContactRevealed, PolicyPublished
from desk.domain.commands import COMMANDS, Command
from desk.domain.decisions import Accepted, AskCentre, NeedsApproval, Refused
from desk.domain.evolve import evolve
from desk.domain.people import SYSTEM_ACTOR, Actor
from desk.domain.privacy import private_values, public_fields
from desk.domain.rule import Setting
from desk.wire import codec
from desk.wire.canonical import canonical, digest
from desk.wire.protocol import Cursor, Verdict, VerdictStatus

log = structlog.get_logger()

MAX_COMMANDS = 50  # of one commit
FULL_AT = 250  # staged things after which a commit is closed early: what hangs on them comes on top
SLOW_SECONDS = 0.1
MAX_KEPT_ARGUMENT = 2000  # bytes
CENTRE = "centre"  # the installation of the centre's own acts
_BAD_CONTENT = (IntegrityError, DataError, TooManyRows)


class ShutOut(Exception):
    """The person or the installation may not act (any more)."""


class SessionOver(ShutOut):
    """The session has ended, by its time or by signing out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One command as it came in. `seq` is None for the centre's own acts, `actor` the person it claims to be by."""

    id: str
    name: str
    v: int
    args: dict[str, Any]
    actor: str
    claimed_at: datetime | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class _Outcome:
    status: VerdictStatus
    code: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    outcome: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Push:
    """A batch on its way. `verdicts` so far, in its order; `head` is where the feed stood after the last of them.

    `shut_out` is set instead where the person or desk may not act. `actor` is given for acts of the centre itself;
    `session` is the hash of the caller's token, where it is still to be proved.
    """

    person: str
    installation: str
    batch: Sequence[Submitted]
    actor: Actor | None = None
    session: str | None = None
    verdicts: list[Verdict] = field(default_factory=list)
    head: Cursor | None = None
    shut_out: ShutOut | None = None

    @property
    def done(self) -> bool:
        """Whether there is nothing left to apply."""
        return self.shut_out is not None or len(self.verdicts) >= len(self.batch)


_Share = tuple[Push, Sequence[Submitted]]  # what of a push goes into the next commit


class Applier:
    """Applies commands to a store. Safe to share between threads; every call blocks until its commits are durable."""

    def __init__(self, store: Store, hash_key: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._store = store
        self._hash_key = bytes.fromhex(hash_key)
        self._monotonic = monotonic
        self._most = MAX_COMMANDS  # of the next commit: fewer after one that closed early. A guess, shared by threads

    def push(self, person: str, installation: str, batch: Sequence[Submitted]) -> tuple[list[Verdict], Cursor]:
        """Verdicts for a desk's batch, in its order, and where the feed stands. Raises ShutOut."""
        one = self._whole(Push(person, installation, batch))
        if one.shut_out is not None:
            raise one.shut_out
        return one.verdicts, self.head_after(one)

    def head_after(self, push: Push) -> Cursor:
        """Where the feed stood after a push that is done."""
        return push.head or self._store.head_now()

    def system(self, commands: Iterable[Command], actor: Actor = SYSTEM_ACTOR) -> list[Verdict]:
        """Verdicts for acts of the centre itself (ingest, jobs, effects, command line), in their order.

        Their ids are derived, so the same act found twice is applied once. There is no sequence to keep.
        """
        batch = [_submit(command, actor) for command in commands]
        return self._whole(Push(actor.id, actor.installation_id, batch, actor)).verdicts

    def inside(self, tx: Transaction, commands: Iterable[Command], actor: Actor = SYSTEM_ACTOR) -> list[Verdict]:
        """The same within a transaction that the caller opened, for acts made from what is read in it (ingest).

        Verdicts for as many as fit one commit, at least one: the rest goes into the next. What fails at the end of the
        transaction is the caller's to handle.
        """
        batch = [_submit(command, actor) for command in commands]
        return self._batch(tx, actor, _Filling(tx, batch, self._monotonic)).run(batch)

    def together(self, pushes: Sequence[Push]) -> None:
        """One commit with what these pushes still have, in their order: as much as fits, at least one command.

        What a push asks for is the same whether it comes alone or with others; a fault in one leaves the others. What
        the database refuses is applied again push by push, and in the push at fault command by command.
        """
        shares: list[_Share] = []
        room = self._most
        for push in pushes:
            if room and not push.done:
                at = len(push.verdicts)
                shares.append((push, push.batch[at : at + room]))
                room -= len(shares[-1][1])
        if shares:
            self._commit_or_part(shares)

    def _whole(self, push: Push) -> Push:
        while not push.done:
            self.together([push])
        return push

    def _commit_or_part(self, shares: Sequence[_Share]) -> None:
        try:
            self._commit(shares)
            return
        except _BAD_CONTENT as error:
            if len(shares) == 1 and len(shares[0][1]) == 1:
                self._quarantine(*shares[0], error)
                return
        for part in shares if len(shares) > 1 else [(shares[0][0], [item]) for item in shares[0][1]]:
            if not part[0].done:
                self._commit_or_part([part])

    def _commit(self, shares: Sequence[_Share]) -> None:
        """Apply in one transaction; nobody is told before it is durable."""
        told: list[tuple[Push, list[Verdict] | ShutOut]] = []
        offered = [item for _, items in shares for item in items]
        with self._store.writing() as tx:
            filling = _Filling(tx, offered, self._monotonic, [push for push, _ in shares if push.actor is None])
            for push, items in shares:
                if not filling.full:
                    told.append((push, self._of_push(tx, push, items, filling)))
        applied = 0
        for push, result in told:
            if isinstance(result, ShutOut):
                push.shut_out = result
            else:
                push.verdicts += result
                push.head = tx.head
                applied += len(result)
        # What commands name is loaded for all of them: no more next time than may fit.
        self._most = min(MAX_COMMANDS, 2 * applied + 2 if filling.full else 2 * self._most)

    def _of_push(
        self, tx: Transaction, push: Push, items: Sequence[Submitted], filling: _Filling
    ) -> list[Verdict] | ShutOut:
        try:
            if push.session is not None and push.session not in filling.sessions:
                raise SessionOver("this session has ended")
            actor = push.actor or self._prove(tx, push.person, push.installation)
        except ShutOut as error:
            return error
        return self._batch(tx, actor, filling).run(items)

    def _quarantine(self, push: Push, items: Sequence[Submitted], error: Exception) -> None:
        (item,) = items
        _log_fault(item, error)
        try:
            with self._store.writing() as tx:
                actor = push.actor or self._prove(tx, push.person, push.installation)
                one = self._batch(tx, actor, _Filling(tx, [], self._monotonic))
                verdict = one.keep(item, _Outcome(VerdictStatus.QUARANTINED, "fault"))
        except ShutOut as refused:
            push.shut_out = refused
            return
        push.verdicts.append(verdict)
        push.head = None

    def _batch(self, tx: Transaction, actor: Actor, filling: _Filling) -> _Batch:
        return _Batch(tx, actor, self._hash_key, filling)

    @staticmethod
    def _prove(tx: Transaction, person: str, installation: str) -> Actor:
        """The actor as the centre knows this person now, whatever the token said when it was made."""
        member, desk = tx.book.who(person, installation)
        if member is None or not member.active:
            raise ShutOut("this person may not work any more")
        if desk is None or desk.revoked:
            raise ShutOut("this installation was revoked")
        return Actor(
            id=member.id,
            level=member.level,
            teams=member.teams,
            store_id=member.store_id,
            installation_id=installation,
        )


class _Filling:
    """How full a commit is, and what was loaded for all commands that are offered to it."""

    def __init__(
        self,
        tx: Transaction,
        offered: Sequence[Submitted],
        monotonic: Callable[[], float],
        pushes: Sequence[Push] = (),
    ) -> None:
        """`pushes`: of those who offer and are to be proved."""
        self._tx = tx
        self._monotonic = monotonic
        desks = [(push.installation, push.person) for push in pushes]
        asked = {push.session for push in pushes if push.session is not None}
        self.known, self.sessions = tx.learn_past([item.id for item in offered], desks, asked)
        keys, values = named_in([item.args for item in offered if item.id not in self.known])
        keys |= {key for desk, person in desks for key in (("installation", desk), ("staff", person))}
        tx.book.look_ahead(keys, values)
        self._began = monotonic()  # after the loading: else a slow machine would load for fifty and decide one
        self.full = False

    def count(self) -> None:
        """One more command is applied."""
        self.full = self._tx.size >= FULL_AT or self._monotonic() - self._began > SLOW_SECONDS


class _Batch:
    """Commands of one actor inside one transaction."""

    def __init__(self, tx: Transaction, actor: Actor, hash_key: bytes, filling: _Filling) -> None:
        self._tx = tx
        self._filling = filling
        self._actor = actor
        self._hash_key = hash_key
        self._installation = actor.installation_id or CENTRE

    def run(self, batch: Sequence[Submitted]) -> list[Verdict]:
        """Verdicts for as many as fit one commit, at least one."""
        verdicts: list[Verdict] = []
        for item in batch:
            verdicts.append(self._one(item))
            self._filling.count()
            if self._filling.full:
                break
        return verdicts

    def keep(self, item: Submitted, outcome: _Outcome) -> Verdict:
        """Make the verdict a receipt and a feed row for its installation, and count its sequence number."""
        kind = COMMANDS.get((item.name, item.v))
        args = {} if outcome.code == "malformed" else _public_args(item, kind)
        told = {"status": str(outcome.status), "code": outcome.code, "data": outcome.data, "outcome": outcome.outcome}
        who = {"installation": self._installation, "person": self._actor.id, "name": item.name, "v": item.v}
        receipt = {
            **told,
            **who,
            "id": item.id,
            "request_hash": self._hash(item),
            "seq": item.seq,
            "args": args,
            "money": bool(kind and kind.money),
            "claimed_at": item.claimed_at or self._tx.now,
        }
        is_desk = item.seq is not None
        scopes = frozenset({f"installation:{self._installation}"}) if is_desk else frozenset()
        self._tx.stage_receipt(receipt, {**told, **who, "args": args}, scopes)
        if item.seq is not None:
            self._tx.take_seq(self._installation, self._actor.id, item.seq)
        return _verdict(item.id, outcome, self._tx.n)

    def _one(self, item: Submitted) -> Verdict:
        known = self._filling.known.get(item.id) or self._tx.staged_receipt(item.id)
        if known is not None:
            return self._again(item, known)
        if item.actor != self._actor.id:
            return _verdict(item.id, _Outcome(VerdictStatus.REFUSED, "not_your_name"), None)
        if item.seq is not None:
            next_seq = self._tx.last_seq(self._installation, self._actor.id) + 1
            if item.seq > next_seq:
                return _verdict(item.id, _Outcome(VerdictStatus.RETRY, "gap", {"expected": next_seq}), None)
            if item.seq < next_seq:
                self._alarm("sequence number used again", item)
                return _verdict(item.id, _Outcome(VerdictStatus.REFUSED, "seq_reused"), None)
        return self.keep(item, self._decide(item))

    def _again(self, item: Submitted, known: Any) -> Verdict:
        same = known["request_hash"] == self._hash(item)
        if not same or (known["installation"], known["person"]) != (self._installation, self._actor.id):
            self._alarm("command id used again with other content", item)
            return _verdict(item.id, _Outcome(VerdictStatus.REFUSED, "id_reused"), None)
        outcome = _Outcome(VerdictStatus(known["status"]), known["code"] or "", known["data"], known["outcome"])
        return _verdict(item.id, outcome, known["n"], duplicate=True)

    def _decide(self, item: Submitted) -> _Outcome:
        kind = COMMANDS.get((item.name, item.v))
        if kind is None:
            return _Outcome(VerdictStatus.REFUSED, "unknown_command", {"command": item.name[:64], "v": item.v})
        try:
            command = codec.command_from_plain({"id": item.id, "name": item.name, "v": item.v, "args": item.args})
        except codec.ShapeError as error:
            return _Outcome(VerdictStatus.REFUSED, "malformed", {"where": str(error)[:300]})
        try:
            return self._apply(command)
        except Exception as error:  # a bug in a rule must not stop the queue: kept, logged, and on we go
            _log_fault(item, error)
            return _Outcome(VerdictStatus.QUARANTINED, "fault")

    def _apply(self, command: Command) -> _Outcome:
        if self._tx.policy is None:
            raise RuntimeError("no policy is published")
        setting = Setting(actor=self._actor, policy=self._tx.policy, now=self._tx.now)
        before = rulebook.load_case(self._tx.book, command, setting)
        decision = rulebook.decide(before, command, setting)
        if isinstance(decision, Refused):
            return _Outcome(VerdictStatus.REFUSED, decision.code, dict(decision.data))
        if isinstance(decision, AskCentre):
            raise AssertionError(f"a rule asked the centre at the centre for {decision.what!r}")
        after = evolve(before, decision.changes)
        touched = after.touched_since(before)
        words = {**private_values(command), **(decision.private if isinstance(decision, Accepted) else {})}
        # Nothing above has written: from here on nothing may fail before all of it is staged.
        private = values_of(command, touched, words, self._tx.book)
        self._tx.stage(touched, private)
        for change in decision.changes:
            self._consequence(change)
        return _Outcome(VerdictStatus.APPLIED, "", {}, _outcome(decision, ["/".join(key_of(one)) for one in touched]))

    def _consequence(self, change: Change) -> None:
        """What a change does beside the entities of the case."""
        if isinstance(change, PolicyPublished):
            self._tx.stage_policy(change.policy, self._actor.id)
        elif isinstance(change, ContactRevealed):
            self._tx.stage_reveal(self._actor.id, change.customer_id)

    def _hash(self, item: Submitted) -> str:
        content = canonical([item.name, item.v, item.args, item.actor])
        return hmac.new(self._hash_key, content, hashlib.sha256).hexdigest()

    def _alarm(self, what: str, item: Submitted) -> None:
        log.error(what, alarm=True, command=item.id, command_name=item.name, installation=self._installation)


def _verdict(command_id: str, outcome: _Outcome, n: int | None, *, duplicate: bool = False) -> Verdict:
    return Verdict(
        id=command_id,
        status=outcome.status,
        n=n,
        code=outcome.code,
        data=outcome.data,
        outcome=outcome.outcome,
        duplicate=duplicate,
    )


def _public_args(item: Submitted, kind: type[Command] | None) -> dict[str, Any]:
    """What a receipt keeps of the arguments: nothing personal; of a big one (an order, a policy) its digest."""
    allowed = public_fields(kind) if kind else ()
    args = {name: value for name, value in item.args.items() if name in allowed}
    return {name: _kept(value) for name, value in args.items()}


def _kept(value: Any) -> Any:
    return {"sha256": digest(value)} if len(canonical(value)) > MAX_KEPT_ARGUMENT else value


def _outcome(decision: Accepted | NeedsApproval, touched: list[str]) -> dict[str, Any]:
    if isinstance(decision, Accepted):
        return {"result": "accepted", "touched": touched}
    asked = [change.approval.id for change in decision.changes if isinstance(change, ApprovalAsked)]
    made = {"result": "approval_asked", "why": decision.why, "level": decision.level, "touched": touched}
    return {**made, "approval_id": asked[0] if asked else ""}


def _submit(command: Command, actor: Actor) -> Submitted:
    plain = codec.command_to_plain(command)
    return Submitted(id=plain["id"], name=plain["name"], v=plain["v"], args=plain["args"], actor=actor.id)


def _log_fault(item: Submitted, error: Exception) -> None:
    log.error("quarantined", command=item.id, command_name=item.name, error=type(error).__name__, trail=trail(error))
