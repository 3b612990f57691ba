"""The people and desks of the generated centre: who works where, each desk with a real replica on an encrypted file."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.central import people as staff
from desk.domain.people import Actor, Level
from desk.storage.desk_store import DeskStore
from desk.sync.cycle import Cycle
from desk.sync.transport import CentreNet
from tests.helpers.live import LiveCentre, Seat

KEY = bytes(range(32))
# desk -> its scopes
SCOPES = {
    "hotline": ("team:hotline",),
    "first-store": ("team:store", "store:S01"),
    "second-store": ("store:S02",),
    "back-office": ("team:finance", "team:warehouse"),
    "office": ("admin",),
}
# login -> level, teams, store, desk
PEOPLE: dict[str, tuple[Level, tuple[str, ...], str | None, str]] = {
    "anna": (Level.AGENT, ("hotline",), None, "hotline"),
    "bo": (Level.AGENT, ("hotline",), None, "hotline"),
    "cai": (Level.AGENT, ("hotline", "finance"), None, "hotline"),
    "dora": (Level.SENIOR, ("hotline",), None, "hotline"),
    "emil": (Level.SUPERVISOR, ("hotline",), None, "hotline"),
    "fan": (Level.SUPERVISOR, ("hotline", "store"), None, "hotline"),
    "gu": (Level.MANAGER, ("hotline",), None, "hotline"),
    "hana": (Level.COUNTER, ("store",), "S01", "first-store"),
    "ivo": (Level.COUNTER, ("store",), "S01", "first-store"),
    "jin": (Level.SENIOR, ("store",), "S01", "first-store"),
    "kai": (Level.COUNTER, (), "S02", "second-store"),
    "lena": (Level.FINANCE, ("finance",), None, "back-office"),
    "mo": (Level.WAREHOUSE, ("warehouse",), None, "back-office"),
    "nils": (Level.SUPERVISOR, ("finance",), None, "back-office"),
    "olga": (Level.ADMIN, (), None, "office"),
    "pei": (Level.ADMIN, (), None, "office"),
}


@dataclass(slots=True)
class Desk:
    """One workstation without a window: its people, its replica, the engine that keeps it in step."""

    name: str
    installation_id: str
    store: DeskStore
    cycle: Cycle
    people: tuple[Actor, ...]

    def pull(self) -> None:
        """Pull until the replica is where the centre is."""
        while self.cycle.step().more:
            pass


@dataclass(slots=True)
class House:
    """Everybody who works there. `push` sends a person's commands from their desk in batches of 50."""

    centre: LiveCentre
    desks: dict[str, Desk] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)  # by person id
    _seq: dict[str, int] = field(default_factory=dict)

    @property
    def people(self) -> tuple[Actor, ...]:
        """Everybody, as the centre signed them in."""
        return tuple(seat.who.actor for seat in self.seats.values())

    def desk_of(self, actor: Actor) -> Desk:
        """Where this person works."""
        return next(desk for desk in self.desks.values() if actor in desk.people)

    def push(self, person_id: str, commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Verdicts of commands ({id, name, v, args}), in their order."""
        verdicts: list[dict[str, Any]] = []
        for start in range(0, len(commands), 50):
            batch = [self._envelope(person_id, plain) for plain in commands[start : start + 50]]
            answer = self.seats[person_id].lane.post("/v1/push", {"batch": batch})
            verdicts += answer["verdicts"]
        return verdicts

    def close(self) -> None:
        """Let go of the desks' files."""
        for desk in self.desks.values():
            desk.store.close()

    def _envelope(self, person_id: str, plain: dict[str, Any]) -> dict[str, Any]:
        self._seq[person_id] = self._seq.get(person_id, 0) + 1
        told = {"seq": self._seq[person_id], "actor": person_id, "claimed_at": self.centre.clock.now().isoformat()}
        return {**plain, **told, "sig": None, "lease": None}


def move_in(centre: LiveCentre, folder: Path, keep: Callable[[DeskStore], object]) -> House:
    """Stores, teams and people as an administrator adds them; desks enrolled and people signed in over HTTP.

    `keep` is told of every desk's file, to close it whatever happens.
    """
    service = centre.service
    staff.add_store(service, "S01", {"zh": "一店", "en": "First store"}, "Pacific/Auckland")
    staff.add_store(service, "S02", {"zh": "二店", "en": "Second store"}, "America/New_York")
    staff.add_team(service, "finance", {"zh": "财务", "en": "Finance"}, "Pacific/Auckland")
    staff.add_people(
        service,
        [
            staff.Person(
                login=login,
                name=f"{login.title()}",
                level=level,
                password="made-up-password",
                teams=teams,
                store_id=store,
            )
            for login, (level, teams, store, _) in PEOPLE.items()
        ],
    )
    house = House(centre)
    for name, scopes in SCOPES.items():
        installation = centre.enrol(name, scopes)
        here = [login for login, row in PEOPLE.items() if row[3] == name]
        seats = [centre.sign_in(login, installation) for login in here]
        house.seats |= {seat.who.actor.id: seat for seat in seats}
        store = DeskStore(folder / name / "desk.db", KEY, ("org", *scopes))
        keep(store)
        cycle = Cycle(store, CentreNet(seats[0].lane), centre.clock, seats[0].who.actor.id)
        house.desks[name] = Desk(name, installation, store, cycle, tuple(seat.who.actor for seat in seats))
    return house


def desk_for(rng: random.Random, house: House) -> Desk:
    """A desk, the hotline's rather."""
    names = list(house.desks)
    return house.desks[rng.choices(names, (45, 22, 8, 18, 7))[0]]
