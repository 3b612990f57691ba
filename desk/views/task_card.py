"""One hand-off with what its team needs to know: who asked for what, the order, and the answer to be written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.domain.tasks import OPEN_TASKS
from desk.services.rows import OrderRow, TaskRow
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.handoff_view import answer_words, due_chip, marks_of, state_words
from desk.views.language import pick
from desk.views.order_card import OrderCard
from desk.views.parts import View, frame, label, row, scrolled, set_tone

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TaskCard(View):
    """`replied(task id, done, reference, words)`; `left` when the answer is left unwritten."""

    replied = Signal(str, bool, str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: TaskRow | None = None
        self._done = True  # what the answer is going to say
        self._what = label(role="section")
        self._due = label(role="chip", tone="warn")
        self._state = label(role="small", tone="muted", wrap=True)
        self._said = label(wrap=True)
        self._case = label(role="small", tone="muted", wrap=True)
        self._order = OrderCard()
        self._title = label(role="strong")
        self.reference = QLineEdit()
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setFixedHeight(84)
        self._send = KeyButton(key="Ctrl Enter", role="primary")
        self._back = KeyButton(key="Esc", role="quiet")
        self._form = QWidget()
        self._build()
        self._send.clicked.connect(self.finish)
        self._back.clicked.connect(self.close_form)
        self.reference.textChanged.connect(lambda _: self._check())
        self.editor.textChanged.connect(self._check)
        self.reference.returnPressed.connect(self.editor.setFocus)
        self.close_form(quiet=True)
        self.retranslate()

    def _build(self) -> None:
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(tokens.XS)
        for part in (self._title, self.reference, self.editor):
            form.addWidget(part)
        form.addLayout(row(self._send, 1, self._back))
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        inside.setSpacing(tokens.S)
        inside.addLayout(row(self._what, 1, self._due))
        for one in (self._state, self._said, self._case, self._form):
            inside.addWidget(one)
        page = QWidget()
        parts = QVBoxLayout(page)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(tokens.M)
        parts.addWidget(frame("card", inside))
        parts.addWidget(self._order)
        parts.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(page))

    @property
    def said(self) -> str:
        """What the card says, for tests."""
        parts = (self._what, self._due, self._state, self._said, self._case)
        return " | ".join([part.text() for part in parts if part.text()] + [self._order.said])

    @property
    def writing(self) -> bool:
        """Whether an answer is being written."""
        return not self._form.isHidden()

    def show_task(self, task: TaskRow | None) -> None:
        """Show a task; an answer half written for the same one stays."""
        if task is None or self._row is None or task.id != self._row.id or not task.may_reply:
            self.close_form(quiet=True)
            self.reference.clear()
            self.editor.clear()
        self._row = task
        self._order.show_order(task.order if task is not None else None)
        self.retranslate()

    def begin(self, done: bool) -> None:
        """Write the answer: done under a reference, or that it cannot be done and why."""
        if self._row is not None and self._row.may_reply:
            self._done = done
            self._form.show()
            self.retranslate()
            (self.reference if done else self.editor).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_form(self, quiet: bool = False) -> None:
        """Esc: what was typed stays until another task is looked at."""
        self._form.hide()
        if not quiet:
            self.left.emit()

    def finish(self) -> None:
        """Ctrl+Enter."""
        task = self._row
        if task is not None and self.writing and self._send.isEnabled():
            reference = self.reference.text().strip() if self._done else ""
            said = self.editor.toPlainText().strip()
            self.close_form()
            self.replied.emit(task.id, self._done, reference, said)

    def _check(self) -> None:
        """A no needs its reason; a yes stands alone."""
        self._send.setEnabled(self._done or bool(self.editor.toPlainText().strip()))

    def tick(self) -> None:
        """The due clock."""
        if self._row is not None:
            said, tone = due_chip(self._row)
            if self._row.state in OPEN_TASKS:
                said = self.tr("due {time}").format(time=f"{text.moment(self._row.due_at)} · {said}")
            self._due.setText(said)
            set_tone(self._due, tone.value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter answers, Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape and self.writing:
            self.close_form()
        elif event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finish()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words for the task in hand."""
        self._back.setText(self.tr("Back"))
        self.reference.setPlaceholderText(self.tr("reference: claim, purchase order, payment number…"))
        self.reference.setAccessibleName(self.tr("Reference"))
        self.editor.setAccessibleName(self.tr("Answer"))
        self.editor.setPlaceholderText(self.tr("what the other team has to know") if self._done else self.tr("why not"))
        self._title.setText(self.tr("Done") if self._done else self.tr("Cannot be done"))
        self._send.setText(self.tr("Answer: done") if self._done else self.tr("Answer: cannot be done"))
        self.reference.setVisible(self._done)
        self._check()
        task = self._row
        if task is None:
            return
        self._what.setText(pick(task.what))
        asked = words.word("task_mark", "asked", {"name": task.asked_by, "at": task.asked_at.isoformat()})
        state = [
            f"{pick(task.asked_team)} · {asked}".strip(" ·"),
            text.labelled(pick(task.team), state_words(task)),
            marks_of(task),
        ]
        self._state.setText(" · ".join(part for part in state if part))
        said = [f"“{task.words}”" if task.words else "", answer_words(task)]
        self._said.setText("\n".join(part for part in said if part))
        self._said.setVisible(any(said))
        self._case.setText(" · ".join(part for part in self._case_words(task) if part))
        self.tick()

    def _case_words(self, task: TaskRow) -> list[str]:
        order: OrderRow | None = task.order
        number = order.number if order is not None else task.order_tail and f"…{task.order_tail}"
        return [
            self.tr("Case {number}").format(number=task.number) if task.number else "",
            pick(task.case_label),
            number or "",
            task.customer,
        ]
