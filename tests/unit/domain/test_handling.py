"""Stories of handling options: each verb once, what it refuses, and that no two clicks pay or send twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.domain.commands import CancelOrder, ConfirmEffect, ReplyTask, SettleEffect, TakeOption, TellOrder
from desk.domain.handling import DOERS, INPUTS, load_handling, offered
from desk.domain.ledger import BenefitKind, Effect, EffectKind, EffectState, EntryState
from desk.domain.named import Named
from desk.domain.orders import Order, OrderState, Parcel, Receipt, Scan, Tender
from desk.domain.people import Level
from desk.domain.playbooks import Check, Condition, Deed, Op, Option, Verb
from desk.domain.tasks import Block, Task, TaskState
from desk.domain.tickets import Kind
from tests.helpers.cases import (
    HOUR,
    LIQIANG,
    LIUYANG,
    START,
    SYSTEM,
    WANGFANG,
    ZHOUJUN,
    World,
    make_line,
    make_order,
    make_ticket,
)
from tests.helpers.odd import NAMES, option, policy_with


def trouble(*options: Option, order: Order | None = None, **changed: Any) -> World:
    """A world with an exception ticket k1 on o1 in Wang Fang's hands."""
    made = order or make_order()
    facts = {"kind": Kind.EXCEPTION, "reason": "", "type": "payment", "subtype": "odd", **changed}
    ticket = make_ticket(**facts)
    return World(made, ticket, policy=policy_with(*options))


def take(world: World, actor=WANGFANG, /, key: str = "go", **args: Any):
    return world.do(TakeOption, actor, ticket_id="k1", option=key, **args)


def taken(world: World, key: str = "go", **args: Any) -> None:
    world.accept(TakeOption, ticket_id="k1", option=key, **args)


def refused(world: World, actor=WANGFANG, /, key: str = "go", **args: Any) -> str:
    return world.refuse(TakeOption, actor, ticket_id="k1", option=key, **args)


def asked(world: World) -> list[tuple[EffectKind, str | None]]:
    return [(effect.kind, effect.line_id) for effect in world.effects()]


def only(world: World) -> Effect:
    [effect] = world.effects()
    return effect


def receipt(name: str, amount: int = 10000, minutes: int = 0, **changed: Any) -> Receipt:
    at = START - HOUR + minutes * HOUR / 60
    return Receipt(id=name, method="alipay", amount=amount, at=at, reference=f"ref-{name}", **changed)


PAID_ONCE = Tender(id="t1", method="alipay", paid=10000, reference="ref-a")
TWICE: dict[str, Any] = {"tenders": (PAID_ONCE,), "receipts": (receipt("a"), receipt("b", minutes=2))}
UNPAID: dict[str, Any] = {"state": OrderState.UNPAID, "tenders": (), "paid_at": None}


def parcel(name: str, *lines: str, code: str = "in_transit", **changed: Any) -> Parcel:
    scan = Scan(at=START - HOUR, place="杭州", text="…", code=code)
    facts = {"shipped_at": START - 2 * HOUR, **changed}
    return Parcel(id=name, carrier="SF", tracking=f"SF{name}", line_ids=lines, trace=(scan,), **facts)


def shipped(*parcels: Parcel, **changed: Any) -> Order:
    return make_order(state=OrderState.SHIPPED, shipped_at=START - 2 * HOUR, parcels=parcels, **changed)


# --- who and when ------------------------------------------------------------------------------------------------


def test_every_verb_is_done_by_somebody():
    assert set(DOERS) == set(Verb)


def test_what_was_taken_stands_on_the_ticket_and_on_its_path():
    world = trouble(option(Verb.RESYNC))
    taken(world, id="x1")
    [stood] = world.ticket().options
    assert (stood.option, stood.by, stood.command_id, stood.amount) == ("go", "wangfang", "x1", 0)
    assert world.ticket().path[0].code == "option_chosen"


def test_an_option_may_be_words_alone():
    words = Option(key="go", names=NAMES, deeds=(), template="odd_solution")
    world = trouble(words)
    taken(world)
    assert [one.option for one in world.ticket().options] == ["go"]
    assert (world.effects(), world.entries()) == ([], [])


