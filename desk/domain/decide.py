"""The door of the rulebook: dispatches a command to its loader and its rule.

The workstation asks at once for a forecast, the centre asks the same code with authority (DESIGN 1.2).
"""

from __future__ import annotations

from desk.domain import (  # noqa: F401  (a rule registers when its module is imported)
    administration,
    approvals,
    blocks,
    cancellation,
    checking,
    compensation,
    effects,
    escalation,
    finding_rules,
    handling,
    handoffs,
    intake,
    message_rules,
    ticket_claims,
    ticket_closing,
    ticket_opening,
    ticket_rules,
)
from desk.domain.case import Book, Case, NotHere
from desk.domain.commands import Command
from desk.domain.decisions import AskCentre, Decision, Refused
from desk.domain.permissions import may_issue
from desk.domain.rule import RULES, Setting


def load_case(book: Book, command: Command, setting: Setting) -> Case:
    """Everything the rule for this command looks at, from whichever book; what the book lacks is `unknown`."""
    loader, _ = RULES[type(command)]
    return loader(book, command, setting)


def decide(case: Case, command: Command, setting: Setting) -> Decision:
    """The rulebook's answer. Pure: no I/O, no clock, no randomness."""
    if not may_issue(setting.policy, setting.actor.level, command.name):
        return Refused("not_permitted", {"command": command.name, "level": setting.actor.level})
    _, rule = RULES[type(command)]
    try:
        return rule(case, command, setting)
    except NotHere as missing:
        return AskCentre(str(missing))
