"""A small centre whose cases are written by hand through its own doors, and questions put to desk and centre there."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from desk.central.book import CentreBook
from desk.domain.case import KIND_OF, Case
from desk.domain.commands import ClaimTicket, Command, OpenTicket, RevokeInstallation
from desk.domain.ids import IdMaker, derived_id
from desk.domain.ledger import Approval, Effect, EffectKind
from desk.domain.orders import Line, Order, OrderState, Tender
from desk.domain.people import Actor
from desk.domain.policy import Policy
from desk.domain.rule import Setting
from desk.domain.tickets import Channel, Kind
from desk.storage.desk_store import View
from desk.wire import codec
from tests.helpers.answers.desks import House
from tests.helpers.answers.forgetting import Forgetful, forgotten
from tests.helpers.answers.inquiry import Question, at_desk, put
from tests.helpers.answers.question import answer, difference
from tests.helpers.answers.remembering import Remembering
from tests.helpers.answers.world import book_of

PAID = 20_000


@dataclass(slots=True, repr=False)
class Scene:
    """`told`, `do` and `by_itself` write; `ask` notes a question; `compare` puts them all; `without` asks again."""

    house: House
    rng: random.Random = field(default_factory=lambda: random.Random(3))
    noted: list[tuple[Actor, Command]] = field(default_factory=list)
    kept: dict[str, list[tuple[Question, Case]]] = field(default_factory=dict)
    ids: IdMaker = field(init=False)
    numbers: dict[str, str] = field(default_factory=dict)  # order id -> number

    def __post_init__(self) -> None:
        self.ids = IdMaker(self.house.centre.clock.now, self.rng)

    @property
    def now(self) -> datetime:
        """The scene's time."""
        return self.house.centre.clock.now()

    def who(self, login: str) -> Actor:
        """Somebody who works there."""
        return self.house.seats[f"u-{login}"].who.actor

    # --- writing ----------------------------------------------------------------------------------------------------

    def told(self, name: str, connector: str = "manual", contact: dict[str, str] | None = None, **changed: Any) -> str:
        """An order is told by its source: paid twenty minutes ago, one line, one payment, but for what is changed.

        Payments follow the lines unless they are stated. The order's id."""
        before = self.now - timedelta(minutes=20)
        order = Order(
            id=name, number=f"2026{name}", connector=connector, shop="made-up", currency="CNY",
            customer_id=f"member-{name}", state=OrderState.PAID, created_at=before, paid_at=before,
            lines=(line(),), tenders=(Tender(id="P1", method="alipay", paid=PAID, paid_at=before),),
        )  # fmt: skip
        item = {
            "order": codec.to_plain(replace(order, **changed)),
            "contact": contact or {"name": "欧阳静怡", "title": "女士", "phone": "+8613800000005"},
        }
        (verdict,) = self.house.centre.ingest("orders", connector, [item])
        if verdict["status"] != "taken":
            raise AssertionError(f"{name}: {verdict}")
        order_id = derived_id("order", connector, order.number)
        self.numbers[order_id] = order.number
        return order_id

    def do(self, login: str, kind: type[Command], /, **args: Any) -> str:
        """Somebody does something, and it is taken; the command's id."""
        command = kind(id=self.ids(), **args)
        (verdict,) = self.house.push(self.who(login).id, [codec.command_to_plain(command)])
        if verdict["status"] != "applied":
            raise AssertionError(f"{command}: {verdict}")
        return command.id

    def by_itself(self, kind: type[Command], /, **args: Any) -> None:
        """The centre's own jobs do something."""
        (verdict,) = self.house.centre.service.applier.system([kind(id=self.ids(), **args)])
        if verdict.status != "applied":
            raise AssertionError(f"{kind.__name__} {args}: {verdict}")

    def held(self, order_id: str, by: str = "anna", kind: Kind = Kind.CANCEL, **more: Any) -> str:
        """A ticket on that order, opened and taken in hand by somebody; its id."""
        facts = {"ticket_id": self.ids(), "channel": Channel.HOTLINE, "team": "hotline"}
        facts |= {"reason": "no_longer_wanted"} if kind is Kind.CANCEL else {}
        named: dict[str, Any] = {**facts, **more}
        self.do(by, OpenTicket, kind=kind, order_id=order_id or None, **named)
        self.do(by, ClaimTicket, ticket_id=named["ticket_id"])
        return str(named["ticket_id"])

    def effect(self, order_id: str, kind: EffectKind) -> str:
        """The id of what was last asked of other systems for that order."""
        with self._book() as book:
            effects = [one for one in book.of_orders([order_id]) if isinstance(one, Effect) and one.kind is kind]
        return max(effects, key=lambda one: (one.at, one.id)).id

    def customer(self, order_id: str) -> str:
        """Whose order it is."""
        with self._book() as book:
            order = book.get("order", order_id)
        assert isinstance(order, Order)
        return order.customer_id

    def approvals(self, order_id: str) -> list[str]:
        """The ids of all requests for approval on that order."""
        with self._book() as book:
            return [one.id for one in book.of_orders([order_id]) if isinstance(one, Approval)]

    def retired_desk(self) -> str:
        """The id of an installation that is shut out."""
        installation = self.house.centre.enrol("retired", {"store:S02"})
        self.do("olga", RevokeInstallation, installation_id=installation)
        return installation

    def later(self, **span: float) -> None:
        """Time passes."""
        self.house.centre.clock.later(**span)

    # --- asking -----------------------------------------------------------------------------------------------------

    def ask(self, login: str, kind: type[Command], /, **args: Any) -> None:
        """Note a question: what if this person did that, at the end of the scene?"""
        self.noted.append((self.who(login), kind(id=self.ids(), **args)))

    def compare(self) -> list[str]:
        """Put every question to the desk of whoever asks and to the centre; where a desk says otherwise, or asks."""
        for desk in self.house.desks.values():
            desk.pull()
        with self._book() as book:
            policy = self.policy(book)
            asked = [self._question(book, policy, actor, command) for actor, command in self.noted]
        wrong = []
        for question, here, case in put(self.house, asked):
            different = "it asks the centre" if here.asks else difference(here, question.centre)
            if different:
                wrong.append(f"{codec.command_to_plain(question.command)}: {different}")
            self.kept.setdefault(question.desk, []).append((question, case))
        return wrong

    def without(self, path: str) -> str:
        """The first question that a desk answers otherwise than the centre when it forgets this field, or ""."""
        for name, some in self.kept.items():
            asked = [question for question, case in some if _concerned(case, path)]
            found = self.house.desks[name].store.read(partial(_first, asked, path))
            if found:
                return found
        return ""

    def policy(self, book: CentreBook) -> Policy:
        """The policy in force."""
        found = self.house.centre.service.store.policy(book.connection, book.version)
        assert found is not None
        return found

    def _question(self, book: CentreBook, policy: Policy, actor: Actor, command: Command) -> Question:
        setting = Setting(actor=actor, policy=policy, now=self.now)
        home = self.house.desk_of(actor).name
        return Question(desk=home, command=command, setting=setting, centre=answer(book, command, setting))

    @contextmanager
    def _book(self) -> Iterator[CentreBook]:
        with self.house.centre.service.store.reading() as connection:
            yield book_of(connection)


def line(**changed: Any) -> Line:
    """One piece for all that was paid."""
    made = Line(id="1", sku="MUG", title="保温杯", quantity=1, unit_price=PAID, paid=PAID, stock_reserved=1)
    return replace(made, **changed)


def _concerned(case: Case, path: str) -> bool:
    """Whether forgetting the field changes anything that was loaded."""
    kind, rest = path.split(".", 1)
    if kind == "private":
        return any(rest in values for values in case.private.values())
    mine = (one for one in case.entities.values() if KIND_OF[type(one)] == kind)
    return any(forgotten(one, rest.split(".")) != one for one in mine)


def _first(asked: list[Question], path: str, view: View) -> str:
    whole = Remembering(view.projection.book(view.connection))
    for question in asked:
        try:
            here, _ = at_desk(view, question, Forgetful(whole, path))
        except (ValueError, KeyError, TypeError) as error:
            return f"{question.command.name} raised {error!r}"
        if not here.asks and here.said != question.centre.said:
            return f"{question.command.name}: {here.said[:2]} instead of {question.centre.said[:2]}"
    return ""
