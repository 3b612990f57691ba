"""What the pictures show: each scene leads the window to one screen, one state of a list, or the longest words."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from PySide6.QtCore import Qt

from desk.services.rows import Allowed, CaseRow, Notice, NoticeKind, Phase, QueuePage, Tone
from desk.views import language, words
from tests.gui.hands import Hands
from tools import samples
from tools.samples import long

Key = Qt.Key
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


def exception(row: CaseRow) -> Scene:
    """An exception with its playbook."""

    async def go(hands: Hands) -> None:
        hands.fake.shop.cases["t2"] = row
        await case(hands)
        hands.window.bench.case.playbook.checks.begin()
        await hands.settle()

    return go


async def option_inputs(hands: Hands) -> None:
    """What an option needs: lines, a phone, a day."""
    await exception(samples.CASE_LOST)(hands)
    hands.window.actions_table["option.1"].trigger()
    await hands.settle()
    await hands.press(Key.Key_Space, Key.Key_Tab, Key.Key_Tab, "12345678901")
    hands.window.bench.inputs.finish()
    await hands.settle()


async def handoffs(hands: Hands) -> None:
    """What other teams ask of this one, with an answer half written."""
    hands.fake.shop.tasks = [*samples.HAND_OFFS, *samples.TASKS]
    hands.window.go("tasks")
    await hands.settle()
    hands.window.actions_table["tasks.done"].trigger()
    await hands.settle()


async def offline(hands: Hands) -> None:
    """No line: calm amber, every Give button off with its reason."""
    off = tuple(replace(offer, allowed=Allowed.OFF, note="offline_no_lease") for offer in samples.GIVE.offers)
    hands.fake.shop.give = replace(samples.GIVE, offers=off, off="offline_no_lease")
    hands.fake.syncer.tell(phase=Phase.OFFLINE, pending=4)
    await case(hands)


def act(name: str, first: Scene = case) -> Scene:
    """A scene, and then an act of the table of keys."""

    async def go(hands: Hands) -> None:
        await first(hands)
        hands.window.actions_table[name].trigger()
        await hands.settle()

    return go


async def lookup(hands: Hands) -> None:
    """Orders found by the last digits."""
    hands.window.go("lookup")
    hands.window.lookup.begin("0917")
    hands.window.lookup.search()
    await hands.settle()


async def menu(hands: Hands) -> None:
    """The reasons, and a word at the foot."""
    await case(hands)
    hands.window.bench.case.line.pick_reason()
    hands.window.toast.say(words.word("refusal", "claimed_by_other", {"holder": "李强"}), Tone.DANGER)
    await hands.settle()


def call_line(typed: str) -> Scene:
    """The call line finds while one types."""

    async def go(hands: Hands) -> None:
        await case(hands)
        line = hands.window.top.call_line
        line.begin()
        line.setText(typed)
        line.typed.emit(typed)
        await hands.settle()

    return go


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


def admin(tab: str) -> Scene:
    """The administrator's page, one of its lists."""

    async def go(hands: Hands) -> None:
        hands.window.go("admin")
        await hands.settle()
        hands.window.admin.tabs.choose(tab)
        await hands.settle()

    return go


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


KEPT: dict[str, Scene] = {
    "case": case,
    "case-why": why,
    "case-review": review,
    "case-exception": trouble,
    "case-paid-twice": exception(samples.CASE_PAID_TWICE),
    "case-ready": exception(samples.CASE_READY),
    "case-lost": exception(samples.CASE_LOST),
    "option": option_inputs,
    "ask-team": act("ask", exception(samples.CASE_PAID_TWICE)),
    "case-offline": offline,
    "wrap-up": act("wrap_up"),
    "hand-off": act("hand_off"),
    "replay": act("replay"),
    "keys": act("keys"),
    "menu": menu,
    "call-line": call_line("0917"),
    "lookup": lookup,
    "approvals": page("approvals"),
    "attention": page("attention"),
    "tasks": handoffs,
    "admin": page("admin"),
    "admin-desks": admin("desks"),
    "status": page("status"),
    "empty": empty,
    "lock": lock,
    "sign-in": sign_in,
}


# --- the longest words


def lengthen(hands: Hands) -> None:
    """From now on the made-up services tell the longest words there are."""
    shop, found = hands.fake.shop, long.shop(language.current())
    shop.queue = {row.id: row for row in found.queue}
    shop.cases = {row.id: replace(found.case, id=row.id, mine=row.mine) for row in found.queue}
    shop.give, shop.script, shop.hits, shop.admin = found.give, found.script, list(found.hits), found.admin
    shop.approvals = {row.id: row for row in found.approvals}
    shop.attention, shop.tasks = list(found.attention), list(found.tasks)
    hands.fake.syncer.status = found.status
    hands.fake.syncer.status_changed.emit(found.status)
    hands.window.top.show_person(found.person)
    shop.changes.announce([], whole=True)


def longest(scene: Scene) -> Scene:
    """The same scene with the longest words."""

    async def go(hands: Hands) -> None:
        lengthen(hands)
        await hands.settle()
        await scene(hands)
        await hands.settle()

    return go


LONG: dict[str, Scene] = {
    f"long-{name}": longest(scene)
    for name, scene in {
        "case": case,
        "why": act("why"),
        "wrap-up": act("wrap_up"),
        "hand-off": act("hand_off"),
        "replay": act("replay"),
        "call-line": call_line("0917"),
        "lookup": lookup,
        "approvals": page("approvals"),
        "attention": page("attention"),
        "tasks": page("tasks"),
        "admin": page("admin"),
        "admin-teams": admin("teams"),
        "admin-desks": admin("desks"),
        "status": page("status"),
    }.items()
}


# --- the states of every list

LISTS: dict[str, Scene] = {
    "queue": page("queue"),
    "lookup": lookup,
    "approvals": page("approvals"),
    "attention": page("attention"),
    "tasks": page("tasks"),
    "people": admin("people"),
    "teams": admin("teams"),
    "stores": admin("stores"),
    "desks": admin("desks"),
    "timeline": case,
    "replay": act("replay"),
}


def clear_out(hands: Hands) -> None:
    """There is nothing of anything."""
    shop = hands.fake.shop
    shop.cases = {key: replace(row, timeline=(), path=()) for key, row in shop.cases.items()}
    shop.queue.clear()
    shop.approvals.clear()
    for rows in (shop.attention, shop.tasks, shop.hits):
        rows.clear()
    shop.admin = replace(shop.admin, staff=(), teams=(), stores=(), installations=())


def stated(state: str, scene: Scene) -> Scene:
    """A list that is empty, on its way, or cannot be read."""

    async def go(hands: Hands) -> None:
        door = hands.fake.shop.door
        if state == "empty":
            clear_out(hands)
        elif state == "loading":
            door.open.clear()
            hands.window.bench.queue.open_page(QueuePage(rows=(), after=None, total=0, known=False))
        else:
            door.broken = True
        hands.fake.shop.changes.announce([], whole=True)
        await hands.settle()
        await scene(hands)
        await hands.settle()

    return go


STATES: dict[str, Scene] = {
    f"{state}-{name}": stated(state, scene) for name, scene in LISTS.items() for state in ("empty", "loading", "failed")
}
SCENES = KEPT | LONG | STATES
