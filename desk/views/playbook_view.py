"""The playbook of an exception: what was seen, the checks, the cause, what may be done now, and who owns it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desk.services.rows import CaseRow, Choice, PlaybookRow
from desk.views import format as text
from desk.views import tokens, words
from desk.views.buttons import ChipButton
from desk.views.checks_view import ChecksView
from desk.views.fact_words import seen_words
from desk.views.flow import Flow
from desk.views.language import pick
from desk.views.menus import open_choices
from desk.views.option_view import OptionsView
from desk.views.parts import View, frame, label, row, set_tone


class CausesView(View):
    """Why it happened: chips, several may be true. `picked(keys)`: what is chosen from now on."""

    picked = Signal(object)  # tuple[str, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._causes: tuple[Choice, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._shown: tuple[tuple[str, str, bool], ...] = ()
        self._title = label(role="strong")
        self._key = label("B", role="key")
        self._chips = Flow(gap=tokens.XS)
        head = row(self._title, self._key)
        head.setContentsMargins(0, (tokens.CHIP - self._key.sizeHint().height()) // 2, 0, 0)
        layout = row()
        layout.addLayout(head)
        layout.addLayout(self._chips, 1)
        layout.setAlignment(head, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)

    @property
    def said(self) -> list[str]:
        """The chosen causes, in words."""
        return [pick(cause.names) for cause in self._causes if cause.key in self._chosen]

    def show_causes(self, causes: tuple[Choice, ...], chosen: tuple[str, ...]) -> None:
        """Show them."""
        self._causes, self._chosen = causes, chosen
        self.setVisible(bool(causes))
        self.retranslate()

    def pick(self) -> None:
        """B: a menu of them, with digits."""
        open_choices(self._title, self._causes, self._toggle, " ".join(self._chosen))

    def _toggle(self, key: str) -> None:
        left = tuple(one for one in self._chosen if one != key)
        self.picked.emit(left if key in self._chosen else (*self._chosen, key))

    def retranslate(self) -> None:
        """Words."""
        self._title.setText(self.tr("Cause"))
        shown = tuple((cause.key, pick(cause.names), cause.key in self._chosen) for cause in self._causes)
        if shown == self._shown:
            return
        self._shown = shown
        self._chips.clear()
        for key, said, chosen in shown:
            chip = ChipButton(said, chosen)
            chip.clicked.connect(lambda _=False, key=key: self._toggle(key))
            self._chips.addWidget(chip)


class PlaybookView(View):
    """The panel below the verdict; its parts are `checks`, `causes`, `options`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: PlaybookRow | None = None
        self._title = label(role="section")
        self._facts = label(role="small", tone="muted")
        self._told = label(role="chip", tone="warn")
        self._seen = label(role="small", tone="muted", wrap=True)
        self.checks = ChecksView()
        self.causes = CausesView()
        self.options = OptionsView()
        inside = QVBoxLayout()
        inside.setContentsMargins(tokens.M, tokens.S + 2, tokens.M, tokens.M)
        inside.setSpacing(tokens.S)
        inside.addLayout(row(self._title, self._facts, 1, self._told))
        inside.addWidget(self._seen)
        inside.addWidget(self.checks)
        inside.addWidget(self.causes)
        inside.addWidget(self.options)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame("card", inside))
        self.retranslate()

    @property
    def row(self) -> PlaybookRow | None:
        """The playbook that is shown."""
        return self._row

    @property
    def said(self) -> str:
        """Head and finding in words, for tests."""
        return " | ".join(part.text() for part in (self._title, self._facts, self._told, self._seen) if part.text())

    def show_case(self, case: CaseRow | None) -> None:
        """Show a case's playbook; hidden where it has none."""
        playbook = case.playbook if case is not None else None
        self._row = playbook
        self.setVisible(playbook is not None)
        if case is not None and playbook is not None:
            self.checks.show_checks(playbook.checks, case.id)
            self.causes.show_causes(playbook.causes, playbook.chosen)
            self.options.show_options(playbook.options, playbook.off, case.id)
        self.retranslate()

    def tick(self) -> None:
        """The escalation's clock."""
        if self._row is not None:
            self._say_escalation(self._row)

    def retranslate(self) -> None:
        """Words for the playbook in hand."""
        self._title.setText(self.tr("Playbook"))
        playbook = self._row
        if playbook is None:
            return
        self._facts.setText(" · ".join(part for part in self._head(playbook) if part))
        seen = playbook.seen
        self._seen.setVisible(seen is not None)
        if seen is not None:
            said = self.tr("Found {time}").format(time=text.moment(seen.at))
            said = f"{said} · {seen_words(seen)}"
            if seen.gone_at is not None:
                said += " · " + self.tr("no longer so since {time}").format(time=text.moment(seen.gone_at))
            self._seen.setText(said)
            set_tone(self._seen, "muted" if seen.gone_at is not None else "warn")
        self._say_escalation(playbook)

    def _head(self, playbook: PlaybookRow) -> list[str]:
        where = words.word("came_to", playbook.order_stage) if playbook.order_stage else ""
        manner = words.word("manner", playbook.manner) if playbook.manner else ""
        if where and manner:
            where = self.tr("order {manner} at {stage}").format(manner=manner, stage=where)
        owner = pick(playbook.owner)
        return [where or manner, self.tr("owned by {team}").format(team=owner) if owner else ""]

    def _say_escalation(self, playbook: PlaybookRow) -> None:
        said = ""
        if playbook.escalation:
            level = words.word("level", playbook.level) if playbook.level else ""
            said = self.tr("moved up to {level}").format(level=level) if level else self.tr("moved up")
        elif playbook.escalate_at is not None and playbook.next_level:
            left = text.short((playbook.escalate_at - text.now()).total_seconds())
            said = self.tr("{level} hears of it in {time}").format(
                level=words.word("level", playbook.next_level), time=left
            )
        self._told.setText(said)
        self._told.setVisible(bool(said))
        set_tone(self._told, "danger" if playbook.escalation else "calm")
