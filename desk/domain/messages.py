"""Words for the moment: templates that fit the case, filled, with what is missing, forbidden and how long they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from desk.domain import sms
from desk.domain.case import Case
from desk.domain.choices import subtype_of
from desk.domain.ledger import GOODWILL_KINDS, Approval, ApprovalState, BenefitKind, EntryState, LedgerEntry
from desk.domain.message_facts import FROM_PERSON, Facts, facts, verdict_of
from desk.domain.orders import OrderState
from desk.domain.people import SYSTEM_ACTOR
from desk.domain.policy import Policy, Template
from desk.domain.rule import Setting
from desk.domain.ticket_access import order_of
from desk.domain.tickets import Act, Kind, Stage, Ticket

PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
# What a template's `moments` may name. `automatic`, `unreachable` and `follow_up` are chosen, never suggested first.
MOMENTS = frozenset(
    {
        "automatic", "first", "chased", "approval_asked", "approval_denied", "compensated", "refund_asked",
        "cancelled_refunded", "cancelled_unpaid", "option_taken", "ready", "unreachable", "follow_up",
    }
)  # fmt: skip
# Moments at which the playbook's own words come before what is there for everybody.
_BEGINNINGS = frozenset({"first", "option_taken"})

# Moments that still come when the order is cancelled or the ticket closed.
_AFTERWARDS = MOMENTS - {"automatic", "first"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a rendered text. `kind`: text, value (filled placeholder `name`), missing (its text is `{name}`)."""

    text: str
    kind: str = "text"
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A filled template. It may be sent only where nothing is missing and nothing is forbidden."""

    pieces: tuple[Piece, ...]
    forbidden: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The words in one piece."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def missing(self) -> tuple[str, ...]:
        """Placeholders without a value, each once, in their order."""
        return tuple(dict.fromkeys(piece.name for piece in self.pieces if piece.kind == "missing"))

    @property
    def spans(self) -> tuple[tuple[int, int, str], ...]:
        """(start, end, name) of every filled value in `text`."""
        found: list[tuple[int, int, str]] = []
        at = 0
        for piece in self.pieces:
            if piece.kind == "value":
                found.append((at, at + len(piece.text), piece.name))
            at += len(piece.text)
        return tuple(found)

    @property
    def parts(self) -> int:
        """How many SMS parts it takes."""
        return sms.parts(self.text)

    @property
    def sendable(self) -> bool:
        """Whether it may be said or sent."""
        return not self.missing and not self.forbidden


def placeholders(text: str) -> tuple[str, ...]:
    """Names of the placeholders of a text, each once, in their order."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def forbidden_in(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Which of the forbidden words are in the text, whatever their case."""
    folded = text.casefold()
    return tuple(word for word in words if word.casefold() in folded)


def render(template: Template, language: str, values: Facts, forbidden: Iterable[str] = ()) -> Rendered:
    """The template's text with each {placeholder} filled from `values`; a value is never looked into for more.

    KeyError where the template has no text in that language.
    """
    text = template.texts[language]
    pieces: list[Piece] = []
    at = 0
    for found in PLACEHOLDER.finditer(text):
        if found.start() > at:
            pieces.append(Piece(text[at : found.start()]))
        name = found.group(1)
        value = values.get(name, "").strip()
        pieces.append(Piece(value, "value", name) if value else Piece(found.group(0), "missing", name))
        at = found.end()
    if at < len(text):
        pieces.append(Piece(text[at:]))
    return Rendered(pieces=tuple(pieces), forbidden=forbidden_in("".join(piece.text for piece in pieces), forbidden))


def script(
    case: Case, ticket: Ticket, setting: Setting, template: Template, language: str, values: Mapping[str, str]
) -> Rendered:
    """The template as it stands for this case: the case's facts first, then what the person fills in.

    A person's value counts only for what people fill in (message_facts.FROM_PERSON): nobody types another name over the
    customer's. NotHere where the case is not known enough here.
    """
    own = {name: value for name, value in values.items() if name in FROM_PERSON}
    known = {**own, **facts(case, ticket, setting, template, language)}
    words = [word for part in setting.policy.messages.forbidden.values() for word in part]
    return render(template, language, known, words)


def template_of(policy: Policy, key: str) -> Template | None:
    """The template of that key."""
    return next((template for template in policy.messages.templates if template.key == key), None)


def suggest(case: Case, ticket: Ticket, setting: Setting) -> tuple[Template, ...]:
    """The templates that fit this case, the best for now first.

    First those made for what has just happened, then the playbook's scripts for the act that comes next, then those not
    said yet that do an act still missing, then the rest in the order of policy. Once it is over (order cancelled,
    ticket closed) only words that come afterwards. NotHere where the order is not known here.
    """
    verdict = verdict_of(case, ticket, setting)
    code = verdict.code if verdict else ""
    now, over = moments(case, ticket), _is_over(case, ticket)
    said = {message.template for message in ticket.messages}
    due = playbook_words(case, ticket, setting)

    def rank(template: Template) -> tuple[tuple[int, int], bool, bool, int, str]:
        known, spent = template.key in said, not (template.acts - ticket.acts)
        return _timeliness(template, now, due), known, spent, template.position, template.key

    def comes(template: Template) -> bool:
        return fits(template, ticket, code) and (template.key in due or not (over and _is_before(template)))

    return tuple(sorted(filter(comes, setting.policy.messages.templates), key=rank))


