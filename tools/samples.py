"""Made-up view rows for tests of the windows and for pictures: one afternoon at a made-up shop."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from desk.domain.ledger import ApprovalState, BenefitKind, EffectKind, EffectState
from desk.domain.money import Money
from desk.domain.orders import GoodsFlag, OrderState
from desk.domain.people import Level
from desk.domain.tickets import Act, Channel, Kind, Stage
from desk.services import rows
from desk.services.rows import Choice, Names

NOW = datetime(2026, 11, 21, 12, 4, 31, tzinfo=UTC)  # 20:04 in Shanghai


def cny(amount: int) -> Money:
    """Fen."""
    return Money(amount, "CNY")


def ago(minutes: float) -> datetime:
    """So many minutes before the samples' now."""
    return NOW - timedelta(minutes=minutes)


def ahead(minutes: float) -> datetime:
    """So many minutes after it."""
    return NOW + timedelta(minutes=minutes)


def names(zh: str, en: str) -> Names:
    """A name in both languages."""
    return {"zh": zh, "en": en}


def choice(key: str, zh: str, en: str, *parts: Choice) -> Choice:
    """A choice in both languages."""
    return Choice(key=key, names=names(zh, en), parts=parts)


NOT_WANTED = names("不想要了", "No longer wanted")
WRONG_ADDRESS = names("地址填错", "Wrong address")

CHOICES = rows.Choices(
    reasons=(
        Choice(
            key="wrong_address",
            names=WRONG_ADDRESS,
            parts=(choice("typing_slip", "填写失误", "Slip while typing"),),
        ),
        Choice(
            key="no_longer_wanted",
            names=NOT_WANTED,
            parts=(
                choice("impulse", "冲动消费", "Impulse purchase"),
                choice("need_changed", "临时变更需求", "Change of need"),
            ),
        ),
        choice("not_as_described", "商品不符", "Not as described"),
        choice("too_slow", "物流太慢", "Logistics too slow"),
    ),
    types=(
        choice("payment", "支付", "Payment", choice("paid_twice", "重复支付", "Paid twice")),
        choice("logistics", "物流", "Logistics", choice("stalled", "轨迹停滞", "Trace stalled")),
        choice("stock", "库存", "Stock", choice("oversold", "超卖", "Oversold")),
    ),
    moods=(choice("calm", "平静", "Calm"), choice("worried", "着急", "Worried"), choice("angry", "愤怒", "Angry")),
    outcomes=(
        choice("cancelled", "已取消", "Cancelled"),
        choice("withdrawn", "撤回,客户愿意等待", "Withdrawn, customer waits"),
        choice("alternative", "已接受替代方案", "Alternative accepted"),
        choice("after_sales", "转售后", "Sent to after-sales"),
    ),
    results=(choice("solved", "问题已解决", "Solved"), choice("compensated", "已补偿", "Compensated")),
    teams=(
        choice("hotline", "热线组", "Hotline"),
        choice("warehouse", "仓储组", "Warehouse"),
        choice("finance", "财务组", "Finance"),
    ),
    causes=(choice("waiting", "让客户久等", "Long wait"), choice("late_delivery", "派送延误", "Late delivery")),
    denials=(
        choice("too_high", "金额过高", "Too high"),
        choice("not_our_fault", "非我方责任", "Not our fault"),
        choice("given_before", "已补偿过", "Given before"),
    ),
    channels=(choice("hotline", "热线", "Hotline"), choice("chat", "在线", "Chat"), choice("store", "门店", "Store")),
)


def queue_row(number: int, **changes: object) -> rows.QueueRow:
    """A ticket in the queue."""
    row = rows.QueueRow(
        id=f"t{number}",
        number=f"T1121-{number:04}",
        kind=Kind.CANCEL,
        channel=Channel.HOTLINE,
        stage=Stage.IDENTIFY,
        label=NOT_WANTED,
        order_tail=f"{1000 + number * 37 % 9000:04}",
        customer="陈*",
        amount=cny(29900),
        due_at=ahead(72),
        due_kind="no_return",
    )
    return replace(row, **changes)  # type: ignore[arg-type]


