"""Which effects an act asks of other systems, after the abilities of the order's connector (DESIGN 1.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind, Effect, EffectKind, EffectState, LedgerEntry
from desk.domain.orders import Order, PromotionKind
from desk.domain.policy import Policy
from desk.domain.prescreen import has_shipped

EFFECT_OF = {
    BenefitKind.REFUND: EffectKind.REFUND,
    BenefitKind.GOODWILL: EffectKind.REFUND,
    BenefitKind.FREIGHT: EffectKind.REFUND,
    BenefitKind.COUPON: EffectKind.ISSUE_COUPON,
    BenefitKind.POINTS: EffectKind.ADD_POINTS,
    BenefitKind.GIFT: EffectKind.SEND_GIFT,
    BenefitKind.COUPON_BACK: EffectKind.RETURN_COUPON,
    BenefitKind.POINTS_BACK: EffectKind.RETURN_POINTS,
    BenefitKind.POINTS_TAKEN: EffectKind.TAKE_POINTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Makes the effects of one act: the command `command_id` on `order`, for `ticket_id`, at `now`."""

    order: Order
    policy: Policy
    command_id: str
    ticket_id: str | None
    now: datetime

    def cancel(self, entries: Iterable[LedgerEntry]) -> tuple[Effect, ...]:
        """The effects of cancelling the whole order: told to its source, what was paid goes back, stock is freed.

        What the source does by itself when told is not asked again (`Abilities.cancel_covers`); those entries settle
        with the cancel.
        """
        covers = self.policy.abilities(self.order.connector).cancel_covers
        kept = tuple(entries)
        # A receipt is money that the source does not know of.
        covered = [entry for entry in kept if EFFECT_OF[entry.kind] in covers and not entry.receipt_id]
        asked = [self._cancel_order(covered)]
        if EffectKind.STOP_SHIPMENT not in covers and self._goods_may_leave():
            asked.append(self._effect(EffectKind.STOP_SHIPMENT, "stop"))
        if EffectKind.RELEASE_STOCK not in covers:
            asked += self._stock()
        asked += [self.benefit(entry) for entry in kept if entry not in covered]
        return tuple(asked)

    def benefit(self, entry: LedgerEntry) -> Effect:
        """The effect that carries one ledger entry out."""
        by_hand = False
        payment = self.order.tender(entry.tender_id) if entry.tender_id else self.order.receipt(entry.receipt_id or "")
        if payment is not None:
            terms = self.policy.restitution.tenders.get(payment.method)
            by_hand = terms is None or not terms.refundable
        return self._effect(
            EFFECT_OF[entry.kind],
            entry.key,
            by_hand=by_hand,
            entry_key=entry.key,
            tender_id=entry.tender_id,
            receipt_id=entry.receipt_id,
            amount=entry.cost,
            units=entry.units,
            item=entry.item,
            data=self._reissue(entry),
        )

    def message(self, text_id: str, template: str) -> Effect:
        """The effect that sends the words kept under `text_id` to the customer."""
        connector = self.policy.messages.sms_connector
        return self._effect(EffectKind.SEND_MESSAGE, text_id, connector=connector, text_id=text_id, item=template)

    def handling(self, kind: EffectKind, subject: str, **facts: Any) -> Effect:
        """The effect that a handling option asks of another system; `subject` tells it from its others."""
        return self._effect(kind, subject, **facts)

    def _cancel_order(self, covered: list[LedgerEntry]) -> Effect:
        refunds = sum(entry.cost for entry in covered if entry.kind is BenefitKind.REFUND)
        return self._effect(EffectKind.CANCEL_ORDER, "cancel_order", amount=refunds)

    def _goods_may_leave(self) -> bool:
        """Whether there is something to stop: it was paid for and is not all signed."""
        return self.order.paid > 0 or has_shipped(self.order)

    def _stock(self) -> list[Effect]:
        """Reserved stock of each line is free again; what is under way comes back with its parcel."""
        if has_shipped(self.order):
            return []
        return [
            self._effect(
                EffectKind.RELEASE_STOCK, f"stock/{line.id}", line_id=line.id, units=line.stock_reserved, item=line.sku
            )
            for line in self.order.lines
            if line.stock_reserved > 0
        ]

    def _reissue(self, entry: LedgerEntry) -> dict[str, str]:
        """Tells a coupon that is still good from one that has to be made anew."""
        if entry.kind is not BenefitKind.COUPON_BACK:
            return {}
        coupon = next(
            (one for one in self.order.promotions if one.id == entry.item and one.kind is PromotionKind.COUPON), None
        )
        expired = coupon is not None and coupon.expires_at is not None and coupon.expires_at <= self.now
        return {"reissue": "yes"} if expired else {}

    def _effect(
        self, kind: EffectKind, subject: str, *, by_hand: bool = False, connector: str = "", **facts: Any
    ) -> Effect:
        name = connector or self.order.connector
        alone = kind in self.policy.abilities(name).performs and not by_hand
        return Effect(
            id=derived_id("effect", self.command_id, subject),
            order_id=self.order.id,
            ticket_id=self.ticket_id,
            connector=name,
            kind=kind,
            at=self.now,
            command_id=self.command_id,
            state=EffectState.PENDING if alone else EffectState.MANUAL,
            currency=self.order.currency,
            team=self.policy.effect_teams.get(kind, self.policy.default_team),
            next_at=self.now if alone else None,
            **facts,
        )
