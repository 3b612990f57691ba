"""The payment, warehouse, promotion and SMS systems behind the made-up shop, as one HTTP process of their own.

They speak what `desk.connectors.http_shop` expects:

    PUT /{path}/{key}    the act's facts (with "order")   -> 200 {"state": confirmed | accepted, "reference"}
    GET /{path}/{key}                                      -> the same, or 404 where the key was never done

They are slow at times, busy at times, and at times do what was asked and lose the reply (resources/demo/sides.toml);
some do a thing twice when asked twice. For tests and the tour:

    GET /counts/{path}/{key}                               -> {"asked", "performed"}
    PUT /faults/{path}   {"next": ["loses_reply", ...]}    what the next PUTs on that path meet (moods.Fault)

and for the shop itself, which tells the centre what its systems did:

    GET /acts?order={number}                               -> {"acts": [{n, path, key, order, at, facts}]}

Started as a child: `python -m desk.demo sides --data DIR` says {"event": "listening", "url"} on stdout and ends when
its stdin closes. The key it asks for comes in the environment as DESK_SIDES_KEY.
"""

from __future__ import annotations

import hmac
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from desk.connectors.http_shop import PATHS
from desk.demo.acts import Act, Acts, KeyReused
from desk.demo.moods import CALM, Fault, Mood, Moods

KNOWN = frozenset(path for _, path in PATHS.values())
MAX_BODY = 64 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back; `status` 0 means nothing does: the line breaks."""

    status: int
    body: dict[str, Any]


BROKEN = Reply(0, {})


class Sides:
    """The systems as plain functions of requests; any thread. `close` when done."""

    def __init__(self, file: Path | None, moods: Moods, now: Callable[[], datetime]) -> None:
        self.moods = moods
        self._acts = Acts(file, now)
        self._now = now
        self._closing = threading.Event()

    def close(self) -> None:
        """Let go of whoever is kept waiting, and close the book."""
        self._closing.set()
        self._acts.close()

    def stop_waiting(self) -> None:
        """From now on nobody is kept waiting."""
        self._closing.set()

    def put(self, path: str, key: str, body: dict[str, Any]) -> Reply:
        """Do what is asked, or fail as these systems fail."""
        if path == "faults":
            self.moods.plan(key, body.get("next", ()))
            return Reply(200, {})
        if path not in KNOWN:
            return Reply(404, {"problem": "no_such_thing"})
        try:
            act = self._acts.ask(path, key, body)
        except KeyReused:
            return Reply(409, {"problem": "key_reused"})
        return self._turn(act)

    def _turn(self, act: Act) -> Reply:
        turn = self.moods.turn(act.path, act.key, act.asked)
        self._closing.wait(turn.delay)
        match turn.fault:
            case Fault.BUSY:
                return Reply(503, {"problem": "busy"})
            case Fault.LOSES_REQUEST:
                return BROKEN
            case Fault.REFUSES:
                return Reply(409, {"problem": "not_possible"})
        done = self._acts.perform(act.path, act.key, turn.settles_in, self.moods.of(act.path).idempotent)
        return BROKEN if turn.fault is Fault.LOSES_REPLY else self._told(done)

    def get(self, path: str, key: str) -> Reply:
        """What became of a key; the books for tests and for the shop."""
        if path == "counts":
            return self._counts(*key.partition("/")[::2])
        act = self._acts.find(path, key)
        if act is None or not act.performed:
            return Reply(404, {"problem": "not_found"})
        return self._told(act)

    def acts(self, number: str | None) -> Reply:
        """What was done for an order, or for all of them."""
        told = [
            {
                "n": act.n,
                "path": act.path,
                "key": act.key,
                "order": act.number,
                "at": act.performed_at.isoformat() if act.performed_at else None,
                "facts": act.body if act.path != "messages" else {},  # whom it told what is not the shop's business
            }
            for act in self._acts.done(number)
        ]
        return Reply(200, {"acts": told})

    def _counts(self, path: str, key: str) -> Reply:
        act = self._acts.find(path, key)
        return Reply(200, {"asked": act.asked if act else 0, "performed": act.performed if act else 0})

    def _told(self, act: Act) -> Reply:
        return Reply(200, {"state": act.state(self._now()), "reference": act.reference})


class SidesServer(ThreadingHTTPServer):
    """Serves `sides` on loopback at a free port. Stop with `shutdown` from another thread, then `server_close`."""

    daemon_threads = False

    def __init__(self, sides: Sides, key: str = "", port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.sides = sides
        self.key = key

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    """One request; on a thread of the server."""

    timeout = 30
    server: SidesServer

    def do_PUT(self) -> None:
        if not self._allowed():
            return self._answer(Reply(401, {"problem": "not_authorised"}))
        body = self._body()
        path, _, key = self._path()
        if body is None or not key:
            return self._answer(Reply(400, {"problem": "bad_request"}))
        try:
            return self._answer(self.server.sides.put(path, key, body))
        except ValueError:
            return self._answer(Reply(400, {"problem": "bad_request"}))

    def do_GET(self) -> None:
        if not self._allowed():
            return self._answer(Reply(401, {"problem": "not_authorised"}))
        path, _, key = self._path()
        if path == "acts":
            orders = parse_qs(urlsplit(self.path).query).get("order")
            return self._answer(self.server.sides.acts(orders[0] if orders else None))
        return self._answer(self.server.sides.get(path, key))

    def _path(self) -> tuple[str, str, str]:
        path, slash, key = urlsplit(self.path).path.strip("/").partition("/")
        return path, slash, unquote(key)

    def _allowed(self) -> bool:
        told = self.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(told.encode(), self.server.key.encode()) if self.server.key else True

    def _body(self) -> dict[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MAX_BODY:
            return None
        try:
            body = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        return body if isinstance(body, dict) else None

    def _answer(self, reply: Reply) -> None:
        if not reply.status:
            self.close_connection = True
            return
        content = json.dumps(reply.body).encode()
        self.send_response(reply.status)
        if reply.status == 503:
            self.send_header("Retry-After", "2")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: requests carry phones and words."""


def make_sides(file: Path | None, moods: dict[str, Mood] | None = None, seed: int = 0) -> Sides:
    """Sides on the wall clock; without moods they are calm: prompt, and nothing goes wrong."""
    return Sides(file, Moods(moods or CALM, seed), lambda: datetime.now(UTC))
