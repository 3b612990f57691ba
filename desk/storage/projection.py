"""What the screen shows: the replica with the pending acts replayed over it by the very rules that the centre runs.

The overlay is kept between reads and built anew when the outbox or the replica changes (tens of acts at most). One
`Projection` belongs to one store thread.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.engine import Connection

from desk.domain.case import Entity, Key, key_of
from desk.domain.commands import Command
from desk.domain.decide import decide, load_case
from desk.domain.decisions import Accepted, AskCentre, Decision, NeedsApproval
from desk.domain.evolve import evolve
from desk.domain.people import Actor
from desk.domain.policy import Policy
from desk.domain.privacy import private_values
from desk.domain.rule import Setting
from desk.storage import outbox, replica
from desk.storage.book import ReplicaBook
from desk.wire import codec

_log = logging.getLogger(__name__)
POLICY = ("policy", "current")
MOST_VISITS = 50


class NoPolicy(LookupError):
    """The replica is empty: the first snapshot has not arrived."""

    code = "no_replica"


@dataclass(slots=True)
class Layer:
    """Entities and words over the replica, by key; `by_act` says which act touched which keys."""

    entities: dict[Key, Entity] = field(default_factory=dict)
    private: dict[str, Mapping[str, str]] = field(default_factory=dict)
    by_act: dict[str, frozenset[Key]] = field(default_factory=dict)


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
            self._overlay = Layer()
            for act in outbox.pending(connection):
                self._fold(connection, act, self._overlay)
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
            self._fold(connection, act, overlay)
        return overlay.by_act.get(act.id, frozenset())

    def rebuilt(self, connection: Connection, policy_moved: bool = False) -> frozenset[Key]:
        """Build the overlay anew after the replica or the outbox changed; returns keys that may look different."""
        before = self._overlay.entities if self._overlay else {}
        self._overlay = None
        if policy_moved:
            self._policy = None
        after = self.overlay(connection).entities
        return frozenset(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))

    def reset(self) -> None:
        """Forget what was built; the next reader builds it from what is stored."""
        self._overlay = None
        self._policy = None

    def visit(self, order_id: str, entities: Iterable[Entity], private: Mapping[str, Mapping[str, str]]) -> None:
        """Hold an order that was fetched from the centre until it is left, or the feed brings it."""
        self.visits.pop(order_id, None)
        while len(self.visits) >= MOST_VISITS:
            del self.visits[next(iter(self.visits))]
        self.visits[order_id] = Layer({key_of(entity): entity for entity in entities}, dict(private))
        self._overlay = None

    def _book(self, connection: Connection, overlay: Layer) -> ReplicaBook:
        return ReplicaBook(
            connection, self.scopes, self.policy(connection).version, overlay, self.revealed, *self.visits.values()
        )

    def _fold(self, connection: Connection, act: outbox.Act, overlay: Layer) -> None:
        try:
            touched = self._apply(connection, act, overlay)
        except NoPolicy:
            touched = {}
        except Exception:  # a rule with a bug must not take the desk down with it: the centre decides anyway
            _log.exception("act %s (%s) cannot be shown", act.id, act.command.name)
            touched = {}
        overlay.by_act[act.id] = frozenset(touched)

    def _apply(self, connection: Connection, act: outbox.Act, overlay: Layer) -> dict[Key, Entity]:
        setting = Setting(actor=act.actor, policy=self.policy(connection), now=act.claimed_at)
        case = load_case(self._book(connection, overlay), act.command, setting)
        decision = decide(case, act.command, setting)
        if not isinstance(decision, Accepted | NeedsApproval):
            return {}  # the replica moved on under it: what the centre says will show
        touched = {key_of(entity): entity for entity in evolve(case, decision.changes).touched_since(case)}
        overlay.entities.update(touched)
        overlay.private.update(private_values(act.command))
        if isinstance(decision, Accepted):
            overlay.private.update(decision.private)
        return touched


def forecast_of(decision: Decision) -> str:
    """The word kept in the outbox for what this desk expected."""
    if isinstance(decision, NeedsApproval):
        return "needs_approval"
    return "ask_centre" if isinstance(decision, AskCentre) else "accepted"
