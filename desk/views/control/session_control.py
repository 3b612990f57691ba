"""Leads sign-in, lock and switch: says to the window who works here."""

from __future__ import annotations

import platform
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.services.desk import Desk
from desk.services.rows import Answer, PersonRow, RowState
from desk.views.sign_in_view import SignInView


class SessionControl(QObject):
    """`entered(PersonRow)`: work may go on; `left`: locked or signed out."""

    entered = Signal(object)
    left = Signal()

    def __init__(self, desk: Desk, view: SignInView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self._inside: PersonRow | None = None
        view.asked.connect(lambda login, password: self._try(desk.session.sign_in(login, password), "sign in"))
        view.unlocked.connect(lambda password: self._try(desk.session.unlock(password), "unlock"))
        view.enrolled.connect(lambda code, name: self._try(desk.session.enrol(code, name), "enrol"))
        view.switch_asked.connect(self.switch)
        desk.session.changed.connect(self.show)

    def show(self) -> None:
        """Put up what fits: enrolment, sign-in, lock, or the work."""
        session = self._desk.session
        person = session.person
        if person is not None and not session.locked:
            self._view.show_answer(Answer(status=RowState.DONE))
            self._inside = person
            self.entered.emit(person)
            return
        self._inside = None
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
        """Another person takes over; what is not sent yet stays under the first one's name."""
        self._desk.jobs.spawn(self._desk.session.sign_out(), "sign out")

    def _try(self, work: Coroutine[Any, Any, Answer], name: str) -> None:
        self._desk.jobs.spawn(self._wait(work), name)

    async def _wait(self, work: Coroutine[Any, Any, Answer]) -> None:
        self._view.show_answer(None)
        self._view.show_answer(await work)
