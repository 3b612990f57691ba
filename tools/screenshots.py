"""Takes a picture of every screen in both languages and both themes, on made-up rows: `make screenshots`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from desk.services import jobs as jobs_
from desk.services.rows import Allowed, Notice, NoticeKind, Phase, Tone
from desk.views import format as text
from desk.views import language, theme, words
from desk.views.main_window import MainWindow
from tests.gui.fakes import FakeDesk, WatchedJobs
from tests.gui.hands import Hands
from tools import samples

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
SIZES = {"": (1440, 900), "small": (1280, 720)}
Scene = Callable[[Hands], Awaitable[None]]


async def case(hands: Hands) -> None:
    """A cancellation in hand, with a notice of a new one."""
    hands.window.bench.queue.tabs.choose("team")
    await hands.settle()
    notice = Notice(kind=NoticeKind.NEW, ticket_id="t1", label=samples.WRONG_ADDRESS, order_tail="4471")
    hands.fake.notices.raised.emit(notice)
    hands.window.open_case("t2")
    await hands.settle()


async def why(hands: Hands) -> None:
    """The same, rule by rule, with what was given and a request that waits."""
    hands.fake.shop.cases["t2"] = samples.CASE_GIVEN
    hands.fake.shop.give = replace(samples.GIVE, asked=(samples.APPROVAL, samples.ANSWERED))
    await case(hands)
    hands.window.bench.case.band.toggle_why()
    await hands.settle()


async def review(hands: Hands) -> None:
    """An amber case: shipped, a person decides, parcels with trace, a script with a gap."""
    hands.fake.shop.cases["t2"] = samples.CASE_SHIPPED
    hands.fake.shop.script = samples.SCRIPT_MISSING
    await case(hands)


async def trouble(hands: Hands) -> None:
    """An exception without an order."""
    hands.fake.shop.cases["t2"] = samples.CASE_TROUBLE
    await case(hands)


async def offline(hands: Hands) -> None:
    """No line: calm amber, every Give button off with its reason."""
    off = tuple(replace(offer, allowed=Allowed.OFF, note="offline_no_lease") for offer in samples.GIVE.offers)
    hands.fake.shop.give = replace(samples.GIVE, offers=off, off="offline_no_lease")
    hands.fake.syncer.tell(phase=Phase.OFFLINE, pending=4)
    await case(hands)


async def wrap_up(hands: Hands) -> None:
    """The record."""
    await case(hands)
    hands.window.actions_table["wrap_up"].trigger()
    await hands.settle()


async def note(hands: Hands) -> None:
    """A hand-off with words."""
    await case(hands)
    hands.window.actions_table["hand_off"].trigger()
    await hands.settle()


async def replay(hands: Hands) -> None:
    """The path of a case."""
    await case(hands)
    hands.window.actions_table["replay"].trigger()
    await hands.settle()


async def keys(hands: Hands) -> None:
    """The sheet of keys."""
    await case(hands)
    hands.window.show_keys()
    await hands.settle()


async def lookup(hands: Hands) -> None:
    """Orders found by the last digits."""
    hands.window.go("lookup")
    hands.window.lookup.begin("0917")
    hands.window.lookup.searched.emit("0917")
    await hands.settle()


async def menu(hands: Hands) -> None:
    """The reasons, and a word at the foot."""
    await case(hands)
    hands.window.bench.case.line.pick_reason()
    hands.window.toast.say(words.word("refusal", "claimed_by_other", {"holder": "李强"}), Tone.DANGER)
    await hands.settle()


async def call_line(hands: Hands) -> None:
    """The call line finds while one types."""
    await case(hands)
    line = hands.window.top.call_line
    line.begin()
    line.setText("0917")
    line.typed.emit("0917")
    await hands.settle()


async def lock(hands: Hands) -> None:
    """Locked."""
    hands.fake.session.lock()
    await hands.settle()


async def sign_in(hands: Hands) -> None:
    """Who works here."""
    await hands.fake.session.sign_out()
    await hands.settle()
    await hands.fake.session.sign_in("wangfang", "no")
    await hands.settle()


async def desks(hands: Hands) -> None:
    """The administrator's page, enrolled desks."""
    hands.window.go("admin")
    await hands.settle()
    hands.window.admin.tabs.choose("desks")
    await hands.settle()


async def empty(hands: Hands) -> None:
    """Nothing to do."""
    hands.fake.shop.queue.clear()
    hands.window.bench.queue.tabs.choose("team")
    await hands.settle()


def page(name: str) -> Scene:
    """A page as it opens."""

    async def go(hands: Hands) -> None:
        hands.window.go(name)
        await hands.settle()

    return go


SCENES: dict[str, Scene] = {
    "case": case,
    "case-why": why,
    "case-review": review,
    "case-exception": trouble,
    "case-offline": offline,
    "wrap-up": wrap_up,
    "hand-off": note,
    "replay": replay,
    "keys": keys,
    "menu": menu,
    "call-line": call_line,
    "lookup": lookup,
    "approvals": page("approvals"),
    "attention": page("attention"),
    "tasks": page("tasks"),
    "admin": page("admin"),
    "admin-desks": desks,
    "status": page("status"),
    "empty": empty,
    "lock": lock,
    "sign-in": sign_in,
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
    path = folder / f"{'-'.join(part for part in (name, size, look, speaks) if part)}.png"
    picture(window).save(str(path))
    window.close()
    window.deleteLater()
    await jobs.close()
    return path


def main(arguments: Sequence[str] | None = None) -> int:
    """`--only case,why --themes light --languages zh --sizes small`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(SCENES))
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--languages", default="zh,en")
    parser.add_argument("--sizes", default="")
    parser.add_argument("--into", type=Path, default=FOLDER)
    options = parser.parse_args(arguments)
    options.into.mkdir(parents=True, exist_ok=True)
    text.use_zone(ZoneInfo("Asia/Shanghai"))
    text.use_clock(lambda: samples.NOW)

    async def all_of_them() -> int:
        for size in options.sizes.split(","):
            for look in options.themes.split(","):
                for speaks in options.languages.split(","):
                    for name in options.only.split(","):
                        print(await take(name, look, speaks, size, options.into))
        return 0

    return jobs_.run(all_of_them, QApplication.instance() or QApplication(sys.argv[:1]))  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
