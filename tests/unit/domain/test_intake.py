"""Stories of orders as their source tells them: new facts come in, what the desk did stays done."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.domain.commands import CancelOrder, TellOrder
from desk.domain.decisions import AskCentre
from desk.domain.orders import Order, OrderState, Tender
from desk.domain.tickets import Stage
from tests.helpers.cases import HOUR, START, SYSTEM, World, make_line, make_order, make_ticket


def newer(order: Order, **changed) -> Order:
    return replace(order, source_version=order.source_version + 1, **changed)


def test_a_new_order_comes_in_with_its_remark():
    world = World()
    world.accept(TellOrder, SYSTEM, id="tell-1", order=make_order(), remark="放门口")
    assert world.order().remark_id == "tell-1.remark"


def test_late_news_changes_nothing():
    world = World()
    world.accept(TellOrder, SYSTEM, order=make_order(source_version=5))
    for version in (4, 5):
        told = make_order(source_version=version, state=OrderState.SHIPPED)
        assert world.refuse(TellOrder, SYSTEM, order=told) == "older_version"
    assert world.order().state is OrderState.PAID


def test_a_told_remark_keeps_its_words_until_there_are_new_ones():
    world = World()
    world.accept(TellOrder, SYSTEM, id="tell-1", order=make_order(), remark="放门口")
    world.accept(TellOrder, SYSTEM, order=newer(make_order()))
    assert world.order().remark_id == "tell-1.remark"


def test_an_order_that_the_desk_cancelled_stays_cancelled():
    world = World(make_order(), make_ticket())
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    when = world.order().cancelled_at
    world.later(minutes=5)
    world.accept(TellOrder, SYSTEM, order=newer(make_order(), packed_at=START))
    order = world.order()
    assert (order.state, order.cancelled_at) == (OrderState.CANCELLED, when)
    assert order.packed_at == START, "a fact is a fact"
    assert order.lines[0].cancelled == 1


def test_lines_that_come_new_or_were_cancelled_before():
    world = World(make_order(lines=(make_line(quantity=3, cancelled=2),)))
    lines = (make_line(quantity=3, cancelled=1), make_line("2", paid=50))
    world.accept(TellOrder, SYSTEM, order=newer(make_order(), lines=lines))
    assert [line.cancelled for line in world.order().lines] == [2, 0]


def test_refunds_are_never_lowered_or_forgotten():
    tenders = (Tender(id="t1", method="alipay", paid=6000, refunded=500), Tender(id="t2", method="balance", paid=4000))
    world = World()
    world.accept(TellOrder, SYSTEM, order=make_order(tenders=(tenders[0], replace(tenders[1], refunded=100))))
    other = Tender(id="t3", method="wechat", paid=1)
    world.accept(TellOrder, SYSTEM, order=newer(make_order(), tenders=(replace(tenders[0], refunded=0), other)))
    assert {tender.id: tender.refunded for tender in world.order().tenders} == {"t1": 500, "t2": 100, "t3": 0}
    assert world.order().tenders[0].refunded_elsewhere == 500


def test_a_payment_that_its_source_took_back_is_gone_where_nothing_went_back_to_it():
    world = World(make_order())
    other = Tender(id="t9", method="wechat", paid=10000)
    world.accept(TellOrder, SYSTEM, order=newer(make_order(), tenders=(other,)))
    assert world.order().tenders == (other,)


def test_open_tickets_follow_the_order_and_closed_ones_rest():
    world = World(make_order(), make_ticket(), make_ticket("k2", stage=Stage.CLOSED))
    world.accept(TellOrder, SYSTEM, order=newer(make_order(), wave_at=START + 5 * HOUR))
    assert world.ticket().no_return_at == START + 3 * HOUR
    assert not world.ticket().needs_review

    world.accept(TellOrder, SYSTEM, order=newer(world.order(), packed_at=START))
    assert world.ticket().no_return_at is None
    assert world.ticket().needs_review
    assert world.ticket("k2").path == ()

    steps = len(world.ticket().path)
    world.accept(TellOrder, SYSTEM, order=newer(world.order()))
    assert len(world.ticket().path) == steps, "nothing new for the ticket"


@pytest.mark.parametrize("hole", [("order", "o1"), ("orders", "o1")])
def test_without_the_former_order_only_the_centre_can_tell(hole):
    world = World(make_order())
    world.book.missing = frozenset({hole})
    world.book.entities.pop(hole, None)
    assert isinstance(world.ask(TellOrder, SYSTEM, order=newer(make_order())), AskCentre)
