"""Hand-offs between teams: one as a list entry with its due clock, and those of a case on a card of their own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.domain.tasks import OPEN_TASKS, TaskState
from desk.services.rows import RowState, TaskRow, Tone
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.parts import View, frame, label, row

_ROW, _CHIP, _SOON = 48, 84, 15 * text.MINUTE
_ENDED = {TaskState.DONE: Tone.OK, TaskState.DECLINED: Tone.DANGER, TaskState.WITHDRAWN: Tone.CALM}


def due_chip(task: TaskRow) -> tuple[str, Tone]:
    """How long until it is due; how it ended where it did."""
    if task.state not in OPEN_TASKS:
        return words.word("task_end", task.state.value), _ENDED[task.state]
    left = (task.due_at - text.now()).total_seconds()
    tone = Tone.DANGER if left <= 0 else Tone.WARN if left <= _SOON else Tone.OK
    return text.short(left), tone


def marks_of(task: TaskRow) -> str:
    """Small words in amber: moved up, on its way."""
    marks = []
    if task.escalations and task.state in OPEN_TASKS:
        level = words.word("level", task.level) if task.level else ""
        marks.append(words.word("task_mark", "escalated_to" if level else "escalated", {"level": level}))
    if task.row_state is not RowState.DONE:
        marks.append(words.word("row_state", task.row_state.value))
    return " · ".join(marks)


def state_words(task: TaskRow) -> str:
    """Who has it; nobody is said too."""
    if task.state is TaskState.TAKEN and task.holder:
        return words.word("queue", "held_by", name=task.holder)
    return words.word("task_state", task.state.value)


def answer_words(task: TaskRow) -> str:
    """The reply with its reference, who gave it and when."""
    if task.replied_at is None:
        return ""
    parts = [
        f"“{task.reply}”" if task.reply else "",
        words.word("task_mark", "reference", {"reference": task.reference}) if task.reference else "",
        f"{task.replied_by} {text.moment(task.replied_at)}".strip(),
    ]
    return " · ".join(part for part in parts if part)


def asked_entry(task: TaskRow) -> Entry:
    """One hand-off as those see it who asked."""
    chip, tone = due_chip(task)
    asked = words.word("task_mark", "asked", {"name": task.asked_by, "at": task.asked_at.isoformat()})
    second = answer_words(task) or " · ".join(part for part in (asked, f"“{task.words}”" if task.words else "") if part)
    return Entry(
        title=pick(task.what),
        title_note=f"{pick(task.team)} · {state_words(task)}",
        second=second,
        chip=chip,
        tone=tone,
        mark=marks_of(task),
        dim=task.state is TaskState.WITHDRAWN,
    )


class HandoffsCard(View):
    """What other teams were asked for this case, and what they answered. `withdraw_asked(task id)`."""

    withdraw_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks: tuple[TaskRow, ...] = ()
        self._title = label(role="section")
        self._withdraw = KeyButton(key="Del", role="quiet")
        self.model: RowsModel[TaskRow] = RowsModel(lambda task: task.id, asked_entry, self)
        self.list = _TaskList(self.model, _CHIP, _ROW)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.M, tokens.S, tokens.S, tokens.S)
        inside.setSpacing(0)
        inside.addLayout(row(self._title, 1, self._withdraw))
        inside.addWidget(self.list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))
        self._withdraw.clicked.connect(self.withdraw)
        self.list.deleted.connect(self.withdraw)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.retranslate()

    @property
    def said(self) -> list[str]:
        """The entries in words, for tests."""
        return [asked_entry(task).spoken() for task in self._tasks]

    def show_tasks(self, tasks: tuple[TaskRow, ...]) -> None:
        """Show them; hidden where nobody was asked."""
        current = self.list.current_row()
        self._tasks = tasks
        self.model.show(tasks)
        self.list.setFixedHeight(len(tasks) * _ROW + 2)
        self.setVisible(bool(tasks))
        if tasks:
            self.list.select_row(max(0, self.model.row_of(current.id) if current is not None else 0))
        self.retranslate()

    def withdraw(self) -> None:
        """Take the one under the cursor back."""
        task = self.list.current_row()
        if task is not None and task.may_withdraw:
            self.withdraw_asked.emit(task.id)

    def tick(self) -> None:
        """The due clocks."""
        if self._tasks:
            self.list.viewport().update()

    def _on_current(self) -> None:
        task = self.list.current_row()
        self._withdraw.setVisible(any(one.may_withdraw for one in self._tasks))
        self._withdraw.setEnabled(task is not None and task.may_withdraw)

    def retranslate(self) -> None:
        """Words."""
        self._title.setText(self.tr("Asked of other teams"))
        self.list.setAccessibleName(self._title.text())
        self._withdraw.setText(self.tr("Withdraw"))
        self._on_current()
        self.model.repaint()


class _TaskList(EntryList):
    """Del takes one back."""

    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del."""
        if event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)
