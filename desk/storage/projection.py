"""What the screen shows: the replica with the pending acts replayed over it by the very rules that the centre runs.

The overlay is kept between reads. When the outbox or the replica changes, the acts are folded again that read what
changed, and those that read what these make: a store that was offline for a day has many hundred of them. One
`Projection` belongs to one store thread.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Connection

from desk.domain.case import Entity, Hanging, Key, key_of
from desk.domain.commands import Command
from desk.domain.decide import decide, load_case
from desk.domain.decisions import Accepted, AskCentre, Decision, NeedsApproval
from desk.domain.evolve import evolve
from desk.domain.people import Actor
from desk.domain.policy import Policy
from desk.domain.privacy import private_values
from desk.domain.rule import Setting
from desk.storage import footprints, outbox, replica
from desk.storage.book import ReplicaBook
from desk.storage.footprints import HANGING, PRIVATE, NotedBook
from desk.wire import codec

_log = logging.getLogger(__name__)
POLICY = ("policy", "current")
MOST_VISITS = 50


class NoPolicy(LookupError):
    """The replica is empty: the first snapshot has not arrived."""

    code = "no_replica"


@dataclass(frozen=True, slots=True)
class Fold:
    """One pending act, folded: what it made, and what it read for that (`wide`: more than has a name)."""

    entities: Mapping[Key, Entity] = field(default_factory=dict)
    private: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    read: frozenset[Key] = frozenset()
    wide: bool = True


@dataclass(slots=True)
class Layer:
    """Entities and words over the replica, by key; `by_act` says which act touched which keys, `on_order` what hangs on
    an order."""

    entities: dict[Key, Entity] = field(default_factory=dict)
    private: dict[str, Mapping[str, str]] = field(default_factory=dict)
    by_act: dict[str, frozenset[Key]] = field(default_factory=dict)
    on_order: dict[str, set[Key]] = field(default_factory=dict)

    def lay(self, entities: Mapping[Key, Entity], private: Mapping[str, Mapping[str, str]]) -> None:
        """Put these over what there is."""
        self.entities.update(entities)
        self.private.update(private)
        for key, entity in entities.items():
            if isinstance(entity, Hanging) and entity.order_id:
                self.on_order.setdefault(entity.order_id, set()).add(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What a customer had in the past `days`, as the centre said."""

    days: int
    orders: int
    cancels: int


