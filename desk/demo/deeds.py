"""What colleagues did on the open tickets, done again through their own sign-ins, so that every rule is obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from desk.demo.client import Centre, Colleague
from desk.demo.data import demo_people
from desk.demo.stories import Deed, Story
from desk.domain.commands import (
    AddNote,
    ClaimTicket,
    Command,
    GrantCompensation,
    ReleaseTicket,
    SendMessage,
    SetMood,
)
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind


def do_deeds(centre: Centre, installation_id: str, stories: tuple[Story, ...]) -> Iterator[tuple[Deed, dict[str, Any]]]:
    """Do all deeds in order; each with its verdict. Doing them again changes nothing: same ids, same numbers."""
    passwords = {person.login: person.password for person in demo_people()}
    at_work: dict[str, Colleague] = {}
    for story in stories:
        ticket_id = ""
        for nth, deed in enumerate(story.deeds):
            if deed.login not in at_work:
                at_work[deed.login] = Colleague(centre, installation_id, deed.login, passwords[deed.login])
            colleague = at_work[deed.login]
            ticket_id = ticket_id or _ticket_of(colleague, story)
            yield deed, colleague.do(_command(deed, story, nth, ticket_id))


def _ticket_of(colleague: Colleague, story: Story) -> str:
    kind = story.requests[0].kind
    case = colleague.case_of(story.sale.number)
    tickets = (str(one["id"]) for one in case if one["kind"] == "ticket" and one["doc"]["kind"] == kind)
    return next(tickets)


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
