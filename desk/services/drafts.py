"""Half-written words: they survive a restart and other people's changes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from desk.services.workplace import SignedOut, Workplace
from desk.storage import people
from desk.storage.desk_store import DeskStore

SOON = 400  # milliseconds of silence after which words are kept


class Drafts(QObject):
    """UI thread. Keys are the caller's, e.g. "note:<ticket id>"; drafts belong to the signed-in person."""

    def __init__(self, workplace: Workplace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workplace = workplace
        self._unsaved: dict[tuple[str, str], str] = {}
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self._on_silence)

    async def load(self, key: str) -> str:
        """The draft, or ''."""
        actor = self._workplace.signed_in()
        if (actor.id, key) in self._unsaved:
            return self._unsaved[actor.id, key]
        return await self._workplace.with_store(
            lambda store: store.write(lambda connection: people.load_draft(connection, actor.id, key))
        )

    def save(self, key: str, text: str) -> None:
        """Keep it soon (coalesced); '' forgets it."""
        self._unsaved[self._workplace.signed_in().id, key] = text
        self._timer.start()

    async def flush(self) -> None:
        """Keep now what waits."""
        self._timer.stop()
        waiting, self._unsaved = self._unsaved, {}
        if not waiting:
            return
        now = self._workplace.clock.now()

        def keep(store: DeskStore) -> None:
            for (person_id, key), text in waiting.items():
                store.write(partial(people.save_draft, person_id=person_id, key=key, text=text, now=now))

        try:
            await self._workplace.with_store(keep)
        except SignedOut:
            self._unsaved = {**waiting, **self._unsaved}

    def _on_silence(self) -> None:
        self._workplace.jobs.spawn(self.flush(), "drafts")
