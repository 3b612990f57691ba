"""The closed vocabulary of facts that playbooks and detection read, and the facts of one case at one moment.

A fact that is not known here is left out: absence means unknown, never no. Facts hold nothing personal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.domain.ledger import LedgerEntry
from desk.domain.order_facts import goods_facts, payment_facts, stock_facts, system_facts, whole_order_facts
from desk.domain.order_stages import Manner, OrderStage, stage_of
from desk.domain.orders import Order, OrderState
from desk.domain.parcel_facts import parcel_facts
from desk.domain.playbooks import FactValue
from desk.domain.policy import Policy
from desk.domain.tasks import Block, Task, TaskState
from desk.domain.tickets import Channel, Ticket

Facts = Mapping[str, FactValue]


class FactKind(StrEnum):
    """What a fact's value is: `flag` is a bool, `code` and `text` and `moment` (ISO 8601, UTC) are str, the rest whole
    numbers; `money` is minor units of the order's currency."""

    FLAG = "flag"
    COUNT = "count"
    MONEY = "money"
    MINUTES = "minutes"
    HOURS = "hours"
    PERCENT = "percent"
    CODE = "code"
    TEXT = "text"
    MOMENT = "moment"


NUMBERS = frozenset({FactKind.COUNT, FactKind.MONEY, FactKind.MINUTES, FactKind.HOURS, FactKind.PERCENT})


@dataclass(frozen=True, slots=True)
class FactSpec:
    """One word of the vocabulary. `says`: for whoever writes a playbook; `codes`: the values there are, () for any."""

    kind: FactKind
    says: str
    codes: tuple[str, ...] = ()


_FLAG, _COUNT, _MONEY, _CODE, _TEXT = FactKind.FLAG, FactKind.COUNT, FactKind.MONEY, FactKind.CODE, FactKind.TEXT
_MINUTES, _HOURS, _MOMENT = FactKind.MINUTES, FactKind.HOURS, FactKind.MOMENT

FACTS: Mapping[str, FactSpec] = {
    # the order as a whole
    "has_order": FactSpec(_FLAG, "there is an order (the only fact that a ticket without one has of it)"),
    "order_number": FactSpec(_TEXT, "the order's number, or the one that the contact named"),
    "order_stage": FactSpec(_CODE, "how far the order came", tuple(OrderStage)),
    "state": FactSpec(_CODE, "the order's state", tuple(OrderState)),
    "order_minutes": FactSpec(_MINUTES, "minutes since the order was made"),
    "store": FactSpec(_TEXT, "the store it belongs to"),
    "pickup": FactSpec(_FLAG, "it is picked up at a store"),
    "value": FactSpec(_MONEY, "what is at stake: what was paid, or would be"),
    "is_high_value": FactSpec(_FLAG, "the value is at least policy.facts.high_value"),
    "tier": FactSpec(_CODE, "the customer's tier"),
    "is_valued": FactSpec(_FLAG, "high value, or a tier of policy.facts.valued_tiers"),
    "has_remark": FactSpec(_FLAG, "the customer left a remark"),
    "freight": FactSpec(_MONEY, "what the customer paid for freight"),
    # goods
    "skus": FactSpec(_TEXT, "the articles' numbers"),
    "prices": FactSpec(_TEXT, "unit prices of the lines, in their order"),
    "pieces": FactSpec(_COUNT, "pieces not cancelled"),
    "largest_quantity": FactSpec(_COUNT, "most pieces of one line"),
    "discount_percent": FactSpec(FactKind.PERCENT, "promotions as a part of the price before them"),
    "has_fresh": FactSpec(_FLAG, "some goods are fresh"),
    "has_custom": FactSpec(_FLAG, "some goods are made to measure"),
    # payment
    "paid": FactSpec(_FLAG, "the order system knows it as paid"),
    "paid_at": FactSpec(_MOMENT, "when it was paid, as the order system has it"),
    "due_amount": FactSpec(_MONEY, "what the order costs: lines and freight, nothing once cancelled"),
    "received": FactSpec(_MONEY, "what was paid in, whichever side says so, refunds not taken off"),
    "receipts": FactSpec(_COUNT, "payments that the payment side has"),
    "receipts_unmatched": FactSpec(_COUNT, "payments of the payment side that the order does not know"),
    "surplus": FactSpec(_MONEY, "received beyond what is due and not given back yet"),
    "shortfall": FactSpec(_MONEY, "due beyond what was received"),
    "surplus_same_amount": FactSpec(_FLAG, "one of the payments beyond has the amount of another: paid twice"),
    "minutes_since_received": FactSpec(_MINUTES, "minutes since the last payment came in"),
    "unpaid_minutes": FactSpec(_MINUTES, "minutes that an unpaid order waits"),
    "payment_methods": FactSpec(_TEXT, "how it was paid"),
    "payment_references": FactSpec(_TEXT, "numbers of the payments"),
    "refunded": FactSpec(_MONEY, "what the payment side gave back"),
    # stock
    "lines_short": FactSpec(_COUNT, "lines for which there are not goods enough"),
    "lines_unreserved": FactSpec(_COUNT, "lines with fewer pieces reserved than ordered"),
    "skus_short": FactSpec(_TEXT, "articles of the short lines"),
    "stock_available_min": FactSpec(_COUNT, "least stock of any line, as the system has it"),
    "stock_counted_min": FactSpec(_COUNT, "least stock of any line, as somebody counted it"),
    "stock_differs": FactSpec(_FLAG, "system and count differ"),
    # shipping and parcels
    "packed": FactSpec(_FLAG, "packed"),
    "shipped": FactSpec(_FLAG, "something of it is with a carrier"),
    "signed": FactSpec(_FLAG, "all of it was signed for"),
    "wave_at": FactSpec(_MOMENT, "the ship wave it is planned for"),
    "parcels": FactSpec(_COUNT, "parcels"),
    "carriers": FactSpec(_TEXT, "carriers"),
    "trackings": FactSpec(_TEXT, "tracking numbers"),
    "parcel_hours_silent": FactSpec(_HOURS, "hours since the last scan of the parcel that is silent longest"),
    "parcel_late_hours": FactSpec(_HOURS, "hours past the carrier's own date, 0 before it"),
    "parcel_due_at": FactSpec(_MOMENT, "when the carrier said that it would arrive"),
    "parcel_last_code": FactSpec(_CODE, "the last scan of that parcel"),
    "parcel_last_at": FactSpec(_MOMENT, "when that was"),
    "parcel_last_place": FactSpec(_TEXT, "where that was"),
    "parcel_scans": FactSpec(_COUNT, "scans of that parcel"),
    "parcel_out_for_delivery": FactSpec(_FLAG, "a courier has it"),
    "parcel_lost": FactSpec(_FLAG, "the carrier says that one is lost"),
    "parcel_damaged": FactSpec(_FLAG, "the carrier says that one is damaged"),
    "parcel_harmed": FactSpec(_FLAG, "the carrier says that one is lost or damaged"),
    "parcel_moves_elsewhere": FactSpec(_FLAG, "another source saw the parcel after the last scan (row 17)"),
    "refused": FactSpec(_FLAG, "the customer refused one"),
    # customer and systems
    "contact_bad_phone": FactSpec(_FLAG, "the phone cannot be one"),
    "contact_bad_address": FactSpec(_FLAG, "the address cannot be delivered to"),
    "blocked": FactSpec(_FLAG, "the customer is blocked"),
    "systems": FactSpec(_COUNT, "systems that told their state"),
    "systems_said": FactSpec(_TEXT, "what each system says"),
    "systems_differ": FactSpec(_FLAG, "they do not say the same (policy.facts.system_words)"),
    "systems_lag_minutes": FactSpec(_MINUTES, "between the oldest and the newest word of the systems"),
    # the case
    "channel": FactSpec(_CODE, "how the contact came in", tuple(Channel)),
    "manner": FactSpec(_CODE, "the order deviates or is stalled", tuple(Manner)),
    "chased": FactSpec(_COUNT, "times that the customer asked again"),
    "ticket_minutes": FactSpec(_MINUTES, "minutes since the ticket was opened"),
    "finding": FactSpec(_CODE, "the rule of detection that raised it"),
    "orders_together": FactSpec(_COUNT, "orders of the same address or phone that detection saw together"),
    "numbers_together": FactSpec(_TEXT, "their numbers"),
    "finding_gone": FactSpec(_FLAG, "what detection saw is no longer so"),
    "tasks_open": FactSpec(_COUNT, "tasks of other teams under way"),
    "tasks_done": FactSpec(_COUNT, "tasks that other teams did"),
    "tasks_declined": FactSpec(_COUNT, "tasks that other teams could not do"),
}


