"""Tasks: what a person does by hand or decides because another system could not: confirm it, or let it try again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desk.services.rows import EffectRow, Tone
from desk.views import format as text
from desk.views import words
from desk.views.language import pick
from desk.views.list_page import ListPage
from desk.views.lists import Entry


def task_entry(task: EffectRow) -> Entry:
    """One task."""
    facts = [f"…{task.order_tail}", pick(task.label), pick(task.team)]
    problem = words.word("problem", task.problem) if task.problem else ""
    return Entry(
        title=words.word("effect", task.kind.value),
        title_note=words.word("effect_state", task.state.value),
        second=" · ".join(fact for fact in facts if fact),
        mark=problem,
        chip=text.moment(task.at),
        tone=Tone.DANGER if task.problem else Tone.WARN,
        right=text.money(task.amount) if task.amount is not None and task.amount.amount else "",
    )


class TasksView(ListPage):
    """The page."""

    confirmed = Signal(str, str)  # effect id, reference
    retried = Signal(str)
    opened = Signal(str)  # ticket id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(lambda task: task.id, task_entry, 96, parent)
        self.reference = QLineEdit()
        self.reference.setMinimumWidth(220)
        self.acts.addWidget(self.reference)
        self._confirm = self.add_act("Enter", self.confirm)
        self._retry = self.add_act("G", self.retry)
        self._open = self.add_act("V", self.open_current)
        self.reference.returnPressed.connect(self.confirm)
        self.reference.textChanged.connect(lambda _: self.refresh_acts())
        self.list.activated.connect(lambda _: self.reference.setFocus())
        self.retranslate()

    def confirm(self) -> None:
        """Done by hand, under this reference."""
        task, said = self.current(), self.reference.text().strip()
        if task is not None and task.may_confirm and said:
            self.reference.clear()
            self.confirmed.emit(task.id, said)

    def retry(self) -> None:
        """Let the worker try again under the same key."""
        task = self.current()
        if task is not None and task.may_retry:
            self.retried.emit(task.id)

    def open_current(self) -> None:
        """Open its case."""
        task = self.current()
        if task is not None and task.ticket_id:
            self.opened.emit(task.ticket_id)

    def refresh_acts(self) -> None:
        """What may be done on the one under the cursor."""
        if not hasattr(self, "_open"):
            return
        task = self.current()
        self.reference.setEnabled(task is not None and task.may_confirm)
        self._confirm.setEnabled(task is not None and task.may_confirm and bool(self.reference.text().strip()))
        self._retry.setEnabled(task is not None and task.may_retry)
        self._open.setEnabled(task is not None and bool(task.ticket_id))

    def retranslate(self) -> None:
        """Words."""
        self.title.setText(self.tr("Tasks"))
        self.hint.setText(
            self.tr("What another system could not do. Confirm with the reference of what you did by hand.")
        )
        self.list.setAccessibleName(self.title.text())
        self.state.set_empty(self.tr("No tasks"), self.tr("What has to be done by hand appears here by itself."))
        self.reference.setPlaceholderText(self.tr("reference: payment number, waybill…"))
        self.reference.setAccessibleName(self.tr("Reference"))
        self._confirm.setText(self.tr("Confirm as done"))
        self._retry.setText(self.tr("Try again"))
        self._open.setText(self.tr("Open the case"))
        self.refresh_acts()
        self.model.repaint()
