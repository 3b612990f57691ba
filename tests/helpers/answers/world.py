"""A few hundred generated cases at a live centre: orders told, tickets worked on in waves, all through its own doors.

People push over HTTP from their desks; orders, jobs and effect results come in as the centre's own acts do.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.book import CentreBook
from desk.domain import budgets
from desk.domain import commands as c
from desk.domain.case import Entity
from desk.domain.compensation import gather_order
from desk.domain.ids import IdMaker, derived_id
from desk.domain.ledger import Approval, Effect, LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.orders import Order
from desk.domain.people import SYSTEM_ACTOR, Actor
from desk.domain.policy import Policy
from desk.domain.rule import Setting
from desk.domain.tasks import Task
from desk.domain.tenders import left
from desk.domain.tickets import Stage, Ticket
from desk.wire import codec
from desk.wire.protocol import VerdictStatus
from tests.helpers.answers import acts, handling_acts, policies  # noqa: F401  (handling_acts adds its commands)
from tests.helpers.answers.desks import House
from tests.helpers.answers.facts import Around, Draw, Facts
from tests.helpers.answers.orders import CONNECTORS, contact_of, make_order
from tests.helpers.answers.story import next_moves

CUSTOMERS_PER_CASE = 0.4  # few customers, so that their budgets meet
_HISTORY_WILD = 0.04
_MONEY_KINDS = (c.GrantCompensation, c.DecideApproval)


_FINE = (VerdictStatus.APPLIED, VerdictStatus.REFUSED, "taken", "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An order as its source tells it, under the source's own ids."""

    order: Order
    contact: dict[str, str]
    remark: str

    @property
    def item(self) -> dict[str, Any]:
        """The item of an ingest request."""
        return {"order": codec.to_plain(self.order), "contact": self.contact, "remark": self.remark}

    def again(self, changed: Order) -> Telling:
        """The next telling: what changed, under the source's own customer and version."""
        version = self.order.source_version + 1
        return replace(self, order=replace(changed, customer_id=self.order.customer_id, source_version=version))


def _request(command: c.OpenTicket, order: Order) -> dict[str, Any]:
    """A request as another system pushes it in."""
    return {
        "source": command.id,
        "kind": command.kind,
        "channel": command.channel,
        "order_number": order.number if command.order_id else command.order_number,
        "reason": command.reason,
        "type": command.type,
        "subtype": command.subtype,
        "team": command.team,
        "words": command.words,
        "asked_at": None,
    }


