"""The shop's colleagues at their own desk: what they did before the first sight, and what they go on doing.

They sign in as themselves and push commands like any desk, so every rule is obeyed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from desk.demo.client import Centre, Colleague, NotTaken
from desk.demo.data import demo_people
from desk.demo.deeds import Matter, commands_of
from desk.demo.state import State
from desk.demo.stories import FIRST_LINE, Deed, Story
from desk.domain.commands import Command
from desk.domain.tickets import OPEN_STAGES

ASKS = "liqiang"  # asks supervisors for a bigger coupon now and then, so that there is something to decide
HELPS = "zhaomin"  # takes what has waited too long
LATE = timedelta(minutes=4)  # after its time: whoever sits at a real desk comes first
_LOOKS = 10  # tickets looked at in one go
_NOBODY_WAITS = "nobody_waits"
_SAYS = {"cancel": "app_received", "exception": "exception_notice"}
_ENDS = {
    "cancel": ("withdrawn", "已说明物流情况，客户愿意等待"),
    "exception": ("solved", "已核实原因并处理，告知客户后续时间"),
}
Verdict = dict[str, Any]
Document = dict[str, Any]


@dataclass(slots=True)
class Office:
    """The demo's own desk with its people; counts their commands in the state. One thread."""

    centre: Centre
    state: State
    _people: dict[str, Colleague] = field(default_factory=dict)
    _round: int = 0  # where in the list they look next

    def person(self, login: str) -> Colleague:
        """Somebody of the roster, signed in at the first act."""
        if login not in self._people:
            password = next(person.password for person in demo_people() if person.login == login)
            seq = self.state.seqs.get(login, 0)
            self._people[login] = Colleague(self.centre, self.state.installation_id, login, password, seq)
        return self._people[login]

    # --- before the first sight ---

    def do_deeds(self, stories: tuple[Story, ...]) -> Iterator[tuple[Deed, Verdict]]:
        """All deeds, each person's in order, each with its verdicts. After a kill they are done again from the start:
        the same ids under the same numbers change nothing."""
        self.state.seqs.clear()
        planned: dict[str, list[tuple[Deed, Command]]] = {}
        for story in stories:
            matter = self._matter(story) if story.deeds else None
            for nth, deed in enumerate(story.deeds):
                commands = commands_of(deed, matter, nth) if matter else ()
                planned.setdefault(deed.login, []).extend((deed, command) for command in commands)
        for login, deeds in planned.items():
            verdicts = self._push(login, [command for _, command in deeds])
            yield from ((deed, verdict) for (deed, _), verdict in zip(deeds, verdicts, strict=True))

    def _matter(self, story: Story) -> Matter:
        request = story.requests[0]
        tickets = self._tickets(story.deeds[0].login, story.sale.number)
        ticket_id = next(str(one["id"]) for one in tickets if one["kind"] == request.kind)
        tender_id = story.sale.tenders[0].id if story.sale.tenders else None
        return Matter(request.source, ticket_id, story.sale.id, request.reason or request.subtype, tender_id)

    # --- and then ---

    def ask_for_approval(self, now: datetime) -> str:
        """Somebody takes a free ticket and asks for a coupon above their cap; the centre's answer as a code."""
        for ticket in self._free_tickets(ASKS):
            if ticket["order_id"]:
                give = Deed(ASKS, "give", ("coupon", 3000, "waiting", "coupon_30"))
                return self._work(ticket, now, (Deed(ASKS, "claim", ()), give))
        return _NOBODY_WAITS

    def help_out(self, rng: random.Random, now: datetime) -> str:
        """Somebody answers a customer who has waited too long, and closes the case where words were enough."""
        for ticket in self._free_tickets(HELPS):
            if datetime.fromisoformat(ticket["due_at"]) + LATE > now:
                continue
            deeds = [Deed(HELPS, "claim", ()), Deed(HELPS, "say", (_SAYS[ticket["kind"]],))]
            ends = rng.random() < 0.5 and not ticket["needs_review"]
            deeds.append(Deed(HELPS, "close", _ENDS[ticket["kind"]]) if ends else Deed(HELPS, "release", ()))
            return self._work(ticket, now, deeds)
        return _NOBODY_WAITS

    def _free_tickets(self, login: str) -> Iterator[Document]:
        """Open tickets of the hotline that nobody holds, of the next few orders that were asked about lately."""
        numbers = self.state.taken[-120:]
        for _ in range(min(_LOOKS, len(numbers))):
            self._round += 1
            number = numbers[self._round % len(numbers)]
            try:
                tickets = self._tickets(login, number)
            except NotTaken:
                continue  # out of sight of this desk
            ours = (one for one in tickets if one["team"] == FIRST_LINE and one["stage"] in OPEN_STAGES)
            yield from (one for one in ours if one["holder"] is None)

    def _work(self, ticket: Document, now: datetime, deeds: Sequence[Deed]) -> str:
        cause = ticket["reason"] or ticket["subtype"]
        matter = Matter(f"{ticket['id']}@{now.isoformat()}", ticket["id"], ticket["order_id"] or "", cause)
        commands = [command for nth, deed in enumerate(deeds) for command in commands_of(deed, matter, nth)]
        verdicts = self._push(deeds[0].login, commands)
        codes = [str(verdict["code"]) for verdict in verdicts if verdict["status"] != "applied"]
        return codes[0] if codes else str(verdicts[-1]["outcome"]["result"])

    def _tickets(self, login: str, order_number: str) -> list[Document]:
        return [one["doc"] for one in self.person(login).case_of(order_number) if one["kind"] == "ticket"]

    def _push(self, login: str, commands: Sequence[Command]) -> list[Verdict]:
        verdicts = self.person(login).do_all(commands)
        self.state.seqs[login] = self.person(login).seq
        return verdicts
