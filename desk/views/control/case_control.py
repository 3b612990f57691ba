"""Leads the case in hand: loads it, keeps it fresh, turns what a person does into commands."""

from __future__ import annotations

import asyncio
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desk.domain import commands
from desk.domain.tickets import Channel, Kind, Stage
from desk.services.changes import ChangeSet
from desk.services.desk import Desk
from desk.services.rows import ActRow, Answer, CaseRow, Choice, GiveRow, RowState, ScriptRow, Tone
from desk.views import language, words
from desk.views.control.loading import reading
from desk.views.control.once import Once, content
from desk.views.control.panels_control import PanelsControl
from desk.views.control.playbook_control import PlaybookControl
from desk.views.control.teller import tell
from desk.views.give_view import act_words
from desk.views.language import pick
from desk.views.menus import open_choices
from desk.views.toast import Toast
from desk.views.workbench import Workbench

_HANGS_ON = ("entry", "approval", "effect", "task", "block", "private", "budget", "act", "policy", "line")
_PANELS = frozenset({"reopen", "block", "lift"})  # acts that ask for words first
_SPOKEN = (Channel.HOTLINE, Channel.STORE, Channel.CHAT)  # the contact is there: no message has to reach them


class CaseControl(QObject):
    """UI thread. `shown(ticket id)` when a case has been painted."""

    shown = Signal(str)

    def __init__(self, desk: Desk, bench: Workbench, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._bench, self._toast = desk, bench, toast
        self._id = ""
        self._template, self._values, self._cause = "", {}, ""  # type: str, dict[str, str], str
        self._script_language = ""
        self._refreshing = False
        self._once = Once(desk.jobs)
        self.panels = PanelsControl(desk, bench, self.perform, self)
        self.playbook = PlaybookControl(desk, bench, self, self.panels, toast, self)
        self._connect_signals()

    def _connect_signals(self) -> None:
        bench = self._bench
        # the next act
        bench.next.act_pressed.connect(self.do)
        bench.next.alternative_picked.connect(self.take_alternative)
        # say
        bench.say.said.connect(lambda: self.say("spoken"))
        bench.say.sent.connect(lambda: self.say("sms"))
        bench.say.copied.connect(self._copy)
        bench.say.chosen.connect(self._choose_script)
        bench.say.filled.connect(self._fill_script)
        bench.say.language_asked.connect(self._other_language)
        # give
        bench.give.given.connect(self.give)
        bench.give.cause_picked.connect(self._choose_cause)
        bench.give.ask_again.connect(self.ask_again)
        # the case's own parts
        bench.case.line.reason_picked.connect(self.set_reason)
        bench.case.line.promise_kept.connect(self._keep_promise)
        bench.case.who.mood_picked.connect(self._set_mood)
        bench.case.who.reveal_asked.connect(self._reveal)
        bench.more_asked.connect(self.more)
        bench.case.state.retry.connect(lambda: self.open(self._id))
        # what others do
        self._desk.changes.announced.connect(self._on_changes)

    @property
    def row(self) -> CaseRow | None:
        """The case in hand."""
        return self._bench.case.row

    # --- loading

    def open(self, ticket_id: str) -> None:
        """Open a case."""
        self._desk.jobs.spawn(self.show(ticket_id), "open case")

    async def show(self, ticket_id: str) -> None:
        """Load a case with its script and what may be given, and paint them together: one case's words never stand
        beside another's."""
        if ticket_id != self._id:
            self._id, self._template, self._values, self._cause = ticket_id, "", {}, ""
            self._bench.show_main()
            if self.row is None:
                self._bench.case.state.show_loading()
        with reading(self._bench.case.state):
            case, script, panel = await asyncio.gather(
                self._desk.workspace.case(ticket_id),
                self._script(),
                self._desk.compensation.panel(ticket_id, self._cause),
            )
            if ticket_id == self._id:
                self._paint(case, script, panel)
                self.shown.emit(ticket_id)

    def _paint(self, case: CaseRow | None, script: ScriptRow | None, panel: GiveRow | None) -> None:
        self._bench.show_case(case)
        if case is not None:
            self._bench.wrap_up.update_acts(case)
            self._bench.say.show_script(script, case.done, case.channel in _SPOKEN)
            self._bench.give.show_panel(panel, case.playbook.proposed if case.playbook is not None else ())

    def close(self) -> None:
        """No case in hand."""
        self._id = ""
        self._bench.show_case(None)

    async def _script(self) -> ScriptRow | None:
        speaks = self._script_language or language.current()
        return await self._desk.scripts.script(self._id, speaks, self._template, self._values)

    async def _load_script(self) -> None:
        ticket_id, case = self._id, self.row
        script = await self._script()
        if ticket_id == self._id and case is not None:
            self._bench.say.show_script(script, case.done, case.channel in _SPOKEN)

    async def _load_panel(self) -> None:
        ticket_id, case = self._id, self.row
        panel = await self._desk.compensation.panel(ticket_id, self._cause)
        if ticket_id == self._id:
            proposed = case.playbook.proposed if case is not None and case.playbook is not None else ()
            self._bench.give.show_panel(panel, proposed)

    def _on_changes(self, changed: ChangeSet) -> None:
        case = self.row
        if not self._id or self._refreshing:
            return
        order = case.order.id if case and case.order else ""
        near = changed.touches("ticket", self._id) or (order and changed.touches("order", order))
        if near or any(changed.ids(kind) for kind in _HANGS_ON):
            self._refreshing = True
            self._desk.jobs.spawn(self.refresh(), "refresh case")

    async def refresh(self) -> None:
        """Load the case in hand anew."""
        self._refreshing = False  # what changes from now on asks for another look
        if self._id:
            await self.show(self._id)

    def relanguage(self) -> None:
        """The screen speaks another language: so does the script."""
        self._script_language = ""
        if self._id and self.row is not None:
            self._desk.jobs.spawn(self._load_script(), "load script")

    # --- acts

    def act(self, command: commands.Command, name: str = "") -> None:
        """Perform a command on this case and say what became of it."""
        about = content(command)
        self._once.spawn(about, lambda: self.perform(command, name), f"act {command.name}")

    async def perform(self, command: commands.Command, name: str = "") -> Answer:
        """The same, to wait for; the case is loaded anew."""
        answer = await self._desk.actions.perform(command, self)
        tell(self._toast, answer, name)
        await self.refresh()
        return answer

    def _new(self) -> str:
        return self._desk.actions.new_id()

    def do(self, act: ActRow) -> None:
        """The act on a button."""
        case = self.row
        if case is None:
            return
        ticket = case.id
        if act.key == "claim":
            self.claim(ticket)
        elif act.key in ("start", "resolve"):
            stage = Stage.ANALYSE if act.key == "start" else Stage.RESOLVE
            move = commands.MoveStage(id=self._new(), ticket_id=ticket, stage=stage)
            self._once.spawn(f"stage {ticket}", lambda: self.perform(move), "move stage")  # one step for one press
        elif act.key == "cancel_order" and case.order is not None:
            self._cancel(case, case.order.id, act)
        elif act.key in ("close", "after_sales"):
            self.panels.wrap_up("after_sales" if act.key == "after_sales" else "")
        elif act.key == "pause":
            self._pause(case)
        elif act.key in _PANELS:
            getattr(self.panels, act.key)()
        else:
            self._plain(act.key, ticket)

    def do_by_key(self, key: str) -> None:
        """An act that is on offer, by its name."""
        found = next((act for act in self.row.acts if act.key == key), None) if self.row is not None else None
        if found is not None:
            self.do(found)

    def _plain(self, key: str, ticket: str) -> None:
        kinds: dict[str, type[commands.ArchiveTicket] | type[commands.ReleaseTicket] | type[commands.ResumeTicket]] = {
            "archive": commands.ArchiveTicket,
            "release": commands.ReleaseTicket,
            "resume": commands.ResumeTicket,
        }
        if key in kinds:
            self.act(kinds[key](id=self._new(), ticket_id=ticket), key)

    def _cancel(self, case: CaseRow, order_id: str, act: ActRow) -> None:
        command = commands.CancelOrder(
            id=self._new(),
            order_id=order_id,
            ticket_id=case.id,
            reviewed=case.verdict is not None and case.verdict.tone is Tone.WARN,  # amber: a person looked and pressed
            expected=act.amount.amount if act.amount else None,
        )
        self.act(command, "cancel_order")

    def claim(self, ticket_id: str) -> None:
        """Space: claim and start, then open it."""
        focus = QApplication.focusWidget()
        self._once.spawn(f"claim {ticket_id}", lambda: self._claim(ticket_id, focus), "claim")

    async def _claim(self, ticket_id: str, focus: QWidget | None) -> None:
        answer = await self._desk.actions.perform(commands.ClaimTicket(id=self._new(), ticket_id=ticket_id), self)
        tell(self._toast, answer)
        await self.show(ticket_id)
        case = self.row
        if answer.status is not RowState.REFUSED and case is not None and case.stage is Stage.IDENTIFY:
            await self.perform(commands.MoveStage(id=self._new(), ticket_id=ticket_id, stage=Stage.ANALYSE))
        if QApplication.focusWidget() is focus:  # else the person is typing elsewhere by now, and digits are keys here
            self._bench.next.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_alternative(self, key: str) -> None:
        """The customer takes something else: it is noted, then the wrap-up opens with the outcome that follows."""
        case = self.row
        taken = next((one for one in case.alternatives if one.key == key), None) if case is not None else None
        if case is not None and taken is not None:
            self._once.spawn(f"alternative {case.id}", lambda: self._take(case, taken), "take alternative")

    async def _take(self, case: CaseRow, taken: Choice) -> None:
        note = commands.AddNote(id=self._new(), ticket_id=case.id, words=pick(taken.names))
        if (await self.perform(note)).status is RowState.REFUSED:
            return
        if taken.outcome == "cancelled":  # not yet true: alternatives are asked for before a cancel
            self._toast.say(words.word("told", "cancel_first"))
            self._bench.next.button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.panels.wrap_up(taken.outcome)

    def say(self, via: str) -> None:
        """The script in hand was spoken, or goes by message."""
        script = self._bench.say.row
        if script is None or script.blocked or not self._id:
            return
        command = commands.SendMessage(
            id=self._new(),
            ticket_id=self._id,
            template=script.key,
            language=script.language,
            via=via,
            values=dict(self._values),
        )
        # whatever the script is by now: the next one was not said because the key was pressed twice
        self._once.spawn(f"say {self._id}", lambda: self._say(command, script.text), "say")

    async def _say(self, command: commands.SendMessage, text: str) -> None:
        self._template, self._values = "", {}
        chat = self.row is not None and self.row.channel is Channel.CHAT and command.via == "spoken"
        if chat:
            self._copy(text)  # the conversation is another program's: there it is pasted
        await self.perform(command, "said_in_chat" if chat else "said" if command.via == "spoken" else "sent")

    def _copy(self, said: str) -> None:
        QGuiApplication.clipboard().setText(said)

    def _choose_script(self, template: str) -> None:
        self._template, self._values = template, {}
        self._desk.jobs.spawn(self._load_script(), "load script")

    def propose(self, template: str) -> None:
        """What is said next, after an option was taken."""
        self._choose_script(template)

    def _fill_script(self, values: dict[str, str]) -> None:
        self._values = {**self._values, **values}
        script = self._bench.say.row
        self._template = script.key if script else self._template
        self._desk.jobs.spawn(self._load_script(), "fill script")

    def _other_language(self) -> None:
        speaks = self._script_language or language.current()
        self._script_language = "en" if speaks == "zh" else "zh"
        self._desk.jobs.spawn(self._load_script(), "load script")

    def give(self, offer: str) -> None:
        """An offer's button."""
        panel = self._bench.give.row
        if self._id and panel is not None:
            ticket, cause = self._id, self._cause or panel.cause
            self._once.spawn(f"give {ticket} {offer}", lambda: self._give(ticket, offer, cause), "give")

    async def _give(self, ticket: str, offer: str, cause: str) -> None:
        answer = await self._desk.compensation.give(ticket, offer, cause, initiator=self)
        tell(self._toast, answer, "given")
        await self.refresh()

    def _choose_cause(self, cause: str) -> None:
        self._cause = cause
        self._desk.jobs.spawn(self._load_panel(), "load panel")

    def ask_again(self, approval_id: str) -> None:
        """Ask anew for what was denied or ran out."""
        self._once.spawn(f"ask again {approval_id}", lambda: self._ask_again(approval_id), "ask again")

    async def _ask_again(self, approval_id: str) -> None:
        tell(self._toast, await self._desk.compensation.ask_again(approval_id, initiator=self))
        await self.refresh()

    def set_reason(self, key: str) -> None:
        """A reason, or "type/subtype"."""
        case = self.row
        if case is None:
            return
        kind, _, sub = key.partition("/")
        if case.kind is Kind.CANCEL:
            self.act(commands.SetReason(id=self._new(), ticket_id=case.id, reason=key))
        else:
            self.act(commands.SetReason(id=self._new(), ticket_id=case.id, type=kind, subtype=sub))

    def _keep_promise(self, promise_id: str) -> None:
        self.act(commands.KeepPromise(id=self._new(), ticket_id=self._id, promise_id=promise_id))

    def _set_mood(self, mood: str) -> None:
        self.act(commands.SetMood(id=self._new(), ticket_id=self._id, mood=mood))

    def _reveal(self) -> None:
        case = self.row
        if case is not None and case.who is not None:
            customer = case.who.customer_id
            self.act(commands.RevealContact(id=self._new(), ticket_id=case.id, customer_id=customer))

    def _pause(self, case: CaseRow) -> None:
        ticket = case.id
        open_choices(
            self._bench.more_button,
            case.choices.pauses,
            lambda why: self.act(commands.PauseTicket(id=self._new(), ticket_id=ticket, reason=why)),
        )

    def more(self) -> None:
        """The acts behind the first one, and the path."""
        case = self.row
        if case is None:
            return
        acts = {act.key: act for act in case.acts[1:] if act.allowed != "off"}
        choices = [Choice(key=key, names={"en": act_words(act)}) for key, act in acts.items()]
        choices.append(Choice(key="replay", names={"en": self.tr("Path of the case")}))
        handlers = {key: partial(self.do, one) for key, one in acts.items()} | {"replay": self.panels.replay}
        if case.may_ask:
            choices.append(Choice(key="ask", names={"en": self.tr("Ask a team")}))
            handlers["ask"] = self.playbook.ask
        open_choices(self._bench.more_button, choices, lambda key: handlers[key]())
