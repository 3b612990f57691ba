"""The services as the windows see them, made up: they keep rows in memory and write down every command."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desk.domain import commands
from desk.domain.ledger import ApprovalState
from desk.domain.tagging import reason_in, trouble_in
from desk.domain.tasks import TaskState
from desk.domain.tickets import Act, Kind, Stage
from desk.services import rows
from desk.services.changes import Changes
from desk.services.desk import Desk
from desk.services.jobs import Jobs
from desk.services.lookup import MOST_HITS
from desk.services.queue import QueueFilter, Whose
from desk.services.rows import Answer, RowState
from desk.storage.engine import DiskTrouble
from tests.helpers.cases import seed_policy
from tools import samples

DONE = Answer(status=RowState.WAITING)


class FakeActions(QObject):
    """Writes down what is performed; `answers` by command name, else everything is kept."""

    settled = Signal(str, object)
    kept = Signal()

    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.performed: list[commands.Command] = []
        self.answers: dict[str, Answer] = {}
        self._ids = 0

    def new_id(self) -> str:
        self._ids += 1
        return f"id-{self._ids}"

    def names(self) -> list[str]:
        return [command.name for command in self.performed]

    async def perform(self, command: commands.Command, initiator: object | None = None) -> Answer:
        answer = self.answers.get(command.name, DONE)
        if answer.status is not RowState.REFUSED:
            self.performed.append(command)
            self.shop.apply(command)
        return answer


class Door:
    """How the store behind every list answers: at once, not until it is `open` again, or with trouble of the disk."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.open.set()
        self.broken = False

    async def pass_through(self) -> None:
        if self.broken:
            raise DiskTrouble("disk I/O error")
        await self.open.wait()


class FakeShop:
    """What there is: one case for every ticket of the queue."""

    def __init__(self) -> None:
        self.door = Door()
        self.queue = {row.id: row for row in samples.QUEUE}
        self.cases = {
            row.id: replace(
                samples.CASE,
                id=row.id,
                number=row.number,
                channel=row.channel,
                label=row.label,
                mine=row.mine,
                holder=row.holder,
                stage=samples.CASE.stage if row.mine else Stage.IDENTIFY,
            )
            for row in samples.QUEUE
        }
        self.changes = Changes()
        self.give = samples.GIVE
        self.script = samples.SCRIPT
        self.approvals = {row.id: row for row in samples.APPROVALS}
        self.attention = list(samples.ATTENTION)
        self.tasks: list[rows.TaskRow | rows.EffectRow] = list(samples.TASKS)
        self.hits = list(samples.HITS)
        self.admin = samples.ADMIN
        self.pages_asked: list[str | None] = []

    def apply(self, command: commands.Command) -> None:
        """Just enough of the rules for the screen to move on."""
        ticket = str(getattr(command, "ticket_id", ""))
        case = self.cases.get(ticket)
        if isinstance(command, commands.TakeTask | commands.ReplyTask | commands.WithdrawTask):
            self._apply_to_task(command)
        elif case is not None and isinstance(command, commands.HandOver):
            del self.cases[ticket], self.queue[ticket]
            self.changes.announce([("ticket", ticket)])
        elif case is not None:
            self.cases[ticket] = after(case, command, self.script.acts)
            self.queue[ticket] = replace(
                self.queue[ticket], mine=self.cases[ticket].mine, holder=self.cases[ticket].holder
            )
            self.changes.announce([("ticket", ticket)])

    def _apply_to_task(self, command: commands.TakeTask | commands.ReplyTask | commands.WithdrawTask) -> None:
        self.tasks = [after_task(task, command) for task in self.tasks]
        self.cases = {
            key: replace(case, tasks=tuple(after_task(task, command) for task in case.tasks))
            for key, case in self.cases.items()
        }
        self.changes.announce([("task", command.task_id)])


