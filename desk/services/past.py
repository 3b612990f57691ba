"""What a customer had before: asked of the centre when a case is opened, for a replica holds too little to count."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QObject

from desk.domain import budgets
from desk.domain.case import NotHere
from desk.domain.ledger import Budget, BudgetKind, budget_key
from desk.domain.money import Money
from desk.services.reader import Reader
from desk.services.workplace import SignedOut, Workplace
from desk.storage.projection import Past
from desk.sync.account import Account
from desk.sync.problems import SyncProblem

_log = structlog.get_logger("desk.past")


class Pasts(QObject):
    """UI thread. Asks once per customer and sign-in; a change set on the customer's "private" key says that it came."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = workplace
        self._asked: set[str] = set()

    def want(self, customer_id: str, order_id: str) -> None:
        """The case in hand shows this customer; `order_id` is an order of theirs."""
        if self._place.online and customer_id not in self._asked:
            self._asked.add(customer_id)
            self._place.jobs.spawn(self._fetch(customer_id, order_id), "past of a customer")

    async def _fetch(self, customer_id: str, order_id: str) -> None:
        try:
            visit = await self._place.jobs.net(Account(self._place.lane("look")).order, order_id)
            past = visit.past if visit else None
            if past is not None:
                await self._place.with_store(
                    lambda store: store.read(lambda view: _keep(view.projection.pasts, customer_id, past))
                )
                self._place.changes.announce({("private", customer_id)})
        except SyncProblem as problem:
            _log.info("past not fetched", code=problem.code)
            self._asked.discard(customer_id)
        except SignedOut:
            self._asked.discard(customer_id)


def _keep(pasts: dict[str, Past], customer_id: str, past: Past) -> None:
    pasts[customer_id] = past


def past_of(reader: Reader, customer_id: str) -> Past | None:
    """What the centre said of this customer, if it was asked already."""
    return reader.view.projection.pasts.get(customer_id)


def customer_given(reader: Reader, customer_id: str | None, currency: str) -> Money | None:
    """Goodwill that the customer got in this period; None where this desk cannot know."""
    if customer_id is None:
        return None
    period = budgets.period_of(reader.policy, reader.now)
    try:
        found = reader.book.get("budget", budget_key(BudgetKind.CUSTOMER, customer_id, period, currency))
    except NotHere:
        return None
    return Money(found.spent + found.leased, currency) if isinstance(found, Budget) else Money(0, currency)
