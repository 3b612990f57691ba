"""An order as Medusa 2 tells it, read as one of ours: state, exact money, parcels, contact.

Where Medusa differs from us:

- Money is decimals of the major unit. Payments, captures and refunds have to be exact in their currency (else the order
  is `amount_not_exact`); totals of lines may be finer (tax), so what was captured is split over them by largest
  remainder and always adds up.
- `status` stays `pending` from checkout to delivery: the state is in `payment_status` and `fulfillment_status`.
- Only what was captured was paid. An authorised payment keeps the order going and has nothing to give back.
- A code used on the order is a campaign, not somebody's coupon: nothing has to be put back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from desk.connectors.ports import ShopOrder
from desk.domain.money import MoneyError, allocate, exponent, from_decimal
from desk.domain.orders import Line, Order, OrderState, Parcel, Promotion, PromotionKind, Tender

# What to ask for: without it Medusa leaves the true state, the currency and the refunds out.
FIELDS = ",".join(
    (
        "id,display_id,custom_display_id,status,created_at,updated_at,canceled_at,currency_code,customer_id,is_draft_order",
        "total,original_total,shipping_total,payment_status,fulfillment_status",
        "*items,*items.detail,*items.adjustments,*shipping_methods,*shipping_methods.adjustments,*shipping_address,*customer",
        "*payment_collections,*payment_collections.payments,*payment_collections.payments.captures",
        "*payment_collections.payments.refunds,*fulfillments,*fulfillments.labels,*fulfillments.items",
    )
)
_PAID = frozenset({"captured", "partially_captured", "refunded", "partially_refunded"})
_SECURED = _PAID | {"authorized", "partially_authorized"}
_UNPAID = frozenset({"not_paid", "awaiting", "requires_action", "canceled"})
_SIGNED = frozenset({"delivered"})
_SHIPPED = frozenset({"shipped", "partially_shipped", "partially_delivered"})
_HERE = frozenset({"not_fulfilled", "fulfilled", "partially_fulfilled", "canceled"})
_FINER = 12  # digits after the point that a total may have


class UnfitOrder(ValueError):
    """It cannot be read as an order of ours; `args[0]` is the code."""


def number_of(document: Mapping[str, Any]) -> str:
    """The number a customer knows: the shop's own where it gives one, else Medusa's running number."""
    return str(document.get("custom_display_id") or document.get("display_id") or "")


def read_order(document: Mapping[str, Any], *, shop: str, methods: Mapping[str, str]) -> ShopOrder:
    """The order of an answer that was asked for with FIELDS. UnfitOrder where something is missing or not exact."""
    try:
        return _Reader(document, methods).read(shop)
    except (KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise UnfitOrder("unreadable") from error
    except MoneyError as error:
        raise UnfitOrder("amount_not_exact") from error


def payments_of(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every payment of an order."""
    for collection in document.get("payment_collections") or ():
        yield from collection.get("payments") or ()


def exact(row: Mapping[str, Any], name: str, currency: str) -> int:
    """An amount in minor units; MoneyError where it is none or a fraction of the smallest unit would be lost."""
    return from_decimal(_decimal(row, name), currency).amount


def summed(rows: object, currency: str) -> int:
    """The amounts of captures or refunds together, minor units."""
    return sum(exact(row, "amount", currency) for row in rows) if isinstance(rows, list) else 0


