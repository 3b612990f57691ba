"""The queue as a model: keyset pages as they are scrolled to; a changed row is repainted where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QObject, Signal

from desk.domain.tickets import Kind
from desk.services.rows import QueuePage, QueueRow, RowState, Tone
from desk.views import format as text
from desk.views import tokens, words
from desk.views.language import pick
from desk.views.lists import Entry, Index, RowsModel

_RED, _AMBER = 5 * text.MINUTE, text.HOUR


def chip_of(row: QueueRow) -> tuple[str, Tone]:
    """The clock chip: time to the nearest of first response, promise, point of no return, and its colour."""
    left = (row.due_at - text.now()).total_seconds()
    tone = Tone.DANGER if left <= _RED else Tone.WARN if left <= _AMBER else Tone.OK
    return text.short(left), Tone.CALM if row.paused else tone


def entry_of(row: QueueRow) -> Entry:
    """Two lines: kind, reason; order tail, customer, who holds it."""
    chip, tone = chip_of(row)
    notes = [words.word("flag", flag.value) for flag in sorted(row.flags)]
    if row.chased:
        notes.append(f"×{row.chased + 1}")
    second = [f"…{row.order_tail[-4:]}" if row.order_tail else row.number, row.customer]
    if row.holder and not row.mine:
        second.append(words.word("queue", "held_by", name=row.holder))
    title = pick(row.label) or words.word("kind", row.kind.value)
    if row.kind is Kind.CANCEL:
        title = f"{words.word('kind', row.kind.value)} · {title}"
    return Entry(
        title=title,
        second=" · ".join(part for part in second if part),
        chip=chip,
        tone=tone,
        title_note=" ".join(notes),
        right=text.money(row.amount) if row.amount is not None else "",
        icon=row.channel.value,
        dim=bool(row.holder) and not row.mine,
        mark=" · ".join(marks_of(row)),
    )


def marks_of(row: QueueRow) -> list[str]:
    """Small words in amber: what is the matter with it beside its clock."""
    marks = {
        "escalated": row.escalation > 0,
        "chased": row.chased > 0,
        "gone": row.gone,
        "found": row.found and not row.gone,
        "by_keywords": row.by_keywords,
        "review": row.needs_review,
    }
    said = [words.word("queue", name) for name, so in marks.items() if so]
    if row.state is not RowState.DONE:
        said.append(words.word("row_state", row.state.value))
    elif row.provisional:
        said.append(words.word("queue", "provisional"))
    return said


class QueueModel(RowsModel[QueueRow]):
    """`more_wanted(after)`: somebody scrolled to the end of what is here."""

    more_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(lambda row: row.id, entry_of, parent)
        self._after: str | None = None
        self._asked = False

    def open(self, page: QueuePage) -> None:
        """Show the first page."""
        self._after, self._asked = page.after, False
        self.show(page.rows)

    def add(self, page: QueuePage) -> None:
        """Add the next page; rows that came in meanwhile are not shown twice."""
        here = {row.id for row in self.rows}
        self._after, self._asked = page.after, False
        self.append([row for row in page.rows if row.id not in here])

    def canFetchMore(self, parent: Index) -> bool:
        """Qt."""
        return not parent.isValid() and self._after is not None and not self._asked

    def fetchMore(self, parent: Index) -> None:
        """Qt: ask for the next page; it comes later."""
        if self._after is not None and not self._asked:
            self._asked = True
            self.more_wanted.emit(self._after)

    def place_of(self, row: QueueRow) -> int | None:
        """Where a new row belongs; None where that is beyond the pages that are here."""
        at = bisect_right([shown.due_at for shown in self.rows], row.due_at)
        return None if at == self.rowCount() and self._after is not None else at

    def update_rows(self, changed: Mapping[str, QueueRow | None]) -> list[QueueRow]:
        """Repaint what is shown and drop what left the filter; returns the rows that are new here. A row whose due time
        moved stays where it is until the list is opened anew: nothing moves under the cursor."""
        fresh: list[QueueRow] = []
        for key, row in changed.items():
            at = self.row_of(key)
            if at < 0 and row is not None:
                fresh.append(row)
            elif at >= 0 and row is None:
                self.remove(at)
            elif at >= 0 and row is not None and row != self.rows[at]:
                self.replace(at, row)
        return fresh

    def last_index(self) -> QModelIndex:
        """The end of what is here."""
        return self.index(self.rowCount() - 1)


CHIP_WIDTH = 56
CHIP_RIGHT = tokens.M + CHIP_WIDTH
