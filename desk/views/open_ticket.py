"""Opens a ticket while the contact talks: kind, channel, reason or type, the team that gets it, what was said."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from desk.domain.tickets import Channel, Kind
from desk.services.rows import Choice, Choices, OrderRow
from desk.views import tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.parts import View, frame, label, row

_SEPARATOR = "/"
_PAUSE_MS = 250  # of typing, before the words are looked at
_A_LINE = 4  # fields beside each other


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What was filled in."""

    kind: Kind
    channel: Channel
    order_id: str | None
    order_number: str
    reason: str
    type: str
    subtype: str
    team: str
    claim: bool  # it stays with whoever opens it
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """Who opens tickets here: `teams` are theirs, and at a counter (`at_store`) everything they open is."""

    teams: tuple[str, ...] = ()
    at_store: bool = False

    @property
    def channel(self) -> Channel:
        """How customers reach this person."""
        return Channel.STORE if self.at_store else Channel.HOTLINE


class OpenTicketForm(View):
    """`opened(NewTicket)`; call `reset` when it was. For the order in hand, or for none: then the number is typed.

    The team is the owner of the sub-type, by policy; else the first of whoever opens it. It may be picked otherwise.
    `said(kind, words)`: what the customer says was typed; answer it with `suggest`. What the person picks stands."""

    opened = Signal(object)
    said = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order: OrderRow | None = None
        self._choices = Choices()
        self._opener = Opener()
        self._by_keywords, self._own = False, False  # who chose why: the keywords, or the person
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._title = label(role="section")
        self._labels = [label(role="small", tone="muted") for _ in range(6)]
        self.kind, self.channel, self.why, self.team = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.number = QLineEdit()
        self.words = QPlainTextEdit()
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(64)
        self._done = KeyButton(key="Ctrl Enter", role="primary")
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.M)
        grid.setVerticalSpacing(tokens.XS)
        for at, part in enumerate((self.kind, self.channel, self.why, self.team, self.number)):
            line, place = divmod(at, _A_LINE)
            grid.addWidget(self._labels[at], 2 * line, place)
            grid.addWidget(part, 2 * line + 1, place)
            grid.setColumnStretch(place, 1)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.M)
        inside.setSpacing(tokens.S)
        inside.addWidget(self._title)
        inside.addLayout(grid)
        inside.addWidget(self._labels[5])
        inside.addWidget(self.words)
        inside.addLayout(row(self._done, 1))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))
        self.kind.currentIndexChanged.connect(lambda _: self._other_kind())
        self.why.currentIndexChanged.connect(lambda _: self._picked())
        self.words.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._say_words)
        self.team.currentIndexChanged.connect(lambda _: self._say_done())
        self._done.clicked.connect(self.finish)
        self.retranslate()

    def about(self, order: OrderRow | None, choices: Choices | None = None) -> None:
        """For which order, and what policy offers to pick from."""
        other = (order.id if order else "") != (self._order.id if self._order else "")
        self._order = order
        self._choices = choices or self._choices
        self.retranslate()
        if other:
            self._preset()

    def know(self, choices: Choices, opener: Opener) -> None:
        """What policy offers to pick from, and who picks; the order stays."""
        other = opener != self._opener
        self._choices, self._opener = choices, opener
        self.retranslate()
        if other:
            self._preset()

    def reset(self) -> None:
        """It was opened: the next one begins anew."""
        self.words.clear()
        self._pause.stop()
        self.number.clear()
        self.why.setCurrentIndex(0)
        self._forget_picks()
        self._preset()

    def begin_trouble(self, channel: Channel | None = None) -> None:
        """An exception came up in a conversation by this channel: kind and channel stand, the words are typed next."""
        self.kind.setCurrentIndex(self.kind.findData(Kind.EXCEPTION.value))
        self._forget_picks()
        if channel is not None and self.channel.findData(channel.value) >= 0:
            self.channel.setCurrentIndex(self.channel.findData(channel.value))
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def suggest(self, kind: str, typed: str, key: str) -> None:
        """The keywords in `typed` mean `key` ('' for nothing); too late where another kind or text stands by now."""
        if self._own or kind != self.kind.currentData() or typed != self.words.toPlainText():
            return
        at = self.why.findData(key)
        self._by_keywords = bool(key) and at >= 0
        self.why.blockSignals(True)
        self.why.setCurrentIndex(max(0, at))
        self.why.blockSignals(False)
        self._preset_team()
        self._name_why()

    @property
    def suggested(self) -> bool:
        """Whether what stands under why comes from the keywords."""
        return self._by_keywords

    def _picked(self) -> None:
        self._own, self._by_keywords = bool(self.why.currentData()), False
        self._preset_team()
        self._name_why()

    def _forget_picks(self) -> None:
        self._own, self._by_keywords = False, False
        self._name_why()

    def _other_kind(self) -> None:
        self._forget_picks()
        self._fill_why()
        self._say_words()

    def _say_words(self) -> None:
        if not self._own:
            self.said.emit(str(self.kind.currentData()), self.words.toPlainText())

    def _name_why(self) -> None:
        named = self.tr("Why (by keywords)") if self._by_keywords else self.tr("Why")
        self._labels[2].setText(named)
        self.why.setAccessibleName(named)

    def _preset(self) -> None:
        """Another order or another person: what was picked for the last contact says nothing of this one."""
        self.channel.setCurrentIndex(max(0, self.channel.findData(self._opener.channel.value)))
        self._preset_team()

    def _preset_team(self) -> None:
        owners = {choice.key: choice.owner for choice in self._whys()}
        wanted = owners.get(str(self.why.currentData() or "")) or self._own_team()
        self.team.setCurrentIndex(max(0, self.team.findData(wanted)))
        self._say_done()

    def _own_team(self) -> str:
        return self._opener.teams[0] if self._opener.teams else self._choices.default_team

    @property
    def title(self) -> str:
        """For which order, in words."""
        return self._title.text()

    @property
    def said_done(self) -> str:
        """What pressing the button does, in words."""
        return self._done.text()

    @property
    def claims(self) -> bool:
        """Whether it stays with whoever opens it: the team is theirs, or it stands at their counter."""
        return self._opener.at_store or self.team.currentData() in self._opener.teams

    def finish(self) -> None:
        """Ctrl+Enter. What the keywords found is left to the rule, which finds the same and writes down who it was."""
        self._pause.stop()
        kind = Kind(self.kind.currentData())
        why = "" if self._by_keywords else str(self.why.currentData() or "")
        type_, _, subtype = why.partition(_SEPARATOR)
        made = NewTicket(
            kind=kind,
            channel=Channel(self.channel.currentData()),
            order_id=self._order.id if self._order else None,
            order_number=self._order.number if self._order else self.number.text().strip(),
            reason=why if kind is Kind.CANCEL else "",
            type=type_ if kind is Kind.EXCEPTION else "",
            subtype=subtype if kind is Kind.EXCEPTION else "",
            team=str(self.team.currentData() or ""),
            claim=self.claims,
            words=self.words.toPlainText().strip(),
        )
        self.opened.emit(made)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter opens it."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and control:
            self.finish()
        else:
            super().keyPressEvent(event)

    def _fill_why(self) -> None:
        before = self.why.currentData()
        self.why.blockSignals(True)
        self.why.clear()
        self.why.addItem(self.tr("not known yet"), "")
        for choice in self._whys():
            self.why.addItem(pick(choice.names), choice.key)
        self.why.setCurrentIndex(max(0, self.why.findData(before)))
        self.why.blockSignals(False)
        if self.why.currentData() != before:
            self._preset_team()

    def _whys(self) -> list[Choice]:
        if self.kind.currentData() == Kind.CANCEL.value:
            return list(self._choices.reasons)
        return [
            Choice(
                key=f"{kind.key}{_SEPARATOR}{sub.key}",
                names={name: f"{kind.names.get(name, '')} · {sub.names.get(name, '')}" for name in sub.names},
                owner=sub.owner,
            )
            for kind in self._choices.types
            for sub in kind.parts
        ]

    def retranslate(self) -> None:
        """Words; what was picked stays."""
        order = self._order
        said = self.tr("Open a ticket for {number}").format(number=order.number) if order else ""
        self._title.setText(said or self.tr("Open a ticket without an order"))
        named = (
            self.tr("Kind"),
            self.tr("Channel"),
            self.tr("Why"),
            self.tr("Team"),
            self.tr("Order number"),
            self.tr("What the customer says"),
        )
        fields = (self.kind, self.channel, self.why, self.team, self.number, self.words)
        for field, part, name in zip(fields, self._labels, named, strict=True):
            part.setText(name)
            field.setAccessibleName(name)
        self._name_why()
        self.number.setVisible(order is None)
        self._labels[4].setVisible(order is None)
        for box, group, values in (
            (self.kind, "kind", [kind.value for kind in Kind]),
            (self.channel, "channel", [Channel.HOTLINE.value, Channel.CHAT.value, Channel.STORE.value]),
        ):
            chosen = box.currentData()
            box.blockSignals(True)
            box.clear()
            for value in values:
                box.addItem(words.word(group, value), value)
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)
        self._fill_teams()
        self._fill_why()
        self._say_done()

    def _fill_teams(self) -> None:
        before = self.team.currentData()
        self.team.blockSignals(True)
        self.team.clear()
        for choice in self._choices.teams:
            self.team.addItem(pick(choice.names), choice.key)
        self.team.setCurrentIndex(max(0, self.team.findData(before or self._own_team())))
        self.team.blockSignals(False)

    def _say_done(self) -> None:
        said = self.tr("Open for {team}").format(team=self.team.currentText())
        self._done.setText(self.tr("Open and claim") if self.claims or not self.team.count() else said)
