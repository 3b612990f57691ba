"""How many SMS parts a text takes: GSM 7-bit where its alphabet does, else UCS-2 (3GPP TS 23.038 and 23.040)."""

from __future__ import annotations

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a character: two septets
_GSM_ONE, _GSM_MANY = 160, 153
_UCS_ONE, _UCS_MANY = 70, 67


def parts(text: str) -> int:
    """Parts that carry the text; 0 for an empty one. A character is never torn over two parts."""
    if all(character in _GSM or character in _GSM_EXTENDED for character in text):
        sizes = [2 if character in _GSM_EXTENDED else 1 for character in text]
        return _filled(sizes, _GSM_ONE, _GSM_MANY)
    sizes = [2 if ord(character) > 0xFFFF else 1 for character in text]  # a surrogate pair outside the basic plane
    return _filled(sizes, _UCS_ONE, _UCS_MANY)


def _filled(sizes: list[int], one: int, many: int) -> int:
    if sum(sizes) <= one:
        return 1 if sizes else 0
    count, room = 1, many
    for size in sizes:
        if size > room:
            count, room = count + 1, many
        room -= size
    return count