def facts_of(
    order: Order | None,
    *,
    ticket: Ticket | None = None,
    entries: Iterable[LedgerEntry] = (),
    tasks: Iterable[Task] | None = (),
    block: Block | None = None,
    blocks_known: bool = True,
    policy: Policy,
    now: datetime,
) -> Facts:
    """What is known of a case at `now`. `entries` is the order's whole ledger; `tasks` the ticket's, None where they
    are not known here; `blocks_known` False where a block could stand elsewhere."""
    is_none = order is None and ticket is not None and ticket.order_id is None
    found: dict[str, FactValue] = {"has_order": not is_none} if order is not None or is_none else {}
    if order is not None:
        found |= _order(order, tuple(entries), policy, now)
    if order is not None or is_none:
        found["order_stage"] = str(stage_of(order))
    if blocks_known and (order is not None or block is not None):
        found["blocked"] = block is not None and block.holds(now)
    if ticket is not None:
        found |= _ticket(ticket, now)
    if tasks is not None:
        found |= _tasks(tuple(tasks))
    return {name: value for name, value in found.items() if value != ""}


def _order(order: Order, entries: tuple[LedgerEntry, ...], policy: Policy, now: datetime) -> dict[str, FactValue]:
    found = whole_order_facts(order, policy, now)
    for part in (
        goods_facts(order),
        payment_facts(order, entries, now),
        stock_facts(order),
        parcel_facts(order, now),
        system_facts(order, policy),
    ):
        found |= part
    return found


def _ticket(ticket: Ticket, now: datetime) -> dict[str, FactValue]:
    found: dict[str, FactValue] = {
        "channel": str(ticket.channel),
        "manner": ticket.manner,
        "chased": ticket.chased,
        "ticket_minutes": max(0, int((now - ticket.opened_at).total_seconds() // 60)),
        "finding": ticket.finding.rule if ticket.finding else "",
    }
    if ticket.order_number:
        found["order_number"] = ticket.order_number
    if ticket.finding is not None:
        found["finding_gone"] = ticket.finding.gone_at is not None
        together = ticket.finding.saw.get("orders")
        if isinstance(together, int):
            found |= {"orders_together": together, "numbers_together": str(ticket.finding.saw.get("numbers", ""))}
    return found


def _tasks(tasks: tuple[Task, ...]) -> dict[str, FactValue]:
    return {
        "tasks_open": sum(task.is_open for task in tasks),
        "tasks_done": sum(task.state is TaskState.DONE for task in tasks),
        "tasks_declined": sum(task.state is TaskState.DECLINED for task in tasks),
    }
