"""Give: the next act with what comes before it, the meters, compensation by policy with keys 1-9, what was asked."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desk.domain.ledger import ApprovalState
from desk.domain.wording import joined
from desk.services.rows import ActRow, Allowed, ApprovalRow, CaseRow, GiveRow, Meter, OfferRow
from desk.views import format as text
from desk.views import paint, tokens, words
from desk.views.buttons import ActButton, KeyButton, OfferButton
from desk.views.flow import Flow
from desk.views.fonts import sized
from desk.views.language import current, pick
from desk.views.menus import open_choices
from desk.views.parts import View, clear, label, row, rule

_KEYS = {"cancel_order": "C", "claim": "C", "start": "C", "resolve": "C", "close": "C"}


def act_words(act: ActRow, group: str = "next_act") -> str:
    """What a button for this act says: a cancel without money is said without an amount."""
    key = act.key
    if key == "cancel_order" and (act.amount is None or not act.amount.amount):
        key = "cancel_unpaid"
    data: dict[str, str | int | None] = dict(act.data)
    if act.amount:
        data |= {"amount": act.amount.amount, "currency": act.amount.currency}
    return words.word(group, key, data)


class NextView(View):
    """What to do now: alternatives first, then the button that says the act."""

    act_pressed = Signal(object)  # rows.ActRow
    alternative_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: CaseRow | None = None
        self._shown: list[tuple[str, str]] = []
        self._ask = label(role="small", tone="muted", wrap=True)
        self._others = Flow(gap=tokens.XS)
        self.button = ActButton("C")
        self.button.done.connect(self._on_done)
        self._why = label(role="small", tone="warn", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        layout.addWidget(self._ask)
        layout.addLayout(self._others)
        layout.addWidget(self.button)
        layout.addWidget(self._why)

    @property
    def act(self) -> ActRow | None:
        """The act on the button."""
        return self._row.acts[0] if self._row and self._row.acts else None

    def show_case(self, case: CaseRow | None) -> None:
        """Show what may be done on this case."""
        self._row = case
        self.retranslate()

    def _on_done(self) -> None:
        if self.act is not None and self.act.allowed is not Allowed.OFF:
            self.act_pressed.emit(self.act)

    def retranslate(self) -> None:
        """Words for the act in hand."""
        act, case = self.act, self._row
        self.button.setVisible(act is not None)
        alternatives = case.alternatives if case and act and act.key == "cancel_order" else ()
        self._ask.setText(self.tr("First ask for the real need: would one of these do?"))
        self._ask.setVisible(bool(alternatives))
        self._fill_others([(choice.key, pick(choice.names)) for choice in alternatives])
        if act is None:
            self._why.hide()
            return
        self.button.offer(act_words(act), act_words(act, "armed"), act.second_key, about=case.id if case else "")
        self.button.set_off(act.allowed is Allowed.OFF)
        self._why.setText(words.word("refusal", act.reason, act.data) if act.reason else "")
        self._why.setVisible(bool(act.reason))

    def _fill_others(self, shown: list[tuple[str, str]]) -> None:
        if shown == self._shown:
            return
        self._shown = shown
        self._others.clear()
        for key, said in shown:
            other = KeyButton(said, role="quiet")
            other.clicked.connect(lambda _=False, key=key: self.alternative_picked.emit(key))
            self._others.addWidget(other)


class MeterBar(View):
    """What may still be given, as words and a thin bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: Meter | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_meter(self, meter: Meter | None) -> None:
        """Show a meter."""
        self._row = meter
        self.setVisible(meter is not None)
        self.setAccessibleName(self.said())
        self.update()

    def said(self) -> str:
        """Its words."""
        if self._row is None:
            return ""
        left = self.tr("the centre knows") if self._row.left is None else text.money(self._row.left)
        cap = f" / {text.money(self._row.cap)}" if self._row.cap and self._row.left is not None else ""
        return f"{words.word('meter', self._row.key)} {left}{cap}"

    def sizeHint(self) -> QSize:
        """Words above a bar."""
        return QSize(140, 42)

    def retranslate(self) -> None:
        """Paint anew."""
        self.setAccessibleName(self.said())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two lines of words, then the bar."""
        if self._row is None:
            return
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = sized(self.font(), tokens.SMALL)
        paint.words(painter, QRectF(0, 0, self.width(), 16), words.word("meter", self._row.key), small, now.muted)
        said = self.said().removeprefix(words.word("meter", self._row.key)).strip()
        paint.words(painter, QRectF(0, 16, self.width(), 17), said, sized(self.font(), tokens.SMALL, True), now.text)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.hair if not tokens.is_dark() else now.line))
        painter.drawRoundedRect(QRectF(0, 36, self.width(), 5), 2.5, 2.5)
        left, cap = self._row.left, self._row.cap
        if left is not None and cap is not None and cap.amount > 0:
            share = max(0.0, min(1.0, left.amount / cap.amount))
            painter.setBrush(QColor(now.accent if share > _LOW else now.warn.words))
            painter.drawRoundedRect(QRectF(0, 36, self.width() * share, 5), 2.5, 2.5)
        painter.end()


_LOW = 0.2


class GiveView(View):
    """Compensation. `given`: key of an offer; `cause_picked`: why; `ask_again`: id of a request."""

    given = Signal(str)
    cause_picked = Signal(str)
    ask_again = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: GiveRow | None = None
        self._proposed: tuple[str, ...] = ()
        self._title = label(role="section")
        self._goes_with = label(role="small", tone="ok", wrap=True)
        self._keys = label("1–9", role="key")
        self._cause = KeyButton(key="X", role="quiet")
        self._cause.clicked.connect(self.pick_cause)
        self._off = label(role="small", tone="warn", wrap=True)
        self._meters = (MeterBar(), MeterBar())
        self._grid = QGridLayout()
        self._grid.setSpacing(tokens.S)
        self._buttons: list[OfferButton] = []
        self._asked = QVBoxLayout()
        self._asked.setSpacing(tokens.XS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.S)
        layout.addWidget(rule())
        layout.addLayout(row(self._title, self._keys, 1, self._cause))
        layout.addWidget(self._off)
        layout.addLayout(row(*self._meters, gap=tokens.L))
        layout.addWidget(self._goes_with)
        layout.addLayout(self._grid)
        layout.addLayout(self._asked)
        self.retranslate()

    @property
    def row(self) -> GiveRow | None:
        """The panel that is shown."""
        return self._row

    @property
    def buttons(self) -> list[OfferButton]:
        """The offers' buttons that are shown."""
        count = len(self._row.offers) if self._row else 0
        return self._buttons[:count]

    def show_panel(self, panel: GiveRow | None, proposed: tuple[str, ...] = ()) -> None:
        """Show what may be given; `proposed` are keys of offers that go with what was done for the customer."""
        self._row, self._proposed = panel, proposed
        self.setVisible(panel is not None)
        self.retranslate()

    def press(self, number: int) -> None:
        """Keys 1-9."""
        offers = self._row.offers if self._row else ()
        for offer, button in zip(offers, self._buttons, strict=False):
            if offer.number == number and button.isEnabled():
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.click()

    def pick_cause(self) -> None:
        """Offer the causes."""
        if self._row is not None:
            open_choices(self._cause, self._row.causes, self.cause_picked.emit, self._row.cause)

    def retranslate(self) -> None:
        """Words for the panel in hand."""
        self._title.setText(self.tr("Give"))
        panel = self._row
        if panel is None:
            return
        causes = {choice.key: pick(choice.names) for choice in panel.causes}
        self._cause.setText(self.tr("For: {cause}").format(cause=causes.get(panel.cause, self.tr("pick the cause"))))
        self._cause.setVisible(bool(panel.causes))
        self._off.setText(words.word("refusal", panel.off) if panel.off else "")
        self._off.setVisible(bool(panel.off))
        for bar, meter in zip(self._meters, (*panel.meters, None, None), strict=False):
            bar.show_meter(meter)
        self._say_proposed(panel)
        while len(self._buttons) < len(panel.offers):
            self._add_button()
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(panel.offers))
            if at < len(panel.offers):
                offer = panel.offers[at]
                button.offer(str(offer.number), pick(offer.names), self.note(offer), offer.allowed)
        self._fill_asked(panel.asked)

    @property
    def said_proposed(self) -> str:
        """What goes with what was done, in words."""
        return "" if self._goes_with.isHidden() else self._goes_with.text()

    def _say_proposed(self, panel: GiveRow) -> None:
        named = [
            f"{pick(offer.names)} ({offer.number})"
            for offer in panel.offers
            if offer.key in self._proposed and offer.allowed is not Allowed.OFF
        ]
        self._goes_with.setText(self.tr("Goes with what you did: {offers}").format(offers=joined(named, current())))
        self._goes_with.setVisible(bool(named))

    def _add_button(self) -> None:
        at = len(self._buttons)
        button = OfferButton()
        button.clicked.connect(lambda _=False, at=at: self._on_clicked(at))
        self._buttons.append(button)
        self._grid.addWidget(button, at // 2, at % 2)

    def _on_clicked(self, at: int) -> None:
        if self._row is not None and at < len(self._row.offers):
            self.given.emit(self._row.offers[at].key)

    @staticmethod
    def note(offer: OfferRow) -> str:
        """The second line of an offer: its cost, whose approval it needs, or why it is off."""
        data = {"amount": offer.cost.amount, "currency": offer.cost.currency, **offer.data}
        note = offer.note
        if note == "approval_level" and offer.data.get("name"):
            note = "approval_by"
        group = "offer_note" if words.has("offer_note", note) else "refusal"
        return words.word(group, note, data)

    def _fill_asked(self, asked: tuple[ApprovalRow, ...]) -> None:
        clear(self._asked)
        for request in asked:
            self._asked.addWidget(_RequestLine(request, self.ask_again.emit))

    def requests(self) -> list[str]:
        """Words of the requests shown, for tests."""
        lines = (self._asked.itemAt(at) for at in range(self._asked.count()))
        parts = (line.widget() for line in lines if line)
        return [part.said for part in parts if isinstance(part, _RequestLine)]


class _RequestLine(QWidget):
    """One request of this ticket and where it stands."""

    def __init__(self, request: ApprovalRow, ask_again: object) -> None:
        super().__init__()
        tone = {ApprovalState.APPROVED: "ok", ApprovalState.DENIED: "danger", ApprovalState.EXPIRED: "muted"}
        words_ = label(request_words(request), role="small", tone=tone.get(request.state, "warn"), wrap=True)
        self.said = words_.text()
        again = KeyButton(self.tr("Ask again"), role="quiet")
        again.setVisible(request.may_ask_again)
        again.clicked.connect(lambda: ask_again(request.id) if callable(ask_again) else None)
        inside = row(words_, again)
        inside.setStretch(0, 1)
        self.setLayout(inside)


def request_words(request: ApprovalRow) -> str:
    """ "Coupon ¥30.00 · Approved ¥20.00 · Liu Yang"."""
    parts = [f"{pick(request.label)} {text.money(request.cost)}", words.word("approval_state", request.state.value)]
    if request.state is ApprovalState.APPROVED and request.approved_cost not in (None, request.cost):
        parts[1] += f" {text.money(request.approved_cost)}"
    if request.state is ApprovalState.ASKED:
        parts.append(words.word("level", request.level.value))
    if request.decided_by:
        parts.append(request.decided_by)
    if request.reason:
        parts.append(pick(request.reason))
    return " · ".join(parts)
