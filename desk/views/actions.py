"""The table of every act with a key: name, words, key, page. Keys never fire while text is typed.

Qt gives plain letters to a field that has the focus (ShortcutOverride) before it looks at actions, so no letter of this
table can fire there; Ctrl and Alt combinations can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

EVERYWHERE = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One act. `page` '' means every page."""

    name: str
    words: object  # source text, translated where it is shown
    key: str
    page: str = EVERYWHERE

    @property
    def said(self) -> str:
        """Its words in the language of the screen."""
        return QCoreApplication.translate("actions", str(self.words))


def _act(name: str, words: object, key: str, page: str = EVERYWHERE) -> Act:
    return Act(name, words, key, page)


QUEUE, LOOKUP, APPROVALS, ATTENTION, TASKS, ADMIN = "queue", "lookup", "approvals", "attention", "tasks", "admin"
ACTS: tuple[Act, ...] = (
    _act("call", QT_TRANSLATE_NOOP("actions", "Call line: find, then act"), "Ctrl+K"),
    _act("page.queue", QT_TRANSLATE_NOOP("actions", "Queue"), "Q"),
    _act("page.lookup", QT_TRANSLATE_NOOP("actions", "Look up"), "L"),
    _act("page.approvals", QT_TRANSLATE_NOOP("actions", "Approvals"), "P"),
    _act("page.attention", QT_TRANSLATE_NOOP("actions", "Needs attention"), "I"),
    _act("page.tasks", QT_TRANSLATE_NOOP("actions", "Tasks"), "T"),
    _act("page.admin", QT_TRANSLATE_NOOP("actions", "People and desks"), "Y"),
    _act("page.status", QT_TRANSLATE_NOOP("actions", "Status and settings"), ","),
    _act("trouble", QT_TRANSLATE_NOOP("actions", "Raise an exception"), "E"),
    _act("keys", QT_TRANSLATE_NOOP("actions", "Keys of this screen"), "?"),
    _act("lock", QT_TRANSLATE_NOOP("actions", "Lock the screen"), "Ctrl+L"),
    _act("language", QT_TRANSLATE_NOOP("actions", "Chinese or English"), "Ctrl+Shift+L"),
    _act("sync", QT_TRANSLATE_NOOP("actions", "Send and fetch now"), "F5"),
    _act("queue.focus", QT_TRANSLATE_NOOP("actions", "To the queue"), "Esc", QUEUE),
    _act("queue.next", QT_TRANSLATE_NOOP("actions", "Next ticket"), "J", QUEUE),
    _act("queue.previous", QT_TRANSLATE_NOOP("actions", "Ticket before"), "K", QUEUE),
    _act("queue.claim", QT_TRANSLATE_NOOP("actions", "Claim and start"), "Space", QUEUE),
    _act("queue.notice", QT_TRANSLATE_NOOP("actions", "Go to the newest notice"), "U", QUEUE),
    _act("queue.tab", QT_TRANSLATE_NOOP("actions", "Next tab of the queue"), "`", QUEUE),
    _act("queue.filter", QT_TRANSLATE_NOOP("actions", "Filter the queue"), "/", QUEUE),
    _act("say", QT_TRANSLATE_NOOP("actions", "Say or send the script"), "S", QUEUE),
    _act("say.copy", QT_TRANSLATE_NOOP("actions", "Copy the script"), "Ctrl+Shift+C", QUEUE),
    _act("say.other", QT_TRANSLATE_NOOP("actions", "Other script"), "O", QUEUE),
    _act("next", QT_TRANSLATE_NOOP("actions", "Do the next act"), "C", QUEUE),
    _act("reason", QT_TRANSLATE_NOOP("actions", "Reason or type"), "R", QUEUE),
    _act("mood", QT_TRANSLATE_NOOP("actions", "Customer's mood"), "M", QUEUE),
    _act("why", QT_TRANSLATE_NOOP("actions", "Why: rule by rule"), "W", QUEUE),
    _act("give.cause", QT_TRANSLATE_NOOP("actions", "Cause of the compensation"), "X", QUEUE),
    _act("checks", QT_TRANSLATE_NOOP("actions", "Go through the checks"), "G", QUEUE),
    _act("options", QT_TRANSLATE_NOOP("actions", "Handle it: to the options"), "D", QUEUE),
    _act("causes", QT_TRANSLATE_NOOP("actions", "Cause of the trouble"), "B", QUEUE),
    _act("ask", QT_TRANSLATE_NOOP("actions", "Ask a team"), "A", QUEUE),
    _act("timeline", QT_TRANSLATE_NOOP("actions", "Filter the timeline"), "F", QUEUE),
    _act("note", QT_TRANSLATE_NOOP("actions", "Write a note"), "N", QUEUE),
    _act("hand_off", QT_TRANSLATE_NOOP("actions", "Hand off to another team"), "H", QUEUE),
    _act("wrap_up", QT_TRANSLATE_NOOP("actions", "Wrap up"), "Z", QUEUE),
    _act("replay", QT_TRANSLATE_NOOP("actions", "Path of the case"), "V", QUEUE),
    _act("more", QT_TRANSLATE_NOOP("actions", "More acts"), ".", QUEUE),
    *(_act(f"give.{n}", QT_TRANSLATE_NOOP("actions", "Give this compensation"), str(n), QUEUE) for n in range(1, 10)),
    *(_act(f"option.{n}", QT_TRANSLATE_NOOP("actions", "Take this option"), f"Alt+{n}", QUEUE) for n in range(1, 10)),
    _act("approvals.approve", QT_TRANSLATE_NOOP("actions", "Approve"), "A", APPROVALS),
    _act("approvals.change", QT_TRANSLATE_NOOP("actions", "Change the amount"), "C", APPROVALS),
    _act("approvals.deny", QT_TRANSLATE_NOOP("actions", "Deny"), "D", APPROVALS),
    _act("approvals.timeline", QT_TRANSLATE_NOOP("actions", "Filter the timeline"), "F", APPROVALS),
    _act("approvals.open", QT_TRANSLATE_NOOP("actions", "Open the case"), "V", APPROVALS),
    _act("attention.again", QT_TRANSLATE_NOOP("actions", "Do it again"), "G", ATTENTION),
    _act("attention.dismiss", QT_TRANSLATE_NOOP("actions", "Done with it"), "Del", ATTENTION),
    _act("tasks.retry", QT_TRANSLATE_NOOP("actions", "Take it; let it try again"), "G", TASKS),
    _act("tasks.done", QT_TRANSLATE_NOOP("actions", "Done: answer"), "D", TASKS),
    _act("tasks.cannot", QT_TRANSLATE_NOOP("actions", "Cannot be done: say why"), "X", TASKS),
    _act("tasks.open", QT_TRANSLATE_NOOP("actions", "Open the case"), "V", TASKS),
    _act("admin.new", QT_TRANSLATE_NOOP("actions", "Add one"), "+", ADMIN),
)
# Keys that a list, a form or a panel takes itself while it has the keyboard: they are no actions, but are on the sheet.
OWN: tuple[Act, ...] = (
    _act("own.open", QT_TRANSLATE_NOOP("actions", "Open the case under the cursor"), "Enter", QUEUE),
    _act("own.yes", QT_TRANSLATE_NOOP("actions", "In the checks: yes"), "Y", QUEUE),
    _act("own.no", QT_TRANSLATE_NOOP("actions", "In the checks: no"), "N", QUEUE),
    _act("own.unclear", QT_TRANSLATE_NOOP("actions", "In the checks: unclear"), "?", QUEUE),
    _act("own.words", QT_TRANSLATE_NOOP("actions", "In the checks: write beside it"), "Enter", QUEUE),
    _act("own.withdraw", QT_TRANSLATE_NOOP("actions", "In what was asked: withdraw it"), "Del", QUEUE),
    _act("own.second", QT_TRANSLATE_NOOP("actions", "The second key, where money leaves"), "Enter", QUEUE),
    _act("own.written", QT_TRANSLATE_NOOP("actions", "In a panel: done with it"), "Ctrl+Enter", QUEUE),
    _act("own.back", QT_TRANSLATE_NOOP("actions", "Out of a panel; what was typed stays"), "Esc", QUEUE),
    _act("own.search", QT_TRANSLATE_NOOP("actions", "Ask the centre; once more opens it"), "Enter", LOOKUP),
    _act("own.ticket", QT_TRANSLATE_NOOP("actions", "Open the ticket that is filled in"), "Ctrl+Enter", LOOKUP),
    _act("own.amount", QT_TRANSLATE_NOOP("actions", "In the amount: approve it"), "Enter", APPROVALS),
    _act("own.amount_back", QT_TRANSLATE_NOOP("actions", "Out of the amount"), "Esc", APPROVALS),
    _act("own.case", QT_TRANSLATE_NOOP("actions", "Open the case under the cursor"), "Enter", ATTENTION),
    _act("own.reference", QT_TRANSLATE_NOOP("actions", "To the reference; once more: done"), "Enter", TASKS),
    _act("own.reply", QT_TRANSLATE_NOOP("actions", "In the answer: send it"), "Ctrl+Enter", TASKS),
    _act("own.reply_back", QT_TRANSLATE_NOOP("actions", "Out of the answer; what was typed stays"), "Esc", TASKS),
    _act("own.save", QT_TRANSLATE_NOOP("actions", "Save what is filled in"), "Enter", ADMIN),
    _act("own.next", QT_TRANSLATE_NOOP("actions", "Down in a list"), "↓ J"),
    _act("own.previous", QT_TRANSLATE_NOOP("actions", "Up in a list"), "↑ K"),
    _act("own.tab", QT_TRANSLATE_NOOP("actions", "To the next field or button"), "Tab"),
    _act("own.press", QT_TRANSLATE_NOOP("actions", "Press the button you are on"), "Space"),
)
MOVES = frozenset({"queue.next", "queue.previous"})  # a key held down goes on; everywhere else it is one press
# These fire only while the queue's list has the focus: Space must still press the buttons around it.
LOCAL = frozenset({"queue.claim", "queue.next", "queue.previous"})


