"""Takes a picture of every screen in both languages and both themes, on made-up rows: `make screenshots`.

The kept ones go to docs/screenshots; all others (longest words, states of every list, smallest window, 150 %) go to
.data/screenshots, to be looked at before a view is committed.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desk.services import jobs as jobs_
from desk.views import format as text
from desk.views import language, theme
from desk.views.main_window import MainWindow
from tests.gui.fakes import FakeDesk, WatchedJobs
from tests.gui.hands import Hands
from tools import samples
from tools.scenes import KEPT, LONG, SCENES, STATES

ROOT = Path(__file__).resolve().parents[1]
FOLDER, LOOK = ROOT / "docs" / "screenshots", ROOT / ".data" / "screenshots"
SIZES = {"": (1440, 900), "small": (1280, 720)}
NOT_KEPT = ("case-ready", "option", "ask-team")  # docs/screenshots stays small
SETS = {
    "kept": {name: scene for name, scene in KEPT.items() if name not in NOT_KEPT},
    "long": LONG,
    "states": STATES,
    "all": SCENES,
}


def picture(window: MainWindow) -> QPixmap:
    """The window with the menus and lists that hang over it."""
    made = window.grab()
    painter = QPainter(made)
    for other in QApplication.topLevelWidgets():
        if other is not window and other.isVisible():
            painter.drawPixmap(other.pos() - window.mapToGlobal(QPoint(0, 0)), other.grab())
    painter.end()
    return made


async def take(name: str, look: str, speaks: str, size: str, folder: Path) -> Path:
    """One picture."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)  # noqa: S101 - main made it
    theme.apply(app, look, shipped_font=True)
    language.use(speaks)
    jobs = WatchedJobs()
    fake = FakeDesk(jobs)
    if speaks == "en":
        fake.shop.script = samples.SCRIPT_EN
    window = MainWindow(fake.desk)
    window.resize(*SIZES[size])
    window.show()
    window.activateWindow()
    hands = Hands(window, fake)
    await hands.settle()
    await fake.session.sign_in("zhaomin", "secret")
    await hands.settle()
    await SCENES[name](hands)
    await hands.settle()
    scale = os.environ.get("QT_SCALE_FACTOR", "").replace(".", "")
    path = folder / f"{'-'.join(part for part in (name, size, scale and f'x{scale}', look, speaks) if part)}.png"
    picture(window).save(str(path))
    window.close()
    window.deleteLater()
    await jobs.close()
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """`--set long --only long-case --themes light --languages zh --sizes small --scale 1.5`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, default="kept")
    parser.add_argument("--only", default="", help="names of scenes")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="zh,en")
    parser.add_argument("--sizes", default="")
    parser.add_argument("--scale", default="", help="as QT_SCALE_FACTOR: 1.5 is a screen at 150 %%")
    parser.add_argument("--into", type=Path)
    options = parser.parse_args(arguments)
    if options.scale:
        os.environ["QT_SCALE_FACTOR"] = options.scale
    into = options.into or (FOLDER if options.set == "kept" and not (options.sizes or options.scale) else LOOK)
    into.mkdir(parents=True, exist_ok=True)
    text.use_zone(ZoneInfo("Asia/Shanghai"))
    text.use_clock(lambda: samples.NOW)
    names = options.only.split(",") if options.only else list(SETS[options.set])

    async def all_of_them() -> int:
        for size in options.sizes.split(","):
            for look in options.themes.split(","):
                for speaks in options.languages.split(","):
                    for name in names:
                        print(await take(name, look, speaks, size, into))
        return 0

    return jobs_.run(all_of_them, QApplication.instance() or QApplication(sys.argv[:1]))  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
