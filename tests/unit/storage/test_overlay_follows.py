"""The overlay that follows acts and pages is the one that is folded from the start, whatever comes in which order."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from desk.domain.case import Entity
from desk.domain.commands import AddNote, ClaimTicket, Command, GrantCompensation, OpenTicket, ReleaseTicket, SetMood
from desk.domain.ledger import BenefitKind
from desk.domain.tickets import Channel, Kind
from desk.storage import outbox
from desk.storage.desk_store import DeskStore
from desk.storage.projection import Projection
from desk.wire.protocol import FeedRow, Verdict, VerdictStatus
from tests.helpers.desk_data import ACTOR, NOW, SCOPES, at, leave, order, page, row, ticket

ORDERS = [order(f"2024091700{n:04}") for n in range(6)]
TICKETS = [ticket(f"t{n}", on=one, minutes=10 + n) for n, one in enumerate(ORDERS)]

SHOP: tuple[Entity, ...] = (*ORDERS, *TICKETS)


@dataclass
class Day:
    """Acts of one person and pages of the feed, in an order that the seed decides."""

    store: DeskStore
    rng: random.Random
    n: int = 1
    acts: list[str] = field(default_factory=list)

    def act(self) -> None:
        """One more thing is done here, or refused."""
        one, what = self.rng.choice(TICKETS), f"a{len(self.acts)}"
        made: list[Callable[[], Command]] = [
            lambda: ClaimTicket(id=what, ticket_id=one.id),
            lambda: AddNote(id=what, ticket_id=one.id, words="等仓库回话"),
            lambda: SetMood(id=what, ticket_id=one.id, mood="angry"),
            lambda: ReleaseTicket(id=what, ticket_id=one.id),
            lambda: GrantCompensation(
                id=what,
                ticket_id=one.id,
                order_id=one.order_id or "",
                kind=BenefitKind.GOODWILL,
                units=100,
                cause="waiting",
                sequence=1,
            ),
            lambda: OpenTicket(
                id=what,
                ticket_id=f"new-{what}",
                kind=Kind.CANCEL,
                channel=Channel.HOTLINE,
                team="hotline",
                order_id=one.order_id,
            ),
        ]
        if self.store.perform(self.rng.choice(made)(), ACTOR, NOW, online=self.rng.random() < 0.5).act is not None:
            self.acts.append(what)

    def page(self, *rows: FeedRow, verdicts: tuple[Verdict, ...] = ()) -> None:
        """The next page of the feed."""
        self.store.apply_page(at(self.n), page(self.n + 1, *rows, verdicts=verdicts), NOW)
        self.n += 1

    def news(self) -> None:
        """Colleagues and shops did something, and the first acts of this desk were answered, or are about to be."""
        one = self.rng.randrange(len(TICKETS))
        changed: list[FeedRow] = [
            row(replace(TICKETS[one], mood=self.rng.choice(["calm", "sad"]), holder=self.rng.choice([None, "x"]))),
            row(replace(ORDERS[one], source_version=self.n)),
            row(replace(TICKETS[one], order_id=ORDERS[one - 1].id)),
            leave(TICKETS[one]),
        ]
        waiting = self.store.read(lambda view: outbox.pending_ids(view.connection))
        statuses = [VerdictStatus.APPLIED, VerdictStatus.APPLIED, VerdictStatus.REFUSED]
        verdicts = tuple(
            Verdict(id=act, status=self.rng.choice(statuses), n=self.n + 1) for act in waiting[: self.rng.randrange(3)]
        )
        if self.rng.random() < 0.3:
            self.store.take_verdicts(verdicts, NOW)
        else:
            self.page(*self.rng.sample(changed, self.rng.randrange(3)), verdicts=verdicts)


def overlay(store: DeskStore, anew: bool) -> Any:
    """(entities, words, keys by act) as kept, or folded from the start."""

    def read(view: Any) -> Any:
        layer = Projection(SCOPES).overlay(view.connection) if anew else view.overlay
        return layer.entities, layer.private, layer.by_act

    return store.read(read)


@pytest.mark.parametrize("seed", range(12))
def test_it_is_what_folding_from_the_start_makes(store: DeskStore, seed: int) -> None:
    day = Day(store, random.Random(seed))
    day.page(*(row(one) for one in SHOP))
    told = 0
    for _ in range(60):
        day.rng.choice([day.act, day.act, day.news])()
        kept = overlay(store, anew=False)
        assert kept == overlay(store, anew=True)
        told += len(kept[0])
    assert len(day.acts) > 10
    assert told > 40


def test_an_act_whose_ticket_nothing_touched_stays_as_it_is(store: DeskStore) -> None:
    day = Day(store, random.Random(0))
    day.page(*(row(one) for one in SHOP))
    for one in TICKETS:
        store.perform(ClaimTicket(id=f"c-{one.id}", ticket_id=one.id), ACTOR, NOW, online=False)
    before = overlay(store, anew=False)[0]
    done = Verdict(id="c-t0", status=VerdictStatus.APPLIED, n=3)
    day.page(row(replace(TICKETS[0], holder=ACTOR.id)), row(replace(TICKETS[1], mood="sad")), verdicts=(done,))
    after = overlay(store, anew=False)[0]
    assert ("ticket", "t0") not in after
    assert after["ticket", "t1"].mood == "sad"
    assert all(after["ticket", one.id] is before["ticket", one.id] for one in TICKETS[2:])
