"""Rows are drawn once for each look: what is copied is what would be drawn, and another look is drawn anew."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.services.rows import Tone
from desk.views import lists, theme
from desk.views.lists import Entry, EntryDelegate, EntryList, RowsModel


@dataclass(frozen=True)
class Line:
    id: str
    words: str


def entry_of(line: Line) -> Entry:
    return Entry(
        title=line.words, second="T100001 · 王小姐", chip="取消", tone=Tone.WARN, right="12:30", icon="hotline"
    )


@pytest.fixture
def shown(qtbot: QtBot) -> EntryList:
    model = RowsModel[Line](lambda line: line.id, entry_of)
    model.show([Line(str(number), f"Order {number}") for number in range(200)])
    view = EntryList(model)
    qtbot.addWidget(view)
    view.resize(420, 400)
    view.show()
    return view


def seen(view: EntryList) -> QImage:
    return view.viewport().grab().toImage()


def test_a_copied_row_is_the_row_as_it_would_be_drawn(shown: EntryList):
    first = seen(shown)
    assert seen(shown) == first, "now from pictures"
    shown.setItemDelegate(EntryDelegate(shown))
    assert seen(shown) == first, "and by one who has none"


def test_what_looks_another_way_is_drawn_anew(shown: EntryList, qapp: QApplication):
    looks = [seen(shown)]
    model = shown.model()
    assert isinstance(model, RowsModel)
    model.replace(0, Line("0", "another order"))
    looks.append(seen(shown))
    shown.select_row(1)
    looks.append(seen(shown))
    shown.resize(360, 400)
    looks.append(seen(shown))
    theme.apply(qapp, "dark")
    looks.append(seen(shown))
    theme.apply(qapp, "light")
    shown.resize(420, 400)
    assert seen(shown) == looks[2], "and as it was, once it is"
    for at, one in enumerate(looks):
        assert all(one != other for other in looks[at + 1 :])


def test_no_more_pictures_are_kept_than_fill_some_screens(shown: EntryList):
    for row in range(0, 200, 5):
        shown.select_row(row)
        seen(shown)
    delegate = shown.itemDelegate()
    assert isinstance(delegate, EntryDelegate)
    assert len(delegate._pictures) == lists._KEPT
