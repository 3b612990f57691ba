"""Takes in an order as its source tells it: newer versions only, and nothing that the desk gave or did is undone."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.case import Book, Case
from desk.domain.changes import Change, OrderTold
from desk.domain.commands import TellOrder, text_id
from desk.domain.contacts import contact_flags
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.evolve import evolve
from desk.domain.loading import Gathering
from desk.domain.orders import GoodsFlag, Line, Order, OrderState, Parcel, Receipt, SystemState, Tender
from desk.domain.policy import ContactPolicy
from desk.domain.rule import Setting, rule
from desk.domain.tickets import Ticket
from desk.domain.urgency import rescheduled


def load_told(book: Book, command: TellOrder, setting: Setting) -> Case:
    """The order as known so far with all that hangs on it."""
    gathering = Gathering(book)
    gathering.order(command.order.id)
    return gathering.case()


@rule(TellOrder, load_told)
def tell_order(case: Case, command: TellOrder, setting: Setting) -> Decision:
    """Accepted with what is new. A version that is known or older is `older_version`: late news changes nothing."""
    known = case.find(Order, command.order.id)
    told = _judged(command, known, setting.policy.contacts)
    if known is not None and told.source_version <= known.source_version:
        return Refused("older_version", {"known": known.source_version, "told": told.source_version})
    if command.remark:
        told = replace(told, remark_id=told.remark_id or text_id(command.id, "remark"))
    order = told if known is None else merged(known, told)
    changes: tuple[Change, ...] = (OrderTold(at=setting.now, by=setting.actor.id, order=order),)
    after = evolve(case, changes)
    for ticket in case.of_order(Ticket, order.id):
        if ticket.is_open:
            change = rescheduled(setting.policy, ticket, after.get(Order, order.id), setting.now, setting.actor.id)
            changes = changes if change is None else (*changes, change)
    return Accepted(changes)


def _judged(command: TellOrder, known: Order | None, policy: ContactPolicy) -> Order:
    """The order with what is wrong with its contact: judged here, whatever the source says of it (MISSION 115). Where
    no contact is told, the one known stands, and what was found of it."""
    order = command.order
    if not command.contact:
        flags = known.contact_flags if known is not None else frozenset()
    else:
        flags = contact_flags(command.contact, policy, delivered=_is_delivered(order))
    return order if flags == order.contact_flags else replace(order, contact_flags=flags)


def _is_delivered(order: Order) -> bool:
    return not order.pickup and not all(GoodsFlag.DIGITAL in line.flags for line in order.lines)


def merged(known: Order, told: Order) -> Order:
    """What the source tells, with what the desk knows better.

    An order that the desk cancelled stays cancelled whatever its source still believes, and what was refunded is never
    less than it was; a payment that went back is kept though the source forgets it. Receipts are the payment side's to
    tell, states of systems theirs, counts the warehouse's: a source that does not name them takes none away.
    """
    cancelled = known.state is OrderState.CANCELLED
    tenders = tuple(_merged_tender(known.tender(tender.id), tender) for tender in told.tenders)
    forgotten = tuple(t for t in known.tenders if t.refunded > 0 and told.tender(t.id) is None)
    return replace(
        told,
        state=OrderState.CANCELLED if cancelled else told.state,
        cancelled_at=known.cancelled_at if cancelled else told.cancelled_at,
        lines=tuple(_merged_line(known, line, cancelled) for line in told.lines),
        tenders=(*tenders, *forgotten),
        receipts=_merged_receipts(known, told),
        parcels=tuple(_merged_parcel(known, parcel) for parcel in told.parcels),
        systems=_merged_systems(known, told),
        remark_id=told.remark_id or known.remark_id,
    )


def _merged_receipts(known: Order, told: Order) -> tuple[Receipt, ...]:
    merged = {receipt.id: receipt for receipt in known.receipts}
    for receipt in told.receipts:
        before = merged.get(receipt.id, receipt)
        merged[receipt.id] = replace(
            receipt,
            refunded=max(before.refunded, receipt.refunded),
            refunded_elsewhere=max(before.refunded_elsewhere, receipt.refunded_elsewhere),
        )
    return tuple(merged.values())


def _merged_parcel(known: Order, told: Parcel) -> Parcel:
    """What a carrier promised stands until it promises something else."""
    before = next((parcel for parcel in known.parcels if parcel.id == told.id), None)
    return told if before is None or told.due_at else replace(told, due_at=before.due_at)


def _merged_systems(known: Order, told: Order) -> tuple[SystemState, ...]:
    """The newest word of each system."""
    merged = {said.system: said for said in known.systems}
    for said in told.systems:
        if said.system not in merged or merged[said.system].at <= said.at:
            merged[said.system] = said
    return tuple(merged.values())


def _merged_tender(known: Tender | None, told: Tender) -> Tender:
    if known is None:
        return told
    return replace(
        told,
        refunded=max(known.refunded, told.refunded),
        refunded_elsewhere=max(known.refunded_elsewhere, told.refunded_elsewhere),
    )


def _merged_line(known: Order, told: Line, cancelled: bool) -> Line:
    before = next((line for line in known.lines if line.id == told.id), None)
    if before is None:
        return told
    counted = before.stock_counted if told.stock_counted is None else told.stock_counted
    cancelled_now = told.quantity if cancelled else max(before.cancelled, told.cancelled)
    return replace(told, cancelled=cancelled_now, stock_counted=counted)
