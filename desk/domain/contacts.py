"""Looks at a contact for what would keep a parcel from arriving: phone and address validators (MISSION 115).

What comes out are codes without the contact itself; they stand on the order and travel where the contact may not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import pairwise

from desk.domain.detection_policy import ContactPolicy

FLAGS = frozenset(
    {"phone_missing", "phone_malformed", "phone_made_up"}
    | {"address_missing", "address_short", "address_no_street", "address_no_door", "address_made_up"}
)
_FEW_DIGITS = 2  # 11111111111, 10101010101: so few different figures are typed to get past a form
_LEAST_COMPARED = 6  # characters; a shorter text is no address that two orders could share by more than chance
_CHINESE = re.compile(r"[㐀-䶿一-鿿ぁ-ヿ]")


def contact_flags(contact: Mapping[str, str], policy: ContactPolicy, *, delivered: bool = True) -> frozenset[str]:
    """What is wrong with a contact, as far as it was told: a member that is not there is not judged, an empty one is
    missing. Where nothing is `delivered` (pick-up, digital goods) an address is not needed."""
    found = phone_flags(contact["phone"], policy) if "phone" in contact else frozenset()
    if delivered and "address" in contact:
        found |= address_flags(contact["address"], policy)
    return found


def phone_flags(text: str, policy: ContactPolicy) -> frozenset[str]:
    """What is wrong with a phone number, or with all of several: of "021-64330000 / 13800000001" one is enough."""
    numbers = [part for part in re.split(r"[/;,，；、]", plain(text)) if part.strip()]
    if not numbers:
        return frozenset({"phone_missing"})
    faults = [_phone_fault(number, policy.regions, policy.placeholder_phones) for number in numbers]
    return frozenset() if "" in faults else frozenset({faults[0]})


@lru_cache(maxsize=4096)
def _phone_fault(number: str, regions: tuple[str, ...], placeholders: tuple[str, ...]) -> str:
    digits = re.sub(r"\D", "", number)
    if len(set(digits)) <= _FEW_DIGITS or digits[-11:] in placeholders or _counts_up(digits):
        return "phone_made_up" if digits else "phone_malformed"
    return "" if any(_is_number(number, region) for region in regions) else "phone_malformed"


def _counts_up(digits: str) -> bool:
    """12345678901, 9876543210."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return steps in ({1}, {9})


def _is_number(number: str, region: str) -> bool:
    import phonenumbers  # late: a desk starts without it

    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(parsed)


def address_flags(text: str, policy: ContactPolicy) -> frozenset[str]:
    """What is wrong with an address as text: missing, made up, too short, without a street, without a door."""
    address = plain(text)
    if not address:
        return frozenset({"address_missing"})
    folded = address.casefold()
    if any(word.casefold() in folded for word in policy.placeholder_addresses) or _one_character(folded):
        return frozenset({"address_made_up"})
    return _chinese(address, policy) if _CHINESE.search(address) else _western(address, policy)


def _chinese(address: str, policy: ContactPolicy) -> frozenset[str]:
    if len(re.sub(r"\W", "", address)) < policy.least_zh:
        return frozenset({"address_short"})
    has_figure = bool(re.search(r"\d|[一二三四五六七八九十]", address))
    found = set()
    is_block = bool(re.search(r"\d+\s*[-‐ー]\s*\d+", address))  # 丸の内1-1-1: Japan counts blocks, not streets
    if policy.streets_zh and not is_block and not _has(address, policy.streets_zh):
        found.add("address_no_street")
    if not (has_figure or _has(address, policy.doors_zh)):
        found.add("address_no_door")
    return frozenset(found)


def _western(address: str, policy: ContactPolicy) -> frozenset[str]:
    """A number stands for a door, and with it any words are a street: there are too many languages of them."""
    words = re.findall(r"\w+", address.casefold())
    if len(words) < policy.least_en:
        return frozenset({"address_short"})
    if any(character.isdigit() for character in address):
        return frozenset()
    names_street = not policy.streets_en or any(word in words for word in policy.streets_en)
    return frozenset({"address_no_door"} if names_street else {"address_no_door", "address_no_street"})


def normalised(address: str, city: str = "") -> str:
    """An address as it is compared with others: written in one way, without blanks and signs; "" where too little of it
    is there to be somebody's."""
    text = plain(address if plain(city) in plain(address) else f"{city}{address}").casefold()
    told = re.sub(r"[\W_]", "", text)
    return told if len(told) >= _LEAST_COMPARED else ""


def plain(text: str) -> str:
    """Full-width forms to plain ones, no blanks around."""
    return unicodedata.normalize("NFKC", text).strip()


def _has(text: str, parts: Iterable[str]) -> bool:
    return any(part in text for part in parts)


def _one_character(text: str) -> bool:
    return len(set(re.sub(r"\W", "", text))) <= 1
