"""Buttons that say the act and show its key; painted, so that the key hint sits inside them."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QWidget

from desk.services.rows import Allowed
from desk.views import paint, tokens
from desk.views.fonts import sized

_LEAST = 120  # px, which a button keeps where there is no room


class KeyButton(QPushButton):
    """Words with a key hint behind them. Role "plain", "primary" or "quiet" (no frame until it is needed)."""

    def __init__(self, text: str = "", key: str = "", role: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._key = key
        self._role = role
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def key(self) -> str:
        """The key shown."""
        return self._key

    def set_key(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.updateGeometry()
        self.update()

    def _fonts(self) -> tuple[QFont, QFont]:
        return sized(self.font(), tokens.BASE, self._role == "primary"), sized(self.font(), tokens.TINY)

    def _extra(self) -> int:
        """Width of icon and key with their gaps."""
        key = ceil(paint.key_width(self._key, self._fonts()[1])) + tokens.S if self._key else 0
        return key + (0 if self.icon().isNull() else tokens.ICON + tokens.XS)

    def event(self, event: QEvent) -> bool:
        """All of its words as the tooltip, where some are cut."""
        asked = isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip
        if asked and not self.toolTip() and self.width() < self.sizeHint().width():
            QToolTip.showText(event.globalPos(), self.text(), self)  # type: ignore[attr-defined]
            return True
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one click."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the keyboard, whatever the panel around it does with Enter; a key that is
        held down is one press. Qt itself does so in dialogs alone."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as words and key need."""
        edge = tokens.S if self._role == "quiet" else tokens.S + 2
        words = ceil(QFontMetricsF(self._fonts()[0]).horizontalAdvance(self.text())) + 1
        width = words + self._extra() + 2 * edge
        return QSize(width, tokens.BUTTON_LARGE if self._role == "primary" else tokens.BUTTON)

    def minimumSizeHint(self) -> QSize:
        """May shrink; the words are elided then."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), _LEAST), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, frame, icon, words, key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line, colour = self.shades()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._role != "quiet" or self.underMouse():
            painter.setPen(QPen(QColor(line), 1))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        paint.focus_ring(painter, self, box)
        self._paint_inside(painter, colour)
        painter.end()

    def shades(self) -> tuple[str, str, str]:
        """Ground, line and words for the state it is in."""
        now = tokens.colours()
        if not self.isEnabled():
            return now.ground, now.line, now.faint
        if self._role == "primary":
            return now.accent, now.accent, now.on_accent
        hover = self.underMouse() or self.isDown()
        return (now.accent_ground if hover else now.surface), (now.accent if hover else now.line), now.text

    def _paint_inside(self, painter: QPainter, colour: str) -> None:
        font, key_font = self._fonts()
        metrics = QFontMetricsF(font)
        extra = self._extra()
        room = self.width() - 2 * tokens.S - extra
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        wide = metrics.horizontalAdvance(shown)
        left = (self.width() - wide - extra) / 2
        if not self.icon().isNull():
            self.icon().paint(painter, int(left), (self.height() - tokens.ICON) // 2, tokens.ICON, tokens.ICON)
            left += tokens.ICON + tokens.XS
        paint.words(painter, QRectF(left, 0, wide + 1, self.height()), shown, font, colour)
        if self._key:
            top = (self.height() - paint.KEY_HEIGHT) / 2
            cap = QRectF(left + wide + tokens.S, top, paint.key_width(self._key, key_font), paint.KEY_HEIGHT)
            paint.key_cap(painter, cap, self._key, key_font, self.isEnabled())


class ActButton(KeyButton):
    """The primary act. Where money leaves for good it asks for a second key: the first press arms it and shows the
    consequence, Enter does it, Esc or leaving it puts it back."""

    done = Signal()  # pressed for good

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", key, "primary", parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._words, self._armed_words, self._plain_key = "", "", key
        self._about = ""
        self._second = False
        self._armed = False
        self._off = False
        self.clicked.connect(self._on_clicked)

    def set_off(self, off: bool) -> None:
        """Nothing to do now: painted so, but the keyboard may stay here."""
        self._off = off
        if off and self._armed:
            self._arm(False)
        self.update()

    @property
    def off(self) -> bool:
        """Whether pressing it does nothing."""
        return self._off or not self.isEnabled()

    @property
    def armed(self) -> bool:
        """Whether the next Enter does it."""
        return self._armed

    def offer(self, words: str, armed_words: str, second_key: bool, about: str = "") -> None:
        """Say the act; `armed_words` are shown after the first of two keys. News that leave the very same act for what
        it is `about` (a case) leave it armed."""
        said = (words, armed_words, second_key, about)
        if self._armed and said == (self._words, self._armed_words, self._second, self._about):
            return
        self._words, self._armed_words, self._second, self._about = said
        self._arm(False)

    def press(self) -> None:
        """The act's own key: it never is the second key as well, so C pressed twice leaves money where it is."""
        if not self._armed:
            self.click()

    def _on_clicked(self) -> None:
        if self._off:
            return
        if self._second and not self._armed:
            self._arm(True)
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self._arm(False)
            self.done.emit()

    def _arm(self, armed: bool) -> None:
        self._armed = armed
        self.setText(self._armed_words if armed else self._words)
        self.setAccessibleName(self.text())
        self.set_key("Enter" if armed else self._plain_key)

    def shades(self) -> tuple[str, str, str]:
        """Red while armed, grey while off."""
        now, pair = tokens.colours(), tokens.colours().danger
        if self._off:
            return now.ground, now.line, now.faint
        return (pair.words, pair.words, tokens.colours().surface) if self._armed else super().shades()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, Esc puts back; a key that is held down is one press. Ctrl+Enter is a panel's own key: it arms,
        and is never the second key as well."""
        if event.isAutoRepeat():
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Escape and self._armed:
            self._arm(False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Looking elsewhere puts it back."""
        if self._armed and event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._arm(False)
        super().focusOutEvent(event)


