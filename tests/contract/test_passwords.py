"""A person gets a first password, forgets it, changes it: nobody else learns it, who had the old one is out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from desk.central import audit, people, verify
from desk.central import tables as t
from desk.domain.commands import PublishPolicy
from desk.domain.people import Level
from tests.helpers.centre import Desk, World

WANTED = "my very own words"


@pytest.fixture
def office(centre: World) -> Desk:
    centre.person("admin", Level.ADMIN, ())
    return centre.desk("admin", "admin")


@pytest.fixture
def heyun(centre: World, office: Desk) -> str:
    """Somebody new, as the page People adds them; the id."""
    saved = office.do(
        "SaveStaff", staff_id="u-heyun", login="heyun", level="agent", teams=["hotline"], full_name="何芸"
    )
    assert saved["status"] == "applied", saved
    return "u-heyun"


@pytest.fixture
def desk(centre: World) -> Desk:
    centre.person("wangfang")
    return centre.desk("wangfang")


def code_for(office: Desk, person: str) -> Any:
    return office.world.client.post(f"/v1/staff/{person}/code", headers=office.headers)


def sign_in(desk: Desk, login: str, password: str) -> Any:
    body = {"login": login, "password": password, "installation_id": desk.installation}
    return desk.world.client.post("/v1/sign-in", json=body)


def renew(desk: Desk, login: str, password: str, wanted: str) -> Any:
    body = {"login": login, "password": password, "new_password": wanted, "installation_id": desk.installation}
    return desk.world.client.post("/v1/password", json=body)


def said(reply: Any) -> tuple[int, str]:
    return reply.status_code, reply.json().get("code", "")


def acts(centre: World) -> list[tuple[str, str, str]]:
    """What the audit has of passwords: what, whose, by whom."""
    wanted = audit.Wanted(area=audit.Area.PASSWORD, since=centre.clock.now.replace(year=2000))
    with centre.service.store.reading() as connection:
        return [(one["what"], one["staff_id"], one["login"]) for one in audit.read(connection, wanted)]


def test_a_new_person_signs_in_by_a_code_and_sets_a_password_first(
    centre: World, office: Desk, heyun: str, desk: Desk, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("INFO")
    reply = code_for(office, heyun)
    assert reply.status_code == 200, reply.text
    code = reply.json()["code"]
    assert said(sign_in(desk, "heyun", code)) == (403, "password_due"), "the code opens nothing yet"
    assert said(renew(desk, "heyun", code, "short")) == (400, "password_too_short")
    assert said(renew(desk, "heyun", code, code)) == (400, "password_same")
    inside = renew(desk, "heyun", code.lower().replace("-", " "), WANTED)
    assert inside.status_code == 200, inside.text
    assert inside.json()["actor"]["id"] == heyun
    desk.token = inside.json()["token"]
    assert desk.get("/v1/pull").status_code == 200
    assert said(sign_in(desk, "heyun", code)) == (401, "wrong_login"), "it worked once"
    assert sign_in(desk, "heyun", WANTED).status_code == 200
    kept = {act for act in acts(centre) if act[1] == heyun}
    assert kept == {("code", heyun, "admin"), ("first", heyun, "heyun")}
    told = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert code not in told
    assert WANTED not in told


def test_who_forgot_is_helped_and_whoever_had_the_old_one_is_out(centre: World, office: Desk, desk: Desk):
    elsewhere = centre.desk("wangfang")
    code = code_for(office, "u-wangfang").json()["code"]
    for seat in (desk, elsewhere):
        assert said(seat.get("/v1/pull")) == (401, "sign_in_again")
        assert said(centre.client.post("/v1/refresh", headers=seat.headers)) == (401, "sign_in_again")
    assert said(sign_in(desk, "wangfang", "password-wangfang")) == (401, "wrong_login")
    assert renew(desk, "wangfang", code, WANTED).status_code == 200
    office.pull()
    assert office.doc("staff", "u-wangfang")["password_no"] == 2, "the code was one, the password another"
    assert WANTED not in str(office.rows)
    assert verify.verify(centre.service.store.engine) == []


def test_a_code_runs_out_after_policys_hours(centre: World, office: Desk, heyun: str, desk: Desk):
    code = code_for(office, heyun).json()["code"]
    centre.clock.pass_(hours=25)
    assert said(sign_in(desk, "heyun", code)) == (403, "code_expired")
    assert said(renew(desk, "heyun", code, WANTED)) == (403, "code_expired")


def test_only_administrators_give_codes_and_not_to_themselves(centre: World, office: Desk, heyun: str, desk: Desk):
    digest = verify.state_digest(centre.service.store.engine)
    assert said(code_for(desk, heyun)) == (403, "not_permitted")
    assert said(code_for(office, "u-admin")) == (403, "not_yourself")
    assert said(code_for(office, "nobody")) == (404, "no_such_person")
    assert centre.client.post(f"/v1/staff/{heyun}/code").status_code == 401
    assert verify.state_digest(centre.service.store.engine) == digest
    office.do("SaveStaff", staff_id=heyun, login="heyun", level="agent", teams=["hotline"], active=False)
    assert said(code_for(office, heyun)) == (409, "disabled")


def test_a_person_changes_their_own_password_and_stays_in_here_alone(centre: World, desk: Desk):
    elsewhere = centre.desk("wangfang")
    assert said(renew(desk, "wangfang", "not this one", WANTED)) == (401, "wrong_login")
    reply = renew(desk, "wangfang", "password-wangfang", WANTED)
    assert reply.status_code == 200
    assert reply.json()["grant"]["payload"]["password_no"] == 1
    assert said(elsewhere.get("/v1/pull")) == (401, "sign_in_again")
    desk.token = reply.json()["token"]
    assert desk.get("/v1/pull").status_code == 200
    again = renew(desk, "wangfang", "password-wangfang", WANTED)
    assert again.status_code == 200, "the answer was lost: asked again it is a sign-in"
    assert acts(centre).count(("changed", "u-wangfang", "wangfang")) == 1


def test_guessing_here_becomes_slow_as_at_sign_in(centre: World, desk: Desk):
    for _ in range(6):
        assert said(renew(desk, "wangfang", "a wrong guess", WANTED)) == (401, "wrong_login")
    assert said(renew(desk, "wangfang", "password-wangfang", WANTED)) == (429, "too_many_tries")
    assert said(sign_in(desk, "wangfang", "password-wangfang")) == (429, "too_many_tries")


def test_how_long_a_password_is_is_policy(centre: World, desk: Desk):
    with centre.service.store.reading() as connection:
        policy = centre.service.store.policy(connection, 1)
    assert policy is not None
    stricter = replace(policy, passwords=replace(policy.passwords, min_length=20))
    people.issue(centre.service, [PublishPolicy(id="stricter", document=stricter)])
    reply = renew(desk, "wangfang", "password-wangfang", WANTED)
    assert (said(reply), reply.json()["least"]) == ((400, "password_too_short"), 20)


def test_a_saved_person_keeps_the_number_of_their_password(centre: World, office: Desk, desk: Desk):
    renew(desk, "wangfang", "password-wangfang", WANTED)
    office.do("SaveStaff", staff_id="u-wangfang", login="wangfang", level="senior", teams=["hotline"])
    office.pull()
    assert office.doc("staff", "u-wangfang")["password_no"] == 1


def test_the_audit_cannot_be_rewritten(centre: World, office: Desk, heyun: str):
    code_for(office, heyun)
    with pytest.raises(DBAPIError, match="never changed"), centre.service.store.aside() as connection:
        connection.execute(update(t.audit).values(person="somebody else"))
    with centre.service.store.reading() as connection:
        assert set(connection.scalars(select(t.audit.c.person))) == {"console", "u-admin"}
