"""The walk: what desks ask of a live Medusa shop, step by step, with what the shop itself then shows.

The true centre, effects worker and connector; between connector and shop a line that loses replies when told to. The
centre's clock is moved over its waits.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

from desk.central.book import CentreBook
from desk.central.effects import EffectsWorker
from desk.central.sourcing import SourcesWorker
from desk.central.verify import verify
from desk.connectors.medusa import Medusa
from desk.connectors.ports import OrderAsk, Refused, ShopOrder
from desk.domain.commands import CancelOrder, ClaimTicket, GrantCompensation, SetReason
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind, Effect, EffectKind, EffectState
from desk.domain.orders import Order, OrderState
from desk.domain.tickets import Ticket
from tests.helpers.cases import LIUYANG, seed_policy
from tests.helpers.edge import Centre
from tests.helpers.fault_proxy import Fault, FaultProxy
from tools.medusa.merchant import ORDERS, Merchant

SOURCE = "medusa"
_HOOK_SECONDS = 30


class Wrong(Exception):
    """A step did not come out as it has to."""


@dataclass
class Walk:
    """One walk over a shop that `Merchant.fill` filled; `ids` by state."""

    centre: Centre
    merchant: Merchant
    medusa: Medusa
    line: FaultProxy
    ids: dict[str, str]
    steps: int = field(default=0)

    def run(self) -> None:
        """All steps. Raises Wrong at the first that fails."""
        for step in (
            self.orders_come_in,
            self.find,
            self.webhook,
            self.cancel,
            self.cancel_after_partial_refund,
            self.cancel_packed,
            self.partial_refund,
            self.shipped_cannot_cancel,
            self.lost_reply_of_a_refund,
            self.lost_reply_of_a_cancel,
            self.no_idempotency_upstream,
            self.books_hold,
        ):
            self.steps += 1
            print(f"\n{self.steps}. {(step.__doc__ or '').strip()}", flush=True)
            step()

    # --- steps --------------------------------------------------------------------------------------------------

    def orders_come_in(self) -> None:
        """Orders come in by looking, each in its state."""
        self._look()
        for state, *_ in ORDERS:
            order = self._order(self.ids[state])
            paid, back = order.paid, sum(tender.refunded for tender in order.tenders)
            self._say(
                f"#{order.number:3} {state:26} -> {order.state:10} paid {paid:6} refunded {back:6} {order.currency}"
            )
        self._check(self._order(self.ids["delivered"]).state is OrderState.SIGNED, "delivered is signed")
        self._check(self._order(self.ids["partially_refunded"]).tenders[0].refunded == 5050, "50.50 is 5050 fen")

    def find(self) -> None:
        """Find by number: exactly one, though the shop's search is fuzzy."""
        number = self._number(self.ids["authorized_not_captured"])
        hits = self.merchant.get("/admin/orders", q=number, fields="id,display_id")["count"]
        found = self.medusa.find(number)
        self._say(f"GET /admin/orders?q={number} finds {hits}; the connector takes #{number} alone")
        self._check(isinstance(found, ShopOrder) and found.order.number == number, "exactly that order")
        self._check(hits > 1, "the search is fuzzy indeed")

    def webhook(self) -> None:
        """A new order and its capture arrive by webhook, without a look."""
        order_id = self.merchant.place("林晓")
        self._await("order.placed brought the order", lambda: self._known(order_id) is not None)
        self.merchant.capture(order_id)
        self._await("payment.captured brought the payment", lambda: self._order(order_id).paid == 31100)

    def cancel(self) -> None:
        """Cancel a paid order: the shop refunds by itself, and nothing else is asked."""
        order = self._order(self.ids["paid_unfulfilled"])
        asked = self._cancelled(order)
        self._settle(asked, EffectState.CONFIRMED)
        self._refunded_once(self.ids["paid_unfulfilled"], Decimal(311))

    def cancel_after_partial_refund(self) -> None:
        """Cancel after a partial refund: only the rest goes back."""
        order_id = self.ids["partially_refunded"]
        self._settle(self._cancelled(self._order(order_id)), EffectState.CONFIRMED)
        refunds = self.merchant.refunds(order_id)
        self._say(f"upstream: {[str(amount) for amount, _ in refunds]}")
        self._check(sum(amount for amount, _ in refunds) == Decimal(651), "651.00 in all, as was paid")

    def cancel_packed(self) -> None:
        """Cancel what is packed: unpacked first, then cancelled with its refund."""
        order_id = self.ids["fulfilled_not_shipped"]
        self._settle(self._cancelled(self._order(order_id)), EffectState.CONFIRMED)
        self._refunded_once(order_id, Decimal(311))

    def partial_refund(self) -> None:
        """A partial refund of 10.50 on a delivered order."""
        order_id = self.ids["delivered"]
        effect = self._goodwill(order_id, 1050)
        self._settle(effect, EffectState.CONFIRMED)
        self._refunded_once(order_id, Decimal("10.5"))
        self._look()
        self._check(self._order(order_id).tenders[0].refunded == 1050, "told by the shop too, and counted once")

    def shipped_cannot_cancel(self) -> None:
        """What was shipped cannot be cancelled: refused with a code, by us before asking and by the shop."""
        order_id = self.ids["shipped"]
        ask = OrderAsk(kind=EffectKind.CANCEL_ORDER, key="walk", order=self._number(order_id))
        answer = self.medusa.cancel(ask)
        status, body = self.merchant.raw("POST", f"/admin/orders/{order_id}/cancel", {})
        self._say(f"the connector: {answer}; the shop: {status} {body.get('message')}")
        self._check(answer == Refused("already_shipped"), "already_shipped")
        self._check(status == 400 and self.merchant.refunds(order_id) == [], "nothing was refunded")

    def lost_reply_of_a_refund(self) -> None:
        """The reply of a refund is lost: it is read back, never asked again."""
        order_id = self.ids["shipped"]
        effect = self._goodwill(order_id, 2000)
        payment = self.merchant.payment(order_id)["id"]
        lost = self.line.next(f"POST /admin/payments/{payment}/refund", Fault.SWALLOW)
        self._work()
        self._check(lost.is_set(), "the shop answered, and the answer was lost")
        self._settle(effect, EffectState.UNKNOWN, work=False)
        self.centre.clock.pass_(seed_policy().abilities(SOURCE).wait_seconds)
        self._settle(effect, EffectState.CONFIRMED)
        posts = self.line.of(f"POST /admin/payments/{payment}/refund")
        self._say(f"POST …/refund went over the line {len(posts)} time(s)")
        self._check(len(posts) == 1, "asked once")
        self._refunded_once(order_id, Decimal(20))

    def lost_reply_of_a_cancel(self) -> None:
        """The reply of a cancel is lost: the order is looked at, and its money went back once."""
        order_id = self.merchant.place("何静")
        self.merchant.capture(order_id)
        self._await("the order is in", lambda: self._known(order_id) is not None and self._order(order_id).paid > 0)
        lost = self.line.next(f"POST /admin/orders/{order_id}/cancel", Fault.SWALLOW)
        effect = self._cancelled(self._order(order_id))
        self._work()
        self._check(lost.is_set(), "the shop answered, and the answer was lost")
        self._settle(effect, EffectState.UNKNOWN, work=False)
        self.centre.clock.pass_(seed_policy().abilities(SOURCE).wait_seconds)
        self._settle(effect, EffectState.CONFIRMED)
        self._refunded_once(order_id, Decimal(311))

    def no_idempotency_upstream(self) -> None:
        """Why all this: the same refund sent twice to the shop itself is paid twice."""
        order_id = self.merchant.place("马超")
        self.merchant.capture(order_id)
        for _ in range(2):
            self.merchant.refund(order_id, Decimal("1.5"), "the same note")
        refunds = self.merchant.refunds(order_id)
        self._say(f"upstream: {[(str(amount), note) for amount, note in refunds]}")
        self._check(len(refunds) == 2, "the shop paid twice; the connector never sends twice")

    def books_hold(self) -> None:
        """The centre's books hold."""
        broken = list(verify(self.centre.service.store.engine))
        self._check(not broken, f"every invariant ({broken or 'none broken'})")

    # --- what people and workers do -----------------------------------------------------------------------------

    def _look(self) -> None:
        """One look of the sources worker, a minute after the last."""
        self.centre.clock.now = max(self.centre.clock.pass_(60), datetime.now(UTC))
        SourcesWorker(self.centre.service).step(self.centre.clock.now)

    def _work(self) -> None:
        service = self.centre.service
        worker = EffectsWorker(service.store, service.applier, service.connectors, random.Random(1))  # noqa: S311
        worker.step(self.centre.clock.now)

    def _in_hand(self, order: Order) -> str:
        ticket_id = self.centre.ticket(order.id)
        if self.centre.get(Ticket, ticket_id).holder != LIUYANG.id:
            self.centre.do(ClaimTicket(id=self.centre.ids(), ticket_id=ticket_id), LIUYANG)
        self.centre.do(SetReason(id=self.centre.ids(), ticket_id=ticket_id, reason="no_longer_wanted"), LIUYANG)
        return ticket_id

    def _cancelled(self, order: Order) -> Effect:
        """A supervisor cancels; the one effect on the shop."""
        ticket_id = self._in_hand(order)
        cancel = CancelOrder(id=self.centre.ids(), order_id=order.id, ticket_id=ticket_id, reviewed=True)
        self.centre.do(cancel, LIUYANG)
        effects = [one for one in self.centre.effects(order_id=order.id) if one.connector == SOURCE]
        self._say(f"asked of the shop: {[str(one.kind) for one in effects]}")
        self._check([one.kind for one in effects] == [EffectKind.CANCEL_ORDER], "one cancel and no refund")
        return effects[0]

    def _goodwill(self, order_id: str, units: int) -> Effect:
        """A supervisor gives money back to the payment; its effect."""
        order = self._order(order_id)
        ticket_id = self._in_hand(order)
        grant = GrantCompensation(
            id=self.centre.ids(),
            order_id=order.id,
            ticket_id=ticket_id,
            kind=BenefitKind.GOODWILL,
            units=units,
            cause=seed_policy().compensation.causes[0].key,
            sequence=1,
            tender_id=order.tenders[0].id,
        )
        self.centre.do(grant, LIUYANG)
        (effect,) = self.centre.effects(EffectKind.REFUND, order.id)
        return effect

    # --- what is there ------------------------------------------------------------------------------------------

    def _number(self, order_id: str) -> str:
        return str(self.merchant.order(order_id)["display_id"])

    def _known(self, order_id: str) -> Order | None:
        wanted = derived_id("order", SOURCE, self._number(order_id))
        with self.centre.service.store.reading() as connection:
            found = CentreBook(connection).get("order", wanted)
        return found if isinstance(found, Order) else None

    def _order(self, order_id: str) -> Order:
        found = self._known(order_id)
        if found is None:
            raise Wrong(f"{order_id} is not at the centre")
        return found

    # --- saying -------------------------------------------------------------------------------------------------

    def _settle(self, effect: Effect, state: EffectState, *, work: bool = True) -> None:
        if work:
            self._work()
        now = self.centre.get(Effect, effect.id)
        self._say(f"{now.kind}: {now.state} {now.problem} {now.reference}".rstrip())
        self._check(now.state is state, str(state))

    def _refunded_once(self, order_id: str, amount: Decimal) -> None:
        refunds = self.merchant.refunds(order_id)
        self._say(f"upstream: {[(str(paid), note) for paid, note in refunds]}")
        self._check([paid for paid, _ in refunds] == [amount], f"exactly one refund upstream, of {amount}")

    def _await(self, what: str, holds: Callable[[], bool]) -> None:
        ends = time.monotonic() + _HOOK_SECONDS
        while not holds():
            if time.monotonic() > ends:
                raise Wrong(f"not within {_HOOK_SECONDS} s: {what}")
            time.sleep(0.2)
        self._check(True, what)

    def _say(self, text: str) -> None:
        print(f"   {text}", flush=True)

    def _check(self, holds: bool, what: str) -> None:
        if not holds:
            raise Wrong(what)
        print(f"   ok: {what}", flush=True)
