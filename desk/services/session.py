"""Who works at this desk: enrolment, sign-in online and offline, lock, fast user switch."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk.services import rows


class Session(QObject):
    """UI thread. `person` is who is signed in (also while locked), or None."""

    changed = Signal()  # signed in, locked, unlocked, signed out, or the person's own staff row changed

    @property
    def person(self) -> rows.PersonRow | None: ...
    @property
    def locked(self) -> bool: ...
    @property
    def enrolled(self) -> bool: ...

    async def known_people(self) -> tuple[rows.SignInChoice, ...]:
        """People to offer on the sign-in screen: who signed in here before; in a demo all demo people, with password."""

    async def enrol(self, code: str, desk_name: str) -> rows.SignInResult:
        """Enrol this installation by its one-time code. result.problem: '', wrong_code, offline, not_reachable."""

    async def sign_in(self, login: str, password: str) -> rows.SignInResult:
        """Online, or offline where the person signed in here before. result.problem codes: wrong_password, throttled
        (retry_after), disabled, unknown_here (offline), locked_out, grant_expired, not_enrolled, revoked."""

    def lock(self) -> None:
        """Cover the screen; work and sync of the person go on behind it."""

    async def unlock(self, password: str) -> rows.SignInResult: ...

    async def sign_out(self) -> None:
        """Leave; what is not sent yet stays in the outbox under this person's name and is pushed at the next sign-in."""