@dataclass(frozen=True, slots=True)
class Post:
    """What reaches the centre in one wave: acts by person, its own jobs, requests by connector, orders told anew."""

    acts: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    jobs: list[c.Command] = field(default_factory=list)
    requests: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    news: list[Telling] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """The cases of one centre; `rng` decides everything in it."""

    house: House
    rng: random.Random
    size: int
    variant: int
    policy: Policy
    order_ids: list[str] = field(default_factory=list)
    verdicts: Counter[str] = field(default_factory=Counter)
    told: dict[str, Telling] = field(default_factory=dict)  # by order id
    ids: IdMaker = field(init=False)

    def __post_init__(self) -> None:
        self.ids = IdMaker(self.house.centre.clock.now, self.rng)

    # --- history ----------------------------------------------------------------------------------------------------

    def live(self, waves: int) -> Iterator[int]:
        """Tell the orders, then let people, jobs and other systems act on them; yields after each wave of acts."""
        self._found_shop()
        for wave in range(waves):
            if wave == 2:
                self._publish(policies.variant(self.policy, self.variant))
            if wave == waves - 2:
                self._publish(policies.other_offer(self.rng, self.policy))
            self.wave()
            self.house.centre.clock.later(minutes=self.rng.choice((1, 2, 4, 9)))
            for desk in self.house.desks.values():
                desk.pull()
            yield wave

    def wave(self) -> None:
        """One to three acts on every case; each person's together, as a desk that was offline would send them."""
        post = Post()
        with self.reading() as book:
            around = self.around(book)
            for facts in around.others:
                for kind, actor in next_moves(self.rng, facts, self.house.people, around.now):
                    command = self.draw(book, around, facts, kind, actor, _HISTORY_WILD)
                    self._into(post, command, actor, facts.order)
        self._deliver(post)

    def _into(self, post: Post, command: c.Command, actor: Actor, order: Order) -> None:
        """Who tells the centre: a person, the order's source, or the centre itself."""
        if isinstance(command, c.TellOrder):
            post.news.append(self.told[order.id].again(command.order))
        elif isinstance(command, c.OpenTicket) and actor is SYSTEM_ACTOR:
            post.requests[order.connector].append(_request(command, order))
        elif actor is SYSTEM_ACTOR:
            post.jobs.append(command)
        else:
            post.acts[actor.id] += [codec.command_to_plain(one) for one in (command, *self._in_hand(command))]

    def _deliver(self, post: Post) -> None:
        centre = self.house.centre
        self._tell(post.news)
        for connector, items in post.requests.items():
            for told in centre.ingest("requests", connector, items):
                self._count(told["status"], told["code"])
        for verdict in centre.service.applier.system(post.jobs):
            self._count(str(verdict.status), verdict.code)
        for person, plain in post.acts.items():
            for told in self.house.push(person, plain):
                self._count(told["status"], told["code"])

    def _in_hand(self, command: c.Command) -> Iterator[c.Command]:
        """Who opens a ticket mostly takes it in hand in the same breath."""
        if not isinstance(command, c.OpenTicket) or self.rng.random() < 0.3:
            return
        yield c.ClaimTicket(id=self.ids(), ticket_id=command.ticket_id)
        if self.rng.random() < 0.5:
            yield c.MoveStage(id=self.ids(), ticket_id=command.ticket_id, stage=Stage.ANALYSE)

    def _found_shop(self) -> None:
        """Orders are told for the first time. Few customers, each of one source, so that their budgets meet."""
        now = self.house.centre.clock.now()
        customers = max(1, int(self.size * CUSTOMERS_PER_CASE))
        tellings: list[Telling] = []
        for index in range(self.size):
            customer = self.rng.randrange(customers)
            connector = CONNECTORS[customer % len(CONNECTORS)]
            order = make_order(self.rng, f"{self.variant}-{index:05}", connector, f"member-{customer}", now)
            remark = self.rng.choice(("", "", "放门口"))
            tellings.append(Telling(order=order, contact=contact_of(self.rng), remark=remark))
        self._tell(tellings)

    def _tell(self, tellings: Sequence[Telling]) -> None:
        by_source: dict[str, list[Telling]] = defaultdict(list)
        for telling in tellings:
            by_source[telling.order.connector].append(telling)
        for connector, some in by_source.items():
            verdicts = self.house.centre.ingest("orders", connector, [telling.item for telling in some])
            for telling, told in zip(some, verdicts, strict=True):
                self._count(told["status"], told["code"])
                order_id = derived_id("order", connector, telling.order.number)
                if told["status"] == "taken" and order_id not in self.told:
                    self.order_ids.append(order_id)
                self.told[order_id] = telling

    def _publish(self, policy: Policy) -> None:
        admin = next(actor for actor in self.house.people if actor.level == "admin")
        command = c.PublishPolicy(id=self.ids(), document=policy)
        (verdict,) = self.house.push(admin.id, [codec.command_to_plain(command)])
        if verdict["status"] != VerdictStatus.APPLIED:
            raise AssertionError(verdict)
        with self.reading() as book:
            found = self.house.centre.service.store.policy(book.connection, book.version)
        if found is None:
            raise AssertionError("the policy is gone")
        self.policy = found

    def _count(self, status: str, code: str | None) -> None:
        self.verdicts[f"{status} {code or ''}".strip()] += 1
        if status not in _FINE:
            raise AssertionError(f"a generated act was answered {status} {code}")

    @contextmanager
    def reading(self) -> Iterator[CentreBook]:
        """The centre's book in a transaction that sees one moment."""
        with self.house.centre.service.store.reading() as connection:
            yield book_of(connection)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def around(self, book: CentreBook) -> Around:
        """Everything at this moment."""
        table = t.ENTITY_TABLES["ticket"]
        strays = [codec.entity_from_plain("ticket", doc) for doc in _docs(book.connection, table.c.order_id.is_(None))]
        return Around(
            policy=self.policy,
            now=self.house.centre.clock.now(),
            people=self.house.people,
            strays=[one for one in strays if isinstance(one, Ticket)],
            others=self.facts(book, self.order_ids),
            installations=[desk.installation_id for desk in self.house.desks.values()],
        )

    def facts(self, book: CentreBook, order_ids: Sequence[str]) -> list[Facts]:
        """The cases of these orders, as the centre has them."""
        hanging: dict[str, list[Entity]] = defaultdict(list)
        for one in book.of_orders(order_ids):
            hanging[getattr(one, "order_id", None) or ""].append(one)
        orders = book.many(Order, order_ids)
        return [_facts(orders[one], hanging[one]) for one in order_ids]

    def draw(
        self, book: CentreBook, around: Around, facts: Facts, kind: type[c.Command], actor: Actor, wild: float
    ) -> c.Command:
        """A command of that kind by that person on that case."""
        room = self._room(book, around, facts, actor) if kind in _MONEY_KINDS else ()
        draw = Draw(rng=self.rng, ids=self.ids, around=around, facts=facts, actor=actor, wild=wild, room=room)
        return acts.build(kind, draw)

    def _room(self, book: CentreBook, around: Around, facts: Facts, actor: Actor) -> tuple[int, ...]:
        """Amounts at which a cap, a budget or a payment ends for this person on this order."""
        setting = Setting(actor=actor, policy=around.policy, now=around.now)
        gathering = Gathering(book)
        gather_order(gathering, facts.order.id, None, actor, setting)
        case = gathering.case()
        caps = budgets.level_caps(around.policy, actor, facts.order.currency)
        ends = [caps.per_grant, caps.approve] if caps else []
        drawn = budgets.specs(case, facts.order, actor, around.policy, around.now)
        ends += [budgets.standing(case, spec).free for spec in drawn if spec.cap is not None]
        ends += [left(tender, facts.entries) for tender in facts.order.tenders]
        return tuple(sorted({end for end in ends if 0 < end < 10**8}))


def book_of(connection: Connection) -> CentreBook:
    """The centre's book as of now, as an apply would open it."""
    head = connection.execute(select(t.head).where(t.head.c.shard == t.SHARD)).one()
    return CentreBook(connection, int(head.tickets), int(head.policy_version))


def _docs(connection: Connection, condition: Any) -> Iterable[Any]:
    return connection.scalars(select(t.tickets.c.doc).where(condition)).all()


def _facts(order: Order, hanging: Sequence[Entity]) -> Facts:
    return Facts(
        order=order,
        tickets=tuple(one for one in hanging if isinstance(one, Ticket)),
        entries=tuple(one for one in hanging if isinstance(one, LedgerEntry)),
        approvals=tuple(one for one in hanging if isinstance(one, Approval)),
        effects=tuple(one for one in hanging if isinstance(one, Effect)),
        tasks=tuple(one for one in hanging if isinstance(one, Task)),
    )
