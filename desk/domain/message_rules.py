"""Rule of saying or sending a message: every placeholder filled or no send, acts ticked, promises with their timers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.domain import sla
from desk.domain.case import Book, Case
from desk.domain.changes import Change, EffectAsked, FirstResponseGiven, MessageSent, PromiseKept, PromiseMade
from desk.domain.choices import unknown
from desk.domain.commands import SendMessage, text_id
from desk.domain.decisions import Accepted, Decision, Refused
from desk.domain.effect_plan import Planner
from desk.domain.loading import Gathering
from desk.domain.messages import Rendered, script, template_of
from desk.domain.orders import Order
from desk.domain.people import Level, StaffMember
from desk.domain.policy import Policy, PromiseSpec, Template
from desk.domain.rule import Setting, rule
from desk.domain.tasks import Block
from desk.domain.ticket_access import on_held_ticket, order_of
from desk.domain.tickets import Promise, SentMessage, Ticket

SPOKEN = "spoken"
SENT = frozenset({"sms", "app"})
MAX_VALUE = 500  # characters that a person may fill in for one placeholder


def load_message(book: Book, command: SendMessage, setting: Setting) -> Case:
    """The ticket with its order and all that hangs on it; the names of the customer and of who speaks; and whether the
    customer is blocked, which the automatic path asks (domain.automatic)."""
    gathering = Gathering(book)
    ticket = gathering.ticket(command.ticket_id)
    gathering.get(StaffMember, setting.actor.id)
    gathering.private(setting.actor.id)
    gathering.private(ticket.customer_id if ticket else None)
    gathering.get(Block, ticket.customer_id if ticket else None)
    return gathering.case()


@rule(SendMessage, load_message)
@on_held_ticket
def send_message(case: Case, ticket: Ticket, command: SendMessage, setting: Setting) -> Decision:
    """Say or send it. The words are rendered here, at the desk for the eye and at the centre for good."""
    template = template_of(setting.policy, command.template)
    if template is None:
        return Refused("no_such_template", {"template": command.template})
    refused = _misfit(ticket, template, command)
    if refused is not None:
        return refused
    order = order_of(case, ticket)
    if command.via in SENT and order is None:
        return Refused("no_contact", {"ticket_id": ticket.id})
    words = script(case, ticket, setting, template, command.language, command.values)
    if words.missing:
        return Refused("placeholder_missing", {"missing": ",".join(words.missing)})
    if words.forbidden:
        return Refused("forbidden_words", {"words": ",".join(words.forbidden)})
    return said(ticket, order, template, command, words, setting)


def _misfit(ticket: Ticket, template: Template, command: SendMessage) -> Refused | None:
    """What is wrong with the choice of words whatever the order says."""
    if command.via != SPOKEN and command.via not in SENT:
        return unknown("via", command.via)
    if command.language not in template.texts:
        return unknown("language", command.language)
    if template.kinds and ticket.kind not in template.kinds:
        return Refused("template_misfit", {"template": template.key, "kind": ticket.kind.value})
    long = [name for name, value in command.values.items() if len(value) > MAX_VALUE]
    return unknown("values", long[0]) if long else None


def said(
    ticket: Ticket, order: Order | None, template: Template, command: SendMessage, words: Rendered, setting: Setting
) -> Accepted:
    """What follows from saying it: first response, acts, promises kept and made, the next update, the sending."""
    kept_under = text_id(command.id, "text")
    person = setting.actor.level is not Level.SYSTEM
    message = SentMessage(
        id=command.id,
        at=setting.now,
        by=setting.actor.id,
        template=template.key,
        acts=template.acts,
        via=command.via,
        text_id=kept_under,
    )
    changes: list[Change] = []
    if person and ticket.first_response_at is None:
        changes.append(FirstResponseGiven(at=setting.now, by=setting.actor.id, ticket_id=ticket.id))
    changes.append(
        MessageSent(
            at=setting.now,
            by=setting.actor.id,
            ticket_id=ticket.id,
            message=message,
            next_update_at=sla.next_update(setting.policy, ticket, setting.now) if person else None,
        )
    )
    changes += _promises(ticket, template, command.id, setting)
    if order is not None and command.via in SENT:
        planner = Planner(
            order=order, policy=setting.policy, command_id=command.id, ticket_id=ticket.id, now=setting.now
        )
        effect = replace(
            planner.message(kept_under, template.key), data={"via": command.via, "language": command.language}
        )
        changes.append(EffectAsked(at=setting.now, by=setting.actor.id, effect=effect))
    return Accepted(tuple(changes), {kept_under: {"text": words.text}})


def _promises(ticket: Ticket, template: Template, command_id: str, setting: Setting) -> list[Change]:
    """Open promises that these words keep, then those that they make."""
    kept: list[Change] = [
        PromiseKept(at=setting.now, by=setting.actor.id, ticket_id=ticket.id, promise_id=promise.id)
        for promise in sla.open_promises(ticket)
        if template.acts & kept_by(setting.policy, promise.code)
    ]
    made: list[Change] = [
        PromiseMade(
            at=setting.now,
            by=setting.actor.id,
            ticket_id=ticket.id,
            promise=Promise(
                id=f"{command_id}.{spec.code}",
                at=setting.now,
                by=setting.actor.id,
                code=spec.code,
                due_at=setting.now + timedelta(minutes=spec.minutes),
            ),
        )
        for spec in template.promises
    ]
    return kept + made


def kept_by(policy: Policy, code: str) -> frozenset[str]:
    """The acts that keep promises of that code, by whichever template it was made."""
    return frozenset(act for spec in _specs(policy) if spec.code == code for act in spec.kept_by)


def _specs(policy: Policy) -> tuple[PromiseSpec, ...]:
    return tuple(spec for template in policy.messages.templates for spec in template.promises)
