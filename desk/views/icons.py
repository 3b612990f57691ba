"""Icons of one family (Material Design Icons, from a font of ours), coloured by the tokens in force."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont

from desk.resources_path import resource
from desk.views import tokens

# Where each sign is in the font. A new one: its code from the family's own list, and the font cut out anew, e.g. by
# `pyftsubset materialdesignicons-webfont.ttf --unicodes=U+F0279,... --no-hinting` of fonttools.
NAMES = {
    "queue": 0xF0279,  # format-list-bulleted
    "lookup": 0xF0349,  # magnify
    "approvals": 0xF1740,  # check-decagram-outline
    "attention": 0xF05D6,  # alert-circle-outline
    "tasks": 0xF08A8,  # clipboard-check-outline
    "admin": 0xF1371,  # account-cog-outline
    "status": 0xF08BB,  # cog-outline
    "desk": 0xF02CE,  # headset
    "app": 0xF011C,  # cellphone
    "hotline": 0xF0DF0,  # phone-outline
    "chat": 0xF0EDE,  # chat-outline
    "store": 0xF10C1,  # storefront-outline
    "system": 0xF009C,  # bell-outline
    "lock": 0xF0341,  # lock-outline
    "person": 0xF0013,  # account-outline
    "light": 0xF0599,  # weather-sunny
    "dark": 0xF0594,  # weather-night
    "down": 0xF0140,  # chevron-down
    "copy": 0xF018F,  # content-copy
    "send": 0xF036A,  # message-text-outline
    "said": 0xF05CB,  # account-voice
    "parcel": 0xF03D7,  # package-variant-closed
    "payment": 0xF019B,  # credit-card-outline
    "stock": 0xF0F81,  # warehouse
    "service": 0xF02CE,  # headset
    "order": 0xF19DC,  # receipt-text-outline
    "money": 0xF0A9C,  # cash-refund
    "empty": 0xF1274,  # inbox-outline
    "error": 0xF09E0,  # cloud-alert
    "loading": 0xF0996,  # progress-clock
    "review": 0xF127B,  # account-eye-outline
    "flag": 0xF0717,  # snowflake
    "close": 0xF0156,  # close
    "filter": 0xF0236,  # filter-variant
    "more": 0xF01D8,  # dots-horizontal
    "add": 0xF0415,  # plus
    "ok": 0xF05E1,  # check-circle-outline
    "waiting": 0xF0150,  # clock-outline
    "eye": 0xF06D0,  # eye-outline
    "theme": 0xF050E,  # theme-light-dark
}
_UNITS = 256  # px at which outlines are read: they are scaled from there
_FILLED = 0.875  # of the height that is given: the family keeps a margin around its signs


class _Sign(QIconEngine):
    """One sign in one colour, drawn as an outline in whatever size is asked for. Grey where it is disabled."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def clone(self) -> QIconEngine:
        return _Sign(self._name, self._colour)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        scale = rect.height() * _FILLED / _UNITS
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(QRectF(rect).center())
        painter.scale(scale, scale)
        colour = tokens.colours().dot if mode == QIcon.Mode.Disabled else self._colour
        painter.fillPath(_outline(self._name), QColor(colour))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return made


@lru_cache(maxsize=1)
def _font() -> QRawFont:
    return QRawFont(str(resource("icons", "signs.ttf")), _UNITS)


@lru_cache(maxsize=len(NAMES))
def _outline(name: str) -> QPainterPath:
    """The sign's outline around the middle of its square."""
    (glyph,) = _font().glyphIndexesForString(chr(NAMES[name]))
    return _font().pathForGlyph(glyph).translated(-_UNITS / 2, (_font().ascent() - _font().descent()) / 2)


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon in a colour (muted unless said); made anew after a change of theme."""
    return QIcon(_Sign(name, colour or tokens.colours().muted))


def pixmap(name: str, colour: str | None = None, size: int = tokens.ICON, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` px, sharp on a screen of this pixel ratio."""
    return _drawn(name, colour or tokens.colours().muted, size, ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Drawing a glyph takes as long as painting the rest of a row: each picture is drawn once."""
    return icon(name, colour).pixmap(QSize(size, size), ratio)