def after(case: rows.CaseRow, command: commands.Command, said: frozenset[Act]) -> rows.CaseRow:
    """A case as it stands after an act on it; `said`: the acts of communication of the script in hand."""
    changed: dict[str, Any] = {}
    if isinstance(command, commands.ClaimTicket):
        changed = {"mine": True, "holder": "王芳", "holder_id": "u1"}
    elif isinstance(command, commands.MoveStage):
        changed = {"stage": command.stage}
    elif isinstance(command, commands.SetMood) and case.who is not None:
        names = next((one.names for one in samples.CHOICES.moods if one.key == command.mood), {})
        changed = {"who": replace(case.who, mood=command.mood, mood_names=names)}
    elif isinstance(command, commands.SendMessage):
        changed = {"done": case.done | said}
    elif isinstance(command, commands.CancelOrder):
        verdict = replace(samples.VERDICT, code="already_cancelled")
        changed = {"acts": (samples.act("close"),), "verdict": verdict}
    elif isinstance(command, commands.AnswerCheck | commands.SetReason | commands.TakeOption) and case.playbook:
        changed = {"playbook": after_playbook(case.playbook, command)}
    elif isinstance(command, commands.AskTeam):
        changed = {"tasks": (asked_task(command), *case.tasks)}
    elif isinstance(command, commands.CloseTicket):
        changed = {"stage": Stage.CLOSED, "outcome": command.outcome, "acts": (samples.act("archive"),)}
    return replace(case, **changed)


def after_playbook(
    playbook: rows.PlaybookRow, command: commands.AnswerCheck | commands.SetReason | commands.TakeOption
) -> rows.PlaybookRow:
    """The playbook as it stands after an act on it: with the last required check the options open."""
    if isinstance(command, commands.SetReason):
        return replace(playbook, chosen=command.causes)
    if isinstance(command, commands.TakeOption):
        taken = next(option for option in playbook.options if option.key == command.option)
        options = tuple(replace(one, taken=one.taken or one is taken) for one in playbook.options)
        return replace(playbook, options=options, proposed=taken.gives, outcome=taken.outcome)
    said = {"answer": command.answer.value, "by": "王芳", "at": samples.NOW, "words": command.words}
    checks = tuple(replace(one, **said) if one.key == command.check else one for one in playbook.checks)  # type: ignore[arg-type]
    after = replace(playbook, checks=checks)
    return after if after.waiting or playbook.off != "checks_first" else samples.READY


def after_task(task: Any, command: commands.TakeTask | commands.ReplyTask | commands.WithdrawTask) -> Any:
    """A task as it stands after an act on it; others are left alone."""
    if task.id != command.task_id:
        return task
    if isinstance(command, commands.TakeTask):
        return replace(task, state=TaskState.TAKEN, holder="王芳", mine=True, may_take=False)
    if isinstance(command, commands.WithdrawTask):
        return replace(task, state=TaskState.WITHDRAWN, may_withdraw=False)
    state = TaskState.DONE if command.done else TaskState.DECLINED
    ended = replace(task, state=state, may_take=False, may_reply=False, replied_at=samples.NOW, replied_by="何静")
    return replace(ended, reference=command.reference, reply=command.words)


def asked_task(command: commands.AskTeam) -> rows.TaskRow:
    """What was asked just now."""
    kind = next(one for one in samples.CASE_PAID_TWICE.choices.handoffs if one.key == command.what)
    due = command.due_at or samples.ahead(kind.minutes)
    made = replace(samples.TASK, id=command.task_id, what=kind.names, due_at=due, words=command.words)
    return replace(made, asked_at=samples.NOW, may_take=False, may_reply=False, may_withdraw=True)


