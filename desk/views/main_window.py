"""The main window: builds its parts, connects them in one table, and knows which page is up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desk.domain.people import Level
from desk.services.desk import Desk
from desk.services.rows import Notice, NoticeKind, PersonRow, SyncStatus, Tone
from desk.views import language, reading, theme
from desk.views.actions import ACTS, MOVES, Actions
from desk.views.admin_view import AdminView
from desk.views.approvals_view import ApprovalsView
from desk.views.attention_view import AttentionView
from desk.views.control.case_control import CaseControl
from desk.views.control.focus_keeper import FocusKeeper
from desk.views.control.lookup_control import LookupControl
from desk.views.control.offered import CASE_ACT, Offered
from desk.views.control.page_control import AdminControl, ApprovalsControl, AttentionControl, TasksControl
from desk.views.control.queue_control import QueueControl
from desk.views.control.session_control import SessionControl
from desk.views.keys_sheet import KeysSheet
from desk.views.leaving import LeavingBar
from desk.views.lookup_view import LookupView
from desk.views.password_view import PasswordView
from desk.views.rail import Rail
from desk.views.sign_in_view import SignInView
from desk.views.status_view import StatusView
from desk.views.tasks_view import TasksView
from desk.views.toast import Toast
from desk.views.top_bar import TopBar
from desk.views.workbench import Workbench

PAGES = ("queue", "lookup", "approvals", "attention", "tasks", "admin", "status")
_NEEDS = {  # one of these commands
    "queue": {"ClaimTicket"},
    "lookup": {"OpenTicket"},
    "approvals": {"DecideApproval"},
    "tasks": {"TakeTask", "ConfirmEffect"},
    "admin": {"SaveStaff"},
}
_SPECIALISTS = frozenset({Level.WAREHOUSE, Level.FINANCE, Level.SPECIALIST})  # what they are asked comes first
_UNTIL_KNOWN = frozenset({"ClaimTicket"})  # before the first snapshot says what this person may
_SIGN_IN = "sign_in"


class MainWindow(QWidget):
    """UI thread. `preferred(key, value)`: language or theme was chosen, bootstrap keeps it; `closing` when it goes."""

    preferred = Signal(str, str)
    closing = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._page = ""
        self._wanted = ""  # a page that was asked for before it is known what this person may
        self.setObjectName(theme.WINDOW)
        self.resize(1440, 900)
        self.setMinimumSize(1180, 680)
        self._build()
        self.toast = Toast(self)
        self.sheet = KeysSheet(self)
        self.leaving = LeavingBar(self)
        self._control()
        self.offered = Offered(
            self.bench,
            self.approvals,
            self.attention,
            self.tasks,
            page=lambda: self._page,
            allowed=lambda: self._allowed(desk.session.person),
        )
        self.top.call_line.know_acts(self.offered.acts)
        self._handlers = self._acts()
        self.actions_table = Actions(
            self, self.bench.queue.list, {name: partial(self.act, name) for name in self._handlers}
        )
        self._clock = QTimer(self)
        self._clock.setInterval(1000)
        self._connect_signals()
        theme.dress(self)
        self.show_status(desk.syncer.status)
        self.session.show()
        self.retranslate()

    # --- building

    def _build(self) -> None:
        self.top = TopBar()
        self.rail = Rail(PAGES)
        self.bench = Workbench()
        self.lookup = LookupView()
        self.approvals = ApprovalsView()
        self.attention = AttentionView()
        self.tasks = TasksView()
        self.admin = AdminView()
        self.status = StatusView()
        self.sign_in = SignInView()
        self.password = PasswordView()
        self._pages = QStackedWidget()
        self._views: dict[str, QWidget] = dict(
            zip(
                PAGES,
                (self.bench, self.lookup, self.approvals, self.attention, self.tasks, self.admin, self.status),
                strict=True,
            )
        )
        for view in self._views.values():
            self._pages.addWidget(view)
        work = QWidget()
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self._pages, 1)
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.top)
        inside.addLayout(body, 1)
        self._root = QStackedWidget()
        self._root.addWidget(self.sign_in)
        self._root.addWidget(work)
        self._root.addWidget(self.password)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._root)

    def _control(self) -> None:
        desk = self.desk
        self.queue_control = QueueControl(desk, self.bench.queue, self)
        self.case_control = CaseControl(desk, self.bench, self.toast, self)
        FocusKeeper(self, lambda: self.bench.next.button if self._page == "queue" else None)
        self.lookup_control = LookupControl(desk, self.top.call_line, self.lookup, self.toast, self)
        self.session = SessionControl(desk, self.sign_in, self.password, self)
        self._loads: dict[str, ApprovalsControl | AttentionControl | TasksControl | AdminControl] = {
            "approvals": ApprovalsControl(desk, self.approvals, self.toast, self),
            "attention": AttentionControl(desk, self.attention, self.toast, self),
            "tasks": TasksControl(desk, self.tasks, self.toast, self),
            "admin": AdminControl(desk, self.admin, self.toast, self),
        }

    def _connect_signals(self) -> None:
        # the frame
        self.rail.chosen.connect(self.go)
        self.top.page_asked.connect(self.go)
        self.top.keys_asked.connect(self.show_keys)
        self.top.lock_asked.connect(self.desk.session.lock)
        self.top.switch_asked.connect(self.session.switch)
        self.top.password_asked.connect(self.session.change_password)
        for view in (self.top, self.status, self.sign_in):
            view.language_asked.connect(self.use_language)
        for look in (self.top, self.status):
            look.theme_asked.connect(self.use_theme)
        self.status.sync_asked.connect(self.desk.syncer.wake)
        self.top.call_line.action_picked.connect(self.act)
        self.leaving.left.connect(self.close)
        # who works here
        self.session.entered.connect(self._enter)
        self.session.left.connect(self._leave)
        self.session.password_wanted.connect(self._ask_password)
        self.session.password_set.connect(lambda: self.toast.say(self.tr("Your password is changed."), Tone.OK))
        # opening cases
        self.bench.queue.opened.connect(self.open_case)
        self.bench.queue.claimed.connect(self.case_control.claim)
        self.bench.queue.notices.opened.connect(self._open_notice)
        self.lookup_control.case_found.connect(self._on_found)
        self.lookup_control.order_found.connect(lambda: self.go("lookup"))
        self.approvals.card.opened.connect(self.open_case)
        self.attention.opened.connect(self.open_case)
        self.tasks.opened.connect(self.open_case)
        # the clocks
        self._clock.timeout.connect(self._tick)
        # what the services say
        self.desk.syncer.status_changed.connect(self.show_status)

    def act(self, name: str) -> None:
        """An act of the table by its key or its name; one that cannot be done now says why."""
        if name.startswith(CASE_ACT):
            self.case_control.do_by_key(name.removeprefix(CASE_ACT))
        elif name not in MOVES and (why := self.offered.why_not(name)):
            self.toast.say(why)
        else:
            self._handlers[name]()

    def _acts(self) -> dict[str, Callable[[], object]]:
        bench, card = self.bench, self.approvals.card
        handlers: dict[str, Callable[[], object]] = {
            "call": self.top.call_line.begin,
            "trouble": self.raise_trouble,
            "keys": self.show_keys,
            "lock": self.desk.session.lock,
            "language": self.top.switch_language,
            "sync": self.desk.syncer.wake,
            "queue.focus": self._escape,
            "queue.next": lambda: bench.queue.list.step(1),
            "queue.previous": lambda: bench.queue.list.step(-1),
            "queue.claim": bench.queue.claim,
            "queue.notice": bench.queue.notices.press,
            "queue.tab": bench.queue.tabs.step,
            "queue.filter": bench.queue.filter_by_words,
            "say": bench.say.press,
            "say.copy": bench.say.copy,
            "say.other": bench.say.choose,
            "next": bench.next.button.press,
            "reason": bench.case.line.pick_reason,
            "mood": bench.case.who.pick_mood,
            "why": bench.case.band.toggle_why,
            "give.cause": bench.give.pick_cause,
            "checks": bench.case.playbook.checks.begin,
            "options": bench.case.playbook.options.begin,
            "causes": bench.case.playbook.causes.pick,
            "ask": self.case_control.playbook.ask,
            "timeline": bench.case.timeline.pick_area,
            "note": self.case_control.panels.note,
            "hand_off": self.case_control.panels.hand_off,
            "wrap_up": self.case_control.panels.wrap_up,
            "replay": self.case_control.panels.replay,
            "more": self.case_control.more,
            "approvals.approve": card.approve,
            "approvals.change": card.change,
            "approvals.deny": card.deny,
            "approvals.timeline": card.timeline.pick_area,
            "approvals.open": card.open_case,
            "attention.again": self.attention.do_again,
            "attention.dismiss": self.attention.dismiss,
            "tasks.retry": self.tasks.retry,
            "tasks.done": self.tasks.done,
            "tasks.cannot": self.tasks.cannot,
            "tasks.open": self.tasks.open_current,
            "admin.new": self.admin.begin_new,
        }
        handlers |= {f"give.{n}": partial(bench.give.press, n) for n in range(1, 10)}
        handlers |= {f"option.{n}": partial(bench.case.playbook.options.press, n) for n in range(1, 10)}
        handlers |= {f"page.{page}": partial(self.go, page) for page in PAGES}
        return handlers

    # --- pages

    @property
    def page(self) -> str:
        """The page that is up; "sign_in" while nobody works here."""
        return self._page

    def go(self, page: str) -> None:
        """Show a page and put the keyboard into it; a page that is not this person's is not shown, and one of which
        that is not known yet is shown as soon as it is."""
        person = self.desk.session.person
        if page not in self._allowed(person):
            self._wanted = page if person is not None and not person.permissions else ""
            return
        self._page = page
        self.rail.choose(page)
        self._pages.setCurrentWidget(self._views[page])
        self.actions_table.enter(page)
        if page in self._loads:
            self._loads[page].reload()
        elif page == "lookup":
            self.desk.jobs.spawn(self.lookup_control.prepare(), "look-up form")
        focus = {"queue": self.bench.queue.list, "approvals": self.approvals.list}.get(page, self._views[page])
        if not focus.isVisibleTo(self):  # nothing in it yet: keys must not fall into the call line meanwhile
            self._views[page].setFocus(Qt.FocusReason.OtherFocusReason)
        focus.setFocus(Qt.FocusReason.OtherFocusReason)  # a hidden list has the keyboard once it is shown

    def open_case(self, ticket_id: str) -> None:
        """Show a case on the queue's page."""
        if self._page != "queue":
            self.go("queue")
        self.bench.queue.select(ticket_id)
        self.bench.queue.notices.seen(ticket_id)
        self.case_control.open(ticket_id)

    def raise_trouble(self) -> None:
        """E: the form for an exception, about the order that is in hand on this page (MISSION 74)."""
        if "lookup" not in self._allowed(self.desk.session.person):
            return
        if self._page == "lookup":
            self.lookup.form.begin_trouble()
        else:
            self.desk.jobs.spawn(self.lookup_control.raise_trouble(self._ticket_in_hand()), "raise exception")

    def _ticket_in_hand(self) -> str:
        if self._page == "queue":
            at_queue = self.bench.queue.list.hasFocus() and self.bench.queue.list.current_row()
            row = at_queue or self.case_control.row
            return row.id if row else ""
        lists = {"approvals": self.approvals.list, "attention": self.attention.list, "tasks": self.tasks.list}
        current = lists[self._page].current_row() if self._page in lists else None
        return getattr(current, "ticket_id", None) or ""

    def _on_found(self, ticket_id: str, verbs: str) -> None:
        self.open_case(ticket_id)
        self.bench.queue.list.setFocus(Qt.FocusReason.OtherFocusReason)  # keys are for the case now, not for the line
        if verbs:
            self.desk.jobs.spawn(self._verbs(ticket_id, verbs), "verbs of the call line")

    async def _verbs(self, ticket_id: str, verbs: str) -> None:
        await self.case_control.show(ticket_id)
        for verb in verbs:
            self.actions_table[{"c": "next", "z": "wrap_up", "h": "hand_off", "s": "say"}[verb]].trigger()

    def _open_notice(self, notice: Notice) -> None:
        if notice.kind is NoticeKind.TASK:
            self.go("tasks")
        else:
            self.open_case(notice.ticket_id)

    def _escape(self) -> None:
        """Esc: out of a side panel, else to the queue."""
        if self.bench.side is not None:
            self.bench.show_main()
        else:
            self.bench.queue.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_keys(self) -> None:
        """The sheet of keys for this screen."""
        self.sheet.open(self._page)

    # --- who works here

    def _allowed(self, person: PersonRow | None) -> tuple[str, ...]:
        if person is None:
            return ()
        may = person.permissions or _UNTIL_KNOWN
        return tuple(page for page in PAGES if page not in _NEEDS or _NEEDS[page] & may)

    def _enter(self, person: PersonRow) -> None:
        """Somebody came in, or more is known of who is in: then the keyboard stays where they have it."""
        was_inside = self._root.currentIndex() == 1
        self._root.setCurrentIndex(1)
        self.top.show_person(person)
        allowed = self._allowed(person)
        self.rail.allow(allowed)
        self.queue_control.reload()
        wanted = self._wanted if self._wanted in allowed else ""
        if was_inside and self._page in allowed and not wanted:
            return
        first = "tasks" if person.level in _SPECIALISTS and "tasks" in allowed else allowed[0]
        self._wanted = ""
        self.go(wanted or (self._page if self._page in allowed else first))

    def _leave(self) -> None:
        """Locked or signed out: nothing of the work is on the screen."""
        self._root.setCurrentIndex(0)
        self.actions_table.enter(_SIGN_IN)
        self.sheet.hide()
        if self.desk.session.person is None:
            self._page = self._wanted = ""
            self.case_control.close()
        self.sign_in.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_password(self) -> None:
        """The card covers everything, and no key of the work does anything meanwhile."""
        self._root.setCurrentWidget(self.password)
        self.actions_table.enter(_SIGN_IN)
        self.sheet.hide()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- language, theme, clocks

    def use_language(self, code: str) -> None:
        """Switch the language of the screen."""
        language.use(code)
        self.preferred.emit("language", code)
        self.case_control.relanguage()

    def use_theme(self, name: str) -> None:
        """Switch light and dark."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, name)
            self.preferred.emit("theme", name)

    def show_status(self, status: SyncStatus) -> None:
        """The three numbers, the badges."""
        self.top.show_status(status)
        self.status.show_status(status)
        self.leaving.show_status(status)
        badges = {"approvals": status.approvals, "attention": status.attention, "tasks": status.tasks}
        for page, count in badges.items():
            self.rail.buttons[page].set_badge(count)

    def _tick(self) -> None:
        if self._page == "queue":
            self.bench.tick()
        elif self._page == "approvals":
            self.approvals.tick()
        elif self._page == "tasks":
            self.tasks.tick()

    def retranslate(self) -> None:
        """Words of the frame."""
        self.setWindowTitle(self.tr("Order Desk"))
        keys = {act.name.removeprefix("page."): (act.said, act.key) for act in ACTS if act.name.startswith("page.")}
        short = {
            "queue": self.tr("Queue"),
            "lookup": self.tr("Look up"),
            "approvals": self.tr("Approvals"),
            "attention": self.tr("Attention"),
            "tasks": self.tr("Tasks"),
            "admin": self.tr("People"),
            "status": self.tr("Status"),
        }
        self.rail.name({page: (said, keys[page][1]) for page, said in short.items()})
        self.actions_table.retranslate()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes as one reads; while the word of leaving is up it stays there."""
        return reading.step(self.leaving if self.leaving.isVisible() else self, next)

    def changeEvent(self, event: QEvent) -> None:
        """Language."""
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "actions_table"):
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QEvent) -> None:
        """The clocks run while it is seen."""
        self._clock.start()
        super().showEvent(event)  # type: ignore[arg-type]

    def hideEvent(self, event: QEvent) -> None:
        """And stand still while it is not."""
        self._clock.stop()
        super().hideEvent(event)  # type: ignore[arg-type]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet covers all of it."""
        if hasattr(self, "sheet"):
            self.sheet.setGeometry(self.rect())
        super().resizeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Bootstrap ends what runs behind. With acts that are not sent yet a calm word comes first, once."""
        if self.leaving.holds_back():
            event.ignore()
            return
        self._clock.stop()
        self.closing.emit()
        super().closeEvent(event)
