"""Every colour, size and font weight of the desk, for light and dark: the only place where they are written."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from PySide6.QtGui import QColor

from desk.services.rows import Tone


@dataclass(frozen=True, slots=True)
class Pair:
    """A meaning as colours: words on a ground, with a line around it. Contrast of words to ground is >= 4.5:1."""

    words: str
    ground: str
    line: str


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme."""

    ground: str
    surface: str
    line: str
    hair: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    accent_ground: str
    dot: str
    ok: Pair
    warn: Pair
    danger: Pair
    calm: Pair

    def of(self, tone: Tone) -> Pair:
        """The colours of a meaning."""
        pairs = {Tone.OK: self.ok, Tone.WARN: self.warn, Tone.DANGER: self.danger, Tone.CALM: self.calm}
        return pairs[tone]


LIGHT = Colours(
    ground="#F5F6F8",
    surface="#FFFFFF",
    line="#E2E5EA",
    hair="#EEF0F3",
    text="#1A1D23",
    muted="#5F6875",
    faint="#656E7A",
    accent="#2563EB",
    on_accent="#FFFFFF",
    accent_ground="#EAF1FE",
    dot="#9AA3AF",
    ok=Pair("#0B7A4B", "#E9F7F0", "#BFE5D1"),
    warn=Pair("#8F5300", "#FFF6E0", "#EBCF8B"),
    danger=Pair("#B42318", "#FDECEA", "#F3C4BF"),
    calm=Pair("#5F6875", "#F5F6F8", "#E2E5EA"),
)
DARK = Colours(
    ground="#15171B",
    surface="#1D2025",
    line="#2C3038",
    hair="#262A31",
    text="#E8EAED",
    muted="#9AA3AF",
    faint="#8A93A0",
    accent="#6EA0FF",
    on_accent="#0E1116",
    accent_ground="#1F2A40",
    dot="#5A6270",
    ok=Pair("#5BD09A", "#15291F", "#25573F"),
    warn=Pair("#F0BE5A", "#2C2412", "#5E4A1B"),
    danger=Pair("#FF8A7E", "#341B19", "#6B2F2A"),
    calm=Pair("#9AA3AF", "#23272D", "#343942"),
)
THEMES = {"light": LIGHT, "dark": DARK}

# Spacing 4-8-12-16-24, radius 6, lines 1 px (UI.md).
XS, S, M, L, XL = 4, 8, 12, 16, 24
RADIUS = 6
CHIP_RADIUS = 4

TINY, SMALL, BASE, SECTION, VERDICT = 11, 12, 13, 15, 20  # type, px
NORMAL, BOLD = 400, 700

ICON, ICON_LARGE = 16, 20
RAIL, TOP_BAR, QUEUE, SIDE = 56, 48, 330, 372  # widths of the columns, height of the bar
ROW, ROW_THIN = 56, 32  # heights of list rows
BUTTON, BUTTON_LARGE, CHIP = 30, 36, 26
QUEUE_SMALL, SIDE_SMALL, SMALL_WINDOW = 304, 347, 1340
CALL_LINE = 560
TASK_CARD = 420

_current = LIGHT


def colours() -> Colours:
    """The colours in force; painters ask each time they paint."""
    return _current


def colour(value: str) -> QColor:
    """A token as a QColor."""
    return QColor(value)


def use(theme: str) -> Colours:
    """Make a theme the one in force (views.theme tells the widgets)."""
    global _current
    _current = THEMES[theme]
    return _current


def is_dark() -> bool:
    """Whether the dark theme is in force."""
    return _current is DARK


def names() -> dict[str, str]:
    """Every token by name, for the style sheet: surface, ok_words, m, base..."""
    found: dict[str, str] = {}
    for name, value in asdict(_current).items():
        if isinstance(value, dict):
            found |= {f"{name}_{part}": colour_ for part, colour_ in value.items()}
        else:
            found[name] = value
    sizes = {"xs": XS, "s": S, "m": M, "l": L, "xl": XL, "radius": RADIUS, "chip": CHIP_RADIUS}
    types = {"tiny": TINY, "small": SMALL, "base": BASE, "section": SECTION, "verdict": VERDICT}
    return found | {name: f"{size}px" for name, size in (sizes | types).items()} | {"bold": str(BOLD)}
