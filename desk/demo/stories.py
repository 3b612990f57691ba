"""The tickets open at first sight: which order each is about, when and how its customer asked, what colleagues did."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from desk.demo.data import read
from desk.demo.orders import Sale
from desk.demo.shop import Shop, is_ordinary
from desk.domain.ids import derived_id
from desk.domain.orders import Order, OrderState, PromotionKind

A_WHILE = timedelta(minutes=30)
STALLED = timedelta(days=3)
FIRST_LINE = "hotline"  # the team that talks with customers takes what concerns them, whoever mends the cause


@dataclass(frozen=True, slots=True)
class Request:
    """A customer's or a system's request, as another system hands it to the centre."""

    source: str
    kind: str
    channel: str
    order_number: str
    asked_at: datetime
    words: str
    reason: str = ""
    type: str = ""
    subtype: str = ""
    team: str = FIRST_LINE

    def item(self) -> dict[str, Any]:
        """The item of `POST /v1/ingest/requests`."""
        return {
            "source": self.source,
            "kind": self.kind,
            "channel": self.channel,
            "order_number": self.order_number,
            "reason": self.reason,
            "type": self.type,
            "subtype": self.subtype,
            "team": self.team,
            "words": self.words,
            "asked_at": self.asked_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a colleague did on the ticket: claim, say, note, mood, give or release, with what."""

    login: str
    act: str
    facts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One ticket: its sale, its requests (the second is the chase), and the deeds on it."""

    sale: Sale
    requests: tuple[Request, ...]
    deeds: tuple[Deed, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sale with its order as it stands."""

    sale: Sale
    order: Order
    now: datetime

    @property
    def wave_in(self) -> timedelta:
        """Time to the ship wave; negative once it has gone."""
        return self.order.wave_at - self.now if self.order.wave_at else timedelta()

    @property
    def still_for(self) -> timedelta:
        """How long the trace has not moved; nothing where there is none."""
        scans = [scan for parcel in self.order.parcels for scan in parcel.trace]
        return self.now - scans[-1].at if scans else timedelta()


def _waits(seen: Seen) -> bool:
    order = seen.order
    return order.state is OrderState.PAID and order.wave_at is not None and order.packed_at is None


def _far(seen: Seen) -> bool:
    return _waits(seen) and is_ordinary(seen.sale) and seen.wave_in > timedelta(hours=2, minutes=20)


def _under_way(seen: Seen) -> bool:
    order = seen.order
    return order.state is OrderState.SHIPPED and seen.still_for < STALLED and seen.sale.plan.fate == "smooth"


def _promotion(kind: PromotionKind) -> Callable[[Seen], bool]:
    return lambda seen: _far(seen) and any(p.kind is kind for p in seen.order.promotions)


def _category(category: str) -> Callable[[Seen], bool]:
    return lambda seen: _waits(seen) and seen.sale.basket.category == category


def _fate(fate: str, state: OrderState = OrderState.SHIPPED) -> Callable[[Seen], bool]:
    return lambda seen: seen.sale.plan.fate == fate and seen.order.state is state


def _last_scan(code: str) -> Callable[[Seen], bool]:
    return lambda seen: (
        seen.order.state is OrderState.SHIPPED and any(parcel.trace[-1].code == code for parcel in seen.order.parcels)
    )


