"""What is said to a customer: the right name and figures or nothing, no blame, promises with their timers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain import messages, sms, wording
from desk.domain.case import Case
from desk.domain.commands import CancelOrder, GrantCompensation, OpenTicket, SendMessage
from desk.domain.decisions import Refused
from desk.domain.ledger import BenefitKind, EffectKind, EffectState
from desk.domain.loading import Gathering
from desk.domain.message_facts import PLACEHOLDERS
from desk.domain.money import Money
from desk.domain.orders import OrderState, Parcel, Scan, Tender
from desk.domain.policy import Template
from desk.domain.privacy import mask
from desk.domain.tickets import Act, Channel, Kind, Record, Stage
from tests.helpers.cases import START, SYSTEM, World, make_line, make_order, make_ticket

NAMES = {"wangfang": {"name": "王芳"}, "c1": {"name": "陈静怡", "title": "女士", "phone": "13800000005"}}


def on_the_phone(*more: Any, order: Any = None, **changed: Any) -> World:
    world = World(order or make_order(number="202609174471"), make_ticket(**changed), *more)
    world.book.values.update({key: dict(values) for key, values in NAMES.items()})
    return world


def case_of(world: World) -> Case:
    gathering = Gathering(world.book)
    gathering.ticket("k1")
    gathering.private("wangfang")
    gathering.private("c1")
    return gathering.case()


def say(world: World, template: str, language: str = "zh", via: str = "spoken", **values: str) -> str:
    """Say it and return the words that were kept."""
    decision = world.accept(SendMessage, ticket_id="k1", template=template, language=language, via=via, values=values)
    (words,) = decision.private.values()
    return words["text"]


def test_the_calming_words_name_the_customer_and_promise_two_minutes() -> None:
    world = on_the_phone()
    assert say(world, "calm_hold") == (
        "陈女士您好，我是客服王芳。非常抱歉给您添麻烦了，您的心情我完全理解。"
        "我马上为您查看尾号4471的订单，您稍等2分钟可以吗？"
    )
    ticket = world.ticket()
    assert ticket.first_response_at == START
    assert ticket.acts == {Act.NOTIFY, Act.APOLOGY}
    assert [(promise.code, promise.due_at) for promise in ticket.promises] == [("hold", START + timedelta(minutes=2))]
    assert ticket.due_at == START + timedelta(minutes=2)


def test_the_same_in_english() -> None:
    world = on_the_phone()
    world.book.values["c1"] = {"name": "Lily Chen", "title": "Ms"}
    assert say(world, "calm_hold", "en").startswith("Hello Ms Chen, this is 王芳.")


def test_the_next_word_keeps_the_promise_of_two_minutes() -> None:
    world = on_the_phone()
    say(world, "calm_hold")
    world.later(minutes=1)
    say(world, "cancel_in_window")
    assert [promise.kept_at for promise in world.ticket().promises] == [world.now]
    assert world.ticket().next_update_at == world.now + timedelta(hours=2)


def test_a_refund_over_two_payments_is_told_by_method_with_its_arrival() -> None:
    tenders = (
        Tender(id="t1", method="alipay", paid=20000, paid_at=START),
        Tender(id="t2", method="bank_card", paid=9900, paid_at=START),
    )
    order = make_order(number="202609174471", lines=(make_line(paid=29900),), tenders=tenders)
    world = on_the_phone(order=order)
    text = say(world, "cancel_in_window")
    assert "退款¥299.00会原路退回：支付宝 ¥200.00、银行卡 ¥99.00，预计1-3 个工作日内到账" in text


def test_nothing_is_called_refunded_before_it_was_asked() -> None:
    world = on_the_phone()
    decision = world.do(SendMessage, ticket_id="k1", template="cancel_done", language="zh", via="spoken")
    assert isinstance(decision, Refused)
    assert (decision.code, decision.data["missing"]) == ("placeholder_missing", "refund,refunds")
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    assert "款项¥100.00将在1 个工作日内退回原支付账户（支付宝 ¥100.00）" in say(world, "cancel_done")


def test_what_only_the_agent_knows_blocks_until_it_is_filled() -> None:
    world = on_the_phone()
    args = {"ticket_id": "k1", "template": "cancel_withdrawn", "language": "zh", "via": "spoken"}
    assert world.refuse(SendMessage, **args) == "placeholder_missing"
    assert world.refuse(SendMessage, values={"eta": "  "}, **args) == "placeholder_missing"
    assert "预计周五送达" in say(world, "cancel_withdrawn", eta="周五")


def test_nobody_types_another_name_over_the_customers() -> None:
    world = on_the_phone()
    assert "陈女士" in say(world, "calm_hold", customer="李先生", agent="别人")


def test_a_value_is_never_looked_into() -> None:
    world = on_the_phone()
    assert "{customer}" in say(world, "cancel_withdrawn", eta="{customer}")


def test_blame_stops_a_send() -> None:
    world = on_the_phone()
    args = {"ticket_id": "k1", "template": "cancel_withdrawn", "language": "zh", "via": "spoken"}
    assert world.refuse(SendMessage, values={"eta": "不归我管，反正周五"}, **args) == "forbidden_words"
    english = {**args, "language": "en"}
    assert world.refuse(SendMessage, values={"eta": "Friday; it is NOT OUR FAULT"}, **english) == "forbidden_words"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"template": "hello"}, "no_such_template"),
        ({"language": "fr"}, "unknown_choice"),
        ({"via": "fax"}, "unknown_choice"),
        ({"template": "exception_cause"}, "template_misfit"),
        ({"values": {"eta": "x" * 501}}, "unknown_choice"),
    ],
)
def test_a_message_that_cannot_be(wrong: dict, code: str) -> None:
    args = {"ticket_id": "k1", "template": "calm_hold", "language": "zh", "via": "spoken", **wrong}
    assert on_the_phone().refuse(SendMessage, **args) == code


def test_a_text_message_is_asked_of_the_sms_side() -> None:
    world = on_the_phone()
    say(world, "calm_hold", via="sms")
    (effect,) = world.effects()
    assert (effect.kind, effect.connector, effect.state) == (EffectKind.SEND_MESSAGE, "sms", EffectState.PENDING)
    assert world.book.values[effect.text_id or ""]["text"].startswith("陈女士")
    assert effect.data == {"via": "sms", "language": "zh"}


def test_without_an_order_there_is_nobody_to_send_to() -> None:
    world = on_the_phone(order_id=None, customer_id=None, order_number="771")
    args = {"ticket_id": "k1", "template": "calm_hold", "language": "zh"}
    assert world.refuse(SendMessage, via="sms", **args) == "no_contact"
    assert "尊敬的顾客" in say(world, "calm_hold")


def test_the_centres_own_words_do_not_stop_a_persons_clock() -> None:
    world = on_the_phone(holder=None)
    world.accept(SendMessage, SYSTEM, ticket_id="k1", template="app_received", language="zh", via="app")
    assert world.ticket().first_response_at is None
    assert world.ticket().next_update_at is None


# --- what fits now -----------------------------------------------------------------------------------------------


def best(world: World) -> list[str]:
    case = case_of(world)
    return [template.key for template in messages.suggest(case, world.ticket(), world.setting())]


def test_the_words_for_the_moment_come_first() -> None:
    world = on_the_phone(reason="too_slow")
    assert best(world)[0] == "calm_hold"
    say(world, "calm_hold")
    world.later(minutes=1)
    keys = best(world)
    assert "cancel_in_window" in keys[:3]
    assert "cancel_shipped" not in keys
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    assert best(world)[0] == "cancel_done"
    say(world, "cancel_done")
    world.later(minutes=1)
    world.accept(
        GrantCompensation, order_id="o1", ticket_id="k1", kind=BenefitKind.COUPON, units=500, item="coupon_5",
        cause="waiting", sequence=1,
    )  # fmt: skip
    assert best(world)[0] == "compensation_given"
    assert "5元优惠券" in say(world, "compensation_given")


def test_nobody_is_asked_why_once_the_order_is_cancelled() -> None:
    world = on_the_phone(reason="wrong_address")
    say(world, "calm_hold")
    assert {"find_need", "cancel_withdrawn", "cancel_address_changed"} <= set(best(world))
    world.later(minutes=1)
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    over = {
        "cancel_unpaid_done", "cancel_done", "refund_arrival", "refund_check", "compensation_given", "approval_wait",
        "approval_denied", "chased_apology", "unreachable", "closing", "follow_up",
    }  # fmt: skip
    assert set(best(world)) == over
    say(world, "cancel_done")
    world.later(minutes=1)
    assert best(world)[0] == "closing"
    world.keep(replace(world.ticket(), stage=Stage.CLOSED))
    assert set(best(world)) == over


def test_a_closed_ticket_offers_nothing_to_choose() -> None:
    world = on_the_phone(kind=Kind.EXCEPTION, reason="", type="stock", stage=Stage.CLOSED)
    keys = set(best(world))
    assert {"exception_cause", "exception_progress", "follow_up", "closing"} <= keys
    assert not {"calm_hold", "exception_notice", "stock_oversold", "exception_solution"} & keys


def test_trouble_with_a_cancelled_order_begins_as_all_trouble_does() -> None:
    order = make_order(number="202609174471", state=OrderState.CANCELLED)
    world = on_the_phone(kind=Kind.EXCEPTION, reason="", type="payment", order=order)
    assert best(world)[0] in ("calm_hold", "exception_notice")
    say(world, "exception_notice")
    world.later(minutes=1)
    assert not {"calm_hold", "payment_retry"} & set(best(world))


def test_a_customer_who_calls_again_hears_that_first() -> None:
    world = on_the_phone()
    say(world, "calm_hold")
    world.later(minutes=12)
    world.accept(
        OpenTicket, ticket_id="k9", kind=Kind.CANCEL, channel=Channel.HOTLINE, team="", order_id="o1",
        reason="too_slow",
    )  # fmt: skip
    assert best(world)[0] == "chased_apology"


def test_an_unpaid_order_that_was_cancelled_is_told_so() -> None:
    world = on_the_phone(order=make_order(state=OrderState.UNPAID))
    world.accept(CancelOrder, order_id="o1", ticket_id="k1")
    assert best(world)[0] == "cancel_unpaid_done"
    assert "今天 14:00取消成功" in say(world, "cancel_unpaid_done")


def test_a_parcel_under_way_is_explained_with_where_it_is() -> None:
    scan = Scan(at=START - timedelta(hours=20), place="杭州分拨中心", text="到达", code="depot")
    parcel = Parcel(id="p", carrier="顺丰速运", tracking="SF1", shipped_at=START, trace=(scan,))
    world = on_the_phone(order=make_order(state=OrderState.SHIPPED, parcels=(parcel,)), reason="too_slow")
    assert {"cancel_shipped", "cancel_feed_late"} <= set(best(world))
    text = say(world, "cancel_shipped")
    assert "由顺丰速运发出，单号SF1，昨天 18:00已到杭州分拨中心" in text
    assert "因为包裹已经交给快递发出" in say(world, "cancel_refused", alternative="拒收后退款")


def test_a_case_with_its_record_ends_with_closing_words() -> None:
    world = on_the_phone(stage=Stage.RESOLVE)
    say(world, "calm_hold")
    record = Record(process_id="p", cause="c", result="solved", feedback_id="f")
    world.keep(replace(world.ticket(), record=record))
    assert best(world)[0] == "closing"


def test_every_template_of_the_seed_is_fillable_in_both_languages() -> None:
    """With everything a case can know and a person can fill in, nothing stays open and nothing is forbidden."""
    world = on_the_phone()
    everything = dict.fromkeys(PLACEHOLDERS, "值")
    for template in world.policy.messages.templates:
        for language in wording.LANGUAGES:
            words = [word for part in world.policy.messages.forbidden.values() for word in part]
            rendered = messages.render(template, language, everything, words)
            assert rendered.sendable, (template.key, language, rendered.missing, rendered.forbidden)


# --- rendering ---------------------------------------------------------------------------------------------------

TEMPLATE = Template(
    key="t", names={}, texts={"en": "Dear {customer}, {eta} and {eta}. Bye"}, acts=frozenset({Act.NOTIFY})
)


def test_what_is_filled_and_what_is_missing_can_be_shown() -> None:
    rendered = messages.render(TEMPLATE, "en", {"customer": "Ms Chen"})
    assert rendered.text == "Dear Ms Chen, {eta} and {eta}. Bye"
    assert rendered.missing == ("eta",)
    assert [rendered.text[start:end] for start, end, _ in rendered.spans] == ["Ms Chen"]
    assert not rendered.sendable


@given(st.dictionaries(st.sampled_from(["customer", "eta"]), st.text(max_size=20)))
def test_pieces_always_make_the_text_and_spans_the_values(values: dict[str, str]) -> None:
    rendered = messages.render(TEMPLATE, "en", values)
    for start, end, name in rendered.spans:
        assert rendered.text[start:end] == values[name].strip()
    assert set(rendered.missing) == {name for name in ("customer", "eta") if not values.get(name, "").strip()}


# --- length ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 8, 2),
        ("退" * 70, 1),
        ("退" * 71, 2),
        ("退" * 134, 2),
        ("退" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_sms_parts(text: str, parts: int) -> None:
    assert sms.parts(text) == parts


def test_a_character_is_not_torn_over_two_parts() -> None:
    assert sms.parts("a" * 152 + "€" + "a" * 153) == 3  # 307 septets: the escape would end part one
    assert sms.parts("退" * 66 + "😀" + "退" * 66) == 3


# --- words -------------------------------------------------------------------------------------------------------


def test_money_is_told_exactly() -> None:
    assert wording.money(Money(29900, "CNY"), "zh") == "¥299.00"
    assert wording.money(Money(-123456, "USD"), "en") == "-$1,234.56"
    assert wording.money(Money(300, "JPY"), "zh") == "JP¥300"
    assert wording.money(Money(1234, "KWD"), "en") == "KWD 1.234"


def test_arrival_is_told_in_working_days() -> None:
    spans = [(0, 0), (0, 1), (1, 1), (1, 3), (3, 7)]
    assert [wording.arrival(days, "zh") for days in spans] == [
        "几分钟", "1 个工作日", "1 个工作日", "1-3 个工作日", "3-7 个工作日",
    ]  # fmt: skip
    assert [wording.arrival(days, "en") for days in spans] == [
        "a few minutes", "1 working day", "1 working day", "1-3 working days", "3-7 working days",
    ]  # fmt: skip


def test_times_are_told_as_people_say_them() -> None:
    hours = [0, 10, -10, 72]
    said = [wording.moment(START + timedelta(hours=h), START, "Asia/Shanghai", "zh") for h in hours]
    assert said == ["今天 14:00", "明天 00:00", "今天 04:00", "3月5日 14:00"]
    assert wording.moment(START + timedelta(hours=72), START, "Asia/Shanghai", "en") == "5 Mar, 14:00"


@pytest.mark.parametrize(
    ("name", "title", "zh", "en"),
    [
        ("陈静怡", "女士", "陈女士", "Ms 陈"),
        ("陈*", "女士", "陈女士", "Ms 陈"),
        ("欧阳娜", "先生", "欧阳先生", "Mr 欧阳"),
        ("Lily Chen", "Ms", "Chen女士", "Ms Chen"),
        ("李雷", "", "李先生/女士", "Mr/Ms 李"),
        ("", "女士", "尊敬的顾客", "dear customer"),
    ],
)
def test_how_a_customer_is_addressed(name: str, title: str, zh: str, en: str) -> None:
    values = {"name": name, "title": title}
    assert (wording.greeting(values, "zh"), wording.greeting(values, "en")) == (zh, en)
    assert wording.greeting(mask(values), "zh") == zh  # a desk that may not see the name says the same
