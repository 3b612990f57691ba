"""Bad input of the large kind: bodies of 50 MB, floods of items, a faulty policy, words that nobody reads to the end.

Each gets a clear problem document or refusal, and changes nothing. (Malformed bodies: test_centre_access, test_ingest;
wrong signatures: test_hooks; mappings that miss columns: test_importing, test_import_run; generated: test_openapi.)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from desk.central import api_keys, verify
from desk.domain.people import Level
from desk.domain.policy import TagWords
from desk.wire.codec import to_plain
from desk.wire.policy_seed import load_seed
from tests.helpers.centre import World

pytestmark = pytest.mark.turns(2)

HUGE = 50 * 1024 * 1024
_PIECE = 64 * 1024


def stream() -> Iterator[bytes]:
    """50 MB that come piece by piece, without saying so beforehand."""
    for _ in range(HUGE // _PIECE):
        yield b" " * _PIECE


def digest(centre: World) -> str:
    return verify.state_digest(centre.service.store.engine)


@pytest.fixture
def headers(centre: World) -> dict[str, dict[str, str]]:
    """Of an agent and of a connected system."""
    centre.person("wangfang")
    _, key = api_keys.make_key(centre.service.store, "shop", ["orders", "requests"], "shop")
    return {"desk": centre.desk("wangfang").headers, "shop": {"Authorization": f"Bearer {key}"}, "nobody": {}}


@pytest.mark.parametrize(
    ("path", "who"),
    [
        ("/v1/enrol", "nobody"),
        ("/v1/sign-in", "nobody"),
        ("/v1/password", "desk"),
        ("/v1/push", "desk"),
        ("/v1/ingest/orders", "shop"),
        ("/v1/ingest/requests", "shop"),
    ],
)
@pytest.mark.parametrize("said", [True, False], ids=["length-said", "streamed"])
def test_fifty_megabytes_are_refused_and_change_nothing(
    centre: World, headers: dict[str, dict[str, str]], path: str, who: str, said: bool
) -> None:
    before = digest(centre)
    body: Any = b" " * HUGE if said else stream()
    reply = centre.client.post(path, content=body, headers={"Content-Type": "application/json", **headers[who]})
    assert (reply.status_code, reply.json()["code"]) == (413, "too_large")
    assert reply.headers["content-type"] == "application/problem+json"
    assert digest(centre) == before


def test_more_items_than_a_batch_holds_are_refused_whole(centre: World, headers: dict[str, dict[str, str]]) -> None:
    before = digest(centre)
    item = {"source": "r", "kind": "cancel", "order_number": "A1", "reason": "wrong_address"}
    items = [{**item, "source": f"r{n}"} for n in range(101)]
    reply = centre.client.post("/v1/ingest/requests", json={"items": items}, headers=headers["shop"])
    assert reply.status_code == 400
    assert reply.headers["content-type"] == "application/problem+json"
    assert digest(centre) == before


def test_a_policy_with_a_fault_in_its_keyword_table_is_refused_with_the_place(centre: World) -> None:
    centre.person("boss", Level.ADMIN)
    desk = centre.desk("boss")
    seed = load_seed()
    faulty = TagWords(tags=("reason:bored",), zh=("地址 …", "慢"))
    wrong = replace(seed, intake=replace(seed.intake, tags=(*seed.intake.tags, faulty)))
    before = digest(centre)
    verdict = desk.do("PublishPolicy", document=to_plain(wrong), reason="")
    assert (verdict["status"], verdict["code"]) == ("refused", "policy_invalid"), verdict
    assert "tag_unknown: reason:bored" in str(verdict["data"])
    assert digest(centre) == before


def test_words_of_any_length_are_read_and_what_they_name_is_on_the_ticket(
    centre: World, headers: dict[str, dict[str, str]]
) -> None:
    """A request of another system without a reason: the keywords set it, and the system may send what it likes."""
    centre.order("A1")
    long = "地址" * 900 + "，地址填错了"
    item = {"source": "r1", "kind": "cancel", "order_number": "A1", "words": long}
    reply = centre.client.post("/v1/ingest/requests", json={"items": [item]}, headers=headers["shop"])
    assert reply.json()["verdicts"][0]["status"] == "taken", reply.text
    tickets = [row["doc"] for key, row in rows_of(centre).items() if key[0] == "ticket"]
    assert [(one["reason"], one["by_keywords"]) for one in tickets] == [("wrong_address", True)]


def rows_of(centre: World) -> dict[tuple[str, str], Any]:
    desk = centre.desk("wangfang")
    desk.pull()
    return desk.rows
