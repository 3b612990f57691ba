"""The queue: tabs, notices above the list, two-line rows whose clocks one timer repaints; rows never move underhand."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desk.domain.tickets import Kind
from desk.services.queue import QueueFilter, Whose
from desk.services.rows import Choice, Notice, NoticeKind, QueuePage, QueueRow
from desk.views import format as text
from desk.views import icons, tokens, words
from desk.views.buttons import KeyButton
from desk.views.language import pick
from desk.views.lists import EntryList
from desk.views.menus import open_choices
from desk.views.parts import View, frame, label, row, set_tone
from desk.views.queue_model import CHIP_RIGHT, CHIP_WIDTH, QueueModel
from desk.views.state_view import StateView
from desk.views.tabs import Tabs

_TABS = (Whose.MINE.value, Whose.TEAM.value, Whose.FREE.value, Whose.ALL.value)
_KINDS = ("", Kind.CANCEL.value, Kind.EXCEPTION.value, "review", "closed")

_UNTIL_HELD = frozenset({NoticeKind.WARNED, NoticeKind.NEW, NoticeKind.ESCALATED})


class NoticeBar(View):
    """One line above the list: who is about to call, then what came in, newest first; press to go there."""

    opened = Signal(object)  # rows.Notice

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices: list[Notice] = []
        self._go = KeyButton(key="U", role="quiet")
        self._go.clicked.connect(self.press)
        self._more = label(role="small", tone="muted")
        self._away = KeyButton(role="quiet")
        self._away.clicked.connect(self.clear)
        inside = row(self._go, 1, self._more, self._away, gap=tokens.XS)
        inside.setContentsMargins(tokens.XS, 3, tokens.XS, 3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._frame = frame("notice", inside)
        outer.addWidget(self._frame)
        self.retranslate()

    @property
    def said(self) -> str:
        """The newest notice, for tests."""
        return self._go.text() if self._notices else ""

    def add(self, notice: Notice) -> None:
        """Announce; a warning is louder and stays first until somebody takes it in hand."""
        loud = notice.kind is NoticeKind.WARNED
        at = 0 if loud else sum(one.kind is NoticeKind.WARNED for one in self._notices)
        self._notices.insert(at, notice)
        self.retranslate()

    def taken_in_hand(self, ticket_ids: Collection[str]) -> None:
        """Somebody holds these: nobody has to be told of them any more."""
        self._keep([one for one in self._notices if one.kind not in _UNTIL_HELD or one.ticket_id not in ticket_ids])

    def seen(self, ticket_id: str) -> None:
        """This case is open on the screen, by whichever way: what was announced of it is no news."""
        self._keep([one for one in self._notices if one.ticket_id != ticket_id or one.kind is NoticeKind.WARNED])

    def _keep(self, left: list[Notice]) -> None:
        if left != self._notices:
            self._notices = left
            self.retranslate()

    @property
    def loud(self) -> bool:
        """Whether somebody is about to call."""
        return bool(self._notices) and self._notices[0].kind is NoticeKind.WARNED

    def press(self) -> None:
        """Go to the newest."""
        if self._notices:
            notice = self._notices.pop(0)
            self.retranslate()
            self.opened.emit(notice)

    def clear(self) -> None:
        """Seen."""
        self._notices.clear()
        self.retranslate()

    def retranslate(self) -> None:
        """Words for the newest."""
        self.setVisible(bool(self._notices))
        set_tone(self._frame, "danger" if self.loud else "")
        self._away.setIcon(icons.icon("close"))
        self._away.setAccessibleName(self.tr("Dismiss notices"))
        if self._notices:
            newest = self._notices[0]
            data = {**newest.data, "label": pick(newest.label), "tail": newest.order_tail[-4:]}
            self._go.setText(words.word("notice", newest.kind.value, data))
            rest = len(self._notices) - 1
            self._more.setText(self.tr("+%n more", "", rest) if rest else "")


class QueueView(View):
    """`opened`: a ticket to open; `claimed`: Space on it; `filter_changed`: pages of another filter are wanted."""

    opened = Signal(str)
    claimed = Signal(str)
    filter_changed = Signal(object)  # QueueFilter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = QueueFilter()
        self._held: dict[str, QueueRow] = {}  # came in while the mouse was over the list
        self._counts: Mapping[Whose, int] = {}
        self._moved = False  # whether rows came or went since it was set
        self.model = QueueModel(self)
        self.list = EntryList(self.model, CHIP_WIDTH)
        self.notices = NoticeBar()
        self.tabs = Tabs(_TABS, self._filter.whose.value)
        self._which = KeyButton(role="quiet")
        self._text = QLineEdit()
        self._text.setClearButtonEnabled(True)
        self._text.hide()
        self.state = StateView(self.list)
        head = row(self.tabs, 1, self._which)
        head.setContentsMargins(tokens.M, 2, tokens.XS, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(frame("rule"))
        layout.addWidget(self._text)
        layout.addWidget(self.notices)
        layout.addWidget(self.state, 1)
        self._connect_signals()
        self.retranslate()

    def _connect_signals(self) -> None:
        self.model.rowsInserted.connect(self._on_moved)
        self.model.rowsRemoved.connect(self._on_moved)
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_activated)
        self.list.viewport().installEventFilter(self)
        self.tabs.chosen.connect(self._on_tab)
        self._which.clicked.connect(self.pick_which)
        self._text.textChanged.connect(self._on_text)

    # --- what it shows

    @property
    def filter(self) -> QueueFilter:
        """The filter in force."""
        return self._filter

    def open_page(self, page: QueuePage) -> None:
        """Show the first page; the cursor stays on its ticket where that is still there."""
        current = self.list.current_row()
        self._held.clear()
        self.model.open(page)
        if page.known:
            self.state.show_content(len(page.rows))
        else:
            self.state.show_loading()
        if current is not None:
            self._select(current.id)

    def add_page(self, page: QueuePage) -> None:
        """Show the next page below."""
        self.model.add(page)

    def show_counts(self, counts: Mapping[Whose, int]) -> None:
        """Counts in the tabs."""
        self._counts = counts
        self._name_tabs()

    def update_rows(self, changed: Mapping[str, QueueRow | None]) -> None:
        """After a change set: repaint, drop, and put in what is new without moving what is under the cursor."""
        anchor = self._anchor()
        self._moved = False
        for fresh in self.model.update_rows(changed):
            self._put(fresh)
        for key, came in changed.items():
            if came is None:
                self._held.pop(key, None)
        if self._moved:  # laying out paints every row: not for one that stays where it is
            self._settle(anchor)
        self.state.show_content(self.model.rowCount())

    def _put(self, fresh: QueueRow) -> None:
        at = self.model.place_of(fresh)
        over = self.list.underMouse() and not self._can_scroll()
        if at is not None and over and at <= self.list.currentIndex().row():
            self._held[fresh.id] = fresh
        elif at is not None:
            self.model.insert(at, fresh)

    def _on_moved(self) -> None:
        self._moved = True

    def _can_scroll(self) -> bool:
        return self.list.verticalScrollBar().maximum() > 0

    def _anchor(self) -> tuple[str, int] | None:
        """The ticket under the cursor (else the first visible) and where it stands on the screen."""
        index = self.list.currentIndex()
        if not index.isValid():
            index = self.list.indexAt(self.list.rect().topLeft())
        shown = self.model.rows[index.row()] if index.isValid() else None
        return (shown.id, self.list.visualRect(index).top()) if shown else None

    def _settle(self, anchor: tuple[str, int] | None) -> None:
        """Scroll so that the ticket stands where it stood."""
        at = self.model.row_of(anchor[0]) if anchor else -1
        if anchor is None or at < 0:
            return
        self.list.doItemsLayout()
        bar = self.list.verticalScrollBar()
        moved = self.list.visualRect(self.model.index(at)).top() - anchor[1]
        if moved and bar.value() + moved >= 0:
            bar.setValue(bar.value() + moved)

    def show_held(self) -> None:
        """Put in what was held back."""
        held, self._held = list(self._held.values()), {}
        for fresh in held:
            at = self.model.place_of(fresh)
            if at is not None:
                self.model.insert(at, fresh)

    def tick(self) -> None:
        """Every second: the chips of the visible rows."""
        if self.isVisible() and self.model.rowCount():
            view = self.list.viewport()
            view.update(QRect(0, 0, CHIP_RIGHT, view.height()))

    # --- what it does

    def select(self, ticket_id: str) -> bool:
        """Put the cursor on a ticket; False where it is not shown."""
        return self._select(ticket_id)

    def _select(self, ticket_id: str) -> bool:
        at = self.model.row_of(ticket_id)
        if at >= 0:
            self.list.select_row(at)
        return at >= 0

    def claim(self) -> None:
        """Space: claim and start the one under the cursor."""
        current = self.list.current_row()
        if current is not None:
            self.claimed.emit(current.id)

    def open_current(self) -> None:
        """Enter."""
        self._on_activated(self.list.currentIndex())

    def filter_by_words(self) -> None:
        """Filter by words."""
        self._text.show()
        self._text.setFocus()

    def _on_activated(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self.model.rows[index.row()].id)

    def _on_tab(self, key: str) -> None:
        self._refilter(whose=Whose(key))

    def _on_text(self, words_: str) -> None:
        if not words_:
            self._text.hide()
        self._refilter(text=words_.strip())

    def pick_which(self) -> None:
        """Offer the kinds."""
        choices = [Choice(key=kind, names={"en": self._kind_words(kind)}) for kind in _KINDS]
        open_choices(self._which, choices, self.choose_which)

    def choose_which(self, which: str) -> None:
        """Show one kind, what needs review, or what is closed."""
        kind = Kind(which) if which in (Kind.CANCEL, Kind.EXCEPTION) else None
        self._refilter(kind=kind, review=which == "review", closed=which == "closed")

    def _refilter(self, **changes: object) -> None:
        now = self._filter
        self._filter = QueueFilter(
            whose=changes.get("whose", now.whose),  # type: ignore[arg-type]
            kind=changes.get("kind", now.kind),  # type: ignore[arg-type]
            review=bool(changes.get("review", now.review)),
            text=str(changes.get("text", now.text)),
            closed=bool(changes.get("closed", now.closed)),
        )
        self.retranslate()
        self.filter_changed.emit(self._filter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The mouse has left the list: what was held back may come in."""
        if event.type() == QEvent.Type.Leave and self._held:
            self.show_held()
        return super().eventFilter(watched, event)

    # --- words

    def _kind_words(self, kind: str) -> str:
        named = {
            "": self.tr("All kinds"),
            "review": self.tr("Needs review"),
            "closed": self.tr("Closed"),
        }
        return named[kind] if kind in named else words.word("kind", kind)

    def _name_tabs(self) -> None:
        named = {
            Whose.MINE: self.tr("Mine"),
            Whose.TEAM: self.tr("Team"),
            Whose.FREE: self.tr("Free"),
            Whose.ALL: self.tr("All"),
        }
        shown = {whose: text.count(count) for whose, count in self._counts.items()}
        cut = {whose: count for whose, count in self._counts.items() if shown[whose] != str(count)}
        whole = shown | {whose: text.number(count) for whose, count in cut.items()}
        self.tabs.name(
            {whose.value: f"{said} {shown.get(whose, '')}".strip() for whose, said in named.items()},
            {whose.value: f"{said} {whole.get(whose, '')}".strip() for whose, said in named.items()},
        )

    def retranslate(self) -> None:
        """Words of tabs and states."""
        self._name_tabs()
        now = self._filter
        which = "closed" if now.closed else "review" if now.review else now.kind.value if now.kind else ""
        self._which.setText(self._kind_words(which) if which else "")
        self._which.setIcon(icons.icon("filter", tokens.colours().accent if which else None))
        self._which.setAccessibleName(self._kind_words(which))
        self._which.setToolTip(self._kind_words(which))
        self._text.setPlaceholderText(self.tr("order tail, customer, reason"))
        self.list.setAccessibleName(self.tr("Queue"))
        empty = {
            Whose.MINE: (self.tr("Nothing in your hands"), self.tr("Space on a ticket of the team claims it.")),
        }.get(now.whose, (self.tr("No open tickets"), self.tr("New ones appear here by themselves.")))
        self.state.set_empty(*empty)
        self.model.repaint()