# What kinds of order a story can be about. Where there is none just now, the next of the chain is taken.
PICKS: dict[str, Callable[[Seen], bool]] = {
    "far": _far,
    "near": lambda seen: _waits(seen) and timedelta(minutes=10) < seen.wave_in < timedelta(hours=2),
    "packed": lambda seen: (
        seen.order.state is OrderState.PAID and seen.order.packed_at is not None and not _store(seen)
    ),
    "two_tenders": lambda seen: _far(seen) and len(seen.order.tenders) > 1,
    "coupon": _promotion(PromotionKind.COUPON),
    "points": _promotion(PromotionKind.POINTS),
    "shipped": _under_way,
    "stalled": lambda seen: seen.order.state is OrderState.SHIPPED and seen.still_for > STALLED,
    "late": _fate("late"),
    "lost": _last_scan("lost"),
    "damaged": _last_scan("damaged"),
    "refused": _last_scan("refused"),
    "cake": _category("cake"),
    "fresh": _category("fresh"),
    "custom": _category("custom"),
    "limited": _category("limited"),
    "signed": lambda seen: seen.order.state is OrderState.SIGNED and bool(seen.order.parcels),
    "unpaid": lambda seen: seen.order.state is OrderState.UNPAID,
    "pickup": lambda seen: seen.order.state is OrderState.PAID and seen.sale.store_id == "S01",
    "foreign": lambda seen: (
        seen.order.state in {OrderState.PAID, OrderState.SHIPPED} and seen.sale.customer.name.isascii()
    ),
    "short": lambda seen: seen.order.state is OrderState.PAID and any(e.code == "short" for e in seen.order.events),
    "paid_twice": lambda seen: seen.sale.plan.fate == "paid_twice",
    "paid_a_while": lambda seen: (
        _far(seen) and seen.order.paid_at is not None and seen.now - seen.order.paid_at > A_WHILE
    ),
    "valued": lambda seen: _far(seen) and seen.order.tier in {"gold", "vip"},
    "any": lambda seen: True,
}
INSTEAD = {
    "paid_a_while": "far",
    "valued": "far",
    "near": "packed",
    "packed": "short",
    "two_tenders": "far",
    "coupon": "far",
    "points": "coupon",
    "late": "stalled",
    "lost": "stalled",
    "damaged": "signed",
    "refused": "shipped",
    "cake": "fresh",
    "fresh": "far",
    "custom": "far",
    "limited": "far",
    "unpaid": "far",
    "pickup": "far",
    "foreign": "shipped",
    "short": "far",
    "far": "shipped",
    "stalled": "shipped",
    "shipped": "signed",
    "paid_twice": "signed",
    "signed": "any",
}


def _store(seen: Seen) -> bool:
    return seen.sale.store_id is not None


class Picker:
    """Gives out sales by kind, each once, the newest first."""

    def __init__(self, sales: Sequence[Sale], now: datetime, taken: frozenset[str] = frozenset()) -> None:
        self._sales = [sale for sale in reversed(sales) if sale.number not in taken]
        self._now = now
        self._seen: dict[str, Seen] = {}

    def take(self, pick: str) -> Sale:
        """A sale of that kind, or of what stands in for it; LookupError where the shop has no sale left."""
        return self.take_one_of(*_chain(pick))

    def take_one_of(self, *picks: str) -> Sale:
        """A sale of the first of these kinds that there is; LookupError where there is none of any."""
        for name in picks:
            for index, sale in enumerate(self._sales):
                if PICKS[name](self._look(sale)):
                    return self._sales.pop(index)
        raise LookupError(", ".join(picks))

    def _look(self, sale: Sale) -> Seen:
        seen = self._seen.get(sale.number)
        if seen is None:
            seen = self._seen[sale.number] = Seen(sale, sale.at(self._now).order, self._now)
        return seen


def _chain(pick: str) -> Iterator[str]:
    name: str | None = pick
    while name is not None:
        yield name
        name = INSTEAD.get(name)


def open_stories(shop: Shop, now: datetime) -> tuple[Story, ...]:
    """The stories of resources/demo/tickets.toml, about sales of this shop as they stand at `now`."""
    picker = Picker(shop.sales, now, frozenset(sale.number for sale in shop.sales if sale.trouble))
    rows = read("tickets")["tickets"]
    return tuple(_story(index, row, picker.take(row["pick"]), now) for index, row in enumerate(rows))


def _story(index: int, row: dict[str, Any], sale: Sale, now: datetime) -> Story:
    asked_at = now - timedelta(minutes=row["minutes"], seconds=index * 37 % 60)
    about = {name: row.get(name, "") for name in ("reason", "type", "subtype")} | {"team": row.get("team", FIRST_LINE)}
    number = "" if row.get("orderless") else sale.number
    first = Request(_source(sale, 1), row["kind"], row["channel"], number, asked_at, row["words"], **about)
    requests = [first]
    if "chased" in row:
        again = row["chased"]
        requests.append(
            Request(_source(sale, 2), row["kind"], again["channel"], sale.number, now, again["words"], **about)
        )
    deeds = tuple(Deed(who, act, tuple(facts)) for who, act, *facts in row.get("done", ()))
    return Story(sale, tuple(requests), deeds)


def _source(sale: Sale, nth: int) -> str:
    return derived_id("demo-request", sale.number, str(nth))
