"""The true centre over HTTP in a thread, with a clock that the test moves, people who sign in, systems that push in.

with live_centre(url, folder, clock) as centre:
    seat = centre.sign_in("hana", centre.enrol("counter", {"store:S01"}))
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desk.central import api_keys, founding
from desk.central.auth import Auth
from desk.central.engine import open_engine
from desk.central.service import Service, make_service
from desk.sync.account import Account, SignedIn
from desk.sync.clock import CentreClock
from desk.sync.transport import Credentials, Lane
from desk.wire import signatures
from tests.helpers.running_centre import QUICK, served

PASSWORD = "made-up-password"
_ITEMS = 100  # of one ingest request


@dataclass(slots=True)
class HandClock:
    """A clock for centre and desks alike; it moves when it is told to."""

    at: datetime

    def now(self) -> datetime:
        """Aware UTC."""
        return self.at

    def monotonic(self) -> float:
        """Seconds for measuring."""
        return self.at.timestamp()

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.at += timedelta(**span)


@dataclass(slots=True)
class Seat:
    """Somebody signed in at an installation, with the lane that carries their token."""

    lane: Lane
    who: SignedIn


@dataclass(slots=True)
class LiveCentre:
    """A centre that listens at `base`. `service` is its inside, for what only its own jobs and command line may do."""

    base: str
    service: Service
    clock: HandClock
    _lanes: list[Lane] = field(default_factory=list)
    _systems: dict[str, Lane] = field(default_factory=dict)

    def enrol(self, name: str, scopes: Iterable[str]) -> str:
        """Enrol a desk over HTTP; its installation id."""
        code = self.service.auth.make_code(frozenset(scopes))
        account = Account(self.lane(""))
        return account.enrol(code, name, signatures.public_key(signatures.new_private_key())).installation_id

    def sign_in(self, login: str, installation_id: str) -> Seat:
        """Sign a person in over HTTP."""
        lane = self.lane(installation_id)
        return Seat(lane, Account(lane).sign_in(login, PASSWORD, ""))

    def ingest(self, what: str, connector: str, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Push items in as that connector's system does, over HTTP with its own key; a verdict for each."""
        if connector not in self._systems:
            scopes = ("orders", "requests")
            _, key = api_keys.make_key(self.service.store, connector, scopes, connector)
            self._systems[connector] = self.lane("")
            self._systems[connector].credentials.token = key
        verdicts: list[dict[str, Any]] = []
        for start in range(0, len(items), _ITEMS):
            body = {"items": items[start : start + _ITEMS]}
            verdicts += self._systems[connector].post(f"/v1/ingest/{what}", body)["verdicts"]
        return verdicts

    def lane(self, installation_id: str) -> Lane:
        """A session of its own towards this centre; closed with it."""
        made = Lane(self.base, Credentials(installation_id), CentreClock())
        self._lanes.append(made)
        return made

    def close(self) -> None:
        """Close every lane that was handed out."""
        for lane in self._lanes:
            lane.close()


@contextlib.contextmanager
def live_centre(url: str, folder: Path, clock: HandClock) -> Iterator[LiveCentre]:
    """Found a centre on an empty database and serve it on a free port of loopback until the block ends."""
    engine = open_engine(url)
    founding.init(engine, clock=clock.now)
    service = make_service(engine, folder / "snapshots", clock.now)
    service.auth = Auth(service.store, service.secrets, QUICK)
    try:
        with served(service) as base:
            centre = LiveCentre(base, service, clock)
            try:
                yield centre
            finally:
                centre.close()
    finally:
        service.close()
