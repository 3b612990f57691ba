"""A Medusa shop at the port, for tests: a true server on loopback that answers as a live one was recorded answering.

with medusa_shop() as shop:
    shop.next("POST refund", "lose_reply")
    ... the connector refunds ...
    assert shop.refunds("partially_refunded") == [...]

Orders begin as recorded (tests/recordings/medusa) and move as a live shop's do: it pays twice what is asked twice,
searches fuzzily, ignores filters it does not know, refunds on cancel, and refuses a cancel once something was shipped.
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.helpers.listening import listening

RECORDINGS = Path(__file__).resolve().parents[1] / "recordings" / "medusa"
STATES = (
    "authorized_not_captured",
    "paid_unfulfilled",
    "partially_captured",
    "fulfilled_not_shipped",
    "shipped",
    "delivered",
    "cancelled_before_capture",
    "cancelled_after_capture",
    "partially_refunded",
    "fully_refunded",
    "unpaid",
)
KEY = "sk_made_up"


def recorded(name: str) -> Any:
    """The body of a recorded response, decimals exact."""
    return json.loads((RECORDINGS / f"{name}.json").read_text("utf-8"), parse_float=Decimal)["body"]


def recorded_error(name: str) -> tuple[int, Any]:
    """Status and body of a recorded refusal."""
    whole = json.loads((RECORDINGS / f"{name}_ERROR.json").read_text("utf-8"))
    return whole["status"], whole["body"]


def after_recording(**span: float) -> datetime:
    """So long after the recorded orders moved last."""
    newest = max(_at(recorded(f"order_{state}")["order"]["updated_at"]) for state in STATES)
    return newest + timedelta(**span)


@dataclass
class MedusaShop:
    """`orders` by state name; `asked`: "METHOD path" of every request; `bodies`: what was posted, as it came."""

    url: str = ""
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    plans: deque[tuple[str, str]] = field(default_factory=deque)
    ignores_filters: bool = False
    before: dict[str, Callable[[], object]] = field(
        default_factory=dict
    )  # what happens just before a "cancel", "refund" or "order"
    hang: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, *plans: tuple[str, str]) -> None:
        """What happens to coming requests, in turn: (end of "METHOD path", what): lose_reply, lose_request, hang,
        error_500, busy, not_authorised, garbage."""
        self.plans.extend(plans)

    def number(self, state: str) -> str:
        return str(self.orders[state]["display_id"])

    def payment(self, state: str) -> dict[str, Any]:
        """The one payment of that order."""
        (collection,) = self.orders[state]["payment_collections"]
        (payment,) = collection["payments"]
        found: dict[str, Any] = payment
        return found

    def refunds(self, state: str) -> list[tuple[Decimal, str | None]]:
        """Amount and note of every refund there was."""
        return [(Decimal(str(one["amount"])), one["note"]) for one in self.payment(state)["refunds"]]

    def captured(self, state: str) -> None:
        """The merchant captures: as in a live shop the order's own `updated_at` does not move."""
        payment, order, at = self.payment(state), self.orders[state], after_recording(minutes=1).isoformat()
        capture = {"id": "capt_new", "payment_id": payment["id"], "created_at": at, "updated_at": at}
        payment["captures"].append({**capture, "amount": payment["amount"]})
        order["payment_status"] = "captured"

    def posts(self) -> list[str]:
        return [one for one in self.asked if one.startswith("POST")]

    # --- what a shop does ---------------------------------------------------------------------------------------

    def answer(self, method: str, path: str, query: dict[str, str], body: bytes) -> tuple[int, Any]:
        match [method, *path.strip("/").split("/")]:
            case ["GET", "admin", "orders"]:
                return 200, self._list(query)
            case ["GET", "admin", "orders", order_id]:
                self.before.get("order", lambda: None)()
                order = next((one for one in self.orders.values() if one["id"] == order_id), None)
                return (200, {"order": order}) if order else recorded_error("order_404")
            case ["GET", "admin", "payments", payment_id]:
                found = self._find_payment(payment_id)
                return (200, {"payment": found[1]}) if found else recorded_error("order_404")
            case ["POST", "admin", "payments", payment_id, "refund"]:
                return self._refund(payment_id, json.loads(body, parse_float=Decimal))
            case ["POST", "admin", "orders", order_id, "cancel"]:
                return self._cancel(next(one for one in self.orders.values() if one["id"] == order_id))
            case ["POST", "admin", "orders", order_id, "fulfillments", fulfilment_id, "cancel"]:
                return self._unpack(next(one for one in self.orders.values() if one["id"] == order_id), fulfilment_id)
        return recorded_error("order_404")

    def _list(self, query: dict[str, str]) -> dict[str, Any]:
        rows = list(self.orders.values())
        if "q" in query:
            rows = [one for one in rows if query["q"] in _searched(one)]
        for name in ("updated_at", "created_at"):
            since = query.get(f"{name}[$gte]")
            if since and not self.ignores_filters:
                rows = [one for one in rows if _at(one[name]) >= _at(since)]
        rows.sort(key=lambda one: _at(one[query.get("order", "created_at")]))
        offset, limit = int(query.get("offset", 0)), int(query.get("limit", 15))
        return {"orders": rows[offset : offset + limit], "count": len(rows), "offset": offset, "limit": limit}

    def _find_payment(self, payment_id: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
        for order in self.orders.values():
            for collection in order["payment_collections"]:
                for payment in collection["payments"]:
                    if payment["id"] == payment_id:
                        linked = {"id": collection["id"], "order": {"id": order["id"]}}
                        return order, {**payment, "payment_collection": linked}
        return None

    def _refund(self, payment_id: str, asked: dict[str, Any]) -> tuple[int, Any]:
        found = self._find_payment(payment_id)
        if found is None:
            return recorded_error("order_404")
        order, payment = found
        self.before.get("refund", lambda: None)()
        taken = sum(Decimal(str(one["amount"])) for one in payment["captures"])
        back = sum(Decimal(str(one["amount"])) for one in payment["refunds"])
        if asked["amount"] > taken - back:
            return recorded_error("payment_refund_over")
        self._pay_back(order, payment, Decimal(str(asked["amount"])), asked.get("note"))
        return 200, {"payment": payment}

    def _pay_back(self, order: dict[str, Any], payment: dict[str, Any], amount: Decimal, note: str | None) -> None:
        (template,) = recorded("order_partially_refunded")["order"]["payment_collections"][0]["payments"][0]["refunds"]
        refund = {**template, "id": f"ref_{len(self.asked)}", "amount": amount, "note": note}
        refund["raw_amount"] = {"value": str(amount), "precision": 20}
        payment["refunds"].append({**refund, "payment_id": payment["id"]})

    def _cancel(self, order: dict[str, Any]) -> tuple[int, Any]:
        self.before.get("cancel", lambda: None)()
        if order["status"] == "canceled":
            return recorded_error("order_cancel_twice")
        if any(not one["canceled_at"] for one in order["fulfillments"]):
            return recorded_error("order_cancel_shipped")
        for collection in order["payment_collections"]:
            for payment in collection["payments"]:
                taken = sum(Decimal(str(one["amount"])) for one in payment["captures"])
                back = sum(Decimal(str(one["amount"])) for one in payment["refunds"])
                if taken > back:
                    self._pay_back(order, payment, Decimal(taken - back), None)
        order |= {"status": "canceled", "canceled_at": order["updated_at"], "payment_status": "refunded"}
        return 200, {"order": {name: value for name, value in order.items() if name != "payment_collections"}}

    def _unpack(self, order: dict[str, Any], fulfilment_id: str) -> tuple[int, Any]:
        (one,) = (one for one in order["fulfillments"] if one["id"] == fulfilment_id)
        one["canceled_at"] = order["updated_at"]
        order["fulfillment_status"] = "not_fulfilled"
        return 200, {"order": order}


@contextmanager
def medusa_shop() -> Iterator[MedusaShop]:
    """A running shop; stopped, and whatever hangs let go, at the end."""
    shop = MedusaShop(orders={state: recorded(f"order_{state}")["order"] for state in STATES})
    with listening(_Server(shop), shop.hang) as shop.url:
        yield shop


def _searched(order: dict[str, Any]) -> str:
    """What `q` looks through: numbers, names, phones and addresses, all of them by any piece."""
    address = order.get("shipping_address") or {}
    return " ".join(str(part) for part in (order["display_id"], *address.values()) if part)


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text)