def live_fulfilments(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Fulfilments that were not cancelled."""
    return [one for one in document.get("fulfillments") or () if not one.get("canceled_at")]


def _decimal(row: Mapping[str, Any], name: str) -> Decimal:
    """The raw text of an amount where there is one: the number beside it went through a binary fraction."""
    raw = row.get(f"raw_{name}")
    told = raw.get("value") if isinstance(raw, Mapping) else row.get(name)
    if told is None or isinstance(told, bool | float):
        raise MoneyError(f"{name} is not an amount")
    return Decimal(str(told))


class _Reader:
    def __init__(self, document: Mapping[str, Any], methods: Mapping[str, str]) -> None:
        self._document = document
        self._methods = methods
        self._currency = currency_of(document)

    def read(self, shop: str) -> ShopOrder:
        document, address = self._document, self._document.get("shipping_address") or {}
        number = number_of(document)
        if not number or document.get("is_draft_order"):
            raise UnfitOrder("no_order")
        state = self._state()
        tenders = self._tenders()
        lines, freight = self._shares(sum(tender.paid for tender in tenders) if tenders else None, state)
        fulfilments = live_fulfilments(document)
        shipped = _moments(fulfilments, "shipped_at")
        signed = _moments(fulfilments, "delivered_at") if state is OrderState.SIGNED else []
        packed = _moments(fulfilments, "packed_at")
        paid = [tender.paid_at for tender in tenders if tender.paid_at]
        cancelled = state is OrderState.CANCELLED
        order = Order(
            id="",
            number=number,
            connector="",
            shop=shop,
            currency=self._currency,
            customer_id="",
            state=state,
            created_at=_moment(document["created_at"]),
            lines=lines,
            tenders=tenders,
            parcels=self._parcels(fulfilments),
            promotions=self._promotions(),
            freight=freight,
            paid_at=max(paid, default=None),
            packed_at=min(packed, default=None),
            shipped_at=min(shipped, default=None),
            signed_at=max(signed, default=None),
            cancelled_at=_moment(document.get("canceled_at") or document["updated_at"]) if cancelled else None,
        )
        contact = _contact(address, document.get("customer") or {})
        customer = str(document.get("customer_id") or "") or contact.get("phone", "") or number
        return ShopOrder(order=order, customer=customer, stamp=_newest(document), contact=contact)

    def _state(self) -> OrderState:
        status = self._document["status"]
        payment, fulfilment = self._document["payment_status"], self._document["fulfillment_status"]
        if payment not in _SECURED | _UNPAID or fulfilment not in _SIGNED | _SHIPPED | _HERE:
            raise UnfitOrder("state_unknown")
        if status == "canceled":
            return OrderState.CANCELLED
        if status in {"completed", "archived"}:
            return OrderState.COMPLETED
        if fulfilment in _SIGNED:
            return OrderState.SIGNED
        if fulfilment in _SHIPPED:
            return OrderState.SHIPPED
        return OrderState.PAID if payment in _SECURED else OrderState.UNPAID

    def _tenders(self) -> tuple[Tender, ...]:
        """One per payment of which something was captured; what was only authorised is not there to give back."""
        return tuple(
            Tender(
                id=str(payment["id"]),
                method=self._methods.get(str(payment["provider_id"]), str(payment["provider_id"])),
                paid=paid,
                paid_at=min(_moments(payment["captures"], "created_at")),
                reference=str(payment["id"]),
                refunded=summed(payment.get("refunds"), self._currency),
            )
            for payment in payments_of(self._document)
            if (paid := summed(payment.get("captures"), self._currency)) > 0
        )

    def _shares(self, paid: int | None, state: OrderState) -> tuple[tuple[Line, ...], int]:
        """Lines and freight so that they add up to what was paid; unpaid, to what is due, rounded once."""
        items = self._document["items"]
        totals = [_decimal(item, "total") for item in items]
        freight = _decimal(self._document, "shipping_total")
        if any(total < 0 for total in (*totals, freight)):
            raise UnfitOrder("negative")
        digits = exponent(self._currency)
        due = int(sum(totals, freight).scaleb(digits).to_integral_value(ROUND_HALF_UP))
        weights = [int(total.scaleb(_FINER).to_integral_value(ROUND_HALF_UP)) for total in (*totals, freight)]
        if paid and not any(weights):
            raise UnfitOrder("amounts_do_not_add_up")
        shares = allocate(due if paid is None else paid, weights)
        cancelled = state is OrderState.CANCELLED
        lines = tuple(self._line(item, share, cancelled) for item, share in zip(items, shares[:-1], strict=True))
        return lines, shares[-1]

    def _line(self, item: Mapping[str, Any], paid: int, cancelled: bool) -> Line:
        quantity = _decimal(item, "quantity")
        if quantity != int(quantity) or quantity < 1:
            raise UnfitOrder("quantity_not_whole")
        price = _decimal(item, "unit_price").scaleb(exponent(self._currency))  # to show only: may be finer than a cent
        title, variant = str(item.get("title") or ""), str(item.get("variant_title") or "")
        return Line(
            id=str(item["id"]),
            sku=str(item.get("variant_sku") or item.get("variant_id") or item["id"]),
            title=f"{title} {variant}" if variant and variant not in title else title,
            quantity=int(quantity),
            unit_price=int(price.to_integral_value(ROUND_HALF_UP)),
            paid=paid,
            cancelled=int(quantity) if cancelled else 0,
        )

    def _parcels(self, fulfilments: list[Mapping[str, Any]]) -> tuple[Parcel, ...]:
        methods = self._document.get("shipping_methods") or ()
        carrier = str(methods[0].get("name") or "") if methods else ""
        return tuple(
            Parcel(
                id=str(label["id"]),
                carrier=carrier,
                tracking=str(label["tracking_number"]),
                line_ids=tuple(str(item["line_item_id"]) for item in fulfilment.get("items") or ()),
                shipped_at=_perhaps(fulfilment.get("shipped_at")),
                signed_at=_perhaps(fulfilment.get("delivered_at")),
            )
            for fulfilment in fulfilments
            for label in fulfilment.get("labels") or ()
            if label.get("tracking_number")
        )

    def _promotions(self) -> tuple[Promotion, ...]:
        taken: dict[str, Decimal] = {}
        for row in (*self._document["items"], *(self._document.get("shipping_methods") or ())):
            for adjustment in row.get("adjustments") or ():
                code = str(adjustment.get("code") or adjustment["id"])
                taken[code] = taken.get(code, Decimal(0)) + _decimal(adjustment, "amount")
        digits = exponent(self._currency)
        return tuple(
            Promotion(
                id=code,
                kind=PromotionKind.THRESHOLD,
                label=code,
                discount=int(amount.scaleb(digits).to_integral_value(ROUND_HALF_UP)),
            )
            for code, amount in sorted(taken.items())
        )


def currency_of(document: Mapping[str, Any]) -> str:
    """The order's currency; UnfitOrder where none or more than one is told."""
    told = {str(one.get("currency_code") or "") for one in (document.get("payment_collections") or ())}
    told = {str(document["currency_code"])} if document.get("currency_code") else told - {""}
    if len(told) != 1:
        raise UnfitOrder("currency_missing")
    return told.pop().upper()


def _contact(address: Mapping[str, Any], customer: Mapping[str, Any]) -> dict[str, str]:
    """Who it goes to. A Chinese name is written family name first and without a space."""
    given, family = (str(address.get(part) or customer.get(part) or "") for part in ("first_name", "last_name"))
    name = f"{given} {family}".strip() if (given + family).isascii() else f"{family}{given}"
    parts = (address.get(part) for part in ("province", "address_1", "address_2", "postal_code"))
    told = {
        "name": name,
        "phone": str(address.get("phone") or customer.get("phone") or ""),
        "city": str(address.get("city") or ""),
        "address": " ".join(str(part) for part in parts if part),
    }
    return {key: value for key, value in told.items() if value}


def _moment(text: object) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise UnfitOrder("unreadable") from error
    if moment.tzinfo is None:
        raise UnfitOrder("time_without_zone")
    return moment


def _perhaps(text: object) -> datetime | None:
    return _moment(text) if text else None


def _moments(rows: object, name: str) -> list[datetime]:
    return [_moment(row[name]) for row in rows if row.get(name)] if isinstance(rows, list) else []


def _newest(value: object) -> int:
    """The newest time at which anything in the document was made or changed, in milliseconds. `updated_at` of the
    order itself does not move when a payment is captured."""
    if isinstance(value, Mapping):
        own = [_moment(text) for key, text in value.items() if key in {"updated_at", "created_at"} and text]
        here = [int(moment.timestamp() * 1000) for moment in own]
        return max([*here, *(_newest(part) for part in value.values())], default=0)
    return max((_newest(part) for part in value), default=0) if isinstance(value, list) else 0
