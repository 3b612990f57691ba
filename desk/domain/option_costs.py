"""What a handling option costs the merchant and the customer, where that is known beforehand (MISSION 38)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from desk.domain.ledger import LedgerEntry
from desk.domain.orders import Order
from desk.domain.parcels import lines_in_trouble
from desk.domain.playbooks import Option, Verb
from desk.domain.policy import Policy
from desk.domain.prescreen import prescreen

Costs = tuple[int, int]  # the merchant's and the customer's, minor units

# Nobody loses anything: what was not the merchant's goes back, or the order only goes on as it should.
_FREE = frozenset({Verb.REFUND_SURPLUS, Verb.MARK_PAID, Verb.RESYNC, Verb.URGE, Verb.ALLOCATE, Verb.CHANGE_CONTACT})
_BESIDE = frozenset({Verb.TASK, Verb.BLOCK})


def costs_of(
    option: Option, order: Order | None, amount: int, entries: Iterable[LedgerEntry], policy: Policy, now: datetime
) -> Costs | None:
    """Both costs, or None where one of the option's deeds has a cost that is only known afterwards (a carrier's fee).

    `amount` is the money that would go back, minor units."""
    if order is None:
        return None
    merchant = customer = 0
    for verb in (deed.do for deed in option.deeds if deed.do not in _BESIDE):
        found = _of_verb(verb, order, amount, tuple(entries), policy, now)
        if found is None:
            return None
        merchant, customer = merchant + found[0], customer + found[1]
    return merchant, customer


def _of_verb(
    verb: Verb, order: Order, amount: int, entries: tuple[LedgerEntry, ...], policy: Policy, now: datetime
) -> Costs | None:
    if verb in _FREE:
        return 0, 0
    if verb is Verb.REFUND_PARCEL:  # the goods are gone and the money goes back
        return amount, 0
    if verb is Verb.REFUND_LESS_FREIGHT:  # the goods come back; freight stays with the customer
        return 0, order.freight
    if verb is Verb.RESHIP:
        return sum(line.paid for line in lines_in_trouble(order)), 0
    if verb is Verb.CANCEL:
        verdict = prescreen(order, policy, now, entries)
        if verdict.merchant_cost is None or verdict.customer_cost is None:
            return None
        return verdict.merchant_cost, verdict.customer_cost
    return None
