"""Who works at this desk: enrolment, sign-in online and offline, lock, fast user switch."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk.services import rows


class Session(QObject):
    """UI thread. `person` is who is signed in (also while locked), or None."""

    changed = Signal()  # signed in, locked, unlocked, signed out, enrolled, or the person's own staff row changed

    @property
    def person(self) -> rows.PersonRow | None: ...
    @property
    def locked(self) -> bool: ...
    @property
    def enrolled(self) -> bool: ...
    @property
    def demo_password(self) -> str:
        """Prefix of the demo people's passwords where this desk is on a demo centre, else ''."""

    async def known_people(self) -> tuple[rows.PersonRow, ...]:
        """People to offer on the sign-in screen: who signed in here before; in a demo all demo people."""

    async def enrol(self, code: str, desk_name: str) -> rows.Answer:
        """Enrol this installation by its one-time code. Refused codes: wrong_code, offline."""

    async def sign_in(self, login: str, password: str) -> rows.Answer:
        """Online, or offline where the person signed in here before. Refused codes: wrong_password, throttled
        (data.retry_after seconds), disabled, unknown_here, locked_out, grant_expired, not_enrolled, revoked, offline."""

    def lock(self) -> None:
        """Cover the screen; work and sync of the person go on behind it."""

    async def unlock(self, password: str) -> rows.Answer: ...

    async def sign_out(self) -> None:
        """Leave; what is not sent yet stays in the outbox under this person's name and is pushed at the next sign-in."""
