"""Search tokens: what an order can be found by, and what a typed text may mean. Pure; centre and desk share it.

One table (kind, token, order) with a B-tree serves every search, because each is the beginning of a token: numbers are
kept reversed, so that a tail is a beginning; names and their pinyin are kept once from each character on, so that any
part of a name is one. Comparison is by code point (SQLite's BINARY, PostgreSQL's collation "C").
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product

REGION = "CN"  # whose habits a phone number without a country code follows
MIN_TAIL = 3
MIN_LETTERS = 2
MAX_WORDS = 6
MAX_TOKEN = 64
MAX_READINGS = 16  # of one name; names with many ambiguous characters are rarer than that


class TokenKind(StrEnum):
    """What a token was made from."""

    NUMBER = "number"  # the order number, reversed
    PHONE = "phone"  # E.164 digits, reversed
    TRACKING = "tracking"  # reversed
    NAME = "name"
    PINYIN = "pinyin"
    INITIALS = "initials"


Token = tuple[TokenKind, str]

# Characters that read otherwise as a surname. pypinyin knows the common reading, and surnames of two characters.
SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "查": "zha",
    "区": "ou",
    "解": "xie",
    "曾": "zeng",
    "翟": "zhai",
    "朴": "piao",
    "盖": "ge",
    "缪": "miao",
    "乐": "yue",
    "员": "yun",
    "贠": "yun",
    "折": "she",
    "黑": "he",
    "秘": "bi",
    "种": "chong",
    "召": "shao",
    "繁": "po",
    "祭": "zhai",
    "覃": "qin",
    "洗": "xian",
    "卜": "bu",
    "佴": "nai",
    "阚": "kan",
    "隗": "wei",
    "度": "duo",
    "都": "du",
    "乜": "nie",
}
_UMLAUT = {"lv": ("lv", "lyu", "lu"), "nv": ("nv", "nyu", "nu"), "lve": ("lve", "lue"), "nve": ("nve", "nue")}
_HAN = re.compile("[㐀-䶿一-鿿〇\U00020000-\U0003134f]")
_OTHER = re.compile("[^0-9A-Za-z]")
_EXTENSION = re.compile(r"^(\+?[\d ()-]{7,}?)\s*(?:-|,|转|[Ee]xt\.?|x)\s*(\d{1,6})$")
# What phonenumbers says of a plain Chinese mobile number, without asking it: nearly all numbers are one.
_MOBILE = re.compile(r"(?:\+86)?(1(?:[3-689]\d|7[0-8])\d{8})", re.ASCII)
_LABELS = re.compile(
    r"(订单编号|订单号|订单|单号|编号|手机号|手机|电话|收件人|姓名|快递|运单|order|no\.|tel:)[:：#]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Probe:
    """One reading of one typed word: tokens of `kind` that begin with `token`.

    An order is a hit when for every `word` index at least one of its probes matches.
    """

    word: int
    kind: TokenKind
    token: str

    @property
    def bounds(self) -> tuple[str, str]:
        """(low, high): a token matches when low <= token < high."""
        return self.token, self.token + "\U0010ffff"

    def matches(self, token: Token) -> bool:
        """Whether this token answers the probe; what the B-tree does, for lists in memory."""
        return token[0] == self.kind and token[1].startswith(self.token)


def tokens_of(number: str, tracking: Iterable[str], name: str, phone: str) -> frozenset[Token]:
    """All tokens of an order. Masked values (`陈*`, `138****0005`) give what they still show; empty ones give none."""
    found: set[Token] = set()
    for kind, text in ((TokenKind.NUMBER, number), *((TokenKind.TRACKING, one) for one in tracking)):
        plain = _alphanumeric(text)
        if plain:
            found.add((kind, plain[::-1]))
    found.update((TokenKind.PHONE, digits[::-1]) for digits in phone_digits(phone))
    found.update(_name_tokens(name))
    return frozenset((kind, token[:MAX_TOKEN]) for kind, token in found)


def read_query(text: str) -> tuple[Probe, ...]:
    """What a typed or pasted text may mean, word by word; empty where it is too short to search by."""
    folded = _LABELS.sub(" ", _folded(text)).strip()
    words = [folded] if _is_one_number(folded) else _words(folded)
    probes: list[Probe] = []
    for index, word in enumerate(words[:MAX_WORDS]):
        probes += (Probe(index, kind, token[:MAX_TOKEN]) for kind, token in dict.fromkeys(_readings_of_word(word)))
    read = {probe.word for probe in probes}
    return tuple(probes) if len(read) == len(words[:MAX_WORDS]) else ()


def phone_digits(phone: str) -> tuple[str, ...]:
    """The digits a phone is found by: E.164 without the plus; of a masked one the tail that shows; () for none.

    A number with an extension, as shops give out to hide the real one, is found by both.
    """
    text = _folded(phone).strip()
    extended = _EXTENSION.match(text)
    if extended and len(_digits(extended[1])) >= 10:
        return (*phone_digits(extended[1]), _digits(extended[1]) + extended[2])
    if "*" in text:
        tail = _digits(text.rsplit("*", 1)[1])
        return (tail,) if len(tail) >= MIN_TAIL else ()
    mobile = _MOBILE.fullmatch(text)
    whole = f"86{mobile[1]}" if mobile else _e164(text)
    digits = whole or _digits(text)
    return (digits,) if len(digits) >= MIN_TAIL else ()


def _name_tokens(name: str) -> Iterable[Token]:
    text = _folded(name).replace("*", " ")
    latin = [letters for word in _HAN.sub(" ", text).split() if (letters := _letters(word))]
    for start in range(len(latin)):
        yield TokenKind.PINYIN, "".join(latin[start:])
    if len(latin) > 1:
        yield TokenKind.INITIALS, "".join(word[0] for word in latin)
    han = "".join(_HAN.findall(text))
    if not han:
        return
    readings = _pinyin(han)
    for start in range(len(han)):
        yield TokenKind.NAME, han[start:]
        for syllables in islice(product(*readings[start:]), MAX_READINGS):
            yield TokenKind.PINYIN, "".join(syllables)
    for heads in islice(product(*(_heads(one) for one in readings)), MAX_READINGS * 2):
        yield TokenKind.INITIALS, "".join(heads)


def _pinyin(han: str) -> list[tuple[str, ...]]:
    """The readings of each character: a surname's own first, the common one beside it."""
    readings = _common_readings(han)
    if han[0] in SURNAMES:
        readings[0].insert(0, SURNAMES[han[0]])
    return [
        tuple(dict.fromkeys(spelled for one in character for spelled in _UMLAUT.get(one, (one,))))
        for character in readings
    ]


