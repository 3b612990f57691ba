"""Orders, tickets, policy and a world in memory, for tests that tell stories about the rules.

`World` is a fake of the centre: it keeps entities, loads cases through the `Book` port, decides, folds what follows.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from desk.domain.case import Case, Entity, Hanging, Key, NotHere, key_of
from desk.domain.commands import Command
from desk.domain.decide import decide, load_case
from desk.domain.decisions import Accepted, Decision, NeedsApproval, Refused
from desk.domain.evolve import evolve
from desk.domain.ids import IdMaker
from desk.domain.ledger import Approval, Budget, Effect, LedgerEntry
from desk.domain.orders import GoodsFlag, Line, Order, OrderState, Tender
from desk.domain.people import SYSTEM_ACTOR, Actor, Level, StaffMember, Store, Team
from desk.domain.policy import CompensationPolicy, LevelCaps, Policy
from desk.domain.privacy import private_values
from desk.domain.rule import Setting
from desk.domain.tickets import Channel, Kind, Stage, Ticket
from desk.wire.policy_seed import load_seed

# A Monday, 14:00 in China: after the 13:00 wave of the seed policy, two hours before the window of the next one closes.
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@cache
def seed_policy() -> Policy:
    """The policy a new centre starts with."""
    return load_seed()


def make_policy(**changed: Any) -> Policy:
    """The seed policy with some parts of it replaced."""
    return replace(seed_policy(), **changed)


def with_caps(
    policy: Policy,
    *,
    order: int | None = None,
    customer: int | None = None,
    store_day: int | None = None,
    levels: Mapping[Level, LevelCaps] | None = None,
    currency: str = "CNY",
) -> Policy:
    """A policy with other goodwill caps in one currency, minor units."""
    old = policy.compensation
    caps = {level: {**old.levels.get(level, {}), currency: caps} for level, caps in (levels or {}).items()}
    new: CompensationPolicy = replace(
        old,
        order_cap={**old.order_cap, **({} if order is None else {currency: order})},
        customer_cap={**old.customer_cap, **({} if customer is None else {currency: customer})},
        store_day_cap={**old.store_day_cap, **({} if store_day is None else {currency: store_day})},
        levels={**old.levels, **caps},
    )
    return replace(policy, compensation=new)


def make_line(line_id: str = "1", *, paid: int = 10000, **changed: Any) -> Line:
    """One line of one piece."""
    flags = frozenset(GoodsFlag(flag) for flag in changed.pop("flags", ()))
    quantity = changed.pop("quantity", 1)
    facts = {"sku": f"SKU-{line_id}", "title": "保温杯", "unit_price": paid // quantity, "stock_reserved": quantity}
    return Line(id=line_id, quantity=quantity, paid=paid, flags=flags, **{**facts, **changed})


def make_order(order_id: str = "o1", *, now: datetime = START, **changed: Any) -> Order:
    """A paid, unshipped order of one line, 100.00 CNY by Alipay, told of an hour before `now`."""
    state = changed.get("state", OrderState.PAID)
    created = now - 2 * HOUR
    paid_at = None if state is OrderState.UNPAID else now - HOUR
    lines = changed.get("lines", (make_line(),))
    freight = changed.get("freight", 0)
    total = sum(line.paid for line in lines) + freight
    tenders = () if paid_at is None else (Tender(id="t1", method="alipay", paid=total, paid_at=paid_at),)
    facts: dict[str, Any] = {
        "number": f"N{order_id}",
        "connector": "shop",
        "shop": "demo",
        "currency": "CNY",
        "customer_id": "c1",
        "state": state,
        "created_at": created,
        "paid_at": paid_at,
        "lines": lines,
        "tenders": tenders,
    }
    return Order(id=order_id, **{**facts, **changed})


def make_ticket(ticket_id: str = "k1", *, now: datetime = START, **changed: Any) -> Ticket:
    """An open cancel ticket on order o1, called in by hotline, held by Wang Fang."""
    facts: dict[str, Any] = {
        "number": f"T-{ticket_id}",
        "kind": Kind.CANCEL,
        "channel": Channel.HOTLINE,
        "team": "hotline",
        "opened_at": now,
        "opened_by": "wangfang",
        "stage": Stage.IDENTIFY,
        "order_id": "o1",
        "customer_id": "c1",
        "reason": "no_longer_wanted",
        "currency": "CNY",
        "holder": "wangfang",
        "claim_expires_at": now + HOUR,
        "first_response_due": now + HOUR / 4,
        "due_at": now + HOUR / 4,
    }
    return Ticket(id=ticket_id, **{**facts, **changed})


def make_actor(
    person: str, level: Level, *teams: str, store_id: str | None = None, installation_id: str = "desk-1"
) -> Actor:
    """Somebody signed in at a desk."""
    return Actor(id=person, level=level, teams=teams, store_id=store_id, installation_id=installation_id)


WANGFANG = make_actor("wangfang", Level.AGENT, "hotline")
LIQIANG = make_actor("liqiang", Level.AGENT, "hotline")
ZHAOMIN = make_actor("zhaomin", Level.SENIOR, "hotline")
LIUYANG = make_actor("liuyang", Level.SUPERVISOR, "hotline")
SUNLI = make_actor("sunli", Level.SUPERVISOR, "hotline")
MANAGER = make_actor("manager", Level.MANAGER, "hotline")
CHENJIE = make_actor("chenjie", Level.COUNTER, "store", store_id="S01")
ZHOUJUN = make_actor("zhoujun", Level.WAREHOUSE, "warehouse")
FINANCE = make_actor("finance", Level.FINANCE, "finance")
PEOPLE = (WANGFANG, LIQIANG, ZHAOMIN, LIUYANG, SUNLI, MANAGER, CHENJIE, ZHOUJUN, FINANCE)


def staff_of(actor: Actor) -> StaffMember:
    """The staff row of somebody."""
    return StaffMember(id=actor.id, login=actor.id, level=actor.level, teams=actor.teams, store_id=actor.store_id)


def house() -> tuple[Entity, ...]:
    """The people, teams and store that every desk knows."""
    teams = tuple(Team(id=team, names={"en": team}) for team in ("hotline", "store", "warehouse", "finance"))
    return (*(staff_of(actor) for actor in PEOPLE), *teams, Store(id="S01", names={"en": "First store"}))


@dataclass
class MemoryBook:
    """A Book over entities in memory; keys in `missing` may exist elsewhere, as at a desk."""

    entities: dict[Key, Entity] = field(default_factory=dict)
    missing: frozenset[Key] = frozenset()
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    version: int = 1
    number: int | None = 1

    def get(self, kind: str, entity_id: str) -> Entity | None:
        if (kind, entity_id) in self.missing:
            raise NotHere(f"{kind}:{entity_id}")
        return self.entities.get((kind, entity_id))

    def of_order(self, order_id: str) -> Iterable[Entity]:
        if ("orders", order_id) in self.missing:
            raise NotHere(f"orders:{order_id}")
        return [e for e in self.entities.values() if isinstance(e, Hanging) and e.order_id == order_id]

    def private(self, entity_id: str) -> Mapping[str, str] | None:
        return self.values.get(entity_id)

    def next_ticket_number(self) -> str | None:
        return None if self.number is None else f"T{self.number:06}"

    def staff_by_login(self, login: str) -> StaffMember | None:
        return next((e for e in self.entities.values() if isinstance(e, StaffMember) and e.login == login), None)

    def admins(self) -> Iterable[StaffMember]:
        return [e for e in self.entities.values() if isinstance(e, StaffMember) and e.active and e.level is Level.ADMIN]

    def order_by_number(self, number: str) -> Order | None:
        found = [e for e in self.entities.values() if isinstance(e, Order) and e.number == number]
        return found[0] if len(found) == 1 else None

    def policy_version(self) -> int:
        return self.version


class World:
    """A centre in memory: `do` loads, decides and keeps what follows, like the centre does, at the world's own time."""

    def __init__(self, *entities: Entity, policy: Policy | None = None, now: datetime = START) -> None:
        self.policy = policy or seed_policy()
        self.now = now
        self.book = MemoryBook()
        self.keep(*house(), *entities)
        self.ids = IdMaker(lambda: self.now, random.Random(7))

    def keep(self, *entities: Entity) -> None:
        """Put entities into the world as they are."""
        self.book.entities.update((key_of(entity), entity) for entity in entities)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def setting(self, actor: Actor = WANGFANG) -> Setting:
        """Who acts, by the world's policy, now."""
        return Setting(actor=actor, policy=self.policy, now=self.now)

    def ask(self, kind: type[Command], actor: Actor = WANGFANG, /, **args: Any) -> Decision:
        """What the rulebook would answer; nothing follows."""
        return self._decided(kind(id=args.pop("id", None) or self.ids(), **args), actor)[1]

    def need(self, kind: type[Command], actor: Actor = WANGFANG, /, **args: Any) -> NeedsApproval:
        """Do it, and it must need an approval."""
        decision = self.do(kind, actor, **args)
        assert isinstance(decision, NeedsApproval), decision
        return decision

    def forecast(self, command: Command, actor: Actor = WANGFANG) -> Decision:
        """What the rulebook would answer to a command that is made already; nothing follows."""
        return self._decided(command, actor)[1]

    def do(self, kind: type[Command], actor: Actor = WANGFANG, /, **args: Any) -> Decision:
        """Do it: what the rulebook answers, and what follows is kept."""
        return self.perform(kind(id=args.pop("id", None) or self.ids(), **args), actor)

    def perform(self, command: Command, actor: Actor = WANGFANG) -> Decision:
        """Do a command that is made already."""
        case, decision = self._decided(command, actor)
        if isinstance(decision, Accepted | NeedsApproval):
            self.keep(*evolve(case, decision.changes).touched_since(case))
            self.book.values.update({key: dict(values) for key, values in private_values(command).items()})
        if isinstance(decision, Accepted):
            self.book.values.update({key: dict(values) for key, values in decision.private.items()})
        return decision

    def accept(self, kind: type[Command], actor: Actor = WANGFANG, /, **args: Any) -> Accepted:
        """Do it, and it must be accepted."""
        decision = self.do(kind, actor, **args)
        assert isinstance(decision, Accepted), decision
        return decision

    def refuse(self, kind: type[Command], actor: Actor = WANGFANG, /, **args: Any) -> str:
        """Do it, and it must be refused; the code."""
        decision = self.do(kind, actor, **args)
        assert isinstance(decision, Refused), decision
        return decision.code

    def _decided(self, command: Command, actor: Actor) -> tuple[Case, Decision]:
        setting = self.setting(actor)
        case = load_case(self.book, command, setting)
        return case, decide(case, command, setting)

    # --- what there is now ---------------------------------------------------------------------------------------

    def all(self, kind: type[Any]) -> list[Any]:
        """Every entity of a kind, by id."""
        return sorted((e for e in self.book.entities.values() if isinstance(e, kind)), key=lambda entity: entity.id)

    def order(self, order_id: str = "o1") -> Order:
        """The order as it is now."""
        found = self.book.entities["order", order_id]
        assert isinstance(found, Order)
        return found

    def ticket(self, ticket_id: str = "k1") -> Ticket:
        """The ticket as it is now."""
        found = self.book.entities["ticket", ticket_id]
        assert isinstance(found, Ticket)
        return found

    def entries(self) -> list[LedgerEntry]:
        """The ledger."""
        return self.all(LedgerEntry)

    def effects(self) -> list[Effect]:
        """What was asked of other systems."""
        return self.all(Effect)

    def budgets(self) -> list[Budget]:
        """Every budget row."""
        return self.all(Budget)

    def approvals(self) -> list[Approval]:
        """Every request for approval."""
        return self.all(Approval)


SYSTEM = SYSTEM_ACTOR
