"""Leads the smaller pages: approvals, attention, tasks, administration."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from desk.domain import commands
from desk.services.changes import ChangeSet
from desk.services.desk import Desk
from desk.services.rows import Choice, RowState
from desk.views.admin_forms import Person, Place
from desk.views.admin_view import AdminView
from desk.views.approvals_view import ApprovalsView
from desk.views.attention_view import AttentionView
from desk.views.control.loading import reading
from desk.views.control.once import Once
from desk.views.control.teller import tell
from desk.views.tasks_view import TasksView
from desk.views.toast import Toast


class ApprovalsControl(QObject):
    """A, C, D; the list is live."""

    def __init__(self, desk: Desk, view: ApprovalsView, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view, self._toast = desk, view, toast
        self._once = Once(desk.jobs)
        self._recent = False
        self._denials: tuple[Choice, ...] = ()
        view.selected.connect(lambda which: desk.jobs.spawn(self._card(which), "approval card"))
        view.which_changed.connect(self._switch)
        view.state.retry.connect(self.reload)
        view.card_state.retry.connect(self.reload)
        view.card.approved.connect(lambda which, units: self._decide(which, True, units, ""))
        view.card.denied.connect(lambda which, reason: self._decide(which, False, None, reason))
        desk.changes.announced.connect(self._on_changes)

    def reload(self) -> None:
        """The list anew."""
        self._desk.jobs.spawn(self._load(), "approvals")

    async def _load(self) -> None:
        with reading(self._view.state):
            if not self._denials:
                self._denials = (await self._desk.workspace.choices()).denials
            recent = self._recent
            found = await (self._desk.approvals.recent() if recent else self._desk.approvals.waiting())
            if recent == self._recent:
                self._view.show_requests(found)

    async def _card(self, approval_id: str) -> None:
        with reading(self._view.card_state):
            request = await self._desk.approvals.one(approval_id)
            current = self._view.list.current_row()
            if request is not None and current is not None and current.id == approval_id:
                self._view.show_card(request, self._denials)

    def _switch(self, recent: bool) -> None:
        self._recent = recent
        self.reload()

    def _decide(self, approval_id: str, approve: bool, units: int | None, reason: str) -> None:
        # one for all requests: the second press would answer the next one, unread
        self._once.spawn("decide", lambda: self._answer(approval_id, approve, units, reason), "decide approval")

    async def _answer(self, approval_id: str, approve: bool, units: int | None, reason: str) -> None:
        answer = await self._desk.approvals.decide(approval_id, approve, units, reason, initiator=self)
        tell(self._toast, answer, "approved" if approve else "denied")
        await self._load()
        self._view.list.setFocus()

    def _on_changes(self, changed: ChangeSet) -> None:
        if changed.whole or changed.ids("approval") or changed.ids("line"):
            self.reload()


class AttentionControl(QObject):
    """Refused acts."""

    def __init__(self, desk: Desk, view: AttentionView, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view, self._toast = desk, view, toast
        once = Once(desk.jobs)
        view.state.retry.connect(self.reload)
        view.again.connect(lambda which: once.spawn("again", lambda: self._again(which), "do again"))
        view.dismissed.connect(lambda which: once.spawn("dismiss", lambda: self._dismiss(which), "dismiss", which))
        desk.changes.announced.connect(self._on_changes)

    def reload(self) -> None:
        """The list anew."""
        self._desk.jobs.spawn(self._load(), "attention")

    async def _load(self) -> None:
        with reading(self._view.state):
            self._view.show_rows(await self._desk.attention.items())

    async def _again(self, command_id: str) -> None:
        tell(self._toast, await self._desk.attention.again(command_id, initiator=self), "sent")
        await self._load()

    async def _dismiss(self, command_id: str) -> None:
        await self._desk.attention.dismiss(command_id)
        await self._load()

    def _on_changes(self, changed: ChangeSet) -> None:
        if changed.whole or changed.ids("attention") or changed.ids("act") or changed.ids("ticket"):
            self.reload()


class TasksControl(QObject):
    """What other teams ask, and effects for a person."""

    def __init__(self, desk: Desk, view: TasksView, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view, self._toast = desk, view, toast
        self._once = Once(desk.jobs)
        self._lately = False
        view.confirmed.connect(self._confirm)
        view.retried.connect(self._retry)
        view.declined.connect(self._decline)
        view.state.retry.connect(self.reload)
        view.taken.connect(self._take)
        view.card.replied.connect(self._reply)
        view.which_changed.connect(self._switch)
        desk.changes.announced.connect(self._on_changes)

    def reload(self) -> None:
        """The list anew."""
        self._desk.jobs.spawn(self._load(), "tasks")

    async def _load(self) -> None:
        lately = self._lately
        with reading(self._view.state):
            found = (await self._desk.tasks.page(done=True)).tasks if lately else await self._desk.tasks.items()
            if lately == self._lately:
                self._view.show_rows(found)

    def _switch(self, lately: bool) -> None:
        self._lately = lately
        self.reload()

    def _confirm(self, effect_id: str, reference: str) -> None:
        command = commands.ConfirmEffect(id=self._desk.actions.new_id(), effect_id=effect_id, reference=reference)
        self._once.spawn("confirm", lambda: self._perform(command, "confirmed"), "confirm effect", effect_id)

    def _retry(self, effect_id: str) -> None:
        command = commands.RetryEffect(id=self._desk.actions.new_id(), effect_id=effect_id)
        self._once.spawn("retry", lambda: self._perform(command, "retried"), "retry effect")

    def _decline(self, effect_id: str, said: str) -> None:
        command = commands.DeclineEffect(id=self._desk.actions.new_id(), effect_id=effect_id, words=said)
        self._once.spawn("decline", lambda: self._perform(command, "declined"), "decline effect", effect_id)

    def _take(self, task_id: str) -> None:
        command = commands.TakeTask(id=self._desk.actions.new_id(), task_id=task_id)
        self._once.spawn("take", lambda: self._perform(command, "taken"), "take task", task_id)

    def _reply(self, task_id: str, done: bool, reference: str, said: str) -> None:
        command = commands.ReplyTask(
            id=self._desk.actions.new_id(), task_id=task_id, done=done, reference=reference, words=said
        )
        self._once.spawn("reply", lambda: self._perform(command, "answered"), "reply to task", task_id)

    async def _perform(self, command: commands.Command, name: str) -> None:
        tell(self._toast, await self._desk.actions.perform(command, self), name)
        await self._load()

    def _on_changes(self, changed: ChangeSet) -> None:
        if changed.whole or any(changed.ids(kind) for kind in ("effect", "task", "line")):
            self.reload()


class AdminControl(QObject):
    """People, teams, stores, desks."""

    def __init__(self, desk: Desk, view: AdminView, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view, self._toast = desk, view, toast
        self._once = Once(desk.jobs)
        view.state.retry.connect(self.reload)
        view.person_saved.connect(self._save_person)
        view.place_saved.connect(self._save_place)
        view.revoked.connect(self._revoke)
        view.code_asked.connect(lambda staff_id: desk.jobs.spawn(self._give_code(staff_id), "one-time code"))
        desk.changes.announced.connect(self._on_changes)

    def reload(self) -> None:
        """The page anew."""
        self._desk.jobs.spawn(self._load(), "administration")

    async def _load(self) -> None:
        with reading(self._view.state):
            self._view.show_page(await self._desk.administration.page())

    def _save_person(self, person: Person) -> None:
        new_id = self._desk.actions.new_id
        command = commands.SaveStaff(
            id=new_id(),
            staff_id=person.id or new_id(),
            login=person.login,
            level=person.level,
            teams=person.teams,
            store_id=person.store_id,
            language=person.language,
            active=person.active,
            full_name=person.name,
        )
        self._perform(command, repr(person))

    def _save_place(self, place: Place) -> None:
        new_id = self._desk.actions.new_id()
        command: commands.Command
        if place.kind == "team":
            command = commands.SaveTeam(id=new_id, team_id=place.id, names=place.names, timezone=place.timezone)
        else:
            command = commands.SaveStore(
                id=new_id, store_id=place.id, names=place.names, timezone=place.timezone, active=place.active
            )
        self._perform(command, repr(place))

    async def _give_code(self, staff_id: str) -> None:
        answer = await self._desk.administration.issue_code(staff_id)
        if answer.status is RowState.DONE:
            until = datetime.fromisoformat(str(answer.data["until"]))
            self._view.person.code.show_code(staff_id, str(answer.data["code"]), until)
        else:
            tell(self._toast, answer)

    def _revoke(self, installation_id: str) -> None:
        command = commands.RevokeInstallation(id=self._desk.actions.new_id(), installation_id=installation_id)
        self._perform(command, installation_id)

    def _perform(self, command: commands.Command, about: str) -> None:
        self._once.spawn("save", lambda: self._save(command), f"act {command.name}", about)

    async def _save(self, command: commands.Command) -> None:
        tell(self._toast, await self._desk.actions.perform(command, self), "saved")
        await self._load()

    def _on_changes(self, changed: ChangeSet) -> None:
        if changed.whole or any(changed.ids(kind) for kind in ("staff", "team", "store", "installation")):
            self.reload()
