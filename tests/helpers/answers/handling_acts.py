"""Makes the commands of playbooks for a case: checks answered, options taken, what cannot be done by hand."""

from __future__ import annotations

from desk.domain import commands as c
from desk.domain.checking import playbook_of
from desk.domain.option_inputs import INPUTS, InputKind
from desk.domain.playbooks import Option, Subtype
from desk.domain.tickets import Answer, Finding, Kind, Ticket
from tests.helpers.answers.acts import BUILDERS, by_hand, words
from tests.helpers.answers.facts import Draw

_GIVEN = {
    InputKind.TEXT: "天猫仓",
    InputKind.WORDS: "请尽快",
    InputKind.PHONE: "13800000005",
    InputKind.ADDRESS: "浙江省杭州市西湖区文三路 18 号 502 室",
    InputKind.DATE: "2026-12-01",
    InputKind.AMOUNT: "8.00",
}


def _trouble(draw: Draw) -> Ticket | None:
    """An exception of the case: one in the actor's hands rather."""
    tickets = [one for one in draw.facts.tickets if one.kind is Kind.EXCEPTION]
    held = [one for one in tickets if one.holder == draw.actor.id]
    return draw.rng.choice(held or tickets) if tickets else None


def _playbook(draw: Draw, ticket: Ticket | None) -> Subtype | None:
    return playbook_of(draw.around.policy, ticket) if ticket else None


def _option(draw: Draw) -> c.Command:
    ticket = _trouble(draw)
    playbook = _playbook(draw, ticket)
    options = playbook.options if playbook else ()
    option = draw.rng.choice(options) if options and not draw.strange() else None
    lines = [line.id for line in draw.facts.order.lines]
    chosen = draw.rng.sample(lines, draw.rng.randint(0, len(lines)))
    return c.TakeOption(
        id=draw.ids(),
        ticket_id=ticket.id if ticket else draw.ticket_id(),
        option=option.key if option else "no-such-option",
        order_id=draw.of((None, ticket.order_id if ticket else None), "no-such-order"),
        expected=draw.rng.choice((None, None, None, draw.facts.order.paid)),
        line_ids=("no-such-line",) if draw.strange() else tuple(chosen),
        inputs=_inputs(draw, option) if option else {},
    )


def _inputs(draw: Draw, option: Option) -> dict[str, str]:
    given = {name: _GIVEN.get(INPUTS[name].kind, "") for name in option.inputs}
    if draw.strange():
        return {name: "" for name in given}
    return {name: value for name, value in given.items() if value}


def _check(draw: Draw) -> c.Command:
    ticket = _trouble(draw)
    playbook = _playbook(draw, ticket)
    checks = [one.key for one in playbook.checks] if playbook else []
    return c.AnswerCheck(
        id=draw.ids(),
        ticket_id=ticket.id if ticket else draw.ticket_id(),
        check=draw.of(checks, "no-such-check"),
        answer=draw.rng.choice(list(Answer)),
        words=words(draw),
    )


def _finding(draw: Draw) -> c.Command:
    seen = Finding(rule=draw.of(("paid_twice", "parcel_silent"), ""), window="w", saw={"orders": 2})
    return c.NoteFinding(id=draw.ids(), ticket_id=draw.ticket_id(), finding=seen)


BUILDERS[c.TakeOption] = _option
BUILDERS[c.AnswerCheck] = _check
BUILDERS[c.NoteFinding] = _finding
BUILDERS[c.ClearFinding] = lambda draw: c.ClearFinding(id=draw.ids(), ticket_id=draw.ticket_id())
BUILDERS[c.DeclineEffect] = lambda draw: c.DeclineEffect(id=draw.ids(), effect_id=by_hand(draw), words=words(draw))