QUEUE = (
    queue_row(
        1,
        label=WRONG_ADDRESS,
        order_tail="4471",
        customer="李*",
        amount=cny(26800),
        due_at=ahead(0.7),
        due_kind="first_response",
        channel=Channel.APP,
        flags=frozenset({GoodsFlag.FRESH}),
        chased=1,
    ),
    queue_row(2, order_tail="0917", due_at=ahead(12.4), mine=True, holder_id="u1", holder="王芳"),
    queue_row(
        3,
        kind=Kind.EXCEPTION,
        channel=Channel.SYSTEM,
        label=names("物流 · 轨迹停滞", "Logistics · Trace stalled"),
        order_tail="5512",
        customer="赵*",
        amount=cny(8990),
        due_at=ahead(33),
        chased=1,
    ),
    queue_row(4, label=names("商品不符", "Not as described"), order_tail="2208", customer="孙*", amount=cny(15900),
              due_at=ahead(52), channel=Channel.APP, needs_review=True),
    queue_row(
        5,
        kind=Kind.EXCEPTION,
        channel=Channel.CHAT,
        label=names("支付 · 重复支付", "Payment · Paid twice"),
        order_tail="7730",
        customer="Sun*",
        amount=cny(129900),
        due_at=ahead(128),
    ),
    queue_row(
        6,
        kind=Kind.EXCEPTION,
        label=names("库存 · 超卖", "Stock · Oversold"),
        order_tail="1208",
        customer="周*",
        amount=cny(45900),
        due_at=ahead(158),
        holder_id="u2",
        holder="李强",
    ),
    queue_row(7, label=names("商品不符", "Not as described"), order_tail="6619", customer="吴*", amount=cny(7650),
              due_at=ahead(200), channel=Channel.STORE, provisional=True),
    queue_row(8, label=names("物流太慢", "Logistics too slow"), order_tail="3304", customer="郑*", amount=cny(6800),
              due_at=ahead(270), channel=Channel.APP),
    queue_row(9, label=NOT_WANTED, order_tail="9021", customer="冯*", amount=cny(21900), due_at=ahead(420),
              channel=Channel.CHAT),
)  # fmt: skip

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
    rows.TimelineRow(at=ago(0.6), area="service", code="ticket_opened", text="不想要了,还没发货吧?", by="王芳"),
    rows.TimelineRow(at=ago(52), area="stock", code="", text="波次 1122-07 已分配,预计 07:00 打包"),
    rows.TimelineRow(at=ago(60), area="payment", code="paid", text="支付宝到账 ¥299.00 · 支付单 2026112122001…"),
    rows.TimelineRow(at=ago(61), area="order", code="created"),
    rows.TimelineRow(at=ago(60 * 26), area="service", code="message_sent", data={"via": "sms"}, by="李强"),
)

