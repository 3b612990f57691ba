"""A contact that a parcel could not reach is known before it is sent, by codes that hold nothing of the contact."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.demo.customers import make_customer
from desk.domain.contacts import FLAGS, address_flags, contact_flags, normalised, phone_flags
from desk.domain.policy import ContactPolicy
from tests.helpers.cases import seed_policy

POLICY = seed_policy().contacts


@pytest.mark.parametrize(
    ("phone", "flag"),
    [
        ("13800000005", ""),
        ("+86 138-0000-0001", ""),
        ("１３８０００００００５", ""),
        ("0571-88886666", ""),
        ("+1 415 555 2671", ""),
        ("090-1234-5678", ""),
        ("021-64330000 / 13800000001", ""),
        ("abc / 13800000001", ""),
        ("", "phone_missing"),
        ("   ", "phone_missing"),
        ("1380000123", "phone_malformed"),
        ("转分机", "phone_malformed"),
        ("11111111111", "phone_made_up"),
        ("12345678901", "phone_made_up"),
        ("13800138000", "phone_made_up"),
    ],
)
def test_phones(phone: str, flag: str):
    assert phone_flags(phone, POLICY) == ({flag} if flag else set())


@pytest.mark.parametrize(
    ("address", "flags"),
    [
        ("文三路 17 号", set()),
        ("上海市浦东新区张杨路500弄3号楼402", set()),
        ("某某村3组", set()),
        ("北京大学", set()),
        ("東京都千代田区丸の内1-1-1", set()),
        ("1600 Amphitheatre Parkway", set()),
        ("5 Rue de la Paix", set()),
        ("", {"address_missing"}),
        ("见备注", {"address_made_up"}),
        ("。。。。", {"address_made_up"}),
        ("aaaa", {"address_made_up"}),
        ("杭州", {"address_short"}),
        ("Tokyo", {"address_short"}),
        ("上海市浦东新区张杨路", {"address_no_door"}),
        ("浙江省杭州市西湖区", {"address_no_street", "address_no_door"}),
        ("somewhere in Boston", {"address_no_street", "address_no_door"}),
    ],
)
def test_addresses(address: str, flags: set[str]):
    assert address_flags(address, POLICY) == flags


def test_what_was_not_told_is_not_judged():
    assert contact_flags({"name": "陈洁"}, POLICY) == set()
    assert contact_flags({"phone": "", "address": ""}, POLICY) == {"phone_missing", "address_missing"}
    assert contact_flags({"phone": "", "address": ""}, POLICY, delivered=False) == {"phone_missing"}


def test_no_customer_of_the_demo_is_doubtful():
    doubtful = [index for index in range(400) if contact_flags(make_customer(20260, index).contact(), POLICY)]
    assert doubtful == []


def test_a_policy_without_lists_judges_only_what_it_can():
    assert address_flags("浙江省杭州市西湖区 3", ContactPolicy()) == set()


def test_one_address_written_in_several_ways_is_one():
    ways = ("文三路17号3幢 1单元", "文三路１７号3幢1单元", "杭州 文三路17号，3幢1单元")
    assert len({normalised(way, "杭州") for way in ways}) == 1
    assert normalised("3幢") == "", "too little to be somebody's"


@given(st.text(max_size=60), st.text(max_size=60))
def test_whatever_is_typed_the_answer_is_codes_alone(phone: str, address: str):
    assert contact_flags({"phone": phone, "address": address}, POLICY) <= set(FLAGS)
