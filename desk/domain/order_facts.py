"""Facts of an order: what it is, what was paid for it, whether the goods are there, what the systems say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from desk.domain.ledger import LedgerEntry
from desk.domain.money import exponent
from desk.domain.orders import GoodsFlag, Line, Order, OrderState, SystemState
from desk.domain.playbooks import FactValue
from desk.domain.policy import Policy
from desk.domain.prescreen import has_shipped
from desk.domain.receipts import matched, unmatched
from desk.domain.surplus import standings

_MINUTE = 60


def whole_order_facts(order: Order, policy: Policy, now: datetime) -> dict[str, FactValue]:
    """State, worth, customer's tier, remark, and what is wrong with the contact."""
    high = policy.facts.high_value.get(order.currency)
    found: dict[str, FactValue] = {
        "order_number": order.number,
        "state": str(order.state),
        "order_minutes": _minutes(order.created_at, now),
        "store": order.store_id or "",
        "pickup": order.pickup,
        "value": order.value,
        "tier": order.tier,
        "has_remark": order.remark_id is not None,
        "freight": order.freight,
        "contact_bad_phone": any(flag.startswith("phone") for flag in order.contact_flags),
        "contact_bad_address": any(flag.startswith("address") for flag in order.contact_flags),
    }
    is_high = high is not None and order.value >= high
    is_valued = is_high or order.tier in policy.facts.valued_tiers
    if high is not None:
        found["is_high_value"] = is_high
    if is_valued or high is not None:
        found["is_valued"] = is_valued
    return found


def goods_facts(order: Order) -> dict[str, FactValue]:
    """What was ordered, in articles, pieces and prices."""
    lines = [line for line in order.lines if line.cancelled < line.quantity]
    digits = exponent(order.currency)
    full = sum(promotion.discount for promotion in order.promotions) + sum(line.paid for line in order.lines)
    discount = sum(promotion.discount for promotion in order.promotions)
    return {
        "skus": _listed(line.sku for line in lines),
        "prices": ", ".join(str(Decimal(line.unit_price).scaleb(-digits)) for line in lines),
        "pieces": sum(line.quantity - line.cancelled for line in lines),
        "largest_quantity": max((line.quantity - line.cancelled for line in lines), default=0),
        "discount_percent": discount * 100 // full if full else 0,
        "has_fresh": order.has(GoodsFlag.FRESH),
        "has_custom": order.has(GoodsFlag.CUSTOM),
    }


# --- payment -----------------------------------------------------------------------------------------------------


def payment_facts(order: Order, entries: tuple[LedgerEntry, ...], now: datetime) -> dict[str, FactValue]:
    """What is due, what came in by whichever side says so, and what is too much or too little of it."""
    own, beyond = matched(order), unmatched(order)
    amounts = [own[tender.id].amount if tender.id in own else tender.paid for tender in order.tenders]
    received = sum(amounts) + sum(receipt.amount for receipt in beyond)
    due = 0 if order.state is OrderState.CANCELLED else order.due
    numbers = [t.reference or (own[t.id].reference if t.id in own else "") for t in order.tenders]
    numbers += [receipt.reference or receipt.id for receipt in beyond]
    times = [receipt.at for receipt in order.receipts] + [t.paid_at for t in order.tenders if t.paid_at is not None]
    found: dict[str, FactValue] = {
        "paid": _is_paid(order),
        "paid_at": order.paid_at.isoformat() if order.paid_at else "",
        "due_amount": due,
        "received": received,
        "receipts": len(order.receipts),
        "receipts_unmatched": len(beyond),
        "surplus": sum(standing.surplus for standing in standings(order, entries)),
        "shortfall": max(0, due - received),
        "surplus_same_amount": _same_amount(amounts, [receipt.amount for receipt in beyond]),
        "payment_methods": _listed([*(t.method for t in order.tenders), *(r.method for r in beyond)]),
        "payment_references": _listed(number for number in numbers if number),
        "refunded": sum(t.refunded for t in order.tenders) + sum(receipt.refunded for receipt in beyond),
    }
    if times:
        found["minutes_since_received"] = _minutes(max(times), now)
    if not _is_paid(order):
        found["unpaid_minutes"] = _minutes(order.created_at, now)
    return found


