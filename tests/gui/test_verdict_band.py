"""The verdict band: what a cancel gives back, and how long that takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.services import rows
from desk.views import language
from desk.views.verdict_band import VerdictBand
from tools import samples
from tools.samples.base import cny, names


@pytest.mark.parametrize(
    ("days", "en", "zh"),
    [
        ((0, 0), "Alipay ¥12.00 at once", "支付宝 ¥12.00 即时"),
        ((0, 1), "Alipay ¥12.00 within 1 working day", "支付宝 ¥12.00 1个工作日内"),
        ((2, 2), "Alipay ¥12.00 within 2 working days", "支付宝 ¥12.00 2个工作日内"),
        ((1, 3), "Alipay ¥12.00 1–3 working days", "支付宝 ¥12.00 1–3个工作日"),
    ],
)
def test_how_long_a_refund_takes(look: None, days: tuple[int, int], en: str, zh: str) -> None:
    back = rows.BackRow(kind="refund", label=names("支付宝", "Alipay"), amount=cny(1200), days=days)
    band = VerdictBand()
    for speaks, said in (("en", en), ("zh", zh)):
        language.use(speaks)
        band.show_verdict(replace(samples.VERDICT, back=(back,)))
        assert said in band.costs
    band.deleteLater()
