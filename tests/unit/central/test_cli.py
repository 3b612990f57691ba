"""`desk-central` as its owner types it: every error is one line that says what to do."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import structlog
from sqlalchemy import select

from desk.central.cli import main
from desk.central.engine import open_engine
from desk.central.tables import enrol_codes
from desk.domain.people import Level

ROOT = Path(__file__).resolve().parents[3]
ROSTER = """
[[stores]]
id = "S01"
names = { zh = "上海静安店", en = "Shanghai Jing'an" }

[[people]]
login = "chenjie"
name = "陈洁"
level = "counter"
teams = ["store"]
store = "S01"

[[people]]
login = "admin"
name = "管理员"
level = "admin"
"""


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """The command line sets up its own log; the tests' listener comes back afterwards."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    """The words that name a founded centre."""
    (tmp_path / "people.toml").write_text(ROSTER, encoding="utf-8")
    words = ["--data", str(tmp_path / "centre")]
    assert main([*words, "init", "--demo", "--people", str(tmp_path / "people.toml")]) == 0
    return words


def said(capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    told = capsys.readouterr()
    return told.out.strip(), told.err.strip()


def test_a_founded_centre_is_looked_after(data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    saved = str(tmp_path / "saved.gz")
    for words in (["init"], ["upgrade"], ["verify"], ["backup", saved]):
        assert main([*data, *words]) == 0
    other = ["--data", str(tmp_path / "other")]
    assert main([*other, "restore", saved]) == 0
    assert main([*other, "verify"]) == 0
    assert said(capsys)[0].splitlines()[-1] == "everything holds"


def test_errors_are_one_line_that_says_what_to_do(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    damaged = tmp_path / "damaged.gz"
    damaged.write_bytes(b"no backup")
    cases = [
        (["--data", str(tmp_path / "none"), "verify"], "run desk-central init"),
        ([*data, "serve", "--host", "0.0.0.0"], "only served on 127.0.0.1"),  # noqa: S104 - that is what is refused
        ([*data, "serve", "--embedded", "--host", "192.0.2.1"], "127.0.0.1 only"),
        ([*data, "enrol-code"], "--team, --store or --admin"),
        ([*data, "api-key", "--name", "shop", "--for", "gold"], "orders"),
        ([*data, "api-key", "--revoke", "nothing"], "no such key"),
        ([*data, "restore", str(damaged)], "not empty"),
        (["--data", str(tmp_path / "new"), "restore", str(damaged)], "damaged"),
        (["--data", str(tmp_path / "new"), "restore", str(tmp_path / "missing")], "missing"),
        (["--database-url", "mysql://a/b", "verify"], "postgresql://"),
    ]
    for words, hint in cases:
        assert main(words) == 1, words
        _, error = said(capsys)
        assert error.startswith("desk-central: "), error
        assert hint in error
        assert len(error.splitlines()) == 1


def test_beyond_this_machine_there_is_tls_or_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    data = ["--data", str(tmp_path / "real")]
    assert main([*data, "init"]) == 0
    assert main([*data, "serve", "--host", "0.0.0.0"]) == 1  # noqa: S104 - that is what is refused
    assert "--tls-cert" in said(capsys)[1]


def test_people_are_added_by_the_rules(data: list[str], capsys: pytest.CaptureFixture[str], monkeypatch):
    def add(*words: str) -> int:
        monkeypatch.setattr("sys.stdin", iter_lines("long enough"))
        return main([*data, "adduser", "--name", "王芳", "--level", str(Level.AGENT), "--password-stdin", *words])

    assert add("wangfang", "--team", "hotline") == 0
    assert add("wangfang", "--team", "nowhere") == 1
    assert "no_such_team" in said(capsys)[1]
    said(capsys)
    assert main([*data, "password-code", "wangfang"]) == 0
    assert len(said(capsys)[0]) == len("ABCD-EFGH-JKLM")
    assert main([*data, "password-code", "nobody"]) == 1
    assert "nobody has the login" in said(capsys)[1]
    assert main([*data, "add-store", "S09", "--zh", "九店", "--en", "Nine"]) == 0
    assert main([*data, "verify"]) == 0


def test_a_desk_is_enrolled_for_teams_and_stores_that_there_are(
    data: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    said(capsys)
    for words, hint in (
        (["--team", "hotlin"], "there is no team 'hotlin' (known: "),
        (["--team", "hotline", "--store", "S1"], "there is no store 'S1' (known: S01)"),
    ):
        assert main([*data, "enrol-code", *words]) == 1
        told, error = said(capsys)
        assert hint in error
        assert told == "", "no code is shown"
    assert main([*data, "enrol-code", "--team", "hotline", "--store", "S01", "--admin"]) == 0
    assert len(said(capsys)[0]) == len("ABCD-EFGH-JKLM")
    engine = open_engine(f"sqlite:///{tmp_path / 'centre' / 'centre.db'}")
    with engine.connect() as connection:
        scopes = list(connection.scalars(select(enrol_codes.c.scopes)))
    engine.dispose()
    assert scopes == [frozenset({"org", "admin", "team:hotline", "store:S01"})], "of the others nothing is kept"


def test_a_backup_that_was_cut_short_restores_nothing(data: list[str], tmp_path: Path, capsys):
    saved = tmp_path / "saved.gz"
    assert main([*data, "backup", str(saved)]) == 0
    saved.write_bytes(saved.read_bytes()[:-40])
    other = ["--data", str(tmp_path / "other")]
    assert main([*other, "restore", str(saved)]) == 1
    assert main([*other, "verify"]) == 1
    assert "run desk-central init" in said(capsys)[1]


def test_an_embedded_centre_says_its_port_and_ends_with_its_parent(tmp_path: Path):
    (tmp_path / "people.toml").write_text(ROSTER, encoding="utf-8")
    words = ["--data", str(tmp_path / "c"), "serve", "--embedded", "--found", "--demo", "--port", "0"]
    words += ["--people", str(tmp_path / "people.toml")]
    with embedded(words) as (centre, told):
        assert requests.get(f"{told['url']}/healthz", timeout=30).json()["status"] == "ok"
        second = run(["--data", str(tmp_path / "c"), "serve", "--embedded"])
        assert second.returncode == 1
        assert "another process" in second.stderr
        assert centre.stdin is not None
        centre.stdin.close()
        assert centre.wait(30) == 0
    # What was written is there after it ended, whatever ended it.
    with embedded(words) as (centre, _):
        centre.kill()
        centre.wait(30)
    assert run(["--data", str(tmp_path / "c"), "verify"]).returncode == 0


def iter_lines(*lines: str):
    class Typed:
        """A stdin with these lines."""

        def __init__(self) -> None:
            self._left = list(lines)

        def readline(self) -> str:
            return self._left.pop(0) + "\n" if self._left else ""

    return Typed()


def run(words: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "desk.central", *words]
    return subprocess.run(
        command, cwd=ROOT, text=True, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60
    )


@contextlib.contextmanager
def embedded(words: list[str]) -> Iterator[tuple[subprocess.Popen[str], dict[str, str]]]:
    command = [sys.executable, "-m", "desk.central", *words]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as centre:
        try:
            assert centre.stdout is not None
            yield centre, json.loads(centre.stdout.readline())
        finally:
            centre.kill()


def test_the_audit_is_read_line_by_line(data: list[str], capsys: pytest.CaptureFixture[str]):
    assert main([*data, "password-code", "chenjie"]) == 0
    said(capsys)
    assert main([*data, "audit", "passwords", "--since", "2026-01-01", "--json"]) == 0
    told = [json.loads(line) for line in said(capsys)[0].splitlines()]
    assert [one["what"] for one in told if one["staff_id"] == "u-chenjie"] == ["set", "code"]
    assert main([*data, "audit", "look-ups", "--since", "2026-01-01T08:00+08:00"]) == 0
    assert said(capsys)[0].split("\t")[:2] == ["at", "login"]
    with pytest.raises(SystemExit):
        main([*data, "audit", "look-ups", "--since", "yesterday"])
    assert "is not a time" in said(capsys)[1]
