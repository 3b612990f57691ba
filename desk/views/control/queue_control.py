"""Leads the queue: pages, change sets, counts, notices."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desk.services.changes import ChangeSet
from desk.services.desk import Desk
from desk.services.queue import QueueFilter
from desk.services.rows import Notice, NoticeKind
from desk.views import words
from desk.views.control.loading import reading
from desk.views.queue_view import QueueView


class QueueControl(QObject):
    """UI thread."""

    def __init__(self, desk: Desk, view: QueueView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self._dirty: set[str] = set()
        self._busy = False
        view.state.retry.connect(self.reload)
        view.filter_changed.connect(lambda _: self.reload())
        view.model.more_wanted.connect(self._more)
        desk.changes.announced.connect(self._on_changes)
        desk.notices.raised.connect(self._on_notice)

    def reload(self) -> None:
        """The first page anew."""
        self._dirty.clear()
        self._desk.jobs.spawn(self._open(self._view.filter), "queue page")

    async def _open(self, which: QueueFilter) -> None:
        with reading(self._view.state):
            page = await self._desk.queue.page(which)
            if which != self._view.filter:
                return
            self._view.open_page(page)
            self._view.show_counts(await self._desk.queue.counts())

    def _more(self, after: str) -> None:
        self._desk.jobs.spawn(self._add(self._view.filter, after), "queue next page")

    async def _add(self, which: QueueFilter, after: str) -> None:
        page = await self._desk.queue.page(which, after)
        if which == self._view.filter:
            self._view.add_page(page)

    def _on_changes(self, changed: ChangeSet) -> None:
        if changed.whole:
            self.reload()
            return
        self._dirty |= changed.ids("ticket")
        if self._dirty and not self._busy:
            self._busy = True
            self._desk.jobs.spawn(self._refresh(), "queue rows")

    async def _refresh(self) -> None:
        """One look for all that changed while the last one was under way."""
        try:
            while self._dirty:
                which, ids = self._view.filter, frozenset(self._dirty)
                self._dirty.clear()
                found = await self._desk.queue.some(which, ids)
                if which == self._view.filter:
                    self._view.update_rows(found)
                self._view.notices.taken_in_hand([key for key, row in found.items() if row is None or row.holder])
                # Within the loop: what changes while one counts is looked at too.
                self._view.show_counts(await self._desk.queue.counts())
        finally:
            self._busy = False

    def _on_notice(self, notice: Notice) -> None:
        if words.has("notice", notice.kind.value) and notice.kind is not NoticeKind.APPROVAL:
            self._view.notices.add(notice)
