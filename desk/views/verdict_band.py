"""The verdict band: one sentence, why (the tree with the taken branch lit), until when, the cost to both sides."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desk.services.rows import Tone, TreeNode, VerdictRow
from desk.views import format as text
from desk.views import paint, tokens, words
from desk.views.buttons import KeyButton
from desk.views.fonts import sized
from desk.views.language import pick
from desk.views.parts import View, label, row, set_tone

_PILL, _LINK, _GAP, _RULE_GAP = 22, 20, 6, 3
_QUESTION = 156  # width of the questions, rule by rule
URGENT = timedelta(minutes=30)


class TreeView(QWidget):
    """The way through the pre-screen, painted: lit pills on a line; with `whole` also the branches not taken."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._nodes: tuple[TreeNode, ...] = ()
        self._tone = Tone.OK
        self._whole = False
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_nodes(self, nodes: tuple[TreeNode, ...], tone: Tone) -> None:
        """Show another way."""
        self._nodes, self._tone = nodes, tone
        self.setAccessibleName(" → ".join(self.lit()))
        self._refit()

    def show_whole(self, whole: bool) -> None:
        """Rule by rule, or the lit way alone."""
        self._whole = whole
        self._refit()

    def lit(self) -> list[str]:
        """The words on the lit way, for tests and screen readers."""
        return [_words_of(node) for node in self._nodes if node.taken and not _is_trivial(node)]

    def _refit(self) -> None:
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """A narrower band needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Rows of pills at this width."""
        return max(_PILL, int(self._height_for(width)))

    def sizeHint(self) -> QSize:
        """One row of pills, or a line per rule."""
        return QSize(300, self.heightForWidth(600))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(200, _PILL)

    def _height_for(self, width: int) -> float:
        if self._whole:
            lines = self._rule_places(width)
            return lines[-1][1][-1][0].bottom() + _RULE_GAP if lines and lines[-1][1] else _PILL
        boxes = self._places(width)
        return boxes[-1].bottom() if boxes else _PILL

    def _places(self, width: int) -> list[QRectF]:
        metrics = QFontMetricsF(sized(self.font(), tokens.SMALL, bold=True))
        left, top = 0.0, 0.0
        found: list[QRectF] = []
        for said in self.lit():
            wide = metrics.horizontalAdvance(said) + 20
            if found and left + wide > width:
                left, top = 0.0, top + _PILL + _GAP
            found.append(QRectF(left, top, wide, _PILL))
            left += wide + _LINK
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """The lit way, or every rule on its line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._whole:
            self._paint_rules(painter)
        else:
            self._paint_way(painter)
        painter.end()

    def _paint_way(self, painter: QPainter) -> None:
        pair = tokens.colours().of(self._tone)
        boxes = self._places(self.width())
        lit = self.lit()
        for at, (box, said) in enumerate(zip(boxes, lit, strict=True)):
            if at and boxes[at - 1].top() == box.top():
                painter.setPen(QPen(QColor(pair.line), 1))
                painter.drawLine(
                    QPointF(boxes[at - 1].right(), box.center().y()), QPointF(box.left(), box.center().y())
                )
            self._pill(painter, box, said, lit=True, end=at == len(lit) - 1)

    def _pill(self, painter: QPainter, box: QRectF, said: str, lit: bool, end: bool = False) -> None:
        now = tokens.colours()
        pair = now.of(self._tone)
        painter.setPen(QPen(QColor(pair.words if lit else now.line), 1))
        painter.setBrush(QColor(pair.words if lit and end else now.surface))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _PILL / 2, _PILL / 2)
        painter.setFont(sized(self.font(), tokens.SMALL, bold=lit))
        painter.setPen(QColor(now.surface if lit and end else pair.words if lit else now.muted))
        shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, int(box.width()) - 12)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _rule_places(self, width: float) -> list[tuple[TreeNode, list[tuple[QRectF, str, bool]]]]:
        """Per question its answers: where each pill is, its words, whether it is lit. Answers go on in the next line
        where there is no room beside each other."""
        metrics = QFontMetricsF(sized(self.font(), tokens.SMALL, bold=True))
        top = 0.0
        found: list[tuple[TreeNode, list[tuple[QRectF, str, bool]]]] = []
        for node in self._rules():
            left = float(_QUESTION)
            pills: list[tuple[QRectF, str, bool]] = []
            for branch in [child for child in self._nodes if child.parent == node.key]:
                said = words.word("answer", f"{node.key}.{branch.branch}")
                if branch.end:
                    said = f"{said} → {words.word('end', branch.key)}"
                wide = min(metrics.horizontalAdvance(said) + 20, width - _QUESTION)
                if pills and left + wide > width:
                    left, top = float(_QUESTION), top + _PILL + _RULE_GAP
                pills.append((QRectF(left, top, wide, _PILL), said, branch.taken))
                left += wide + _GAP
            found.append((node, pills))
            top += _PILL + _RULE_GAP
        return found

    def _paint_rules(self, painter: QPainter) -> None:
        """A line per question: what was asked, the answer lit, and where another answer would have led."""
        small = sized(self.font(), tokens.SMALL)
        for node, pills in self._rule_places(self.width()):
            if not pills:
                continue
            asked = QRectF(0, pills[0][0].top(), _QUESTION - _GAP, _PILL)
            paint.words(painter, asked, words.word("question", node.key), small, tokens.colours().text)
            for box, said, lit in pills:
                self._pill(painter, box, said, lit)

    def _rules(self) -> list[TreeNode]:
        return [node for node in self._nodes if node.taken and not node.end and not _is_trivial(node)]


def _is_trivial(node: TreeNode) -> bool:
    """What is said only when it is so: nobody reads "not cancelled"."""
    return node.key == "cancelled" and node.answer == "no"


def _words_of(node: TreeNode) -> str:
    return words.word("end", node.key) if node.end else words.word("answer", f"{node.key}.{node.answer}", node.data)


class VerdictBand(View):
    """The band itself. `tick` repaints its clock."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: VerdictRow | None = None
        self._label = ""
        self._frame = QFrame()
        self._frame.setProperty("role", "band")
        self._sentence = label(role="verdict", wrap=True)
        self._clock = label(role="chip", tone="warn")
        self._tree = TreeView()
        self._costs = label(role="small", tone="muted", wrap=True)
        self._why = KeyButton(key="W", role="quiet")
        self._why.setCheckable(True)
        self._why.toggled.connect(self._tree.show_whole)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(tokens.L, tokens.M, tokens.L, tokens.M - 2)
        inside.setSpacing(tokens.S)
        head = row(self._sentence, self._clock)
        head.setAlignment(self._clock, Qt.AlignmentFlag.AlignTop)
        head.setStretch(0, 1)
        inside.addLayout(head)
        inside.addWidget(self._tree)
        foot = row(self._costs, self._why)
        foot.setStretch(0, 1)
        inside.addLayout(foot)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.retranslate()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence.text()

    @property
    def clock(self) -> str:
        """What its clock says."""
        return self._clock.text()

    @property
    def costs(self) -> str:
        """What it costs both sides, and what goes back."""
        return self._costs.text()

    @property
    def tree(self) -> TreeView:
        """The painted tree."""
        return self._tree

    def show_verdict(self, verdict: VerdictRow | None, name: str = "") -> None:
        """Show a verdict; `name` is the case's label, which exceptions speak of."""
        self._row, self._label = verdict, name
        self.setVisible(verdict is not None)
        self.retranslate()

    def toggle_why(self) -> None:
        """Rule by rule, or one line."""
        self._why.toggle()

    def retranslate(self) -> None:
        """Words for the verdict in hand."""
        self._why.setText(self.tr("Why"))
        verdict = self._row
        if verdict is None:
            return
        for part in (self._frame, self._sentence):
            set_tone(part, verdict.tone.value)
        data: dict[str, str | int | None] = {"label": self._label, **verdict.data}
        if verdict.amount:
            data |= {"amount": verdict.amount.amount, "currency": verdict.amount.currency}
        if verdict.option:
            data["act"] = (
                f"{pick(verdict.option)} {text.money(verdict.amount)}" if verdict.amount else pick(verdict.option)
            )
        self._sentence.setText(words.word("verdict", verdict.code, data))
        self._tree.setVisible(bool(verdict.nodes))
        self._why.setVisible(bool(verdict.nodes))
        self._tree.show_nodes(verdict.nodes, verdict.tone)
        self._costs.setText(self._cost_words(verdict))
        self.tick()

    def _cost_words(self, verdict: VerdictRow) -> str:
        known = verdict.merchant_cost is not None or verdict.customer_cost is not None
        parts = (
            []
            if not known
            else [
                self.tr("Merchant's cost {cost}").format(cost=text.money(verdict.merchant_cost)),
                self.tr("Customer's cost {cost}").format(cost=text.money(verdict.customer_cost)),
            ]
        )
        for back in verdict.back:
            said = pick(back.label)
            if back.amount is not None:
                said += f" {text.money(back.amount)}"
            if back.days is not None:
                said += " " + self._days_words(back.days)
            if back.code and not back.amount:
                said += " " + words.word("back", back.code, {"points": back.units})
            parts.append(said.strip())
        if verdict.policy_version:
            parts.append(self.tr("rules v{version}").format(version=verdict.policy_version))
        if verdict.forecast:
            parts.append(self.tr("forecast of this desk"))
        return " · ".join(parts)

    def _days_words(self, days: tuple[int, int]) -> str:
        low, high = days
        if high == 0:
            return self.tr("at once")
        if low in (0, high):
            return self.tr("within %n working day(s)", "", high)
        return self.tr("{low}–{high} working days").format(low=low, high=high)

    def tick(self) -> None:
        """Count down to the point where it turns."""
        verdict = self._row
        if verdict is None or verdict.until is None:
            self._clock.hide()
            return
        left = (verdict.until - text.now()).total_seconds()
        wave = {"wave": text.clock(verdict.then_at)} if verdict.then_at else {}
        then = words.word("then", verdict.then_code, None, **wave) if verdict.then_code else ""
        said = self.tr("{time} left").format(time=text.countdown(left)) if left > 0 else self.tr("turning now")
        self._clock.setText(f"{said} · {then}" if then else said)
        set_tone(self._clock, "danger" if left < URGENT.total_seconds() else "warn")
        self._clock.show()
