"""A new kind of trouble is one data file: it is offered, checked, handled and spoken of without a line of code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desk.domain import checking, handling, messages
from desk.domain.case import Case
from desk.domain.commands import AnswerCheck, SetReason, TakeOption
from desk.domain.facts import facts_of
from desk.domain.ledger import BenefitKind, LedgerEntry
from desk.domain.loading import Gathering
from desk.domain.orders import OrderState, Parcel, Scan
from desk.domain.policy import Policy
from desk.domain.policy_checks import check
from desk.domain.tasks import Task
from desk.domain.tickets import Answer, Kind
from desk.resources_path import resource
from desk.services.choices import owned
from desk.wire import policy_seed
from desk.wire.codec import policy_from_plain, to_plain
from tests.helpers.cases import HOUR, START, World, make_line, make_order, make_ticket
from tests.helpers.playbooks import MELTED


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Policy:
    """The seed of a house that put one more file into its resources."""
    for folder in ("policy", "templates", "playbooks"):
        shutil.copytree(resource(folder), tmp_path / folder)
    shutil.copy(resource("teams.toml"), tmp_path)
    (tmp_path / "playbooks" / "melted.toml").write_text(MELTED, encoding="utf-8")
    monkeypatch.setattr(policy_seed, "resource", lambda *parts: tmp_path.joinpath(*parts))
    return policy_seed.load_seed()


@pytest.fixture
def melted(policy: Policy) -> World:
    """A box of ice cream that stood in the sun, on a ticket of whose trouble only the type is known."""
    scan = Scan(at=START - HOUR, place="杭州", text="已到达", code="depot")
    parcel = Parcel(id="p1", carrier="顺丰速运", tracking="SF1", shipped_at=START - 9 * HOUR, trace=(scan,))
    order = make_order(state=OrderState.SHIPPED, parcels=(parcel,), lines=(make_line(flags=("fresh",)),))
    ticket = make_ticket(kind=Kind.EXCEPTION, reason="", type="logistics")
    return World(order, ticket, policy=policy)


def case_of(world: World) -> Case:
    gathering = Gathering(world.book)
    gathering.ticket("k1")
    return gathering.case()


def test_it_is_a_sound_part_of_the_policy_and_travels(policy: Policy) -> None:
    assert check(policy, [team.id for team in policy_seed.load_teams()]) == ()
    assert policy_from_plain(to_plain(policy)) == policy
    assert sum(len(kind.subtypes) for kind in policy.exceptions) == 18


def test_forms_offer_it_with_its_team_and_causes(policy: Policy) -> None:
    [kind] = [kind for kind in policy.exceptions if kind.key == "logistics"]
    [choice] = [choice for choice in owned(kind) if choice.key == "melted"]
    assert (choice.names["zh"], choice.owner) == ("融化", "logistics")
    assert [cause.key for cause in choice.more] == ["weather"]


def test_it_is_checked_handled_and_spoken_of(melted: World) -> None:
    assert melted.refuse(SetReason, ticket_id="k1", type="logistics", subtype="melted", causes=("route",))
    melted.accept(SetReason, ticket_id="k1", type="logistics", subtype="melted", causes=("weather",))
    playbook = checking.playbook_of(melted.policy, melted.ticket())
    assert playbook is not None
    facts = facts_of(melted.order(), ticket=melted.ticket(), policy=melted.policy, now=melted.now)
    [reading] = checking.readings(playbook, melted.ticket(), facts)
    assert (reading.answer, reading.by_itself) == (Answer.YES, True)
    melted.accept(AnswerCheck, ticket_id="k1", check="is_fresh", answer=Answer.YES, words="冰淇淋")

    [offer] = handling.offered(
        handling.load_handling(melted.book, "k1", melted.policy), melted.ticket(), melted.setting()
    )
    assert (offer.refused, offer.amount) == ("", 10000)
    melted.later(minutes=1)
    melted.accept(TakeOption, ticket_id="k1", option="refund", expected=10000)
    [entry] = melted.all(LedgerEntry)
    assert (entry.kind, entry.cost) == (BenefitKind.REFUND, 10000)
    assert [task.what for task in melted.all(Task)] == ["carrier_claim"]

    [first, *_] = messages.suggest(case_of(melted), melted.ticket(), melted.setting())
    assert first.key == "melted_refunded"
    said = messages.script(case_of(melted), melted.ticket(), melted.setting(), first, "zh", {})
    assert said.text == "尊敬的顾客，¥100.00已经退回。"
