"""People who signed in at this desk, and their half-written words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from desk.domain.people import Actor
from desk.storage.tables import draft, person
from desk.storage.times import from_micros, micros
from desk.wire import codec
from desk.wire.canonical import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Someone who signed in here online; `offline_grant` is what the centre signed for work without it."""

    actor: Actor
    login: str
    name: str
    language: str
    offline_grant: Mapping[str, Any]
    signed_in_at: datetime


def remember(connection: Connection, who: KnownPerson) -> None:
    """Add or refresh a person after an online sign-in; the count of their acts stays."""
    row = {
        "login": who.login,
        "actor": canonical(codec.to_plain(who.actor)).decode(),
        "name": who.name,
        "language": who.language,
        "offline_grant": canonical(dict(who.offline_grant)).decode(),
        "signed_in_at": micros(who.signed_in_at),
    }
    found = connection.execute(person.update().where(person.c.id == who.actor.id).values(row))
    if not found.rowcount:
        connection.execute(person.insert(), {"id": who.actor.id, "seq": 0, **row})


def distrust(connection: Connection, login: str) -> None:
    """Forget the grant of a person whose password is another one now: only the centre lets them in again."""
    connection.execute(person.update().where(person.c.login == login).values(offline_grant="{}"))


def by_login(connection: Connection, login: str) -> KnownPerson | None:
    """The person who signs in as `login`, if they did so here."""
    row = connection.execute(sa.select(person).where(person.c.login == login)).first()
    return _person(row) if row else None


def known(connection: Connection) -> list[KnownPerson]:
    """Everybody who signed in here, latest first."""
    rows = connection.execute(sa.select(person).order_by(person.c.signed_in_at.desc()))
    return [_person(row) for row in rows]


def start_count(connection: Connection, person_id: str, seq: int) -> None:
    """The centre has acts of this person up to `seq` that this file does not know of: go on after them."""
    connection.execute(person.update().where(person.c.id == person_id, person.c.seq < seq).values(seq=seq))


def load_draft(connection: Connection, person_id: str, key: str) -> str:
    """The words, or ''."""
    wanted = sa.select(draft.c.text).where(draft.c.person_id == person_id, draft.c.key == key)
    return connection.execute(wanted).scalar() or ""


def save_draft(connection: Connection, person_id: str, key: str, text: str, now: datetime) -> None:
    """Keep the words; '' forgets them."""
    mine = (draft.c.person_id == person_id) & (draft.c.key == key)
    connection.execute(draft.delete().where(mine))
    if text:
        connection.execute(draft.insert(), {"person_id": person_id, "key": key, "text": text, "at": micros(now)})


def _person(row: Row[Any]) -> KnownPerson:
    return KnownPerson(
        actor=codec.from_plain(Actor, json.loads(row.actor)),
        login=row.login,
        name=row.name,
        language=row.language,
        offline_grant=json.loads(row.offline_grant),
        signed_in_at=from_micros(row.signed_in_at),
    )
