"""Time passes, and the centre does what falls due: once, whoever looks, and not a moment early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desk.central import automation
from desk.central import tables as t
from desk.central.jobs import Jobs
from desk.domain.case import Entity
from desk.domain.commands import (
    BlockCustomer,
    ClaimTicket,
    CloseTicket,
    GrantCompensation,
    LiftBlock,
    MoveStage,
    OpenTicket,
    PauseTicket,
    PublishPolicy,
    SetReason,
    WriteRecord,
)
from desk.domain.ledger import Approval, ApprovalState, BenefitKind, EffectKind, EffectState
from desk.domain.orders import Order, OrderState
from desk.domain.tickets import Act, Channel, Kind, Stage, Ticket
from tests.helpers.cases import LIUYANG, WANGFANG, house, make_order, seed_policy
from tests.helpers.edge import Centre, sqlite_centre
from tests.helpers.sides import sides

HOUR = 3600


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Centre]:
    with sqlite_centre(tmp_path) as made:
        with made.service.store.writing() as tx:
            tx.stage(house())
        yield made


@pytest.fixture
def jobs(centre: Centre) -> Jobs:
    return Jobs(centre.service.store, centre.service.applier, centre.service.auto_paths)


def members(centre: Centre) -> set[tuple[str, str]]:
    """What some replica holds, of what hangs on orders."""
    kinds = ("ticket", "order", "private", "effect", "entry")
    with centre.service.store.reading() as connection:
        rows = connection.execute(select(t.members.c.kind, t.members.c.id).where(t.members.c.kind.in_(kinds)))
        return {(row.kind, row.id) for row in rows}


def request(centre: Centre, channel: Channel, kind: Kind = Kind.CANCEL, order_id: str = "o1") -> str:
    """Another system hands a customer's request over; nobody has it in hand."""
    ticket_id = centre.ids()
    opened = OpenTicket(
        id=centre.ids(),
        ticket_id=ticket_id,
        kind=kind,
        channel=channel,
        team="hotline",
        order_id=order_id,
        reason="no_longer_wanted" if kind is Kind.CANCEL else "",
    )
    centre.do(opened)
    return ticket_id


# --- clocks ------------------------------------------------------------------------------------------------------


def test_a_first_response_that_does_not_come_is_a_breach(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = request(centre, Channel.CHAT)
    due = centre.get(Ticket, ticket_id).first_response_due
    assert due == centre.clock.now + timedelta(minutes=15)
    assert jobs.step(centre.clock.now) == due
    jobs.step(centre.clock.pass_(15 * 60 - 1))
    assert not centre.get(Ticket, ticket_id).first_response_breached
    jobs.step(centre.clock.pass_(1))
    jobs.step(centre.clock.pass_(60))
    ticket = centre.get(Ticket, ticket_id)
    assert ticket.first_response_breached
    assert [step.code for step in ticket.path].count("first_response_breached") == 1


def test_a_paused_ticket_does_not_breach_in_its_pause(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = request(centre, Channel.CHAT)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), LIUYANG)
    centre.do(PauseTicket(id=centre.ids(), ticket_id=ticket_id, reason="customer"), LIUYANG)
    jobs.step(centre.clock.pass_(2 * HOUR))
    upcoming = jobs.step(centre.clock.now)
    assert not centre.get(Ticket, ticket_id).first_response_breached
    assert upcoming is None or upcoming > centre.clock.now  # nothing to do is no reason to look again at once


def test_a_claim_runs_out_and_the_ticket_is_free_again(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = centre.ticket()
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), LIUYANG)
    until = centre.get(Ticket, ticket_id).claim_expires_at
    assert until is not None
    jobs.step(centre.clock.pass_(60))
    assert centre.get(Ticket, ticket_id).holder == LIUYANG.id
    centre.clock.now = until
    jobs.step(centre.clock.now)
    assert centre.get(Ticket, ticket_id).holder is None


def test_what_the_rules_refuse_does_not_stand_before_what_is_due(centre: Centre):
    """Policy lost a ladder after a ticket was opened by it: of that one nobody is to be told any more, of others is."""
    jobs = Jobs(centre.service.store, centre.service.applier, at_once=1)
    centre.told()
    without = request(centre, Channel.CHAT)
    centre.clock.pass_(HOUR)
    other = centre.ids()
    opened = OpenTicket(
        id=centre.ids(), ticket_id=other, kind=Kind.EXCEPTION, channel=Channel.CHAT, team="hotline", order_id="o1",
        type="logistics", subtype="lost_damaged",
    )  # fmt: skip
    centre.do(opened)
    policy = seed_policy()
    shorter = replace(policy, handoffs=replace(policy.handoffs, tickets=()))
    centre.do(PublishPolicy(id=centre.ids(), document=shorter))
    first, then = (str(centre.get(Ticket, one).escalate_at) for one in (without, other))
    assert (first, then) == tuple(sorted((first, then))), "it would be asked for first each time"
    for _ in range(3):
        jobs.step(centre.clock.pass_(12 * HOUR))
    assert (centre.get(Ticket, without).escalation, centre.get(Ticket, other).escalation > 0) == (0, True)


