"""Checks that what a person picked is on offer: a refusal names the field and the value that no policy knows."""

from __future__ import annotations

from collections.abc import Iterable

from desk.domain.decisions import Refused
from desk.domain.policy import CancelReason, ExceptionType, Named, Policy, Subtype
from desk.domain.tickets import Kind, Ticket


def unknown(field: str, value: str) -> Refused:
    """The refusal for a value that is not on offer."""
    return Refused("unknown_choice", {"field": field, "value": value})


def picked(field: str, value: str, choices: Iterable[Named]) -> Refused | None:
    """None where the value is one of the choices or empty."""
    if not value or any(choice.key == value for choice in choices):
        return None
    return unknown(field, value)


def reason_of(policy: Policy, key: str) -> CancelReason | None:
    """The cancel reason of that key."""
    return next((reason for reason in policy.cancellation.reasons if reason.key == key), None)


def type_of(policy: Policy, key: str) -> ExceptionType | None:
    """The exception type of that key."""
    return next((kind for kind in policy.exceptions if kind.key == key), None)


def subtype_of(policy: Policy, type_key: str, key: str) -> Subtype | None:
    """The sub-type of that key below that type."""
    kind = type_of(policy, type_key)
    return next((subtype for subtype in kind.subtypes if subtype.key == key), None) if kind else None


def manner_of(policy: Policy, type_key: str, subtype: str) -> str:
    """Whether the order deviates or is stalled in trouble of that kind (MISSION 41); empty while nobody knows."""
    known = subtype_of(policy, type_key, subtype)
    return known.manner if known else ""


def misfit(policy: Policy, kind: Kind, *, reason: str, type_key: str, subtype: str) -> Refused | None:
    """Why reason, type and sub-type cannot stand on a ticket of that kind; all may be empty while nobody knows yet."""
    if kind is Kind.CANCEL:
        if type_key or subtype:
            return unknown("type", type_key or subtype)
        return picked("reason", reason, policy.cancellation.reasons)
    if reason:
        return unknown("reason", reason)
    if type_key and type_of(policy, type_key) is None:
        return unknown("type", type_key)
    if subtype and subtype_of(policy, type_key, subtype) is None:
        return unknown("subtype", subtype)
    return None


def deeper_causes(
    policy: Policy, kind: Kind, *, reason: str = "", type_key: str = "", subtype: str = ""
) -> tuple[Named, ...]:
    """The deeper causes on offer below a reason or a type (MISSION 7, 46-62); all of them while neither is stated.

    A sub-type whose playbook names its causes narrows them."""
    if kind is Kind.CANCEL:
        reasons = [r for r in policy.cancellation.reasons if reason in ("", r.key)]
        return tuple(cause for r in reasons for cause in r.causes)
    types = [t for t in policy.exceptions if type_key in ("", t.key)]
    known = subtype_of(policy, type_key, subtype)
    fitting = frozenset(known.causes) if known else frozenset()
    return tuple(cause for t in types for cause in t.causes if not fitting or cause.key in fitting)


def record_causes(policy: Policy, ticket: Ticket) -> tuple[Named, ...]:
    """What a record may name as the cause: the reasons or sub-types that fit the ticket, then their deeper causes."""
    broad: tuple[Named, ...]
    if ticket.kind is Kind.CANCEL:
        broad = tuple(r for r in policy.cancellation.reasons if ticket.reason in ("", r.key))
    else:
        broad = tuple(s for t in policy.exceptions if ticket.type in ("", t.key) for s in t.subtypes)
    deeper = deeper_causes(policy, ticket.kind, reason=ticket.reason, type_key=ticket.type, subtype=ticket.subtype)
    return broad + deeper