class OfferButton(QPushButton):
    """One compensation: its key, its name, and below it the cost, whose approval it needs, or why it is off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key, self._note = "", ""
        self._allowed = Allowed.FREE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def note(self) -> str:
        """The second line."""
        return self._note

    @property
    def allowed(self) -> Allowed:
        """Whether it may be pressed."""
        return self._allowed

    def offer(self, key: str, name: str, note: str, allowed: Allowed) -> None:
        """Show an offer."""
        self._key, self._note, self._allowed = key, note, allowed
        self.setText(name)
        self.setEnabled(allowed != Allowed.OFF)
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"{name}. {note}")
        self.setToolTip(f"{name}\n{note}".strip())
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is one click."""
        event.accept()

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(120, 52)

    def minimumSizeHint(self) -> QSize:
        """Shrinks sideways."""
        return QSize(60, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground by what is allowed, then the two lines."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, line, title, note = now.surface, now.line, now.text, now.muted
        if self._allowed is Allowed.APPROVAL:
            ground, line, note = now.warn.ground, now.warn.line, now.warn.words
        elif self._allowed is Allowed.OFF:
            ground, title, note = now.ground, now.faint, now.faint
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            line = now.accent
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        paint.focus_ring(painter, self, box)
        base, small, tiny = (sized(self.font(), size) for size in (tokens.BASE, tokens.SMALL, tokens.TINY))
        wide = paint.key_width(self._key, tiny)
        paint.key_cap(painter, QRectF(10, 7, wide, paint.KEY_HEIGHT), self._key, tiny, self.isEnabled())
        room = self.width() - wide - 10 - tokens.S - 6
        paint.words(painter, QRectF(10 + wide + 6, 6, room, 20), self.text(), base, title)
        paint.words(painter, QRectF(10, 28, self.width() - 16, 18), self._note, small, note)
        painter.end()


class ChipButton(QPushButton):
    """One of several small choices; chosen it is filled, and says so with a tick as well as with colour."""

    def __init__(self, text: str, chosen: bool, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setChecked(chosen)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def _said(self) -> str:
        return f"✓ {self.text()}" if self.isChecked() else self.text()

    def nextCheckState(self) -> None:
        """Chosen is what the case says, not what was clicked: it is shown once the act is kept."""

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = ceil(QFontMetricsF(sized(self.font(), tokens.SMALL)).horizontalAdvance(self._said))
        return QSize(width + 2 * 10, tokens.CHIP)

    def minimumSizeHint(self) -> QSize:
        """May shrink; the words are elided then."""
        return QSize(min(48, self.sizeHint().width()), tokens.CHIP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A round frame with its words."""
        now = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(now.accent if chosen or self.underMouse() else now.line), 1))
        painter.setBrush(QColor(now.accent_ground if chosen else now.surface))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        paint.focus_ring(painter, self, box)
        font = sized(self.font(), tokens.SMALL)
        paint.words(painter, box.adjusted(10, 0, -8, 0), self._said, font, now.accent if chosen else now.text)
        painter.end()
