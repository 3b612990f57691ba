"""Rows of the smaller pages: attention, tasks, look-up, people, status."""

from __future__ import annotations

from desk.domain.commands import COMMANDS
from desk.domain.ledger import EffectKind, EffectState
from desk.domain.orders import OrderState
from desk.domain.people import Level
from desk.services import rows
from tools.samples.base import NOW, ago, cny, names

ATTENTION = (
    rows.AttentionRow(id="x1", at=ago(6), command="GrantCompensation", code="order", ticket_id="t3",
                      number="T1121-0003", order_tail="5512", amount=cny(2000), steps=("open", "again", "dismiss")),
    rows.AttentionRow(id="x2", at=ago(31), command="CancelOrder", code="amount_changed",
                      data={"amount": 26900, "currency": "CNY"}, ticket_id="t4", number="T1121-0004", order_tail="2208",
                      steps=("open", "dismiss")),
)  # fmt: skip

TASKS = (
    rows.EffectRow(id="e1", kind=EffectKind.STOP_SHIPMENT, state=EffectState.MANUAL, at=ago(12), order_tail="4471",
                   ticket_id="t1", team=names("仓储组", "Warehouse"), may_confirm=True, may_decline=True),
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

_EVERYTHING = frozenset(name for name, _ in COMMANDS)  # so that one person can be led through every page
_TEAMS = {"Hotline": ("hotline",), "Warehouse": ("warehouse",), "Jing'an store": ("store",)}
PEOPLE = tuple(
    rows.PersonRow(id=f"u{at}", login=login, name=name, level=level, team=team,
                   teams=_TEAMS.get(team["en"], ()), store_id="S01" if level is Level.COUNTER else None,
                   permissions=_EVERYTHING)
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
)  # fmt: skip

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
