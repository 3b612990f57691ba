"""What the shop tells of a sale: its own plan, and what its systems did for the desk (refunds, stops, cancels)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

import requests

from desk.demo.handled import SideAct as SideAct
from desk.demo.handled import corrected, handled
from desk.demo.orders import Sale, Telling
from desk.domain.orders import Order, OrderState, Receipt, Tender

_ENDS_THE_PLAN = frozenset({"cancellations", "shipment-stops", "paid-marks"})


class SidesBook:
    """Asks the sides what they did. One thread."""

    def __init__(self, url: str, key: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {key}"}
        self._session = requests.Session()
        self._session.trust_env = False

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def acts(self) -> dict[str, tuple[SideAct, ...]]:
        """All acts by order number; none where there are no sides or they do not answer."""
        if not self._url:
            return {}
        try:
            answer = self._session.get(f"{self._url}/acts", headers=self._headers, timeout=5)
            answer.raise_for_status()
            rows = answer.json()["acts"]
        except requests.RequestException:
            return {}  # they will be told next time
        found: dict[str, list[SideAct]] = defaultdict(list)
        for row in rows:
            at = datetime.fromisoformat(row["at"])
            act = SideAct(row["path"], row["order"], at, row["facts"], row["key"])
            found[act.order].append(act)
        return {number: tuple(acts) for number, acts in found.items()}


def tell(sale: Sale, now: datetime, acts: Iterable[SideAct] = ()) -> Telling:
    """The sale at `now` with what was done about it: a stopped or cancelled order goes no further."""
    done = [act for act in acts if act.at <= now]
    ends = [act.at for act in done if act.path in _ENDS_THE_PLAN]
    telling = sale.at(min([now, *ends]))
    order = replace(
        telling.order,
        tenders=tuple(_refunded(tender, done) for tender in telling.order.tenders),
        receipts=tuple(_given_back(receipt, done) for receipt in telling.order.receipts),
    )
    order = handled(order, done)
    cancels = [act.at for act in done if act.path == "cancellations"]
    if cancels and order.state is not OrderState.CANCELLED:
        order = _cancelled(order, min(cancels))
    order = replace(order, source_version=sale.version(min([now, *ends])) + len(done))
    return replace(telling, order=order, contact=corrected(telling.contact, done))


def _refunded(tender: Tender, acts: Iterable[SideAct]) -> Tender:
    amounts = [act.facts["amount"] for act in acts if act.path == "refunds" and act.facts.get("tender") == tender.id]
    return replace(tender, refunded=min(tender.paid, tender.refunded + sum(amounts)))


def _given_back(receipt: Receipt, acts: Iterable[SideAct]) -> Receipt:
    """What the payment side gave back of it, whether the shop knew of it or not."""
    amounts = [act.facts["amount"] for act in acts if act.path == "refunds" and act.facts.get("tender") == receipt.id]
    return replace(receipt, refunded=min(receipt.amount, receipt.refunded + sum(amounts)))


def _cancelled(order: Order, at: datetime) -> Order:
    lines = tuple(replace(line, cancelled=line.quantity, stock_reserved=0) for line in order.lines)
    return replace(order, state=OrderState.CANCELLED, cancelled_at=at, lines=lines, points_earned=0)
