"""The handling options of a playbook: buttons that say the act with its amount, what it does, or why it is off."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desk.services.rows import Allowed, OptionRow
from desk.views import paint, tokens, words
from desk.views.buttons import ActButton, KeyButton
from desk.views.fact_words import act_words, armed_words, deeds_words, fact_words
from desk.views.fonts import sized
from desk.views.language import pick
from desk.views.parts import View, bring_into_view, label, row

_HIGH, _LOW, _EDGE = 46, 26, 10


def off_words(option: OptionRow) -> str:
    """Why it may not be taken, in words; '' where it may."""
    if option.allowed is Allowed.FREE or not option.reason:
        return ""
    if option.lacks is not None:
        return words.word("option", "lacks", {"fact": fact_words(option.lacks)})
    return words.word("refusal", option.reason, option.data)


class OptionButton(ActButton):
    """One option. Off it is one quiet line with the reason, where the keyboard may stay. `stepped`: to a neighbour."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._note = ""
        self._hint = ""
        self._waits = False
        self._done = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    @property
    def note(self) -> str:
        """The second line: what it does, or why it is off."""
        return self._note

    def show_option(self, option: OptionRow, about: str) -> None:
        """Show an option; `about` is the case that it is for. One with inputs asks for them first, and for the second
        key there."""
        self._hint = f"Alt {option.number}"
        self._done = option.taken
        self._waits = option.allowed is Allowed.APPROVAL
        self._note = off_words(option) or self._does(option)
        second = option.second_key and not option.inputs
        self.offer(act_words(option), armed_words(option), second, about=f"{about} {option.key}")
        self.set_off(option.allowed is Allowed.OFF)
        self._name()
        self.setToolTip("\n".join(part for part in (self.text(), self._note, pick(option.note)) if part))
        self.updateGeometry()

    @staticmethod
    def _does(option: OptionRow) -> str:
        note = pick(option.note)
        return " · ".join(part for part in (deeds_words(option), note) if part)

    def _arm(self, armed: bool) -> None:
        super()._arm(armed)
        self._name()

    def _name(self) -> None:
        done = words.word("option", "taken") if self._done else ""
        self.setAccessibleName(". ".join(part for part in (self.text(), done, self._note) if part))

    def sizeHint(self) -> QSize:
        """Two lines, or one where it is off."""
        return QSize(160, _LOW if self.off else _HIGH)

    def minimumSizeHint(self) -> QSize:
        """Shrinks sideways."""
        return QSize(80, self.sizeHint().height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Where the keyboard is can be seen."""
        bring_into_view(self)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down, j and k go to the neighbours; Enter presses."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_J: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_K: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Key, act, and below it what it does; armed it is red, off it is one line."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line, title, note = self._shades()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if not self.off:
            painter.setPen(QPen(QColor(line), 1))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        paint.focus_ring(painter, self, box)
        base, small, tiny = (sized(self.font(), size) for size in (tokens.BASE, tokens.SMALL, tokens.TINY))
        strong = sized(self.font(), tokens.BASE, bold=not self.off)
        key = self.key or self._hint
        wide = paint.key_width(key, tiny)
        upper = 0.0 if self.off else 5.0
        height = float(_LOW) if self.off else 20.0
        paint.key_cap(
            painter,
            QRectF(_EDGE, upper + (height - paint.KEY_HEIGHT) / 2, wide, paint.KEY_HEIGHT),
            key,
            tiny,
            not self.off,
        )
        left = _EDGE + wide + tokens.S
        room = self.width() - left - _EDGE
        took = paint.words(painter, QRectF(left, upper, room, height), self.text(), base if self.off else strong, title)
        if self._done and not self.armed:
            said = "✓ " + words.word("option", "taken")
            spot = QRectF(left + took + tokens.S, upper, room - took - tokens.S, height)
            took += tokens.S + paint.words(painter, spot, said, small, now.ok.words)
        if self.off:
            rest = QRectF(left + took + tokens.S, 0, room - took - tokens.S, height)
            paint.words(painter, rest, self._note, small, note)
        else:
            paint.words(painter, QRectF(left, 24, room, 18), self._note, small, note)
        painter.end()

    def _shades(self) -> tuple[str, str, str, str]:
        """Ground, line, act and note."""
        now = tokens.colours()
        if self.armed:
            return now.danger.words, now.danger.words, now.surface, now.surface
        if self.off:
            return now.ground, now.line, now.faint, now.muted
        line = now.accent if self.underMouse() or self.isDown() else now.line
        if self._waits:
            return now.warn.ground, now.warn.line, now.text, now.warn.words
        return now.surface, line, now.text, now.muted


class OptionsView(View):
    """The options. `taken(OptionRow)`: pressed for good, or to be asked for its inputs; `ask_asked`: another team."""

    taken = Signal(object)
    ask_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options: tuple[OptionRow, ...] = ()
        self._about = ""
        self._off_code = ""
        self._title = label(role="strong")
        self._key = label("D", role="key")
        self._off = label(role="small", tone="warn", wrap=True)
        self._ask = KeyButton(key="A", role="quiet")
        self._ask.clicked.connect(self.ask_asked)
        self._column = QVBoxLayout()
        self._column.setSpacing(tokens.XS)
        self._buttons: list[OptionButton] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.XS)
        head = row(self._title, self._key, self._off, self._ask)
        head.setStretch(2, 1)
        layout.addLayout(head)
        layout.addLayout(self._column)
        self.retranslate()

    @property
    def buttons(self) -> list[OptionButton]:
        """The options' buttons that are shown, in their order on the screen: what may be done comes first."""
        return self._buttons[: len(self._options)]

    def button(self, key: str) -> OptionButton:
        """The button of one option."""
        return self._buttons[[option.key for option in self._options].index(key)]

    def show_options(self, options: tuple[OptionRow, ...], off: str, about: str) -> None:
        """Show them; `off`: why none may be taken now."""
        self._options = tuple(sorted(options, key=lambda option: (option.allowed is Allowed.OFF, option.number)))
        self._off_code, self._about = off, about
        self.retranslate()

    def press(self, number: int) -> None:
        """Alt+number: never the second key as well."""
        for option, button in zip(self._options, self._buttons, strict=False):
            if option.number == number:
                button.setFocus(Qt.FocusReason.ShortcutFocusReason)
                button.press()

    def begin(self) -> None:
        """D: the keyboard goes to the first option."""
        if self._options:
            self._buttons[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _step(self, at: int, by: int) -> None:
        there = at + by
        if 0 <= there < len(self._options):
            self._buttons[there].setFocus(Qt.FocusReason.TabFocusReason)

    def _add_button(self) -> None:
        at = len(self._buttons)
        button = OptionButton()
        button.done.connect(lambda: self._on_done(at))
        button.stepped.connect(lambda by: self._step(at, by))
        self._buttons.append(button)
        self._column.addWidget(button)

    def _on_done(self, at: int) -> None:
        if at < len(self._options) and self._options[at].allowed is not Allowed.OFF:
            self.taken.emit(self._options[at])

    def retranslate(self) -> None:
        """Words for the options in hand."""
        self._title.setText(self.tr("Handle"))
        self._ask.setText(self.tr("Ask a team"))
        self._off.setText(words.word("refusal", self._off_code) if self._off_code else "")
        self.setVisible(bool(self._options))
        while len(self._buttons) < len(self._options):
            self._add_button()
        for at, button in enumerate(self._buttons):
            button.setVisible(at < len(self._options))
            if at < len(self._options):
                button.show_option(self._options[at], self._about)
