"""The processes behind a desk on one machine: the embedded centre, and for a demo the shop and its outside systems.

    .data/centre/      the centre's database           .data/sides/   payment, warehouse, promotion and SMS sides
    .data/shop/        what the made-up shop remembers .data/household.json  where the centre is, keys of the demo

Whoever starts first holds the household; a second desk on the machine finds the centre by `household.json`.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from desk.resources_path import resource
from desk.storage.filelock import FileLock, InUse

PATIENCE = 60.0  # seconds for a child to say its first line
ENDS_WITHIN = 8.0
Told = Callable[[dict[str, Any]], None]
SHOP_SCOPES = "team:hotline,store:S01"  # what the made-up colleagues of the shop see


class HouseholdProblem(Exception):
    """A process of the household could not be started; the message says which and what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What the household remembers between runs; kept readable by its owner alone."""

    url: str = ""
    pid: int = 0
    sides_key: str = ""
    ingest_key: str = ""


@dataclass(frozen=True, slots=True)
class Home:
    """Where the centre is, and a code for a new desk where one was asked for."""

    url: str
    code: str = ""


class Child:
    """A process that tells JSON lines on stdout and ends when its stdin closes."""

    def __init__(self, name: str, arguments: Sequence[str], log: Path, keys: dict[str, str], told: Told) -> None:
        self.name = name
        self._told = told
        self._first: dict[str, Any] | None = None
        self._spoke = threading.Event()
        self._log = log
        with log.open("ab") as errors:
            self._process = subprocess.Popen(  # noqa: S603  (our own modules, fixed arguments)
                [sys.executable, "-m", *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env={**os.environ, **keys},
            )
        self._listener = threading.Thread(target=self._listen, name=f"{name}-lines", daemon=True)
        self._listener.start()

    def first(self) -> dict[str, Any]:
        """Its first line; raises HouseholdProblem where it ended, or kept silent, instead."""
        self._spoke.wait(PATIENCE)
        if self._first is None:
            self.end()
            lines = self._log.read_text("utf-8", "replace").strip().splitlines() if self._log.exists() else []
            raise HouseholdProblem(f"{self.name} did not start: {lines[-1] if lines else 'it said nothing'}")
        return self._first

    def end(self) -> None:
        """Close its stdin, wait, and end it by force where it does not listen."""
        with contextlib.suppress(OSError):
            if self._process.stdin:
                self._process.stdin.close()
        try:
            self._process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._listener.join(ENDS_WITHIN)
        if self._process.stdout:
            self._process.stdout.close()

    def _listen(self) -> None:
        for line in self._process.stdout or ():
            with contextlib.suppress(ValueError):
                said = json.loads(line)
                if self._first is None:
                    self._first = said
                    self._spoke.set()
                self._told(said)
        self._spoke.set()


@dataclass(slots=True)
class Household:
    """Starts and ends the processes. Blocks: use it off the UI thread."""

    folder: Path
    demo: bool
    told: Told = lambda said: None
    calm: bool = False  # the outside systems neither delay nor fail
    arrivals: bool = True
    orders: int = 0  # how many the made-up shop begins with; 0: as it likes
    _children: list[Child] = field(default_factory=list)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _over: bool = False
    _sides_url: str = ""

    def start(self, desk_scopes: str = "") -> Home:
        """Find the centre that runs here already, or start one. Raises HouseholdProblem.

        `desk_scopes` ("team:hotline,store:S01"): also make a code that enrols a desk of these.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            notes = self._read()
            if notes.url and _answers(notes.url):
                return Home(notes.url, self._code(desk_scopes) if desk_scopes else "")
            try:
                return self._start(notes, desk_scopes)
            except BaseException:
                self._end_children()
                raise

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One desk at a time looks and starts: the second of two that begin together finds what the first started."""
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                lock = FileLock(self.folder / "household.lock")
                break
            except InUse:
                self._go_on()
                if time.monotonic() > ends:
                    raise HouseholdProblem("another desk has been starting the centre for a minute") from None
                time.sleep(0.1)
        try:
            yield
        finally:
            lock.release()

    def end(self) -> None:
        """End what was started here: the shop first, then the centre, its outside systems last.

        Safe while another thread is in `start`, which then raises HouseholdProblem and starts no more: final."""
        self._over = True
        self._end_children()

    def _end_children(self) -> None:
        while True:
            with self._guard:
                child = self._children.pop() if self._children else None
            if child is None:
                return
            child.end()

    def _go_on(self) -> None:
        if self._over:
            raise HouseholdProblem("the desk was closed while the household was starting")

    def _code(self, scopes: str) -> str:
        options = []
        for scope in scopes.split(","):
            kind, _, name = scope.partition(":")
            options += [f"--{kind}", name] if name else [f"--{kind}"]
        command = [sys.executable, "-m", "desk.central", "--data", str(self.folder / "centre"), "enrol-code", *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (our own module)
        if done.returncode:
            raise HouseholdProblem(done.stderr.strip())
        return done.stdout.strip()

    def _start(self, notes: Notes, desk_scopes: str) -> Home:
        is_new_shop = self.demo and not (self.folder / "shop").exists()
        centre = [
            "desk.central",
            "--data",
            str(self.folder / "centre"),
            "serve",
            "--embedded",
            "--port",
            "0",
            "--found",
        ]
        for scopes in filter(None, {desk_scopes, SHOP_SCOPES if is_new_shop else ""}):
            centre += ["--code", scopes]
        if self.demo:
            notes = replace(notes, sides_key=notes.sides_key or secrets.token_hex(16))
            centre += ["--demo", "--people", str(resource("demo", "people.toml"))]
            centre += ["--connectors", str(self._start_sides(notes)), *([] if notes.ingest_key else ["--key", "shop"])]
        served = self._child("the centre", centre, {}).first()
        codes = served.get("codes", {})
        key = served.get("key", notes.ingest_key)
        notes = replace(notes, url=str(served["url"]), pid=int(served["pid"]), ingest_key=str(key))
        self._write(notes)
        if self.demo:
            self._start_shop(notes, codes.get(SHOP_SCOPES, "") if is_new_shop else "")
        return Home(notes.url, codes.get(desk_scopes, ""))

    def _start_sides(self, notes: Notes) -> Path:
        arguments = ["desk.demo", "sides", "--data", str(self.folder / "sides"), *(["--calm"] if self.calm else [])]
        sides = self._child("the outside systems", arguments, {"DESK_SIDES_KEY": notes.sides_key})
        url = sides.first()["url"]
        self._sides_url = str(url)
        key_file = self.folder / "sides.key"
        _write_private(key_file, notes.sides_key)
        tables = [
            f'[connectors.{name}]\nkind = "http_shop"\nurl = {json.dumps(url)}\nkey_file = {json.dumps(str(key_file))}'
            for name in ("shop", "sms")
        ]
        path = self.folder / "connectors.toml"
        path.write_text("\n\n".join(tables) + "\n", encoding="utf-8")
        return path

    def _start_shop(self, notes: Notes, code: str) -> None:
        arguments = ["desk.demo", "shop", "--centre", notes.url, "--sides", self._sides_url]
        arguments += ["--data", str(self.folder / "shop"), *([] if self.arrivals else ["--no-arrivals"])]
        arguments += ["--orders", str(self.orders)] if self.orders else []
        arguments += ["--enrol", code] if code else []
        keys = {"DESK_SIDES_KEY": notes.sides_key, "DESK_INGEST_KEY": notes.ingest_key}
        self._child("the shop", arguments, keys)

    def _child(self, name: str, arguments: Sequence[str], keys: dict[str, str]) -> Child:
        logs = self.folder / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        with self._guard:
            self._go_on()
            child = Child(name, arguments, logs / f"{name.split()[-1]}.log", keys, self.told)
            self._children.append(child)
        return child

    def _read(self) -> Notes:
        path = self.folder / "household.json"
        return Notes(**json.loads(path.read_text("utf-8"))) if path.exists() else Notes()

    def _write(self, notes: Notes) -> None:
        _write_private(self.folder / "household.json", json.dumps(asdict(notes)))


def _answers(url: str) -> bool:
    """Whether somebody listens there. The port alone does not say who: a centre has to know the desk's token anyway."""
    where = urlsplit(url)
    with contextlib.suppress(OSError), socket.create_connection((where.hostname or "", where.port or 0), timeout=1):
        return True
    return False


def _write_private(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
