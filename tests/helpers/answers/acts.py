"""Makes commands of every kind for a case: mostly what somebody would do, now and then what nobody should."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from desk.domain import commands as c
from desk.domain.ledger import ApprovalState, BenefitKind, EffectState
from desk.domain.message_facts import FROM_PERSON
from desk.domain.people import Level
from desk.domain.prescreen import prescreen
from desk.domain.tickets import MOVES, Channel, Kind, Stage
from tests.helpers.answers.facts import Draw
from tests.helpers.answers.orders import told_again

Builder = Callable[[Draw], c.Command]
BUILDERS: dict[type[c.Command], Builder] = {}
TEAMS = ("hotline", "store", "warehouse", "finance", "logistics")


def build(kind: type[c.Command], draw: Draw) -> c.Command:
    """A command of that kind by the draw's actor on its case."""
    return BUILDERS[kind](draw)


def _builds(kind: type[c.Command]) -> Callable[[Builder], Builder]:
    def register(builder: Builder) -> Builder:
        BUILDERS[kind] = builder
        return builder

    return register


def words(draw: Draw) -> str:
    """Something that somebody writes."""
    return draw.of(("客户很着急", "已联系仓库", "Called back twice"), " ")


# --- tickets -----------------------------------------------------------------------------------------------------


@_builds(c.OpenTicket)
def _open(draw: Draw) -> c.Command:
    rng, order = draw.rng, draw.facts.order
    kind = rng.choice((Kind.CANCEL, Kind.CANCEL, Kind.EXCEPTION))
    named = rng.choice(("id", "id", "id", "number", "nothing"))
    if draw.strange():
        order = rng.choice(draw.around.others).order
    number = order.number if named == "number" else ""
    if named == "nothing" and not draw.strange():
        number = f"unknown-{rng.randrange(99)}"
    type_key, subtype = _type(draw) if kind is Kind.EXCEPTION else ("", "")
    return c.OpenTicket(
        id=draw.ids(),
        ticket_id=_in_hand(draw) if draw.strange() else draw.ids(),
        kind=kind,
        channel=rng.choice(list(Channel)),
        team=draw.of(("", "", "hotline", "hotline", "store", "finance"), "no-such-team"),
        order_id=order.id if named == "id" else None,
        order_number=number,
        type=type_key,
        subtype=subtype,
        reason=_reason(draw) if kind is Kind.CANCEL and rng.random() < 0.8 else "",
        words=rng.choice(("", "地址填错了")),
    )


def _in_hand(draw: Draw) -> str:
    """The id of a ticket in hand, as a client with a bug would use it again; one that it cannot know is never made."""
    held = [ticket.id for ticket in draw.facts.tickets if ticket.holder == draw.actor.id]
    return held[0] if held else draw.ids()


def _reason(draw: Draw) -> str:
    return draw.of([reason.key for reason in draw.around.policy.cancellation.reasons], "no-such-reason")


def _type(draw: Draw) -> tuple[str, str]:
    kind = draw.rng.choice(draw.around.policy.exceptions)
    subtype = draw.of([one.key for one in kind.subtypes], "")
    return (kind.key, subtype) if draw.rng.random() < 0.9 else ("", "")


@_builds(c.MoveStage)
def _move(draw: Draw) -> c.Command:
    ticket = draw.ticket()
    likely = sorted(MOVES[ticket.stage]) if ticket else [Stage.ANALYSE]
    # Towards the end rather than back: else hardly a generated ticket would ever be resolved.
    forward = [stage for stage in likely if stage is not Stage.IDENTIFY and stage is not Stage.CLOSED] or likely
    stage = draw.of(forward * 3 + likely, draw.rng.choice(list(Stage)))
    return c.MoveStage(id=draw.ids(), ticket_id=ticket.id if ticket else "none", stage=stage)


