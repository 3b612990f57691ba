"""Pushes of several desks in one commit: each gets what it would have got alone, and one's fault is one's own."""

from __future__ import annotations

import hashlib
from concurrent.futures import Future
from typing import Any

import pytest

from desk.central import verify
from desk.central.apply import SessionOver, ShutOut, Submitted
from desk.central.gathering import Gathering
from desk.central.problems import Problem
from desk.central.store import Transaction
from desk.domain.commands import AddNote, ClaimTicket, Command, OpenTicket, RevealContact
from desk.domain.people import Level
from desk.domain.rule import RULES
from desk.domain.tickets import Channel, Kind
from tests.helpers.centre import Desk, World

NAMES = ("wangfang", "liqiang", "zhaomin", "sunli")


@pytest.fixture
def desks(centre: World) -> list[Desk]:
    """Four people at four desks, an order for each."""
    found = []
    for number, name in enumerate(NAMES):
        centre.person(name)
        centre.order(f"2026000{number}")
        found.append(centre.desk(name))
    return found


def opening(centre: World, number: int) -> OpenTicket:
    return OpenTicket(
        id=centre.id(),
        ticket_id=f"k{number}",
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team="hotline",
        order_id=f"o-2026000{number}",
    )


def batch(desk: Desk, *commands: Command) -> list[Submitted]:
    """What a desk would push, as the centre reads it."""
    return [Submitted(**{**desk.item(one), "claimed_at": desk.world.clock()}) for one in commands]


def test_a_contact_that_is_asked_for_twice_in_one_commit_is_shown(centre: World, desks: list[Desk]):
    """Two windows of one person: what is written twice in a commit is written as last said."""
    desk = desks[0]
    opened = desk.do(
        "OpenTicket", ticket_id="k0", order_id="o-20260000", kind="cancel", channel="hotline", team="hotline"
    )
    assert opened["status"] == "applied"
    desk.do("ClaimTicket", ticket_id="k0")
    asked = [desk.item(RevealContact(id=centre.id(), ticket_id="k0", customer_id="c-20260000")) for _ in range(2)]
    told = desk.push(*asked)
    assert [verdict["status"] for verdict in told["verdicts"]] == ["applied", "applied"]
    assert desk.get("/v1/private/c-20260000").json()["values"]["phone"] == "13800000000"


def test_a_session_that_has_ended_changes_nothing_though_it_was_proved_a_moment_ago(centre: World, desks: list[Desk]):
    """Signed out, or over by its time, at a centre that remembers who this was; others in the commit go on."""
    signed_out, stays = desks[0], desks[1]
    open_ = {"kind": "cancel", "channel": "hotline", "team": "hotline"}
    told = signed_out.do("OpenTicket", ticket_id="k0", order_id="o-20260000", **open_)
    assert told["status"] == "applied", "it is remembered from now on"
    item = signed_out.item(ClaimTicket(id=centre.id(), ticket_id="k0"))
    assert centre.client.post("/v1/sign-out", headers=signed_out.headers).status_code == 204
    head = centre.service.store.head_now()
    for items in ([item], []):
        reply = centre.client.post("/v1/push", json={"batch": items}, headers=signed_out.headers)
        assert (reply.status_code, reply.json()["code"]) == (401, "sign_in_again")
    assert centre.service.store.head_now() == head

    session = hashlib.sha256(signed_out.token.encode()).hexdigest()
    with centre.service.store.writing():
        ended = centre.service.pushes.submit(
            signed_out.person, signed_out.installation, batch(signed_out, opening(centre, 2)), session
        )
        other = centre.service.pushes.submit(stays.person, stays.installation, batch(stays, opening(centre, 1)))
    assert isinstance(ended.exception(timeout=30), SessionOver)
    assert [verdict.status for verdict in other.result(30)[0]] == ["applied"]

    centre.clock.pass_(minutes=119)
    assert stays.get("/v1/pull").status_code == 200, "remembered anew"
    centre.clock.pass_(minutes=2)
    late = stays.item(ClaimTicket(id=centre.id(), ticket_id="k1"))
    reply = centre.client.post("/v1/push", json={"batch": [late]}, headers=stays.headers)
    assert (reply.status_code, reply.json()["code"]) == (401, "sign_in_again")


def at_once(centre: World, *pushes: tuple[Desk, list[Submitted]]) -> list[Any]:
    """Pushes that arrive while somebody else writes: the verdicts of each, or the error it got."""
    with centre.service.store.writing():
        made = [centre.service.pushes.submit(desk.person, desk.installation, items) for desk, items in pushes]
    return [_ended(one) for one in made]


def _ended(one: Future[Any]) -> Any:
    error = one.exception(timeout=30)
    return error or [verdict.status for verdict in one.result()[0]]


def test_what_waits_is_written_in_one_commit(centre: World, desks: list[Desk]):
    before = centre.service.store.head_now().n
    opened = [(desk, batch(desk, opening(centre, number))) for number, desk in enumerate(desks)]

    assert at_once(centre, *opened) == [["applied"]] * 4

    # The first found nobody before it and went alone; the three that came while it waited went together.
    assert centre.service.store.head_now().n - before <= 2
    for desk in desks:
        desk.pull()
    assert [desks[0].doc("ticket", f"k{number}")["number"] for number in range(4)] == [
        "T100001",
        "T100002",
        "T100003",
        "T100004",
    ]
    assert [[one["status"] for one in desk.verdicts] for desk in desks] == [["applied"]] * 4
    assert verify.verify(centre.service.store.engine) == []


