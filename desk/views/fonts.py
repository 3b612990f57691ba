"""The font: the system's where it has one for Chinese, else the one that ships with the desk (OFL)."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from desk.resources_path import resource
from desk.views import tokens

_FILES = ("noto-sans-sc-chinese-simplified-400-normal.woff", "noto-sans-sc-chinese-simplified-700-normal.woff")
_bundled: list[str] = []


def _load_bundled() -> str:
    """Family of the shipped font. Its name differs from file to file and system to system: Qt says what it is."""
    if not _bundled:
        for file in _FILES:
            number = QFontDatabase.addApplicationFont(str(resource("fonts", file)))
            _bundled.extend(QFontDatabase.applicationFontFamilies(number)[:1])
    return _bundled[0] if _bundled else ""


def has_chinese() -> bool:
    """Whether the system can draw Chinese by itself."""
    own = set(_bundled)
    found = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return any(name not in own for name in found)


def base(shipped: bool = False) -> QFont:
    """The application's font, figures all of one width. `shipped`: take ours even where the system has one."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if shipped or not has_chinese():
        family = _load_bundled()
        font.setFamilies([family] if family else [font.family()])
    font.setPixelSize(tokens.BASE)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def sized(font: QFont, size: int, bold: bool = False) -> QFont:
    """The same font in another size, in px."""
    other = QFont(font)
    other.setPixelSize(size)
    other.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return other
