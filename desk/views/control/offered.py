"""Which acts may be done now, and why not: for the palette, and said at the key press instead of at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desk.domain.ledger import ApprovalState
from desk.domain.tickets import Stage
from desk.services.rows import Allowed, CaseRow
from desk.views import words
from desk.views.actions import ACTS, Act
from desk.views.approvals_view import ApprovalsView
from desk.views.attention_view import AttentionView
from desk.views.give_view import act_words
from desk.views.option_view import off_words
from desk.views.palette import Suggestion
from desk.views.tasks_view import TasksView
from desk.views.workbench import Workbench

CASE_ACT = "case."  # prefix: an act behind the next one, as the menu of further acts has it
_OF_CASE = frozenset(
    {
        "say", "say.copy", "say.other", "next", "reason", "mood", "why", "give.cause", "timeline", "note", "hand_off",
        "wrap_up", "replay", "more", "checks", "options", "causes", "ask",
    }
)  # fmt: skip
_OF_HOLDER = frozenset({"reason", "mood", "hand_off", "wrap_up", "causes", "ask"})
_OF_PLAYBOOK = frozenset({"checks", "options", "causes"})
_DIGITS = frozenset({"give", "option"})  # nine keys each; the palette names none of them
_TASKS = {
    "tasks.retry": ("may_retry", "may_take"),
    "tasks.done": ("may_reply", "may_confirm"),
    "tasks.cannot": ("may_reply",),
    "tasks.open": ("ticket_id",),
}


def not_in_hand(case: CaseRow) -> str:
    """Why only the holder of a ticket does this, in words; '' where this person holds it."""
    if case.stage in (Stage.CLOSED, Stage.ARCHIVED):
        return words.word("refusal", "ticket_closed")
    if case.mine:
        return ""
    if case.holder:
        return words.word("refusal", "claimed_by_other", {"holder": case.holder})
    return words.word("refusal", "not_held")


class Offered:
    """UI thread. Reads what the views show; `page()` is the page that is up, `allowed()` those of this person."""

    def __init__(
        self,
        bench: Workbench,
        approvals: ApprovalsView,
        attention: AttentionView,
        tasks: TasksView,
        page: Callable[[], str],
        allowed: Callable[[], tuple[str, ...]],
    ) -> None:
        self._bench, self._approvals, self._attention, self._tasks = bench, approvals, attention, tasks
        self._page, self._allowed = page, allowed

    def acts(self) -> list[Suggestion]:
        """For the palette: the acts of this page, those of the case in hand, then those of every page."""
        here = [act for act in ACTS if act.page == self._page() and not _is_digit(act)]
        everywhere = [act for act in ACTS if not act.page and act.name != "call"]
        return [*map(self._named, here), *self._case_acts(), *map(self._named, everywhere)]

    def _named(self, act: Act) -> Suggestion:
        return Suggestion(
            action=act.name, title=act.said, key=act.key, source=str(act.words), off=self.why_not(act.name)
        )

    def _case_acts(self) -> list[Suggestion]:
        case = self._bench.case.row if self._page() == "queue" else None
        return [
            Suggestion(
                action=f"{CASE_ACT}{act.key}",
                title=act_words(act),
                source=words.source("next_act", act.key),
                off=words.word("refusal", act.reason, act.data) if act.allowed is Allowed.OFF else "",
            )
            for act in (case.acts[1:] if case is not None else ())
            if not act.second_key  # money is pressed where its consequence stands
        ]

    def why_not(self, name: str) -> str:
        """Why the act of this name cannot be done now, in words; '' where it can."""
        group, _, rest = name.partition(".")
        if group == "page":
            return "" if rest in self._allowed() else words.word("refusal", "not_permitted")
        if name in _OF_CASE or group in _DIGITS:
            return self._of_case(name)
        if group == "queue":
            return self._of_queue(rest)
        if group == "approvals":
            return self._of_approvals(rest)
        if name == "attention.again" or name == "attention.dismiss":
            return self._of_row(self._attention.current(), lambda row: rest in row.steps)
        if group == "tasks":
            fields = _TASKS.get(name, ())
            return self._of_row(self._tasks.current(), lambda row: any(getattr(row, one, None) for one in fields))
        return ""

    def _of_case(self, name: str) -> str:
        case = self._bench.case.row
        if case is None:
            return words.word("not_now", "no_case")
        if name in _OF_HOLDER and (why := not_in_hand(case)):
            return why
        if name in _OF_PLAYBOOK and case.playbook is None:
            return words.word("not_now", "no_playbook")
        group, _, number = name.partition(".")
        if number.isdigit():
            return self._of_option(case, int(number)) if group == "option" else self._of_offer(int(number))
        special = {"next": self._of_next, "note": self._of_note, "why": self._of_verdict, "ask": self._of_asking}
        if name in special:
            return special[name](case)
        return self._of_script(name) if group == "say" else self._of_causes(name)

    def _of_next(self, case: CaseRow) -> str:
        act = self._bench.next.act
        if act is None:
            return words.word("not_now", "nothing_next")
        return words.word("refusal", act.reason, act.data) if act.allowed is Allowed.OFF and act.reason else ""

    @staticmethod
    def _of_note(case: CaseRow) -> str:
        """Whoever sees a ticket may note what they know."""
        return words.word("refusal", "ticket_closed") if case.stage in (Stage.CLOSED, Stage.ARCHIVED) else ""

    @staticmethod
    def _of_verdict(case: CaseRow) -> str:
        return "" if case.verdict is not None and case.verdict.nodes else words.word("not_now", "no_rules")

    @staticmethod
    def _of_asking(case: CaseRow) -> str:
        return "" if case.may_ask else words.word("refusal", "not_permitted")

    def _of_script(self, name: str) -> str:
        script = self._bench.say.row
        if script is None:
            return words.word("not_now", "no_script")
        if name == "say.copy" and script.blocked:
            return words.word("blocked", script.blocked, script.data)
        return words.word("not_now", "no_script") if name == "say.other" and not script.others else ""

    def _of_causes(self, name: str) -> str:
        panel = self._bench.give.row
        return words.word("not_now", "nothing_to_give") if name == "give.cause" and not (panel and panel.causes) else ""

    def _of_offer(self, number: int) -> str:
        panel = self._bench.give.row
        offer = next((one for one in panel.offers if one.number == number), None) if panel is not None else None
        if offer is None:
            return words.word("not_now", "no_such_offer", {"number": number})
        return self._bench.give.note(offer) if offer.allowed is Allowed.OFF else ""

    @staticmethod
    def _of_option(case: CaseRow, number: int) -> str:
        options = case.playbook.options if case.playbook is not None else ()
        option = next((one for one in options if one.number == number), None)
        if option is None:
            return words.word("not_now", "no_such_offer", {"number": number})
        return off_words(option) if option.allowed is Allowed.OFF else ""

    def _of_queue(self, rest: str) -> str:
        queue = self._bench.queue
        if rest == "claim" and queue.list.current_row() is None:
            return words.word("not_now", "no_row")
        return words.word("not_now", "no_notice") if rest == "notice" and not queue.notices.said else ""

    def _of_approvals(self, rest: str) -> str:
        request = self._approvals.card.row
        if request is None:
            return words.word("not_now", "no_row")
        if rest in ("open", "timeline"):
            return ""
        if request.state is not ApprovalState.ASKED:
            return words.word("not_now", "answered")
        return words.word("refusal", request.reason_off) if not request.may_decide else ""

    @staticmethod
    def _of_row(row: Any, may: Callable[[Any], bool]) -> str:
        if row is None:
            return words.word("not_now", "no_row")
        return "" if may(row) else words.word("not_now", "not_this_one")


def _is_digit(act: Act) -> bool:
    return act.name.partition(".")[2].isdigit()
