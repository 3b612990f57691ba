"""A workstation without windows: the true store, cycle and transport, with a line that can be made bad."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desk.domain.case import Entity
from desk.domain.commands import Command
from desk.domain.ids import uuid7
from desk.domain.people import Actor
from desk.storage import people, replica, tables
from desk.storage.desk_store import DeskStore, Performed
from desk.storage.outbox import Act, State
from desk.sync.account import Account
from desk.sync.clock import CentreClock
from desk.sync.cycle import Cycle, Step
from desk.sync.filling import Filling
from desk.sync.ports import Snapshot
from desk.sync.problems import Offline, ServerFault
from desk.sync.transport import CentreNet, Credentials, Lane
from desk.wire import signatures
from desk.wire.canonical import digest
from desk.wire.protocol import Cursor, Page, PushReply
from tests.helpers.running_centre import RunningCentre

KEY = bytes(range(32))
Fault = str  # before: lost on the way there; after: the reply is lost; 5xx; twice: the network repeats the request


@dataclass
class BadLine:
    """sync.ports.Net that does what `plan` says, call by call, then works."""

    net: CentreNet
    plan: list[Fault] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def push(self, acts: Sequence[Act]) -> PushReply:
        return self._through("push", lambda: self.net.push(acts))

    def pull(self, at: Cursor, wait: int, limit: int) -> Page:
        return self._through("pull", lambda: self.net.pull(at, wait, limit))

    def snapshot(self, first: bool = False, at: int = 0) -> Snapshot:
        return self._through("snapshot", lambda: self.net.snapshot(first, at))

    def refresh(self) -> None:
        self._through("refresh", self.net.refresh)

    def _through(self, name: str, call: Callable[[], Any]) -> Any:
        self.calls.append(name)
        fault = self.plan.pop(0) if self.plan else "fine"
        if fault == "before":
            raise Offline("cut on the way there", sent=False)
        if fault == "5xx":
            raise ServerFault("502")
        answer = call()
        if fault == "after":
            raise Offline("cut on the way back")
        return call() if fault == "twice" else answer


@dataclass
class Workstation:
    """One desk with one person signed in."""

    store: DeskStore
    line: BadLine
    lane: Lane
    clock: CentreClock
    actor: Actor
    cycle: Cycle
    folder: Path
    scopes: tuple[str, ...]
    rng: random.Random = field(default_factory=lambda: random.Random(7))

    @classmethod
    def enrolled(cls, centre: RunningCentre, folder: Path, login: str, *scopes: str) -> Workstation:
        """Enrol a desk by a code of these scopes and sign a person in there."""
        clock = CentreClock()
        lane = Lane(centre.url, Credentials(), clock)
        account = Account(lane)
        keys = signatures.public_key(signatures.new_private_key())
        desk = account.enrol(centre.code(*scopes), folder.name, keys)
        signed_in = account.sign_in(login, f"demo-{login}", keys)
        store = DeskStore(folder / "desk.db", KEY, desk.scopes)
        known = people.KnownPerson(
            actor=signed_in.actor,
            login=login,
            name=signed_in.name,
            language=signed_in.language,
            offline_grant=signed_in.grant,
            signed_in_at=clock.now(),
        )
        store.write(lambda connection: people.remember(connection, known))
        line = BadLine(CentreNet(lane))
        cycle = Cycle(store, line, clock, signed_in.actor.id)
        return cls(store, line, lane, clock, signed_in.actor, cycle, folder, desk.scopes)

    def close(self) -> None:
        """Close file and connections."""
        self.cycle.close()
        self.store.close()
        self.lane.close()

    def restart(self) -> None:
        """The program ends and starts again on its file."""
        self.store.close()
        self.store = DeskStore(self.folder / "desk.db", KEY, self.scopes)
        self.cycle = Cycle(self.store, self.line, self.clock, self.actor.id)

    def fills_elsewhere(self) -> None:
        """Big snapshots are made ready in a process of their own, as a desk with windows has it."""
        self.cycle.filler = Filling

    def new_id(self) -> str:
        """A fresh id, as the desk makes them."""
        return uuid7(self.clock.now(), self.rng)

    def perform(self, command: Command, online: bool = True) -> Performed:
        """An act of the person."""
        return self.store.perform(command, self.actor, self.clock.now(), online)

    def sync(self, most: int = 40) -> list[Step]:
        """Steps until there is nothing to do; weather is sat out, as the syncer does."""
        steps: list[Step] = []
        for _ in range(most):
            try:
                steps.append(self.cycle.step())
            except (Offline, ServerFault):
                continue
            if not steps[-1].more:
                return steps
        raise AssertionError("the desk does not come to rest")

    def entity(self, kind: str, entity_id: str) -> Entity | None:
        """What the screen would show."""
        return self.store.read(lambda view: view.projection.book(view.connection).find(kind, entity_id))

    def states(self) -> dict[str, State]:
        """Acts by id."""
        return self.store.read(
            lambda view: {
                row.id: State(row.state) for row in view.connection.execute(tables.outbox.select().order_by("position"))
            }
        )

    def dump(self) -> dict[str, list[list[Any]]]:
        """The replica's canonical dump, kinds without rows left out."""
        return self.store.read(
            lambda view: {kind: rows for kind, rows in replica.dump(view.connection).items() if rows}
        )

    def fresh_dump(self) -> dict[str, list[list[Any]]]:
        """What a new desk of the same scope would be given now: the centre's filtered dump."""
        found: dict[str, list[list[Any]]] = {}
        for row in self.line.net.snapshot().rows:
            values = [row.values] if row.kind == "private" else []
            found.setdefault(row.kind, []).append([row.id, row.doc, *values])
        return {kind: sorted(rows) for kind, rows in found.items()}

    def assert_in_step(self) -> None:
        """I8: byte for byte what the centre's filtered dump is."""
        mine, theirs = self.dump(), self.fresh_dump()
        assert {kind: digest(rows) for kind, rows in mine.items()} == {
            kind: digest(rows) for kind, rows in theirs.items()
        }


def rows_of(entities: Iterable[Entity]) -> list[str]:
    """Ids, for asserting."""
    return sorted(entity.id for entity in entities)
