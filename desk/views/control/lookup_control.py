"""Leads the call line and the look-up page: find, preview, open the case or a new ticket."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk.domain import commands
from desk.domain.tickets import Kind
from desk.services.desk import Desk
from desk.services.jobs import until
from desk.services.rows import Answer, HitRow, Phase, RowState, Tone
from desk.storage.engine import StorageError
from desk.views import words
from desk.views.call_line import CallLine
from desk.views.control.loading import reading
from desk.views.control.once import Once
from desk.views.control.teller import tell
from desk.views.lookup_view import LookupView
from desk.views.open_ticket import NewTicket, Opener
from desk.views.toast import Toast

_FETCHING = frozenset({Phase.CATCHING_UP, Phase.ONLINE})


class LookupControl(QObject):
    """`case_found(ticket id, verbs)`: open it; `order_found`: the look-up page shows an order without a ticket."""

    case_found = Signal(str, str)
    order_found = Signal()

    def __init__(
        self, desk: Desk, line: CallLine, view: LookupView, toast: Toast, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._line, self._view, self._toast = desk, line, view, toast
        # the call line
        line.typed.connect(lambda typed: desk.jobs.spawn(self._suggest(typed), "call line"))
        line.wanted.connect(lambda typed, verbs: desk.jobs.spawn(self._find(typed, verbs), "look up"))
        line.picked.connect(lambda hit, verbs: desk.jobs.spawn(self.open_hit(hit, verbs), "open order"))
        # the page
        view.typed.connect(lambda typed: desk.jobs.spawn(self._here(typed), "look up here"))
        view.state.retry.connect(view.search)
        view.searched.connect(lambda typed: desk.jobs.spawn(self._everywhere(typed), "look up"))
        view.selected.connect(lambda hit: desk.jobs.spawn(self._preview(hit), "preview order"))
        view.opened.connect(lambda hit: desk.jobs.spawn(self.open_hit(hit), "open order"))
        view.form.said.connect(lambda kind, typed: desk.jobs.spawn(self._meant(kind, typed), "keywords"))
        once = Once(desk.jobs)
        view.form.opened.connect(lambda made: once.spawn("open ticket", lambda: self._open_ticket(made), "open ticket"))

    async def _suggest(self, typed: str) -> None:
        self._line.show_hits(typed, await self._desk.lookup.here(typed) if typed else ())

    async def _find(self, typed: str, verbs: str) -> None:
        """Enter without a hit in hand: one hit opens, several are shown on the page."""
        try:
            hits, problem = await self._desk.lookup.everywhere(typed)
        except StorageError as trouble:
            self._toast.say(words.word("reading", trouble.code), Tone.DANGER)
            return
        if len(hits) == 1:
            self._line.clear()
            await self.open_hit(hits[0], verbs)
            return
        self._line.clear()
        self.order_found.emit()
        self._view.show_found(typed, hits, problem or ("" if hits else "not_found"))

    async def _here(self, typed: str) -> None:
        with reading(self._view.state):
            hits = await self._desk.lookup.here(typed) if typed else ()
            if typed == self._view.field.text().strip():
                self._view.show_hits(hits)

    async def _everywhere(self, typed: str) -> None:
        with reading(self._view.state):
            hits, problem = await self._desk.lookup.everywhere(typed)
            if typed == self._view.field.text().strip():
                self._view.show_hits(hits, problem or ("" if hits else "not_found"))

    async def _preview(self, hit: HitRow) -> None:
        if not hit.local:  # the centre found it: fetch it, so that what is picked is what is shown
            await self._desk.lookup.open_order(hit.number)
        order = await self._desk.workspace.order(hit.order_id)
        choices = await self._desk.workspace.choices()
        current = self._view.list.current_row()
        if current is not None and current.order_id == hit.order_id:
            self._view.show_order(order, choices)

    async def open_hit(self, hit: HitRow, verbs: str = "") -> None:
        """Its open ticket, else the order itself with the form for a ticket."""
        answer = await self._opened_here(hit)
        if answer.status is RowState.REFUSED:
            tell(self._toast, answer)
            return
        ticket = answer.data.get("ticket_id")
        if ticket:
            self.case_found.emit(str(ticket), verbs)
            return
        self.order_found.emit()
        if self._view.model.row_of(hit.order_id) < 0:
            self._view.show_hits((hit,))
        order = await self._desk.workspace.order(str(answer.data.get("order_id") or hit.order_id))
        self._view.show_order(order, await self._desk.workspace.choices())
        self._view.form.kind.setFocus()

    async def _opened_here(self, hit: HitRow) -> Answer:
        """The centre may have found it while this desk still fetches its first data: then it opens as soon as it is
        there, and that is said."""
        answer = await self._desk.lookup.open_order(hit.order_id if hit.local else hit.number)
        if answer.code == "no_replica":
            tell(self._toast, answer)
        while answer.code == "no_replica" and self._desk.syncer.status.phase in _FETCHING:
            await until(self._desk.syncer.status_changed)
            answer = await self._desk.lookup.open_order(hit.order_id if hit.local else hit.number)
        return answer

    async def prepare(self) -> None:
        """The page is entered: what may be picked on the form."""
        self._view.form.know(await self._desk.workspace.choices(), self._opener())

    async def raise_trouble(self, ticket_id: str = "") -> None:
        """An exception was found while one worked on that ticket: its order, its channel, the words come next."""
        case = await self._desk.workspace.case(ticket_id) if ticket_id else None
        await self.prepare()
        self.order_found.emit()
        self._view.show_alone(case.order if case is not None else None)
        self._view.form.begin_trouble(case.channel if case is not None else None)

    async def _meant(self, kind: str, typed: str) -> None:
        self._view.form.suggest(kind, typed, await self._desk.workspace.meant(Kind(kind), typed))

    def _opener(self) -> Opener:
        person = self._desk.session.person
        teams = person.teams if person is not None else ()
        counter = any(scope.startswith("store:") for scope in self._desk.syncer.status.scopes)
        return Opener(teams=teams, at_store=counter or (person is not None and person.store_id is not None))

    async def _open_ticket(self, made: NewTicket) -> None:
        actions = self._desk.actions
        ticket_id = actions.new_id()
        command = commands.OpenTicket(
            id=actions.new_id(),
            ticket_id=ticket_id,
            kind=made.kind,
            channel=made.channel,
            team=made.team,
            order_id=made.order_id,
            order_number=made.order_number,
            type=made.type,
            subtype=made.subtype,
            reason=made.reason,
            words=made.words,
        )
        answer = await actions.perform(command, self)
        tell(self._toast, answer)
        if answer.status is RowState.REFUSED:
            return
        self._view.form.reset()
        if not made.claim:
            self._toast.say(words.word("told", "opened_elsewhere"))
            self._view.begin()
            return
        opened = await self._opened(made, ticket_id)
        await actions.perform(commands.ClaimTicket(id=actions.new_id(), ticket_id=opened), self)
        self.case_found.emit(opened, "")

    async def _opened(self, made: NewTicket, ticket_id: str) -> str:
        """The ticket that there is now: an open one of the same kind on this order was chased instead."""
        if made.order_id is None or await self._desk.workspace.case(ticket_id) is not None:
            return ticket_id
        return await self._desk.workspace.joined(made.order_id, made.kind, made.type) or ticket_id
