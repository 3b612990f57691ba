"""Cases written by hand so that every field that a rule reads decides an answer somewhere: the proof of the comparison.

Everything happens on a Friday at 20:30 in Shanghai, where the service desk closes at 22:00 and the next parcels leave
in the morning. Each function is one theme; the order of the questions says which field a missing one shows up at first.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desk.domain import commands as c
from desk.domain.ledger import BenefitKind, EffectKind, EffectState
from desk.domain.orders import GoodsFlag, OrderState, Parcel, Promotion, PromotionKind, Scan, Tender
from desk.domain.people import Level
from desk.domain.tickets import Channel, Kind, Stage
from desk.wire.policy_seed import load_seed
from tests.helpers import silence
from tests.helpers.answers import policies
from tests.helpers.answers.desks import move_in
from tests.helpers.answers.handling_scenes import HANDLING
from tests.helpers.answers.scene import PAID, Scene, line
from tests.helpers.live import HandClock, live_centre

BEGIN = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
FRESH = frozenset({GoodsFlag.FRESH})
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


@contextlib.contextmanager
def played(url: str, folder: Path) -> Iterator[Scene]:
    """All themes played at one centre. It has stopped when this is entered; the desks stay open until it is left."""
    silence.structlog_to_logging()
    with contextlib.ExitStack() as desks:
        with live_centre(url, folder, HandClock(BEGIN)) as centre:
            scene = Scene(move_in(centre, folder, lambda store: desks.callback(store.close)))
            scene.do("olga", c.PublishPolicy, document=policies.variant(load_seed(), 0))
            for theme in THEMES:
                theme(scene)
            _raise_the_order_cap(scene)
            wrong = scene.compare()
            if wrong:
                raise AssertionError("\n".join(wrong))
        yield scene


def _raise_the_order_cap(scene: Scene) -> None:
    """Policy gives more than when the budgets were opened: what approvers added has to stay on top."""
    policy = replace(policies.variant(load_seed(), 0), version=2)
    rules = policy.compensation
    more = replace(rules, order_cap={**rules.order_cap, "CNY": 13_000})
    scene.do("olga", c.PublishPolicy, document=replace(policy, compensation=more))


def opening(order_id: str, type_key: str = "") -> dict[str, Any]:
    """The arguments of opening a ticket because something went wrong."""
    where = {"channel": Channel.CHAT, "team": "hotline", "order_id": order_id}
    return {"kind": Kind.EXCEPTION, "type": type_key, **where}


# --- cancelling: each fact of the order that turns the verdict or makes a figure ------------------------------------


def cancelling(s: Scene) -> None:
    now = s.now
    cash = (Tender(id="P1", method="alipay", paid=15_000), Tender(id="P2", method="cod", paid=5_000))
    given = (
        Promotion(id="C1", kind=PromotionKind.COUPON, label="券", discount=900, expires_at=now - DAY),
        Promotion(id="C2", kind=PromotionKind.POINTS, label="积分", discount=200, points=250),
    )
    lying = {"lines": (line(flags=FRESH, cancelled=1, paid=PAID // 2), line(id="2", paid=PAID // 2))}
    unpaid: dict[str, Any] = {"state": OrderState.UNPAID, "tenders": (), "paid_at": None}
    orders: dict[str, dict[str, Any]] = {
        "plain": {},
        "promoted": {"promotions": given, "points_earned": 120},
        "cash": {"connector": "shop", "tenders": cash},
        "is-cancelled": {"state": OrderState.CANCELLED, "cancelled_at": now - HOUR},
        "unpaid": {**unpaid, "freight": 800, "tier": "gold", "store_id": "S01"},
        "packed": {"packed_at": now - HOUR},
        "left": {"shipped_at": now - HOUR},
        "parcel-left": {"parcels": (Parcel(id="K", carrier="SF", tracking="SF1", shipped_at=now - HOUR),)},
        "closed": {"wave_at": now + HOUR},
        "fresh-undated": {"lines": (line(flags=FRESH),), "paid_at": None},
        "fresh-just-paid": {"lines": (line(flags=FRESH),), "created_at": now - 3 * DAY},
        "fresh-late": {"lines": (line(flags=FRESH),), "wave_at": now - HOUR},
        "fresh-part-cancelled": {**lying, "wave_at": now - HOUR},
    }
    for name, facts in orders.items():
        order_id = s.told(name, **facts)
        ticket_id = s.held(order_id)
        s.ask("anna", c.CancelOrder, order_id=order_id, ticket_id=ticket_id)
        s.ask("anna", c.SetReason, ticket_id=ticket_id, reason="no_longer_wanted")
        s.ask("bo", c.OpenTicket, ticket_id=f"again-{name}", **opening(order_id))
    trouble = s.told("trouble")
    ticket_id = s.held(trouble, kind=Kind.EXCEPTION, type="payment", subtype="paid_twice")
    s.ask("anna", c.CancelOrder, order_id=trouble, ticket_id=ticket_id)


def refunded_before(s: Scene) -> None:
    """Others gave 3,000 back; of the desk's own 2,000 nobody has told anything yet."""
    tenders = (Tender(id="P1", method="alipay", paid=PAID, refunded=3_000),)
    order_id = s.told("refunded", tenders=tenders)
    ticket_id = s.held(order_id)
    s.do("anna", c.GrantCompensation, order_id=order_id, ticket_id=ticket_id, **goodwill(2_000))
    s.ask("anna", c.CancelOrder, order_id=order_id, ticket_id=ticket_id)
    done = s.told("refunded-and-cancelled", tenders=tenders)
    s.do("anna", c.CancelOrder, order_id=done, ticket_id=s.held(done), reviewed=True)
    s.ask("lena", c.ConfirmEffect, effect_id=s.effect(done, EffectKind.REFUND), reference="FIN-1")


