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
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


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
