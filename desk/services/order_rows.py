"""The order in full as view rows: stages, lines, tenders, promotions, parcels."""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.domain.ledger import BenefitKind, EntryState, LedgerEntry
from desk.domain.money import Money
from desk.domain.order_facts import state_said
from desk.domain.orders import Order, OrderState, Parcel, Tender
from desk.domain.policy import ParcelPolicy
from desk.domain.receipts import unmatched
from desk.domain.restitution import Restitution, restitution
from desk.services import rows
from desk.services.reader import Reader
from desk.services.rows import StageRow

_UNSETTLED = frozenset({EntryState.ASKED, EntryState.UNKNOWN})


def order_row(reader: Reader, order: Order) -> rows.OrderRow:
    """The order as it is now, refunds asked included."""
    currency = order.currency
    entries = reader.hanging(order.id, LedgerEntry)
    back = restitution(order, entries, reader.policy, reader.now)
    return rows.OrderRow(
        id=order.id,
        number=order.number,
        shop=order.shop,
        state=order.state,
        created_at=order.created_at,
        total=Money(order.value, currency),
        stages=stages(order),
        lines=tuple(
            rows.LineRow(
                id=line.id,
                title=line.title,
                sku=line.sku,
                quantity=line.quantity,
                cancelled=line.cancelled,
                unit_price=Money(line.unit_price, currency),
                paid=Money(line.paid, currency),
                flags=line.flags,
                reserved=line.stock_reserved,
                available=line.stock_available,
                counted=line.stock_counted,
            )
            for line in order.lines
        ),
        tenders=tuple(_tender(reader, order, tender, entries) for tender in order.tenders),
        promotions=tuple(
            rows.PromotionRow(
                kind=str(promotion.kind),
                label=promotion.label,
                discount=Money(promotion.discount, currency),
                points=promotion.points,
                expires_at=promotion.expires_at,
                back=_comes_back(back, promotion.id),
            )
            for promotion in order.promotions
        ),
        parcels=tuple(_parcel(parcel, reader.policy.parcels, reader.now) for parcel in order.parcels),
        freight=Money(order.freight, currency) if order.freight else None,
        remark=reader.words(order.remark_id),
        store=_one_name(reader.store_names(order.store_id)),
        pickup=order.pickup,
        receipts=_receipts(reader, order),
        systems=tuple(
            rows.SystemRow(
                system=one.system,
                state=one.state,
                at=one.at,
                differs=state_said(one, reader.policy) not in (None, str(order.state)),
            )
            for one in order.systems
        ),
    )


def stages(order: Order) -> tuple[StageRow, ...]:
    """The stage bar: what is done, where it stands, what is ahead."""
    if order.state is OrderState.CANCELLED:
        done = [("created", order.created_at), ("paid", order.paid_at), ("shipped", order.shipped_at)]
        passed = [StageRow(key=key, state="done", at=at) for key, at in done if at is not None]
        return (*passed, StageRow(key="cancelled", state="now", at=order.cancelled_at))
    steps: list[tuple[str, datetime | None]] = [
        ("created", order.created_at),
        ("paid", order.paid_at),
        ("stock", order.packed_at),
        ("shipped", order.shipped_at),
        ("signed", order.signed_at),
    ]
    reached = {
        OrderState.UNPAID: 1,
        OrderState.PAID: 2,
        OrderState.SHIPPED: 3 if order.shipped_at is None else 4,
        OrderState.SIGNED: 5,
        OrderState.COMPLETED: 5,
    }[order.state]
    made = []
    for place, (key, at) in enumerate(steps):
        state = "done" if place < reached else "now" if place == reached else "ahead"
        note = ("packed" if order.packed_at else "not_packed") if key == "stock" and state == "now" else ""
        made.append(StageRow(key=key, state=state, at=at, note=note))
    return tuple(made)


def _tender(reader: Reader, order: Order, tender: Tender, entries: list[LedgerEntry]) -> rows.TenderRow:
    money_back = (BenefitKind.REFUND, BenefitKind.GOODWILL)
    asked = sum(
        entry.cost
        for entry in entries
        if entry.tender_id == tender.id and entry.kind in money_back and entry.state in _UNSETTLED
    )
    return rows.TenderRow(
        id=tender.id,
        names=reader.tender(tender.method),
        paid=Money(tender.paid, order.currency),
        refunded=Money(tender.refunded, order.currency),
        asked=Money(asked, order.currency) if asked else None,
        reference=tender.reference,
        paid_at=tender.paid_at,
    )


def _receipts(reader: Reader, order: Order) -> tuple[rows.ReceiptRow, ...]:
    strange = {receipt.id for receipt in unmatched(order)}
    return tuple(
        rows.ReceiptRow(
            id=receipt.id,
            names=reader.tender(receipt.method),
            amount=Money(receipt.amount, order.currency),
            at=receipt.at,
            reference=receipt.reference,
            refunded=Money(receipt.refunded, order.currency) if receipt.refunded else None,
            surplus=receipt.id in strange,
        )
        for receipt in order.receipts
    )


def _comes_back(back: Restitution, promotion_id: str) -> str:
    return next((figure.rule for figure in back.figures if figure.item == promotion_id), "")


def _parcel(parcel: Parcel, policy: ParcelPolicy, now: datetime) -> rows.ParcelRow:
    newest_first = tuple(
        rows.ScanRow(at=scan.at, place=scan.place, text=scan.text, code=scan.code) for scan in reversed(parcel.trace)
    )
    last = parcel.trace[-1].at if parcel.trace else parcel.shipped_at
    silent = now - last if last is not None and parcel.signed_at is None else timedelta(0)
    return rows.ParcelRow(
        id=parcel.id,
        carrier=parcel.carrier,
        tracking=parcel.tracking,
        trace=newest_first,
        shipped_at=parcel.shipped_at,
        signed_at=parcel.signed_at,
        due_at=parcel.due_at,
        stale_hours=int(silent.total_seconds() // 3600) if silent >= timedelta(hours=policy.silent_hours) else None,
    )


def _one_name(names: rows.Names) -> str:
    return " / ".join(dict.fromkeys(names.values()))