def test_only_who_holds_the_ticket_takes_an_option():
    world = trouble(option(Verb.RESYNC))
    assert refused(world, LIQIANG) == "claim_not_held"
    assert world.effects() == []


def test_an_option_may_be_for_some_levels_only():
    world = trouble(option(Verb.RESYNC, levels=frozenset({Level.SUPERVISOR})))
    assert refused(world) == "option_not_permitted"


def test_an_unknown_option_and_a_ticket_without_its_kind():
    assert refused(trouble(option(Verb.RESYNC)), key="other") == "unknown_choice"
    assert refused(trouble(option(Verb.RESYNC), subtype="")) == "type_missing"


def test_another_order_than_the_tickets_is_none():
    world = trouble(option(Verb.RESYNC))
    assert refused(world, order_id="o2") == "no_such_order"
    taken(world, order_id="o1")


def test_an_option_is_on_offer_where_its_conditions_hold():
    world = trouble(option(Verb.RESYNC, when=(Condition(fact="paid", value=False),)))
    answer = take(world)
    assert (answer.code, answer.data["fact"], answer.data["known"]) == ("option_not_offered", "paid", "yes")
    world = trouble(option(Verb.RESYNC, when=(Condition(fact="stock_counted_min", op=Op.ABOVE, value=0),)))
    answer = take(world)
    assert (answer.code, answer.data["known"]) == ("option_not_offered", "no"), "what nobody knows does not hold"


def test_required_checks_come_first():
    looked = Check(key="looked", names=NAMES, required=True)
    world = trouble(option(Verb.RESYNC))
    world.policy = policy_with(option(Verb.RESYNC), checks=(looked,))
    answer = take(world)
    assert (answer.code, answer.data) == ("check_missing", {"check": "looked"})


def test_without_an_order_only_people_can_be_asked():
    world = trouble(option(Verb.RESYNC), option(Deed(do=Verb.TASK, item="claim_carrier"), key="ask"), order_id=None)
    assert refused(world) == "order_needed"
    taken(world, "ask")
    assert refused(world, key="ask") == "task_open", "asked once is enough"
    assert len(world.all(Task)) == 1


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({}, "input_missing"),
        ({"fee": " "}, "input_missing"),
        ({"fee": "a lot"}, "input_wrong"),
        ({"fee": "12.345"}, "input_wrong"),
        ({"fee": "-1"}, "input_wrong"),
        ({"fee": "12", "eta": "2026-03-03T10:00:00+08:00"}, "input_unknown"),
    ],
)
def test_inputs_are_asked_for_and_checked(inputs, code):
    assert refused(trouble(option(Verb.RESYNC, inputs=("fee",))), inputs=inputs) == code


def test_a_date_is_a_day_or_a_time_with_its_zone():
    for wrong in ("soon", "2026-03-03T10:00:00", "2026-13-01"):
        assert refused(trouble(option(Verb.RESYNC, inputs=("eta",))), inputs={"eta": wrong}) == "input_wrong"
    for right in ("2026-03-03", "2026-03-03T10:00:00+08:00"):
        taken(trouble(option(Verb.RESYNC, inputs=("eta",))), inputs={"eta": right})


def test_what_is_cancelled_already_is_neither_paid_back_nor_sent_nor_allocated():
    over = make_order(state=OrderState.CANCELLED, parcels=(parcel("p1"),))
    for verb in (Verb.REFUND_PARCEL, Verb.REFUND_LESS_FREIGHT, Verb.RESHIP, Verb.ALLOCATE, Verb.CHANGE_CONTACT):
        given = {"address": ADDRESS["address"]} if verb is Verb.CHANGE_CONTACT else {}
        inputs = ("address",) if given else ()
        assert refused(trouble(option(verb, inputs=inputs), order=over), inputs=given) == "already_cancelled", verb


def test_lines_that_were_cancelled_are_about_nothing():
    lines = (make_line("1", cancelled=1), make_line("2"))
    world = trouble(option(Verb.ALLOCATE), order=make_order(lines=lines))
    assert refused(world, line_ids=("1",)) == "input_missing"
    several = shipped(parcel("p1", "1"), parcel("p2", "2"), lines=lines)
    assert refused(trouble(option(Verb.RESHIP), order=several)) == "input_missing", "nobody said which"


