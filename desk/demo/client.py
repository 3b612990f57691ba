"""The demo as a client of /v1: orders and requests through ingest with a key, colleagues through their own sign-in."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import requests

from desk.domain.commands import Command
from desk.wire.codec import command_to_plain
from desk.wire.protocol import MAX_BATCH

SECONDS = 30.0  # a batch of orders takes the centre a while
BATCH = 100
_ATTEMPTS = 8


class Away(Exception):
    """The centre does not answer, or the demo is told to end."""


class NotTaken(Exception):
    """The centre refused the call as a whole; `code` says why."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class Centre:
    """Calls of /v1 over one session, for one thread. `stop` ends waiting: then Away is raised."""

    def __init__(self, url: str, stop: threading.Event) -> None:
        self._url = url.rstrip("/")
        self._stop = stop
        self._session = requests.Session()
        self._session.trust_env = False  # both are on this machine: no proxy in between

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def call(self, method: str, path: str, token: str = "", body: Any = None) -> Any:
        """The answer's JSON. A busy centre is asked again; raises NotTaken or Away."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        for attempt in range(_ATTEMPTS):
            if self._stop.is_set():
                raise Away("told to end")
            try:
                response = self._session.request(
                    method, f"{self._url}{path}", json=body, headers=headers, timeout=SECONDS
                )
            except requests.RequestException as error:
                self._wait(0.5 * (attempt + 1), error)
                continue
            if response.status_code in {429, 503}:
                self._wait(_retry_after(response), None)
                continue
            if response.status_code >= 400:
                raise NotTaken(response.status_code, _code(response))
            return response.json() if response.content else None
        raise Away(f"{method} {path}: no answer")

    def _wait(self, seconds: float, error: Exception | None) -> None:
        if self._stop.wait(seconds):
            raise Away("told to end") from error


def _retry_after(response: requests.Response) -> float:
    text = response.headers.get("Retry-After", "")
    return min(float(text), 30.0) if text.isdigit() else 1.0


def _code(response: requests.Response) -> str:
    try:
        return str(response.json().get("code", ""))
    except ValueError:
        return ""


class Ingest:
    """What other systems push in, with their API key."""

    def __init__(self, centre: Centre, key: str) -> None:
        self._centre = centre
        self._key = key

    def orders(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Tell orders; one verdict each."""
        return self._push("orders", items)

    def requests(self, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Hand over customers' requests; one verdict each."""
        return self._push("requests", items)

    def _push(self, what: str, items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        verdicts: list[dict[str, Any]] = []
        for start in range(0, len(items), BATCH):
            body = {"items": list(items[start : start + BATCH])}
            answer = self._centre.call("POST", f"/v1/ingest/{what}", self._key, body)
            verdicts += answer["verdicts"]
        return verdicts


class Colleague:
    """A person at the demo's own desk. `seq` is the number of this person's last command there."""

    def __init__(self, centre: Centre, installation_id: str, login: str, password: str, seq: int = 0) -> None:
        self._centre = centre
        self._entry = {"login": login, "password": password, "installation_id": installation_id, "session_key": ""}
        self.seq = seq
        self._token = ""
        self._id = ""

    def do(self, command: Command) -> dict[str, Any]:
        """Push one command; its verdict. A number that was used before a kill is stepped over."""
        while True:
            (verdict,) = self.do_all([command])
            if verdict.get("code") != "seq_reused":
                return verdict

    def do_all(self, commands: Sequence[Command]) -> list[dict[str, Any]]:
        """Push commands in their order, in few calls; a verdict each."""
        verdicts: list[dict[str, Any]] = []
        for start in range(0, len(commands), MAX_BATCH):
            verdicts += self._push(commands[start : start + MAX_BATCH])
        return verdicts

    def case_of(self, order_number: str) -> list[dict[str, Any]]:
        """Everything about an order: entities as {kind, id, doc}."""
        found: list[dict[str, Any]] = self._call("GET", f"/v1/orders/{order_number}")["case"]
        return found

    def _push(self, commands: Sequence[Command]) -> list[dict[str, Any]]:
        self._sign_in()
        now = datetime.now(UTC).isoformat()
        common = {"actor": self._id, "sig": None, "lease": None, "claimed_at": now}
        batch = [{**command_to_plain(one), **common, "seq": self.seq + nth} for nth, one in enumerate(commands, 1)]
        verdicts: list[dict[str, Any]] = self._call("POST", "/v1/push", {"batch": batch})["verdicts"]
        self.seq += sum(1 for verdict in verdicts if verdict["status"] != "retry")
        return verdicts

    def _call(self, method: str, path: str, body: Any = None) -> Any:
        self._sign_in()
        try:
            return self._centre.call(method, path, self._token, body)
        except NotTaken as error:
            if error.status != 401:
                raise
            self._token = ""  # the session is over
        self._sign_in()
        return self._centre.call(method, path, self._token, body)

    def _sign_in(self) -> None:
        if not self._token:
            session = self._centre.call("POST", "/v1/sign-in", body=self._entry)
            self._token, self._id = session["token"], session["actor"]["id"]