# --- giving: ledger, payments and budgets ---------------------------------------------------------------------------


def goodwill(units: int, cause: str = "waiting", sequence: int = 1, **more: Any) -> dict[str, Any]:
    """The arguments of a grant of money."""
    return {"kind": BenefitKind.GOODWILL, "units": units, "cause": cause, "sequence": sequence, **more}


def giving(s: Scene) -> None:
    order_id = s.told("give")
    ticket_id = s.held(order_id)
    at = {"order_id": order_id, "ticket_id": ticket_id}
    s.ask("anna", c.GrantCompensation, **at, **goodwill(900))
    s.ask("anna", c.GrantCompensation, **at, **goodwill(900, line_id="1"))
    small = s.told("small", lines=(line(paid=1_500),), tenders=(Tender(id="P1", method="alipay", paid=1_500),))
    at = {"order_id": small, "ticket_id": s.held(small)}
    s.do("anna", c.GrantCompensation, **at, **goodwill(500))
    s.ask("anna", c.GrantCompensation, **at, **goodwill(500))
    s.ask("anna", c.GrantCompensation, **at, **goodwill(1_200, sequence=2))
    dollars = s.told("dollars", currency="USD")
    s.ask("anna", c.GrantCompensation, order_id=dollars, ticket_id=s.held(dollars), **goodwill(200))


def up_to_the_order_cap(s: Scene) -> None:
    """9,500 of 10,000 are given, then 3,000 more by approval: 2,500 were added to the cap."""
    order_id = s.told("capped", lines=(line(paid=90_000),), tenders=(Tender(id="P1", method="alipay", paid=90_000),))
    at = {"order_id": order_id, "ticket_id": s.held(order_id, by="bo")}
    for sequence in range(1, 6):
        s.do("bo", c.GrantCompensation, **at, **goodwill(1_900, sequence=sequence))
    approved(s, "bo", at, goodwill(3_000, sequence=6))
    s.ask("bo", c.GrantCompensation, **at, **goodwill(600, sequence=7))


def whose_day_it_is(s: Scene) -> None:
    """At this hour it is Saturday already where Cai's finance team and Hana's store are."""
    order_id = s.told("day")
    s.ask("cai", c.GrantCompensation, order_id=order_id, ticket_id=s.held(order_id, by="cai"), **goodwill(300))
    at_store = s.told("day-at-store", store_id="S01")
    ticket_id = s.held(at_store, by="hana", team="store")
    s.ask("hana", c.GrantCompensation, order_id=at_store, ticket_id=ticket_id, **goodwill(300))


# --- approvals ------------------------------------------------------------------------------------------------------


def approved(s: Scene, by: str, at: dict[str, Any], wish: dict[str, Any]) -> None:
    """Asked for and approved by a supervisor."""
    s.do("emil", c.DecideApproval, approval_id=asked(s, by, at, wish), approve=True)


