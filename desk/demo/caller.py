"""The customer who is about to call: somebody with one order that is paid, not shipped, and can still be cancelled."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from desk.demo.shop import Shop
from desk.demo.state import State
from desk.demo.stories import Picker

TAIL = 8  # figures of the phone that the caller says


def next_caller(shop: Shop, state: State, now: datetime) -> dict[str, str]:
    """`{"number", "phone"}`: the order and the end of the phone; {} where nobody of that kind is left."""
    orders = Counter(sale.customer.id for sale in shop.sales)
    picker = Picker(shop.sales, now, frozenset(state.taken))
    while True:
        try:
            sale = picker.take("two_tenders")
        except LookupError:
            return {}
        if orders[sale.customer.id] == 1 and sale.customer.phone and not sale.store_id:
            return {"number": sale.number, "phone": sale.customer.phone[-TAIL:]}
