"""The demo's household (centre, sides, shop) as a desk starts it, and people at desks of their own; for e2e tests.

with demo_shop(tmp_path) as demo:
    demo.until("ready")
    demo.agent.do(...)
"""

from __future__ import annotations

import json
import os
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from desk.demo.client import Centre, Colleague
from desk.demo.state import State, StateFile
from desk.household import Household
from desk.wire.signatures import new_private_key, public_key

ORDERS = 900  # enough for every story of the demo
PATIENCE = float(os.environ.get("TEST_PATIENCE", "3")) * 20  # seconds for a process to say what is awaited


@dataclass
class DemoShop:
    """What a test reaches of the running demo."""

    folder: Path
    lines: queue.Queue[dict[str, Any]]
    centre: Centre = field(init=False)
    agent: Colleague = field(init=False)
    sides_url: str = ""
    said: list[dict[str, Any]] = field(default_factory=list)
    _installation: str = ""

    def until(self, event: str) -> dict[str, Any]:
        """The next line of that event which any of the processes says."""
        while True:
            line = self.lines.get(timeout=PATIENCE)
            self.said.append(line)
            if line.get("event") == event:
                return line

    def open_desk(self, url: str, code: str) -> None:
        """Wang Fang sits down at a desk of her own."""
        self.centre = Centre(url, threading.Event())
        body = {"code": code, "name": "a desk", "public_key": public_key(new_private_key())}
        self._installation = str(self.centre.call("POST", "/v1/enrol", body=body)["installation_id"])
        self.agent = self.colleague("wangfang")

    def colleague(self, login: str) -> Colleague:
        """Somebody else at that desk."""
        return Colleague(self.centre, self._installation, login, f"demo-{login}")

    def state(self) -> State:
        """What the shop remembers."""
        state = StateFile(self.folder / "shop").read()
        assert state is not None
        return state

    def entities(self, number: str, kind: str) -> list[dict[str, Any]]:
        """The documents of that kind around an order, as the centre has them."""
        return [one["doc"] for one in self.agent.case_of(number) if one["kind"] == kind]

    def refunds(self, number: str) -> list[dict[str, Any]]:
        """What the payment side paid back for that order."""
        acts = self._ask("GET", f"/acts?order={number}")["acts"]
        return [act for act in acts if act["path"] == "refunds"]

    def times(self, path: str, key: str) -> int:
        """How often the sides did it."""
        return int(self._ask("GET", f"/counts/{path}/{key}")["performed"])

    def next_on(self, path: str, *faults: str) -> None:
        """What the next asks on that path meet at the sides."""
        self._ask("PUT", f"/faults/{path}", {"next": faults})

    def _ask(self, method: str, path: str, body: Any = None) -> Any:
        key = json.loads((self.folder / "household.json").read_text())["sides_key"]
        headers = {"Authorization": f"Bearer {key}"}
        answer = requests.request(method, f"{self.sides_url}{path}", json=body, headers=headers, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()


@contextmanager
def demo_shop(folder: Path) -> Iterator[DemoShop]:
    """A calm household without arrivals in `folder`, with its shop open; all of it ended at the end."""
    lines: queue.Queue[dict[str, Any]] = queue.Queue()
    household = Household(folder, demo=True, told=lines.put, calm=True, arrivals=False, orders=ORDERS)
    demo = DemoShop(folder, lines)
    try:
        home = household.start("team:hotline")
        demo.sides_url = demo.until("listening")["url"]
        demo.open_desk(home.url, home.code)
        yield demo
    finally:
        household.end()
        demo.centre.close()
