"""Speaks with a Medusa 2 shop: one order or payment found exactly, and what its refusals mean.

Its search is fuzzy and it ignores filters that it does not know, so what comes back is always compared here.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from desk.connectors.line import BUSY, Line, Reply, code_of
from desk.connectors.medusa_orders import FIELDS, number_of
from desk.connectors.ports import NeverSeen, NoAnswer, Refused, Unfit

MAX_ANSWER = 16 * 1024 * 1024  # its lists hold every line, asked for or not
SEARCH_PAGE, SEARCH_PAGES = 200, 5
# What its messages mean to us; the words themselves are never kept.
_PROBLEMS = (
    ("more than the captured amount", "insufficient"),
    ("fulfillments must be canceled", "already_shipped"),
    ("has been canceled", "already_cancelled"),
)
Document = dict[str, Any]


class MedusaCalls:
    """Its admin interface. Blocks; never raises for what the other side says or leaves unsaid."""

    def __init__(self, url: str, key: str, timeout_seconds: float) -> None:
        self._base = url.rstrip("/")
        self._line = Line((url,), timeout_seconds, most=MAX_ANSWER)
        token = base64.b64encode(f"{key}:".encode()).decode()
        self._headers = {"Authorization": f"Basic {token}", "Accept": "application/json"}

    @property
    def longest_call(self) -> float:
        """Seconds that one call may take."""
        return self._line.longest_call

    def by_number(self, number: str) -> Document | NeverSeen | Unfit | Refused | NoAnswer:
        """The one order of exactly that number among all that the search finds: `q` also matches phones, addresses
        and parts of numbers."""
        same: set[str] = set()
        for page in range(SEARCH_PAGES):
            found = self.get(
                "/admin/orders",
                {
                    "q": number,
                    "fields": "id,display_id,custom_display_id",
                    "order": "created_at",
                    "limit": str(SEARCH_PAGE),
                    "offset": str(page * SEARCH_PAGE),
                },
            )
            if not isinstance(found, dict):
                return found
            rows = found.get("orders") or []
            same |= {str(row["id"]) for row in rows if number_of(row) == number}
            if len(rows) < SEARCH_PAGE:
                break
        else:
            return Unfit("too_many_hits")
        if len(same) > 1:
            return Unfit("number_not_unique")
        return self.order(same.pop()) if same else NeverSeen()

    def order(self, order_id: str) -> Document | NeverSeen | Refused | NoAnswer:
        found = self.get(f"/admin/orders/{quote(order_id, safe='')}", {"fields": FIELDS})
        return _inner(found, "order")

    def payment(self, payment_id: str) -> Document | NeverSeen | Refused | NoAnswer:
        fields = {"fields": "id,currency_code,amount,*captures,*refunds"}
        return _inner(self.get(f"/admin/payments/{quote(payment_id, safe='')}", fields), "payment")

    def get(self, path: str, params: Mapping[str, str]) -> Document | NeverSeen | Refused | NoAnswer:
        reply = self._line.send("GET", f"{self._base}{path}", headers=self._headers, params=params)
        if not isinstance(reply, Reply):
            return reply
        if reply.status == 404:
            return NeverSeen()
        document = reply.document
        if reply.status != 200 or document is None:
            return NoAnswer("answer_unreadable" if reply.status == 200 else _status_code(reply.status))
        return document

    def post(self, path: str, body: bytes) -> Document | Refused | NoAnswer:
        """The document of a 2xx. A refusal is only what Medusa says in so many words; all else is not known."""
        reply = self._line.send("POST", f"{self._base}{path}", headers=self._headers, body=body)
        if not isinstance(reply, Reply):
            return reply
        status, document = reply.status, reply.document
        if status in BUSY:
            return Refused("busy", again=True, wait_seconds=reply.wait_seconds)
        if status in {401, 403}:
            return Refused("not_authorised", again=True)
        if 300 <= status < 400:
            return Refused("redirected", again=True)
        if 400 <= status < 500:
            return Refused(_problem(document or {}, status))
        if status >= 500 or document is None:
            return NoAnswer(f"status_{status}" if status >= 500 else "answer_unreadable")
        return document


def _inner(found: Document | NeverSeen | Refused | NoAnswer, name: str) -> Document | NeverSeen | Refused | NoAnswer:
    if not isinstance(found, dict):
        return found
    inside = found.get(name)
    return inside if isinstance(inside, dict) and inside.get("id") else NoAnswer("answer_unreadable")


def _problem(document: Document, status: int) -> str:
    said = str(document.get("message") or "")
    known = next((code for words, code in _PROBLEMS if words in said), None)
    if known is None and status == 404:
        return "not_found"
    return known or code_of(document.get("type"), status)


def _status_code(status: int) -> str:
    return "not_authorised" if status in {401, 403} else "busy" if status in BUSY else f"status_{status}"
