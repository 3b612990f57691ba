"""The way of the Tab key: as one reads, part by part, whatever was made first and whatever came later."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLayout, QScrollArea, QWidget

from desk.views.parts import bring_into_view


def in_order(part: QWidget) -> Iterator[QWidget]:
    """What takes the keyboard by Tab in a part, as its layouts put it: the part itself, then what is inside."""
    if not part.isVisible():
        return
    if _takes(part):
        yield part
    if isinstance(part, QScrollArea):
        inside = part.widget()
        if inside is not None:
            yield from in_order(inside)
    layout = part.layout()
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        part, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if part is not None:
            yield from in_order(part)
        elif inner is not None:
            yield from _in_layout(inner)


def _takes(part: QWidget) -> bool:
    """Whether Tab stops here; of tabs only at the one that is up, for arrows lead to the others."""
    if not (part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()):
        return False
    group = part.group() if isinstance(part, QAbstractButton) else None
    return group is None or not group.exclusive() or not isinstance(part, QAbstractButton) or part.isChecked()


def step(root: QWidget, forward: bool) -> bool:
    """Move the keyboard to the next stop below `root`, round and round; False where there is none."""
    stops = list(in_order(root))
    if not stops:
        return False
    now = QApplication.focusWidget()
    at = stops.index(now) if now in stops else -1 if forward else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop = stops[(at + (1 if forward else -1)) % len(stops)]
    stop.setFocus(reason)
    bring_into_view(stop)
    return True