def asked(s: Scene, by: str, at: dict[str, Any], wish: dict[str, Any]) -> str:
    """Asked for; the id of the request."""
    before = set(s.approvals(at["order_id"]))
    s.do(by, c.GrantCompensation, **at, **wish)
    (fresh,) = set(s.approvals(at["order_id"])) - before
    return fresh


def deciding(s: Scene) -> None:
    two = (Tender(id="P1", method="alipay", paid=12_000), Tender(id="P2", method="balance", paid=8_000))
    order_id = s.told("asked", tenders=two)
    at = {"order_id": order_id, "ticket_id": s.held(order_id)}
    coupon = {"kind": BenefitKind.COUPON, "item": "coupon_30", "units": 3_000, "cause": "oversold", "sequence": 1}
    requests = [
        asked(s, "anna", at, goodwill(3_000, tender_id="P2", line_id="1")),
        asked(s, "anna", at, coupon),
        asked(s, "anna", at, goodwill(8_000, cause="saved_order")),
    ]
    for approval_id in requests:
        s.ask("emil", c.DecideApproval, approval_id=approval_id, approve=True)
        s.ask("dora", c.DecideApproval, approval_id=approval_id, approve=True)
    own = s.told("asked-by-dora")
    by_dora = asked(s, "dora", {"order_id": own, "ticket_id": s.held(own, by="dora")}, goodwill(9_000))
    s.ask("dora", c.DecideApproval, approval_id=by_dora, approve=False, reason="too_much")
    done = s.told("asked-and-decided")
    at = {"order_id": done, "ticket_id": s.held(done)}
    decided = asked(s, "anna", at, goodwill(4_000))
    s.do("emil", c.DecideApproval, approval_id=decided, approve=False, reason="too_much")
    s.ask("emil", c.DecideApproval, approval_id=decided, approve=True)


def asked_from_elsewhere(s: Scene) -> None:
    """Whose day, which caps: those of whoever asked."""
    far = s.told("asked-by-cai")
    by_cai = asked(s, "cai", {"order_id": far, "ticket_id": s.held(far, by="cai")}, goodwill(3_500))
    s.ask("emil", c.DecideApproval, approval_id=by_cai, approve=True)
    store = s.told("asked-by-hana", store_id="S01")
    ticket_id = s.held(store, by="hana", team="store")
    by_hana = asked(s, "hana", {"order_id": store, "ticket_id": ticket_id}, goodwill(1_500))
    s.ask("jin", c.DecideApproval, approval_id=by_hana, approve=True)


def asked_again(s: Scene) -> None:
    """Denied more than once; the next request names the last. And one that the manager is asked as well by now."""
    order_id = s.told("asked-again")
    at = {"order_id": order_id, "ticket_id": s.held(order_id)}
    denied: list[str] = []
    while len(denied) < 2 or denied[-1] == max(denied):  # the last one must not be the greatest by id as well
        denied.append(asked(s, "anna", at, goodwill(2_500)))
        s.do("emil", c.DecideApproval, approval_id=denied[-1], approve=False, reason="not_proven")
        s.later(seconds=20)
    s.ask("anna", c.GrantCompensation, **at, **goodwill(2_500))
    late = s.told("escalated")
    waiting = asked(s, "bo", {"order_id": late, "ticket_id": s.held(late, by="bo")}, goodwill(6_000))
    s.later(seconds=61)
    s.by_itself(c.EscalateApproval, approval_id=waiting)
    s.ask("emil", c.DecideApproval, approval_id=waiting, approve=True)


# --- what is done by hand, and what failed --------------------------------------------------------------------------


