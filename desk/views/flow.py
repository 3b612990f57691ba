"""A layout that puts parts beside each other and goes on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from desk.views import tokens
from desk.views.parts import set_tone


class _Words(QLabel):
    """As wide as its words where there is room, else wrapped."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "small")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """One line. QLabel would choose a width of its own."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(min(60, self.sizeHint().width()), self.fontMetrics().height())


class Words(QWidget):
    """Short stretches of words beside each other, wrapped; what did not change is not touched."""

    def __init__(self, gap: int = tokens.XL) -> None:
        super().__init__()
        self._flow = Flow(gap)
        self.setLayout(self._flow)
        self._said: list[tuple[str, str]] = []
        self._labels: list[QLabel] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def said(self) -> list[str]:
        """What it says."""
        return [words for words, _ in self._said]

    def say(self, said: list[tuple[str, str]]) -> None:
        """(words, tone) each."""
        if said == self._said:
            return
        self._said = said
        while len(self._labels) < len(said):
            self._labels.append(_Words())
            self._flow.addWidget(self._labels[-1])
        for part, (words, tone) in zip(self._labels, said, strict=False):
            part.setText(words)
            set_tone(part, tone)
        for at, part in enumerate(self._labels):
            part.setVisible(at < len(said))
        self.setVisible(bool(said))
        self._flow.invalidate()
        self.updateGeometry()


class Flow(QLayout):
    """Left to right, wrapped; `gap` between parts, `line_gap` between lines."""

    def __init__(self, gap: int = tokens.XL, line_gap: int = tokens.XS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gap, self._line_gap = gap, line_gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt."""
        self._items.append(item)

    def count(self) -> int:
        """Qt."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Qt."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Qt."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def clear(self) -> None:
        """Take every part away and let it go."""
        while self._items:
            part = self._items.pop().widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """Never grows by itself."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Qt."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        """The least."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Room for the widest part, where that is not wrapped."""
        size = QSize()
        for item in (one for one in self._items if not one.isEmpty()):
            size = size.expandedTo(item.minimumSize())
        return size

    def _arrange(self, rect: QRect, move: bool) -> int:
        left, top, height = rect.left(), rect.top(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if hint.width() > rect.width() and item.hasHeightForWidth():
                hint = QSize(rect.width(), item.heightForWidth(rect.width()))
            hint = hint.boundedTo(QSize(max(rect.width(), 1), 10_000))
            if left > rect.left() and left + hint.width() > rect.right() + 1:
                left, top, height = rect.left(), top + height + self._line_gap, 0
            if move:
                item.setGeometry(QRect(QPoint(left, top), hint))
            left += hint.width() + self._gap
            height = max(height, hint.height())
        return top + height - rect.top()
