"""Exceptions in hand with their playbooks, and tasks between teams."""

from __future__ import annotations

from dataclasses import replace

from desk.domain.orders import OrderState
from desk.domain.tasks import TaskState
from desk.domain.tickets import Act, Channel, Kind, Stage
from desk.services import rows
from tools.samples.base import CHOICES, ago, ahead, choice, cny, names
from tools.samples.case import CASE, ORDER, TIMELINE, WHO, act

FINANCE, LOGISTICS, WAREHOUSE = names("财务组", "Finance"), names("物流组", "Logistics"), names("仓储组", "Warehouse")
HOTLINE, PURCHASING = names("热线组", "Hotline"), names("采购组", "Purchasing")


def fact(key: str, value: object, kind: str) -> rows.FactRow:
    """A fact beside a check."""
    return rows.FactRow(key=key, value=value, kind=kind, currency="CNY")  # type: ignore[arg-type]


PAYMENT_CAUSES = (
    choice("bank", "银行系统", "Bank system"),
    choice("payment_api", "第三方支付接口", "Payment provider's interface"),
    choice("network", "网络环境", "Network"),
    choice("customer_slip", "客户操作失误", "Customer's slip"),
    choice("system_communication", "系统通信故障", "Systems failed to talk"),
)
HANDOFFS = (
    rows.Choice(
        key="reconcile_payment", names=names("核对支付流水", "Reconcile the payment"), owner="finance", minutes=60
    ),
    rows.Choice(
        key="carrier_claim", names=names("向物流公司索赔", "Claim from the carrier"), owner="warehouse", minutes=2880
    ),
)
BLOCKS = (choice("fake_orders", "虚假订单/刷单", "Fake orders"), choice("fraud", "涉嫌欺诈", "Suspected fraud"))
CHECKS = (
    rows.CheckRow(
        key="received_more",
        names=names("实收大于应付？", "More received than is due?"),
        judge=True,
        required=True,
        answer="yes",
        by_itself=True,
        facts=(fact("received", 59800, "money"), fact("due_amount", 29900, "money"), fact("surplus", 29900, "money")),
    ),
    rows.CheckRow(
        key="same_amount",
        names=names("两笔金额相同？", "Is it the same amount twice?"),
        judge=True,
        answer="yes",
        by_itself=True,
        facts=(fact("receipts", 2, "count"), fact("surplus_same_amount", True, "flag")),
    ),
    rows.CheckRow(
        key="proof",
        names=names("客户能提供两笔扣款凭证？", "Does the customer have proof of both payments?"),
        required=True,
        answer="yes",
        by="王芳",
        at=ago(3),
        words="微信账单截图，两笔间隔 40 秒",
    ),
    rows.CheckRow(
        key="reconciled",
        names=names("平台/银行流水已核对？", "Reconciled with platform and bank?"),
        required=True,
        team=FINANCE,
        team_id="finance",
        facts=(fact("payment_references", "2026112122001, 2026112122008", "text"),),
    ),
    rows.CheckRow(
        key="interface_log",
        names=names("接口日志有重复回调？", "Repeated callbacks in the interface log?"),
        team=names("技术组", "Tech"),
    ),
)
OPTIONS = (
    rows.OptionRow(
        key="refund_surplus",
        number=1,
        names=names("退还重复支付", "Refund the second payment"),
        allowed=rows.Allowed.FREE,
        amount=cny(29900),
        deeds=(rows.DeedRow(do="refund_surplus"),),
        template="paid_twice_refunded",
        gives=("coupon_5",),
        outcome="solved",
    ),
    rows.OptionRow(
        key="reconcile",
        number=2,
        names=names("先请财务核对", "Have finance reconcile first"),
        allowed=rows.Allowed.FREE,
        deeds=(rows.DeedRow(do="task", label=names("核对支付流水", "Reconcile the payment"), team=FINANCE),),
    ),
    rows.OptionRow(
        key="cancel_all",
        number=3,
        names=names("取消整单", "Cancel the whole order"),
        allowed=rows.Allowed.OFF,
        reason="option_not_offered",
        data={"fact": "state"},
        lacks=fact("state", "paid", "code"),
        deeds=(rows.DeedRow(do="cancel"),),
    ),
)
PAID_TWICE = rows.PlaybookRow(
    names=names("重复支付", "Paid twice"),
    manner="deviates",
    order_stage="payment",
    owner=FINANCE,
    escalate_at=ahead(21.5),
    next_level="supervisor",
    seen=rows.SeenRow(
        rule="paid_twice",
        at=ago(12),
        names=names("同一订单收到两笔支付", "Paid twice"),
        saw={"receipt": "r2", "surplus": 29900, "received": 59800, "due": 29900, "since": ago(59).isoformat()},
        currency="CNY",
    ),
    checks=CHECKS,
    causes=PAYMENT_CAUSES,
    chosen=("payment_api",),
    options=tuple(replace(option, allowed=rows.Allowed.OFF) for option in OPTIONS),
    off="checks_first",
)
TASK = rows.TaskRow(
    id="k1",
    what=names("核对支付流水", "Reconcile the payment"),
    team=FINANCE,
    team_id="finance",
    state=TaskState.OPEN,
    asked_by="王芳",
    asked_team=HOTLINE,
    asked_at=ago(8),
    due_at=ahead(52),
    words="客户说两笔都扣款了，第二笔订单里没有",
    ticket_id="t2",
    number="T1121-0002",
    case_label=names("支付异常 · 重复支付", "Payment · Paid twice"),
    order_tail="210917",
    customer="陈*",
    for_me=True,
    may_take=True,
    may_reply=True,
)
PAID_TWICE_ORDER = replace(
    ORDER,
    tenders=(
        rows.TenderRow(
            id="p1",
            names=names("支付宝", "Alipay"),
            paid=cny(29900),
            refunded=cny(0),
            reference="2026112122001",
            paid_at=ago(60),
        ),
    ),
    receipts=(
        rows.ReceiptRow(
            id="r1", names=names("支付宝", "Alipay"), amount=cny(29900), at=ago(60), reference="2026112122001"
        ),
        rows.ReceiptRow(
            id="r2",
            names=names("支付宝", "Alipay"),
            amount=cny(29900),
            at=ago(59.3),
            reference="2026112122008",
            surplus=True,
        ),
    ),
    systems=(
        rows.SystemRow(system="shop", state="paid", at=ago(60)),
        rows.SystemRow(system="erp", state="unpaid", at=ago(58), differs=True),
        rows.SystemRow(system="wms", state="allocated", at=ago(52)),
    ),
)
TASKS_OF_CASE = (
    replace(
        TASK, for_me=False, may_take=False, may_reply=False, may_withdraw=True, state=TaskState.TAKEN, holder="何静"
    ),
    replace(
        TASK,
        id="k2",
        what=names("检查接口日志", "Look into the interface log"),
        team=names("技术组", "Tech"),
        state=TaskState.DONE,
        reply="回调服务 19:04 重启，重复通知一次",
        reference="OPS-2217",
        replied_by="高远",
        replied_at=ago(2),
        for_me=False,
        may_take=False,
        may_reply=False,
        asked_at=ago(9),
        words="",
    ),
)
CASE_PAID_TWICE = replace(
    CASE,
    kind=Kind.EXCEPTION,
    channel=Channel.SYSTEM,
    stage=Stage.ANALYSE,
    type="payment",
    subtype="paid_twice",
    reason="",
    label=names("支付异常 · 重复支付", "Payment · Paid twice"),
    verdict=rows.VerdictRow(
        code="exception_check",
        tone=rows.Tone.WARN,
        data={"count": 1},
        policy_version=12,
        forecast=False,
    ),
    who=replace(WHO, contact_at=None),
    order=PAID_TWICE_ORDER,
    acts=(act("resolve"), act("release"), act("pause"), act("block")),
    alternatives=(),
    playbook=PAID_TWICE,
    tasks=TASKS_OF_CASE,
    may_ask=True,
    choices=replace(CHOICES, handoffs=HANDOFFS, blocks=BLOCKS),
)
READY = replace(
    PAID_TWICE,
    off="",
    options=OPTIONS,
    checks=tuple(
        replace(check, answer="yes", by="王芳", at=ago(1)) if check.open and check.required else check
        for check in CHECKS
    ),
)
CASE_READY = replace(
    CASE_PAID_TWICE,
    playbook=READY,
    verdict=rows.VerdictRow(
        code="exception_ways",
        data={"more": 1},
        tone=rows.Tone.OK,
        option=names("退还重复支付", "Refund the second payment"),
        amount=cny(29900),
        merchant_cost=cny(0),
        customer_cost=cny(0),
        policy_version=12,
        forecast=False,
    ),
)

