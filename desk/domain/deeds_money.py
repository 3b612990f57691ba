"""Deeds of handling options that give money back: surplus, lines of parcels, all but freight, the whole order.

Every sum is a ledger entry of kind refund under a key of its cause and its line or receipt, so that two clicks, two
agents, a retry and a replay come to the same row; what goes back is bounded per payment and receipt (domain.surplus).
"""

from __future__ import annotations

from collections.abc import Iterable

from desk.domain.cancellation import cancelling, entry_of, not_reviewable, unclear
from desk.domain.changes import BenefitGranted, Change, EffectAsked
from desk.domain.deals import Deal, Done, chosen_lines, not_standing
from desk.domain.decisions import Refused
from desk.domain.ledger import BenefitKind, EffectKind
from desk.domain.line_refunds import LESS_FREIGHT, PARCEL, Part, parts_less_freight, parts_of_lines
from desk.domain.orders import Line, Order
from desk.domain.parcels import lines_in_trouble
from desk.domain.permissions import may_issue
from desk.domain.prescreen import prescreen
from desk.domain.restitution import Figure, free_key, surplus_figures


def refund_surplus(deal: Deal) -> Done | Refused:
    """What was received beyond what is due, by the way it came (MISSION 43, 44, 97)."""
    order, entries = deal.order, deal.entries
    refused = unclear(order, entries)
    if refused is not None:
        return refused
    figures = surplus_figures(order, entries, deal.setting.policy)
    return _refunded(deal, figures) if figures else Refused("no_surplus", {"order_id": order.id})


def refund_parcel(deal: Deal) -> Done | Refused:
    """The chosen lines, or those of the parcels in trouble, with their share of freight (MISSION 101, 103)."""
    order, entries = deal.order, deal.entries
    lines = chosen_lines(deal, lines_in_trouble(order))
    if isinstance(lines, Refused):
        return lines
    refused = not_standing(order) or unclear(order, entries) or reshipped(deal, lines)
    if refused is not None:
        return refused
    return _parts(deal, parts_of_lines(order, lines, entries), PARCEL)


def refund_less_freight(deal: Deal) -> Done | Refused:
    """Everything but freight: the customer refused it, and it was no fault of ours (MISSION 106)."""
    order, entries = deal.order, deal.entries
    refused = not_standing(order) or unclear(order, entries) or reshipped(deal, order.lines)
    if refused is not None:
        return refused
    return _parts(deal, parts_less_freight(order, entries), LESS_FREIGHT)


def cancel(deal: Deal) -> Done | Refused:
    """The whole order, by the rules of a cancel: whoever takes the option has looked (MISSION 101, 109)."""
    order, setting = deal.order, deal.setting
    if not may_issue(setting.policy, setting.actor.level, "CancelOrder"):
        return Refused("not_permitted", {"command": "CancelOrder", "level": setting.actor.level})
    verdict = prescreen(order, setting.policy, setting.now, deal.entries)
    if verdict.refund is None:
        return Refused(verdict.code, {"order_id": order.id})
    refused = not_reviewable(verdict, setting) or unclear(order, deal.entries) or reshipped(deal, order.lines)
    if refused is not None:
        return refused
    changes = cancelling(order, deal.ticket, verdict, setting, deal.command_id)
    return Done(changes=changes, amount=verdict.refund.refund)


def reshipped(deal: Deal, lines: Iterable[Line]) -> Refused | None:
    """Goods that are sent again are not paid back as well."""
    sent = {effect.line_id for effect in deal.asked(EffectKind.RESHIP)}
    again = next((line.id for line in lines if line.id in sent), None)
    return None if again is None else Refused("line_reshipped", {"line_id": again})


def _parts(deal: Deal, parts: tuple[Part, ...], cause: str) -> Done | Refused:
    if not parts:
        return Refused("nothing_left", {"order_id": deal.order.id})
    return _refunded(deal, [_figure(deal, part, cause) for part in parts])


def _figure(deal: Deal, part: Part, cause: str) -> Figure:
    key = free_key(deal.entries, deal.order.id, part.line_id or part.tender_id, _cause(part, cause))
    return Figure(
        rule=cause,
        kind=BenefitKind.REFUND,
        key=key,
        cost=part.amount,
        units=part.amount,
        tender_id=part.tender_id,
        line_id=part.line_id,
    )


def _cause(part: Part, cause: str) -> str:
    """A line may be paid with several payments: each has a key of its own."""
    return f"{cause}:{part.tender_id}" if part.line_id else cause


def _refunded(deal: Deal, figures: Iterable[Figure]) -> Done:
    order: Order = deal.order
    at, by = deal.setting.now, deal.setting.actor.id
    entries = [entry_of(figure, order, deal.ticket, deal.setting, deal.command_id) for figure in figures]
    changes: list[Change] = [BenefitGranted(at=at, by=by, entry=entry) for entry in entries]
    changes += [EffectAsked(at=at, by=by, effect=deal.planner.benefit(entry)) for entry in entries]
    return Done(changes=tuple(changes), amount=sum(entry.cost for entry in entries))
