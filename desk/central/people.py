"""People, stores and desks as an administrator adds them from the command line, through the same commands as anyone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from desk.central import tables as t
from desk.central.auth import Auth
from desk.central.service import Service
from desk.domain.commands import Command, SaveStaff, SaveStore, SaveTeam
from desk.domain.ids import uuid7
from desk.domain.people import Actor, Level
from desk.wire.protocol import VerdictStatus

# The command line stands for whoever owns the machine.
CONSOLE = Actor(id="console", level=Level.ADMIN, teams=())
_OTHER_SCOPES = frozenset({"org", "admin"})


class NotDone(Exception):
    """The rules refused it; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone who signs in. `store_id` and `teams` say where; the store and the teams must exist."""

    login: str
    name: str
    level: Level
    password: str
    teams: tuple[str, ...] = ()
    store_id: str | None = None
    language: str = "zh"


def add_people(service: Service, people: Sequence[Person]) -> None:
    """Add people, or change those whose login exists, and set their passwords. Raises NotDone."""
    ids = {person.login: _staff_id(service, person.login) for person in people}
    saves: list[Command] = [
        SaveStaff(
            id=_new_id(service),
            staff_id=ids[person.login],
            login=person.login,
            level=person.level,
            teams=person.teams,
            store_id=person.store_id,
            language=person.language,
            full_name=person.name,
        )
        for person in people
    ]
    issue(service, saves)
    auth: Auth = service.auth
    for person in people:
        auth.set_password(ids[person.login], person.password)


def add_store(service: Service, store_id: str, names: dict[str, str], timezone: str) -> None:
    """Add or rename a store. Raises NotDone."""
    issue(service, [SaveStore(id=_new_id(service), store_id=store_id, names=names, timezone=timezone)])


def add_team(service: Service, team_id: str, names: dict[str, str], timezone: str) -> None:
    """Add or rename a team. Raises NotDone."""
    issue(service, [SaveTeam(id=_new_id(service), team_id=team_id, names=names, timezone=timezone)])


def check_scopes(service: Service, scopes: Iterable[str]) -> None:
    """Raises NotDone naming what there is, where a scope is of a team or store that nobody has added."""
    with service.store.reading() as connection:
        known = {
            "team": set(connection.scalars(select(t.teams.c.id))),
            "store": set(connection.scalars(select(t.stores.c.id))),
        }
    for scope in sorted(scopes):
        kind, _, name = scope.partition(":")
        if kind in known and name not in known[kind]:
            there_are = ", ".join(sorted(known[kind])) or "none yet"
            raise NotDone(f"there is no {kind} {name!r} (known: {there_are})")
        if kind not in known and scope not in _OTHER_SCOPES:
            raise NotDone(f"there is no scope {scope!r}: team:<id>, store:<id> or admin")


def issue(service: Service, commands: Sequence[Command]) -> None:
    """Apply commands as the console; raises NotDone with the code of the first refusal."""
    for verdict in service.applier.system(commands, CONSOLE):
        if verdict.status is not VerdictStatus.APPLIED:
            raise NotDone(f"{verdict.status}: {verdict.code} {dict(verdict.data or {})}")


def _staff_id(service: Service, login: str) -> str:
    with service.store.writing() as tx:
        known = tx.book.staff_by_login(login)
    return known.id if known else f"u-{login}"


def _new_id(service: Service) -> str:
    return uuid7(service.store.clock(), random.SystemRandom())