def test_an_approval_moves_up_and_then_runs_out(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = request(centre, Channel.HOTLINE)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), WANGFANG)
    policy = seed_policy()
    offer = next(one for one in policy.compensation.offers if one.kind is BenefitKind.COUPON and one.currency == "CNY")
    verdict = centre.do(
        GrantCompensation(
            id=centre.ids(),
            order_id="o1",
            ticket_id=ticket_id,
            kind=BenefitKind.COUPON,
            item=offer.item,
            units=9000,
            cause=policy.compensation.causes[0].key,
            sequence=1,
        ),
        WANGFANG,
    )
    assert verdict.outcome is not None
    approval_id = verdict.outcome["approval_id"]
    approval = centre.get(Approval, approval_id)
    assert approval.escalate_at is not None
    centre.clock.now = approval.escalate_at
    jobs.step(centre.clock.now)
    assert centre.get(Approval, approval_id).escalations == 1
    centre.clock.now = approval.expires_at
    jobs.step(centre.clock.now)
    assert centre.get(Approval, approval_id).state is ApprovalState.EXPIRED


def closed_ticket(centre: Centre) -> str:
    """A ticket from ring to close; its order is not cancelled."""
    centre.told()
    ticket_id = request(centre, Channel.HOTLINE)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), LIUYANG)
    centre.do(SetReason(id=centre.ids(), ticket_id=ticket_id, reason="no_longer_wanted"), LIUYANG)
    for stage in (Stage.ANALYSE, Stage.RESOLVE):
        centre.do(MoveStage(id=centre.ids(), ticket_id=ticket_id, stage=stage), LIUYANG)
    record = WriteRecord(
        id=centre.ids(),
        ticket_id=ticket_id,
        cause="no_longer_wanted",
        result="solved",
        acts_waived="short call",
        process="explained",
        feedback="fine",
    )
    centre.do(record, LIUYANG)
    centre.do(CloseTicket(id=centre.ids(), ticket_id=ticket_id, outcome="withdrawn"), LIUYANG)
    return ticket_id


def test_a_closed_ticket_is_archived_and_in_time_leaves_the_desks_with_its_order_and_customer(
    centre: Centre, jobs: Jobs
):
    ticket_id = closed_ticket(centre)
    jobs.step(centre.clock.pass_(71 * HOUR))
    assert centre.get(Ticket, ticket_id).stage is Stage.CLOSED
    jobs.step(centre.clock.pass_(HOUR))
    assert centre.get(Ticket, ticket_id).stage is Stage.ARCHIVED
    assert ("ticket", ticket_id) in members(centre)
    jobs.step(centre.clock.pass_(24 * HOUR))
    assert ("ticket", ticket_id) in members(centre)
    jobs.step(centre.clock.pass_(60 * 24 * HOUR))
    assert not {one for one in members(centre) if one[1] in (ticket_id, "o1", "c1")}
    assert centre.get(Ticket, ticket_id).stage is Stage.ARCHIVED, "the centre still has it"


def test_an_old_order_of_a_store_leaves_the_store(centre: Centre, jobs: Jobs):
    centre.told(make_order(now=centre.clock.now, store_id="S01", pickup=True))
    assert ("order", "o1") in members(centre)
    jobs.step(centre.clock.pass_(24 * HOUR))
    assert ("order", "o1") in members(centre)
    jobs.step(centre.clock.pass_(60 * 24 * HOUR))
    assert not {one for one in members(centre) if one[1] in ("o1", "c1")}


# --- the path without a hand -------------------------------------------------------------------------------------


