"""Every list: one model of frozen rows, one delegate that paints entries of two lines; never a widget per row."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desk.services.rows import Tone
from desk.views import icons, paint, tokens
from desk.views.fonts import sized

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
_SPOKEN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_R = TypeVar("_R")
_LINE = 19  # height of one of the two lines
_NARROW = 480  # px: in a list narrower than this the title has its line for itself, what is at the right stands below
_SHARE = 0.45  # of a line, which notes and marks get at least where there is no room for all
_KEPT = 80  # pictures of rows: some screens full, 80 KiB each
_NOTE_SHARE = 0.25  # the same of a note behind a title of two lines: what the goods are says less than the trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a row looks like: a chip, two lines, something at the right, an icon before the second line."""

    title: str
    second: str = ""
    chip: str = ""
    tone: Tone = Tone.CALM
    title_note: str = ""
    right: str = ""
    right_second: str = ""
    icon: str = ""
    dim: bool = False
    mark: str = ""  # small words in amber behind the second line

    def spoken(self) -> str:
        """The row for a screen reader."""
        parts = (self.chip, self.title, self.title_note, self.second, self.mark, self.right, self.right_second)
        return ", ".join(part for part in parts if part)


class RowsModel(QAbstractListModel, Generic[_R]):
    """Rows in order, found by their key. A change of one row repaints one row."""

    def __init__(self, key: Callable[[_R], str], entry: Callable[[_R], Entry], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._key, self._entry = key, entry
        self._rows: list[_R] = []

    @property
    def rows(self) -> Sequence[_R]:
        """What is shown."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself under ROW; its words for screen readers and tests."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        found = self._rows[index.row()]
        if role == ROW:
            return found
        if role in _SPOKEN:
            return self._entry(found).spoken()
        return None

    def entry(self, index: Index) -> Entry:
        """What the row at `index` looks like now."""
        return self._entry(self._rows[index.row()])

    def row_of(self, key: str) -> int:
        """Position of a row, -1 where it is not shown."""
        return next((at for at, row in enumerate(self._rows) if self._key(row) == key), -1)

    def show(self, rows: Iterable[_R]) -> None:
        """Show these rows instead, moving as little as can be: equal keys keep their place and are repainted only
        where they differ."""
        fresh = list(rows)
        if [self._key(row) for row in fresh] != [self._key(row) for row in self._rows]:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        for at, row in enumerate(fresh):
            if row != self._rows[at]:
                self.replace(at, row)

    def replace(self, at: int, row: _R) -> None:
        """Put a row in place of the one there: one row is repainted."""
        self._rows[at] = row
        self.dataChanged.emit(self.index(at), self.index(at))

    def append(self, rows: Sequence[_R]) -> None:
        """Add a page at the end."""
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def insert(self, at: int, row: _R) -> None:
        """Add one row."""
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, row)
        self.endInsertRows()

    def remove(self, at: int) -> None:
        """Take one row away."""
        self.beginRemoveRows(QModelIndex(), at, at)
        del self._rows[at]
        self.endRemoveRows()

    def repaint(self) -> None:
        """Paint every visible row anew (language, theme)."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))


class EntryDelegate(QStyledItemDelegate):
    """Paints an Entry. `chip_width` 0 leaves no room for chips; `height` is the row's."""

    def __init__(self, parent: QObject, chip_width: int = 64, height: int = tokens.ROW) -> None:
        super().__init__(parent)
        self._chip_width, self._height = chip_width, height
        self._pictures: OrderedDict[Hashable, QPixmap] = OrderedDict()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height, which keeps long lists fast."""
        return QSize(100, self._height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Each look of a row is drawn once: what is seen again (scrolling, news of other rows) is copied."""
        model, view = index.model(), self.parent()
        if not isinstance(model, RowsModel):
            return
        entry, ratio = model.entry(index), painter.device().devicePixelRatioF()
        current = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        states = option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_HasFocus)
        look = (entry, option.rect.size().toTuple(), ratio, current, states, tokens.is_dark(), option.font.key())
        picture = self._pictures.get(look)
        if picture is None:
            picture = self._pictures[look] = self._drawn(option, entry, ratio, current)
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end(look)
        painter.drawPixmap(option.rect.topLeft(), picture)

    def _drawn(self, option: QStyleOptionViewItem, entry: Entry, ratio: float, current: bool) -> QPixmap:
        """Ground, selection bar, chip, two lines, right side."""
        box = QRectF(QPointF(), option.rect.size().toSizeF())
        picture = QPixmap((box.size() * ratio).toSize())
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, box, current)
        left = box.left() + tokens.M
        small = sized(option.font, tokens.SMALL)
        if self._chip_width:
            chip = QRectF(left, box.center().y() - paint.CHIP_HEIGHT / 2, self._chip_width, paint.CHIP_HEIGHT)
            if entry.chip:
                paint.chip(painter, chip, entry.chip, small, entry.tone)
            left = chip.right() + tokens.S
        room = QRectF(left, box.top(), box.right() - tokens.M - left, box.height())
        if entry.second:
            self._two_lines(painter, option, room, entry, below=box.width() < _NARROW)
        else:
            self._one_line(painter, option, room, entry)
        painter.setPen(QColor(tokens.colours().hair))
        painter.drawLine(int(box.left()), int(box.bottom()) - 1, int(box.right()), int(box.bottom()) - 1)
        painter.end()
        return picture

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, current: bool) -> None:
        now = tokens.colours()
        state = option.state
        if current:
            painter.fillRect(box, QColor(now.accent_ground))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(now.accent))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(now.ground))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(now.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -1.5))

    def _one_line(self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, entry: Entry) -> None:
        now = tokens.colours()
        base, small = sized(option.font, tokens.BASE), sized(option.font, tokens.SMALL)
        title = now.faint if entry.dim else now.text
        took = paint.words(painter, box, entry.right, base, title, right=True) if entry.right else 0.0
        box = box.adjusted(0, 0, -took - tokens.S * bool(took), 0)
        paint.pair(painter, box, (entry.title, base, title), (entry.title_note, small, now.muted), _SHARE)

    def _two_lines(
        self, painter: QPainter, option: QStyleOptionViewItem, box: QRectF, entry: Entry, below: bool
    ) -> None:
        """`below`: what is at the right stands beside the second line, so that the title keeps the first."""
        now = tokens.colours()
        base, small = sized(option.font, tokens.BASE), sized(option.font, tokens.SMALL)
        title = now.faint if entry.dim else now.text
        first, second = _line(box, upper=True), _line(box, upper=False)
        if entry.right_second:
            took = paint.words(painter, second, entry.right_second, small, now.muted, right=True)
            second.adjust(0, 0, -took - tokens.S, 0)
            took = paint.words(painter, first, entry.right, base, title, right=True)
            first.adjust(0, 0, -took - tokens.S, 0)
        elif entry.right:
            took = paint.words(painter, second if below else box, entry.right, base, title, right=True)
            second.adjust(0, 0, -took - tokens.XS, 0)
            first.adjust(0, 0, 0 if below else -took - tokens.S, 0)
        paint.pair(painter, first, (entry.title, base, title), (entry.title_note, small, now.muted), _NOTE_SHARE)
        if entry.icon:
            picture = icons.pixmap(entry.icon, now.muted, 14, painter.device().devicePixelRatioF())
            painter.drawPixmap(int(second.left()), int(second.center().y() - 7), 14, 14, picture)
            second.adjust(18, 0, 0, 0)
        quiet = now.faint if entry.dim else now.muted
        paint.pair(painter, second, (entry.second, small, quiet), (entry.mark, small, now.warn.words), _SHARE)


