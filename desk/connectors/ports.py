"""What the centre may ask of other people's systems, and the answers there are: one Protocol per kind of side.

No method raises for what the other side or the network did: that is an answer. An exception out of a connector is a bug
of ours (DESIGN 1.10). All calls block, and are made outside of any transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from desk.domain.ledger import EffectKind
from desk.domain.money import Money
from desk.domain.orders import Order

# --- answers -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Done. `reference` is the other side's own number."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Taken, not done yet: ask again by `read_back`. "Accepted" is not "arrived"."""

    reference: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Not done, and surely so. `problem` is a code. `again`: refused for the moment only (busy, not reachable), so the
    same may be asked again under the same key, after `wait_seconds` where the other side said so."""

    problem: str
    again: bool = False
    wait_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Asked, and it cannot be told whether it happened: time-out, broken line, an answer that is none."""

    problem: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """This system cannot be asked: a person does it and gives the reference."""


@dataclass(frozen=True, slots=True)
class NeverSeen:
    """Only of `read_back`: the other side is sure that it knows no such key, so nothing has happened."""


Answer = Confirmed | Accepted | Refused | NoAnswer | ByHand
ReadBack = Answer | NeverSeen

# --- what is asked -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The common part. `key` names this act for ever on both sides; `order` is the order's number there."""

    kind: EffectKind
    key: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderAsk(Ask):
    """Cancel the order, or stop its parcels. `tracking` names the parcels that are under way."""

    tracking: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StockAsk(Ask):
    """Release what is reserved for one line."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAsk(Ask):
    """Give back `amount` of one payment; `payment` is the payment side's own number of it."""

    tender: str
    payment: str
    method: str
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageAsk(Ask):
    """Send the words to the phone. Personal: never logged."""

    phone: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitAsk(Ask):
    """Give (or put back, or take off) a coupon, points or a gift. `units` as in GrantCompensation."""

    customer: str
    item: str
    units: int
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """One payment as the payment side has it."""

    payment: str
    method: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlingAsk(Ask):
    """What a handling option asks of an order system, a warehouse or a carrier: mark as paid (`paid` says by which
    payments), send a payment link, send again, change the contact, redirect, allocate, tell again, urge.

    `line`, `sku` and `quantity` name goods, `tracking` a parcel, `amount` what is due. `details` is what the person
    gave with it (address, phone, fee, date, words), by name: personal, never logged.
    """

    line: str = ""
    sku: str = ""
    quantity: int = 0
    tracking: str = ""
    amount: Money | None = None
    paid: tuple[Paid, ...] = ()
    details: Mapping[str, str] = field(default_factory=dict, repr=False)


# --- what an order system tells ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOrder:
    """An order as its shop has it now. `order` is complete but for what is the centre's to give: its `id`,
    `customer_id`, `connector` and `remark_id` are not looked at, nor is `source_version`. `customer` is whatever the
    shop calls the customer. `stamp` grows with every fact that is told here (milliseconds of its newest time): a copy
    that was fetched earlier never replaces one that was fetched later. `contact` and `remark` are personal."""

    order: Order
    customer: str
    stamp: int
    contact: Mapping[str, str] = field(default_factory=dict, repr=False)
    remark: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Unfit:
    """The shop has this order, and it cannot be told as one of ours; `problem` is a code."""

    problem: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Which orders may have changed: the shop's own keys of them, and where to go on from. `more`: at once."""

    keys: tuple[str, ...]
    cursor: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What a webhook that proved itself says: orders to fetch, and whether to look for other changes at once."""

    keys: tuple[str, ...] = ()
    look: bool = False


Fetched = ShopOrder | Unfit | NeverSeen | Refused | NoAnswer

# --- sides -------------------------------------------------------------------------------------------------------


@runtime_checkable
class Connector(Protocol):
    """What every connected system has. What it can do is stated in policy (`Policy.abilities`)."""

    @property
    def longest_call(self) -> float:
        """Seconds after which a call has surely come back: nothing is concluded earlier from its silence."""
        ...

    def read_back(self, ask: Ask) -> ReadBack:
        """What became of what was asked under this key; NoAnswer("no_read_back") where that cannot be looked up."""
        ...


@runtime_checkable
class OrderSide(Connector, Protocol):
    """An order system or warehouse."""

    def cancel(self, ask: OrderAsk) -> Answer: ...

    def stop_shipment(self, ask: OrderAsk) -> Answer: ...

    def release_stock(self, ask: StockAsk) -> Answer: ...


@runtime_checkable
class PaymentSide(Connector, Protocol):
    """Where the money came from and goes back to."""

    def refund(self, ask: RefundAsk) -> Answer: ...


@runtime_checkable
class MessageSide(Connector, Protocol):
    """What carries words to a customer."""

    def send(self, ask: MessageAsk) -> Answer: ...


@runtime_checkable
class PromotionSide(Connector, Protocol):
    """Coupons, points and gifts. `give` issues; `put_back` restores what was used, or takes earned points off again."""

    def give(self, ask: BenefitAsk) -> Answer: ...

    def put_back(self, ask: BenefitAsk) -> Answer: ...


@runtime_checkable
class HandlingSide(Connector, Protocol):
    """What does the rest of handling an order: which kinds it can do is stated in policy."""

    def handle(self, ask: HandlingAsk) -> Answer: ...


@runtime_checkable
class OrderSource(Connector, Protocol):
    """An order system that can be asked what changed, and that may call when something did."""

    @property
    def look_seconds(self) -> float:
        """How often to ask."""
        ...

    def changes(self, cursor: str, now: datetime) -> Changes | Refused | NoAnswer:
        """What may have changed since `cursor` ("" at first); saying too much costs a look, too little loses news."""
        ...

    def fetch(self, key: str) -> Fetched:
        """One order by the shop's own key."""
        ...

    def find(self, number: str) -> Fetched:
        """One order by exactly this number, as a customer would say it."""
        ...

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard | Refused | NoAnswer:
        """What a webhook says; header names are in lower case. Refused("bad_signature") where it does not prove
        itself, Refused("no_hook") where no secret is agreed on."""
        ...


HANDLING_KINDS = frozenset(
    {
        EffectKind.MARK_PAID,
        EffectKind.PAYMENT_LINK,
        EffectKind.RESHIP,
        EffectKind.CHANGE_CONTACT,
        EffectKind.REDIRECT_PARCEL,
        EffectKind.ALLOCATE_STOCK,
        EffectKind.RESYNC_ORDER,
        EffectKind.URGE_PARCEL,
    }
)
_GIVES = frozenset({EffectKind.ISSUE_COUPON, EffectKind.ADD_POINTS, EffectKind.SEND_GIFT})


def perform(connector: Connector, ask: Ask) -> Answer:
    """Ask the one method that this kind of effect has; ByHand where the system has no such side."""
    match ask:
        case RefundAsk() if isinstance(connector, PaymentSide):
            return connector.refund(ask)
        case StockAsk() if isinstance(connector, OrderSide):
            return connector.release_stock(ask)
        case OrderAsk() if isinstance(connector, OrderSide):
            return connector.cancel(ask) if ask.kind is EffectKind.CANCEL_ORDER else connector.stop_shipment(ask)
        case MessageAsk() if isinstance(connector, MessageSide):
            return connector.send(ask)
        case BenefitAsk() if isinstance(connector, PromotionSide):
            return connector.give(ask) if ask.kind in _GIVES else connector.put_back(ask)
        case HandlingAsk() if isinstance(connector, HandlingSide):
            return connector.handle(ask)
        case _:
            return ByHand()
