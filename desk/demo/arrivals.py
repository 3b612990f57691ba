"""What arrives while the demo runs: parcels move, customers pay, order and change their minds, systems raise alarms."""

from __future__ import annotations

import random
from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from desk.demo.orders import Sale
from desk.demo.shop import DAYS, ORDERS, Shop, make_sale, make_shop
from desk.demo.state import State, StateFile
from desk.demo.stories import Picker, Request
from desk.demo.told import SideAct, tell
from desk.demo.troubles import Trouble
from desk.domain.ids import derived_id

PAUSE = (20.0, 60.0)  # seconds between two things that people do
NEW_PER_DAY = ORDERS / DAYS
RECENT = 1000  # customers ask about what they bought in the last days

# What can happen, how often: (weight, kind, channel, pick of stories.PICKS, facts, words)
HAPPENINGS: tuple[tuple[int, str, str, str, dict[str, str], str], ...] = (
    (6, "cancel", "app", "near", {"reason": "no_longer_wanted"}, "不想要了"),
    (5, "cancel", "app", "far", {"reason": "wrong_address"}, "地址填错"),
    (5, "cancel", "app", "shipped", {"reason": "too_slow"}, "物流太慢"),
    (3, "cancel", "app", "unpaid", {"reason": "other"}, "拍错了"),
    (3, "cancel", "app", "packed", {"reason": "no_longer_wanted"}, "重复下单"),
    (2, "cancel", "app", "fresh", {"reason": "no_longer_wanted"}, "买多了"),
    (2, "cancel", "app", "signed", {"reason": "not_as_described"}, "和描述不一样"),
    (3, "exception", "system", "stalled", {"type": "logistics", "subtype": "trace_stalled"}, "物流超过 3 天未更新"),
    (
        2,
        "exception",
        "system",
        "short",
        {"type": "stock", "subtype": "oversold", "team": "warehouse"},
        "库存不足，无法打包",
    ),
    (2, "exception", "system", "unpaid", {"type": "payment", "subtype": "paid_not_updated"}, "支付回调未更新订单"),
    (2, "exception", "app", "late", {"type": "logistics", "subtype": "delivery_delayed"}, "怎么还没到"),
)
_NEW_ORDER_SHARE = 0.4


class Sink(Protocol):
    """Where it all goes: the centre's ingest."""

    def orders(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]: ...

    def requests(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]: ...


class Acts(Protocol):
    """What the systems behind the shop did, by order number."""

    def acts(self) -> dict[str, tuple[SideAct, ...]]: ...


class Agenda:
    """When there is news of which sale, by time."""

    def __init__(self, sales: Sequence[Sale]) -> None:
        self._times = sorted((moment, sale.number) for sale in sales for moment in sale.moments())

    def add(self, sale: Sale) -> None:
        """A new sale with all its moments."""
        for moment in sale.moments():
            insort(self._times, (moment, sale.number))

    def between(self, since: datetime, until: datetime) -> set[str]:
        """Numbers with news after `since`, up to `until`."""
        start, end = (bisect_right(self._times, moment, key=lambda entry: entry[0]) for moment in (since, until))
        return {number for _, number in self._times[start:end]}


@dataclass(slots=True)
class Arrivals:
    """The running shop: `step` once per pause. Remembers in the state file what it told. One thread."""

    sales: list[Sale]
    state: State
    file: StateFile
    sink: Sink
    sides: Acts
    rng: random.Random
    _agenda: Agenda = field(init=False)

    def __post_init__(self) -> None:
        self._agenda = Agenda(self.sales)

    def catch_up(self, now: datetime) -> int:
        """After a stop: the sales of the time between, so that the shop is never stale. How many there were."""
        days = min((now - self.state.told_at) / timedelta(days=1), float(DAYS))
        missed = int(days * NEW_PER_DAY)
        for at in sorted(self.state.told_at + (now - self.state.told_at) * self.rng.random() for _ in range(missed)):
            self._sell(at)
        return missed

    def step(self, now: datetime) -> dict[str, int]:
        """Tell what happened since last time, and let one thing happen; how many orders and requests that were."""
        if self.rng.random() < _NEW_ORDER_SHARE:
            self._sell(max(now - timedelta(seconds=self.rng.randint(3, 20)), self.state.told_at + timedelta(seconds=1)))
        orders = self._tell(now)
        requests = self._ask(now)
        self.state.told_at = now
        self.file.write(self.state)
        return {"orders": orders, "requests": requests}

    def pause(self) -> float:
        """Seconds until the next step."""
        return self.rng.uniform(*PAUSE)

    def _sell(self, at: datetime) -> None:
        at = at.replace(microsecond=0)
        index = self.state.orders + len(self.state.extra)
        self.state.extra.append((index, at))
        sale = make_sale(self.state.seed, index, at)
        self.sales.append(sale)
        self._agenda.add(sale)

    def _tell(self, now: datetime) -> int:
        acts = self.sides.acts()
        since = self.state.told_at
        news = self._agenda.between(since, now)
        news |= {number for number, done in acts.items() if any(since < act.at <= now for act in done)}
        told = [tell(sale, now, acts.get(sale.number, ())) for sale in self.sales if sale.number in news]
        if told:
            self.sink.orders([telling.item() for telling in told])
        return len(told)

    def _ask(self, now: datetime) -> int:
        weights = [happening[0] for happening in HAPPENINGS]
        _, kind, channel, pick, about, words = self.rng.choices(HAPPENINGS, weights)[0]
        taken = frozenset(self.state.taken) | frozenset(self.sides.acts())
        try:
            sale = Picker(self.sales[-RECENT:], now, taken).take(pick)
        except LookupError:
            return 0
        self.state.taken.append(sale.number)
        self.sink.orders([tell(sale, now).item()])
        asked_at = now - timedelta(seconds=self.rng.randint(1, 15))
        source = derived_id("demo-request", sale.number, "arrival")
        self.sink.requests([Request(source, kind, channel, sale.number, asked_at, words, **about).item()])
        return 1


def shop_of(state: State) -> Shop:
    """The shop of a state, with the sales since its anchor and the trouble that happened to some."""
    shop = make_shop(state.anchor, state.seed, state.orders)
    extra = (make_sale(state.seed, index, at) for index, at in state.extra)
    return Shop(shop.seed, shop.anchor, tuple(_with_trouble(sale, state) for sale in (*shop.sales, *extra)))


def _with_trouble(sale: Sale, state: State) -> Sale:
    if sale.number not in state.troubles:
        return sale
    key, at = state.troubles[sale.number]
    return replace(sale, trouble=Trouble(key, at, state.anchor))
