"""A line between desks and centre that goes bad when it is told to; HTTP/1.1, one thread per connection.

    with FaultProxy(centre.url) as line:
        ... desks work over line.url ...
        line.down()                                            # every connection cut, new ones refused
        line.up()
        lost = line.next("POST /v1/push", Fault.SWALLOW, then_down=True)
        assert lost.wait(60)                                   # the centre did it, the answer is gone

`exchanges` keeps what went over the line, answers that never arrived among them.
"""

from __future__ import annotations

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO
from urllib.parse import urlsplit


class Fault(StrEnum):
    """What may happen to one request."""

    SWALLOW = "swallow"  # the centre answers, and the answer is lost
    BREAK_OFF = "break_off"  # half of the answer arrives


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request that the centre answered: "POST /v1/push", the two bodies, and whether the answer arrived whole."""

    what: str
    asked: bytes
    answered: bytes
    arrived: bool

    @property
    def verdicts(self) -> list[dict[str, Any]]:
        """The verdicts in an answer to a push."""
        found: list[dict[str, Any]] = json.loads(self.answered).get("verdicts", [])
        return found


@dataclass(slots=True)
class _Plan:
    what: str
    fault: Fault
    then_down: bool
    happened: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class _Message:
    """An HTTP message as it travelled, with its body unpacked from chunks."""

    first: bytes
    whole: bytes
    body: bytes

    @property
    def what(self) -> str:
        method, target = self.first.decode("latin-1").split(" ")[:2]
        return f"{method} {urlsplit(target).path}"


class FaultProxy:
    """Listens on loopback for as long as the block lasts; where it listens stays the same while it is down."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self._upstream = (str(parts.hostname), int(parts.port or 80))
        self._lock = threading.RLock()
        self._plans: list[_Plan] = []
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._flowing = threading.Event()
        self._held = "", threading.Event()
        self._listener: socket.socket | None = None
        self._port = 0
        self.exchanges: list[Exchange] = []

    def __enter__(self) -> FaultProxy:
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.down()
        for thread in self._threads:
            thread.join(10)

    @property
    def url(self) -> str:
        """Where desks find it."""
        return f"http://127.0.0.1:{self._port}"

    def up(self) -> None:
        """Let everything through; what was half open is cut, as nothing would ever come of it."""
        with self._lock:
            self._flowing.set()
            if self._listener is not None:
                self._cut()
                return
            self._listener = socket.create_server(("127.0.0.1", self._port))
            self._port = self._listener.getsockname()[1]
            self._start(self._accept, self._listener)

    def down(self, *, but: frozenset[socket.socket] = frozenset()) -> None:
        """Cut every connection and refuse new ones."""
        with self._lock:
            self._flowing.set()
            if self._listener is not None:
                with contextlib.suppress(OSError):
                    self._listener.shutdown(socket.SHUT_RDWR)  # wakes whoever accepts
                self._listener.close()
                self._listener = None
            self._cut(but)

    def silent(self, what: str = "") -> threading.Event:
        """Half open: connections stay and are taken, nothing passes and nobody is told. `up` or `down` ends it. The
        event is set when a request of that kind is under way in it."""
        with self._lock:
            self._held = what, threading.Event()
            self._flowing.clear()
            return self._held[1]

    def next(self, what: str, fault: Fault, *, then_down: bool = False) -> threading.Event:
        """What happens to the next request of that kind; the event is set when it has.

        `then_down`: it is the last that gets through. Else a feed that is waiting at the centre could tell the news
        that the lost answer held.
        """
        plan = _Plan(what, fault, then_down)
        with self._lock:
            self._plans.append(plan)
        return plan.happened

    def of(self, what: str) -> list[Exchange]:
        """Exchanges of that kind, in their order."""
        return [exchange for exchange in self.exchanges if exchange.what == what]

    # --- threads ------------------------------------------------------------------------------------------------

    def _start(self, work: Any, *args: Any) -> None:
        thread = threading.Thread(target=work, args=args, name="line")
        self._threads.append(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                with self._lock:
                    if self._listener is not listener:
                        client.close()
                        return
                    self._open.add(client)
                    self._start(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        try:
            with client, contextlib.suppress(OSError):
                centre = socket.create_connection(self._upstream)
                with centre, client.makefile("rb") as asked, centre.makefile("rb") as answered:
                    with self._lock:
                        if client not in self._open:
                            return
                        self._open.add(centre)
                    try:
                        while self._pass(client, centre, asked, answered):
                            pass
                    finally:
                        with self._lock:
                            self._open.discard(centre)
        finally:
            with self._lock:
                self._open.discard(client)

    def _pass(self, client: socket.socket, centre: socket.socket, asked: BinaryIO, answered: BinaryIO) -> bool:
        """One request and its answer; whether the connection goes on."""
        request = _read(asked)
        self._hold(request)
        plan = self._planned(request.what) if request else None
        if request is None or not self._is_open(client):
            return self._ended(plan)
        if plan is not None and plan.then_down:
            self.down(but=frozenset({client, centre}))
        centre.sendall(request.whole)
        answer = _read(answered)
        self._flowing.wait()
        if answer is None:
            return self._ended(plan)
        if plan is not None:
            self.exchanges.append(Exchange(request.what, request.body, answer.body, arrived=False))
            if plan.fault is Fault.BREAK_OFF:
                client.sendall(answer.whole[: len(answer.whole) // 2])
            return self._ended(plan)
        arrived = self._is_open(client)
        self.exchanges.append(Exchange(request.what, request.body, answer.body, arrived))
        client.sendall(answer.whole)
        return arrived

    def _hold(self, request: _Message | None) -> None:
        with self._lock:
            what, held = self._held
            if request is not None and request.what == what and not self._flowing.is_set():
                held.set()
        self._flowing.wait()

    def _ended(self, plan: _Plan | None) -> bool:
        if plan is not None:
            if plan.then_down:
                self.down()
            plan.happened.set()
        return False

    def _planned(self, what: str) -> _Plan | None:
        with self._lock:
            found = next((plan for plan in self._plans if plan.what == what), None)
            if found is not None:
                self._plans.remove(found)
            return found

    def _is_open(self, client: socket.socket) -> bool:
        with self._lock:
            return client in self._open

    def _cut(self, but: frozenset[socket.socket] = frozenset()) -> None:
        for end in self._open - but:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open &= but


def _read(stream: BinaryIO) -> _Message | None:
    """The next message on a connection; None where it ended."""
    lines = list(_head(stream))
    if not lines or lines[-1] not in (b"\r\n", b"\n"):
        return None
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines[1:])}
    if fields.get(b"transfer-encoding", b"").lower() == b"chunked":
        chunks = list(_chunks(stream))
        return _Message(lines[0], b"".join(lines) + b"".join(raw for raw, _ in chunks), b"".join(b for _, b in chunks))
    body = stream.read(int(fields.get(b"content-length", b"0")))
    return _Message(lines[0], b"".join(lines) + body, body)


def _head(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline():
        yield line
        if line in (b"\r\n", b"\n"):
            return


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """(as it travelled, its content) until the last one; no trailers, which nobody here sends."""
    while size := stream.readline():
        content = stream.read(int(size, 16))
        end = stream.readline()
        yield size + content + end, content
        if not content:
            return
