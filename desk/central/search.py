"""Looking orders up: by any piece of number, phone, name or tracking number, or in full by number.

    GET /v1/orders?q=…          {"hits": [{"order", "private", "ticket_ids", "matched"}], "more"}
    GET /v1/orders/{number}     {"case": [{"kind", "id", "doc"}], "private": {id: values}, "past"}

`past` is what the customer had in policy's period, this order included: {"days", "orders", "cancels"}.

An order number that nobody here knows is asked of the connected shops: an older order comes in when it is needed.

Limited per person and minute. Nothing is told before it is written into the audit who saw which orders and customers;
what was typed is kept nowhere.
Contacts are masked for levels that policy does not let see them.
"""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Path, Query
from sqlalchemy import Connection, func, select, tuple_

from desk.central import audit
from desk.central import tables as t
from desk.central.auth import Principal
from desk.central.book import CentreBook
from desk.central.http import Caller, Centre
from desk.central.masking import shown, stored_values
from desk.central.problems import Problem
from desk.central.rows import entity_of
from desk.central.search_index import find
from desk.central.service import Service
from desk.central.sourcing import bring_by_number
from desk.domain.case import Entity, key_of
from desk.domain.ledger import Budget, BudgetKind
from desk.domain.orders import Order, OrderState
from desk.domain.policy import Policy
from desk.domain.privacy import Texted
from desk.domain.tasks import Block
from desk.wire import codec
from desk.wire.tokens import read_query

log = structlog.get_logger()
router = APIRouter(prefix="/v1/orders", tags=["look-up"])

