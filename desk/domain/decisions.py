"""The four answers of a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desk.domain.changes import Change


@dataclass(frozen=True, slots=True)
class Accepted:
    """Done: these changes follow. `private` is words made by the rule itself, by text id (a rendered message)."""

    changes: tuple[Change, ...]
    private: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NeedsApproval:
    """Above the actor's caps: `changes` record the request and give nothing. `why` is the code of the cap passed."""

    changes: tuple[Change, ...]
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No, by this code (words in resources/i18n and docs/protocol.md); `data` names what it was about."""

    code: str
    data: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AskCentre:
    """What is needed is not known here: the centre decides. `what` names the missing key."""

    what: str


Decision = Accepted | NeedsApproval | Refused | AskCentre
