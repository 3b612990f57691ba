"""Menus of choices at a button, with digits as keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from desk.services.rows import Choice
from desk.views.language import pick

_DIGITS = 9


def open_choices(
    at: QWidget, choices: Sequence[Choice], picked: Callable[[str], None], chosen: str = ""
) -> QMenu | None:
    """Open a menu under a widget; 1-9 pick. None where there is nothing to choose."""
    if not choices:
        return None
    menu = QMenu(at)
    for number, choice in enumerate(choices, start=1):
        key = f"&{number} " if number <= _DIGITS else ""
        action = menu.addAction(f"{key} {pick(choice.names)}".strip().replace("& ", "&"))
        action.setData(choice.key)
        action.setCheckable(bool(chosen))
        action.setChecked(choice.key == chosen)
    menu.triggered.connect(lambda action: picked(action.data()))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(at.mapToGlobal(QPoint(0, at.height() + 2)))
    menu.setActiveAction(menu.actions()[0])
    return menu
