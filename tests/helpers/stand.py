"""A shop floor of real processes: centre, outside systems, workstations, and between desks and centre a line that
goes bad when told to.

    with stand(url_or_folder, tmp_path) as floor:
        desk = floor.desk("counter"); floor.enrol(desk); sign_in(desk, "wangfang")
        floor.line.down(); floor.centre.kill(); ...
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import secrets
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
import structlog

from desk.central import cli
from desk.connectors.http_shop import PATHS
from desk.domain.ledger import Effect
from desk.household import Child
from desk.tour.far import FarDesk
from tests.helpers.books import Books
from tests.helpers.demo_shop import PATIENCE
from tests.helpers.fault_proxy import FaultProxy

Where = tuple[str, str]  # ("--database-url", url) or ("--data", folder)
ROOT = Path(__file__).resolve().parents[2]
PEOPLE = ROOT / "resources" / "demo" / "people.toml"


def desk_central(where: Where, *arguments: str | Path) -> str:
    """What a command of `desk-central` prints; it has to succeed. In this process, to spare a start."""
    before, out = structlog.get_config(), io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = cli.main([*where, *(str(one) for one in arguments)])
    finally:
        structlog.configure(**before)
    assert code == 0, out.getvalue()
    return out.getvalue().strip()


@dataclass
class CentreProcess:
    """`desk-central serve` on a founded database; it comes back where it was after a kill."""

    where: Where
    folder: Path
    connectors: Path
    url: str = ""
    _pid: int = 0
    _child: Child | None = None

    @property
    def log(self) -> Path:
        """What it wrote to stderr."""
        return self.folder / "centre.log"

    def start(self) -> None:
        """Serve; returns when it listens."""
        port = self.url.rpartition(":")[2] or "0"
        serve = ["desk.central", *self.where, "serve", "--port", port, "--connectors", str(self.connectors)]
        self._child = Child("the centre", serve, self.log, {}, lambda said: None)
        told = self._child.first()
        self.url, self._pid = str(told["url"]), int(told["pid"])

    def kill(self) -> None:
        """As a power cut would, as far as a process can."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """As an operator does."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._child is not None:
            os.kill(self._pid, how)
            self._child.end()
            self._child = None

    def add_person(self, login: str, name: str, level: str, *teams: str) -> None:
        """A colleague with the password of the demo's people; `teams` as the command line takes them."""
        words = ["adduser", login, "--name", name, *teams, "--level", level, "--language", "en", "--password-stdin"]
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(sys, "stdin", io.StringIO(f"demo-{login}\n"))
            self.run(*words)

    def run(self, *arguments: str) -> str:
        """Another command of `desk-central` on the same database while it serves."""
        return desk_central(self.where, *arguments)


