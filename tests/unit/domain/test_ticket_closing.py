"""The end of a case: nothing closes without record, five acts and the truth."""

from __future__ import annotations

from typing import Any

import pytest

from desk.domain.commands import ArchiveTicket, CloseTicket, PauseTicket, WriteRecord
from desk.domain.decisions import Refused
from desk.domain.ledger import Approval, ApprovalState, BenefitKind, Effect, EffectKind, EffectState
from desk.domain.orders import OrderState
from desk.domain.tickets import Act, Record, Stage
from tests.helpers.cases import HOUR, LIQIANG, START, SYSTEM, World, make_order, make_ticket

RECORD = {"process": "核实后取消", "cause": "impulse", "result": "solved", "feedback": "客户满意"}
EVERY_ACT = frozenset(Act)


def resolved(*more: Any, **changed: Any) -> World:
    """A cancel ticket with all five acts done, ready for its record."""
    order = make_order(state=OrderState.CANCELLED, cancelled_at=START)
    return World(order, make_ticket(**{"stage": Stage.RESOLVE, "acts": EVERY_ACT, **changed}), *more)


def test_record_then_close_then_archive() -> None:
    world = resolved()
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="cancelled") == "record_missing"
    world.accept(WriteRecord, ticket_id="k1", satisfaction=5, id="r", **RECORD)
    world.accept(CloseTicket, ticket_id="k1", outcome="cancelled")
    ticket = world.ticket()
    assert (ticket.stage, ticket.outcome, ticket.closed_at, ticket.holder) == (Stage.CLOSED, "cancelled", START, None)
    assert ticket.record is not None
    assert world.book.values[ticket.record.process_id] == {"text": "核实后取消"}
    assert world.refuse(ArchiveTicket, SYSTEM, ticket_id="k1") == "not_yet"
    world.later(hours=72)
    world.accept(ArchiveTicket, SYSTEM, ticket_id="k1")
    assert world.ticket().stage is Stage.ARCHIVED
    assert [step.code for step in world.ticket().path] == ["record_written", "ticket_closed", "ticket_archived"]


@pytest.mark.parametrize("missing", ["process", "cause", "result", "feedback"])
def test_a_record_is_whole_or_none(missing: str) -> None:
    decision = resolved().do(WriteRecord, ticket_id="k1", **{**RECORD, missing: " " if missing != "cause" else ""})
    assert isinstance(decision, Refused)
    expected = ("unknown_choice", None) if missing == "result" else ("record_incomplete", missing)
    assert (decision.code, decision.data.get("missing")) == expected


@pytest.mark.parametrize(
    "wrong", [{"cause": "count_error"}, {"result": "perfect"}, {"satisfaction": 0}, {"satisfaction": 6}]
)
def test_a_record_names_what_policy_knows(wrong: dict) -> None:
    assert resolved().refuse(WriteRecord, ticket_id="k1", **{**RECORD, **wrong}) == "unknown_choice"


def test_all_five_acts_or_a_reason() -> None:
    world = resolved(acts=frozenset({Act.NOTIFY, Act.APOLOGY}))
    world.accept(WriteRecord, ticket_id="k1", **RECORD)
    decision = world.do(CloseTicket, ticket_id="k1", outcome="cancelled")
    assert isinstance(decision, Refused)
    assert (decision.code, decision.data["missing"]) == ("acts_missing", "explain,progress,solution")
    world.accept(WriteRecord, ticket_id="k1", acts_waived="客户已挂断", **RECORD)
    world.accept(CloseTicket, ticket_id="k1", outcome="cancelled")


def test_only_a_resolved_ticket_closes_with_an_outcome_of_policy() -> None:
    world = resolved(stage=Stage.ANALYSE)
    world.accept(WriteRecord, ticket_id="k1", **RECORD)
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="cancelled") == "not_resolved"
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="") == "unknown_choice"
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="done") == "unknown_choice"
    assert world.refuse(CloseTicket, LIQIANG, ticket_id="k1", outcome="cancelled") == "claim_not_held"
    assert world.refuse(ArchiveTicket, ticket_id="k1") == "not_closed"


def test_nobody_reports_a_cancel_that_did_not_happen() -> None:
    world = resolved()
    world.keep(make_order())
    world.accept(WriteRecord, ticket_id="k1", **RECORD)
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="cancelled") == "order_not_cancelled"
    world.accept(CloseTicket, ticket_id="k1", outcome="withdrawn")


def effect(state: EffectState) -> Effect:
    return Effect(
        id="e1", order_id="o1", ticket_id="k1", connector="shop", kind=EffectKind.REFUND, at=START,
        command_id="c", state=state, entry_key="o1/-/cancel/1",
    )  # fmt: skip


def test_money_on_its_way_closes_money_that_failed_does_not() -> None:
    record = Record(process_id="p", cause="impulse", result="solved", feedback_id="f")
    world = resolved(effect(EffectState.FAILED), record=record)
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="cancelled") == "money_pending"
    world.keep(effect(EffectState.ACCEPTED))
    world.accept(CloseTicket, ticket_id="k1", outcome="cancelled")


def test_a_request_before_a_supervisor_holds_the_ticket_open() -> None:
    asked = Approval(
        id="a1", order_id="o1", ticket_id="k1", team="hotline", requested_by="wangfang", requested_at=START,
        kind=BenefitKind.COUPON, item="coupon_30", cost=3000, units=3000, currency="CNY", cause="waiting", sequence=1,
        state=ApprovalState.ASKED, level="supervisor", expires_at=START + HOUR,
    )  # fmt: skip
    world = resolved(asked, record=Record(process_id="p", cause="impulse", result="solved", feedback_id="f"))
    assert world.refuse(CloseTicket, ticket_id="k1", outcome="cancelled") == "approval_pending"


def test_closing_ends_a_pause() -> None:
    world = resolved(record=Record(process_id="p", cause="impulse", result="solved", feedback_id="f"))
    world.accept(PauseTicket, ticket_id="k1", reason="customer")
    world.accept(CloseTicket, ticket_id="k1", outcome="cancelled")
    assert not world.ticket().paused
