"""The line to another system: one HTTP call with a deadline, a cap, and an outcome that says what may have happened.

    line = Line(url, timeout_seconds=10)
    reply = line.send("POST", "/refunds", body=b"{}")   ->  Reply | Refused("not_reachable", again=True) | NoAnswer

A connector reads the Reply; what the network did is decided here, once: never connected means surely not done, anything
later that goes wrong means perhaps done.
"""

from __future__ import annotations

import ipaddress
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import requests

from desk.connectors.ports import NoAnswer, Refused

CONNECT_SECONDS = 3.05
MAX_ANSWER = 64 * 1024
MAX_CODE = 80
BUSY = frozenset({408, 425, 429, 503})  # the server says itself that it did not take it
_LONGEST_WAIT = 3600


def check_url(url: str) -> None:
    """ValueError for what is no http(s) address, and for plain http beyond this machine (DESIGN 3)."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("a connector's url starts with https:// or, on this machine, http://")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise ValueError("a connector beyond this machine needs https://")


def is_loopback(host: str) -> bool:
    """Whether that host is this machine, by its address or as localhost."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the status, and the body or None where it was too long or too slow in coming."""

    status: int
    content: bytes | None = field(repr=False)
    wait_seconds: int | None = None  # what the other side asked for (Retry-After)

    @property
    def document(self) -> dict[str, Any] | None:
        """The body as a JSON object, decimals exact; None where it is none."""
        try:
            body = json.loads(self.content or b"", parse_float=Decimal)
        except (ValueError, RecursionError):
            return None
        return body if isinstance(body, dict) else None


class Line:
    """Calls to one other system. May be used by several threads at once."""

    def __init__(
        self,
        urls: Sequence[str],
        timeout_seconds: float,
        *,
        most: int = MAX_ANSWER,
        session: requests.Session | None = None,
    ) -> None:
        for url in urls:
            check_url(url)
        self._timeout = timeout_seconds
        self._most = most
        self._session = session or requests.Session()
        if all(is_loopback(urlsplit(url).hostname or "") for url in urls):
            self._session.trust_env = False  # no proxy between two processes of one machine

    @property
    def longest_call(self) -> float:
        """Seconds to connect, to wait for the first word, and for the last."""
        return CONNECT_SECONDS + 2 * self._timeout

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Reply | Refused | NoAnswer:
        """One call; never raises for what the network or the other side did. Blocks up to `longest_call`."""
        told = {**headers, "Content-Type": "application/json"} if body is not None else dict(headers)
        try:
            with self._session.request(
                method,
                url,
                params=params,
                data=body,
                headers=told,
                timeout=(CONNECT_SECONDS, self._timeout),
                allow_redirects=False,
                stream=True,
            ) as response:
                return Reply(response.status_code, self._content(response), _retry_after(response))
        except (requests.exceptions.ConnectTimeout, requests.exceptions.ProxyError):
            return Refused("not_reachable", again=True)
        except requests.exceptions.ConnectionError as error:
            return Refused("not_reachable", again=True) if _never_connected(error) else NoAnswer("line_broken")
        except requests.exceptions.Timeout:
            return NoAnswer("time_out")
        except requests.exceptions.RequestException:
            return NoAnswer("line_broken")

    def _content(self, response: requests.Response) -> bytes | None:
        ends = time.monotonic() + self._timeout
        content = b""
        for chunk in response.iter_content(8192):
            content += chunk
            if len(content) > self._most or time.monotonic() > ends:
                return None
        return content


def code_of(told: object, status: int) -> str:
    """A problem as a code; words of others are never kept (they may hold personal data)."""
    if isinstance(told, str) and told and len(told) <= MAX_CODE and told.replace("_", "").isalnum() and told.isascii():
        return told
    return f"status_{status}" if status != 200 else "refused"


def _never_connected(error: requests.exceptions.ConnectionError) -> bool:
    """Whether the line was never there, so that surely nothing was asked. urllib3 says so in the cause alone."""
    text = repr(error)
    return "NewConnectionError" in text or "NameResolutionError" in text


def _retry_after(response: requests.Response) -> int | None:
    text = response.headers.get("Retry-After", "")
    return min(int(text), _LONGEST_WAIT) if text.isdigit() else None
