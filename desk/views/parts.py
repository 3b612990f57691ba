"""Small parts that every page is built of: labels by role, frames, rows and columns."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desk.views import tokens

_B = TypeVar("_B", bound=QBoxLayout)
_SMALL_ROLES = ("key", "chip", "pill")
# Parts are as wide as there is room, whatever their words: these are elided or wrapped. Without it Qt would take the
# width that they wish for, cut them off at the right, and reckon the height of wrapped words from it.
_NARROWEST = 1
_A_NAME = 160  # px, which a label keeps where there is no room: names of people and things are rarely wider


class View(QWidget):
    """A part that keeps its words apart from its building: `retranslate` runs after a change of language or theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_NARROWEST)

    def retranslate(self) -> None:
        """Set every word and icon anew."""

    def changeEvent(self, event: QEvent) -> None:
        """Language and theme come as events."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.PaletteChange):
            self.retranslate()
        super().changeEvent(event)


def label(text: str = "", role: str = "", tone: str = "", wrap: bool = False) -> QLabel:
    """A label of a role (section, strong, verdict, small, key, pill, chip) in a tone (muted, ok, warn...). On one line
    it may be narrower than its words; with `wrap` it goes on in the next."""
    made = QLabel() if wrap else Elided(least=_A_NAME)
    made.setText(text)
    made.setProperty("role", role)
    made.setProperty("tone", tone)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    if role in _SMALL_ROLES:
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class Elided(QLabel):
    """A label of one line that may be narrower than its words; the tooltip has them all. It gives way before others do:
    `least` px are kept."""

    def __init__(self, role: str = "", tone: str = "", least: int = 40) -> None:
        super().__init__()
        self._least = least
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Shrinks to a few letters."""
        hint = self.sizeHint()
        return QSize(min(self._least, hint.width()), hint.height())

    @property
    def cut(self) -> bool:
        """Whether there is no room for all of its words."""
        return self.width() < self.sizeHint().width()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, elided where there is no room."""
        if not self.cut:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        style = self.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        box = style.subElementRect(QStyle.SubElement.SE_ShapedFrameContents, option, self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, self.alignment() | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """All of its words as the tooltip, where some are cut."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self.cut and not self.toolTip():
            QToolTip.showText(event.globalPos(), self.text(), self)
            return True
        return super().event(event)


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone and let the style sheet look again."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def frame(role: str, layout: QLayout | None = None) -> QFrame:
    """A frame of a role: card, box, band, top, column, side."""
    made = QFrame()
    made.setProperty("role", role)
    made.setMinimumWidth(_NARROWEST)
    if layout is not None:
        made.setLayout(layout)
    return made


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout and let it go."""
    while layout.count():
        item = layout.takeAt(0)
        part = item.widget() if item else None
        if part is not None:
            part.hide()
            part.deleteLater()


def rule() -> QFrame:
    """A thin line across."""
    return frame("rule")


def column(*widgets: QWidget | QLayout | int | None, gap: int = tokens.S, edge: int = 0) -> QVBoxLayout:
    """Widgets below each other; a number is a stretch, None is skipped."""
    return _fill(QVBoxLayout(), widgets, gap, edge)


def row(*widgets: QWidget | QLayout | int | None, gap: int = tokens.S, edge: int = 0) -> QHBoxLayout:
    """Widgets beside each other; a number is a stretch, None is skipped."""
    return _fill(QHBoxLayout(), widgets, gap, edge)


def _fill(box: _B, widgets: tuple[QWidget | QLayout | int | None, ...], gap: int, edge: int) -> _B:
    box.setSpacing(gap)
    box.setContentsMargins(edge, edge, edge, edge)
    for widget in widgets:
        if isinstance(widget, int):
            box.addStretch(widget)
        elif isinstance(widget, QLayout):
            box.addLayout(widget)
        elif widget is not None:
            box.addWidget(widget)
    return box


def bring_into_view(part: QWidget) -> None:
    """Scroll to a part that gets the keyboard without having been tabbed to."""
    above = part.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        above.ensureWidgetVisible(part, 0, tokens.XL)


def scrolled(part: QWidget) -> QScrollArea:
    """The part, scrolled upright where there is no room."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(part)
    part.setMinimumWidth(_NARROWEST)
    area.viewport().setAutoFillBackground(False)
    part.setAutoFillBackground(False)
    return area
