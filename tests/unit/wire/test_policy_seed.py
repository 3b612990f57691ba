"""The policy that a new centre starts with is whole: read without loss, sound, in both languages, every row there."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.domain.commands import COMMANDS
from desk.domain.facts import FACTS
from desk.domain.ledger import EffectKind
from desk.domain.option_inputs import INPUTS
from desk.domain.people import Level
from desk.domain.playbooks import Op, Verb
from desk.domain.policy_checks import check
from desk.domain.tickets import Act, Channel
from desk.resources_path import resource
from desk.wire import policy_seed
from desk.wire.codec import ShapeError, policy_from_plain, to_plain
from desk.wire.playbook_files import read_playbook
from desk.wire.policy_seed import load_seed, load_teams

SUBTYPE_ROWS = {42, 43, 44, 45, 47, 48, 49, 51, 52, 53, 54, 56, 57, 58, 60, 61, 63}
CAUSES = {"payment": 5, "stock": 4, "logistics": 5, "customer_data": 3, "system": 4, "malicious": 3}


def test_the_seed_is_sound_and_its_teams_exist() -> None:
    assert check(load_seed(), [team.id for team in load_teams()]) == ()


def test_every_kind_of_trouble_of_the_mission_is_there() -> None:
    types = load_seed().exceptions
    assert {subtype.row for kind in types for subtype in kind.subtypes} == SUBTYPE_ROWS
    assert sum(len(kind.subtypes) for kind in types) == 17
    assert {kind.key for kind in types} == set(CAUSES)
    for kind in types:
        assert len(kind.causes) >= CAUSES[kind.key]


def test_the_numbers_of_the_field_are_settings() -> None:
    policy = load_seed()
    for channel in Channel:
        assert policy.tickets.channels[channel].first_response_minutes == 15
    app = policy.tickets.channels[Channel.APP]
    assert (app.warn_minutes, app.automatic_response) == (10, True)
    assert policy.cancellation.closed_before_wave_minutes == 120
    assert policy.cancellation.auto_path_seconds == 180
    assert policy.parcels.silent_hours == 48
    assert policy.restitution.tenders["bank_card"].arrival_days == (1, 3)
    holds = [p.minutes for t in policy.messages.templates for p in t.promises if p.code == "hold"]
    assert set(holds) == {2}


def test_the_reasons_of_the_mission_are_offered_in_order_of_haste() -> None:
    reasons = {reason.key: reason for reason in load_seed().cancellation.reasons}
    assert {"wrong_address", "no_longer_wanted", "not_as_described", "too_slow"} <= set(reasons)
    deeper = {cause.key for reason in reasons.values() for cause in reason.causes}
    assert {"description_mismatch", "logistics_delay", "need_changed", "impulse"} <= deeper
    assert all(reason.alternatives for reason in reasons.values())


def test_what_is_taken_instead_of_a_cancel_leads_to_its_own_outcome() -> None:
    ends = {one.key: one.outcome for reason in load_seed().cancellation.reasons for one in reason.alternatives}
    assert ends == {
        "wait": "withdrawn",  # the customer keeps the order as it is
        "explain_goods": "withdrawn",
        "change_address": "alternative",
        "redirect": "alternative",
        "pickup": "alternative",
        "swap": "alternative",
        "part_cancel": "alternative",
        "ship_first": "alternative",
        "reorder": "cancelled",  # this order does end
        "reorder_near": "cancelled",
    }


def test_every_command_may_be_issued_by_somebody_and_every_effect_has_a_team() -> None:
    policy = load_seed()
    allowed = {name for names in policy.permissions.values() for name in names}
    assert {name for name, _ in COMMANDS} == allowed
    assert set(policy.effect_teams) == set(EffectKind)
    assert set(policy.permissions) == set(Level)


def test_the_words_cover_the_five_acts_for_both_kinds() -> None:
    templates = load_seed().messages.templates
    assert len(templates) >= 20
    for kind in ("cancel", "exception"):
        acts = {act for t in templates if not t.kinds or kind in t.kinds for act in t.acts}
        assert acts == set(Act)


def test_the_seed_survives_the_wire() -> None:
    policy = load_seed()
    assert policy_from_plain(to_plain(policy)) == policy


def test_a_misspelt_setting_is_an_error_and_not_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("policy", "templates", "playbooks"):
        folder = tmp_path / name
        folder.mkdir()
        for path in resource(name).glob("*.toml"):
            folder.joinpath(path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(policy_seed, "resource", lambda *parts: tmp_path.joinpath(*parts))
    assert load_seed().version == 1

    scope = tmp_path / "policy" / "scope.toml"
    right = scope.read_text(encoding="utf-8")
    scope.write_text(right.replace("archived_days", "archive_days"), encoding="utf-8")
    with pytest.raises(ShapeError, match=r"policy\.scope\.archive_days is not known"):
        load_seed()

    scope.write_text(right + "\n[connectors]\nx = {}\n", encoding="utf-8")
    with pytest.raises(ShapeError, match="connectors is already in another file"):
        load_seed()

    scope.write_text(right + "\nbroken =", encoding="utf-8")
    with pytest.raises(ShapeError, match=r"scope\.toml"):
        load_seed()


def test_a_resource_that_is_not_there_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/policy/nothing\.toml"):
        resource("policy", "nothing.toml")


def test_whoever_writes_a_playbook_finds_every_word_of_it_explained() -> None:
    told = Path(__file__).parents[3].joinpath("docs", "playbooks.md").read_text(encoding="utf-8")
    words = {*FACTS, *INPUTS, *(verb.value for verb in Verb), *(op.value for op in Op)}
    assert {word for word in words if f"`{word}`" not in told} == set()


def test_the_example_in_the_docs_is_read(tmp_path: Path) -> None:
    told = Path(__file__).parents[3].joinpath("docs", "playbooks.md").read_text(encoding="utf-8")
    [example] = [part.split("```")[0] for part in told.split("```toml\n")[1:]]
    (tmp_path / "melted.toml").write_text(example, encoding="utf-8")
    playbook = read_playbook(tmp_path / "melted.toml")
    assert (playbook.type, playbook.subtype.key, len(playbook.templates)) == ("logistics", "melted", 1)
