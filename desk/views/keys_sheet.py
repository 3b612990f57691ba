"""The sheet of keys for this screen (?), painted over it; any key closes it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from desk.views import actions, paint, tokens
from desk.views.fonts import sized

_LINE, _COLUMN, _KEY = 26, 300, 92
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
        """A shade, a card, two columns."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = QColor(now.ground)
        shade.setAlpha(_SHADE + 60)
        painter.fillRect(self.rect(), shade)
        lines = self.lines
        half = (len(lines) + 1) // 2
        width, height = 2 * _COLUMN + 3 * tokens.XL, half * _LINE + 3 * tokens.XL + 20
        card = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(QColor(now.line), 1))
        painter.setBrush(QColor(now.surface))
        painter.drawRoundedRect(card, tokens.RADIUS, tokens.RADIUS)
        title = sized(self.font(), tokens.SECTION, bold=True)
        top = card.top() + tokens.L
        paint.words(painter, QRectF(card.left() + tokens.XL, top, width, 24), self.tr("Keys"), title, now.text)
        for at, (key, said) in enumerate(lines):
            left = card.left() + tokens.XL + (at // half) * (_COLUMN + tokens.XL)
            self._paint_line(painter, QRectF(left, top + 34 + (at % half) * _LINE, _COLUMN, _LINE), key, said)
        painter.end()

    def _paint_line(self, painter: QPainter, box: QRectF, key: str, said: str) -> None:
        font = sized(self.font(), tokens.TINY)
        cap = QRectF(box.left(), box.top() + 4, max(22.0, paint.key_width(key, font)), paint.KEY_HEIGHT)
        paint.key_cap(painter, cap, key, font)
        words_box = box.adjusted(_KEY, 0, 0, 0)
        paint.words(painter, words_box, said, sized(self.font(), tokens.BASE), tokens.colours().text)
