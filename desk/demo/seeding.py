"""Brings the shop to the centre: first the open tickets with their orders and history, then everything else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.demo.client import BATCH, Centre, Ingest, NotTaken
from desk.demo.colleagues import Office
from desk.demo.orders import Telling
from desk.demo.shop import ORDERS, Shop
from desk.demo.state import State, StateFile
from desk.demo.stories import open_stories

Say = Callable[..., None]
_TOGETHER = 12  # an order and what is asked about it come soon after one another, before detection looks at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Seeder:
    """One run of seeding; killed and started again it goes on, for the centre knows what it has."""

    centre: Centre
    ingest: Ingest
    file: StateFile
    say: Say

    def open_the_shop(self, shop: Shop, state: State) -> None:
        """The open tickets, so that the desk has something to show; then colleagues do what they did."""
        stories = open_stories(shop, shop.anchor)
        self.say("progress", what="tickets", done=0, of=len(stories))
        for start in range(0, len(stories), _TOGETHER):
            some = stories[start : start + _TOGETHER]
            self._orders([story.sale.at(shop.anchor) for story in some])
            requests = [request.item() for story in some for request in story.requests]
            self._complain("requests", self.ingest.requests(requests))
        troubled = [sale for sale in shop.sales if sale.trouble]
        self._orders([sale.at(shop.anchor) for sale in troubled])
        if state.installation_id:
            for deed, verdict in Office(self.centre, state).do_deeds(stories):
                if verdict["status"] != "applied":
                    self.say("refused", what=f"{deed.login} {deed.act}", code=verdict.get("code"))
        state.taken = [*(story.sale.number for story in stories), *(sale.number for sale in troubled)]
        state.is_open = True
        self.file.write(state)
        self.say("ready", done=len(stories), of=len(stories))

    def announce(self, caller: dict[str, str], shop: Shop, state: State) -> dict[str, str]:
        """Keep the order of the customer who is about to call from being asked about otherwise, and tell it now."""
        if caller:
            state.taken.append(caller["number"])
            if not state.is_told:
                self._orders([sale.at(shop.anchor) for sale in shop.sales if sale.number == caller["number"]])
            self.file.write(state)
        return caller

    def tell_the_rest(self, shop: Shop, state: State) -> None:
        """All other orders, the newest first, for those are looked up first."""
        first = set(state.taken)
        rest = [sale for sale in reversed(shop.sales) if sale.number not in first]
        for start in range(0, len(rest), BATCH):
            self._orders([sale.at(shop.anchor) for sale in rest[start : start + BATCH]])
            self.say("progress", what="orders", done=min(start + BATCH, len(rest)), of=len(rest))
        state.is_told = True
        self.file.write(state)

    def _orders(self, tellings: Sequence[Telling]) -> None:
        self._complain("orders", self.ingest.orders([telling.item() for telling in tellings]))

    def _complain(self, what: str, verdicts: Sequence[dict[str, Any]]) -> None:
        """Say what was refused, the first of each code."""
        codes = {verdict.get("code"): verdict for verdict in verdicts if verdict.get("code")}
        for code in codes:
            self.say("refused", what=what, code=code)


def enrol(centre: Centre, code: str, public_key: str) -> str:
    """The id of the installation at which the shop's colleagues sit, or "" where the code is not good."""
    try:
        answer = centre.call("POST", "/v1/enrol", body={"code": code, "name": "demo", "public_key": public_key})
    except NotTaken:
        return ""
    return str(answer["installation_id"])


def new_state(seed: int, now: datetime, orders: int = ORDERS) -> State:
    """A shop that nobody has seen yet."""
    anchor = now.replace(microsecond=0)
    return State(seed=seed, anchor=anchor, told_at=anchor, orders=orders)
