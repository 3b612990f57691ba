"""What customers write, in two languages, read by the keyword table: what they mean, what they deny, what they ask."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.commands import OpenTicket, SetReason
from desk.domain.people import Team
from desk.domain.phrases import pattern_of, tokens_of
from desk.domain.policy import IntakePolicy, Negation, Policy, TagWords
from desk.domain.policy_checks import check
from desk.domain.tagging import read, reason_in, trouble_in
from desk.domain.tickets import Channel, Kind, Ticket
from tests.helpers import intake_counts
from tests.helpers.cases import SYSTEM, WANGFANG, World, make_order, make_policy, make_ticket, seed_policy

WRONG_ADDRESS = IntakePolicy(
    tags=(
        TagWords(
            tags=("reason:wrong_address",), zh=("地址 … 填错|不对",), en=("address … wrong", "out_of_date address")
        ),
    ),
    negations=(Negation(reach=6, zh=("不是", "没有", "没"), en=("not", "never")),),
    harmless_zh=("不小心", "是不是"),
)


def tags(text: str, table: IntakePolicy = WRONG_ADDRESS) -> list[str]:
    return [found.tag.partition(":")[2] for found in read(table, text).tags]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("地址填错了，帮我取消", "wrong_address"),
        ("不小心把收货地址选成老家了", "wrong_address"),
        ("不是地址填错，就是不想要了", "no_longer_wanted"),
        ("地址没有填错，是物流太慢", "too_slow"),
        ("突然不想要了", "no_longer_wanted"),
        ("不是不想要，是快递实在太慢", "too_slow"),
        ("别家更便宜", "no_longer_wanted"),
        ("颜色选错了", "not_as_described"),
        ("忘记用优惠券了，取消重拍", "other"),
        ("The address isn't wrong, I simply don't want it", "no_longer_wanted"),
        ("It's not that I don't want it, it's just too slow", "too_slow"),
        ("WRONG ADDRESS!! please cancel", "wrong_address"),
        ("Ｉ typed in the ｗｒｏｎｇ address", "wrong_address"),
        ("请帮我取消订单", ""),
        ("有色差吗", ""),
        ("", ""),
    ],
)
def test_why_somebody_cancels(words: str, reason: str) -> None:
    assert reason_in(seed_policy(), words) == reason


@pytest.mark.parametrize(
    ("words", "trouble"),
    [
        ("支付宝扣了我两次钱", ("payment", "paid_twice")),
        ("没有重复扣款，只是问问", ("", "")),
        ("钱扣了，订单还是待付款", ("payment", "paid_not_updated")),
        ("物流信息三天没更新了", ("logistics", "trace_stalled")),
        ("包裹没丢，已经在驿站找到了", ("", "")),
        ("地址填错了，不过已经改好了，不用管", ("", "")),
        ("没按备注发货", ("customer_data", "remark_missed")),
        ("我付款时网络断了，没付成", ("payment", "payment_incomplete")),
        ("同一个地址下了几十单，怀疑刷单", ("malicious", "fake_order")),
        ("Payment went through but the order still says unpaid", ("payment", "paid_not_updated")),
        ("The parcel arrived crushed", ("logistics", "lost_damaged")),
        ("The parcel is not crushed, thank you", ("", "")),
        ("What happens if the parcel is damaged?", ("", "")),
        ("We sold more than we have in stock", ("stock", "oversold")),
    ],
)
def test_what_went_wrong(words: str, trouble: tuple[str, str]) -> None:
    assert trouble_in(seed_policy(), words) == trouble


def test_only_below_the_type_that_a_person_picked() -> None:
    words = "物流信息三天没更新了，而且扣了我两次钱"
    assert trouble_in(seed_policy(), words, "logistics") == ("logistics", "trace_stalled")
    assert trouble_in(seed_policy(), words, "payment") == ("payment", "paid_twice")
    assert trouble_in(seed_policy(), words, "stock") == ("", "")


# --- how phrases are read ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("地址填错", True),
        ("地址好像被我填错了", True),
        ("地址，填错了", False),  # another clause: perhaps of something else
        ("地址这件事情说来话长总之是填错了", False),  # more than a gap holds
        ("不是地址填错", False),
        ("地址没填错", False),
        ("不小心地址填错", True),
        ("不是没有地址填错", True),
        ("没有，地址填错了", True),  # the denial is of something before
        ("the address is wrong", True),
        ("the address is not wrong", False),
        ("never was the address wrong", False),
        ("addresses wrong", False),
        ("an out of date address", True),
    ],
)
def test_a_phrase_stands_in_one_clause_and_is_denied_in_one(text: str, meant: bool) -> None:
    assert tags(text) == (["wrong_address"] if meant else [])


def test_a_wide_gap_crosses_clauses_and_a_denial_there_is_of_one_part() -> None:
    table = replace(WRONG_ADDRESS, tags=(TagWords(tags=("subtype:x",), zh=("钱扣了 …… 待付款",)),))
    assert tags("钱扣了，订单还是待付款", table) == ["x"]
    assert tags("没有钱扣了，订单还是待付款", table) == []


def test_the_end_of_a_word_and_any_number() -> None:
    table = IntakePolicy(tags=(TagWords(tags=("subtype:x",), zh=("扣 … # 次",), en=("cancel*",)),))
    assert tags("cancelled", table) == ["x"]
    assert tags("can", table) == []
    assert tags("扣了我12次", table) == ["x"]
    assert tags("扣了我几次", table) == []


def test_the_more_pressing_comes_first_and_hides_what_goes_without_saying() -> None:
    table = IntakePolicy(
        tags=(
            TagWords(tags=("subtype:late",), zh=("没到",), priority=1),
            TagWords(tags=("subtype:lost",), zh=("丢了",), priority=9, hides=("subtype:late",)),
            TagWords(tags=("subtype:wet",), zh=("湿了",), priority=5),
            TagWords(tags=("subtype:other",), zh=("包裹",), weak=True),
        )
    )
    assert tags("包裹没到，丢了，盒子湿了", table) == ["lost", "wet"]
    assert tags("包裹没到", table) == ["late"]
    assert tags("包裹呢", table) == ["other"]


def test_where_a_phrase_means_something_else() -> None:
    table = IntakePolicy(tags=(TagWords(tags=("subtype:lost",), zh=("丢了",), unless_zh=("手机 … 丢了",)),))
    assert tags("我手机丢了", table) == []
    assert tags("我手机丢了，包裹也丢了", table) == ["lost"]


@pytest.mark.parametrize(
    ("phrase", "code"),
    [("", "phrase_empty"), ("… 错", "gap_at_the_edge"), ("地址 …", "gap_at_the_edge"), ("地址 … | 错", "piece_empty")],
)
def test_a_phrase_that_cannot_be_read(phrase: str, code: str) -> None:
    with pytest.raises(ValueError, match=code):
        pattern_of(phrase, 6, 20)


def test_no_phrase_blows_up_on_any_text() -> None:
    """A pattern for which a backtracking search would need longer than there is time."""
    table = IntakePolicy(
        gap_zh=40, wide_zh=40, tags=(TagWords(tags=("subtype:x",), zh=(" …… ".join(["地|址"] * 8 + ["错"]),)),)
    )
    began = time.monotonic()
    assert tags("地址" * 400, table) == []
    assert time.monotonic() - began < 10


@given(st.text(max_size=300))
def test_any_text_is_read_the_same_twice(text: str) -> None:
    policy = seed_policy().intake
    assert read(policy, text) == read(policy, text)
    plain = tokens_of(text)
    assert len(plain.tokens) == len(plain.clause)


# --- on a ticket -------------------------------------------------------------------------------------------------


def asking(**said: object) -> dict[str, object]:
    return {"ticket_id": "k1", "kind": Kind.CANCEL, "channel": Channel.HOTLINE, "team": "", "order_id": "o1", **said}


def test_a_cancel_without_a_reason_gets_the_one_that_the_words_name() -> None:
    world = World(make_order())
    world.accept(OpenTicket, WANGFANG, **asking(words="地址填错了，帮我取消"))
    ticket = world.ticket()
    assert (ticket.reason, ticket.by_keywords) == ("wrong_address", True)
    assert [(step.code, step.by) for step in ticket.path][1] == ("ticket_tagged", "system")
    assert ticket.path[1].data["reason"] == "wrong_address"
    picked = World(make_order())
    picked.accept(OpenTicket, WANGFANG, **asking(reason="wrong_address"))
    assert ticket.priority == picked.ticket().priority  # the path and the queue follow the reason, whoever found it


def test_what_a_person_picked_stands_whatever_the_words_say() -> None:
    world = World(make_order())
    world.accept(OpenTicket, WANGFANG, **asking(reason="too_slow", words="地址填错了"))
    assert (world.ticket().reason, world.ticket().by_keywords) == ("too_slow", False)
    assert "ticket_tagged" not in [step.code for step in world.ticket().path]


def test_the_agent_corrects_what_the_keywords_set() -> None:
    world = World(make_order(), make_ticket(reason="wrong_address", by_keywords=True))
    world.accept(SetReason, WANGFANG, ticket_id="k1", reason="no_longer_wanted")
    assert (world.ticket().reason, world.ticket().by_keywords) == ("no_longer_wanted", False)


def test_trouble_is_led_to_the_team_that_owns_what_the_words_name() -> None:
    world = World(make_order())
    world.keep(Team(id="finance", names={"zh": "财务", "en": "Finance"}))
    world.accept(OpenTicket, SYSTEM, **asking(kind=Kind.EXCEPTION, channel=Channel.APP, words="扣了我两次钱"))
    ticket = world.ticket()
    assert (ticket.type, ticket.subtype, ticket.team) == ("payment", "paid_twice", "finance")
    assert ticket.manner


def test_a_type_that_was_picked_is_only_made_more_exact() -> None:
    world = World(make_order())
    said = asking(kind=Kind.EXCEPTION, team="hotline", type="logistics", words="物流信息三天没更新了，另外扣了我两次钱")
    world.accept(OpenTicket, WANGFANG, **said)
    assert (world.ticket().type, world.ticket().subtype) == ("logistics", "trace_stalled")


def test_words_that_name_nothing_leave_it_open() -> None:
    world = World(make_order())
    world.accept(OpenTicket, WANGFANG, **asking(words="请帮我取消订单"))
    assert (world.ticket().reason, world.ticket().by_keywords) == ("", False)


def test_who_asks_again_may_say_why_at_last() -> None:
    world = World(make_order(), make_ticket(reason=""))
    world.accept(OpenTicket, WANGFANG, **asking(ticket_id="k2", words="都两周了还没发货，太慢了"))
    assert (world.ticket().chased, world.ticket().reason, world.ticket().by_keywords) == (1, "too_slow", True)
    world.accept(OpenTicket, WANGFANG, **asking(ticket_id="k3", words="地址填错了"))
    assert (world.ticket().chased, world.ticket().reason) == (2, "too_slow")


def test_another_trouble_in_the_words_does_not_part_a_caller_from_the_open_ticket() -> None:
    """Only a person's pick does: keywords may be wrong, and two tickets of one matter are worse than one."""
    trouble = make_ticket(kind=Kind.EXCEPTION, reason="", type="logistics", subtype="trace_stalled")
    world = World(make_order(), trouble)
    world.accept(OpenTicket, WANGFANG, **asking(ticket_id="k2", kind=Kind.EXCEPTION, words="扣了我两次钱"))
    assert [ticket.id for ticket in world.all(Ticket)] == ["k1"]
    assert (world.ticket().chased, world.ticket().subtype) == (1, "trace_stalled")