@_builds(c.SetReason)
def _set_reason(draw: Draw) -> c.Command:
    ticket = draw.ticket()
    made = c.SetReason(id=draw.ids(), ticket_id=ticket.id if ticket else "none")
    is_cancel = ticket is None or ticket.kind is Kind.CANCEL
    if is_cancel is not draw.strange():
        reason = _reason(draw)
        causes = [o.key for r in draw.around.policy.cancellation.reasons if r.key == reason for o in r.causes]
        return replace(made, reason=reason, causes=(draw.rng.choice(causes),) if causes else ("typing_slip",))
    type_key, subtype = _type(draw)
    causes = [one.key for kind in draw.around.policy.exceptions if kind.key == type_key for one in kind.causes]
    return replace(made, type=type_key, subtype=subtype, causes=(draw.rng.choice(causes),) if causes else ())


@_builds(c.PauseTicket)
def _pause(draw: Draw) -> c.Command:
    reasons = [one.key for one in draw.around.policy.tickets.pause_reasons]
    return c.PauseTicket(id=draw.ids(), ticket_id=draw.ticket_id(), reason=draw.of(reasons, ""))


@_builds(c.SetMood)
def _mood(draw: Draw) -> c.Command:
    moods = [one.key for one in draw.around.policy.tickets.moods]
    return c.SetMood(id=draw.ids(), ticket_id=draw.ticket_id(), mood=draw.of(moods, "hungry"))


@_builds(c.HandOver)
def _hand_over(draw: Draw) -> c.Command:
    team = draw.of(TEAMS, "no-such-team")
    return c.HandOver(id=draw.ids(), ticket_id=draw.ticket_id(), team=team, words=words(draw))


@_builds(c.AddNote)
def _note(draw: Draw) -> c.Command:
    return c.AddNote(id=draw.ids(), ticket_id=draw.ticket_id(), words=words(draw))


@_builds(c.ReopenTicket)
def _reopen(draw: Draw) -> c.Command:
    closed = [one.id for one in draw.facts.tickets if not one.is_open]
    return c.ReopenTicket(id=draw.ids(), ticket_id=draw.of(closed, draw.ticket_id()), words=words(draw))


@_builds(c.ArchiveTicket)
def _archive(draw: Draw) -> c.Command:
    closed = [one.id for one in draw.facts.tickets if one.stage is Stage.CLOSED]
    return c.ArchiveTicket(id=draw.ids(), ticket_id=draw.of(closed, draw.ticket_id()))


@_builds(c.SendMessage)
def _message(draw: Draw) -> c.Command:
    rng, ticket = draw.rng, draw.ticket()
    templates = [
        one
        for one in draw.around.policy.messages.templates
        if not ticket or ticket.kind in (one.kinds or (ticket.kind,))
    ]
    values = {name: "明天上午" for name in sorted(FROM_PERSON) if rng.random() < 0.8}
    return c.SendMessage(
        id=draw.ids(),
        ticket_id=ticket.id if ticket else "none",
        template=draw.of([one.key for one in templates], "no-such-template"),
        language=draw.of(("zh", "en"), "fr"),
        via=draw.of(("spoken", "spoken", "sms", "app"), "pigeon"),
        values=values,
    )


@_builds(c.KeepPromise)
def _keep(draw: Draw) -> c.Command:
    ticket = draw.ticket()
    promises = [one.id for one in ticket.promises] if ticket else []
    chosen = draw.of(promises, "no-such-promise")
    return c.KeepPromise(id=draw.ids(), ticket_id=ticket.id if ticket else "none", promise_id=chosen)


@_builds(c.WriteRecord)
def _record(draw: Draw) -> c.Command:
    policy, rng, ticket = draw.around.policy, draw.rng, draw.ticket()
    own = [ticket.reason] if ticket and ticket.reason else [ticket.subtype] if ticket and ticket.subtype else []
    return c.WriteRecord(
        id=draw.ids(),
        ticket_id=ticket.id if ticket else "none",
        cause=draw.of(own or [reason.key for reason in policy.cancellation.reasons], "no-such-cause"),
        result=draw.of([one.key for one in policy.tickets.results], "no-such-result"),
        satisfaction=rng.choice((None, 1, 5, 5, 9 if draw.strange() else 4)),
        acts_waived="客户已挂断" if rng.random() < 0.5 else "",
        process=draw.of(("已核实并处理",), ""),
        feedback="满意",
    )


