"""Strokes shared by everything that is painted: key caps, chips, focus rings, elided words."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QWidget

from desk.services.rows import Tone
from desk.views import tokens

KEY_HEIGHT = 18
CHIP_HEIGHT = 20


def key_width(key: str, font: QFont) -> float:
    """How wide a key cap is; 0 where there is no key."""
    return QFontMetricsF(font).horizontalAdvance(key) + 10 if key else 0.0


def key_cap(painter: QPainter, box: QRectF, key: str, font: QFont, enabled: bool = True) -> None:
    """A key cap with its letter."""
    now = tokens.colours()
    painter.setPen(QPen(QColor(now.line), 1))
    painter.setBrush(QColor(now.surface if enabled else now.ground))
    inner = box.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(inner, tokens.CHIP_RADIUS, tokens.CHIP_RADIUS)
    painter.drawLine(inner.bottomLeft() + QPointF(3, -1), inner.bottomRight() + QPointF(-3, -1))
    painter.setFont(font)
    painter.setPen(QColor(now.muted if enabled else now.faint))
    painter.drawText(inner.adjusted(0, 0, 0, -1), Qt.AlignmentFlag.AlignCenter, key)


def chip(painter: QPainter, box: QRectF, words: str, font: QFont, tone: Tone) -> None:
    """Words on their meaning's ground."""
    pair = tokens.colours().of(tone)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(pair.ground))
    painter.drawRoundedRect(box, tokens.CHIP_RADIUS, tokens.CHIP_RADIUS)
    painter.setPen(QColor(pair.words))
    painter.setFont(font)
    shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width() - 4)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def focus_ring(painter: QPainter, widget: QWidget, box: QRectF) -> None:
    """Where the keyboard is."""
    if not widget.hasFocus():
        return
    now = tokens.colours()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(now.accent), 2))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), tokens.RADIUS, tokens.RADIUS)
    painter.setPen(QPen(QColor(now.surface), 1))
    painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), tokens.RADIUS - 1, tokens.RADIUS - 1)


def words(painter: QPainter, box: QRectF, text: str, font: QFont, colour: str, right: bool = False) -> float:
    """One line, elided where it does not fit; returns the width it took."""
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, box.width()))
    painter.setFont(font)
    painter.setPen(QColor(colour))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)


Stretch = tuple[str, QFont, str]  # words, font, colour


def pair(painter: QPainter, box: QRectF, first: Stretch, then: Stretch, share: float, gap: float = 6) -> None:
    """Two stretches of words on one line, the second close behind the first. Where there is no room for both, the
    second keeps at least its `share` of the line: a mark says more than the end of a long name."""
    behind = QFontMetricsF(then[1]).horizontalAdvance(then[0]) + gap if then[0] else 0.0
    before = QFontMetricsF(first[1]).horizontalAdvance(first[0])
    kept = min(behind, max(box.width() * share, box.width() - before))
    took = words(painter, box.adjusted(0, 0, -kept, 0), *first)
    if then[0]:
        words(painter, box.adjusted(took + gap, 0, 0, 0), *then)
