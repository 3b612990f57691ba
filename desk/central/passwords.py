"""Passwords and one-time codes of people: kept as hashes, of policy's length; a new one ends every session.

A code takes the password's place until its person has set one: it opens nothing else. Nothing of either is in the feed
but a number that grows, so that desks stop trusting the password before (`StaffMember.password_no`).
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import Connection, delete, select

from desk.central import audit
from desk.central import tables as t
from desk.central.problems import Problem
from desk.central.rows import entity_of, upsert
from desk.central.store import Store, Transaction
from desk.domain.people import StaffMember
from desk.domain.policy import PasswordPolicy

CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH, _GROUP = 12, 4


@dataclass(frozen=True, slots=True)
class Credential:
    """What is kept of a person's password. `due`: it is a one-time code, good until `expires_at` for setting one."""

    hash: str
    due: bool = False
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A one-time code, shown this once."""

    text: str
    expires_at: datetime


def new_code() -> str:
    """Twelve letters that are hard to confuse, in three groups."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(_CODE_LENGTH))
    return "-".join(code[at : at + _GROUP] for at in range(0, _CODE_LENGTH, _GROUP))


def bare(code: str) -> str:
    """A code as it is hashed: however it was typed."""
    return "".join(code.split()).replace("-", "").upper()


class Passwords:
    """Safe to share between threads; hashing blocks for ~50 ms and is done outside of transactions."""

    def __init__(self, store: Store, hasher: PasswordHasher) -> None:
        self._store = store
        self._hasher = hasher
        self._made_up: str | None = None

    def of(self, connection: Connection, member: StaffMember | None) -> Credential:
        """The person's, or a made-up one, so that an unknown login takes as long as a wrong password."""
        table = t.credentials
        row = connection.execute(select(table).where(table.c.staff_id == (member.id if member else ""))).one_or_none()
        if row is None:
            return Credential(self._nobody())
        return Credential(row.password_hash, row.due, row.expires_at)

    def matches(self, kept: Credential, typed: str) -> bool:
        """Whether that is what was typed."""
        try:
            return self._hasher.verify(kept.hash, bare(typed) if kept.due else typed)
        except VerificationError:
            return False

    def check(self, kept: Credential, password: str) -> None:
        """Problem 400 where this may not be a person's next password."""
        least = self._policy().min_length
        if len(password) < least:
            raise Problem(400, "password_too_short", f"a password has at least {least} characters", least=least)
        if self.matches(kept, password):
            raise Problem(400, "password_same", "this is the password (or code) as it is: choose another")

    def set(self, member: StaffMember, kept: Credential | None, password: str, entry: audit.Entry) -> StaffMember:
        """Put a password in force; the person as they are afterwards. With `kept`, only while that is what is kept
        (two at once: Problem 401)."""
        return self._put(member, Credential(self._hasher.hash(password)), kept, entry)

    def issue(self, staff_id: str, by: str, installation: str = "") -> Code:
        """Put a one-time code in force instead of whatever there was. Problem 404 no_such_person, 409 disabled."""
        with self._store.reading() as connection:
            member = _member(connection, staff_id)
        if not member.active:
            raise Problem(409, "disabled", "this person may not work any more")
        text = new_code()
        until = self._store.clock() + timedelta(hours=self._policy().code_hours)
        made = Credential(self._hasher.hash(bare(text)), due=True, expires_at=until)
        said = audit.Entry(
            area=audit.Area.PASSWORD, what="code", person=by, installation=installation, staff_id=staff_id
        )
        self._put(member, made, None, said)
        return Code(text, until)

    def _put(self, member: StaffMember, made: Credential, kept: Credential | None, entry: audit.Entry) -> StaffMember:
        """One transaction: the credential, the end of every session, the number in the feed, the audit."""
        with self._store.writing() as tx:
            found = tx.book.get("staff", member.id)
            before = tx.connection.scalar(
                select(t.credentials.c.password_hash).where(t.credentials.c.staff_id == member.id)
            )
            if not isinstance(found, StaffMember) or (kept is not None and before != kept.hash):
                raise Problem(401, "wrong_login", "login or password is wrong")
            row = {"staff_id": member.id, "password_hash": made.hash, "changed_at": tx.now}
            upsert(tx.connection, t.credentials, [{**row, "due": made.due, "expires_at": made.expires_at}])
            tx.connection.execute(delete(t.sessions).where(t.sessions.c.staff_id == member.id))
            audit.keep(tx.connection, tx.now, [entry])
            return found if before is None else _counted(tx, found)

    def _policy(self) -> PasswordPolicy:
        with self._store.reading() as connection:
            version = connection.scalar(select(t.head.c.policy_version).where(t.head.c.shard == t.SHARD))
            policy = self._store.policy(connection, int(version or 0))
        return policy.passwords if policy else PasswordPolicy()

    def _nobody(self) -> str:
        if self._made_up is None:
            self._made_up = self._hasher.hash(secrets.token_hex(8))
        return self._made_up


def _counted(tx: Transaction, member: StaffMember) -> StaffMember:
    """The person with the next number, told to every desk: the first password of all changes nothing for them."""
    moved = replace(member, password_no=member.password_no + 1)
    tx.stage([moved])
    return moved


def _member(connection: Connection, staff_id: str) -> StaffMember:
    doc = connection.scalar(select(t.staff.c.doc).where(t.staff.c.id == staff_id))
    found = None if doc is None else entity_of("staff", doc)
    if not isinstance(found, StaffMember):
        raise Problem(404, "no_such_person", "no person has this id")
    return found
