"""Leads sign-in, lock, switch and passwords: says to the window who works here."""

from __future__ import annotations

import platform
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.services.desk import Desk
from desk.services.rows import Answer, PersonRow, RowState
from desk.views.password_view import PasswordView
from desk.views.sign_in_view import SignInView

# What is put right where the new password is typed; anything else is said on the sign-in card.
_RETYPED = frozenset({"password_too_short", "password_same", "offline", "not_reachable", "server_fault", "throttled"})


class SessionControl(QObject):
    """`entered(PersonRow)`: work may go on; `left`: locked or signed out; `password_wanted`: its card is asked for;
    `password_set`: somebody inside has another one now."""

    entered = Signal(object)
    left = Signal()
    password_wanted = Signal()
    password_set = Signal()

    def __init__(self, desk: Desk, view: SignInView, password: PasswordView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view, self._password = desk, view, password
        self._inside: PersonRow | None = None
        self._code = ("", "")  # login and one-time code of a first sign-in, until its password is set
        self._changing = False
        view.asked.connect(lambda login, typed: desk.jobs.spawn(self._sign_in(login, typed), "sign in"))
        password.asked.connect(lambda now, wanted: desk.jobs.spawn(self._set_password(now, wanted), "set password"))
        password.left.connect(self._back)
        view.unlocked.connect(lambda password: self._try(desk.session.unlock(password), "unlock"))
        view.enrolled.connect(lambda code, name: self._try(desk.session.enrol(code, name), "enrol"))
        view.switch_asked.connect(self.switch)
        desk.session.changed.connect(self.show)

    def show(self) -> None:
        """Put up what fits: enrolment, sign-in, lock, or the work."""
        session = self._desk.session
        person = session.person
        if person is not None and not session.locked:
            if self._changing:
                return
            self._view.show_answer(Answer(status=RowState.DONE))
            self._inside = person
            self.entered.emit(person)
            return
        self._inside = None
        self._forget()
        self.left.emit()
        if not session.enrolled:
            self._view.show_enrol(platform.node())
        elif person is not None:
            self._view.show_lock(person)
        else:
            self._desk.jobs.spawn(self._offer_people(), "people of this desk")

    async def _offer_people(self) -> None:
        people = await self._desk.session.known_people()
        if self._desk.session.person is None:
            self._view.show_sign_in(people, self._desk.session.demo_password)

    def switch(self) -> None:
        """Another person takes over; what is not sent yet stays under the first one's name, and that is said."""
        status, person = self._desk.syncer.status, self._desk.session.person
        self._view.show_kept(person.name if person else "", status.pending + status.unknown)
        self._desk.jobs.spawn(self._desk.session.sign_out(), "sign out")

    # --- passwords

    def change_password(self) -> None:
        """The person inside wants another one."""
        person = self._desk.session.person
        if person is not None and not self._desk.session.locked:
            self._changing = True
            self._password.begin(person.name, first=False)
            self.password_wanted.emit()

    async def _sign_in(self, login: str, typed: str) -> None:
        self._view.show_answer(None)
        answer = await self._desk.session.sign_in(login, typed)
        if answer.code == "password_due":
            self._code = (login, typed)
            self._view.show_answer(Answer(status=RowState.DONE))
            self._password.begin(login, first=True)
            self.password_wanted.emit()
        else:
            self._view.show_answer(answer)

    async def _set_password(self, now: str, wanted: str) -> None:
        person = self._desk.session.person
        login, password = (person.login, now) if self._changing and person is not None else self._code
        self._password.show_answer(None)
        answer = await self._desk.session.new_password(login, password, wanted)
        if answer.status is RowState.REFUSED and (self._changing or answer.code in _RETYPED):
            self._password.show_answer(answer)
            return
        if self._changing:
            self._back()
            self.password_set.emit()
            return
        self._forget()
        if answer.status is RowState.REFUSED:
            self.left.emit()
            await self._offer_people()
            self._view.show_answer(answer)

    def _back(self) -> None:
        self._forget()
        self.show()

    def _forget(self) -> None:
        """No password stays in a field, no code in memory."""
        self._changing, self._code = False, ("", "")
        self._password.forget()

    def _try(self, work: Coroutine[Any, Any, Answer], name: str) -> None:
        self._desk.jobs.spawn(self._wait(work), name)

    async def _wait(self, work: Coroutine[Any, Any, Answer]) -> None:
        self._view.show_answer(None)
        self._view.show_answer(await work)
