"""Exceptions as the windows are told of them: playbooks of the seed, through the services, against the true centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desk.bootstrap import Bench
from desk.domain.commands import AnswerCheck, AskTeam, BlockCustomer, ClaimTicket, ClearFinding, OpenTicket, TakeOption
from desk.domain.orders import Order, OrderState, Receipt, Scan, SystemState
from desk.domain.tickets import Answer, Channel, Finding, Kind
from desk.services.rows import Allowed, RowState, Tone
from tests.helpers.benches import all_sent, bench_at, case, eventually, row, sign_in
from tests.helpers.desk_data import NOW, order
from tests.helpers.running_centre import RunningCentre, running_centre


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[RunningCentre]:
    with running_centre(tmp_path / "centre") as running:
        yield running


def trouble(centre: RunningCentre, one: Order | None, kind: str, subtype: str, **saw: Any) -> None:
    """An exception t1 at the hotline, found by itself where something was seen."""
    if one is not None:
        centre.tell(one, name="陈志强", title="先生", phone="13800000005", city="上海", address="人民路 1 号")
    opening = OpenTicket(
        id="open-t1",
        ticket_id="t1",
        kind=Kind.EXCEPTION,
        channel=Channel.SYSTEM,
        team="hotline",
        order_id=one.id if one else None,
        order_number="" if one else "20240917009999",
        type=kind,
        subtype=subtype,
        finding=Finding(rule=subtype, window="w", saw=saw) if saw else None,
    )
    for verdict in centre.service.applier.system([opening]):
        assert verdict.status == "applied", verdict


async def done(bench: Bench, command: Any) -> Any:
    """Act as the window does, wait for the centre, and look again (rows.CaseRow; a test knows what it must hold)."""
    answer = await bench.desk.actions.perform(command)
    assert answer.status is RowState.WAITING, answer
    await all_sent(bench)
    return await case(bench.desk, "t1")


async def claimed(bench: Bench, login: str = "wangfang") -> Any:
    assert (await sign_in(bench.desk, login)).status is RowState.DONE
    return await done(bench, ClaimTicket(id=bench.desk.actions.new_id(), ticket_id="t1"))


def option(found: Any, key: str) -> Any:
    return next(one for one in found.playbook.options if one.key == key)


def twice() -> Order:
    paid_at = NOW - timedelta(hours=3)
    receipts = tuple(
        Receipt(
            id=name, method="alipay", amount=32900, at=paid_at + timedelta(seconds=wait), reference=f"20240917{name}"
        )
        for name, wait in (("t1", 0), ("r2", 41))
    )
    return order(receipts=receipts, parcels=())


async def test_paid_twice_is_shown_checked_and_given_back(centre, tmp_path):
    trouble(centre, twice(), "payment", "paid_twice", surplus=32900, received=65800, due=32900)
    async with bench_at(centre, tmp_path) as bench:
        new = bench.desk.actions.new_id
        await sign_in(bench.desk, "wangfang")
        first = await case(bench.desk, "t1")
        assert first.playbook.off == "not_claimed"
        assert not first.may_ask

        found = await claimed(bench)
        playbook = found.playbook
        assert (playbook.manner, playbook.order_stage, playbook.owner["en"]) == ("deviates", "stock", "Finance")
        assert playbook.seen.names["en"] == "Paid twice"
        assert playbook.seen.saw["surplus"] == 32900
        checks = {check.key: check for check in playbook.checks}
        assert (checks["twice"].answer, checks["twice"].by_itself) == ("yes", True)
        facts = {fact.key: (fact.value, fact.kind) for fact in checks["twice"].facts}
        assert facts["received"] == (65800, "money")
        assert {fact.key: fact.names for fact in checks["twice"].facts}["payment_methods"]["en"] == "Alipay"
        assert checks["one_order"].open
        assert (found.verdict.code, found.verdict.tone) == ("exception_check", Tone.WARN)
        assert playbook.off == "checks_first"
        assert option(found, "refund").allowed is Allowed.OFF
        assert "bank" not in {cause.key for cause in playbook.causes}
        assert [(one.reference, one.surplus) for one in found.order.receipts] == [
            ("20240917t1", False),
            ("20240917r2", True),
        ]
        marks = await row(bench.desk, "t1")
        assert (marks.found, marks.gone) == (True, False)

        found = await done(
            bench,
            AnswerCheck(id=new(), ticket_id="t1", check="one_order", answer=Answer.YES, words="客户说只下了一单"),
        )
        answered = next(check for check in found.playbook.checks if check.key == "one_order")
        assert (answered.answer, answered.by, answered.words) == ("yes", "王芳", "客户说只下了一单")
        refund = option(found, "refund")
        assert (refund.allowed, refund.amount.amount, refund.second_key) == (Allowed.FREE, 32900, True)
        lacks = option(found, "reconcile").lacks
        assert (lacks.key, lacks.value) == ("surplus", 32900)
        assert (found.verdict.code, found.verdict.amount.amount) == ("exception_ways", 32900)
        assert (found.verdict.merchant_cost.amount, found.verdict.customer_cost.amount) == (0, 0)

        take = TakeOption(id=new(), ticket_id="t1", option="refund", order_id=found.order.id, expected=32900)
        found = await done(bench, take)
        assert [given.cost.amount for given in found.given] == [32900]
        assert option(found, "refund").taken
        assert "coupon_5" in found.playbook.proposed
        assert found.playbook.outcome == "refunded"
        assert (found.verdict.code, found.verdict.option) == ("exception_done", refund.names)
        said = await bench.desk.scripts.script("t1", "zh", refund.template)
        assert said is not None
        assert "329" in said.text
        steps = {step.code: step.label for step in found.path}
        assert steps["option_chosen"] == refund.names
        assert steps["check_answered"] == answered.names


async def test_an_address_after_shipping_goes_with_the_parcel(centre, tmp_path):
    shipped = order(state=OrderState.SHIPPED, shipped_at=NOW - timedelta(hours=2), contact_flags=frozenset())
    parcel = replace(
        shipped.parcels[0],
        shipped_at=NOW - timedelta(hours=2),
        trace=(Scan(at=NOW - timedelta(hours=1), place="嘉兴", text="", code="in_transit"),),
    )
    trouble(centre, replace(shipped, parcels=(parcel,)), "customer_data", "address_wrong")
    async with bench_at(centre, tmp_path) as bench:
        found = await claimed(bench)
        for check in found.playbook.waiting:
            command = AnswerCheck(id=bench.desk.actions.new_id(), ticket_id="t1", check=check.key, answer=Answer.YES)
            found = await done(bench, command)
        redirect = next(one for one in found.playbook.options if any(deed.do == "redirect" for deed in one.deeds))
        assert redirect.allowed is Allowed.FREE
        asked = {one.key: one.kind for one in redirect.inputs}
        assert asked["address"] == "address"
        given = {"address": "南京西路 1266 号 8 楼", "phone": "13800000005", "name": "陈志强", "city": "上海"}
        given |= {"words": "客户写错了楼栋", "fee": "8.00", "eta": "2026-11-30"}
        take = TakeOption(
            id=bench.desk.actions.new_id(),
            ticket_id="t1",
            option=redirect.key,
            inputs={key: given[key] for key in asked},
        )
        found = await done(bench, take)
        assert "redirect_parcel" in {effect.kind for effect in found.effects}
        [task] = found.tasks
        assert task.team["en"] == "Logistics"
        assert (found.verdict.code, found.verdict.tone) == ("exception_wait", Tone.WARN)


async def test_goods_that_are_chosen_have_their_own_amount(centre, tmp_path):
    one = order(state=OrderState.SHIPPED, shipped_at=NOW - timedelta(days=3))
    lines = (replace(one.lines[0], paid=20000), replace(one.lines[0], id="l2", sku="CUP", title="杯垫", paid=12900))
    scans = (Scan(at=NOW - timedelta(days=1), place="嘉兴", text="", code="damaged"),)
    parcel = replace(one.parcels[0], shipped_at=NOW - timedelta(days=3), trace=scans)
    trouble(centre, replace(one, lines=lines, parcels=(parcel,)), "logistics", "lost_damaged")
    async with bench_at(centre, tmp_path) as bench:
        found = await claimed(bench)
        for check in found.playbook.waiting:
            command = AnswerCheck(id=bench.desk.actions.new_id(), ticket_id="t1", check=check.key, answer=Answer.YES)
            found = await done(bench, command)
        back = next(one for one in found.playbook.options if any(deed.do == "refund_parcel" for deed in one.deeds))
        assert back.amount.amount == 32900
        part = await bench.desk.workspace.option("t1", back.key, ("l2",))
        assert part is not None
        assert part.amount is not None
        assert (part.allowed, part.amount.amount) == (Allowed.FREE, 12900)


async def test_trouble_without_an_order_is_worked_too(centre, tmp_path):
    trouble(centre, None, "system", "creation_failed")
    async with bench_at(centre, tmp_path) as bench:
        found = await claimed(bench)
        assert found.order is None
        assert found.playbook.order_stage == "creation"
        assert found.playbook.checks
        assert found.verdict.tone in (Tone.WARN, Tone.OK)
        kind = found.choices.handoffs[0]
        found = await done(
            bench, AskTeam(id=bench.desk.actions.new_id(), ticket_id="t1", task_id="k1", what=kind.key, words="请查")
        )
        [task] = found.tasks
        assert (task.what, task.words, task.may_withdraw) == (kind.names, "请查", True)


async def test_what_went_away_by_itself_is_said_so(centre, tmp_path):
    trouble(centre, twice(), "payment", "paid_twice", surplus=32900)
    async with bench_at(centre, tmp_path) as bench:
        await claimed(bench)
        for verdict in centre.service.applier.system([ClearFinding(id="clear-t1", ticket_id="t1")]):
            assert verdict.status == "applied", verdict

        async def gone() -> bool:
            return (await row(bench.desk, "t1")).gone

        await eventually(bench.desk, gone)
        found = await case(bench.desk, "t1")
        assert found.playbook.seen.gone_at is not None
        assert (found.verdict.code, found.verdict.tone) == ("exception_gone", Tone.OK)


async def test_trouble_that_nobody_named_asks_for_its_name(centre, tmp_path):
    trouble(centre, order(), "payment", "")
    async with bench_at(centre, tmp_path) as bench:
        found = await claimed(bench)
        assert found.playbook is None
        assert found.verdict.code == "exception_type"


async def test_without_a_line_nothing_is_taken_and_everything_is_read(centre, tmp_path):
    trouble(centre, twice(), "payment", "paid_twice")
    async with bench_at(centre, tmp_path) as bench:
        found = await claimed(bench)
        command = AnswerCheck(id=bench.desk.actions.new_id(), ticket_id="t1", check="one_order", answer=Answer.YES)
        await done(bench, command)
        bench.place.online = False
        found = await case(bench.desk, "t1")
        assert found.playbook.off == "needs_centre"
        assert option(found, "refund").amount.amount == 32900
        again = await bench.desk.actions.perform(replace(command, id="later", answer=Answer.NO))
        assert again.status is RowState.WAITING, "answers are kept and sent later"
        await all_sent(bench)


async def test_systems_that_differ_and_a_block_are_seen_at_once(centre, tmp_path):
    said = tuple(
        SystemState(system=system, state=state, at=NOW - timedelta(minutes=30))
        for system, state in (("shop", "paid"), ("erp", "unpaid"), ("wms", "?"))
    )
    trouble(centre, order(systems=said), "system", "sync_failed")
    async with bench_at(centre, tmp_path) as bench:
        found = await claimed(bench, "liuyang")
        assert {one.system: one.differs for one in found.order.systems} == {"shop": False, "erp": True, "wms": False}
        assert "block" in {act.key for act in found.acts}
        reason = found.choices.blocks[0]
        block = BlockCustomer(
            id=bench.desk.actions.new_id(),
            ticket_id="t1",
            customer_id=found.who.customer_id,
            reason=reason.key,
            words="一个地址五单",
        )
        found = await done(bench, block)
        assert (found.who.block.reason, found.who.block.by, found.who.block.words) == (
            reason.names,
            "刘洋",
            "一个地址五单",
        )
        assert "lift" in {act.key for act in found.acts}
