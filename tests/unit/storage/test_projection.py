"""What the screen shows: the replica with pending acts replayed over it, page by page in sort order."""

from __future__ import annotations

from datetime import timedelta

from desk.domain.commands import AddNote, ClaimTicket, OpenTicket, text_id
from desk.domain.decisions import Accepted
from desk.domain.tickets import Channel, Kind, Ticket
from desk.storage import lists
from desk.storage.lists import TicketFilter
from desk.wire.protocol import Verdict, VerdictStatus
from tests.helpers.desk_data import ACTOR, NOW, at, order, page, row, ticket


def shown(store, ticket_id: str) -> Ticket:
    found = store.read(lambda view: view.projection.book(view.connection).find("ticket", ticket_id))
    assert isinstance(found, Ticket)
    return found


def listed(store, which: TicketFilter | None = None, limit: int = 100) -> list[str]:
    """All pages one after the other."""
    ids: list[str] = []
    after = None
    while True:
        part = store.read(
            lambda view, after=after: lists.tickets(
                view.connection, view.overlay, which or TicketFilter(), after, limit
            )
        )
        ids += [one.id for one in part.tickets]
        after = part.after
        if after is None:
            assert part.total == len(ids)
            return ids


def fill(store, *minutes: int) -> None:
    """Tickets named by the minutes until they are due."""
    rows = [row(ticket(str(due), minutes=due)) for due in minutes]
    store.apply_page(at(1), page(2, *rows), NOW)


def test_an_act_shows_at_once_and_goes_away_when_it_is_refused(store):
    fill(store, 10)
    performed = store.perform(ClaimTicket(id="c", ticket_id="10"), ACTOR, NOW, online=False)
    assert ("ticket", "10") in performed.keys
    assert shown(store, "10").holder == ACTOR.id
    store.next_batch(ACTOR.id, 50, 10**6)
    verdict = Verdict(id="c", status=VerdictStatus.REFUSED, n=3, code="claimed_by_other")
    other = row(ticket("10", minutes=10, holder="staff-liu", claim_expires_at=NOW + timedelta(hours=1)))
    told = store.apply_page(at(2), page(3, other, verdicts=(verdict,)), NOW)
    assert ("ticket", "10") in told.keys
    assert shown(store, "10").holder == "staff-liu"


def test_acts_build_on_one_another_and_on_what_the_feed_brings(store):
    fill(store, 10)
    store.perform(ClaimTicket(id="c", ticket_id="10"), ACTOR, NOW, online=False)
    store.perform(AddNote(id="n", ticket_id="10", words="等仓库回话"), ACTOR, NOW, online=False)
    store.apply_page(at(2), page(3, row(ticket("10", minutes=10, mood="angry"))), NOW)
    seen = shown(store, "10")
    assert (seen.holder, seen.mood, len(seen.notes)) == (ACTOR.id, "angry", 1)
    words = store.read(lambda view: view.projection.book(view.connection).private(text_id("n", "words")))
    assert words == {"text": "等仓库回话"}


def test_a_ticket_opened_offline_is_in_the_queue_with_a_provisional_number(store):
    opening = OpenTicket(
        id="open",
        ticket_id="new",
        kind=Kind.CANCEL,
        channel=Channel.STORE,
        team="hotline",
        order_number="20240917000555",
    )
    performed = store.perform(opening, ACTOR, NOW, online=False)
    assert isinstance(performed.decision, Accepted), performed.decision
    assert shown(store, "new").number.startswith("?")


def test_a_list_is_one_sequence_whatever_the_page_size_and_the_overlay(store):
    fill(store, 30, 10, 20, 50, 40, 15)
    for limit in (1, 2, 3, 100):
        assert listed(store, limit=limit) == ["10", "15", "20", "30", "40", "50"]
    store.perform(ClaimTicket(id="c", ticket_id="20"), ACTOR, NOW, online=False)
    store.perform(AddNote(id="n", ticket_id="20", words="hello"), ACTOR, NOW, online=False)
    for limit in (1, 2, 3, 100):
        assert listed(store, limit=limit) == ["10", "15", "20", "30", "40", "50"]


def test_filters_mean_the_same_for_stored_and_for_touched_tickets(store):
    fill(store, 10, 20, 30)
    mine, free = TicketFilter(holder=ACTOR.id), TicketFilter(holder="")
    assert listed(store, mine) == []
    store.perform(ClaimTicket(id="c", ticket_id="20"), ACTOR, NOW, online=False)
    assert listed(store, mine) == ["20"]
    assert listed(store, free) == ["10", "30"]
    assert listed(store, TicketFilter(kind=Kind.EXCEPTION)) == []
    assert listed(store, TicketFilter(teams=frozenset({"hotline"}))) == ["10", "20", "30"]
    assert listed(store, TicketFilter(orders=frozenset(), labels=frozenset({"wrong_address"}))) == ["10", "20", "30"]


def test_higher_priority_goes_first_among_equal_due_times(store):
    rows = [row(ticket("calm")), row(ticket("cake", priority=9)), row(ticket("later", minutes=16, priority=99))]
    store.apply_page(at(1), page(2, *rows), NOW)
    assert listed(store, limit=1) == ["cake", "calm", "later"]
    assert listed(store) == ["cake", "calm", "later"]


def test_an_order_fetched_for_a_look_up_is_workable_until_the_feed_brings_it(store):
    one = order()
    store.read(lambda view: view.projection.visit(one.id, [one], {one.customer_id: {"name": "陈*"}}))
    book = store.read(lambda view: view.projection.book(view.connection).find("order", one.id))
    assert book == one
    opening = OpenTicket(
        id="open", ticket_id="new", kind=Kind.CANCEL, channel=Channel.HOTLINE, team="hotline", order_id=one.id
    )
    performed = store.perform(opening, ACTOR, NOW, online=True)
    assert isinstance(performed.decision, Accepted), performed.decision
    assert shown(store, "new").order_id == one.id
    store.apply_page(at(1), page(2, row(one)), NOW)
    assert store.read(lambda view: dict(view.projection.visits)) == {}