class Actions(QObject):
    """The table as QActions of a window; `enter(page)` enables those of the page."""

    def __init__(self, window: QWidget, local: QWidget, handlers: dict[str, Callable[[], object]]) -> None:
        """`local` is where the LOCAL keys work: the queue's list."""
        super().__init__(window)
        self._actions: dict[str, QAction] = {}
        for act in ACTS:
            action = QAction(self)
            action.setObjectName(act.name)
            action.setShortcut(QKeySequence(act.key))
            action.setAutoRepeat(act.name in MOVES)
            here = act.name in LOCAL
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut if here else Qt.ShortcutContext.WindowShortcut
            action.setShortcutContext(context)
            action.triggered.connect(lambda _=False, run=handlers[act.name]: run())
            (local if here else window).addAction(action)
            self._actions[act.name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        """One of them."""
        return self._actions[name]

    def enter(self, page: str) -> None:
        """The keys of this page, and those of every page; page "sign_in" has none."""
        for act in ACTS:
            self._actions[act.name].setEnabled(page != "sign_in" and act.page in (EVERYWHERE, page))

    def retranslate(self) -> None:
        """Words."""
        for act in ACTS:
            self._actions[act.name].setText(act.said)


def of_page(page: str) -> list[Act]:
    """The acts of a page with the keys that its parts take themselves, then those of every page."""
    every = (*ACTS, *OWN)
    return [act for act in every if act.page == page] + [act for act in every if act.page == EVERYWHERE]