@_builds(c.CloseTicket)
def _close(draw: Draw) -> c.Command:
    outcomes = [one.key for one in draw.around.policy.tickets.outcomes]
    return c.CloseTicket(id=draw.ids(), ticket_id=draw.ticket_id(), outcome=draw.of(outcomes, "no-such-outcome"))


def _on_ticket_alone(kind: Any) -> None:
    BUILDERS[kind] = lambda draw: kind(id=draw.ids(), ticket_id=draw.ticket_id())


for _kind in (c.ClaimTicket, c.ReleaseTicket, c.ResumeTicket, c.MarkBreach, c.ExpireClaim, c.EscalateTicket):
    _on_ticket_alone(_kind)


@_builds(c.RevealContact)
def _reveal(draw: Draw) -> c.Command:
    ticket = draw.ticket()
    customer = (ticket.customer_id or "") if ticket else ""
    return c.RevealContact(
        id=draw.ids(), ticket_id=ticket.id if ticket else "none", customer_id=draw.of((customer,), "somebody")
    )


# --- between teams -------------------------------------------------------------------------------------------------


@_builds(c.AskTeam)
def _ask_team(draw: Draw) -> c.Command:
    kinds = [one.key for one in draw.around.policy.handoffs.kinds]
    return c.AskTeam(
        id=draw.ids(),
        ticket_id=draw.ticket_id(),
        task_id=draw.ids(),
        what=draw.of(kinds, "no-such-hand-off"),
        team=draw.of(("", "", "", *TEAMS), "no-such-team"),
        due_at=draw.rng.choice((None, None, draw.around.now + timedelta(minutes=draw.rng.choice((1, 30, -1))))),
        words=words(draw),
    )


def _task(draw: Draw) -> str:
    """A task of the case, an open one rather; now and then one of another case."""
    tasks = [one for one in draw.facts.tasks if one.is_open] or list(draw.facts.tasks)
    if draw.strange() or not tasks:
        tasks = [one for facts in draw.around.others for one in facts.tasks]
    return draw.of([one.id for one in tasks], "no-such-task")


@_builds(c.ReplyTask)
def _reply_task(draw: Draw) -> c.Command:
    done = draw.rng.random() < 0.6
    return c.ReplyTask(
        id=draw.ids(), task_id=_task(draw), done=done, reference=draw.of(("R-1", ""), " "), words=words(draw)
    )


for _on_task in (c.TakeTask, c.WithdrawTask, c.EscalateTask):
    BUILDERS[_on_task] = lambda draw, kind=_on_task: kind(id=draw.ids(), task_id=_task(draw))  # type: ignore[misc]


@_builds(c.BlockCustomer)
def _block(draw: Draw) -> c.Command:
    ticket = draw.ticket()
    customer = (ticket.customer_id or "") if ticket else ""
    return c.BlockCustomer(
        id=draw.ids(),
        customer_id=draw.of((customer,), "somebody"),
        ticket_id=ticket.id if ticket else "none",
        reason=draw.of([one.key for one in draw.around.policy.blocks], "no-such-reason"),
        until=draw.rng.choice((None, None, draw.around.now + timedelta(days=draw.rng.choice((1, -1))))),
        words=words(draw),
    )


@_builds(c.LiftBlock)
def _lift(draw: Draw) -> c.Command:
    return c.LiftBlock(
        id=draw.ids(), customer_id=draw.of((draw.facts.order.customer_id,), "somebody"), words=words(draw)
    )


# --- money -------------------------------------------------------------------------------------------------------


