"""A cancellation in hand, and cases that went otherwise."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.ledger import BenefitKind, EffectKind, EffectState
from desk.domain.orders import GoodsFlag, OrderState
from desk.domain.tickets import Act, Channel, Kind, Stage
from desk.services import rows
from tools.samples.base import CHOICES, NOT_WANTED, ago, ahead, cny, instead, names

WHO = rows.WhoRow(
    customer_id="c1",
    name="陈*",
    title="女士",
    phone="138****0005",
    city="上海",
    tier=names("金卡会员", "Gold member"),
    orders=6,
    cancels=1,
    compensation=cny(500),
    mood="worried",
    mood_names=names("着急", "Worried"),
    contact_at=ago(0.64),
)


def node(
    key: str, branch_of: tuple[str, str], answer: str = "", taken: bool = False, end: bool = False
) -> rows.TreeNode:
    """A box of the tree."""
    return rows.TreeNode(key=key, answer=answer, taken=taken, parent=branch_of[0], branch=branch_of[1], end=end)


TREE = (
    node("cancelled", ("", ""), "no", True),
    node("already_cancelled", ("cancelled", "yes"), end=True),
    node("paid", ("cancelled", "no"), "yes", True),
    node("unpaid", ("paid", "no"), end=True),
    node("signed", ("paid", "yes"), "no", True),
    node("after_sales", ("signed", "yes"), end=True),
    node("shipped_q", ("signed", "no"), "no", True),
    node("fresh", ("shipped_q", "yes")),
    node("fresh_shipped", ("fresh", "yes"), end=True),
    node("shipped", ("fresh", "no"), end=True),
    node("fresh_late_q", ("shipped_q", "no"), "no", True),
    node("fresh_late", ("fresh_late_q", "yes"), end=True),
    node("packed_q", ("fresh_late_q", "no"), "no", True),
    node("packed", ("packed_q", "yes"), end=True),
    node("window", ("packed_q", "no"), "open", True),
    node("in_window", ("window", "open"), taken=True, end=True),
    node("window_closed", ("window", "closed"), end=True),
)

VERDICT = rows.VerdictRow(
    code="in_window",
    tone=rows.Tone.OK,
    amount=cny(29900),
    nodes=TREE,
    until=ahead(72.67),
    then_code="next_wave",
    then_at=ahead(655.5),
    merchant_cost=cny(0),
    customer_cost=cny(0),
    policy_version=12,
    forecast=False,
)

ORDER = rows.OrderRow(
    id="o1",
    number="202611210917",
    shop="天猫旗舰店",
    state=OrderState.PAID,
    created_at=ago(61),
    total=cny(29900),
    stages=(
        rows.StageRow(key="created", state="done", at=ago(61)),
        rows.StageRow(key="paid", state="done", at=ago(60)),
        rows.StageRow(key="stock", state="now", note="not_packed"),
        rows.StageRow(key="shipped", state="ahead"),
        rows.StageRow(key="signed", state="ahead"),
    ),
    lines=(
        rows.LineRow(
            id="l1",
            title="北欧陶瓷餐具 12 件套",
            sku="TW-1203",
            quantity=1,
            cancelled=0,
            unit_price=cny(35900),
            paid=cny(28100),
            reserved=1,
            available=42,
        ),
        rows.LineRow(
            id="l2",
            title="亚麻餐巾 4 条",
            sku="LN-0410",
            quantity=2,
            cancelled=0,
            unit_price=cny(1200),
            paid=cny(1800),
            reserved=2,
            available=310,
            flags=frozenset({GoodsFlag.LIMITED}),
        ),
    ),
    tenders=(rows.TenderRow(id="p1", names=names("支付宝", "Alipay"), paid=cny(29900), refunded=cny(0)),),
    promotions=(
        rows.PromotionRow(kind="coupon", label="满300减30", discount=cny(3000), back="coupon_back"),
        rows.PromotionRow(kind="points", label="", discount=cny(3000), points=3000, back="points_back"),
    ),
    remark="请周末前送达",
)

TIMELINE = (
    rows.TimelineRow(at=ago(0.6), area="service", code="ticket_opened", text="不想要了，还没发货吧？", by="王芳"),
    rows.TimelineRow(at=ago(52), area="stock", code="", text="波次 1122-07 已分配，预计 07:00 打包"),
    rows.TimelineRow(at=ago(60), area="payment", code="paid", text="支付宝到账 ¥299.00 · 支付单 2026112122001…"),
    rows.TimelineRow(at=ago(61), area="order", code="created"),
    rows.TimelineRow(at=ago(60 * 26), area="service", code="message_sent", data={"via": "sms"}, by="李强"),
)

PATH = (
    rows.PathRow(at=ago(40), by="王芳", code="ticket_opened"),
    rows.PathRow(at=ago(39.5), by="王芳", code="ticket_claimed"),
    rows.PathRow(at=ago(39), by="王芳", code="first_response_given"),
    rows.PathRow(
        at=ago(38.5), by="王芳", code="message_sent", data={"via": "spoken"}, text="陈女士您好，已为您查到订单…"
    ),
    rows.PathRow(at=ago(37), by="王芳", code="order_cancelled"),
    rows.PathRow(at=ago(36), by="王芳", code="approval_asked", data={"cost": 3000, "currency": "CNY"}),
    rows.PathRow(at=ago(35.4), by="刘洋", code="approval_decided"),
    rows.PathRow(at=ago(30), by="王芳", code="record_written"),
    rows.PathRow(at=ago(29.8), by="王芳", code="ticket_closed"),
    rows.PathRow(at=ago(2), by="系统", code="ticket_archived"),
)


def act(key: str, **changes: object) -> rows.ActRow:
    """An act that is on offer."""
    return replace(rows.ActRow(key=key, allowed=rows.Allowed.FREE), **changes)  # type: ignore[arg-type]


CASE = rows.CaseRow(
    id="t2",
    number="T1121-0002",
    kind=Kind.CANCEL,
    channel=Channel.HOTLINE,
    stage=Stage.ANALYSE,
    label=NOT_WANTED,
    opened_at=ago(0.64),
    team=names("热线组", "Hotline"),
    team_id="hotline",
    reason="no_longer_wanted",
    holder_id="u1",
    holder="王芳",
    mine=True,
    due_at=ahead(12.4),
    due_kind="first_response",
    who=WHO,
    verdict=VERDICT,
    order=ORDER,
    acts=(
        rows.ActRow(key="cancel_order", allowed=rows.Allowed.FREE, amount=cny(29900), second_key=True),
        rows.ActRow(key="close", allowed=rows.Allowed.FREE),
        rows.ActRow(key="release", allowed=rows.Allowed.FREE),
        rows.ActRow(key="pause", allowed=rows.Allowed.FREE),
    ),
    alternatives=(
        instead("change_address", "alternative", "改地址", "Change address"),
        instead("swap", "alternative", "换款", "Swap"),
        instead("reorder", "cancelled", "重新下单", "Order again"),
        instead("wait", "withdrawn", "愿意等待", "Will wait"),
    ),
    done=frozenset({Act.NOTIFY}),
    promises=(rows.PromiseRow(id="pr1", names=names("2分钟内回复", "Answer in 2 minutes"), due_at=ahead(1.4)),),
    timeline=TIMELINE,
    path=PATH,
    choices=CHOICES,
)  # fmt: skip

CASE_GIVEN = replace(
    CASE,
    done=frozenset({Act.NOTIFY, Act.EXPLAIN, Act.SOLUTION}),
    chased=1,
    words="不想要了，还没发货吧？赶紧给我取消。",
    given=(
        rows.GivenRow(key="g1", kind=BenefitKind.COUPON, label=names("10元优惠券", "¥10 coupon"), cost=cny(1000),
                      units=1000,
                      state="confirmed", at=ago(3), by="王芳"),
    ),
    effects=(
        rows.EffectRow(id="e3", kind=EffectKind.REFUND, state=EffectState.ACCEPTED, at=ago(2), order_tail="0917",
                       label=names("支付宝", "Alipay"), amount=cny(29900)),
        rows.EffectRow(id="e4", kind=EffectKind.RELEASE_STOCK, state=EffectState.CONFIRMED, at=ago(2),
                       order_tail="0917"),
        rows.EffectRow(id="e5", kind=EffectKind.STOP_SHIPMENT, state=EffectState.UNKNOWN, at=ago(2), order_tail="0917",
                       problem="timeout"),
    ),
)  # fmt: skip

SHIPPED_TREE = tuple(
    replace(box, answer={"shipped_q": "yes", "fresh": "no"}.get(box.key, box.answer if box.taken else ""),
            taken=box.key in ("cancelled", "paid", "signed", "shipped_q", "fresh", "shipped"))
    for box in TREE
)  # fmt: skip

CASE_SHIPPED = replace(
    CASE,
    label=names("物流太慢", "Logistics too slow"),
    needs_review=True,
    verdict=replace(VERDICT, code="shipped", tone=rows.Tone.WARN, nodes=SHIPPED_TREE, until=None, then_code="",
                    merchant_cost=cny(1200), forecast=True),
    order=replace(
        ORDER,
        state=OrderState.SHIPPED,
        stages=(
            rows.StageRow(key="created", state="done", at=ago(60 * 74)),
            rows.StageRow(key="paid", state="done", at=ago(60 * 73.9)),
            rows.StageRow(key="packed", state="done", at=ago(60 * 60)),
            rows.StageRow(key="shipped", state="now", at=ago(60 * 58)),
            rows.StageRow(key="signed", state="ahead"),
        ),
        parcels=(
            rows.ParcelRow(id="k1", carrier="顺丰", tracking="SF1399201177", shipped_at=ago(60 * 58), stale_hours=52,
                           trace=(rows.ScanRow(at=ago(60 * 52), place="上海分拨中心", text="", code="depot"),)),
        ),
    ),
    acts=(act("cancel_order", amount=cny(29900), second_key=True, reason="review_needed",
              allowed=rows.Allowed.APPROVAL),),
)  # fmt: skip

CASE_TROUBLE = replace(
    CASE,
    kind=Kind.EXCEPTION,
    channel=Channel.CHAT,
    type="payment",
    label=names("支付 · 已扣款未更新", "Payment · Paid, not updated"),
    words="钱扣了，订单里什么都没有。",
    order=None,
    who=None,
    verdict=rows.VerdictRow(code="no_order", tone=rows.Tone.CALM),
    acts=(act("resolve"), act("release")),
    alternatives=(),
)
