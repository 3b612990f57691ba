"""Tokens, theme, font, language at run time."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from desk.services.rows import Phase
from desk.views import fonts, theme, tokens
from tests.gui.hands import Hands

VIEWS = Path(__file__).resolve().parents[2] / "desk" / "views"


def luminance(colour: str) -> float:
    def part(value: float) -> float:
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    found = QColor(colour)
    return 0.2126 * part(found.redF()) + 0.7152 * part(found.greenF()) + 0.0722 * part(found.blueF())


def contrast(words: str, ground: str) -> float:
    light, dark = sorted((luminance(words), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


WORDS = ("text", "muted", "faint", "accent")
GROUNDS = ("ground", "surface", "accent_ground")
MEANINGS = [
    field.name for field in fields(tokens.Colours) if isinstance(getattr(tokens.LIGHT, field.name), tokens.Pair)
]


def every_pair(colours: tokens.Colours) -> dict[str, tuple[str, str]]:
    """Words on the grounds that they stand on somewhere, by name.

    All words on all neutral grounds; a meaning on its own ground and on the neutral ones (marks of a list); names and
    notes on a meaning's ground (a band, an offer); and what is painted the other way round (badge, armed button)."""
    plain = {f"{one} on {at}": (getattr(colours, one), getattr(colours, at)) for one in WORDS for at in GROUNDS}
    plain["on_accent on accent"] = (colours.on_accent, colours.accent)
    for name in MEANINGS:
        pair = getattr(colours, name)
        plain |= {f"{name} on {at}": (pair.words, getattr(colours, at)) for at in GROUNDS}
        plain |= {f"{one} on {name}": (getattr(colours, one), pair.ground) for one in ("text", "muted")}
        plain[f"{name} on itself"] = (pair.words, pair.ground)
        plain[f"surface on {name}"] = (colours.surface, pair.words)
    return plain


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_words_can_be_read_on_their_grounds(colours: tokens.Colours) -> None:
    low = {name: round(contrast(*pair), 2) for name, pair in every_pair(colours).items() if contrast(*pair) < 4.5}
    assert low == {}


@pytest.mark.parametrize("colours", [tokens.LIGHT, tokens.DARK], ids=["light", "dark"])
def test_where_the_keyboard_is_can_be_seen(colours: tokens.Colours) -> None:
    assert min(contrast(colours.accent, getattr(colours, at)) for at in GROUNDS) >= 3


def test_colours_and_sizes_are_written_in_the_tokens_alone() -> None:
    for path in [*VIEWS.rglob("*.py"), VIEWS.parents[1] / "resources" / "style" / "desk.qss"]:
        if path.name != "tokens.py":
            assert re.findall(r"#[0-9A-Fa-f]{6}\b", path.read_text(encoding="utf-8")) == [], path.name
            assert "setPointSize" not in path.read_text(encoding="utf-8"), path.name


def test_the_shipped_font_draws_chinese(qapp: QApplication) -> None:
    font = fonts.base(shipped=True)
    metrics = QFontMetrics(font)
    assert metrics.inFontUcs4(ord("单"))
    assert metrics.inFontUcs4(ord("¥"))
    assert metrics.horizontalAdvance("111") == metrics.horizontalAdvance("888")  # figures of one width


def test_the_palette_follows_the_theme_without_the_systems_help(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == tokens.DARK.ground
    theme.apply(qapp, "light")
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == tokens.LIGHT.ground


async def test_language_and_theme_switch_under_a_case_in_hand(hands: Hands) -> None:
    window, bench = hands.window, hands.window.bench
    chosen: list[tuple[str, str]] = []
    window.preferred.connect(lambda key, value: chosen.append((key, value)))
    window.open_case("t2")
    await hands.settle()
    assert bench.next.button.text() == "Cancel order, refund ¥299.00"
    assert bench.say.text.startswith("Hello Ms Chen")

    window.top.switch_language()
    await hands.settle()
    assert bench.next.button.text() == "取消订单并退款 ¥299.00"
    assert bench.case.band.sentence == "可自动取消，原路退回 ¥299.00"
    assert bench.say.text.startswith("陈女士您好")
    assert bench.case.band.tree.lit()[0] == "已支付"
    assert window.windowTitle() == "订单工作台"
    english = [
        label.text() for label in window.findChildren(QLabel) if re.fullmatch(r"[A-Z][a-z]+ [a-z ]+", label.text())
    ]
    assert english == []

    window.top.switch_theme()
    await hands.settle()
    assert tokens.is_dark()
    window.top.switch_theme()
    window.top.switch_language()
    await hands.settle()
    assert chosen == [("language", "zh"), ("theme", "dark"), ("theme", "light"), ("language", "en")]


async def test_offline_is_a_calm_amber_pill_and_nothing_modal(hands: Hands) -> None:
    hands.fake.syncer.tell(phase=Phase.OFFLINE, pending=3)
    await hands.settle()
    assert "Offline, work goes on" in hands.window.top.said
    assert "To send 3" in hands.window.top.said
    assert QApplication.activeModalWidget() is None
    hands.fake.syncer.tell(phase=Phase.CATCHING_UP, progress=(1200, 3000))
    assert "Catching up 1,200 / 3,000" in hands.window.top.said
