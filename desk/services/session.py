"""Who works at this desk: enrolment, sign-in online and offline, lock, fast user switch."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

import structlog
from PySide6.QtCore import QObject, Signal

from desk.domain.people import Actor, StaffMember
from desk.services import rows
from desk.services.admission import Admission, Admitted, NoWay
from desk.services.changes import ChangeSet
from desk.services.reader import Reader
from desk.services.rows import RowState
from desk.services.syncer import Syncer
from desk.services.workplace import SignedOut, Workplace
from desk.storage.projection import NoPolicy

_log = structlog.get_logger("desk.session")


@dataclass(frozen=True, slots=True)
class DemoRoster:
    """The people of a demo, with the common beginning of their passwords; empty for a desk in real use."""

    prefix: str = ""
    people: tuple[rows.PersonRow, ...] = ()


class Session(QObject):
    """UI thread. `person` is who is signed in (also while locked), or None."""

    changed = Signal()  # signed in, locked, unlocked, signed out, enrolled, or the person's own staff row changed

    def __init__(
        self,
        workplace: Workplace,
        admission: Admission,
        syncer: Syncer,
        demo: DemoRoster | None = None,
        enrols_itself: bool = False,
        parent: QObject | None = None,
    ) -> None:
        """`enrols_itself`: nobody has to type a code (the embedded centre). `ready` ends the time of beginning."""
        super().__init__(parent)
        self._place = workplace
        self._admission = admission
        self._syncer = syncer
        self._demo = demo or DemoRoster()
        self._enrols_itself = enrols_itself
        self._begun = asyncio.Event()
        self._why_not = ""
        self._farewell: Callable[[], Awaitable[None]] | None = None
        self._person: rows.PersonRow | None = None
        self._locked = False
        self._password = ""  # of an offline sign-in, in memory until the centre has seen it once
        workplace.changes.announced.connect(self._on_changes)
        syncer.set_renew(self._renew)
        syncer.shut_out.connect(self._on_shut_out)

    @property
    def person(self) -> rows.PersonRow | None:
        """Who is signed in."""
        return self._person

    @property
    def locked(self) -> bool:
        """Whether the screen is covered."""
        return self._locked

    @property
    def enrolled(self) -> bool:
        """Whether the centre knows this desk, or will without anybody's help."""
        return self._admission.enrolled or self._enrols_itself

    @property
    def demo_password(self) -> str:
        """Prefix of the demo people's passwords where this desk is on a demo centre, else ''."""
        return self._demo.prefix

    def ready(self) -> None:
        """The centre was looked for, the file opened where it can be: people may sign in."""
        self._begun.set()
        self.changed.emit()

    def cannot_begin(self, code: str) -> None:
        """The centre could not be started; every sign-in answers so."""
        self._why_not = code
        self._begun.set()
        self.changed.emit()

    async def known_people(self) -> tuple[rows.PersonRow, ...]:
        """People to offer on the sign-in screen: who signed in here before; in a demo all demo people."""
        if self._demo.people:
            return self._demo.people
        return await self._place.jobs.store(self._admission.known)

    async def enrol(self, code: str, desk_name: str) -> rows.Answer:
        """Enrol this installation by its one-time code. Refused codes: wrong_code, offline."""
        try:
            await self._place.jobs.net(self._admission.enrol, code, desk_name)
        except NoWay as no:
            return _refused(no)
        self.changed.emit()
        return rows.Answer(status=RowState.DONE)

    async def sign_in(self, login: str, password: str) -> rows.Answer:
        """Online, or offline where the person signed in here before. Refused codes: wrong_password, throttled
        (data.retry_after seconds), disabled, not_this_desk, unknown_here, locked_out, grant_expired, not_enrolled,
        password_due (it is a one-time code: new_password), code_expired, password_changed, revoked, offline,
        ask_colleague (the key of this desk's file is known to others only)."""
        login = login.strip()
        await self._begun.wait()
        if self._why_not:
            return rows.Answer(status=RowState.REFUSED, code=self._why_not)
        if self._person is not None:
            await self.sign_out()
        try:
            admitted = await self._place.jobs.net(self._admission.sign_in, login, password)
        except NoWay as no:
            return _refused(no)
        self._password = "" if admitted.online else password
        await self._enter(admitted)
        return rows.Answer(status=RowState.DONE, code="" if admitted.online else "offline")

    async def new_password(self, login: str, password: str, wanted: str) -> rows.Answer:
        """Set one's own password: at the first sign-in by the one-time code (who is in afterwards), or later by the
        one there was. Refused codes: those of sign_in, password_too_short (data.least), password_same, code_expired."""
        login = login.strip()
        await self._begun.wait()
        try:
            admitted = await self._place.jobs.net(self._admission.new_password, login, password, wanted)
        except NoWay as no:
            return _refused(no)
        self._password = ""
        if self._person is not None and self._person.login == login:
            self._place.actor = admitted.actor
            self._syncer.wake()
        else:
            await self._enter(admitted)
        return rows.Answer(status=RowState.DONE)

    def lock(self) -> None:
        """Cover the screen; work and sync of the person go on behind it."""
        if self._person is not None and not self._locked:
            self._locked = True
            self.changed.emit()

    async def unlock(self, password: str) -> rows.Answer:
        """Uncover it. Where the centre wants a new sign-in, the password serves for that too."""
        if self._person is None:
            return rows.Answer(status=RowState.REFUSED, code="signed_out")
        try:
            await self._place.jobs.net(self._admission.unlock, self._person.login, password)
        except NoWay as no:
            return _refused(no)
        self._locked = False
        if not self._place.credentials.token:
            self._password = password
        self._syncer.wake()
        self.changed.emit()
        return rows.Answer(status=RowState.DONE)

    def set_farewell(self, farewell: Callable[[], Awaitable[None]]) -> None:
        """What ends with the person's leaving."""
        self._farewell = farewell

    async def sign_out(self) -> None:
        """Leave; what is not sent yet stays in the outbox under this person's name until the next sign-in."""
        self._person, self._locked, self._password = None, False, ""
        await self._syncer.stop()
        if self._farewell is not None:
            await self._farewell()
        await self._place.jobs.net(self._admission.sign_out)
        self._place.actor = None
        self.changed.emit()

    # --- parts ------------------------------------------------------------------------------------------------------

    async def _enter(self, admitted: Admitted) -> None:
        self._place.actor = admitted.actor
        self._locked = False
        self._person = await self._row(admitted)
        self._syncer.start()
        self._place.changes.announce((), whole=True)
        self.changed.emit()

    async def _renew(self) -> bool:
        """A token by the password of an offline sign-in; False where only the person can help."""
        person, password = self._person, self._password
        if person is None or not password:
            return False
        try:
            admitted = await self._place.jobs.net(self._admission.sign_in_online, person.login, password)
        except NoWay as no:
            _log.info("no new sign-in", code=no.code)
            if no.code in ("wrong_password", "disabled", "revoked"):
                self._password = ""
            if no.code == "wrong_password":
                self._place.jobs.spawn(self._let_go(person.login), "password set anew elsewhere")
            return False
        self._password = ""
        self._place.actor = admitted.actor
        return True

    async def _row(self, admitted: Admitted) -> rows.PersonRow:
        """What the window shows of the person; permissions follow with the first snapshot."""
        try:
            return await self._place.read(lambda reader: person_row(reader, admitted.login, admitted.name))
        except (NoPolicy, SignedOut):
            actor = admitted.actor
            return rows.PersonRow(
                id=actor.id,
                login=admitted.login,
                name=admitted.name,
                level=actor.level,
                teams=actor.teams,
                store_id=actor.store_id,
            )

    def _on_changes(self, told: ChangeSet) -> None:
        person = self._person
        if person is not None and (told.touches("staff", person.id) or told.touches("policy", "current")):
            self._place.jobs.spawn(self._refresh(person), "who am I")

    def _on_shut_out(self, code: str) -> None:
        """A person who was disabled gets out at once, and not in again without the centre."""
        if code == "shut_out" and self._person is not None:
            self._place.jobs.spawn(self._turn_out(self._person.login), "turn out")

    async def _turn_out(self, login: str) -> None:
        await self._place.jobs.store(self._place.profile.keys.remove, login)
        await self.sign_out()

    async def _let_go(self, login: str) -> None:
        """The password that opened this desk is not the person's any more: they sign in by the new one."""
        await self._place.jobs.store(self._admission.distrust, login)
        await self.sign_out()

    async def _refresh(self, person: rows.PersonRow) -> None:
        """Level, teams or permissions changed at the centre: the window follows."""

        def build(reader: Reader) -> tuple[Actor, rows.PersonRow]:
            actor = reader.actor
            member = reader.get(StaffMember, "staff", actor.id)
            if member is not None:
                actor = replace(actor, level=member.level, teams=member.teams, store_id=member.store_id)
                reader.actor = actor
            return actor, person_row(reader, person.login, person.name)

        try:
            actor, row = await self._place.read(build)
        except (NoPolicy, SignedOut):
            return
        if self._person is None or self._person.id != row.id:
            return
        self._place.actor = actor
        if row != self._person:
            self._person = row
            self.changed.emit()


def person_row(reader: Reader, login: str, name: str) -> rows.PersonRow:
    """A person with what their level may do."""
    actor = reader.actor
    team: Mapping[str, str] = reader.team_names(actor.teams[0]) if actor.teams else {}
    return rows.PersonRow(
        id=actor.id,
        login=login,
        name=reader.private(actor.id).get("name", "") or name,
        level=actor.level,
        team=team or reader.store_names(actor.store_id),
        teams=actor.teams,
        store_id=actor.store_id,
        permissions=reader.policy.permissions.get(actor.level, frozenset()),
    )


def _refused(no: NoWay) -> rows.Answer:
    return rows.Answer(status=RowState.REFUSED, code=no.code, data=no.data)
