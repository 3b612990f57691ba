"""The order in full: stage bar, lines, tenders, promotions, parcels, remark."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QVBoxLayout, QWidget

from desk.services.rows import (
    LineRow,
    OrderRow,
    ParcelRow,
    PromotionRow,
    ReceiptRow,
    StageRow,
    SystemRow,
    TenderRow,
)
from desk.views import format as text
from desk.views import tokens, words
from desk.views.flow import Words
from desk.views.fonts import sized
from desk.views.language import pick
from desk.views.lists import Index
from desk.views.parts import View, column, frame, label, row

_LINE_HEIGHT, _MOST_LINES = 28, 8
_RIGHT = (2, 3, 4)
_SKU_WIDTH, _NARROW = 96, 600
_TITLE, _SKU, _QUANTITY, _PRICE, _PAID, _STOCK = range(6)


class StageBar(QWidget):
    """Where the order stands: a bar in parts with a word and a time under each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[StageRow, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: tuple[StageRow, ...]) -> None:
        """Show other stages."""
        self._stages = stages
        self.setAccessibleName(", ".join(self.said()))
        self.update()

    def said(self) -> list[str]:
        """Words under the bar."""
        return [self._words(stage) for stage in self._stages]

    @staticmethod
    def _words(stage: StageRow) -> str:
        said = words.word("order_stage", stage.key)
        if stage.note:
            said += " · " + words.word("stage_note", stage.note)
        elif stage.at is not None:
            said += " " + text.brief(stage.at)
        return said

    def sizeHint(self) -> QSize:
        """Bar and one line of words."""
        return QSize(300, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blue behind, amber now, grey ahead."""
        now = tokens.colours()
        painter = QPainter(self)
        for (left, part), stage in zip(self._parts(), self._stages, strict=True):
            bar, said = {
                "done": (now.accent, now.text),
                "now": (now.warn.words, now.warn.words),
                "end": (now.danger.words, now.danger.words),
            }.get(stage.state, (now.line, now.muted))
            painter.fillRect(QRectF(left, 0, part, 3), QColor(bar))
            painter.setPen(QColor(said))
            painter.setFont(sized(self.font(), tokens.SMALL, bold=stage.state == "now"))
            said_ = painter.fontMetrics().elidedText(self._words(stage), Qt.TextElideMode.ElideRight, int(part) - 4)
            painter.drawText(QRectF(left, 6, part, 20), Qt.AlignmentFlag.AlignCenter, said_)
        painter.end()

    def _parts(self) -> list[tuple[float, float]]:
        """(left, width) of each: alike where the words fit so, else by what the words need."""
        metrics = QFontMetricsF(sized(self.font(), tokens.SMALL, bold=True))
        needs = [metrics.horizontalAdvance(self._words(stage)) + tokens.S for stage in self._stages]
        room = self.width() / max(1, len(needs))
        if any(need > room for need in needs):
            spare = (self.width() - sum(needs)) / max(1, len(needs))
            widths = [need + spare for need in needs] if spare >= 0 else [room] * len(needs)
        else:
            widths = [room] * len(needs)
        return [(sum(widths[:at]), width) for at, width in enumerate(widths)]


class LinesModel(QAbstractTableModel):
    """The order's lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: tuple[LineRow, ...] = ()

    def show_lines(self, lines: tuple[LineRow, ...]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Qt."""
        return 6

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt."""
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                self.tr("Goods"),
                self.tr("SKU"),
                self.tr("Qty"),
                self.tr("Unit price"),
                self.tr("Paid"),
                self.tr("Stock"),
            )[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Qt."""
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in (_SKU, _STOCK):
            wrong = index.column() == _STOCK and _stock_differs(line)
            return QColor(tokens.colours().warn.words if wrong else tokens.colours().muted)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{line.title} · {line.sku}" if index.column() == _TITLE else self._text(line, index.column())
        return None

    def _text(self, line: LineRow, at: int) -> str:
        if at == _TITLE:  # flags first: a long title would hide them
            flags = [words.word("flag", flag.value) for flag in sorted(line.flags)]
            return " · ".join([*flags, line.title])
        if at == _QUANTITY:
            return f"{line.quantity - line.cancelled}/{line.quantity}" if line.cancelled else str(line.quantity)
        if at == _STOCK:
            return self._stock_words(line)
        return {_SKU: line.sku, _PRICE: text.money(line.unit_price), _PAID: text.money(line.paid)}[at]

    def _stock_words(self, line: LineRow) -> str:
        """What is held for the order, what the system has, and beside it what somebody counted."""
        said = [self.tr("holds {reserved}").format(reserved=line.reserved)]
        if line.available is not None:
            said.append(self.tr("{available} free").format(available=line.available))
        if line.counted is not None:
            said.append(self.tr("{counted} counted").format(counted=line.counted))
        return " · ".join(said)


def _stock_differs(line: LineRow) -> bool:
    return line.counted is not None and line.available is not None and line.counted != line.available


def _alignment(at: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if at in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class OrderCard(View):
    """The card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: OrderRow | None = None
        self._title = label(role="section")
        self._number = label(role="strong")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shop = label(tone="muted")
        self._total = label(role="strong")
        self._stages = StageBar()
        self._model = LinesModel(self)
        self._lines = self._table()
        self._money = Words()
        self._parcels = Words()
        self._systems = Words()
        inside = column(
            row(self._title, self._number, self._shop, 1, self._total),
            self._stages,
            self._lines,
            self._money,
            self._parcels,
            self._systems,
            gap=6,
            edge=tokens.M,
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self._model)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_LINE_HEIGHT)
        table.setShowGrid(False)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = table.horizontalHeader()
        header.setFixedHeight(24)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_SKU, QHeaderView.ResizeMode.Fixed)
        header.resizeSection(_SKU, _SKU_WIDTH)
        return table

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the SKU gives way to the name of the goods, whose tooltip has it."""
        self._lines.setColumnHidden(_SKU, self.width() < _NARROW)
        super().resizeEvent(event)

    @property
    def row(self) -> OrderRow | None:
        """The order that is shown."""
        return self._row

    @property
    def said(self) -> str:
        """Lines, money and remark in words, for tests."""
        cells = [
            [str(self._model.index(at, column).data()) for column in range(self._model.columnCount())]
            for at in range(self._model.rowCount())
        ]
        return " | ".join(
            [*(" · ".join(line) for line in cells), *self._money.said, *self._parcels.said, *self._systems.said]
        )

    def show_order(self, order: OrderRow | None) -> None:
        """Show an order; hidden where there is none."""
        self._row = order
        self.setVisible(order is not None)
        self.retranslate()

    def retranslate(self) -> None:
        """Words for the order in hand."""
        order = self._row
        if order is None:
            return
        self._title.setText(self.tr("Order"))
        self._number.setText(order.number)
        shop = [order.shop, order.store, self.tr("pick-up") if order.pickup else "", text.moment(order.created_at)]
        self._shop.setText(" · ".join(part for part in shop if part))
        self._total.setText(text.money(order.total))
        self._stages.show_stages(order.stages)
        self._model.show_lines(order.lines)
        shown = min(len(order.lines), _MOST_LINES)
        self._lines.setFixedHeight(self._lines.horizontalHeader().height() + shown * _LINE_HEIGHT + 2)
        self._fill_money(order)
        parcels = [(self._parcel_words(one), "warn" if one.stale_hours else "muted") for one in order.parcels]
        self._parcels.say(parcels)
        self._systems.say([(_system_words(one), "warn" if one.differs else "muted") for one in order.systems])

    def _fill_money(self, order: OrderRow) -> None:
        said = [(self._tender_words(tender), "muted") for tender in order.tenders]
        said += [(self._receipt_words(receipt), "warn") for receipt in order.receipts if receipt.surplus]
        if order.freight is not None and order.freight.amount:
            said.append((self.tr("Freight {amount}").format(amount=text.money(order.freight)), "muted"))
        said += [(self._promotion_words(promotion), "muted") for promotion in order.promotions]
        if order.remark:
            said.append((self.tr("Remark: {remark}").format(remark=order.remark), "warn"))
        self._money.say(said)

    def _tender_words(self, tender: TenderRow) -> str:
        said = f"{pick(tender.names)} {text.money(tender.paid)}"
        if tender.paid_at is not None:
            said += f" {text.moment(tender.paid_at)}"
        if tender.reference:
            said += " · " + self.tr("no. {number}").format(number=tender.reference)
        if tender.asked is not None and tender.asked.amount:
            said += " · " + self.tr("{amount} refund asked").format(amount=text.money(tender.asked))
        if tender.refunded.amount:
            said += " · " + self.tr("{amount} refunded").format(amount=text.money(tender.refunded))
        return said

    def _receipt_words(self, receipt: ReceiptRow) -> str:
        """A payment that the order does not know of."""
        said = self.tr("Not on the order: {method} {amount}").format(
            method=pick(receipt.names), amount=text.money(receipt.amount)
        )
        said += f" {text.moment(receipt.at)}"
        if receipt.reference:
            said += " · " + self.tr("no. {number}").format(number=receipt.reference)
        if receipt.refunded is not None and receipt.refunded.amount:
            said += " · " + self.tr("{amount} refunded").format(amount=text.money(receipt.refunded))
        return said

    @staticmethod
    def _promotion_words(promotion: PromotionRow) -> str:
        said = f"{words.word('promo', promotion.kind)} {promotion.label}".strip()
        if promotion.discount.amount:
            said += f" -{text.money(promotion.discount)}"
        if promotion.back:
            said += " · " + words.word("back", promotion.back, {"points": promotion.points})
        return said

    def _parcel_words(self, parcel: ParcelRow) -> str:
        said = self.tr("Parcel {carrier} {tracking}").format(carrier=parcel.carrier, tracking=parcel.tracking)
        if parcel.trace:
            last = parcel.trace[0]
            said += f" · {words.word('parcel_scan', last.code)} {last.place} {text.moment(last.at)}"
        if parcel.stale_hours:
            said += " · " + self.tr("no news for {hours} h").format(hours=parcel.stale_hours)
        if parcel.due_at is not None and parcel.signed_at is None:
            said += " · " + self.tr("due {time}").format(time=text.moment(parcel.due_at))
        return said


def _system_words(one: SystemRow) -> str:
    """ "ERP: unpaid 19:40"; the sign says what colour says."""
    name = words.word("system", one.system) if words.has("system", one.system) else one.system
    said = f"{text.labelled(name, one.state)} {text.moment(one.at)}"
    return f"≠ {said}" if one.differs else said