ERRORS: dict[str, tuple[int, Any]] = {
    "error_500": (500, {"type": "unknown_error", "message": "An unknown error occurred."}),
    "busy": (503, {}),
    "garbage": (200, "not json"),
}


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, shop: MedusaShop) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shop = shop


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self._take(b"")

    def do_POST(self) -> None:
        self._take(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _take(self, body: bytes) -> None:
        assert isinstance(self.server, _Server)
        shop, parts = self.server.shop, urlsplit(self.path)
        what = f"{self.command} {parts.path}"
        with shop.lock:
            shop.asked.append(what)
            shop.bodies += [body] if body else []
            plan = ""
            if (
                shop.plans
                and what.startswith(shop.plans[0][0].split(" ")[0])
                and what.endswith(shop.plans[0][0].split(" ")[1])
            ):
                plan = shop.plans.popleft()[1]
            if plan in ERRORS:
                return self._answer(*ERRORS[plan])
            if plan == "not_authorised":
                return self._answer(*recorded_error("order_401"))
            if plan == "lose_request":
                return self._drop()
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            status, told = shop.answer(self.command, parts.path, query, body)
        if plan == "hang":
            shop.hang.wait(10)
        if plan in {"hang", "lose_reply"}:
            return self._drop()
        return self._answer(status, told)

    def _answer(self, status: int, body: Any) -> None:
        content = body.encode() if isinstance(body, str) else dumps(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _drop(self) -> None:
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


def dumps(body: Any) -> bytes:
    """JSON with decimals as numbers, as Medusa writes them."""
    return json.dumps(body, default=lambda value: float(value)).encode()