PATH = (
    rows.PathRow(at=ago(40), by="王芳", code="ticket_opened"),
    rows.PathRow(at=ago(39.5), by="王芳", code="ticket_claimed"),
    rows.PathRow(at=ago(39), by="王芳", code="first_response_given"),
    rows.PathRow(
        at=ago(38.5), by="王芳", code="message_sent", data={"via": "spoken"}, text="陈女士您好,已为您查到订单…"
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
        choice("change_address", "改地址", "Change address"),
        choice("swap", "换款", "Swap"),
        choice("reorder", "重新下单", "Order again"),
        choice("withdrawn", "愿意等待", "Will wait"),
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
    words="不想要了,还没发货吧?赶紧给我取消。",
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
    words="钱扣了,订单里什么都没有。",
    order=None,
    who=None,
    verdict=rows.VerdictRow(code="no_order", tone=rows.Tone.CALM),
    acts=(act("resolve"), act("release")),
    alternatives=(),
)

SCRIPT = rows.ScriptRow(
    key="cancel_in_window",
    names=names("可取消 · 原路退款", "May cancel · original route"),
    language="zh",
    pieces=(
        rows.Piece(text="陈女士", kind="filled"),
        rows.Piece(text="您好,已为您查到尾号 "),
        rows.Piece(text="0917", kind="filled"),
        rows.Piece(text=" 的订单,目前仓库还没有打包,现在可以直接取消。"),
        rows.Piece(text="299.00 元", kind="filled"),
        rows.Piece(text="将在 "),
        rows.Piece(text="1–3 个工作日", kind="filled"),
        rows.Piece(text="退回您的支付宝,优惠券和积分也会一并退回。"),
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
        rows.Piece(text="您好,快件预计 "),
        rows.Piece(text="", kind="missing", name="arrival_date"),
        rows.Piece(text=" 送达,您愿意再等等吗?"),
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
    words="客户已第二次来电,愿意保留订单,希望多给一点。",
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

ATTENTION = (
    rows.AttentionRow(id="x1", at=ago(6), command="GrantCompensation", code="order", ticket_id="t3",
                      number="T1121-0003", order_tail="5512", amount=cny(2000), steps=("open", "again", "dismiss")),
    rows.AttentionRow(id="x2", at=ago(31), command="CancelOrder", code="amount_changed",
                      data={"amount": 26900, "currency": "CNY"}, ticket_id="t4", number="T1121-0004", order_tail="2208",
                      steps=("open", "dismiss")),
)  # fmt: skip

TASKS = (
    rows.EffectRow(id="e1", kind=EffectKind.STOP_SHIPMENT, state=EffectState.MANUAL, at=ago(12), order_tail="4471",
                   ticket_id="t1", team=names("仓储组", "Warehouse"), may_confirm=True),
    rows.EffectRow(id="e2", kind=EffectKind.REFUND, state=EffectState.FAILED, at=ago(44), order_tail="7730",
                   ticket_id="t5", label=names("微信支付", "WeChat Pay"), amount=cny(129900), attempts=3,
                   problem="declined", team=names("财务组", "Finance"), may_confirm=True, may_retry=True),
)  # fmt: skip

HITS = tuple(
    rows.HitRow(order_id=f"o{at}", number=f"2026112{at}0917", customer=customer, phone="138****0005",
                state=state, total=cny(29900 + at * 1100), created_at=ago(61 + at * 1700), shop=shop,
                title=title, matched=matched, tickets=("t2",) if at == 1 else (), local=at < 3)
    for at, (customer, state, shop, title, matched) in enumerate(
        (
            ("陈*", OrderState.PAID, "天猫旗舰店", "北欧陶瓷餐具 12 件套", "tail"),
            ("陈*", OrderState.SHIPPED, "微信小店", "亚麻四件套", "tail"),
            ("程*", OrderState.SIGNED, "京东店", "玻璃水壶", "initials"),
            ("Sun*", OrderState.UNPAID, "天猫旗舰店", "铸铁锅 24cm", "phone"),
        ),
        start=1,
    )
)  # fmt: skip

PEOPLE = tuple(
    rows.PersonRow(id=f"u{at}", login=login, name=name, level=level, team=team)
    for at, (login, name, level, team) in enumerate(
        (
            ("wangfang", "王芳", Level.AGENT, names("热线组", "Hotline")),
            ("liqiang", "李强", Level.AGENT, names("热线组", "Hotline")),
            ("zhaomin", "赵敏", Level.SENIOR, names("热线组", "Hotline")),
            ("liuyang", "刘洋", Level.SUPERVISOR, names("热线组", "Hotline")),
            ("sunli", "孙丽", Level.SUPERVISOR, names("热线组", "Hotline")),
            ("chenjie", "陈杰", Level.COUNTER, names("静安店", "Jing'an store")),
            ("zhoujun", "周军", Level.WAREHOUSE, names("仓储组", "Warehouse")),
            ("admin", "管理员", Level.ADMIN, names("", "")),
        ),
        start=1,
    )
)

ADMIN = rows.AdminRow(
    staff=tuple(
        rows.StaffRow(id=person.id, login=person.login, name=person.name, level=person.level,
                      teams=("hotline",) if person.level is not Level.COUNTER else (),
                      store_id="S01" if person.level is Level.COUNTER else None, active=person.login != "sunli",
                      language="zh")
        for person in PEOPLE
    ),
    teams=(
        rows.PlaceRow(id="hotline", names=names("热线组", "Hotline"), timezone="Asia/Shanghai", people=5),
        rows.PlaceRow(id="warehouse", names=names("仓储组", "Warehouse"), timezone="Asia/Shanghai", people=1),
    ),
    stores=(rows.PlaceRow(id="S01", names=names("静安店", "Jing'an store"), timezone="Asia/Shanghai", people=1),),
    installations=(
        rows.InstallationRow(id="i1", name="热线 01 号台", scopes=("team:hotline",), revoked=False, here=True),
        rows.InstallationRow(id="i2", name="静安店收银台", scopes=("store:S01",), revoked=True),
    ),
)  # fmt: skip

STATUS = rows.SyncStatus(
    phase=rows.Phase.ONLINE,
    last_sync_at=NOW,
    attention=2,
    approvals=3,
    tasks=2,
    embedded=True,
    centre="http://127.0.0.1:41877",
    installation="热线 01 号台",
    scopes=("team:hotline",),
    cursor=18_204,
    policy_version=12,
)
