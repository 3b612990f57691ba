"""The policy from the command line: out to a file, checked, back into force, and never half."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from desk.central.cli import main
from desk.central.engine import open_engine
from desk.central.verify import state_digest
from tests.helpers.playbooks import MELTED

pytestmark = pytest.mark.turns(2)

PEOPLE = """
[[people]]
login = "admin"
name = "管理员"
level = "admin"

[[people]]
login = "wangfang"
name = "王芳"
level = "agent"
teams = ["hotline"]
"""


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


class Centre:
    """A founded centre, what its owner types and reads, and a file with its policy."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.words = ["--data", str(folder / "centre")]
        self.file = folder / "policy.json"
        self._database = f"sqlite:///{folder / 'centre' / 'centre.db'}"
        self._capsys = capsys

    def types(self, *words: str) -> tuple[int, str, str]:
        self._capsys.readouterr()
        code = main([*self.words, *words])
        told = self._capsys.readouterr()
        return code, told.out.strip(), told.err.strip()

    def edit(self, change: Callable[[Any], object]) -> None:
        """The policy in force, with something changed in the file."""
        document = json.loads(self.types("policy", "show")[1])
        change(document)
        self.file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    def publish(self, *more: str, by: str = "admin") -> tuple[int, str, str]:
        return self.types("policy", "publish", str(self.file), "--reason", "the warehouse moved", "--by", by, *more)

    def digest(self) -> str:
        engine = open_engine(self._database)
        try:
            return state_digest(engine)
        finally:
            engine.dispose()


@pytest.fixture
def centre(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Centre:
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    made = Centre(tmp_path, capsys)
    assert made.types("init", "--demo", "--people", str(tmp_path / "people.toml"))[0] == 0
    return made


def test_a_policy_is_shown_changed_checked_and_published(centre: Centre) -> None:
    centre.edit(lambda policy: policy["tickets"].update(claim_minutes=45))
    code, told, _ = centre.types("policy", "check", str(centre.file))
    assert code == 0
    assert told.splitlines()[0].startswith("tickets.claim_minutes: ")
    assert told.splitlines()[1:] == ["it may be published"]
    code, told, _ = centre.publish()
    assert (code, told.splitlines()[-1]) == (0, "version 2 is in force")
    assert json.loads(centre.types("policy", "show")[1])["tickets"]["claim_minutes"] == 45
    assert json.loads(centre.types("policy", "show", "--version", "1")[1])["version"] == 1
    told = centre.types("policy", "history")[1]
    assert [line.split("\t")[2:] for line in told.splitlines()] == [["system", ""], ["admin", "the warehouse moved"]]
    assert centre.types("verify")[0] == 0


def drop(policy: Any) -> None:
    del policy["cancellation"]["reasons"][0]["priority"]


FAULTS: list[tuple[Callable[[Any], object], str]] = [
    (drop, "cancellation.reasons.0.priority: "),
    (lambda policy: policy["tickets"].update(claim_minutes="soon"), "tickets.claim_minutes: "),
    (lambda policy: policy["tickets"].update(claim_minuets=5), "policy.tickets.claim_minuets is not known"),
    (lambda policy: policy["cancellation"].update(waves=["18:00", "07:00"]), "cancellation.waves: waves_not_in_order"),
    (lambda policy: policy.update(default_team="nowhere"), "default_team: team_unknown: nowhere"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS, ids=["missing", "shape", "misspelt", "rule", "team"])
def test_a_fault_is_named_where_it_stands_and_nothing_changes(
    centre: Centre, fault: Callable[[Any], object], said: str
) -> None:
    before = centre.digest()
    centre.edit(fault)
    for code, told, error in (centre.types("policy", "check", str(centre.file)), centre.publish()):
        assert code == 1
        assert said in told + error
    assert centre.digest() == before


def test_only_an_administrators_name_and_only_from_the_version_in_force(centre: Centre) -> None:
    centre.edit(lambda policy: policy["tickets"].update(claim_minutes=45))
    before = centre.digest()
    for login in ("wangfang", "nobody"):
        assert "is not the login of an administrator" in centre.publish(by=login)[2]
    assert centre.types("policy", "publish", str(centre.file), "--reason", " ", "--by", "admin")[0] == 1
    assert centre.digest() == before
    assert centre.publish()[0] == 0
    code, _, error = centre.publish()
    assert (code, "version 2 is in force" in error) == (1, True), "the file still says version 1"
    assert centre.types("policy", "check", str(centre.file))[0] == 1
    centre.file.write_text("{", encoding="utf-8")
    assert "is not JSON" in centre.publish()[2]
    assert "no policy of version 9" in centre.types("policy", "show", "--version", "9")[2]


# --- playbooks ---------------------------------------------------------------------------------------------------


@pytest.fixture
def playbook(tmp_path: Path) -> Path:
    path = tmp_path / "melted.toml"
    path.write_text(MELTED, encoding="utf-8")
    return path


def test_a_playbook_is_checked_published_and_replaced_from_its_file(centre: Centre, playbook: Path) -> None:
    file = ["--playbook", str(playbook)]
    code, told, _ = centre.types("policy", "check", "--seed", *file)
    assert (code, told.splitlines()) == (
        0,
        ["melted.toml: 融化 / Melted: 1 checks, 1 options, 1 templates", "it may be published"],
    )
    assert centre.types("policy", "check", *file)[1].splitlines()[-1] == "it may be published"
    publish = ["policy", "publish", *file, "--by", "admin", "--reason", "a hot summer"]
    assert centre.types(*publish)[1].splitlines()[-1] == "version 2 is in force"
    playbook.write_text(MELTED.replace("退款", "全额退款"), encoding="utf-8")
    assert centre.types(*publish)[1].splitlines()[-1] == "version 3 is in force"
    policy = json.loads(centre.types("policy", "show")[1])
    logistics = next(kind for kind in policy["exceptions"] if kind["key"] == "logistics")
    [melted] = [subtype for subtype in logistics["subtypes"] if subtype["key"] == "melted"]
    assert melted["options"][0]["names"]["zh"] == "全额退款"
    assert [t["subtypes"] for t in policy["messages"]["templates"] if t["key"] == "melted_refunded"] == [["melted"]]
    assert centre.types("verify")[0] == 0


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            "has_fresh",
            "has_frehs",
            "melted.toml: checks.is_fresh.expects.0.fact: fact_unknown: has_frehs (did you mean",
        ),
        ("required", "requird", "melted.toml: checks.0.requird is not known"),
    ],
)
def test_a_fault_of_a_playbook_is_named_with_file_place_and_what_to_do_and_nothing_changes(
    centre: Centre, playbook: Path, right: str, wrong: str, said: str
) -> None:
    before = centre.digest()
    playbook.write_text(MELTED.replace(right, wrong, 1), encoding="utf-8")
    file = ["--playbook", str(playbook)]
    for words in (["check", *file], ["check", "--seed", *file], ["publish", *file, "--by", "admin", "--reason", "x"]):
        code, told, error = centre.types("policy", *words)
        assert code == 1
        assert said in told + error
    assert centre.digest() == before


def test_something_has_to_be_checked(centre: Centre) -> None:
    assert "name a policy file" in centre.types("policy", "check")[2]