def test_an_app_request_in_the_window_goes_from_ring_to_close_without_a_hand(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = request(centre, Channel.APP)
    jobs.step(centre.clock.now)
    ticket = centre.get(Ticket, ticket_id)
    assert (ticket.stage, ticket.outcome) == (Stage.CLOSED, "cancelled")
    assert [message.template for message in ticket.messages] == ["app_received", "cancel_done"]
    assert {step.by for step in ticket.path} == {"system"}
    assert centre.get(Order, "o1").state is OrderState.CANCELLED
    with sides() as side:
        centre.worker(side).step(centre.clock.now)
        assert {effect.state for effect in centre.effects()} == {EffectState.CONFIRMED}
        sent = [body["text"] for path, body in side.done.items() if path.startswith("messages/")]
    assert len(sent) == 2
    assert any("退回原支付账户" in text for text in sent), sent


def test_how_long_the_path_took_is_measured_against_policys_target(centre: Centre, jobs: Jobs):
    for minutes, counted in ((2, ("1", "0")), (6, ("1", "1"))):
        centre.told(make_order(f"o{minutes}", now=centre.clock.now, state=OrderState.UNPAID))
        ticket_id = request(centre, Channel.APP, order_id=f"o{minutes}")
        centre.clock.now += timedelta(minutes=minutes)
        jobs.step(centre.clock.now)
        assert centre.get(Ticket, ticket_id).stage is Stage.CLOSED
        told = centre.service.auto_paths.lines()
        in_time, late = (line.rsplit(" ", 1)[1] for line in told if "in_time" in line)
        assert (in_time, late) == counted, told
    assert "desk_auto_path_seconds_total 480.000" in told


def test_an_unpaid_order_is_cancelled_at_once_and_nothing_is_refunded(centre: Centre, jobs: Jobs):
    centre.told(make_order(now=centre.clock.now, state=OrderState.UNPAID))
    ticket_id = request(centre, Channel.APP)
    jobs.step(centre.clock.now)
    assert centre.get(Order, "o1").state is OrderState.CANCELLED
    assert centre.effects(EffectKind.REFUND) == []
    assert centre.effects(EffectKind.RELEASE_STOCK)
    assert [message.template for message in centre.get(Ticket, ticket_id).messages][-1] == "cancel_unpaid_done"


def test_a_shipped_order_waits_for_a_person_after_the_automatic_response(centre: Centre, jobs: Jobs):
    order = make_order(now=centre.clock.now, state=OrderState.SHIPPED)
    centre.told(replace(order, shipped_at=centre.clock.now))
    ticket_id = request(centre, Channel.APP)
    jobs.step(centre.clock.now)
    ticket = centre.get(Ticket, ticket_id)
    assert ticket.is_open
    assert [message.template for message in ticket.messages] == ["app_received"]
    assert ticket.acts == {Act.NOTIFY}
    assert centre.get(Order, "o1").state is OrderState.SHIPPED


def test_a_person_who_took_the_ticket_is_not_overtaken(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = request(centre, Channel.APP)
    centre.do(ClaimTicket(id=centre.ids(), ticket_id=ticket_id), WANGFANG)
    jobs.step(centre.clock.now)
    assert centre.get(Order, "o1").state is OrderState.PAID
    assert centre.get(Ticket, ticket_id).messages == ()


def test_a_hotline_request_is_never_answered_by_itself(centre: Centre, jobs: Jobs):
    centre.told()
    ticket_id = request(centre, Channel.HOTLINE)
    jobs.step(centre.clock.now)
    assert centre.get(Order, "o1").state is OrderState.PAID
    assert centre.get(Ticket, ticket_id).messages == ()


@pytest.mark.parametrize("ends", ["lifted", "over"])
def test_a_blocked_customers_request_goes_by_itself_once_the_block_ends(centre: Centre, jobs: Jobs, ends: str):
    centre.told()
    ticket_id = request(centre, Channel.APP, Kind.EXCEPTION)
    customer = centre.get(Order, "o1").customer_id
    until = centre.clock.now + timedelta(minutes=30)
    block = BlockCustomer(id=centre.ids(), customer_id=customer, ticket_id=ticket_id, reason="fraud", until=until)
    centre.do(block, LIUYANG)
    request(centre, Channel.APP)
    jobs.step(centre.clock.now)
    assert jobs.step(centre.clock.now) != centre.clock.now
    assert centre.get(Order, "o1").state is OrderState.PAID
    if ends == "lifted":
        centre.do(LiftBlock(id=centre.ids(), customer_id=customer, words="a mistake"), LIUYANG)
    jobs.step(centre.clock.pass_(0 if ends == "lifted" else 30 * 60))
    assert centre.get(Order, "o1").state is OrderState.CANCELLED


def test_after_a_start_all_that_wait_are_gone_through_in_portions(
    centre: Centre, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
):
    tickets = []
    for name in ("o1", "o2", "o3"):
        centre.told(make_order(name, now=centre.clock.now))
        tickets.append(request(centre, Channel.APP, order_id=name))
    monkeypatch.setattr(automation, "OLD_AT_ONCE", 1)
    for done in (1, 2, 3):
        jobs.step(centre.clock.now)
        assert [centre.get(Ticket, one).stage is Stage.CLOSED for one in tickets].count(True) == done


def test_two_workers_answer_one_request_once(centre: Centre):
    centre.told()
    ticket_id = request(centre, Channel.APP)
    for _ in range(2):
        Jobs(centre.service.store, centre.service.applier).step(centre.clock.now)
    ticket = centre.get(Ticket, ticket_id)
    assert len(ticket.messages) == 2
    assert len(centre.effects(EffectKind.REFUND)) == 1


def test_steps_are_named_so_that_a_second_look_changes_nothing(centre: Centre, jobs: Jobs):
    centre.told()
    request(centre, Channel.APP)
    jobs.step(centre.clock.now)
    before = kept(centre)
    for _ in range(3):
        jobs.step(centre.clock.pass_(61))
    assert kept(centre) == before


def kept(centre: Centre) -> list[Entity]:
    return centre.hanging()
