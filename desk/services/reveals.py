"""Contacts in full: fetched once the centre has written down who looked, held in memory until the person leaves."""

from __future__ import annotations

import structlog
from PySide6.QtCore import QObject

from desk.domain.commands import RevealContact
from desk.services.actions import Actions
from desk.services.workplace import SignedOut, Workplace
from desk.storage import outbox
from desk.sync.account import Account
from desk.sync.problems import SyncProblem

_log = structlog.get_logger("desk.reveals")


class Reveals(QObject):
    """UI thread. Nobody calls it: it follows acts of kind RevealContact; rows then show the contact in full."""

    def __init__(self, workplace: Workplace, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place = workplace
        actions.ended.connect(self._on_ended)

    async def forget(self) -> None:
        """The person leaves: their looks end with them."""
        try:
            await self._place.with_store(
                lambda store: store.read(lambda view: view.projection.revealed.private.clear())
            )
        except SignedOut:
            return

    def _on_ended(self, act: outbox.Act) -> None:
        if isinstance(act.command, RevealContact) and not outbox.is_refusal(act):
            self._place.jobs.spawn(self._fetch(act.command.customer_id), "reveal")

    async def _fetch(self, customer_id: str) -> None:
        account = Account(self._place.lane("look"))
        try:
            values = await self._place.jobs.net(account.private, customer_id)
        except SyncProblem as problem:
            _log.info("contact not fetched", code=problem.code)
            return
        await self._place.with_store(
            lambda store: store.read(lambda view: view.projection.revealed.private.update({customer_id: values}))
        )
        self._place.changes.announce({("private", customer_id)})
