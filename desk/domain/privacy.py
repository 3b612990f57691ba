"""Personal values: which of a command's values are kept apart, under which id, and what a mask leaves of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields

from desk.domain.commands import Command, SaveStaff, TellOrder, private_fields, text_id
from desk.domain.orders import Order
from desk.domain.tasks import Block, Task
from desk.domain.tickets import Ticket
from desk.domain.wording import surname

Values = Mapping[str, str]

# Fields of a contact that a mask takes away altogether; name and phone keep a part, city and title stay.
_HIDDEN = frozenset({"address"})
_MASK = "*"
_CHINESE = re.compile(r"(?:\+|00)[\s(]*86[\s)-]*(\d[\d\s-]+)$")
_NO_AREA = re.compile(r"1[3-9]\d{9}|[48]00\d{7}")  # mobiles (with an extension: a privacy number), service numbers
_MOBILE = 11  # digits


def private_values(command: Command) -> dict[str, Values]:
    """The personal values that a command carries, by the id they are kept under (empty ones left out).

    A contact goes under its customer, a full name under the staff member, every other word under `text_id`.
    """
    found: dict[str, Values] = {}
    for name in private_fields(type(command)):
        value = getattr(command, name)
        if not value:
            continue
        if isinstance(command, TellOrder) and name == "contact":
            found[command.order.customer_id] = dict(value)
        elif isinstance(command, SaveStaff) and name == "full_name":
            found[command.staff_id] = {"name": value}
        elif isinstance(command, TellOrder) and name == "remark":
            found[command.order.remark_id or text_id(command.id, name)] = {"text": value}
        else:
            found[text_id(command.id, name)] = dict(value) if isinstance(value, Mapping) else {"text": value}
    return found


def public_fields(kind: type[Command]) -> tuple[str, ...]:
    """Names of the fields of a command that may stand in receipts and chain (the id apart)."""
    hidden = {*private_fields(kind), "id"}
    return tuple(f.name for f in fields(kind) if f.name not in hidden)


Texted = Order | Ticket | Task | Block  # who names private texts, and owns them


def texts_of(thing: Texted) -> frozenset[str]:
    """Ids of the private texts that hang on it."""
    if isinstance(thing, Order):
        return frozenset({thing.remark_id} if thing.remark_id else ())
    if isinstance(thing, Task):
        return frozenset({thing.words_id, thing.reply_id} - {""})
    if isinstance(thing, Block):
        return frozenset({thing.words_id, thing.lift_words_id} - {""})
    ids = {note.text_id for note in thing.notes} | {message.text_id for message in thing.messages}
    ids |= {answer.text_id for answer in thing.checks}
    if thing.record:
        ids |= {thing.record.process_id, thing.record.feedback_id}
    return frozenset(ids - {""})


def mask(values: Values) -> dict[str, str]:
    """A contact as those may see it who may not see it in full: `陈*`, `138****0005`, no address.

    The family name stays whole (`欧阳*`), so that a desk greets a customer as the centre does."""
    masked = {key: value for key, value in values.items() if key not in _HIDDEN}
    if masked.get("name"):
        masked["name"] = surname(masked["name"]) + _MASK
    if masked.get("phone"):
        masked["phone"] = mask_phone(masked["phone"])
    return masked


def national(phone: str) -> str:
    """A phone as people in China say it: +86 138 0013 8000 is 13800138000, +86 21 5000 1234 is 021 5000 1234. Others
    as they are."""
    found = _CHINESE.match(phone.strip())
    if found is None:
        return phone
    own = found[1].strip()
    bare = re.sub(r"[\s-]", "", own)
    if _NO_AREA.match(bare):
        return bare if len(bare) == _MOBILE else own
    return f"0{own.removeprefix('0')}"


def mask_phone(phone: str) -> str:
    """The first three and last four digits stay; a short one keeps its last two."""
    phone = national(phone)
    if len(phone) < 8:
        return _MASK * max(len(phone) - 2, 0) + phone[-2:]
    return phone[:3] + _MASK * (len(phone) - 7) + phone[-4:]