def test_a_customer_who_is_blocked_already_is_not_blocked_again():
    fake = option(Deed(do=Verb.BLOCK, item="fake"))
    world = trouble(fake, holder="liuyang")
    world.accept(TakeOption, LIUYANG, ticket_id="k1", option="go")
    assert refused(world, LIUYANG) == "already_blocked"


def test_a_desk_that_does_not_know_the_block_list_asks_where_an_option_hangs_on_it():
    world = trouble(option(Verb.RESYNC, when=(Condition(fact="blocked"),)))
    assert refused(world) == "option_not_offered"
    world.book.missing = frozenset({("block", "c1")})
    assert type(world.ask(TakeOption, ticket_id="k1", option="go")).__name__ == "AskCentre"
    free = trouble(option(Verb.RESYNC))
    free.book.missing = frozenset({("block", "c1")})
    taken(free)


def test_no_ticket_no_option():
    assert trouble(option(Verb.RESYNC)).refuse(TakeOption, ticket_id="k9", option="go") == "no_such_ticket"


def test_dates_and_amounts_go_with_the_effect_words_do_not():
    world = trouble(option(Verb.RESYNC, inputs=("fee", "eta", "reference")))
    given = {"fee": "12.50", "eta": "2026-03-03T10:00:00+08:00", "reference": "陈洁 13800000005"}
    taken(world, id="x1", inputs=given)
    assert only(world).data == {"fee": "1250", "eta": "2026-03-03T10:00:00+08:00"}
    assert only(world).text_id == "x1.inputs"
    assert world.book.values["x1.inputs"] == given
    assert "陈洁" not in str(world.all(Effect)) + str(world.ticket())


# --- paid too much -----------------------------------------------------------------------------------------------


def test_paid_twice_gives_the_second_payment_back_by_the_way_it_came():
    world = trouble(option(Verb.REFUND_SURPLUS), order=make_order(**TWICE))
    taken(world, expected=10000)
    [entry] = world.entries()
    assert (entry.key, entry.kind, entry.cost) == ("o1/b/surplus/1", BenefitKind.REFUND, 10000)
    assert (entry.receipt_id, entry.tender_id) == ("b", None)
    assert (only(world).kind, only(world).receipt_id, only(world).amount) == (EffectKind.REFUND, "b", 10000)


def test_a_second_click_and_a_second_agent_find_nothing_left():
    world = trouble(option(Verb.REFUND_SURPLUS), order=make_order(**TWICE))
    taken(world)
    assert refused(world) == "no_surplus"
    world.keep(replace(world.ticket(), holder="liqiang"))
    assert refused(world, LIQIANG) == "no_surplus"
    assert len(world.entries()) == 1


def test_only_what_is_beyond_goes_back_where_the_amount_differs():
    order = make_order(tenders=(PAID_ONCE,), receipts=(receipt("a", 10350),))
    world = trouble(option(Verb.REFUND_SURPLUS), order=order)
    taken(world, expected=350)
    [entry] = world.entries()
    assert (entry.receipt_id, entry.cost) == ("a", 350)
    world.keep(make_ticket("k2"))
    world.accept(CancelOrder, order_id="o1", ticket_id="k2", expected=10000)
    assert sum(one.cost for one in world.entries()) == 10350, "the rest goes back by the tender, and no fen more"


def test_another_sum_than_the_person_saw_is_not_moved():
    world = trouble(option(Verb.REFUND_SURPLUS), order=make_order(**TWICE))
    answer = take(world, expected=9900)
    assert (answer.code, answer.data) == ("amount_changed", {"expected": 9900, "amount": 10000})
    assert world.entries() == []


def test_where_a_refund_may_be_somebody_elses_nothing_moves():
    world = trouble(option(Verb.REFUND_SURPLUS), order=make_order(**TWICE))
    taken(world)
    told = make_order(tenders=(PAID_ONCE,), receipts=(receipt("a"), receipt("b", minutes=2, refunded=4000)))
    more = replace(told, receipts=(*told.receipts, receipt("c", minutes=3)), source_version=2)
    world.accept(TellOrder, SYSTEM, order=more)
    assert refused(world) == "refund_unclear"
    world.accept(SettleEffect, SYSTEM, effect_id=only(world).id, state=EffectState.CONFIRMED)
    assert world.order().receipts[1].refunded == 10000
    taken(world, expected=10000)
    assert {entry.receipt_id for entry in world.entries()} == {"b", "c"}


