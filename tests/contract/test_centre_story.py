"""A request comes in, is claimed at one desk and seen at the other: the thin slice, over HTTP, on both databases."""

from __future__ import annotations

from tests.helpers.centre import World


def test_a_ticket_opened_at_one_desk_is_claimed_at_the_other(centre: World):
    centre.person("wangfang")
    centre.person("liqiang")
    order = centre.order("20260001")
    first, second = centre.desk("wangfang"), centre.desk("liqiang")

    opened = first.do(
        "OpenTicket",
        ticket_id="k1",
        kind="cancel",
        channel="hotline",
        team="hotline",
        order_id=order.id,
        words="不要了",
    )
    assert opened["status"] == "applied", opened
    second.pull()
    assert second.doc("ticket", "k1")["order_id"] == order.id
    assert second.doc("order", order.id)["number"] == "20260001"

    claimed = second.do("ClaimTicket", ticket_id="k1")
    assert claimed["outcome"]["result"] == "accepted"
    first.pull()
    assert first.doc("ticket", "k1")["holder"] == "u-liqiang"
    assert [verdict["id"] for verdict in first.verdicts] == [opened["id"]]

    late = first.do("ClaimTicket", ticket_id="k1")
    assert late["status"] == "refused"
    first.pull()
    assert first.verdicts[-1] == late | {"duplicate": False}
