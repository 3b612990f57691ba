"""The floor of every list: Qt's own list view and delegate over strings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import QApplication, QListView

from desk.services.rows import QueueRow

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    """Two lines of text and nothing else."""

    def __init__(self, rows: Sequence[QueueRow]) -> None:
        super().__init__()
        self.rows = [f"{row.label.get('en', '')}\n{row.order_tail} {row.customer}" for row in rows]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self.rows[index.row()] if role == Qt.ItemDataRole.DisplayRole else None

    def reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class BareList:
    """The same rows in it, as text."""

    def __init__(self, rows: Sequence[QueueRow], size: QSize) -> None:
        self.model = _Model(rows)
        self.view = QListView()
        self.view.setUniformItemSizes(True)
        self.view.setModel(self.model)
        self.view.resize(size)
        self.view.show()

    def reset(self) -> None:
        """All rows anew, painted."""
        self.model.reset()
        paint(self.view)

    def one(self, at: int) -> None:
        """One row painted anew."""
        self.view.viewport().repaint(self.view.visualRect(self.model.index(at, 0)))


def paint(view: QListView) -> None:
    """Lay out and paint the whole list, now."""
    view.doItemsLayout()
    view.viewport().repaint()


def paint_what_is_due() -> None:
    """Let Qt paint what it was asked to, now and not at its next leisure."""
    QApplication.sendPostedEvents()
