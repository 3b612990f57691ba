"""Rule of who is told when nobody takes a ticket: level after level, as its playbook says (MISSION 77).

The time stands on the ticket (`escalate_at`) from when nobody holds it: opened, let go, run out, handed over. Whoever
takes it ends that; in a pause nobody is told, for then it waits for others.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desk.domain import sla
from desk.domain.case import Case
from desk.domain.changes import TicketEscalated
from desk.domain.choices import subtype_of
from desk.domain.commands import EscalateTicket
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.playbooks import EscalationStep
from desk.domain.policy import Policy
from desk.domain.rule import Setting, rule
from desk.domain.ticket_access import on_ticket, ticket_case
from desk.domain.tickets import Ticket


def steps_of(policy: Policy, ticket: Ticket) -> tuple[EscalationStep, ...]:
    """The steps of the ticket's playbook, or those for every ticket where it has none of its own."""
    subtype = subtype_of(policy, ticket.type, ticket.subtype)
    return (subtype.escalation if subtype else ()) or policy.handoffs.tickets


def first_told_at(policy: Policy, ticket: Ticket, since: datetime) -> datetime | None:
    """When the first level is told if nobody takes the ticket from `since` on, by its channel's clock."""
    steps = steps_of(policy, ticket)
    if not steps or ticket.paused:
        return None
    return sla.after(policy, ticket.channel, since, timedelta(minutes=steps[0].after_minutes))


@rule(EscalateTicket, ticket_case)
@on_ticket
def escalate_ticket(case: Case, ticket: Ticket, command: EscalateTicket, setting: Setting) -> Decision:
    """By the centre: the next level is told, once each; the last one stays told."""
    if not ticket.is_open:
        return Refused("ticket_closed", {"ticket_id": ticket.id})
    if ticket.escalate_at is None or setting.now < ticket.escalate_at:
        return Refused("too_early", {"ticket_id": ticket.id})
    steps = steps_of(setting.policy, ticket)[ticket.escalation :]
    if not steps:
        return Refused("no_level_above", {"level": ticket.escalation_level})
    again = None
    if len(steps) > 1:
        wait = timedelta(minutes=steps[1].after_minutes - steps[0].after_minutes)
        again = sla.after(setting.policy, ticket.channel, setting.now, wait)
    told = TicketEscalated(
        at=setting.now, by=setting.actor.id, ticket_id=ticket.id, level=steps[0].level, escalate_at=again
    )
    return Accepted((told,))
