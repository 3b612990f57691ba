"""Say: the script for now, values filled, missing ones marked and blocking; copy, say, send; the five acts."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desk.domain.tickets import Act
from desk.services.rows import Piece, ScriptRow
from desk.views import icons, tokens, words
from desk.views.buttons import KeyButton
from desk.views.flow import Flow
from desk.views.language import pick
from desk.views.menus import open_choices
from desk.views.parts import View, clear, frame, label, row, set_tone


class SayView(View):
    """`said`, `sent`: the script shown was spoken, or goes by message. `chosen`: another template. `filled`: values for
    what is missing, by placeholder. `language_asked`: the other language of the script."""

    said = Signal()
    sent = Signal()
    copied = Signal(str)
    chosen = Signal(str)
    filled = Signal(dict)
    language_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: ScriptRow | None = None
        self._done: frozenset[Act] = frozenset()
        self._spoken = True
        self._fields: dict[str, QLineEdit] = {}
        self._title = label(role="section")
        self._name = label(role="small", tone="muted")
        self._language = KeyButton(role="quiet")
        self._acts = Flow(gap=10)
        self._ticks = {act: QLabel() for act in Act}
        for tick in self._ticks.values():
            tick.setProperty("role", "small")
            self._acts.addWidget(tick)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.RichText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout()
        inside.setContentsMargins(10, 10, 10, 10)
        inside.addWidget(self._text)
        self._box = frame("box", inside)
        self._missing = QGridLayout()
        self._blocked = label(role="small", tone="warn", wrap=True)
        self._said = KeyButton()
        self._send = KeyButton()
        self._copy = KeyButton(role="quiet")
        self._other = KeyButton(key="O", role="quiet")
        self._build()
        self._connect_signals()
        self.retranslate()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(row(self._title, self._name, 1, self._language))
        layout.addLayout(self._acts)
        layout.addWidget(self._box)
        layout.addLayout(self._missing)
        layout.addWidget(self._blocked)
        layout.addLayout(row(self._said, self._send, self._copy, 1, self._other, gap=tokens.XS))

    def _connect_signals(self) -> None:
        self._said.clicked.connect(self.said)
        self._send.clicked.connect(self.sent)
        self._copy.clicked.connect(self.copy)
        self._other.clicked.connect(self.choose)
        self._language.clicked.connect(self.language_asked)

    # --- what it shows

    def show_script(self, script: ScriptRow | None, done: frozenset[Act], spoken: bool) -> None:
        """Show a script; `spoken`: the contact is on the line, so that S says it, else S sends it."""
        before = self._row.key if self._row else ""
        self._row, self._done, self._spoken = script, done, spoken
        if script is None or script.key != before or set(script.missing) - set(self._fields):
            self._build_fields(script)
        self.retranslate()

    @property
    def row(self) -> ScriptRow | None:
        """The script that is shown."""
        return self._row

    @property
    def text(self) -> str:
        """The words that are shown, plain."""
        return self._row.text if self._row else ""

    @property
    def fields(self) -> dict[str, QLineEdit]:
        """Fields for what is missing, by placeholder."""
        return self._fields

    def ticked(self) -> list[str]:
        """The five acts as they stand, for tests."""
        return [tick.text() for tick in self._ticks.values()]

    def _build_fields(self, script: ScriptRow | None) -> None:
        clear(self._missing)
        self._fields = {}
        for at, name in enumerate(dict.fromkeys(script.missing if script else ())):
            field = QLineEdit()
            field.editingFinished.connect(self._on_filled)
            self._fields[name] = field
            self._missing.addWidget(label(role="small", tone="warn"), at, 0)
            self._missing.addWidget(field, at, 1)

    def _on_filled(self) -> None:
        self.filled.emit({name: field.text().strip() for name, field in self._fields.items() if field.text().strip()})

    # --- what it does

    def press(self) -> None:
        """S: say it, or send it; where something is missing, go there."""
        if self._row is None:
            return
        if self._row.blocked:
            empty = next((field for field in self._fields.values() if not field.text()), None)
            if empty is not None:
                empty.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        (self._said if self._spoken else self._send).click()

    def copy(self) -> None:
        """Give the words to whoever has the clipboard."""
        if self._row is not None and not self._row.blocked:
            self.copied.emit(self._row.text)

    def choose(self) -> None:
        """Offer the other scripts that fit."""
        if self._row is not None:
            open_choices(self._other, self._row.others, self.chosen.emit, self._row.key)

    def retranslate(self) -> None:
        """Words for the script in hand."""
        self._title.setText(self.tr("Say"))
        self._said.setText(self.tr("Said"))
        self._copy.setIcon(icons.icon("copy"))
        self._copy.setAccessibleName(self.tr("Copy the words"))
        self._copy.setToolTip(self.tr("Copy the words"))
        self._other.setText(self.tr("Other"))
        self._said.set_key("S" if self._spoken else "")
        self._send.set_key("" if self._spoken else "S")
        for act, tick in self._ticks.items():
            done = act in self._done
            tick.setText(("☑ " if done else "☐ ") + words.word("act", act.value))
            set_tone(tick, "ok" if done else "muted")
        self._name_fields()
        script = self._row
        for part in (self._said, self._send, self._copy):
            part.setEnabled(script is not None and not script.blocked)
        self._box.setVisible(script is not None)
        if script is None:
            self._name.setText(self.tr("no script fits"))
            self._send.setText(self.tr("SMS"))
            self._blocked.hide()
            return
        self._name.setText(pick(script.names))
        self._language.setText("EN" if script.language == "zh" else "中文")
        self._language.setAccessibleName(self.tr("Script in the other language"))
        self._other.setVisible(bool(script.others))
        self._send.setText(self.tr("SMS · %n part(s)", "", script.parts))
        self._send.setEnabled(script.may_send and not script.blocked)
        self._text.setText("".join(_piece(piece) for piece in script.pieces))
        self._text.setAccessibleName(script.text)
        why = script.blocked and words.word("blocked", script.blocked, script.data)
        why = why or (script.send_reason and words.word("refusal", script.send_reason))
        self._blocked.setText(why or "")
        self._blocked.setVisible(bool(why))

    def _name_fields(self) -> None:
        for at, (name, field) in enumerate(self._fields.items()):
            said = words.word("placeholder", name)
            field.setAccessibleName(said)
            place = self._missing.itemAtPosition(at, 0)
            shown = place.widget() if place else None
            if isinstance(shown, QLabel):
                shown.setText(said)


def _piece(piece: Piece) -> str:
    now = tokens.colours()
    said = escape(piece.text).replace("\n", "<br>")
    if piece.kind == "filled":
        return f'<span style="color:{now.accent}">{said}</span>'
    if piece.kind == "missing":
        style = f"color:{now.warn.words};background:{now.warn.ground}"
        name = escape(words.word("placeholder", piece.name))
        return f'<span style="{style}">&nbsp;{said or name}&nbsp;</span>'
    if piece.kind == "forbidden":
        return f'<span style="color:{now.danger.words};background:{now.danger.ground}">{said}</span>'
    return said
