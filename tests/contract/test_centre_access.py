"""Who may come in, and what happens to everybody else: codes, passwords, tokens, keys, bodies."""

from __future__ import annotations

import base64

import pytest

from desk.central import api_keys, verify
from desk.central.problems import Problem
from desk.domain.people import Level
from desk.wire import signatures
from desk.wire.protocol import MAX_BODY
from tests.helpers.centre import World

KEY = signatures.public_key(signatures.new_private_key())


def enrol(centre: World, code: str):
    return centre.client.post("/v1/enrol", json={"code": code, "name": "desk", "public_key": KEY})


def sign_in(centre: World, login: str, password: str, installation: str):
    body = {"login": login, "password": password, "installation_id": installation, "session_key": KEY}
    return centre.client.post("/v1/sign-in", json=body)


def test_a_code_enrols_one_desk_with_its_scopes(centre: World):
    code = centre.service.auth.make_code(frozenset({"team:hotline"}))
    reply = enrol(centre, code.lower())
    assert reply.json()["scopes"] == ["org", "team:hotline"]
    again = enrol(centre, code)
    assert (again.status_code, again.json()["code"]) == (403, "bad_code")
    assert again.headers["content-type"] == "application/problem+json"


def test_a_code_runs_out(centre: World):
    code = centre.service.auth.make_code(frozenset({"team:hotline"}), hours=1)
    centre.clock.pass_(hours=2)
    assert enrol(centre, code).status_code == 403


def test_guessing_codes_becomes_slow(centre: World):
    statuses = [enrol(centre, f"GUESS-{number}").status_code for number in range(8)]
    assert statuses[:6] == [403] * 6
    assert statuses[-1] == 429


def test_sign_in_gives_a_token_the_actor_and_a_grant_that_the_centre_signed(centre: World):
    centre.person("wangfang", language="en")
    made = enrol(centre, centre.service.auth.make_code(frozenset({"team:hotline"}))).json()
    reply = sign_in(centre, "wangfang", "password-wangfang", made["installation_id"]).json()
    assert reply["actor"] == {
        "id": "u-wangfang",
        "level": "agent",
        "teams": ["hotline"],
        "store_id": None,
        "installation_id": made["installation_id"],
    }
    assert (reply["name"], reply["language"]) == ("Wangfang", "en")
    grant = reply["grant"]
    assert signatures.verify(made["centre_key"], grant["payload"], grant["signature"])
    forged = grant["payload"] | {"not_after": "2099-01-01T00:00:00Z"}
    assert not signatures.verify(made["centre_key"], forged, grant["signature"])


def test_wrong_passwords_become_slow_and_the_right_one_waits_too(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    for _ in range(6):
        assert sign_in(centre, "wangfang", "wrong-password", desk.installation).json()["code"] == "wrong_login"
    reply = sign_in(centre, "wangfang", "password-wangfang", desk.installation)
    assert reply.status_code == 429
    assert int(reply.headers["retry-after"]) >= 1
    centre.clock.pass_(minutes=1)
    assert sign_in(centre, "wangfang", "password-wangfang", desk.installation).status_code == 200


def test_an_unknown_login_is_answered_like_a_wrong_password(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    wrong = sign_in(centre, "wangfang", "wrong-password", desk.installation)
    unknown = sign_in(centre, "nobody", "wrong-password", desk.installation)
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())


def test_a_person_signs_in_where_they_work_and_an_administrator_anywhere(centre: World):
    centre.person("wangfang")
    centre.person("zhoujun", Level.WAREHOUSE, ("warehouse",))
    centre.person("admin", Level.ADMIN, ())
    desk = centre.desk("wangfang")
    elsewhere = sign_in(centre, "zhoujun", "password-zhoujun", desk.installation)
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "not_this_desk")
    assert sign_in(centre, "admin", "password-admin", desk.installation).status_code == 200


