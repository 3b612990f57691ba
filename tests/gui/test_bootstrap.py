"""Putting a workstation together: what the command line says, and who works at which demo desk."""

from __future__ import annotations

from pathlib import Path

from desk.bootstrap import demo_roster, demo_scopes, parse, reset


def test_the_command_line():
    options = parse(["--as", "supervisor", "--data", "/somewhere", "--centre", "https://centre.example"])
    assert options.folder == Path("/somewhere/desks/supervisor")
    assert options.centre == "https://centre.example"
    assert not options.tour


def test_a_desk_is_for_where_its_person_works():
    assert demo_scopes("desk") == ("team:hotline", "admin")
    assert demo_scopes("supervisor") == ("team:hotline",)
    assert demo_scopes("chenjie") == demo_scopes("counter") == ("team:store", "store:S01")
    assert demo_scopes("warehouse") == ("team:warehouse",)


def test_a_demo_desk_lists_those_who_may_work_there():
    def logins(profile: str) -> set[str]:
        return {person.login for person in demo_roster(demo_scopes(profile)).people}

    assert {"wangfang", "liuyang", "admin"} <= logins("desk")
    assert "chenjie" not in logins("desk")
    assert logins("counter") == {"chenjie"}


def test_a_reset_throws_everything_away(tmp_path):
    (tmp_path / "desks" / "desk").mkdir(parents=True)
    assert reset(parse(["--demo-reset", "--data", str(tmp_path)])) == 0
    assert not tmp_path.exists()
