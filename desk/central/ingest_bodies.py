"""What other systems push in, item by item: shapes, and the facts that no order may contradict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, ConfigDict, Field, TypeAdapter, ValidationError

from desk.central.bodies import Body
from desk.domain.orders import Order, OrderEvent, Parcel, SystemState, Tender
from desk.domain.tickets import Channel, Kind
from desk.wire import codec

MAX_ITEMS = 100
MAX_BODY = 2 * 1024 * 1024
MAX_LINES = 200
MAX_SYSTEMS = 12
Key = Annotated[str, Field(min_length=1, max_length=160)]
Number = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^\S+$")]
Version = Annotated[int, Field(ge=0, le=2**53 - 1, strict=True)]
Words = Annotated[str, Field(max_length=4000)]
Short = Annotated[str, Field(max_length=300)]
Amount = Annotated[int, Field(ge=0, le=10**12, strict=True)]


class BadItem(ValueError):
    """An item cannot be taken; `args[0]` is the code, `args[1]` where and why (no values)."""


class ItemsBody(Body):
    """A batch of items; each is looked at by itself."""

    items: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=MAX_ITEMS)]


class OrderItem(Body):
    """An order as its source has it now. `order` is an Order document: its id, connector and remark_id are ours to give
    and not looked at; `customer_id` is whatever the source calls the customer; `source_version` its own version. What
    is left out of `parcels` and `events` stays as it was told before."""

    order: dict[str, Any]
    contact: dict[Literal["name", "title", "phone", "city", "address"], Short] = Field(default_factory=dict)
    remark: Words = ""


class RequestItem(Body):
    """A customer's or a system's request: it opens a ticket, or joins the open one. `source` is the other system's key
    of it; the same key is the same request for ever."""

    source: Key
    kind: Kind
    channel: Channel = Channel.APP
    order_number: Annotated[str, Field(max_length=100)] = ""
    reason: Short = ""
    type: Short = ""
    subtype: Short = ""
    team: Short = ""
    words: Words = ""
    asked_at: AwareDatetime | None = None


class FactItem(Body):
    """The common part of what is told about an order: key and version of the other system's record; what else happened
    (`event`), and what systems say of the order's state in their own words (`systems`)."""

    source: Key
    version: Version
    order_number: Number
    event: OrderEvent | None = None
    systems: Annotated[tuple[SystemState, ...], Field(max_length=MAX_SYSTEMS)] = ()


class ParcelItem(FactItem):
    """One parcel as its carrier has it now, whole."""

    parcel: Parcel


class PaymentItem(FactItem):
    """One payment as the payment side has it now, whether or not the order knows of it: it becomes a receipt, and a
    payment of the order where it is what the order costs. A payment side that cannot say that the order system has it
    too says `booked` false: then only a telling of the order makes it paid, and one that does not come is found
    (MISSION 45, 72)."""

    tender: Tender
    booked: bool = True


class StockItem(FactItem):
    """What a warehouse has of one line's article: as its system has it, and as somebody counted it last. Without a
    `sku` it tells of the order's state in its system alone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sku: Short = ""
    available: Amount | None = None
    reserved: Amount | None = None
    counted: Amount | None = None


ITEMS: Mapping[str, TypeAdapter[Any]] = {
    "orders": TypeAdapter(OrderItem),
    "requests": TypeAdapter(RequestItem),
    "parcels": TypeAdapter(ParcelItem),
    "payments": TypeAdapter(PaymentItem),
    "stock": TypeAdapter(StockItem),
}


def read_item(what: str, data: dict[str, Any]) -> Any:
    """The item, checked; BadItem where it is not of the shape."""
    try:
        return ITEMS[what].validate_python(data)
    except ValidationError as error:
        faults = error.errors(include_input=False, include_url=False, include_context=False)[:3]
        said = "; ".join(f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in faults)
        raise BadItem("malformed", said[:300]) from None


def read_order(item: OrderItem, order_id: str, customer_id: str, connector: str) -> Order:
    """The order of an item under our ids; BadItem where it has not the shape or contradicts itself."""
    extra = set(item.order) - set(Order.__dataclass_fields__)
    if extra:
        raise BadItem("malformed", f"order.{sorted(extra)[0][:60]}: not a field")
    remark_id = f"{order_id}.remark" if item.remark else None
    ours = {"id": order_id, "customer_id": customer_id, "connector": connector, "remark_id": remark_id}
    try:
        order = codec.from_plain(Order, {**item.order, **ours})
    except codec.ShapeError as error:
        raise BadItem("malformed", f"order.{error}"[:300]) from None
    check_order(order)
    return order


def check_order(order: Order) -> None:
    """BadItem where an order is not one that money rules can count on."""
    for code, wrong in (
        ("bad_number", not 1 <= len(order.number) <= 100 or order.number != order.number.strip()),
        ("bad_currency", not (len(order.currency) == 3 and order.currency.isascii() and order.currency.isupper())),
        ("no_lines", not 1 <= len(order.lines) <= MAX_LINES),
        ("same_id_twice", _twice(order)),
        ("negative", _negative(order)),
        ("refunded_above_paid", any(tender.refunded > tender.paid for tender in order.tenders)),
        ("refunded_above_paid", any(receipt.refunded > receipt.amount for receipt in order.receipts)),
        ("amounts_do_not_add_up", bool(order.tenders) and _line_total(order) != order.paid),
        ("time_without_zone", any(moment.tzinfo is None for moment in _times(order) if moment is not None)),
        ("same_system_twice", len({one.system for one in order.systems}) != len(order.systems)),
    ):
        if wrong:
            raise BadItem(code, "order")


def _line_total(order: Order) -> int:
    return sum(line.paid for line in order.lines) + order.freight


def _times(order: Order) -> Iterator[datetime | None]:
    yield from (order.created_at, order.paid_at, order.wave_at, order.packed_at)
    yield from (order.shipped_at, order.signed_at, order.cancelled_at)
    for parcel in order.parcels:
        yield from (parcel.shipped_at, parcel.signed_at, parcel.due_at)
        yield from (scan.at for scan in parcel.trace)
    yield from (tender.paid_at for tender in order.tenders)
    yield from (promotion.expires_at for promotion in order.promotions)
    for group in (order.events, order.receipts, order.systems):
        yield from (one.at for one in group)


def _twice(order: Order) -> bool:
    groups = (order.lines, order.tenders, order.receipts, order.parcels, order.promotions)
    return any(len({one.id for one in group}) != len(group) for group in groups)


def _negative(order: Order) -> bool:
    amounts = [order.freight, order.points_earned, order.source_version]
    amounts += [value for line in order.lines for value in (line.paid, line.unit_price, line.quantity - 1)]
    amounts += [value for line in order.lines for value in (line.stock_reserved, line.cancelled)]
    amounts += [value for tender in order.tenders for value in (tender.paid, tender.refunded)]
    amounts += [value for receipt in order.receipts for value in (receipt.amount, receipt.refunded)]
    amounts += [value for promotion in order.promotions for value in (promotion.discount, promotion.points)]
    return any(not 0 <= value <= 10**12 for value in amounts)
