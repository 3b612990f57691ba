"""The pre-screen of a cancel: verdict, way through the tree, both sides' cost, and when it turns (MISSION 20-40).

cancelled? -yes-> already_cancelled
paid?      -no--> received? -no--> unpaid (auto) / -yes-> unpaid_received (person)
signed?    -yes-> after_sales
shipped?   -yes-> fresh? -yes-> fresh_shipped / -no-> shipped (person)
fresh_late? -yes-> fresh_late
packed?    -yes-> packed (person)
window?    -open-> in_window (auto) / -closed-> window_closed (person)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.domain.ledger import LedgerEntry
from desk.domain.orders import GoodsFlag, Order, OrderState
from desk.domain.policy import Policy
from desk.domain.restitution import Restitution, restitution
from desk.domain.waves import Wave, next_wave, ships_at, wave_of


class Colour(StrEnum):
    """What a verdict asks for: it goes by itself, a person has to look, or it cannot be."""

    AUTO = "auto"
    PERSON = "person"
    NO = "no"


COLOURS = {
    "already_cancelled": Colour.NO,
    "unpaid": Colour.AUTO,
    "unpaid_received": Colour.PERSON,
    "after_sales": Colour.NO,
    "fresh_shipped": Colour.NO,
    "shipped": Colour.PERSON,
    "fresh_late": Colour.NO,
    "packed": Colour.PERSON,
    "in_window": Colour.AUTO,
    "window_closed": Colour.PERSON,
}
_RANK = {Colour.AUTO: 0, Colour.PERSON: 1, Colour.NO: 2}

# The tree: question -> answer -> the next question, or the verdict where it ends. The first question is the root.
TREE: dict[str, dict[str, str]] = {
    "cancelled": {"yes": "already_cancelled", "no": "paid"},
    "paid": {"no": "received", "yes": "signed"},
    "received": {"no": "unpaid", "yes": "unpaid_received"},
    "signed": {"yes": "after_sales", "no": "shipped_q"},
    "shipped_q": {"yes": "fresh", "no": "fresh_late_q"},
    "fresh": {"yes": "fresh_shipped", "no": "shipped"},
    "fresh_late_q": {"yes": "fresh_late", "no": "packed_q"},
    "packed_q": {"yes": "packed", "no": "window"},
    "window": {"open": "in_window", "closed": "window_closed"},
}
ROOT = "cancelled"
_MOST_TURNS = 64  # events looked at before a verdict counts as one that does not turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One box of the tree: a question or, where `verdict`, an end.

    `parent` and `branch` say which answer leads here; `answer` is the answer taken, empty where the box was not reached
    or is an end; `lit` whether the way went through.
    """

    key: str
    parent: str = ""
    branch: str = ""
    answer: str = ""
    lit: bool = False
    verdict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the rules say of cancelling this order now.

    Costs are minor units of the order's currency, None where policy states none for it. `turns_at` is the first moment
    at which the code changes if nothing is told, None where it does not turn. `no_return_at` is the same where it turns
    for the worse. `next_wave` is the shipping time it runs towards. `refund` is what a cancel now would put back, None
    where it cannot be.
    """

    code: str
    colour: Colour
    path: tuple[Node, ...]
    merchant_cost: int | None
    customer_cost: int | None
    turns_at: datetime | None
    no_return_at: datetime | None
    next_wave: Wave | None
    refund: Restitution | None
    time_critical: bool


def prescreen(order: Order, policy: Policy, now: datetime, entries: Iterable[LedgerEntry] = ()) -> Verdict:
    """The verdict on cancelling `order` at `now`; `entries` is its whole ledger, for what would still go back."""
    answers = answers_at(order, policy, now)
    code = verdict_code(answers)
    colour = COLOURS[code]
    turns_at, then = _turn(order, policy, now, code)
    worse = then is not None and _RANK[COLOURS[then]] > _RANK[colour]
    merchant, customer = _costs(order, policy, code)
    waits = code in ("in_window", "window_closed")
    return Verdict(
        code=code,
        colour=colour,
        path=lit_tree(answers),
        merchant_cost=merchant,
        customer_cost=customer,
        turns_at=turns_at,
        no_return_at=turns_at if worse else None,
        next_wave=next_wave(policy.cancellation, order, now) if waits else None,
        refund=None if colour is Colour.NO else restitution(order, entries, policy, now),
        time_critical=is_time_critical(order),
    )


def answers_at(order: Order, policy: Policy, now: datetime) -> dict[str, str]:
    """The answer to every question of the tree, reached or not."""
    wave = next_wave(policy.cancellation, order, now)
    fresh = order.has(GoodsFlag.FRESH) and policy.cancellation.fresh_closed_after_wave
    ships = ships_at(policy.cancellation, order) if fresh else None
    return {
        "cancelled": _yes(order.state is OrderState.CANCELLED),
        "paid": _yes(order.state is not OrderState.UNPAID or order.paid > 0),
        "received": _yes(any(receipt.amount > receipt.refunded for receipt in order.receipts)),
        "signed": _yes(order.state in (OrderState.SIGNED, OrderState.COMPLETED)),
        "shipped_q": _yes(has_shipped(order)),
        "fresh": _yes(fresh),
        "fresh_late_q": _yes(ships is not None and ships <= now),
        "packed_q": _yes(order.packed_at is not None),
        "window": "closed" if wave is not None and wave.closes <= now else "open",
    }


def verdict_code(answers: dict[str, str]) -> str:
    """The verdict at the end of the way that these answers take."""
    at = ROOT
    while at in TREE:
        at = TREE[at][answers[at]]
    return at


def lit_tree(answers: dict[str, str]) -> tuple[Node, ...]:
    """The whole tree, parents before children, with the way taken lit."""
    nodes: list[Node] = []

    def add(key: str, parent: str, branch: str, lit: bool) -> None:
        end = key not in TREE
        answer = answers[key] if lit and not end else ""
        nodes.append(Node(key=key, parent=parent, branch=branch, answer=answer, lit=lit, verdict=end))
        for option, child in TREE.get(key, {}).items():
            add(child, key, option, lit and option == answer)

    add(ROOT, "", "", lit=True)
    return tuple(nodes)


def has_shipped(order: Order) -> bool:
    """Whether anything of the order is with a carrier, whichever fact says so."""
    return (
        order.state is OrderState.SHIPPED
        or order.shipped_at is not None
        or any(parcel.shipped_at is not None for parcel in order.parcels)
    )


def is_time_critical(order: Order) -> bool:
    """Whether it goes on the fast track: goods that lose their point with the hour (MISSION 37)."""
    return order.has(GoodsFlag.TIME_CRITICAL) or order.has(GoodsFlag.FRESH)


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


def _turn(order: Order, policy: Policy, now: datetime, code: str) -> tuple[datetime | None, str | None]:
    """The first moment after `now` at which another code holds, and that code.

    A verdict can only turn where a window closes or is over, or at the shipping time of fresh goods: between two such
    moments nothing depends on time. Where no answer of the clock leads elsewhere (signed, cancelled, packed), nothing
    ever turns, and nobody looks through the calendar.
    """
    answers = answers_at(order, policy, now)
    by_clock = ({"window": window, "fresh_late_q": late} for window in ("open", "closed") for late in ("yes", "no"))
    if {verdict_code({**answers, **told}) for told in by_clock} == {code}:
        return None, None
    at = now
    for _ in range(_MOST_TURNS):
        event = _next_event(order, policy, at)
        if event is None:
            break
        at = event
        then = verdict_code(answers_at(order, policy, at))
        if then != code:
            return at, then
    return None, None


def _next_event(order: Order, policy: Policy, after: datetime) -> datetime | None:
    events: list[datetime] = []
    wave = next_wave(policy.cancellation, order, after)
    if wave is not None:
        events += [wave.closes, wave.over]
    if order.wave_at is not None:
        planned = wave_of(policy.cancellation, order.wave_at)
        events += [planned.closes, planned.over]
    if order.has(GoodsFlag.FRESH):
        ships = ships_at(policy.cancellation, order)
        events += [ships] if ships is not None else []
    return min((event for event in events if event > after), default=None)


def _costs(order: Order, policy: Policy, code: str) -> tuple[int | None, int | None]:
    """What it costs (merchant, customer), side by side (MISSION 38)."""
    if code in ("fresh_shipped", "fresh_late"):
        return sum(line.paid for line in order.lines if GoodsFlag.FRESH in line.flags), 0
    if code == "shipped":
        rules = policy.cancellation
        return rules.intercept_cost.get(order.currency), rules.refusal_cost.get(order.currency)
    return 0, 0