def test_a_refund_that_failed_may_be_given_again_under_the_next_key():
    world = trouble(option(Verb.REFUND_SURPLUS), order=make_order(**TWICE))
    taken(world)
    world.accept(SettleEffect, SYSTEM, effect_id=only(world).id, state=EffectState.FAILED)
    taken(world)
    assert [(one.key, one.state) for one in world.entries()] == [
        ("o1/b/surplus/1", EntryState.FAILED),
        ("o1/b/surplus/2", EntryState.ASKED),
    ]
    failed = next(one for one in world.effects() if one.state is EffectState.FAILED)
    assert world.refuse(ConfirmEffect, LIUYANG, effect_id=failed.id, reference="x") == "superseded"


def test_what_the_payment_side_gave_back_itself_is_not_given_again():
    order = make_order(tenders=(PAID_ONCE,), receipts=(receipt("a"), receipt("b", minutes=2, refunded=10000)))
    assert refused(trouble(option(Verb.REFUND_SURPLUS), order=order)) == "no_surplus"


def test_a_cancel_gives_back_both_payments():
    world = trouble(option(Verb.CANCEL), order=make_order(**TWICE))
    taken(world, expected=20000)
    assert {(one.tender_id, one.receipt_id, one.cost) for one in world.entries()} == {
        ("t1", None, 10000),
        (None, "b", 10000),
    }


def test_an_unpaid_order_with_money_in_is_never_cancelled_by_itself():
    order = make_order(receipts=(receipt("a"),), **UNPAID)
    world = World(order, make_ticket(channel=make_ticket().channel.APP, holder=None))
    assert world.refuse(CancelOrder, SYSTEM, order_id="o1", ticket_id="k1") == "not_automatic"
    world.keep(make_ticket())
    world.accept(CancelOrder, order_id="o1", ticket_id="k1", reviewed=True, expected=10000)
    [entry] = world.entries()
    assert (entry.receipt_id, entry.cost) == ("a", 10000)


# --- paid too little, or not known --------------------------------------------------------------------------------


def test_an_order_is_marked_paid_where_the_money_is_there():
    world = trouble(option(Verb.MARK_PAID), order=make_order(receipts=(receipt("a"),), **UNPAID))
    taken(world, expected=0)
    assert (only(world).kind, only(world).amount) == (EffectKind.MARK_PAID, 10000)
    assert refused(world) == "asked_already"


def test_it_is_not_marked_paid_for_less_than_is_due():
    world = trouble(option(Verb.MARK_PAID), order=make_order(receipts=(receipt("a", 9999),), **UNPAID))
    answer = take(world)
    assert (answer.code, answer.data) == ("not_received", {"received": 9999, "due": 10000})
    back = make_order(receipts=(receipt("a", refunded=10000),), **UNPAID)
    assert refused(trouble(option(Verb.MARK_PAID), order=back)) == "not_received"
    assert refused(trouble(option(Verb.MARK_PAID))) == "paid_already"


def test_two_payments_together_may_cover_it():
    halves = (receipt("a", 6000), receipt("b", 4500, minutes=1))
    world = trouble(option(Verb.MARK_PAID, Verb.REFUND_SURPLUS), order=make_order(receipts=halves, **UNPAID))
    taken(world, expected=500)
    [entry] = world.entries()
    assert (entry.receipt_id, entry.cost) == ("b", 500)


def test_a_payment_link_asks_for_what_is_missing_and_for_nothing_that_is_there():
    world = trouble(option(Verb.PAYMENT_LINK), order=make_order(receipts=(receipt("a", 4000),), **UNPAID))
    taken(world)
    assert (only(world).kind, only(world).amount) == (EffectKind.PAYMENT_LINK, 6000)
    assert refused(world) == "asked_already"
    world.accept(SettleEffect, SYSTEM, effect_id=only(world).id, state=EffectState.CONFIRMED)
    taken(world)
    full = make_order(receipts=(receipt("a"),), **UNPAID)
    assert refused(trouble(option(Verb.PAYMENT_LINK), order=full)) == "received_already"
    assert refused(trouble(option(Verb.PAYMENT_LINK))) == "paid_already"


