"""What a handling option costs both sides, told before it is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desk.domain.option_costs import costs_of
from desk.domain.orders import Order, OrderState
from desk.domain.playbooks import Deed, Option, Verb
from desk.wire.policy_seed import load_seed
from tests.helpers.desk_data import NOW, order

POLICY = load_seed()


def option(*verbs: Verb) -> Option:
    return Option(key="way", names={"zh": "方案", "en": "Way"}, deeds=tuple(Deed(do=verb) for verb in verbs))


def costs(one: Order | None, *verbs: Verb, amount: int = 0) -> tuple[int, int] | None:
    return costs_of(option(*verbs), one, amount, (), POLICY, NOW)


def test_what_was_not_the_merchants_costs_nobody_anything() -> None:
    assert costs(order(), Verb.REFUND_SURPLUS, Verb.TASK, amount=32900) == (0, 0)


def test_a_lost_parcel_costs_the_merchant_the_goods_or_the_money() -> None:
    assert costs(order(), Verb.REFUND_PARCEL, Verb.TASK, amount=32900) == (32900, 0)
    assert costs(order(), Verb.RESHIP) == (32900, 0)


def test_who_refuses_a_parcel_without_a_fault_of_ours_pays_the_freight() -> None:
    assert costs(replace(order(), freight=1200), Verb.REFUND_LESS_FREIGHT, amount=32900) == (0, 1200)


def test_a_cancel_costs_what_the_prescreen_says() -> None:
    waiting = order(wave_at=NOW + timedelta(hours=8))
    assert costs(waiting, Verb.CANCEL, Verb.BLOCK, amount=32900) == (0, 0)
    shipped = replace(order(), state=OrderState.SHIPPED, shipped_at=NOW - timedelta(hours=2))
    found = costs(shipped, Verb.CANCEL, amount=32900)
    assert found is not None
    assert found[0] > 0  # stopping the parcel


def test_what_is_only_known_afterwards_is_not_guessed() -> None:
    assert costs(order(), Verb.REDIRECT) is None
    assert costs(None, Verb.TASK) is None
