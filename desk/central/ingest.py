"""What other systems push in: orders, requests, and what carriers, payment sides and warehouses know of an order.

    POST /v1/ingest/{orders, requests, parcels, payments, stock}   {"items": [...]}  ->  {"verdicts": [...]}

One verdict per item, in order: {key, status, code, data}. `status` is taken, unchanged (known before), older (a newer
version is known) or refused with a code. Items are idempotent by their source key and version; a key of an API is bound
to one connector and to some of the five kinds. A request that is not well formed as a whole changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from desk.central.api_keys import KeyHolder, Pusher
from desk.central.customers import CustomerIds
from desk.central.http import Centre, body_of, read_body
from desk.central.ingest_bodies import (
    MAX_BODY,
    BadItem,
    FactItem,
    ItemsBody,
    OrderItem,
    RequestItem,
    read_item,
    read_order,
)
from desk.central.merging import merged
from desk.central.service import Service
from desk.central.store import Transaction
from desk.central.telling import (
    Known,
    Taken,
    Teller,
    Telling,
    in_commits,
    known_of,
    next_version,
    remember,
    taken_of,
)
from desk.domain.commands import Command, OpenTicket, TellOrder
from desk.domain.ids import derived_id
from desk.domain.orders import Order
from desk.wire.canonical import canonical
from desk.wire.protocol import VerdictStatus
from desk.wire.tokens import phone_digits

router = APIRouter(prefix="/v1/ingest", tags=["ingest"])
What = Annotated[str, Path(pattern="^(orders|requests|parcels|payments|stock)$")]


@router.post("/{what}", openapi_extra=body_of(ItemsBody))
async def ingest(what: What, request: Request, centre: Centre, pusher: Pusher) -> dict[str, Any]:
    """Take in a batch of items."""
    pusher.require(what)
    body = await read_body(request, ItemsBody, MAX_BODY)
    return {"verdicts": await centre.apply_lane.run(lambda: Intake(centre, pusher).take(what, body.items))}


@dataclass(frozen=True, slots=True)
class _Work:
    """One item on its way: its key, and what it came to; None until it is dealt with."""

    key: str
    item: Any


class Intake:
    """Takes in the items of one caller. Blocks until they are durable."""

    def __init__(self, service: Service, holder: KeyHolder) -> None:
        self._service = service
        self._source = holder.connector
        self._customers = CustomerIds(service.store)
        self._teller = Teller(self._source, service.applier, self._customers)

    def take(self, what: str, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """One verdict per item, in order."""
        verdicts: list[dict[str, Any] | None] = []
        works: list[_Work] = []
        for data in items:
            try:
                item = read_item(what, data)
                works.append(_Work(_key(data), self._telling(item) if what == "orders" else item))
                verdicts.append(None)
            except BadItem as error:
                verdicts.append(_verdict(_key(data), Taken("refused", error.args[0], {"where": error.args[1]})))
        done = iter(in_commits(self._service.store, works, self._worker(what)))
        waiting = iter(works)
        return [one if one is not None else _verdict(next(waiting).key, next(done)) for one in verdicts]

    def _worker(self, what: str) -> Callable[[Transaction, Sequence[_Work]], list[Taken]]:
        if what == "orders":
            return self._orders
        if what == "requests":
            return lambda tx, works: self._commands(tx, what, works, self._request)
        return lambda tx, works: self._commands(tx, what, works, self._fact)

    # --- orders -------------------------------------------------------------------------------------------------

    def _orders(self, tx: Transaction, works: Sequence[_Work]) -> list[Taken]:
        return self._teller.tell(tx, [work.item for work in works])

    def _telling(self, item: OrderItem) -> Telling:
        number = str(item.order.get("number", ""))
        phone = "".join(phone_digits(item.contact.get("phone", "")))
        told = str(item.order.get("customer_id") or "") or phone or number
        customer_id = self._customers(self._source, told)
        order = read_order(item, derived_id("order", self._source, number), customer_id, self._source)
        return Telling(
            order=order,
            contact={str(name): value for name, value in item.contact.items()},
            remark=item.remark,
            version=order.source_version,
            content=canonical(item.model_dump(mode="json")).decode(),
            keeps=tuple(name for name in ("parcels", "events") if name not in item.order),
        )

    # --- everything else: one command per item ------------------------------------------------------------------

    def _commands(
        self,
        tx: Transaction,
        what: str,
        works: Sequence[_Work],
        make: Callable[[Transaction, str, Any], Command | Taken],
    ) -> list[Taken]:
        """Items in turn, each decided after the former: two facts about one order build on one another."""
        source = f"{what}:{self._source}"
        known = known_of(tx, source, [work.key for work in works])
        taken: list[Taken] = []
        for work in works:
            command = self._unless_known(what, work, known) or make(tx, what, work.item)
            if isinstance(command, Taken):
                taken.append(command)
                continue
            (verdict,) = self._service.applier.inside(tx, [command])
            taken.append(taken_of(verdict))
            if verdict.status is VerdictStatus.APPLIED:
                known[work.key] = Known(_version(work.item), self._fingerprint(what, work))
                remember(tx, source, {work.key: known[work.key]})
        return taken

    def _unless_known(self, what: str, work: _Work, known: dict[str, Known]) -> Taken | None:
        before = known.get(work.key)
        if before is None or before.version < _version(work.item):
            return None
        if before.version > _version(work.item):
            return Taken("older")
        same = before.command_id == self._fingerprint(what, work)
        return Taken("unchanged") if same else Taken("refused", "key_reused")

    def _fingerprint(self, what: str, work: _Work) -> str:
        """Names the content without telling it: it may be personal."""
        plain = canonical(work.item.model_dump(mode="json")).decode()
        return derived_id(what, f"{self._source}/{work.key}", self._customers.blind(plain))

    def _request(self, tx: Transaction, what: str, item: RequestItem) -> OpenTicket:
        order_id = derived_id("order", self._source, item.order_number)
        known = isinstance(tx.book.get("order", order_id), Order)
        subject = f"{self._source}/{item.source}"
        return OpenTicket(
            id=derived_id("request", subject, ""),
            ticket_id=derived_id("ticket", subject, ""),
            kind=item.kind,
            channel=item.channel,
            team=item.team,
            order_id=order_id if known else None,
            order_number=item.order_number,
            type=item.type,
            subtype=item.subtype,
            reason=item.reason,
            source=item.source,
            asked_at=item.asked_at,
            words=item.words,
        )

    def _fact(self, tx: Transaction, what: str, item: FactItem) -> TellOrder | Taken:
        order = tx.book.get("order", derived_id("order", self._source, item.order_number))
        if not isinstance(order, Order):
            return Taken("refused", "no_such_order")
        try:
            told = merged(order, item)
        except BadItem as error:
            return Taken("refused", error.args[0], {"where": error.args[1]})
        version = next_version(tx, order.id)
        command_id = derived_id(f"ingest.{what}", f"{self._source}/{item.source}", f"{item.version}@{version}")
        return TellOrder(id=command_id, order=replace(told, source_version=version))


def _key(data: dict[str, Any]) -> str:
    """What the caller calls the item: its source key, or the order's number."""
    order = data.get("order")
    told = data.get("source") or (order.get("number") if isinstance(order, dict) else None)
    return str(told or "")[:160]


def _version(item: Any) -> int:
    return item.version if isinstance(item, FactItem) else 0


def _verdict(key: str, taken: Taken) -> dict[str, Any]:
    status = "taken" if taken.status == "told" else taken.status
    return {"key": key, "status": status, "code": taken.code, "data": dict(taken.data)}
