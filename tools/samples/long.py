"""The same afternoon with the longest words there are: names, teams, reasons, goods, scripts, in both languages."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk.domain.ledger import BenefitKind
from desk.domain.orders import GoodsFlag
from desk.domain.tickets import Act, Kind
from desk.services import rows
from tools.samples.base import CHOICES, ago, ahead, choice, cny, names
from tools.samples.case import CASE_GIVEN, CASE_SHIPPED, ORDER, WHO
from tools.samples.give import APPROVAL, GIVE, SCRIPT, offer
from tools.samples.pages import ADMIN, ATTENTION, HITS, PEOPLE, STATUS, TASKS
from tools.samples.queue import QUEUE

REASON = names(
    "实际收到的商品与页面描述的规格、颜色、材质均不一致",
    "Goods differ from the page in size, colour and material",
)
TEAM = names(
    "华东区域高净值客户专属服务与舆情应对联合工作组",
    "Eastern region key account service and public relations joint team",
)
SHOP = "天猫国际官方海外旗舰店（保税仓直发）"
GOODS = "【限时加赠】北欧手绘釉下彩高温骨瓷餐具 12 件套 礼盒装 Hand-painted Underglaze Bone China Dinner Set"
CUSTOMER = "阿卜杜热西提·买买提吐尔逊·Wolfeschlegelsteinhausen"
TENDER = names("银联在线跨行分期付款", "UnionPay Online Instalments")
PROMOTION = "双十一全场跨店满减叠加会员专享礼券（限指定商品）"
AGENT = "欧阳司徒慕容雪 Alexandra"
WORDS = (
    "我上周四就打过一次电话了，当时你们说两个工作日内一定回复，结果到今天都没有人联系我，收货地址我也改过两次，"
    "第一次是网站上改的，第二次是在线客服帮我改的，现在物流显示还是往旧地址送，麻烦今天之内给我一个明确的说法。"
)
WORDS_EN = (
    "I called last Thursday and was promised an answer within two working days, nobody has called since, the address"
    " was changed twice, once on the site and once by your colleague in the chat, and the parcel still goes to the old"
    " one: please tell me today what will happen."
)


@dataclass(frozen=True)
class Shop:
    """All that the made-up services tell; words of people are in the language of the screen."""

    queue: tuple[rows.QueueRow, ...]
    case: rows.CaseRow
    give: rows.GiveRow
    script: rows.ScriptRow
    approvals: tuple[rows.ApprovalRow, ...]
    attention: tuple[rows.AttentionRow, ...]
    tasks: tuple[rows.EffectRow, ...]
    hits: tuple[rows.HitRow, ...]
    admin: rows.AdminRow
    status: rows.SyncStatus
    person: rows.PersonRow


def shop(language: str) -> Shop:
    """The shop of long words."""
    said = WORDS_EN if language == "en" else WORDS
    return Shop(
        queue=tuple(_ticket(row) for row in QUEUE),
        case=_case(said),
        give=_GIVE,
        script=_SCRIPT_EN if language == "en" else _SCRIPT,
        approvals=(_approval(said), replace(_approval(said), id="a2", own=True, may_decide=False,
                                            reason_off="own_request")),
        attention=tuple(replace(row, code="amount_changed", data={"amount": 26900, "currency": "CNY"},
                                number="T1121-0003-2026112109171234", order_tail="") for row in ATTENTION),
        tasks=tuple(replace(row, team=TEAM, label=TENDER) for row in TASKS),
        hits=tuple(replace(row, customer=CUSTOMER, shop=SHOP, title=GOODS) for row in HITS),
        admin=_ADMIN,
        status=replace(STATUS, installation=f"{TEAM['zh']} 01 号台", pending=128, attention=117, approvals=104,
                       tasks=100, scopes=("team:hotline", "store:S01", "team:warehouse", "team:finance", "admin")),
        person=replace(PEOPLE[0], name=AGENT, team=TEAM),
    )  # fmt: skip


def _ticket(row: rows.QueueRow) -> rows.QueueRow:
    return replace(
        row,
        label=REASON,
        customer=CUSTOMER,
        amount=cny(12899900),
        flags=frozenset({GoodsFlag.FRESH, GoodsFlag.LIMITED}),
        chased=11,
        needs_review=True,
        holder="" if row.mine else AGENT,
    )


_ORDER = replace(
    ORDER,
    number="TB20261121091712345678",
    shop=SHOP,
    store="静安寺久光百货地下一层生活馆",
    pickup=True,
    total=cny(128999900),
    lines=tuple(replace(line, title=GOODS, sku="TW-1203-UNDERGLAZE-SET-12", unit_price=cny(12899900),
                        paid=cny(12899900), reserved=1200, available=34200, flags=frozenset({GoodsFlag.LIMITED}))
                for line in ORDER.lines),
    tenders=tuple(
        rows.TenderRow(id=f"p{at}", names=TENDER,
                       paid=cny(12899900), refunded=cny(100000), asked=cny(12799900))
        for at in range(3)
    ),
    promotions=tuple(replace(one, label=PROMOTION) for one in ORDER.promotions),
    remark=WORDS,
    parcels=tuple(
        replace(one, carrier="中国邮政速递物流跨境电商专线", tracking="EMS1399201177CN20261121")
        for one in (CASE_SHIPPED.order.parcels if CASE_SHIPPED.order else ())
    ),
)  # fmt: skip

_CHOICES = replace(
    CHOICES,
    teams=(choice("hotline", TEAM["zh"], TEAM["en"]), *CHOICES.teams[1:]),
    reasons=tuple(replace(one, names=REASON) for one in CHOICES.reasons),
    causes=(choice("waiting", REASON["zh"], REASON["en"]), *CHOICES.causes[1:]),
    denials=tuple(replace(one, names=REASON) for one in CHOICES.denials),
)


def _case(said: str) -> rows.CaseRow:
    return replace(
        CASE_GIVEN,
        number="T1121-0002-DESK-01-0000042",
        label=REASON,
        words=said,
        team=TEAM,
        kind=Kind.CANCEL,
        chased=11,
        needs_review=True,
        paused=True,
        who=replace(WHO, name=CUSTOMER, phone="+86 138****0005 转 10086", city="新疆维吾尔自治区巴音郭楞蒙古自治州",
                    tier=names("钻石黑卡至尊会员", "Diamond black card supreme member"), compensation=cny(128999900),
                    mood_names=names("非常愤怒并威胁曝光", "Very angry, threatens to go public")),
        verdict=replace(CASE_SHIPPED.verdict, amount=cny(128999900), until=ahead(3000), then_code="next_wave",
                        then_at=ahead(655.5)) if CASE_SHIPPED.verdict else None,
        order=_ORDER,
        acts=(replace(CASE_SHIPPED.acts[0], amount=cny(128999900)), *CASE_GIVEN.acts[1:]),
        alternatives=(*CASE_GIVEN.alternatives, choice("long", REASON["zh"], REASON["en"])),
        promises=tuple(
            rows.PromiseRow(id=f"pr{at}", due_at=ahead(1.4 - at),
                            names=names("向客户回电说明物流调查进展", "Call back with what the carrier found out"))
            for at in range(3)
        ),
        given=tuple(replace(one, label=REASON) for one in CASE_GIVEN.given),
        effects=tuple(replace(one, label=REASON) for one in CASE_GIVEN.effects),
        timeline=tuple(replace(one, text=said, by=AGENT) for one in CASE_GIVEN.timeline),
        path=tuple(replace(one, text=said, by=AGENT) for one in CASE_GIVEN.path),
        choices=_CHOICES,
    )  # fmt: skip


_GIVE = replace(
    GIVE,
    meters=(
        rows.Meter(key="order", left=cny(128999900), cap=cny(999999900)),
        rows.Meter(key="today", left=cny(128999900), cap=cny(999999900)),
    ),
    offers=tuple(
        offer(at, f"o{at}", "跨店满减叠加会员专享礼券", "Members-only cross-store voucher", 12899900,
              kind=BenefitKind.COUPON, allowed=allowed, note=note, data={"name": AGENT})
        for at, (allowed, note) in enumerate(
            ((rows.Allowed.FREE, "in_limit"), (rows.Allowed.APPROVAL, "approval_by"), (rows.Allowed.OFF, "no_freight"),
             (rows.Allowed.OFF, "offline_no_lease"), (rows.Allowed.APPROVAL, "approval_by"),
             (rows.Allowed.FREE, "cost"), (rows.Allowed.FREE, "in_limit")),
            start=1,
        )
    ),
    causes=_CHOICES.causes,
    asked=(replace(APPROVAL, label=REASON, cost=cny(128999900)),),
)  # fmt: skip


def _script(words: tuple[str, ...], language: str) -> rows.ScriptRow:
    return replace(
        SCRIPT,
        language=language,
        names=REASON,
        pieces=(
            *(rows.Piece(text=said, kind="filled" if at % 2 else "plain") for at, said in enumerate(words)),
            rows.Piece(text="", kind="missing", name="update_time"),
        ),
        parts=12,
        acts=frozenset(Act),
        blocked="missing_value",
    )


_SCRIPT = _script((WORDS, "128,999.00 元", WORDS), "zh")
_SCRIPT_EN = _script((WORDS_EN, "¥128,999.00", WORDS_EN), "en")


def _approval(said: str) -> rows.ApprovalRow:
    return replace(
        APPROVAL,
        label=names("跨店满减叠加会员专享礼券", "Members-only cross-store voucher"),
        cost=cny(128999900),
        requested_by=AGENT,
        requested_at=ago(60 * 26),
        cause=REASON,
        case_label=REASON,
        words=said,
        customer=CUSTOMER,
        tier=names("钻石黑卡至尊会员", "Diamond black card supreme member"),
        order_value=cny(128999900),
        order_given=cny(128999900),
        order_cap=cny(999999900),
        customer_given=cny(128999900),
        similar=tuple(replace(one, label=REASON, cost=cny(128999900)) for one in APPROVAL.similar),
    )


_ADMIN = replace(
    ADMIN,
    staff=tuple(replace(one, name=AGENT, login=f"{one.login}.of.the.eastern.region") for one in ADMIN.staff),
    teams=(
        *(replace(one, names=TEAM) for one in ADMIN.teams),
        *(rows.PlaceRow(id=f"team{at}", names=TEAM, timezone="America/Argentina/ComodRivadavia") for at in range(5)),
    ),
    stores=tuple(replace(one, names=TEAM) for one in ADMIN.stores),
    installations=tuple(
        replace(one, name=TEAM["zh"], scopes=("team:hotline", "store:S01", "team:warehouse", "team:finance", "admin"),
                here=False, revoked=False)
        for one in ADMIN.installations
    ),
)  # fmt: skip
