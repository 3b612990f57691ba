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
    teams = ("hotline", "store", "warehouse", "finance", "logistics", "tech", "purchasing")
    everywhere = {*(f"team:{team}" for team in teams), "store:S01", "admin"}
    assert set(demo_scopes("desk")) == set(demo_scopes("admin")) == everywhere
    assert demo_scopes("supervisor") == ("team:hotline",)
    assert demo_scopes("chenjie") == demo_scopes("counter") == ("team:store", "store:S01")
    assert demo_scopes("warehouse") == ("team:warehouse",)


def test_a_demo_desk_lists_those_who_may_work_there_its_own_person_first():
    def logins(profile: str) -> list[str]:
        return [person.login for person in demo_roster(demo_scopes(profile), profile).people]

    hotline = ["wangfang", "liqiang", "zhaomin", "liuyang", "sunli"]
    others = ["chenjie", "admin", "zhoujun", "luhua", "qianwei", "heping", "gaoyuan", "wumei"]
    assert logins("desk") == hotline + others
    assert logins("counter") == ["chenjie"]
    assert logins("zhaomin") == ["zhaomin", "wangfang", "liqiang", "liuyang", "sunli", "luhua"]
    assert logins("heping") == logins("specialist") == ["heping"]
    assert logins("supervisor")[:2] == ["liuyang", "sunli"]
    assert (logins("admin")[0], len(logins("admin"))) == ("admin", 13)


def test_a_reset_throws_everything_away(tmp_path):
    (tmp_path / "desks" / "desk").mkdir(parents=True)
    assert reset(parse(["--demo-reset", "--data", str(tmp_path)])) == 0
    assert not tmp_path.exists()