MAX_HITS = 21  # one more than a desk shows: then it can say that there are more
_NUMBER = re.compile(r"(?=\D*\d)[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_PHONE = re.compile(r"\d{10,}")
_SHOP_SECONDS = 5.0  # as long as a customer on the line waits for an order that is not here


@router.get("")
async def look_up(centre: Centre, who: Caller, q: Annotated[str, Query(min_length=1, max_length=100)]) -> Any:
    """Orders that answer every word of a typed text, best first."""
    answer = await centre.read_lane.run(lambda: found(centre, who, q))
    if answer["hits"] or not await _brought(centre, q):
        return answer
    return await centre.read_lane.run(lambda: found(centre, who, q))


@router.get("/{number}")
async def order(centre: Centre, who: Caller, number: Annotated[str, Path(min_length=1, max_length=160)]) -> Any:
    """An order (by number or id) with all that hangs on it."""
    return await centre.read_lane.run(lambda: whole_case(centre, who, number))


async def _brought(service: Service, text: str) -> bool:
    """Whether a connected shop has an order of exactly this number, and told it in time. What comes too late for this
    answer is here for the next. A phone is not sent out."""
    number = text.strip().removeprefix("#")
    if not service.connectors.sources() or not _NUMBER.fullmatch(number) or _PHONE.fullmatch(number):
        return False
    try:
        return await asyncio.wait_for(service.hook_lane.run(lambda: bring_by_number(service, number)), _SHOP_SECONDS)
    except (TimeoutError, Problem):
        return False


def found(service: Service, who: Principal, text: str) -> dict[str, Any]:
    """The hits of a typed text; Problem 400 where it is too short to search by, 429 where there were too many."""
    service.look_ups.count(who.person, service.store.clock())
    probes = read_query(text)
    if not probes:
        raise Problem(400, "query_too_short", "type at least 3 digits, 2 letters or one Chinese character")
    with service.store.reading() as connection:
        hits = find(connection, probes, MAX_HITS + 1)
        sees_all = _sees_all(service, connection, who)
        contacts = stored_values(connection, {hit.order.customer_id for hit in hits})
        tickets = _open_tickets(connection, [hit.order.id for hit in hits])
    seen = [_seen(who, "search", hit.order, str(hit.matched)) for hit in hits[:MAX_HITS]]
    _audit(service, who, "search", seen)
    made = [
        {
            "order": codec.to_plain(hit.order),
            "private": _private(contacts, [hit.order.customer_id], sees_all),
            "ticket_ids": tickets.get(hit.order.id, []),
            "matched": str(hit.matched),
        }
        for hit in hits[:MAX_HITS]
    ]
    return {"hits": made, "more": len(hits) > MAX_HITS}


def whole_case(service: Service, who: Principal, number: str) -> dict[str, Any]:
    """Everything about one order; of several with that number the youngest. Problem 404 where there is none."""
    service.look_ups.count(who.person, service.store.clock())
    with service.store.reading() as connection:
        book = CentreBook(connection)
        chosen = _order_of(connection, number)
        if chosen is not None:
            hanging = book.of_order(chosen.id)
            blocked = book.many(Block, [chosen.customer_id]).values()
            entities: list[Entity] = [chosen, *hanging, *blocked, *_budgets(connection, chosen)]
            ids = {chosen.customer_id, *_texts(connection, entities)}
            private = _private(stored_values(connection, ids), ids, _sees_all(service, connection, who))
            past = _past(service, connection, chosen.customer_id)
    if chosen is None:
        _audit(service, who, "order", [])
        raise Problem(404, "no_such_order", "no order has this number")
    _audit(service, who, "order", [_seen(who, "order", chosen)])
    return {"case": [_row(entity) for entity in entities], "private": private, "past": past}


def _past(service: Service, connection: Connection, customer_id: str) -> dict[str, int] | None:
    """Orders and cancels of a customer in policy's period; None before there is a policy."""
    policy = _policy(service, connection)
    if policy is None:
        return None
    days = policy.compensation.customer_period_days
    recent = t.orders.c.created_at >= service.store.clock() - timedelta(days=days)
    wanted = select(t.orders.c.state, func.count()).where(t.orders.c.customer_id == customer_id, recent)
    counted = {str(state): int(count) for state, count in connection.execute(wanted.group_by(t.orders.c.state))}
    return {"days": days, "orders": sum(counted.values()), "cancels": counted.get(str(OrderState.CANCELLED), 0)}


def _seen(who: Principal, what: str, order: Order, matched: str = "") -> audit.Entry:
    return audit.Entry(
        area=audit.Area.LOOK_UP,
        what=what,
        detail=matched,
        person=who.person,
        installation=who.installation,
        order_id=order.id,
        order_number=order.number,
        customer_id=order.customer_id,
    )


def _audit(service: Service, who: Principal, what: str, seen: list[audit.Entry]) -> None:
    """Keep it; a look-up that found nothing is one entry too."""
    nothing = audit.Entry(
        area=audit.Area.LOOK_UP, what=what, detail="nothing", person=who.person, installation=who.installation
    )
    with service.store.aside() as connection:
        audit.keep(connection, service.store.clock(), seen or [nothing])
    log.info("look-up", person=who.person, installation=who.installation, what=what, hits=len(seen))


def _order_of(connection: Connection, number: str) -> Order | None:
    wanted = (t.orders.c.number == number) | (t.orders.c.id == number)
    doc = connection.scalar(select(t.orders.c.doc).where(wanted).order_by(t.orders.c.created_at.desc()).limit(1))
    made = None if doc is None else entity_of("order", doc)
    return made if isinstance(made, Order) else None


def _budgets(connection: Connection, order: Order) -> list[Budget]:
    """What may still be given for the order and to the customer."""
    keys = [(str(BudgetKind.ORDER), order.id), (str(BudgetKind.CUSTOMER), order.customer_id)]
    wanted = tuple_(t.budgets.c.kind, t.budgets.c.subject).in_(keys)
    made = [entity_of("budget", doc) for doc in connection.scalars(select(t.budgets.c.doc).where(wanted))]
    return [one for one in made if isinstance(one, Budget)]


def _texts(connection: Connection, entities: Iterable[Entity]) -> set[str]:
    """Ids of the free texts that belong to the order, its tickets and tasks, and a block of its customer."""
    owners = [key_of(one) for one in entities if isinstance(one, Texted)]
    wanted = tuple_(t.private.c.owner_kind, t.private.c.owner_id).in_(owners)
    return set(connection.scalars(select(t.private.c.id).where(wanted)))


def _private(
    values: Mapping[str, tuple[str, Mapping[str, str] | None]], ids: Iterable[str], sees_all: bool
) -> dict[str, Any]:
    """Personal values by id, as this person may see them; what was erased is left out."""
    seen = {one: shown(*values[one], sees_all) for one in sorted(ids) if one in values}
    return {one: dict(value) for one, value in seen.items() if value is not None}


def _sees_all(service: Service, connection: Connection, who: Principal) -> bool:
    policy = _policy(service, connection)
    return policy is not None and who.level in policy.scope.unmasked_levels


def _policy(service: Service, connection: Connection) -> Policy | None:
    version = int(connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD)) or 0)
    return service.store.policy(connection, version)


def _open_tickets(connection: Connection, order_ids: list[str]) -> dict[str, list[str]]:
    """Ids of the open tickets of these orders, oldest first."""
    tickets: dict[str, list[str]] = defaultdict(list)
    wanted = t.tickets.c.order_id.in_(order_ids) & t.tickets.c.stage.not_in(("closed", "archived"))
    listed = select(t.tickets.c.order_id, t.tickets.c.id).where(wanted).order_by(t.tickets.c.opened_at, t.tickets.c.id)
    for row in connection.execute(listed):
        tickets[row.order_id].append(row.id)
    return tickets


def _row(entity: Entity) -> dict[str, Any]:
    kind, doc = codec.entity_to_plain(entity)
    return {"kind": kind, "id": entity.id, "doc": doc}