# --- parcels lost, refused, late ---------------------------------------------------------------------------------

THREE = (make_line("1", paid=3333), make_line("2", paid=3333), make_line("3", paid=3334))


def test_the_lines_of_the_lost_parcel_go_back_with_their_freight():
    order = shipped(parcel("p1", "1", code="lost"), parcel("p2", "2", "3"), lines=THREE, freight=1000)
    world = trouble(option(Verb.REFUND_PARCEL), order=order)
    taken(world, expected=3333 + 333)
    [entry] = world.entries()
    assert (entry.key, entry.line_id, entry.tender_id) == ("o1/1/parcel:t1/1", "1", "t1")
    assert refused(world) == "nothing_left"


def test_all_lines_one_after_the_other_are_what_was_paid_to_the_fen():
    tenders = (Tender(id="t1", method="alipay", paid=5000), Tender(id="t2", method="wechat", paid=6000))
    world = trouble(option(Verb.REFUND_PARCEL), order=shipped(lines=THREE, freight=1000, tenders=tenders))
    for line in ("3", "1", "2"):
        taken(world, line_ids=(line,))
        assert refused(world, line_ids=(line,)) == "nothing_left"
    given = {tender: sum(one.cost for one in world.entries() if one.tender_id == tender) for tender in ("t1", "t2")}
    assert given == {"t1": 5000, "t2": 6000}


def test_with_several_parcels_and_no_word_of_the_carrier_a_person_says_which():
    order = shipped(parcel("p1", "1"), parcel("p2", "2", "3"), lines=THREE)
    world = trouble(option(Verb.REFUND_PARCEL), order=order)
    assert refused(world) == "input_missing"
    assert refused(world, line_ids=("7",)) == "unknown_choice"
    taken(world, line_ids=("2",))


def test_goods_are_sent_again_once_and_then_not_paid_back():
    order = shipped(parcel("p1", "1", code="lost"), parcel("p2", "2", "3"), lines=THREE)
    again = option(Verb.RESHIP)
    world = trouble(again, option(Verb.REFUND_PARCEL, key="pay"), option(Verb.CANCEL, key="cancel"), order=order)
    taken(world)
    assert [(one.kind, one.line_id, one.units, one.item) for one in world.effects()] == [
        (EffectKind.RESHIP, "1", 1, "SKU-1")
    ]
    assert refused(world) == "line_reshipped"
    assert refused(world, key="pay") == "line_reshipped"
    assert refused(world, key="cancel") == "line_reshipped"
    taken(world, "pay", line_ids=("2",))
    assert refused(world, line_ids=("2",)) == "line_refunded"


def test_what_could_not_be_sent_again_may_be_paid_back():
    order = shipped(parcel("p1", code="damaged"))
    world = trouble(option(Verb.RESHIP), option(Verb.REFUND_PARCEL, key="pay"), order=order)
    taken(world)
    world.accept(SettleEffect, SYSTEM, effect_id=only(world).id, state=EffectState.FAILED)
    taken(world, "pay", expected=10000)
    assert refused(world) == "line_refunded"


def test_what_others_paid_back_in_full_is_not_sent_again():
    back = Tender(id="t1", method="alipay", paid=10000, refunded=10000)
    order = shipped(parcel("p1", code="lost"), tenders=(back,))
    assert refused(trouble(option(Verb.RESHIP), order=order)) == "line_refunded"


def test_nothing_is_sent_again_that_never_left_or_is_not_paid():
    assert refused(trouble(option(Verb.RESHIP))) == "not_shipped"
    assert refused(trouble(option(Verb.RESHIP), order=make_order(**UNPAID))) == "order_not_paid"
    gone = make_order(state=OrderState.CANCELLED)
    assert refused(trouble(option(Verb.RESHIP), order=gone)) == "already_cancelled"


def test_the_carrier_claim_runs_beside_and_holds_nothing_up():
    claim = Deed(do=Verb.TASK, item="claim_carrier")
    world = trouble(option(Verb.RESHIP, claim), order=shipped(parcel("p1", code="lost")))
    taken(world, id="x1", inputs={})
    [task] = world.all(Task)
    assert (task.what, task.team, task.asked_by, task.command_id) == ("claim_carrier", "warehouse", "wangfang", "x1")
    assert only(world).state is EffectState.PENDING


