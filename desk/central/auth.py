"""Who may come in: enrolment codes, passwords, sessions with their signed offline grant.

Tokens and codes are random and stored as SHA-256; passwords as Argon2id. A person who was disabled or an installation
that was revoked is shut out with the next call, for every call reads both (DESIGN 3).
"""

from __future__ import annotations

import hashlib
import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, delete, insert, select, update

from desk.central import tables as t
from desk.central.founding import Secrets
from desk.central.problems import Problem
from desk.central.rows import entity_of, upsert
from desk.central.store import Store
from desk.central.throttle import Throttle
from desk.domain.ids import uuid7
from desk.domain.people import Actor, Installation, Level, StaffMember
from desk.domain.scope import staff_scopes
from desk.wire import signatures

log = structlog.get_logger()

TOKEN_MINUTES = 120
REFRESH_HOURS = 72
GRANT_HOURS = 24  # one shift: the longest delay of a revocation while offline
CODE_HOURS = 24
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
MIN_PASSWORD = 8
# May sign in at any desk; all others only where they work.
_ANYWHERE = frozenset({Level.ADMIN, Level.MANAGER})


@dataclass(frozen=True, slots=True)
class Principal:
    """Who makes a call: a person at an installation, proved by a token."""

    person: str
    installation: str
    scopes: frozenset[str]
    level: Level
    token_hash: str


class Auth:
    """Signs people in and proves who calls. Safe to share between threads; password hashing blocks for ~50 ms."""

    def __init__(self, store: Store, secret: Secrets, hasher: PasswordHasher | None = None) -> None:
        self._store = store
        self._secret = secret
        self._hasher = hasher or PasswordHasher()
        self._throttle = Throttle(store)
        self._made_up: str | None = None

    # --- installations ---

    def make_code(self, scopes: frozenset[str], hours: int = CODE_HOURS) -> str:
        """A one-time code that enrols a desk with these scopes."""
        code = "".join(secrets.choice(CODE_LETTERS) for _ in range(12))
        now = self._store.clock()
        row = {"code_hash": _hash(code), "scopes": scopes | {"org"}, "created_at": now}
        with self._store.aside() as connection:
            connection.execute(insert(t.enrol_codes).values({**row, "expires_at": now + timedelta(hours=hours)}))
        return "-".join((code[:4], code[4:8], code[8:]))

    def enrol(self, code: str, name: str, public_key: str) -> dict[str, Any]:
        """Make an installation of a code that nobody used yet; Problem otherwise."""
        self._throttle.check("enrol")
        try:
            signatures.check_public_key(public_key)
        except signatures.BadKey as error:
            raise Problem(400, "bad_public_key", "the public key is not an Ed25519 key") from error
        code_hash = _hash(code.replace("-", "").strip().upper())
        with self._store.writing() as tx:
            table = t.enrol_codes
            row = tx.connection.execute(select(table).where(table.c.code_hash == code_hash)).one_or_none()
            good = row is not None and row.installation_id is None and row.expires_at > tx.now
            if row is not None and good:
                desk = Installation(
                    id=uuid7(tx.now, random.SystemRandom()),
                    name=name,
                    scopes=tuple(sorted(row.scopes)),
                    public_key=public_key,
                )
                tx.stage([desk])
                used = update(table).where(table.c.code_hash == code_hash).values(installation_id=desk.id)
                tx.connection.execute(used)
        if not good:
            self._throttle.failed("enrol")
            raise Problem(403, "bad_code", "this code is not valid or was used: ask for a new one")
        log.info("enrolled", installation=desk.id)
        return {
            "installation_id": desk.id,
            "scopes": list(desk.scopes),
            "centre_key": self._secret.public_key,
            "server_time": _iso(self._store.clock()),
        }

    # --- people ---

    def set_password(self, staff_id: str, password: str) -> None:
        """Give a person this password; Problem where it is too short."""
        if len(password) < MIN_PASSWORD:
            raise Problem(400, "password_too_short", f"a password has at least {MIN_PASSWORD} characters")
        row = {"staff_id": staff_id, "password_hash": self._hasher.hash(password), "changed_at": self._store.clock()}
        with self._store.aside() as connection:
            upsert(connection, t.credentials, [row])

    def sign_in(self, login: str, password: str, installation_id: str, session_key: str) -> dict[str, Any]:
        """A session of a person at an installation; Problem 401, 403 or 429."""
        self._throttle.check(f"login {login}")
        with self._store.reading() as connection:
            desk = _installation(connection, installation_id)
            member = _member(connection, t.staff.c.login == login)
            stored = self._stored_hash(connection, member)
        if not self._matches(stored, password) or member is None or not member.active:
            self._throttle.failed(f"login {login}")
            raise Problem(401, "wrong_login", "login or password is wrong")
        if desk is None or desk.revoked:
            raise Problem(403, "installation_revoked", "this installation may not be used (any more)")
        if not staff_scopes(member) & set(desk.scopes) and member.level not in _ANYWHERE:
            raise Problem(403, "not_this_desk", "this person works elsewhere")
        self._throttle.passed(f"login {login}")
        log.info("signed in", person=member.id, installation=desk.id)
        return self._open_session(member, desk, session_key)

    def refresh(self, token: str) -> dict[str, Any]:
        """A fresh session for one that ended not too long ago; Problem 401 or 403."""
        with self._store.reading() as connection:
            row = connection.execute(select(t.sessions).where(t.sessions.c.token_hash == _hash(token))).one_or_none()
            if row is None or row.refresh_until <= self._store.clock():
                raise Problem(401, "sign_in_again", "this session has ended")
            desk = _installation(connection, row.installation_id)
            member = _member(connection, t.staff.c.id == row.staff_id)
        if member is None or not member.active or desk is None or desk.revoked:
            raise Problem(403, "shut_out", "this person or installation may not work any more")
        return self._open_session(member, desk, row.session_key)

    def sign_out(self, who: Principal) -> None:
        """End every session of this person at this installation."""
        mine = (t.sessions.c.staff_id == who.person) & (t.sessions.c.installation_id == who.installation)
        with self._store.aside() as connection:
            connection.execute(delete(t.sessions).where(mine))

    def principal(self, token: str) -> Principal:
        """Who calls with this token; Problem 401 (sign in or refresh) or 403 (shut out)."""
        with self._store.reading() as connection:
            return principal_of(connection, _hash(token), self._store.clock())

    def prove(self, who: Principal, connection: Connection) -> Principal:
        """The same caller, proved again as of what this connection sees; Problem 401 or 403."""
        return principal_of(connection, who.token_hash, self._store.clock())

    def _open_session(self, member: StaffMember, desk: Installation, session_key: str) -> dict[str, Any]:
        now = self._store.clock()
        token = secrets.token_urlsafe(32)
        expires_at = now + timedelta(minutes=TOKEN_MINUTES)
        session = {
            "token_hash": _hash(token),
            "staff_id": member.id,
            "installation_id": desk.id,
            "session_key": session_key,
            "created_at": now,
            "expires_at": expires_at,
            "refresh_until": now + timedelta(hours=REFRESH_HOURS),
        }
        with self._store.aside() as connection:
            connection.execute(delete(t.sessions).where(t.sessions.c.refresh_until < now))
            connection.execute(insert(t.sessions).values(session))
            values = connection.scalar(select(t.private.c["values"]).where(t.private.c.id == member.id)) or {}
        actor = {
            "id": member.id,
            "level": str(member.level),
            "teams": list(member.teams),
            "store_id": member.store_id,
            "installation_id": desk.id,
        }
        return {
            "token": token,
            "expires_at": _iso(expires_at),
            "actor": actor,
            "name": values.get("name", member.login),
            "language": member.language,
            "grant": self._grant(actor, session_key, now),
            "server_time": _iso(now),
        }

    def _grant(self, actor: dict[str, Any], session_key: str, now: datetime) -> dict[str, Any]:
        """Leave to work offline at this installation, signed: `{payload, signature}`."""
        times = {"issued_at": _iso(now), "not_after": _iso(now + timedelta(hours=GRANT_HOURS))}
        payload = {"kind": "offline_grant", "actor": actor, "session_key": session_key, **times}
        return {"payload": payload, "signature": signatures.sign(self._secret.signing_key, payload)}

    def _stored_hash(self, connection: Connection, member: StaffMember | None) -> str:
        """The person's hash, or a made-up one, so that an unknown login takes as long as a wrong password."""
        table = t.credentials
        wanted = select(table.c.password_hash).where(table.c.staff_id == (member.id if member else ""))
        return connection.scalar(wanted) or self._nobody()

    def _nobody(self) -> str:
        if self._made_up is None:
            self._made_up = self._hasher.hash(secrets.token_hex(8))
        return self._made_up

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except VerificationError:
            return False


