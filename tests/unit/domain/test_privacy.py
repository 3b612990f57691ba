"""What a mask leaves of a contact, and how a phone is said."""

from __future__ import annotations

import pytest

from desk.domain.privacy import mask, national


@pytest.mark.parametrize(
    ("phone", "said", "masked"),
    [
        ("+8613800002367", "13800002367", "138****2367"),
        ("+86 138-0000-2367", "13800002367", "138****2367"),
        ("0086 13800002367", "13800002367", "138****2367"),
        ("13800002367", "13800002367", "138****2367"),
        ("+86 17012345678-4321", "17012345678-4321", "170*********4321"),
        ("+86 10 6512 3456", "010 6512 3456", "010******3456"),
        ("+86 400 812 3456", "400 812 3456", "400*****3456"),
        ("+1 415 555 2671", "+1 415 555 2671", "+1 ********2671"),
        ("+86*******2367", "+86*******2367", "+86*******2367"),  # masked by an older centre
        ("", "", None),
    ],
)
def test_a_phone_is_said_and_masked_as_people_in_its_country_do(phone: str, said: str, masked: str | None) -> None:
    assert national(phone) == said
    assert mask({"name": "陈静怡", "phone": phone, "address": "一号"}).get("phone") == (masked or "")
