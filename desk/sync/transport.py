"""Speaks /v1 with the centre over `requests`: time-outs, size caps, the system's certificates, errors as weather.

The only file of the desk that does HTTP. A `Lane` is one session used by one thread at a time; the sync engine, the
long-poll and look-ups have one each and share the `Credentials`.
"""

from __future__ import annotations

import contextlib
import io
import json
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit
from weakref import WeakSet

import requests
import truststore
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError, ProtocolError, ReadTimeoutError, SSLError

from desk.storage.outbox import Act
from desk.sync import problems
from desk.sync.clock import CentreClock
from desk.sync.ports import Snapshot
from desk.wire import codec, snapshots
from desk.wire.canonical import parsed
from desk.wire.protocol import SCHEMA, Cursor, FeedRow, Page, PushReply

CONNECT_SECONDS = 5
READ_SECONDS = 20
LONG_READ_SECONDS = 10  # beyond what a long-poll waits by itself
MOST_BYTES = 32 * 1024 * 1024
MOST_SNAPSHOT_BYTES = 512 * 1024 * 1024  # packed
_PART = 64 * 1024
_T = TypeVar("_T")
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(slots=True)
class Credentials:
    """Who speaks: the installation and the token of the person signed in (in memory only)."""

    installation_id: str = ""
    token: str = ""
    expires_at: datetime | None = None


class InsecureAddress(ValueError):
    """http:// beyond this machine: personal data would travel in the clear."""

    code = "insecure_address"


class _Adapter(HTTPAdapter):
    """TLS by the operating system's certificate store, as merchants' own authorities are installed there; and a way to
    cut every open connection, for a long-poll must not hold the program's end."""

    def __init__(self) -> None:
        self.open: WeakSet[HTTPConnection] = WeakSet()
        self.is_cut = False
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, ssl_context=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
        self.poolmanager.pool_classes_by_scheme = {
            "http": _pool_of(HTTPConnectionPool, HTTPConnection, self.opened),
            "https": _pool_of(HTTPSConnectionPool, HTTPSConnection, self.opened),
        }

    def opened(self, connection: HTTPConnection) -> None:
        """Note it; one that was being opened while the line was cut is shut at once."""
        self.open.add(connection)
        if self.is_cut:
            _shut(connection)

    def cut(self) -> None:
        """Shut the sockets: whoever reads from one gets an end of file."""
        self.is_cut = True  # first: whatever is opened from here on sees it
        for connection in list(self.open):
            _shut(connection)


def _shut(connection: HTTPConnection) -> None:
    with contextlib.suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)


def _pool_of(pool: Any, connection: Any, opened: Callable[[HTTPConnection], None]) -> Any:
    """A pool class that tells of each connection it opens."""

    class Noted(connection):  # type: ignore[misc]
        def connect(self) -> None:
            super().connect()
            opened(self)

    return type(f"Noted{pool.__name__}", (pool,), {"ConnectionCls": Noted})


