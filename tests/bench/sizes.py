"""How big the made-up world is: small to try things, full as a large merchant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """`tickets` open ones on the first of `orders`; `clients` workstations at once; `offline` changes made without a
    line."""

    name: str
    orders: int
    tickets: int
    clients: int
    offline: int = 1000


SIZES = {
    "tiny": Size(name="tiny", orders=4_000, tickets=500, clients=8, offline=100),
    "small": Size(name="small", orders=50_000, tickets=10_000, clients=50),
    "full": Size(name="full", orders=1_000_000, tickets=100_000, clients=100),
}
