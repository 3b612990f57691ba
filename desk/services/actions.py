"""Performing an act: decide here, keep it in the outbox, tell the screen, wake the syncer."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from PySide6.QtCore import QObject, Signal

from desk.domain.commands import (
    BlockCustomer,
    Command,
    GrantCompensation,
    LiftBlock,
    PublishPolicy,
    RevealContact,
    RevokeInstallation,
    SaveStaff,
    SaveStore,
    SaveTeam,
    SendMessage,
)
from desk.domain.decisions import AskCentre, Decision, NeedsApproval, Refused
from desk.services import rows
from desk.services.rows import RowState
from desk.services.workplace import SignedOut, Workplace
from desk.storage import outbox
from desk.storage.desk_store import DeskStore, Performed
from desk.storage.engine import StorageError
from desk.storage.projection import NoPolicy

_log = structlog.get_logger("desk.actions")

# Beside all money: acts that are worth nothing, or dangerous, when they reach the centre hours later.
_CENTRE_ONLY = (
    RevealContact,
    BlockCustomer,
    LiftBlock,
    SaveStaff,
    SaveTeam,
    SaveStore,
    RevokeInstallation,
    PublishPolicy,
)


class Actions(QObject):
    """UI thread. Build the command (desk.domain.commands) with `new_id()` at the click: the same click is one act."""

    settled = Signal(str, object)  # command id, rows.Answer: what became of an act of this desk at the centre
    ended = Signal(object)  # storage.outbox.Act: the same, with the act itself
    kept = Signal()  # there is something to push

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace

    def new_id(self) -> str:
        """A fresh id for a command or an entity that the person creates."""
        return self._workplace.new_id()

    async def perform(self, command: Command, initiator: object | None = None) -> rows.Answer:
        """Returns when the local commit has returned (DESIGN 1.8); never raises for a refusal or a dead network.

        waiting: kept here, on its way; needs_approval: the same, and the forecast says so (answer.level); refused:
        nothing was kept. Offline, what only the centre may do is refused: `needs_centre`, `offline_no_lease`.
        """
        place = self._workplace
        refused = offline_refusal(command) if not place.online else None
        if refused is not None:
            return refused
        try:
            actor, now, online = place.signed_in(), place.clock.now(), place.online
            done = await place.with_store(lambda store: store.perform(command, actor, now, online))
        except (NoPolicy, SignedOut) as lack:
            return rows.Answer(status=RowState.REFUSED, code=lack.code)
        except StorageError as trouble:  # not kept, so not said to be
            _log.error("act not kept", code=trouble.code, act=command.name)
            return rows.Answer(status=RowState.REFUSED, code=trouble.code)
        if done.act is not None:
            place.changes.announce(done.keys, initiator)
            self.kept.emit()
        return _answer(done)

    async def forecast(self, command: Command) -> rows.Answer:
        """What `perform` would answer, without doing it."""
        place = self._workplace
        refused = offline_refusal(command) if not place.online else None
        if refused is not None:
            return refused
        try:
            actor, now = place.signed_in(), place.clock.now()
            return of_decision(await place.with_store(lambda store: store.forecast(command, actor, now)))
        except (NoPolicy, SignedOut) as lack:
            return rows.Answer(status=RowState.REFUSED, code=lack.code)

    def tell_ended(self, acts: Iterable[outbox.Act]) -> None:
        """The syncer's word: these acts have their verdicts, and the replica holds them."""
        for act in acts:
            self.settled.emit(act.id, of_verdict(act))
            self.ended.emit(act)

    async def of_ticket(self, ticket_id: str) -> tuple[outbox.Act, ...]:
        """Acts on this ticket that are still on their way, oldest first."""

        def find(store: DeskStore) -> tuple[outbox.Act, ...]:
            acts = store.read(lambda view: outbox.pending(view.connection))
            return tuple(act for act in acts if getattr(act.command, "ticket_id", "") == ticket_id)

        return await self._workplace.with_store(find)


def offline_refusal(command: Command) -> rows.Answer | None:
    """Why this act is not kept without a line (DESIGN 1, Offline), or None: then it goes on and is sent later."""
    if isinstance(command, GrantCompensation):
        return rows.Answer(status=RowState.REFUSED, code="offline_no_lease")
    if isinstance(command, SendMessage) and command.via != "spoken":
        return rows.Answer(status=RowState.REFUSED, code="needs_centre")
    if command.money or isinstance(command, _CENTRE_ONLY):
        return rows.Answer(status=RowState.REFUSED, code="needs_centre")
    return None


def of_decision(decision: Decision) -> rows.Answer:
    """The forecast in the words of the screen."""
    if isinstance(decision, Refused):
        return rows.Answer(status=RowState.REFUSED, code=decision.code, data=dict(decision.data))
    if isinstance(decision, NeedsApproval):
        return rows.Answer(status=RowState.NEEDS_APPROVAL, code=decision.why, level=decision.level)
    if isinstance(decision, AskCentre):
        return rows.Answer(status=RowState.WAITING, code="ask_centre", data={"what": decision.what})
    return rows.Answer(status=RowState.WAITING)


def of_verdict(act: outbox.Act) -> rows.Answer:
    """The centre's verdict in the words of the screen."""
    if act.verdict is None:
        return rows.Answer(status=RowState.WAITING)
    if outbox.is_refusal(act):
        code = act.verdict.code or str(act.verdict.status)
        return rows.Answer(status=RowState.REFUSED, code=code, data=plain_data(act.verdict.data))
    outcome = act.verdict.outcome or {}
    if outcome.get("result") == "approval_asked":
        return rows.Answer(
            status=RowState.NEEDS_APPROVAL,
            code=str(outcome.get("why", "")),
            level=str(outcome.get("level", "")),
            data={"approval_id": str(outcome.get("approval_id", ""))},
        )
    return rows.Answer(status=RowState.DONE)


def plain_data(data: object) -> dict[str, str | int | None]:
    """A verdict's data as a row may carry it."""
    if not isinstance(data, dict):
        return {}
    return {str(key): value if isinstance(value, int | str) else str(value) for key, value in data.items()}


def _answer(done: Performed) -> rows.Answer:
    if done.act is not None and done.act.verdict is not None:
        return of_verdict(done.act)  # the same click again, long answered
    return of_decision(done.decision)
