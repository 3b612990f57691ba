"""What was given, in words: money as money, points as points, one line for one thing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desk.domain.ledger import BenefitKind, EffectKind, EffectState
from desk.services import rows
from desk.views import language, words
from desk.views.case_view import GivenCard
from desk.views.replay_view import ReplayView
from desk.views.timeline_view import sentence
from tools import samples
from tools.samples.base import NOW, cny, names

ALIPAY = names("支付宝", "Alipay")


def entry(kind: str, cost: int, units: int, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "cost": cost, "units": units, "currency": "CNY", **more}


def step(code: str, data: dict[str, Any], label: rows.Names | None = None) -> rows.PathRow:
    return rows.PathRow(at=NOW, by="王芳", code=code, data=data, label=label or {})


@pytest.mark.parametrize(
    ("path", "en", "zh"),
    [
        (step("benefit_granted", entry("refund", 124400, 124400), ALIPAY), "Given: Refund Alipay ¥1,244.00",
         "已给：支付宝退款 ¥1,244.00"),
        (step("benefit_granted", entry("coupon", 500, 500), names("5元优惠券", "¥5 coupon")), "Given: ¥5 coupon",
         "已给：5元优惠券"),
        (step("benefit_granted", entry("coupon", 1500, 1500)), "Given: Coupon ¥15.00", "已给：优惠券 ¥15.00"),
        (step("benefit_granted", entry("points", 100, 500)), "Given: 500 points", "已给：500 积分"),
        (step("entry_settled", entry("refund", 124400, 124400, state="confirmed")), "Refund ¥1,244.00: done",
         "退款 ¥1,244.00：已完成"),
        (step("entry_settled", entry("points_taken", 0, 1244, state="confirmed")), "1,244 points taken back: done",
         "扣回 1,244 积分：已完成"),
        (step("entry_settled", {"key": "k", "state": "confirmed"}), "What was given: done", "已给项目：已完成"),
    ],
)  # fmt: skip
def test_a_step_names_what_was_given(look: None, path: rows.PathRow, en: str, zh: str) -> None:
    view = ReplayView()
    view.show_path(replace(samples.CASE, path=(path,)))
    assert view.said() == [en]
    language.use("zh")
    assert words.step(path.code, path.data, path.label) == zh
    view.deleteLater()


def test_the_timeline_says_the_same(look: None) -> None:
    fact = rows.TimelineRow(at=NOW, area="money", code="benefit_granted", data=entry("points_taken", 0, 1244))
    assert sentence(fact) == "Money · Given: 1,244 points taken back"
    placed = rows.TimelineRow(at=NOW, area="order", code="created", text="顾客提交订单")
    assert sentence(placed) == "Order · Order placed: 顾客提交订单"
    language.use("zh")
    assert sentence(placed) == "订单 · 下单成功：顾客提交订单"


def test_a_refund_and_its_effect_are_one_line(look: None) -> None:
    refund = rows.GivenRow(key="r", kind=BenefitKind.REFUND, label=ALIPAY, cost=cny(124400), units=124400,
                           state="confirmed", at=NOW, by="王芳")  # fmt: skip
    taken = rows.GivenRow(key="p", kind=BenefitKind.POINTS_TAKEN, label={}, cost=cny(0), units=1244, state="manual",
                          at=NOW, by="王芳", problem="no_answer")  # fmt: skip
    asked = rows.EffectRow(id="e1", kind=EffectKind.REFUND, state=EffectState.CONFIRMED, at=NOW, order_tail="0917",
                           label=ALIPAY, amount=cny(124400), entry_key="r")  # fmt: skip
    points = replace(asked, id="e2", kind=EffectKind.TAKE_POINTS, state=EffectState.MANUAL, amount=None, entry_key="p")
    stop = replace(asked, id="e3", kind=EffectKind.STOP_SHIPMENT, amount=None, entry_key="", label={})
    card = GivenCard()
    card.show_case(replace(samples.CASE, given=(refund, taken), effects=(asked, points, stop)))
    told = words.word("problem", "no_answer")
    assert card.said() == [
        "Refund Alipay ¥1,244.00 · done",
        f"1,244 points taken back · to be done by hand ({told})",
        "Stop the shipment · done",
    ]
    card.deleteLater()
