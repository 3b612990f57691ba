"""Who may come in: enrolment codes, sign-in, sessions with their signed offline grant.

Tokens and codes are random and stored as SHA-256; passwords as Argon2id. A person who was disabled or an installation
that was revoked is shut out with the next call, for every call reads both (DESIGN 3).
"""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from argon2 import PasswordHasher
from sqlalchemy import Connection, bindparam, delete, insert, select, update

from desk.central import audit
from desk.central import tables as t
from desk.central.callers import Callers
from desk.central.founding import Secrets
from desk.central.passwords import Credential, Passwords, bare, new_code
from desk.central.problems import Problem
from desk.central.rows import entity_of
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
CONSOLE_ID = "console"  # whoever owns the machine, in the audit
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
        self._passwords = Passwords(store, hasher or PasswordHasher())
        self._throttle = Throttle(store)
        self._callers: Callers[Principal] = Callers()

    # --- installations ---

    def make_code(self, scopes: frozenset[str], hours: int = CODE_HOURS) -> str:
        """A one-time code that enrols a desk with these scopes."""
        code = new_code()
        now = self._store.clock()
        row = {"code_hash": _hash(bare(code)), "scopes": scopes | {"org"}, "created_at": now}
        with self._store.aside() as connection:
            connection.execute(insert(t.enrol_codes).values({**row, "expires_at": now + timedelta(hours=hours)}))
        return code

    def enrol(self, code: str, name: str, public_key: str) -> dict[str, Any]:
        """Make an installation of a code that nobody used yet; Problem otherwise."""
        self._throttle.check("enrol")
        try:
            signatures.check_public_key(public_key)
        except signatures.BadKey as error:
            raise Problem(400, "bad_public_key", "the public key is not an Ed25519 key") from error
        code_hash = _hash(bare(code))
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
        """Give a person this password, as whoever owns the machine may; the same as now changes nothing. Problem 400
        where it is too short, 404 where there is no such person."""
        with self._store.reading() as connection:
            member = _member(connection, t.staff.c.id == staff_id)
            if member is None:
                raise Problem(404, "no_such_person", "no person has this id")
            kept = self._passwords.of(connection, member)
        if kept.due or not self._passwords.matches(kept, password):
            self._passwords.check(kept, password)
            self._passwords.set(member, None, password, _said("set", CONSOLE_ID, "", staff_id))

    def issue_code(self, who: Principal, staff_id: str) -> dict[str, Any]:
        """A one-time code for a person who is new or forgot their password: {code, expires_at}. What they had is
        void and their sessions are over. Problem 403, 404 or 409."""
        if who.level is not Level.ADMIN:
            raise Problem(403, "not_permitted", "administrators give codes")
        if who.person == staff_id:
            raise Problem(403, "not_yourself", "change your own password instead")
        code = self._passwords.issue(staff_id, who.person, who.installation)
        log.info("one-time code given", by=who.person, to=staff_id)
        return {"code": code.text, "expires_at": _iso(code.expires_at)}

    def console_code(self, login: str) -> str:
        """The same for whoever owns the machine: the last administrator may have forgotten too."""
        with self._store.reading() as connection:
            member = _member(connection, t.staff.c.login == login)
        if member is None:
            raise Problem(404, "no_such_person", f"nobody has the login {login}")
        return self._passwords.issue(member.id, CONSOLE_ID).text

    def sign_in(self, login: str, password: str, installation_id: str, session_key: str) -> dict[str, Any]:
        """A session of a person at an installation; Problem 401, 403 or 429. A one-time code opens none: 403
        password_due."""
        member, desk, kept = self._admit(login, password, installation_id)
        if kept.due:
            raise Problem(403, "password_due", "set a password of your own")
        log.info("signed in", person=member.id, installation=desk.id)
        return self._open_session(member, desk, session_key)

    def new_password(
        self, login: str, password: str, wanted: str, installation_id: str, session_key: str
    ) -> dict[str, Any]:
        """Take `wanted` for the password (or one-time code) that there was; a session as from `sign_in`, all others of
        this person are over. Asked again after a lost answer it is just a sign-in. Problem 400, 401, 403, 429."""
        if self._is_done(login, password, wanted):
            return self.sign_in(login, wanted, installation_id, session_key)
        member, desk, kept = self._admit(login, password, installation_id)
        self._passwords.check(kept, wanted)
        said = _said("first" if kept.due else "changed", member.id, desk.id, member.id)
        member = self._passwords.set(member, kept, wanted, said)
        log.info("password set", person=member.id, installation=desk.id)
        return self._open_session(member, desk, session_key)

    def _is_done(self, login: str, password: str, wanted: str) -> bool:
        """Whether `wanted` is in force already, and `password` is not."""
        self._throttle.check(f"login {login}")
        with self._store.reading() as connection:
            kept = self._passwords.of(connection, _member(connection, t.staff.c.login == login))
        return password != wanted and not kept.due and self._passwords.matches(kept, wanted)

    def _admit(self, login: str, password: str, installation_id: str) -> tuple[StaffMember, Installation, Credential]:
        """Who proves to be whom, at which desk they may work, by what; Problem 401, 403 or 429."""
        self._throttle.check(f"login {login}")
        with self._store.reading() as connection:
            desk = _installation(connection, installation_id)
            member = _member(connection, t.staff.c.login == login)
            kept = self._passwords.of(connection, member)
        if not self._passwords.matches(kept, password) or member is None or not member.active:
            self._throttle.failed(f"login {login}")
            raise Problem(401, "wrong_login", "login or password is wrong")
        if desk is None or desk.revoked:
            raise Problem(403, "installation_revoked", "this installation may not be used (any more)")
        if not staff_scopes(member) & set(desk.scopes) and member.level not in _ANYWHERE:
            raise Problem(403, "not_this_desk", "this person works elsewhere")
        if kept.expires_at is not None and kept.expires_at <= self._store.clock():
            raise Problem(403, "code_expired", "this code has run out: ask for a new one")
        self._throttle.passed(f"login {login}")
        return member, desk, kept

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
        (found,) = self.principals([token])
        if isinstance(found, Problem):
            raise found
        return found

    def principals(self, tokens: Sequence[str]) -> list[Principal | Problem]:
        """The same for each."""
        with self._store.asking() as connection:
            found = self.principals_in(connection, tokens)
        return [found[token] for token in tokens]

    def principals_in(self, connection: Connection, tokens: Sequence[str]) -> dict[str, Principal | Problem]:
        """The same as of what this connection sees."""
        now = self._store.clock()
        hashes = {token: _hash(token) for token in tokens}
        rows = {row.token_hash: row for row in connection.execute(_PROOFS, {"hashes": [*hashes.values()]})}
        proved = {token: _proved(rows.get(one), now) for token, one in hashes.items()}
        for token, who in proved.items():
            self._callers.keep(token, who if isinstance(who, Principal) else None, now)
        return proved

    def known(self, token: str) -> Principal | None:
        """Who this was when proved here not long ago: enough to wait as, or to be listened to."""
        return self._callers.known(token, self._store.clock())

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
            "grant": self._grant(actor, session_key, now, member.password_no),
            "server_time": _iso(now),
        }

    def _grant(self, actor: dict[str, Any], session_key: str, now: datetime, password_no: int) -> dict[str, Any]:
        """Leave to work offline at this installation, signed: `{payload, signature}`. It counts for this password."""
        times = {"issued_at": _iso(now), "not_after": _iso(now + timedelta(hours=GRANT_HOURS))}
        bound = {"session_key": session_key, "password_no": password_no}
        payload = {"kind": "offline_grant", "actor": actor, **bound, **times}
        return {"payload": payload, "signature": signatures.sign(self._secret.signing_key, payload)}


