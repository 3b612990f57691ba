"""What every sample stands on: the hour, amounts, names, choices of policy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desk.domain.money import Money
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


def instead(key: str, outcome: str, zh: str, en: str) -> Choice:
    """Something else than a cancel, with how the case ends then."""
    return Choice(key=key, names=names(zh, en), outcome=outcome)


def owned(key: str, owner: str, zh: str, en: str) -> Choice:
    """A sub-type with the team that gets it."""
    return Choice(key=key, names=names(zh, en), owner=owner)


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
        choice("payment", "支付", "Payment", owned("paid_twice", "finance", "重复支付", "Paid twice")),
        choice("logistics", "物流", "Logistics", owned("stalled", "hotline", "轨迹停滞", "Trace stalled")),
        choice("stock", "库存", "Stock", owned("oversold", "warehouse", "超卖", "Oversold")),
    ),
    moods=(choice("calm", "平静", "Calm"), choice("worried", "着急", "Worried"), choice("angry", "愤怒", "Angry")),
    outcomes=(
        choice("cancelled", "已取消", "Cancelled"),
        choice("withdrawn", "撤回，客户愿意等待", "Withdrawn, customer waits"),
        choice("alternative", "已接受替代方案", "Alternative accepted"),
        choice("after_sales", "转售后", "Sent to after-sales"),
    ),
    results=(choice("solved", "问题已解决", "Solved"), choice("compensated", "已补偿", "Compensated")),
    teams=(
        choice("hotline", "热线组", "Hotline"),
        choice("warehouse", "仓储组", "Warehouse"),
        choice("finance", "财务组", "Finance"),
    ),
    default_team="hotline",
    causes=(choice("waiting", "让客户久等", "Long wait"), choice("late_delivery", "派送延误", "Late delivery")),
    denials=(
        choice("too_high", "金额过高", "Too high"),
        choice("not_our_fault", "非我方责任", "Not our fault"),
        choice("given_before", "已补偿过", "Given before"),
    ),
    channels=(choice("hotline", "热线", "Hotline"), choice("chat", "在线", "Chat"), choice("store", "门店", "Store")),
)
