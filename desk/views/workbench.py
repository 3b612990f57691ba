"""The main page: queue, case, and beside them what to say, what to do next and what to give."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.domain.tickets import Stage
from desk.services.rows import CaseRow
from desk.views import icons, tokens
from desk.views.ask_panel import AskPanel
from desk.views.buttons import KeyButton
from desk.views.case_view import CaseView
from desk.views.give_view import GiveView, NextView
from desk.views.inputs_panel import InputsPanel
from desk.views.parts import View, row, scrolled
from desk.views.queue_view import QueueView
from desk.views.replay_view import ReplayView
from desk.views.say_view import SayView
from desk.views.words_panel import WordsPanel
from desk.views.wrap_up import WrapUpView


class Workbench(View):
    """Lays the parts out; the side column shows Say/Next/Give, the wrap-up, or a panel: words (note, hand-off), what an
    option needs, what a team is asked."""

    hand_off_asked = Signal()
    wrap_up_asked = Signal()
    note_asked = Signal()
    more_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.queue = QueueView()
        self.case = CaseView()
        self.say = SayView()
        self.next = NextView()
        self.give = GiveView()
        self.wrap_up = WrapUpView()
        self.words = WordsPanel()
        self.replay = ReplayView()
        self.inputs = InputsPanel()
        self.ask = AskPanel()
        self._buttons = {
            "hand_off": KeyButton(key="H"),
            "wrap_up": KeyButton(key="Z"),
            "note": KeyButton(key="N"),
            "more": KeyButton(role="quiet"),
        }
        self._side = QStackedWidget()
        self._pages: dict[QWidget, QWidget] = {
            self.wrap_up: scrolled(self.wrap_up),
            self.words: self.words,
            self.replay: self.replay,
            self.inputs: scrolled(self.inputs),
            self.ask: self.ask,
        }
        self._panel: QWidget | None = None
        for page in (self._main_side(), *self._pages.values()):
            self._side.addWidget(page)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self._columns = (self._framed(self.queue, "column"), self._framed(self._side, "side"))
        layout.addWidget(self._columns[0])
        layout.addWidget(self.case, 1)
        layout.addWidget(self._columns[1])
        for panel in (self.wrap_up, self.words, self.replay, self.inputs, self.ask):
            panel.closed.connect(self.show_main)
        self.show_case(None)
        self.retranslate()

    def _framed(self, part: QWidget, role: str) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", role)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(0, 0, 1, 0)
        inside.addWidget(part)
        return frame

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the columns give way to the case."""
        small = self.width() < tokens.SMALL_WINDOW
        self._columns[0].setFixedWidth(tokens.QUEUE_SMALL if small else tokens.QUEUE)
        self._columns[1].setFixedWidth(tokens.SIDE_SMALL if small else tokens.SIDE)
        super().resizeEvent(event)

    def _main_side(self) -> QWidget:
        page = QWidget()
        top = QWidget()
        parts = QVBoxLayout(top)
        parts.setContentsMargins(tokens.M, tokens.M, tokens.M, tokens.S)
        parts.setSpacing(tokens.M)
        for part in (self.say, self.next, self.give):
            parts.addWidget(part)
        parts.addStretch(1)
        scroll = scrolled(top)
        foot = row(
            self._buttons["hand_off"],
            self._buttons["wrap_up"],
            self._buttons["note"],
            1,
            self._buttons["more"],
            gap=tokens.XS,
        )
        foot.setContentsMargins(tokens.M, tokens.S, tokens.M, tokens.M)
        outer = QVBoxLayout(page)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)
        for name, signal in {
            "hand_off": self.hand_off_asked,
            "wrap_up": self.wrap_up_asked,
            "note": self.note_asked,
            "more": self.more_asked,
        }.items():
            self._buttons[name].clicked.connect(signal)
        return page

    @property
    def more_button(self) -> KeyButton:
        """Where the menu of further acts opens."""
        return self._buttons["more"]

    def show_case(self, case: CaseRow | None) -> None:
        """Show a case in the middle and what to do beside it."""
        self.case.show_case(case)
        self.next.show_case(case)
        for part in (self.say, self.next):
            part.setVisible(case is not None)
        if case is None:
            self.give.show_panel(None)
        for name in ("hand_off", "wrap_up"):
            self._buttons[name].setEnabled(case is not None and case.mine)
        over = case is None or case.stage in (Stage.CLOSED, Stage.ARCHIVED)
        self._buttons["note"].setEnabled(not over)  # whoever sees a ticket may note what they know
        for button in self._buttons.values():
            button.setVisible(case is not None)

    def show_main(self) -> None:
        """Back to Say, Next and Give."""
        self._panel = None
        self._side.setCurrentIndex(0)
        self.next.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_side(self, panel: QWidget) -> None:
        """Wrap-up, replay or another panel in the side column."""
        self._panel = panel
        self._side.setCurrentWidget(self._pages[panel])
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def side(self) -> QWidget | None:
        """The panel in the side column, None where it shows Say, Next and Give."""
        return self._panel

    def tick(self) -> None:
        """Every second."""
        self.queue.tick()
        self.case.tick()

    def retranslate(self) -> None:
        """Words of the buttons below."""
        named = {
            "hand_off": self.tr("Hand off"),
            "wrap_up": self.tr("Wrap up"),
            "note": self.tr("Note"),
        }
        self._buttons["more"].setIcon(icons.icon("more"))
        self._buttons["more"].setAccessibleName(self.tr("More acts"))
        for name, said in named.items():
            self._buttons[name].setText(said)