def test_of_two_who_reach_for_one_ticket_in_one_commit_one_gets_it(centre: World, desks: list[Desk]):
    desks[0].push(opening(centre, 0))
    reaching = [(desk, batch(desk, ClaimTicket(id=centre.id(), ticket_id="k0"))) for desk in desks]

    assert at_once(centre, *reaching) == [["applied"], ["refused"], ["refused"], ["refused"]]

    desks[1].pull()
    assert desks[1].doc("ticket", "k0")["holder"] == "u-wangfang"


@pytest.mark.expect_log("quarantined")
def test_a_bug_that_one_desk_meets_leaves_the_others_of_the_commit(
    centre: World, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
):
    loader, rule = RULES[OpenTicket]

    def broken(case, command, setting):
        if command.ticket_id == "k2":
            raise ZeroDivisionError("phone 13800000001")
        return rule(case, command, setting)

    monkeypatch.setitem(RULES, OpenTicket, (loader, broken))
    opened = [(desk, batch(desk, opening(centre, number))) for number, desk in enumerate(desks)]
    assert at_once(centre, *opened) == [["applied"], ["applied"], ["quarantined"], ["applied"]]
    assert verify.verify(centre.service.store.engine) == []


@pytest.mark.expect_log("pipeline aborted")  # the driver's own word for what follows the refused statement
@pytest.mark.expect_log("quarantined")
def test_content_that_the_database_refuses_is_quarantined_alone_in_a_shared_commit(
    centre: World, desks: list[Desk], monkeypatch: pytest.MonkeyPatch
):
    """The whole commit is taken back; then each push goes by itself, and in the one at fault each command."""
    write = Transaction._write_entities

    def refusing(tx: Transaction) -> None:
        for entity in list(tx.book.staged.values()):
            if entity.id == "k2":
                object.__setattr__(entity, "number", None)
        write(tx)

    monkeypatch.setattr(Transaction, "_write_entities", refusing)
    opened = [
        (desk, batch(desk, opening(centre, number), AddNote(id=centre.id(), ticket_id=f"k{number}", words="x")))
        for number, desk in enumerate(desks)
    ]
    good = ["applied", "applied"]
    assert at_once(centre, *opened) == [good, good, ["quarantined", "refused"], good]
    again = desks[2].push(desks[2].item(opening(centre, 2), seq=3))["verdicts"][0]
    assert again["status"] == "quarantined", "its numbers were counted: the queue goes on"
    assert verify.verify(centre.service.store.engine) == []


def test_the_same_batch_twice_in_one_commit_is_applied_once(centre: World, desks: list[Desk]):
    """A desk whose line broke pushes again while its first push still waits."""
    mine = batch(desks[1], opening(centre, 1))
    other = batch(desks[0], opening(centre, 0))
    with centre.service.store.writing():
        made = [
            centre.service.pushes.submit(desk.person, desk.installation, items)
            for desk, items in ((desks[0], other), (desks[1], mine), (desks[1], mine))
        ]
    _, (first,), (second,) = (one.result(timeout=30)[0] for one in made)
    assert (first.status, first.duplicate, second.status, second.duplicate) == ("applied", False, "applied", True)
    assert second.n == first.n


def test_a_gap_of_one_desk_holds_up_no_other(centre: World, desks: list[Desk]):
    _lost, late = batch(desks[1], opening(centre, 1), opening(centre, 2))
    pushes = [(desks[0], batch(desks[0], opening(centre, 0))), (desks[1], [late]), (desks[2], batch(desks[2]))]
    assert at_once(centre, *pushes) == [["applied"], ["retry"], []]


def test_who_is_shut_out_in_the_same_commit_does_nothing_more(centre: World, desks: list[Desk]):
    centre.person("admin", Level.ADMIN, ())
    admin = centre.desk("admin", "admin")
    leaving = admin.item_of(
        "SaveStaff", staff_id="u-liqiang", login="liqiang", level="agent", teams=["hotline"], active=False
    )
    out = [Submitted(**{**leaving, "claimed_at": centre.clock()})]
    pushes = [
        (desks[0], batch(desks[0], opening(centre, 0))),
        (admin, out),
        (desks[1], batch(desks[1], opening(centre, 1))),
        (desks[2], batch(desks[2], opening(centre, 2))),
    ]
    first, saved, shut_out, last = at_once(centre, *pushes)
    assert (first, saved, last) == (["applied"], ["applied"], ["applied"])
    assert isinstance(shut_out, ShutOut)


def test_more_than_fits_one_commit_goes_into_several_and_nobody_is_forgotten(centre: World, desks: list[Desk]):
    for number, desk in enumerate(desks):
        desk.push(opening(centre, number), ClaimTicket(id=centre.id(), ticket_id=f"k{number}"))
    pushes = [
        (desk, batch(desk, *(AddNote(id=centre.id(), ticket_id=f"k{number}", words=f"{i}") for i in range(30))))
        for number, desk in enumerate(desks)
    ]
    before = centre.service.store.head_now().n
    assert at_once(centre, *pushes) == [["applied"] * 30] * 4
    assert centre.service.store.head_now().n - before >= 3, "fifty to a commit"
    assert verify.verify(centre.service.store.engine) == []


def test_too_many_who_wait_are_asked_to_come_again(centre: World, desks: list[Desk]):
    pushes = Gathering(centre.service.applier, room=3)
    with centre.service.store.writing():
        made = [
            pushes.submit(desk.person, desk.installation, batch(desk, opening(centre, number)))
            for number, desk in enumerate(desks[:3])
        ]
        with pytest.raises(Problem, match="too much at once"):
            pushes.submit(desks[3].person, desks[3].installation, batch(desks[3], opening(centre, 3)))
    assert [_ended(one) for one in made] == [["applied"]] * 3
    pushes.close()
