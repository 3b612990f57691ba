"""Scripts, offers and requests for approval."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.ledger import ApprovalState, BenefitKind
from desk.domain.people import Level
from desk.domain.tickets import Act
from desk.services import rows
from tools.samples.base import CHOICES, NOT_WANTED, ago, ahead, choice, cny, names
from tools.samples.case import TIMELINE

SCRIPT = rows.ScriptRow(
    key="cancel_in_window",
    names=names("可取消 · 原路退款", "May cancel · original route"),
    language="zh",
    pieces=(
        rows.Piece(text="陈女士", kind="filled"),
        rows.Piece(text="您好，已为您查到尾号 "),
        rows.Piece(text="0917", kind="filled"),
        rows.Piece(text=" 的订单，目前仓库还没有打包，现在可以直接取消。"),
        rows.Piece(text="299.00 元", kind="filled"),
        rows.Piece(text="将在 "),
        rows.Piece(text="1–3 个工作日", kind="filled"),
        rows.Piece(text="退回您的支付宝，优惠券和积分也会一并退回。"),
    ),
    parts=2,
    acts=frozenset({Act.NOTIFY, Act.SOLUTION}),
    others=(
        choice("cancel_in_window", "可取消 · 原路退款", "May cancel"),
        choice("please_wait", "请稍等 2 分钟", "Please wait 2 minutes"),
        choice("apology", "致歉", "Apology"),
    ),
)

SCRIPT_EN = replace(
    SCRIPT,
    language="en",
    pieces=(
        rows.Piece(text="Hello "),
        rows.Piece(text="Ms Chen", kind="filled"),
        rows.Piece(text=", I have your order ending in "),
        rows.Piece(text="0917", kind="filled"),
        rows.Piece(text=" here. It is not packed yet, so I can cancel it now. "),
        rows.Piece(text="¥299.00", kind="filled"),
        rows.Piece(text=" goes back to your Alipay within "),
        rows.Piece(text="1–3 working days", kind="filled"),
        rows.Piece(text=", your coupon and points as well."),
    ),
)

SCRIPT_MISSING = replace(
    SCRIPT,
    key="wait",
    names=names("请客户等待", "Ask to wait"),
    pieces=(
        rows.Piece(text="陈女士", kind="filled"),
        rows.Piece(text="您好，快件预计 "),
        rows.Piece(text="", kind="missing", name="eta"),
        rows.Piece(text=" 送达，您愿意再等等吗？"),
    ),
    parts=1,
    blocked="missing_value",
)


def offer(number: int, key: str, zh: str, en: str, cost: int, **changes: object) -> rows.OfferRow:
    """A compensation button."""
    made = rows.OfferRow(
        key=key,
        number=number,
        kind=BenefitKind.COUPON,
        names=names(zh, en),
        units=cost,
        cost=cny(cost),
        allowed=rows.Allowed.FREE,
        note="in_limit",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


GIVE = rows.GiveRow(
    meters=(
        rows.Meter(key="order", left=cny(1500), cap=cny(10000)),
        rows.Meter(key="today", left=cny(18200), cap=cny(20000)),
    ),
    offers=(
        offer(1, "coupon_5", "5元优惠券", "¥5 coupon", 500),
        offer(2, "coupon_10", "10元优惠券", "¥10 coupon", 1000),
        offer(3, "points_500", "500积分", "500 points", 500, kind=BenefitKind.POINTS, note="cost"),
        offer(4, "coupon_30", "30元优惠券", "¥30 coupon", 3000, allowed=rows.Allowed.APPROVAL, note="approval_by",
              data={"name": "刘洋"}),
        offer(5, "gift_small", "小礼品", "Small gift", 1500, kind=BenefitKind.GIFT, note="stock", data={"count": 120}),
        offer(6, "freight_12", "退运费12元", "¥12 freight", 1200, kind=BenefitKind.FREIGHT, allowed=rows.Allowed.OFF,
              note="no_freight"),
    ),
    causes=CHOICES.causes,
    cause="waiting",
)  # fmt: skip

APPROVAL = rows.ApprovalRow(
    id="a1",
    ticket_id="t2",
    number="T1121-0002",
    order_tail="0917",
    kind=BenefitKind.COUPON,
    label=names("优惠券", "Coupon"),
    units=3000,
    cost=cny(3000),
    requested_by="王芳",
    requested_at=ago(0.2),
    expires_at=ahead(14),
    state=ApprovalState.ASKED,
    level=Level.SUPERVISOR,
    escalate_at=ahead(1.3),
    cause=names("让客户久等", "Long wait"),
    words="客户已第二次来电，愿意保留订单，希望多给一点。",
    customer="陈*",
    tier=names("金卡会员", "Gold member"),
    order_value=cny(29900),
    order_given=cny(500),
    order_cap=cny(10000),
    customer_given=cny(500),
    case_label=NOT_WANTED,
    similar=(
        rows.SimilarRow(order_tail="8817", label=names("10元优惠券", "¥10 coupon"), cost=cny(1000), at=ago(60 * 30)),
        rows.SimilarRow(order_tail="2291", label=names("20元优惠券", "¥20 coupon"), cost=cny(2000), at=ago(60 * 70)),
    ),
    timeline=TIMELINE,
)

APPROVALS = (
    APPROVAL,
    replace(APPROVAL, id="a2", ticket_id="t5", order_tail="7730", cost=cny(5000), units=5000, requested_by="李强",
            kind=BenefitKind.GOODWILL, label=names("补偿退款", "Goodwill refund"), requested_at=ago(1.4),
            expires_at=ahead(12), escalate_at=ago(0.1), customer="Sun*", words=""),
    replace(APPROVAL, id="a3", ticket_id="t9", order_tail="9021", cost=cny(2000), units=2000, requested_by="刘洋",
            requested_at=ago(3), own=True, may_decide=False, reason_off="own_request", customer="冯*", words=""),
)  # fmt: skip

ANSWERED = replace(
    APPROVAL, id="a0", state=ApprovalState.APPROVED, approved_cost=cny(2000), approved_units=2000, decided_by="刘洋"
)
