"""Plants trouble in the made-up shop before it is first seen: which orders it happens to, and when (troubles.toml)."""

from __future__ import annotations

from datetime import timedelta

from desk.demo.data import read
from desk.demo.shop import Shop, make_sale
from desk.demo.state import State
from desk.demo.stories import Picker
from desk.demo.troubles import FAKE

_APART = timedelta(minutes=4)  # between two fake orders
_FIRST_FAKE = timedelta(minutes=40)


def plant(shop: Shop, state: State) -> None:
    """Write into the state what went wrong with which order of this shop; a kind that it has no order for is left out.

    The fake orders are sales of their own, the last ones before the shop is seen.
    """
    picker = Picker(shop.sales, shop.anchor)
    for row in read("troubles")["troubles"]:
        try:
            sale = picker.take_one_of(*row["picks"])
        except LookupError:
            continue
        state.troubles[sale.number] = (row["trouble"], shop.anchor - timedelta(minutes=row["minutes"]))
    for place in range(read("troubles")["fakes"]):
        at = shop.anchor - _FIRST_FAKE + place * _APART
        index = state.orders + len(state.extra)
        state.extra.append((index, at))
        state.troubles[make_sale(state.seed, index, at).number] = (FAKE, at)
