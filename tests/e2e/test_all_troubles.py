"""Every kind of trouble from detection or a call to the archive, in the window: PostgreSQL, other systems, two desks.

One person works the cases, another answers what teams are asked. What the shop's systems tell: tests/helpers/troubles.
How it is handled: the seed's playbooks. A run plays a part of the seventeen, another each day; PROOFS=1 all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desk.domain.ledger import Effect, EffectState, EntryState, LedgerEntry
from desk.domain.playbooks import Option, Subtype
from desk.domain.tasks import Task, TaskState
from desk.domain.tickets import Stage, Ticket
from desk.tour.far import FarDesk
from desk.views import words
from desk.wire.policy_seed import load_seed
from tests.helpers.books import eventually
from tests.helpers.desk_acts import sign_in
from tests.helpers.pg_fixtures import Clone
from tests.helpers.silence import lasting_threads
from tests.helpers.stand import Floor, Where, stand
from tests.helpers.todays import of_today
from tests.helpers.troubles import TROUBLES, Trouble

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("troubles")]
PARTS = 8
TEAMS = ("hotline", "finance", "tech", "purchasing", "warehouse", "logistics")


@dataclass
class Shift:
    """The desks of a shift, and how many cases they had."""

    floor: Floor
    agent: FarDesk
    specialist: FarDesk
    cases: int = 0

    def number(self) -> str:
        """A fresh order number."""
        self.cases += 1
        return f"88002611230{self.cases:04}"


@pytest.fixture(scope="module")
def shift(pg_module_clone: Clone, prepare, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shift]:
    """One shift for all of them: a centre takes longer to start than a case to work."""
    folder: Path = tmp_path_factory.mktemp("shift")
    where: Where = ("--database-url", pg_module_clone("troubles", lambda url: prepare(("--database-url", url))))
    with lasting_threads("line"), stand(where, folder) as floor:
        everywhere = [part for team in TEAMS for part in ("--team", team)]
        floor.centre.add_person("maya", "Maya", "supervisor", *everywhere)
        floor.centre.add_person("sam", "Sam", "specialist", *everywhere)
        agent, specialist = floor.new_desk("agent", *everywhere), floor.new_desk("specialist", *everywhere)
        sign_in(agent, "maya")
        sign_in(specialist, "sam")
        yield Shift(floor, agent, specialist)


@pytest.mark.parametrize("trouble", of_today(TROUBLES, PARTS), ids=lambda trouble: trouble.subtype)
def test_each_kind_of_trouble_goes_from_its_first_sign_to_the_archive(shift: Shift, trouble: Trouble) -> None:
    playbook = playbook_of(trouble)
    option = next(one for one in playbook.options if one.key == trouble.option)
    case = Work(shift, trouble, playbook, option, shift.number())
    case.arise()
    case.take()
    case.find_the_cause()
    case.handle()
    case.other_teams_answer()
    case.close()
    case.assert_at_the_centre()


def playbook_of(trouble: Trouble) -> Subtype:
    """The seed's playbook for it."""
    return next(one for kind in load_seed().exceptions for one in kind.subtypes if one.key == trouble.subtype)