_PROOFS = (
    select(t.sessions.c.token_hash, t.sessions.c.staff_id, t.sessions.c.installation_id, t.sessions.c.expires_at)
    .add_columns(t.staff.c.level, t.staff.c.active, t.installations.c.revoked, t.installations.c.doc)
    .join(t.staff, t.staff.c.id == t.sessions.c.staff_id)
    .join(t.installations, t.installations.c.id == t.sessions.c.installation_id)
    .where(t.sessions.c.token_hash.in_(bindparam("hashes", expanding=True)))
)


def _proved(row: Any, now: datetime) -> Principal | Problem:
    """Who holds this token, as person and installation are now; Problem 401 or 403."""
    if row is None or row.expires_at <= now:
        return Problem(401, "sign_in_again", "this session has ended")
    if not row.active:
        return Problem(403, "shut_out", "this person may not work any more")
    if row.revoked:
        return Problem(403, "installation_revoked", "this installation was revoked")
    scopes = frozenset(row.doc["scopes"])
    return Principal(row.staff_id, row.installation_id, scopes, Level(row.level), row.token_hash)


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


def _said(what: str, person: str, installation: str, staff_id: str) -> audit.Entry:
    return audit.Entry(area=audit.Area.PASSWORD, what=what, person=person, installation=installation, staff_id=staff_id)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
