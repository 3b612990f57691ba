"""A client that lies changes nothing: each lie is refused under its code and the state digest stays as it was."""

from __future__ import annotations

import pytest

from desk.central import verify
from desk.domain.orders import Line, Tender
from desk.domain.people import Level
from tests.helpers.centre import Desk, World


@pytest.fixture
def agent(centre: World) -> Desk:
    """An agent at work on a cancel ticket."""
    centre.person("wangfang")
    order = centre.order("20260001")
    desk = centre.desk("wangfang")
    desk.do("OpenTicket", ticket_id="k1", kind="cancel", channel="hotline", team="hotline", order_id=order.id)
    assert desk.do("ClaimTicket", ticket_id="k1")["status"] == "applied"
    return desk


def digest(centre: World) -> str:
    return verify.state_digest(centre.service.store.engine)


def grant(units: int, **changed):
    told = {"order_id": "o-20260001", "ticket_id": "k1", "kind": "goodwill", "cause": "waiting", "sequence": 1}
    return {**told, "units": units, "tender_id": "t1", **changed}


def test_over_the_cap_nothing_is_given_but_a_request_is_recorded(centre: World, agent: Desk):
    verdict = agent.do("GrantCompensation", **grant(4000))
    assert verdict["outcome"]["result"] == "approval_asked", verdict
    agent.pull()
    assert not [key for key in agent.rows if key[0] == "entry"]
    assert [key for key in agent.rows if key[0] == "approval"] == [("approval", verdict["outcome"]["approval_id"])]
    assert verify.verify(centre.service.store.engine) == []


def test_nobody_approves_their_own_request(centre: World):
    centre.person("liuyang", Level.SUPERVISOR)
    line = Line(id="l1", sku="A1", title="电视", quantity=1, unit_price=99_000, paid=99_000)
    centre.order("20260001", lines=(line,), tenders=(Tender(id="t1", method="alipay", paid=99_000),))
    desk = centre.desk("liuyang")
    desk.do("OpenTicket", ticket_id="k1", kind="cancel", channel="hotline", team="hotline", order_id="o-20260001")
    desk.do("ClaimTicket", ticket_id="k1")
    asked = desk.do("GrantCompensation", **grant(15_000))
    assert asked["outcome"]["result"] == "approval_asked", asked
    before = digest(centre)
    verdict = desk.do("DecideApproval", approval_id=asked["outcome"]["approval_id"], approve=True)
    assert verdict["status"] == "refused", verdict
    assert digest(centre) == before


def test_an_agent_does_not_approve(centre: World, agent: Desk):
    asked = agent.do("GrantCompensation", **grant(4000))
    centre.person("liqiang")
    other = centre.desk("liqiang")
    before = digest(centre)
    verdict = other.do("DecideApproval", approval_id=asked["outcome"]["approval_id"], approve=True)
    assert (verdict["status"], verdict["code"]) == ("refused", "not_permitted")
    assert digest(centre) == before


def test_without_the_claim_there_is_no_act(centre: World, agent: Desk):
    centre.person("liqiang")
    other = centre.desk("liqiang")
    before = digest(centre)
    for name, args in (
        ("GrantCompensation", grant(500)),
        ("CancelOrder", {"order_id": "o-20260001", "ticket_id": "k1"}),
        ("SetMood", {"ticket_id": "k1", "mood": "angry"}),
        ("CloseTicket", {"ticket_id": "k1", "outcome": "cancelled"}),
    ):
        verdict = other.do(name, **args)
        assert verdict["status"] == "refused", (name, verdict)
    assert digest(centre) == before


def test_the_acts_of_the_centre_are_not_anybodys(centre: World, agent: Desk):
    before = digest(centre)
    for name, args in (
        ("SettleEffect", {"effect_id": "e1", "state": "confirmed"}),
        ("MarkBreach", {"ticket_id": "k1"}),
        ("ExpireClaim", {"ticket_id": "k1"}),
        ("ExpireApproval", {"approval_id": "a1"}),
        ("RevokeInstallation", {"installation_id": agent.installation}),
    ):
        verdict = agent.do(name, **args)
        assert (verdict["status"], verdict["code"]) == ("refused", "not_permitted"), (name, verdict)
    assert digest(centre) == before


def test_two_clicks_two_desks_and_a_replay_land_on_one_row(centre: World, agent: Desk):
    item = agent.item(command_of(centre, grant(500)))
    first = agent.push(item)["verdicts"][0]
    assert first["outcome"]["result"] == "accepted", first
    again = agent.push(item)["verdicts"][0]
    assert again["duplicate"]
    before = digest(centre)
    twice = agent.do("GrantCompensation", **grant(500))
    assert twice["status"] == "refused", twice
    assert digest(centre) == before
    agent.pull()
    assert len([key for key in agent.rows if key[0] == "entry"]) == 1
    assert verify.verify(centre.service.store.engine) == []


def command_of(centre: World, args: dict):
    from desk.wire import codec

    return codec.command_from_plain({"id": centre.id(), "name": "GrantCompensation", "v": 1, "args": args})