class FakeQueue(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.size = 200
        self.while_counting: Callable[[], None] = lambda: None  # what happens meanwhile, once

    def _all(self, which: QueueFilter) -> list[rows.QueueRow]:
        found = sorted(self.shop.queue.values(), key=lambda row: row.due_at)
        return [row for row in found if row.mine] if which.whose is Whose.MINE else found

    async def page(self, which: QueueFilter, after: str | None = None, limit: int = 200) -> rows.QueuePage:
        self.shop.pages_asked.append(after)
        await self.shop.door.pass_through()
        found = self._all(which)
        start = int(after or 0)
        more = start + self.size < len(found)
        return rows.QueuePage(
            rows=tuple(found[start : start + self.size]),
            after=str(start + self.size) if more else None,
            total=len(found),
        )

    async def some(self, which: QueueFilter, ticket_ids: Iterable[str]) -> Mapping[str, rows.QueueRow | None]:
        here = {row.id: row for row in self._all(which)}
        return {ticket: here.get(ticket) for ticket in ticket_ids}

    async def counts(self) -> Mapping[Whose, int]:
        meanwhile, self.while_counting = self.while_counting, lambda: None
        meanwhile()
        mine = sum(row.mine for row in self.shop.queue.values())
        return {Whose.MINE: mine, Whose.TEAM: len(self.shop.queue), Whose.FREE: 7, Whose.ALL: len(self.shop.queue)}


class FakeWorkspace(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.frozen = False  # what was loaded once is what is told: a store that lags
        self._told: dict[str, rows.CaseRow | None] = {}

    async def case(self, ticket_id: str) -> rows.CaseRow | None:
        await self.shop.door.pass_through()
        if not self.frozen:
            self._told[ticket_id] = self.shop.cases.get(ticket_id)
        return self._told.get(ticket_id)

    async def option(self, ticket_id: str, key: str, line_ids: tuple[str, ...]) -> rows.OptionRow | None:
        case = self.shop.cases[ticket_id]
        options = case.playbook.options if case.playbook else ()
        return next((one for one in options if one.key == key), None)

    async def order(self, order_id: str) -> rows.OrderRow | None:
        return replace(samples.ORDER, id=order_id)

    async def choices(self) -> rows.Choices:
        return samples.CHOICES

    async def joined(self, order_id: str, kind: Kind, type_key: str) -> str | None:
        return next((ticket for hit in self.shop.hits if hit.order_id == order_id for ticket in hit.tickets), None)

    async def meant(self, kind: Kind, words: str) -> str:
        trouble = "/".join(part for part in trouble_in(seed_policy(), words) if part)
        return reason_in(seed_policy(), words) if kind is Kind.CANCEL else trouble


class FakeScripts(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.asked: list[str] = []  # templates, '' for the best
        self.ready = asyncio.Event()  # cleared: words take their time
        self.ready.set()

    async def script(
        self, ticket_id: str, language: str, template: str = "", values: Mapping[str, str] | None = None
    ) -> rows.ScriptRow | None:
        self.asked.append(template)
        await self.ready.wait()
        script = self.shop.script
        if script.missing and values and set(script.missing) <= set(values):
            pieces = tuple(
                replace(piece, kind="filled", text=values[piece.name]) if piece.kind == "missing" else piece
                for piece in script.pieces
            )
            return replace(script, pieces=pieces, blocked="")
        return samples.SCRIPT_EN if language == "en" and script is samples.SCRIPT else script


class FakeCompensation(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.given: list[tuple[str, str]] = []

    async def panel(self, ticket_id: str, cause: str = "") -> rows.GiveRow:
        return replace(self.shop.give, cause=cause or self.shop.give.cause)

    async def give(
        self,
        ticket_id: str,
        offer_key: str,
        cause: str,
        units: int | None = None,
        words: str = "",
        initiator: object | None = None,
    ) -> Answer:
        self.given.append((offer_key, cause))
        offer = next(offer for offer in self.shop.give.offers if offer.key == offer_key)
        if offer.allowed is rows.Allowed.APPROVAL:
            self.shop.give = replace(self.shop.give, asked=(samples.APPROVAL,))
            return Answer(status=RowState.NEEDS_APPROVAL, level="supervisor")
        return DONE

    async def ask_again(self, approval_id: str, words: str = "", initiator: object | None = None) -> Answer:
        return Answer(status=RowState.NEEDS_APPROVAL, level="supervisor")


class FakeApprovals(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.decided: list[tuple[str, bool, int | None, str]] = []

    async def waiting(self) -> tuple[rows.ApprovalRow, ...]:
        await self.shop.door.pass_through()
        return tuple(row for row in self.shop.approvals.values() if row.state is ApprovalState.ASKED)

    async def recent(self) -> tuple[rows.ApprovalRow, ...]:
        return tuple(row for row in self.shop.approvals.values() if row.state is not ApprovalState.ASKED)

    async def one(self, approval_id: str) -> rows.ApprovalRow | None:
        return self.shop.approvals.get(approval_id)

    async def decide(
        self,
        approval_id: str,
        approve: bool,
        units: int | None = None,
        reason: str = "",
        words: str = "",
        initiator: object | None = None,
    ) -> Answer:
        self.decided.append((approval_id, approve, units, reason))
        state = ApprovalState.APPROVED if approve else ApprovalState.DENIED
        self.shop.approvals[approval_id] = replace(self.shop.approvals[approval_id], state=state)
        return DONE


class FakeAttention(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop

    async def items(self) -> tuple[rows.AttentionRow, ...]:
        await self.shop.door.pass_through()
        return tuple(self.shop.attention)

    async def again(self, command_id: str, initiator: object | None = None) -> Answer:
        await self.dismiss(command_id)
        return DONE

    async def dismiss(self, command_id: str) -> None:
        self.shop.attention = [item for item in self.shop.attention if item.id != command_id]


class FakeTasks(QObject):
    def __init__(self, shop: FakeShop, actions: FakeActions) -> None:
        super().__init__()
        self.shop = shop
        self.actions = actions

    async def items(self) -> tuple[rows.TaskRow | rows.EffectRow, ...]:
        await self.shop.door.pass_through()
        return tuple(self.shop.tasks)

    async def page(self, *, done: bool = False, after: str | None = None, limit: int = 100) -> rows.TaskPage:
        await self.shop.door.pass_through()
        found = tuple(one for one in self.shop.tasks if isinstance(one, rows.TaskRow) and bool(one.replied_at) == done)
        return rows.TaskPage(tasks=found, after=None, total=len(found))

    async def ask(
        self,
        ticket_id: str,
        what: str,
        team: str = "",
        minutes: int | None = None,
        words: str = "",
        initiator: object | None = None,
    ) -> Answer:
        command = commands.AskTeam(
            id=self.actions.new_id(),
            ticket_id=ticket_id,
            task_id=self.actions.new_id(),
            what=what,
            team=team,
            due_at=samples.ahead(minutes) if minutes is not None else None,
            words=words,
        )
        return await self.actions.perform(command, initiator)


class FakeAdministration(QObject):
    """Everybody but "u1" may get a code."""

    def __init__(self, shop: FakeShop) -> None:
        self.shop = shop

    async def page(self) -> rows.AdminRow:
        await self.shop.door.pass_through()
        return self.shop.admin

    async def issue_code(self, staff_id: str) -> Answer:
        if staff_id == "u1":
            return Answer(status=RowState.REFUSED, code="not_yourself")
        return Answer(status=RowState.DONE, data={"code": "ABCD-EFGH-JKLM", "until": samples.NOW.isoformat()})


class FakeLookup(QObject):
    def __init__(self, shop: FakeShop) -> None:
        super().__init__()
        self.shop = shop
        self.offline = False
        self.fetching = False  # the first data of this desk

    async def here(self, text: str, limit: int = MOST_HITS + 1) -> tuple[rows.HitRow, ...]:
        await self.shop.door.pass_through()
        found = (hit for hit in self.shop.hits if text in hit.number or text in hit.phone)
        return tuple(found)[:limit] if text else ()

    async def everywhere(self, text: str, limit: int = MOST_HITS + 1) -> tuple[tuple[rows.HitRow, ...], str]:
        return await self.here(text), "offline" if self.offline else ""

    async def open_order(self, number_or_id: str) -> Answer:
        if self.fetching:
            return Answer(status=RowState.REFUSED, code="no_replica")
        hit = next(hit for hit in self.shop.hits if number_or_id in (hit.order_id, hit.number))
        ticket = hit.tickets[0] if hit.tickets else None
        return Answer(status=RowState.DONE, data={"order_id": hit.order_id, "ticket_id": ticket})


class FakeSession(QObject):
    """Everybody's password is "secret", in the demo "demo-" and the login, at first the one-time code "CODE"."""

    changed = Signal()
    set_to = ""  # the password that was set last

    def __init__(self) -> None:
        super().__init__()
        self.person: rows.PersonRow | None = None
        self.locked = False
        self.enrolled = True
        self.demo_password = "demo-"

    async def known_people(self) -> tuple[rows.PersonRow, ...]:
        return samples.PEOPLE

    async def enrol(self, code: str, desk_name: str) -> Answer:
        if code != "1234":
            return Answer(status=RowState.REFUSED, code="wrong_code")
        self.enrolled = True
        self.changed.emit()
        return DONE

    async def sign_in(self, login: str, password: str) -> Answer:
        if password == "CODE":
            return Answer(status=RowState.REFUSED, code="password_due")
        if password not in ("secret", f"demo-{login}"):
            return Answer(status=RowState.REFUSED, code="wrong_password")
        self.person = next(person for person in samples.PEOPLE if person.login == login)
        self.changed.emit()
        return DONE

    async def new_password(self, login: str, password: str, wanted: str) -> Answer:
        if password not in ("secret", "CODE"):
            return Answer(status=RowState.REFUSED, code="wrong_password")
        if len(wanted) < 8:
            return Answer(status=RowState.REFUSED, code="password_too_short", data={"least": 8})
        self.set_to = wanted
        if self.person is None:
            self.person = next(person for person in samples.PEOPLE if person.login == login)
            self.changed.emit()
        return DONE

    def lock(self) -> None:
        self.locked = True
        self.changed.emit()

    async def unlock(self, password: str) -> Answer:
        if password != "secret":
            return Answer(status=RowState.REFUSED, code="wrong_password")
        self.locked = False
        self.changed.emit()
        return DONE

    async def sign_out(self) -> None:
        self.person, self.locked = None, False
        self.changed.emit()


class FakeSyncer(QObject):
    status_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.status = samples.STATUS
        self.woken = 0

    @property
    def online(self) -> bool:
        return self.status.phase is rows.Phase.ONLINE

    def wake(self) -> None:
        self.woken += 1

    def tell(self, **changes: Any) -> None:
        self.status = replace(self.status, **changes)
        self.status_changed.emit(self.status)


class FakeNotices(QObject):
    raised = Signal(object)


class FakeDrafts(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, str] = {}

    async def load(self, key: str) -> str:
        return self.kept.get(key, "")

    def save(self, key: str, text: str) -> None:
        self.kept[key] = text


class WatchedJobs(Jobs):
    """Knows whether a task still runs."""

    def __init__(self) -> None:
        super().__init__()
        self._running: set[asyncio.Task[Any]] = set()

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def spawn(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        task = super().spawn(work, name)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task


class FakeDesk:
    """The bundle; `desk` is what a window gets, the rest is for the test to look at."""

    def __init__(self, jobs: WatchedJobs) -> None:
        self.shop = FakeShop()
        self.jobs = jobs
        self.actions = FakeActions(self.shop)
        self.session = FakeSession()
        self.syncer = FakeSyncer()
        self.queue = FakeQueue(self.shop)
        self.scripts = FakeScripts(self.shop)
        self.compensation = FakeCompensation(self.shop)
        self.approvals = FakeApprovals(self.shop)
        self.lookup = FakeLookup(self.shop)
        self.notices = FakeNotices()
        self.drafts = FakeDrafts()
        parts: dict[str, Any] = {
            "jobs": jobs,
            "changes": self.shop.changes,
            "session": self.session,
            "queue": self.queue,
            "lookup": self.lookup,
            "workspace": FakeWorkspace(self.shop),
            "actions": self.actions,
            "scripts": self.scripts,
            "compensation": self.compensation,
            "approvals": self.approvals,
            "attention": FakeAttention(self.shop),
            "tasks": FakeTasks(self.shop, self.actions),
            "administration": FakeAdministration(self.shop),
            "syncer": self.syncer,
            "notices": self.notices,
            "drafts": self.drafts,
        }
        self.desk = Desk(**parts)
