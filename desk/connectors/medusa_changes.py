"""Which orders of a Medusa shop may have changed: by their time with an overlap, and young ones by their payment.

`updated_at` moves with address, fulfilment, shipment, delivery, refund and return, and not when a payment is captured.
So every few minutes the payment states of young orders are listed too, and what is not as it was fetched last is said.
A page goes on from the time of its last row: counting rows instead would skip some while others move to the end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from desk.connectors.ports import Changes, NeverSeen, NoAnswer, Refused

PAGE = 100
_MOST_YOUNG = 50  # pages
_PAYMENTS_EVERY = timedelta(minutes=5)
Found = dict[str, Any] | NeverSeen | Refused | NoAnswer
Get = Callable[[str, Mapping[str, str]], Found]


class Looks:
    """Asks by `get`, a GET of the connector. Used by one thread; `seen` and `payments_moved` by any."""

    def __init__(self, get: Get, *, overlap: timedelta, first: timedelta, look_back: timedelta) -> None:
        self._get = get
        self._overlap = overlap
        self._first = first
        self._look_back = look_back
        self._payments: dict[str, str] = {}  # order -> payment state as it was fetched last
        self._payments_at: datetime | None = None

    def seen(self, order: Mapping[str, Any]) -> None:
        """An order was fetched."""
        self._payments[str(order["id"])] = str(order.get("payment_status"))

    def payments_moved(self) -> None:
        """A payment moved, and whose is not known: look at once."""
        self._payments_at = None

    def since(self, cursor: str, now: datetime) -> Changes | Refused | NoAnswer:
        """The next page of changes. A cursor is a time, in the midst of many pages with how many rows of that very time
        are behind us."""
        text, _, skipped = cursor.partition(" ")
        known = datetime.fromisoformat(text) if text else now - self._first
        start, offset = (known, int(skipped)) if skipped else (known - self._overlap, 0)
        rows = self._rows({"updated_at[$gte]": _text(start), "order": "updated_at"}, "updated_at", start, offset)
        if isinstance(rows, Refused | NoAnswer):
            return rows
        keys = tuple(str(row["id"]) for row in rows)
        last = max([known, *(datetime.fromisoformat(row["updated_at"]) for row in rows)])
        if len(rows) == PAGE:
            further = f"{_text(last)} 0" if last > start else f"{_text(start)} {offset + PAGE}"
            return Changes(keys, further, more=True)
        young = self._young(now)
        if isinstance(young, Refused | NoAnswer):
            return young
        return Changes((*keys, *(key for key in young if key not in keys)), _text(last))

    def _young(self, now: datetime) -> list[str] | Refused | NoAnswer:
        """Young orders whose payment is not as it was fetched last."""
        if self._payments_at is not None and now < self._payments_at + _PAYMENTS_EVERY:
            return []
        start, states = now - self._look_back, dict[str, str]()
        for page in range(_MOST_YOUNG):
            rows = self._rows(
                {"created_at[$gte]": _text(start), "order": "created_at"}, "created_at", start, page * PAGE
            )
            if isinstance(rows, Refused | NoAnswer):
                return rows
            states |= {str(row["id"]): str(row.get("payment_status")) for row in rows}
            if len(rows) < PAGE:
                break
        self._payments = {key: state for key, state in self._payments.items() if key in states}
        self._payments_at = now
        return [key for key, state in states.items() if self._payments.get(key) != state]

    def _rows(
        self, asked: Mapping[str, str], name: str, start: datetime, offset: int
    ) -> list[dict[str, Any]] | Refused | NoAnswer:
        """One page; NoAnswer where the filter was plainly ignored, as Medusa does with what it does not know."""
        fields = "id,created_at,updated_at,payment_status"
        found = self._get("/admin/orders", {**asked, "fields": fields, "limit": str(PAGE), "offset": str(offset)})
        if isinstance(found, Refused | NoAnswer):
            return found
        rows = found.get("orders") if isinstance(found, dict) else None
        try:
            times = [datetime.fromisoformat(row[name]) for row in rows or ()]
        except (KeyError, TypeError, ValueError):
            return NoAnswer("answer_unreadable")
        if not isinstance(rows, list):
            return NoAnswer("answer_unreadable")
        if any(time < start for time in times) or times != sorted(times):
            return NoAnswer("filter_ignored")
        return rows


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
