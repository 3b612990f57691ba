"""Checks of a playbook: what the order answers by itself, what a person answered, and what is still open (MISSION 65).

What the order's facts say stands: the same facts give the same answer at every desk. A person's answer counts where
the facts cannot tell, and stays beside it where they can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.domain.case import Case
from desk.domain.changes import CheckAnswered
from desk.domain.choices import subtype_of, unknown
from desk.domain.commands import AnswerCheck, text_id
from desk.domain.conditions import all_hold
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.facts import Facts
from desk.domain.playbooks import Check, FactValue, Subtype
from desk.domain.policy import Policy
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import on_held_ticket, ticket_case
from desk.domain.tickets import Answer, CheckAnswer, Kind, Ticket

_READ = {True: Answer.YES, False: Answer.NO}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One check as it stands. `answer` is None while it is open; `by_itself`: the order's facts gave it. `said` is what
    a person answered last, also where the facts know better. `shown`: the values beside it, None where unknown."""

    check: Check
    answer: Answer | None = None
    by_itself: bool = False
    said: CheckAnswer | None = None
    shown: Mapping[str, FactValue | None] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether nothing and nobody has answered it."""
        return self.answer is None


def readings(subtype: Subtype, ticket: Ticket, facts: Facts) -> tuple[Reading, ...]:
    """Every check of the playbook as it stands now, in the playbook's order."""
    said = {answer.check: answer for answer in ticket.checks}
    return tuple(_reading(check, said.get(check.key), facts) for check in subtype.checks)


def _reading(check: Check, said: CheckAnswer | None, facts: Facts) -> Reading:
    read = _READ.get(all_hold(check.expects, facts)) if check.expects else None  # type: ignore[arg-type]
    return Reading(
        check=check,
        answer=read or (said.answer if said else None),
        by_itself=read is not None,
        said=said,
        shown={name: facts.get(name) for name in check.shows},
    )


def missing(subtype: Subtype, ticket: Ticket, facts: Facts) -> tuple[str, ...]:
    """Keys of the required checks that nothing and nobody has answered: no option may be taken before (MISSION 65).

    "Cannot tell" is an answer: somebody looked.
    """
    return tuple(one.check.key for one in readings(subtype, ticket, facts) if one.check.required and one.is_open)


def playbook_of(policy: Policy, ticket: Ticket) -> Subtype | None:
    """The playbook of the ticket; None for a cancel, or while its sub-type is not known."""
    return subtype_of(policy, ticket.type, ticket.subtype) if ticket.kind is Kind.EXCEPTION else None


@rule(AnswerCheck, ticket_case)
@on_held_ticket
def answer_check(case: Case, ticket: Ticket, command: AnswerCheck, setting: Setting) -> Decision:
    """Note what a person found; answered again, the new answer stands and the old one stays in the path."""
    playbook = playbook_of(setting.policy, ticket)
    if playbook is None:
        return Refused("type_missing", {"ticket_id": ticket.id})
    if command.check not in {check.key for check in playbook.checks}:
        return unknown("check", command.check)
    answer = CheckAnswer(
        check=command.check,
        answer=command.answer,
        at=setting.now,
        by=setting.actor.id,
        text_id=text_id(command.id, "words") if command.words.strip() else "",
    )
    return Accepted((CheckAnswered(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, answer=answer),))
