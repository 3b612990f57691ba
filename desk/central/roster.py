"""Reads the people and stores that a new centre begins with from a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from desk.central.people import Person
from desk.domain.people import Level, Store
from desk.wire.codec import ShapeError, from_plain

DEMO_PASSWORD = "demo-{login}"  # noqa: S105 - known on purpose, and only in a database marked demo


@dataclass(frozen=True, slots=True)
class Roster:
    """Stores first: people may work in them."""

    stores: tuple[Store, ...]
    people: tuple[Person, ...]


class _Line(BaseModel):
    model_config = ConfigDict(extra="forbid")

    login: Annotated[str, Field(min_length=1, max_length=64)]
    name: str
    level: Level
    teams: tuple[str, ...] = ()
    store: str | None = None
    language: str = "zh"
    password: str | None = None


def read_roster(path: Path, *, demo: bool) -> Roster:
    """The roster of a file; raises ShapeError. Without a password of their own, people of a demo have the known one."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ShapeError(f"{path.name}: {error}") from error
    stores = from_plain(tuple[Store, ...], data.get("stores", []))
    lines = from_plain(tuple[_Line, ...], data.get("people", []))
    return Roster(stores, tuple(_person(line, demo) for line in lines))


def _person(line: Any, demo: bool) -> Person:
    password = line.password or (DEMO_PASSWORD.format(login=line.login) if demo else None)
    if password is None:
        raise ShapeError(f"{line.login}: give everybody a password, or mark the centre as --demo")
    return Person(
        login=line.login,
        name=line.name,
        level=line.level,
        password=password,
        teams=line.teams,
        store_id=line.store,
        language=line.language,
    )
