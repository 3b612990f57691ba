"""Whatever is wrong with a playbook's file is named with the file, the place in it, and what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.central.policies import told_problems, with_playbooks
from desk.wire.playbook_files import read_playbook
from desk.wire.policy_seed import load_teams
from tests.helpers.cases import seed_policy
from tests.helpers.playbooks import MELTED

TEAMS = {team.id for team in load_teams()}
CHECKS, OPTION = "checks.is_fresh", "options.refund"
FRESH, ACTS = 'fact = "has_fresh"', 'acts = ["solution"]'
STEPS = """[[escalation]]
after_minutes = 5
level = "senior"
[[escalation]]
after_minutes = 4
level = "manager"
"""
FRESHER = 'fact = "has_frehs"'


def told(folder: Path, text: str) -> str:
    """What is said of a file of that content, put into the seed."""
    path = folder / "melted.toml"
    path.write_text(text, encoding="utf-8")
    try:
        playbook = read_playbook(path)
        return "\n".join(told_problems(with_playbooks(seed_policy(), [playbook]), TEAMS, [playbook]))
    except ValueError as error:
        return str(error)


def test_a_sound_file_is_not_complained_of(tmp_path: Path) -> None:
    assert told(tmp_path, MELTED) == ""


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        # the file itself
        ("row = 0", "row = ", "Invalid value (at line 5"),
        ('key = "melted"', 'key = "molten"', "key: a playbook is named as its file, so this has to be 'melted'"),
        ('type = "logistics"', "", "type: say to which type of trouble it belongs"),
        ('type = "logistics"', 'type = "logistic"', "type: 'logistic' is none of customer_data, logistics,"),
        ("required = true", "requird = true", "checks.0.requird is not known"),
        ("owner =", "ownr =", "ownr is not known"),
        ('owner = "logistics"', "", "owner: Field required"),
        (ACTS, ACTS + '\nsubtypes = ["melted"]', "templates.0.subtypes: leave it out"),
        # facts
        (FRESH, FRESHER, f"{CHECKS}.expects.0.fact: fact_unknown: has_frehs (did you mean has_fresh?)"),
        (FRESH, FRESH + ', op = "abuv"', "checks.0.expects.0.op: Input should be 'is', 'is_not'"),
        (FRESH, FRESH + ', op = "above"', f"{CHECKS}.expects.0.op: not_a_number: has_fresh (above, at_least,"),
        (FRESH, FRESH + ', value = 1', "(has_fresh is true or false)"),
        (FRESH, 'fact = "value", value = "much"', "(value is a whole number (money), minor units)"),
        (FRESH, 'fact = "state", value = 3', "(state is a text in quotes)"),
        (FRESH, 'fact = "state", value = "payed"', f"{CHECKS}.expects.0.value: value_unknown: payed"),
        (FRESH, 'fact = "tier", value = "platinum"', "value_unknown: platinum"),
        (FRESH, 'fact = "value", other = "pieces"', "not_comparable: value pieces (two facts are compared only"),
        (FRESH, 'fact = "value", other = "valu"', f"{CHECKS}.expects.0.other: fact_unknown: valu"),
        ("required = true", 'shows = ["price"]', f"{CHECKS}.shows: fact_unknown: price (did you mean prices?)"),
        # options
        ('item = "carrier_claim"', 'item = "carrier_claims"', f"{OPTION}.deeds.1.item: item_unknown: carrier_claims"),
        ('do = "task"', 'do = "urge"', f"{OPTION}.deeds.1.item: item_not_used: urge (only task and block"),
        ('do = "refund_parcel"', 'do = "refund"', "options.0.deeds.0.do: Input should be"),
        ('do = "refund_parcel"', 'do = "redirect"', f"{OPTION}.deeds.0: input_needed: address phone name"),
        ('do = "refund_parcel"', 'do = "block", days = -1', f"{OPTION}.deeds.0.days: not_between: 0 3660"),
        ('{ do = "refund_parcel" }', '{ do = "refund_parcel" }, { do = "cancel" }', f"{OPTION}.deeds: money_twice"),
        ('gives = ["coupon_10"]', 'gives = ["coupon_11"]', f"{OPTION}.gives: offer_unknown: coupon_11 (did"),
        ('gives = ["coupon_10"]', 'inputs = ["when"]', f"{OPTION}.inputs: input_unknown: when (one of "),
        ('gives = ["coupon_10"]', 'levels = ["admin"]', f"{OPTION}.levels: level_works_no_tickets"),
        ('gives = ["coupon_10"]', 'note = { zh = "注意" }', f"{OPTION}.note: language_missing (say it"),
        ('outcome = "refunded"', 'outcome = "refund"', f"{OPTION}.outcome: outcome_unknown: refund (did"),
        ('template = "melted_refunded"', 'template = "melted"', f"{OPTION}.template: template_unknown: melted"),
        ('template = "melted_refunded"', 'template = "oversold_wait"', "template_misfit: oversold_wait ("),
        # the rest
        ('owner = "logistics"', 'owner = "logistik"', "owner: team_unknown: logistik (did you mean logistics?)"),
        ('causes = ["weather"]', 'causes = ["bank"]', "causes: cause_unknown: bank"),
        ('causes = ["weather"]', 'manner = "slow"', "manner: manner_unknown: slow (deviates or stalled)"),
        ('en = "Refund"', 'en = " "', f"{OPTION}.names: language_missing: en"),
        ("{refund} is on", "{refudn} is on", "templates.melted_refunded.texts.en: placeholder_unknown: refudn (did"),
        ("is on its way back", "is nothing we can do", "texts.en: forbidden_word: nothing we can do ("),
        ('key = "is_fresh"', 'key = "proof"', "checks.proof.names: asked_otherwise_elsewhere"),
        ("[[checks]]", '[scripts]\nsolution = ["melted_refunded"]\n[[checks]]', "scripts.notify: act_without_script"),
        ("[[checks]]", '[scripts]\nnotify = ["melted_refunded"]\n[[checks]]', "scripts.notify: script_without_act"),
        ("[[checks]]", f"{STEPS}\n[[checks]]", "escalation: minutes_not_in_order (each step comes later"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_file_place_and_what_to_do(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    assert right in MELTED
    found = told(tmp_path, MELTED.replace(right, wrong, 1))
    assert said in found
    assert all(line.startswith("melted.toml: ") for line in found.splitlines())


def test_what_says_nothing_and_does_nothing_is_no_option(tmp_path: Path) -> None:
    start, end = MELTED.index("deeds = ["), MELTED.index("outcome = ")
    found = told(tmp_path, MELTED[:start] + "deeds = []\n" + MELTED[end:])
    assert f"{OPTION}: does_nothing (give it deeds, or a template that is said)" in found


def test_a_check_or_an_option_is_named_once(tmp_path: Path) -> None:
    start, end = MELTED.index("[[checks]]"), MELTED.index("[[options]]")
    found = told(tmp_path, MELTED + MELTED[start:end])
    assert "checks: key_twice: is_fresh (is_fresh is there twice" in found
