"""The main job as a story: a customer calls, the order is found, decided, cancelled, made good, closed, replayed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

SMALL, BIG = "1", "4"  # keys of the coupon within an agent's level, and of the one above it


class Hands(Protocol):
    """A desk as its person uses it (desk.tour.far.FarDesk)."""

    name: str

    def press(self, *keys: str) -> None: ...

    def write(self, text: str, name: str = "") -> None: ...

    def click(self, name: str) -> None: ...

    def choose(self, name: str, text: str) -> None: ...

    def see(self, text: str, name: str = "") -> None: ...

    def see_not(self, text: str, name: str = "") -> None: ...

    def read(self, name: str = "") -> str: ...

    def picture(self, path: Path) -> None: ...


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the order they mean and the last figures of their phone."""

    number: str
    phone: str


Tell = Callable[[Hands, str], None]


@dataclass(slots=True)
class Teller:
    """Writes a line and keeps a picture for every step."""

    folder: Path
    write: Callable[[str], None]
    step: int = 0

    def tell(self, who: Hands, words: str) -> None:
        """What was done and seen at whose desk."""
        self.step += 1
        name = f"{self.step:02}-{who.name}.png"
        who.picture(self.folder / name)
        self.write(f"{self.step:2}  {who.name:<10}  {words}  [{name}]")


def sign_in(desk: Hands, person: str) -> None:
    """Pick oneself from the list of the demo's people; the work screen is up afterwards, in English."""
    desk.see(person)
    chinese = "登录" in desk.read()
    desk.choose("人员" if chinese else "People", person)
    desk.see("队列" if chinese else "Queue")
    if chinese:
        desk.press("Ctrl+Shift+L")
        desk.see("Queue")


def main_job(agent: Hands, supervisor: Hands, caller: Caller, tell: Tell) -> None:
    """From the ring to the archive at two desks, in English. Raises what the hands raise where a step fails."""
    _find(agent, caller, tell)
    _cancel(agent, tell)
    _give(agent, supervisor, caller, tell)
    _close(agent, caller, tell)


def _find(agent: Hands, caller: Caller, tell: Tell) -> None:
    agent.press("Ctrl+K")
    agent.write(caller.phone)
    agent.press("Return")
    agent.see(caller.number)
    agent.see("Open and claim")
    tell(agent, f"The phone rings. The last figures of the number, {caller.phone}, find the order.")
    agent.choose("Kind", "Cancel")
    agent.choose("Why", "No longer wanted")
    agent.write("Wrong size; wants the money back.", "What the customer says")
    agent.click("Open and claim")
    agent.see("May cancel now")
    tell(agent, "The ticket is open and claimed. The band says what the rules allow, why, and until when.")


def _cancel(agent: Hands, tell: Tell) -> None:
    agent.see("Said")
    agent.click("Said")
    agent.see("☑ Notify")
    agent.see("Can be cancelled, explain the refund")
    tell(agent, "The agent says the words; the two minutes that were promised run. The next words are there.")
    agent.press("C")
    agent.see("leaves for good")
    tell(agent, "C cancels. Money leaves for good, so it asks for a second key.")
    agent.press("Return")
    agent.see("Cancelled already")
    tell(agent, "Cancelled. Refund, stock and shipment are asked of the other systems.")
    agent.see("Cancel the order in the shop · done")
    agent.see("refunded")
    tell(agent, "The other systems have confirmed: the money is on its way, the stock is free.")


def _give(agent: Hands, supervisor: Hands, caller: Caller, tell: Tell) -> None:
    agent.press(SMALL)
    agent.see("Given.")
    agent.see("¥5 coupon · done")
    tell(agent, "A coupon of ¥5 is within the agent's level: given.")
    agent.press(BIG)
    agent.see("Waiting")
    tell(agent, "One of ¥30 is above it: a supervisor is asked while the customer waits.")
    supervisor.press("P")
    supervisor.choose("Approvals", caller.number[-6:])
    supervisor.see("王芳 asks")
    tell(supervisor, "The supervisor sees what is asked, for which order, and what was given before.")
    supervisor.press("C")
    supervisor.write("15")
    supervisor.press("Return")
    supervisor.see("Approved.")
    tell(supervisor, "Lowered to ¥15 and approved with two keys.")
    agent.see("Approved ¥15.00")
    tell(agent, "The agent sees it at once.")


def _close(agent: Hands, caller: Caller, tell: Tell) -> None:
    agent.click("Said")
    agent.see("☑ Solution")
    agent.press("Z")
    agent.see("Still missing")
    tell(agent, "Wrap-up does not close without process, cause, result, feedback, and the five acts or a reason.")
    agent.write("Cancelled before packing; all money back by the original route.", "What was done")
    agent.choose("Cause", "Impulse purchase")
    agent.choose("Result", "Solved")
    agent.write("Friendly; will order again in the right size.", "What the customer said to it")
    agent.write("The customer knew the cause; one call was enough.", "Why an act was left out")
    agent.see_not("Still missing")
    agent.click("Close the case")
    agent.see("Service · Closed")
    agent.see_not("What was done")
    tell(agent, "Closed.")
    agent.press("V")
    agent.see("Order cancelled")
    agent.see("Path")
    tell(agent, "The archive replays the path, step by step.")
