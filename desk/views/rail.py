"""The rail: one button per page, icon over label, with a badge; it shows only what works for this person."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desk.views import icons, paint, tokens
from desk.views.fonts import sized
from desk.views.parts import View

_SIDE, _HEIGHT = 54, 46
_MOST = 99


class RailButton(QPushButton):
    """Icon, label, badge, and its key in the tooltip."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self._badge = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(_SIDE, _HEIGHT)

    @property
    def badge(self) -> int:
        """The number on it."""
        return self._badge

    def set_badge(self, count: int) -> None:
        """0 shows none."""
        self._badge = count
        self.update()

    def sizeHint(self) -> QSize:
        """Fixed."""
        return QSize(_SIDE, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground where chosen; icon, label, badge."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_ground if chosen else now.ground))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 0, -3, 0), tokens.RADIUS, tokens.RADIUS)
        colour = now.accent if chosen else now.muted
        size = tokens.ICON_LARGE
        picture = icons.pixmap(self.name, colour, size, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, 5, size, size, picture)
        painter.setPen(QColor(colour))
        painter.setFont(sized(self.font(), tokens.TINY))
        painter.drawText(QRectF(0, 26, self.width(), 16), Qt.AlignmentFlag.AlignCenter, self.text())
        if self._badge:
            self._paint_badge(painter, str(self._badge) if self._badge <= _MOST else f"{_MOST}+")
        paint.focus_ring(painter, self, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_badge(self, painter: QPainter, said: str) -> None:
        now = tokens.colours()
        wide = max(16.0, 8.0 + 6.5 * len(said))
        box = QRectF(self.width() - wide - 2, 2, wide, 15)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.danger.words))
        painter.drawRoundedRect(box, 7.5, 7.5)
        painter.setPen(QColor(now.surface))
        painter.setFont(sized(self.font(), tokens.TINY - 1, bold=True))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)


class Rail(View):
    """`chosen` gives the page."""

    chosen = Signal(str)

    def __init__(self, pages: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(tokens.RAIL)
        frame = QFrame()
        frame.setProperty("role", "column")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, tokens.S, 0, tokens.S)
        inside.setSpacing(tokens.XS)
        self.buttons = {name: RailButton(name) for name in pages}
        for name, button in self.buttons.items():
            if name == "status":
                inside.addStretch(1)
            inside.addWidget(button)
            button.clicked.connect(lambda _=False, name=name: self.chosen.emit(name))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)

    def choose(self, page: str) -> None:
        """Light a page's button."""
        for name, button in self.buttons.items():
            button.setChecked(name == page)

    def allow(self, pages: Iterable[str]) -> None:
        """Show these alone."""
        allowed = set(pages)
        for name, button in self.buttons.items():
            button.setVisible(name in allowed)

    def name(self, names: dict[str, tuple[str, str]]) -> None:
        """(label, key) by page."""
        for page, (said, key) in names.items():
            button = self.buttons[page]
            button.setText(said)
            button.setToolTip(f"{said}  {key}")
            button.setAccessibleName(said)
            button.update()
