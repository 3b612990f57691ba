"""What a handling option may ask of the person who takes it: the vocabulary of inputs, and what is wrong with a value.

All inputs are personal or free text until proved otherwise: they travel as one private text of the command. Dates and
amounts are nobody's secret: those also go with the effects that follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from desk.domain.contacts import address_flags, phone_flags
from desk.domain.decisions import Refused
from desk.domain.money import MoneyError, from_decimal
from desk.domain.policy import ContactPolicy

MAX_CHARACTERS = 1000


class InputKind(StrEnum):
    """How an input is given: `date` as ISO 8601, a day or a time with zone; `amount` in major units ("12.50") of the
    order's currency; `lines` as the command's `line_ids`."""

    TEXT = "text"
    WORDS = "words"  # several lines of text
    PHONE = "phone"
    ADDRESS = "address"
    DATE = "date"
    AMOUNT = "amount"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class InputSpec:
    """One word of the vocabulary. `says`: for whoever writes a playbook."""

    kind: InputKind
    says: str


INPUTS: Mapping[str, InputSpec] = {
    "address": InputSpec(InputKind.ADDRESS, "the right address"),
    "phone": InputSpec(InputKind.PHONE, "the right phone number"),
    "name": InputSpec(InputKind.TEXT, "who receives it"),
    "city": InputSpec(InputKind.TEXT, "the right city"),
    "eta": InputSpec(InputKind.DATE, "when goods or parcel are expected"),
    "fee": InputSpec(InputKind.AMOUNT, "the extra cost that the customer agreed to"),
    "source": InputSpec(InputKind.TEXT, "the channel or warehouse whose stock is taken"),
    "article": InputSpec(InputKind.TEXT, "the article that is sent instead"),
    "method": InputSpec(InputKind.TEXT, "another way to pay"),
    "reference": InputSpec(InputKind.TEXT, "a number of another system: payment, claim, police file"),
    "words": InputSpec(InputKind.WORDS, "what whoever does it has to know"),
    "lines": InputSpec(InputKind.LINES, "which of the goods"),
}
CONTACT = ("address", "phone", "name", "city")
_PUBLIC = frozenset({InputKind.DATE, InputKind.AMOUNT})


def refusal(
    names: Iterable[str], given: Mapping[str, str], line_ids: tuple[str, ...], currency: str, contacts: ContactPolicy
) -> Refused | None:
    """What is missing (`input_missing`), wrong (`input_wrong`) or not asked for (`input_unknown`), or None."""
    asked = tuple(names)
    strange = [name for name in given if name not in asked or INPUTS[name].kind is InputKind.LINES]
    if strange:
        return Refused("input_unknown", {"input": strange[0][:40]})
    for name in asked:
        spec = INPUTS[name]
        value = given.get(name, "").strip()
        if not (line_ids if spec.kind is InputKind.LINES else value):
            return Refused("input_missing", {"input": name})
        if len(value) > MAX_CHARACTERS or not _is_good(spec.kind, value, currency, contacts):
            return Refused("input_wrong", {"input": name})
    return None


def _is_good(kind: InputKind, value: str, currency: str, contacts: ContactPolicy) -> bool:
    if kind is InputKind.DATE:
        return _is_date(value)
    if kind is InputKind.AMOUNT:
        return _amount(value, currency) is not None
    if kind is InputKind.PHONE:
        return not phone_flags(value, contacts)
    return not (kind is InputKind.ADDRESS and address_flags(value, contacts))


def public(given: Mapping[str, str], currency: str) -> dict[str, str]:
    """The dates (as they were given) and amounts (minor units) among checked inputs, as an effect may carry."""
    found: dict[str, str] = {}
    for name, text in given.items():
        spec = INPUTS.get(name)
        if spec is None or spec.kind not in _PUBLIC:
            continue
        amount = _amount(text.strip(), currency)
        found[name] = text.strip() if spec.kind is InputKind.DATE else str(amount)
    return found


def _is_date(text: str) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return moment.tzinfo is not None or moment.date().isoformat() == text


def _amount(text: str, currency: str) -> int | None:
    try:
        amount = from_decimal(text, currency).amount
    except MoneyError:
        return None
    return amount if 0 <= amount <= 10**12 else None
