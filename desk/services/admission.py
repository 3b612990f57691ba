"""How a person gets in: enrolment, sign-in at the centre or by the key slots of this desk, the key of its file.

Everything here blocks (network, Argon2id): it runs on a network thread and hops to the store thread for the file.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from desk.domain.people import Actor, StaffMember
from desk.services import rows
from desk.services.workplace import Enrolment, Workplace
from desk.storage import people, replica
from desk.storage.engine import StorageError
from desk.storage.filelock import InUse
from desk.storage.keys import KeyFile, LockedOut, WrongPassword
from desk.sync.account import SignedIn, grant_end, grant_password, new_keys
from desk.sync.problems import AuthExpired, Busy, Forbidden, Rejected, SyncProblem

_T = TypeVar("_T")
# The centre's words for a no, and ours.
_FORBIDDEN = {"installation_revoked": "revoked", "shut_out": "disabled", "not_this_desk": "not_this_desk"}


class NoWay(Exception):
    """Not let in; `code` and `data` say why."""

    def __init__(self, code: str, **data: str | int | None) -> None:
        super().__init__(code)
        self.code = code
        self.data = data


@dataclass(frozen=True, slots=True)
class Admitted:
    """Let in. `online`: the centre said so; else this desk did, by grant and key slot."""

    login: str
    name: str
    actor: Actor
    online: bool


@dataclass(slots=True)
class Admission:
    """The door. `house_password` opens a slot of its own where nothing is secret (a demo), else ''."""

    place: Workplace
    house_password: str = ""
    _private_key: str = field(default="", repr=False)
    _file_key: bytes = field(default=b"", repr=False)

    @property
    def enrolled(self) -> bool:
        """Whether the centre knows this desk."""
        return self.place.profile.enrolment is not None

    # --- enrolment --------------------------------------------------------------------------------------------------

    def enrol(self, code: str, name: str) -> None:
        """Use a one-time code up; raises NoWay (wrong_code, offline)."""
        private, public = new_keys()
        try:
            made = self.place.account.enrol(code, name, public)
        except (Rejected, Forbidden) as no:
            raise NoWay("wrong_code" if no.code == "bad_code" else no.code) from None
        except SyncProblem as problem:
            raise _weather(problem) from None
        self.place.clock.heard(made.server_time)
        enrolment = Enrolment(
            installation_id=made.installation_id,
            name=name,
            scopes=made.scopes,
            centre=self.place.centre,
            centre_key=made.centre_key,
        )
        self._private_key = private
        self._on_store(lambda: self.place.profile.keep(enrolment))

    # --- sign-in ----------------------------------------------------------------------------------------------------

    def sign_in(self, login: str, password: str) -> Admitted:
        """By the centre, or without a line by this desk. Raises NoWay."""
        try:
            return self.sign_in_online(login, password)
        except NoWay as no:
            if no.code not in ("offline", "server_fault"):
                raise
            return self.sign_in_offline(login, password)

    def sign_in_online(self, login: str, password: str) -> Admitted:
        """By the centre; the file is open and the person known here afterwards. Raises NoWay."""
        return self._let_in(login, password, lambda key: self.place.account.sign_in(login, password, key))

    def new_password(self, login: str, password: str, wanted: str) -> Admitted:
        """Set a password by the one there was or a one-time code: the centre's word, and from now on this desk's slot
        too. Raises NoWay (password_too_short with data.least, password_same, wrong_password, offline...)."""
        return self._let_in(login, wanted, lambda key: self.place.account.new_password(login, password, wanted, key))

    def _let_in(self, login: str, password: str, ask: Callable[[str], SignedIn]) -> Admitted:
        """Ask the centre with a fresh session key; `password` opens the person's slot here afterwards."""
        enrolment = self.place.profile.enrolment
        if enrolment is None:
            raise NoWay("not_enrolled")
        self.place.credentials.installation_id = enrolment.installation_id
        _, public = new_keys()
        try:
            signed_in = ask(public)
        except Rejected as no:
            raise NoWay("wrong_password" if no.code == "wrong_login" else no.code, **no.data) from None
        except Forbidden as no:
            raise NoWay(_FORBIDDEN.get(no.code, no.code)) from None
        except AuthExpired:
            raise NoWay("wrong_password") from None
        except SyncProblem as problem:
            raise _weather(problem) from None
        self.place.clock.heard(signed_in.server_time)
        self._unlock_file(login, password)
        self._on_store(lambda: self._remember(login, signed_in))
        return Admitted(login, signed_in.name, signed_in.actor, online=True)

    def sign_in_offline(self, login: str, password: str) -> Admitted:
        """By this desk: the person's own key slot, and the grant that the centre signed for them here."""
        if not self.enrolled:
            raise NoWay("offline")
        key = self._open_slot(login, password)
        if key is None:
            raise NoWay("unknown_here")
        self._open_file(key)
        person, member = self._on_store(lambda: self._known_person(login))
        if person is None:
            raise NoWay("unknown_here")
        if member is not None and not member.active:
            raise NoWay("disabled")
        if member is not None and member.password_no > grant_password(person.offline_grant):
            raise NoWay("password_changed")
        enrolment = self.place.profile.enrolment
        until = grant_end(person.offline_grant, enrolment.centre_key if enrolment else "")
        if until is None or until <= self.place.clock.now():
            raise NoWay("grant_expired")
        return Admitted(login, person.name, person.actor, online=False)

    def check(self, login: str, password: str) -> None:
        """Whether this is the person's password (to unlock the screen); raises NoWay."""
        if self._open_slot(login, password) is None:
            raise NoWay("wrong_password")

    def unlock(self, login: str, password: str) -> None:
        """The same to uncover the screen; where the session is over too, the password may be one set anew elsewhere:
        then the centre knows. Raises NoWay."""
        try:
            self.check(login, password)
        except NoWay as no:
            if no.code != "wrong_password" or self.place.credentials.token:
                raise
            self._ask_instead(login, password, no)

    def _ask_instead(self, login: str, password: str, otherwise: NoWay) -> None:
        try:
            self.sign_in_online(login, password)
        except NoWay as no:
            raise (otherwise if no.code in ("offline", "server_fault") else no) from None

    def distrust(self, login: str) -> None:
        """The centre says that the password which opened this desk is not the person's any more. Store thread."""
        self.place.store().write(lambda connection: people.distrust(connection, login))

    def sign_out(self) -> None:
        """Give the token back where there is a line; else it ends by itself."""
        try:
            self.place.account.sign_out()
        except SyncProblem:
            self.place.credentials.token = ""

    def known(self) -> tuple[rows.PersonRow, ...]:
        """Who signed in here; names only where the file could be opened. Store thread."""
        if self.place.profile.store is not None:
            found = self.place.profile.store.write(people.known)
            return tuple(
                rows.PersonRow(
                    id=one.actor.id, login=one.login, name=one.name, level=one.actor.level, teams=one.actor.teams
                )
                for one in found
            )
        return ()

    def open_by_keyring(self) -> None:
        """Open the file before anybody signs in, where the system keeps its key. Store thread."""
        profile = self.place.profile
        if not profile.has_file or profile.enrolment is None:
            return
        key = profile.keys.from_keyring() or self._house_key()
        if key is not None:
            profile.open(key)
            self._file_key = key

    # --- the file ---------------------------------------------------------------------------------------------------

    @property
    def _keys(self) -> KeyFile:
        return self.place.profile.keys

    def _unlock_file(self, login: str, password: str) -> None:
        """Open the file for somebody the centre let in, and give them a slot of their own."""
        own = self._own_key(login, password)
        key = own or self._others_key()
        if key is None and self.place.profile.has_file:
            raise NoWay("ask_colleague")
        fresh = key is None
        key = key or KeyFile.new_key()
        if own is None:
            self._keys.add(login, password, key)
        if fresh and self.house_password:
            self._keys.add(_HOUSE, self.house_password, key)
        self._open_file(key)

    def _own_key(self, login: str, password: str) -> bytes | None:
        """By the person's slot; None where they have none, or another password (the centre is the judge)."""
        try:
            return self._keys.open(login, password, self.place.clock.now())
        except (WrongPassword, LockedOut):
            return None

    def _others_key(self) -> bytes | None:
        """By any way that needs no person: the file is open, the keyring, the house's slot."""
        if self._file_key and self.place.profile.store is not None:
            return self._file_key
        return (self._keys.from_keyring() or self._house_key()) if self._keys.exists else None

    def _open_slot(self, login: str, password: str) -> bytes | None:
        now = self.place.clock.now()
        try:
            return self._keys.open(login, password, now)
        except WrongPassword:
            raise NoWay("wrong_password") from None
        except LockedOut as locked:
            wait = max(timedelta(seconds=1), locked.until - now)
            raise NoWay("locked_out", retry_after=int(wait.total_seconds())) from None

    def _house_key(self) -> bytes | None:
        if not self.house_password:
            return None
        try:
            return self._keys.open(_HOUSE, self.house_password, self.place.clock.now())
        except (WrongPassword, LockedOut):
            return None

    def _open_file(self, key: bytes) -> None:
        try:
            self._on_store(lambda: self.place.profile.open(key))
            self._file_key = key
            self.place.clock.not_before(self._seen())
        except (StorageError, InUse) as fault:
            raise NoWay(fault.code) from fault

    def _remember(self, login: str, signed_in: SignedIn) -> None:
        store = self.place.store()
        known = people.KnownPerson(
            actor=signed_in.actor,
            login=login,
            name=signed_in.name,
            language=signed_in.language,
            offline_grant=signed_in.grant,
            signed_in_at=self.place.clock.now(),
        )
        store.write(lambda connection: people.remember(connection, known))
        store.set_meta("seen_at", self.place.clock.now().isoformat().encode())
        if self._private_key:
            store.set_meta("installation_key", self._private_key.encode())
            self._private_key = ""

    def _known_person(self, login: str) -> tuple[people.KnownPerson | None, StaffMember | None]:
        store = self.place.store()
        person = store.write(lambda connection: people.by_login(connection, login))
        if person is None:
            return None, None
        member = store.write(lambda connection: replica.entity(connection, "staff", person.actor.id))
        return person, member if isinstance(member, StaffMember) else None

    def _seen(self) -> datetime:
        """The latest time this file knows of, so that a clock set back gains nobody a grant."""
        told = self._on_store(lambda: self.place.store().meta("seen_at"))
        return datetime.fromisoformat(told.decode()) if told else datetime.min.replace(tzinfo=UTC)

    def _on_store(self, work: Callable[[], _T]) -> _T:
        return self.place.jobs.store_now(work)


_HOUSE = "*"  # no login has this form


def _weather(problem: SyncProblem) -> NoWay:
    if isinstance(problem, Busy):
        data: dict[str, Any] = {"retry_after": int(problem.retry_after or 1)}
        return NoWay("throttled", **data)
    return NoWay("offline" if problem.code == "offline" else "server_fault")
