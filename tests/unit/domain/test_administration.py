"""An administrator's page: people, teams, stores and lost desks, and never without an administrator."""

from __future__ import annotations

from typing import Any

import pytest

from desk.domain.commands import RevokeInstallation, SaveStaff, SaveStore, SaveTeam
from desk.domain.people import Installation, Level, StaffMember, Store, Team
from tests.helpers.cases import WANGFANG, World, make_actor

ADMIN = make_actor("admin", Level.ADMIN)
NEW = {"staff_id": "p9", "login": "xiaoli", "level": Level.AGENT, "teams": ("hotline",), "full_name": "小李"}


def world() -> World:
    return World(StaffMember(id="admin", login="admin", level=Level.ADMIN, teams=()))


def test_a_person_is_added_with_the_name_apart() -> None:
    here = world()
    here.accept(SaveStaff, ADMIN, **NEW)
    member = next(m for m in here.all(StaffMember) if m.id == "p9")
    assert (member.login, member.level, member.teams, member.active) == ("xiaoli", Level.AGENT, ("hotline",), True)
    assert here.book.values["p9"] == {"name": "小李"}
    here.accept(SaveStaff, ADMIN, **{**NEW, "active": False})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"login": "wangfang"}, "login_taken"),
        ({"login": ""}, "unknown_choice"),
        ({"login": "Xiao Li "}, "unknown_choice"),
        ({"level": Level.SYSTEM}, "unknown_choice"),
        ({"language": "fr"}, "unknown_choice"),
        ({"teams": ("moon",)}, "no_such_team"),
        ({"store_id": "S99"}, "no_such_store"),
    ],
)
def test_a_person_who_cannot_be(wrong: dict[str, Any], code: str) -> None:
    assert world().refuse(SaveStaff, ADMIN, **{**NEW, **wrong}) == code


@pytest.mark.parametrize("change", [{"active": False}, {"level": Level.MANAGER}])
def test_the_last_administrator_stays(change: dict[str, Any]) -> None:
    here = world()
    me = {"staff_id": "admin", "login": "admin", "level": Level.ADMIN, **change}
    assert here.refuse(SaveStaff, ADMIN, **me) == "last_admin"
    here.accept(SaveStaff, ADMIN, **{**NEW, "level": Level.ADMIN})
    here.accept(SaveStaff, ADMIN, **me)


def test_an_agent_administers_nothing() -> None:
    assert world().refuse(SaveStaff, WANGFANG, **NEW) == "not_permitted"


def test_teams_and_stores_need_names_and_a_time_zone_that_exist() -> None:
    here = world()
    names = {"zh": "夜班", "en": "Night shift"}
    here.accept(SaveTeam, ADMIN, team_id="night", names=names)
    here.accept(SaveStore, ADMIN, store_id="S02", names=names, timezone="America/New_York", active=False)
    assert here.book.entities["team", "night"] == Team(id="night", names=names)
    assert here.book.entities["store", "S02"] == Store(id="S02", names=names, timezone="America/New_York", active=False)
    assert here.refuse(SaveTeam, ADMIN, team_id="night|x", names=names) == "unknown_choice"
    assert here.refuse(SaveTeam, ADMIN, team_id="day", names={"zh": "白班"}) == "name_missing"
    assert here.refuse(SaveStore, ADMIN, store_id="S03", names=names, timezone="Moon/Base") == "unknown_choice"


def test_a_lost_desk_is_shut_out_once() -> None:
    here = world()
    here.keep(Installation(id="d1", name="前台", scopes=("store:S01",), public_key=""))
    here.accept(RevokeInstallation, ADMIN, installation_id="d1")
    assert here.refuse(RevokeInstallation, ADMIN, installation_id="d1") == "already_revoked"
    assert here.refuse(RevokeInstallation, ADMIN, installation_id="d2") == "no_such_installation"