@dataclass
class Outside:
    """The payment, warehouse, promotion and SMS systems, calm, in a process of their own."""

    folder: Path
    key: str = field(default_factory=lambda: secrets.token_hex(16))
    url: str = ""
    _child: Child | None = None

    def start(self) -> Path:
        """Begin to answer; the operator's connector settings for the centre."""
        arguments = ["desk.demo", "sides", "--calm", "--data", str(self.folder / "sides")]
        self._child = Child(
            "the outside systems", arguments, self.folder / "sides.log", {"DESK_SIDES_KEY": self.key}, lambda said: None
        )
        self.url = str(self._child.first()["url"])
        settings = [
            f'[connectors.{name}]\nkind = "http_shop"\nurl = "{self.url}"\nkey = "{self.key}"\n'
            for name in ("shop", "sms")
        ]
        path = self.folder / "connectors.toml"
        path.write_text("\n".join(settings), "utf-8")
        return path

    def end(self) -> None:
        """End it."""
        if self._child is not None:
            self._child.end()

    def done(self, path: str, number: str) -> list[dict[str, Any]]:
        """What that side did for an order ("refunds", "coupons", ...), each act once however often it was asked."""
        return [act for act in self._ask(f"/acts?order={number}")["acts"] if act["path"] == path]

    def times(self, path: str, key: str) -> int:
        """How often it was really performed."""
        return int(self._ask(f"/counts/{path}/{key}")["performed"])

    def performed(self, effect: Effect) -> int:
        """How often that effect was really performed."""
        return self.times(PATHS[effect.kind][1], effect.id)

    def _ask(self, target: str) -> Any:
        answer = requests.get(f"{self.url}{target}", headers={"Authorization": f"Bearer {self.key}"}, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()


@dataclass
class Floor:
    """What a test reaches."""

    folder: Path
    centre: CentreProcess
    outside: Outside
    line: FaultProxy
    books: Books
    _desks: list[FarDesk] = field(default_factory=list)
    _app_key: str = ""
    _shop_key: str = ""

    def desk(self, profile: str) -> FarDesk:
        """Start the workstation of that profile: a new one, or one that was here before."""
        options = ["--data", str(self.folder), "--as", profile, "--centre", self.line.url]
        self._desks.append(FarDesk(profile, options))
        return self._desks[-1]

    def new_desk(self, profile: str, *scopes: str) -> FarDesk:
        """A workstation set up by its administrator: English, enrolled by a code of these scopes (the hotline's)."""
        desk = self.desk(profile)
        desk.click("中 / EN")
        desk.see("Enrol this desk")
        desk.write(self.centre.run("enrol-code", *(scopes or ("--team", "hotline"))), "Code")
        desk.write(profile, "Name of this desk")
        desk.click("Enrol")
        desk.see("Sign in to take calls")
        return desk

    def request(self, **item: Any) -> None:
        """The app hands a customer's request over, with a key of its own."""
        if not self._app_key:
            told = self.centre.run("api-key", "--name", "app", "--for", "requests", "--connector", "shop")
            self._app_key = json.loads(told)["key"]
        headers = {"Authorization": f"Bearer {self._app_key}"}
        body = {"items": [{"source": secrets.token_hex(8), "channel": "app", **item}]}
        answer = requests.post(f"{self.centre.url}/v1/ingest/requests", json=body, headers=headers, timeout=PATIENCE)
        assert [one["status"] for one in answer.json()["verdicts"]] == ["taken"], answer.text

    def ingest(self, what: str, item: dict[str, Any]) -> None:
        """The shop's own systems tell a fact."""
        if not self._shop_key:
            wanted = [part for one in ("orders", "payments", "parcels", "stock") for part in ("--for", one)]
            told = self.centre.run("api-key", "--name", "shop", *wanted, "--connector", "shop")
            self._shop_key = json.loads(told)["key"]
        headers = {"Authorization": f"Bearer {self._shop_key}", "Content-Type": "application/json"}
        body = json.dumps({"items": [item]}, default=lambda moment: moment.isoformat())
        answer = requests.post(f"{self.centre.url}/v1/ingest/{what}", data=body, headers=headers, timeout=PATIENCE)
        assert [one["status"] for one in answer.json()["verdicts"]] == ["taken"], answer.text

    def complaints(self) -> list[str]:
        """Errors in the logs of desks and centre."""
        logs = [self.centre.log, *(self.folder / "desks").glob("*/logs/desk.log")]
        lines = [(log.name, line) for log in logs if log.exists() for line in log.read_text("utf-8").splitlines()]
        return [f"{name}: {line}" for name, line in lines if _is_error(line)]

    def close(self) -> None:
        """Close every window in order, then the line."""
        for desk in self._desks:
            desk.leave()
        self.line.down()


@contextlib.contextmanager
def stand(where: Where, folder: Path) -> Iterator[Floor]:
    """Start centre and outside systems over a founded database; all is ended afterwards, and no log may complain."""
    outside = Outside(folder)
    with contextlib.ExitStack() as held:
        held.enter_context(contextlib.chdir(folder))  # where a centre on PostgreSQL keeps its snapshot files
        held.callback(outside.end)
        centre = CentreProcess(where, folder, outside.start())
        held.callback(centre.stop)
        centre.start()
        line = held.enter_context(FaultProxy(centre.url))
        url = where[1] if where[0] == "--database-url" else f"sqlite:///{where[1]}/centre.db"
        books = held.enter_context(Books(url))
        floor = Floor(folder, centre, outside, line, books)
        held.callback(floor.close)
        yield floor
        floor.close()
        assert not floor.complaints()


def _is_error(line: str) -> bool:
    try:
        said = json.loads(line)
    except ValueError:
        return line.startswith(("Traceback", "ERROR", "CRITICAL"))
    return isinstance(said, dict) and said.get("level") in ("error", "critical", "exception")
