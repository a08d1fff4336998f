"""Intervals as a table gives them, on exact fractions.

The checks have their own arithmetic. This one is kept apart on purpose: a contract that called the code it
controls would agree with that code's mistakes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from ``lower`` to ``upper``; None is unbounded, ``*_closed`` says whether an end belongs."""

    lower: Fraction | None
    upper: Fraction | None
    lower_closed: bool = True
    upper_closed: bool = True

    @classmethod
    def of(cls, lower: Decimal | int | None, upper: Decimal | int | None) -> Interval:
        """A closed interval between two decimals."""
        return cls(_fraction(lower), _fraction(upper))

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            None if self.lower is None or other.lower is None else self.lower + other.lower,
            None if self.upper is None or other.upper is None else self.upper + other.upper,
            self.lower_closed and other.lower_closed,
            self.upper_closed and other.upper_closed,
        )

    def __mul__(self, factor: Fraction) -> Interval:
        """Scaled by a positive factor."""
        return Interval(
            None if self.lower is None else self.lower * factor,
            None if self.upper is None else self.upper * factor,
            self.lower_closed,
            self.upper_closed,
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Quotient of two intervals without negative values; an unbounded divisor reaches down to 0."""
        if self.lower is None or self.lower < 0 or other.lower is None or other.lower < 0:
            raise UndefinedError("a quotient needs values that are not negative")
        return Interval(
            Fraction(0) if other.upper is None else _over(self.lower, other.upper),
            None if self.upper is None or other.lower == 0 else self.upper / other.lower,
            self.lower_closed and other.upper_closed and other.upper is not None,
            self.upper_closed and other.lower_closed,
        )

    def negated(self) -> Interval:
        """The interval mirrored at 0."""
        lower = None if self.upper is None else -self.upper
        return Interval(
            lower, None if self.lower is None else -self.lower, self.upper_closed, self.lower_closed
        )

    def meets(self, other: Interval) -> bool:
        """Whether a value lies in both; ends that touch count only if both are closed."""
        return self.starts_before_end_of(other) and other.starts_before_end_of(self)

    def overlaps(self, other: Interval) -> bool:
        """Whether they share more than an end that touches."""
        one, two = (replace(i, lower_closed=False, upper_closed=False) for i in (self, other))
        return self == other or one.meets(two)

    def starts_before_end_of(self, other: Interval) -> bool:
        """Whether some value here is at most some value there."""
        if self.lower is None or other.upper is None:
            return True
        touching = self.lower_closed and other.upper_closed
        return self.lower < other.upper or (touching and self.lower == other.upper)

    def __str__(self) -> str:
        left = "(" if self.lower is None or not self.lower_closed else "["
        right = ")" if self.upper is None or not self.upper_closed else "]"
        return f"{left}{_shown(self.lower, '−∞')}, {_shown(self.upper, '∞')}{right}"


class UndefinedError(ArithmeticError):
    """An operation that these intervals do not have: the claim cannot be recomputed."""


def point(value: Decimal | int) -> Interval:
    """The interval that holds one value."""
    return Interval.of(value, value)


def total(parts: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    return sum(parts, start=point(0))


def _fraction(value: Decimal | int | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _over(value: Fraction, divisor: Fraction) -> Fraction:
    if divisor == 0:
        raise UndefinedError("division by zero")
    return value / divisor


def _shown(value: Fraction | None, unbounded: str) -> str:
    """Plain digits, to six places."""
    if value is None:
        return unbounded
    text = f"{Decimal(value.numerator) / Decimal(value.denominator):.6f}"
    return text.rstrip("0").rstrip(".")
