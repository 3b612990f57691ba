"""Deeds of handling options about goods and parcels: sent again, found elsewhere, redirected, stopped, urged.

What was asked once is not asked again while it is under way; where doing it twice would cost goods, not at all. Where
it goes (address, phone) is in the command's private inputs: effects name their id and nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from desk.domain.deals import Deal, Done, asking, chosen_lines, not_standing
from desk.domain.decisions import Refused
from desk.domain.ledger import Effect, EffectKind
from desk.domain.line_refunds import was_refunded
from desk.domain.option_inputs import CONTACT
from desk.domain.orders import Line, OrderState
from desk.domain.parcels import lines_in_trouble, under_way
from desk.domain.prescreen import has_shipped
from desk.domain.surplus import left_of


def reship(deal: Deal) -> Done | Refused:
    """Send the lines again (MISSION 103). What was paid back is not sent again, and once is enough."""
    order = deal.order
    lines = chosen_lines(deal, lines_in_trouble(order))
    if isinstance(lines, Refused):
        return lines
    refused = not_standing(order)
    if refused is None and not has_shipped(order):
        refused = Refused("not_shipped", {"order_id": order.id})
    if refused is not None:
        return refused
    sent = {effect.line_id for effect in deal.asked(EffectKind.RESHIP)}
    for line in lines:
        if was_refunded(line.id, deal.entries) or _all_went_back(deal):
            return Refused("line_refunded", {"line_id": line.id})
        if line.id in sent:
            return Refused("line_reshipped", {"line_id": line.id})
    return asking(deal, _by_line(deal, EffectKind.RESHIP, lines))


def _all_went_back(deal: Deal) -> bool:
    """Whether nothing of what was paid is here any more, whoever gave it back."""
    order, entries = deal.order, deal.entries
    return order.paid > 0 and not any(left_of(order, tender, entries) for tender in order.tenders)


def allocate(deal: Deal) -> Done | Refused:
    """Take the goods from another channel's stock (MISSION 102)."""
    order = deal.order
    refused = not_standing(order) or _shipped(deal)
    if refused is not None:
        return refused
    lines = chosen_lines(deal, [line for line in order.lines if _is_short(line)] or order.lines)
    if isinstance(lines, Refused):
        return lines
    asked = {effect.line_id for effect in deal.asked(EffectKind.ALLOCATE_STOCK)}
    waiting = [line for line in lines if line.id not in asked]
    if not waiting:
        return Refused("asked_already", {"kind": EffectKind.ALLOCATE_STOCK})
    return asking(deal, _by_line(deal, EffectKind.ALLOCATE_STOCK, waiting))


def change_contact(deal: Deal) -> Done | Refused:
    """Another address or phone, as long as nothing has left (MISSION 107)."""
    refused = not_standing(deal.order, paid=False) or _shipped(deal)
    refused = refused or _contact_missing(deal) or _asked_already(deal, EffectKind.CHANGE_CONTACT)
    if refused is not None:
        return refused
    return asking(deal, [_handling(deal, EffectKind.CHANGE_CONTACT, "contact")])


def redirect(deal: Deal) -> Done | Refused:
    """Another address or phone for what is on its way (MISSION 107)."""
    return _contact_missing(deal) or _by_parcel(deal, EffectKind.REDIRECT_PARCEL)


def urge(deal: Deal) -> Done | Refused:
    """Ask the carrier's depot to see to it (MISSION 105)."""
    return _by_parcel(deal, EffectKind.URGE_PARCEL)


def stop(deal: Deal) -> Done | Refused:
    """Ask the carrier to bring it back (MISSION 107, M5)."""
    order = deal.order
    refused = not_standing(order, paid=False)
    if refused is None and (not has_shipped(order) or order.state in (OrderState.SIGNED, OrderState.COMPLETED)):
        refused = Refused("nothing_under_way", {"order_id": order.id})
    if refused is None and deal.asked(EffectKind.STOP_SHIPMENT):
        refused = Refused("asked_already", {"kind": EffectKind.STOP_SHIPMENT})
    if refused is not None:
        return refused
    return asking(deal, [_handling(deal, EffectKind.STOP_SHIPMENT, "stop")])


def resync(deal: Deal) -> Done | Refused:
    """The order's systems tell it to one another again (MISSION 61)."""
    refused = _asked_already(deal, EffectKind.RESYNC_ORDER)
    return refused or asking(deal, [_handling(deal, EffectKind.RESYNC_ORDER, "resync")])


def _by_line(deal: Deal, kind: EffectKind, lines: Iterable[Line]) -> list[Effect]:
    return [
        deal.planner.handling(
            kind,
            f"{kind}/{line.id}",
            line_id=line.id,
            units=line.quantity - line.cancelled,
            item=line.sku,
            data=deal.told,
            text_id=deal.inputs_id,
        )
        for line in lines
    ]


def _by_parcel(deal: Deal, kind: EffectKind) -> Done | Refused:
    order = deal.order
    parcels = under_way(order, deal.line_ids)
    if not parcels:
        return Refused("nothing_under_way", {"order_id": order.id})
    asked = {effect.item for effect in deal.under_way(kind)}
    waiting = [parcel for parcel in parcels if parcel.tracking not in asked]
    if not waiting:
        return Refused("asked_already", {"kind": kind})
    return asking(deal, [_handling(deal, kind, f"{kind}/{one.id}", one.tracking) for one in waiting])


def _handling(deal: Deal, kind: EffectKind, subject: str, item: str = "") -> Effect:
    return deal.planner.handling(kind, subject, item=item, data=deal.told, text_id=deal.inputs_id)


def _asked_already(deal: Deal, kind: EffectKind) -> Refused | None:
    return Refused("asked_already", {"kind": kind}) if deal.under_way(kind) else None


def _contact_missing(deal: Deal) -> Refused | None:
    if any(deal.inputs.get(name, "").strip() for name in CONTACT):
        return None
    return Refused("input_missing", {"input": CONTACT[0]})


def _shipped(deal: Deal) -> Refused | None:
    return Refused("shipped_already", {"order_id": deal.order.id}) if has_shipped(deal.order) else None


def _is_short(line: Line) -> bool:
    missing = line.quantity - line.cancelled - line.stock_reserved
    return missing > 0 or (line.stock_available is not None and line.stock_available < 0)