@dataclass(slots=True)
class Lane:
    """One HTTP session towards the centre; blocks, so never on the UI thread. Every call may raise sync.problems."""

    base: str
    credentials: Credentials
    clock: CentreClock
    _session: requests.Session = field(init=False)
    _adapter: _Adapter = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise InsecureAddress(self.base)
        self._session = requests.Session()
        self._adapter = _Adapter()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, self._adapter)

    def close(self) -> None:
        """Close the session's connections."""
        self._session.close()

    def abort(self) -> None:
        """From any thread: end the call that is on the line, which raises Offline in its thread; so do all further
        ones, until `reopen`."""
        self._adapter.cut()

    def reopen(self) -> None:
        """Allow calls again."""
        self._adapter.is_cut = False

    def get(self, path: str, params: Mapping[str, Any] | None = None, wait: int = 0) -> Any:
        """JSON of a GET."""
        return _json(self._call("GET", path, params=params, read=(wait + LONG_READ_SECONDS) if wait else READ_SECONDS))

    def post(self, path: str, body: Any) -> Any:
        """JSON of a POST."""
        return _json(self._call("POST", path, body=body))

    def packed(self, path: str, params: Mapping[str, Any]) -> bytes:
        """The body of a big GET, as it came (gzip or not)."""
        return self._call("GET", path, params=params, most=MOST_SNAPSHOT_BYTES, packed=True)

    def _call(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        read: float = READ_SECONDS,
        most: int = MOST_BYTES,
        packed: bool = False,
    ) -> bytes:
        call = partial(self._once, method, path, params, body, read, most, packed)
        with self._lock:
            if self._adapter.is_cut:
                raise problems.Offline("the line is cut here", sent=False)
            try:
                return call()
            except _StaleConnection as stale:
                if self._adapter.is_cut:
                    raise problems.Offline(str(stale)) from None
            try:
                return call()
            except _StaleConnection as stale:
                raise problems.Offline(str(stale)) from None
            except problems.SyncProblem as problem:
                problem.sent = True  # the first try may have arrived
                raise

    def _once(
        self,
        method: str,
        path: str,
        params: Mapping[str, Any] | None,
        body: Any,
        read: float,
        most: int,
        packed: bool,
    ) -> bytes:
        headers = {"X-Request-Id": secrets.token_hex(8), "X-Schema": str(SCHEMA)}
        if packed:
            headers["Accept-Encoding"] = "gzip"
        if self.credentials.token:
            headers["Authorization"] = f"Bearer {self.credentials.token}"
        try:
            with self._session.request(
                method,
                self.base + path,
                params=dict(params or {}),
                json=body,
                headers=headers,
                timeout=(CONNECT_SECONDS, read),
                stream=True,
                allow_redirects=False,
            ) as response:
                self.clock.heard(_date(response))
                content = _read(response, most, packed)
        except requests.ConnectTimeout as error:
            raise problems.Offline(str(error), sent=False) from None
        except requests.ConnectionError as error:
            raise _connection_problem(error) from None
        except requests.RequestException as error:
            raise problems.Offline(str(error)) from None
        if response.status_code >= 300:
            raise _problem(response, content)
        return content


class _StaleConnection(Exception):
    """A kept-alive connection that the other side had closed: one free second try (ids make it safe)."""


def _connection_problem(error: requests.ConnectionError) -> Exception:
    reason: Any = error.args[0] if error.args else error
    cause = getattr(reason, "reason", reason)
    if isinstance(cause, NewConnectionError):
        return problems.Offline(str(error), sent=False)
    if isinstance(cause, ProtocolError):
        return _StaleConnection(str(error))
    return problems.Offline(str(error))


def _read(response: requests.Response, most: int, packed: bool) -> bytes:
    """The body, at most so many bytes; where the transfer was packed, as it came or unpacked."""
    found = io.BytesIO()
    as_it_came = packed and response.status_code < 300
    for part in _packed_parts(response) if as_it_came else response.iter_content(_PART):
        if found.tell() + len(part) > most:
            raise problems.ServerFault("the answer is too long")
        found.write(part)
    return found.getvalue()


def _packed_parts(response: requests.Response) -> Iterator[bytes]:
    """As `iter_content` but not unpacked, and with its errors."""
    try:
        yield from response.raw.stream(_PART, decode_content=False)
    except ProtocolError as error:
        raise requests.ConnectionError(error) from None
    except (ReadTimeoutError, SSLError) as error:
        raise requests.ConnectionError(str(error)) from None


def _date(response: requests.Response) -> datetime | None:
    try:
        return parsedate_to_datetime(response.headers["Date"])
    except (KeyError, ValueError):
        return None


def _json(content: bytes) -> Any:
    try:
        return parsed(content)
    except ValueError as error:
        raise problems.ServerFault(f"no JSON: {error}") from None