def _is_paid(order: Order) -> bool:
    """As the pre-screen has it; what the payment side alone knows does not make an order paid."""
    return order.state is not OrderState.UNPAID or order.paid > 0


def _same_amount(known: list[int], beyond: list[int]) -> bool:
    """Whether a payment that the order does not know repeats another one."""
    return any(amount in known or beyond.count(amount) > 1 for amount in beyond)


# --- stock -------------------------------------------------------------------------------------------------------


def stock_facts(order: Order) -> dict[str, FactValue]:
    """Whether the goods are there; what no warehouse told of is unknown. What has left the house is not short."""
    lines = [line for line in order.lines if line.cancelled < line.quantity]
    system = [line.stock_available for line in lines if line.stock_available is not None]
    counted = [line.stock_counted for line in lines if line.stock_counted is not None]
    both = [line for line in lines if line.stock_available is not None and line.stock_counted is not None]
    found: dict[str, FactValue] = {}
    if system:
        found["stock_available_min"] = min(system)
    if counted:
        found["stock_counted_min"] = min(counted)
    if both:
        found["stock_differs"] = any(line.stock_available != line.stock_counted for line in both)
    if has_shipped(order) or order.signed_at is not None or order.state is OrderState.CANCELLED:
        return found | {"lines_short": 0, "lines_unreserved": 0}
    told = [line for line in lines if line.stock_reserved or line.stock_available is not None]
    if told:
        found["lines_unreserved"] = sum(line.stock_reserved < _open(line) for line in told)
    return found | _shortage(lines)


def _shortage(lines: list[Line]) -> dict[str, FactValue]:
    short = [line.sku for line in lines if _is_short(line)]
    if not short and any(_is_short(line) is None for line in lines):
        return {}
    return {"lines_short": len(short), "skus_short": _listed(short)}


def _is_short(line: Line) -> bool | None:
    """Whether the goods of a line are not there; None where nobody told. A count beats what the system believes."""
    if line.stock_counted is not None:
        return line.stock_counted < _open(line)
    if line.stock_available is not None and line.stock_available < 0:
        return True
    lacking = _open(line) - line.stock_reserved
    if lacking <= 0:
        return False
    return None if line.stock_available is None else line.stock_available < lacking


def _open(line: Line) -> int:
    return line.quantity - line.cancelled


# --- systems -----------------------------------------------------------------------------------------------------


def system_facts(order: Order, policy: Policy) -> dict[str, FactValue]:
    """What each system says, and whether that is the same: their words are read by policy.facts.system_words."""
    found: dict[str, FactValue] = {"systems": len(order.systems)}
    if not order.systems:
        return found
    found["systems_said"] = ", ".join(f"{one.system}: {one.state}" for one in order.systems)
    times = [one.at for one in order.systems]
    found["systems_lag_minutes"] = _minutes(min(times), max(times))
    differ = systems_differ(order, policy)
    if differ is not None:
        found["systems_differ"] = differ
    return found


def systems_differ(order: Order, policy: Policy) -> bool | None:
    """Whether two systems, this order's own state among them, say different things; None where a word is not known and
    the known ones agree."""
    read = [state_said(one, policy) for one in order.systems]
    states = {str(order.state), *(state for state in read if state is not None)}
    if len(states) > 1:
        return True
    return None if None in read else False


def state_said(said: SystemState, policy: Policy) -> str | None:
    """The state of an order that a system's own word means; None where policy does not know the word."""
    words = {word.casefold(): state for state, spoken in policy.facts.system_words.items() for word in (state, *spoken)}
    return words.get(said.state.strip().casefold())


def _listed(words: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(words))


def _minutes(since: datetime, now: datetime) -> int:
    return max(0, int((now - since).total_seconds() // _MINUTE))