class Projection:
    """The overlay of pending acts, the orders fetched for look-ups, and the policy in force here."""

    def __init__(self, scopes: Iterable[str]) -> None:
        self.scopes = frozenset(scopes)
        self.visits: dict[str, Layer] = {}  # orders fetched from the centre, by order id; never on disk
        self.pasts: dict[str, Past] = {}  # by customer id; a replica holds too little of a customer to count
        self.revealed = Layer()  # contacts in full, for whoever asked; never on disk
        self._overlay: Layer | None = None
        self._folds: dict[str, Fold] = {}  # by act, in their order
        self._policy: Policy | None = None

    def policy(self, connection: Connection) -> Policy:
        """The policy that the feed brought; raises NoPolicy before the first snapshot."""
        if self._policy is None:
            found = replica.doc(connection, *POLICY)
            if found is None:
                raise NoPolicy("no policy here yet")
            self._policy = codec.policy_from_plain(found)
        return self._policy

    def book(self, connection: Connection) -> ReplicaBook:
        """Everything that is known here, pending acts included."""
        return self._book(connection, self.overlay(connection))

    def overlay(self, connection: Connection) -> Layer:
        """What pending acts make of the replica."""
        if self._overlay is None:
            self._folds = {}
            self._overlay = self._fold_again(connection, set())
        return self._overlay

    @property
    def acts_shown(self) -> Mapping[str, frozenset[Key]]:
        """Which pending act touched which keys, as the overlay stands; empty before it was built."""
        return self._overlay.by_act if self._overlay else {}

    def decide(self, connection: Connection, command: Command, actor: Actor, now: datetime) -> Decision:
        """The forecast of an act on what is known here."""
        setting = Setting(actor=actor, policy=self.policy(connection), now=now)
        return decide(load_case(self.book(connection), command, setting), command, setting)

    def added(self, connection: Connection, act: outbox.Act) -> frozenset[Key]:
        """Fold one more act into the overlay; returns the keys that it touched."""
        overlay = self.overlay(connection)
        if act.id not in overlay.by_act:
            self._folds[act.id] = self._fold(connection, act, overlay)
        return overlay.by_act.get(act.id, frozenset())

    def rebuilt(self, connection: Connection, changed: frozenset[Key] | None = None) -> frozenset[Key]:
        """The overlay after the outbox or the replica changed; returns keys that may look different.

        `changed`: what did in the replica (footprints.of_rows); None where everything may have, the policy included.
        """
        before = self._overlay.entities if self._overlay else {}
        if changed is None or self._overlay is None:
            self.reset()
            after = self.overlay(connection)
        else:
            after = self._overlay = self._fold_again(connection, set(changed))
        return frozenset(key for key in footprints.of_change(before, after.entities) if key[0] != HANGING)

    def reset(self) -> None:
        """Forget what was built; the next reader builds it from what is stored."""
        self._overlay = None
        self._folds = {}
        self._policy = None

    def visit(self, order_id: str, entities: Iterable[Entity], private: Mapping[str, Mapping[str, str]]) -> None:
        """Hold an order that was fetched from the centre until it is left, or the feed brings it."""
        self.visits.pop(order_id, None)
        while len(self.visits) >= MOST_VISITS:
            del self.visits[next(iter(self.visits))]
        layer = Layer()
        layer.lay({key_of(entity): entity for entity in entities}, private)
        self.visits[order_id] = layer
        self._overlay = None

    def _book(self, connection: Connection, overlay: Layer) -> ReplicaBook:
        return ReplicaBook(
            connection, self.scopes, self.policy(connection).version, overlay, self.revealed, *self.visits.values()
        )

    def _fold_again(self, connection: Connection, changed: set[Key]) -> Layer:
        """A layer of all pending acts: those that read something of `changed` are folded again, others as they were."""
        waiting = outbox.pending_ids(connection)
        for gone in self._folds.keys() - set(waiting):
            changed |= _difference(self._folds[gone], Fold())
        folds, layer = self._folds, Layer()
        self._folds = {}
        for act_id in waiting:
            before = folds.get(act_id)
            if before is not None and not before.wide and changed.isdisjoint(before.read):
                self._folds[act_id] = before
                _lay(before, act_id, layer)
            elif (act := outbox.get(connection, act_id)) is not None:
                self._folds[act_id] = self._fold(connection, act, layer)
                changed |= _difference(before or Fold(), self._folds[act_id])
        return layer

    def _fold(self, connection: Connection, act: outbox.Act, overlay: Layer) -> Fold:
        """Fold one act over the layer."""
        try:
            fold = self._apply(connection, act, overlay)
        except NoPolicy:
            fold = Fold()
        except Exception:  # a rule with a bug must not take the desk down with it: the centre decides anyway
            _log.exception("act %s (%s) cannot be shown", act.id, act.command.name)
            fold = Fold()
        _lay(fold, act.id, overlay)
        return fold

    def _apply(self, connection: Connection, act: outbox.Act, overlay: Layer) -> Fold:
        setting = Setting(actor=act.actor, policy=self.policy(connection), now=act.claimed_at)
        book = NotedBook(self._book(connection, overlay))
        case = load_case(book, act.command, setting)
        decision = decide(case, act.command, setting)
        read, wide = frozenset(book.read), book.wide
        if not isinstance(decision, Accepted | NeedsApproval):
            return Fold(read=read, wide=wide)  # the replica moved on under it: what the centre says will show
        touched = {key_of(entity): entity for entity in evolve(case, decision.changes).touched_since(case)}
        private = private_values(act.command)
        if isinstance(decision, Accepted):
            private = {**private, **decision.private}
        return Fold(touched, private, read, wide)


def _lay(fold: Fold, act_id: str, layer: Layer) -> None:
    layer.lay(fold.entities, fold.private)
    layer.by_act[act_id] = frozenset(fold.entities)


def _difference(before: Fold, after: Fold) -> set[Key]:
    """What the one made and the other did not, or otherwise."""
    words = before.private.keys() | after.private.keys()
    told = {(PRIVATE, one) for one in words if before.private.get(one) != after.private.get(one)}
    return footprints.of_change(before.entities, after.entities) | told


def forecast_of(decision: Decision) -> str:
    """The word kept in the outbox for what this desk expected."""
    if isinstance(decision, NeedsApproval):
        return "needs_approval"
    return "ask_centre" if isinstance(decision, AskCentre) else "accepted"