def playbook_words(case: Case, ticket: Ticket, setting: Setting) -> tuple[str, ...]:
    """Templates that the playbook has for now, the best first: of the option just taken, then of the act that comes
    next; only those that nothing but a person's words is missing in. None for a cancel, or while the sub-type is not
    known. NotHere where the order is not known here."""
    playbook = subtype_of(setting.policy, ticket.type, ticket.subtype) if ticket.kind is Kind.EXCEPTION else None
    if playbook is None:
        return ()
    last = ticket.messages[-1].at if ticket.messages else None
    words: list[str] = []
    if ticket.options and (last is None or ticket.options[-1].at > last):
        words = [one.template for one in playbook.options if one.key == ticket.options[-1].option and one.template]
    act = next((act for act in Act if act not in ticket.acts), None)
    if act and ticket.is_open:
        words += playbook.scripts.get(act, ())
    found = [one for key in dict.fromkeys(words) if (one := template_of(setting.policy, key)) is not None]
    return tuple(one.key for one in _speakable(case, ticket, setting, found))


def _speakable(case: Case, ticket: Ticket, setting: Setting, templates: list[Template]) -> list[Template]:
    """Those that nothing but a person's words is missing in. The case's facts are gathered once for all of them: only
    `minutes` hangs on the template."""
    if not templates:
        return []
    languages = templates[0].texts
    known = {one: FROM_PERSON | set(facts(case, ticket, setting, templates[0], one)) - {"minutes"} for one in languages}

    def fillable(template: Template) -> bool:
        own = {"minutes"} if template.promises else set()
        return all(set(placeholders(text)) - own <= known.get(one, set()) for one, text in template.texts.items())

    return [template for template in templates if fillable(template)]


def _timeliness(template: Template, now: frozenset[str], due: tuple[str, ...]) -> tuple[int, int]:
    """Lower comes first: the playbook's words where they are about what just happened, the first of all or about the
    option just taken; what just happened; the playbook's words for what comes next; words for any time; the rest."""
    happened = bool(now & set(template.moments))
    if template.key in due:
        return 0 if happened or now & _BEGINNINGS else 2, due.index(template.key)
    if happened:
        return 1, 0
    return (4 if template.moments else 3), 0


def _is_over(case: Case, ticket: Ticket) -> bool:
    """Whether there is nothing left to find out or to choose. An exception with a cancelled order still begins."""
    if not ticket.is_open:
        return True
    order = order_of(case, ticket)
    is_cancelled = order is not None and order.state is OrderState.CANCELLED
    return is_cancelled and (ticket.kind is Kind.CANCEL or _has_spoken(ticket))


def _is_before(template: Template) -> bool:
    """Words that begin the talk, ask what the customer wants, or offer what the rest of the case was about.

    What is made for a moment afterwards, for a cancelled order, or explains, tells progress, stays."""
    if template.moments:
        return not _AFTERWARDS & set(template.moments)
    tells = bool(template.acts & {Act.EXPLAIN, Act.PROGRESS}) and Act.SOLUTION not in template.acts
    return not tells and "already_cancelled" not in template.verdicts


def _has_spoken(ticket: Ticket) -> bool:
    return any(message.by != SYSTEM_ACTOR.id for message in ticket.messages)


def fits(template: Template, ticket: Ticket, verdict: str) -> bool:
    """Whether a template is for this kind of case: kind, type, sub-type, reason, and verdict ("" without an order)."""
    return (
        (not template.kinds or ticket.kind in template.kinds)
        and (not template.types or ticket.type in template.types)
        and (not template.subtypes or ticket.subtype in template.subtypes)
        and (not template.reasons or ticket.reason in template.reasons)
        and (not template.verdicts or verdict in template.verdicts)
    )


def moments(case: Case, ticket: Ticket) -> frozenset[str]:
    """What has just happened, that is since the last message: the keys of MOMENTS that hold."""
    last = ticket.messages[-1].at if ticket.messages else None

    def new(at: datetime) -> bool:
        return last is None or at > last

    steps = {step.code for step in ticket.path if new(step.at)}
    found = {"chased"} if "ticket_chased" in steps else set()
    if "option_chosen" in steps:
        found.add("option_taken")
    if ticket.stage is Stage.RESOLVE and ticket.record is not None:
        found.add("ready")
    if ticket.order_id is not None:
        found |= _asked_moments(case.of_order(Approval, ticket.order_id), ticket, new)
        found |= _money_moments(case, ticket, "order_cancelled" in steps, new)
    if not found and not _has_spoken(ticket):
        found.add("first")
    if not found and _is_over(case, ticket):
        found.add("ready")
    return frozenset(found)


def _asked_moments(approvals: Iterable[Approval], ticket: Ticket, new: Callable[[datetime], bool]) -> set[str]:
    names = {ApprovalState.ASKED: "approval_asked", ApprovalState.DENIED: "approval_denied"}
    return {
        names[approval.state]
        for approval in approvals
        if approval.ticket_id == ticket.id
        and approval.state in names
        and new(approval.decided_at or approval.requested_at)
    }


def _money_moments(case: Case, ticket: Ticket, cancelled: bool, new: Callable[[datetime], bool]) -> set[str]:
    order = order_of(case, ticket)
    if order is None:
        return set()
    live = [e for e in case.of_order(LedgerEntry, order.id) if e.state is not EntryState.FAILED and new(e.at)]
    refunds = any(entry.kind is BenefitKind.REFUND for entry in live)
    found = {"refund_asked"} if refunds else set()
    if any(entry.ticket_id == ticket.id and entry.kind in GOODWILL_KINDS for entry in live):
        found.add("compensated")
    if cancelled and order.state is OrderState.CANCELLED:
        found.add("cancelled_refunded" if refunds else "cancelled_unpaid")
        found.discard("refund_asked")
    return found