@_builds(c.CancelOrder)
def _cancel(draw: Draw) -> c.Command:
    order, rng = draw.facts.order, draw.rng
    own = [ticket.id for ticket in draw.facts.tickets if ticket.kind is Kind.CANCEL]
    held = [one.id for one in draw.facts.tickets if one.kind is Kind.CANCEL and one.holder == draw.actor.id]
    refund = prescreen(order, draw.around.policy, draw.around.now, draw.facts.entries).refund
    shown = refund.refund if refund else 0
    return c.CancelOrder(
        id=draw.ids(),
        order_id="no-such-order" if draw.strange() else order.id,
        ticket_id=draw.of(held or own, draw.ticket_id()),
        reviewed=rng.random() < 0.7,
        expected=rng.choice((None, shown, shown, shown + 1 if draw.strange() else shown)),
    )


@_builds(c.GrantCompensation)
def _grant(draw: Draw) -> c.Command:
    rules, order, rng = draw.around.policy.compensation, draw.facts.order, draw.rng
    held = [one.id for one in draw.facts.tickets if one.holder == draw.actor.id]
    offers = [offer for offer in rules.offers if offer.currency == order.currency] or list(rules.offers)
    offer = rng.choice(offers)
    kind = rng.choice([one for one in BenefitKind]) if draw.strange() else offer.kind
    units = offer.units
    if draw.room and kind is not BenefitKind.GIFT and rng.random() < 0.7:  # at the edge of a cap, or one beside it
        edge = max(rng.choice(draw.room) + rng.choice((-1, 0, 0, 1)), 1)
        rate = rules.points_per_minor_unit.get(order.currency, 1) if kind is BenefitKind.POINTS else 1
        units = edge * rate - (rng.randrange(rate) if rate > 1 else 0)
    if kind is BenefitKind.GIFT:
        units = rng.choice((1, 1, 2, 5))
    if draw.strange():
        units = rng.choice((0, -5, 1, 10**9))
    causes = [cause.key for cause in rules.causes]
    # Few causes and sequences, so that keys meet one another.
    return c.GrantCompensation(
        id=draw.ids(),
        order_id=draw.of((order.id,), "no-such-order"),
        ticket_id=draw.of(held, draw.ticket_id()),
        kind=kind,
        units=units,
        cause=draw.of(causes[:3], rng.choice(("cancel", "no-such-cause"))),
        sequence=draw.of((1, 1, 2, 2, 3), 0),
        item=draw.of((offer.item,), "no-such-item"),
        line_id=draw.of(("", "", "", order.lines[0].id), "no-such-line"),
        tender_id=rng.choice((None, None, *(tender.id for tender in order.tenders))),
    )