def _line(box: QRectF, upper: bool) -> QRectF:
    """The place of one of two lines, close around the middle."""
    middle = box.center().y()
    return QRectF(box.left(), middle - _LINE if upper else middle, box.width(), _LINE)


class EntryList(QListView):
    """A list of entries: j and k move as the arrows do."""

    def __init__(
        self, model: RowsModel[Any], chip_width: int = 64, height: int = tokens.ROW, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(EntryDelegate(self, chip_width, height))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        """Paint what changed. QListView would lay out, and so paint, the whole list: its rows might have another height
        now, ours are all of one."""
        QAbstractItemView.dataChanged(self, first, last, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """j, k and the arrows; other letters never search."""
        step = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1}.get(Qt.Key(event.key()))
        if step is not None and not event.modifiers():
            self.step(step)
        elif event.text().strip() and event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def step(self, by: int) -> None:
        """Move the cursor by so many rows."""
        count = self.model().rowCount()
        if count:
            at = self.currentIndex().row()
            self.select_row(0 if at < 0 else max(0, min(count - 1, at + by)))

    def select_row(self, at: int) -> None:
        """Put the cursor there."""
        self.setCurrentIndex(self.model().index(at, 0))

    def current_row(self) -> Any:
        """The row under the cursor, or None."""
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