def _problem(response: requests.Response, content: bytes) -> problems.SyncProblem:
    """The weather that a status means; the problem document's code where it has one."""
    try:
        document = json.loads(content)
    except ValueError:
        document = {}
    if not isinstance(document, dict):
        document = {}
    code, detail, status = str(document.get("code", "")), str(document.get("detail", "")), response.status_code
    wait = _retry_after(response)
    if status >= 500 or status == 429:
        kind = problems.Busy if status in (429, 503) else problems.ServerFault
        return kind(detail or str(status), wait)
    if status == 409 and ("common" in document or "snapshot" in document):
        return problems.Restored(int((document.get("common") or {}).get("n", 0)))
    if status == 403:
        return problems.Forbidden(code or "forbidden", detail)
    simple = {401: problems.AuthExpired, 410: problems.BelowFloor, 413: problems.TooBig, 426: problems.TooOld}
    if status in simple and code not in _ANSWERS:
        return simple[status](detail)
    rejected = problems.Rejected(status, code or "bad_request", detail)
    rejected.retry_after = wait
    rejected.data = {k: v for k, v in document.items() if k not in _STANDARD and isinstance(v, str | int)}
    return rejected


# A 401 of this code is the answer to a sign-in; all others are about the token.
_ANSWERS = frozenset({"wrong_login"})
_STANDARD = frozenset({"type", "title", "status", "code", "detail"})


def _retry_after(response: requests.Response) -> float | None:
    try:
        return max(0.0, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return None


@dataclass(slots=True)
class CentreNet:
    """sync.ports.Net over a lane."""

    lane: Lane

    def push(self, acts: Sequence[Act]) -> PushReply:
        """One verdict per act."""
        return _shape(PushReply, self.lane.post("/v1/push", {"batch": [envelope(act) for act in acts]}))

    def pull(self, at: Cursor, wait: int, limit: int) -> Page:
        """The commits after `at` that have something for this desk; waits so many seconds for one."""
        params = {"n": at.n, "h": at.h, "wait": wait, "limit": limit}
        return _shape(Page, self.lane.get("/v1/pull", params, wait=wait))

    def snapshot(self, first: bool = False, at: int = 0) -> Snapshot:
        """The whole scope as of commit `at` or later; where it is a big one and `first`, what a person starts with.
        Rows are unpacked as they are read."""
        content = self.lane.packed("/v1/snapshot", {"part": "first" if first else "whole", "at": at})
        with _faults():
            head, rows = snapshots.read(content)
        return Snapshot(head, _whole(rows), content)

    def refresh(self) -> None:
        """A new token for the old one; raises AuthExpired where only a sign-in helps."""
        if not self.lane.credentials.token:
            raise problems.AuthExpired("not signed in at the centre")
        before = self.lane.credentials.token
        try:
            answer = self.lane.post("/v1/refresh", {})
        except (problems.AuthExpired, problems.Rejected):
            if self.lane.credentials.token not in (before, ""):
                return  # a sign-in has overtaken this
            self.lane.credentials.token = ""
            raise problems.AuthExpired("the token is gone") from None
        self.lane.credentials.token = str(answer["token"])


def envelope(act: Act) -> dict[str, Any]:
    """An act as it travels (docs/protocol.md, push)."""
    return {
        **codec.command_to_plain(act.command),
        "seq": act.seq,
        "actor": act.person_id,
        "sig": None,
        "lease": None,
        "claimed_at": act.claimed_at.isoformat(),
    }


@contextlib.contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except snapshots.Broken as error:
        raise problems.ServerFault(str(error)) from None


def _whole(rows: Iterator[FeedRow]) -> Iterator[FeedRow]:
    with _faults():
        yield from rows


def _shape(kind: type[_T], data: Any) -> _T:
    try:
        return codec.from_plain(kind, data)
    except codec.ShapeError as error:
        raise problems.ServerFault(str(error)) from None