def test_a_claim_that_is_open_does_not_keep_the_customer_from_money():
    claim = Deed(do=Verb.TASK, item="claim_carrier")
    world = trouble(
        option(claim), option(Verb.REFUND_PARCEL, claim, key="pay"), order=shipped(parcel("p1", code="lost"))
    )
    taken(world)
    taken(world, "pay", expected=10000)
    assert len(world.all(Task)) == 1
    [task] = world.all(Task)
    world.accept(ReplyTask, ZHOUJUN, task_id=task.id, done=True, reference="CL-1")
    taken(world)
    assert sorted(one.state for one in world.all(Task)) == [TaskState.DONE, TaskState.OPEN]


def test_words_for_the_other_team_are_kept_apart():
    world = trouble(option(Deed(do=Verb.TASK, item="claim_carrier"), inputs=("words",)))
    taken(world, id="x1", inputs={"words": "包裹在杭州丢失"})
    [task] = world.all(Task)
    assert (task.words_id, world.book.values["x1.words"]) == ("x1.words", {"text": "包裹在杭州丢失"})


def test_who_refused_the_parcel_gets_all_back_but_the_freight():
    tenders = (Tender(id="t1", method="alipay", paid=8000), Tender(id="t2", method="wechat", paid=3200))
    order = shipped(parcel("p1", code="refused"), freight=1200, tenders=tenders)
    world = trouble(option(Verb.REFUND_LESS_FREIGHT), order=order)
    taken(world, expected=10000)
    assert [(one.tender_id, one.cost) for one in world.entries()] == [("t1", 8000), ("t2", 2000)]
    assert refused(world) == "nothing_left"


def test_the_depot_is_urged_once_at_a_time_for_what_is_under_way():
    order = shipped(parcel("p1", "1"), parcel("p2", "2", signed_at=START), lines=THREE[:2])
    world = trouble(option(Verb.URGE), order=order)
    taken(world)
    assert (only(world).kind, only(world).item) == (EffectKind.URGE_PARCEL, "SFp1")
    assert refused(world) == "asked_already"
    world.accept(SettleEffect, SYSTEM, effect_id=only(world).id, state=EffectState.CONFIRMED)
    taken(world)
    assert refused(trouble(option(Verb.URGE))) == "nothing_under_way"


def test_a_parcel_is_stopped_once():
    world = trouble(option(Verb.STOP), order=shipped(parcel("p1")))
    taken(world)
    assert only(world).kind is EffectKind.STOP_SHIPMENT
    assert refused(world) == "asked_already"
    assert refused(trouble(option(Verb.STOP))) == "nothing_under_way"


# --- contact, stock, systems, people ------------------------------------------------------------------------------

ADDRESS = {"address": "浙江省杭州市西湖区文三路 18 号 3 幢 502 室"}


def test_the_address_is_changed_before_anything_left_and_stands_nowhere_open():
    world = trouble(option(Verb.CHANGE_CONTACT, inputs=("address",)))
    taken(world, id="x1", inputs=ADDRESS)
    assert (only(world).kind, only(world).text_id, only(world).data) == (EffectKind.CHANGE_CONTACT, "x1.inputs", {})
    assert "文三路" not in str(world.all(Effect)) + str(world.ticket())
    assert refused(world, inputs=ADDRESS) == "asked_already"


def test_what_has_left_is_redirected_instead():
    order = shipped(parcel("p1"))
    world = trouble(option(Verb.CHANGE_CONTACT, inputs=("address",)), option(
        Verb.REDIRECT, inputs=("address", "fee"), key="redirect"), order=order)  # fmt: skip
    assert refused(world, inputs=ADDRESS) == "shipped_already"
    taken(world, "redirect", inputs={**ADDRESS, "fee": "8.00"})
    assert (only(world).kind, only(world).item, only(world).data) == (
        EffectKind.REDIRECT_PARCEL, "SFp1", {"fee": "800"},
    )  # fmt: skip