def by_hand(s: Scene) -> None:
    order_id = s.told("by-hand", lines=(line(paid=PAID // 2), line(id="2", paid=PAID // 2)))
    s.do("anna", c.CancelOrder, order_id=order_id, ticket_id=s.held(order_id), reviewed=True)
    s.ask("lena", c.ConfirmEffect, effect_id=s.effect(order_id, EffectKind.REFUND), reference="FIN-2")
    s.ask("mo", c.ConfirmEffect, effect_id=s.effect(order_id, EffectKind.RELEASE_STOCK), reference="WH-1")
    s.ask("mo", c.ConfirmEffect, effect_id=s.effect(order_id, EffectKind.REFUND), reference="WH-2")
    s.ask("emil", c.RetryEffect, effect_id=s.effect(order_id, EffectKind.REFUND))
    mirror = s.told("mirror", connector="mirror")  # its source refunds by itself: the entries settle with the cancel
    s.do("anna", c.CancelOrder, order_id=mirror, ticket_id=s.held(mirror), reviewed=True)
    told = s.effect(mirror, EffectKind.CANCEL_ORDER)
    s.by_itself(c.SettleEffect, effect_id=told, state=EffectState.UNKNOWN, attempt=1)
    s.ask("emil", c.ConfirmEffect, effect_id=told, reference="SRC-1")


def failed(s: Scene) -> None:
    at: dict[str, Any]
    for name, units, approval in (("failed", 1_000, False), ("failed-approved", 12_000, True)):
        order_id = s.told(name, connector="mirror")
        at = {"order_id": order_id, "ticket_id": s.held(order_id, by="bo")}
        if approval:
            approved(s, "bo", at, goodwill(units))
        else:
            s.do("bo", c.GrantCompensation, **at, **goodwill(units))
        refund = s.effect(order_id, EffectKind.REFUND)
        s.by_itself(c.SettleEffect, effect_id=refund, state=EffectState.FAILED, problem="account_closed", attempt=1)
        s.ask("emil", c.RetryEffect, effect_id=refund)
        s.ask("bo", c.GrantCompensation, **at, **goodwill(500))
        s.ask("bo", c.CloseTicket, ticket_id=resolved(s, "bo", order_id), outcome="solved")
    lost = s.told("lost-reply", connector="mirror")
    at = {"order_id": lost, "ticket_id": s.held(lost, by="bo")}
    s.do("bo", c.GrantCompensation, **at, **goodwill(700))
    refund = s.effect(lost, EffectKind.REFUND)
    s.by_itself(c.SettleEffect, effect_id=refund, state=EffectState.UNKNOWN, attempt=2)
    s.ask("emil", c.RetryEffect, effect_id=refund)


# --- between teams --------------------------------------------------------------------------------------------------


def handing_off(s: Scene) -> None:
    """Each fact of a task that says who may do what with it."""

    def wanted(name: str, by: str = "anna", what: str = "reconcile_payment", **held: Any) -> str:
        task_id = s.ids()
        at_store: dict[str, Any] = {"store_id": "S01"} if by == "hana" else {}
        ticket_id = s.held(s.told(name, **at_store), by=by, **held)
        s.do(by, c.AskTeam, ticket_id=ticket_id, task_id=task_id, what=what, words="请核对")
        return task_id

    fresh = wanted("task-fresh")
    s.ask("lena", c.TakeTask, task_id=fresh)
    s.ask("mo", c.TakeTask, task_id=fresh)
    s.ask("bo", c.WithdrawTask, task_id=fresh)
    answered = wanted("task-answered")
    s.do("lena", c.ReplyTask, task_id=answered, done=True, reference="FIN-7")
    s.ask("lena", c.ReplyTask, task_id=answered, done=True)
    taken = wanted("task-taken", what="police_referral")
    s.do("bo", c.TakeTask, task_id=taken)
    s.ask("bo", c.TakeTask, task_id=taken)
    s.ask("anna", c.ReplyTask, task_id=taken, done=True)
    by_store = wanted("task-by-store", by="hana")
    s.ask("hana", c.WithdrawTask, task_id=by_store)
    s.ask("anna", c.AskTeam, ticket_id=s.held(s.told("task-none")), task_id=s.ids(), what="count_stock")


def blocking(s: Scene) -> None:
    """Goodwill for a customer who is blocked, whose block has run out, or was lifted."""
    for name, until in (("blocked", None), ("blocked-a-while", s.now + 2 * MINUTE), ("blocked-no-more", None)):
        order_id = s.told(name)
        ticket_id = s.held(order_id)
        customer = s.customer(order_id)
        s.do("emil", c.BlockCustomer, customer_id=customer, ticket_id=ticket_id, reason="fraud", until=until, words="?")
        if name == "blocked-no-more":
            s.do("emil", c.LiftBlock, customer_id=customer, words="误判")
        s.ask("anna", c.GrantCompensation, order_id=order_id, ticket_id=ticket_id, **goodwill(300))
        s.ask("emil", c.LiftBlock, customer_id=customer, words="误判")
    s.later(minutes=3)


# --- talking --------------------------------------------------------------------------------------------------------


def said(ticket_id: str, template: str, **values: str) -> dict[str, Any]:
    """The arguments of a spoken message."""
    return {"ticket_id": ticket_id, "template": template, "language": "zh", "via": "spoken", "values": values}


def talking(s: Scene) -> None:
    now = s.now
    trace = (Scan(at=now - HOUR, place="上海分拨中心", text="已到达", code="depot"),)
    parcel = Parcel(id="K1", carrier="顺丰速运", tracking="SF1234567890", shipped_at=now - DAY, trace=trace)
    asks: dict[str, tuple[dict[str, Any], str]] = {
        "talk": ({}, "find_need"),
        "talk-parcel": ({"state": OrderState.SHIPPED, "parcels": (parcel,)}, "cancel_shipped"),
        "talk-cancelled": ({"state": OrderState.CANCELLED, "cancelled_at": now - HOUR}, "cancel_unpaid_done"),
        "talk-hold": ({}, "calm_hold"),
    }
    for name, (facts, template) in asks.items():
        s.ask("anna", c.SendMessage, **said(s.held(s.told(name, **facts)), template))
    why = s.held(s.told("talk-why"), kind=Kind.EXCEPTION, type="payment", subtype="paid_twice")
    payment = next(kind for kind in load_seed().exceptions if kind.key == "payment")
    causes = next(one for one in payment.subtypes if one.key == "paid_twice").causes
    s.do("anna", c.SetReason, ticket_id=why, type="payment", subtype="paid_twice", causes=causes[:1])
    s.ask("anna", c.SendMessage, **said(why, "exception_cause"))
    stray = s.held("", order_number="Z-4711", kind=Kind.EXCEPTION, type="system")
    s.ask("anna", c.SendMessage, **said(stray, "calm_hold"))


def what_was_given(s: Scene) -> None:
    """Two benefits; the later one has the smaller key."""
    order_id = s.told("talk-given")
    at = {"order_id": order_id, "ticket_id": s.held(order_id)}
    coupon = {"kind": BenefitKind.COUPON, "item": "coupon_5", "units": 500, "cause": "waiting", "sequence": 1}
    s.do("anna", c.GrantCompensation, **at, **coupon)
    s.later(seconds=5)
    s.do("anna", c.GrantCompensation, **at, **{**coupon, "item": "coupon_10", "units": 1_000, "cause": "goodwill"})
    s.ask("anna", c.SendMessage, **said(at["ticket_id"], "compensation_given"))


def promising(s: Scene) -> None:
    ticket_id = s.held(s.told("promised"))
    first = s.do("anna", c.SendMessage, **said(ticket_id, "calm_hold"))
    s.ask("anna", c.SendMessage, **said(ticket_id, "closing"))
    s.ask("anna", c.KeepPromise, ticket_id=ticket_id, promise_id=f"{first}.hold")
    kept = s.held(s.told("kept"))
    first = s.do("anna", c.SendMessage, **said(kept, "calm_hold"))
    s.do("anna", c.KeepPromise, ticket_id=kept, promise_id=f"{first}.hold")
    s.ask("anna", c.KeepPromise, ticket_id=kept, promise_id=f"{first}.hold")


# --- clocks, stages, the end ----------------------------------------------------------------------------------------


def pausing(s: Scene) -> None:
    silent = s.held(s.told("paused"))
    spoken = s.held(s.told("paused-after-words"))
    s.do("anna", c.SendMessage, **said(spoken, "find_need"))
    again = s.held(s.told("resumed"))
    for ticket_id in (silent, spoken, again):
        s.do("anna", c.PauseTicket, ticket_id=ticket_id, reason="customer")
    s.later(seconds=40)
    s.do("anna", c.ResumeTicket, ticket_id=again)
    s.ask("anna", c.ResumeTicket, ticket_id=silent)
    s.ask("anna", c.ResumeTicket, ticket_id=spoken)
    s.ask("anna", c.PauseTicket, ticket_id=again, reason="customer")


def taking_and_passing_on(s: Scene) -> None:
    ticket_id = s.held(s.told("held"))
    s.ask("bo", c.ClaimTicket, ticket_id=ticket_id)
    s.ask("anna", c.HandOver, ticket_id=ticket_id, team="hotline")
    s.ask("anna", c.RevealContact, ticket_id=ticket_id, customer_id="somebody")
    s.ask("anna", c.MoveStage, ticket_id=ticket_id, stage=Stage.RESOLVE)
    s.do("anna", c.MoveStage, ticket_id=s.held(s.told("analysed")), stage=Stage.ANALYSE)
    at_store = s.held(s.told("hotline-at-store", store_id="S01"))
    s.do("anna", c.ReleaseTicket, ticket_id=at_store)
    s.ask("hana", c.ClaimTicket, ticket_id=at_store)


def towards_resolve(s: Scene) -> None:
    cancel = s.held(s.told("to-resolve"))
    trouble = s.held(s.told("trouble-to-resolve"), kind=Kind.EXCEPTION, type="payment", subtype="paid_twice")
    for ticket_id in (cancel, trouble):
        s.do("anna", c.MoveStage, ticket_id=ticket_id, stage=Stage.ANALYSE)
        s.ask("anna", c.MoveStage, ticket_id=ticket_id, stage=Stage.RESOLVE)


def resolved(s: Scene, by: str, order_id: str, waived: str = "客户已挂断") -> str:
    """A ticket of that order, its work done and written down."""
    ticket_id = s.held(order_id, by=by, kind=Kind.EXCEPTION, type="stock", subtype="oversold")
    for stage in (Stage.ANALYSE, Stage.RESOLVE):
        s.do(by, c.MoveStage, ticket_id=ticket_id, stage=stage)
    s.do(
        by, c.WriteRecord, ticket_id=ticket_id, cause="oversold", result="solved", acts_waived=waived,
        process="已处理", feedback="满意",
    )  # fmt: skip
    return ticket_id


def closing(s: Scene) -> None:
    waived = resolved(s, "bo", s.told("waived"))
    s.ask("bo", c.CloseTicket, ticket_id=waived, outcome="solved")
    s.ask("bo", c.CloseTicket, ticket_id=waived, outcome="cancelled")
    partly = resolved(s, "bo", s.told("acts-missing"), waived="")
    s.do("bo", c.SendMessage, **said(partly, "calm_hold"))
    s.ask("bo", c.CloseTicket, ticket_id=partly, outcome="solved")
    waiting = s.told("approval-waits")
    ticket_id = resolved(s, "bo", waiting)
    asked(s, "bo", {"order_id": waiting, "ticket_id": ticket_id}, goodwill(2_200))
    s.ask("bo", c.CloseTicket, ticket_id=ticket_id, outcome="solved")
    money = s.told("money-failed", connector="mirror")
    ticket_id = resolved(s, "bo", money)
    s.do("bo", c.GrantCompensation, order_id=money, ticket_id=ticket_id, **goodwill(400))
    s.by_itself(c.SettleEffect, effect_id=s.effect(money, EffectKind.REFUND), state=EffectState.FAILED, attempt=1)
    s.ask("bo", c.CloseTicket, ticket_id=ticket_id, outcome="solved")
    over = resolved(s, "bo", s.told("over"))
    s.do("bo", c.CloseTicket, ticket_id=over, outcome="solved")
    s.ask("bo", c.ArchiveTicket, ticket_id=over)
    s.ask("bo", c.ReopenTicket, ticket_id=over)


def joining(s: Scene) -> None:
    """Two troubles of two types on one order; the older ticket has the greater id."""
    order_id = s.told("two-troubles")
    s.held(order_id, kind=Kind.EXCEPTION, type="payment", ticket_id="z-first")
    s.later(seconds=5)
    s.held(order_id, kind=Kind.EXCEPTION, type="logistics", ticket_id="a-second")
    for type_key in ("", "stock"):
        s.ask("bo", c.OpenTicket, ticket_id=f"third-{type_key}", **opening(order_id, type_key))


# --- administration -------------------------------------------------------------------------------------------------


def administering(s: Scene) -> None:
    s.ask("olga", c.SaveStaff, staff_id="u-anna", login="bo", level=Level.AGENT, teams=("hotline",))
    s.ask("olga", c.RevokeInstallation, installation_id=s.retired_desk())


THEMES: tuple[Callable[[Scene], None], ...] = (
    cancelling,
    refunded_before,
    giving,
    up_to_the_order_cap,
    whose_day_it_is,
    asked_from_elsewhere,
    by_hand,
    failed,
    handing_off,
    blocking,
    talking,
    what_was_given,
    pausing,
    taking_and_passing_on,
    towards_resolve,
    closing,
    joining,
    administering,
    promising,
    asked_again,
    deciding,
    *HANDLING,
)