@functools.cache
def _pypinyin() -> tuple[Callable[[str], list[str]], Container[str]]:
    """How pypinyin reads a text, and the phrases that it knows. Its dictionaries take a fifth of a start to load, and
    the first page needs none of them."""
    import pypinyin
    from pypinyin.constants import PHRASES_DICT

    return pypinyin.lazy_pinyin, PHRASES_DICT


def warm() -> None:
    """Load what the first name or number would wait for; on a thread that nobody waits for."""
    _pypinyin()
    _e164("+1")


def _common_readings(han: str) -> list[list[str]]:
    """What pypinyin says of a text. It looks for phrases first; a name seldom holds one, and then each character is
    read by itself, which it takes long to find out."""
    lazy_pinyin, phrases = _pypinyin()
    pieces = (han[start:end] for start in range(len(han)) for end in range(start + 2, len(han) + 1))
    if any(piece in phrases for piece in pieces):
        common = lazy_pinyin(han)
        if len(common) == len(han):
            return [[one] for one in common]
    return [list(_reading(character)) for character in han]


@functools.lru_cache(maxsize=8192)
def _reading(character: str) -> tuple[str, ...]:
    lazy_pinyin, _ = _pypinyin()
    return tuple(lazy_pinyin(character))


def _heads(syllables: Iterable[str]) -> tuple[str, ...]:
    """How people shorten a syllable: z or zh."""
    heads: dict[str, None] = {}
    for syllable in syllables:
        heads[syllable[:1]] = None
        if syllable[:2] in {"zh", "ch", "sh"}:
            heads[syllable[:2]] = None
    return tuple(heads)


def _readings_of_word(word: str) -> Iterable[Token]:
    if _HAN.search(word):
        yield TokenKind.NAME, "".join(_HAN.findall(word))
        return
    plain = _alphanumeric(word)
    letters = _letters(word)
    if plain.isdigit() or "*" in word:
        yield from _readings_of_digits(word, plain)
    elif any(character.isdigit() for character in plain):
        if len(plain) >= MIN_TAIL:
            yield TokenKind.NUMBER, plain[::-1]
            yield TokenKind.TRACKING, plain[::-1]
    elif len(letters) >= MIN_LETTERS:
        yield TokenKind.PINYIN, letters
        yield TokenKind.INITIALS, letters


def _readings_of_digits(word: str, plain: str) -> Iterable[Token]:
    for digits in phone_digits(word):
        yield TokenKind.PHONE, digits[::-1]
    if "*" not in word and len(plain) >= MIN_TAIL:
        yield TokenKind.NUMBER, plain[::-1]
        yield TokenKind.PHONE, plain[::-1]
        yield TokenKind.TRACKING, plain[::-1]


def _is_one_number(text: str) -> bool:
    """Whether a text with blanks in it is one number all the same: 138 0000 0001, or a long order number in groups."""
    if " " not in text or not re.fullmatch(r"[\d+() -]+", text):
        return False
    return len(_digits(text)) >= 12 or "(" in text or "+" in text or bool(_e164(text, strict=True))


def _words(text: str) -> list[str]:
    """Split at blanks, and between Chinese and other writing."""
    return re.findall(r"[㐀-䶿一-鿿〇\U00020000-\U0003134f]+|[^\s㐀-䶿一-鿿〇\U00020000-\U0003134f]+", text)


def _e164(text: str, *, strict: bool = False) -> str:
    import phonenumbers  # as late as pypinyin: nearly no number needs it

    try:
        parsed = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        return ""
    good = phonenumbers.is_valid_number(parsed) if strict else phonenumbers.is_possible_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)[1:] if good else ""


def _folded(text: str) -> str:
    """Full-width forms to plain ones, small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def _alphanumeric(text: str) -> str:
    if text.isascii():
        return _OTHER.sub("", text).lower()
    return "".join(character for character in _folded(text) if character.isascii() and character.isalnum())


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isascii() and character.isdigit())


def _letters(text: str) -> str:
    """Latin letters without marks; ü is v, as it is typed."""
    spread = unicodedata.normalize("NFD", text.replace("ü", "v"))
    return "".join(character for character in spread if character.isascii() and character.isalpha())
