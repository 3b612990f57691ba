"""A shop's sides spoken to as JSON over HTTP: every act is a resource under our own key.

    PUT  {url}/{path}/{key}   with the act's facts   ->  2xx {"state", "reference"?, "problem"?}
    GET  {url}/{path}/{key}                          ->  the same, or 404 where the key was never seen

`path` is one of PATHS, `state` one of confirmed, accepted, refused; amounts are integer minor units with a currency.
A problem comes as 4xx (with {"problem"}) or inside a 200. Each side may live under a URL of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import requests

from desk.connectors.line import BUSY, Line, Reply, check_url, code_of
from desk.connectors.ports import (
    Accepted,
    Answer,
    Ask,
    BenefitAsk,
    Confirmed,
    HandlingAsk,
    MessageAsk,
    NeverSeen,
    NoAnswer,
    OrderAsk,
    ReadBack,
    RefundAsk,
    Refused,
    StockAsk,
)
from desk.domain.ledger import EffectKind

# kind -> (side, path)
PATHS: Mapping[EffectKind, tuple[str, str]] = {
    EffectKind.CANCEL_ORDER: ("orders", "cancellations"),
    EffectKind.STOP_SHIPMENT: ("orders", "shipment-stops"),
    EffectKind.RELEASE_STOCK: ("orders", "stock-releases"),
    EffectKind.REFUND: ("payments", "refunds"),
    EffectKind.SEND_MESSAGE: ("messages", "messages"),
    EffectKind.ISSUE_COUPON: ("promotions", "coupons"),
    EffectKind.ADD_POINTS: ("promotions", "points"),
    EffectKind.SEND_GIFT: ("promotions", "gifts"),
    EffectKind.RETURN_COUPON: ("promotions", "coupon-returns"),
    EffectKind.RETURN_POINTS: ("promotions", "point-returns"),
    EffectKind.TAKE_POINTS: ("promotions", "point-deductions"),
    EffectKind.MARK_PAID: ("orders", "paid-marks"),
    EffectKind.PAYMENT_LINK: ("payments", "payment-links"),
    EffectKind.RESHIP: ("orders", "reshipments"),
    EffectKind.CHANGE_CONTACT: ("orders", "contact-changes"),
    EffectKind.REDIRECT_PARCEL: ("orders", "redirections"),
    EffectKind.ALLOCATE_STOCK: ("orders", "allocations"),
    EffectKind.RESYNC_ORDER: ("orders", "resyncs"),
    EffectKind.URGE_PARCEL: ("orders", "urgings"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpShopSettings:
    """Where the sides are and how they behave. `urls` is by side (orders, payments, messages, promotions)."""

    url: str
    urls: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default="", repr=False)
    timeout_seconds: float = 10.0
    reads_back: frozenset[EffectKind] = frozenset(EffectKind)

    def __post_init__(self) -> None:
        for url in (self.url, *self.urls.values()):
            check_url(url)


class HttpShop:
    """Order, payment, message and promotion side in one; not for several threads at once on one `session`."""

    def __init__(self, settings: HttpShopSettings, session: requests.Session | None = None) -> None:
        self._settings = settings
        self._line = Line((settings.url, *settings.urls.values()), settings.timeout_seconds, session=session)

    @property
    def longest_call(self) -> float:
        """To connect, to wait for the first word, and for the last."""
        return self._line.longest_call

    def cancel(self, ask: OrderAsk) -> Answer:
        """Cancel the order there."""
        return self._put(ask, {"tracking": list(ask.tracking)})

    def stop_shipment(self, ask: OrderAsk) -> Answer:
        """Keep the order from leaving, or its parcels from arriving."""
        return self._put(ask, {"tracking": list(ask.tracking)})

    def release_stock(self, ask: StockAsk) -> Answer:
        """Let go what is reserved."""
        return self._put(ask, {"sku": ask.sku, "quantity": ask.quantity})

    def refund(self, ask: RefundAsk) -> Answer:
        """Give money back on the payment it came by."""
        body = {"tender": ask.tender, "payment": ask.payment, "method": ask.method}
        return self._put(ask, {**body, "amount": ask.amount.amount, "currency": ask.amount.currency})

    def send(self, ask: MessageAsk) -> Answer:
        """Send words to a phone."""
        return self._put(ask, {"phone": ask.phone, "text": ask.text})

    def give(self, ask: BenefitAsk) -> Answer:
        """Issue a coupon, points or a gift."""
        return self._put(ask, _benefit(ask))

    def put_back(self, ask: BenefitAsk) -> Answer:
        """Put back a coupon or points that were used."""
        return self._put(ask, _benefit(ask))

    def handle(self, ask: HandlingAsk) -> Answer:
        """Whatever else handling needs: only what the ask names is in the body."""
        return self._put(ask, _handling(ask))

    def read_back(self, ask: Ask) -> ReadBack:
        """What became of it; NoAnswer where the side cannot be asked by key."""
        if ask.kind not in self._settings.reads_back:
            return NoAnswer("no_read_back")
        return self._call("GET", ask, None)

    def _put(self, ask: Ask, facts: dict[str, Any]) -> Answer:
        answer = self._call("PUT", ask, {"key": ask.key, "kind": ask.kind.value, "order": ask.order, **facts})
        return Refused("not_found") if isinstance(answer, NeverSeen) else answer

    def _call(self, method: str, ask: Ask, body: dict[str, Any] | None) -> ReadBack:
        side, path = PATHS[ask.kind]
        base = self._settings.urls.get(side, self._settings.url).rstrip("/")
        headers = {"Authorization": f"Bearer {self._settings.key}", "X-Request-Id": ask.key}
        reply = self._line.send(
            method,
            f"{base}/{path}/{quote(ask.key, safe='')}",
            headers=headers,
            body=None if body is None else json.dumps(body).encode(),
        )
        return _read(reply, asked=method == "GET") if isinstance(reply, Reply) else reply


def _benefit(ask: BenefitAsk) -> dict[str, Any]:
    facts: dict[str, Any] = {"customer": ask.customer, "item": ask.item, "units": ask.units}
    if ask.amount is not None:
        facts |= {"amount": ask.amount.amount, "currency": ask.amount.currency}
    return facts


def _handling(ask: HandlingAsk) -> dict[str, Any]:
    named = {"line": ask.line, "sku": ask.sku, "quantity": ask.quantity, "tracking": ask.tracking}
    facts: dict[str, Any] = {name: value for name, value in named.items() if value}
    if ask.amount is not None:
        facts |= {"amount": ask.amount.amount, "currency": ask.amount.currency}
    if ask.paid:
        facts["paid"] = [{"payment": one.payment, "method": one.method, "amount": one.amount} for one in ask.paid]
    return {**facts, "details": dict(ask.details)}


def _read(reply: Reply, *, asked: bool) -> ReadBack:
    """The answer in a reply. What cannot be read was perhaps done: NoAnswer, never Refused."""
    status, body = reply.status, reply.document
    if asked and status == 404:
        return NeverSeen()
    if status in BUSY:
        return NoAnswer("busy") if asked else Refused("busy", again=True, wait_seconds=reply.wait_seconds)
    if 400 <= status < 500:
        if asked:
            return NoAnswer(f"status_{status}")
        # Ours to mend (a key that ran out): nothing was done, and the same may be asked again.
        return Refused("not_authorised", again=True) if status in {401, 403} else Refused(_code(body, status))
    if 300 <= status < 400:
        return NoAnswer("redirected") if asked else Refused("redirected", again=True)
    if status >= 500 or body is None:
        return NoAnswer(f"status_{status}" if status >= 500 else "answer_unreadable")
    return _state(body)


def _state(body: dict[str, Any]) -> ReadBack:
    reference = str(body.get("reference") or "")[:200]
    match body.get("state"):
        case "confirmed":
            return Confirmed(reference)
        case "accepted":
            return Accepted(reference)
        case "refused":
            return Refused(_code(body, 200), again=body.get("again") is True)
        case _:
            return NoAnswer("answer_unreadable")


def _code(body: dict[str, Any] | None, status: int) -> str:
    return code_of((body or {}).get("problem") or (body or {}).get("code"), status)
