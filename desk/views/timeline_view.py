"""The timeline: payment, stock, parcel, service and money facts in one list, newest first, with a filter."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from desk.services.rows import Choice, RowState, TimelineRow
from desk.views import format as text
from desk.views import paint, tokens, words
from desk.views.buttons import KeyButton
from desk.views.fonts import sized
from desk.views.lists import ROW, Entry, Index, RowsModel
from desk.views.menus import open_choices
from desk.views.parts import View, frame, label, row
from desk.views.state_view import StateView

_HEIGHT, _TIME = 23, 106
_FACE = 132  # height of the words where there is nothing


class _LineDelegate(QStyledItemDelegate):
    """Time, dot, words, who."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(100, _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        fact = index.data(ROW)
        now = tokens.colours()
        box = QRectF(option.rect)
        newest = index.row() == 0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = sized(option.font, tokens.SMALL)
        paint.words(painter, QRectF(box.left(), box.top(), _TIME, box.height()), text.moment(fact.at), small, now.muted)
        dot = _dot(fact, newest)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(dot))
        painter.drawEllipse(QRectF(box.left() + _TIME + 2, box.center().y() - 4, 8, 8))
        rest = QRectF(box.left() + _TIME + 20, box.top(), box.width() - _TIME - 20, box.height())
        wide = paint.words(painter, rest, words.person(fact.by), small, now.muted, right=True)
        rest.setRight(rest.right() - wide - tokens.S)
        paint.words(painter, rest, sentence(fact), small, now.text if newest else now.muted)
        painter.restore()


def _dot(fact: TimelineRow, newest: bool) -> str:
    now = tokens.colours()
    if fact.state in (RowState.WAITING, RowState.UNKNOWN, RowState.NEEDS_APPROVAL):
        return now.warn.words
    if fact.state is RowState.REFUSED:
        return now.danger.words
    return now.accent if newest else now.dot


def sentence(fact: TimelineRow) -> str:
    """The fact in words; what it was is said before data of its own."""
    known = words.has("step", fact.code)  # what other systems told may have a code of theirs
    said = words.step(fact.code, fact.data, fact.label) if known else fact.code.replace("_", " ")
    if fact.code == "scan" and fact.data.get("scan"):
        said = words.word("parcel_scan", str(fact.data["scan"]))
    if fact.text:
        said = text.labelled(said, fact.text) if known else fact.text
    if fact.state is not RowState.DONE:
        said += f" · {words.word('row_state', fact.state.value)}"
    return f"{words.word('area', fact.area)} · {said}"


def _entry(fact: TimelineRow) -> Entry:
    return Entry(title=sentence(fact), chip=text.moment(fact.at), right=fact.by)


class TimelineView(View):
    """The card; fills what room is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TimelineRow, ...] = ()
        self._area = ""
        self._title = label(role="section")
        self._which = KeyButton(key="F", role="quiet")
        self._which.clicked.connect(self.pick_area)
        self._model: RowsModel[TimelineRow] = RowsModel(lambda fact: f"{fact.at}{fact.code}{fact.text}", _entry, self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_LineDelegate(self._list))
        self._list.setUniformItemSizes(True)
        self._list.setSelectionMode(QListView.SelectionMode.NoSelection)
        self._list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._list.setMinimumHeight(4 * _HEIGHT)
        self._state = StateView(self._list)
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.S)
        inside.setSpacing(tokens.XS)
        inside.addLayout(row(self._title, self._which, 1))
        inside.addWidget(self._state)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.retranslate()

    @property
    def model(self) -> RowsModel[TimelineRow]:
        """What is shown."""
        return self._model

    def show_facts(self, rows: tuple[TimelineRow, ...]) -> None:
        """Show these facts, newest first."""
        self._rows = rows
        self._refilter()

    def pick_area(self) -> None:
        """Offer the areas."""
        areas = ("", *sorted({fact.area for fact in self._rows}))
        choices = [Choice(key=area, names={"en": self._area_words(area)}) for area in areas]
        open_choices(self._which, choices, self.filter)

    def filter(self, area: str) -> None:
        """Show one area alone; '' shows all."""
        self._area = area
        self._refilter()

    def _refilter(self) -> None:
        shown = [fact for fact in self._rows if self._area in ("", fact.area)]
        self._model.show(shown)
        self._state.show_content(len(shown))
        self._state.setMinimumHeight(0 if shown else _FACE)
        self.retranslate()

    def _area_words(self, area: str) -> str:
        return words.word("area", area) if area else self.tr("All")

    def retranslate(self) -> None:
        """Words; rows are painted anew."""
        self._title.setText(self.tr("Timeline"))
        self._which.setText(self._area_words(self._area))
        self._list.setAccessibleName(self.tr("Timeline"))
        self._state.set_empty(
            self.tr("Nothing yet"), self.tr("Payments, parcels and what is done here appear by themselves.")
        )
        self._model.repaint()
