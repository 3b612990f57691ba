"""Medusa 2 as an order system: found exactly, cancelled with its refund, refunded once, asked and heard for changes.

    [connectors.medusa]
    kind = "medusa"
    url = "https://shop.example"            # where its /admin lives
    key_file = "/run/secrets/medusa-key"    # a secret API key, sk_…; or key_env
    hook_secret_env = "MEDUSA_HOOK_SECRET"  # shared with its subscriber; without it no webhook is listened to
    shop = "Main shop"                      # what the desk calls it
    methods = { pp_stripe_stripe = "bank_card" }   # its payment providers as keys of policy's tenders; else by hand

Medusa has no idempotency: the same refund sent twice is paid twice. So our key goes into the refund's note, every
refund looks for that note first, and what got no answer is only read back. Its search is fuzzy and it ignores filters
that it does not know: what comes back is always compared here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from desk.connectors.line import Reply
from desk.connectors.medusa_calls import SEARCH_PAGES, Document, MedusaCalls
from desk.connectors.medusa_changes import Looks
from desk.connectors.medusa_orders import (
    UnfitOrder,
    currency_of,
    live_fulfilments,
    payments_of,
    read_order,
    summed,
)
from desk.connectors.options import require_known, take_secret
from desk.connectors.ports import (
    Accepted,
    Answer,
    Ask,
    ByHand,
    Changes,
    Confirmed,
    Fetched,
    Heard,
    NeverSeen,
    NoAnswer,
    OrderAsk,
    ReadBack,
    RefundAsk,
    Refused,
    StockAsk,
    Unfit,
)
from desk.domain.ledger import EffectKind
from desk.domain.money import MoneyError
from desk.domain.policy import Abilities

# What policy has to say of it (resources/policy/connectors.toml): its cancel refunds, frees stock and keeps what is
# packed from leaving; a cancel may be asked again, for a second one finds the first.
ABILITIES = Abilities(
    performs=frozenset({EffectKind.CANCEL_ORDER, EffectKind.REFUND}),
    cancel_covers=frozenset({EffectKind.REFUND, EffectKind.RELEASE_STOCK, EffectKind.STOP_SHIPMENT}),
    repeatable=frozenset({EffectKind.CANCEL_ORDER}),
    wait_seconds=60,
)
MOST_FULFILMENTS = 5
_CALLS = SEARCH_PAGES + MOST_FULFILMENTS + 3  # the most that one cancel makes
_KNOWN = frozenset(
    {"url", "shop", "methods", "timeout_seconds", "look_seconds", "overlap_seconds", "first_days", "look_back_hours"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MedusaSettings:
    """Where the shop is and how it is looked at. An update is looked for `overlap_seconds` back; payments of orders
    younger than `look_back_hours` are looked at apart, for their capture moves no `updated_at`."""

    url: str
    key: str = field(repr=False)
    hook_secret: str = field(default="", repr=False)
    shop: str = "Medusa"
    methods: Mapping[str, str] = field(default_factory=dict)
    timeout_seconds: float = 10.0
    look_seconds: float = 30.0
    overlap_seconds: float = 300.0
    first_days: float = 30.0
    look_back_hours: float = 48.0


def from_settings(options: dict[str, Any]) -> Medusa:
    """The connector of a table in connectors.toml. ValueError, TypeError or OSError where it cannot be used."""
    key, hook_secret = take_secret(options, "key"), take_secret(options, "hook_secret")
    require_known(options, _KNOWN)
    if not key:
        raise ValueError("key_file or key_env is missing")
    return Medusa(MedusaSettings(key=key, hook_secret=hook_secret, **options))


class Medusa:
    """Order and payment side, and source of orders."""

    def __init__(self, settings: MedusaSettings) -> None:
        self._settings = settings
        self._calls = MedusaCalls(settings.url, settings.key, settings.timeout_seconds)
        self._looks = Looks(
            self._calls.get,
            overlap=timedelta(seconds=settings.overlap_seconds),
            first=timedelta(days=settings.first_days),
            look_back=timedelta(hours=settings.look_back_hours),
        )

    @property
    def longest_call(self) -> float:
        """One act is several calls there."""
        return _CALLS * self._calls.longest_call

    @property
    def look_seconds(self) -> float:
        """How often to ask for changes."""
        return self._settings.look_seconds

    # --- acts ---------------------------------------------------------------------------------------------------

    def cancel(self, ask: OrderAsk) -> Answer:
        """Cancel the order; what was captured goes back by itself. What is packed is unpacked first."""
        order = self._calls.by_number(ask.order)
        if not isinstance(order, dict):
            return _not_begun(order)
        if order["status"] == "canceled":
            return _cancelled(order)
        under_way = live_fulfilments(order)
        if any(one.get("shipped_at") or one.get("delivered_at") for one in under_way):
            return Refused("already_shipped")
        if len(under_way) > MOST_FULFILMENTS:
            return ByHand()
        path = f"/admin/orders/{quote(str(order['id']), safe='')}"
        for one in under_way:
            undone = self._calls.post(f"{path}/fulfillments/{quote(str(one['id']), safe='')}/cancel", b"{}")
            if not isinstance(undone, dict):
                return undone
        done = self._calls.post(f"{path}/cancel", b"")
        if not isinstance(done, dict):
            return done
        after = self._calls.order(str(order["id"]))
        return _cancelled(after) if isinstance(after, dict) else Accepted(str(order["id"]))

    def refund(self, ask: RefundAsk) -> Answer:
        """Give money back on a payment, unless a refund under our key is there already."""
        payment = self._calls.payment(ask.payment)
        if not isinstance(payment, dict):
            return _not_begun(payment)
        currency = ask.amount.currency
        if str(payment.get("currency_code")).upper() != currency:
            return Refused("currency_differs")
        if (mine := _refund_of(payment, ask.key)) is not None:
            return Confirmed(mine)
        try:
            left = summed(payment.get("captures"), currency) - summed(payment.get("refunds"), currency)
        except MoneyError:
            return Refused("amount_not_exact")
        if left < ask.amount.amount:
            return Refused("insufficient")
        amount = format(ask.amount.decimal(), "f")  # a JSON number, written without a binary fraction
        body = f'{{"amount":{amount},"note":{json.dumps(_note(ask.key))}}}'.encode()
        done = self._calls.post(f"/admin/payments/{quote(ask.payment, safe='')}/refund", body)
        if not isinstance(done, dict):
            return done
        mine = _refund_of(done.get("payment") or {}, ask.key)
        return NoAnswer("answer_unreadable") if mine is None else Confirmed(mine)

    def stop_shipment(self, ask: OrderAsk) -> Answer:
        """Only together with a cancel."""
        return ByHand()

    def release_stock(self, ask: StockAsk) -> Answer:
        """Only together with a cancel."""
        return ByHand()

    def read_back(self, ask: Ask) -> ReadBack:
        """A refund by its note, a cancel by the order's state."""
        match ask:
            case RefundAsk():
                payment = self._calls.payment(ask.payment)
                if not isinstance(payment, dict):
                    return payment
                mine = _refund_of(payment, ask.key)
                return NeverSeen() if mine is None else Confirmed(mine)
            case OrderAsk(kind=EffectKind.CANCEL_ORDER):
                order = self._calls.by_number(ask.order)
                if not isinstance(order, dict):
                    return NoAnswer("not_found") if isinstance(order, NeverSeen | Unfit) else order
                return _cancelled(order) if order["status"] == "canceled" else NeverSeen()
            case _:
                return NoAnswer("no_read_back")

    # --- what it tells ------------------------------------------------------------------------------------------

    def changes(self, cursor: str, now: datetime) -> Changes | Refused | NoAnswer:
        """Orders that moved since, with an overlap, and young ones whose payment moved."""
        return self._looks.since(cursor, now)

    def fetch(self, key: str) -> Fetched:
        """One order by Medusa's id (order_…)."""
        order = self._calls.order(key)
        if not isinstance(order, dict):
            return order
        self._looks.seen(order)
        return self._read(order)

    def find(self, number: str) -> Fetched:
        """One order by exactly this number."""
        order = self._calls.by_number(number)
        return self._read(order) if isinstance(order, dict) else order

    def heard(self, body: bytes, headers: Mapping[str, str]) -> Heard | Refused | NoAnswer:
        """What its subscriber sent: an event's name and ids, signed over the body as it came (HMAC-SHA256, hex)."""
        if not self._settings.hook_secret:
            return Refused("no_hook")
        proof = hmac.new(self._settings.hook_secret.encode(), body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(proof.encode(), headers.get("x-signature", "").encode()):
            return Refused("bad_signature")
        data = (Reply(200, body).document or {}).get("data")
        if not isinstance(data, dict):
            return Refused("unreadable")
        told = str(data.get("order_id") or data.get("id") or "")
        if told.startswith("order_"):
            return Heard((told,))
        return self._of_payment(told) if told.startswith("pay_") else Heard(look=True)

    def _of_payment(self, payment_id: str) -> Heard | Refused | NoAnswer:
        fields = "id,payment_collection.id,payment_collection.order.id"
        found = self._calls.get(f"/admin/payments/{quote(payment_id, safe='')}", {"fields": fields})
        if isinstance(found, NeverSeen):
            return Heard(look=True)
        if not isinstance(found, dict):
            return found
        collection = (found.get("payment") or {}).get("payment_collection") or {}
        order_id = str((collection.get("order") or {}).get("id") or "")
        if not order_id:
            self._looks.payments_moved()
        return Heard((order_id,) if order_id else (), look=not order_id)

    # --- calls --------------------------------------------------------------------------------------------------

    def _read(self, order: Document) -> Fetched:
        try:
            return read_order(order, shop=self._settings.shop, methods=self._settings.methods)
        except UnfitOrder as error:
            return Unfit(str(error.args[0]))


def _not_begun(why: NeverSeen | Unfit | Refused | NoAnswer) -> Answer:
    """What to answer where only reading was tried: nothing was done, so the same may surely be asked again."""
    match why:
        case NeverSeen():
            return Refused("not_found")
        case Unfit():
            return ByHand()
        case NoAnswer(problem):
            return Refused(problem, again=True)
        case Refused():
            return why


def _cancelled(order: Document) -> Answer:
    """Cancelled is done once all that was captured is back."""
    try:
        currency = currency_of(order)
        held = [
            p for p in payments_of(order) if summed(p.get("captures"), currency) > summed(p.get("refunds"), currency)
        ]
    except (MoneyError, UnfitOrder):
        return Accepted(str(order["id"]))
    return Accepted(str(order["id"])) if held else Confirmed(str(order["id"]))


def _refund_of(payment: Document, key: str) -> str | None:
    """The id of the refund under our key."""
    refunds = payment.get("refunds") or ()
    return next((str(one["id"]) for one in refunds if one.get("note") == _note(key)), None)


def _note(key: str) -> str:
    return f"order-desk {key}"
