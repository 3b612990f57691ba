"""What all services of a desk stand on: profile and store, who is signed in, whether the centre can be reached."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TypeVar

from desk.domain.ids import IdMaker
from desk.domain.people import Actor
from desk.services.changes import Changes
from desk.services.jobs import Jobs
from desk.services.reader import Reader
from desk.storage.desk_store import DeskStore, View
from desk.storage.keys import KeyFile
from desk.storage.projection import NoPolicy
from desk.sync.account import Account
from desk.sync.clock import CentreClock
from desk.sync.transport import Credentials, Lane

_T = TypeVar("_T")


class SignedOut(Exception):
    """Nobody is signed in, so there is nothing to read or to do."""

    code = "signed_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """This desk as the centre knows it; kept in the open, for none of it is a secret."""

    installation_id: str
    name: str
    scopes: tuple[str, ...]
    centre: str
    centre_key: str = ""


@dataclass(slots=True)
class Profile:
    """The folder of one desk: enrolment, key slots, the encrypted file. Used on the store thread."""

    folder: Path
    keys: KeyFile
    clock: CentreClock
    enrolment: Enrolment | None = None
    store: DeskStore | None = None

    def load(self) -> None:
        """Read the enrolment, where there is one."""
        path = self.folder / "desk.json"
        if path.exists():
            data = json.loads(path.read_text("utf-8"))
            self.enrolment = Enrolment(**{**data, "scopes": tuple(data["scopes"])})

    def keep(self, enrolment: Enrolment) -> None:
        """Write the enrolment."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.folder / "desk.json").write_text(json.dumps(asdict(enrolment), ensure_ascii=False, indent=1), "utf-8")
        self.enrolment = enrolment

    @property
    def has_file(self) -> bool:
        """Whether there is a file to open."""
        return (self.folder / "desk.db").exists()

    def open(self, key: bytes) -> DeskStore:
        """Open the file (once); raises what storage.engine.Database raises."""
        if self.store is None:
            scopes = self.enrolment.scopes if self.enrolment else ()
            self.store = DeskStore(self.folder / "desk.db", key, scopes)
        return self.store

    def close(self) -> None:
        """Close the file."""
        if self.store is not None:
            self.store.set_meta("seen_at", self.clock.now().isoformat().encode())
            self.store.close()
            self.store = None


@dataclass(slots=True)
class Workplace:
    """Made by bootstrap, shared by the services. Lives on the UI thread; `read`, `write` and `look` do the thread hops.

    `online` is the syncer's word; `renew` is how it asks the session for a new token (True when it has one).
    """

    jobs: Jobs
    changes: Changes
    profile: Profile
    clock: CentreClock
    centre: str
    rng: random.Random = field(default_factory=random.SystemRandom)
    actor: Actor | None = None
    online: bool = False
    credentials: Credentials = field(default_factory=Credentials)
    lanes: dict[str, Lane] = field(default_factory=dict)

    def new_id(self) -> str:
        """A fresh id for an act or an entity."""
        return IdMaker(self.clock.now, self.rng)()

    def lane(self, name: str) -> Lane:
        """The lane of that purpose (sync, listen, look, account), made at its first use."""
        if name not in self.lanes:
            self.lanes[name] = Lane(self.centre, self.credentials, self.clock)
        return self.lanes[name]

    @property
    def account(self) -> Account:
        """Sign-in and look-ups, on a lane of their own."""
        return Account(self.lane("account"))

    async def read(self, build: Callable[[Reader], _T]) -> _T:
        """Run a reader of replica and overlay on the store thread; raises SignedOut, projection.NoPolicy."""
        actor, now, online = self.signed_in(), self.clock.now(), self.online

        def work(view: View) -> _T:
            return build(Reader(view, actor, now, online))

        return await self.jobs.store(lambda: self.store().read(work))

    async def read_or(self, empty: _T, build: Callable[[Reader], _T]) -> _T:
        """The same, but `empty` before the first snapshot and after the person left: a page then shows nothing."""
        try:
            return await self.read(build)
        except (NoPolicy, SignedOut):
            return empty

    async def with_store(self, work: Callable[[DeskStore], _T]) -> _T:
        """Run something with the store on the store thread; raises SignedOut where the file is not open."""
        return await self.jobs.store(lambda: work(self.store()))

    def store(self) -> DeskStore:
        """The open store; for the store thread only."""
        if self.profile.store is None:
            raise SignedOut("the desk's file is not open")
        return self.profile.store

    def signed_in(self) -> Actor:
        """Who works here; raises SignedOut."""
        if self.actor is None:
            raise SignedOut("nobody is signed in")
        return self.actor

    def move(self, centre: str) -> None:
        """The centre is (now) at this address."""
        self.centre = centre
        for lane in self.lanes.values():
            lane.base = centre

    def cut_lines(self) -> None:
        """End what waits for the network (at the end of the program)."""
        lanes: Sequence[Lane] = tuple(self.lanes.values())
        for lane in lanes:
            lane.abort()
