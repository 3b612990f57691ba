"""Plays the tour: two real desks offscreen on the demo shop, a line and a picture per step."""

from __future__ import annotations

import shutil
import sys
import threading
import time
from pathlib import Path
from typing import Any

from desk.household import Household, HouseholdProblem
from desk.tour.far import DidNotWork, FarDesk
from desk.tour.story import Caller, Teller, main_job, sign_in

OPENS_WITHIN = 240.0  # seconds for the shop to open on a slow machine


class Shop:
    """What the shop's processes say, and who is about to call."""

    def __init__(self) -> None:
        self._caller: Caller | None = None
        self._known = threading.Event()

    def told(self, said: dict[str, Any]) -> None:
        """A line of one of the processes; on its listener's thread."""
        if said.get("event") == "caller" and said.get("number"):
            self._caller = Caller(said["number"], said["phone"])
            self._known.set()

    def caller(self) -> Caller:
        """Who calls, once the shop knows."""
        self._known.wait(OPENS_WITHIN)
        if self._caller is None:
            raise DidNotWork("the shop has nobody who could call; `make demo-reset` and try again")
        return self._caller


def play(data: Path) -> int:
    """The whole tour; 0 when every step was seen to work."""
    folder = data / "tour"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (folder / "transcript.txt").open("w", encoding="utf-8") as kept:

        def write(line: str) -> None:
            print(line, flush=True)  # noqa: T201  (the tour is told on the terminal)
            kept.write(line + "\n")

        write("Order Desk, the tour: there is no screen here, so two real desks are led offscreen.")
        try:
            return _play(data, folder, Teller(folder, write))
        except (HouseholdProblem, DidNotWork) as problem:
            write(f"The tour stopped: {problem}")
            return 1


def _play(data: Path, folder: Path, teller: Teller) -> int:
    shop, desks = Shop(), []
    home = Household(data, demo=True, told=shop.told)
    began = time.monotonic()
    try:
        home.start()
        for name, profile in (("agent", "wangfang"), ("supervisor", "liuyang")):
            desks.append(FarDesk(name, ["--data", str(data), "--as", profile]))
        agent, supervisor = desks
        sign_in(agent, "王芳")
        agent.see("Online")
        agent.see_not("Team 0")
        teller.tell(agent, "王芳 signs in: the queue is there, what is most urgent first.")
        sign_in(supervisor, "刘洋")
        supervisor.see("Online")
        teller.tell(supervisor, "刘洋, a supervisor, signs in at the desk beside it.")
        main_job(agent, supervisor, shop.caller(), teller.tell)
    finally:
        for desk in desks:
            desk.leave()
        home.end()
    seconds = round(time.monotonic() - began)
    teller.write(f"{teller.step} steps in {seconds} s. Pictures and this text: {folder}")
    teller.write(_how_to_get_a_window())
    return 0


def _how_to_get_a_window() -> str:
    here = "run it where DISPLAY is set" if sys.platform.startswith("linux") else "run it without --tour"
    return f"For a window: {here}; `xvfb-run -a make run` opens one on a virtual screen."
