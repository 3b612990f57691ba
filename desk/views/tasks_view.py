"""Tasks: what other teams ask of mine, and what a person does by hand because another system could not."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from desk.services.rows import EffectRow, TaskRow, Tone
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.handoff_view import due_chip, marks_of, state_words
from desk.views.language import pick
from desk.views.list_page import ListPage
from desk.views.lists import Entry
from desk.views.task_card import TaskCard


def task_entry(task: EffectRow | TaskRow) -> Entry:
    """One task: asked by a team, or left over by a system."""
    return handoff_entry(task) if isinstance(task, TaskRow) else effect_entry(task)


def handoff_entry(task: TaskRow) -> Entry:
    """A hand-off as the team sees it that has to do it."""
    chip, tone = due_chip(task)
    order = f"…{task.order_tail[-4:]}" if task.order_tail else ""
    facts = [order, task.customer, pick(task.case_label), f"“{task.words}”" if task.words else ""]
    total = task.order.total if task.order is not None else None
    return Entry(
        title=pick(task.what),
        title_note=f"{task.asked_by} · {state_words(task)}".strip(" ·"),
        second=" · ".join(fact for fact in facts if fact),
        mark=marks_of(task),
        chip=chip,
        tone=tone,
        right=text.money(total) if total is not None else "",
        dim=bool(task.holder) and not task.mine,
    )


def effect_entry(task: EffectRow) -> Entry:
    """An effect that waits for a person."""
    facts = [f"…{task.order_tail}", pick(task.label), pick(task.team)]
    facts += [f"{words.word('input', name)} {value}" for name, value in task.details]
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
    """The page. `which_changed`: what waits, or what this person's teams answered lately."""

    which_changed = Signal(bool)  # True: answered lately
    confirmed = Signal(str, str)  # effect id, reference
    retried = Signal(str)
    declined = Signal(str, str)  # effect id, why
    taken = Signal(str)  # task id
    opened = Signal(str)  # ticket id

    def __init__(self, parent: QWidget | None = None) -> None:
        card = TaskCard()
        super().__init__(lambda task: task.id, task_entry, 96, parent, beside=card)
        self.card = card
        self.card.setMinimumWidth(tokens.TASK_CARD)
        self._lately = KeyButton(role="quiet")
        self._lately.setCheckable(True)
        self._lately.toggled.connect(self._on_lately)
        self.head.addWidget(self._lately)
        self.reference = QLineEdit()
        self.reference.setMinimumWidth(180)
        self.acts.addWidget(self.reference)
        self._confirm = self.add_act("Enter", self.confirm)
        self._retry = self.add_act("G", self.retry)
        self._take = self.add_act("G", self.take)
        self._done = self.add_act("D", self.done)
        self._cannot = self.add_act("X", self.cannot)
        self._open = self.add_act("V", self.open_current)
        self.reference.returnPressed.connect(self.confirm)
        self.reference.textChanged.connect(lambda _: self.refresh_acts())
        self.list.activated.connect(lambda _: self._begin())
        self.card.left.connect(self.list.setFocus)
        self.retranslate()

    def _on_lately(self, lately: bool) -> None:
        self.retranslate()
        self.which_changed.emit(lately)

    def _begin(self) -> None:
        """Enter: to where the answer is typed."""
        if isinstance(self.current(), TaskRow):
            self.done()
        else:
            self.reference.setFocus()

    def confirm(self) -> None:
        """Done by hand, under this reference."""
        task, said = self.current(), self.reference.text().strip()
        if isinstance(task, EffectRow) and task.may_confirm and said:
            self.reference.clear()
            self.confirmed.emit(task.id, said)

    def retry(self) -> None:
        """G: let the worker try again under the same key; a hand-off is taken with the same key."""
        task = self.current()
        if isinstance(task, EffectRow) and task.may_retry:
            self.retried.emit(task.id)
        else:
            self.take()

    def take(self) -> None:
        """Say that one is at it."""
        task = self.current()
        if isinstance(task, TaskRow) and task.may_take:
            self.taken.emit(task.id)

    def done(self) -> None:
        """D: it is done; write the answer."""
        if isinstance(self.current(), TaskRow):
            self.card.begin(done=True)

    def cannot(self) -> None:
        """X: it cannot be done; say why. Of an effect the why stands where else the reference would."""
        task, said = self.current(), self.reference.text().strip()
        if isinstance(task, TaskRow):
            self.card.begin(done=False)
        elif isinstance(task, EffectRow) and task.may_decline and said:
            self.reference.clear()
            self.declined.emit(task.id, said)

    def open_current(self) -> None:
        """Open its case."""
        task = self.current()
        if task is not None and task.ticket_id:
            self.opened.emit(task.ticket_id)

    def tick(self) -> None:
        """Every second: the due clocks."""
        if self.isVisible():
            self.list.viewport().update()
            self.card.tick()

    def refresh_acts(self) -> None:
        """What may be done on the one under the cursor, and its card."""
        if not hasattr(self, "_open"):
            return
        task = self.current()
        asked = task if isinstance(task, TaskRow) else None
        effect = task if isinstance(task, EffectRow) else None
        self.card.show_task(asked)
        self.card.setVisible(asked is not None)
        for part in (self.reference, self._confirm, self._retry):
            part.setVisible(effect is not None or task is None)
        for part in (self._take, self._done):
            part.setVisible(asked is not None)
        self._cannot.setVisible(task is not None)
        self.reference.setEnabled(effect is not None and effect.may_confirm)
        self._confirm.setEnabled(effect is not None and effect.may_confirm and bool(self.reference.text().strip()))
        self._retry.setEnabled(effect is not None and effect.may_retry)
        self._take.setEnabled(asked is not None and asked.may_take)
        self._done.setEnabled(asked is not None and asked.may_reply)
        declines = effect is not None and effect.may_decline and bool(self.reference.text().strip())
        self._cannot.setEnabled(declines or (asked is not None and asked.may_reply))
        self._open.setEnabled(task is not None and bool(task.ticket_id))

    def retranslate(self) -> None:
        """Words."""
        lately = self._lately.isChecked()
        self.title.setText(self.tr("Answered lately") if lately else self.tr("Tasks"))
        self._lately.setText(self.tr("Waiting ones") if lately else self.tr("Answered lately"))
        self.hint.setText(
            self.tr("What other teams ask of yours, and what another system could not do: answer with the reference.")
        )
        self.list.setAccessibleName(self.title.text())
        self.state.set_empty(
            self.tr("No tasks"), self.tr("What is asked of your team or has to be done by hand appears here by itself.")
        )
        self.reference.setPlaceholderText(self.tr("reference: payment number, waybill… or why it cannot be done"))
        self.reference.setAccessibleName(self.tr("Reference"))
        self._confirm.setText(self.tr("Confirm as done"))
        self._retry.setText(self.tr("Try again"))
        self._take.setText(self.tr("Take it"))
        self._done.setText(self.tr("Done"))
        self._cannot.setText(self.tr("Cannot"))
        self._open.setText(self.tr("Open the case"))
        self.refresh_acts()
        self.model.repaint()
