"""The call line and palette (Ctrl+K): finds orders while one types, runs acts by name, takes a verb behind an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desk.services.lookup import MOST_HITS
from desk.services.rows import HitRow
from desk.views import format as text
from desk.views import icons, paint, tokens, words
from desk.views.fonts import sized
from desk.views.lists import Entry, EntryList, RowsModel
from desk.views.palette import Suggestion, matching, shortened
from desk.views.parts import label

_PAUSE_MS = 120  # typing rests this long before we look
_MOST_SHOWN = 8
_ROW = 46
_EVERYWHERE = "everywhere"  # not an act of the table: ask the centre for what is typed
VERBS = frozenset("czhs")  # cancel (the next act), wrap up, hand off, say


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
    if found.hit is not None:
        return hit_entry(found.hit)
    return Entry(title=found.title, second=found.off, right=found.key, dim=bool(found.off))


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
        self._acts: Callable[[], Sequence[Suggestion]] = tuple
        self._shown = ""  # what the popup stands for
        self._before: QWidget | None = None  # where the keyboard was
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
        popup.setProperty("role", "popup")
        popup.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = EntryList(self._model, chip_width=0, height=_ROW)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda index: self._pick(self._model.rows[index.row()]))
        self._list.selectionModel().currentChanged.connect(self._speak)
        self._hint = label(role="small", tone="muted")
        self._hint.setContentsMargins(tokens.M, tokens.XS, tokens.M, tokens.XS)
        layout = QVBoxLayout(popup)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(0)
        layout.addWidget(self._list)
        layout.addWidget(self._hint)
        return popup

    def begin(self) -> None:
        """Ctrl+K: what was typed is typed over; meanwhile the acts of this screen are on offer."""
        self._before = QApplication.focusWidget() if not self.hasFocus() else self._before
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self.text().strip():
            self._look()
        else:
            self._show("", [], "")

    def know_acts(self, acts: Callable[[], Sequence[Suggestion]]) -> None:
        """Where the acts of the screen come from; asked anew whenever they are shown."""
        self._acts = acts

    def show_hits(self, typed: str, hits: Sequence[HitRow], problem: str = "") -> None:
        """What was found for `typed`; an answer to something typed before is dropped."""
        if typed == split_verbs(self.text())[0] and self.hasFocus():
            self._show(typed, [Suggestion(hit=hit) for hit in hits], problem)

    def _show(self, typed: str, hits: Sequence[Suggestion], problem: str) -> None:
        self._shown = typed
        acts = matching(typed, self._acts())
        if acts and typed and not hits:
            title = self.tr("Ask the centre for “{typed}”").format(typed=typed)
            acts.append(Suggestion(action=_EVERYWHERE, title=title))
        found = shortened(hits, acts, _MOST_SHOWN)
        self._model.show(found)
        self._list.setVisible(bool(found))
        self._list.setFixedHeight(min(len(found), _MOST_SHOWN) * _ROW)
        if found:
            ready = next((at for at, one in enumerate(found) if not one.off), 0)
            self._list.select_row(0 if typed else ready)  # what is meant says its reason, rather than the next one acts
        hint = self.tr("Enter opens, ↑↓ chooses. A verb behind it acts: “4471 c”.")
        if len(hits) > MOST_HITS:
            hint = self.tr("Many fit. Type another piece behind it: “{typed} 4471”.").format(typed=typed)
        if not found:
            hint = self.tr("Nothing here. Enter asks the centre.")
        self._hint.setText(words.word("refusal", problem) if problem else hint)
        layout = self._popup.layout()
        if layout is not None:
            layout.activate()  # else the popup keeps the height of what it showed before
        self._popup.resize(max(self.width(), 520), self._list.height() * bool(found) + 28)
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()

    def _speak(self) -> None:
        """What is under the cursor, for a screen reader: the keyboard stays in the line."""
        chosen = self._list.current_row()
        self.setAccessibleDescription(_entry(chosen).spoken() if chosen is not None else "")

    @property
    def found(self) -> list[str]:
        """What the popup shows, for tests."""
        return [_entry(row).spoken() for row in self._model.rows] if self._popup.isVisible() else []

    @property
    def at(self) -> int:
        """Which of them is under the cursor."""
        return self._list.currentIndex().row()

    @property
    def hint(self) -> str:
        """The line below what was found, for tests."""
        return self._hint.text()

    def close_popup(self) -> None:
        """Away with it."""
        self._pause.stop()
        self._popup.hide()

    def _on_edited(self, typed: str) -> None:
        if typed.strip():
            self._pause.start()
        else:
            self._pause.stop()
            self._show("", [], "")

    def _look(self) -> None:
        self.typed.emit(split_verbs(self.text())[0])

    def _on_enter(self) -> None:
        """What is under the cursor; in haste, before the popup is about what is typed, everybody is asked for it."""
        self._pause.stop()
        typed, verbs = split_verbs(self.text())
        chosen = self._list.current_row() if self._popup.isVisible() and self._shown == typed else None
        if chosen is not None:
            self._pick(chosen)
        elif typed:
            self.wanted.emit(typed, verbs)
            self.close_popup()

    def _pick(self, chosen: Suggestion) -> None:
        if chosen.off:
            self._hint.setText(chosen.off)
            return
        typed, verbs = split_verbs(self.text())
        self.clear()
        self.close_popup()
        if chosen.hit is not None:
            self.picked.emit(chosen.hit, verbs)
        elif chosen.action == _EVERYWHERE:
            self.wanted.emit(typed, verbs)
        else:
            self._give_back()
            self.action_picked.emit(chosen.action)

    def _give_back(self) -> None:
        """The keyboard goes where it was."""
        if self._before is not None and isValid(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Esc leaves."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._popup.isVisible():
            self._list.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Down:
            self.begin()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.close_popup()
            self._give_back()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Words by language; losing the focus closes the popup; Esc is ours while one types here."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
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
