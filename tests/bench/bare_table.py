"""The floor of sorting and filtering: Qt's own table over rows in memory, and Qt's own proxy for the contrast."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QTableView

Index = QModelIndex | QPersistentModelIndex
COLUMNS = 8


class _Rows(QAbstractTableModel):
    def __init__(self, count: int) -> None:
        super().__init__()
        self._rows = [tuple(f"{index * 7919 % count}-{column}" for column in range(COLUMNS)) for index in range(count)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None

    def reset(self) -> None:
        self.beginResetModel()
        self.endResetModel()


class BareTable:
    """So many rows of eight columns."""

    def __init__(self, count: int, size: QSize) -> None:
        self.model = _Rows(count)
        self.view = QTableView()
        self.view.setModel(self.model)
        self.view.resize(size)
        self.view.show()
        self.view.grab()

    def reset(self) -> None:
        """All rows anew, painted."""
        self.model.reset()
        self.view.viewport().repaint()


def proxied(table: BareTable) -> str:
    """How long Qt's proxy model takes to sort these rows, in words: once, for it takes long."""
    proxy = QSortFilterProxyModel()
    proxy.setSourceModel(table.model)
    began = time.perf_counter()
    proxy.sort(0)
    spent = time.perf_counter() - began
    proxy.deleteLater()
    return f"a QSortFilterProxyModel takes {spent * 1000:,.0f} ms"