def test_a_token_ends_is_refreshed_and_ends_for_good(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    centre.clock.pass_(hours=3)
    assert desk.get("/v1/pull").json()["code"] == "sign_in_again"
    fresh = centre.client.post("/v1/refresh", headers=desk.headers).json()
    desk.token = fresh["token"]
    assert desk.get("/v1/pull").status_code == 200
    assert centre.client.post("/v1/sign-out", headers=desk.headers).status_code == 204
    assert desk.get("/v1/pull").status_code == 401
    assert centre.client.post("/v1/refresh", headers=desk.headers).status_code == 401


def test_a_disabled_person_and_a_revoked_desk_are_shut_out_with_the_next_call(centre: World):
    centre.person("wangfang")
    centre.person("admin", Level.ADMIN, ())
    desk, office = centre.desk("wangfang"), centre.desk("admin", "admin")
    assert office.do("RevokeInstallation", installation_id=desk.installation)["status"] == "applied"
    assert desk.get("/v1/pull").json()["code"] == "installation_revoked"
    assert sign_in(centre, "wangfang", "password-wangfang", desk.installation).status_code == 403

    other = centre.desk("wangfang")
    disabled = office.do(
        "SaveStaff", staff_id="u-wangfang", login="wangfang", level="agent", teams=["hotline"], active=False
    )
    assert disabled["status"] == "applied", disabled
    assert other.get("/v1/pull").json()["code"] == "shut_out"
    assert centre.client.post("/v1/refresh", headers=other.headers).status_code == 403
    assert sign_in(centre, "wangfang", "password-wangfang", other.installation).status_code == 401


def test_a_person_who_lost_a_level_acts_with_the_new_one_at_once(centre: World):
    centre.person("wangfang", Level.SUPERVISOR)
    desk = centre.desk("wangfang")
    centre.person("wangfang", Level.WAREHOUSE)
    verdict = desk.do("DecideApproval", approval_id="a1", approve=True)
    assert verdict["code"] == "not_permitted"


def test_a_key_is_for_what_it_says_and_ends_when_revoked(centre: World):
    store = centre.service.store
    key_id, key = api_keys.make_key(store, "shop", ["orders"], "shop", days=30)
    holder = api_keys.holder_of(store, key)
    assert (holder.name, holder.connector) == ("shop", "shop")
    holder.require("orders")
    with pytest.raises(Problem, match="key_not_for_this"):
        holder.require("stock")
    assert api_keys.revoke_key(store, key_id)
    with pytest.raises(Problem, match="bad_key"):
        api_keys.holder_of(store, key)
    _, short = api_keys.make_key(store, "old", ["orders"], "shop", days=1)
    centre.clock.pass_(days=2)
    with pytest.raises(Problem, match="bad_key"):
        api_keys.holder_of(store, short)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "bad_json"),
        (b'{"batch": NaN}', 400, "bad_json"),
        (b'{"batch": [' + b"9" * 400 + b"]}", 400, "bad_json"),
        (b'{"batch": ["\\ud800"]}', 400, "bad_json"),
        (b'{"batch": ["a\\u0000b"]}', 400, "bad_json"),
        (b"\xff\xfe", 400, "bad_json"),
        (b"[" * 100_000, 400, "bad_json"),
        (b"[]", 400, "bad_body"),
        (b'{"batch": [{}]}', 400, "bad_body"),
        (b'{"batch": [], "more": 1}', 400, "bad_body"),
        (b" " * (MAX_BODY + 1), 413, "too_large"),
    ],
    ids=["cut", "nan", "huge", "surrogate", "nul", "bytes", "deep", "list", "empty", "extra", "large"],
)
def test_a_bad_body_gets_a_problem_document_and_changes_nothing(centre: World, body: bytes, status: int, code: str):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    digest = verify.state_digest(centre.service.store.engine)
    reply = centre.client.post("/v1/push", content=body, headers=desk.headers)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.headers["content-type"] == "application/problem+json"
    assert verify.state_digest(centre.service.store.engine) == digest


def test_too_many_commands_in_one_batch_are_refused_whole(centre: World):
    centre.person("wangfang")
    desk = centre.desk("wangfang")
    item = {"id": "x", "seq": 1, "name": "ClaimTicket", "v": 1, "args": {}, "actor": "u-wangfang"}
    batch = [item | {"claimed_at": "2026-11-21T04:00:00Z"}] * 51
    reply = centre.client.post("/v1/push", json={"batch": batch}, headers=desk.headers)
    assert reply.status_code == 400


@pytest.mark.parametrize(
    "path", ["/v1/pull?n=-1", "/v1/pull?h=zz", "/v1/pull?n=x", "/v1/pull?limit=0", "/v1/pull?known=abc", "/v1/nothing"]
)
def test_a_bad_call_gets_a_problem_document(centre: World, path: str):
    centre.person("wangfang")
    reply = centre.desk("wangfang").get(path)
    assert reply.status_code in (400, 404)
    assert reply.headers["content-type"] == "application/problem+json"
    assert set(reply.json()) >= {"type", "title", "status", "code", "detail"}


def test_without_a_token_there_is_nothing(centre: World):
    for path in ("/v1/pull", "/v1/snapshot", "/v1/private/c-1"):
        assert centre.client.get(path).status_code == 401
        assert centre.client.get(path, headers={"Authorization": "Bearer made-up"}).status_code == 401
    assert centre.client.post("/v1/push", json={"batch": []}).status_code == 401


def test_a_request_id_comes_back_and_nobody_writes_into_the_log(centre: World):
    assert centre.client.get("/healthz", headers={"X-Request-Id": "abc-1"}).headers["x-request-id"] == "abc-1"
    assert centre.client.get("/healthz", headers={"X-Request-Id": 'x"} evil'}).headers["x-request-id"] != 'x"} evil'


def test_anyone_can_learn_the_shape_of_every_command(centre: World):
    told = {one["name"]: one for one in centre.client.get("/v1/commands").json()["commands"]}
    assert told["GrantCompensation"]["money"] is True
    assert told["AddNote"]["private"] == ["words"]
    assert "ticket_id" in told["ClaimTicket"]["args"]["properties"]
    paths = centre.client.get("/openapi.json").json()["paths"]
    assert {"/v1/enrol", "/v1/push", "/v1/pull", "/v1/snapshot", "/healthz"} <= set(paths)


def test_metrics_are_for_this_machine(centre: World):
    centre.client.get("/healthz")
    text = centre.client.get("/metrics").text
    assert 'desk_requests_total{method="GET",route="/healthz",status="200"} 1' in text
    assert "desk_feed_position" in text


def test_no_phone_number_reaches_the_log(centre: World, caplog: pytest.LogCaptureFixture):
    caplog.set_level("INFO")
    centre.person("wangfang")
    order = centre.order("20260001")
    desk = centre.desk("wangfang")
    desk.do(
        "OpenTicket",
        ticket_id="k1",
        kind="cancel",
        channel="hotline",
        team="hotline",
        order_id=order.id,
        words="13912345678",
    )
    desk.get("/v1/private/13912345678")
    desk.get("/v1/orders", q="13912345678")
    said = "\n".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if "httpx" not in record.name
    )
    assert "13912345678" not in said


def test_keys_travel_as_base64_of_32_bytes():
    assert len(base64.b64decode(KEY)) == 32
    with pytest.raises(signatures.BadKey):
        signatures.check_public_key("short")
