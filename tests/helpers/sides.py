"""The other side of an HTTP connector, for tests: a true server on loopback that does, refuses, hangs or loses replies.

with sides() as shop:
    shop.next("lose_reply")
    ... PUT /refunds/k1 ...
    assert shop.done["refunds/k1"]["amount"] == 100
"""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.helpers.listening import listening


@dataclass
class Sides:
    """`done`: what was carried out, by path; `times`: how often; `asked`: every request seen. A repeated PUT under the
    same key counts again, as with a side that is not idempotent."""

    url: str = ""
    done: dict[str, dict[str, Any]] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)  # what a read-back tells, by path; confirmed if not here
    asked: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    plans: deque[str] = field(default_factory=deque)
    hang: threading.Event = field(default_factory=threading.Event)

    def next(self, *plans: str) -> None:
        """What happens to the next requests, in turn: ok, accept, lose_reply, lose_request, hang, busy, refuse,
        refuse_200, error_500, garbage, huge, redirect, not_authorised. Without a plan: ok."""
        self.plans.extend(plans)


@contextmanager
def sides() -> Iterator[Sides]:
    """A running server; stopped, and whatever hangs let go, at the end."""
    shop = Sides()
    with listening(_Server(shop), shop.hang) as shop.url:
        yield shop


ERRORS: dict[str, tuple[int, Any]] = {
    "busy": (503, {"problem": "busy"}),
    "refuse": (409, {"problem": "already_shipped"}),
    "refuse_words": (400, {"problem": "Kunde Chen 13800000005 unbekannt"}),
    "refuse_200": (200, {"state": "refused", "problem": "over_paid"}),
    "error_500": (500, {}),
    "not_authorised": (401, {}),
    "redirect": (302, {}),
    "garbage": (200, "not json"),
    "huge": (200, "x" * 100_000),
}


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, shop: Sides) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.shop = shop


class _Handler(BaseHTTPRequestHandler):
    @property
    def shop(self) -> Sides:
        assert isinstance(self.server, _Server)
        return self.server.shop

    def do_PUT(self) -> None:
        path, body = self.path.strip("/"), json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        plan = self._seen(path)
        if plan in ERRORS:
            return self._answer(*ERRORS[plan])
        if plan == "lose_request":
            return self._drop()
        self.shop.done[path] = body
        self.shop.times[path] = self.shop.times.get(path, 0) + 1
        if plan == "lose_reply":
            return self._drop()
        if plan == "hang":
            self.shop.hang.wait(10)
            return self._drop()
        self.shop.states.setdefault(path, "accepted" if plan == "accept" else "confirmed")
        return self._answer(200, {"state": self.shop.states[path], "reference": f"R-{path.split('/')[-1]}"})

    def do_GET(self) -> None:
        path = self.path.strip("/")
        plan = self._seen(path)
        if plan in ERRORS:
            return self._answer(*ERRORS[plan])
        if plan in {"lose_reply", "lose_request"}:
            return self._drop()
        if path not in self.shop.done:
            return self._answer(404, {"problem": "not_found"})
        state = self.shop.states.get(path, "confirmed")
        return self._answer(200, {"state": state, "reference": f"R-{path.split('/')[-1]}"})

    def _seen(self, path: str) -> str:
        self.shop.asked.append((self.command, path))
        self.shop.headers.append(dict(self.headers))
        return self.shop.plans.popleft() if self.shop.plans else "ok"

    def _answer(self, status: int, body: Any) -> None:
        content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
        self.send_response(status)
        if status == 503:
            self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _drop(self) -> None:
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass
