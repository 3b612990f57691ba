"""Icons of one family (qtawesome's Material Design set), coloured by the tokens in force."""

from __future__ import annotations

from functools import lru_cache

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap

from desk.views import tokens

NAMES = {
    "queue": "mdi6.format-list-bulleted",
    "lookup": "mdi6.magnify",
    "approvals": "mdi6.check-decagram-outline",
    "attention": "mdi6.alert-circle-outline",
    "tasks": "mdi6.clipboard-check-outline",
    "admin": "mdi6.account-cog-outline",
    "status": "mdi6.cog-outline",
    "desk": "mdi6.headset",
    "app": "mdi6.cellphone",
    "hotline": "mdi6.phone-outline",
    "chat": "mdi6.chat-outline",
    "store": "mdi6.storefront-outline",
    "system": "mdi6.bell-outline",
    "lock": "mdi6.lock-outline",
    "person": "mdi6.account-outline",
    "light": "mdi6.weather-sunny",
    "dark": "mdi6.weather-night",
    "down": "mdi6.chevron-down",
    "copy": "mdi6.content-copy",
    "send": "mdi6.message-text-outline",
    "said": "mdi6.account-voice",
    "parcel": "mdi6.package-variant-closed",
    "payment": "mdi6.credit-card-outline",
    "stock": "mdi6.warehouse",
    "service": "mdi6.headset",
    "order": "mdi6.receipt-text-outline",
    "money": "mdi6.cash-refund",
    "empty": "mdi6.inbox-outline",
    "error": "mdi6.cloud-alert",
    "loading": "mdi6.progress-clock",
    "review": "mdi6.account-eye-outline",
    "flag": "mdi6.snowflake",
    "close": "mdi6.close",
    "filter": "mdi6.filter-variant",
    "more": "mdi6.dots-horizontal",
    "add": "mdi6.plus",
    "ok": "mdi6.check-circle-outline",
    "waiting": "mdi6.clock-outline",
    "eye": "mdi6.eye-outline",
    "theme": "mdi6.theme-light-dark",
}


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon in a colour (muted unless said); made anew after a change of theme."""
    made: QIcon = qtawesome.icon(NAMES[name], color=colour or tokens.colours().muted)
    return made


def pixmap(name: str, colour: str | None = None, size: int = tokens.ICON, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` px, sharp on a screen of this pixel ratio."""
    return _drawn(name, colour or tokens.colours().muted, size, ratio)


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """Drawing a glyph takes as long as painting the rest of a row: each picture is drawn once."""
    return icon(name, colour).pixmap(QSize(size, size), ratio)