@dataclass
class Work:
    """One case at the window, step by step."""

    shift: Shift
    trouble: Trouble
    playbook: Subtype
    option: Option
    number: str

    @property
    def agent(self) -> FarDesk:
        return self.shift.agent

    @property
    def sign(self) -> str:
        """How its ticket is known in lists."""
        return self.number[-4:]

    def arise(self) -> None:
        """The shop's systems tell their facts; detection finds what is wrong, or the customer calls."""
        for what, item in self.trouble.tell(datetime.now(UTC), self.number):
            self.shift.floor.ingest(what, item)
        if self.trouble.words:
            self.call()
        else:
            eventually(lambda: [one.subtype for one in self.tickets()], [self.trouble.subtype])
            assert self.ticket().finding is not None

    def call(self) -> None:
        """The customer says it on the telephone; the agent picks what kind of trouble it is and opens."""
        self.agent.press("L")
        if self.trouble.orderless:
            self.agent.write(self.number, "Look up")
            self.agent.press("Return")
            self.agent.see("Open a ticket without an order")
            self.agent.write(self.number, "Order number")
        else:
            self.agent.press("Ctrl+K")
            self.agent.write(self.number)
            self.agent.press("Return")
            self.agent.see(f"Open a ticket for {self.number}")
        self.agent.choose("Kind", "Exception")
        self.agent.write(self.trouble.words, "What the customer says")
        self.agent.choose("Why", self.playbook.names["en"])
        self.agent.click("Open and claim")
        self.agent.see("Playbook")

    def take(self) -> None:
        """Open and claim it; what was seen stands there."""
        if not self.trouble.words:
            self.agent.press("Ctrl+K")
            self.agent.write(self.number)
            self.agent.press("Return")
            self.agent.see(self.number)
            self.agent.see("Found")
            self.agent.click("Claim and start")
        self.agent.see(self.playbook.names["en"])
        self.agent.click("Start work")
        self.agent.see("Cause found, resolve")
        self.agent.click("Said")
        self.agent.see("☑ Notify")
        assert "result of the review" not in self.agent.read(), "a promise has the name of its own template"

    def find_the_cause(self) -> None:
        """The checks that only a person can answer, and the cause; others the order has answered by itself."""
        self.agent.press("G")
        asked = [one.key for one in self.playbook.checks if one.required and not one.expects]
        self.agent.press(*("Y" for _ in asked))
        self.agent.see_not(" required")
        eventually(lambda: {one.check for one in self.ticket().checks} >= set(asked), True)
        self.agent.click(self.cause)
        eventually(lambda: len(self.ticket().causes), 1)
        self.agent.click("Cause found, resolve")
        self.agent.see_not("Cause found, resolve")

    def handle(self) -> None:
        """Take the option, with what it needs to know; money asks for a second key."""
        self.agent.click(self.button())
        for key, value in self.trouble.inputs.items():
            self.agent.write(value, words.word("input", key))
        if self.trouble.inputs:
            self.agent.press("Ctrl+Return")
        if "leaves for good" in self.agent.read():
            self.agent.press("Return")
        eventually(lambda: [one.option for one in self.ticket().options], [self.option.key])
        self.agent.see("all sent")

    def button(self) -> str:
        """The option's button says the act, and the amount where money moves."""
        said = self.option.names["en"]
        return next(line for line in self.agent.read().splitlines() if line.startswith(said))

    @property
    def cause(self) -> str:
        """The first cause that the playbook offers, in words."""
        causes = next(one.causes for one in load_seed().exceptions if one.key == self.type)
        wanted = self.playbook.causes[0] if self.playbook.causes else causes[0].key
        return next(one.names["en"] for one in causes if one.key == wanted)

    @property
    def type(self) -> str:
        return next(one.key for one in load_seed().exceptions if self.playbook in one.subtypes)

    def other_teams_answer(self) -> None:
        """Whoever was asked sees it and answers with a reference; the case shows it."""
        for answered in range(1, len(self.tasks()) + 1):
            desk = self.shift.specialist
            desk.press("T")
            desk.choose("Tasks", self.sign)
            desk.press("D")
            desk.write(f"REF-{self.sign}", "Reference")
            desk.write("Looked into it and done.", "Answer")
            desk.press("Ctrl+Return")
            eventually(self.answered, answered)
            self.agent.see(f"REF-{self.sign}")

    def close(self) -> None:
        """Write the record, close, archive."""
        self.agent.press("Z")
        self.agent.write("Found, handled, told.", "What was done")
        if not self.option.outcome:
            self.agent.choose("Outcome", "Exception solved")
        self.agent.choose("Cause", self.cause)
        self.agent.choose("Result", "Solved")
        self.agent.write("Thanked us.", "What the customer said to it")
        self.agent.write("One call was enough.", "Why an act was left out")
        self.agent.see_not("Still missing")
        self.agent.click("Close the case")
        self.agent.see("Service · Closed")
        self.agent.click("Archive")
        self.agent.see("Service · Archived")
        self.agent.see("all sent")

    def assert_at_the_centre(self) -> None:
        """Everything arrived once, and the path says it all."""
        ticket, books = self.ticket(), self.shift.floor.books
        assert (ticket.stage, ticket.subtype, ticket.type != "") == (Stage.ARCHIVED, self.trouble.subtype, True)
        assert ticket.record is not None
        steps = [step.code for step in ticket.path]
        assert steps[0] == "ticket_opened"
        assert {"option_chosen", "record_written", "ticket_closed", "ticket_archived"} <= set(steps)
        assert all(task.state is TaskState.DONE for task in self.tasks())
        effects = [one for one in books.all(Effect) if one.ticket_id == ticket.id]
        eventually(lambda: {one.state for one in self.effects()} <= {EffectState.CONFIRMED}, True)
        assert effects or self.tasks(), "an option did nothing"
        for effect in effects:
            assert self.shift.floor.outside.performed(effect) == 1
        assert {one.state for one in books.all(LedgerEntry, ticket_id=ticket.id)} <= {EntryState.CONFIRMED}

    # --- the centre's books ---

    def tickets(self) -> list[Ticket]:
        return self.shift.floor.books.all(Ticket, order_number=self.number)

    def ticket(self) -> Ticket:
        (ticket,) = self.tickets()
        return ticket

    def effects(self) -> list[Effect]:
        return self.shift.floor.books.all(Effect, ticket_id=self.ticket().id)

    def tasks(self) -> list[Task]:
        return self.shift.floor.books.all(Task, ticket_id=self.ticket().id)

    def answered(self) -> int:
        return sum(one.state is TaskState.DONE for one in self.tasks())