@_builds(c.DecideApproval)
def _decide(draw: Draw) -> c.Command:
    rng = draw.rng
    asked = [one for one in draw.facts.approvals if one.state is ApprovalState.ASKED]
    if draw.strange() or not asked:
        asked = [one for facts in draw.around.others for one in facts.approvals]
    approval = rng.choice(asked) if asked else None
    approve = rng.random() < 0.7
    units = None
    if approve and approval and rng.random() < 0.6:
        units = rng.choice((approval.units, approval.units // 2, approval.units * 3, *draw.room))
    reasons = [one.key for one in draw.around.policy.approvals.denial_reasons]
    return c.DecideApproval(
        id=draw.ids(),
        approval_id=approval.id if approval and not draw.strange() else "no-such-approval",
        approve=approve,
        units=units,
        reason="" if approve else draw.of(reasons, "no-such-reason"),
    )


def _request(draw: Draw) -> str:
    asked = [one.id for one in draw.facts.approvals if one.state is ApprovalState.ASKED]
    return draw.of(asked, "no-such-approval")


@_builds(c.EscalateApproval)
def _escalate(draw: Draw) -> c.Command:
    return c.EscalateApproval(id=draw.ids(), approval_id=_request(draw))


@_builds(c.ExpireApproval)
def _expire(draw: Draw) -> c.Command:
    return c.ExpireApproval(id=draw.ids(), approval_id=_request(draw))


@_builds(c.SettleEffect)
def _settle(draw: Draw) -> c.Command:
    moving = (EffectState.PENDING, EffectState.IN_FLIGHT, EffectState.ACCEPTED, EffectState.UNKNOWN)
    effects = [one for one in draw.facts.effects if one.state in moving]
    answers = (EffectState.CONFIRMED, EffectState.CONFIRMED, EffectState.ACCEPTED, EffectState.FAILED)
    more = (EffectState.FAILED, EffectState.UNKNOWN, EffectState.IN_FLIGHT, EffectState.MANUAL)
    return c.SettleEffect(
        id=draw.ids(),
        effect_id=draw.of([one.id for one in effects], "no-such-effect"),
        state=draw.rng.choice(answers + more),
        reference=f"R{draw.rng.randrange(10**6)}",
        attempt=draw.rng.choice((0, 1, 2)),
        next_at=draw.around.now + timedelta(minutes=1),
    )


def by_hand(draw: Draw) -> str:
    """An effect that a person may settle."""
    waiting = (EffectState.MANUAL, EffectState.FAILED, EffectState.UNKNOWN)
    effects = [one for one in draw.facts.effects if one.state in waiting]
    if draw.strange() or not effects:
        effects = [one for facts in draw.around.others for one in facts.effects]
    return draw.of([one.id for one in effects], "no-such-effect")


@_builds(c.ConfirmEffect)
def _confirm(draw: Draw) -> c.Command:
    return c.ConfirmEffect(id=draw.ids(), effect_id=by_hand(draw), reference=draw.of(("FIN-1", "FIN-2"), " "))


@_builds(c.RetryEffect)
def _retry(draw: Draw) -> c.Command:
    return c.RetryEffect(id=draw.ids(), effect_id=by_hand(draw))


@_builds(c.TellOrder)
def _tell(draw: Draw) -> c.Command:
    return c.TellOrder(id=draw.ids(), order=told_again(draw.rng, draw.facts.order, draw.around.now))


# --- administration ----------------------------------------------------------------------------------------------


@_builds(c.SaveStaff)
def _staff(draw: Draw) -> c.Command:
    somebody, other = draw.rng.choice(draw.around.people), draw.rng.choice(draw.around.people)
    return c.SaveStaff(
        id=draw.ids(),
        staff_id=draw.of((somebody.id,), "u-new"),
        login=draw.of((somebody.id.removeprefix("u-"),), other.id.removeprefix("u-")),
        level=draw.of((somebody.level, Level.AGENT), Level.SYSTEM),
        teams=draw.of((somebody.teams, ("hotline",)), ("no-such-team",)),
        store_id=draw.of((None, somebody.store_id), "S99"),
        active=draw.rng.random() < 0.7,
        language=draw.of(("zh", "en"), "fr"),
    )


@_builds(c.SaveTeam)
def _team(draw: Draw) -> c.Command:
    zone = draw.of(("Asia/Shanghai", "Asia/Tokyo"), "Mars/Olympus")
    return c.SaveTeam(id=draw.ids(), team_id=draw.of(TEAMS, "!"), names={"zh": "组", "en": "Team"}, timezone=zone)


@_builds(c.SaveStore)
def _store(draw: Draw) -> c.Command:
    names = draw.of(({"zh": "店", "en": "Store"},), {"zh": "店"})
    return c.SaveStore(id=draw.ids(), store_id=draw.of(("S01", "S03"), "!"), names=names)


@_builds(c.RevokeInstallation)
def _revoke(draw: Draw) -> c.Command:
    return c.RevokeInstallation(id=draw.ids(), installation_id=draw.of(draw.around.installations, "no-such-desk"))


@_builds(c.PublishPolicy)
def _publish(draw: Draw) -> c.Command:
    policy = draw.around.policy
    document = replace(policy, version=policy.version - 1) if draw.strange() else policy
    return c.PublishPolicy(id=draw.ids(), document=replace(document, default_team=draw.of(("hotline",), "nowhere")))
