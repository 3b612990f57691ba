"""Connectors by name, made from the operator's settings.

    [connectors.shop]                       # the name that orders carry
    kind = "http_shop"
    url = "https://shop.example/desk"       # one address, or one per side:
    urls = { payments = "https://pay.example/desk" }
    key_file = "/run/secrets/shop-key"      # or key_env = "SHOP_KEY", or key = "…"
    timeout_seconds = 10
    reads_back = ["refund"]                 # what can be looked up by our key; all where not said

Any other kind is a module of this package: `kind = "medusa"` is desk/connectors/medusa.py, whose `from_settings` gets
the rest of its table (docs/connectors.md). What a system can do, and whether the same may be asked twice, is policy
(`Policy.connectors`), for the rules need it.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from desk.connectors.http_shop import HttpShop, HttpShopSettings
from desk.connectors.manual import Manual
from desk.connectors.options import require_known, take_secret
from desk.connectors.ports import Connector, OrderSource
from desk.domain.ledger import EffectKind

MANUAL = "manual"


class BadSettings(ValueError):
    """The connector settings cannot be used; the message names the connector and what is wrong."""


class Registry:
    """Connectors by name. A name that nobody configured is done by hand: nothing is lost, nothing is guessed."""

    def __init__(self, connectors: Mapping[str, Connector] | None = None) -> None:
        self._connectors = dict(connectors or {})
        self._manual = Manual()

    def __contains__(self, name: str) -> bool:
        return name in self._connectors

    def get(self, name: str) -> Connector:
        """The connector of that name, else the manual one."""
        return self._connectors.get(name, self._manual)

    def sources(self) -> Mapping[str, OrderSource]:
        """The connectors that tell orders by themselves, by name."""
        return {name: one for name, one in self._connectors.items() if isinstance(one, OrderSource)}


def registry_from_file(path: Path) -> Registry:
    """The connectors of a TOML file; BadSettings where it cannot be read or used."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSettings(f"{path.name}: {error}") from error
    return registry_from_data(data.get("connectors", {}))


def registry_from_data(settings: Mapping[str, Any]) -> Registry:
    """The connectors of plain settings, by name; BadSettings where one cannot be used."""
    made: dict[str, Connector] = {}
    for name, options in settings.items():
        if not isinstance(options, Mapping):
            raise BadSettings(f"{name}: must be a table")
        try:
            made[name] = _connector(dict(options))
        except (ValueError, TypeError, OSError) as error:
            raise BadSettings(f"{name}: {error}") from error
    return Registry(made)


def _connector(options: dict[str, Any]) -> Connector:
    match options.pop("kind", ""):
        case "manual":
            return Manual()
        case "http_shop":
            return HttpShop(_http_shop(options))
        case str(kind) if _is_module(kind):
            made: Connector = importlib.import_module(f"{__package__}.{kind}").from_settings(options)
            return made
        case other:
            raise ValueError(f"kind {other!r} is not known (http_shop, manual, or a module of connectors)")


def _is_module(kind: str) -> bool:
    """Whether that is a file here that makes connectors of settings."""
    name = f"{__package__}.{kind}"
    if not re.fullmatch("[a-z][a-z0-9_]*", kind) or importlib.util.find_spec(name) is None:
        return False
    return hasattr(importlib.import_module(name), "from_settings")


def _http_shop(options: dict[str, Any]) -> HttpShopSettings:
    key = take_secret(options, "key")
    reads_back = options.pop("reads_back", None)
    require_known(options, frozenset({"url", "urls", "timeout_seconds"}))
    kinds = frozenset(EffectKind) if reads_back is None else frozenset(EffectKind(kind) for kind in reads_back)
    return HttpShopSettings(key=key, reads_back=kinds, **options)
