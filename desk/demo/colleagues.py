"""The shop's colleagues at their own desk: what they did before the first sight, and what they go on doing.

They sign in as themselves and push commands like any desk, so every rule is obeyed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from desk.demo.client import Centre, Colleague, NotTaken
from desk.demo.data import demo_people
from desk.demo.state import State
from desk.demo.stories import Deed, Story
from desk.domain.commands import AddNote, ClaimTicket, Command, GrantCompensation, ReleaseTicket, SendMessage, SetMood
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind
from desk.domain.tickets import OPEN_STAGES

ASKS = "liqiang"  # asks supervisors for a bigger coupon now and then, so that there is something to decide
_NOT_OPEN = "no open ticket that is free"
Verdict = dict[str, Any]


@dataclass(slots=True)
class Office:
    """The demo's own desk with its people; counts their commands in the state. One thread."""

    centre: Centre
    state: State
    _people: dict[str, Colleague] = field(default_factory=dict)

    def person(self, login: str) -> Colleague:
        """Somebody of the roster, signed in at the first act."""
        if login not in self._people:
            password = next(person.password for person in demo_people() if person.login == login)
            seq = self.state.seqs.get(login, 0)
            self._people[login] = Colleague(self.centre, self.state.installation_id, login, password, seq)
        return self._people[login]

    def do(self, login: str, command: Command) -> Verdict:
        """The verdict on one act of one person."""
        verdict = self.person(login).do(command)
        self.state.seqs[login] = self.person(login).seq
        return verdict

    # --- before the first sight ---

    def do_deeds(self, stories: tuple[Story, ...]) -> Iterator[tuple[Deed, Verdict]]:
        """All deeds, each person's in order, each with its verdict. After a kill they are done again from the start:
        the same ids under the same numbers change nothing."""
        self.state.seqs.clear()
        planned: dict[str, list[tuple[Deed, Command]]] = {}
        for story in stories:
            ticket_id = self._ticket(story.deeds[0].login, story) if story.deeds else ""
            for nth, deed in enumerate(story.deeds):
                planned.setdefault(deed.login, []).append((deed, _command(deed, story, nth, ticket_id)))
        for login, deeds in planned.items():
            verdicts = self.person(login).do_all([command for _, command in deeds])
            self.state.seqs[login] = self.person(login).seq
            yield from ((deed, verdict) for (deed, _), verdict in zip(deeds, verdicts, strict=True))

    def _ticket(self, login: str, story: Story) -> str:
        kind = story.requests[0].kind
        tickets = (one for one in self._tickets(login, story.sale.number) if one["kind"] == kind)
        return str(next(tickets)["id"])

    def _tickets(self, login: str, order_number: str) -> list[dict[str, Any]]:
        return [one["doc"] for one in self.person(login).case_of(order_number) if one["kind"] == "ticket"]

    # --- and then ---

    def ask_for_approval(self, rng: random.Random, now: datetime) -> str:
        """Somebody claims a ticket and asks for a coupon above their cap; the centre's answer as a code."""
        numbers = self.state.taken[-30:]
        for number in rng.sample(numbers, min(5, len(numbers))):
            ticket = self._free_ticket(number)
            if ticket is not None:
                return self._claim_and_ask(ticket, now)
        return _NOT_OPEN

    def _free_ticket(self, number: str) -> dict[str, Any] | None:
        try:
            tickets = self._tickets(ASKS, number)
        except NotTaken:
            return None  # out of sight of this desk: a store's
        open_ones = [one for one in tickets if one["stage"] in OPEN_STAGES and one["order_id"]]
        return next((one for one in open_ones if one["holder"] is None), None)

    def _claim_and_ask(self, ticket: dict[str, Any], now: datetime) -> str:
        def made(what: str) -> str:
            return derived_id(f"demo-{what}", ticket["id"], now.isoformat())

        claimed = self.do(ASKS, ClaimTicket(id=made("claim"), ticket_id=ticket["id"]))
        if claimed["status"] != "applied":
            return str(claimed["code"])
        wish = GrantCompensation(
            id=made("wish"),
            order_id=ticket["order_id"],
            ticket_id=ticket["id"],
            kind=BenefitKind.COUPON,
            units=3000,
            cause="waiting",
            sequence=1,
            item="coupon_30",
            words="客户等了很久,语气不好,希望给一张 30 元券",
        )
        verdict = self.do(ASKS, wish)
        return str((verdict.get("outcome") or {}).get("result") or verdict["code"])


def _command(deed: Deed, story: Story, nth: int, ticket_id: str) -> Command:
    command_id = derived_id("demo-deed", story.requests[0].source, str(nth))
    match deed.act, deed.facts:
        case "claim", ():
            return ClaimTicket(id=command_id, ticket_id=ticket_id)
        case "release", ():
            return ReleaseTicket(id=command_id, ticket_id=ticket_id)
        case "note", (str(words),):
            return AddNote(id=command_id, ticket_id=ticket_id, words=words)
        case "mood", (str(mood),):
            return SetMood(id=command_id, ticket_id=ticket_id, mood=mood)
        case "say", (str(template),):
            return SendMessage(id=command_id, ticket_id=ticket_id, template=template, language="zh", via="sms")
        case "give", (kind, units, cause, item):
            return GrantCompensation(
                id=command_id,
                order_id=story.sale.id,
                ticket_id=ticket_id,
                kind=BenefitKind(kind),
                units=units,
                cause=cause,
                sequence=1,
                item=item,
                tender_id=story.sale.tenders[0].id if kind == "goodwill" else None,
            )
    raise ValueError(f"nobody does {deed.act}")
