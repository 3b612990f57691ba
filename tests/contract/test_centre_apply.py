"""What the centre does with commands: once each, in sequence, by its own rules, whatever a client says."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from desk.central import verify
from desk.central.apply import Applier
from desk.central.store import Transaction
from desk.domain.commands import ClaimTicket, OpenTicket
from desk.domain.people import Level
from desk.domain.rule import RULES
from desk.domain.tickets import Channel, Kind
from tests.helpers.centre import Desk, World


@pytest.fixture
def desk(centre: World) -> Desk:
    centre.person("wangfang")
    centre.order("20260001")
    return centre.desk("wangfang")


def opening(centre: World, ticket_id: str = "k1") -> OpenTicket:
    return OpenTicket(
        id=centre.id(),
        ticket_id=ticket_id,
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team="hotline",
        order_id="o-20260001",
    )


def test_the_same_command_again_gets_the_stored_verdict(centre: World, desk: Desk):
    item = desk.item(opening(centre))
    first = desk.push(item)["verdicts"][0]
    digest = verify.state_digest(centre.service.store.engine)

    again = desk.push(item)["verdicts"][0]

    assert again == first | {"duplicate": True}
    assert verify.state_digest(centre.service.store.engine) == digest


@pytest.mark.expect_log("command id used again with other content")
def test_the_same_id_with_other_content_is_refused_and_alarms(centre: World, desk: Desk):
    item = desk.item(opening(centre))
    desk.push(item)
    digest = verify.state_digest(centre.service.store.engine)

    forged = item | {"args": item["args"] | {"reason": "too_late"}}
    verdict = desk.push(forged)["verdicts"][0]

    assert (verdict["status"], verdict["code"], verdict["duplicate"]) == ("refused", "id_reused", False)
    assert verify.state_digest(centre.service.store.engine) == digest


@pytest.mark.expect_log("command id used again with other content")
def test_a_command_of_another_desk_cannot_be_repeated_under_ones_own_name(centre: World, desk: Desk):
    item = desk.item(opening(centre))
    desk.push(item)
    centre.person("liqiang")
    other = centre.desk("liqiang")
    verdict = other.push(item | {"actor": other.person})["verdicts"][0]
    assert verdict["code"] == "id_reused"


def test_after_a_gap_nothing_is_looked_at(centre: World, desk: Desk):
    one, two, three = (desk.item(opening(centre, f"k{i}")) for i in range(3))
    verdicts = desk.push(one, three)["verdicts"]
    assert [verdict["status"] for verdict in verdicts] == ["applied", "retry"]

    verdicts = desk.push(one, two, three)["verdicts"]
    # The second joins the ticket that the first opened on that order.
    assert [verdict["status"] for verdict in verdicts] == ["applied", "applied", "applied"]
    assert [verdict["duplicate"] for verdict in verdicts] == [True, False, False]


def test_a_slow_machine_closes_commits_early_and_answers_every_command(centre: World, desk: Desk):
    ticks = itertools.count(0, 0.06)
    applier = Applier(centre.service.store, centre.service.secrets.hash_key, monotonic=lambda: next(ticks))
    before = centre.service.store.head_now().n
    commands = [replace(opening(centre, f"k{one}"), order_id=None, order_number=f"N{one}") for one in range(20)]
    verdicts = applier.system(commands)
    assert [verdict.status for verdict in verdicts] == ["applied"] * 20
    assert centre.service.store.head_now().n - before == 10, "two to a commit: 60 ms for each"
    assert verify.verify(centre.service.store.engine) == []


@pytest.mark.expect_log("sequence number used again")
def test_a_sequence_number_is_taken_once(centre: World, desk: Desk):
    desk.push(desk.item(opening(centre)))
    other = desk.item(ClaimTicket(id=centre.id(), ticket_id="k1"), seq=1)
    assert desk.push(other)["verdicts"][0]["code"] == "seq_reused"


def test_nobody_acts_under_another_name(centre: World, desk: Desk):
    centre.person("liuyang", Level.SUPERVISOR)
    digest = verify.state_digest(centre.service.store.engine)
    verdict = desk.push(desk.item(opening(centre), actor="u-liuyang"))["verdicts"][0]
    assert (verdict["status"], verdict["code"]) == ("refused", "not_your_name")
    assert verify.state_digest(centre.service.store.engine) == digest


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "MakeMeRich"}, "unknown_command"),
        ({"v": 9}, "unknown_command"),
        ({"args": {"ticket_id": "k1", "kind": "cancel", "colour": "red"}}, "malformed"),
        ({"args": {"ticket_id": 12}}, "malformed"),
        ({"name": "PublishPolicy", "args": {"document": {}}}, "malformed"),
        (
            {"name": "SaveStaff", "args": {"staff_id": "u-wangfang", "login": "wangfang", "level": "admin"}},
            "not_permitted",
        ),
    ],
)
def test_what_cannot_be_read_or_is_not_allowed_is_a_verdict_and_changes_nothing(
    centre: World, desk: Desk, changed: dict, code: str
):
    digest = verify.state_digest(centre.service.store.engine)
    verdict = desk.push(desk.item(opening(centre), **changed))["verdicts"][0]
    assert (verdict["status"], verdict["code"]) == ("refused", code)
    assert verify.state_digest(centre.service.store.engine) == digest
    # The queue moves on.
    assert desk.push(desk.item(opening(centre)))["verdicts"][0]["status"] == "applied"


@pytest.mark.expect_log("quarantined")
def test_a_bug_in_a_rule_quarantines_that_command_and_the_queue_goes_on(
    centre: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    loader, _ = RULES[ClaimTicket]

    def broken(case, command, setting):
        raise ZeroDivisionError("phone 13800000001")

    monkeypatch.setitem(RULES, ClaimTicket, (loader, broken))
    verdicts = desk.push(opening(centre), ClaimTicket(id=centre.id(), ticket_id="k1"), opening(centre, "k2"))[
        "verdicts"
    ]
    assert [verdict["status"] for verdict in verdicts] == ["applied", "quarantined", "applied"]
    assert verify.verify(centre.service.store.engine) == []


@pytest.mark.expect_log("quarantined")
def test_content_that_the_database_refuses_is_quarantined_alone(
    centre: World, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """A constraint speaks at the end of the commit: the others of the batch are applied all the same."""
    write = Transaction._write_entities

    def refusing(tx: Transaction) -> None:
        for entity in list(tx.book.staged.values()):
            if entity.id == "poison":
                object.__setattr__(entity, "number", None)
        write(tx)

    monkeypatch.setattr(Transaction, "_write_entities", refusing)
    centre.order("20260002")
    poison = OpenTicket(
        id=centre.id(),
        ticket_id="poison",
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        team="hotline",
        order_id="o-20260002",
    )
    verdicts = desk.push(opening(centre), poison, ClaimTicket(id=centre.id(), ticket_id="k1"))["verdicts"]
    assert [verdict["status"] for verdict in verdicts] == ["applied", "quarantined", "applied"]
    again = desk.push(desk.item(poison, seq=2))["verdicts"][0]
    assert (again["status"], again["duplicate"]) == ("quarantined", True)
    assert verify.verify(centre.service.store.engine) == []


def test_receipts_hold_no_word_of_a_customer(centre: World, desk: Desk):
    desk.do(
        "OpenTicket", ticket_id="k1", kind="cancel", channel="hotline", team="hotline", order_id="o-20260001",
        words="my number is 13912345678",
    )  # fmt: skip
    desk.do("ClaimTicket", ticket_id="k1")
    desk.do("AddNote", ticket_id="k1", words="call 13912345678")
    with centre.service.store.reading() as connection:
        for table in ("receipts", "feed", "tickets", "commits"):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}"):
                assert "13912345678" not in str(row)
                assert "陈小明" not in str(row)


def test_a_ticket_number_is_given_once(centre: World, desk: Desk):
    for number in range(5):
        centre.order(f"2026100{number}")
    commands = [
        OpenTicket(
            id=centre.id(),
            ticket_id=f"k{i}",
            kind=Kind.CANCEL,
            channel=Channel.HOTLINE,
            team="hotline",
            order_id=f"o-2026100{i}",
        )
        for i in range(5)
    ]
    desk.push(*commands)
    desk.pull()
    numbers = [desk.doc("ticket", f"k{i}")["number"] for i in range(5)]
    assert numbers == ["T100001", "T100002", "T100003", "T100004", "T100005"]
