"""What a generated act is drawn from: a case as the centre knows it, the people, the policy, a seeded chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from desk.domain.ids import IdMaker
from desk.domain.ledger import Approval, Effect, LedgerEntry
from desk.domain.orders import Order
from desk.domain.people import Actor
from desk.domain.policy import Policy
from desk.domain.tasks import Task
from desk.domain.tickets import Ticket

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """One order with all that hangs on it."""

    order: Order
    tickets: tuple[Ticket, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()
    approvals: tuple[Approval, ...] = ()
    effects: tuple[Effect, ...] = ()
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is the same for all cases of one moment. `strays`: tickets on no order. `others`: every case there is."""

    policy: Policy
    now: datetime
    people: Sequence[Actor]
    strays: Sequence[Ticket]
    others: Sequence[Facts]
    installations: Sequence[str]


@dataclass(slots=True, kw_only=True)
class Draw:
    """One act in the making, by `actor`, on the case `facts`; `wild` is how often something is out of place.

    `room` are amounts at which some cap or payment of this order ends (see caps.room).
    """

    rng: random.Random
    ids: IdMaker
    around: Around
    facts: Facts
    actor: Actor
    wild: float
    room: Sequence[int] = ()

    def strange(self) -> bool:
        """Whether this choice is out of place."""
        return self.rng.random() < self.wild

    def of(self, choices: Sequence[_T], else_: _T) -> _T:
        """One of the choices; `else_` where there are none or it is to be strange."""
        return else_ if not choices or self.strange() else self.rng.choice(choices)

    def ticket(self) -> Ticket | None:
        """A ticket of the case, an open one rather; now and then somebody else's or one on no order."""
        if self.strange():
            foreign = [one for facts in self.rng.sample(list(self.around.others), 1) for one in facts.tickets]
            pool = [*foreign, *self.around.strays]
            return self.rng.choice(pool) if pool else None
        tickets = list(self.facts.tickets)
        mine = [one for one in tickets if one.holder == self.actor.id]
        opened = [one for one in tickets if one.is_open]
        for preferred in (mine, opened, tickets):
            if preferred and self.rng.random() < 0.85:
                return self.rng.choice(preferred)
        return self.rng.choice(tickets) if tickets else None

    def ticket_id(self) -> str:
        """Its id, or one that does not exist."""
        found = self.ticket()
        return found.id if found else "no-such-ticket"
