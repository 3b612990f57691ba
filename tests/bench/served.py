"""The true centre as a process of its own over a filled PostgreSQL database, and scripted workstations that call it."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desk.central.engine import open_engine
from desk.central.service import Service, make_service
from desk.domain.commands import Command
from desk.domain.ids import uuid7
from desk.wire import codec, signatures
from tests.bench import prepared
from tests.bench.sizes import Size

PATIENCE = 60.0
_RNG = random.Random(11)


@dataclass
class Centre:
    """A serving centre: `service` is another door to its database, for codes and bare statements."""

    url: str
    database: str
    service: Service
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def serving(size: Size, server: prepared.Server) -> Iterator[Centre]:
    """`desk-central serve` with everything on, over a copy of the prepared database."""
    with prepared.centre(server, size) as database, tempfile.TemporaryDirectory(prefix="order-desk-bench-") as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        arguments = ["--data", folder] if database.startswith("sqlite") else ["--database-url", database]
        command = [sys.executable, "-m", "desk.central", *arguments, "serve", "--port", str(port)]
        process = subprocess.Popen(
            command, cwd=Path(__file__).resolve().parents[2], env={**os.environ, "TMPDIR": folder}
        )
        service = make_service(open_engine(database), Path(folder) / "beside")
        try:
            _answers(port, process)
            yield Centre(f"http://127.0.0.1:{port}", database, service, process)
        finally:
            service.close()
            process.terminate()
            process.wait(30)


def _answers(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError):
            made = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            made.request("GET", "/healthz")
            if made.getresponse().status == 200:
                return
    raise AssertionError("the centre does not answer")


class Client:
    """One person at one workstation, scripted: a kept-alive connection, a token, sequence numbers."""

    def __init__(self, centre: Centre, login: str) -> None:
        self._place = urlsplit(centre.url).netloc
        self._line = http.client.HTTPConnection(self._place, timeout=PATIENCE)
        self.seq = 0
        code = centre.service.auth.make_code(frozenset({"team:hotline"}))
        key = signatures.public_key(signatures.new_private_key())
        made = self.call("POST", "/v1/enrol", {"code": code, "name": login, "public_key": key})
        self.installation = made["installation_id"]
        who = {"login": login, "password": prepared.PASSWORD, "installation_id": self.installation}
        answer = self.call("POST", "/v1/sign-in", {**who, "session_key": key})
        self.token, self.person = answer["token"], answer["actor"]["id"]

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The answer; anything but a 200 is an error."""
        headers = {"Content-Type": "application/json", "X-Schema": "1"}
        if hasattr(self, "token"):
            headers["Authorization"] = f"Bearer {self.token}"
        try:
            reply = self._asked(method, path, body, headers)
        except (ConnectionError, http.client.RemoteDisconnected):  # idle too long: every call may be made twice
            self._line.close()
            reply = self._asked(method, path, body, headers)
        content = reply.read()
        assert reply.status == 200, (reply.status, content[:300])
        return json.loads(content)

    def _asked(self, method: str, path: str, body: Any, headers: dict[str, str]) -> http.client.HTTPResponse:
        self._line.request(method, path, None if body is None else json.dumps(body), headers)
        return self._line.getresponse()

    def push(self, *commands: Command) -> list[Any]:
        """Push them as one batch; each must be applied."""
        batch = [self.item(one) for one in commands]
        verdicts: list[Any] = self.call("POST", "/v1/push", {"batch": batch})["verdicts"]
        assert all(verdict["status"] == "applied" for verdict in verdicts), verdicts
        return verdicts

    def item(self, command: Command) -> dict[str, Any]:
        """As it travels."""
        self.seq += 1
        plain = codec.command_to_plain(command)
        return {**plain, "seq": self.seq, "actor": self.person, "claimed_at": datetime.now(UTC).isoformat()}


def new_id() -> str:
    """A fresh id for an act."""
    return uuid7(datetime.now(UTC), _RNG)


def at_once(works: Sequence[Callable[[], None]]) -> float:
    """Seconds until all of these, each on a thread of its own, are done. An error of one is raised."""
    errors: list[BaseException] = []
    barrier = threading.Barrier(len(works) + 1)

    def go(work: Callable[[], None]) -> None:
        barrier.wait()
        try:
            work()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=go, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    barrier.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return time.perf_counter() - began