# --- the table as somebody edits it ------------------------------------------------------------------------------


def edited(**changed: object) -> Policy:
    return make_policy(intake=replace(seed_policy().intake, **changed))  # type: ignore[arg-type]


def words(**changed: object) -> tuple[TagWords, ...]:
    given = {"tags": ("reason:too_slow",), "zh": ("太慢",), **changed}
    return (TagWords(**given),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("policy", "what"),
    [
        (edited(tags=words(tags=("reason:bored",))), "tag_unknown: reason:bored"),
        (edited(tags=words(tags=("too_slow",))), "tag_unknown: too_slow"),
        (edited(tags=words(tags=())), "no_tags"),
        (edited(tags=words(zh=())), "no_phrases"),
        (edited(tags=words(zh=("",))), "phrase_empty: "),
        (edited(tags=words(zh=("… 慢",))), "gap_at_the_edge: … 慢"),
        (edited(tags=words(zh=("太慢||好慢",))), "piece_empty: 太慢||好慢"),
        (edited(tags=words(zh=("慢",))), "one_character_alone: 慢"),
        (edited(tags=words() + words()), "phrase_twice: 太慢"),
        (edited(tags=words() + words(tags=("reason:other",))), "phrase_twice: 太慢"),
        (edited(tags=words(hides=("reason:too_slow",))), "hides_itself: reason:too_slow"),
        (edited(tags=words(zh=(" ".join("一二三四五六七八九"),))), "phrase_too_long: 一 二 三 四 五 六 七 八 九"),
        (edited(negations=(Negation(reach=99, zh=("不",)),)), "not_between: 0 40"),
        (edited(negations=(Negation(reach=2),)), "no_phrases"),
        (edited(gap_zh=-1), "not_between: 0 40"),
        (edited(harmless_en=("|",)), "piece_empty: |"),
    ],
)
def test_a_table_with_a_fault_is_not_published(policy: Policy, what: str) -> None:
    assert what in {problem.what for problem in check(policy) if problem.where.startswith("intake")}


def test_an_empty_table_tags_nothing() -> None:
    assert read(IntakePolicy(), "地址填错了").tags == ()


# --- 360 sentences by somebody who did not write the table ---------------------------------------------------------


def test_precision_and_recall_are_what_the_documents_say() -> None:
    """Floors a little below what was counted; `make intake-counts` prints the counts (docs/intake.md)."""
    found = intake_counts.readings(seed_policy())
    print("\n".join(intake_counts.table(found)))
    counts = intake_counts.count(found)
    assert counts.precision() >= 0.81
    assert counts.recall() >= 0.80
    on_tickets = intake_counts.what_is_set(found)
    assert on_tickets.right / (on_tickets.right + on_tickets.wrong) >= 0.94
    assert on_tickets.wrongly / on_tickets.silent <= 0.27
