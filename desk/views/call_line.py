"""The call line (Ctrl+K): finds orders while one types, runs acts by name, and takes a verb behind an order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from desk.services.rows import HitRow
from desk.views import format as text
from desk.views import icons, paint, tokens, words
from desk.views.fonts import sized
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.parts import label

_PAUSE_MS = 120  # typing rests this long before we look
_MOST_SHOWN = 8
VERBS = frozenset("czhs")  # cancel (the next act), wrap up, hand off, say


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A hit, or an act of this screen by name."""

    hit: HitRow | None = None
    action: str = ""
    title: str = ""
    key: str = ""

    @property
    def id(self) -> str:
        """What it is."""
        return self.hit.order_id if self.hit else self.action


def split_verbs(typed: str) -> tuple[str, str]:
    """ "4471 c" is the order 4471 and then C; the words before the verbs find the order."""
    parts = typed.split()
    verbs = ""
    while len(parts) > 1 and parts[-1].lower() in VERBS:
        verbs = parts.pop().lower() + verbs
    return " ".join(parts), verbs


def hit_entry(hit: HitRow) -> Entry:
    """One order found."""
    where = words.word("matched", hit.matched)
    second = [hit.number, hit.phone, hit.shop, hit.title]
    return Entry(
        title=hit.customer or hit.number,
        second=" · ".join(part for part in second if part),
        title_note=f"{words.word('order_state', hit.state.value)} · {where}",
        right=text.money(hit.total),
        right_second=text.moment(hit.created_at),
    )


def _entry(found: Suggestion) -> Entry:
    return hit_entry(found.hit) if found.hit else Entry(title=found.title, right=found.key)


class CallLine(QLineEdit):
    """`typed`: look for this now (local); `wanted(text, verbs)`: Enter without a hit in hand: look everywhere;
    `picked(hit, verbs)`; `action_picked(name)`."""

    typed = Signal(str)
    wanted = Signal(str, str)
    picked = Signal(object, str)
    action_picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "call")
        self.setFixedHeight(32)
        self.setMinimumWidth(260)
        self.setMaximumWidth(tokens.CALL_LINE)
        self._actions: Sequence[Suggestion] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self._model: RowsModel[Suggestion] = RowsModel(lambda found: found.id, _entry, self)
        self._popup = self._build_popup()
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._on_enter)
        self.retranslate()

    def _build_popup(self) -> QFrame:
        popup = QFrame(self.window(), Qt.WindowType.ToolTip)
        popup.setProperty("role", "card")
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = EntryList(self._model, chip_width=0, height=46)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda index: self._pick(self._model.rows[index.row()]))
        self._hint = label(role="small", tone="muted")
        self._hint.setContentsMargins(tokens.M, tokens.XS, tokens.M, tokens.XS)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._hint)
        return popup

    def begin(self) -> None:
        """Ctrl+K."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def know_actions(self, actions: Sequence[Suggestion]) -> None:
        """The acts of this screen, for the palette."""
        self._actions = actions

    def show_hits(self, typed: str, hits: Sequence[HitRow], problem: str = "") -> None:
        """What was found for `typed`; an answer to something typed before is dropped."""
        if typed != split_verbs(self.text())[0] or not self.hasFocus():
            return
        low = typed.lower()
        acts = [act for act in self._actions if low and low in act.title.lower()]
        found = [*(Suggestion(hit=hit) for hit in hits[:_MOST_SHOWN]), *acts[: _MOST_SHOWN - min(len(hits), 4)]]
        self._model.show(found)
        self._list.setVisible(bool(found))
        self._list.setFixedHeight(min(len(found), _MOST_SHOWN) * 46)
        if found:
            self._list.select_row(0)
        hint = self.tr("Enter opens, ↑↓ chooses. A verb behind it acts: “4471 c”.")
        if not found:
            hint = self.tr("Nothing here. Enter asks the centre.")
        self._hint.setText(words.word("refusal", problem) if problem else hint)
        self._popup.resize(max(self.width(), 520), self._list.height() * bool(found) + 28)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()

    @property
    def found(self) -> list[str]:
        """What the popup shows, for tests."""
        return [_entry(row).spoken() for row in self._model.rows]

    def close_popup(self) -> None:
        """Away with it."""
        self._pause.stop()
        self._popup.hide()

    def _on_edited(self, typed: str) -> None:
        if typed.strip():
            self._pause.start()
        else:
            self.close_popup()

    def _look(self) -> None:
        self.typed.emit(split_verbs(self.text())[0])

    def _on_enter(self) -> None:
        self._pause.stop()
        typed, verbs = split_verbs(self.text())
        chosen = self._list.current_row() if self._popup.isVisible() else None
        if chosen is not None:
            self._pick(chosen)
        elif typed:
            self.wanted.emit(typed, verbs)
            self.close_popup()

    def _pick(self, chosen: Suggestion) -> None:
        verbs = split_verbs(self.text())[1]
        self.clear()
        self.close_popup()
        if chosen.hit is not None:
            self.picked.emit(chosen.hit, verbs)
        else:
            self.action_picked.emit(chosen.action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Esc leaves."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup.isVisible():
            self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.close_popup()
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Words by language; losing the focus closes the popup."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        elif event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close_popup()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, a magnifier before it and its key behind."""
        super().paintEvent(event)
        painter = QPainter(self)
        picture = icons.pixmap("lookup", None, tokens.ICON, self.devicePixelRatioF())
        painter.drawPixmap(9, (self.height() - tokens.ICON) // 2, tokens.ICON, tokens.ICON, picture)
        if not self.text():
            font = sized(self.font(), tokens.TINY)
            wide = paint.key_width("Ctrl K", font)
            box = self.rect().adjusted(int(self.width() - wide - 8), 7, -8, -7)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.key_cap(painter, box.toRectF(), "Ctrl K", font)
        painter.end()

    def retranslate(self) -> None:
        """Words."""
        self.setPlaceholderText(self.tr("order · phone · name · pinyin · tracking"))
        self.setAccessibleName(self.tr("Call line"))
