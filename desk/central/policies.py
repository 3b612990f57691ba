"""The policy from a file into force: read strictly, checked whole, published by an administrator's command."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from desk.central import tables as t
from desk.central.auth import actor_of
from desk.central.people import NotDone
from desk.central.playbook_words import what_to_do
from desk.central.rows import entity_of
from desk.central.service import Service
from desk.domain.commands import PublishPolicy
from desk.domain.ids import uuid7
from desk.domain.people import Level, StaffMember
from desk.domain.policy import Policy
from desk.domain.policy_checks import check
from desk.wire import codec
from desk.wire.playbook_files import Playbook, into_policy, place_in_file
from desk.wire.protocol import VerdictStatus
from desk.wire.strict import refuse_unread

_MOST_SHOWN = 60  # letters of a value in a difference


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One version: by whom (login, or id where there is none any more), why."""

    version: int
    at: datetime
    by: str
    reason: str


def in_force(service: Service) -> Policy:
    """The policy that decides now."""
    with service.store.reading() as connection:
        version = int(connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD)) or 0)
        return of_version(service, connection, version)


def of_version(service: Service, connection: Connection, version: int) -> Policy:
    """The policy of a version; raises NotDone where there is none."""
    policy = service.store.policy(connection, version)
    if policy is None:
        raise NotDone(f"there is no policy of version {version}")
    return policy


def read_file(path: Path) -> Policy:
    """The policy in a JSON file, as `policy show` writes it. Raises ValueError naming the line or the place at fault,
    a misspelt setting too; OSError."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ValueError(f"{path.name} is not JSON: {error}") from error
    if not isinstance(document, dict):
        raise ValueError(f"{path.name}: the policy is one JSON object")
    policy = codec.policy_from_plain(document)
    refuse_unread(document, codec.to_plain(policy), "policy")
    return policy


def problems(service: Service, policy: Policy, playbooks: Iterable[Playbook] = ()) -> list[str]:
    """What would have it refused, `place: what (what to do)`; none where it may be published. The place is that in the
    file where one of these playbooks is at fault."""
    with service.store.reading() as connection:
        known = set(connection.scalars(select(t.teams.c.id)))
    return told_problems(policy, known, playbooks)


def told_problems(policy: Policy, teams: set[str], playbooks: Iterable[Playbook] = ()) -> list[str]:
    """The same without a centre, where these teams exist."""
    files = tuple(playbooks)
    told = []
    for one in check(policy, teams):
        place = next((said for file in files if (said := place_in_file(one.where, file)) != one.where), one.where)
        advice = what_to_do(policy, one.what, teams)
        told.append(f"{place}: {one.what}" + (f" ({advice})" if advice else ""))
    return told


def with_playbooks(policy: Policy, playbooks: Iterable[Playbook]) -> Policy:
    """The policy with these playbooks in it: each in place of its former self, or new. Raises ValueError."""
    for playbook in playbooks:
        policy = into_policy(policy, playbook)
    return policy


def differences(before: Policy, after: Policy) -> list[str]:
    """Where two policies differ, `place: this -> that`, their versions aside."""
    old, new = codec.to_plain(before), codec.to_plain(after)
    return list(_differ({**old, "version": 0}, {**new, "version": 0}, ""))


def publish(service: Service, policy: Policy, login: str, reason: str) -> int:
    """Put it in force in the name of this administrator; the version it got. Raises NotDone."""
    with service.store.reading() as connection:
        doc = connection.scalar(select(t.staff.c.doc).where(t.staff.c.login == login))
    member = None if doc is None else entity_of("staff", doc)
    if not isinstance(member, StaffMember) or not member.active or member.level is not Level.ADMIN:
        raise NotDone(f"{login} is not the login of an administrator who works here")
    command = PublishPolicy(
        id=uuid7(service.store.clock(), random.SystemRandom()), document=policy, reason=reason.strip()
    )
    (verdict,) = service.applier.system([command], actor_of(member))
    if verdict.status is VerdictStatus.APPLIED:
        return policy.version + 1
    if verdict.code == "policy_moved":
        now = (verdict.data or {}).get("in_force")
        raise NotDone(
            f"this was made from version {policy.version}, but version {now} is in force: begin anew from policy show"
        )
    raise NotDone(f"{verdict.status}: {verdict.code} {dict(verdict.data or {})}")


def history(service: Service) -> list[Published]:
    """Every version, oldest first."""
    table = t.receipts
    receipts = select(table.c.at, table.c.args).where(table.c.name == "PublishPolicy", table.c.status == "applied")
    with service.store.reading() as connection:
        # The one that put it in force was of the same commit.
        said = {row.at: row.args.get("reason", "") for row in connection.execute(receipts)}
        logins = {row.id: row.login for row in connection.execute(select(t.staff.c.id, t.staff.c.login))}
        rows = list(connection.execute(select(t.policies.c.version, t.policies.c.at, t.policies.c.by)))
    return [
        Published(version=row.version, at=row.at, by=logins.get(row.by, row.by), reason=said.get(row.at, ""))
        for row in sorted(rows, key=lambda row: int(row.version))
    ]


def _differ(old: Any, new: Any, where: str) -> Iterator[str]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from _differ(old.get(key), new.get(key), f"{where}.{key}".strip("."))
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differ(one, other, f"{where}.{at}")
    elif old != new:
        yield f"{where}: {_short(old)} -> {_short(new)}"


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SHOWN else text[: _MOST_SHOWN - 1] + "…"
