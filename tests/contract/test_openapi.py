"""Whatever is sent to the calls that the OpenAPI document names: no 5xx, and no 4xx that changes anything.

Cases are made by schemathesis from the document that the centre itself serves: bodies and parameters as they should be,
and such as they should not. A run takes a part of the calls and commands, another each day; `make proofs`
takes all of them, with sixty times as many cases (PROOFS=1).
"""

from __future__ import annotations

import contextlib
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from pydantic import TypeAdapter
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from sqlalchemy import select

from desk.central import api_keys, tables, verify
from desk.central.engine import reading
from desk.central.ingest_bodies import ITEMS
from desk.domain.orders import Order
from desk.domain.people import Level
from tests.helpers.centre import START, World, world
from tests.helpers.todays import all_of_them, of_today

PROOFS = all_of_them()


def quietly(examples: int) -> settings:
    """So many cases of each kind, the same at every run; many more as proofs."""
    return settings(
        max_examples=60 * examples if PROOFS else examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],  # what fails here is short enough as it is
        suppress_health_check=list(HealthCheck),
    )


def of_any_kind(operation: Any) -> st.SearchStrategy[Any]:
    """Cases as they should be, and such as they should not."""
    return st.one_of([operation.as_strategy(generation_mode=mode) for mode in MODES])


MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
WHO = st.sampled_from([0, 0, 1, 2, 2, 3, 3, 4, 5])  # of Shop.headers: mostly somebody who may
# Where a generated id would nearly always be of nobody, these are sometimes of somebody.
KNOWN: dict[str, Any] = {
    "ticket_id": "k1",
    "order_id": "o-20260001",
    "team": "hotline",
    "team_id": "hotline",
    "staff_id": "u-wangfang",
}
# Made of the whole policy, one case takes seconds; a faulty policy has tests of its own (test_policy_checks).
LONG = frozenset() if PROOFS else frozenset({"PublishPolicy"})


class Shop:
    """A centre with a case in hand, people of three levels, and a connected system, all of whom may call."""

    def __init__(self, centre: World) -> None:
        self.centre = centre
        order = centre.order("20260001")
        people = {"wangfang": Level.AGENT, "liuyang": Level.SUPERVISOR, "boss": Level.ADMIN}
        for login, level in people.items():
            centre.person(login, level)
        self.desks = [centre.desk(login) for login in people]
        agent = self.desks[0]
        agent.do("OpenTicket", ticket_id="k1", kind="cancel", channel="hotline", team="hotline", order_id=order.id)
        agent.do("ClaimTicket", ticket_id="k1")
        what = ("orders", "requests", "parcels", "payments", "stock")
        _, self.key = api_keys.make_key(centre.service.store, "shop", what, "manual")

    def state(self) -> tuple[str, Any]:
        """Everything that is told, given or promised, and where the feed stands."""
        engine = self.centre.service.store.engine
        with reading(engine) as connection:
            head = connection.execute(select(tables.head)).one()
        return verify.state_digest(engine), tuple(head)

    def headers(self, who: int) -> dict[str, str]:
        """Of one of the people, of the connected system, of nobody, or of somebody made up."""
        tokens = [*(desk.token for desk in self.desks), self.key, "", "made-up"]
        return {"Authorization": f"Bearer {tokens[who]}"} if tokens[who] else {}

    def send(self, case: Any, who: int) -> httpx2.Response | None:
        """The answer; None where no client could send such a thing."""
        told = case.as_transport_kwargs(base_url="http://testserver")
        params = {key: "0" if key == "wait" else value for key, value in (told.get("params") or {}).items()}
        body = {"json": told["json"]} if "json" in told else {"content": told.get("data")}
        try:
            return self.centre.client.request(
                told["method"], told["url"], params=params, headers={**told["headers"], **self.headers(who)}, **body
            )
        except (httpx2.InvalidURL, UnicodeError, ValueError, TypeError):
            return None


@pytest.fixture
def shop(founded_file: Path, tmp_path: Path) -> Iterator[Shop]:
    path = shutil.copy(founded_file, tmp_path / "centre.db")
    with world(f"sqlite:///{path}", tmp_path) as centre:
        yield Shop(centre)


def operations(document: dict[str, Any]) -> list[Any]:
    schema = schemathesis.openapi.from_dict(document)
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


@pytest.mark.expect_log("")
def test_no_call_of_the_document_fails_or_changes_anything_when_it_is_refused(shop: Shop) -> None:
    found = operations(shop.centre.client.get("/openapi.json").json())
    assert len(found) >= 17
    answers: dict[int, int] = {}
    for operation in of_today(found, 2):
        _try(shop, operation, answers)
    print({status: answers[status] for status in sorted(answers)})
    assert verify.verify(shop.centre.service.store.engine) == []


def _try(shop: Shop, operation: Any, answers: dict[int, int]) -> None:
    before = [shop.state()]

    @seed(20261122)
    @quietly(5)
    @given(of_any_kind(operation), WHO)
    def each(case: Any, who: int) -> None:
        answer = shop.send(case, who)
        if answer is None:
            return
        answers[answer.status_code] = answers.get(answer.status_code, 0) + 1
        said = (operation.method, answer.request.url, answer.status_code, answer.text[:300])
        assert answer.status_code < 500, said
        if answer.status_code >= 400:
            assert answer.headers["content-type"].startswith("application/problem+json"), said
            assert shop.state() == before[0], said
        else:
            before[0] = shop.state()

    with contextlib.suppress(Unsatisfiable):  # a call without body and parameters has nothing that could be wrong
        each()