def test_an_address_or_phone_that_cannot_be_one_is_not_sent_on():
    world = trouble(option(Verb.CHANGE_CONTACT, inputs=("phone",)))
    assert refused(world, inputs={"phone": "12345"}) == "input_wrong"
    assert refused(trouble(option(Verb.CHANGE_CONTACT)), inputs={}) == "input_missing"


def test_short_goods_are_taken_from_elsewhere():
    lines = (make_line("1", stock_reserved=0, stock_available=0), make_line("2"))
    world = trouble(option(Verb.ALLOCATE, inputs=("source",)), order=make_order(lines=lines))
    taken(world, inputs={"source": "天猫仓"})
    assert asked(world) == [(EffectKind.ALLOCATE_STOCK, "1")]
    assert refused(world, inputs={"source": "天猫仓"}) == "asked_already"
    assert refused(trouble(option(Verb.ALLOCATE), order=shipped(parcel("p1")))) == "shipped_already"


def test_systems_are_brought_together_one_try_at_a_time():
    world = trouble(option(Verb.RESYNC))
    taken(world)
    assert refused(world) == "asked_already"


def test_a_fake_order_is_cancelled_and_its_customer_blocked_by_who_may():
    fake = option(Verb.CANCEL, Deed(do=Verb.BLOCK, item="fake", days=90))
    world = trouble(fake, order=make_order(**UNPAID))
    assert refused(world) == "not_permitted", "an agent may not block"
    assert world.order().state is OrderState.UNPAID, "and so nothing is done by halves"
    world.keep(replace(world.ticket(), holder="liuyang"))
    world.accept(TakeOption, LIUYANG, ticket_id="k1", option="go")
    [block] = world.all(Block)
    assert (block.id, block.reason, (block.until - world.now).days) == ("c1", "fake", 90)
    assert world.order().state is OrderState.CANCELLED


def test_a_cancel_by_an_option_obeys_the_rules_of_a_cancel():
    world = trouble(option(Verb.CANCEL), order=make_order(state=OrderState.SIGNED))
    assert refused(world) == "after_sales"
    packed = make_order(packed_at=START)
    world = trouble(option(Verb.CANCEL), order=packed)
    rules = replace(world.policy.cancellation, review_levels=frozenset({Level.SUPERVISOR}))
    world.policy = replace(world.policy, cancellation=rules)
    assert refused(world) == "review_not_permitted"


# --- what is on offer --------------------------------------------------------------------------------------------


def test_the_desk_shows_what_a_press_would_answer():
    order = make_order(**TWICE)
    options = (
        option(Verb.REFUND_SURPLUS, key="back"),
        option(Verb.CHANGE_CONTACT, key="address", inputs=("address", "fee")),
        option(Verb.STOP, key="stop"),
        option(Verb.RESYNC, key="high", levels=frozenset({Level.MANAGER})),
    )
    world = trouble(*options, order=order)
    case = load_handling(world.book, "k1", world.policy)
    offers = {one.option.key: one for one in offered(case, world.ticket(), world.setting())}
    assert (offers["back"].allowed, offers["back"].amount) == (True, 10000)
    assert offers["address"].allowed
    assert [name for name, _ in offers["address"].inputs] == ["address", "fee"]
    assert (offers["stop"].allowed, offers["stop"].refused) == (False, "nothing_under_way")
    assert offers["high"].refused == "option_not_permitted"
    taken(world, "back", expected=offers["back"].amount)
    case = load_handling(world.book, "k1", world.policy)
    [back, *_] = offered(case, world.ticket(), world.setting())
    assert (back.refused, back.taken) == ("no_surplus", 1)


def test_a_desk_that_knows_not_all_asks_the_centre():
    world = trouble(option(Verb.REFUND_SURPLUS), order=make_order(**TWICE))
    world.book.missing = frozenset({("orders", "o1")})
    case = load_handling(world.book, "k1", world.policy)
    [offer] = offered(case, world.ticket(), world.setting())
    assert offer.asks_centre
    assert type(world.ask(TakeOption, ticket_id="k1", option="go")).__name__ == "AskCentre"


def test_the_vocabulary_of_inputs_is_said():
    assert all(spec.says for spec in INPUTS.values())
    assert isinstance(option(Verb.URGE), Named)
