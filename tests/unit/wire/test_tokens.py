"""How an agent finds an order: by whatever piece of number, phone, name or tracking the customer gives."""

from __future__ import annotations

import random

import phonenumbers
import pypinyin
import pytest
from pypinyin.constants import PHRASES_DICT

from desk.wire import tokens as readings
from desk.wire.tokens import Probe, Token, TokenKind, read_query, tokens_of

SHAN = tokens_of("E20260101-0017", ["SF1234567890"], "单雄信", "138 0000 4471")


def found(query: str, tokens: frozenset[Token]) -> set[TokenKind]:
    """What matched, if every word of the query did."""
    probes = read_query(query)
    hits = [(probe, token) for probe in probes for token in tokens if probe.matches(token)]
    words = {probe.word for probe in probes}
    return {probe.kind for probe, _ in hits} if words and {probe.word for probe, _ in hits} == words else set()


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("E20260101-0017", TokenKind.NUMBER),
        ("e202601010017", TokenKind.NUMBER),
        ("订单号：Ｅ20260101-0017", TokenKind.NUMBER),
        ("0017", TokenKind.NUMBER),
        ("017", TokenKind.NUMBER),
        ("4471", TokenKind.PHONE),
        ("471", TokenKind.PHONE),
        ("４４７１", TokenKind.PHONE),
        ("13800004471", TokenKind.PHONE),
        ("138 0000 4471", TokenKind.PHONE),
        ("+86 138-0000-4471", TokenKind.PHONE),
        ("0086 13800004471", TokenKind.PHONE),
        ("138****4471", TokenKind.PHONE),
        ("SF1234567890", TokenKind.TRACKING),
        ("7890", TokenKind.TRACKING),
        ("单雄信", TokenKind.NAME),
        ("雄信", TokenKind.NAME),
        ("单", TokenKind.NAME),
        ("信", TokenKind.NAME),
        ("shanxiongxin", TokenKind.PINYIN),
        ("Shan Xiong", TokenKind.PINYIN),
        ("danxiong", TokenKind.PINYIN),
        ("sxx", TokenKind.INITIALS),
        ("shxx", TokenKind.INITIALS),
    ],
)
def test_one_order_is_found_by_each_of_its_pieces(query: str, kind: TokenKind):
    assert kind in found(query, SHAN)


@pytest.mark.parametrize("query", ["4472", "13800004470", "信雄", "sxz", "zhang", "1380000447", "SF123456789"])
def test_another_piece_does_not_find_it(query: str):
    assert not found(query, SHAN)


@pytest.mark.parametrize("query", ["", "  ", "1", "17", "s", "*", "？！", "单 1"])
def test_what_is_too_short_to_search_by_is_no_query(query: str):
    assert read_query(query) == ()


def test_several_words_narrow_each_other():
    assert found("sxx 4471", SHAN) == {TokenKind.INITIALS, TokenKind.PHONE}
    assert found("单4471", SHAN) == {TokenKind.NAME, TokenKind.PHONE}
    assert not found("sxx 4472", SHAN)


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("单雄信", "shan"),
        ("仇英", "qiu"),
        ("查良镛", "zha"),
        ("区志航", "ou"),
        ("解晓东", "xie"),
        ("曾国藩", "zeng"),
        ("翟天临", "zhai"),
        ("尉迟恭", "yuchi"),
        ("长孙无忌", "zhangsun"),
        ("单于明", "chanyu"),
        ("乐正绫", "yuezheng"),
        ("吕布", "lvbu"),
        ("吕布", "lyubu"),
        ("重庆", "chongqing"),
        ("欧阳修", "ouyangxiu"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, pinyin: str):
    assert TokenKind.PINYIN in found(pinyin, tokens_of("1", [], name, ""))


def test_initials_are_typed_with_and_without_h():
    zhang = tokens_of("1", [], "张惠诗", "")
    assert found("zhs", zhang)
    assert found("zhhs", zhang)
    assert found("zhhsh", zhang)


def test_a_latin_name_is_found_by_each_word():
    john = tokens_of("1", [], "José O'Neil Smith", "+1 650 253 0000")
    for query in ("jose", "oneil", "smith", "josé smith", "jos", "2530000", "(650) 253-0000"):
        assert found(query, john), query


def test_a_privacy_number_is_found_by_itself_and_with_its_extension():
    tokens = tokens_of("1", [], "", "17012345678-4321")
    assert found("17012345678", tokens)
    assert found("5678", tokens)
    assert found("4321", tokens)


def test_masked_values_give_what_they_still_show():
    masked = tokens_of("9", [], "陈*", "138****0005")
    assert found("0005", masked) == {TokenKind.PHONE}
    assert found("陈", masked)
    assert found("chen", masked)
    assert not found("陈洁", masked)
    assert not found("13800000005", masked)


def test_landlines_match_with_and_without_the_trunk_zero():
    tokens = tokens_of("9", [], "", "0571-88881234")
    for query in ("0571 8888 1234", "057188881234", "+86 571 88881234", "88881234", "1234"):
        assert TokenKind.PHONE in found(query, tokens), query


def test_the_bounds_of_a_probe_are_what_it_matches():
    probe = Probe(0, TokenKind.NAME, "陈")
    low, high = probe.bounds
    for token in ("陈", "陈洁", "阵", "降", "陈\U0003134f"):
        assert probe.matches((TokenKind.NAME, token)) == (low <= token < high)


def test_the_short_ways_say_what_the_libraries_say():
    """Plain mobile numbers and names without a phrase in them are read without asking phonenumbers and pypinyin."""
    rng = random.Random(7)
    for number in (f"1{rng.randrange(10**10):010d}" for _ in range(300)):
        asked = phonenumbers.format_number(phonenumbers.parse(number, "CN"), phonenumbers.PhoneNumberFormat.E164)
        assert readings.phone_digits(number)[0] == asked[1:]
    given = [*PHRASES_DICT][:: len(PHRASES_DICT) // 300]
    for name in (rng.choice("王陈单曾欧阳") + one for one in [*given, "小明", "志强", "丽", "长乐"]):
        han = "".join(readings._HAN.findall(name))
        said = pypinyin.lazy_pinyin(han)
        assert len(said) != len(han) or readings._common_readings(han) == [[one] for one in said]