def principal_of(connection: Connection, token_hash: str, now: datetime) -> Principal:
    """Who holds this token, as person and installation are now; Problem 401 or 403."""
    found = (
        select(t.sessions.c.staff_id, t.sessions.c.installation_id, t.sessions.c.expires_at)
        .add_columns(t.staff.c.level, t.staff.c.active, t.installations.c.revoked, t.installations.c.doc)
        .join(t.staff, t.staff.c.id == t.sessions.c.staff_id)
        .join(t.installations, t.installations.c.id == t.sessions.c.installation_id)
        .where(t.sessions.c.token_hash == token_hash)
    )
    row = connection.execute(found).one_or_none()
    if row is None or row.expires_at <= now:
        raise Problem(401, "sign_in_again", "this session has ended")
    if not row.active:
        raise Problem(403, "shut_out", "this person may not work any more")
    if row.revoked:
        raise Problem(403, "installation_revoked", "this installation was revoked")
    return Principal(row.staff_id, row.installation_id, frozenset(row.doc["scopes"]), Level(row.level), token_hash)


def actor_of(member: StaffMember, installation_id: str = "") -> Actor:
    """The actor that a person is at an installation."""
    return Actor(
        id=member.id,
        level=member.level,
        teams=member.teams,
        store_id=member.store_id,
        installation_id=installation_id,
    )


def _installation(connection: Connection, installation_id: str) -> Installation | None:
    doc = connection.scalar(select(t.installations.c.doc).where(t.installations.c.id == installation_id))
    made = None if doc is None else entity_of("installation", doc)
    return made if isinstance(made, Installation) else None


def _member(connection: Connection, condition: Any) -> StaffMember | None:
    doc = connection.scalar(select(t.staff.c.doc).where(condition))
    made = None if doc is None else entity_of("staff", doc)
    return made if isinstance(made, StaffMember) else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
