"""Puts a theme on the application: palette, style sheet, font. The colour-scheme hint of Qt is not relied on."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desk.resources_path import resource
from desk.views import fonts, tokens

WINDOW = "main"  # object name of the windows that are dressed
_DRAWN = {"arrow": "down", "tick": "check"}  # names of the style sheet, files of resources/icons


def apply(app: QApplication, theme: str, shipped_font: bool = False) -> None:
    """Use "light" or "dark" from now on. Widgets hear of it by StyleChange and PaletteChange, and paint anew.

    The style sheet is set on windows, not on the application: while a window is being built its parts are in no window,
    and Qt polishes each of them once instead of at every step up (measured: half of the time to build).
    """
    tokens.use(theme)
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    app.setFont(fonts.base(shipped_font))
    app.setPalette(palette())
    for window in app.topLevelWidgets():
        if window.objectName() == WINDOW:
            dress(window)


def dress(window: QWidget) -> None:
    """Put the style sheet with the tokens in force on a window that is built."""
    window.setStyleSheet(style_sheet())


def style_sheet() -> str:
    """The style sheet with the tokens in force; a name that is no token raises KeyError."""
    look = "dark" if tokens.is_dark() else "light"
    drawn = {name: resource("icons", f"{file}-{look}.svg").as_posix() for name, file in _DRAWN.items()}
    template = Template(resource("style", "desk.qss").read_text(encoding="utf-8"))
    return template.substitute(tokens.names(), **drawn)


def palette() -> QPalette:
    """The tokens in force as Qt's palette."""
    now = tokens.colours()
    role = QPalette.ColorRole
    made = QPalette()
    for which, value in {
        role.Window: now.ground,
        role.WindowText: now.text,
        role.Base: now.surface,
        role.AlternateBase: now.ground,
        role.Text: now.text,
        role.Button: now.surface,
        role.ButtonText: now.text,
        role.BrightText: now.on_accent,
        role.ToolTipBase: now.surface,
        role.ToolTipText: now.text,
        role.PlaceholderText: now.muted,
        role.Highlight: now.accent,
        role.HighlightedText: now.on_accent,
        role.Link: now.accent,
        role.LinkVisited: now.accent,
        role.Light: now.surface,
        role.Midlight: now.hair,
        role.Mid: now.line,
        role.Dark: now.dot,
        role.Shadow: now.line,
        role.Accent: now.accent,
    }.items():
        made.setColor(which, QColor(value))
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(now.faint))
    return made