LOST_OPTIONS = (
    rows.OptionRow(
        key="reship",
        number=1,
        names=names("立即补发", "Send it again"),
        allowed=rows.Allowed.FREE,
        deeds=(
            rows.DeedRow(do="reship"),
            rows.DeedRow(do="task", label=names("向物流公司索赔", "Claim from the carrier"), team=LOGISTICS),
        ),
        inputs=(
            rows.InputRow(
                key="lines",
                kind="lines",
                choices=(
                    choice("l1", "北欧陶瓷餐具 12 件套 ×1", "北欧陶瓷餐具 12 件套 ×1"),
                    choice("l2", "亚麻餐巾 4 条 ×2", "亚麻餐巾 4 条 ×2"),
                ),
            ),
            rows.InputRow(key="phone", kind="phone"),
            rows.InputRow(key="eta", kind="date"),
        ),
        template="reshipped",
    ),
    rows.OptionRow(
        key="refund_parcel",
        number=2,
        names=names("全额退款", "Refund in full"),
        allowed=rows.Allowed.FREE,
        amount=cny(29900),
        deeds=(
            rows.DeedRow(do="refund_parcel"),
            rows.DeedRow(do="task", label=names("向物流公司索赔", "Claim from the carrier"), team=LOGISTICS),
        ),
    ),
    rows.OptionRow(
        key="urge",
        number=3,
        names=names("催促网点", "Urge the depot"),
        allowed=rows.Allowed.OFF,
        reason="option_not_offered",
        data={"fact": "parcel_lost"},
        lacks=fact("parcel_lost", True, "flag"),
        deeds=(rows.DeedRow(do="urge"),),
    ),
)
LOST = rows.PlaybookRow(
    names=names("包裹丢失/损毁", "Parcel lost or damaged"),
    manner="deviates",
    order_stage="logistics",
    owner=LOGISTICS,
    escalation=1,
    level="senior",
    seen=rows.SeenRow(
        rule="parcel_lost",
        at=ago(40),
        names=names("承运商报告丢失或破损", "Carrier reports loss or damage"),
        saw={"carrier": "顺丰", "scan": "lost", "scan_at": ago(60 * 77).isoformat(), "place": "嘉兴中转"},
    ),
    checks=(
        rows.CheckRow(
            key="lost",
            names=names("物流显示丢失或损毁？", "Does the carrier say lost or damaged?"),
            judge=True,
            required=True,
            answer="yes",
            by_itself=True,
            facts=(
                fact("parcel_last_code", "lost", "code"),
                fact("parcel_hours_silent", 77, "hours"),
                fact("trackings", "SF1399201177", "text"),
            ),
        ),
        rows.CheckRow(
            key="stock",
            names=names("有货可补发？", "Are there goods to send again?"),
            answer="yes",
            by_itself=True,
            facts=(fact("stock_available_min", 42, "count"),),
        ),
        rows.CheckRow(
            key="photos",
            names=names("客户有破损照片？", "Does the customer have pictures of the damage?"),
            answer="cannot_tell",
            by="王芳",
            at=ago(4),
        ),
    ),
    causes=(choice("carrier_quality", "快递服务质量", "Carrier's service"), choice("incident", "突发事件", "Incident")),
    options=LOST_OPTIONS,
    proposed=("coupon_10",),
)
CASE_LOST = replace(
    CASE_PAID_TWICE,
    channel=Channel.HOTLINE,
    stage=Stage.RESOLVE,
    type="logistics",
    subtype="lost_damaged",
    label=names("物流异常 · 包裹丢失/损毁", "Logistics · Parcel lost or damaged"),
    words="快递说找不到了，我这个周末要用的。",
    who=replace(
        WHO,
        contact_flags=frozenset({"address_no_door"}),
        block=rows.BlockRow(
            reason=names("频繁恶意退款", "Refunds without cause"),
            by="刘洋",
            at=ago(60 * 24 * 9),
            until=ahead(60 * 24 * 81),
        ),
    ),
    verdict=rows.VerdictRow(
        code="exception_ways",
        data={"more": 1},
        tone=rows.Tone.OK,
        option=names("立即补发", "Send it again"),
        merchant_cost=cny(28100),
        customer_cost=cny(0),
        policy_version=12,
    ),
    order=replace(
        ORDER,
        state=OrderState.SHIPPED,
        lines=(replace(ORDER.lines[0], counted=0), ORDER.lines[1]),
        parcels=(
            rows.ParcelRow(
                id="k1",
                carrier="顺丰",
                tracking="SF1399201177",
                shipped_at=ago(60 * 90),
                stale_hours=77,
                due_at=ago(60 * 40),
                trace=(rows.ScanRow(at=ago(60 * 77), place="嘉兴中转", text="", code="lost"),),
            ),
        ),
    ),
    done=frozenset({Act.NOTIFY, Act.APOLOGY}),
    promises=(),
    timeline=TIMELINE[2:],
    playbook=LOST,
    tasks=(),
)

HAND_OFFS = (
    replace(TASK, order=PAID_TWICE_ORDER),
    replace(
        TASK,
        id="k3",
        what=names("盘点实物库存", "Count the goods"),
        team=WAREHOUSE,
        team_id="warehouse",
        due_at=ago(14),
        escalations=1,
        level="senior",
        asked_by="李强",
        case_label=names("库存异常 · 超卖", "Stock · Oversold"),
        order_tail="211208",
        customer="周*",
        words="系统 3 件，仓库说没有",
        state=TaskState.TAKEN,
        holder="周军",
        mine=True,
        ticket_id="t6",
        number="T1121-0006",
        order=replace(ORDER, number="202611211208"),
        may_take=False,
    ),
)
