"""What people do at a workstation, key by key, where more than one story does it; the screen is in English."""

from __future__ import annotations

from desk.tour.far import FarDesk
from tests.helpers.export import Buyer


def sign_in(desk: FarDesk, login: str) -> None:
    """Type login and password; the work screen is up afterwards."""
    desk.write(login, "Login")
    desk.write(f"demo-{login}", "Password")
    desk.click("Sign in")
    desk.see("Queue")


def take_call(desk: FarDesk, buyer: Buyer) -> None:
    """A customer rings and wants to cancel: find the order by the end of the phone, open a ticket, hold it."""
    desk.press("Ctrl+K")
    desk.write(buyer.phone[-4:])
    desk.press("Return")
    desk.see(f"Open a ticket for {buyer.number}")
    desk.choose("Kind", "Cancel")
    desk.choose("Why", "No longer wanted")
    desk.click("Open and claim")
    desk.see("May cancel now")
    all_sent(desk)


def write_note(desk: FarDesk, words: str) -> None:
    """A note on the case in hand; it stands in the timeline afterwards."""
    desk.press("N")
    desk.see("Everybody who works on this case reads it.")
    desk.write(words)
    desk.press("Ctrl+Return")
    desk.see_not("Everybody who works on this case reads it.")
    desk.see(words, "Timeline")


def fetch_now(desk: FarDesk) -> None:
    """The line is back, and the person does not wait for the next try."""
    desk.press("F5")
    all_sent(desk)


def all_sent(desk: FarDesk) -> None:
    """Nothing is on its way any more, nothing is unknown."""
    desk.see("all sent")
    desk.see("To send 0")
    desk.see_not("answer unknown")
