"""Approvals: the list of requests and one card; A approves, C changes the amount, D denies with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desk.domain.ledger import ApprovalState, BenefitKind
from desk.domain.money import MoneyError, from_decimal
from desk.services.rows import ApprovalRow, Choice, Tone
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.give_view import request_words
from desk.views.language import pick
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.menus import open_choices
from desk.views.parts import View, clear, column, frame, label, row
from desk.views.state_view import StateView
from desk.views.timeline_view import TimelineView

_COUNTED = (BenefitKind.POINTS, BenefitKind.GIFT)  # asked in pieces, not in money
_URGENT = 30.0


def clock_of(request: ApprovalRow) -> tuple[str, Tone]:
    """How long the customer has waited; red when it moves up soon."""
    now = text.now()
    if request.state is not ApprovalState.ASKED:
        return words.word("approval_state", request.state.value), Tone.CALM
    waited = text.short((now - request.requested_at).total_seconds())
    left = (request.escalate_at - now).total_seconds() if request.escalate_at else _URGENT * 4
    return waited, Tone.DANGER if left < _URGENT else Tone.WARN


def approval_entry(request: ApprovalRow) -> Entry:
    """One request in the list."""
    chip, tone = clock_of(request)
    return Entry(
        title=pick(request.label) or words.word("benefit", request.kind.value),
        title_note=pick(request.cause),
        second=f"…{request.order_tail} · {request.customer} · {request.requested_by}",
        chip=chip,
        tone=tone,
        right=text.money(request.cost),
        dim=not request.may_decide,
    )


class ApprovalCard(View):
    """One request with what is needed to answer it in 20 seconds."""

    approved = Signal(str, object)  # id, units or None
    denied = Signal(str, str)  # id, reason
    opened = Signal(str)  # ticket id

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ApprovalRow | None = None
        self._denials: tuple[Choice, ...] = ()
        self._amount = label(role="verdict")
        self._what = label(role="section")
        self._who = label(tone="muted")
        self._said = label(wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(tokens.XL)
        self._facts.setVerticalSpacing(tokens.XS)
        self._similar = label(role="small", tone="muted", wrap=True)
        self._approve = KeyButton(key="A", role="primary")
        self._change = KeyButton(key="C")
        self._deny = KeyButton(key="D")
        self._open = KeyButton(key="V", role="quiet")
        self._field = QLineEdit()
        self._field.setMaximumWidth(140)
        self._field.hide()
        self._off = label(role="small", tone="warn", wrap=True)
        self.timeline = TimelineView()
        self._build()
        self._connect_signals()
        self.retranslate()

    def _build(self) -> None:
        buttons = row(self._approve, self._change, self._field, self._deny, 1, self._open)
        inside = column(
            row(self._amount, self._what, 1, self._who, gap=tokens.M),
            self._said,
            self._facts,
            self._similar,
            buttons,
            self._off,
            gap=tokens.M,
            edge=tokens.L,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M)
        layout.setSpacing(tokens.M)
        layout.addWidget(frame("card", inside))
        layout.addWidget(self.timeline, 1)

    def _connect_signals(self) -> None:
        self._approve.clicked.connect(self.approve)
        self._change.clicked.connect(self.change)
        self._deny.clicked.connect(self.deny)
        self._open.clicked.connect(self.open_case)
        self._field.returnPressed.connect(self.approve)

    @property
    def row(self) -> ApprovalRow | None:
        """The request that is shown."""
        return self._row

    @property
    def field(self) -> QLineEdit:
        """Where another amount is typed."""
        return self._field

    @property
    def said(self) -> str:
        """What the card says, for tests."""
        return " | ".join(part.text() for part in (self._amount, self._what, self._who, self._off, self._similar))

    def show_request(self, request: ApprovalRow | None, denials: tuple[Choice, ...] = ()) -> None:
        """Show a request; an amount half typed for the same one stays."""
        if request is None or self._row is None or request.id != self._row.id:
            self._field.clear()
            self._field.hide()
        self._row, self._denials = request, denials or self._denials
        if request is not None:
            self.timeline.show_facts(request.timeline)
        self.retranslate()

    def approve(self) -> None:
        """A: as asked, or with the amount that was typed."""
        if self._row is None or not self._approve.isEnabled():
            return
        units = None
        if self._field.isVisible() and self._field.text().strip():
            units = self._units(self._row)
            if units is None:
                self._field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._field.hide()
        self.approved.emit(self._row.id, units)

    def _units(self, request: ApprovalRow) -> int | None:
        typed = self._field.text().strip().lstrip("¥$￥")
        if request.kind in _COUNTED:
            return int(typed) if typed.isdigit() and int(typed) > 0 else None
        try:
            amount = from_decimal(typed, request.cost.currency)
        except MoneyError:
            return None
        return amount.amount if amount.amount > 0 else None

    def change(self) -> None:
        """C: type another amount, Enter approves it."""
        if self._row is not None and self._change.isEnabled():
            self._field.show()
            self._field.setText(self._plain(self._row))
            self._field.selectAll()
            self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @staticmethod
    def _plain(request: ApprovalRow) -> str:
        return str(request.units) if request.kind in _COUNTED else str(request.cost.decimal())

    def open_case(self) -> None:
        """V: the whole case."""
        if self._row is not None:
            self.opened.emit(self._row.ticket_id)

    def deny(self) -> None:
        """D: pick the reason."""
        if self._row is not None and self._deny.isEnabled():
            open_choices(
                self._deny, self._denials, lambda reason: self.denied.emit(self._row.id if self._row else "", reason)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes the amount back."""
        if event.key() == Qt.Key.Key_Escape and self._field.isVisible():
            self._field.hide()
            self._approve.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Words for the request in hand."""
        self._approve.setText(self.tr("Approve"))
        self._change.setText(self.tr("Change amount"))
        self._deny.setText(self.tr("Deny"))
        self._open.setText(self.tr("Open the case"))
        self._field.setAccessibleName(self.tr("Other amount"))
        request = self._row
        if request is None:
            return
        self._amount.setText(text.money(request.cost))
        self._what.setText(pick(request.label) or words.word("benefit", request.kind.value))
        who = self.tr("{name} asks · {case} · …{tail}")
        self._who.setText(who.format(name=request.requested_by, case=pick(request.case_label), tail=request.order_tail))
        self._said.setText(f"“{request.words}”")
        self._said.setVisible(bool(request.words))
        self._fill_facts(request)
        similar = " · ".join(f"…{one.order_tail} {pick(one.label)} {text.money(one.cost)}" for one in request.similar)
        self._similar.setText(self.tr("Similar cases got: {what}").format(what=similar))
        self._similar.setVisible(bool(similar))
        may = request.may_decide and request.state is ApprovalState.ASKED
        for button in (self._approve, self._change, self._deny):
            button.setEnabled(may)
        self._off.setText(self._why_off(request))
        self._off.setVisible(bool(self._off.text()))

    @staticmethod
    def _why_off(request: ApprovalRow) -> str:
        if request.state is not ApprovalState.ASKED:
            return request_words(request)
        return words.word("refusal", request.reason_off) if request.reason_off else ""

    def _fill_facts(self, request: ApprovalRow) -> None:
        clear(self._facts)
        facts = (
            (self.tr("Customer"), " · ".join(part for part in (request.customer, pick(request.tier)) if part)),
            (self.tr("Order"), text.money(request.order_value)),
            (self.tr("Given on it"), f"{text.money(request.order_given)} / {text.money(request.order_cap)}"),
            (self.tr("Given to the customer"), text.money(request.customer_given)),
            (self.tr("Why"), pick(request.cause)),
        )
        for at, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, role="small", tone="muted"), 0, at)
            self._facts.addWidget(label(value), 1, at)
        self._facts.setColumnStretch(len(facts), 1)


class ApprovalsView(View):
    """The page. `selected(id)`: its card is wanted; `which_changed`: open requests, or those answered before."""

    selected = Signal(str)
    which_changed = Signal(bool)  # True: those answered before

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model: RowsModel[ApprovalRow] = RowsModel(lambda request: request.id, approval_entry, self)
        self.list = EntryList(self.model)
        self.card = ApprovalCard()
        self._title = label(role="section")
        self._recent = KeyButton(role="quiet")
        self._recent.setCheckable(True)
        self._recent.toggled.connect(self._on_recent)
        self.state = StateView(self.list)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 1, 0)
        side.setSpacing(0)
        head = row(self._title, 1, self._recent)
        head.setContentsMargins(tokens.M, 6, tokens.XS, 6)
        side.addLayout(head)
        side.addWidget(frame("rule"))
        side.addWidget(self.state, 1)
        left = frame("column", side)
        left.setFixedWidth(tokens.QUEUE)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(left)
        self.card_state = StateView(self.card)
        self.card_state.show_content(0)
        layout.addWidget(self.card_state, 1)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.retranslate()

    def show_requests(self, requests: tuple[ApprovalRow, ...]) -> None:
        """Show the list; the cursor stays on its request, else goes to the oldest."""
        current = self.list.current_row()
        self.model.show(requests)
        self.state.show_content(len(requests))
        at = self.model.row_of(current.id) if current else -1
        if requests:
            self.list.select_row(max(0, at))
        else:
            self.show_card(None)

    def show_card(self, request: ApprovalRow | None, denials: tuple[Choice, ...] = ()) -> None:
        """Show one request."""
        self.card.show_request(request, denials)
        self.card_state.show_content(0 if request is None else 1)

    def _on_current(self) -> None:
        current = self.list.current_row()
        if current is not None:
            self.show_card(current)
            self.selected.emit(current.id)

    def _on_recent(self, recent: bool) -> None:
        self.retranslate()
        self.which_changed.emit(recent)

    def tick(self) -> None:
        """Every second."""
        if self.isVisible():
            self.list.viewport().update()

    def retranslate(self) -> None:
        """Words."""
        recent = self._recent.isChecked()
        self._title.setText(self.tr("Answered") if recent else self.tr("Approvals"))
        self._recent.setText(self.tr("Open ones") if recent else self.tr("Answered"))
        self.list.setAccessibleName(self._title.text())
        self.state.set_empty(
            self.tr("Nobody waits for you"), self.tr("Requests of your teams appear here by themselves.")
        )
        self.card_state.set_empty(self.tr("No request in hand"), "")
        self.model.repaint()
