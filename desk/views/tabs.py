"""A row of tabs with counts; the one chosen is bold with a line below."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desk.views import paint, tokens
from desk.views.fonts import sized

_HEIGHT = 40


class _Tab(QPushButton):
    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Bold width, so that choosing moves nothing."""
        width = QFontMetricsF(sized(self.font(), tokens.BASE, True)).horizontalAdvance(self.text())
        return QSize(ceil(width) + 4, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Words and line."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        font = sized(self.font(), tokens.BASE, chosen)
        paint.words(painter, QRectF(2, 0, self.width(), _HEIGHT), self.text(), font, now.text if chosen else now.muted)
        if chosen:
            painter.fillRect(QRectF(0, _HEIGHT - 2, self.width(), 2), QColor(now.accent))
        paint.focus_ring(painter, self, QRectF(self.rect()).adjusted(0, 8, 0, -8))
        painter.end()


class Tabs(QWidget):
    """`chosen` gives the key of the tab."""

    chosen = Signal(str)

    def __init__(self, keys: tuple[str, ...], chosen: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._tabs = {key: _Tab(key) for key in keys}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.M - 2)
        for tab in self._tabs.values():
            self._group.addButton(tab)
            layout.addWidget(tab)
        self._tabs[chosen or keys[0]].setChecked(True)
        self._group.buttonClicked.connect(lambda tab: self.chosen.emit(tab.key))

    @property
    def current(self) -> str:
        """Key of the chosen tab."""
        return next(key for key, tab in self._tabs.items() if tab.isChecked())

    def choose(self, key: str) -> None:
        """As if it were clicked."""
        self._tabs[key].click()

    def name(self, names: Mapping[str, str], in_full: Mapping[str, str] | None = None) -> None:
        """Words by key; `in_full`, where there is more to say than there is room for, are the tooltips."""
        for key, words in names.items():
            said = (in_full or names)[key]
            self._tabs[key].setText(words)
            self._tabs[key].setAccessibleName(said)
            self._tabs[key].setToolTip("" if said == words else said)
            self._tabs[key].updateGeometry()

    def step(self) -> None:
        """The next tab."""
        keys = list(self._tabs)
        self.choose(keys[(keys.index(self.current) + 1) % len(keys)])
