"""Exact money: integer minor units with a currency, and splitting that loses nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

# Digits after the point (ISO 4217) where they are not two.
_EXPONENTS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}


class MoneyError(ValueError):
    """An amount that cannot be: another currency, a fraction of the smallest unit, not a number."""


def exponent(currency: str) -> int:
    """Digits after the decimal point of `currency`."""
    return _EXPONENTS.get(currency, 2)


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """`amount` minor units (fen, cents) of `currency`; arithmetic across currencies raises MoneyError."""

    amount: int
    currency: str

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise MoneyError(f"{self.currency} and {other.currency} cannot be mixed")

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        self._same(other)
        return self.amount <= other.amount

    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.amount).scaleb(-exponent(self.currency))


def from_decimal(text: str | Decimal, currency: str) -> Money:
    """Major units ("319.50", also with thousands commas) to Money; raises MoneyError where a fraction would be lost."""
    try:
        value = text if isinstance(text, Decimal) else Decimal(text.replace(",", "").strip())
        scaled = value.scaleb(exponent(currency))
        whole = scaled.to_integral_value()
    except InvalidOperation as error:
        raise MoneyError(f"{text!r} is not an amount") from error
    if not value.is_finite() or whole != scaled:
        raise MoneyError(f"{text!r} is not an amount in {currency}")
    return Money(int(whole), currency)


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `total` minor units in proportion to `weights` (>= 0), by largest remainder: the parts sum to `total`.

    Ties go to the earlier part. With all weights zero, `total` must be zero.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights):
        raise MoneyError("a weight is negative")
    if whole == 0:
        if total != 0:
            raise MoneyError("nothing to split over")
        return tuple(0 for _ in weights)
    sign = -1 if total < 0 else 1
    parts = [abs(total) * weight // whole for weight in weights]
    remainders = [abs(total) * weight % whole for weight in weights]
    left = abs(total) - sum(parts)
    for index in sorted(range(len(weights)), key=lambda i: (-remainders[i], i))[:left]:
        parts[index] += 1
    return tuple(sign * part for part in parts)