# --- what the document calls an object: commands by their own schemas, and items of other systems -------------------


def described(schemas: dict[str, dict[str, Any]]) -> list[Any]:
    """Operations that take these bodies, so that schemathesis makes them."""

    def path(schema: dict[str, Any]) -> dict[str, Any]:
        body = {"required": True, "content": {"application/json": {"schema": schema}}}
        return {"post": {"requestBody": body, "responses": {"200": {"description": "taken"}}}}

    definitions: dict[str, Any] = {}
    for schema in schemas.values():
        definitions |= schema.pop("$defs", {})
    text = json.dumps({"paths": {f"/{name}": path(schema) for name, schema in schemas.items()}, "parts": definitions})
    document = json.loads(text.replace("#/$defs/", "#/components/schemas/"))
    info = {"title": "made up", "version": "1"}
    whole = {"openapi": "3.1.0", "info": info, "components": {"schemas": document["parts"]}, "paths": document["paths"]}
    return operations(whole)


def with_known(value: Any, draw: random.Random) -> Any:
    """The same with every other id exchanged for one that there is."""
    if isinstance(value, dict):
        return {
            key: KNOWN[key] if key in KNOWN and draw.random() < 0.5 else with_known(part, draw)
            for key, part in value.items()
        }
    return [with_known(part, draw) for part in value] if isinstance(value, list) else value


def test_no_command_of_any_shape_breaks_the_centre_or_changes_anything_when_it_is_refused(shop: Shop) -> None:
    listed = shop.centre.client.get("/v1/commands").json()["commands"]
    versions = {command["name"]: command["v"] for command in listed}
    verdicts = Counter[str]()
    for operation in of_today(described({one["name"]: one["args"] for one in listed if one["name"] not in LONG}), 3):
        name = operation.path.strip("/")
        _push(shop, of_any_kind(operation), name, versions[name], verdicts)
    print(dict(verdicts))
    assert verdicts["refused"] > len(versions) / 3
    assert verify.verify(shop.centre.service.store.engine) == []


def _push(shop: Shop, cases: Any, name: str, version: int, verdicts: Counter[str]) -> None:
    before = [shop.state()[0]]

    @seed(20261122)
    @quietly(2)
    @given(cases, st.integers(0, 2), st.randoms(use_true_random=False))
    def each(case: Any, who: int, draw: random.Random) -> None:
        desk = shop.desks[who]
        args = case.body if isinstance(case.body, dict) else {"made": "up"}
        item = {"id": shop.centre.id(), "name": name, "v": version, "args": with_known(args, draw)}
        item |= {"seq": desk.seqs.get(desk.person, 0) + 1, "actor": desk.person, "claimed_at": START.isoformat()}
        try:
            content = json.dumps({"batch": [item]}, ensure_ascii=True).encode()
        except (TypeError, ValueError):
            return
        headers = {**desk.headers, "Content-Type": "application/json"}
        answer = shop.centre.client.post("/v1/push", content=content, headers=headers)
        said = (name, args, answer.status_code, answer.text[:300])
        assert answer.status_code < 500, said
        status = answer.json()["verdicts"][0]["status"] if answer.status_code == 200 else "malformed"
        verdicts[status] += 1
        if status in ("applied", "refused", "quarantined"):
            desk.seqs[desk.person] = item["seq"]
        now = shop.state()[0]
        assert status == "applied" or now == before[0], said
        before[0] = now

    with contextlib.suppress(Unsatisfiable):
        each()


@pytest.mark.parametrize("what", sorted(ITEMS))
def test_no_item_of_another_system_breaks_the_centre_or_changes_anything_when_it_is_refused(
    shop: Shop, what: str
) -> None:
    verdicts = Counter[str]()
    schema = ITEMS[what].json_schema()
    if what == "orders":  # there the document is an object of any kind: ask for orders
        order = TypeAdapter(Order).json_schema()
        schema["$defs"] = {**schema.get("$defs", {}), **order.pop("$defs", {})}
        schema["properties"]["order"] = order
    (operation,) = described({what: schema})
    _tell(shop, of_any_kind(operation), what, verdicts)
    print(what, dict(verdicts))
    assert verify.verify(shop.centre.service.store.engine) == []


def _tell(shop: Shop, cases: Any, what: str, verdicts: Counter[str]) -> None:
    before = [shop.state()[0]]

    @seed(20261122)
    @quietly(10)
    @given(cases)
    def each(case: Any) -> None:
        try:
            content = json.dumps({"items": [case.body]}).encode()
        except (TypeError, ValueError):
            return
        headers = {"Authorization": f"Bearer {shop.key}", "Content-Type": "application/json"}
        answer = shop.centre.client.post(f"/v1/ingest/{what}", content=content, headers=headers)
        said = (case.body, answer.status_code, answer.text[:300])
        assert answer.status_code < 500, said
        status = answer.json()["verdicts"][0]["status"] if answer.status_code == 200 else "malformed"
        verdicts[status] += 1
        now = shop.state()[0]
        assert status == "taken" or now == before[0], said
        before[0] = now

    with contextlib.suppress(Unsatisfiable):
        each()
