"""Keeps replica and outbox in step with the centre: the state machine around the sync cycle."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desk.services import rows


class Syncer(QObject):
    """UI thread; I/O on jobs' threads."""

    status_changed = Signal(object)  # rows.SyncStatus

    @property
    def status(self) -> rows.SyncStatus: ...

    @property
    def online(self) -> bool:
        """Whether the last word from the centre was heard and its token still holds."""

    def start(self) -> None: ...
    def wake(self) -> None:
        """There is something to push, or the person wants it now: no waiting for the back-off."""

    async def stop(self) -> None: ...
