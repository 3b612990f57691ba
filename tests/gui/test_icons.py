"""Every sign that is named is in the font, and is drawn in the colour and size that was asked for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QRawFont
from pytestqt.qtbot import QtBot

from desk.resources_path import resource
from desk.views import icons, tokens


def inked(image: QImage) -> dict[str, int]:
    """How many solid pixels there are of which colour."""
    found: dict[str, int] = {}
    for y in range(image.height()):
        for x in range(image.width()):
            colour = image.pixelColor(x, y)
            if colour.alpha() == 255:
                found[colour.name()] = found.get(colour.name(), 0) + 1
    return found


@pytest.mark.parametrize("name", sorted(icons.NAMES))
def test_a_sign_is_drawn_in_its_colour(qtbot: QtBot, name: str):
    font = QRawFont(str(resource("icons", "signs.ttf")), 16)
    assert font.supportsCharacter(icons.NAMES[name]), "cut the font out anew, see icons.NAMES"
    image = icons.icon(name, "#ff0000").pixmap(QSize(48, 48)).toImage()
    (colour,) = inked(image)
    assert colour == "#ff0000"
    assert inked(image)[colour] > 40


def test_all_of_a_sign_is_within_its_square(qtbot: QtBot):
    for name in icons.NAMES:
        image = icons.icon(name, "#ff0000").pixmap(QSize(64, 64)).toImage()
        edge = [(x, y) for x in range(64) for y in (0, 63)] + [(x, y) for y in range(64) for x in (0, 63)]
        assert not any(image.pixelColor(x, y).alpha() for x, y in edge), name


def test_on_a_fine_screen_it_is_drawn_finer(qtbot: QtBot):
    picture = icons.pixmap("queue", "#ff0000", 16, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (32, 2.0)


def test_what_is_disabled_is_grey(qtbot: QtBot):
    image = icons.icon("queue", "#ff0000").pixmap(QSize(48, 48), QIcon.Mode.Disabled).toImage()
    assert set(inked(image)) == {QColor(tokens.colours().dot).name()}
