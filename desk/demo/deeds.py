"""What a colleague does on a ticket, as commands: claim, say, note, mood, give, ask a team, release, or close."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desk.demo.stories import Deed
from desk.domain.commands import (
    AddNote,
    AskTeam,
    ClaimTicket,
    CloseTicket,
    Command,
    GrantCompensation,
    MoveStage,
    ReleaseTicket,
    SendMessage,
    SetMood,
    WriteRecord,
)
from desk.domain.ids import derived_id
from desk.domain.ledger import BenefitKind
from desk.domain.tickets import Stage

LANGUAGE = "zh"
_FEEDBACK = "客户表示理解，同意处理结果"
_WAIVED = "客户赶时间，其余沟通已口头完成"


@dataclass(frozen=True, slots=True)
class Matter:
    """The ticket that is worked on: `cause` is its reason or sub-type, `key` names it in command ids."""

    key: str
    ticket_id: str
    order_id: str
    cause: str
    tender_id: str | None = None


def commands_of(deed: Deed, matter: Matter, nth: int) -> tuple[Command, ...]:
    """The commands of the `nth` deed on that matter: always the same ones."""
    ids = _ids(matter, nth)
    if deed.act == "close":
        outcome, words = deed.facts
        return _close(matter, ids, str(outcome), str(words))
    return (_ACTS[deed.act](deed, matter, next(ids)),)


def _ids(matter: Matter, nth: int) -> Iterator[str]:
    part = 0
    while True:
        yield derived_id("demo-deed", matter.key, f"{nth}.{part}")
        part += 1


def _close(matter: Matter, ids: Iterator[str], outcome: str, words: str) -> tuple[Command, ...]:
    """The way to the end that everybody has to go: analyse, resolve, record, close."""
    ticket = matter.ticket_id
    return (
        MoveStage(id=next(ids), ticket_id=ticket, stage=Stage.ANALYSE),
        MoveStage(id=next(ids), ticket_id=ticket, stage=Stage.RESOLVE),
        WriteRecord(
            id=next(ids),
            ticket_id=ticket,
            cause=matter.cause,
            result="solved",
            satisfaction=4,
            acts_waived=_WAIVED,
            process=words,
            feedback=_FEEDBACK,
        ),
        CloseTicket(id=next(ids), ticket_id=ticket, outcome=outcome),
    )


def _say(deed: Deed, matter: Matter, command_id: str) -> Command:
    return SendMessage(
        id=command_id, ticket_id=matter.ticket_id, template=str(deed.facts[0]), language=LANGUAGE, via="sms"
    )


def _give(deed: Deed, matter: Matter, command_id: str) -> Command:
    kind, units, cause, item = deed.facts
    return GrantCompensation(
        id=command_id,
        order_id=matter.order_id,
        ticket_id=matter.ticket_id,
        kind=BenefitKind(kind),
        units=units,
        cause=cause,
        sequence=1,
        item=item,
        tender_id=matter.tender_id if kind == "goodwill" else None,
        words="客户等了很久，希望能补偿一点",
    )


def _ask(deed: Deed, matter: Matter, command_id: str) -> Command:
    what, words = deed.facts
    return AskTeam(
        id=command_id,
        ticket_id=matter.ticket_id,
        task_id=derived_id("demo-task", command_id, str(what)),
        what=str(what),
        words=str(words),
    )


_ACTS: dict[str, Callable[[Deed, Matter, str], Command]] = {
    "claim": lambda deed, matter, command_id: ClaimTicket(id=command_id, ticket_id=matter.ticket_id),
    "release": lambda deed, matter, command_id: ReleaseTicket(id=command_id, ticket_id=matter.ticket_id),
    "note": lambda deed, matter, command_id: AddNote(
        id=command_id, ticket_id=matter.ticket_id, words=str(deed.facts[0])
    ),
    "mood": lambda deed, matter, command_id: SetMood(
        id=command_id, ticket_id=matter.ticket_id, mood=str(deed.facts[0])
    ),
    "say": _say,
    "give": _give,
    "ask": _ask,
}
