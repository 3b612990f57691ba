"""PouchDB: its server (express-pouchdb, leveldb) and clients of it in node; a put does not wait for the disk."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from tests.bench import data
from tests.bench.centre_bars import rest, twenty_a_second
from tests.bench.peers import documents
from tests.bench.peers.installed import free_port, installed, running
from tests.bench.sizes import Size

SCRIPTS = Path(__file__).resolve().parent
BATCH = 1000


@dataclass
class Pouch:
    """A running server with all tickets in it, and two clients: one that has them all, one that listens."""

    url: str
    size: Size
    environment: Mapping[str, str]
    clients: subprocess.Popen[str]

    def __post_init__(self) -> None:
        self._notes = itertools.count()
        self._line = requests.Session()

    # --- bar 10 -----------------------------------------------------------------------------------------------------

    def push(self) -> float:
        """Seconds until the server has as many changed tickets as somebody changes offline."""
        ids = [data.ticket_id(index) for index in range(self.size.offline)]
        answer = self.ask("push", ids=ids, note=self._note())
        assert answer["there"] == len(ids), f"{answer['there']} of {len(ids)} came to the server"
        return float(answer["spent"]) / 1000

    # --- bar 11 -----------------------------------------------------------------------------------------------------

    def heard(self, ids: Sequence[str], *, own: bool) -> list[float]:
        """Milliseconds from each put to the other client's store; with `own` it is put to a store of the client's."""
        late = [float(one) for one in self.ask("heard", ids=list(ids), note=self._note(), own=own)]
        assert len(late) == len(ids)
        return late

    # --- bar 12 -----------------------------------------------------------------------------------------------------

    def delivered(self, count: int) -> list[float]:
        """Twenty documents a second to so many listeners: milliseconds of each delivery."""
        command = ["node", str(SCRIPTS / "pouch_listeners.js"), self.url, str(count)]
        with _talking(command, self.environment) as listeners:
            assert _said(listeners) == "ready\n"
            rest()
            name, sent = self._note(), {}
            for turn, at in twenty_a_second():
                self._made("POST", "", {**documents.document(turn), "_id": f"{name} {turn}", "turn": turn})
                sent[turn] = at
            rest()
            _say(listeners, "end")
            heard = json.loads(_said(listeners))
        late = [(at - sent[turn]) * 1000 for _, turn, at in heard]
        assert len(late) == len(sent) * count, f"{len(late)} of {len(sent) * count} were delivered"
        return late

    # --- what is said to whom ---------------------------------------------------------------------------------------

    def fill(self) -> None:
        """All tickets into the server, then into the first client."""
        self._made("PUT", "", {})
        found = ({**one, "_id": one["tid"]} for one in documents.documents(self.size.tickets))
        while some := list(itertools.islice(found, BATCH)):
            answers = self._made("POST", "/_bulk_docs", {"docs": some})
            assert all(one.get("ok") for one in answers), answers[:3]
        came = self.ask("fill")
        assert came == self.size.tickets, f"{came} of {self.size.tickets} came to the client"

    def ask(self, what: str, **more: Any) -> Any:
        """One question to the process of the clients, and its answer."""
        _say(self.clients, json.dumps({"do": what, **more}))
        return json.loads(_said(self.clients))

    def _made(self, method: str, path: str, body: Any) -> Any:
        reply = self._line.request(method, f"{self.url}{path}", json=body, timeout=120)
        assert reply.status_code == requests.codes.created, (reply.status_code, reply.text[:300])
        return reply.json()

    def _note(self) -> str:
        return f"note {next(self._notes)}"

    def close(self) -> None:
        """The line to the server."""
        self._line.close()


@contextlib.contextmanager
def served(size: Size) -> Iterator[Pouch]:
    """Start it with empty folders and fill it."""
    folder, port = installed("pouch"), free_port()
    environment = {"NODE_PATH": str(folder / "node_modules")}
    url = f"http://127.0.0.1:{port}/tickets"
    with tempfile.TemporaryDirectory(prefix="order-desk-bench-") as made:
        command = ["node", str(SCRIPTS / "pouch_server.js"), made, str(port)]
        clients = ["node", str(SCRIPTS / "pouch_client.js"), url, made]
        with running(command, port, Path(made), **environment), _talking(clients, environment) as talking:
            peer = Pouch(url, size, environment, talking)
            try:
                peer.fill()
                yield peer
            finally:
                peer.close()


@contextlib.contextmanager
def _talking(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A process that answers lines; stopped at the end."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes, env={**os.environ, **environment}) as process:
        try:
            yield process
        finally:
            process.terminate()


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(line + "\n")
    process.stdin.flush()


def _said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "it ended without an answer"
    return line
