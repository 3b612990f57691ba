"""Exact money: what can be written in a currency, and what cannot be mixed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.domain.money import Money, MoneyError, exponent, from_decimal


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("319.50", "CNY", 31950),
        (" 1,299.00 ", "USD", 129900),
        ("500", "JPY", 500),
        ("1.234", "KWD", 1234),
        ("-0.01", "CNY", -1),
        (Decimal("2"), "CNY", 200),
    ],
)
def test_what_people_write_becomes_minor_units(text, currency, amount):
    assert from_decimal(text, currency) == Money(amount, currency)


@pytest.mark.parametrize(
    ("text", "currency"),
    [("0.001", "CNY"), ("0.5", "JPY"), ("abc", "CNY"), ("", "CNY"), ("NaN", "CNY"), ("Infinity", "CNY")],
)
def test_what_would_lose_a_fraction_or_is_no_amount(text, currency):
    with pytest.raises(MoneyError):
        from_decimal(text, currency)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["CNY", "JPY", "KWD"]))
def test_there_and_back(amount, currency):
    money = Money(amount, currency)
    assert from_decimal(money.decimal(), currency) == money
    assert from_decimal(str(money.decimal()), currency) == money


def test_sums_and_order_within_a_currency():
    small, large = Money(5, "CNY"), Money(7, "CNY")
    assert small + large == Money(12, "CNY")
    assert large - small == Money(2, "CNY")
    assert small < large
    assert small <= small
    assert exponent("CNY") == 2


def test_currencies_do_not_mix():
    for act in (Money.__add__, Money.__sub__, Money.__lt__, Money.__le__):
        with pytest.raises(MoneyError):
            act(Money(1, "CNY"), Money(1, "USD"))
