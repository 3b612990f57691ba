"""The sheet of keys for this screen (?), painted over it; any key closes it."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desk.views import actions, paint, tokens
from desk.views.fonts import sized

_LINE, _COLUMN, _KEY, _TITLE = 24, 372, 84, 24
_SHADE = 150
_DIGITS = {"give": "1–9", "option": "Alt 1–9"}


class KeysSheet(QWidget):
    """Covers its window while it is shown."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._acts: list[actions.Act] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    @property
    def lines(self) -> list[tuple[str, str]]:
        """(key, words) as shown; nine keys that differ by their digit are one line."""
        rest = {f"{name}.{n}" for name in _DIGITS for n in range(2, 10)}
        return [
            (_DIGITS.get(act.name.removesuffix(".1"), act.key) if act.name.endswith(".1") else act.key, act.said)
            for act in self._acts
            if act.name not in rest
        ]

    def open(self, page: str) -> None:
        """Show the keys of a page."""
        self._acts = actions.of_page(page)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect())
        self.setAccessibleName(", ".join(f"{key} {said}" for key, said in self.lines))
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key closes it."""
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """So does a click."""
        self.hide()

    def event(self, event: QEvent) -> bool:
        """No key goes through to the acts behind."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A shade, a card, and on it as many columns as the height asks for."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QColor(now.ground)
        shade.setAlpha(_SHADE + 60)
        painter.fillRect(self.rect(), shade)
        card, width, deep = self._layout()
        painter.setPen(QPen(QColor(now.line), 1))
        painter.setBrush(QColor(now.surface))
        painter.drawRoundedRect(card, tokens.RADIUS, tokens.RADIUS)
        inner = card.adjusted(tokens.XL, tokens.L, -tokens.XL, -tokens.L)
        title = sized(self.font(), tokens.SECTION, bold=True)
        paint.words(painter, QRectF(inner.left(), inner.top(), inner.width(), _TITLE), self.tr("Keys"), title, now.text)
        for at, (key, said) in enumerate(self.lines):
            left = inner.left() + (at // deep) * (width + tokens.L)
            top = inner.top() + _TITLE + tokens.S + (at % deep) * _LINE
            self._paint_line(painter, QRectF(left, top, width, _LINE), key, said)
        painter.end()

    def _layout(self) -> tuple[QRectF, float, int]:
        """The card, the width of a column, and how many lines one holds."""
        count = max(1, len(self.lines))
        room = self.height() - 2 * tokens.XL - 2 * tokens.L - _TITLE - tokens.S
        columns = max(2, ceil(count / max(1, int(room // _LINE))))
        deep = ceil(count / columns)
        width = min(float(_COLUMN), (self.width() - 4 * tokens.XL - (columns - 1) * tokens.L) / columns)
        size = QSizeF(
            columns * width + (columns - 1) * tokens.L + 2 * tokens.XL,
            deep * _LINE + _TITLE + tokens.S + 2 * tokens.L,
        )
        corner = QPointF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2)
        return QRectF(corner, size), width, deep

    def _paint_line(self, painter: QPainter, box: QRectF, key: str, said: str) -> None:
        font = sized(self.font(), tokens.TINY)
        cap = QRectF(box.left(), box.top() + 4, max(22.0, paint.key_width(key, font)), paint.KEY_HEIGHT)
        paint.key_cap(painter, cap, key, font)
        words_box = box.adjusted(max(_KEY, cap.width() + tokens.S), 0, 0, 0)
        paint.words(painter, words_box, said, sized(self.font(), tokens.BASE), tokens.colours().text)
